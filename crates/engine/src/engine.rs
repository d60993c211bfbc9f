//! The engine: where tensors live, what is switched on, and what has been recorded.

use std::borrow::Cow;
use std::cell::{Cell, RefCell, RefMut};
use std::rc::Rc;

use crate::autograd::Node;
use crate::capture::Capture;
use crate::device::gpu::Gpu;
use crate::op::{Arg, Meta, Operator};
use crate::ops::to_device::ToDevice;
use crate::plan::GpuArg;
use crate::random::Generator;
use crate::record::{Record, Trace};
use crate::storage::{Buffer, Storage};
use crate::tensor::TensorId;
use crate::{DType, Device, Error, Layout, Result, Scalar, Site, Tensor, layout};

/// An engine with its devices. Cloning the handle does not copy it; tensors of two engines do not mix.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    gpu: Option<Gpu>,
    default_device: Cell<Device>,
    default_dtype: Cell<DType>,
    grad_enabled: Cell<bool>,
    inference: Cell<bool>,
    ids: Cell<TensorId>,
    sequence: Cell<u64>,
    site: RefCell<Site>,
    trace: Cell<Trace>,
    quiet: Cell<bool>,
    log: RefCell<Vec<Record>>,
    cpu_bytes: Cell<usize>,
    cpu_budget: Cell<usize>,
    generator: RefCell<Generator>,
    capture: RefCell<Option<Capture>>,
}

impl Engine {
    /// An engine, with a GPU or without; `seed` starts the default generator.
    pub fn new(gpu: Option<Gpu>, seed: u64) -> Engine {
        if let Some(gpu) = &gpu {
            gpu.forget();
        }
        Engine(Rc::new(Inner {
            gpu,
            default_device: Cell::new(Device::Cpu),
            default_dtype: Cell::new(DType::F32),
            grad_enabled: Cell::new(true),
            inference: Cell::new(false),
            ids: Cell::new(1),
            sequence: Cell::new(1),
            site: RefCell::default(),
            trace: Cell::new(Trace::Off),
            quiet: Cell::new(false),
            log: RefCell::default(),
            cpu_bytes: Cell::new(0),
            cpu_budget: Cell::new(1 << 30),
            generator: RefCell::new(Generator::new(seed)),
            capture: RefCell::default(),
        }))
    }

    /// The GPU, or a refusal that says that there is none.
    pub fn gpu(&self) -> Result<&Gpu> {
        self.0.gpu.as_ref().ok_or_else(|| {
            Error::runtime("no WebGPU device is available").help("use device='cpu', or a browser with WebGPU")
        })
    }

    /// Whether there is a GPU: `torch.cuda.is_available()`.
    pub fn has_gpu(&self) -> bool {
        self.0.gpu.is_some()
    }

    /// Where tensors without a named device are made.
    pub fn default_device(&self) -> Device {
        self.0.default_device.get()
    }

    /// Sets where tensors without a named device are made.
    pub fn set_default_device(&self, device: Device) {
        self.0.default_device.set(device);
    }

    /// What a float of Python's becomes in a tensor.
    pub fn default_dtype(&self) -> DType {
        self.0.default_dtype.get()
    }

    /// Sets what a float of Python's becomes in a tensor.
    pub fn set_default_dtype(&self, dtype: DType) {
        self.0.default_dtype.set(dtype);
    }

    /// The generator of random numbers, `torch.default_generator`.
    pub fn generator(&self) -> &RefCell<Generator> {
        self.refuse_capture("random numbers");
        &self.0.generator
    }

    /// Whether operations are recorded on the tape.
    pub fn grad_enabled(&self) -> bool {
        self.0.grad_enabled.get()
    }

    /// Switches recording, and says what it was.
    pub fn set_grad_enabled(&self, on: bool) -> bool {
        self.0.grad_enabled.replace(on)
    }

    /// Whether tensors are made that stay off the tape for good: `torch.inference_mode`.
    pub fn inference(&self) -> bool {
        self.0.inference.get()
    }

    /// Switches inference mode, and says what it was.
    pub fn set_inference(&self, on: bool) -> bool {
        self.0.inference.replace(on)
    }

    /// Runs `body` without recording: `torch.no_grad`.
    pub fn no_grad<T>(&self, body: impl FnOnce() -> T) -> T {
        let before = self.set_grad_enabled(false);
        let result = body();
        self.set_grad_enabled(before);
        result
    }

    /// Where in the program the next tensors are made.
    pub fn set_site(&self, site: Site) {
        *self.0.site.borrow_mut() = site;
    }

    /// Where in the program tensors are being made.
    pub fn site(&self) -> Site {
        self.0.site.borrow().clone()
    }

    /// Bytes held by live tensors on the CPU.
    pub fn cpu_bytes(&self) -> usize {
        self.0.cpu_bytes.get()
    }

    /// Most bytes that tensors on the CPU may hold together; a gibibyte unless set.
    pub fn set_cpu_budget(&self, bytes: usize) {
        self.0.cpu_budget.set(bytes);
    }

    /// How much is written to the log from now on, see [`Engine::take_log`].
    pub fn set_trace(&self, trace: Trace) -> Trace {
        self.0.trace.replace(trace)
    }

    /// What happened since the last call, for whoever draws it.
    pub fn take_log(&self) -> Vec<Record> {
        std::mem::take(&mut self.0.log.borrow_mut())
    }

    /// A loop of the program, at this line, begins another turn.
    pub fn turn(&self, line: u32) {
        if self.trace() != Trace::Off
            && !matches!(self.0.log.borrow().last(), Some(Record::Turn { line: held }) if *held == line)
        {
            self.log(Record::Turn { line });
        }
    }

    pub(crate) fn capture(&self) -> RefMut<'_, Option<Capture>> {
        self.0.capture.borrow_mut()
    }

    /// Whether nothing is told for now, whatever [`Engine::set_trace`] says. Returns what it was.
    pub fn set_quiet(&self, on: bool) -> bool {
        self.0.quiet.replace(on)
    }

    pub(crate) fn trace(&self) -> Trace {
        if self.0.quiet.get() { Trace::Off } else { self.0.trace.get() }
    }

    pub(crate) fn log(&self, record: Record) {
        self.0.log.borrow_mut().push(record);
    }

    pub(crate) fn next_id(&self) -> TensorId {
        self.0.ids.replace(self.0.ids.get() + 1)
    }

    pub(crate) fn next_sequence(&self) -> u64 {
        self.0.sequence.replace(self.0.sequence.get() + 1)
    }

    pub(crate) fn account(&self, bytes: isize) {
        self.0.cpu_bytes.set(self.0.cpu_bytes.get().saturating_add_signed(bytes));
    }

    /// Refuses a CPU tensor of this size before it is made.
    pub fn check_budget(&self, shape: &[usize], dtype: DType) -> Result<()> {
        layout::check_shape(shape)?;
        let bytes = shape.iter().product::<usize>().saturating_mul(dtype.size());
        if self.cpu_bytes().saturating_add(bytes) > self.0.cpu_budget.get() {
            return Err(Error::new(
                crate::ErrorKind::Memory,
                format!("DefaultCPUAllocator: can't allocate memory: you tried to allocate {bytes} bytes."),
            )
            .help(format!(
                "{} of {} bytes are in use",
                self.cpu_bytes(),
                self.0.cpu_budget.get()
            )));
        }
        Ok(())
    }

    /// Hands recorded GPU work over. Reads begun before come back some time after.
    pub fn flush(&self) {
        if let Some(gpu) = &self.0.gpu {
            gpu.flush();
        }
    }

    /// Waits for a read. Natively only: a browser cannot wait.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn wait(&self, read: &crate::Read) -> Result<Rc<crate::Array>> {
        loop {
            if let Some(result) = read.get() {
                return result;
            }
            let gpu = self.gpu()?;
            gpu.flush();
            gpu.wait();
        }
    }

    /// A tensor of these values on a device, row-major. The number of values must be that of the shape.
    pub fn tensor(&self, values: crate::Array, shape: &[usize], device: Device) -> Result<Tensor> {
        let tensor = self.place(values, shape, device)?;
        self.note_created(&tensor, "tensor");
        Ok(tensor)
    }

    /// The same under the name of the function that made the values: `randn`, `zeros`.
    pub fn created(
        &self,
        op: &'static str,
        values: crate::Array,
        shape: &[usize],
        device: Device,
    ) -> Result<Tensor> {
        let tensor = self.place(values, shape, device).map_err(|e| e.in_op(op))?;
        self.note_created(&tensor, op);
        Ok(tensor)
    }

    /// The same without a word of it in the trace: a mask or an index that a composition needs.
    pub fn constant(&self, values: crate::Array, shape: &[usize], device: Device) -> Result<Tensor> {
        self.place(values, shape, device)
    }

    fn place(&self, values: crate::Array, shape: &[usize], device: Device) -> Result<Tensor> {
        layout::check_shape(shape)?;
        let dtype = values.dtype();
        if values.len() != shape.iter().product() {
            return Err(Error::runtime(format!(
                "shape '{}' is invalid for input of size {}",
                layout::show(shape),
                values.len()
            )));
        }
        let storage = match device {
            Device::Cpu => {
                self.check_budget(shape, dtype)?;
                Storage::new(self, dtype, Buffer::Cpu(Rc::new(values)))
            }
            Device::Gpu => {
                let buffer = self.gpu()?.upload(&crate::device::gpu::pack(&values)?)?;
                let storage = Storage::new(self, dtype, Buffer::Gpu(Rc::new(buffer)));
                if !dtype.is_float() {
                    storage.keep(values);
                }
                storage
            }
        };
        Ok(Tensor::wrap(self, storage, Layout::contiguous(shape)))
    }

    /// A tensor of one repeated number: `torch.full`. Refused before it is made where it does not fit.
    pub fn full(
        &self,
        op: &'static str,
        shape: &[usize],
        value: Scalar,
        dtype: DType,
        device: Device,
    ) -> Result<Tensor> {
        layout::check_shape(shape)?;
        let one = crate::device::cpu::repeat(value, 1, dtype);
        let tensor = match device {
            Device::Cpu => {
                self.check_budget(shape, dtype)?;
                self.place(crate::device::cpu::repeat(value, shape.iter().product(), dtype), shape, device)?
            }
            Device::Gpu => {
                let gpu = self.gpu()?;
                let meta = Meta { shape: shape.to_vec(), dtype };
                // The packing refuses what the GPU does not hold.
                crate::device::gpu::pack(&one)?;
                let out = gpu.allocate(shape.iter().product())?;
                let number = GpuArg::Scalar(one.scalar(0).unwrap_or(value));
                gpu.pointwise("x0", &[(number, None)], &meta, &out, &Layout::contiguous(shape))?;
                Tensor::wrap(
                    self,
                    Storage::new(self, dtype, Buffer::Gpu(Rc::new(out))),
                    Layout::contiguous(shape),
                )
            }
        };
        self.note_created(&tensor, op);
        Ok(tensor)
    }

    /// Tells of a tensor that was not told of when it was made: a gradient that the program gets to see.
    pub fn announce(&self, tensor: &Tensor, op: &'static str) {
        self.note_created(tensor, op);
    }

    fn note_created(&self, tensor: &Tensor, op: &'static str) {
        self.note(tensor, op, "", &[]);
    }

    /// Tells of a tensor that no recorded operator made.
    pub fn note(
        &self,
        tensor: &Tensor,
        op: &'static str,
        formula: impl Into<Cow<'static, str>>,
        args: &[Arg],
    ) {
        if self.trace() != Trace::Off {
            self.log(Record::made(self, tensor, op, formula, args, false));
        }
    }

    /// Moves a tensor to another device and records it.
    pub(crate) fn transfer(&self, tensor: &Tensor, device: Device, op: ToDevice) -> Result<Tensor> {
        let values = tensor.host()?;
        let out = self.place((*values).clone(), tensor.shape(), device)?;
        let args = [Arg::from(tensor)];
        let tracked = self.grad_enabled() && tensor.requires_grad();
        let op: Rc<dyn Operator> = Rc::new(op);
        if tracked {
            Node::record(op.clone(), &args, &out);
        }
        if self.trace() != Trace::Off {
            self.log(Record::made(self, &out, "to", "x", &args, tracked));
        }
        Ok(out)
    }
}
