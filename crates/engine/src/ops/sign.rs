//! −1, 0 or 1.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `sign x`
#[derive(Debug, Clone, Copy)]
pub struct Sign;

impl Pointwise for Sign {
    const DOC: Doc = Doc {
        name: "sign",
        formula: "sign x",
        shapes: "any; the result has the same",
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.sign.html",
    };
    const ARITY: usize = 1;

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0] > T::zero() {
            T::one()
        } else if x[0] < T::zero() {
            T::one().negate()
        } else {
            // NaN as well.
            T::zero()
        }
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        match dtype {
            DType::Bool => "x0",
            DType::I64 => "sign(x0)",
            _ => "sign_(x0)",
        }
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::zeros_like(grad)?)])
    }
}

/// `sign x`, elementwise.
pub fn sign(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Sign, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Sign as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Sign, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Sign, [Case::tensor(&[], &[1.75])]),
            Case::new(Sign, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
