//! Slices of a dimension, by their numbers.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::element::Element;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Picks};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Array, DType, Error, Layout, Result, Tensor, layout, ops, with_array};

/// The slices of `x` at `dim` that the one-dimensional `y` names, in its order.
#[derive(Debug, Clone, Copy)]
pub struct IndexSelect {
    /// The dimension.
    pub dim: usize,
}

const DOC: Doc = Doc {
    name: "index_select",
    formula: "x[y]",
    shapes: "[…, n, …] and an index of m integers from 0 to n - 1 give […, m, …]",
    derivative: &["g added up at the places that y names", "0"],
    source: "https://pytorch.org/docs/stable/generated/torch.index_select.html",
};

impl Operator for IndexSelect {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[crate::Arg]) -> Result<Meta> {
        let [crate::Arg::Tensor(x), crate::Arg::Tensor(y)] = args else {
            return Err(Error::type_("index_select takes two tensors"));
        };
        if y.rank() > 1 {
            return Err(Error::index("index_select(): Index is supposed to be a vector"));
        }
        if y.dtype() != DType::I64 {
            return Err(Error::runtime("index_select(): Expected dtype int32 or int64 for index"));
        }
        let mut shape = x.shape().to_vec();
        match shape.get_mut(self.dim) {
            Some(size) => *size = y.count(),
            None => return Err(Error::index("index_select(): the tensor has no such dimension")),
        }
        Ok(Meta { shape, dtype: x.dtype() })
    }

    fn picks(&self) -> Option<Picks> {
        Some(Picks { dim: self.dim, refusal: outside })
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, from), CpuArg::Tensor(y, places)] = args else {
            return Err(Error::type_("index_select takes two tensors"));
        };
        let (x, y) = (cpu::gather(x, from), cpu::gather(y, places));
        let Array::I64(places) = &*y else {
            return Err(Error::type_("index_select takes an index of int64"));
        };
        with_array!(&*x, values => pick(values, places, from, self.dim, out))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x, y] = args else { return Err(Error::type_("index_select takes two tensors")) };
        Ok(GpuKernel::Plan(planner::index_select(x, y, self.dim)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let engine = grad.engine();
        let zeros = engine.full("zeros", saved.shape(0), 0.0.into(), grad.dtype(), grad.device())?;
        let sum = ops::index_add(&zeros, self.dim as i64, &saved.tensor(1)?, grad)?;
        Ok(vec![Some(sum), None])
    }
}

fn outside(place: i64, dim: usize, size: usize) -> Error {
    Error::index("index out of range in self")
        .help(format!("the index has {place}, and dimension {dim} has size {size}"))
}

fn pick<T: Element>(values: &[T], places: &[i64], from: &Layout, dim: usize, out: &Meta) -> Result<Array> {
    let size = from.shape[dim];
    let inner: usize = from.shape[dim + 1..].iter().product();
    let outer: usize = from.shape[..dim].iter().product();
    let mut result = Vec::with_capacity(out.shape.iter().product());
    for block in 0..outer {
        for &place in places {
            let at = cpu::places::inside(place, size).ok_or_else(|| outside(place, dim, size))?;
            let start = (block * size + at) * inner;
            result.extend_from_slice(values.get(start..start + inner).unwrap_or_default());
        }
    }
    Ok(T::array(result))
}

/// The slices of `x` at `dim` that the index names.
pub fn index_select(x: &Tensor, dim: i64, index: &Tensor) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank())?;
    ops::apply(IndexSelect { dim }, &[x.into(), index.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(IndexSelect { dim: 0 }, [x(), Case::index(&[3], &[1, 0, 1])]),
            Case::new(IndexSelect { dim: 1 }, [x(), Case::index(&[2], &[2, 0])]),
            Case::new(IndexSelect { dim: 1 }, [x(), Case::index(&[0], &[])]),
        ]
    },
};
