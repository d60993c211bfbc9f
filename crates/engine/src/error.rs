//! Refusals are values: which operator, what did not fit, what to do instead.

use std::cell::RefCell;
use std::fmt;
use std::ops::{Deref, DerefMut};

use crate::Read;

thread_local! {
    static PENDING: RefCell<Option<Read>> = const { RefCell::new(None) };
}

/// What kind of refusal, as Python would class it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Shapes, devices or states that do not fit: `RuntimeError`.
    Runtime,
    /// A value out of its domain: `ValueError`.
    Value,
    /// A dtype or an argument of the wrong sort: `TypeError`.
    Type,
    /// An index outside its dimension: `IndexError`.
    Index,
    /// More memory than there is: `RuntimeError` in PyTorch, told apart here.
    Memory,
    /// Something that this engine does not do: `NotImplementedError`.
    Unsupported,
    /// No refusal: values are on their way from the GPU. Wait for [`Error::take_pending`], then try again.
    Pending,
}

/// A refusal: a [`Refusal`] behind a pointer, because every function hands one on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Refusal>);

/// What a refusal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Its class.
    pub kind: ErrorKind,
    /// The operator that refused, empty outside of one.
    pub op: &'static str,
    /// What happened, PyTorch's message in substance.
    pub message: String,
    /// What to do instead; may be empty.
    pub help: String,
}

/// What the engine returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A refusal of this class.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Refusal { kind, op: "", message: message.into(), help: String::new() }))
    }

    /// `RuntimeError`.
    pub fn runtime(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Runtime, message)
    }

    /// `ValueError`.
    pub fn value(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Value, message)
    }

    /// `TypeError`.
    pub fn type_(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Type, message)
    }

    /// `IndexError`.
    pub fn index(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Index, message)
    }

    /// Something that this engine does not do.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Error::new(ErrorKind::Unsupported, message)
    }

    /// Values are on their way: wait for this read, then try again.
    pub fn pending(read: Read) -> Self {
        PENDING.set(Some(read));
        Error::new(ErrorKind::Pending, "the values are on their way from the GPU")
    }

    /// What to wait for, with [`ErrorKind::Pending`]. It is kept beside the error, which may cross threads.
    pub fn take_pending(&self) -> Option<Read> {
        if self.kind == ErrorKind::Pending { PENDING.take() } else { None }
    }

    /// Names the operator, unless one is named already.
    pub fn in_op(mut self, op: &'static str) -> Self {
        if self.op.is_empty() {
            self.op = op;
        }
        self
    }

    /// Says what to do instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl Deref for Error {
    type Target = Refusal;

    fn deref(&self) -> &Refusal {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Refusal {
        &mut self.0
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.help.is_empty() {
            write!(f, " ({})", self.help)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
