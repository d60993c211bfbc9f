//! Another order of the dimensions.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Error, Layout, Result, Tensor, layout, ops};

/// `x` with its dimensions in another order; a view.
#[derive(Debug, Clone)]
pub struct Permute {
    /// Which dimension of `x` comes at each place.
    pub dims: Vec<usize>,
}

const DOC: Doc = Doc {
    name: "permute",
    formula: "xᵀ",
    shapes: "any; the result has the same sizes in the new order",
    derivative: &["g with the dimensions back in their order"],
    source: "https://pytorch.org/docs/stable/generated/torch.permute.html",
};

impl Operator for Permute {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("permute takes one tensor")) };
        let mut seen = vec![false; x.rank()];
        for &d in &self.dims {
            match seen.get_mut(d) {
                Some(slot) if !*slot => *slot = true,
                _ => return Err(Error::runtime("permute(dims): duplicate dims are not allowed.")),
            }
        }
        if self.dims.len() != x.rank() {
            return Err(Error::runtime(format!(
                "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of \
                 dimensions i.e. input.dim() = {} is not equal to len(dims) = {}",
                x.rank(),
                self.dims.len()
            )));
        }
        Ok(Meta { shape: self.dims.iter().map(|&d| x.shape()[d]).collect(), dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        Some(Ok(Layout {
            shape: self.dims.iter().map(|&d| input.shape[d]).collect(),
            strides: self.dims.iter().map(|&d| input.strides[d]).collect(),
            offset: input.offset,
        }))
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let mut back = vec![0; self.dims.len()];
        for (place, &d) in self.dims.iter().enumerate() {
            back[d] = place;
        }
        Ok(vec![Some(ops::apply(Permute { dims: back }, &[grad.into()])?)])
    }
}

/// `x` with its dimensions in the order `dims`.
pub fn permute(x: &Tensor, dims: &[i64]) -> Result<Tensor> {
    let dims = dims.iter().map(|&d| layout::resolve_dim(d, x.rank())).collect::<Result<Vec<_>>>()?;
    ops::apply(Permute { dims }, &[x.into()])
}

/// `x` with two dimensions swapped.
pub fn transpose(x: &Tensor, a: i64, b: i64) -> Result<Tensor> {
    let (a, b) = (layout::resolve_dim(a, x.rank())?, layout::resolve_dim(b, x.rank())?);
    if x.rank() == 0 {
        return ops::reshape(x, &[]);
    }
    let mut dims: Vec<usize> = (0..x.rank()).collect();
    dims.swap(a, b);
    let out = ops::apply(Permute { dims }, &[x.into()])?;
    if let Some(node) = out.node() {
        node.rename("transpose");
    }
    Ok(out)
}

/// `.t()`: a matrix transposed; a vector or a scalar as it is.
pub fn t(x: &Tensor) -> Result<Tensor> {
    if x.rank() > 2 {
        return Err(Error::runtime(format!(
            "t() expects a tensor with <= 2 dimensions, but self is {}D",
            x.rank()
        )));
    }
    let out = if x.rank() < 2 { ops::reshape(x, x.shape())? } else { transpose(x, 0, 1)? };
    if let Some(node) = out.node() {
        node.rename("t");
    }
    Ok(out)
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Permute { dims: vec![1, 0] }, [x()]),
            Case::new(
                Permute { dims: vec![2, 0, 1] },
                [Case::tensor(&[1, 3, 2], &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])],
            ),
        ]
    },
};
