//! The hyperbolic tangent.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `tanh x`
#[derive(Debug, Clone, Copy)]
pub struct Tanh;

impl Pointwise for Tanh {
    const DOC: Doc = Doc {
        name: "tanh",
        formula: "tanh x",
        shapes: "any; the result has the same",
        derivative: &["g · (1 - out²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.tanh.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::tanh)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "tanh_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let out = saved.output()?;
        Ok(vec![Some(ops::mul(grad, ops::sub(1.0, ops::mul(&out, &out)?)?)?)])
    }
}

/// `tanh x`, elementwise.
pub fn tanh(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Tanh, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Tanh as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Tanh, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Tanh, [Case::tensor(&[], &[1.75])]),
            Case::new(Tanh, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
