//! Cutting a tensor into parts.

use gradloom_engine::{DType, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{named, one_of_several, sequence, tensor};

/// `x` cut along a dimension into parts that are so long.
fn cut(x: &Tensor, dim: i64, lengths: &[usize]) -> Result {
    let mut start = 0;
    let mut parts = Vec::new();
    for &length in lengths {
        parts.push(Value::Tensor(one_of_several(ops::slice(x, dim, start, 1, length)?, "split")));
        start += length;
    }
    Ok(Value::tuple(parts))
}

/// The size of a dimension; 1 for that of a number.
pub fn size_along(x: &Tensor, dim: i64) -> Result<usize> {
    Ok(x.shape().get(layout::resolve_dim(dim, x.rank())?).copied().unwrap_or(1))
}

fn split(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = args.int_or(cx, 2, 0)?;
    let size = size_along(x, dim)?;
    let lengths = match sequence(&args[1]) {
        Some(_) => super::args::sizes(cx, "split", std::slice::from_ref(&args[1]))?,
        None => {
            let each = usize::try_from(args.int(cx, 1)?).unwrap_or(0);
            if each == 0 {
                return Err(runtime_error("split expects split_size be non-negative"));
            }
            even(size, each)
        }
    };
    if lengths.iter().try_fold(0usize, |sum, &n| sum.checked_add(n)) != Some(size) {
        return Err(runtime_error(format!(
            "split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension {dim}), but got \
             split_sizes={lengths:?}"
        )));
    }
    cut(x, dim, &lengths)
}

fn even(size: usize, each: usize) -> Vec<usize> {
    if size == 0 {
        return vec![0];
    }
    (0..size.div_ceil(each)).map(|i| each.min(size - i * each)).collect()
}

fn chunk(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = args.int_or(cx, 2, 0)?;
    let chunks = usize::try_from(args.int(cx, 1)?).unwrap_or(0);
    if chunks == 0 {
        return Err(runtime_error("chunk expects `chunks` to be greater than 0"));
    }
    let size = size_along(x, dim)?;
    cut(x, dim, &even(size, size.div_ceil(chunks).max(1)))
}

fn unbind(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = args.int_or(cx, 1, 0)?;
    let rows: Result<Vec<Value>> = (0..size_along(x, dim)? as i64)
        .map(|i| Ok(Value::Tensor(one_of_several(ops::select(x, dim, i)?, "unbind"))))
        .collect();
    Ok(Value::tuple(rows?))
}

fn narrow(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if let Value::Tensor(start) = &args[2]
        && (start.rank() > 0 || start.dtype() != DType::I64)
    {
        return Err(runtime_error("start must be an 0-dim integral Tensor."));
    }
    let (dim, start, length) = (args.int(cx, 1)?, args.int(cx, 2)?, args.int(cx, 3)?);
    let size = size_along(x, dim)? as i64;
    if x.rank() == 0 {
        return Err(runtime_error("narrow() cannot be applied to a 0-dim tensor."));
    }
    if length < 0 {
        return Err(runtime_error("narrow(): length must be non-negative."));
    }
    if start < -size || start > size {
        return Err(index_error(format!(
            "start out of range (expected to be in range of [{}, {size}], but got {start})",
            -size
        )));
    }
    let first = if start < 0 { start.saturating_add(size) } else { start };
    if first < 0 || length < 0 || first.saturating_add(length) > size {
        return Err(runtime_error(format!(
            "start ({start}) + length ({length}) exceeds dimension size ({size})."
        )));
    }
    Ok(Value::Tensor(ops::slice(x, dim, first as usize, 1, length as usize)?))
}

/// Parts between the places named, or so many parts, the first ones longer by one where they cannot be equal.
fn tensor_split(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = args.int_or(cx, 2, 0)?;
    if x.rank() == 0 {
        return Err(runtime_error(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims",
        ));
    }
    let size = size_along(x, dim)?;
    let places = match &args[1] {
        Value::Tensor(t) if t.rank() == 1 => Some(super::methods::nested(cx, t)?),
        value => sequence(value).is_some().then(|| value.clone()),
    };
    let lengths: Vec<(usize, usize)> = match places {
        Some(places) => {
            let places = super::args::integers(cx, std::slice::from_ref(&places))?;
            let inside = |place: i64| {
                let place = if place < 0 { place.saturating_add(size as i64) } else { place };
                place.clamp(0, size as i64) as usize
            };
            let ends = places.iter().map(|&p| inside(p)).chain([size]);
            let starts = [0].into_iter().chain(places.iter().map(|&p| inside(p)));
            starts.zip(ends).map(|(start, end)| (start, end.saturating_sub(start))).collect()
        }
        None => {
            let sections = super::args::integers(cx, std::slice::from_ref(&args[1]))?;
            let sections = sections.first().and_then(|&n| usize::try_from(n).ok()).filter(|n| *n > 0);
            let Some(sections) = sections else {
                return Err(runtime_error("number of sections must be larger than 0, got 0"));
            };
            cx.charge(sections);
            let (each, more) = (size / sections, size % sections);
            let start = |i: usize| i * each + i.min(more);
            (0..sections).map(|i| (start(i), each + usize::from(i < more))).collect()
        }
    };
    let part = |(start, length)| Ok(Value::Tensor(ops::slice(x, dim, start, 1, length)?));
    Ok(Value::tuple(lengths.into_iter().map(part).collect::<Result<Vec<_>>>()?))
}

/// Functions that are methods as well.
pub const PARTS: &[Native] = &[
    Native::new("chunk", "input, chunks, dim=", chunk),
    Native::new("narrow", "input, dim, start, length", narrow),
    Native::new("select", "input, dim, index", |cx, args| {
        let (dim, index) = (args.int(cx, 1)?, args.int(cx, 2)?);
        Ok(Value::Tensor(named(ops::select(tensor(args, 0)?, dim, index)?, "select")))
    }),
    Native::new("split", "input, split_size_or_sections, dim=", split),
    Native::new("split_with_sizes", "input, split_sizes, dim=", split),
    Native::new("tensor_split", "input, indices_or_sections, dim=", tensor_split),
    Native::new("unbind", "input, dim=", unbind),
];
