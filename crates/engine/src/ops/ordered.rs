//! Functions of order, composed: where elements stand is found first, then they are gathered, so that gradients go back
//! to where they came from.

use crate::{Arg, DType, Error, Result, Scalar, Tensor, layout, ops};

/// Elements, and where they were along the dimension.
pub type Placed = (Tensor, Tensor);

/// `x` in order along `dim`; equal elements keep theirs.
pub fn sort(x: &Tensor, dim: i64, descending: bool) -> Result<Placed> {
    placed(x, dim, ops::argsort(x, dim, descending)?)
}

/// The `k` largest (or smallest) along `dim`, in order.
pub fn topk(x: &Tensor, k: i64, dim: i64, largest: bool) -> Result<Placed> {
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape().get(at).copied().unwrap_or(1);
    let k = usize::try_from(k)
        .ok()
        .filter(|&k| k <= size)
        .ok_or_else(|| Error::runtime("selected index k out of range").in_op("topk"))?;
    let order = ops::argsort(x, dim, largest)?;
    placed(x, dim, if x.rank() == 0 { order } else { ops::slice(&order, dim, 0, 1, k)? })
}

/// The `k`-th smallest along `dim`, counted from 1; the dimension stays with size 1.
pub fn kthvalue(x: &Tensor, k: i64, dim: i64) -> Result<Placed> {
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape().get(at).copied().unwrap_or(1);
    let k = usize::try_from(k).ok().filter(|k| (1..=size).contains(k)).ok_or_else(|| {
        Error::runtime(format!("kthvalue(): selected number k out of range for dimension {at}"))
    })?;
    let order = ops::argsort(x, dim, false)?;
    placed(x, dim, if x.rank() == 0 { order } else { ops::slice(&order, dim, k - 1, 1, 1)? })
}

/// The median along `dim`, the lower of two; the dimension stays with size 1. NaN wins, unless `skip_nan` leaves it out.
pub fn median(x: &Tensor, dim: i64, skip_nan: bool) -> Result<Placed> {
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape().get(at).copied().unwrap_or(1);
    if size == 0 {
        return Err(Error::index(format!("median(): Expected reduction dim {at} to have non-zero size.")));
    }
    let order = ops::argsort(x, dim, false)?;
    if x.rank() == 0 || !x.dtype().is_float() {
        let middle = if x.rank() == 0 { order } else { ops::slice(&order, dim, (size - 1) / 2, 1, 1)? };
        return placed(x, dim, middle);
    }
    // NaN stands last: so many numbers before it.
    let middle = x.engine().no_grad(|| {
        let numbers = ops::sum(&ops::cast(&ops::eq(x, x)?, DType::I64)?, &[dim], true)?;
        if skip_nan {
            return ops::floor_divide(ops::clamp(&ops::sub(numbers, 1i64)?, Some(0i64.into()), None)?, 2i64);
        }
        let last = size as i64;
        ops::where_(ops::eq(&numbers, last)?, (last - 1) / 2, numbers)
    })?;
    placed(x, dim, ops::gather(&order, dim, &middle)?)
}

/// The largest (or smallest) so far along `dim`.
pub fn cumulative_extreme(x: &Tensor, dim: i64, largest: bool) -> Result<Placed> {
    placed(x, dim, ops::extreme_so_far(x, dim, largest)?)
}

/// The largest (or smallest) along `dim`, which stays with size 1.
pub fn extreme_along(x: &Tensor, dim: i64, largest: bool) -> Result<Placed> {
    placed(x, dim, ops::argmax(x, Some(dim), true, largest)?)
}

/// Where each of `values` would stand among the sorted `edges`, in rows along the last dimension: before its equals, or
/// behind them where `right`.
pub fn searchsorted(edges: &Tensor, values: &Tensor, right: bool) -> Result<Tensor> {
    // [rows…, values, 1] against [rows…, 1, edges]: how many edges are not behind it. NaN stands behind all.
    let against = if edges.rank() == 1 { edges.clone() } else { ops::unsqueeze(edges, -2)? };
    let each = ops::unsqueeze(values, -1)?;
    let behind = if right { ops::gt(&against, &each)? } else { ops::ge(&against, &each)? };
    ops::sum(&ops::cast(&ops::eq(&behind, false)?, DType::I64)?, &[-1], false)
}

/// How often each integer from 0 occurs, at least `length` numbers of them; weighted, where weights are given.
pub fn bincount(x: &Tensor, weights: Option<&Tensor>, length: usize) -> Result<Tensor> {
    let (dtype, ones): (DType, Arg) = match weights {
        None => (DType::I64, Arg::Scalar(Scalar::Int(1))),
        Some(w) if w.dtype() == DType::F32 => (DType::F32, w.into()),
        Some(w) => (DType::F64, ops::cast(w, DType::F64)?.into()),
    };
    let zeros = x.engine().full("zeros", &[length], Scalar::Int(0), dtype, x.device())?;
    ops::scatter(&zeros, 0, x, ones, crate::planner::Put::Add)
}

/// How many elements fall into each of `bins` equal intervals between `low` and `high`, the last one closed.
pub fn histc(x: &Tensor, bins: usize, low: f64, high: f64) -> Result<Tensor> {
    let flat = ops::reshape(x, &[x.count()])?;
    let inside = ops::mul(
        ops::cast(&ops::ge(&flat, low)?, x.dtype())?,
        ops::cast(&ops::le(&flat, high)?, x.dtype())?,
    )?;
    let scaled = ops::div(ops::mul(ops::sub(&flat, low)?, bins as f64)?, high - low)?;
    // What lies outside counts 0 wherever it is put.
    let bin = ops::clamp(
        &ops::where_(ops::eq(&inside, 1.0)?, scaled, 0.0)?,
        Some(0.0.into()),
        Some((bins as f64 - 1.0).into()),
    )?;
    let zeros = x.engine().full("zeros", &[bins], Scalar::Int(0), x.dtype(), x.device())?;
    ops::scatter_add(&zeros, 0, &ops::cast(&ops::floor(&bin)?, DType::I64)?, &inside)
}

fn placed(x: &Tensor, dim: i64, places: Tensor) -> Result<Placed> {
    Ok((ops::gather(x, dim, &places)?, places))
}
