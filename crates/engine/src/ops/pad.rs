//! Borders around a tensor.

use crate::{Arg, DType, Error, Result, Scalar, Tensor, layout, ops};

use super::rearrange::reordered;

/// What a border is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Padding {
    /// A number.
    Constant(Scalar),
    /// What lies as far inside of the edge; the edge itself comes once.
    Reflect,
    /// The element at the edge.
    Replicate,
    /// What lies at the other end.
    Circular,
}

/// `x` with borders of its last dimensions: `sides` has for each, from the last one on, how many elements are added before
/// and behind. A negative number takes elements away.
pub fn pad(x: &Tensor, sides: &[(i64, i64)], padding: Padding) -> Result<Tensor> {
    padded(x, sides, padding).map_err(|e| e.in_op("pad"))
}

fn padded(x: &Tensor, sides: &[(i64, i64)], padding: Padding) -> Result<Tensor> {
    let rank = x.rank();
    let constant = match padding {
        Padding::Constant(value) => Some(value),
        _ if matches!(sides.len(), 1..=3) && (rank == sides.len() + 1 || rank == sides.len() + 2) => None,
        _ => {
            return Err(Error::unsupported(
                "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now",
            ));
        }
    };
    if sides.len() > rank {
        return Err(Error::runtime(format!(
            "Padding length should be less than or equal to two times the input dimension but got padding length {} and input \
             of dimension {rank}",
            2 * sides.len()
        )));
    }
    if sides.iter().any(|&(a, b)| a.unsigned_abs().max(b.unsigned_abs()) > u64::from(u32::MAX)) {
        return Err(Error::runtime("the padding is larger than any tensor"));
    }
    let mut shape = x.shape().to_vec();
    for (dim, &(before, behind)) in (0..rank).rev().zip(sides) {
        let size = shape[dim] as i64 + before + behind;
        shape[dim] = usize::try_from(size).map_err(|_| {
            Error::runtime(format!(
                "The input size {}, plus negative padding {before} and {behind} resulted in a negative output size, which is \
                 invalid. Check dimension {dim} of your input.",
                x.shape()[dim]
            ))
        })?;
    }
    layout::check_shape(&shape)?;
    x.engine().check_budget(&shape, x.dtype())?;
    let Some(value) = constant else {
        let mut out = x.clone();
        for (dim, &(before, behind)) in (0..rank).rev().zip(sides) {
            if (before, behind) != (0, 0) {
                out = reordered(&out, dim, border(x.shape(), dim, before, behind, padding)?)?;
            }
        }
        return Ok(if out.is(x) { ops::clone(x)? } else { out });
    };
    let out = among_zeros(x, sides)?;
    if value.to_f64() == 0.0 {
        return Ok(if out.is(x) { ops::clone(x)? } else { ops::named(out, "constant_pad_nd") });
    }
    // Where zeros would not do: a mask that is put among falsehoods in the same way says where `x` is.
    let engine = x.engine();
    let truth = engine.constant(crate::Array::Bool(vec![true]), &[1].repeat(rank), x.device())?;
    let mask = engine.no_grad(|| among_zeros(&ops::expand(&truth, x.shape())?, sides))?;
    let value = match x.dtype() {
        DType::I64 => Scalar::Int(value.to_f64() as i64),
        DType::Bool => Scalar::Bool(true),
        DType::F32 | DType::F64 => value,
    };
    Ok(ops::named(ops::where_(mask, out, Arg::Scalar(value))?, "constant_pad_nd"))
}

/// `x` between zeros, dimension by dimension.
fn among_zeros(x: &Tensor, sides: &[(i64, i64)]) -> Result<Tensor> {
    let mut out = x.clone();
    for (dim, &(before, behind)) in (0..x.rank()).rev().zip(sides) {
        let size = x.shape()[dim] as i64;
        // What is taken away at both ends together may be more than there is.
        let first = (-before).clamp(0, size);
        let last = (size + behind.min(0)).max(first);
        if (first, last) != (0, size) {
            out = ops::slice(&out, dim as i64, first as usize, 1, (last - first) as usize)?;
        }
        if before > 0 || behind > 0 {
            let start = before.max(0) as usize;
            let size = (size + before + behind).max(0) as usize;
            out = ops::apply(ops::Unslice { dim, start: start.min(size), step: 1, size }, &[out.into()])?;
        }
    }
    Ok(out)
}

/// Which element of a dimension comes at each place of the padded one.
fn border(shape: &[usize], dim: usize, before: i64, behind: i64, padding: Padding) -> Result<Vec<i64>> {
    let size = shape[dim] as i64;
    let most = before.max(behind);
    match padding {
        Padding::Reflect if most >= size => {
            return Err(Error::runtime(format!(
                "Argument #{}: Padding size should be less than the corresponding input dimension, but got: padding ({before}, \
                 {behind}) at dimension {dim} of input {}",
                4 + 2 * (shape.len() - 1 - dim),
                layout::show(shape)
            )));
        }
        Padding::Circular if most > size => {
            return Err(Error::runtime("Padding value causes wrapping around more than once."));
        }
        Padding::Replicate if size == 0 && before + behind > 0 => {
            return Err(Error::runtime(format!(
                "Expected a non-zero size of dimension {dim} for padding by its edge, but got {}",
                layout::show(shape)
            )));
        }
        _ => {}
    }
    let last = size - 1;
    // What is taken away at an end does not come round at the other.
    let (first, kept) = ((-before).max(0), size + before.min(0) + behind.min(0));
    let source = |place: i64| match padding {
        Padding::Reflect => last - (last - place.abs()).abs(),
        Padding::Circular => first + (place - first).rem_euclid(kept.max(1)),
        _ => place.clamp(0, last.max(0)),
    };
    Ok((-before..size + behind).map(source).collect())
}
