//! A choice between two tensors by a condition.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `y where x, else z`
#[derive(Debug, Clone, Copy)]
pub struct Where;

impl Pointwise for Where {
    const DOC: Doc = Doc {
        name: "where",
        formula: "y where x, else z",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["0", "g where x, else 0", "0 where x, else g"],
        source: "https://pytorch.org/docs/stable/generated/torch.where.html",
    };
    const ARITY: usize = 3;
    const PROMOTION: Promotion = Promotion::Select;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0] != T::zero() { x[1] } else { x[2] }
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "select(x2, x1, x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let condition = saved.tensor(0)?;
        Ok(vec![
            None,
            saved.when(1, || ops::where_(&condition, grad, 0.0))?,
            saved.when(2, || ops::where_(&condition, 0.0, grad))?,
        ])
    }
}

/// `y where x, else z`, elementwise.
pub fn where_(x: impl Into<Arg>, y: impl Into<Arg>, z: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Where, &[x.into(), y.into(), z.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Where as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Where,
                [
                    Case::mask(&[2, 1], &[true, false]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Where,
                [
                    Case::mask(&[3], &[true, false, true]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::number(1.625),
                ],
            ),
            Case::new(
                Where,
                [
                    Case::mask(&[0, 1], &[]),
                    Case::tensor(&[0, 3], &[]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
        ]
    },
};
