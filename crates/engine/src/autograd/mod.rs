//! The tape: what was applied to what, and how gradients flow back.
//!
//! An operation with an input that asks for a gradient leaves a [`Node`] behind. A [`BackwardPass`] walks the nodes
//! from the last to the first and can be stepped one node at a time. A backward rule is written in tensor
//! operations, so that a pass can itself be recorded, drawn and differentiated.

mod node;
mod pass;

pub use node::{Node, Saved};
pub use pass::{BackwardPass, Contribution, LeafStep, NodeStep, Options, Step, local_derivative};

use crate::{Result, Tensor};

/// Runs a whole backward pass from a scalar: `tensor.backward()`.
pub fn backward(root: &Tensor) -> Result<()> {
    let mut pass = BackwardPass::new(root, None, Options::default())?;
    while pass.step()?.is_some() {}
    Ok(())
}
