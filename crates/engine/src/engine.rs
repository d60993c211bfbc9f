//! The engine: where tensors live, what is switched on, and what has been recorded.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::autograd::Node;
use crate::device::gpu::Gpu;
use crate::op::{Arg, CpuArg, Meta, Operator, Promotion};
use crate::ops::to_device::ToDevice;
use crate::plan::{GpuArg, GpuKernel};
use crate::random::Generator;
use crate::record::{Record, Trace};
use crate::storage::{Buffer, Storage};
use crate::tensor::TensorId;
use crate::{DType, Device, Error, HostError, Layout, Read, Result, Scalar, Site, Tensor, dtype, layout};

/// An engine with its devices. Cloning the handle does not copy it; tensors of two engines do not mix.
#[derive(Clone)]
pub struct Engine(Rc<Inner>);

struct Inner {
    gpu: Option<Gpu>,
    default_device: Cell<Device>,
    grad_enabled: Cell<bool>,
    ids: Cell<TensorId>,
    sequence: Cell<u64>,
    site: RefCell<Site>,
    trace: Cell<Trace>,
    log: RefCell<Vec<Record>>,
    cpu_bytes: Cell<usize>,
    cpu_budget: Cell<usize>,
    generator: RefCell<Generator>,
}

impl Engine {
    /// An engine, with a GPU or without; `seed` starts the default generator.
    pub fn new(gpu: Option<Gpu>, seed: u64) -> Engine {
        Engine(Rc::new(Inner {
            gpu,
            default_device: Cell::new(Device::Cpu),
            grad_enabled: Cell::new(true),
            ids: Cell::new(1),
            sequence: Cell::new(1),
            site: RefCell::default(),
            trace: Cell::new(Trace::Off),
            log: RefCell::default(),
            cpu_bytes: Cell::new(0),
            cpu_budget: Cell::new(1 << 30),
            generator: RefCell::new(Generator::new(seed)),
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

    /// The generator of random numbers, `torch.default_generator`.
    pub fn generator(&self) -> &RefCell<Generator> {
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

    /// The values of a tensor; where they are on their way, an error of the kind [`crate::ErrorKind::Pending`].
    pub fn require(&self, tensor: &Tensor) -> Result<Rc<crate::Array>> {
        match tensor.host() {
            Ok(array) => Ok(array),
            Err(HostError::Failed(error)) => Err(error),
            Err(HostError::Wait(read)) => Err(Error::pending(read)),
        }
    }

    pub(crate) fn trace(&self) -> Trace {
        self.0.trace.get()
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
                format!(
                    "DefaultCPUAllocator: not enough memory: you tried to allocate {bytes} bytes; {} of {} bytes are in use",
                    self.cpu_bytes(),
                    self.0.cpu_budget.get()
                ),
            ));
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
    pub fn wait(&self, read: &Read) -> Result<Rc<crate::Array>> {
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
        let buffer = match device {
            Device::Cpu => {
                self.check_budget(shape, dtype)?;
                Buffer::Cpu(Rc::new(values))
            }
            Device::Gpu => {
                let gpu = self.gpu()?;
                Buffer::Gpu(Rc::new(gpu.upload(&crate::device::gpu::pack(&values)?)?))
            }
        };
        Ok(Tensor::wrap(self, Storage::new(self, dtype, buffer), Layout::contiguous(shape)))
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

    fn note_created(&self, tensor: &Tensor, op: &'static str) {
        self.note(tensor, op, "", &[]);
    }

    /// Tells of a tensor that no recorded operator made.
    pub(crate) fn note(&self, tensor: &Tensor, op: &'static str, formula: &'static str, args: &[Arg]) {
        if self.trace() != Trace::Off {
            self.log(Record::made(self, tensor, op, formula, args, false));
        }
    }

    /// Moves a tensor to another device and records it.
    pub(crate) fn transfer(&self, tensor: &Tensor, device: Device, op: ToDevice) -> Result<Tensor> {
        let values = self.require(tensor)?;
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

    /// Applies an operator: checks devices, promotes dtypes, computes, records.
    pub fn apply(&self, op: Rc<dyn Operator>, args: &[Arg]) -> Result<Tensor> {
        let name = op.doc().name;
        self.apply_unnamed(op, args).map_err(|e| e.in_op(name))
    }

    fn apply_unnamed(&self, op: Rc<dyn Operator>, args: &[Arg]) -> Result<Tensor> {
        let device = common_device(args)?;
        let args = self.promote(&*op, args, device)?;
        let meta = op.infer(&args)?;
        layout::check_shape(&meta.shape)?;
        let viewed = args.first().and_then(Arg::tensor).and_then(|t| Some((t, op.view(t.layout())?)));
        let out = match viewed {
            Some((tensor, layout)) => Tensor::wrap(self, tensor.0.storage.clone(), layout?),
            None => {
                let buffer = self.compute(&*op, &args, &meta, device)?;
                Tensor::wrap(self, Storage::new(self, meta.dtype, buffer), Layout::contiguous(&meta.shape))
            }
        };
        let tracked = self.grad_enabled()
            && op.differentiable()
            && meta.dtype.is_float()
            && args.iter().any(|a| a.tensor().is_some_and(Tensor::requires_grad));
        if tracked {
            Node::record(op.clone(), &args, &out);
        }
        if self.trace() != Trace::Off {
            self.log(Record::made(self, &out, op.doc().name, op.doc().formula, &args, tracked));
        }
        Ok(out)
    }

    /// Runs the kernel. The arguments are promoted and on `device`.
    pub(crate) fn compute(
        &self,
        op: &dyn Operator,
        args: &[Arg],
        meta: &Meta,
        device: Device,
    ) -> Result<Buffer> {
        let dense;
        let args = if op.takes_strides() {
            args
        } else {
            dense = args
                .iter()
                .map(|arg| match arg {
                    Arg::Tensor(t) => self.dense(t).map(Arg::Tensor),
                    number => Ok(number.clone()),
                })
                .collect::<Result<Vec<_>>>()?;
            &dense
        };
        match device {
            Device::Cpu => {
                self.check_budget(&meta.shape, meta.dtype)?;
                let args = args
                    .iter()
                    .map(|arg| match arg {
                        Arg::Tensor(t) => Ok(CpuArg::Tensor(t.0.storage.cpu()?, t.layout().clone())),
                        Arg::Scalar(s) => Ok(CpuArg::Scalar(*s)),
                    })
                    .collect::<Result<Vec<_>>>()?;
                Ok(Buffer::Cpu(Rc::new(op.cpu(&args, meta)?)))
            }
            Device::Gpu => {
                let gpu = self.gpu()?;
                if meta.dtype == DType::F64 {
                    return Err(crate::device::gpu::no_doubles());
                }
                let gpu_args: Vec<GpuArg> = args.iter().map(GpuArg::from).collect();
                let held: Vec<_> = args.iter().map(|a| a.tensor().map(|t| t.0.storage.buffer())).collect();
                let buffers: Vec<_> = held
                    .iter()
                    .map(|b| match b {
                        Some(Buffer::Gpu(buffer)) => Some(&**buffer),
                        _ => None,
                    })
                    .collect();
                let out = gpu.allocate(meta.shape.iter().product())?;
                match op.gpu(&gpu_args, meta)? {
                    GpuKernel::Pointwise(expr) => {
                        let paired: Vec<_> = gpu_args.into_iter().zip(buffers).collect();
                        gpu.pointwise(expr, &paired, meta, &out, &Layout::contiguous(&meta.shape))?;
                    }
                    GpuKernel::Plan(plan) => {
                        let dtypes: Vec<_> = args.iter().map(Arg::dtype).collect();
                        gpu.execute(&plan, &buffers, &dtypes, meta, &out)?;
                    }
                }
                Ok(Buffer::Gpu(Rc::new(out)))
            }
        }
    }

    /// The same values without gaps; the tensor itself where it has none.
    fn dense(&self, tensor: &Tensor) -> Result<Tensor> {
        if tensor.layout().is_contiguous() && tensor.layout().offset == 0 {
            return Ok(tensor.clone());
        }
        let meta = Meta { shape: tensor.shape().to_vec(), dtype: tensor.dtype() };
        let buffer = self.compute(&crate::ops::Clone, &[Arg::from(tensor)], &meta, tensor.device())?;
        Ok(Tensor::wrap(self, Storage::new(self, meta.dtype, buffer), Layout::contiguous(&meta.shape)))
    }

    fn promote(&self, op: &dyn Operator, args: &[Arg], device: Device) -> Result<Vec<Arg>> {
        let promotion = op.promotion();
        let from = match promotion {
            Promotion::None => args.len(),
            Promotion::Select => 1,
            _ => 0,
        };
        let mut common = dtype::promote(args.iter().skip(from).map(|arg| {
            let weight = match arg {
                Arg::Scalar(_) => dtype::Weight::Number,
                Arg::Tensor(t) if t.rank() == 0 => dtype::Weight::Scalar,
                Arg::Tensor(_) => dtype::Weight::Tensor,
            };
            (arg.dtype(), weight)
        }));
        if promotion == Promotion::Float && !common.is_float() {
            common = DType::F32;
        }
        args.iter()
            .enumerate()
            .map(|(i, arg)| match arg {
                Arg::Tensor(t) => {
                    let tensor = if i >= from && t.dtype() != common {
                        crate::ops::cast(t, common)?
                    } else {
                        t.clone()
                    };
                    // A CPU scalar may join GPU tensors; what it holds is known here.
                    if tensor.device() == device {
                        Ok(Arg::Tensor(tensor))
                    } else {
                        crate::ops::to_device(&tensor, device).map(Arg::Tensor)
                    }
                }
                Arg::Scalar(s) if i >= from => {
                    let cast = crate::device::cpu::repeat(*s, 1, common);
                    Ok(Arg::Scalar(cast.scalar(0).unwrap_or(*s)))
                }
                number => Ok(number.clone()),
            })
            .collect()
    }
}

/// The device of all tensors with dimensions; a CPU tensor without any may join GPU tensors, as in PyTorch.
fn common_device(args: &[Arg]) -> Result<Device> {
    let mut device = None;
    let mut loose = None;
    for tensor in args.iter().filter_map(Arg::tensor) {
        if tensor.rank() == 0 && tensor.device() == Device::Cpu {
            loose = Some(Device::Cpu);
            continue;
        }
        match device {
            None => device = Some(tensor.device()),
            Some(held) if held != tensor.device() => {
                return Err(Error::runtime(format!(
                    "Expected all tensors to be on the same device, but found at least two devices, {held} and {}!",
                    tensor.device()
                ))
                .help("move one with .to(device)"));
            }
            Some(_) => {}
        }
    }
    Ok(device.or(loose).unwrap_or(Device::Cpu))
}
