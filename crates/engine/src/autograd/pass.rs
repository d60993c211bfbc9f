//! The backward pass, one node at a time.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::node::{Node, Target};
use crate::op::Gradients;
use crate::tensor::TensorId;
use crate::{Engine, Error, Record, Result, Tensor, Trace, layout, ops};

/// How to run a pass.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Keep what the nodes saved, so that another pass may follow.
    pub retain_graph: bool,
    /// Record the pass itself, so that it can be differentiated.
    pub create_graph: bool,
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
    /// Everything that had arrived, added up.
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
}

/// A backward pass that can be stepped.
///
/// Nodes run in the order in which PyTorch runs them: of those that are reached, the one recorded last. Every
/// consumer of a node was recorded after it, so when its turn comes everything has arrived.
pub struct BackwardPass {
    engine: Engine,
    options: Options,
    ready: BTreeMap<u64, (Rc<Node>, Tensor)>,
    leaves: VecDeque<(Tensor, Tensor)>,
    leaf_places: HashMap<TensorId, usize>,
    root: TensorId,
    seed: Tensor,
    steps: usize,
}

impl BackwardPass {
    /// A pass from `root` with the gradient `seed`; without one the root must be a scalar, and the seed is 1.
    pub fn new(root: &Tensor, seed: Option<&Tensor>, options: Options) -> Result<BackwardPass> {
        let engine = root.engine().clone();
        if !root.requires_grad() {
            return Err(Error::runtime("element 0 of tensors does not require grad and does not have a grad_fn")
                .help("nothing that it was computed from has requires_grad=True, or it was made under torch.no_grad()"));
        }
        let seed = match seed {
            Some(seed) => {
                if seed.shape() != root.shape() {
                    return Err(Error::runtime(format!(
                        "Mismatch in shape: grad_output[0] has a shape of torch.Size({}) and output[0] has a shape of torch.Size({}).",
                        layout::show(seed.shape()),
                        layout::show(root.shape())
                    )));
                }
                seed.clone()
            }
            None if root.count() == 1 => {
                let traced = engine.set_trace(Trace::Off);
                let one = engine.full("ones_like", root.shape(), 1.0.into(), root.dtype(), root.device());
                engine.set_trace(traced);
                one?
            }
            None => {
                return Err(Error::runtime("grad can be implicitly created only for scalar outputs").help(
                    format!(
                        "the shape is {}: call .sum() or .mean() first, or pass gradient= with that shape",
                        layout::show(root.shape())
                    ),
                ));
            }
        };
        if engine.trace() != Trace::Off {
            engine.log(Record::backward(root));
        }
        let mut pass = BackwardPass {
            engine,
            options,
            ready: BTreeMap::new(),
            leaves: VecDeque::new(),
            leaf_places: HashMap::new(),
            root: root.id(),
            seed: seed.clone(),
            steps: 0,
        };
        match root.node() {
            Some(node) => {
                pass.steps = count_nodes(&node);
                pass.ready.insert(node.sequence(), (node, seed));
            }
            None => pass.deliver_leaf(root.clone(), seed)?,
        }
        Ok(pass)
    }

    /// The tensor that it starts from.
    pub fn root(&self) -> TensorId {
        self.root
    }

    /// The gradient that it starts with.
    pub fn seed(&self) -> &Tensor {
        &self.seed
    }

    /// How many nodes it reaches.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Whether nothing is left to do.
    pub fn is_done(&self) -> bool {
        self.ready.is_empty() && self.leaves.is_empty()
    }

    /// The node whose turn is next.
    pub fn peek(&self) -> Option<&Rc<Node>> {
        self.ready.last_key_value().map(|(_, (node, _))| node)
    }

    /// Runs the next node, or updates the next leaf; `None` when all is done.
    pub fn step(&mut self) -> Result<Option<Step>> {
        let traced =
            if self.options.create_graph { self.engine.trace() } else { self.engine.set_trace(Trace::Off) };
        let enabled = self.engine.set_grad_enabled(self.options.create_graph);
        let result = self.advance();
        self.engine.set_grad_enabled(enabled);
        self.engine.set_trace(traced);
        if let Ok(Some(Step::Leaf(step))) = &result
            && traced != Trace::Off
        {
            self.engine.log(match step.fresh {
                true => Record::made(&self.engine, &step.total, "grad", "", &[], false),
                false => Record::changed(&self.engine, &step.total, "add_", &[]),
            });
        }
        result
    }

    fn advance(&mut self) -> Result<Option<Step>> {
        if let Some((_, (node, upstream))) = self.ready.pop_last() {
            for tensor in node.retained() {
                tensor.set_grad(Some(upstream.clone()))?;
            }
            let name = node.op().doc().name;
            let saved = node.saved(&self.engine)?;
            let gradients = match node.op().backward(&saved, &upstream) {
                Ok(gradients) => gradients,
                Err(error) => {
                    // Values on their way are no failure: the same node runs again once they are here.
                    self.ready.insert(node.sequence(), (node, upstream));
                    return Err(error.in_op(name));
                }
            };
            let contributions = self.deliver(&node, gradients)?;
            if !self.options.retain_graph && !self.options.create_graph {
                node.free();
            }
            return Ok(Some(Step::Node(NodeStep { node, upstream, contributions })));
        }
        let Some((leaf, arrived)) = self.leaves.pop_front() else { return Ok(None) };
        let fresh = leaf.grad().is_none();
        let total = self.accumulate(&leaf, &arrived)?;
        Ok(Some(Step::Leaf(LeafStep { leaf, arrived, total, fresh })))
    }

    fn deliver(&mut self, node: &Rc<Node>, gradients: Gradients) -> Result<Vec<Contribution>> {
        let mut contributions = Vec::new();
        for (input, (target, gradient)) in node.targets().into_iter().zip(gradients).enumerate() {
            let Some(gradient) = gradient else { continue };
            let value = ops::sum_to(&gradient, node.input_shape(input))?;
            let to = match target {
                Target::Nowhere => continue,
                Target::Node(next) => {
                    let id = next.id();
                    let sum = match self.ready.remove(&next.sequence()) {
                        Some((_, held)) => ops::add(&held, &value)?,
                        None => value.clone(),
                    };
                    self.ready.insert(next.sequence(), (next, sum));
                    id
                }
                Target::Leaf(leaf) => {
                    let id = leaf.id();
                    self.deliver_leaf(leaf, value.clone())?;
                    id
                }
            };
            contributions.push(Contribution { input, to, value });
        }
        Ok(contributions)
    }

    fn deliver_leaf(&mut self, leaf: Tensor, value: Tensor) -> Result<()> {
        match self.leaf_places.get(&leaf.id()).and_then(|&i| self.leaves.get_mut(i)) {
            Some((_, held)) => *held = ops::add(&*held, &value)?,
            None => {
                self.leaf_places.insert(leaf.id(), self.leaves.len());
                self.leaves.push_back((leaf, value));
            }
        }
        Ok(())
    }

    /// Adds to `.grad`, in place unless the pass is recorded, as PyTorch does.
    fn accumulate(&self, leaf: &Tensor, arrived: &Tensor) -> Result<Tensor> {
        match leaf.grad() {
            None => {
                // Two leaves may have received the same tensor; each gets its own storage.
                let grad =
                    if self.options.create_graph { ops::clone(arrived)? } else { ops::detach_copy(arrived) };
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

/// How many nodes can be reached, each counted once.
fn count_nodes(root: &Rc<Node>) -> usize {
    let mut seen = HashSet::from([root.sequence()]);
    let mut stack = vec![root.clone()];
    while let Some(node) = stack.pop() {
        for target in node.targets() {
            if let Target::Node(next) = target
                && seen.insert(next.sequence())
            {
                stack.push(next);
            }
        }
    }
    seen.len()
}

/// The local derivatives of an elementwise node by its inputs: its backward rule applied to ones. To be asked before
/// the node runs and lets go of what it saved.
///
/// `None` where the node is no elementwise one, or its saved tensors are gone.
pub fn local_derivative(node: &Node, engine: &Engine) -> Option<Vec<Option<Tensor>>> {
    if !node.op().pointwise() {
        return None;
    }
    let saved = node.saved(engine).ok()?;
    let traced = engine.set_trace(Trace::Off);
    let result = engine.no_grad(|| {
        let ones = engine.full("ones", node.shape(), 1.0.into(), node.dtype(), node.device())?;
        node.op().backward(&saved, &ones)
    });
    engine.set_trace(traced);
    Some(result.ok()?.into_iter().enumerate().map(|(i, local)| local.filter(|_| saved.needs(i))).collect())
}
