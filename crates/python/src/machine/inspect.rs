//! What a driver can see of a machine at a pause.

use std::rc::Rc;

use gradloom_engine::CallSite;

use super::Machine;
use super::frame::{Entry, Frame, Loop};
use crate::code::Program;
use crate::value::Value;

/// A variable with its value.
#[derive(Clone)]
pub struct Binding {
    /// Its name.
    pub name: Rc<str>,
    /// What it holds.
    pub value: Value,
    /// The line that bound it last, from 1.
    pub line: u32,
}

impl Machine {
    /// The frames of the program; those of libraries are none of a driver's business.
    fn frames(&self) -> impl DoubleEndedIterator<Item = &Frame> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Frame(frame) if !frame.code.is_library() => Some(&**frame),
            _ => None,
        })
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Binds a global that the program names.
    #[cfg(feature = "conformance")]
    pub(crate) fn set_global(&mut self, name: &str, value: Value) {
        let at = self.program.globals.iter().position(|global| &**global == name);
        if let Some(slot) = at.and_then(|at| self.globals.get_mut(at)) {
            *slot = value;
        }
    }

    /// How many functions are being executed, the module included; 0 after the end.
    pub fn depth(&self) -> usize {
        self.frames().count()
    }

    /// The line being executed in the innermost function, from 1; 0 after the end.
    pub fn line(&self) -> u32 {
        self.frames().next_back().map_or(0, Frame::line)
    }

    /// The functions being executed with the lines where they are, the module first.
    pub fn call_stack(&self) -> Vec<(Rc<str>, u32)> {
        self.frames().map(|f| (f.code.name.clone(), f.line())).collect()
    }

    /// The call stack as tensors carry it; `None` in the module.
    pub fn call_site(&mut self) -> Option<Rc<CallSite>> {
        self.entries.iter_mut().rev().find_map(|entry| match entry {
            Entry::Frame(frame) => Some(frame.call_site()),
            Entry::Task(_) => None,
        })?
    }

    /// The loops being executed, outermost first: in which function (0 is the module), and how far.
    pub fn loops(&self) -> impl Iterator<Item = (usize, Loop)> {
        self.frames().enumerate().flat_map(|(i, frame)| frame.loops.iter().map(move |l| (i, *l)))
    }

    /// The outermost `for` whose number of turns is known: line, turns done, turns in all.
    pub fn progress(&self) -> Option<(u32, u64, u64)> {
        self.loops().find_map(|(_, l)| l.total.map(|total| (l.line, l.turns.saturating_sub(1), total)))
    }

    /// The variables of a function being executed (0 is the module), in the order in which they appear in the text.
    pub fn variables(&self, frame: usize) -> Vec<Binding> {
        if frame == 0 {
            let all = self.program.globals.iter().zip(&self.globals).zip(&self.global_lines);
            return all
                .filter(|((name, value), _)| value.is_bound() && !name.starts_with("__"))
                .map(|((name, value), &line)| Binding { name: name.clone(), value: value.clone(), line })
                .collect();
        }
        let Some(frame) = self.frames().nth(frame) else { return Vec::new() };
        let values = self.stack.get(frame.base..).unwrap_or_default();
        let locals = frame.code.locals.iter().zip(values).zip(&frame.bound);
        let locals =
            locals.map(|((name, value), &line)| Binding { name: name.clone(), value: value.clone(), line });
        let cells = frame.code.cells.iter().zip(&frame.cells).map(|(name, cell)| Binding {
            name: name.clone(),
            value: cell.value.borrow().clone(),
            line: cell.line.get(),
        });
        locals.chain(cells).filter(|b| b.value.is_bound() && !b.name.starts_with(['.', '_'])).collect()
    }

    /// The value of a variable of the module.
    pub fn global(&self, name: &str) -> Option<&Value> {
        let at = self.program.globals.iter().position(|n| &**n == name)?;
        self.globals.get(at).filter(|v| v.is_bound())
    }
}
