//! The dialect: Python for PyTorch and NumPy programs, run line by line.
//!
//! [`Machine::new`] parses a program (ruff's parser), lowers it to our own instructions, and [`Machine::resume`] runs
//! them until there is a reason to pause: a line, values needed from the device, a time slice used up, the end, an
//! error. Functions, types and modules of ours are tables, see [`native`].

pub mod code;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod context;
pub mod error;
pub mod files;
pub mod iter;
pub mod machine;
pub mod native;
pub mod value;

mod arith;
mod attr;
mod builtins;
mod call;
mod class;
mod compare;
mod dict;
mod float;
mod format;
mod function;
mod hash;
mod int;
mod items;
mod knots;
mod modules;
mod repr;
mod set;
mod setattr;
mod suggest;
mod syntax;
mod traceback;
mod types;

pub use class::{Class, Instance, Names};
pub use context::{Context, Host, Printed, Task, TaskState};
pub use dict::Dict;
pub use error::{Exception, Interrupt};
pub use files::{Files, Shelf};
pub use format::{exponent, fixed, float_repr, float_spec};
pub use machine::{Budget, Machine, Pause};
pub use modules::torch::BackwardReport;
pub use native::{Args, BinaryOp, CompareOp, Getter, Module, Native, Result, TypeTable, UnaryOp};
pub use repr::quote;
pub use set::Set;
pub use traceback::{Entry, Failure};
pub use value::{Object, Value};
