//! Exceptions, and the other reasons why an instruction does not come to its end.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gradloom_engine::ErrorKind;

use crate::class::{Class, Names};
use crate::context::Ask;
use crate::native::TypeTable;
use crate::traceback::Entry;
use crate::value::{Value, bury};

pub use crate::types::exceptions::*;

/// Why a function of ours did not return a value.
pub enum Interrupt {
    /// An exception.
    Raise(Rc<Exception>),
    /// It needs something first, and is run again with the result; the latest question says what.
    Ask,
}

/// The class of an exception.
#[derive(Clone)]
pub enum ExceptionClass {
    /// One of Python's own.
    Native(&'static TypeTable),
    /// One of the program's.
    Class(Rc<Class>),
}

impl ExceptionClass {
    /// Python's own class that it is or extends.
    pub fn table(&self) -> &'static TypeTable {
        match self {
            ExceptionClass::Native(table) => table,
            ExceptionClass::Class(class) => class.native.unwrap_or(&EXCEPTION),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            ExceptionClass::Native(table) => table.name,
            ExceptionClass::Class(class) => &class.name,
        }
    }

    /// As a value.
    pub fn value(&self) -> Value {
        match self {
            ExceptionClass::Native(table) => Value::Type(table),
            ExceptionClass::Class(class) => Value::Class(class.clone()),
        }
    }
}

/// An exception.
pub struct Exception {
    /// Its class.
    pub class: ExceptionClass,
    /// What it was made with; the first is most often the message.
    pub args: RefCell<Vec<Value>>,
    /// What to do instead, in our words: a name that was meant. May be empty.
    pub help: String,
    /// Attributes set on it.
    pub names: RefCell<Names>,
    /// Where it came through, outermost last.
    pub trace: RefCell<Vec<Entry>>,
    /// The exception named by `raise … from`.
    pub cause: RefCell<Value>,
    /// The exception that was being handled when this one was raised.
    pub context: RefCell<Value>,
    /// Whether `from` was given, so that the context is not shown.
    pub suppress: Cell<bool>,
    /// What the program's own `__str__` said of it, once it ended the program.
    pub said: RefCell<Option<String>>,
}

impl Exception {
    /// An exception with a message.
    pub fn new(class: &'static TypeTable, message: impl Into<String>) -> Exception {
        Exception::with_args(ExceptionClass::Native(class), vec![Value::from(message.into())])
    }

    /// An exception made by the program.
    pub fn with_args(class: ExceptionClass, args: Vec<Value>) -> Exception {
        Exception {
            class,
            args: RefCell::new(args),
            help: String::new(),
            names: RefCell::default(),
            trace: RefCell::default(),
            cause: RefCell::default(),
            context: RefCell::default(),
            suppress: Cell::new(false),
            said: RefCell::default(),
        }
    }

    /// Says what to do instead.
    pub fn help(mut self, help: impl Into<String>) -> Exception {
        self.help = help.into();
        self
    }

    /// To be raised.
    pub fn raise(self) -> Interrupt {
        Interrupt::Raise(Rc::new(self))
    }

    /// Whether it is of that class or of one that extends it.
    pub fn is(&self, table: &'static TypeTable) -> bool {
        self.class.table().extends(table)
    }
}

impl Drop for Exception {
    fn drop(&mut self) {
        bury(self.args.get_mut().drain(..));
        bury([self.cause.take(), self.context.take()]);
    }
}

/// `TypeError`.
pub fn type_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&TYPE_ERROR, message).raise()
}

/// `ValueError`.
pub fn value_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&VALUE_ERROR, message).raise()
}

/// `IndexError`.
pub fn index_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&INDEX_ERROR, message).raise()
}

/// `KeyError`, with the key itself.
pub fn key_error(key: Value) -> Interrupt {
    Exception::with_args(ExceptionClass::Native(&KEY_ERROR), vec![key]).raise()
}

/// `AttributeError`.
pub fn attribute_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&ATTRIBUTE_ERROR, message).raise()
}

/// `RuntimeError`.
pub fn runtime_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&RUNTIME_ERROR, message).raise()
}

/// `OverflowError`.
pub fn overflow_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&OVERFLOW_ERROR, message).raise()
}

/// `ZeroDivisionError`.
pub fn zero_division(message: impl Into<String>) -> Interrupt {
    Exception::new(&ZERO_DIVISION_ERROR, message).raise()
}

/// `MemoryError`: refused before it is made.
pub fn memory_error(message: impl Into<String>) -> Interrupt {
    Exception::new(&MEMORY_ERROR, message).raise()
}

/// `NotImplementedError`: something that Python can do and this dialect cannot.
pub fn unsupported(message: impl Into<String>) -> Interrupt {
    Exception::new(&NOT_IMPLEMENTED_ERROR, message).raise()
}

/// `RecursionError`.
pub fn recursion_error(doing: &str) -> Interrupt {
    Exception::new(&RECURSION_ERROR, format!("maximum recursion depth exceeded{doing}")).raise()
}

impl From<gradloom_engine::Error> for Interrupt {
    fn from(error: gradloom_engine::Error) -> Interrupt {
        if let Some(read) = error.take_pending() {
            return Ask::Wait(read).interrupt();
        }
        let class = match error.kind {
            ErrorKind::Runtime | ErrorKind::Memory | ErrorKind::Pending => &RUNTIME_ERROR,
            ErrorKind::Value => &VALUE_ERROR,
            ErrorKind::Type => &TYPE_ERROR,
            ErrorKind::Index => &INDEX_ERROR,
            ErrorKind::Unsupported => &NOT_IMPLEMENTED_ERROR,
        };
        Exception::new(class, error.message.as_str()).help(error.help.as_str()).raise()
    }
}
