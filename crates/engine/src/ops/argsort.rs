//! The order of the elements along a dimension.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

/// Where the elements of `x` along a dimension would stand in order: equal ones in the order they have, NaN as the
/// largest.
#[derive(Debug, Clone, Copy)]
pub struct ArgSort {
    /// The dimension.
    pub dim: usize,
    /// Largest first.
    pub descending: bool,
}

const DOC: Doc = Doc {
    name: "argsort",
    formula: "argsort x",
    shapes: "any; the result has the same",
    derivative: &["0"],
    source: "https://pytorch.org/docs/stable/generated/torch.argsort.html",
};

impl Operator for ArgSort {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("argsort takes one tensor")) };
        Ok(Meta { shape: x.shape().to_vec(), dtype: DType::I64 })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, layout)] = args else {
            return Err(Error::type_("argsort takes one tensor"));
        };
        Ok(cpu::order::argsort(&cpu::gather(x, layout), layout, self.dim, self.descending))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("argsort takes one tensor")) };
        Ok(GpuKernel::Plan(planner::argsort(x, self.dim, self.descending)?))
    }

    fn differentiable(&self) -> bool {
        false
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Ok(vec![None])
    }
}

/// Where the elements along `dim` would stand in order. The sort is stable.
pub fn argsort(x: &Tensor, dim: i64, descending: bool) -> Result<Tensor> {
    ops::apply(ArgSort { dim: layout::resolve_dim(dim, x.rank())?, descending }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let case = |dim, descending, x| Case::new(ArgSort { dim, descending }, [x]);
        let x = || {
            Case::tensor(&[2, 3, 2], &[1.0, -2.0, 1.0, 0.25, -4.0, 4.0, 0.0, f64::NAN, -0.0, 7.0, -1.0, -9.0])
        };
        vec![
            case(0, false, x()),
            case(1, true, x()),
            case(2, false, x()),
            case(0, true, Case::tensor(&[5], &[2.0, f64::NAN, f64::INFINITY, 2.0, f64::NEG_INFINITY])),
            case(0, false, Case::tensor(&[], &[2.0])),
            case(1, false, Case::tensor(&[2, 0], &[])),
            case(0, false, Case::index(&[7], &[3, -1, 3, 0, 9, -1, 2])),
        ]
    },
};
