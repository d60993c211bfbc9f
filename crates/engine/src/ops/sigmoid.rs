//! The logistic function.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `1 / (1 + exp(-x))`
#[derive(Debug, Clone, Copy)]
pub struct Sigmoid;

impl Pointwise for Sigmoid {
    const DOC: Doc = Doc {
        name: "sigmoid",
        formula: "1 / (1 + exp(-x))",
        shapes: "any; the result has the same",
        derivative: &["g · out · (1 - out)"],
        source: "https://pytorch.org/docs/stable/generated/torch.sigmoid.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        T::one().over(T::one().plus(x[0].negate().map(f64::exp)))
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "sigmoid_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let out = saved.output()?;
        Ok(vec![Some(ops::mul(grad, ops::mul(&out, ops::sub(1.0, &out)?)?)?)])
    }
}

/// `1 / (1 + exp(-x))`, elementwise.
pub fn sigmoid(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Sigmoid, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Sigmoid as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Sigmoid, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Sigmoid, [Case::tensor(&[], &[1.75])]),
            Case::new(Sigmoid, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
