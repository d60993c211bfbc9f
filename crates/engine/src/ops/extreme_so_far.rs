//! Where the largest or the smallest element so far is.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

/// The last place of the largest (or smallest) element along a dimension up to each element; NaN counts as such.
#[derive(Debug, Clone, Copy)]
pub struct ExtremeSoFar {
    /// The dimension.
    pub dim: usize,
    /// Largest, or else smallest.
    pub largest: bool,
}

const CUMMAX: Doc = Doc {
    name: "cummax",
    formula: "argmax x so far",
    shapes: "any; the result has the same",
    derivative: &["0"],
    source: "https://pytorch.org/docs/stable/generated/torch.cummax.html",
};

const CUMMIN: Doc = Doc {
    name: "cummin",
    formula: "argmin x so far",
    source: "https://pytorch.org/docs/stable/generated/torch.cummin.html",
    ..CUMMAX
};

impl Operator for ExtremeSoFar {
    fn doc(&self) -> &'static Doc {
        if self.largest { &CUMMAX } else { &CUMMIN }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("cummax takes one tensor")) };
        Ok(Meta { shape: x.shape().to_vec(), dtype: DType::I64 })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, layout)] = args else {
            return Err(Error::type_("cummax takes one tensor"));
        };
        Ok(cpu::order::extreme_so_far(&cpu::gather(x, layout), layout, self.dim, self.largest))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("cummax takes one tensor")) };
        Ok(GpuKernel::Plan(planner::extreme_so_far(x, self.dim, self.largest)?))
    }

    fn differentiable(&self) -> bool {
        false
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Ok(vec![None])
    }
}

/// Where the largest (or smallest) element up to each element along `dim` is.
pub fn extreme_so_far(x: &Tensor, dim: i64, largest: bool) -> Result<Tensor> {
    ops::apply(ExtremeSoFar { dim: layout::resolve_dim(dim, x.rank())?, largest }, &[x.into()])
}

fn cases(largest: bool) -> Vec<Case> {
    let case = |dim, x| Case::new(ExtremeSoFar { dim, largest }, [x]);
    let x = || Case::tensor(&[2, 3, 2], &[1.0, -2.0, 1.0, 0.25, -4.0, 4.0, 0.0, 3.0, -0.0, 7.0, -1.0, -9.0]);
    vec![
        case(0, x()),
        case(1, x()),
        case(2, x()),
        case(0, Case::tensor(&[6], &[2.0, -1.0, f64::NAN, 9.0, f64::NAN, -3.0])),
        case(0, Case::tensor(&[], &[2.0])),
        case(0, Case::tensor(&[0, 2], &[])),
        case(0, Case::index(&[5], &[3, -1, 3, 9, i64::from(i32::MAX)])),
    ]
}

/// The largest one's line of the registry.
pub const CUMMAX_ENTRY: Entry = Entry { doc: &CUMMAX, cases: || cases(true) };
/// The smallest one's line of the registry.
pub const CUMMIN_ENTRY: Entry = Entry { doc: &CUMMIN, cases: || cases(false) };
