//! 1 where there is something.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// 1 where `x` is not 0, else 0: what the norm of order 0 adds up. It is on the tape, but no gradient leaves it.
#[derive(Debug, Clone, Copy)]
pub struct Indicator;

impl Pointwise for Indicator {
    const DOC: Doc = Doc {
        name: "indicator",
        formula: "1 if x ≠ 0 else 0",
        shapes: "any; the result has the same",
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.linalg.vector_norm.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        T::truth(x[0] != T::zero())
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "f32(truth_(x0))" } else { "i32(x0 != 0)" }
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Ok(vec![None])
    }
}

/// 1 where `x` is not 0, else 0.
pub fn indicator(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Indicator, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Indicator as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Indicator, [Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0])]),
            Case::new(Indicator, [Case::tensor(&[0, 3], &[])]),
            Case::new(Indicator, [Case::index(&[3], &[2, 0, -1])]),
        ]
    },
};
