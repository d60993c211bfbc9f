//! The product over a dimension.

use crate::autograd::Saved;
use crate::device::cpu::{self, Fold};
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

use super::scan::product_before;
use super::sum::{reduced, restore};

/// `Π x` over a dimension; an empty product is 1.
#[derive(Debug, Clone, Copy)]
pub struct Prod {
    /// The dimension that goes.
    pub dim: usize,
    /// Whether it stays with size 1.
    pub keepdim: bool,
}

const DOC: Doc = Doc {
    name: "prod",
    formula: "Π x",
    shapes: "any; the result lacks the dimension, or has it with size 1 (keepdim)",
    derivative: &["g times the product of the others"],
    source: "https://pytorch.org/docs/stable/generated/torch.prod.html",
};

impl Operator for Prod {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("prod takes one tensor")) };
        let dtype = if x.dtype() == DType::Bool { DType::I64 } else { x.dtype() };
        Ok(Meta { shape: reduced(x.shape(), &[self.dim], self.keepdim), dtype })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else { return Err(Error::type_("prod takes one tensor")) };
        Ok(cpu::reduce(Fold::Prod, array, layout, &[self.dim], out.shape.iter().product()))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x] = args else { return Err(Error::type_("prod takes one tensor")) };
        Ok(GpuKernel::Plan(planner::reduce(Combine::Prod, x, &[self.dim])?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[0])
    }

    /// The others' product is that of those before times that of those behind: no division, so zeros do no harm.
    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let x = saved.tensor(0)?;
        let (before, behind) = (product_before(&x, self.dim, false)?, product_before(&x, self.dim, true)?);
        let others = ops::mul(before, behind)?;
        Ok(vec![Some(ops::mul(restore(grad, x.shape(), &[self.dim])?, others)?)])
    }
}

/// `Π x` over one dimension, or over all of `x`.
pub fn prod(x: &Tensor, dim: Option<i64>, keepdim: bool) -> Result<Tensor> {
    let dim = dim.map(|dim| layout::resolve_dim(dim, x.rank())).transpose()?;
    match dim {
        Some(dim) if x.rank() > 0 => ops::apply(Prod { dim, keepdim }, &[x.into()]),
        _ => ops::apply(Prod { dim: 0, keepdim: false }, &[ops::reshape(x, &[x.count()])?.into()]),
    }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Prod { dim: 0, keepdim: true }, [x()]),
            Case::new(Prod { dim: 1, keepdim: false }, [x()]),
            Case::new(Prod { dim: 0, keepdim: false }, [Case::tensor(&[4], &[2.0, 0.0, -3.0, 0.0])]),
            Case::new(Prod { dim: 0, keepdim: false }, [Case::tensor(&[3], &[2.0, 0.0, -3.0])]),
            Case::new(Prod { dim: 0, keepdim: false }, [Case::tensor(&[0, 3], &[])]),
        ]
    },
};
