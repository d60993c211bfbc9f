//! The engine's records as nodes of the graph, with places that stay the same from pass to pass.

use std::collections::HashMap;
use std::rc::Rc;

use gradloom_engine::slide;
use gradloom_engine::{Array, Device, Made, Operand, Tensor, WeakTensor};
use gradloom_protocol::{Event, Input, Moves, Node, NodeId, NodeKind, Number, Saved, Sliding};

use crate::queue::Queue;
use crate::source::{Source, frames};
use crate::summary::{CELLS, summarize};

/// Where a node was made: the same in every pass.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    start: u32,
    end: u32,
    calls: Vec<u32>,
    op: &'static str,
    /// Made in the training loop, or before it.
    looped: bool,
    /// Which one of those made there in this pass.
    occurrence: u32,
}

/// Numbers the places and remembers the nodes of the pass.
#[derive(Default)]
pub struct Nodes {
    places: HashMap<Place, u64>,
    seen: HashMap<(Place, Option<u64>), u32>,
    shown: HashMap<NodeId, Node>,
    tensors: HashMap<NodeId, WeakTensor>,
    pass: Option<u64>,
}

impl Nodes {
    /// Which pass of the training loop runs.
    pub fn pass(&self) -> Option<u64> {
        self.pass
    }

    /// A new pass: its nodes take the places of the last one's.
    pub fn begin_pass(&mut self, pass: u64) {
        let old = self.pass;
        self.pass = Some(pass);
        self.seen.retain(|(_, p), _| p.is_none());
        self.shown.retain(|_, node| node.pass.is_none() || node.pass != old);
        self.tensors.retain(|_, tensor| tensor.upgrade().is_some());
    }

    /// The node of a record.
    pub fn node(&mut self, made: &Made, source: &Source) -> Node {
        let stack = frames(&made.site);
        let mut place = Place {
            start: made.site.start,
            end: made.site.end,
            calls: stack.iter().map(|f| f.line).collect(),
            op: made.op,
            looped: self.pass.is_some(),
            occurrence: 0,
        };
        let count = self.seen.entry((place.clone(), self.pass)).or_default();
        place.occurrence = *count;
        *count += 1;
        let next = self.places.len() as u64;
        let place = *self.places.entry(place).or_insert(next);
        let tensor = made.tensor.upgrade();
        let node = Node {
            id: made.id,
            kind: kind(made, tensor.as_ref()),
            op: made.op.to_owned(),
            formula: made.formula.clone().into_owned(),
            inputs: made.args.iter().map(input).collect(),
            sliding: made.sliding.map(sliding),
            shape: made.shape.iter().map(|&n| n as u64).collect(),
            strides: tensor.as_ref().map_or_else(Vec::new, strides),
            offset: tensor.as_ref().map_or(0, |t| t.layout().offset as u64),
            storage: tensor.as_ref().map_or(0, Tensor::storage_number),
            saved: made.saved.iter().map(|&(tensor, n)| Saved { tensor, bytes: n as u64 }).collect(),
            freed: made.node.upgrade().is_none_or(|node| node.is_freed()),
            dtype: made.dtype.name().to_owned(),
            device: if made.device == Device::Gpu { "cuda" } else { "cpu" }.to_owned(),
            span: source.span(made.site.start, made.site.end),
            step: made.site.step,
            stack,
            pass: self.pass,
            place,
        };
        self.shown.insert(node.id, node.clone());
        self.tensors.insert(node.id, made.tensor.clone());
        node
    }

    /// A tensor that was shown, while it lives.
    pub fn tensor(&self, id: NodeId) -> Option<Tensor> {
        self.tensors.get(&id)?.upgrade()
    }

    /// The other tensors that were shown, live, and have their numbers in the same storage.
    pub fn sharing(&self, tensor: &Tensor) -> Vec<Tensor> {
        let others = self.tensors.values().filter_map(WeakTensor::upgrade);
        others.filter(|other| other.shares_storage(tensor) && !other.is(tensor)).collect()
    }

    /// The node again, if the tensor became a leaf that asks for a gradient since it was shown.
    pub fn promoted(&mut self, tensor: &Tensor) -> Option<Node> {
        let node = self.shown.get_mut(&tensor.id())?;
        if node.kind != NodeKind::Data || !tensor.requires_grad() {
            return None;
        }
        node.kind = NodeKind::Leaf;
        Some(node.clone())
    }
}

fn kind(made: &Made, tensor: Option<&Tensor>) -> NodeKind {
    match (made.tracked, made.args.is_empty()) {
        (true, _) => NodeKind::Tracked,
        // A view made under no_grad of what asks for a gradient is no leaf of the program's making.
        (false, _) if tensor.is_some_and(|t| t.requires_grad() && t.base().is_none()) => NodeKind::Leaf,
        (false, true) => NodeKind::Data,
        (false, false) => NodeKind::Untracked,
    }
}

fn strides(tensor: &Tensor) -> Vec<u64> {
    tensor.layout().strides.iter().map(|&n| n as u64).collect()
}

fn input(operand: &Operand) -> Input {
    match operand {
        Operand::Tensor(id) => Input::Node(*id),
        Operand::Scalar(s) => Input::Constant(Number(s.to_f64())),
    }
}

fn sliding(told: slide::Sliding) -> Sliding {
    let slide::Sliding { moves, window: slide::Window { rank, kernel, slide, size } } = told;
    let counts = |counts: [usize; 2]| counts.map(|n| n as u64);
    Sliding {
        moves: match moves {
            slide::Moves::Convolution(groups) => Moves::Convolution(groups as u64),
            slide::Moves::Transpose(groups) => Moves::Transpose(groups as u64),
            slide::Moves::Largest => Moves::Largest,
            slide::Moves::Mean { padded, divisor } => Moves::Mean { padded, divisor: divisor.map(Number) },
        },
        rank: rank as u32,
        kernel: counts(kernel),
        stride: counts(slide.stride),
        padding: counts(slide.padding),
        dilation: counts(slide.dilation),
        places: counts(size),
    }
}

/// Tells the values of a node once they are here.
pub fn push_value(
    queue: &mut Queue,
    node: NodeId,
    read: gradloom_engine::Read,
    shape: Vec<usize>,
    changed: &'static str,
) {
    queue.push_when(vec![read], move |arrays: &[Rc<Array>]| Event::Value {
        node,
        summary: summarize(&arrays[0], &shape, CELLS, CELLS),
        changed: changed.to_owned(),
    });
}
