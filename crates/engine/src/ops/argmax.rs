//! Where the largest or the smallest element is.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

use super::sum::reduced;

/// The first place of the largest (or smallest) element along the dimension, or among all elements row-major; NaN
/// counts as such.
#[derive(Debug, Clone)]
pub struct ArgMax {
    /// The dimension; `None`: all of them.
    pub dim: Option<usize>,
    /// Whether it stays with size 1.
    pub keepdim: bool,
    /// Largest, or else smallest.
    pub largest: bool,
}

const DOC: Doc = Doc {
    name: "argmax",
    formula: "argmax x",
    shapes: "any without a size of 0 in the dimension; the result lacks it, or has it with size 1 (keepdim)",
    derivative: &["0"],
    source: "https://pytorch.org/docs/stable/generated/torch.argmax.html",
};

impl ArgMax {
    fn dims(&self, rank: usize) -> Vec<usize> {
        self.dim.map_or_else(|| (0..rank).collect(), |d| if rank == 0 { vec![] } else { vec![d] })
    }
}

impl Operator for ArgMax {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("argmax takes one tensor")) };
        let dims = self.dims(x.rank());
        if dims.iter().any(|&d| x.shape()[d] == 0) {
            return Err(Error::index(
                "argmax(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.",
            ));
        }
        Ok(Meta { shape: reduced(x.shape(), &dims, self.keepdim), dtype: DType::I64 })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else {
            return Err(Error::type_("argmax takes one tensor"));
        };
        Ok(cpu::arg_extreme(self.largest, array, layout, &self.dims(layout.rank())))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x @ GpuArg::Tensor(_, layout)] = args else {
            return Err(Error::type_("argmax takes one tensor"));
        };
        let combine = if self.largest { Combine::ArgMax } else { Combine::ArgMin };
        Ok(GpuKernel::Plan(planner::reduce(combine, x, &self.dims(layout.rank()))?))
    }

    fn differentiable(&self) -> bool {
        false
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Ok(vec![None])
    }
}

/// The first place of the largest (or smallest) element.
pub fn argmax(x: &Tensor, dim: Option<i64>, keepdim: bool, largest: bool) -> Result<Tensor> {
    let dim = dim.map(|d| layout::resolve_dim(d, x.rank())).transpose()?;
    ops::apply(ArgMax { dim, keepdim, largest }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 1.0, 0.25, 4.0, 4.0]);
        vec![
            Case::new(ArgMax { dim: None, keepdim: false, largest: true }, [x()]),
            Case::new(ArgMax { dim: Some(0), keepdim: true, largest: true }, [x()]),
            Case::new(ArgMax { dim: Some(1), keepdim: false, largest: false }, [x()]),
        ]
    },
};
