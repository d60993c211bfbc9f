//! `.grad` of tensors, and who wants to know of it.

use std::rc::Rc;

use crate::autograd::{Hook, HookPoint, Hooks};
use crate::{Error, Result, Tensor, layout};

impl Tensor {
    /// `.grad`: what the backward passes so far brought.
    pub fn grad(&self) -> Option<Tensor> {
        self.0.grad.borrow().clone()
    }

    /// Replaces `.grad`.
    pub fn set_grad(&self, grad: Option<Tensor>) -> Result<()> {
        if let Some(grad) = &grad {
            self.check_grad(grad)?;
        }
        *self.0.grad.borrow_mut() = grad;
        Ok(())
    }

    fn check_grad(&self, grad: &Tensor) -> Result<()> {
        let (new, own) = (layout::show(grad.shape()), layout::show(self.shape()));
        let message = if new != own {
            format!(
                "attempting to assign a gradient of size '{new}' to a tensor of size '{own}'. Please ensure that the gradient and \
                 the tensor are the same size"
            )
        } else if grad.dtype() != self.dtype() {
            format!(
                "attempting to assign a gradient with dtype '{}' to a tensor with grad_dtype '{}'. The gradient must match the \
                 tensor's grad_dtype (defaults to the tensor's dtype).",
                grad.dtype().scalar_name().to_lowercase(),
                self.dtype().scalar_name()
            )
        } else if grad.device() != self.device() {
            format!(
                "attempting to assign a gradient with device type '{}' to a tensor with device type '{}'. Please ensure that the \
                 gradient and the tensor are on the same device",
                grad.device(),
                self.device()
            )
        } else {
            return Ok(());
        };
        Err(Error::runtime(message))
    }

    /// Keeps the gradient of a tensor that is no leaf: `.retain_grad()`.
    pub fn retain_grad(&self) -> Result<()> {
        if !self.requires_grad() {
            return Err(Error::runtime("can't retain_grad on Tensor that has requires_grad=False"));
        }
        if let Some(node) = self.node()
            && !self.0.retains_grad.replace(true)
        {
            node.retain(self);
        }
        Ok(())
    }

    /// Whether `.retain_grad()` was called on it.
    pub fn retains_grad(&self) -> bool {
        self.0.retains_grad.get()
    }

    /// Takes it off the tape: `.detach_()`.
    pub fn detach_(&self) -> Result<()> {
        if self.0.view.is_some() {
            return Err(Error::runtime("Can't detach views in-place. Use detach() instead."));
        }
        let _before = self.0.node.take();
        self.0.requires_grad.set(false);
        Ok(())
    }

    /// The hooks of a tensor that asks for a gradient, see [`HookPoint`]: those of its node, or its own if it is a leaf.
    pub fn hooks(&self) -> Rc<Hooks> {
        self.node().map_or_else(|| self.0.hooks.get(), |node| node.hooks())
    }

    /// The hooks of a leaf at this point.
    pub fn hooks_at(&self, point: HookPoint) -> Vec<Hook> {
        self.0.hooks.at(point)
    }
}
