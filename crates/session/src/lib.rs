//! A session drives one program and tells what happens as events.
//!
//! It is told what to do by [`Session::handle`], works in slices by [`Session::advance`], and hands out what happened by
//! [`Session::take_events`]. Whoever owns it (the Web Worker, the command line, a test) decides when to call it again,
//! and how to wait for the GPU.
#![forbid(unsafe_code)]

mod detail;
mod nodes;
mod pace;
mod queue;
mod report;
mod run;
mod source;
mod summary;
mod variables;

use std::rc::Rc;

pub use gradloom_engine::device::gpu::Gpu;
pub use gradloom_python::Files;

use gradloom_python::Shelf;

use gradloom_protocol::{Command, DeviceChoice, DeviceInfo, Event, Message, RunId, Stats};

use run::{Purpose, Run};

/// What the driver does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Call again soon: there is more to do.
    Busy,
    /// Call again when the GPU has got on.
    Waiting,
    /// Nothing to do until a command comes.
    Idle,
}

/// Drives one program at a time.
pub struct Session {
    gpu: Result<Gpu, String>,
    clock: fn() -> f64,
    quiet: bool,
    /// The files of the programs, one run after the other.
    files: Rc<dyn Files>,
    /// The same, where they are the session's own.
    shelf: Rc<Shelf>,
    run: Option<Run>,
    outbox: Vec<Message>,
}

impl Session {
    /// A session on a GPU, or without one for this reason; `clock` gives seconds since 1970.
    pub fn new(gpu: Result<Gpu, String>, clock: fn() -> f64) -> Session {
        let shelf = Rc::new(Shelf::default());
        Session { gpu, clock, quiet: false, files: shelf.clone(), shelf, run: None, outbox: Vec::new() }
    }

    /// Gives later runs these files, instead of those that came by [`Command::File`] and that earlier runs wrote.
    pub fn set_files(&mut self, files: Rc<dyn Files>) {
        self.files = files;
    }

    /// Whether later runs tell only what the program prints and how it ends.
    pub fn set_quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// The GPU.
    pub fn gpu(&self) -> Option<&Gpu> {
        self.gpu.as_ref().ok()
    }

    /// Does what a command says. Commands of another run than the present one are ignored.
    pub fn handle(&mut self, command: Command) {
        match command {
            Command::Load { run, file, source, device, seed } => self.load(run, file, source, device, seed),
            Command::Run { run } => self.with(run, |r| r.go(Purpose::End)),
            Command::Step { run, granularity } => self.with(run, |r| r.step(granularity)),
            Command::RunTo { run, line } => self.with(run, |r| r.go(Purpose::Line(line))),
            Command::Pause { run } => self.with(run, Run::pause),
            Command::Breakpoints { run, lines } => self.with(run, |r| r.set_breakpoints(&lines)),
            Command::Inspect { run, node, rows, cols } => self.with(run, |r| r.inspect(node, rows, cols)),
            Command::File { name, bytes } => self.shelf.put(&name, bytes),
            Command::Stop { run } => {
                if self.run.take_if(|r| r.id() == run).is_some() {
                    self.tell_files(run);
                    self.outbox.push(Message { run, event: Event::Stopped });
                }
            }
        }
    }

    fn with(&mut self, id: RunId, act: impl FnOnce(&mut Run)) {
        if let Some(run) = self.run.as_mut().filter(|r| r.id() == id) {
            act(run);
        }
    }

    fn load(&mut self, id: RunId, file: String, source: String, device: DeviceChoice, seed: Option<u64>) {
        if let Some(old) = self.run.as_ref().map(Run::id) {
            self.tell_files(old);
        }
        // The old program's tensors are released before the new one makes its own.
        self.run = None;
        let device = if self.gpu.is_ok() { device } else { DeviceChoice::Cpu };
        let info = DeviceInfo {
            default: if device == DeviceChoice::Gpu { "cuda" } else { "cpu" }.to_owned(),
            gpu: self.gpu.as_ref().ok().map(Gpu::name),
            reason: self.gpu.as_ref().err().cloned().unwrap_or_default(),
        };
        self.outbox.push(Message { run: id, event: Event::Loaded(info) });
        let seed = seed.unwrap_or_else(|| ((self.clock)() * 1e6) as u64);
        let gpu = self.gpu.as_ref().ok().cloned();
        match Run::new(id, file, source, gpu, device, seed, self.clock, self.files.clone(), self.quiet) {
            Ok(run) => self.run = Some(run),
            Err(diagnostic) => self.outbox.push(Message { run: id, event: Event::Failed(*diagnostic) }),
        }
    }

    /// Works for a time slice of some milliseconds.
    pub fn advance(&mut self) -> Next {
        let Some(run) = &mut self.run else { return Next::Idle };
        let next = run.advance();
        let id = run.id();
        self.outbox.extend(run.take_events().into_iter().map(|event| Message { run: id, event }));
        if next == Next::Idle {
            self.tell_files(id);
        }
        next
    }

    /// Tells what the program wrote: at rest, and not at every line of a file.
    fn tell_files(&mut self, run: RunId) {
        let written = self.shelf.take_written().into_iter();
        self.outbox.extend(written.map(|(name, bytes)| Message { run, event: Event::File { name, bytes } }));
    }

    /// What happened since the last call.
    pub fn take_events(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.outbox)
    }
}

/// The counters of a GPU.
fn stats(gpu: &Gpu) -> Stats {
    let c = gpu.counters();
    Stats {
        dispatches: c.dispatches,
        submits: c.submits,
        buffers: c.buffers_created,
        bind_groups: c.bind_groups_created,
        pipelines: c.pipelines_created,
        bytes: c.live_bytes,
        reads: c.reads,
    }
}
