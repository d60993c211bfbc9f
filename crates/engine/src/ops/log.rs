//! The natural logarithm: −∞ at 0, NaN below.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise, Promotion};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `log x`
#[derive(Debug, Clone, Copy)]
pub struct Log;

impl Pointwise for Log {
    const DOC: Doc = Doc {
        name: "log",
        formula: "log x",
        shapes: "any; the result has the same",
        derivative: &["g / x"],
        source: "https://pytorch.org/docs/stable/generated/torch.log.html",
    };
    const ARITY: usize = 1;
    const PROMOTION: Promotion = Promotion::Float;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].map(f64::ln)
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "log_(x0)"
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::div(grad, saved.tensor(0)?)?)])
    }
}

/// `log x`, elementwise.
pub fn log(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Log, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Log as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Log, [Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0])]),
            Case::new(Log, [Case::tensor(&[], &[1.75])]),
            Case::new(Log, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
