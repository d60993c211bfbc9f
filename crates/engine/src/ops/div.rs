//! Division; integers become `float32` first.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x / y`
#[derive(Debug, Clone, Copy)]
pub struct Div;

impl Pointwise for Div {
    const DOC: Doc = Doc {
        name: "div",
        formula: "x / y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g / y", "-g · x / y²"],
        source: "https://pytorch.org/docs/stable/generated/torch.div.html",
    };
    const ARITY: usize = 2;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0, 1]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].over(x[1])
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "x0 / x1"
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        i != Some(0) || asked(1)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![
            saved.when(0, || ops::div(grad, saved.arg(1)?))?,
            saved.when(1, || {
                ops::neg(ops::mul(grad, ops::div(ops::div(saved.arg(0)?, saved.arg(1)?)?, saved.arg(1)?)?)?)
            })?,
        ])
    }
}

/// `x / y`, elementwise.
pub fn div(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Div, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Div as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Div,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Div,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Div,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(Div, [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Div, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Div, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)]),
        ]
    },
};
