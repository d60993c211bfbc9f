//! What several views share: the values of a tensor on its device.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::device::gpu::{GpuBuffer, GpuRead};
use crate::engine::Engine;
use crate::{Array, DType, Device, Error, Layout, Result, Tensor};

/// The values themselves.
#[derive(Clone)]
pub(crate) enum Buffer {
    /// Shared until somebody writes, so that a snapshot costs nothing.
    Cpu(Rc<Array>),
    /// Four bytes an element, whatever the dtype.
    Gpu(Rc<GpuBuffer>),
}

/// A buffer with the count of its writes. Views share it, so that writing through one shows in all.
pub struct Storage {
    engine: Engine,
    /// No other storage of the engine has or had it.
    number: u64,
    dtype: Cell<DType>,
    buffer: RefCell<Buffer>,
    bytes: Cell<usize>,
    version: Cell<u64>,
    /// Reads of this version from the GPU, by what they show.
    host: RefCell<Vec<(Layout, Read)>>,
}

impl Storage {
    pub(crate) fn new(engine: &Engine, dtype: DType, buffer: Buffer) -> Rc<Storage> {
        let bytes = match &buffer {
            Buffer::Cpu(array) => array.len() * dtype.size(),
            Buffer::Gpu(_) => 0, // the pool counts its own
        };
        engine.account(bytes as isize);
        Rc::new(Storage {
            engine: engine.clone(),
            number: engine.next_sequence(),
            dtype: Cell::new(dtype),
            buffer: RefCell::new(buffer),
            bytes: Cell::new(bytes),
            version: Cell::new(0),
            host: RefCell::default(),
        })
    }

    /// Its number.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// What an element is.
    pub fn dtype(&self) -> DType {
        self.dtype.get()
    }

    /// Where it is.
    pub fn device(&self) -> Device {
        match &*self.buffer.borrow() {
            Buffer::Cpu(_) => Device::Cpu,
            Buffer::Gpu(_) => Device::Gpu,
        }
    }

    /// How often it was written in place.
    pub fn version(&self) -> u64 {
        self.version.get()
    }

    pub(crate) fn buffer(&self) -> Buffer {
        self.buffer.borrow().clone()
    }

    pub(crate) fn cpu(&self) -> Result<Rc<Array>> {
        match &*self.buffer.borrow() {
            Buffer::Cpu(array) => Ok(array.clone()),
            Buffer::Gpu(_) => Err(Error::runtime("expected a tensor on cpu, found one on cuda")),
        }
    }

    /// Puts another buffer of the same size and dtype in the place of the old one: a change in place of everything.
    pub(crate) fn replace(&self, buffer: Buffer) {
        *self.buffer.borrow_mut() = buffer;
        self.touch();
    }

    /// Becomes what another storage is, with its dtype and on its device: a change in place of everything.
    pub(crate) fn adopt(&self, other: &Storage) {
        let bytes = other.bytes.get();
        self.engine.account(bytes as isize - self.bytes.replace(bytes) as isize);
        self.dtype.set(other.dtype());
        self.replace(other.buffer());
    }

    /// Writes CPU values in place.
    pub(crate) fn modify(&self, write: impl FnOnce(&mut Array)) {
        if let Buffer::Cpu(array) = &mut *self.buffer.borrow_mut() {
            write(Rc::make_mut(array));
        }
        self.touch();
    }

    /// Counts a write.
    pub(crate) fn touch(&self) {
        self.version.set(self.version.get() + 1);
        self.host.borrow_mut().clear();
    }

    /// Keeps what was sent to the GPU on this side as well: places and masks are looked at here.
    pub(crate) fn keep(&self, values: Array) {
        const MOST: usize = 1 << 20;
        if values.len() <= MOST {
            let whole = Layout::contiguous(&[values.len()]);
            self.host.borrow_mut().push((whole, Read::ready(Rc::new(values))));
        }
    }

    /// The elements of a layout, if they are on this side.
    pub(crate) fn known(&self, layout: &Layout) -> Option<Rc<Array>> {
        let whole = match self.buffer() {
            Buffer::Cpu(array) => return Some(crate::device::cpu::gather(&array, layout)),
            Buffer::Gpu(buffer) => Layout::contiguous(&[buffer.elements()]),
        };
        let held = |shown: &Layout| finished(self.held(shown)?, shown, layout).ok();
        held(&whole).or_else(|| held(layout))
    }

    fn held(&self, shown: &Layout) -> Option<Read> {
        self.host.borrow().iter().find(|(layout, _)| layout == shown).map(|(_, read)| read.clone())
    }

    pub(crate) fn read(&self, layout: &Layout, engine: &Engine) -> Result<Read> {
        match self.buffer() {
            Buffer::Cpu(array) => Ok(Read::ready(crate::device::cpu::gather(&array, layout))),
            Buffer::Gpu(buffer) => {
                let gpu = engine.gpu()?;
                if layout.count() == 0 {
                    return Ok(Read::ready(Rc::new(crate::device::cpu::zeros(self.dtype(), 0))));
                }
                // The span of storage that the layout touches comes back; strides are undone on this side.
                let last: usize = layout.shape.iter().zip(&layout.strides).map(|(&n, &s)| (n - 1) * s).sum();
                let read = gpu.read(&buffer, layout.offset, last + 1)?;
                let layout = Layout { offset: 0, ..layout.clone() };
                Ok(Read(Rc::new(State {
                    dtype: self.dtype(),
                    layout,
                    source: RefCell::new(Source::Gpu(read)),
                })))
            }
        }
    }

    /// Every read of a version is kept, because whoever asked for several views of it asks for all of them again when
    /// one has come. From so many on the whole storage is read instead.
    pub(crate) fn host(&self, tensor: &Tensor) -> Result<Rc<Array>> {
        const MOST: usize = 64;
        let layout = tensor.layout();
        let whole = match self.buffer() {
            Buffer::Cpu(array) => {
                // An expanded tensor has more elements than its storage.
                if layout.count() > array.len() {
                    self.engine.check_budget(&layout.shape, self.dtype())?;
                }
                return Ok(crate::device::cpu::gather(&array, layout));
            }
            Buffer::Gpu(buffer) => Layout::contiguous(&[buffer.elements()]),
        };
        let (shown, read) = match self.held(&whole) {
            Some(read) => (&whole, read),
            None => {
                let shown = if self.host.borrow().len() < MOST { layout } else { &whole };
                let read = match self.held(layout) {
                    Some(read) => return finished(read, layout, layout),
                    None => self.read(shown, tensor.engine())?,
                };
                self.host.borrow_mut().push((shown.clone(), read.clone()));
                (shown, read)
            }
        };
        finished(read, shown, layout)
    }
}

/// The elements of a layout, from a read that shows them or the whole storage.
fn finished(read: Read, shown: &Layout, layout: &Layout) -> Result<Rc<Array>> {
    match read.get() {
        Some(Ok(array)) if shown == layout => Ok(array),
        Some(Ok(array)) => Ok(crate::device::cpu::gather(&array, layout)),
        Some(Err(error)) => Err(error),
        None => Err(Error::pending(read)),
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        self.engine.account(-(self.bytes.get() as isize));
    }
}

/// Values on their way to this side: a snapshot from when the read was begun.
#[derive(Clone)]
pub struct Read(Rc<State>);

struct State {
    dtype: DType,
    layout: Layout,
    source: RefCell<Source>,
}

enum Source {
    Ready(Rc<Array>),
    Gpu(GpuRead),
    /// Asked for again, it says so again.
    Failed(Error),
}

impl Read {
    /// Values that are here already.
    pub fn ready(array: Rc<Array>) -> Read {
        let layout = Layout::contiguous(&[array.len()]);
        Read(Rc::new(State { dtype: array.dtype(), layout, source: RefCell::new(Source::Ready(array)) }))
    }

    /// The values, row-major, once they are here; `None` before.
    pub fn get(&self) -> Option<Result<Rc<Array>>> {
        let mut source = self.0.source.borrow_mut();
        let words = match &*source {
            Source::Ready(array) => return Some(Ok(array.clone())),
            Source::Gpu(read) => match read.take()? {
                Ok(words) => words,
                Err(error) => {
                    *source = Source::Failed(error.clone());
                    return Some(Err(error));
                }
            },
            Source::Failed(error) => return Some(Err(error.clone())),
        };
        let packed = Rc::new(crate::device::gpu::unpack(&words, self.0.dtype));
        let array = crate::device::cpu::gather(&packed, &self.0.layout);
        *source = Source::Ready(array.clone());
        Some(Ok(array))
    }
}
