//! Functions of the program, and generators.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::code::Code;
use crate::machine::Frame;
use crate::value::{Value, Variable, bury};

/// A function of the program.
pub struct Function {
    /// Its body.
    pub code: Rc<Code>,
    /// Defaults of the last positional parameters.
    pub defaults: Vec<Value>,
    /// Defaults of the keyword-only parameters, [`Value::Unbound`] where there is none.
    pub keyword_defaults: Vec<Value>,
    /// The variables of the functions around it that it uses.
    pub closure: Vec<Rc<Variable>>,
    /// Attributes set on it.
    pub attributes: RefCell<Vec<(Rc<str>, Value)>>,
}

impl Drop for Function {
    fn drop(&mut self) {
        bury(std::mem::take(&mut self.defaults));
        bury(std::mem::take(&mut self.keyword_defaults));
        bury(self.attributes.get_mut().drain(..).map(|(_, v)| v));
    }
}

/// Where a generator is.
pub enum GeneratorState {
    /// It waits: its frame, with its part of the stack.
    Waiting(Box<Frame>, Vec<Value>),
    /// It is being executed.
    Running,
    /// It came to its end.
    Done,
}

/// A function that waits in the middle.
pub struct Generator {
    /// The function's name.
    pub name: Rc<str>,
    /// Where it is.
    pub state: RefCell<GeneratorState>,
    /// What the next `yield` gives inside it: the argument of `send`.
    pub sent: RefCell<Value>,
    /// Whether it was started.
    pub started: Cell<bool>,
    /// What it returned.
    pub result: RefCell<Value>,
}

impl Drop for Generator {
    fn drop(&mut self) {
        if let GeneratorState::Waiting(_, stack) = self.state.get_mut() {
            bury(std::mem::take(stack));
        }
        bury([self.sent.take(), self.result.take()]);
    }
}
