//! Gradients that fit: the one that a pass begins with, those that functions of the program return, and those of single
//! operations.

use std::rc::Rc;

use super::node::{Node, Port};
use crate::{Engine, Error, Result, Tensor, Trace, layout, ops};

/// The gradient with which a pass begins at a root.
pub(super) fn seed_of(i: usize, root: &Tensor, seed: Option<&Tensor>) -> Result<Tensor> {
    if let Some(seed) = seed
        && seed.shape() != root.shape()
    {
        return Err(Error::runtime(format!(
            "Mismatch in shape: grad_output[{i}] has a shape of torch.Size({}) and output[{i}] has a shape of torch.Size({}).",
            layout::show(seed.shape()),
            layout::show(root.shape())
        )));
    }
    if seed.is_none() && root.count() != 1 && root.requires_grad() {
        return Err(Error::runtime("grad can be implicitly created only for scalar outputs").help(format!(
            "the shape is {}: call .sum() or .mean() first, or pass gradient= with that shape",
            layout::show(root.shape())
        )));
    }
    if !root.requires_grad() {
        let message = format!("element {i} of tensors does not require grad and does not have a grad_fn");
        return Err(Error::runtime(message).help(
            "nothing that it was computed from has requires_grad=True, or it was made under torch.no_grad()",
        ));
    }
    if let Some(seed) = seed {
        return Ok(seed.clone());
    }
    let engine = root.engine();
    let traced = engine.set_trace(Trace::Off);
    let one = engine.full("ones_like", root.shape(), 1.0.into(), root.dtype(), root.device());
    engine.set_trace(traced);
    one
}

/// A gradient that a function of the program returned, in shape and dtype of its input.
pub(super) fn fitted(node: &Node, i: usize, gradient: &Tensor, input: &Port) -> Result<Tensor> {
    let refuse = |what: String| {
        let name = node.name();
        Err(Error::runtime(format!("Function {name} returned an invalid gradient at index {i} - {what}")))
    };
    if gradient.device() != input.device {
        return refuse(format!("expected device {} but got {}", input.device, gradient.device()));
    }
    let wide = layout::broadcast_shapes([gradient.shape(), &input.meta.shape]);
    if !wide.is_ok_and(|shape| shape == gradient.shape()) {
        return refuse(format!(
            "got {} but expected shape compatible with {}",
            layout::show(gradient.shape()),
            layout::show(&input.meta.shape)
        ));
    }
    ops::cast(&ops::sum_to(gradient, &input.meta.shape)?, input.meta.dtype)
}

/// The local derivatives of an elementwise node by its inputs: its backward rule applied to ones. To be asked before
/// the node runs and lets go of what it saved.
///
/// `None` where the node is no elementwise one, or its saved tensors are gone.
pub fn local_derivative(node: &Rc<Node>, engine: &Engine) -> Option<Vec<Option<Tensor>>> {
    let (op, out) = (node.op().filter(|op| op.pointwise())?, node.outputs().first()?);
    let saved = node.saved(engine).ok()?;
    let traced = engine.set_trace(Trace::Off);
    let result = engine.no_grad(|| {
        let ones = engine.full("ones", &out.meta.shape, 1.0.into(), out.meta.dtype, out.device)?;
        op.backward(&saved, &ones)
    });
    engine.set_trace(traced);
    Some(result.ok()?.into_iter().enumerate().map(|(i, local)| local.filter(|_| saved.needs(i))).collect())
}
