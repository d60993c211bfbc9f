//! Addition.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x + y`
#[derive(Debug, Clone, Copy)]
pub struct Add;

impl Pointwise for Add {
    const DOC: Doc = Doc {
        name: "add",
        formula: "x + y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g", "g"],
        source: "https://pytorch.org/docs/stable/generated/torch.add.html",
    };
    const ARITY: usize = 2;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].plus(x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype == DType::Bool { "x0 || x1" } else { "x0 + x1" }
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(grad.clone()), Some(grad.clone())])
    }
}

/// `x + y`, elementwise.
pub fn add(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Add, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Add as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Add,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Add,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Add,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(Add, [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Add, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Add, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)]),
        ]
    },
};
