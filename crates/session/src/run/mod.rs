//! One run of one program.

mod tell;

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::{Array, Device, Engine, Made, Read, Record, Trace};
use gradloom_protocol::{
    DeviceChoice, Diagnostic, Event, Granularity, Line, LoopProgress, NodeId, PauseReason, Paused, Point,
    RunId,
};
use gradloom_python::machine::{Budget, Loop, Machine, Pause};
use gradloom_python::{Files, Host};

use crate::Next;
use crate::detail::Passes;
use crate::nodes::Nodes;
use crate::pace::Pace;
use crate::queue::Queue;
use crate::report;
use crate::source::Source;
use crate::summary::summarize;
use crate::variables::Variables;

/// Largest tensor whose values are shown at every node, in elements.
const SHOWN: usize = 1 << 18;
/// What the engine says that it made for a leaf's `.grad`.
const GRADIENT: &str = "grad";
/// Seconds between two reports of progress.
const PROGRESS: f64 = 0.05;
/// Seconds between two reports of the GPU's counters.
const STATS: f64 = 0.5;

/// Until when to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Stand still.
    Rest,
    /// To the first line, after loading.
    Start,
    /// To the end, or to a breakpoint.
    End,
    /// To this line.
    Line(u32),
    /// To the next moment.
    Moment,
    /// To the next line of a function at most so deep.
    Depth(usize),
}

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// Output and the end.
    Quiet,
    /// Every moment.
    Full,
    /// Losses, progress and output.
    Condensed,
}

/// One run.
pub struct Run {
    id: RunId,
    machine: Machine,
    engine: Engine,
    gpu: Option<Gpu>,
    source: Source,
    clock: fn() -> f64,
    purpose: Purpose,
    after_start: Option<Purpose>,
    detail: Detail,
    was_condensed: bool,
    breakpoints: Vec<u32>,
    passes: Passes,
    nodes: Nodes,
    variables: Variables,
    /// Gradients that nothing was computed from so far.
    gradients: HashMap<NodeId, Made>,
    moments: u64,
    queue: Queue,
    losses: VecDeque<(u64, Read)>,
    backwards: u64,
    /// Node of how many nodes of the present backward pass.
    backward: (u32, u32),
    waiting: Vec<Read>,
    /// The records of the present pass while it is condensed.
    pass_log: Vec<Record>,
    pace: Pace,
    progress: Option<LoopProgress>,
    last_progress: f64,
    last_stats: f64,
    over: bool,
}

impl Run {
    /// A run of a program, which goes to its first line. A program that cannot run at all is refused.
    #[expect(clippy::too_many_arguments, reason = "each is one field of the command that loads")]
    pub fn new(
        id: RunId,
        file: String,
        text: String,
        gpu: Option<Gpu>,
        device: DeviceChoice,
        seed: u64,
        clock: fn() -> f64,
        files: Rc<dyn Files>,
        quiet: bool,
    ) -> Result<Run, Box<Diagnostic>> {
        let engine = Engine::new(gpu.clone(), seed);
        engine.set_default_device(if device == DeviceChoice::Gpu { Device::Gpu } else { Device::Cpu });
        let host = Host { file, seed, clock, files, ..Host::new(engine.clone()) };
        let source = Source::new(text);
        let machine = Machine::new(source.text(), host)
            .map_err(|failure| Box::new(report::diagnostic(&failure, &source)))?;
        let mut run = Run {
            id,
            machine,
            engine,
            gpu,
            source,
            clock,
            purpose: Purpose::Start,
            after_start: None,
            detail: if quiet { Detail::Quiet } else { Detail::Full },
            was_condensed: false,
            breakpoints: Vec::new(),
            passes: Passes::default(),
            nodes: Nodes::default(),
            variables: Variables::default(),
            gradients: HashMap::new(),
            moments: 0,
            queue: Queue::default(),
            losses: VecDeque::new(),
            backwards: 0,
            backward: (0, 0),
            waiting: Vec::new(),
            pass_log: Vec::new(),
            pace: Pace::default(),
            progress: None,
            last_progress: 0.0,
            last_stats: 0.0,
            over: false,
        };
        run.set_detail(run.detail);
        Ok(run)
    }

    /// Its number.
    pub fn id(&self) -> RunId {
        self.id
    }

    fn set_detail(&mut self, detail: Detail) {
        self.detail = detail;
        self.machine.trace_lines(detail == Detail::Full);
        self.engine.set_trace(match detail {
            Detail::Quiet => Trace::Off,
            Detail::Full => Trace::Values(SHOWN),
            Detail::Condensed => Trace::Structure,
        });
    }

    /// Goes on, with a purpose.
    pub fn go(&mut self, purpose: Purpose) {
        if self.purpose == Purpose::Start && self.detail == Detail::Full {
            // It still has to come to its first line.
            self.after_start = Some(purpose);
        } else if !self.over {
            self.purpose = purpose;
            if self.was_condensed && matches!(purpose, Purpose::End | Purpose::Line(_)) {
                self.condense();
            }
        }
    }

    /// Goes one step.
    pub fn step(&mut self, granularity: Granularity) {
        let depth = self.machine.depth();
        self.go(match granularity {
            Granularity::Into => Purpose::Moment,
            Granularity::Over => Purpose::Depth(depth),
            Granularity::Out => Purpose::Depth(depth.saturating_sub(1)),
        });
    }

    /// Stands still at once: between two instructions everything is in order.
    pub fn pause(&mut self) {
        if self.purpose != Purpose::Rest && !self.over {
            self.rest(PauseReason::Pause);
        }
    }

    /// Lines to pause before.
    pub fn set_breakpoints(&mut self, lines: &[u32]) {
        self.breakpoints = lines.to_vec();
        self.machine.set_breakpoints(lines);
    }

    /// Tells the values of a tensor with so many rows and columns.
    pub fn inspect(&mut self, node: NodeId, rows: u32, cols: u32) {
        let Some(tensor) = self.nodes.tensor(node) else { return };
        if let Ok(read) = tensor.read() {
            let shape = tensor.shape().to_vec();
            self.queue.push_when(vec![read], move |arrays: &[Rc<Array>]| Event::Value {
                node,
                summary: summarize(&arrays[0], &shape, rows, cols),
                changed: String::new(),
            });
        }
    }

    /// What happened since the last call, as far as its values are here.
    pub fn take_events(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        self.queue.drain(&mut events);
        // Points of the condensed part come after those that still wait in the queue.
        if self.queue.is_empty() {
            let here = self.losses.iter().take_while(|(_, read)| read.get().is_some()).count();
            let points: Vec<Point> =
                self.losses.drain(..here).map(|(step, read)| tell::point(step, &read)).collect();
            if !points.is_empty() {
                events.push(Event::Losses(points));
            }
        }
        events
    }

    /// Works for a time slice.
    pub fn advance(&mut self) -> Next {
        if self.waiting.iter().any(|read| read.get().is_none()) {
            self.engine.flush();
            return Next::Waiting;
        }
        self.waiting.clear();
        if self.purpose == Purpose::Rest {
            return self.settle();
        }
        let in_flight = self.gpu.as_ref().map_or(0, Gpu::busy);
        self.pace.observe(in_flight, (self.clock)());
        if in_flight > 1 {
            return Next::Waiting;
        }
        let end = (self.clock)() + self.pace.slice();
        while self.purpose != Purpose::Rest && self.waiting.is_empty() {
            let pause = self.machine.resume(Budget { instructions: self.pace.instructions() });
            self.absorb();
            self.paused(pause);
            if (self.clock)() >= end {
                break;
            }
        }
        self.engine.flush();
        self.pace.submitted((self.clock)());
        self.tell_progress(false);
        if self.purpose == Purpose::Rest { self.settle() } else { Next::Busy }
    }

    /// Nothing more to run: events may still wait for their values.
    fn settle(&mut self) -> Next {
        if self.queue.is_empty() {
            return Next::Idle;
        }
        self.engine.flush();
        if self.queue.is_ready() { Next::Busy } else { Next::Waiting }
    }

    fn loops(&self) -> Vec<Loop> {
        self.machine.loops().map(|(_, l)| l).collect()
    }

    fn paused(&mut self, pause: Pause) {
        match pause {
            Pause::Slice => {}
            Pause::Line(line) => self.at_line(line),
            Pause::Wait(reads) => {
                self.engine.flush();
                self.waiting = reads;
            }
            Pause::Task(report) => {
                let moment = report::backward(&report, &mut self.queue, &mut self.backward);
                if moment {
                    self.moments += 1;
                    if self.purpose == Purpose::Moment {
                        self.rest(PauseReason::Step);
                    }
                }
            }
            Pause::Done => self.end(Event::Finished),
            // `sys.exit()` and `sys.exit(0)` end a program in order.
            Pause::Error(failure) if failure.status == 0 => self.end(Event::Finished),
            Pause::Error(failure) => {
                let diagnostic = report::diagnostic(&failure, &self.source);
                self.end(Event::Failed(diagnostic));
            }
        }
    }

    fn at_line(&mut self, line: u32) {
        let stops = self.breakpoints.contains(&line);
        self.look_for_loss(line);
        if self.detail == Detail::Condensed && stops {
            self.expand();
        }
        self.tell_variables();
        let free = matches!(self.purpose, Purpose::End | Purpose::Line(_)) && !stops;
        if free && self.detail == Detail::Full && self.passes.too_long(&self.loops(), self.moments) {
            self.condense();
            return;
        }
        if self.detail == Detail::Full {
            self.moments += 1;
            let stack = report::stack(&self.machine);
            self.queue.push(Event::Line(Line { line, stack, pass: self.nodes.pass() }));
        }
        match self.purpose {
            Purpose::Start => self.purpose = self.after_start.take().unwrap_or(Purpose::Rest),
            Purpose::Moment => self.rest(PauseReason::Step),
            Purpose::Depth(most) if self.machine.depth() <= most => self.rest(PauseReason::Step),
            Purpose::Line(wanted) if wanted == line => self.rest(PauseReason::Breakpoint),
            _ if stops => self.rest(PauseReason::Breakpoint),
            _ => {}
        }
    }

    fn condense(&mut self) {
        if self.detail == Detail::Full {
            self.was_condensed = true;
            self.queue.push(Event::Condensed);
            self.pass_log.clear();
            let target = if let Purpose::Line(line) = self.purpose { Some(line) } else { None };
            self.set_detail(Detail::Condensed);
            let by_hand = self.passes.line().filter(|_| self.backwards == 0);
            let lines: Vec<u32> = self.breakpoints.iter().copied().chain(target).chain(by_hand).collect();
            self.machine.set_breakpoints(&lines);
        }
    }

    /// Tells the present pass after all.
    fn expand(&mut self) {
        if self.detail != Detail::Condensed {
            return;
        }
        self.queue_losses();
        self.set_detail(Detail::Full);
        let pass = self.passes.count().saturating_sub(1);
        self.nodes.begin_pass(pass);
        self.queue.push(Event::Pass(pass));
        for record in std::mem::take(&mut self.pass_log) {
            self.tell(record);
        }
        self.tell_variables();
    }

    /// Where a run that was only counted stands: a moment of its own.
    fn arrive(&mut self) {
        if self.detail == Detail::Condensed {
            // A program that is over stands behind its last line.
            let line = Some(self.machine.line()).filter(|line| *line > 0);
            let line = line.unwrap_or_else(|| self.source.last_line());
            self.moments += 1;
            let stack = report::stack(&self.machine);
            self.queue.push(Event::Line(Line { line, stack, pass: self.passes.count().checked_sub(1) }));
        }
        self.expand();
    }

    fn rest(&mut self, reason: PauseReason) {
        self.arrive();
        self.purpose = Purpose::Rest;
        self.tell_variables();
        self.tell_progress(true);
        self.tell_stats();
        self.queue.push(Event::Paused(Paused { reason, line: self.machine.line() }));
    }

    fn end(&mut self, last: Event) {
        self.arrive();
        self.over = true;
        self.purpose = Purpose::Rest;
        self.tell_variables();
        self.tell_progress(true);
        self.tell_stats();
        self.queue.push(last);
    }
}
