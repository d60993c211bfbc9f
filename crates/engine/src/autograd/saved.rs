//! What the tape keeps for the backward pass, and what a backward rule sees of it.

use std::rc::Rc;

use super::edge::Edge;
use super::node::Node;
use crate::op::{Arg, Meta};
use crate::storage::Storage;
use crate::tensor::{TensorId, WeakTensor};
use crate::{DType, Engine, Error, Layout, Result, Scalar, Tensor};

/// Where a kept tensor stands on the tape.
pub(super) enum Origin {
    /// At this edge.
    Edge(Edge),
    /// It is this output of the node that keeps it.
    Output(usize),
}

/// A tensor as the tape keeps it: where its values are and where it stands, not its handle. A handle may come to stand
/// at a later node, by a change in place, and would then hold itself alive.
pub(super) struct Kept {
    pub storage: Rc<Storage>,
    pub layout: Layout,
    pub version: u64,
    pub origin: Origin,
    /// The tensor itself, while it lives: where it stands now is told where it was changed.
    pub handle: WeakTensor,
    /// Its number.
    pub id: TensorId,
}

impl Kept {
    pub fn of(tensor: &Tensor, origin: Origin) -> Kept {
        Kept {
            storage: tensor.storage().clone(),
            layout: tensor.layout().clone(),
            version: tensor.version(),
            id: tensor.id(),
            handle: tensor.downgrade(),
            origin,
        }
    }

    /// The tensor again.
    pub fn tensor(&self, keeper: &Rc<Node>, engine: &Engine) -> Tensor {
        if let Origin::Edge(Edge::Leaf(leaf)) = &self.origin {
            return leaf.clone();
        }
        let tensor = Tensor::wrap(engine, self.storage.clone(), self.layout.clone());
        tensor.set_id(self.id);
        match &self.origin {
            Origin::Output(i) => tensor.set_node(keeper.clone(), *i),
            Origin::Edge(Edge::Node(node, i)) => tensor.set_node(node.clone(), *i),
            Origin::Edge(_) => {}
        }
        tensor
    }
}

/// An argument as the tape keeps it.
pub(super) enum KeptArg {
    Nothing,
    Scalar(Scalar),
    Meta(Meta),
    Tensor(Kept),
}

/// An argument as the backward rule sees it.
pub(super) enum SavedArg {
    Scalar(Scalar),
    Meta(Meta),
    Tensor(Tensor),
}

/// What a backward rule sees: the arguments it asked to keep, shapes of all, and who waits for a gradient.
pub struct Saved {
    pub(super) args: Vec<SavedArg>,
    pub(super) output: Option<Tensor>,
    pub(super) needs: Vec<bool>,
}

impl Saved {
    /// Whether argument `i` waits for a gradient.
    pub fn needs(&self, i: usize) -> bool {
        self.needs.get(i).copied().unwrap_or(false)
    }

    /// Argument `i`, a tensor that the operator's [`crate::Operator::keep`] names, or a number.
    pub fn arg(&self, i: usize) -> Result<Arg> {
        match self.args.get(i) {
            Some(SavedArg::Scalar(s)) => Ok(Arg::Scalar(*s)),
            Some(SavedArg::Tensor(t)) => Ok(Arg::Tensor(t.clone())),
            Some(SavedArg::Meta(_)) | None => {
                Err(Error::runtime(format!("argument {i} was not kept for the backward pass")))
            }
        }
    }

    /// Argument `i`, which must be a kept tensor.
    pub fn tensor(&self, i: usize) -> Result<Tensor> {
        match self.arg(i)? {
            Arg::Tensor(t) => Ok(t),
            Arg::Scalar(_) => Err(Error::runtime(format!("argument {i} is a number, not a tensor"))),
        }
    }

    /// The sizes of argument `i`, kept or not.
    pub fn shape(&self, i: usize) -> &[usize] {
        match self.args.get(i) {
            Some(SavedArg::Tensor(t)) => t.shape(),
            Some(SavedArg::Meta(meta)) => &meta.shape,
            _ => &[],
        }
    }

    /// The dtype of argument `i`, kept or not.
    pub fn dtype(&self, i: usize) -> DType {
        match self.args.get(i) {
            Some(SavedArg::Tensor(t)) => t.dtype(),
            Some(SavedArg::Meta(meta)) => meta.dtype,
            Some(SavedArg::Scalar(s)) => s.dtype(),
            None => DType::F32,
        }
    }

    /// How many arguments.
    pub fn len(&self) -> usize {
        self.args.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.args.is_empty()
    }

    /// The result.
    pub fn output(&self) -> Result<Tensor> {
        self.output.clone().ok_or_else(|| Error::runtime("the result was not kept for the backward pass"))
    }

    /// `rule()` where argument `i` waits for a gradient.
    pub fn when(&self, i: usize, rule: impl FnOnce() -> Result<Tensor>) -> Result<Option<Tensor>> {
        if self.needs(i) { rule().map(Some) } else { Ok(None) }
    }
}
