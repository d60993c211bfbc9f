//! The larger of two; NaN wins. A tie shares the gradient.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `max(x, y)`
#[derive(Debug, Clone, Copy)]
pub struct Maximum;

impl Pointwise for Maximum {
    const DOC: Doc = Doc {
        name: "maximum",
        formula: "max(x, y)",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g where x > y, half of it where x = y", "g where y > x, half of it where x = y"],
        source: "https://pytorch.org/docs/stable/generated/torch.maximum.html",
    };
    const ARITY: usize = 2;
    const KEEP: Keep = Keep::args(&[0, 1]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0].is_nan() || x[0] > x[1] { x[0] } else { x[1] }
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        match dtype {
            DType::Bool => "x0 || x1",
            DType::I64 => "max(x0, x1)",
            _ => "max_(x0, x1)",
        }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        super::minimum::share(saved, grad, ops::gt)
    }
}

/// `max(x, y)`, elementwise.
pub fn maximum(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Maximum, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Maximum as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Maximum,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Maximum,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Maximum,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(
                Maximum,
                [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])],
            ),
            Case::new(Maximum, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(
                Maximum,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)],
            ),
        ]
    },
};
