//! Another value in the place of the first: what filling and copying in place record.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `y`
#[derive(Debug, Clone, Copy)]
pub struct Fill;

impl Pointwise for Fill {
    const DOC: Doc = Doc {
        name: "fill",
        formula: "y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["0", "g"],
        source: "https://pytorch.org/docs/stable/generated/torch.Tensor.copy_.html",
    };
    const ARITY: usize = 2;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[1]
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "x1"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![saved.when(0, || ops::zeros_like(grad))?, Some(grad.clone())])
    }
}

/// `y`, elementwise.
pub fn fill(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Fill, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Fill as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Fill,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Fill,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Fill,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(
                Fill,
                [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])],
            ),
            Case::new(Fill, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(
                Fill,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)],
            ),
        ]
    },
};
