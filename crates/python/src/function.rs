//! Functions of the program, and generators.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::class::Names;
use crate::code::Code;
use crate::dict::Dict;
use crate::error::Exception;
use crate::machine::Frame;
use crate::native::{Getter, Result, TypeTable};
use crate::value::{Object, Value, Variable, bury};

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
    pub names: RefCell<Names>,
    /// What it says about itself, where that was changed: `f.__name__ = …`.
    pub said: RefCell<Names>,
}

impl Function {
    /// Whether a function says that about itself.
    pub(crate) fn says(name: &str) -> bool {
        matches!(name, "__name__" | "__qualname__" | "__doc__" | "__module__" | "__annotations__")
    }

    /// What a function knows about itself.
    pub(crate) fn attribute(&self, name: &str) -> Option<Value> {
        let code = &self.code;
        if let Some(said) = self.said.borrow().get(name) {
            return Some(said);
        }
        Some(match name {
            "__name__" => Value::Str(code.name.clone()),
            "__qualname__" => Value::Str(code.qualified.clone()),
            "__doc__" => code.doc.clone().unwrap_or(Value::None),
            "__module__" => Value::str(code.module),
            "__annotations__" => Value::dict(Dict::default()),
            "__defaults__" if self.defaults.is_empty() => Value::None,
            "__defaults__" => Value::tuple(self.defaults.clone()),
            "__kwdefaults__" => {
                let mut all = Dict::default();
                let names = code.locals.iter().skip(code.parameters.positional as usize);
                for (name, value) in names.zip(&self.keyword_defaults).filter(|(_, v)| v.is_bound()) {
                    all.set_str(name, value.clone());
                }
                if all.is_empty() { Value::None } else { Value::dict(all) }
            }
            "__closure__" if self.closure.is_empty() => Value::None,
            "__code__" => Value::new_object(CodeObject(self.code.clone())),
            _ => return None,
        })
    }
}

/// `f.__code__`: what programs ask it for.
struct CodeObject(Rc<Code>);

impl Object for CodeObject {
    fn table(&self) -> &'static TypeTable {
        &CODE
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn code(value: &Value) -> Result<&Code> {
    value
        .object::<CodeObject>()
        .map(|c| &*c.0)
        .ok_or_else(|| crate::error::type_error("a code object is needed"))
}

static CODE: TypeTable = TypeTable {
    name: "code",
    getters: &[
        Getter::new("co_name", |_, v| Ok(Value::Str(code(v)?.name.clone()))),
        Getter::new("co_argcount", |_, v| Ok(Value::from(i64::from(code(v)?.parameters.positional)))),
        Getter::new("co_firstlineno", |_, v| Ok(Value::from(i64::from(code(v)?.line)))),
        Getter::new("co_varnames", |_, v| {
            Ok(Value::tuple(code(v)?.locals.iter().cloned().map(Value::Str).collect()))
        }),
    ],
    ..TypeTable::EMPTY
};

impl Drop for Function {
    fn drop(&mut self) {
        bury(std::mem::take(&mut self.defaults));
        bury(std::mem::take(&mut self.keyword_defaults));
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
    /// What is raised there instead: the argument of `throw`.
    pub thrown: RefCell<Option<Rc<Exception>>>,
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
