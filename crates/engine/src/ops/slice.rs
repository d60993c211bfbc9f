//! A stretch of one dimension.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Error, Layout, Result, Tensor, layout, ops};

use super::reshape::view;

/// `x[start : start + step · length : step]` along `dim`; a view.
#[derive(Debug, Clone)]
pub struct Slice {
    /// The dimension.
    pub dim: usize,
    /// The first place.
    pub start: usize,
    /// From place to place, at least 1.
    pub step: usize,
    /// How many places.
    pub length: usize,
}

const DOC: Doc = Doc {
    name: "slice",
    formula: "x[start:stop:step]",
    shapes: "any; the result differs in one size",
    derivative: &["g at the places taken, 0 elsewhere"],
    source: "https://pytorch.org/docs/stable/generated/torch.narrow.html",
};

impl Operator for Slice {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("slice takes one tensor")) };
        let size = x.shape().get(self.dim).copied().unwrap_or(0);
        let last = self.start.saturating_add(self.length.saturating_sub(1).saturating_mul(self.step));
        if self.step == 0 || (self.length > 0 && last >= size) {
            return Err(Error::index(format!(
                "a slice from {} with step {} and length {} leaves a dimension of size {size}",
                self.start, self.step, self.length
            )));
        }
        let mut shape = x.shape().to_vec();
        shape[self.dim] = self.length;
        Ok(Meta { shape, dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        let mut layout = input.clone();
        layout.offset += self.start.min(input.shape[self.dim]) * input.strides[self.dim];
        layout.shape[self.dim] = self.length;
        layout.strides[self.dim] *= self.step;
        Some(Ok(layout))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let unslice = ops::Unslice {
            dim: self.dim,
            start: self.start,
            step: self.step,
            size: saved.shape(0)[self.dim],
        };
        Ok(vec![Some(ops::apply(unslice, &[grad.into()])?)])
    }
}

/// `length` places of a dimension from `start`, every `step`-th.
pub fn slice(x: &Tensor, dim: i64, start: usize, step: usize, length: usize) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank())?;
    if x.rank() == 0 {
        return Err(Error::index("slice() cannot be applied to a 0-dim tensor."));
    }
    ops::apply(Slice { dim, start, step, length }, &[x.into()])
}

/// One place of a dimension, which goes: `x[index]`. A negative index counts from the back.
pub fn select(x: &Tensor, dim: i64, index: i64) -> Result<Tensor> {
    if x.rank() == 0 {
        return Err(Error::index(
            "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert a 0-dim tensor to a number",
        ));
    }
    let dim = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape()[dim] as i64;
    if index < -size || index >= size {
        return Err(Error::index(format!(
            "index {index} is out of bounds for dimension {dim} with size {size}"
        )));
    }
    let place = if index < 0 { index + size } else { index } as usize;
    let one = slice(x, dim as i64, place, 1, 1)?;
    let mut shape = x.shape().to_vec();
    shape.remove(dim);
    let out = view(&one, &shape)?;
    if let Some(node) = out.node() {
        node.rename("select");
    }
    Ok(out)
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Slice { dim: 0, start: 1, step: 1, length: 1 }, [x()]),
            Case::new(Slice { dim: 1, start: 0, step: 2, length: 2 }, [x()]),
            Case::new(Slice { dim: 1, start: 2, step: 1, length: 0 }, [x()]),
        ]
    },
};
