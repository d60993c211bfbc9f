//! The smallest integer that is not smaller.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `⌈x⌉`
#[derive(Debug, Clone, Copy)]
pub struct Ceil;

impl Pointwise for Ceil {
    const DOC: Doc = Doc {
        name: "ceil",
        formula: "⌈x⌉",
        shapes: "any; the result has the same",
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.ceil.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::ceil)
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "ceil(x0)" } else { "x0" }
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::zeros_like(grad)?)])
    }
}

/// `⌈x⌉`, elementwise.
pub fn ceil(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Ceil, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Ceil as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Ceil, [Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.5, 1.5, 3.125])]),
            Case::new(Ceil, [Case::tensor(&[], &[1.75])]),
            Case::new(Ceil, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
