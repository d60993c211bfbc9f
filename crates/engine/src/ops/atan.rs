//! The angle, in radians, whose tangent is the argument.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `atan x`
#[derive(Debug, Clone, Copy)]
pub struct Atan;

impl Pointwise for Atan {
    const DOC: Doc = Doc {
        name: "atan",
        formula: "atan x",
        shapes: "any; the result has the same",
        derivative: &["g / (1 + x²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.atan.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::atan)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "atan_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let x = saved.tensor(0)?;
        Ok(vec![Some(ops::div(grad, ops::add(ops::mul(&x, &x)?, 1.0)?)?)])
    }
}

/// `atan x`, elementwise.
pub fn atan(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Atan, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Atan as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Atan, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Atan, [Case::tensor(&[], &[1.75])]),
            Case::new(Atan, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
