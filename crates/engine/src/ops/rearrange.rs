//! The same elements in other places.

use crate::{Array, Error, Result, Tensor, layout, ops};

/// The slices of `x` at `dim` in another order, by their numbers; each may come any number of times.
pub(super) fn reordered(x: &Tensor, dim: usize, order: Vec<i64>) -> Result<Tensor> {
    let count = order.len();
    let order = x.engine().constant(Array::I64(order), &[count], x.device())?;
    ops::index_select(x, dim as i64, &order)
}

/// `x` with the order of the elements reversed along these dimensions.
pub fn flip(x: &Tensor, dims: &[i64]) -> Result<Tensor> {
    if dims.is_empty() || x.rank() == 0 {
        dims.iter().try_for_each(|&dim| layout::resolve_dim(dim, x.rank()).map(drop))?;
        return ops::clone(x);
    }
    let mut out = x.clone();
    for dim in ops::resolve_dims(dims, x.rank())? {
        out = reordered(&out, dim, (0..x.shape()[dim] as i64).rev().collect())?;
    }
    Ok(ops::named(out, "flip"))
}

/// `x` with its elements moved on along dimensions; those that leave at one end come in at the other. Without dimensions
/// it is moved as one long row.
pub fn roll(x: &Tensor, shifts: &[i64], dims: &[i64]) -> Result<Tensor> {
    let refuse = |message: String| Err(Error::runtime(message).in_op("roll"));
    if shifts.is_empty() {
        return refuse("`shifts` required".to_owned());
    }
    if dims.is_empty() && shifts.len() == 1 {
        let row = roll(&ops::reshape(x, &[x.count()])?, shifts, &[0])?;
        return ops::reshape(&row, x.shape());
    }
    if dims.len() != shifts.len() {
        return refuse(format!(
            "shifts and dimensions must align. shifts: {}, dims:{}",
            shifts.len(),
            dims.len()
        ));
    }
    let mut out = x.clone();
    for (&shift, &dim) in shifts.iter().zip(dims) {
        let dim = layout::resolve_dim(dim, x.rank())?;
        let Some(&size) = x.shape().get(dim) else { continue };
        let first =
            (size as i64).checked_sub(shift.checked_rem_euclid(size as i64).unwrap_or(0)).unwrap_or(0);
        let front = usize::try_from(first).unwrap_or(0) % size.max(1);
        if front == 0 {
            continue;
        }
        let parts = [
            ops::slice(&out, dim as i64, front, 1, size - front)?,
            ops::slice(&out, dim as i64, 0, 1, front)?,
        ];
        out = ops::cat(&parts, dim as i64)?;
    }
    Ok(if out.is(x) { ops::clone(x)? } else { ops::named(out, "roll") })
}

/// `x` so many times along each dimension, one after the other; more numbers than dimensions add some in front.
pub fn repeat(x: &Tensor, times: &[i64]) -> Result<Tensor> {
    let Some(lead) = times.len().checked_sub(x.rank()) else {
        return Err(Error::runtime(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor",
        )
        .in_op("repeat"));
    };
    let counts = times
        .iter()
        .map(|&n| {
            usize::try_from(n)
                .map_err(|_| Error::runtime(format!("Trying to create tensor with negative dimension {n}")))
        })
        .collect::<Result<Vec<_>>>()?;
    let mut shape: Vec<usize> = std::iter::repeat_n(1, lead).chain(x.shape().iter().copied()).collect();
    let whole: Vec<usize> = shape.iter().zip(&counts).map(|(size, n)| size.saturating_mul(*n)).collect();
    x.engine().check_budget(&whole, x.dtype())?;
    let mut out = ops::reshape(x, &shape)?;
    // Each dimension for itself: expanded along a new one before it, then joined with that.
    for (dim, &n) in counts.iter().enumerate().filter(|(_, n)| **n != 1) {
        let before: usize = shape[..dim].iter().product();
        let after: usize = shape[dim..].iter().product();
        let spread = ops::expand(&ops::reshape(&out, &[before, 1, after])?, &[before, n, after])?;
        shape[dim] *= n;
        out = ops::reshape(&spread, &shape)?;
    }
    Ok(if out.shares_storage(x) {
        ops::named(ops::clone(&out)?, "repeat")
    } else {
        ops::named(out, "repeat")
    })
}

/// `x` with some dimensions moved to other places; the others keep their order.
pub fn movedim(x: &Tensor, from: &[i64], to: &[i64]) -> Result<Tensor> {
    let refuse = |message: String| Err(Error::runtime(message).in_op("movedim"));
    if from.len() != to.len() {
        return refuse(format!(
            "movedim: Invalid source or destination dims: source ({from:?} dims) should contain the same number of dims as \
             destination ({to:?} dims)"
        ));
    }
    let resolve =
        |dims: &[i64]| dims.iter().map(|&d| layout::resolve_dim(d, x.rank())).collect::<Result<Vec<_>>>();
    let (sources, targets) = (resolve(from)?, resolve(to)?);
    for (dims, given, what) in [(&sources, from, "source"), (&targets, to, "destination")] {
        if dims.iter().enumerate().any(|(i, d)| dims[..i].contains(d)) {
            return refuse(format!("movedim: repeated dim in `{what}` ({given:?})"));
        }
    }
    if x.rank() == 0 {
        return ops::reshape(x, &[]);
    }
    let mut rest = (0..x.rank()).filter(|d| !sources.contains(d));
    let order: Vec<i64> = (0..x.rank())
        .filter_map(|place| match targets.iter().position(|&t| t == place) {
            Some(i) => sources.get(i).copied(),
            None => rest.next(),
        })
        .map(|d| d as i64)
        .collect();
    ops::permute(x, &order)
}
