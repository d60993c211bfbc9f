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
