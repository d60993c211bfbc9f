//! The cosine, of radians.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `cos x`
#[derive(Debug, Clone, Copy)]
pub struct Cos;

impl Pointwise for Cos {
    const DOC: Doc = Doc {
        name: "cos",
        formula: "cos x",
        shapes: "any; the result has the same",
        derivative: &["-g · sin x"],
        source: "https://pytorch.org/docs/stable/generated/torch.cos.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::cos)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "cos_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::neg(ops::mul(grad, ops::sin(saved.tensor(0)?)?)?)?)])
    }
}

/// `cos x`, elementwise.
pub fn cos(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Cos, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Cos as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Cos, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Cos, [Case::tensor(&[], &[1.75])]),
            Case::new(Cos, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
