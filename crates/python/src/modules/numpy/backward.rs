//! Slices that go backward, which a view cannot.

use gradloom_engine::{Array, Device, Tensor, ops};

use crate::context::Context;
use crate::error::unsupported;
use crate::native::Result;
use crate::value::{Slice, Value};

/// Whether a part of a key is a slice that goes backward.
fn goes_back(key: &Value) -> bool {
    matches!(key, Value::Slice(s) if s.step.as_i64().is_some_and(|n| n < 0))
}

/// The slices of a dimension, last first.
pub fn reversed(x: &Tensor, dim: usize) -> Result<Tensor> {
    let size = x.shape().get(dim).copied().unwrap_or(0);
    let back = x.engine().tensor(Array::I64((0..size as i64).rev().collect()), &[size], Device::Cpu)?;
    Ok(ops::index_select(x, dim as i64, &back)?)
}

/// The parts of a key.
fn parts(key: &Value) -> Vec<Value> {
    match key {
        Value::Tuple(tuple) => tuple.items.clone(),
        one => vec![one.clone()],
    }
}

/// How many dimensions of the array a part of a key takes.
fn taken(key: &Value) -> usize {
    usize::from(!matches!(key, Value::None | Value::Ellipsis))
}

/// The key of the same elements with slices that go forward, and the dimensions of the result along which their order
/// is then the other way round.
pub fn forward(cx: &mut Context, x: &Tensor, key: &Value) -> Result<(Value, Vec<usize>)> {
    let keys = parts(key);
    if !keys.iter().any(goes_back) {
        return Ok((key.clone(), Vec::new()));
    }
    let rest = x.rank().saturating_sub(keys.iter().map(taken).sum());
    let (mut dim, mut out, mut dims, mut new) = (0, 0, Vec::new(), Vec::new());
    for key in &keys {
        match key {
            Value::Slice(slice) if goes_back(key) => {
                let size = x.shape().get(dim).copied().unwrap_or(0);
                let (start, stop, step) = cx.slice_bounds(slice, size)?;
                let count = if stop < start { (start - stop - 1) / -step + 1 } else { 0 };
                let first = start + (count - 1).max(0) * step;
                new.push(Value::Slice(std::rc::Rc::new(Slice {
                    start: Value::Int(first.max(0)),
                    stop: Value::Int(if count == 0 { first.max(0) } else { start + 1 }),
                    step: Value::Int(-step),
                })));
                dims.push(out);
            }
            Value::Slice(_) | Value::None | Value::Int(_) | Value::Ellipsis => new.push(key.clone()),
            _ => {
                return Err(unsupported(
                    "assigning through a slice with a negative step beside lists of places is not supported here",
                ));
            }
        }
        let skipped = if matches!(key, Value::Ellipsis) { rest } else { 0 };
        dim += taken(key) + skipped;
        out += skipped + usize::from(matches!(key, Value::Slice(_) | Value::None));
    }
    Ok((if matches!(key, Value::Tuple(_)) { Value::tuple(new) } else { new.remove(0) }, dims))
}

/// The array and the key without slices that go backward: the array is turned around along their dimensions.
pub fn turned(cx: &mut Context, x: &Tensor, key: &Value) -> Result<(Tensor, Value)> {
    let keys = parts(key);
    if !keys.iter().any(goes_back) {
        return Ok((x.clone(), key.clone()));
    }
    let all: usize = keys.iter().map(taken).sum();
    let (mut out, mut dim, mut new) = (x.clone(), 0, Vec::new());
    for key in &keys {
        if matches!(key, Value::Ellipsis) {
            dim += x.rank().saturating_sub(all);
        }
        match key {
            Value::Slice(slice) if goes_back(key) => {
                let size = x.shape().get(dim).copied().unwrap_or(0);
                let (start, stop, step) = cx.slice_bounds(slice, size)?;
                out = reversed(&out, dim)?;
                let last = size as i64 - 1;
                new.push(Value::Slice(std::rc::Rc::new(Slice {
                    start: Value::Int(last - start),
                    stop: Value::Int(last - stop),
                    step: Value::Int(-step),
                })));
            }
            other => new.push(other.clone()),
        }
        dim += taken(key);
    }
    Ok((out, Value::tuple(new)))
}
