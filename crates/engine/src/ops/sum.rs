//! The sum over dimensions.

use crate::autograd::Saved;
use crate::device::cpu::{self, Fold};
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator, Promotion};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

/// `Σ x` over `dims`; an empty sum is 0.
#[derive(Debug, Clone)]
pub struct Sum {
    /// The dimensions that go, ascending.
    pub dims: Vec<usize>,
    /// Whether they stay with size 1.
    pub keepdim: bool,
}

const DOC: Doc = Doc {
    name: "sum",
    formula: "Σ x",
    shapes: "any; the result lacks the summed dimensions, or has them with size 1 (keepdim)",
    derivative: &["g, repeated over the summed dimensions"],
    source: "https://pytorch.org/docs/stable/generated/torch.sum.html",
};

/// The shape after reducing `dims`.
pub(super) fn reduced(shape: &[usize], dims: &[usize], keepdim: bool) -> Vec<usize> {
    let keep = |(d, &n): (usize, &usize)| match (dims.contains(&d), keepdim) {
        (false, _) => Some(n),
        (true, true) => Some(1),
        (true, false) => None,
    };
    shape.iter().enumerate().filter_map(keep).collect()
}

/// Gives a reduced tensor its dimensions back, with size 1.
pub(super) fn restore(x: &Tensor, shape: &[usize], dims: &[usize]) -> Result<Tensor> {
    ops::reshape(x, &reduced(shape, dims, true))
}

/// The dimensions of a call such as `sum(dim=(0, -1))`, ascending; all of them where none is named.
pub fn resolve_dims(dims: &[i64], rank: usize) -> Result<Vec<usize>> {
    if dims.is_empty() {
        return Ok((0..rank).collect());
    }
    let mut named = Vec::with_capacity(dims.len());
    for &dim in dims {
        let dim = layout::resolve_dim(dim, rank)?;
        if named.contains(&dim) {
            return Err(Error::runtime(format!("dim {dim} appears multiple times in the list of dims")));
        }
        named.push(dim);
    }
    Ok((0..rank).filter(|dim| named.contains(dim)).collect())
}

impl Operator for Sum {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn promotion(&self) -> Promotion {
        Promotion::None
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("sum takes one tensor")) };
        let dtype = if x.dtype() == DType::Bool { DType::I64 } else { x.dtype() };
        Ok(Meta { shape: reduced(x.shape(), &self.dims, self.keepdim), dtype })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else { return Err(Error::type_("sum takes one tensor")) };
        Ok(cpu::reduce(Fold::Sum, array, layout, &self.dims, out.shape.iter().product()))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("sum takes one tensor")) };
        Ok(GpuKernel::Plan(planner::reduce(Combine::Sum, x, &self.dims)?))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let shape = saved.shape(0);
        Ok(vec![Some(ops::expand(&restore(grad, shape, &self.dims)?, shape)?)])
    }
}

/// `Σ x` over `dims` (all of them where none is named).
pub fn sum(x: &Tensor, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    ops::apply(Sum { dims: resolve_dims(dims, x.rank())?, keepdim }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Sum { dims: vec![0, 1], keepdim: false }, [x()]),
            Case::new(Sum { dims: vec![0], keepdim: true }, [x()]),
            Case::new(Sum { dims: vec![1], keepdim: false }, [x()]),
            Case::new(Sum { dims: vec![], keepdim: false }, [Case::tensor(&[], &[2.0])]),
            Case::new(Sum { dims: vec![0], keepdim: false }, [Case::tensor(&[0, 3], &[])]),
            Case::new(Sum { dims: vec![1], keepdim: true }, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
