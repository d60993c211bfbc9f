//! The largest integer that is not larger.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `⌊x⌋`
#[derive(Debug, Clone, Copy)]
pub struct Floor;

impl Pointwise for Floor {
    const DOC: Doc = Doc {
        name: "floor",
        formula: "⌊x⌋",
        shapes: "any; the result has the same",
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.floor.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::floor)
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "floor(x0)" } else { "x0" }
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::zeros_like(grad)?)])
    }
}

/// `⌊x⌋`, elementwise.
pub fn floor(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Floor, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Floor as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Floor, [Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.5, 1.5, 3.125])]),
            Case::new(Floor, [Case::tensor(&[], &[1.75])]),
            Case::new(Floor, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
