//! What the page shows, as plain data: no DOM, no signals, tested natively.

pub mod base64;
pub mod drawing;
#[cfg(test)]
mod fixture;
pub mod groups;
pub mod heat;
pub mod highlight;
pub mod log;
pub mod memory;
pub mod node;
pub mod notebook;
pub mod nudge;
pub mod number;
pub mod plot;
pub mod points;
pub mod program;
pub mod sheet;
pub mod sliding;
pub mod view;
pub mod words;
