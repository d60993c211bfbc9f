//! Buffers by size, kept and handed out again.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::device::cpu::order::ascending;
use crate::{Error, ErrorKind, Result};

/// Smallest buffer, in bytes.
const SMALLEST: u64 = 256;

/// Budget unless somebody sets another.
const BUDGET: u64 = 2 << 30;

/// A buffer of the GPU.
pub(super) struct Slab {
    pub id: u64,
    pub raw: wgpu::Buffer,
    pub bytes: u64,
    /// The last batch of recorded work that touches it.
    pub batch: Cell<u64>,
    /// Whether a copy out of it is due before it may be written.
    pub copy_due: Cell<bool>,
}

/// All buffers that hold tensors.
pub(super) struct Pool {
    pub budget: u64,
    pub live_bytes: u64,
    pub live_buffers: u64,
    pub created: u64,
    largest: u64,
    /// By size, then by number: the lowest comes first, so that a program that repeats itself meets the same buffers at
    /// the same places.
    free: BTreeMap<(u64, u64), Rc<Slab>>,
    free_bytes: u64,
    /// To be destroyed once nothing recorded refers to them.
    condemned: Vec<Rc<Slab>>,
}

impl Pool {
    pub fn new(limits: &wgpu::Limits) -> Pool {
        Pool {
            budget: BUDGET,
            live_bytes: 0,
            live_buffers: 0,
            created: 0,
            largest: limits.max_buffer_size.min(limits.max_storage_buffer_binding_size) / SMALLEST * SMALLEST,
            free: BTreeMap::new(),
            free_bytes: 0,
            condemned: Vec::new(),
        }
    }

    /// A buffer for so many elements; one that batch `untouched` does not touch, if that is asked for.
    pub fn take(
        &mut self,
        device: &wgpu::Device,
        elements: usize,
        untouched: Option<u64>,
    ) -> Result<Rc<Slab>> {
        let wanted = (elements as u64).saturating_mul(4);
        if wanted > self.largest {
            return Err(out_of_memory(
                wanted,
                &format!("This GPU's largest buffer is {}", show(self.largest)),
            ));
        }
        let bytes = size_class(wanted).min(self.largest);
        if self.live_bytes + bytes > self.budget {
            let held =
                format!("Of {} that may be used, {} are in use", show(self.budget), show(self.live_bytes));
            return Err(out_of_memory(wanted, &held));
        }
        let fits = |slab: &&Rc<Slab>| untouched.is_none_or(|batch| slab.batch.get() != batch);
        let found = self.free.range((bytes, 0)..=(bytes, u64::MAX)).map(|(_, slab)| slab).find(fits);
        let held = found.map(|slab| slab.id).and_then(|id| self.free.remove(&(bytes, id)));
        let slab = match held {
            Some(slab) => {
                self.free_bytes -= bytes;
                slab
            }
            None => {
                self.shrink(self.budget.saturating_sub(self.live_bytes + bytes));
                self.created += 1;
                Rc::new(Slab {
                    id: self.created,
                    raw: device.create_buffer(&wgpu::BufferDescriptor {
                        label: None,
                        size: bytes,
                        usage: wgpu::BufferUsages::STORAGE
                            | wgpu::BufferUsages::COPY_SRC
                            | wgpu::BufferUsages::COPY_DST,
                        mapped_at_creation: false,
                    }),
                    bytes,
                    batch: Cell::new(0),
                    copy_due: Cell::new(false),
                })
            }
        };
        self.live_bytes += bytes;
        self.live_buffers += 1;
        Ok(slab)
    }

    pub fn give(&mut self, slab: &Rc<Slab>) {
        self.live_bytes -= slab.bytes;
        self.live_buffers -= 1;
        self.free_bytes += slab.bytes;
        self.free.insert((slab.bytes, slab.id), slab.clone());
        if self.free_bytes > self.budget / 2 {
            self.shrink(self.budget / 4);
        }
    }

    /// Gives up free buffers, the longest unused first, until at most so many bytes are kept.
    fn shrink(&mut self, keep: u64) {
        if self.free_bytes <= keep {
            return;
        }
        let slabs: Vec<Rc<Slab>> = self.free.values().cloned().collect();
        for place in ascending(slabs.iter().map(|slab| slab.batch.get() as i64).collect()) {
            if self.free_bytes <= keep {
                return;
            }
            let Some(slab) = slabs.get(place) else { continue };
            if let Some(slab) = self.free.remove(&(slab.bytes, slab.id)) {
                self.free_bytes -= slab.bytes;
                self.condemned.push(slab);
            }
        }
    }

    pub fn take_condemned(&mut self) -> Vec<Rc<Slab>> {
        std::mem::take(&mut self.condemned)
    }
}

/// Four sizes between one power of two and the next, so that at most a fifth lies idle.
fn size_class(bytes: u64) -> u64 {
    let bytes = bytes.max(SMALLEST);
    let step = (bytes.next_power_of_two() / 8).max(SMALLEST);
    bytes.div_ceil(step) * step
}

fn out_of_memory(wanted: u64, why: &str) -> Error {
    Error::new(ErrorKind::Memory, format!("CUDA out of memory. Tried to allocate {}. {why}.", show(wanted)))
        .help("use smaller tensors, or let go of some")
}

/// Bytes as PyTorch writes them: `20.00 MiB`.
fn show(bytes: u64) -> String {
    let size = bytes as f64;
    match bytes {
        0..=1023 => format!("{bytes} bytes"),
        1024..=1_048_575 => format!("{:.2} KiB", size / 1024.0),
        1_048_576..=1_073_741_823 => format!("{:.2} MiB", size / 1_048_576.0),
        _ => format!("{:.2} GiB", size / 1_073_741_824.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_fall_into_classes() {
        let sizes = [0, 4, 256, 257, 2048, 2049, 40_000, 1 << 20, (1 << 20) + 1];
        let classes = [256, 256, 256, 512, 2048, 2560, 40_960, 1 << 20, (1 << 20) + (1 << 18)];
        assert_eq!(sizes.map(size_class), classes);
    }

    #[test]
    fn bytes_are_written_as_in_pytorch() {
        assert_eq!(show(20 << 20), "20.00 MiB");
        assert_eq!(show(1536), "1.50 KiB");
    }
}
