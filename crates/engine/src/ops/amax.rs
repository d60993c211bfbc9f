//! The largest element over dimensions.

use crate::autograd::Saved;
use crate::device::cpu::{self, Fold};
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Result, Tensor, ops};

use super::sum::{reduced, resolve_dims, restore};

/// `max x` over `dims`; NaN wins.
#[derive(Debug, Clone)]
pub struct Amax {
    /// The dimensions that go, ascending.
    pub dims: Vec<usize>,
    /// Whether they stay with size 1.
    pub keepdim: bool,
    /// Whether NaN, where it is the result, receives the gradient: so in `max()`, not in `amax()`.
    pub to_nan: bool,
}

const DOC: Doc = Doc {
    name: "amax",
    formula: "max x",
    shapes: "any without a size of 0 among the reduced; the result lacks them, or has them with size 1 (keepdim)",
    derivative: &["g, shared equally among the elements that tie"],
    source: "https://pytorch.org/docs/stable/generated/torch.amax.html",
};

impl Operator for Amax {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("amax takes one tensor")) };
        if self.dims.iter().any(|&d| x.shape()[d] == 0) {
            return Err(Error::index(
                "amax(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
            ));
        }
        Ok(Meta { shape: reduced(x.shape(), &self.dims, self.keepdim), dtype: x.dtype() })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else { return Err(Error::type_("amax takes one tensor")) };
        Ok(cpu::reduce(Fold::Max, array, layout, &self.dims, out.shape.iter().product()))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("amax takes one tensor")) };
        Ok(GpuKernel::Plan(planner::reduce(Combine::Max, x, &self.dims)?))
    }

    fn keep(&self) -> Keep {
        Keep { args: &[0], output: true }
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let x = saved.tensor(0)?;
        let best = restore(&saved.output()?, x.shape(), &self.dims)?;
        let mut wins = ops::eq(&x, &best)?;
        if self.to_nan {
            // NaN alone is unequal to itself.
            wins = ops::where_(ops::ne(&best, &best)?, ops::ne(&x, &x)?, wins)?;
        }
        let winners = ops::cast(&wins, grad.dtype())?;
        let dims: Vec<i64> = self.dims.iter().map(|&d| d as i64).collect();
        let ties = if dims.is_empty() { winners.clone() } else { ops::sum(&winners, &dims, true)? };
        let share = ops::div(restore(grad, x.shape(), &self.dims)?, ties)?;
        Ok(vec![Some(ops::mul(winners, share)?)])
    }
}

/// `max x` over `dims` (all of them where none is named).
pub fn amax(x: &Tensor, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    ops::apply(Amax { dims: resolve_dims(dims, x.rank())?, keepdim, to_nan: false }, &[x.into()])
}

/// `max x` over all of `x`, whose gradient goes to NaN where there is one: `x.max()`.
pub fn max_of_all(x: &Tensor) -> Result<Tensor> {
    ops::apply(Amax { dims: resolve_dims(&[], x.rank())?, keepdim: false, to_nan: true }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Amax { dims: vec![0, 1], keepdim: false, to_nan: false }, [x()]),
            Case::new(Amax { dims: vec![0], keepdim: true, to_nan: false }, [x()]),
            Case::new(Amax { dims: vec![1], keepdim: false, to_nan: false }, [x()]),
            Case::new(Amax { dims: vec![], keepdim: false, to_nan: false }, [Case::tensor(&[], &[2.0])]),
            Case::new(Amax { dims: vec![1], keepdim: true, to_nan: false }, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
