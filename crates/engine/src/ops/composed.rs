//! Functions that are exact compositions of operators, or that move no value at all.

use crate::{Arg, DType, Error, Result, Scalar, Tensor, layout, ops};

/// Zeros of the shape, dtype and device of `x`.
pub fn zeros_like(x: &Tensor) -> Result<Tensor> {
    x.engine().full("zeros_like", x.shape(), Scalar::Int(0), x.dtype(), x.device())
}

/// A number as a tensor of the dtype and device of `like`; a tensor as it is.
pub fn as_tensor(arg: &Arg, like: &Tensor) -> Result<Tensor> {
    match arg {
        Arg::Tensor(t) => Ok(t.clone()),
        Arg::Scalar(s) => like.engine().full("full", &[], *s, like.dtype(), like.device()),
    }
}

/// `.detach()`: the same storage outside of the tape.
pub fn detach(x: &Tensor) -> Tensor {
    let out = x.alias();
    x.engine().note(&out, "detach", "x", &[x.into()]);
    out
}

/// The values outside of the tape under a storage of their own. Nothing is copied until somebody writes.
pub fn detach_copy(x: &Tensor) -> Tensor {
    x.snapshot_detached()
}

/// The same for the program to see: `torch.detach_copy`.
pub fn detached(x: &Tensor) -> Tensor {
    let out = detach_copy(x);
    x.engine().note(&out, "detach_copy", "x", &[x.into()]);
    out
}

/// Undoes broadcasting: sums `x` over the dimensions in which `shape` was repeated.
pub fn sum_to(x: &Tensor, shape: &[usize]) -> Result<Tensor> {
    if x.shape() == shape {
        return Ok(x.clone());
    }
    let lead = x.rank().saturating_sub(shape.len());
    let repeated = |d: &usize| *d < lead || (shape[*d - lead] == 1 && x.shape()[*d] != 1);
    let dims: Vec<i64> = (0..x.rank()).filter(repeated).map(|d| d as i64).collect();
    let summed = if dims.is_empty() { x.clone() } else { ops::sum(x, &dims, true)? };
    ops::reshape(&summed, shape)
}

/// `Σ x / n` over `dims` (all of them where none is named); the mean of nothing is NaN.
pub fn mean(x: &Tensor, dims: &[i64], keepdim: bool) -> Result<Tensor> {
    if !x.dtype().is_float() {
        return Err(Error::unsupported(format!(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: {}",
            x.dtype().scalar_name()
        ))
        .help("convert it first, with .float()")
        .in_op("mean"));
    }
    let count: usize = ops::resolve_dims(dims, x.rank())?.iter().map(|&d| x.shape()[d]).product();
    let out = ops::div(ops::sum(x, dims, keepdim)?, count as f64)?;
    Ok(named(out, "mean"))
}

/// `x²`.
pub fn square(x: &Tensor) -> Result<Tensor> {
    ops::pow(x, 2.0)
}

/// `x` between two bounds, each optional: `clamp(min=0)`.
pub fn clamp(x: &Tensor, min: Option<Arg>, max: Option<Arg>) -> Result<Tensor> {
    if min.is_none() && max.is_none() {
        return Err(
            Error::runtime("torch.clamp: At least one of 'min' or 'max' must not be None").in_op("clamp")
        );
    }
    // A truth value is clamped as an integer, as in PyTorch; integers by what both devices can hold.
    let x = &if x.dtype() == DType::Bool { ops::cast(x, DType::I64)? } else { x.clone() };
    let unbounded = |float: f64, int: i32| match x.dtype() {
        DType::I64 | DType::Bool => Arg::Scalar(Scalar::Int(i64::from(int))),
        DType::F32 | DType::F64 => Arg::Scalar(Scalar::Float(float)),
    };
    ops::apply(
        ops::clamp::Clamp,
        &[
            x.into(),
            min.unwrap_or_else(|| unbounded(f64::NEG_INFINITY, i32::MIN)),
            max.unwrap_or_else(|| unbounded(f64::INFINITY, i32::MAX)),
        ],
    )
}

/// A dimension of size 1 put in at `dim`.
pub fn unsqueeze(x: &Tensor, dim: i64) -> Result<Tensor> {
    let dim = layout::resolve_dim(dim, x.rank() + 1)?;
    let mut shape = x.shape().to_vec();
    shape.insert(dim, 1);
    Ok(named(ops::view(x, &shape)?, "unsqueeze"))
}

/// Without the dimensions of size 1, or without those of `dims` that have it.
pub fn squeeze(x: &Tensor, dims: Option<&[i64]>) -> Result<Tensor> {
    let go = match dims {
        None => (0..x.rank()).collect(),
        Some(dims) => dims.iter().map(|&d| layout::resolve_dim(d, x.rank())).collect::<Result<Vec<_>>>()?,
    };
    let keep = |(d, n): &(usize, &usize)| **n != 1 || !go.contains(d);
    let shape: Vec<usize> = x.shape().iter().enumerate().filter(keep).map(|(_, &n)| n).collect();
    Ok(named(ops::view(x, &shape)?, "squeeze"))
}

/// Tensors of one shape along a new dimension.
pub fn stack(tensors: &[Tensor], dim: i64) -> Result<Tensor> {
    let first = tensors
        .first()
        .ok_or_else(|| Error::runtime("stack expects a non-empty TensorList").in_op("stack"))?;
    if let Some((i, t)) = tensors.iter().enumerate().find(|(_, t)| t.shape() != first.shape()) {
        return Err(Error::runtime(format!(
            "stack expects each tensor to be equal size, but got {} at entry 0 and {} at entry {i}",
            layout::show(first.shape()),
            layout::show(t.shape())
        ))
        .in_op("stack"));
    }
    let rows = tensors.iter().map(|t| unsqueeze(t, dim)).collect::<Result<Vec<_>>>()?;
    let at = layout::resolve_dim(dim, first.rank() + 1)?;
    Ok(named(ops::cat(&rows, at as i64)?, "stack"))
}

/// Gives the last node of a composition the name of the whole.
pub fn named(out: Tensor, name: &'static str) -> Tensor {
    if let Some(node) = out.node() {
        node.rename(name);
    }
    out
}
