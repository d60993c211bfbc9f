//! Libraries written in the dialect: their text is run once, when the first name of it is asked for.

use std::rc::Rc;

use gradloom_engine::CallSite;

use super::frame::{Entry, Frame, Returns};
use super::{Machine, Pause};
use crate::class::Names;
use crate::code::{Program, Span};
use crate::error::{Exception, IMPORT_ERROR};
use crate::native::Module;
use crate::value::Value;

/// How many compiled libraries are kept for the next machine.
const KEPT: usize = 200;

/// The variables of a library start at a multiple of this, so that programs of about the same size share what is compiled.
const STEP: usize = 64;

thread_local! {
    /// Compiled libraries, by name and first variable: runs of one program load them at the same places.
    static COMPILED: std::cell::RefCell<Vec<Rc<Program>>> = const { std::cell::RefCell::new(Vec::new()) };
}

impl Machine {
    /// Runs the text of a library.
    pub(super) fn load(&mut self, module: &'static Module) -> Option<Pause> {
        let first = self.globals.len().next_multiple_of(STEP);
        let program = match compiled(module, first as u32) {
            Ok(program) => program,
            Err(message) => return self.unwind(Rc::new(Exception::new(&IMPORT_ERROR, message))),
        };
        self.globals.resize(first, Value::Unbound);
        self.builtins.resize(first, Value::Unbound);
        let builtins = program.globals.iter().map(|name| crate::builtins::find(name).unwrap_or_default());
        self.builtins.extend(builtins);
        self.globals.extend(program.globals.iter().map(|name| match &**name {
            "__name__" => Value::str(module.name),
            _ => Value::Unbound,
        }));
        self.global_lines.resize(self.globals.len(), 0);
        self.cx.libraries.push((module.name, None));
        let floor = self.stack.len();
        let mut frame = Frame::new(program.code.clone(), floor, floor, Returns::Drop);
        frame.origin = self.origin();
        self.stack.resize(floor + program.code.locals.len(), Value::Unbound);
        self.libraries.push(program);
        self.push_frame(Box::new(frame))
    }

    /// Publishes what a library defined.
    pub(super) fn loaded(&mut self, module: &'static str) {
        let Some(program) = self.libraries.iter().find(|p| p.code.module == module) else { return };
        let values = self.globals.get(program.first as usize..).unwrap_or_default();
        let mut names = Names::default();
        for (name, value) in program.globals.iter().zip(values).filter(|(_, v)| v.is_bound()) {
            names.set(name, value.clone());
        }
        if let Some((_, slot)) = self.cx.libraries.iter_mut().find(|(n, _)| *n == module) {
            *slot = Some(Rc::new(names));
        }
    }

    /// The place in the program that the topmost frame works for.
    pub(super) fn origin(&self) -> Span {
        let frame = self.entries.iter().rev().find_map(|entry| match entry {
            Entry::Frame(frame) => Some(frame),
            Entry::Task(_) => None,
        });
        frame.map(|f| f.place(f.at())).unwrap_or_default()
    }

    /// Puts the call of a library's object (a module of `torch.nn`) on the call stack, by its class.
    pub(super) fn tell_call(&self, frame: &mut Frame) {
        if let Some(Value::Instance(instance)) = self.stack.get(frame.base) {
            frame.site = Some(Rc::new(CallSite {
                function: instance.class.name.to_string(),
                line: frame.called,
                caller: frame.caller.clone(),
            }));
        }
    }
}

fn compiled(module: &'static Module, first: u32) -> Result<Rc<Program>, String> {
    let held = COMPILED
        .with_borrow(|all| all.iter().find(|p| p.first == first && p.code.module == module.name).cloned());
    if let Some(program) = held {
        return Ok(program);
    }
    let program = crate::syntax::compile_library(module, first).map_err(|failure| failure.text)?;
    let program = Rc::new(program);
    COMPILED.with_borrow_mut(|all| {
        if all.len() >= KEPT {
            all.clear();
        }
        all.push(program.clone());
    });
    Ok(program)
}
