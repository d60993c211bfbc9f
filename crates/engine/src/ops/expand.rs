//! Sizes of 1 repeated without a copy.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Error, Layout, Result, Tensor, layout, ops};

/// `x` with sizes of 1 repeated; a view with strides of 0.
#[derive(Debug, Clone)]
pub struct Expand {
    /// The sizes of the result.
    pub shape: Vec<usize>,
}

const DOC: Doc = Doc {
    name: "expand",
    formula: "x repeated",
    shapes: "any that broadcasts to the result",
    derivative: &["g summed over the repeated dimensions"],
    source: "https://pytorch.org/docs/stable/generated/torch.Tensor.expand.html",
};

impl Operator for Expand {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("expand takes one tensor")) };
        let layout = x.layout().broadcast(&self.shape)?;
        Ok(Meta { shape: layout.shape, dtype: x.dtype() })
    }

    fn view(&self, input: &Layout) -> Option<Result<Layout>> {
        Some(input.broadcast(&self.shape))
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        // The tape sums over what was broadcast.
        Ok(vec![Some(grad.clone())])
    }
}

/// `x` broadcast to `shape`.
pub fn expand(x: &Tensor, shape: &[usize]) -> Result<Tensor> {
    layout::check_shape(shape)?;
    ops::apply(Expand { shape: shape.to_vec() }, &[x.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Expand { shape: vec![4, 2, 3] }, [x()]),
            Case::new(Expand { shape: vec![2, 3] }, [Case::tensor(&[2, 1], &[1.0, 2.0])]),
            Case::new(Expand { shape: vec![2] }, [Case::tensor(&[], &[2.0])]),
            Case::new(Expand { shape: vec![0, 3] }, [Case::tensor(&[0, 1], &[])]),
        ]
    },
};
