//! What a page says to a session ([`Command`]) and what a session says to a page ([`Event`]).
//!
//! A session runs one program. Whatever the page shows is a pure function of the events received so far, so
//! *stepping back is showing an earlier prefix of the same events*: exact and instant. Every event carries the
//! number of its run; an edit starts a new run, and late events of an old one are dropped.
//!
//! The records have no behaviour. They travel as bytes between page and worker and as JSON lines from
//! `gradloom trace`; a float that JSON cannot hold is written as the string `"nan"`, `"inf"` or `"-inf"`.
#![forbid(unsafe_code)]

mod command;
mod event;
mod number;
mod sliding;

pub use command::{Command, DeviceChoice, Granularity};
pub use event::{
    Backward, Binding, Contribution, DeviceInfo, Diagnostic, Event, Frame, Input, Line, LoopProgress,
    Message, Node, NodeId, NodeKind, PauseReason, Paused, Point, RunId, Saved, Span, Stats, Summary,
    Variable,
};
pub use number::Number;
pub use sliding::{Moves, Sliding};
