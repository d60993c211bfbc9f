//! One over the argument.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `1 / x`
#[derive(Debug, Clone, Copy)]
pub struct Reciprocal;

impl Pointwise for Reciprocal {
    const DOC: Doc = Doc {
        name: "reciprocal",
        formula: "1 / x",
        shapes: "any; the result has the same",
        derivative: &["-g · out²"],
        source: "https://pytorch.org/docs/stable/generated/torch.reciprocal.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        T::one().over(x[0])
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "1.0 / x0"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let out = saved.output()?;
        Ok(vec![Some(ops::mul(ops::neg(grad)?, ops::mul(&out, &out)?)?)])
    }
}

/// `1 / x`, elementwise.
pub fn reciprocal(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Reciprocal, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Reciprocal as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Reciprocal, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Reciprocal, [Case::tensor(&[], &[1.75])]),
            Case::new(Reciprocal, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
