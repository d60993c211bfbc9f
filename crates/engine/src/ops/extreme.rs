//! The largest or the smallest element over dimensions.

use crate::autograd::Saved;
use crate::device::cpu::{self, Fold};
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Result, Tensor, ops};

use super::sum::{reduced, resolve_dims, restore};

/// `max x` or `min x` over `dims`; NaN wins.
#[derive(Debug, Clone)]
pub struct Extreme {
    /// Largest, or else smallest.
    pub largest: bool,
    /// The dimensions that go, ascending.
    pub dims: Vec<usize>,
    /// Whether they stay with size 1.
    pub keepdim: bool,
    /// Whether NaN, where it is the result, receives the gradient: so in `max()`, not in `amax()`.
    pub to_nan: bool,
}

const SHAPES: &str =
    "any without a size of 0 among the reduced; the result lacks them, or has them with size 1 (keepdim)";
const DERIVATIVE: &[&str] = &["g, shared equally among the elements that tie"];

const AMAX: Doc = Doc {
    name: "amax",
    formula: "max x",
    shapes: SHAPES,
    derivative: DERIVATIVE,
    source: "https://pytorch.org/docs/stable/generated/torch.amax.html",
};

const AMIN: Doc = Doc {
    name: "amin",
    formula: "min x",
    shapes: SHAPES,
    derivative: DERIVATIVE,
    source: "https://pytorch.org/docs/stable/generated/torch.amin.html",
};

impl Operator for Extreme {
    fn doc(&self) -> &'static Doc {
        if self.largest { &AMAX } else { &AMIN }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("a reduction takes one tensor")) };
        if let Some(d) = self.dims.iter().find(|&&d| x.shape()[d] == 0) {
            let name = self.doc().name;
            return Err(if self.dims.len() == x.rank() {
                Error::runtime(format!(
                    "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with \
                     the 'dim' argument."
                ))
            } else {
                Error::index(format!("{name}(): Expected reduction dim {d} to have non-zero size."))
            });
        }
        Ok(Meta { shape: reduced(x.shape(), &self.dims, self.keepdim), dtype: x.dtype() })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else {
            return Err(Error::type_("a reduction takes one tensor"));
        };
        let fold = if self.largest { Fold::Max } else { Fold::Min };
        Ok(cpu::reduce(fold, array, layout, &self.dims, out.shape.iter().product()))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("a reduction takes one tensor")) };
        let combine = if self.largest { Combine::Max } else { Combine::Min };
        Ok(GpuKernel::Plan(planner::reduce(combine, x, &self.dims)?))
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
    over(true, x, dims, keepdim, false)
}

/// `min x` over `dims` (all of them where none is named).
pub fn amin(x: &Tensor, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    over(false, x, dims, keepdim, false)
}

/// `max x` over all of `x`, whose gradient goes to NaN where there is one: `x.max()`.
pub fn max_of_all(x: &Tensor) -> Result<Tensor> {
    over(true, x, &[], false, true)
}

/// `min x` over all of `x`, whose gradient goes to NaN where there is one: `x.min()`.
pub fn min_of_all(x: &Tensor) -> Result<Tensor> {
    over(false, x, &[], false, true)
}

fn over(largest: bool, x: &Tensor, dims: &[i64], keepdim: bool, to_nan: bool) -> Result<Tensor> {
    ops::apply(Extreme { largest, dims: resolve_dims(dims, x.rank())?, keepdim, to_nan }, &[x.into()])
}

fn cases(largest: bool) -> Vec<Case> {
    let case = |dims: &[usize], keepdim, x| {
        Case::new(Extreme { largest, dims: dims.to_vec(), keepdim, to_nan: false }, [x])
    };
    let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
    vec![
        case(&[0, 1], false, x()),
        case(&[0], true, x()),
        case(&[1], false, x()),
        case(&[], false, Case::tensor(&[], &[2.0])),
        case(&[1], true, Case::tensor(&[0, 3], &[])),
    ]
}

/// The largest element's line of the registry.
pub const AMAX_ENTRY: Entry = Entry { doc: &AMAX, cases: || cases(true) };
/// The smallest element's line of the registry.
pub const AMIN_ENTRY: Entry = Entry { doc: &AMIN, cases: || cases(false) };
