//! What functions of ours get: the engine, the output, and ways to ask for what only the machine can do.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use gradloom_engine::{Array, Engine, Read, Site, Tensor};

use crate::class::Names;
use crate::error::Interrupt;
use crate::files::{Files, Shelf};
use crate::function::{Function, Generator};
use crate::native::{Module, Result, TypeTable};
use crate::value::Value;

/// What the driver of a machine provides.
pub struct Host {
    /// Where tensors live.
    pub engine: Engine,
    /// The program's name, as in tracebacks.
    pub file: String,
    /// Starts the random numbers of a program that sets no seed.
    pub seed: u64,
    /// Seconds since 1970, for `time.time`.
    pub clock: fn() -> f64,
    /// `sys.argv` after the program's name.
    pub args: Vec<String>,
    /// The files that the program can open.
    pub files: Rc<dyn Files>,
}

impl Host {
    /// A host for a program without a name, without files, and without a clock that goes.
    pub fn new(engine: Engine) -> Host {
        Host {
            engine,
            file: String::new(),
            seed: 0,
            clock: || 0.0,
            args: Vec::new(),
            files: Rc::new(Shelf::default()),
        }
    }
}

/// A piece of printed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The text, with its line ends.
    pub text: String,
    /// The line that printed it, from 1.
    pub line: u32,
    /// Whether the text is a figure, as SVG.
    pub figure: bool,
    /// Whether it was printed to `sys.stderr`.
    pub error: bool,
}

thread_local! {
    static ASKED: RefCell<Option<Ask>> = const { RefCell::new(None) };
}

/// What a function of ours needs first.
pub enum Ask {
    /// Values from the device.
    Wait(Read),
    /// A call of a function of the program.
    Call(Call),
    /// The next value of a generator; an exception of that class ends it with [`Value::Unbound`].
    Resume(Rc<Generator>, Option<&'static TypeTable>),
    /// A task to be stepped to its end.
    Task(Box<dyn Task>),
    /// The text of a library to be run.
    Load(&'static Module),
}

impl Ask {
    /// To be returned. It is kept beside the interrupt, so that results stay small.
    pub(crate) fn interrupt(self) -> Interrupt {
        ASKED.set(Some(self));
        Interrupt::Ask
    }

    /// What the last [`Interrupt::Ask`] asks for.
    pub(crate) fn take() -> Option<Ask> {
        ASKED.take()
    }
}

/// A call of a function of the program.
pub struct Call {
    /// The function.
    pub function: Rc<Function>,
    /// Positional arguments.
    pub args: Vec<Value>,
    /// Keyword arguments.
    pub keywords: Vec<(Rc<str>, Value)>,
    /// Exceptions of this class end the call with [`Value::Unbound`] as its result.
    pub catch: Option<&'static TypeTable>,
}

/// How a task stands after a step.
pub enum TaskState {
    /// There is more to do. What the step did may be reported to a driver that follows every step.
    Continue(Option<Rc<dyn Any>>),
    /// Done, with a result.
    Done(Value),
}

/// Work of ours in steps, between which the machine can pause: a backward pass, a sort with a key of the program.
///
/// A step may ask the context like a function of ours: it is then run again, and must not change anything before.
pub trait Task {
    /// The next step.
    fn step(&mut self, cx: &mut Context) -> Result<TaskState>;
    /// Called when the task is given up because of an exception.
    fn abandon(&mut self, _cx: &mut Context) {}
}

/// An answer that was given.
pub(crate) struct Answer {
    /// 0 for one of the machine's, otherwise how deep the [`Context::once`] stands that gave it.
    pub level: u32,
    pub value: Value,
}

/// What functions of ours get.
///
/// Asking (`call`, `next`, `collect`, `host`, `repr` of an object of the program, …) may return an [`Interrupt`], to be
/// passed on with `?`. The machine then does what was asked and runs the function again from its start, where the same
/// question gets its answer at once: the answers are written down in their order. Everything done before the last
/// question is done again, so it must have no effect of its own; wrap what has one in [`Context::once`].
pub struct Context {
    /// Where tensors live.
    pub engine: Engine,
    /// The program's name.
    pub file: Rc<str>,
    /// Seed for random numbers of a program that sets none.
    pub seed: u64,
    /// Seconds since 1970.
    pub clock: fn() -> f64,
    /// `sys.argv` after the program's name.
    pub args: Vec<String>,
    /// The files that the program can open.
    pub files: Rc<dyn Files>,
    /// The line being executed.
    pub line: u32,
    /// Where tensors are made in the eyes of the program, while a library says so.
    pub(crate) place: Option<Site>,
    pub(crate) output: Vec<Printed>,
    pub(crate) printed: usize,
    pub(crate) answers: Vec<Answer>,
    /// How many [`Context::once`] are inside one another.
    level: u32,
    pub(crate) asked: usize,
    pub(crate) charge: u64,
    pub(crate) depth: u32,
    states: Vec<Box<dyn Any>>,
    /// What the libraries define; `None` while one is being loaded.
    pub(crate) libraries: Vec<(&'static str, Option<Rc<Names>>)>,
}

/// How deep values may be nested when they are printed, compared or hashed.
pub(crate) const NESTING: u32 = 200;

impl Context {
    pub(crate) fn new(host: Host) -> Context {
        Context {
            engine: host.engine,
            file: Rc::from(host.file),
            seed: host.seed,
            clock: host.clock,
            args: host.args,
            files: host.files,
            line: 0,
            place: None,
            output: Vec::new(),
            printed: 0,
            answers: Vec::new(),
            level: 0,
            asked: 0,
            charge: 0,
            depth: 0,
            states: Vec::new(),
            libraries: Vec::new(),
        }
    }

    /// Prints. Refused with `MemoryError` after 16 MiB that nobody took.
    pub fn print(&mut self, text: &str) -> Result<()> {
        self.write(text, false)
    }

    /// Prints to `sys.stderr`.
    pub fn print_error(&mut self, text: &str) -> Result<()> {
        self.write(text, true)
    }

    fn write(&mut self, text: &str, error: bool) -> Result<()> {
        const MOST: usize = 16 << 20;
        if self.printed.saturating_add(text.len()) > MOST {
            return Err(crate::error::memory_error("the program printed more than 16 MiB"));
        }
        self.printed += text.len();
        match self.output.last_mut() {
            Some(last) if last.line == self.line && !last.figure && last.error == error => {
                last.text.push_str(text);
            }
            _ => {
                let (text, line) = (text.to_owned(), self.line);
                self.output.push(Printed { text, line, figure: false, error });
            }
        }
        Ok(())
    }

    /// What a module keeps for the program, made at the first call: a generator of random numbers.
    pub fn state<T: Any>(&mut self, make: impl FnOnce(&mut Context) -> T) -> Option<&mut T> {
        if !self.states.iter().any(|s| s.is::<T>()) {
            let made = make(self);
            self.states.push(Box::new(made));
        }
        self.states.iter_mut().find_map(|s| s.downcast_mut())
    }

    /// Counts work against the time slice, one unit about a simple instruction: the elements touched by a long loop.
    pub fn charge(&mut self, units: usize) {
        self.charge = self.charge.saturating_add(units as u64);
    }

    /// The values of a tensor, row-major, on this side; asks for them where they are on the GPU.
    pub fn host(&mut self, tensor: &Tensor) -> Result<Rc<Array>> {
        Ok(tensor.host()?)
    }

    /// The next answer, if it was given at this level: what is asked inside `once` comes before its own value.
    fn answer(&mut self, level: u32) -> Option<Value> {
        let answer = self.answers.get(self.asked).filter(|a| a.level == level).map(|a| a.value.clone());
        self.asked += usize::from(answer.is_some());
        answer
    }

    /// Does something with an effect only once, however often the function is run again.
    pub fn once(&mut self, act: impl FnOnce(&mut Context) -> Result) -> Result {
        let level = self.level + 1;
        if let Some(answer) = self.answer(level) {
            return Ok(answer);
        }
        // What `act` asks is forgotten when it is done: its value stands for all of it.
        let from = self.asked;
        self.level = level;
        let result = act(self);
        self.level = level - 1;
        let value = result?;
        self.answers.truncate(from);
        self.answers.push(Answer { level, value: value.clone() });
        self.asked = self.answers.len();
        Ok(value)
    }

    pub(crate) fn ask(&mut self, ask: impl FnOnce() -> Ask) -> Result {
        match self.answer(0) {
            Some(answer) => Ok(answer),
            None => Err(ask().interrupt()),
        }
    }

    /// What the text of a library defines: `None` before it was run, `Some(None)` while it runs.
    pub(crate) fn library_names(&self, module: &'static Module) -> Option<Option<Rc<Names>>> {
        self.libraries.iter().find(|(n, _)| *n == module.name).map(|(_, names)| names.clone())
    }

    /// Something that the text of a library defines; runs the text first where that was not done yet.
    pub(crate) fn library_member(&mut self, module: &'static Module, name: &str) -> Result<Option<Value>> {
        match self.library_names(module) {
            Some(names) => Ok(names.and_then(|n| n.get(name))),
            None => Err(Ask::Load(module).interrupt()),
        }
    }

    /// A method that a library defines as a function.
    pub(crate) fn library_method(
        &mut self,
        module: &'static Module,
        value: &Value,
        name: &str,
    ) -> Result<Option<Value>> {
        Ok(module.member(self, name)?.map(|function| match function {
            Value::Function(_) | Value::Native(_) => Value::method(value.clone(), function),
            other => other,
        }))
    }

    /// Steps a task to its end.
    pub fn run(&mut self, make: impl FnOnce() -> Box<dyn Task>) -> Result {
        self.ask(|| Ask::Task(make()))
    }
}
