//! The exponential.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `exp x`
#[derive(Debug, Clone, Copy)]
pub struct Exp;

impl Pointwise for Exp {
    const DOC: Doc = Doc {
        name: "exp",
        formula: "exp x",
        shapes: "any; the result has the same",
        derivative: &["g · out"],
        source: "https://pytorch.org/docs/stable/generated/torch.exp.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::exp)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "exp_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::mul(grad, saved.output()?)?)])
    }
}

/// `exp x`, elementwise.
pub fn exp(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Exp, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Exp as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Exp, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Exp, [Case::tensor(&[], &[1.75])]),
            Case::new(Exp, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
