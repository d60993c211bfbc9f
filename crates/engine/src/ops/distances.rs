//! Norms and distances.

use crate::{Arg, Result, Tensor, ops};

use super::composed::named;

/// `(Σ |x|^p)^(1/p)` over `dims` (all of them where none is named): the largest `|x|` for ∞, the smallest for -∞, the
/// number of elements other than 0 for 0. Where the norm is 0 its gradient is 0.
pub fn vector_norm(x: &Tensor, p: f64, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    let size = ops::abs(x)?;
    if p == f64::INFINITY {
        return ops::amax(&size, dims, keepdim);
    }
    if p == f64::NEG_INFINITY {
        return ops::amin(&size, dims, keepdim);
    }
    if p == 0.0 {
        return ops::sum(&ops::sign(size)?, dims, keepdim);
    }
    if p == 1.0 {
        return ops::sum(&size, dims, keepdim);
    }
    let powers = match p {
        2.0 => ops::mul(x, x)?,
        _ if p > 1.0 => ops::pow(size, p)?,
        // Below 1 the slope at 0 is infinite; it counts as 0.
        _ => guarded(&size, |size| ops::pow(size, p))?,
    };
    let total = ops::sum(&powers, dims, keepdim)?;
    guarded(&total, |total| if p == 2.0 { ops::sqrt(total) } else { ops::pow(total, 1.0 / p) })
}

/// `function(x)` where `x` is not 0, and 0 without a gradient where it is.
fn guarded(x: &Tensor, function: impl FnOnce(Tensor) -> Result<Tensor>) -> Result<Tensor> {
    let zero = x.engine().no_grad(|| ops::eq(x, 0.0))?;
    ops::where_(&zero, 0.0, function(ops::where_(&zero, 1.0, x)?)?)
}

/// `max(x, least)` whose gradient goes through as if nothing was raised.
pub(super) fn raised(x: &Tensor, least: f64) -> Result<Tensor> {
    let lift = x.engine().no_grad(|| ops::sub(ops::maximum(x, least)?, x))?;
    ops::add(x, lift)
}

/// `x / max(‖x‖ₚ, ε)` along dimensions.
pub fn normalize(x: &Tensor, p: f64, dims: &[i64], eps: f64) -> Result<Tensor> {
    let norm = vector_norm(x, p, dims, true)?;
    let norm = ops::clamp(&norm, Some(Arg::from(eps)), None)?;
    ops::div(x, norm)
}

/// `Σ x · y / (max(‖x‖, ε) · max(‖y‖, ε))` along a dimension.
pub fn cosine_similarity(x: &Tensor, y: &Tensor, dim: i64, eps: f64) -> Result<Tensor> {
    let shape = crate::layout::broadcast_shapes([x.shape(), y.shape()])?;
    let unit = |x: &Tensor| {
        let x = ops::expand(x, &shape)?;
        let norm = vector_norm(&x, 2.0, &[dim], true)?;
        ops::div(x, raised(&norm, eps)?)
    };
    Ok(named(ops::sum(&ops::mul(unit(x)?, unit(y)?)?, &[dim], false)?, "SumBackward1"))
}

/// `‖x - y + ε‖ₚ` along the last dimension.
pub fn pairwise_distance(x: &Tensor, y: &Tensor, p: f64, eps: f64, keepdim: bool) -> Result<Tensor> {
    let apart = ops::add(ops::sub(x, y)?, eps)?;
    Ok(named(vector_norm(&apart, p, &[-1], keepdim)?, "NormBackward1"))
}

/// `‖x - y‖ₚ` of all elements.
pub fn dist(x: &Tensor, y: &Tensor, p: f64) -> Result<Tensor> {
    Ok(named(vector_norm(&ops::sub(x, y)?, p, &[], false)?, "dist"))
}

/// The distances of every row of `[…, m, n]` to every row of `[…, k, n]`: `[…, m, k]`.
pub fn cdist(x: &Tensor, y: &Tensor, p: f64) -> Result<Tensor> {
    let refuse = |message: String| Err(crate::Error::runtime(message).in_op("cdist"));
    for (name, t) in [("X1", x), ("X2", y)] {
        if t.rank() < 2 {
            return refuse(format!("cdist only supports at least 2D tensors, {name} got: {}D", t.rank()));
        }
    }
    if x.shape().last() != y.shape().last() {
        let columns = |t: &Tensor| t.shape().last().copied().unwrap_or(0);
        return refuse(format!(
            "X1 and X2 must have the same number of columns. X1: {} X2: {}",
            columns(x),
            columns(y)
        ));
    }
    let apart = ops::sub(ops::unsqueeze(x, -2)?, ops::unsqueeze(y, -3)?)?;
    if apart.shape().last() == Some(&0) {
        return ops::sum(&apart, &[-1], false);
    }
    Ok(named(vector_norm(&apart, p, &[-1], false)?, "cdist"))
}
