//! The binary logarithm.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `log₂ x`
#[derive(Debug, Clone, Copy)]
pub struct Log2;

impl Pointwise for Log2 {
    const DOC: Doc = Doc {
        name: "log2",
        formula: "log₂ x",
        shapes: "any; the result has the same",
        derivative: &["g / (x · log 2)"],
        source: "https://pytorch.org/docs/stable/generated/torch.log2.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::log2)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "log2_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::div(grad, ops::mul(saved.tensor(0)?, std::f64::consts::LN_2)?)?)])
    }
}

/// `log₂ x`, elementwise.
pub fn log2(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Log2, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Log2 as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Log2, [Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0])]),
            Case::new(Log2, [Case::tensor(&[], &[1.75])]),
            Case::new(Log2, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
