//! Indices that do not lie in their dimension. Only the GPU sees those that it computed, so it notes them, and whoever reads
//! values next is told.

use std::cell::Cell;
use std::rc::Rc;

use super::pool::Slab;
use super::{Gpu, GpuBuffer};
use crate::planner::{Walk, words};
use crate::{Error, Layout, Result};

/// Bytes of the note; see `shaders/check.wgsl`.
pub(super) const NOTE_BYTES: u64 = 16;

/// The note, and what is to be done with it.
#[derive(Default)]
pub(super) struct Watch {
    slab: Option<Rc<Slab>>,
    /// Something was checked since it was last read.
    pub due: Cell<bool>,
    /// What it says was told.
    pub told: Cell<bool>,
}

impl Watch {
    /// The note, if it is to be read with the values that travel now.
    pub fn due(&self) -> Option<&Rc<Slab>> {
        self.slab.as_ref().filter(|_| self.due.get())
    }

    /// Before a submit: what was told is not told again.
    pub fn renew(&self, queue: &wgpu::Queue) {
        if let (true, Some(slab)) = (self.told.take(), &self.slab) {
            queue.write_buffer(&slab.raw, 0, &[0; NOTE_BYTES as usize]);
        }
    }

    fn slab(&mut self, device: &wgpu::Device) -> Rc<Slab> {
        let create = || {
            let usage =
                wgpu::BufferUsages::STORAGE | wgpu::BufferUsages::COPY_SRC | wgpu::BufferUsages::COPY_DST;
            let raw = device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("indices outside"),
                size: NOTE_BYTES,
                usage,
                mapped_at_creation: false,
            });
            // The numbers of the pool begin at 1.
            Rc::new(Slab { id: 0, raw, bytes: NOTE_BYTES, batch: Cell::new(0), copy_due: Cell::new(false) })
        };
        self.slab.get_or_insert_with(create).clone()
    }
}

/// What the note says, if it says something.
pub(super) fn outside(note: &[u32]) -> Option<Error> {
    match note {
        [count, index, dim, size] if *count > 0 => Some(
            Error::index(format!(
                "index {} is out of bounds for dimension {dim} with size {size}",
                index.cast_signed()
            ))
            .help("an earlier operation on the GPU was given it; device='cpu' refuses it at once"),
        ),
        _ => None,
    }
}

impl Gpu {
    /// Notes an index outside of a dimension of this size: an error for whoever reads next.
    pub fn check_places(&self, index: &GpuBuffer, layout: &Layout, dim: usize, size: usize) -> Result<()> {
        if layout.count() == 0 {
            return Ok(());
        }
        let note = self.0.watch.borrow_mut().slab(&self.0.device);
        let walk = Walk::new(&[layout], 4);
        let mut params = words([layout.count(), layout.offset, size, dim])?;
        params.extend(words(walk.words.iter().copied())?);
        let source = || {
            let text = gradloom_shaders::source("check").unwrap_or_default();
            let defines = [("WALK", walk.coordinates("i")), ("PLACE", walk.place(0))];
            Ok(gradloom_shaders::assemble(text, &defines))
        };
        let groups = layout.count().div_ceil(64) as u64;
        self.dispatch(&format!("check {}", walk.rank()), source, &[&index.slab], &note, &params, groups)?;
        self.0.watch.borrow().due.set(true);
        Ok(())
    }

    /// What an earlier program left is not told to the next.
    pub(crate) fn forget(&self) {
        self.flush();
        let watch = self.0.watch.borrow();
        watch.due.set(false);
        watch.told.set(true);
    }
}
