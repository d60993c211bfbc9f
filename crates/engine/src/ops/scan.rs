//! Running sums and products along a dimension.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::element::Real;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Promotion};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

/// `h[i] = x[i] + y[i] · h[i - 1]` along a dimension, from `h[-1] = 0`; without `y` the running sum.
///
/// One recurrence for all: its gradients are the same recurrence from the other end, and it divides by nothing, so
/// that a running product has its gradient at zeros as well.
#[derive(Debug, Clone, Copy)]
pub struct Scan {
    /// The dimension.
    pub dim: usize,
    /// Whether it runs from the last element to the first.
    pub reverse: bool,
    /// Whether there is a `y`.
    pub weighted: bool,
}

const DOC: Doc = Doc {
    name: "scan",
    formula: "out[i] = x[i] + y[i] · out[i - 1]",
    shapes: "any; y and the result have the shape of x",
    derivative: &[
        "s, where s[i] = g[i] + y[i + 1] · s[i + 1]: what reaches x[i] directly and through all later elements",
        "s[i] · out[i - 1]",
    ],
    source: "https://pytorch.org/docs/stable/generated/torch.cumsum.html",
};

impl Operator for Scan {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn promotion(&self) -> Promotion {
        Promotion::Arithmetic
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let (Some(Arg::Tensor(x)), rest) = (args.first(), args.get(1..).unwrap_or_default()) else {
            return Err(Error::type_("scan takes a tensor"));
        };
        if rest.len() != usize::from(self.weighted)
            || rest.iter().any(|y| y.shape() != x.shape())
            || self.dim >= x.rank()
        {
            return Err(Error::runtime("scan: the weights must have the shape of the input"));
        }
        let dtype = if x.dtype() == DType::Bool { DType::I64 } else { x.dtype() };
        Ok(Meta { shape: x.shape().to_vec(), dtype })
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let arrays = args
            .iter()
            .map(|arg| match arg {
                CpuArg::Tensor(array, layout) => Ok(cpu::convert(&cpu::gather(array, layout), out.dtype)),
                CpuArg::Scalar(_) => Err(Error::type_("scan takes tensors")),
            })
            .collect::<Result<Vec<_>>>()?;
        match arrays.first() {
            Some(Array::F32(x)) => Ok(self.run(x, arrays.get(1), &out.shape)),
            Some(Array::F64(x)) => Ok(self.run(x, arrays.get(1), &out.shape)),
            Some(Array::I64(x)) => Ok(self.run(x, arrays.get(1), &out.shape)),
            _ => Err(Error::type_("scan takes numbers")),
        }
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        Ok(GpuKernel::Plan(planner::scan(args, &out.shape, self.dim, self.reverse)?))
    }

    fn keep(&self) -> Keep {
        if self.weighted { Keep { args: &[1], output: true } } else { Keep::NOTHING }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let back = Scan { reverse: !self.reverse, ..*self };
        if !self.weighted {
            return Ok(vec![Some(ops::apply(back, &[grad.into()])?)]);
        }
        let next = shifted(&saved.tensor(1)?, self.dim, !self.reverse)?;
        let reaching = ops::apply(back, &[grad.into(), next.into()])?;
        let weights =
            saved.when(1, || ops::mul(&reaching, shifted(&saved.output()?, self.dim, self.reverse)?))?;
        Ok(vec![Some(reaching), weights])
    }
}

impl Scan {
    fn run<T: Real>(&self, x: &[T], y: Option<&Array>, shape: &[usize]) -> Array {
        let y = y.and_then(T::slice);
        let length = shape[self.dim];
        let inner: usize = shape[self.dim + 1..].iter().product();
        let mut out = x.to_vec();
        let rows = out.len().checked_div(length).unwrap_or(0);
        for row in 0..rows {
            let start = row / inner * length * inner + row % inner;
            let mut held: Option<T> = None;
            for step in 0..length {
                let place = start + inner * if self.reverse { length - 1 - step } else { step };
                if let (Some(slot), Some(before)) = (out.get_mut(place), held) {
                    let factor = y.and_then(|y| y.get(place).copied());
                    *slot = slot.plus(factor.map_or(before, |f| f.times(before)));
                }
                held = out.get(place).copied();
            }
        }
        T::array(out)
    }
}

/// `x` moved on by one place along a dimension, 0 where nothing comes from: each place sees its predecessor.
fn shifted(x: &Tensor, dim: usize, reverse: bool) -> Result<Tensor> {
    let size = x.shape().get(dim).copied().unwrap_or(0);
    let Some(length) = size.checked_sub(1) else { return Ok(x.clone()) };
    let (from, to) = if reverse { (1, 0) } else { (0, 1) };
    let part = ops::slice(x, dim as i64, from, 1, length)?;
    ops::apply(ops::Unslice { dim, start: to, step: 1, size }, &[part.into()])
}

/// At every place the product of all elements before it (after it, if `reverse`); 1 at the first.
pub(super) fn product_before(x: &Tensor, dim: usize, reverse: bool) -> Result<Tensor> {
    let size = x.shape().get(dim).copied().unwrap_or(0);
    let first = if reverse { size.saturating_sub(1) } else { 0 };
    let start = Array::I64((0..size).map(|i| i64::from(i == first)).collect());
    let mut shape = vec![1; x.rank()];
    shape[dim] = size;
    let engine = x.engine();
    let start = engine.constant(cpu::convert(&start, x.dtype()), &shape, x.device())?;
    let start = ops::expand(&start, x.shape())?;
    ops::apply(Scan { dim, reverse, weighted: true }, &[start.into(), shifted(x, dim, reverse)?.into()])
}

/// Runs `scan` over a dimension of `x`; a number is its own row.
fn along(x: &Tensor, dim: i64, scan: impl Fn(&Tensor, usize) -> Result<Tensor>) -> Result<Tensor> {
    let at = layout::resolve_dim(dim, x.rank())?;
    if x.rank() > 0 { scan(x, at) } else { ops::reshape(&scan(&ops::reshape(x, &[1])?, 0)?, &[]) }
}

/// The running sum along a dimension; of truth values it counts.
pub fn cumsum(x: &Tensor, dim: i64) -> Result<Tensor> {
    along(x, dim, |x, dim| ops::apply(Scan { dim, reverse: false, weighted: false }, &[x.into()]))
}

/// The running product along a dimension.
pub fn cumprod(x: &Tensor, dim: i64) -> Result<Tensor> {
    let x = &if x.dtype() == DType::Bool { ops::cast(x, DType::I64)? } else { x.clone() };
    along(x, dim, |x, dim| ops::mul(product_before(x, dim, false)?, x))
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let y = || Case::tensor(&[2, 3], &[0.5, 1.5, 0.0, -1.25, 2.0, 0.75]);
        let sum = |dim, reverse| Scan { dim, reverse, weighted: false };
        let weighted = |dim, reverse| Scan { dim, reverse, weighted: true };
        vec![
            Case::new(sum(0, false), [x()]),
            Case::new(sum(1, true), [x()]),
            Case::new(weighted(1, false), [x(), y()]),
            Case::new(weighted(0, true), [x(), y()]),
            Case::new(weighted(1, true), [x(), y()]),
            Case::new(sum(0, false), [Case::tensor(&[0, 3], &[])]),
            Case::new(weighted(1, false), [Case::tensor(&[2, 0], &[]), Case::tensor(&[2, 0], &[])]),
        ]
    },
};
