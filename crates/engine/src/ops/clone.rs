//! A copy with a storage of its own.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x`
#[derive(Debug, Clone, Copy)]
pub struct Clone;

impl Pointwise for Clone {
    const DOC: Doc = Doc {
        name: "clone",
        formula: "x",
        shapes: "any; the result has the same",
        derivative: &["g"],
        source: "https://pytorch.org/docs/stable/generated/torch.clone.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0]
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "x0"
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(grad.clone())])
    }
}

/// `x`, elementwise.
pub fn clone(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Clone, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Clone as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Clone, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Clone, [Case::tensor(&[], &[1.75])]),
            Case::new(Clone, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
