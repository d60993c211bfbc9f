//! The square root; its derivative at 0 is +∞.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `√x`
#[derive(Debug, Clone, Copy)]
pub struct Sqrt;

impl Pointwise for Sqrt {
    const DOC: Doc = Doc {
        name: "sqrt",
        formula: "√x",
        shapes: "any; the result has the same",
        derivative: &["g / (2 · out)"],
        source: "https://pytorch.org/docs/stable/generated/torch.sqrt.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::sqrt)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "sqrt_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::div(grad, ops::mul(saved.output()?, 2.0)?)?)])
    }
}

/// `√x`, elementwise.
pub fn sqrt(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Sqrt, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Sqrt as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Sqrt, [Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0])]),
            Case::new(Sqrt, [Case::tensor(&[], &[1.75])]),
            Case::new(Sqrt, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
