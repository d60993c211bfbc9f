//! Slices added to those of a dimension, by their numbers.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::element::Real;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Picks};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Array, DType, Error, Layout, Result, Tensor, layout, ops};

/// `x` with every slice of `z` at `dim` added to the slice that the one-dimensional `y` names for it.
#[derive(Debug, Clone, Copy)]
pub struct IndexAdd {
    /// The dimension.
    pub dim: usize,
}

const DOC: Doc = Doc {
    name: "index_add",
    formula: "x with z added at y",
    shapes: "[…, n, …], an index of m integers from 0 to n - 1, and […, m, …] give […, n, …]",
    derivative: &["g", "0", "the slices of g that y names"],
    source: "https://pytorch.org/docs/stable/generated/torch.Tensor.index_add_.html",
};

impl Operator for IndexAdd {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[crate::Arg]) -> Result<Meta> {
        let [crate::Arg::Tensor(x), crate::Arg::Tensor(y), crate::Arg::Tensor(z)] = args else {
            return Err(Error::type_("index_add takes three tensors"));
        };
        let mut shape = x.shape().to_vec();
        if let Some(size) = shape.get_mut(self.dim) {
            *size = y.count();
        }
        if y.dtype() != DType::I64 || y.rank() > 1 || x.dtype() != z.dtype() {
            return Err(Error::runtime(
                "index_add_(): an index of int64 in one dimension and a source of self's dtype are expected",
            ));
        }
        if x.rank() == 0 || z.shape() != shape {
            return Err(Error::runtime(format!(
                "source tensor shape must match self tensor shape, excluding the specified dimension. Got self.shape = {} \
                 source.shape = {}",
                layout::show(x.shape()),
                layout::show(z.shape())
            ))
            .help(format!("the index has {} integers: so many slices are needed", y.count())));
        }
        Ok(Meta { shape: x.shape().to_vec(), dtype: x.dtype() })
    }

    fn picks(&self) -> Option<Picks> {
        Some(Picks { dim: self.dim, refusal: cpu::places::outside })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, to), CpuArg::Tensor(y, places), CpuArg::Tensor(z, from)] = args else {
            return Err(Error::type_("index_add takes three tensors"));
        };
        let (x, y, z) = (cpu::gather(x, to), cpu::gather(y, places), cpu::gather(z, from));
        let Array::I64(places) = &*y else { return Err(Error::type_("index_add takes an index of int64")) };
        match (&*x, &*z) {
            (Array::F32(x), Array::F32(z)) => put(x, places, z, to, self.dim),
            (Array::F64(x), Array::F64(z)) => put(x, places, z, to, self.dim),
            (Array::I64(x), Array::I64(z)) => put(x, places, z, to, self.dim),
            _ => Err(Error::runtime("index_add(): booleans cannot be added")),
        }
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x, y, z] = args else { return Err(Error::type_("index_add takes three tensors")) };
        Ok(GpuKernel::Plan(planner::index_add(x, y, z, self.dim)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let slices = saved.when(2, || ops::index_select(grad, self.dim as i64, &saved.tensor(1)?))?;
        Ok(vec![Some(grad.clone()), None, slices])
    }
}

fn put<T: Real>(x: &[T], places: &[i64], z: &[T], to: &Layout, dim: usize) -> Result<Array> {
    let size = to.shape[dim];
    let inner: usize = to.shape[dim + 1..].iter().product();
    let outer: usize = to.shape[..dim].iter().product();
    let mut result = x.to_vec();
    for block in 0..outer {
        for (i, &place) in places.iter().enumerate() {
            let at =
                cpu::places::inside(place, size).ok_or_else(|| cpu::places::outside(place, dim, size))?;
            let (target, source) = ((block * size + at) * inner, (block * places.len() + i) * inner);
            let target = result.get_mut(target..target + inner).unwrap_or_default();
            for (sum, &add) in target.iter_mut().zip(z.get(source..source + inner).unwrap_or_default()) {
                *sum = sum.plus(add);
            }
        }
    }
    Ok(T::array(result))
}

/// `x` with the slices of `source` added at the places along `dim` that the index names.
pub fn index_add(x: &Tensor, dim: i64, index: &Tensor, source: &Tensor) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank())?;
    ops::apply(IndexAdd { dim }, &[x.into(), index.into(), source.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let z = || Case::tensor(&[2, 2], &[0.5, -1.5, 2.0, 0.75]);
        vec![
            Case::new(IndexAdd { dim: 1 }, [x(), Case::index(&[2], &[2, 2]), z()]),
            Case::new(IndexAdd { dim: 0 }, [x(), Case::index(&[2], &[1, 0]), x()]),
            Case::new(IndexAdd { dim: 1 }, [x(), Case::index(&[0], &[]), Case::tensor(&[2, 0], &[])]),
        ]
    },
};
