//! The logarithm of 1 and the argument, exact near 0.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `log(1 + x)`
#[derive(Debug, Clone, Copy)]
pub struct Log1p;

impl Pointwise for Log1p {
    const DOC: Doc = Doc {
        name: "log1p",
        formula: "log(1 + x)",
        shapes: "any; the result has the same",
        derivative: &["g / (1 + x)"],
        source: "https://pytorch.org/docs/stable/generated/torch.log1p.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::ln_1p)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "log1p_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::div(grad, ops::add(saved.tensor(0)?, 1.0)?)?)])
    }
}

/// `log(1 + x)`, elementwise.
pub fn log1p(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Log1p, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Log1p as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Log1p, [Case::tensor(&[2, 3], &[-0.75, -0.25, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Log1p, [Case::tensor(&[], &[1.75])]),
            Case::new(Log1p, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
