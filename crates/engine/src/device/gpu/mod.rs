//! The GPU: the only place that names it.
//!
//! An element takes one word of 4 bytes whatever its dtype: `float32` as it is, `int64` as a 32-bit integer, `bool` as
//! 0 or 1; `float64` does not come here. Work is *recorded* into one command encoder and handed over in one submit, at
//! the points where somebody needs a number. What a program that repeats itself needs, it needs once: pipelines,
//! bind groups, parameters and buffers are kept and found again.
//!
//! Handles belong to one thread. Every refusal is a value: sizes are checked before the browser is asked, and what the
//! driver reports afterwards is returned by the next call.

mod pipelines;
mod pointwise;
mod pool;
mod readback;
mod recorder;
mod request;
mod signals;
mod trial;
mod watch;
mod words;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::plan::{GpuArg, GpuPlan, Slot};
use crate::{DType, Error, Layout, Meta, Result};

use pool::{Pool, Slab};
use readback::Readback;
use recorder::Recorder;
use signals::Signals;
use trial::Trial;
use watch::Watch;

pub use readback::GpuRead;
pub use words::{no_doubles, pack, unpack};

/// The GPU. Clones are the same one.
#[derive(Clone)]
pub struct Gpu(Rc<Inner>);

struct Inner {
    name: String,
    software: bool,
    device: wgpu::Device,
    queue: wgpu::Queue,
    signals: Arc<Signals>,
    pool: RefCell<Pool>,
    recorder: RefCell<Recorder>,
    readback: RefCell<Readback>,
    watch: RefCell<Watch>,
    trial: Trial,
}

impl Drop for Inner {
    /// A browser would keep the memory until its garbage is collected.
    fn drop(&mut self) {
        self.device.destroy();
    }
}

/// Elements on the GPU. When it is dropped, its memory is taken by whoever comes next: all work is recorded into one
/// queue, so that later work cannot overtake what still reads it.
pub struct GpuBuffer {
    gpu: Gpu,
    slab: Rc<Slab>,
    elements: usize,
}

impl GpuBuffer {
    /// How many elements were asked for.
    pub fn elements(&self) -> usize {
        self.elements
    }
}

impl Drop for GpuBuffer {
    fn drop(&mut self) {
        self.gpu.0.pool.borrow_mut().give(&self.slab);
    }
}

/// What was done so far. In a loop that repeats itself the numbers of things created stand still after the first few
/// rounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Kernels recorded.
    pub dispatches: u64,
    /// Times that recorded work was handed over.
    pub submits: u64,
    /// Read-backs begun.
    pub reads: u64,
    /// Buffers created, those for parameters and read-backs among them.
    pub buffers_created: u64,
    /// Bind groups created.
    pub bind_groups_created: u64,
    /// Pipelines compiled.
    pub pipelines_created: u64,
    /// Bytes of the buffers in use.
    pub live_bytes: u64,
    /// Buffers in use.
    pub live_buffers: u64,
}

impl Gpu {
    /// What the device calls itself.
    pub fn name(&self) -> String {
        self.0.name.clone()
    }

    /// Whether it is a program that plays a GPU on the CPU.
    pub fn is_software(&self) -> bool {
        self.0.software
    }

    /// How many bytes may be in use at once; 2 GiB unless it is changed.
    pub fn set_budget(&self, bytes: u64) {
        self.0.pool.borrow_mut().budget = bytes;
    }

    /// A buffer with undefined contents. More than the device or the budget allows is refused beforehand.
    pub fn allocate(&self, elements: usize) -> Result<GpuBuffer> {
        self.check()?;
        self.scratch(elements)
    }

    fn scratch(&self, elements: usize) -> Result<GpuBuffer> {
        let slab = self.0.pool.borrow_mut().take(&self.0.device, elements, None)?;
        Ok(GpuBuffer { gpu: self.clone(), slab, elements })
    }

    /// A buffer with these words.
    pub fn upload(&self, words: &[u32]) -> Result<GpuBuffer> {
        self.check()?;
        // The write happens before what is recorded, so the memory must be such as no recorded work touches.
        let batch = self.0.recorder.borrow().batch;
        let slab = self.0.pool.borrow_mut().take(&self.0.device, words.len(), Some(batch))?;
        if !words.is_empty() {
            self.0.queue.write_buffer(&slab.raw, 0, bytemuck::cast_slice(words));
        }
        Ok(GpuBuffer { gpu: self.clone(), slab, elements: words.len() })
    }

    /// Evaluates a WGSL expression in `x0`, `x1`, … for every element of `out_layout` and stores it there, converted
    /// to the dtype of `out`. Arguments broadcast to the shape of `out_layout`, which may be a strided view of
    /// `out_buffer`; `i` is the row-major number of the element. An argument may lie in `out_buffer` itself: it is read
    /// before anything is written.
    pub fn pointwise(
        &self,
        expr: &str,
        args: &[(GpuArg, Option<&GpuBuffer>)],
        out: &Meta,
        out_buffer: &GpuBuffer,
        out_layout: &Layout,
    ) -> Result<()> {
        self.check()?;
        if out_layout.count() == 0 {
            return Ok(());
        }
        // An argument that lies in the result is read from there if it is the same element at the same place.
        let apart = |arg: &GpuArg| match arg {
            GpuArg::Tensor(dtype, layout) => {
                let spread = layout.broadcast(&out_layout.shape);
                *dtype != out.dtype || spread.is_ok_and(|layout| !same_places(&layout, out_layout))
            }
            GpuArg::Scalar(_) => false,
        };
        let overlaps = args
            .iter()
            .any(|(arg, buffer)| buffer.is_some_and(|b| b.slab.id == out_buffer.slab.id) && apart(arg));
        if overlaps {
            let dense = Layout::contiguous(&out_layout.shape);
            let aside = self.allocate(dense.count())?;
            self.pointwise(expr, args, out, &aside, &dense)?;
            let arg = (GpuArg::Tensor(out.dtype, dense), Some(&aside));
            return self.pointwise("x0", &[arg], out, out_buffer, out_layout);
        }
        let layouts: Vec<(&GpuArg, Option<u64>)> =
            args.iter().map(|(arg, buffer)| (arg, buffer.map(|b| b.slab.id))).collect();
        let kernel = pointwise::Kernel::new(&layouts, out.dtype, out_buffer.slab.id, out_layout)?;
        let mut inputs = Vec::with_capacity(args.len());
        for &at in &kernel.inputs {
            inputs.push(
                args.get(at).and_then(|(_, buffer)| *buffer).map(|b| &b.slab).ok_or_else(missing_buffer)?,
            );
        }
        let groups = (out_layout.count().div_ceil(64)) as u64;
        self.dispatch(
            &kernel.key(expr),
            || kernel.source(expr),
            &inputs,
            &out_buffer.slab,
            &kernel.params,
            groups,
        )
    }

    /// Runs the kernels of a plan.
    pub fn execute(
        &self,
        plan: &GpuPlan,
        args: &[Option<&GpuBuffer>],
        arg_dtypes: &[DType],
        out: &Meta,
        out_buffer: &GpuBuffer,
    ) -> Result<()> {
        self.check()?;
        if out.dtype == DType::F64
            || args.iter().zip(arg_dtypes).any(|(a, d)| a.is_some() && *d == DType::F64)
        {
            return Err(no_doubles());
        }
        let temporaries = plan.temporaries.iter().map(|&n| self.allocate(n)).collect::<Result<Vec<_>>>()?;
        for dispatch in &plan.dispatches {
            let find = |slot: Slot| match slot {
                Slot::Arg(at) => args.get(at).copied().flatten().ok_or_else(missing_buffer),
                Slot::Out => Ok(out_buffer),
                Slot::Temp(at) => temporaries.get(at).ok_or_else(missing_buffer),
            };
            let output = find(dispatch.output)?;
            let inputs = dispatch.inputs.iter().map(|&slot| find(slot)).collect::<Result<Vec<_>>>()?;
            if inputs.iter().any(|input| input.slab.id == output.slab.id) {
                return Err(Error::runtime(format!(
                    "the kernel {} would overwrite what it reads",
                    dispatch.shader
                )));
            }
            self.0.trial.note(dispatch, &inputs, output);
            self.run(dispatch, self.0.trial.rival_wins(), &inputs, output)?;
        }
        Ok(())
    }

    /// Records the copy of a stretch of a buffer to this side, as it is at this point. It travels with the next
    /// [`Gpu::flush`].
    pub fn read(&self, buffer: &GpuBuffer, offset: usize, elements: usize) -> Result<GpuRead> {
        self.check()?;
        if offset.checked_add(elements).is_none_or(|end| end > buffer.elements) {
            return Err(Error::index(format!(
                "elements {offset} to {} of a buffer of {} cannot be read",
                offset.saturating_add(elements),
                buffer.elements
            )));
        }
        let read = self.0.readback.borrow_mut().begin(self, elements)?;
        if elements > 0 {
            self.0.recorder.borrow_mut().copy_out(
                &buffer.slab,
                offset as u64 * 4,
                &read,
                elements as u64 * 4,
            );
        }
        Ok(read)
    }

    /// Hands over what is recorded, in one submit, and asks for the read-backs among it.
    pub fn flush(&self) {
        let inner = &self.0;
        let released = inner.pool.borrow_mut().take_condemned();
        let watch = inner.watch.borrow();
        watch.renew(&inner.queue);
        if let Some(note) = watch.due() {
            for target in inner.readback.borrow().notes() {
                inner.recorder.borrow_mut().copy_to(note, 0, target, watch::NOTE_BYTES);
                watch.due.set(false);
            }
        }
        inner.recorder.borrow_mut().submit(inner, &released);
        self.collect();
        inner.readback.borrow_mut().ask(&inner.signals);
        // Only now nothing recorded refers to them any more.
        for slab in released {
            slab.raw.destroy();
        }
    }

    /// Lets a native driver deliver what is done; a browser does so by itself.
    pub fn poll(&self) {
        if let Err(error) = self.0.device.poll(wgpu::PollType::Poll) {
            self.0.signals.lose(error.to_string());
        }
    }

    /// Blocks until everything handed over is done and read-backs are there. Natively only: a browser cannot wait.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn wait(&self) {
        if let Err(error) = self.0.device.poll(wgpu::PollType::wait_indefinitely()) {
            self.0.signals.lose(error.to_string());
        }
    }

    /// How many submits are not done yet, so that a driver can hold back.
    pub fn busy(&self) -> usize {
        self.0.signals.submits()
    }

    /// Resolves when the next submit or read-back completes; at once if none is on its way.
    pub async fn settled(&self) {
        let start = self.0.signals.events();
        std::future::poll_fn(|context| {
            if !cfg!(target_arch = "wasm32") {
                self.poll();
            }
            let signals = &self.0.signals;
            signals.watch(context.waker());
            if signals.events() != start || signals.idle() {
                return std::task::Poll::Ready(());
            }
            if !cfg!(target_arch = "wasm32") {
                // Nobody else polls a native device: come again.
                std::thread::yield_now();
                context.waker().wake_by_ref();
            }
            std::task::Poll::Pending
        })
        .await;
    }

    /// What was done so far.
    pub fn counters(&self) -> Counters {
        let (pool, recorder) = (self.0.pool.borrow(), self.0.recorder.borrow());
        let readback = self.0.readback.borrow();
        Counters {
            dispatches: recorder.dispatches,
            submits: recorder.submits,
            reads: readback.reads,
            buffers_created: pool.created + recorder.buffers_created() + readback.created,
            bind_groups_created: recorder.bind_groups_created(),
            pipelines_created: recorder.pipelines_created(),
            live_bytes: pool.live_bytes,
            live_buffers: pool.live_buffers,
        }
    }

    /// Hands out the values that have come.
    fn collect(&self) {
        if self.0.readback.borrow_mut().collect(&self.0.signals) {
            self.0.watch.borrow().told.set(true);
        }
    }

    /// What went wrong since the last call.
    fn check(&self) -> Result<()> {
        self.0.signals.check()
    }

    fn dispatch(
        &self,
        key: &str,
        source: impl FnOnce() -> Result<String>,
        inputs: &[&Rc<Slab>],
        output: &Rc<Slab>,
        params: &[u32],
        groups: u64,
    ) -> Result<()> {
        let full = self.0.recorder.borrow_mut().dispatch(
            &self.0.device,
            key,
            source,
            inputs,
            output,
            params,
            groups,
        )?;
        if full {
            self.flush();
        }
        Ok(())
    }
}

/// Whether two layouts of one shape put every element at the same place.
fn same_places(a: &Layout, b: &Layout) -> bool {
    a.offset == b.offset && (0..a.rank()).all(|dim| a.shape[dim] == 1 || a.strides[dim] == b.strides[dim])
}

fn missing_buffer() -> Error {
    Error::runtime("expected a tensor on cuda:0, found one on cpu")
}
