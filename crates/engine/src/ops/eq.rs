//! Comparison: `x = y` as `bool`; NaN compares as in IEEE 754.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x = y`
#[derive(Debug, Clone, Copy)]
pub struct Eq;

impl Pointwise for Eq {
    const DOC: Doc = Doc {
        name: "eq",
        formula: "x = y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.eq.html",
    };
    const ARITY: usize = 2;
    const PROMOTION: Promotion = Promotion::Compare;
    const DIFFERENTIABLE: bool = false;

    fn value<T: Real>(&self, x: &[T]) -> T {
        T::truth(x[0] == x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        match dtype {
            DType::F32 | DType::F64 => "!is_nan(x0) && !is_nan(x1) && x0 == x1",
            DType::I64 => "x0 == x1",
            DType::Bool => "x0 == x1",
        }
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Ok(vec![None, None])
    }
}

/// `x = y`, elementwise.
pub fn eq(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Eq, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Eq as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Eq,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Eq,
                [
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                ],
            ),
            Case::new(
                Eq,
                [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::tensor(&[], &[1.75])],
            ),
            Case::new(Eq, [Case::tensor(&[2, 1], &[1.0, -2.5]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Eq, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
            Case::new(Eq, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(1.625)]),
        ]
    },
};
