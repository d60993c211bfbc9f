//! The share of each element's exponential, and its logarithm, along a dimension.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Keep, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Error, Result, Tensor, layout, ops};

/// `exp(x) / Σ exp(x)` along a dimension, or its logarithm.
#[derive(Debug, Clone, Copy)]
pub struct Softmax {
    /// The dimension.
    pub dim: usize,
    /// The logarithm of it.
    pub log: bool,
}

const SOFTMAX: Doc = Doc {
    name: "softmax",
    formula: "exp(x) / Σ exp(x)",
    shapes: "any; the result has the same",
    derivative: &["out · (g - Σ g · out)"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html",
};

const LOG_SOFTMAX: Doc = Doc {
    name: "log_softmax",
    formula: "x - log Σ exp(x)",
    shapes: "any; the result has the same",
    derivative: &["g - exp(out) · Σ g"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html",
};

impl Operator for Softmax {
    fn doc(&self) -> &'static Doc {
        if self.log { &LOG_SOFTMAX } else { &SOFTMAX }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("softmax takes one tensor")) };
        if !x.dtype().is_float() {
            let (name, dtype) = (self.doc().name, x.dtype().scalar_name());
            let message = format!("\"{name}_lastdim_kernel_impl\" not implemented for '{dtype}'");
            return Err(Error::unsupported(message).help("convert it first, with .float()"));
        }
        Ok(Meta { shape: x.shape().to_vec(), dtype: x.dtype() })
    }

    fn compose(&self, args: &[Arg]) -> Option<Result<Tensor>> {
        let Some(Arg::Tensor(x)) = args.first() else { return None };
        Some(self.of(x))
    }

    fn keep(&self) -> Keep {
        Keep::OUTPUT
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let (out, dims) = (saved.output()?, [self.dim as i64]);
        Ok(vec![Some(if self.log {
            ops::sub(grad, ops::mul(ops::exp(out)?, ops::sum(grad, &dims, true)?)?)?
        } else {
            let total = ops::sum(&ops::mul(grad, &out)?, &dims, true)?;
            ops::mul(out, ops::sub(grad, total)?)?
        })])
    }
}

impl Softmax {
    /// The largest element is subtracted first, so that no exponential overflows.
    fn of(&self, x: &Tensor) -> Result<Tensor> {
        if x.count() == 0 {
            return ops::clone(x);
        }
        let dims = [self.dim as i64];
        let shifted = ops::sub(x, ops::amax(x, &dims, true)?)?;
        let raised = ops::exp(&shifted)?;
        let total = ops::sum(&raised, &dims, true)?;
        if self.log { ops::sub(shifted, ops::log(total)?) } else { ops::div(raised, total) }
    }
}

fn along(x: &Tensor, dim: i64, log: bool) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank())?;
    if x.rank() > 0 {
        return ops::apply(Softmax { dim, log }, &[x.into()]);
    }
    let row = ops::apply(Softmax { dim, log }, &[ops::reshape(x, &[1])?.into()])?;
    ops::reshape(&row, &[])
}

/// `exp(x) / Σ exp(x)` along a dimension, without overflow.
pub fn softmax(x: &Tensor, dim: i64) -> Result<Tensor> {
    along(x, dim, false)
}

/// `log(exp(x) / Σ exp(x))` along a dimension, without overflow.
pub fn log_softmax(x: &Tensor, dim: i64) -> Result<Tensor> {
    along(x, dim, true)
}

fn cases(log: bool) -> Vec<Case> {
    let case = |dim, x| Case::new(Softmax { dim, log }, [x]);
    let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
    vec![case(0, x()), case(1, x()), case(0, Case::tensor(&[1], &[2.0])), case(1, Case::tensor(&[0, 3], &[]))]
}

/// The line of the registry.
pub const ENTRY: Entry = Entry { doc: &SOFTMAX, cases: || cases(false) };
/// The logarithm's line of the registry.
pub const LOG_ENTRY: Entry = Entry { doc: &LOG_SOFTMAX, cases: || cases(true) };
