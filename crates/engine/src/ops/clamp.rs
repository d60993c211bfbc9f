//! Bounds below and above; the derivative at a bound is 0 for numbers, and shared for tensors.

use crate::autograd::Saved;
use crate::element::Real;
use crate::op::{Doc, Gradients, Keep, Pointwise};
use crate::registry::{Case, Entry};
use crate::{Arg, DType, Result, Scalar, Tensor, ops};

/// `min(max(x, y), z)`
#[derive(Debug, Clone, Copy)]
pub struct Clamp;

impl Pointwise for Clamp {
    const DOC: Doc = Doc {
        name: "clamp",
        formula: "min(max(x, y), z)",
        shapes: "any that broadcast; the result has the broadcast shape",
        derivative: &["g where y < x < z, else 0", "g where x < y < z", "g where x > z or y > z"],
        source: "https://pytorch.org/docs/stable/generated/torch.clamp.html",
    };
    const ARITY: usize = 3;
    const KEEP: Keep = Keep::args(&[0, 1, 2]);

    fn value<T: Real>(&self, x: &[T]) -> T {
        let low = if x[0].is_nan() || x[0] > x[1] { x[0] } else { x[1] };
        if low.is_nan() || low < x[2] { low } else { x[2] }
    }

    fn wgsl(&self, dtype: DType) -> &'static str {
        if dtype == DType::I64 { "min(max(x0, x1), x2)" } else { "min_(max_(x0, x1), x2)" }
    }

    fn formula(&self, args: &[Arg]) -> &'static str {
        // What `ops::clamp` puts in the place of a bound that was not given.
        let open = |i: usize| match args.get(i) {
            Some(Arg::Scalar(Scalar::Float(bound))) => bound.is_infinite(),
            Some(Arg::Scalar(Scalar::Int(bound))) => [i32::MIN, i32::MAX].map(i64::from).contains(bound),
            _ => false,
        };
        match (open(1), open(2)) {
            (false, true) => "max(x, y)",
            (true, false) => "min(x, z)",
            _ => Self::DOC.formula,
        }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let (x, low, high) = (saved.arg(0)?, saved.arg(1)?, saved.arg(2)?);
        let x = ops::as_tensor(&x, grad)?;
        if let (Arg::Scalar(least), Arg::Scalar(most)) = (&low, &high) {
            // A bound that was left out is infinite, and is none.
            let above =
                if least.to_f64() == f64::NEG_INFINITY { ops::ge(&x, low)? } else { ops::gt(&x, low)? };
            let below = if most.to_f64() == f64::INFINITY { ops::le(&x, high)? } else { ops::lt(&x, high)? };
            let inside = ops::where_(below, ops::where_(above, grad, 0.0)?, 0.0)?;
            return Ok(vec![Some(inside), None, None]);
        }
        // With tensors it is `minimum(maximum(x, y), z)`, and a tie shares the gradient; NaN in x keeps it to itself.
        let half = |a: &Arg, b: &Arg, all: Tensor| {
            ops::where_(ops::eq(a.clone(), b.clone())?, ops::mul(&all, 0.5)?, all)
        };
        let arg = Arg::from(&x);
        let crossed = ops::gt(low.clone(), high.clone())?;
        let inside = saved.when(0, || {
            let shared = half(&arg, &high, half(&arg, &low, grad.clone())?)?;
            let above = ops::where_(ops::lt(&x, low.clone())?, 0.0, shared)?;
            ops::where_(ops::gt(&x, high.clone())?, 0.0, above)
        })?;
        let below = saved.when(1, || {
            let reached = half(&low, &high, half(&arg, &low, grad.clone())?)?;
            let under = ops::where_(ops::le(&x, low.clone())?, reached, 0.0)?;
            ops::where_(&crossed, 0.0, under)
        })?;
        let above = saved.when(2, || {
            let raised = ops::maximum(&x, low.clone())?;
            let over = ops::where_(
                ops::ge(&raised, high.clone())?,
                half(&Arg::from(&raised), &high, grad.clone())?,
                0.0,
            )?;
            ops::where_(&crossed, grad, over)
        })?;
        Ok(vec![inside, below, above])
    }
}

/// `min(max(x, y), z)`, elementwise.
pub fn clamp(x: impl Into<Arg>, y: impl Into<Arg>, z: impl Into<Arg>) -> Result<Tensor> {
    ops::apply(Clamp, &[x.into(), y.into(), z.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &<Clamp as Pointwise>::DOC,
    cases: || {
        vec![
            Case::new(
                Clamp,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::number(-0.5),
                    Case::number(1.0),
                ],
            ),
            Case::new(
                Clamp,
                [
                    Case::tensor(&[2, 3], &[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]),
                    Case::number(0.0),
                    Case::number(f64::INFINITY),
                ],
            ),
            Case::new(Clamp, [Case::tensor(&[0, 3], &[]), Case::number(0.0), Case::number(1.0)]),
        ]
    },
};
