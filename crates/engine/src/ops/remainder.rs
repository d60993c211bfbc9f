//! What is left over after division, with the sign of the divisor.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x - y · ⌊x / y⌋`
#[derive(Debug, Clone, Copy)]
pub struct Remainder;

impl Pointwise for Remainder {
    const DOC: Doc = Doc {
        name: "remainder",
        formula: "x - y · ⌊x / y⌋",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g", "-g · ⌊x / y⌋"],
        source: "https://pytorch.org/docs/stable/generated/torch.remainder.html",
    };
    const ARITY: usize = 2;
    const KEEP: Keep = Keep::args(&[0, 1]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        remainder_of(x[0], x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "remainder_(x0, x1)" } else { "iremainder_(x0, x1)" }
    }

    fn check(&self, args: &[Arg]) -> Result<()> {
        if args.iter().all(|a| a.dtype() == DType::Bool) {
            return Err(crate::Error::runtime("\"remainder_cpu\" not implemented for 'Bool'")
                .help("convert it first, with .long()"));
        }
        Ok(())
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let quotient = || ops::floor_divide(saved.arg(0)?, saved.arg(1)?);
        Ok(vec![Some(grad.clone()), saved.when(1, || ops::mul(ops::neg(grad)?, quotient()?))?])
    }
}

/// One element: for floats C's `fmod` with its sign corrected, for integers the same by division toward zero. An
/// integer divided by 0 leaves itself.
pub(super) fn remainder_of<T: Real>(x: T, y: T) -> T {
    let rest = truncated_rest(x, y);
    if rest != T::zero() && (y < T::zero()) != (rest < T::zero()) { rest.plus(y) } else { rest }
}

/// What is left over after division toward zero. Exact: the rest of two single-precision numbers is one.
pub(super) fn truncated_rest<T: Real>(x: T, y: T) -> T {
    match T::DTYPE {
        DType::F32 | DType::F64 => T::from_f64(x.to_f64() % y.to_f64()),
        DType::I64 | DType::Bool => x.minus(x.over(y).times(y)),
    }
}

/// `x - y · ⌊x / y⌋`, elementwise.
pub fn remainder(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Remainder, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Remainder as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Remainder,
                [
                    Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                Remainder,
                [Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.625, 1.75, 3.125]), Case::number(0.5)],
            ),
            Case::new(Remainder, [Case::number(2.25), Case::tensor(&[3], &[0.625, -1.25, 1.5])]),
            Case::new(Remainder, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
        ]
    },
};
