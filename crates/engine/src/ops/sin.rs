//! The sine, of radians.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `sin x`
#[derive(Debug, Clone, Copy)]
pub struct Sin;

impl Pointwise for Sin {
    const DOC: Doc = Doc {
        name: "sin",
        formula: "sin x",
        shapes: "any; the result has the same",
        derivative: &["g · cos x"],
        source: "https://pytorch.org/docs/stable/generated/torch.sin.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::sin)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "sin_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::mul(grad, ops::cos(saved.tensor(0)?)?)?)])
    }
}

/// `sin x`, elementwise.
pub fn sin(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Sin, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Sin as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Sin, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Sin, [Case::tensor(&[], &[1.75])]),
            Case::new(Sin, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
