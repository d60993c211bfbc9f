//! The absolute value; its derivative at 0 is 0.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `|x|`
#[derive(Debug, Clone, Copy)]
pub struct Abs;

impl Pointwise for Abs {
    const DOC: Doc = Doc {
        name: "abs",
        formula: "|x|",
        shapes: "any; the result has the same",
        derivative: &["g · sign x"],
        source: "https://pytorch.org/docs/stable/generated/torch.abs.html",
    };
    const ARITY: usize = 1;
    const KEEP: Keep = Keep::args(&[0]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        if x[0] < T::zero() {
            x[0].negate()
        } else if x[0] == T::zero() {
            T::zero()
        } else {
            x[0]
        }
    }

    fn wgsl(&self, _dtype: DType) -> &'static str {
        "abs(x0)"
    }

    fn check(&self, args: &[Arg]) -> Result<()> {
        if args.iter().all(|a| a.dtype() == DType::Bool) {
            return Err(crate::Error::runtime("\"abs_cpu\" not implemented for 'Bool'")
                .help("convert it first, with .long()"));
        }
        Ok(())
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::mul(grad, ops::sign(saved.tensor(0)?)?)?)])
    }
}

/// `|x|`, elementwise.
pub fn abs(x: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Abs, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Abs as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(Abs, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Abs, [Case::tensor(&[], &[1.75])]),
            Case::new(Abs, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
