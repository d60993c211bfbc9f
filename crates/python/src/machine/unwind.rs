//! Where an exception goes.

use std::rc::Rc;

use super::frame::{Entry, Returns, TaskEntry};
use super::{Machine, Pause};
use crate::code::Instr;
use crate::context::{Context, Task, TaskState};
use crate::error::{BASE_EXCEPTION, Exception, ExceptionClass, Interrupt, RUNTIME_ERROR, STOP_ITERATION};
use crate::function::GeneratorState;
use crate::native::Result;
use crate::traceback;
use crate::value::Value;

impl Machine {
    /// Looks for a handler, from the topmost frame down; ends the program where there is none.
    pub(super) fn unwind(&mut self, mut exception: Rc<Exception>) -> Option<Pause> {
        self.set_context(&exception);
        while let Some(entry) = self.entries.pop() {
            let mut frame = match entry {
                Entry::Task(mut entry) => {
                    entry.task.abandon(&mut self.cx);
                    continue;
                }
                Entry::Frame(frame) => frame,
            };
            frame.pc = frame.at();
            frame.waiting = false;
            frame.answers.clear();
            let again = matches!(frame.code.instrs.get(frame.pc), Some(Instr::Reraise | Instr::Raise(0)));
            if !frame.code.is_library() && (!again || exception.trace.borrow().is_empty()) {
                let entry = traceback::Entry::new(&self.program, &frame.code, frame.pc);
                exception.trace.borrow_mut().push(entry);
            }
            let at = frame.pc as u32;
            let handler = frame.code.handlers.iter().find(|h| h.start <= at && at < h.end).copied();
            if let Some(handler) = handler {
                let locals = frame.code.locals.len();
                self.stack.truncate(frame.base + locals + handler.depth as usize);
                frame.loops.truncate(handler.loops as usize);
                frame.handled.truncate(handler.handled as usize);
                frame.pc = handler.target as usize;
                self.stack.push(Value::Exception(exception));
                self.entries.push(Entry::Frame(frame));
                return None;
            }
            self.stack.truncate(frame.floor);
            if let Some(generator) = &frame.generator {
                generator.state.replace(GeneratorState::Done);
                if exception.is(&STOP_ITERATION) {
                    exception = stopped(&exception);
                }
            }
            if let Returns::Answer(Some(class)) = frame.returns
                && exception.is(class)
            {
                exception.trace.borrow_mut().clear();
                self.answer(Value::Unbound);
                return None;
            }
        }
        if silent(&exception).is_some() {
            let task = Box::new(LastWords { exception });
            self.entries.push(Entry::Task(TaskEntry { task, answers: Vec::new() }));
            return None;
        }
        Some(Pause::Error(traceback::Failure::new(&mut self.cx, &self.program, &exception)))
    }

    /// Notes the exception that is being handled while another one is raised.
    fn set_context(&self, exception: &Rc<Exception>) {
        let handled = self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Frame(frame) => frame.handled.last(),
            Entry::Task(_) => None,
        });
        if let Some(handled) = handled
            && !Rc::ptr_eq(handled, exception)
            && !exception.context.borrow().is_bound()
            && !reaches(handled, exception)
        {
            *exception.context.borrow_mut() = Value::Exception(handled.clone());
        }
    }
}

/// Asks the program's own `__str__` what an exception that ends it says, then ends it.
struct LastWords {
    exception: Rc<Exception>,
}

impl Task for LastWords {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        let Some((exception, method)) = silent(&self.exception) else {
            return Err(Interrupt::Raise(self.exception.clone()));
        };
        let said = cx.call_catching(&method, vec![Value::Exception(exception.clone())], &BASE_EXCEPTION)?;
        let said = said.as_str().unwrap_or("<exception str() failed>").to_owned();
        *exception.said.borrow_mut() = Some(said);
        Ok(TaskState::Continue(None))
    }
}

/// An exception that a traceback shows with this one, and whose `__str__` was not asked yet.
fn silent(exception: &Rc<Exception>) -> Option<(Rc<Exception>, Value)> {
    let mut at = exception.clone();
    for _ in 0..100 {
        if let (ExceptionClass::Class(class), true) = (&at.class, at.said.borrow().is_none())
            && let Some(method @ Value::Function(_)) = class.find("__str__")
        {
            return Some((at.clone(), method));
        }
        let cause = at.cause.borrow().clone();
        let next = match cause {
            Value::Exception(next) => next,
            _ => match &*at.context.borrow() {
                Value::Exception(next) if !at.suppress.get() => next.clone(),
                _ => return None,
            },
        };
        at = next;
    }
    None
}

/// `StopIteration` must not leave a generator, where it would look like its end.
fn stopped(exception: &Rc<Exception>) -> Rc<Exception> {
    let raised = Exception::new(&RUNTIME_ERROR, "generator raised StopIteration");
    let cause = Value::Exception(exception.clone());
    raised.suppress.set(true);
    drop(raised.cause.replace(cause.clone()));
    drop(raised.context.replace(cause));
    let last = exception.trace.borrow().last().cloned();
    raised.trace.borrow_mut().extend(last);
    Rc::new(raised)
}

/// Whether the contexts of `from` lead to `to`: setting one more would close a circle.
fn reaches(from: &Rc<Exception>, to: &Rc<Exception>) -> bool {
    let mut at = from.clone();
    for _ in 0..1000 {
        let next = match &*at.context.borrow() {
            Value::Exception(next) => next.clone(),
            _ => return false,
        };
        if Rc::ptr_eq(&next, to) {
            return true;
        }
        at = next;
    }
    true
}
