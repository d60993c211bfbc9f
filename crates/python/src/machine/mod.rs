//! The machine: an explicit stack, and a reason for every pause.

mod build;
mod call;
mod frame;
mod inspect;
mod invoke;
mod library;
mod run;
mod slow;
mod unwind;

use std::any::Any;
use std::rc::Rc;

use gradloom_engine::{Read, Site};

use crate::code::Program;
use crate::context::{Context, Host, Printed, TaskState};
use crate::error::Interrupt;
use crate::knots::Knots;
use crate::traceback::Failure;
use crate::value::Value;

pub use frame::{Frame, Loop};
pub use inspect::Binding;

pub(crate) use frame::ClassBody;
use frame::{Entry, Returns, TaskEntry};

/// How much to do before the next pause.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// Instructions, or work of ours counted like them.
    pub instructions: u64,
}

/// Why the machine paused.
pub enum Pause {
    /// It is about to execute this line, see [`Machine::trace_lines`] and [`Machine::set_breakpoints`].
    Line(u32),
    /// It needs values from the device: resume when they are here.
    Wait(Vec<Read>),
    /// The budget is used up.
    Slice,
    /// A task did a step and reports it; only with [`Machine::trace_lines`].
    Task(Rc<dyn Any>),
    /// The program came to its end.
    Done,
    /// An exception that nobody handled.
    Error(Failure),
}

/// A program being executed.
pub struct Machine {
    /// What functions of ours get.
    pub cx: Context,
    program: Rc<Program>,
    /// The libraries that were loaded; their variables come after the program's.
    libraries: Vec<Rc<Program>>,
    globals: Vec<Value>,
    /// The line that bound each global last.
    global_lines: Vec<u32>,
    /// What a global name means where it is not bound.
    builtins: Vec<Value>,
    entries: Vec<Entry>,
    stack: Vec<Value>,
    trace: bool,
    /// For each line whether to pause there.
    breakpoints: Vec<bool>,
    watch: bool,
    /// Instructions of the program so far that may have made something.
    step: u64,
    /// Last, so that they are cut when all else is gone.
    knots: Knots,
}

impl Machine {
    /// A program, ready to run. A program that is not correct Python, or that uses what the dialect does not have, is
    /// refused before it starts.
    #[allow(clippy::result_large_err, reason = "made once for a program")]
    pub fn new(source: &str, host: Host) -> Result<Machine, Failure> {
        let program = Rc::new(crate::syntax::compile(source, &host.file)?);
        let mut globals = vec![Value::Unbound; program.globals.len()];
        let builtins =
            program.globals.iter().map(|name| crate::builtins::find(name).unwrap_or_default()).collect();
        if let Some(name) = program.globals.iter().position(|n| &**n == "__name__")
            && let Some(slot) = globals.get_mut(name)
        {
            *slot = Value::str("__main__");
        }
        let frame = Frame::new(program.code.clone(), 0, 0, Returns::Push);
        Ok(Machine {
            cx: Context::new(host),
            global_lines: vec![0; globals.len()],
            globals,
            builtins,
            entries: vec![Entry::Frame(Box::new(frame))],
            stack: vec![Value::Unbound; program.code.locals.len()],
            trace: false,
            breakpoints: Vec::new(),
            watch: false,
            step: 0,
            knots: Knots::default(),
            program,
            libraries: Vec::new(),
        })
    }

    /// Whether to pause at every line, and after every step of a task.
    pub fn trace_lines(&mut self, on: bool) {
        self.trace = on;
        self.watch = on || self.breakpoints.iter().any(|&b| b);
    }

    /// Lines, from 1, at which to pause.
    pub fn set_breakpoints(&mut self, lines: &[u32]) {
        self.breakpoints = vec![false; self.program.lines.len() + 1];
        for &line in lines {
            if let Some(stop) = self.breakpoints.get_mut(line as usize) {
                *stop = true;
            }
        }
        self.watch = self.trace || self.breakpoints.iter().any(|&b| b);
    }

    /// What was printed since the last call.
    pub fn take_output(&mut self) -> Vec<Printed> {
        self.cx.printed = 0;
        std::mem::take(&mut self.cx.output)
    }

    /// Goes on until there is a reason to pause.
    pub fn resume(&mut self, budget: Budget) -> Pause {
        let mut fuel = budget.instructions.max(1);
        self.knots.swap();
        let pause = loop {
            let paused = match self.entries.pop() {
                None => break Pause::Done,
                Some(Entry::Frame(frame)) => self.run_frame(frame, &mut fuel),
                Some(Entry::Task(task)) => self.step_task(task, &mut fuel),
            };
            if let Some(pause) = paused {
                break pause;
            }
        };
        self.knots.swap();
        pause
    }

    fn step_task(&mut self, mut entry: TaskEntry, fuel: &mut u64) -> Option<Pause> {
        if *fuel == 0 {
            self.entries.push(Entry::Task(entry));
            return Some(Pause::Slice);
        }
        self.cx.answers = std::mem::take(&mut entry.answers);
        self.cx.asked = 0;
        let result = entry.task.step(&mut self.cx);
        *fuel = fuel.saturating_sub(1 + std::mem::take(&mut self.cx.charge));
        let answers = std::mem::take(&mut self.cx.answers);
        match result {
            Ok(TaskState::Continue(report)) => {
                self.entries.push(Entry::Task(entry));
                report.filter(|_| self.trace).map(Pause::Task)
            }
            Ok(TaskState::Done(value)) => {
                self.answer(value);
                None
            }
            Err(Interrupt::Ask) => {
                entry.answers = answers;
                self.entries.push(Entry::Task(entry));
                self.begin()
            }
            Err(Interrupt::Raise(exception)) => {
                entry.task.abandon(&mut self.cx);
                self.unwind(exception)
            }
        }
    }

    /// Gives the answer to what the topmost frame or task asked.
    fn answer(&mut self, value: Value) {
        if let Some(entry) = self.entries.last_mut() {
            entry.answer(value);
        }
    }

    /// Tells the engine where the next tensors are made.
    fn set_site(&mut self, frame: &mut Frame) {
        let span = frame.place(frame.pc);
        self.step += u64::from(!frame.code.is_library());
        self.cx.line = span.line;
        match &self.cx.place {
            Some(place) if frame.code.is_library() => return self.cx.engine.set_site(place.clone()),
            _ => self.cx.place = None,
        }
        self.cx.engine.set_site(Site {
            start: span.start,
            end: span.end,
            line: span.line,
            step: self.step,
            stack: frame.call_site(),
        });
    }
}
