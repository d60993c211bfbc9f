//! Elements along a dimension, by their numbers.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Picks};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Array, DType, Error, Result, Tensor, layout, ops};

/// `out[i, …, j, …] = x[i, …, y[i, …, j, …], …]` at a dimension.
#[derive(Debug, Clone, Copy)]
pub struct Gather {
    /// The dimension.
    pub dim: usize,
}

const DOC: Doc = Doc {
    name: "gather",
    formula: "the elements of x that y names",
    shapes: "x […, n, …] and y […, m, …] of integers from 0 to n - 1, elsewhere no larger than x; the result has y's",
    derivative: &["g added up at the places that y names", "0"],
    source: "https://pytorch.org/docs/stable/generated/torch.gather.html",
};

/// Refuses an index that does not fit `x`.
pub(super) fn check_index(name: &str, x: &[usize], y: &Tensor, dim: usize) -> Result<()> {
    if y.dtype() != DType::I64 {
        return Err(Error::runtime(format!("{name}(): Expected dtype int32/int64 for index")));
    }
    if y.rank() != x.len() {
        let other = if name == "gather" { "input" } else { "self" };
        return Err(Error::runtime(format!(
            "Index tensor must have the same number of dimensions as {other} tensor"
        )));
    }
    match (0..x.len()).find(|&d| d != dim && y.shape()[d] > x[d]) {
        Some(d) if y.count() > 0 => {
            let start = if name == "gather" {
                format!("Size does not match at dimension {d} expected")
            } else {
                "Expected".to_owned()
            };
            Err(Error::runtime(format!(
                "{start} index {} to be no larger than self {} apart from dimension {dim}",
                layout::show(y.shape()),
                layout::show(x)
            )))
        }
        _ => Ok(()),
    }
}

impl Operator for Gather {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[crate::Arg]) -> Result<Meta> {
        let [crate::Arg::Tensor(x), crate::Arg::Tensor(y)] = args else {
            return Err(Error::type_("gather takes two tensors"));
        };
        check_index("gather", x.shape(), y, self.dim)?;
        Ok(Meta { shape: y.shape().to_vec(), dtype: x.dtype() })
    }

    fn picks(&self) -> Option<Picks> {
        Some(Picks { dim: self.dim, refusal: cpu::places::outside })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, from), CpuArg::Tensor(y, index)] = args else {
            return Err(Error::type_("gather takes two tensors"));
        };
        let places = cpu::places::along(y, index, &from.shape, self.dim)?;
        Ok(cpu::places::take(&cpu::gather(x, from), &places))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x, y] = args else { return Err(Error::type_("gather takes two tensors")) };
        Ok(GpuKernel::Plan(planner::gather(x, y, self.dim)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let zeros = grad.engine().full("zeros", saved.shape(0), 0.0.into(), grad.dtype(), grad.device())?;
        Ok(vec![Some(ops::scatter_add(&zeros, self.dim as i64, &saved.tensor(1)?, grad)?), None])
    }
}

/// The elements of `x` along `dim` that the index names. A number counts as one element.
pub fn gather(x: &Tensor, dim: i64, index: &Tensor) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank())?;
    if x.rank() == 0 {
        let at = if index.rank() == 0 { &ops::reshape(index, &[1])? } else { index };
        let out = ops::apply(Gather { dim }, &[ops::reshape(x, &[1])?.into(), at.into()])?;
        return ops::reshape(&out, index.shape());
    }
    if index.rank() == 0 && x.rank() == 1 {
        let out = ops::apply(Gather { dim }, &[x.into(), ops::reshape(index, &[1])?.into()])?;
        return ops::reshape(&out, &[]);
    }
    ops::apply(Gather { dim }, &[x.into(), index.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Gather { dim: 0 }, [x(), Case::index(&[3, 2], &[1, 0, 1, 1, 0, 0])]),
            Case::new(Gather { dim: 1 }, [x(), Case::index(&[1, 4], &[2, 0, 2, 1])]),
            Case::new(Gather { dim: 1 }, [x(), Case::index(&[2, 0], &[])]),
        ]
    },
};
