//! Lengths of vectors.

use crate::{Error, Result, Tensor, ops};

/// `x ** exponent` for `x ≥ 0`, with the derivative 0 at `x = 0`: the norm's there, where that of a root is infinite.
pub fn root(x: &Tensor, exponent: f64) -> Result<Tensor> {
    let zero = ops::eq(x, 0.0)?;
    let safe = ops::where_(&zero, 1.0, x)?;
    let raised = if exponent == 0.5 { ops::sqrt(safe)? } else { ops::pow(safe, exponent)? };
    ops::where_(zero, if exponent < 0.0 { f64::INFINITY } else { 0.0 }, raised)
}

/// The length of the vectors along `dims` (all of them where none is named): `(Σ |x| ** ord) ** (1 / ord)`, for ±∞ the
/// largest and the smallest `|x|`, for 0 how many are not 0.
pub fn vector_norm(x: &Tensor, ord: f64, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    let refuse = |message: String| Err(Error::runtime(message).in_op("linalg_vector_norm"));
    if !x.dtype().is_float() {
        return refuse(format!(
            "linalg.vector_norm: Expected a floating point or complex tensor as input. Got {}",
            x.dtype().scalar_name()
        ));
    }
    let empty = ops::resolve_dims(dims, x.rank())?.iter().any(|&d| x.shape()[d] == 0);
    if empty && (ord < 0.0 || ord == f64::INFINITY) {
        return refuse(format!(
            "linalg.vector_norm cannot compute the {ord} norm on an empty tensor because the operation does not have an identity"
        ));
    }
    let out = if ord == 2.0 {
        root(&ops::sum(&ops::square(x)?, dims, keepdim)?, 0.5)?
    } else if ord == 1.0 {
        ops::sum(&ops::abs(x)?, dims, keepdim)?
    } else if ord == f64::INFINITY {
        ops::amax(&ops::abs(x)?, dims, keepdim)?
    } else if ord == f64::NEG_INFINITY {
        ops::amin(&ops::abs(x)?, dims, keepdim)?
    } else if ord == 0.0 {
        ops::sum(&ops::indicator(x)?, dims, keepdim)?
    } else {
        root(&ops::sum(&root(&ops::abs(x)?, ord)?, dims, keepdim)?, 1.0 / ord)?
    };
    Ok(ops::named(out, "linalg_vector_norm"))
}
