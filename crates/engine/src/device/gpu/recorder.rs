//! What is recorded but not handed over: one command encoder with one compute pass open in it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use crate::{Error, ErrorKind, Result};

use super::pipelines::Pipelines;
use super::pool::Slab;
use super::readback::Target;
use super::{GpuRead, Inner};

/// Bytes of a kernel's parameters: 64 words.
pub(super) const PARAM_BYTES: u64 = 256;

/// Parameters in one buffer of them.
const PARAMS_A_CHUNK: usize = 256;

/// How many such buffers before they are used anew.
const MOST_CHUNKS: usize = 64;

/// Kernels in one submit, so that what is recorded does not grow without end.
const MOST_DISPATCHES: usize = 256;

/// Bind groups that are kept while they are in use, and as many again that were.
const MOST_BIND_GROUPS: usize = 4096;

/// The recorder with what it finds again: pipelines, parameters, bind groups.
pub(super) struct Recorder {
    /// The number of the batch that is being recorded, from 1.
    pub batch: u64,
    pub dispatches: u64,
    pub submits: u64,
    pass: Option<wgpu::ComputePass<'static>>,
    encoder: Option<wgpu::CommandEncoder>,
    recorded: usize,
    pipeline: Option<usize>,
    most_groups: u64,
    pipelines: Pipelines,
    params: Params,
    bindings: Bindings,
    copies: Vec<Copy>,
}

/// A copy to this side that waits: it is recorded before its source is written again, at the latest with the submit, so
/// that reads do not tear the pass apart.
struct Copy {
    from: Rc<Slab>,
    offset: u64,
    bytes: u64,
    to: Target,
}

impl Recorder {
    pub fn new(device: &wgpu::Device) -> Recorder {
        Recorder {
            batch: 1,
            dispatches: 0,
            submits: 0,
            pass: None,
            encoder: None,
            recorded: 0,
            pipeline: None,
            most_groups: u64::from(device.limits().max_compute_workgroups_per_dimension),
            pipelines: Pipelines::default(),
            params: Params::default(),
            bindings: Bindings::default(),
            copies: Vec::new(),
        }
    }

    pub fn pipelines_created(&self) -> u64 {
        self.pipelines.count()
    }

    pub fn bind_groups_created(&self) -> u64 {
        self.bindings.created
    }

    pub fn buffers_created(&self) -> u64 {
        self.params.chunks.len() as u64
    }

    /// Records one kernel. Says whether it is time to hand over.
    #[expect(clippy::too_many_arguments, reason = "what a dispatch consists of")]
    pub fn dispatch(
        &mut self,
        device: &wgpu::Device,
        key: &str,
        source: impl FnOnce() -> Result<String>,
        inputs: &[&Rc<Slab>],
        output: &Rc<Slab>,
        params: &[u32],
        groups: u64,
    ) -> Result<bool> {
        if groups == 0 {
            return Ok(false);
        }
        // More groups than fit one dimension lie in rows; see `linear_group` in the shaders.
        let rows = groups.div_ceil(self.most_groups);
        let columns = groups.div_ceil(rows);
        let too_many =
            || Error::new(ErrorKind::Memory, "more elements than one kernel can reach on this GPU");
        let (Ok(x), Ok(y)) = (u32::try_from(columns), u32::try_from(rows)) else { return Err(too_many()) };
        if rows > self.most_groups {
            return Err(too_many());
        }

        let pipeline = self.pipelines.find(device, key, inputs.len(), source)?;
        let (chunk, offset) = self.params.place(device, params)?;
        if output.copy_due.get() {
            self.record_copies(device);
        }
        let Recorder { pipelines, params, bindings, pass, encoder, .. } = self;
        let buffers = || inputs.iter().copied().chain([output]);
        let group = bindings.find(chunk, buffers().map(|slab| slab.id), || {
            let uniform = wgpu::BindingResource::Buffer(wgpu::BufferBinding {
                buffer: &params.chunks[chunk].raw,
                offset: 0,
                size: std::num::NonZeroU64::new(PARAM_BYTES),
            });
            let resources = buffers().map(|slab| slab.raw.as_entire_binding()).chain([uniform]);
            let entries: Vec<wgpu::BindGroupEntry<'_>> = resources
                .enumerate()
                .map(|(at, resource)| wgpu::BindGroupEntry { binding: at as u32, resource })
                .collect();
            let (layout, _) = pipelines.layouts(device, inputs.len());
            device.create_bind_group(&wgpu::BindGroupDescriptor { label: None, layout, entries: &entries })
        });
        let pass = pass.get_or_insert_with(|| {
            let encoder = encoder.get_or_insert_with(|| device.create_command_encoder(&Default::default()));
            self.pipeline = None;
            encoder.begin_compute_pass(&Default::default()).forget_lifetime()
        });
        if self.pipeline != Some(pipeline) {
            if let Some(compiled) = pipelines.get(pipeline) {
                pass.set_pipeline(compiled);
            }
            self.pipeline = Some(pipeline);
        }
        pass.set_bind_group(0, group, &[offset]);
        pass.dispatch_workgroups(x, y, 1);
        for slab in buffers() {
            slab.batch.set(self.batch);
        }
        self.dispatches += 1;
        self.recorded += 1;
        Ok(self.recorded >= MOST_DISPATCHES)
    }

    /// Notes a copy of a stretch of a buffer.
    pub fn copy_out(&mut self, from: &Rc<Slab>, offset: u64, read: &GpuRead, bytes: u64) {
        if let Some(to) = read.target() {
            self.copy_to(from, offset, to, bytes);
        }
    }

    pub fn copy_to(&mut self, from: &Rc<Slab>, offset: u64, to: Target, bytes: u64) {
        from.batch.set(self.batch);
        from.copy_due.set(true);
        self.copies.push(Copy { from: from.clone(), offset, bytes, to });
    }

    fn record_copies(&mut self, device: &wgpu::Device) {
        if self.copies.is_empty() {
            return;
        }
        self.pass = None;
        let encoder = self.encoder.get_or_insert_with(|| device.create_command_encoder(&Default::default()));
        for copy in self.copies.drain(..) {
            copy.from.copy_due.set(false);
            let Target { chunk, offset } = &copy.to;
            encoder.copy_buffer_to_buffer(&copy.from.raw, copy.offset, &chunk.raw, *offset, copy.bytes);
        }
    }

    /// Hands over what is recorded; forgets what refers to the buffers in `released`.
    pub fn submit(&mut self, inner: &Inner, released: &[Rc<Slab>]) {
        self.record_copies(&inner.device);
        self.pass = None;
        if let Some(encoder) = self.encoder.take() {
            self.params.write(&inner.queue);
            inner.queue.submit([encoder.finish()]);
            inner.signals.submit_began();
            let signals = inner.signals.clone();
            inner.queue.on_submitted_work_done(move || signals.submit_ended());
            self.submits += 1;
            self.batch += 1;
            self.recorded = 0;
            self.params.renew();
        }
        self.bindings.forget(released);
    }
}

/// The parameters of all kernels, in uniform buffers. The same parameters are stored once, so that a loop that repeats
/// itself writes nothing.
#[derive(Default)]
struct Params {
    chunks: Vec<ParamChunk>,
    places: HashMap<Box<[u32]>, usize>,
    used: usize,
}

struct ParamChunk {
    raw: wgpu::Buffer,
    words: Vec<u32>,
    /// Words that the GPU does not have yet.
    fresh: std::ops::Range<usize>,
}

impl Params {
    const WORDS: usize = PARAM_BYTES as usize / 4;

    /// The chunk and the offset in it, in bytes, where these words lie.
    fn place(&mut self, device: &wgpu::Device, words: &[u32]) -> Result<(usize, u32)> {
        if words.len() > Self::WORDS {
            return Err(Error::runtime("a kernel takes at most 64 words of parameters"));
        }
        let at = match self.places.get(words) {
            Some(&at) => at,
            None => {
                let at = self.used;
                self.used += 1;
                if at / PARAMS_A_CHUNK == self.chunks.len() {
                    self.chunks.push(ParamChunk {
                        raw: device.create_buffer(&wgpu::BufferDescriptor {
                            label: Some("parameters"),
                            size: PARAM_BYTES * PARAMS_A_CHUNK as u64,
                            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                            mapped_at_creation: false,
                        }),
                        words: vec![0; Self::WORDS * PARAMS_A_CHUNK],
                        fresh: 0..0,
                    });
                }
                let chunk = &mut self.chunks[at / PARAMS_A_CHUNK];
                let start = at % PARAMS_A_CHUNK * Self::WORDS;
                chunk.words[start..start + words.len()].copy_from_slice(words);
                // Places are taken in order, so that what is fresh is one stretch.
                let first = if chunk.fresh.is_empty() { start } else { chunk.fresh.start };
                chunk.fresh = first..start + Self::WORDS;
                self.places.insert(words.into(), at);
                at
            }
        };
        Ok((at / PARAMS_A_CHUNK, (at % PARAMS_A_CHUNK) as u32 * PARAM_BYTES as u32))
    }

    fn write(&mut self, queue: &wgpu::Queue) {
        for chunk in &mut self.chunks {
            if !chunk.fresh.is_empty() {
                let fresh = std::mem::take(&mut chunk.fresh);
                queue.write_buffer(
                    &chunk.raw,
                    fresh.start as u64 * 4,
                    bytemuck::cast_slice(&chunk.words[fresh]),
                );
            }
        }
    }

    /// Starts over once there are too many. Only right after a submit, when nothing recorded needs the old ones.
    fn renew(&mut self) {
        if self.used >= PARAMS_A_CHUNK * MOST_CHUNKS {
            self.places.clear();
            self.used = 0;
        }
    }
}

/// Bind groups by their buffers. Those that were not used for long go: what is found among the old becomes young
/// again, and when there are too many young ones, they become the old.
#[derive(Default)]
struct Bindings {
    young: HashMap<Box<[u64]>, wgpu::BindGroup>,
    old: HashMap<Box<[u64]>, wgpu::BindGroup>,
    created: u64,
}

impl Bindings {
    fn find(
        &mut self,
        chunk: usize,
        buffers: impl Iterator<Item = u64>,
        create: impl FnOnce() -> wgpu::BindGroup,
    ) -> &wgpu::BindGroup {
        let key: Box<[u64]> = [chunk as u64].into_iter().chain(buffers).collect();
        if self.young.len() >= MOST_BIND_GROUPS && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        match self.young.entry(key) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => {
                let group = self.old.remove(place.key()).unwrap_or_else(|| {
                    self.created += 1;
                    create()
                });
                place.insert(group)
            }
        }
    }

    fn forget(&mut self, released: &[Rc<Slab>]) {
        if released.is_empty() {
            return;
        }
        let ids: std::collections::HashSet<u64> = released.iter().map(|slab| slab.id).collect();
        // The first number is that of the parameters' buffer.
        let stays = |key: &[u64]| !key.iter().skip(1).any(|id| ids.contains(id));
        self.young.retain(|key, _| stays(key));
        self.old.retain(|key, _| stays(key));
    }
}
