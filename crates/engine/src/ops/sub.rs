//! Subtraction.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x - y`
#[derive(Debug, Clone, Copy)]
pub struct Sub;

impl Pointwise for Sub {
    const DOC: Doc = Doc {
        name: "sub",
        formula: "x - y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g", "-g"],
        source: "https://pytorch.org/docs/stable/generated/torch.sub.html",
    };
    const ARITY: usize = 2;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].minus(x[1])
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "x0 - x1"
    }

    fn check(&self, args: &[Arg]) -> Result<()> {
        if args.iter().all(|a| a.dtype() == DType::Bool) {
            return Err(crate::Error::runtime(
                "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.",
            ));
        }
        Ok(())
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(grad.clone()), saved.when(1, || ops::neg(grad))?])
    }
}

/// `x - y`, elementwise.
pub fn sub(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Sub, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Sub as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Sub,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Sub,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Sub,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(Sub, [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Sub, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Sub, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)]),
        ]
    },
};
