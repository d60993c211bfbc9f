//! Cutting a tensor into parts.

use gradloom_engine::{Tensor, layout, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{one_of_several, sequence, tensor};

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
    let (dim, start, length) = (args.int(cx, 1)?, args.int(cx, 2)?, args.int(cx, 3)?);
    let size = size_along(x, dim)? as i64;
    let first = if start < 0 { start.saturating_add(size) } else { start };
    if first < 0 || length < 0 || first.saturating_add(length) > size {
        return Err(runtime_error(format!(
            "start ({start}) + length ({length}) exceeds dimension size ({size})."
        )));
    }
    Ok(Value::Tensor(ops::slice(x, dim, first as usize, 1, length as usize)?))
}

/// Functions that are methods as well.
pub const PARTS: &[Native] = &[
    Native::new("chunk", "input, chunks, dim=", chunk),
    Native::new("narrow", "input, dim, start, length", narrow),
    Native::new("split", "input, split_size_or_sections, dim=", split),
    Native::new("unbind", "input, dim=", unbind),
];
