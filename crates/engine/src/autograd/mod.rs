//! The tape: what was applied to what, and how gradients flow back.
//!
//! An operation with an input that asks for a gradient leaves a [`Node`] behind. A [`BackwardPass`] walks the nodes
//! from the last to the first and can be stepped one node at a time. A backward rule is written in tensor
//! operations, so that a pass can itself be recorded, drawn and differentiated. Hooks and functions of the program are
//! kept here and called by whoever steps the pass.

mod arrivals;
mod edge;
mod fit;
mod node;
mod pass;
mod saved;

pub use edge::{Edge, Hook, HookPoint, Hooks};
pub use fit::local_derivative;
pub use node::{Node, Port};
pub use pass::{BackwardPass, Contribution, Goal, LeafStep, NodeStep, Options, Step, Turn};
pub use saved::Saved;

pub(crate) use edge::HookList;
pub(crate) use node::words;

use std::cell::RefCell;

use crate::{Result, Tensor};

/// Runs a whole backward pass from a scalar: `tensor.backward()`.
pub fn backward(root: &Tensor) -> Result<()> {
    let mut pass = BackwardPass::new(root, None, Options::default())?;
    while pass.step()?.is_some() {}
    Ok(())
}

/// The derivatives of a scalar by these tensors: `autograd.grad(output, inputs)`. `None` for one that the scalar
/// does not depend on. With [`Options::create_graph`] they can be differentiated again.
pub fn grad(output: &Tensor, inputs: &[Tensor], options: Options) -> Result<Vec<Option<Tensor>>> {
    let mut pass = BackwardPass::of(&[(output.clone(), None)], Goal::Collect(inputs.to_vec()), options)?;
    while pass.step()?.is_some() {}
    Ok(pass.gradients())
}

/// A name as the tape carries it, which lives as long as everything: one for each function that a program defines.
pub fn name(text: &str) -> &'static str {
    thread_local! {
        static NAMES: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
    }
    NAMES.with_borrow_mut(|names| match names.iter().find(|held| **held == text) {
        Some(held) => held,
        None => {
            let name: &'static str = Box::leak(text.into());
            names.push(name);
            name
        }
    })
}
