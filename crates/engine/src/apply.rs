//! Applying an operator: devices, dtypes, the kernel, the tape.

use std::rc::Rc;

use crate::autograd::Node;
use crate::device::cpu;
use crate::device::gpu::Gpu;
use crate::op::{Arg, CpuArg, Meta, Operator, Picks, Promotion};
use crate::plan::{GpuArg, GpuKernel};
use crate::storage::{Buffer, Storage};
use crate::{Array, DType, Device, Engine, Error, Layout, Record, Result, Tensor, Trace, dtype, layout};

impl Engine {
    /// Applies an operator: checks devices, promotes dtypes, computes, records.
    pub fn apply(&self, op: Rc<dyn Operator>, args: &[Arg]) -> Result<Tensor> {
        let name = op.doc().name;
        self.apply_unnamed(op, args).map_err(|e| e.in_op(name))
    }

    fn apply_unnamed(&self, op: Rc<dyn Operator>, args: &[Arg]) -> Result<Tensor> {
        let device = common_device(args)?;
        for tensor in args.iter().filter_map(Arg::tensor) {
            tensor.catch_up()?;
        }
        let args = self.promote(&*op, args, device)?;
        let meta = op.infer(&args)?;
        layout::check_shape(&meta.shape)?;
        let out = match self.composed(&*op, &args)? {
            Some(out) => out,
            None => {
                let out = self.result(&*op, &args, &meta, device)?;
                self.captured(&op, &args, &out);
                out
            }
        };
        let tracked = self.grad_enabled()
            && op.differentiable()
            && meta.dtype.is_float()
            && args.iter().any(|a| a.tensor().is_some_and(Tensor::requires_grad));
        if tracked {
            refuse_inference(&*op, &args)?;
            Node::record(op.clone(), &args, &out);
        }
        if self.trace() != Trace::Off {
            let record = Record::made(self, &out, op.doc().name, op.formula(&args), &args, tracked);
            self.log(record.sliding(op.sliding(&args)));
        }
        Ok(out)
    }

    /// The result of an operator with promoted arguments, off the tape.
    pub(crate) fn result(
        &self,
        op: &dyn Operator,
        args: &[Arg],
        meta: &Meta,
        device: Device,
    ) -> Result<Tensor> {
        let viewed = args.first().and_then(Arg::tensor).and_then(|t| Some((t, op.view(t.layout())?)));
        if let Some((tensor, layout)) = viewed {
            return Ok(tensor.view_of(layout?));
        }
        let storage = Storage::new(self, meta.dtype, self.compute(op, args, meta, device)?);
        Ok(Tensor::wrap(self, storage, Layout::contiguous(&meta.shape)))
    }

    /// The result of an operator that others compute; they leave no trace.
    fn composed(&self, op: &dyn Operator, args: &[Arg]) -> Result<Option<Tensor>> {
        let traced = self.set_trace(Trace::Off);
        let out = self.no_grad(|| op.compose(args).transpose());
        self.set_trace(traced);
        out
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
                        Arg::Tensor(t) => {
                            let array = t.0.storage.cpu()?;
                            // A kernel may lay out what was expanded.
                            if t.count() > array.len() {
                                self.check_budget(t.shape(), t.dtype())?;
                            }
                            Ok(CpuArg::Tensor(array, t.layout().clone()))
                        }
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
                if let Some(picks) = op.picks() {
                    check_places(gpu, args, picks)?;
                }
                let out = gpu.allocate(meta.shape.iter().product())?;
                // What is written into the first argument needs no kernel but a copy.
                if let (Some(places), [GpuArg::Tensor(dtype, whole), GpuArg::Tensor(_, part)], [x, y]) =
                    (op.places(), &*gpu_args, &*buffers)
                {
                    let copy = |from: &Layout, buffer: Option<&_>, to: &Layout| {
                        let meta = Meta { shape: from.shape.clone(), dtype: *dtype };
                        let arg = GpuArg::Tensor(*dtype, from.clone());
                        gpu.pointwise("x0", &[(arg, buffer)], &meta, &out, to)
                    };
                    copy(whole, *x, &Layout::contiguous(&meta.shape))?;
                    copy(part, *y, places)?;
                    return Ok(Buffer::Gpu(Rc::new(out)));
                }
                match op.gpu(&gpu_args, meta)? {
                    GpuKernel::Pointwise(expr) => {
                        let paired: Vec<_> = gpu_args.into_iter().zip(buffers).collect();
                        gpu.pointwise(&expr, &paired, meta, &out, &Layout::contiguous(&meta.shape))?;
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
        let mut common = dtype::promote(
            args.iter().skip(from).map(|arg| {
                let weight = match arg {
                    Arg::Scalar(_) => dtype::Weight::Number,
                    Arg::Tensor(t) if t.rank() == 0 => dtype::Weight::Scalar,
                    Arg::Tensor(_) => dtype::Weight::Tensor,
                };
                (arg.dtype(), weight)
            }),
            self.default_dtype(),
        );
        if promotion == Promotion::Float && !common.is_float() {
            common = self.default_dtype();
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

/// Refuses places outside of a dimension: at once where they are known on this side, otherwise when values are read next.
fn check_places(gpu: &Gpu, args: &[Arg], Picks { dim, refusal }: Picks) -> Result<()> {
    let [Arg::Tensor(x), Arg::Tensor(index), ..] = args else { return Ok(()) };
    let size = x.shape().get(dim).copied().unwrap_or(1);
    let known = index.known();
    match (known.as_deref(), index.0.storage.buffer()) {
        (Some(Array::I64(known)), _) => {
            let outside = known.iter().find(|&&at| cpu::places::inside(at, size).is_none());
            outside.map_or(Ok(()), |&at| Err(refusal(at, dim, size)))
        }
        (Some(_), _) => Ok(()),
        (None, Buffer::Gpu(buffer)) => gpu.check_places(&buffer, index.layout(), dim, size),
        (None, Buffer::Cpu(_)) => Ok(()),
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

/// Refuses to keep tensors that were made in inference mode.
fn refuse_inference(op: &dyn Operator, args: &[Arg]) -> Result<()> {
    let kept = |i: &usize| args.get(*i).and_then(Arg::tensor).is_some_and(Tensor::is_inference);
    if !op.keep().args.iter().any(kept) {
        return Ok(());
    }
    Err(Error::runtime(
        "Inference tensors cannot be saved for backward. Please do not use Tensors created in inference mode in computation \
         tracked by autograd. To work around this, you can make a clone to get a normal tensor and use it in autograd, or use \
         `torch.no_grad()` instead of `torch.inference_mode()`.",
    ))
}
