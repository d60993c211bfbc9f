//! The exponential less 1, exact near 0.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `exp x - 1`
#[derive(Debug, Clone, Copy)]
pub struct Expm1;

impl Pointwise for Expm1 {
    const DOC: Doc = Doc {
        name: "expm1",
        formula: "exp x - 1",
        shapes: "any; the result has the same",
        derivative: &["g · (out + 1)"],
        source: "https://pytorch.org/docs/stable/generated/torch.expm1.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::exp_m1)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "expm1_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::mul(grad, ops::add(saved.output()?, 1.0)?)?)])
    }
}

/// `exp x - 1`, elementwise.
pub fn expm1(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Expm1, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Expm1 as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Expm1, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Expm1, [Case::tensor(&[], &[1.75])]),
            Case::new(Expm1, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
