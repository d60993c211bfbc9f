//! Changes in place, with PyTorch's rules for leaves and versions.

use std::rc::Rc;

use crate::device::cpu;
use crate::op::{Meta, Operator};
use crate::plan::GpuArg;
use crate::storage::Buffer;
use crate::{Arg, Error, Layout, Record, Result, Scalar, Tensor, Trace, layout, ops};

impl Tensor {
    /// `self += other`.
    pub fn add_(&self, other: impl Into<Arg>) -> Result<()> {
        self.in_place("add_", Rc::new(ops::Add), &[other.into()])
    }

    /// `self -= other`.
    pub fn sub_(&self, other: impl Into<Arg>) -> Result<()> {
        self.in_place("sub_", Rc::new(ops::Sub), &[other.into()])
    }

    /// `self *= other`.
    pub fn mul_(&self, other: impl Into<Arg>) -> Result<()> {
        self.in_place("mul_", Rc::new(ops::Mul), &[other.into()])
    }

    /// `self /= other`.
    pub fn div_(&self, other: impl Into<Arg>) -> Result<()> {
        self.in_place("div_", Rc::new(ops::Div), &[other.into()])
    }

    /// Fills with zeros.
    pub fn zero_(&self) -> Result<()> {
        self.fill("zero_", Scalar::Float(0.0))
    }

    /// Fills with a number.
    pub fn fill_(&self, value: Scalar) -> Result<()> {
        self.fill("fill_", value)
    }

    fn fill(&self, name: &'static str, value: Scalar) -> Result<()> {
        self.in_place(name, Rc::new(ops::Fill), &[Arg::Scalar(value)])
    }

    /// Copies `source` into this tensor, broadcast and converted: `copy_`, `x[...] = source`.
    pub fn copy_(&self, source: impl Into<Arg>) -> Result<()> {
        let source = match source.into() {
            Arg::Tensor(t) => Arg::Tensor(ops::to_device(&ops::cast(&t, self.dtype())?, self.device())?),
            number => number,
        };
        self.in_place("copy_", Rc::new(ops::Fill), &[source])
    }

    /// `self = op(self, args…)` in place.
    ///
    /// A leaf that asks for a gradient is refused while operations are recorded; so is a result of another shape, or of
    /// a dtype that does not fit.
    pub fn in_place(&self, name: &'static str, op: Rc<dyn Operator>, args: &[Arg]) -> Result<()> {
        self.change(name, op, args).map_err(|e| e.in_op(name))
    }

    fn change(&self, name: &'static str, op: Rc<dyn Operator>, args: &[Arg]) -> Result<()> {
        let engine = self.engine();
        let tracked = engine.grad_enabled()
            && (self.requires_grad() || args.iter().any(|a| a.tensor().is_some_and(Tensor::requires_grad)));
        if tracked && self.is_leaf() && self.requires_grad() {
            return Err(Error::runtime(
                "a leaf Variable that requires grad is being used in an in-place operation.",
            )
            .help("put the update under torch.no_grad(), or compute a new tensor"));
        }
        if tracked && !self.covers_storage() {
            return Err(Error::unsupported("a recorded change in place of a view is not supported")
                .help("compute a new tensor, or put the change under torch.no_grad()"));
        }
        let mut all = vec![Arg::Tensor(self.snapshot())];
        all.extend_from_slice(args);
        let traced = engine.set_trace(Trace::Off);
        let out = engine.apply(op, &all);
        engine.set_trace(traced);
        let out = out?;
        if out.shape() != self.shape() {
            return Err(Error::runtime(format!(
                "output with shape {} doesn't match the broadcast shape {}",
                layout::show(self.shape()),
                layout::show(out.shape())
            )));
        }
        if out.dtype() > self.dtype() && !(out.dtype().is_float() && self.dtype().is_float()) {
            return Err(Error::runtime(format!(
                "result type {} can't be cast to the desired output type {}",
                out.dtype().scalar_name(),
                self.dtype().scalar_name()
            )));
        }
        let out = ops::cast(&out, self.dtype())?;
        self.overwrite(&out)?;
        if let Some(node) = out.node() {
            node.rename(name);
            self.0.id.set(node.id());
            *self.0.node.borrow_mut() = Some(node);
        }
        if engine.trace() != Trace::Off {
            engine.log(match out.node() {
                Some(node) => Record::made(engine, self, name, node.op().formula(&all), &all, true),
                None => Record::changed(engine, self, name, &all),
            });
        }
        Ok(())
    }

    /// Whether this tensor is the whole of its storage, row-major.
    fn covers_storage(&self) -> bool {
        let whole = match self.0.storage.buffer() {
            Buffer::Cpu(array) => array.len(),
            Buffer::Gpu(buffer) => buffer.elements(),
        };
        self.layout().is_contiguous()
            && self.layout().offset == 0
            && (self.count() == whole || self.count() == 0)
    }

    /// Writes the values of `source`, of the same shape, dtype and device, into the storage.
    fn overwrite(&self, source: &Tensor) -> Result<()> {
        let storage = &self.0.storage;
        if self.covers_storage() && source.covers_storage() {
            storage.replace(source.0.storage.buffer());
            return Ok(());
        }
        match source.0.storage.buffer() {
            Buffer::Cpu(values) => {
                storage.modify(|array| cpu::scatter(&values, source.layout(), array, self.layout()))
            }
            Buffer::Gpu(values) => {
                let Buffer::Gpu(mut target) = storage.buffer() else { return Ok(()) };
                let gpu = self.engine().gpu()?;
                // Snapshots may share the buffer: they keep the old one. Two holders are this storage and `target`.
                if Rc::strong_count(&target) > 2 {
                    let whole = Layout::contiguous(&[target.elements()]);
                    let copy = gpu.allocate(target.elements())?;
                    let meta = Meta { shape: whole.shape.clone(), dtype: self.dtype() };
                    gpu.pointwise(
                        "x0",
                        &[(GpuArg::Tensor(self.dtype(), whole.clone()), Some(&target))],
                        &meta,
                        &copy,
                        &whole,
                    )?;
                    target = Rc::new(copy);
                }
                let meta = Meta { shape: self.shape().to_vec(), dtype: self.dtype() };
                let arg = GpuArg::Tensor(self.dtype(), source.layout().clone());
                gpu.pointwise("x0", &[(arg, Some(&values))], &meta, &target, self.layout())?;
                storage.replace(Buffer::Gpu(target));
            }
        }
        Ok(())
    }
}
