//! The tangent, of radians.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `tan x`
#[derive(Debug, Clone, Copy)]
pub struct Tan;

impl Pointwise for Tan {
    const DOC: Doc = Doc {
        name: "tan",
        formula: "tan x",
        shapes: "any; the result has the same",
        derivative: &["g · (1 + out²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.tan.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::tan)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "tan_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let out = saved.output()?;
        Ok(vec![Some(ops::mul(grad, ops::add(ops::mul(&out, &out)?, 1.0)?)?)])
    }
}

/// `tan x`, elementwise.
pub fn tan(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Tan, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Tan as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Tan, [Case::tensor(&[2, 3], &[-1.0, -0.75, 0.25, 0.5, 1.25, 2.5])]),
            Case::new(Tan, [Case::tensor(&[], &[0.875])]),
            Case::new(Tan, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
