//! A node: an operator, or a function of the program, as it was applied, with what its backward rule needs.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::edge::{Edge, Hook, HookList, HookPoint, Hooks};
use super::saved::{Kept, KeptArg, Origin, Saved, SavedArg};
use crate::op::{Arg, Keep, Meta, Operator};
use crate::tensor::{TensorId, WeakTensor};
use crate::{DType, Device, Engine, Error, Record, Result, Site, Tensor, Trace};

/// How gradients go through a node.
enum Rule {
    /// By an operator's rule.
    Operator(Rc<dyn Operator>),
    /// By a function of the program, which whoever drives the pass knows and runs, see
    /// [`super::BackwardPass::supply`].
    Function(Rc<dyn Any>),
}

/// A tensor that went into a node or came out of it.
#[derive(Clone, Debug)]
pub struct Port {
    /// Its number.
    pub id: TensorId,
    /// Its sizes, and what an element is.
    pub meta: Meta,
    /// Where it is.
    pub device: Device,
}

impl Port {
    fn of(tensor: &Tensor) -> Port {
        let meta = Meta { shape: tensor.shape().to_vec(), dtype: tensor.dtype() };
        Port { id: tensor.id(), meta, device: tensor.device() }
    }
}

/// Something applied.
pub struct Node {
    rule: Option<Rule>,
    name: Cell<&'static str>,
    sequence: u64,
    outputs: Vec<Port>,
    inputs: Vec<Option<Port>>,
    edges: RefCell<Vec<Edge>>,
    kept: RefCell<Vec<KeptArg>>,
    result: RefCell<Option<Kept>>,
    freed: Cell<bool>,
    retained: RefCell<Vec<WeakTensor>>,
    hooks: HookList,
    site: Site,
}

impl Node {
    /// Puts `out = op(args)` on the tape.
    pub(crate) fn record(op: Rc<dyn Operator>, args: &[Arg], out: &Tensor) {
        let Keep { args: keep, output } = op.keep();
        let asked = |i: usize| args.get(i).and_then(Arg::tensor).is_some_and(Tensor::requires_grad);
        let output = output && op.needed(None, &asked);
        let kept: Vec<KeptArg> = args
            .iter()
            .enumerate()
            .map(|(i, arg)| match arg {
                Arg::Scalar(s) => KeptArg::Scalar(*s),
                Arg::Tensor(t) if keep.contains(&i) && op.needed(Some(i), &asked) => {
                    KeptArg::Tensor(Kept::of(t, Origin::Edge(t.edge())))
                }
                Arg::Tensor(t) => KeptArg::Meta(Meta { shape: t.shape().to_vec(), dtype: t.dtype() }),
            })
            .collect();
        let node = Node {
            name: Cell::new(op.doc().name),
            rule: Some(Rule::Operator(op)),
            sequence: out.engine().next_sequence(),
            outputs: vec![Port::of(out)],
            inputs: args.iter().map(|a| a.tensor().map(Port::of)).collect(),
            edges: RefCell::new(
                args.iter().map(|a| a.tensor().map_or(Edge::Nowhere, Tensor::edge)).collect(),
            ),
            kept: RefCell::new(kept),
            result: RefCell::new(output.then(|| Kept::of(out, Origin::Output(0)))),
            freed: Cell::new(false),
            retained: RefCell::default(),
            hooks: HookList::default(),
            site: out.site().clone(),
        };
        out.set_node(Rc::new(node), 0);
    }

    /// Puts a function of the program on the tape: `outputs = function(inputs)`. `None` among the inputs is no tensor,
    /// `false` an output that does not count. What `saved` names is kept, see [`Node::saved_tensors`].
    pub fn function(
        name: &'static str,
        function: Rc<dyn Any>,
        inputs: &[Option<Tensor>],
        outputs: &[(Tensor, bool)],
        saved: &[Option<Tensor>],
    ) -> Option<Rc<Node>> {
        let engine = outputs.first()?.0.engine();
        let differentiable = || outputs.iter().enumerate().filter(|(_, (_, counts))| *counts);
        // Before the outputs stand at the new node: an output that was kept leads to it, everything else back.
        let kept = saved.iter().map(|tensor| match tensor {
            None => KeptArg::Nothing,
            Some(tensor) => {
                let own = differentiable().find(|(_, (out, _))| out.is(tensor));
                let origin = own.map_or_else(|| Origin::Edge(tensor.edge()), |(i, _)| Origin::Output(i));
                KeptArg::Tensor(Kept::of(tensor, origin))
            }
        });
        let kept = kept.collect();
        let edges = inputs.iter().map(|t| t.as_ref().map_or(Edge::Nowhere, Tensor::edge)).collect();
        // An output may be an input that was changed: it gets another number, and the inputs are those from before.
        let before: Vec<Option<Tensor>> = inputs.iter().map(|t| t.as_ref().map(Tensor::snapshot)).collect();
        let inputs = inputs.iter().map(|t| t.as_ref().map(Port::of)).collect();
        for (_, (out, _)) in differentiable() {
            out.renumber();
        }
        let node = Rc::new(Node {
            rule: Some(Rule::Function(function)),
            name: Cell::new(name),
            sequence: engine.next_sequence(),
            outputs: outputs.iter().map(|(out, _)| Port::of(out)).collect(),
            inputs,
            edges: RefCell::new(edges),
            kept: RefCell::new(kept),
            result: RefCell::default(),
            freed: Cell::new(false),
            retained: RefCell::default(),
            hooks: HookList::default(),
            site: engine.site(),
        });
        let shown = name.strip_suffix("Backward").unwrap_or(name);
        let args: Vec<Arg> = before.iter().flatten().map(Arg::from).collect();
        for (i, (out, _)) in differentiable() {
            out.set_node(node.clone(), i);
            out.turned();
            if engine.trace() != Trace::Off {
                engine.log(Record::made(engine, out, shown, "", &args, true));
            }
        }
        Some(node)
    }

    /// The operator; `None` for a function of the program.
    pub fn op(&self) -> Option<&Rc<dyn Operator>> {
        match &self.rule {
            Some(Rule::Operator(op)) => Some(op),
            _ => None,
        }
    }

    /// What [`Node::function`] was given; `None` for an operator.
    pub fn payload(&self) -> Option<&Rc<dyn Any>> {
        match &self.rule {
            Some(Rule::Function(function)) => Some(function),
            _ => None,
        }
    }

    /// The name behind `grad_fn`: the operator's, unless a composed function took its place.
    pub fn name(&self) -> &'static str {
        self.name.get()
    }

    /// Names the node after the composed function that it ends.
    pub fn rename(&self, name: &'static str) {
        self.name.set(name);
    }

    /// Its results.
    pub fn outputs(&self) -> &[Port] {
        &self.outputs
    }

    /// What went in; `None` for numbers.
    pub fn inputs(&self) -> &[Option<Port>] {
        &self.inputs
    }

    /// The number of its tensor, the first if there are several.
    pub fn id(&self) -> TensorId {
        self.outputs.first().map_or(0, |out| out.id)
    }

    /// Later operations have larger numbers.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Where in the program.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Where the gradients of its inputs go: `next_functions`.
    pub fn edges(&self) -> Vec<Edge> {
        self.edges.borrow().clone()
    }

    /// The tensors that it keeps for the backward pass, each once, with their bytes.
    pub(crate) fn keeps(&self) -> Vec<(TensorId, usize)> {
        let (kept, result) = (self.kept.borrow(), self.result.borrow());
        let args =
            kept.iter().filter_map(|kept| if let KeptArg::Tensor(kept) = kept { Some(kept) } else { None });
        let mut keeps: Vec<(TensorId, usize)> = Vec::new();
        for kept in args.chain(result.as_ref()) {
            if !keeps.iter().any(|(id, _)| *id == kept.id) {
                keeps.push((kept.id, kept.layout.count() * kept.storage.dtype().size()));
            }
        }
        keeps
    }

    /// Whether it let go of what it kept.
    pub fn is_freed(&self) -> bool {
        self.freed.get()
    }

    /// The same, looked at.
    pub(crate) fn each_edge(&self, mut look: impl FnMut(&Edge)) {
        self.edges.borrow().iter().for_each(&mut look);
    }

    /// Its hooks.
    pub fn hooks(&self) -> Rc<Hooks> {
        self.hooks.get()
    }

    /// Its hooks at this point.
    pub fn hooks_at(&self, point: HookPoint) -> Vec<Hook> {
        self.hooks.at(point)
    }

    pub(crate) fn retain(&self, tensor: &Tensor) {
        self.retained.borrow_mut().push(tensor.downgrade());
    }

    /// The tensors that keep the gradient of an output: those that still stand there.
    pub(crate) fn retained(self: &Rc<Node>, output: usize) -> Vec<Tensor> {
        let here = Edge::Node(self.clone(), output);
        let tensors = self.retained.borrow().iter().filter_map(WeakTensor::upgrade).collect::<Vec<_>>();
        tensors.into_iter().filter(|t| t.edge().is(&here)).collect()
    }

    /// The result was written into `place`: what was kept of it lies there now.
    pub(crate) fn moved(&self, place: &Tensor) {
        if let Some(kept) = &mut *self.result.borrow_mut() {
            *kept = Kept::of(place, Origin::Output(0));
        }
    }

    /// Lets go of what was kept; a second backward pass through here is refused.
    pub(crate) fn free(&self) {
        let mut kept = self.kept.borrow_mut();
        let any = kept.iter().any(|k| matches!(k, KeptArg::Tensor(_))) || self.result.borrow().is_some();
        if any || self.op().is_some_and(|op| op.keep() != Keep::NOTHING) {
            self.freed.set(true);
            kept.clear();
            *self.result.borrow_mut() = None;
        }
    }

    /// What the backward rule sees. Refused when the graph was freed or a kept tensor was changed since.
    pub(crate) fn saved(self: &Rc<Node>, engine: &Engine) -> Result<Saved> {
        self.check_freed()?;
        let needs = self.edges.borrow().iter().map(|edge| !edge.is_nowhere()).collect();
        let kept = self.kept.borrow();
        let args = kept.iter().map(|kept| match kept {
            KeptArg::Scalar(s) => Ok(SavedArg::Scalar(*s)),
            KeptArg::Meta(meta) => Ok(SavedArg::Meta(meta.clone())),
            KeptArg::Tensor(kept) => self.unpack(kept, engine).map(SavedArg::Tensor),
            KeptArg::Nothing => Ok(SavedArg::Meta(Meta { shape: Vec::new(), dtype: DType::F32 })),
        });
        let args = args.collect::<Result<_>>()?;
        let output = self.result.borrow().as_ref().map(|kept| self.unpack(kept, engine)).transpose()?;
        Ok(Saved { args, output, needs })
    }

    /// What a function of the program kept: `ctx.saved_tensors`. Refused like the tensors of an operator.
    pub fn saved_tensors(self: &Rc<Node>, engine: &Engine) -> Result<Vec<Option<Tensor>>> {
        self.check_freed()?;
        let kept = self.kept.borrow();
        kept.iter()
            .map(|kept| match kept {
                KeptArg::Tensor(kept) => self.unpack(kept, engine).map(Some),
                _ => Ok(None),
            })
            .collect()
    }

    fn check_freed(&self) -> Result<()> {
        if !self.freed.get() {
            return Ok(());
        }
        Err(Error::runtime(
            "Trying to backward through the graph a second time (or directly access saved tensors after they have \
             already been freed). Saved intermediate values of the graph are freed when you call .backward() or \
             autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if \
             you need to access saved tensors after calling backward.",
        ))
    }

    fn unpack(self: &Rc<Node>, kept: &Kept, engine: &Engine) -> Result<Tensor> {
        let (now, then) = (kept.storage.version(), kept.version);
        if now == then {
            return Ok(kept.tensor(self, engine));
        }
        let now_at = kept.handle.upgrade().map(|tensor| tensor.edge());
        let maker = match (&kept.origin, &now_at) {
            (Origin::Output(i), _) => Some((self.name(), *i)),
            (_, Some(Edge::Node(node, i))) | (Origin::Edge(Edge::Node(node, i)), None) => {
                Some((node.name(), *i))
            }
            _ => None,
        };
        let of =
            maker.map(|(name, i)| format!(", which is output {i} of {},", words(name))).unwrap_or_default();
        Err(Error::runtime(format!(
            "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{}Tensor \
             {}]{of} is at version {now}; expected version {then} instead. Hint: enable anomaly detection to find the operation \
             that failed to compute its gradient, with torch.autograd.set_detect_anomaly(True, check_nan=False).",
            kept.storage.dtype().scalar_name(),
            crate::layout::show(&kept.layout.shape)
        ))
        .help(format!("the operation is {} in line {}", self.name(), self.site.line)))
    }
}

/// A node's name as PyTorch has it in messages: `Exp`, `Select`, `AsStrided`.
pub(crate) fn words(name: &str) -> String {
    if name == "copy_slices" {
        return "torch::autograd::CopySlices".to_owned();
    }
    let name = name.strip_suffix("Backward").unwrap_or(name);
    let words = name.trim_end_matches('_').split('_');
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_uppercase().to_string() + letters.as_str())
    };
    words.filter_map(capital).collect()
}

thread_local! {
    /// What dying nodes held, while one of them is being taken apart.
    static REMAINS: RefCell<Vec<Remains>> = const { RefCell::new(Vec::new()) };
    static CLEARING: Cell<bool> = const { Cell::new(false) };
}

/// What a node holds, down to other nodes.
type Remains = (Vec<Edge>, Vec<KeptArg>, Option<Rule>);

impl Drop for Node {
    /// A chain of a hundred thousand nodes must not be dropped by recursion, whatever they hold one another by:
    /// the outermost takes apart what the others held.
    fn drop(&mut self) {
        let remains = (self.edges.take(), self.kept.take(), self.rule.take());
        let waits = REMAINS.try_with(|list| list.borrow_mut().push(remains));
        if waits.is_err() || CLEARING.replace(true) {
            return;
        }
        while let Some(remains) = REMAINS.with_borrow_mut(Vec::pop) {
            drop(remains);
        }
        CLEARING.set(false);
    }
}
