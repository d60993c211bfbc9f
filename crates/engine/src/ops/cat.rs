//! Tensors one after the other.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator, Promotion};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Layout, Result, Tensor, layout};

/// Its arguments, any number of them, one after the other along a dimension.
#[derive(Debug, Clone, Copy)]
pub struct Cat {
    /// The dimension.
    pub dim: usize,
}

const DOC: Doc = Doc {
    name: "cat",
    formula: "x, y, …",
    shapes: "equal but for one size; the result has their sum there",
    derivative: &["its part of g"],
    source: "https://pytorch.org/docs/stable/generated/torch.cat.html",
};

/// Where in the result a part of this shape lies, that begins at `start`.
fn place(part: &[usize], out: &Meta, dim: usize, start: usize) -> Layout {
    let mut place = Layout::contiguous(&out.shape);
    place.offset = start * place.strides[dim];
    place.shape[dim] = part[dim];
    place
}

impl Operator for Cat {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn promotion(&self) -> Promotion {
        Promotion::Arithmetic
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let Some(Arg::Tensor(first)) = args.first() else {
            return Err(Error::runtime("expected a non-empty list of Tensors"));
        };
        let mut shape = first.shape().to_vec();
        if shape.get(self.dim).is_none() {
            return Err(Error::runtime("zero-dimensional tensor (at position 0) cannot be concatenated"));
        }
        for (i, arg) in args.iter().enumerate().skip(1) {
            let part = arg.shape();
            if part.len() != shape.len() {
                return Err(Error::runtime(format!(
                    "Tensors must have same number of dimensions: got {} and {}",
                    shape.len(),
                    part.len()
                )));
            }
            let fits = part.iter().zip(&shape).enumerate().all(|(d, (a, b))| d == self.dim || a == b);
            if !fits {
                return Err(Error::runtime(format!(
                    "Sizes of tensors must match except in dimension {}. Expected {} but got {} for tensor number {i} in the \
                     list.",
                    self.dim,
                    layout::show(first.shape()),
                    layout::show(part)
                )));
            }
            shape[self.dim] = shape[self.dim].saturating_add(part[self.dim]);
        }
        Ok(Meta { shape, dtype: first.dtype() })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let mut result = cpu::zeros(out.dtype, out.shape.iter().product());
        let mut start = 0;
        for arg in args {
            let CpuArg::Tensor(array, layout) = arg else { return Err(Error::type_("cat takes tensors")) };
            cpu::scatter(array, layout, &mut result, &place(&layout.shape, out, self.dim, start));
            start += layout.shape[self.dim];
        }
        Ok(result)
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let mut start = 0;
        let mut places = Vec::new();
        for arg in args {
            let layout = arg.layout().ok_or_else(|| Error::type_("cat takes tensors"))?;
            places.push(place(&layout.shape, out, self.dim, start));
            start += layout.shape[self.dim];
        }
        Ok(GpuKernel::Plan(planner::copies(args, &places)?))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let mut start = 0;
        (0..saved.len())
            .map(|i| {
                let length = saved.shape(i)[self.dim];
                let from = start;
                start += length;
                saved.when(i, || super::slice(grad, self.dim as i64, from, 1, length))
            })
            .collect()
    }
}

/// Tensors one after the other along a dimension. Empty vectors fit everywhere.
pub fn cat(tensors: &[Tensor], dim: i64) -> Result<Tensor> {
    let refuse = |e: Error| e.in_op("cat");
    let empty = |t: &&Tensor| t.shape() == [0];
    let first = tensors.iter().find(|t| !empty(t)).or(tensors.first());
    let first = first.ok_or_else(|| refuse(Error::runtime("expected a non-empty list of Tensors")))?;
    let dim = layout::resolve_dim(dim, first.rank()).map_err(refuse)?;
    if let Some(i) = tensors.iter().position(|t| t.rank() == 0) {
        return Err(refuse(Error::runtime(format!(
            "zero-dimensional tensor (at position {i}) cannot be concatenated"
        ))));
    }
    let mut nothing = first.shape().to_vec();
    nothing[dim] = 0;
    let parts = tensors.iter().map(|t| if empty(&t) { super::reshape(t, &nothing) } else { Ok(t.clone()) });
    let parts = parts.map(|t| t.map(Arg::from)).collect::<Result<Vec<_>>>()?;
    first.engine().apply(std::rc::Rc::new(Cat { dim }), &parts)
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let y = || Case::tensor(&[2, 2], &[0.5, 1.5, -1.0, 2.0]);
        vec![
            Case::new(Cat { dim: 1 }, [x(), y(), x()]),
            Case::new(Cat { dim: 0 }, [x(), x()]),
            Case::new(Cat { dim: 1 }, [y()]),
            Case::new(Cat { dim: 1 }, [Case::tensor(&[2, 0], &[]), y(), Case::tensor(&[2, 0], &[])]),
        ]
    },
};
