//! Entering and leaving functions.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::frame::{Entry, Frame, Returns, TaskEntry};
use super::slow::Entered;
use super::{Machine, Pause};
use crate::call::{CallArgs, missing_message};
use crate::code::{Code, Kind};
use crate::context::{Ask, Call};
use crate::dict::Dict;
use crate::error::{Exception, Interrupt, TYPE_ERROR, recursion_error, type_error, value_error};
use crate::function::{Function, Generator, GeneratorState};
use crate::native::{Result, TypeTable};
use crate::value::{Value, Variable};

/// As many functions may be called inside one another; CPython's limit.
const DEEPEST: usize = 1000;

impl Machine {
    /// Does what a function of ours asked for.
    pub(super) fn begin(&mut self) -> Option<Pause> {
        match Ask::take()? {
            Ask::Wait(read) => Some(Pause::Wait(vec![read])),
            Ask::Task(task) => {
                self.entries.push(Entry::Task(TaskEntry { task, answers: Vec::new() }));
                None
            }
            Ask::Resume(generator, catch) => self.wake(generator, catch),
            Ask::Load(module) => self.load(module),
            Ask::Call(Call { function, args, keywords, catch }) => {
                let (names, named): (Vec<Value>, Vec<Value>) =
                    keywords.into_iter().map(|(n, v)| (Value::Str(n), v)).unzip();
                let floor = self.stack.len();
                let args = CallArgs { positional: &args, names: &names, named: &named };
                let origin = self.origin();
                let caller = self.entries.iter_mut().rev().find_map(|entry| match entry {
                    Entry::Frame(frame) => Some(frame.call_site()),
                    Entry::Task(_) => None,
                });
                match bind(&function, args) {
                    Err(Interrupt::Raise(exception)) => self.unwind(exception),
                    Err(_) => None,
                    Ok(locals) => {
                        self.stack.extend(locals);
                        let caller = caller.flatten();
                        self.enter(Entered {
                            function,
                            base: floor,
                            floor,
                            returns: Returns::Answer(catch),
                            origin,
                            caller,
                        })
                    }
                }
            }
        }
    }

    /// Enters a function whose arguments are bound: its locals are on the stack.
    pub(super) fn enter(&mut self, entered: Entered) -> Option<Pause> {
        let Entered { function, base, floor, returns, origin, caller } = entered;
        let mut frame = Frame::new(function.code.clone(), base, floor, returns);
        frame.cells.extend(function.closure.iter().cloned());
        frame.called = origin.line;
        frame.origin = origin;
        frame.caller = caller;
        if function.code.is_library() && &*function.code.name == "__call__" {
            self.tell_call(&mut frame);
        }
        for &(local, cell) in &function.code.shared_parameters {
            if let (Some(slot), Some(cell)) =
                (self.stack.get_mut(base + local as usize), frame.cells.get(cell as usize))
            {
                cell.line.set(function.code.line);
                drop(cell.value.replace(std::mem::take(slot)));
            }
        }
        let parameters = parameter_count(&function.code);
        for bound in frame.bound.iter_mut().take(parameters) {
            *bound = function.code.line;
        }
        if function.code.kind == Kind::Generator {
            let segment: Vec<Value> = self.stack.drain(base.min(self.stack.len())..).collect();
            self.stack.truncate(floor);
            let generator = Generator {
                name: function.code.qualified.clone(),
                state: RefCell::new(GeneratorState::Waiting(Box::new(frame), segment)),
                sent: RefCell::default(),
                thrown: RefCell::default(),
                started: Cell::new(false),
                result: RefCell::default(),
            };
            self.give(returns, Value::Generator(Rc::new(generator)));
            return None;
        }
        self.push_frame(Box::new(frame))
    }

    pub(super) fn push_frame(&mut self, frame: Box<Frame>) -> Option<Pause> {
        if self.entries.len() >= DEEPEST {
            self.stack.truncate(frame.floor);
            return match recursion_error("") {
                Interrupt::Raise(exception) => self.unwind(exception),
                _ => None,
            };
        }
        self.entries.push(Entry::Frame(frame));
        None
    }

    fn give(&mut self, returns: Returns, value: Value) {
        match returns {
            Returns::Push => self.stack.push(value),
            Returns::Drop => {}
            Returns::Answer(_) => self.answer(value),
        }
    }

    /// Leaves a function with a result.
    #[allow(
        clippy::boxed_local,
        reason = "frames are boxed where they lie; whether one is small depends on the target"
    )]
    pub(super) fn leave(&mut self, frame: Box<Frame>, value: Value) {
        self.stack.truncate(frame.floor);
        if let Returns::Drop = frame.returns {
            self.loaded(frame.code.module);
        }
        if let Some(generator) = &frame.generator {
            generator.state.replace(GeneratorState::Done);
            drop(generator.result.replace(value));
            self.answer(Value::Unbound);
            return;
        }
        if self.entries.is_empty() {
            return; // the module
        }
        self.give(frame.returns, value);
    }

    /// Leaves a generator in the middle.
    pub(super) fn suspend(&mut self, mut frame: Box<Frame>, value: Value) {
        let segment: Vec<Value> = self.stack.drain(frame.base.min(self.stack.len())..).collect();
        self.stack.truncate(frame.floor);
        if let Some(generator) = frame.generator.take() {
            generator.state.replace(GeneratorState::Waiting(frame, segment));
        }
        self.answer(value);
    }

    fn wake(&mut self, generator: Rc<Generator>, catch: Option<&'static TypeTable>) -> Option<Pause> {
        let state = generator.state.replace(GeneratorState::Running);
        match state {
            GeneratorState::Done => {
                generator.state.replace(GeneratorState::Done);
                if let Some(thrown) = generator.thrown.take() {
                    return self.unwind(thrown);
                }
                self.answer(Value::Unbound);
                None
            }
            GeneratorState::Running => match value_error("generator already executing") {
                Interrupt::Raise(exception) => self.unwind(exception),
                _ => None,
            },
            GeneratorState::Waiting(mut frame, segment) => {
                frame.base = self.stack.len();
                frame.floor = self.stack.len();
                frame.returns = Returns::Answer(catch);
                frame.called = self.cx.line;
                frame.origin = self.origin();
                frame.generator = Some(generator.clone());
                self.stack.extend(segment);
                let thrown = generator.thrown.take();
                if generator.started.replace(true) {
                    let sent = generator.sent.take();
                    self.stack.push(if sent.is_bound() { sent } else { Value::None });
                }
                let Some(thrown) = thrown else { return self.push_frame(frame) };
                // A generator that it has delegated to gets the exception first.
                if let (Value::Generator(inner), true) = (self.peek(1), frame.delegates())
                    && !matches!(&*inner.state.borrow(), GeneratorState::Done)
                {
                    drop(inner.thrown.replace(Some(thrown)));
                    return self.push_frame(frame);
                }
                frame.waiting = true;
                if let Some(pause) = self.push_frame(frame) {
                    return Some(pause);
                }
                self.unwind(thrown)
            }
        }
    }
}

/// How many locals are parameters.
pub(super) fn parameter_count(code: &Code) -> usize {
    let p = &code.parameters;
    (p.positional + p.keyword_only) as usize + usize::from(p.rest) + usize::from(p.keywords)
}

/// The locals of a function at its start: its arguments, then as many unbound ones as it has.
pub(super) fn bind(function: &Function, args: CallArgs) -> Result<Vec<Value>> {
    let code = &function.code;
    let p = &code.parameters;
    let positional = p.positional as usize;
    let mut locals = vec![Value::Unbound; code.locals.len()];
    for (slot, value) in locals.iter_mut().zip(args.positional.iter().take(positional)) {
        *slot = value.clone();
    }
    let extra = args.positional.get(positional..).unwrap_or_default();
    let named = positional + p.keyword_only as usize;
    let mut rest = Dict::default();
    for (name, value) in args.names.iter().zip(args.named) {
        let Value::Str(name) = name else { return Err(type_error("keywords must be strings")) };
        let first = p.positional_only as usize;
        let find = |name: &str| code.locals.iter().take(named).skip(first).position(|n| **n == *name);
        let also =
            || if code.module.starts_with("torch") { find(crate::modules::torch_name(name)) } else { None };
        match find(name).or_else(also).map(|i| i + first).and_then(|at| locals.get_mut(at)) {
            Some(slot) if slot.is_bound() => {
                return Err(type_error(format!(
                    "{}() got multiple values for argument '{name}'",
                    code.qualified
                )));
            }
            Some(slot) => *slot = value.clone(),
            None if p.keywords => {
                if rest.get_str(name).is_some() {
                    return Err(type_error(format!(
                        "{}() got multiple values for keyword argument '{name}'",
                        code.qualified
                    )));
                }
                rest.set_str(name, value.clone());
            }
            None => {
                let only: Vec<&str> = code.locals.iter().take(first).map(|n| &**n).collect();
                let wrong: Vec<&str> =
                    args.names.iter().filter_map(Value::as_str).filter(|n| only.contains(n)).collect();
                if !wrong.is_empty() {
                    return Err(type_error(format!(
                        "{}() got some positional-only arguments passed as keyword arguments: '{}'",
                        code.qualified,
                        wrong.join(", ")
                    )));
                }
                return Err(unexpected(code, name, named));
            }
        }
    }
    if !extra.is_empty() && !p.rest {
        return Err(too_many(function, args.positional.len(), &locals));
    }
    let first_default = positional.saturating_sub(function.defaults.len());
    for (slot, default) in locals.iter_mut().take(positional).skip(first_default).zip(&function.defaults) {
        if !slot.is_bound() {
            *slot = default.clone();
        }
    }
    let missing = |range: std::ops::Range<usize>| -> Vec<&str> {
        let unbound = range.filter(|&i| locals.get(i).is_some_and(|v| !v.is_bound()));
        unbound.filter_map(|i| code.locals.get(i).map(|n| &**n)).collect()
    };
    let absent = missing(0..positional);
    if !absent.is_empty() {
        return Err(type_error(missing_message(&code.qualified, &absent, "positional")));
    }
    let keyword_only = locals.iter_mut().skip(positional).take(p.keyword_only as usize);
    for (slot, default) in keyword_only.zip(&function.keyword_defaults) {
        if !slot.is_bound() {
            *slot = default.clone();
        }
    }
    let unbound = (positional..named).filter(|&i| locals.get(i).is_some_and(|v| !v.is_bound()));
    let absent: Vec<&str> = unbound.filter_map(|i| code.locals.get(i).map(|n| &**n)).collect();
    if !absent.is_empty() {
        return Err(type_error(missing_message(&code.qualified, &absent, "keyword-only")));
    }
    let mut next = named;
    if p.rest {
        if let Some(slot) = locals.get_mut(next) {
            *slot = Value::tuple(extra.to_vec());
        }
        next += 1;
    }
    if p.keywords
        && let Some(slot) = locals.get_mut(next)
    {
        *slot = Value::dict(rest);
    }
    Ok(locals)
}

fn unexpected(code: &Code, name: &str, named: usize) -> Interrupt {
    let known = code.locals.iter().take(named).map(|n| &**n);
    let help =
        crate::suggest::nearest(name, known).map(|n| format!("Did you mean: '{n}'?")).unwrap_or_default();
    let message = format!("{}() got an unexpected keyword argument '{name}'", code.qualified);
    Exception::new(&TYPE_ERROR, message).help(help).raise()
}

fn too_many(function: &Function, given: usize, locals: &[Value]) -> Interrupt {
    let code = &function.code;
    let most = code.parameters.positional as usize;
    let least = most.saturating_sub(function.defaults.len());
    let range = if least == most { most.to_string() } else { format!("from {least} to {most}") };
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    let by_keyword =
        locals.iter().skip(most).take(code.parameters.keyword_only as usize).filter(|v| v.is_bound()).count();
    let were = if by_keyword > 0 {
        format!(
            "positional argument{} (and {by_keyword} keyword-only argument{}) were",
            plural(given),
            plural(by_keyword)
        )
    } else if given == 1 {
        "was".to_owned()
    } else {
        "were".to_owned()
    };
    type_error(format!(
        "{}() takes {range} positional argument{} but {given} {were} given",
        code.qualified,
        plural(most)
    ))
}

/// The shared variables of a function that is being made.
pub(super) fn captured(code: &Code, cells: &[Rc<Variable>]) -> Vec<Rc<Variable>> {
    code.captures.iter().map(|&i| cells.get(i as usize).cloned().unwrap_or_default()).collect()
}
