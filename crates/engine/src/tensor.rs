//! The tensor: a handle to values in a storage, with its place on the tape.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use crate::autograd::HookList;
use crate::autograd::{Edge, Node};
use crate::engine::Engine;
use crate::storage::Storage;
use crate::{Array, DType, Device, Error, Layout, Read, Result, Site};

/// The number of a tensor in its engine. A recorded change in place gives the tensor a new one, because it stands at
/// another node from then on.
pub type TensorId = u64;

pub(crate) struct Inner {
    pub engine: Engine,
    pub id: Cell<TensorId>,
    pub storage: Rc<Storage>,
    pub layouts: Layouts,
    pub requires_grad: Cell<bool>,
    pub grad: RefCell<Option<Tensor>>,
    /// The node that made it, and as which of its outputs.
    pub node: RefCell<Option<(Rc<Node>, usize)>>,
    pub retains_grad: Cell<bool>,
    pub parameter: Cell<bool>,
    pub hooks: HookList,
    pub view: Option<View>,
    /// How often a recorded change in place gave it another node.
    pub history: Cell<u64>,
    /// Made in inference mode.
    pub inference: bool,
    pub site: Site,
}

/// Where the elements lie, and where they lay before `transpose_` and its like: what was lent stays.
pub(crate) struct Layouts {
    first: Layout,
    later: OnceCell<Box<[OnceCell<Layout>; 31]>>,
    /// Which of them holds now.
    now: Cell<usize>,
}

impl Layouts {
    fn new(first: Layout) -> Layouts {
        Layouts { first, later: OnceCell::new(), now: Cell::new(0) }
    }

    fn now(&self) -> &Layout {
        let later = |i: usize| self.later.get()?.get(i)?.get();
        self.now.get().checked_sub(1).and_then(later).unwrap_or(&self.first)
    }

    /// Lays the elements out anew. A tensor may have 32 layouts in its life, and take each as often as it likes.
    fn change(&self, layout: &Layout) -> Result<()> {
        let later = self.later.get_or_init(|| Box::new([const { OnceCell::new() }; 31]));
        let place = if self.first == *layout {
            Some(0)
        } else {
            later.iter().position(|held| held.get_or_init(|| layout.clone()) == layout).map(|i| i + 1)
        };
        self.now.set(place.ok_or_else(|| {
            Error::unsupported("more than 32 shapes of one tensor are not supported here")
                .help("use the function without the underscore, which gives a new tensor")
        })?);
        Ok(())
    }
}

/// What a view knows of the tensor whose storage it shows.
pub(crate) struct View {
    pub base: Tensor,
    /// The base's history that its own node belongs to.
    pub seen: Cell<u64>,
    pub origin: Cell<ViewOrigin>,
}

/// Where a view comes from, as far as that forbids to change it on the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewOrigin {
    /// An operation while operations were recorded.
    Plain,
    /// An operation under `no_grad`.
    NoGrad,
    /// An operation in inference mode.
    Inference,
    /// One of several views that one function made: `unbind`, `split`, `chunk`.
    Several,
    /// A function of the program, which differentiates it in its own way.
    Function,
}

/// A tensor. Cloning the handle does not copy the values.
#[derive(Clone)]
pub struct Tensor(pub(crate) Rc<Inner>);

/// A handle that does not keep the tensor alive.
#[derive(Clone)]
pub struct WeakTensor(Weak<Inner>);

impl WeakTensor {
    /// The tensor, while somebody holds it.
    pub fn upgrade(&self) -> Option<Tensor> {
        self.0.upgrade().map(Tensor)
    }
}

impl Tensor {
    pub(crate) fn wrap(engine: &Engine, storage: Rc<Storage>, layout: Layout) -> Tensor {
        Tensor::build(engine, storage, layout, None)
    }

    /// Part of this tensor, or all of it, in the same storage.
    pub(crate) fn view_of(&self, layout: Layout) -> Tensor {
        let engine = self.engine();
        let base = self.0.view.as_ref().map_or(self, |view| &view.base);
        let origin = match (engine.inference(), engine.grad_enabled()) {
            (true, _) => ViewOrigin::Inference,
            (_, false) => ViewOrigin::NoGrad,
            (_, true) => ViewOrigin::Plain,
        };
        let view =
            View { base: base.clone(), seen: Cell::new(base.0.history.get()), origin: Cell::new(origin) };
        Tensor::build(engine, self.storage().clone(), layout, Some(view))
    }

    fn build(engine: &Engine, storage: Rc<Storage>, layout: Layout, view: Option<View>) -> Tensor {
        Tensor(Rc::new(Inner {
            engine: engine.clone(),
            id: Cell::new(engine.next_id()),
            storage,
            layouts: Layouts::new(layout),
            requires_grad: Cell::new(false),
            grad: RefCell::new(None),
            node: RefCell::new(None),
            retains_grad: Cell::new(false),
            parameter: Cell::new(false),
            hooks: HookList::default(),
            view,
            history: Cell::new(0),
            inference: engine.inference(),
            site: engine.site(),
        }))
    }

    /// Its number.
    pub fn id(&self) -> TensorId {
        self.fresh().id.get()
    }

    pub(crate) fn set_id(&self, id: TensorId) {
        self.0.id.set(id);
    }

    /// Takes a new number, for another place on the tape.
    pub(crate) fn renumber(&self) {
        self.0.id.set(self.engine().next_id());
    }

    /// Where the tensor itself is in memory: the same as long as it lives.
    pub fn address(&self) -> usize {
        Rc::as_ptr(&self.0).cast::<u8>() as usize
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Sizes.
    pub fn shape(&self) -> &[usize] {
        &self.layout().shape
    }

    /// Where the elements lie in the storage.
    pub fn layout(&self) -> &Layout {
        self.0.layouts.now()
    }

    /// Lays the elements of the same storage out anew.
    pub(crate) fn set_layout(&self, layout: &Layout) -> Result<()> {
        self.0.layouts.change(layout)
    }

    /// How many dimensions.
    pub fn rank(&self) -> usize {
        self.shape().len()
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.layout().count()
    }

    /// What an element is.
    pub fn dtype(&self) -> DType {
        self.0.storage.dtype()
    }

    /// Where the values are.
    pub fn device(&self) -> Device {
        self.0.storage.device()
    }

    /// The line and call stack that made it.
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// Whether both are views of one storage.
    pub fn shares_storage(&self, other: &Tensor) -> bool {
        Rc::ptr_eq(&self.0.storage, &other.0.storage)
    }

    /// Where its storage is in memory, the same for all views of it: `.data_ptr()`.
    pub fn storage_address(&self) -> usize {
        Rc::as_ptr(&self.0.storage) as usize
    }

    /// A number that all views of the storage have, and no other tensor has or had.
    pub fn storage_number(&self) -> u64 {
        self.0.storage.number()
    }

    /// How often the storage was written in place.
    pub fn version(&self) -> u64 {
        self.0.storage.version()
    }

    /// Whether both are the same tensor, not only equal.
    pub fn is(&self, other: &Tensor) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// A handle that does not keep it alive.
    pub fn downgrade(&self) -> WeakTensor {
        WeakTensor(Rc::downgrade(&self.0))
    }

    pub(crate) fn storage(&self) -> &Rc<Storage> {
        &self.0.storage
    }

    /// The tensor of which it is a view: `._base`.
    pub fn base(&self) -> Option<&Tensor> {
        self.0.view.as_ref().map(|view| &view.base)
    }

    /// Says where a view comes from; nothing else is changed by that.
    pub fn set_view_origin(&self, origin: ViewOrigin) {
        if let Some(view) = &self.0.view {
            view.origin.set(origin);
        }
    }

    /// Whether it was made in inference mode: `.is_inference()`.
    pub fn is_inference(&self) -> bool {
        self.0.inference
    }

    /// Its place on the tape up to date. A view that cannot be brought there keeps its old one, and is refused as soon
    /// as it is used, see [`Tensor::catch_up`].
    fn fresh(&self) -> &Inner {
        let _ = self.catch_up();
        &self.0
    }

    /// Whether gradients flow to or through it. A view that was made off the tape is a leaf of its own if what it shows
    /// asks for a gradient, as in PyTorch.
    pub fn requires_grad(&self) -> bool {
        self.0.requires_grad.get()
            || self.fresh().node.borrow().is_some()
            || self.base().is_some_and(Tensor::requires_grad)
    }

    /// Whether no recorded operation made it.
    pub fn is_leaf(&self) -> bool {
        self.fresh().node.borrow().is_none()
    }

    /// Asks for a gradient, or no longer.
    pub fn set_requires_grad(&self, on: bool) -> Result<()> {
        if !self.is_leaf() {
            if on {
                return Ok(());
            }
            return Err(Error::runtime(
                "you can only change requires_grad flags of leaf variables. If you want to use a computed variable in a \
                 subgraph that doesn't require differentiation use var_no_grad = var.detach().",
            ));
        }
        if on && !self.dtype().is_float() {
            return Err(Error::runtime("only Tensors of floating point dtype can require gradients"));
        }
        if on && self.is_inference() && !self.engine().inference() {
            return Err(Error::runtime(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.",
            ));
        }
        self.0.requires_grad.set(on);
        Ok(())
    }

    /// Makes it a parameter: what a module of a network finds among its attributes, `torch.nn.Parameter`.
    pub fn make_parameter(&self) {
        self.0.parameter.set(true);
    }

    /// Whether it is a parameter.
    pub fn is_parameter(&self) -> bool {
        self.0.parameter.get()
    }

    /// The node that made it, for a tensor on the tape.
    pub fn node(&self) -> Option<Rc<Node>> {
        self.fresh().node.borrow().as_ref().map(|(node, _)| node.clone())
    }

    /// As which of its node's outputs it was made.
    pub fn output_nr(&self) -> usize {
        self.fresh().node.borrow().as_ref().map_or(0, |(_, i)| *i)
    }

    pub(crate) fn set_node(&self, node: Rc<Node>, output: usize) {
        if self.0.retains_grad.get() {
            node.retain(self);
        }
        // What stood there before is dropped after the borrow ends.
        let _before = self.0.node.replace(Some((node, output)));
    }

    /// Counts a change of its place on the tape, which its views are to follow.
    pub(crate) fn turned(&self) {
        self.0.history.set(self.0.history.get() + 1);
    }

    /// Where its gradient goes.
    pub fn edge(&self) -> Edge {
        match &*self.fresh().node.borrow() {
            Some((node, i)) => Edge::Node(node.clone(), *i),
            None if self.requires_grad() => Edge::Leaf(self.clone()),
            None => Edge::Nowhere,
        }
    }

    /// Starts to read the values, row-major, as they are at this point of the program. On the GPU a copy is recorded
    /// and comes back after the next [`Engine::flush`].
    pub fn read(&self) -> Result<Read> {
        self.0.storage.read(self.layout(), &self.0.engine)
    }

    /// The values, if they are on this side: at once for a CPU tensor; for a GPU tensor once a read of this version
    /// came back. Otherwise an error of the kind [`crate::ErrorKind::Pending`], with the read to wait for, after which
    /// this call succeeds.
    pub fn host(&self) -> Result<Rc<Array>> {
        self.engine().refuse_capture("a value that the program looks at");
        self.0.storage.host(self)
    }

    /// The values, if they are on this side; nothing is read to get them.
    pub(crate) fn known(&self) -> Option<Rc<Array>> {
        self.0.storage.known(self.layout())
    }

    /// The values, waiting for them. Natively only: a browser cannot wait.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn values(&self) -> Result<Rc<Array>> {
        let read = self.read()?;
        self.0.engine.wait(&read)
    }
}

impl std::fmt::Debug for Tensor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tensor#{}({:?}, {}, {})", self.id(), self.shape(), self.dtype(), self.device())
    }
}
