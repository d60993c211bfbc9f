//! Functions of places, composed of gathering and scattering.

use crate::planner::Put;
use crate::{Arg, DType, Error, Result, Scalar, Tensor, layout, ops};

/// `x` with the slices of `source` along `dim` put at the places that a one-dimensional index names: `index_copy`, and
/// `index_add` for another way of putting.
pub fn index_put_slices(
    x: &Tensor,
    dim: i64,
    index: &Tensor,
    source: impl Into<Arg>,
    put: Put,
) -> Result<Tensor> {
    let at = layout::resolve_dim(dim, x.rank())?;
    if index.rank() > 1 {
        return Err(Error::index("Index should have dimension 1 or 0"));
    }
    let source = source.into();
    if x.rank() == 0 {
        return ops::scatter(x, 0, &ops::reshape(index, &[index.count()])?, source, put);
    }
    // The index, spread over all other dimensions.
    let mut spread = vec![1; x.rank()];
    spread[at] = index.count();
    let mut shape = x.shape().to_vec();
    shape[at] = index.count();
    let places = ops::expand(&ops::reshape(index, &spread)?, &shape)?;
    let source = match source {
        // One number for all.
        Arg::Tensor(value) if value.rank() == 0 => ops::expand(&value, &shape)?.into(),
        Arg::Tensor(value) if value.shape() != shape => {
            return Err(Error::runtime(format!(
                "the source {} does not fit the slices {} of self {}",
                layout::show(value.shape()),
                layout::show(&shape),
                layout::show(x.shape())
            )));
        }
        other => other,
    };
    ops::scatter(x, at as i64, &places, source, put)
}

/// `x` with the slices along `dim` that a one-dimensional index names filled with a number: `index_fill`.
pub fn index_fill(x: &Tensor, dim: i64, index: &Tensor, value: impl Into<Arg>) -> Result<Tensor> {
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape().get(at).copied().unwrap_or(1);
    // A choice by a mask, so that a number counts once in the gradient however often its place is named.
    let mask = x.engine().no_grad(|| {
        let none = x.engine().full("zeros", &[size], Scalar::Bool(false), DType::Bool, x.device())?;
        let mask = index_put_slices(&none, 0, &wrapped(index, size)?, true, Put::Replace)?;
        let mut shape = vec![1; x.rank()];
        if let Some(along) = shape.get_mut(at) {
            *along = size;
        }
        ops::reshape(&mask, &shape)
    })?;
    ops::where_(mask, value, x)
}

/// The elements at these places of `x`, seen as one row: `take`.
pub fn take(x: &Tensor, index: &Tensor) -> Result<Tensor> {
    let flat = ops::reshape(x, &[x.count()])?;
    let places = wrapped(&ops::reshape(index, &[index.count()])?, x.count())?;
    ops::reshape(&ops::index_select(&flat, 0, &places)?, index.shape())
}

/// Places of which negative ones count from the end.
pub fn wrapped(index: &Tensor, size: usize) -> Result<Tensor> {
    ops::where_(ops::lt(index, 0i64)?, ops::add(index, size as i64)?, index)
}
