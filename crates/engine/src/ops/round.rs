//! The nearest integer; of two, the even one.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `round x`
#[derive(Debug, Clone, Copy)]
pub struct Round;

impl Pointwise for Round {
    const DOC: Doc = Doc {
        name: "round",
        formula: "round x",
        shapes: "any; the result has the same",
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.round.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::round_ties_even)
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "round_(x0)" } else { "x0" }
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::zeros_like(grad)?)])
    }
}

/// `round x`, elementwise.
pub fn round(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Round, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Round as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Round, [Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.75, 1.25, 3.125])]),
            Case::new(Round, [Case::tensor(&[], &[1.75])]),
            Case::new(Round, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
