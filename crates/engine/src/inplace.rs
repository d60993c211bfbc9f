//! Changes in place, with PyTorch's rules for leaves and versions.

use std::rc::Rc;

use crate::autograd::Node;
use crate::device::cpu;
use crate::op::{Meta, Operator};
use crate::plan::GpuArg;
use crate::storage::{Buffer, Storage};
use crate::tensor::View;
use crate::{Arg, Error, Layout, Record, Result, Scalar, Tensor, Trace, ViewOrigin, layout, ops};

/// What a node computes of these arguments.
fn formula(node: &Node, args: &[Arg]) -> &'static str {
    node.op().map_or("", |op| op.formula(args))
}

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
        self.put(name, Arg::Scalar(value))
    }

    /// Copies `source` into this tensor, broadcast and converted: `copy_`, `x[...] = source`.
    pub fn copy_(&self, source: impl Into<Arg>) -> Result<()> {
        let source = match source.into() {
            Arg::Tensor(t) => Arg::Tensor(ops::to_device(&ops::cast(&t, self.dtype())?, self.device())?),
            number => number,
        };
        self.put("copy_", source)
    }

    /// `self.data = source`: takes the values of a tensor of the same shape, with its dtype and on its device. The tensor
    /// remains the one that an optimizer knows; views of it follow.
    pub fn set_data(&self, source: &Tensor) -> Result<()> {
        if source.shape() != self.shape() || *self.layout() != Layout::contiguous(self.shape()) {
            return Err(Error::unsupported(
                "assigning to .data is supported here for a whole tensor of the same shape only",
            ));
        }
        self.storage().adopt(ops::clone(ops::detach(source))?.storage());
        Ok(())
    }

    /// Puts something in the place of all elements, under the name of the function that does so.
    pub fn put(&self, name: &'static str, source: impl Into<Arg>) -> Result<()> {
        self.in_place(name, Rc::new(ops::Fill), &[source.into()])
    }

    /// `self = op(self, args…)` in place.
    ///
    /// While operations are recorded, a change is part of the tape: a tensor stands at the new node from then on. Where
    /// it is a view, so does the tensor that it shows, and all other views of that are taken from it anew. Refused
    /// are then leaves that ask for a gradient and their views. Refused in any case is a result of another shape, or of
    /// a dtype that does not fit.
    pub fn in_place(&self, name: &'static str, op: Rc<dyn Operator>, args: &[Arg]) -> Result<()> {
        self.change(name, op, args).map_err(|e| e.in_op(name))
    }

    fn change(&self, name: &'static str, op: Rc<dyn Operator>, args: &[Arg]) -> Result<()> {
        let engine = self.engine();
        engine.refuse_capture("a change in place");
        let asks = self.requires_grad() || args.iter().any(|a| a.tensor().is_some_and(Tensor::requires_grad));
        let tracked = engine.grad_enabled() && asks && self.dtype().is_float();
        if self.layout().repeats() {
            return Err(Error::runtime(
                "unsupported operation: more than one element of the written-to tensor refers to a single memory location. \
                 Please clone() the tensor before performing the operation.",
            ));
        }
        self.check_change(tracked)?;
        let view = self.0.view.as_ref().filter(|_| tracked);
        // What fills part of a tensor has nothing to do with what was there.
        let fills = view.is_some() && op.doc().name == ops::fill::ENTRY.doc.name;
        let before = if fills { self.snapshot_detached() } else { self.snapshot() };
        before.set_id(self.id());
        let mut all = vec![Arg::Tensor(before)];
        all.extend_from_slice(args);
        let given = args.first().and_then(Arg::tensor).filter(|t| fills && t.shape() == self.shape());
        let out = match given {
            Some(source) => source.clone(),
            None => {
                let traced = engine.set_trace(Trace::Off);
                let out = engine.apply(op, &all);
                engine.set_trace(traced);
                out?
            }
        };
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
        if let Some(view) = view {
            let node = out.node().filter(|_| given.is_none());
            return self.change_base(&view.base, &out, node.map(|node| (node, name, &*all)));
        }
        self.overwrite(&out)?;
        if let Some(node) = out.node() {
            node.rename(name);
            node.moved(self);
            self.set_id(node.id());
            self.set_node(node, 0);
            self.turned();
        }
        if engine.trace() != Trace::Off {
            engine.log(match out.node() {
                Some(node) => Record::made(engine, self, name, formula(&node, &all), &all, true),
                None => Record::changed(engine, self, name, &all),
            });
            if let (None, Some(view)) = (out.node(), &self.0.view) {
                engine.log(Record::changed(engine, &view.base, name, &all));
            }
        }
        Ok(())
    }

    /// Becomes a view of itself: `transpose_` and its like. A recorded one is part of the tape as any change in place; a view
    /// keeps to itself what it does to its shape.
    pub fn reshape_in_place(
        &self,
        name: &'static str,
        view: impl FnOnce(&Tensor) -> Result<Tensor>,
    ) -> Result<()> {
        let engine = self.engine();
        // What has a node turns its gradient, too, while nothing is recorded.
        let tracked = self.requires_grad() && (engine.grad_enabled() || !self.is_leaf());
        self.check_change(tracked)?;
        let before = self.alias();
        before.set_id(self.id());
        if let Some(node) = self.node() {
            before.set_node(node, self.output_nr());
        }
        let traced = engine.set_trace(Trace::Off);
        let enabled = engine.set_grad_enabled(tracked);
        let out = view(&before);
        engine.set_grad_enabled(enabled);
        engine.set_trace(traced);
        let out = out?;
        self.set_layout(out.layout())?;
        self.storage().touch();
        self.renumber();
        if let Some(node) = out.node().filter(|_| !out.is(&before)) {
            node.rename(name);
            node.moved(self);
            self.set_id(node.id());
            self.set_node(node, 0);
            self.turned();
        }
        if traced != Trace::Off {
            let (formula, args) = (out.node().map_or("", |node| formula(&node, &[])), [before.into()]);
            engine.log(Record::made(engine, self, name, formula, &args, tracked));
        }
        Ok(())
    }

    /// Refuses what must not be changed, or not while it is recorded.
    fn check_change(&self, tracked: bool) -> Result<()> {
        if self.is_inference() && !self.engine().inference() {
            return Err(Error::runtime(
                "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a clone to get a normal \
                 tensor before doing inplace update.See https://github.com/pytorch/rfcs/pull/17 for more details.",
            ));
        }
        if !tracked {
            return Ok(());
        }
        let remedy = "put the update under torch.no_grad(), or compute a new tensor";
        if let Some(view) = &self.0.view {
            self.check_origin(view, "is being")?;
            if view.base.is_leaf() && view.base.requires_grad() {
                return Err(Error::runtime(
                    "a view of a leaf Variable that requires grad is being used in an in-place operation.",
                )
                .help(remedy));
            }
        }
        if self.is_leaf() && self.requires_grad() {
            return Err(Error::runtime(
                "a leaf Variable that requires grad is being used in an in-place operation.",
            )
            .help(remedy));
        }
        Ok(())
    }

    /// Refuses to mix a view that was made off the tape, or in a way of its own, with changes on the tape.
    fn check_origin(&self, view: &View, what: &str) -> Result<()> {
        let origin = view.origin.get();
        let made = match origin {
            ViewOrigin::Plain => return Ok(()),
            ViewOrigin::NoGrad => "A view was created in no_grad mode".to_owned(),
            ViewOrigin::Inference => "A view was created in inference_mode mode".to_owned(),
            ViewOrigin::Several | ViewOrigin::Function => match &*self.0.node.borrow() {
                Some((node, i)) => format!("Output {i} of {} is a view", crate::autograd::words(node.name())),
                None => "A view was created in no_grad mode".to_owned(),
            },
        };
        let rest = match origin {
            ViewOrigin::Several => {
                ". This view is the output of a function that returns multiple views. Such functions do not allow the output \
                 views to be modified inplace. You should replace the inplace operation by an out-of-place one."
            }
            ViewOrigin::Function => {
                ". This view was created inside a custom Function (or because an input was returned as-is) and the autograd \
                 logic to handle view+inplace would override the custom backward associated with the custom Function, leading \
                 to incorrect gradients. This behavior is forbidden. You can fix this by cloning the output of the custom \
                 Function."
            }
            ViewOrigin::Inference => " in normal mode.",
            _ => {
                " with grad mode enabled. Given that this use case is ambiguous and error-prone, it is forbidden. You can \
                 clarify your code by moving both the view and the inplace either both inside the no_grad block (if you don't \
                 want the inplace to be tracked) or both outside (if you want the inplace to be tracked)."
            }
        };
        Err(Error::runtime(format!("{made} and {what} modified inplace{rest}")))
    }

    /// Where this view lies in its base.
    fn places(&self, base: &Tensor) -> Result<Layout> {
        if !base.layout().is_contiguous() {
            return Err(Error::unsupported(
                "a recorded change in place of a view of a tensor with gaps is not supported here",
            )
            .help("make that tensor contiguous first, with .clone()"));
        }
        let offset = self.layout().offset.saturating_sub(base.layout().offset);
        Ok(Layout { offset, ..self.layout().clone() })
    }

    /// Records that this view of `base` became `out`: the base stands at a node that puts the one into the other. With
    /// the node that made `out` for this purpose, its name and its arguments.
    fn change_base(
        &self,
        base: &Tensor,
        out: &Tensor,
        made: Option<(Rc<Node>, &'static str, &[Arg])>,
    ) -> Result<()> {
        let engine = self.engine();
        let op: Rc<dyn Operator> = Rc::new(ops::AsStridedScatter { places: self.places(base)? });
        let before = [Arg::Tensor(base.snapshot()), Arg::Tensor(out.clone())];
        self.overwrite(out)?;
        if let Some((node, name, args)) = made {
            node.rename(name);
            node.moved(self);
            if engine.trace() != Trace::Off {
                engine.log(Record::made(engine, out, name, formula(&node, args), args, true));
            }
        }
        base.renumber();
        Node::record(op.clone(), &before, base);
        if let Some(node) = base.node() {
            node.rename("copy_slices");
        }
        base.turned();
        if engine.trace() != Trace::Off {
            engine.log(Record::made(engine, base, "copy_slices", op.doc().formula, &before, true));
        }
        Ok(())
    }

    /// Takes a view from its base anew, if that was changed on the tape since.
    pub(crate) fn catch_up(&self) -> Result<()> {
        let Some(view) = &self.0.view else { return Ok(()) };
        let history = view.base.0.history.get();
        if view.seen.get() == history || !view.base.requires_grad() {
            return Ok(());
        }
        self.check_origin(view, "its base or another view of its base has been")?;
        let places = self.places(&view.base)?;
        view.seen.set(history);
        self.renumber();
        let (op, args) = (ops::AsStrided { places }, [Arg::from(&view.base)]);
        Node::record(Rc::new(op), &args, self);
        let engine = self.engine();
        if engine.trace() != Trace::Off {
            let formula = ops::as_strided::ENTRY.doc.formula;
            engine.log(Record::made(engine, self, "as_strided", formula, &args, true));
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
        copy.set_id(self.id());
        if let Some(node) = self.node() {
            copy.set_node(node, self.output_nr());
        }
        copy
    }

    /// The same storage outside of the tape.
    pub(crate) fn alias(&self) -> Tensor {
        Tensor::wrap(self.engine(), self.0.storage.clone(), self.layout().clone())
    }
}
