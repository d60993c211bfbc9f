//! One over the square root.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `1 / √x`
#[derive(Debug, Clone, Copy)]
pub struct Rsqrt;

impl Pointwise for Rsqrt {
    const DOC: Doc = Doc {
        name: "rsqrt",
        formula: "1 / √x",
        shapes: "any; the result has the same",
        derivative: &["-g · out³ / 2"],
        source: "https://pytorch.org/docs/stable/generated/torch.rsqrt.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        T::one().over(x[0].map(f64::sqrt))
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "rsqrt_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::mul(ops::mul(grad, -0.5)?, ops::pow(saved.output()?, 3.0)?)?)])
    }
}

/// `1 / √x`, elementwise.
pub fn rsqrt(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Rsqrt, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Rsqrt as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Rsqrt, [Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0])]),
            Case::new(Rsqrt, [Case::tensor(&[], &[1.75])]),
            Case::new(Rsqrt, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
