//! The page: what a learner sees of a session, and the ways to command it.
//!
//! It knows the protocol, the diagram and the lessons, and neither the engine nor the dialect: programs are executed
//! in a Web Worker. `model` is pure and folds events into what is shown; `bench` holds the signals; `components` draw.
#![forbid(unsafe_code)]

mod address;
mod bench;
mod checker;
mod client;
mod components;
mod dom;
mod export;
mod files;
mod model;
mod net;
mod pack;
mod store;
mod ui;

fn main() {
    components::app::mount();
}
