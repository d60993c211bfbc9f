//! Where in a program a tensor was made.

use std::rc::Rc;

/// A place in the source with its call stack. The engine only carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// First byte of the expression.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// Line, from 1; 0 outside of any program.
    pub line: u32,
    /// Which instruction of the program is being executed, counted as they come: the same for all that one operator, or one
    /// call of a library, makes.
    pub step: u64,
    /// The functions being executed, innermost first; `None` at the top level.
    pub stack: Option<Rc<CallSite>>,
}

impl Site {
    /// The same place, reached by a call of `function` at another: that call lies below all others.
    pub fn called(&self, function: &str, from: &Site) -> Site {
        let call = CallSite { function: function.to_owned(), line: from.line, caller: from.stack.clone() };
        Site { stack: Some(rebuilt(self.calls(), Rc::new(call))), ..self.clone() }
    }

    /// The same place in a later call: where a call at `from` lies below the others, one at `to` does.
    pub(crate) fn moved(&self, from: &Site, to: &Site) -> Site {
        let calls = self.calls();
        let below = |call: &&Rc<CallSite>| call.line == from.line && call.caller == from.stack;
        let Some(at) = calls.iter().position(|call| below(&call)) else { return self.clone() };
        let call = CallSite { function: calls[at].function.clone(), line: to.line, caller: to.stack.clone() };
        Site { stack: Some(rebuilt(calls[..at].to_vec(), Rc::new(call))), ..self.clone() }
    }

    /// The functions being executed, innermost first.
    fn calls(&self) -> Vec<Rc<CallSite>> {
        std::iter::successors(self.stack.clone(), |call| call.caller.clone()).collect()
    }
}

/// Calls, innermost first, on top of another.
fn rebuilt(calls: Vec<Rc<CallSite>>, bottom: Rc<CallSite>) -> Rc<CallSite> {
    calls.into_iter().rev().fold(bottom, |caller, call| {
        Rc::new(CallSite { function: call.function.clone(), line: call.line, caller: Some(caller) })
    })
}

/// A function being executed.
#[derive(Debug, PartialEq, Eq)]
pub struct CallSite {
    /// The function's name.
    pub function: String,
    /// The line that called it, from 1.
    pub line: u32,
    /// The function that called it.
    pub caller: Option<Rc<CallSite>>,
}
