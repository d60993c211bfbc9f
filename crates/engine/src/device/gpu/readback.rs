//! Values on their way to this side. Small reads share a buffer, which is mapped as a whole.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::{Error, ErrorKind, Result};

use super::Gpu;
use super::signals::Signals;
use super::watch::{NOTE_BYTES, outside};

/// Bytes of the buffer that small reads share.
const SHARED: u64 = 64 << 10;

/// Bytes of idle buffers that are kept.
const MOST_IDLE: u64 = 64 << 20;

const PENDING: u8 = 0;
const MAPPED: u8 = 1;
const FAILED: u8 = 2;

/// A buffer that can be mapped, with the reads that go through it. Room for a note of indices outside comes first.
pub(super) struct Chunk {
    pub raw: wgpu::Buffer,
    bytes: u64,
    used: Cell<u64>,
    noted: Cell<bool>,
    state: Arc<AtomicU8>,
    parts: RefCell<Vec<Weak<Part>>>,
}

/// Where a read's bytes go.
pub(super) struct Target {
    pub chunk: Rc<Chunk>,
    pub offset: u64,
}

/// Values on their way to this side. Clones are the same read.
#[derive(Clone)]
pub struct GpuRead(Rc<Part>);

struct Part {
    gpu: Gpu,
    bytes: u64,
    offset: u64,
    chunk: RefCell<Weak<Chunk>>,
    faults: u64,
    outcome: RefCell<Outcome>,
}

enum Outcome {
    Waiting,
    There(Result<Vec<u32>>),
    Taken,
}

impl GpuRead {
    /// The words, once they are here; `None` before. They are handed over once; who asks again gets an error.
    pub fn take(&self) -> Option<Result<Vec<u32>>> {
        self.0.gpu.collect();
        let mut outcome = self.0.outcome.borrow_mut();
        match std::mem::replace(&mut *outcome, Outcome::Taken) {
            Outcome::Waiting => {
                *outcome = Outcome::Waiting;
                None
            }
            Outcome::There(result) => Some(result),
            Outcome::Taken => Some(Err(Error::runtime("these values were taken before"))),
        }
    }

    pub(super) fn target(&self) -> Option<Target> {
        let chunk = self.0.chunk.borrow().upgrade()?;
        Some(Target { chunk, offset: self.0.offset })
    }
}

/// All buffers for reads.
pub(super) struct Readback {
    pub reads: u64,
    pub created: u64,
    largest: u64,
    idle: Vec<Rc<Chunk>>,
    /// Copies into these are recorded or due; they are mapped after the next submit.
    open: Vec<Rc<Chunk>>,
    mapping: Vec<Rc<Chunk>>,
}

impl Readback {
    pub fn new(limits: &wgpu::Limits) -> Readback {
        Readback {
            reads: 0,
            created: 0,
            largest: limits.max_buffer_size,
            idle: Vec::new(),
            open: Vec::new(),
            mapping: Vec::new(),
        }
    }

    /// Finds room for a read.
    pub fn begin(&mut self, gpu: &Gpu, elements: usize) -> Result<GpuRead> {
        let bytes = elements as u64 * 4;
        if bytes > self.largest - NOTE_BYTES {
            return Err(Error::new(ErrorKind::Memory, format!("{bytes} bytes are too many to read at once")));
        }
        let mut part = Part {
            gpu: gpu.clone(),
            bytes,
            offset: 0,
            chunk: RefCell::default(),
            faults: gpu.0.signals.faults(),
            outcome: RefCell::new(Outcome::Waiting),
        };
        self.reads += 1;
        if elements == 0 {
            part.outcome = RefCell::new(Outcome::There(Ok(Vec::new())));
            return Ok(GpuRead(Rc::new(part)));
        }
        let room = |chunk: &&Rc<Chunk>| chunk.bytes - chunk.used.get() >= bytes;
        let chunk = match self.open.iter().find(room) {
            Some(chunk) => chunk.clone(),
            None => {
                let chunk = self.chunk(&gpu.0.device, bytes);
                self.open.push(chunk.clone());
                chunk
            }
        };
        part.offset = chunk.used.get();
        part.chunk = RefCell::new(Rc::downgrade(&chunk));
        chunk.used.set(part.offset + bytes);
        let part = Rc::new(part);
        chunk.parts.borrow_mut().push(Rc::downgrade(&part));
        Ok(GpuRead(part))
    }

    fn chunk(&mut self, device: &wgpu::Device, bytes: u64) -> Rc<Chunk> {
        let size = (bytes + NOTE_BYTES).next_power_of_two().max(SHARED).min(self.largest);
        if let Some(at) = self.idle.iter().position(|chunk| chunk.bytes == size) {
            return self.idle.swap_remove(at);
        }
        self.created += 1;
        Rc::new(Chunk {
            raw: device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("read"),
                size,
                usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
                mapped_at_creation: false,
            }),
            bytes: size,
            used: Cell::new(NOTE_BYTES),
            noted: Cell::new(false),
            state: Arc::new(AtomicU8::new(PENDING)),
            parts: RefCell::default(),
        })
    }

    /// Where the note of indices outside goes, with everything that is read now.
    pub fn notes(&self) -> Vec<Target> {
        self.open
            .iter()
            .map(|chunk| {
                chunk.noted.set(true);
                Target { chunk: chunk.clone(), offset: 0 }
            })
            .collect()
    }

    /// After a submit: asks for what was copied.
    pub fn ask(&mut self, signals: &Arc<Signals>) {
        for chunk in self.open.drain(..) {
            let (state, signals) = (chunk.state.clone(), signals.clone());
            signals.map_began();
            chunk.raw.slice(0..chunk.used.get()).map_async(wgpu::MapMode::Read, move |result| {
                state.store(if result.is_ok() { MAPPED } else { FAILED }, Ordering::Release);
                signals.map_ended();
            });
            self.mapping.push(chunk);
        }
    }

    /// Hands out what has come. Whether it told of indices outside.
    pub fn collect(&mut self, signals: &Signals) -> bool {
        let mut told = false;
        if let Some(error) = signals.lost() {
            for chunk in self.open.drain(..).chain(self.mapping.drain(..)) {
                chunk.deliver(|_| Err(error.clone()));
            }
            return told;
        }
        let arrived = |chunk: &mut Rc<Chunk>| chunk.state.load(Ordering::Acquire) != PENDING;
        for chunk in self.mapping.extract_if(.., arrived) {
            if chunk.state.load(Ordering::Acquire) == FAILED {
                chunk.deliver(|part| {
                    let reason = signals.fault_since(part.faults);
                    Err(reason.unwrap_or_else(|| Error::runtime("the GPU did not give the values back")))
                });
                continue;
            }
            match chunk.raw.slice(0..chunk.used.get()).get_mapped_range() {
                Ok(bytes) => {
                    let words = |start: u64, bytes_of: u64| {
                        bytemuck::pod_collect_to_vec(&bytes[start as usize..(start + bytes_of) as usize])
                    };
                    if chunk.noted.take()
                        && let Some(error) = outside(&words(0, NOTE_BYTES))
                    {
                        signals.note(error);
                        told = true;
                    }
                    chunk.deliver(|part| match signals.fault_since(part.faults) {
                        Some(error) => Err(error),
                        None => Ok(words(part.offset, part.bytes)),
                    });
                }
                Err(error) => {
                    chunk.deliver(|_| {
                        Err(Error::runtime(format!("the GPU did not give the values back: {error}")))
                    });
                }
            }
            chunk.raw.unmap();
            chunk.used.set(NOTE_BYTES);
            chunk.state.store(PENDING, Ordering::Release);
            self.idle.push(chunk);
        }
        let mut kept = 0;
        self.idle.retain(|chunk| {
            kept += chunk.bytes;
            let stays = kept <= MOST_IDLE;
            if !stays {
                chunk.raw.destroy();
            }
            stays
        });
        told
    }
}

impl Chunk {
    fn deliver(&self, result: impl Fn(&Part) -> Result<Vec<u32>>) {
        for part in self.parts.take() {
            if let Some(part) = part.upgrade() {
                *part.outcome.borrow_mut() = Outcome::There(result(&part));
            }
        }
    }
}
