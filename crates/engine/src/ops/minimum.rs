//! The smaller of two; NaN wins. A tie shares the gradient.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `min(x, y)`
#[derive(Debug, Clone, Copy)]
pub struct Minimum;

impl Pointwise for Minimum {
    const DOC: Doc = Doc {
        name: "minimum",
        formula: "min(x, y)",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g where x < y, half of it where x = y", "g where y < x, half of it where x = y"],
        source: "https://pytorch.org/docs/stable/generated/torch.minimum.html",
    };
    const ARITY: usize = 2;
    const KEEP: Keep = Keep::args(&[0, 1]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0].is_nan() || x[0] < x[1] { x[0] } else { x[1] }
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        match dtype {
            DType::Bool => "x0 && x1",
            DType::I64 => "min(x0, x1)",
            _ => "min_(x0, x1)",
        }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        share(saved, grad, ops::lt)
    }
}

/// `min(x, y)`, elementwise.
pub fn minimum(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Minimum, &[x.into(), y.into()])
}

/// The gradient to the argument that wins, and to both halves at a tie.
pub(super) fn share(saved: &Saved, grad: &Tensor, wins: fn(Arg, Arg) -> Result<Tensor>) -> Result<Gradients> {
    let (x, y) = (saved.arg(0)?, saved.arg(1)?);
    let half = ops::mul(grad, 0.5)?;
    let part = |this: &Arg, other: &Arg| {
        // Beside NaN neither wins, and both receive all of it.
        let alone = ops::where_(wins(other.clone(), this.clone())?, 0.0, grad)?;
        ops::where_(ops::eq(this.clone(), other.clone())?, &half, alone)
    };
    Ok(vec![saved.when(0, || part(&x, &y))?, saved.when(1, || part(&y, &x))?])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Minimum as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Minimum,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Minimum,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Minimum,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(
                Minimum,
                [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])],
            ),
            Case::new(Minimum, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(
                Minimum,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)],
            ),
        ]
    },
};
