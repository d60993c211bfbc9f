//! The rectifier; its derivative at 0 is 0.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `max(x, 0)`
#[derive(Debug, Clone, Copy)]
pub struct Relu;

impl Pointwise for Relu {
    const DOC: Doc = Doc {
        name: "relu",
        formula: "max(x, 0)",
        shapes: "any; the result has the same",
        derivative: &["g where out > 0, else 0"],
        source: "https://pytorch.org/docs/stable/generated/torch.relu.html",
    };
    const ARITY: usize = 1;
    const KEEP: Keep = Keep::OUTPUT;

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0].is_nan() || x[0] > T::zero() { x[0] } else { T::zero() }
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype == DType::I64 { "max(x0, 0)" } else { "max_(x0, 0.0)" }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        // The comparison lets NaN's gradient through, as PyTorch's does.
        Ok(vec![Some(ops::where_(ops::le(saved.output()?, 0.0)?, 0.0, grad)?)])
    }
}

/// `max(x, 0)`, elementwise.
pub fn relu(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Relu, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Relu as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Relu, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Relu, [Case::tensor(&[], &[1.75])]),
            Case::new(Relu, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
