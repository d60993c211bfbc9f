//! What is being executed: frames of functions, and tasks.

use std::rc::Rc;

use gradloom_engine::CallSite;

use crate::class::Names;
use crate::code::{Code, Instr, Span};
use crate::context::{Answer, Task};
use crate::error::Exception;
use crate::function::Generator;
use crate::native::TypeTable;
use crate::value::{Value, Variable};

/// What happens with a frame's result.
#[derive(Clone, Copy)]
pub(crate) enum Returns {
    /// It is pushed on the stack of the frame below.
    Push,
    /// It is dropped: a library was loaded.
    Drop,
    /// It answers what the frame or task below asked; so does [`Value::Unbound`] for an exception of that class.
    Answer(Option<&'static TypeTable>),
}

/// A loop being executed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loop {
    /// Its line, from 1.
    pub line: u32,
    /// How many turns have begun.
    pub turns: u64,
    /// How many there will be, where that was known at its start.
    pub total: Option<u64>,
}

/// The body of a class being executed.
pub(crate) struct ClassBody {
    pub names: Names,
    pub bases: Vec<Value>,
    pub keywords: Vec<(Rc<str>, Value)>,
}

/// A function being executed. Its locals and operands are on the machine's stack.
pub struct Frame {
    pub(crate) code: Rc<Code>,
    pub(crate) pc: usize,
    /// Whether it called the function above it itself; then it stands behind its call already.
    pub(crate) waiting: bool,
    /// Where its locals begin on the stack; operands come after them.
    pub(crate) base: usize,
    /// Where the stack ends when it is left.
    pub(crate) floor: usize,
    pub(crate) cells: Vec<Rc<Variable>>,
    /// The line that bound each local last.
    pub(crate) bound: Vec<u32>,
    pub(crate) loops: Vec<Loop>,
    pub(crate) handled: Vec<Rc<Exception>>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) returns: Returns,
    pub(crate) class: Option<Box<ClassBody>>,
    pub(crate) generator: Option<Rc<Generator>>,
    /// The line that called it.
    pub(crate) called: u32,
    /// In a library: the place in the program that it works for.
    pub(crate) origin: Span,
    /// The call stack below it, and with it once that was needed.
    pub(crate) caller: Option<Rc<CallSite>>,
    pub(crate) site: Option<Rc<CallSite>>,
}

impl Frame {
    pub(crate) fn new(code: Rc<Code>, base: usize, floor: usize, returns: Returns) -> Frame {
        let bound = vec![0; code.locals.len()];
        let cells = (0..code.own_cells).map(|_| Variable::new()).collect();
        Frame {
            code,
            pc: 0,
            waiting: false,
            base,
            floor,
            cells,
            bound,
            loops: Vec::new(),
            handled: Vec::new(),
            answers: Vec::new(),
            returns,
            class: None,
            generator: None,
            called: 0,
            origin: Span::default(),
            caller: None,
            site: None,
        }
    }

    /// The instruction being executed.
    pub(crate) fn at(&self) -> usize {
        self.pc.saturating_sub(usize::from(self.waiting))
    }

    /// Whether it waits in `yield from`.
    pub(crate) fn delegates(&self) -> bool {
        let at = |pc: usize| self.code.instrs.get(pc);
        matches!(at(self.pc), Some(Instr::Jump(top)) if matches!(at(*top as usize), Some(Instr::YieldFrom(_))))
    }

    /// Its line.
    pub(crate) fn line(&self) -> u32 {
        self.code.span(self.at()).line
    }

    /// The place in the program that it works for, at an instruction of its own.
    pub(crate) fn place(&self, at: usize) -> Span {
        if self.code.is_library() { self.origin } else { self.code.span(at) }
    }

    /// The call stack with this function on it.
    pub(crate) fn call_site(&mut self) -> Option<Rc<CallSite>> {
        if self.code.is_library() {
            // Of a library only the modules that are called are told, by the names of their classes.
            return self.site.clone().or_else(|| self.caller.clone());
        }
        if self.site.is_none() && self.code.kind != crate::code::Kind::Module {
            self.site = Some(Rc::new(CallSite {
                function: self.code.name.to_string(),
                line: self.called,
                caller: self.caller.clone(),
            }));
        }
        self.site.clone()
    }
}

/// A task being stepped.
pub(crate) struct TaskEntry {
    pub task: Box<dyn Task>,
    pub answers: Vec<Answer>,
}

/// Something being executed.
pub(crate) enum Entry {
    Frame(Box<Frame>),
    Task(TaskEntry),
}

impl Entry {
    pub(crate) fn answer(&mut self, value: Value) {
        let answers = match self {
            Entry::Frame(frame) => &mut frame.answers,
            Entry::Task(task) => &mut task.answers,
        };
        answers.push(Answer { level: 0, value });
    }
}
