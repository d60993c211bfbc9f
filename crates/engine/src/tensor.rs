//! The tensor: a handle to values in a storage, with its place on the tape.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use crate::autograd::Node;
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
    pub layout: Layout,
    pub requires_grad: Cell<bool>,
    pub grad: RefCell<Option<Tensor>>,
    pub node: RefCell<Option<Rc<Node>>>,
    pub retains_grad: Cell<bool>,
    pub parameter: Cell<bool>,
    pub site: Site,
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
        Tensor(Rc::new(Inner {
            engine: engine.clone(),
            id: Cell::new(engine.next_id()),
            storage,
            layout,
            requires_grad: Cell::new(false),
            grad: RefCell::new(None),
            node: RefCell::new(None),
            retains_grad: Cell::new(false),
            parameter: Cell::new(false),
            site: engine.site(),
        }))
    }

    /// Its number.
    pub fn id(&self) -> TensorId {
        self.0.id.get()
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// Sizes.
    pub fn shape(&self) -> &[usize] {
        &self.0.layout.shape
    }

    /// Where the elements lie in the storage.
    pub fn layout(&self) -> &Layout {
        &self.0.layout
    }

    /// How many dimensions.
    pub fn rank(&self) -> usize {
        self.shape().len()
    }

    /// How many elements.
    pub fn count(&self) -> usize {
        self.0.layout.count()
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

    /// Whether gradients flow to or through it.
    pub fn requires_grad(&self) -> bool {
        self.0.requires_grad.get() || self.0.node.borrow().is_some()
    }

    /// Whether no recorded operation made it.
    pub fn is_leaf(&self) -> bool {
        self.0.node.borrow().is_none()
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
        self.0.requires_grad.set(on);
        Ok(())
    }

    /// `.grad`: what the backward passes so far brought.
    pub fn grad(&self) -> Option<Tensor> {
        self.0.grad.borrow().clone()
    }

    /// Replaces `.grad`.
    pub fn set_grad(&self, grad: Option<Tensor>) -> Result<()> {
        if let Some(grad) = &grad
            && (grad.shape() != self.shape()
                || grad.device() != self.device()
                || grad.dtype() != self.dtype())
        {
            return Err(Error::runtime(format!(
                "assigned grad has data of a different size or type: a {} of shape {} on {} where a {} of shape {} on {} belongs",
                grad.dtype(),
                crate::layout::show(grad.shape()),
                grad.device(),
                self.dtype(),
                crate::layout::show(self.shape()),
                self.device()
            )));
        }
        *self.0.grad.borrow_mut() = grad;
        Ok(())
    }

    /// Keeps the gradient of a tensor that is no leaf: `.retain_grad()`.
    pub fn retain_grad(&self) -> Result<()> {
        if !self.requires_grad() {
            return Err(Error::runtime("can't retain_grad on Tensor that has requires_grad=False"));
        }
        if let Some(node) = self.0.node.borrow().as_ref() {
            node.retain(self);
            self.0.retains_grad.set(true);
        }
        Ok(())
    }

    /// Whether `.retain_grad()` was called on it.
    pub fn retains_grad(&self) -> bool {
        self.0.retains_grad.get()
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
        self.0.node.borrow().clone()
    }

    /// Starts to read the values, row-major, as they are at this point of the program. On the GPU a copy is recorded
    /// and comes back after the next [`Engine::flush`].
    pub fn read(&self) -> Result<Read> {
        self.0.storage.read(self.layout(), &self.0.engine)
    }

    /// The values, if they are on this side: at once for a CPU tensor; for a GPU tensor once a read of this version
    /// came back. Otherwise the read to wait for, after which this call succeeds.
    pub fn host(&self) -> Result<Rc<Array>, HostError> {
        self.0.storage.host(self).map_err(|read| match read {
            Ok(read) => HostError::Wait(read),
            Err(error) => HostError::Failed(error),
        })
    }

    /// The values, waiting for them. Natively only: a browser cannot wait.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn values(&self) -> Result<Rc<Array>> {
        let read = self.read()?;
        self.0.engine.wait(&read)
    }
}

/// Why values are not on this side.
pub enum HostError {
    /// They are on their way: wait for this read, then ask again.
    Wait(Read),
    /// They cannot be read.
    Failed(Error),
}

impl std::fmt::Debug for Tensor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tensor#{}({:?}, {}, {})", self.id(), self.shape(), self.dtype(), self.device())
    }
}
