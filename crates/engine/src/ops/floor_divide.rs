//! The quotient rounded down.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

use super::remainder::remainder_of;

/// `⌊x / y⌋`
#[derive(Debug, Clone, Copy)]
pub struct FloorDivide;

impl Pointwise for FloorDivide {
    const DOC: Doc = Doc {
        name: "floor_divide",
        formula: "⌊x / y⌋",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.floor_divide.html",
    };
    const ARITY: usize = 2;

    fn value<T: Real>(&self, x: &[T]) -> T {
        floor_divide_of(x[0], x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "floor_div_(x0, x1)" } else { "ifloor_div_(x0, x1)" }
    }

    fn check(&self, args: &[Arg]) -> Result<()> {
        if args.iter().all(|a| a.dtype() == DType::Bool) {
            return Err(crate::Error::runtime("\"floor_divide\" not implemented for 'Bool'")
                .help("convert it first, with .long()"));
        }
        Ok(())
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![saved.when(0, || ops::zeros_like(grad))?, saved.when(1, || ops::zeros_like(grad))?])
    }
}

/// One element, as Python and PyTorch round: from the exact rest, so that `x // y * y + x % y` is `x`.
fn floor_divide_of<T: Real>(x: T, y: T) -> T {
    if !T::DTYPE.is_float() {
        return x.minus(remainder_of(x, y)).over(y);
    }
    if y == T::zero() {
        return x.over(y);
    }
    let quotient = x.minus(remainder_of(x, y)).over(y);
    if quotient == T::zero() {
        // With the sign that the quotient would have.
        return x.over(y).times(T::zero());
    }
    let floor = quotient.map(f64::floor);
    if quotient.minus(floor).to_f64() > 0.5 { floor.plus(T::one()) } else { floor }
}

/// `⌊x / y⌋`, elementwise.
pub fn floor_divide(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(FloorDivide, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<FloorDivide as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                FloorDivide,
                [
                    Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(
                FloorDivide,
                [Case::tensor(&[2, 3], &[-2.25, -0.75, 0.25, 0.625, 1.75, 3.125]), Case::number(0.5)],
            ),
            Case::new(FloorDivide, [Case::number(2.25), Case::tensor(&[3], &[0.625, -1.25, 1.5])]),
            Case::new(FloorDivide, [Case::tensor(&[0, 3], &[]), Case::tensor(&[3], &[0.625, -1.25, 2.125])]),
        ]
    },
};
