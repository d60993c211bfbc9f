//! The backward pass, one node at a time.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::arrivals::{LeafSlot, Slot, Wanted};
use super::edge::{Edge, Hook, HookPoint};
use super::fit::{fitted, seed_of};
use super::node::Node;
use crate::op::Gradients;
use crate::tensor::TensorId;
use crate::{Engine, Error, Record, Result, Tensor, Trace, ops};

/// How to run a pass.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Keep what the nodes saved, so that another pass may follow.
    pub retain_graph: bool,
    /// Record the pass itself, so that it can be differentiated.
    pub create_graph: bool,
}

/// What a pass is to bring.
#[derive(Clone)]
pub enum Goal {
    /// `.grad` of all leaves.
    Leaves,
    /// `.grad` of these tensors, and of nothing else.
    Into(Vec<Tensor>),
    /// The gradients of these tensors, see [`BackwardPass::gradients`]; no `.grad` changes.
    Collect(Vec<Tensor>),
}

/// What one input of a node received.
#[derive(Clone, Debug)]
pub struct Contribution {
    /// Which input, from 0.
    pub input: usize,
    /// The tensor that receives it.
    pub to: TensorId,
    /// How much.
    pub value: Tensor,
}

/// A node that ran.
pub struct NodeStep {
    /// The node.
    pub node: Rc<Node>,
    /// The tensor at which it stands; of several outputs the first with a gradient.
    pub id: TensorId,
    /// Everything that had arrived there, added up.
    pub upstream: Tensor,
    /// What it handed on.
    pub contributions: Vec<Contribution>,
}

/// A leaf whose `.grad` was updated.
pub struct LeafStep {
    /// The leaf.
    pub leaf: Tensor,
    /// What this pass brought.
    pub arrived: Tensor,
    /// `.grad` now.
    pub total: Tensor,
    /// Whether `.grad` was `None` before.
    pub fresh: bool,
}

/// One step of a pass.
pub enum Step {
    /// A node handed its gradient on.
    Node(NodeStep),
    /// A leaf's `.grad` was updated.
    Leaf(LeafStep),
    /// The gradient of a wanted tensor was taken down, and nothing ran.
    Taken,
}

/// Whose turn is next.
#[derive(Clone)]
pub enum Turn {
    /// A node's.
    Node(Rc<Node>),
    /// A leaf's.
    Leaf(Tensor),
}

/// A backward pass that can be stepped.
///
/// Nodes run in the order in which PyTorch runs them: of those that are reached, the one recorded last. Every
/// consumer of a node was recorded after it, so when its turn comes everything has arrived. A leaf is updated as soon
/// as it has received everything.
pub struct BackwardPass {
    pub(super) engine: Engine,
    pub(super) options: Options,
    /// The nodes, the one recorded last first.
    pub(super) slots: Vec<Slot>,
    pub(super) places: HashMap<u64, usize>,
    pub(super) next: usize,
    pub(super) leaves: Vec<LeafSlot>,
    pub(super) leaf_places: HashMap<usize, usize>,
    pub(super) ready: VecDeque<usize>,
    pub(super) wanted: Option<Vec<Wanted>>,
    pub(super) collects: bool,
    pub(super) root: TensorId,
    pub(super) seed: Tensor,
}

impl BackwardPass {
    /// A pass from `root` to all leaves with the gradient `seed`; without one the root must be a scalar, and the seed
    /// is 1.
    pub fn new(root: &Tensor, seed: Option<&Tensor>, options: Options) -> Result<BackwardPass> {
        BackwardPass::of(&[(root.clone(), seed.cloned())], Goal::Leaves, options)
    }

    /// A pass from several roots, each with its gradient or 1.
    pub fn of(roots: &[(Tensor, Option<Tensor>)], goal: Goal, options: Options) -> Result<BackwardPass> {
        let mut seeds = Vec::new();
        for (i, (root, seed)) in roots.iter().enumerate() {
            seeds.push(seed_of(i, root, seed.as_ref())?);
        }
        let (Some((first, _)), Some(seed)) = (roots.first(), seeds.first()) else {
            return Err(Error::runtime("a backward pass needs a tensor to begin at"));
        };
        let engine = first.engine().clone();
        if engine.trace() != Trace::Off {
            engine.log(Record::backward(first));
        }
        engine.captured_root(first);
        let edge = |t: &Tensor| Wanted { edge: t.edge(), gradient: None };
        let (wanted, collects) = match &goal {
            Goal::Leaves => (None, false),
            Goal::Into(tensors) => {
                for tensor in tensors {
                    tensor.retain_grad()?;
                }
                (Some(tensors.iter().map(edge).collect()), false)
            }
            Goal::Collect(tensors) => (Some(tensors.iter().map(edge).collect()), true),
        };
        let mut pass = BackwardPass {
            engine,
            options,
            slots: Vec::new(),
            places: HashMap::new(),
            next: 0,
            leaves: Vec::new(),
            leaf_places: HashMap::new(),
            ready: VecDeque::new(),
            wanted,
            collects,
            root: first.id(),
            seed: seed.clone(),
        };
        pass.discover(roots.iter().map(|(root, _)| root.edge()));
        for ((root, _), seed) in roots.iter().zip(seeds) {
            pass.quietly(|pass| pass.receive(&root.edge(), Some(seed)))?;
        }
        pass.settle();
        Ok(pass)
    }

    /// The tensor that it starts from, the first of several.
    pub fn root(&self) -> TensorId {
        self.root
    }

    /// The gradient that it starts with.
    pub fn seed(&self) -> &Tensor {
        &self.seed
    }

    /// How many nodes it runs.
    pub fn steps(&self) -> usize {
        self.slots.iter().filter(|slot| slot.runs).count()
    }

    /// Whose turn is next; `None` when all is done.
    pub fn turn(&self) -> Option<Turn> {
        if let Some(&leaf) = self.ready.front() {
            return self.leaves.get(leaf).map(|slot| Turn::Leaf(slot.leaf.clone()));
        }
        self.slots.get(self.next)?.node.clone().map(Turn::Node)
    }

    /// The node whose turn is next, if it is a node's.
    pub fn peek(&self) -> Option<&Rc<Node>> {
        match self.ready.is_empty() {
            true => self.slots.get(self.next)?.node.as_ref().filter(|_| self.slots[self.next].runs),
            false => None,
        }
    }

    /// What arrived for the one whose turn is next, a value for each of its outputs; one for a leaf.
    pub fn arrived(&self) -> Vec<Option<Tensor>> {
        match self.ready.front() {
            Some(&leaf) => self.leaves.get(leaf).map(|slot| slot.arrived.clone()).into_iter().collect(),
            None => self.slots.get(self.next).map(|slot| slot.arrived.clone()).unwrap_or_default(),
        }
    }

    /// Puts something else in the place of what arrived, as a hook says.
    pub fn replace(&mut self, output: usize, gradient: Tensor) {
        let slot = match self.ready.front() {
            Some(&leaf) => self.leaves.get_mut(leaf).map(|slot| &mut slot.arrived),
            None => self.slots.get_mut(self.next).and_then(|slot| slot.arrived.get_mut(output)),
        };
        if let Some(slot) = slot {
            *slot = Some(gradient);
        }
    }

    /// The hooks to be called with what arrived, each with its output.
    pub fn hooks(&self) -> Vec<(usize, Hook)> {
        let at = |hooks: Vec<Hook>, i: usize| hooks.into_iter().map(move |hook| (i, hook));
        match self.turn() {
            None => Vec::new(),
            Some(Turn::Leaf(leaf)) => at(leaf.hooks_at(HookPoint::Arrived(0)), 0).collect(),
            Some(Turn::Node(node)) => {
                (0..node.outputs().len()).flat_map(|i| at(node.hooks_at(HookPoint::Arrived(i)), i)).collect()
            }
        }
    }

    /// The gradients that [`Goal::Collect`] named, as far as they are known.
    pub fn gradients(&self) -> Vec<Option<Tensor>> {
        self.wanted.iter().flatten().map(|wanted| wanted.gradient.clone()).collect()
    }

    /// Lets the next one have its turn; `None` when all is done. A function of the program is refused: its gradients
    /// come from outside, see [`BackwardPass::supply`].
    pub fn step(&mut self) -> Result<Option<Step>> {
        let traced = self.engine.trace();
        let step = self.quietly(BackwardPass::advance)?;
        if let Some(Step::Leaf(step)) = &step
            && traced != Trace::Off
        {
            self.engine.log(match step.fresh {
                true => Record::made(&self.engine, &step.total, "grad", "", &[], false),
                false => Record::changed(&self.engine, &step.total, "add_", &[]),
            });
        }
        Ok(step)
    }

    /// Gives the gradients of the inputs of the function of the program whose turn is next.
    pub fn supply(&mut self, gradients: Gradients) -> Result<Option<Step>> {
        self.quietly(|pass| match pass.turn() {
            Some(Turn::Node(node)) => pass.hand_on(&node, gradients, true).map(Some),
            _ => Ok(None),
        })
    }

    /// Does something recorded or not, told or not, as the pass is.
    fn quietly<T>(&mut self, act: impl FnOnce(&mut BackwardPass) -> Result<T>) -> Result<T> {
        let traced = self.engine.trace();
        if !self.options.create_graph {
            self.engine.set_trace(Trace::Off);
        }
        let enabled = self.engine.set_grad_enabled(self.options.create_graph);
        let result = act(self);
        self.engine.set_grad_enabled(enabled);
        self.engine.set_trace(traced);
        result
    }

    fn advance(&mut self) -> Result<Option<Step>> {
        let node = match self.turn() {
            None => return Ok(None),
            Some(Turn::Leaf(_)) => return self.finish_leaf(),
            Some(Turn::Node(node)) => node,
        };
        if !self.slots[self.next].runs {
            self.note(&node, &self.arrived())?;
            self.leave();
            return Ok(Some(Step::Taken));
        }
        // Values on their way are no failure: the same node runs again once they are here.
        let gradients = self.gradients_of(&node)?;
        self.hand_on(&node, gradients, false).map(Some)
    }

    /// What the operator whose turn is next makes of what arrived, to be handed on by [`BackwardPass::supply`].
    pub fn compute(&mut self) -> Result<Gradients> {
        self.quietly(|pass| {
            let Some(Turn::Node(node)) = pass.turn() else { return Ok(Vec::new()) };
            let gradients = pass.gradients_of(&node)?;
            let fit = |(gradient, input): (Option<Tensor>, &Option<super::Port>)| match (gradient, input) {
                (Some(gradient), Some(input)) => ops::sum_to(&gradient, &input.meta.shape).map(Some),
                _ => Ok(None),
            };
            gradients.into_iter().zip(node.inputs()).map(fit).collect()
        })
    }

    fn gradients_of(&self, node: &Rc<Node>) -> Result<Gradients> {
        let op = node.op().ok_or_else(|| {
            Error::unsupported(format!("{} is a function of the program, which its driver runs", node.name()))
        })?;
        let Some(upstream) = self.arrived().into_iter().flatten().next() else { return Ok(Vec::new()) };
        op.backward(&node.saved(&self.engine)?, &upstream).map_err(|e| e.in_op(op.doc().name))
    }

    fn hand_on(&mut self, node: &Rc<Node>, gradients: Gradients, foreign: bool) -> Result<Step> {
        let arrived = self.arrived();
        let mut gradients = gradients;
        gradients.resize(node.inputs().len(), None);
        let mut values = Vec::with_capacity(gradients.len());
        for (i, (gradient, input)) in gradients.into_iter().zip(node.inputs()).enumerate() {
            values.push(match (gradient, input) {
                (Some(gradient), Some(input)) if foreign => Some(fitted(node, i, &gradient, input)?),
                (Some(gradient), Some(input)) => Some(ops::sum_to(&gradient, &input.meta.shape)?),
                _ => None,
            });
        }
        self.note(node, &arrived)?;
        let mut contributions = Vec::new();
        for (input, (edge, value)) in node.edges().iter().zip(values).enumerate() {
            if let (Some(value), Some(to)) = (&value, self.target(edge)) {
                contributions.push(Contribution { input, to, value: value.clone() });
            }
            self.receive(edge, value)?;
        }
        if !self.options.retain_graph {
            node.free();
        }
        self.leave();
        let at = arrived.iter().position(Option::is_some).unwrap_or(0);
        let id = node.outputs().get(at).map_or(0, |out| out.id);
        let upstream = arrived.into_iter().flatten().next().unwrap_or_else(|| self.seed.clone());
        Ok(Step::Node(NodeStep { node: node.clone(), id, upstream, contributions }))
    }

    fn finish_leaf(&mut self) -> Result<Option<Step>> {
        let place = self.ready.front().and_then(|&place| self.leaves.get(place));
        let Some((leaf, Some(arrived))) = place.map(|slot| (slot.leaf.clone(), slot.arrived.clone())) else {
            return Ok(None);
        };
        let step = if self.collects {
            let here = Edge::Leaf(leaf);
            for wanted in self.wanted.iter_mut().flatten().filter(|w| w.edge.is(&here)) {
                wanted.gradient = Some(arrived.clone());
            }
            Step::Taken
        } else {
            let fresh = leaf.grad().is_none();
            let total = self.accumulate(&leaf, &arrived)?;
            Step::Leaf(LeafStep { leaf, arrived, total, fresh })
        };
        self.ready.pop_front();
        Ok(Some(step))
    }

    /// Adds to `.grad`, in place unless the pass is recorded, as PyTorch does.
    fn accumulate(&self, leaf: &Tensor, arrived: &Tensor) -> Result<Tensor> {
        match leaf.grad() {
            None => {
                // Two leaves may have received the same tensor; each gets its own storage, dense to be added to.
                let copied = self.options.create_graph || arrived.layout().repeats();
                let grad = if copied { ops::clone(arrived)? } else { ops::detach_copy(arrived) };
                if let Some(node) = grad.node() {
                    node.rename("copy");
                }
                leaf.set_grad(Some(grad.clone()))?;
                Ok(grad)
            }
            Some(grad) if self.options.create_graph => {
                let total = ops::add(&grad, arrived)?;
                leaf.set_grad(Some(total.clone()))?;
                Ok(total)
            }
            Some(grad) => {
                grad.add_(arrived)?;
                Ok(grad)
            }
        }
    }
}
