//! Powers. Small integer ones are products; `0 ** 0` is 1.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Tensor, ops};

/// `x ** y`
#[derive(Debug, Clone, Copy)]
pub struct Pow;

impl Pointwise for Pow {
    const DOC: Doc = Doc {
        name: "pow",
        formula: "x ** y",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g · y · x ** (y - 1)", "g · out · log x, and 0 where x = 0 and y ≥ 0"],
        source: "https://pytorch.org/docs/stable/generated/torch.pow.html",
    };
    const ARITY: usize = 2;
    const KEEP: Keep = Keep { args: &[0, 1], output: true };

    fn value<T: Real>(&self, x: &[T]) -> T {
        x[0].pow(x[1])
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype.is_float() { "pow_(x0, x1)" } else { "ipow_(x0, x1)" }
    }

    fn check(&self, args: &[Arg]) -> Result<()> {
        let negative = matches!(args.get(1), Some(Arg::Scalar(crate::Scalar::Int(n))) if *n < 0);
        if negative && args.iter().all(|a| !a.dtype().is_float()) {
            return Err(crate::Error::runtime("Integers to negative integer powers are not allowed."));
        }
        Ok(())
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        i.is_some() || asked(1)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let (x, y) = (saved.arg(0)?, saved.arg(1)?);
        let base = saved.when(0, || {
            // 0 · x ** -1 would be NaN at x = 0; PyTorch says 0.
            let slope = match &y {
                Arg::Scalar(n) if n.to_f64() == 0.0 => return ops::zeros_like(grad),
                Arg::Scalar(n) => ops::mul(ops::pow(x.clone(), n.to_f64() - 1.0)?, n.to_f64())?,
                Arg::Tensor(n) => {
                    let slope = ops::mul(n, ops::pow(x.clone(), ops::sub(n, 1.0)?)?)?;
                    ops::where_(ops::eq(n, 0.0)?, 0.0, slope)?
                }
            };
            ops::mul(grad, slope)
        })?;
        let exponent = saved.when(1, || {
            let x = ops::as_tensor(&x, grad)?;
            let slope = ops::mul(saved.output()?, ops::log(&x)?)?;
            let flat = ops::where_(ops::eq(&x, 0.0)?, ops::ge(y.clone(), 0.0)?, false)?;
            ops::where_(flat, 0.0, ops::mul(grad, slope)?)
        })?;
        Ok(vec![base, exponent])
    }
}

/// `x ** y`, elementwise.
pub fn pow(x: impl Into<Arg>, y: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Pow, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Pow as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Pow,
                [
                    Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0]),
                    Case::tensor(&[3], &[0.625, -1.25, 2.125]),
                ],
            ),
            Case::new(Pow, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(2.0)]),
            Case::new(Pow, [Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]), Case::number(3.0)]),
            Case::new(Pow, [Case::tensor(&[2, 3], &[0.25, 0.5, 1.0, 1.5, 2.0, 4.0]), Case::number(-1.5)]),
            Case::new(Pow, [Case::number(2.0), Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0])]),
            Case::new(Pow, [Case::tensor(&[0, 3], &[]), Case::number(2.0)]),
        ]
    },
};
