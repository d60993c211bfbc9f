//! Multiplication.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x · y`
#[derive(Debug, Clone, Copy)]
pub struct Mul;

impl Pointwise for Mul {
    const DOC: Doc = Doc {
        name: "mul",
        formula: "x · y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g · y", "g · x"],
        source: "https://pytorch.org/docs/stable/generated/torch.mul.html",
    };
    const ARITY: usize = 2;
    const KEEP: Keep = Keep::args(&[0, 1]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].times(x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype == DType::Bool { "x0 && x1" } else { "x0 * x1" }
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        crate::op::crosswise(i, asked)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![
            saved.when(0, || ops::mul(grad, saved.arg(1)?))?,
            saved.when(1, || ops::mul(grad, saved.arg(0)?))?,
        ])
    }
}

/// `x · y`, elementwise.
pub fn mul(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Mul, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Mul as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Mul,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Mul,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Mul,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(Mul, [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Mul, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Mul, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)]),
        ]
    },
};
