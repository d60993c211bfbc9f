//! What the engine tells about its work, for whoever draws it.

use std::borrow::Cow;
use std::rc::{Rc, Weak};

use crate::autograd::Node;
use crate::op::Arg;
use crate::slide::Sliding;
use crate::tensor::{TensorId, WeakTensor};
use crate::{DType, Device, Engine, Read, Scalar, Site, Tensor};

/// How much the engine tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// Nothing.
    Off,
    /// Which operations, without their values.
    Structure,
    /// Values as well, of tensors with at most so many elements; each is copied at that moment.
    Values(usize),
}

/// An argument as it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// A tensor.
    Tensor(TensorId),
    /// A number.
    Scalar(Scalar),
}

/// A tensor came to be.
pub struct Made {
    /// Its number.
    pub id: TensorId,
    /// What made it: an operator's name, or `tensor`, `randn`, `grad`, ….
    pub op: &'static str,
    /// The operator's formula; empty for data.
    pub formula: Cow<'static, str>,
    /// From what.
    pub args: Vec<Operand>,
    /// How a window moves over the first of them, where one does.
    pub sliding: Option<Sliding>,
    /// Sizes.
    pub shape: Vec<usize>,
    /// What an element is.
    pub dtype: DType,
    /// Where.
    pub device: Device,
    /// Whether autograd recorded it.
    pub tracked: bool,
    /// Where in the program.
    pub site: Site,
    /// What its node keeps for the backward pass: tensors, each with its bytes.
    pub saved: Vec<(TensorId, usize)>,
    /// The node, while it is on the tape.
    pub node: Weak<Node>,
    /// Its values at that moment, where asked for.
    pub value: Option<Read>,
    /// The tensor, while it lives.
    pub tensor: WeakTensor,
}

/// Something that happened.
pub enum Record {
    /// A tensor came to be.
    Made(Box<Made>),
    /// A tensor was changed in place, outside of the tape.
    Changed {
        /// Its number.
        id: TensorId,
        /// By what: `sub_`.
        op: &'static str,
        /// With what.
        args: Vec<Operand>,
        /// Its values now, where asked for.
        value: Option<Read>,
        /// Where in the program.
        site: Site,
    },
    /// A loop of the program began another turn; told once for several turns without a tensor between them.
    Turn {
        /// The loop's line, from 1.
        line: u32,
    },
    /// A backward pass began.
    Backward {
        /// The root, usually the loss.
        root: TensorId,
        /// The root's value, if it is one number: the point of a loss curve.
        loss: Option<Read>,
    },
}

fn operands(args: &[Arg]) -> Vec<Operand> {
    args.iter()
        .map(|arg| match arg {
            Arg::Tensor(t) => Operand::Tensor(t.id()),
            Arg::Scalar(s) => Operand::Scalar(*s),
        })
        .collect()
}

fn value(engine: &Engine, tensor: &Tensor) -> Option<Read> {
    match engine.trace() {
        // A read that is refused is no reason to refuse the operation: the value is then not shown.
        Trace::Values(most) if tensor.count() <= most => tensor.read().ok(),
        _ => None,
    }
}

impl Record {
    pub(crate) fn made(
        engine: &Engine,
        tensor: &Tensor,
        op: &'static str,
        formula: impl Into<Cow<'static, str>>,
        args: &[Arg],
        tracked: bool,
    ) -> Record {
        let node = tensor.node().filter(|_| tracked);
        Record::Made(Box::new(Made {
            id: tensor.id(),
            op,
            formula: formula.into(),
            args: operands(args),
            sliding: None,
            shape: tensor.shape().to_vec(),
            dtype: tensor.dtype(),
            device: tensor.device(),
            tracked,
            site: tensor.site().clone(),
            saved: node.as_ref().map_or_else(Vec::new, |node| node.keeps()),
            node: node.as_ref().map_or_else(Weak::new, Rc::downgrade),
            value: value(engine, tensor),
            tensor: tensor.downgrade(),
        }))
    }

    /// The same of an operator that may move a window.
    pub(crate) fn sliding(mut self, sliding: Option<Sliding>) -> Record {
        if let Record::Made(made) = &mut self {
            made.sliding = sliding;
        }
        self
    }

    pub(crate) fn backward(root: &Tensor) -> Record {
        let loss = if root.count() == 1 { root.read().ok() } else { None };
        Record::Backward { root: root.id(), loss }
    }

    pub(crate) fn changed(engine: &Engine, tensor: &Tensor, op: &'static str, args: &[Arg]) -> Record {
        Record::Changed {
            id: tensor.id(),
            op,
            args: operands(args),
            value: value(engine, tensor),
            site: engine.site(),
        }
    }
}
