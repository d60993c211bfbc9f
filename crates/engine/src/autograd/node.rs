//! A node: an operator as it was applied, with what its backward rule needs.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::op::{Arg, Keep, Meta, Operator};
use crate::storage::Storage;
use crate::tensor::{TensorId, WeakTensor};
use crate::{DType, Device, Error, Layout, Result, Scalar, Site, Tensor};

/// Where the gradient of an argument goes.
#[derive(Clone)]
pub(crate) enum Target {
    /// Nowhere: a number, or a tensor that asks for nothing.
    Nowhere,
    /// To the node that made the argument.
    Node(Rc<Node>),
    /// To a leaf's `.grad`.
    Leaf(Tensor),
}

/// An argument as the tape keeps it.
enum Kept {
    Scalar(Scalar),
    Meta(Meta),
    Tensor(Tensor, u64),
}

/// The result as the tape keeps it: without its handle, which holds the node.
struct KeptOutput {
    storage: Rc<Storage>,
    version: u64,
}

/// An operator applied.
pub struct Node {
    this: Weak<Node>,
    op: Rc<dyn Operator>,
    name: Cell<&'static str>,
    id: TensorId,
    sequence: u64,
    targets: RefCell<Vec<Target>>,
    shapes: Vec<Vec<usize>>,
    kept: RefCell<Vec<Kept>>,
    output: RefCell<Option<KeptOutput>>,
    layout: Layout,
    dtype: DType,
    device: Device,
    freed: Cell<bool>,
    retained: RefCell<Vec<WeakTensor>>,
    site: Site,
}

impl Node {
    /// Puts `out = op(args)` on the tape.
    pub(crate) fn record(op: Rc<dyn Operator>, args: &[Arg], out: &Tensor) {
        let Keep { args: keep, output } = op.keep();
        let kept = args
            .iter()
            .enumerate()
            .map(|(i, arg)| match arg {
                Arg::Scalar(s) => Kept::Scalar(*s),
                Arg::Tensor(t) if keep.contains(&i) => Kept::Tensor(t.clone(), t.version()),
                Arg::Tensor(t) => Kept::Meta(Meta { shape: t.shape().to_vec(), dtype: t.dtype() }),
            })
            .collect();
        let targets = args
            .iter()
            .map(|arg| match arg.tensor() {
                Some(t) => match t.node() {
                    Some(node) => Target::Node(node),
                    None if t.requires_grad() => Target::Leaf(t.clone()),
                    None => Target::Nowhere,
                },
                None => Target::Nowhere,
            })
            .collect();
        let node = Rc::new_cyclic(|this| Node {
            this: this.clone(),
            name: Cell::new(op.doc().name),
            op,
            id: out.id(),
            sequence: out.engine().next_sequence(),
            targets: RefCell::new(targets),
            shapes: args.iter().map(|a| a.shape().to_vec()).collect(),
            kept: RefCell::new(kept),
            output: RefCell::new(
                output.then(|| KeptOutput { storage: out.0.storage.clone(), version: out.version() }),
            ),
            layout: out.layout().clone(),
            dtype: out.dtype(),
            device: out.device(),
            freed: Cell::new(false),
            retained: RefCell::default(),
            site: out.site().clone(),
        });
        *out.0.node.borrow_mut() = Some(node);
    }

    /// The operator.
    pub fn op(&self) -> &Rc<dyn Operator> {
        &self.op
    }

    /// The name behind `grad_fn`: the operator's, unless a composed function took its place.
    pub fn name(&self) -> &'static str {
        self.name.get()
    }

    /// Names the node after the composed function that it ends.
    pub fn rename(&self, name: &'static str) {
        self.name.set(name);
    }

    /// The number of its tensor.
    pub fn id(&self) -> TensorId {
        self.id
    }

    /// Later operations have larger numbers.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Sizes of its tensor.
    pub fn shape(&self) -> &[usize] {
        &self.layout.shape
    }

    /// What an element of its tensor is.
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// Where its tensor is.
    pub fn device(&self) -> Device {
        self.device
    }

    /// Where in the program.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The nodes behind its arguments, `None` for leaves, numbers and what asks for nothing: `next_functions`.
    pub fn inputs(&self) -> Vec<Option<Rc<Node>>> {
        let node = |t: &Target| if let Target::Node(n) = t { Some(n.clone()) } else { None };
        self.targets.borrow().iter().map(node).collect()
    }

    /// The leaves among its arguments that ask for a gradient, `None` for everything else.
    pub fn leaves(&self) -> Vec<Option<Tensor>> {
        let leaf = |t: &Target| if let Target::Leaf(leaf) = t { Some(leaf.clone()) } else { None };
        self.targets.borrow().iter().map(leaf).collect()
    }

    pub(crate) fn targets(&self) -> Vec<Target> {
        self.targets.borrow().clone()
    }

    pub(crate) fn input_shape(&self, i: usize) -> &[usize] {
        self.shapes.get(i).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn retain(&self, tensor: &Tensor) {
        self.retained.borrow_mut().push(tensor.downgrade());
    }

    pub(crate) fn retained(&self) -> Vec<Tensor> {
        self.retained.borrow().iter().filter_map(WeakTensor::upgrade).collect()
    }

    /// Lets go of what was kept; a second backward pass through here is refused.
    pub(crate) fn free(&self) {
        let keep = self.op.keep();
        if keep != Keep::NOTHING {
            self.freed.set(true);
            *self.output.borrow_mut() = None;
            for kept in self.kept.borrow_mut().iter_mut() {
                if let Kept::Tensor(t, _) = kept {
                    *kept = Kept::Meta(Meta { shape: t.shape().to_vec(), dtype: t.dtype() });
                }
            }
        }
    }

    /// What the backward rule sees. Refused when the graph was freed or a kept tensor was changed since.
    pub(crate) fn saved(&self, engine: &crate::Engine) -> Result<Saved> {
        if self.freed.get() {
            return Err(Error::runtime(
                "Trying to backward through the graph a second time (or directly access saved tensors after they have \
                 already been freed). Saved intermediate values of the graph are freed when you call .backward() or \
                 autograd.grad(). Specify retain_graph=True if you need to backward through the graph a second time or if \
                 you need to access saved tensors after calling backward.",
            ));
        }
        let needs = self.targets.borrow().iter().map(|t| !matches!(t, Target::Nowhere)).collect();
        let mut args = Vec::new();
        for kept in self.kept.borrow().iter() {
            args.push(match kept {
                Kept::Scalar(s) => SavedArg::Scalar(*s),
                Kept::Meta(meta) => SavedArg::Meta(meta.clone()),
                Kept::Tensor(tensor, version) => {
                    self.check_version(tensor.dtype(), tensor.shape(), tensor.version(), *version)?;
                    SavedArg::Tensor(tensor.clone())
                }
            });
        }
        let output = match &*self.output.borrow() {
            None => None,
            Some(kept) => {
                self.check_version(kept.storage.dtype(), self.shape(), kept.storage.version(), kept.version)?;
                let tensor = Tensor::wrap(engine, kept.storage.clone(), self.layout.clone());
                tensor.0.id.set(self.id);
                *tensor.0.node.borrow_mut() = self.this.upgrade();
                Some(tensor)
            }
        };
        Ok(Saved { args, output, needs })
    }

    fn check_version(&self, dtype: DType, shape: &[usize], now: u64, then: u64) -> Result<()> {
        if now == then {
            return Ok(());
        }
        Err(Error::runtime(format!(
            "one of the variables needed for gradient computation has been modified by an inplace operation: [torch.{}Tensor \
             {}] is at version {now}; expected version {then} instead. Hint: enable anomaly detection to find the operation that \
             failed to compute its gradient, with torch.autograd.set_detect_anomaly(True).",
            dtype.scalar_name(),
            crate::layout::show(shape)
        ))
        .help(format!("the operation is {} in line {}", self.name(), self.site.line)))
    }
}

impl Drop for Node {
    /// A chain of a hundred thousand nodes must not be dropped by recursion.
    fn drop(&mut self) {
        let mut stack: Vec<Rc<Node>> = Vec::new();
        release(self, &mut stack);
        while let Some(node) = stack.pop() {
            if Rc::strong_count(&node) == 1 {
                release(&node, &mut stack);
            }
        }
    }
}

/// Moves what a dying node holds to the stack.
fn release(node: &Node, stack: &mut Vec<Rc<Node>>) {
    for target in node.targets.take() {
        if let Target::Node(next) = target {
            stack.push(next);
        }
    }
    for kept in node.kept.take() {
        if let Kept::Tensor(tensor, _) = kept
            && Rc::strong_count(&tensor.0) == 1
        {
            stack.extend(tensor.0.node.take());
        }
    }
}

/// An argument as the backward rule sees it.
enum SavedArg {
    Scalar(Scalar),
    Meta(Meta),
    Tensor(Tensor),
}

/// What a backward rule sees: the arguments it asked to keep, shapes of all, and who waits for a gradient.
pub struct Saved {
    args: Vec<SavedArg>,
    output: Option<Tensor>,
    needs: Vec<bool>,
}

impl Saved {
    /// Whether argument `i` waits for a gradient.
    pub fn needs(&self, i: usize) -> bool {
        self.needs.get(i).copied().unwrap_or(false)
    }

    /// Argument `i`, a tensor that the operator's [`Operator::keep`] names, or a number.
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

impl Tensor {
    /// The same values under another storage: later writes to one do not show in the other. Nothing is copied until
    /// somebody writes.
    pub(crate) fn snapshot_detached(&self) -> Tensor {
        let storage = Storage::new(self.engine(), self.dtype(), self.0.storage.buffer());
        Tensor::wrap(self.engine(), storage, self.layout().clone())
    }

    /// The same, at the same place on the tape.
    pub(crate) fn snapshot(&self) -> Tensor {
        let copy = self.snapshot_detached();
        copy.0.id.set(self.id());
        *copy.0.node.borrow_mut() = self.node();
        copy
    }

    /// The same storage outside of the tape.
    pub(crate) fn alias(&self) -> Tensor {
        Tensor::wrap(self.engine(), self.0.storage.clone(), self.layout().clone())
    }
}
