//! Sums, means, extremes.

use gradloom_engine::{DType, Tensor, ops};

use crate::context::Context;
use crate::error::{Exception, VALUE_ERROR, type_error, value_error};
use crate::modules::torch::{quantified, sequence, variance};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::Value;

use super::array::to_tensor;
use super::scalar::dtype;
use super::ufunc::wrap;

/// `np.exceptions.AxisError`
pub static AXIS_ERROR: TypeTable =
    TypeTable { name: "AxisError", module: "numpy.exceptions", base: Some(&VALUE_ERROR), ..TypeTable::EMPTY };

/// The axes of a call; none for all of them.
pub fn axes(cx: &mut Context, value: Option<&Value>, x: &Tensor) -> Result<Vec<i64>> {
    let given = match value {
        None => return Ok(Vec::new()),
        Some(value) => sequence(value).unwrap_or_else(|| vec![value.clone()]),
    };
    let rank = x.rank() as i64;
    let mut axes = Vec::new();
    for value in &given {
        let axis = cx.index(value)?;
        if axis < -rank || axis >= rank {
            let message = format!("axis {axis} is out of bounds for array of dimension {rank}");
            return Err(Exception::new(&AXIS_ERROR, message).raise());
        }
        axes.push(axis);
    }
    Ok(axes)
}

type Reduce = fn(&Tensor, &[i64], bool) -> gradloom_engine::Result<Tensor>;

/// Parameters `a, axis=, dtype=, keepdims=`.
fn reduce(cx: &mut Context, args: &Args, float: bool, op: Reduce) -> Result {
    let mut x = to_tensor(cx, &args[0])?;
    if let Some(value) = args.some(2) {
        x = ops::cast(&x, dtype(value)?)?;
    }
    if float && !x.dtype().is_float() {
        x = ops::cast(&x, DType::F64)?;
    }
    let axes = axes(cx, args.some(1), &x)?;
    let keep = args.truth_or(cx, 3, false)?;
    let out = op(&x, &axes, keep)?;
    wrap(cx, out)
}

fn extreme(cx: &mut Context, args: &Args, name: &str, op: Reduce) -> Result {
    if to_tensor(cx, &args[0])?.count() == 0 {
        return Err(value_error(format!(
            "zero-size array to reduction operation {name} which has no identity"
        )));
    }
    reduce(cx, args, false, op)
}

fn arg_extreme(cx: &mut Context, args: &Args, largest: bool) -> Result {
    let x = to_tensor(cx, &args[0])?;
    if x.count() == 0 {
        return Err(value_error(format!("attempt to get {} of an empty sequence", args.native.name)));
    }
    let axis = match axes(cx, args.some(1), &x)?.as_slice() {
        [] => None,
        [axis] => Some(*axis),
        _ => return Err(type_error("argmax takes one axis")),
    };
    let out = ops::argmax(&x, axis, false, largest)?;
    wrap(cx, out)
}

fn quantify(cx: &mut Context, args: &Args, every: bool) -> Result {
    let x = to_tensor(cx, &args[0])?;
    let x = if x.dtype() == DType::Bool { x } else { ops::ne(x, 0i64)? };
    let axes = axes(cx, args.some(1), &x)?;
    let keep = args.truth_or(cx, 3, false)?;
    let out = quantified(&x, &axes, keep, every)?;
    wrap(cx, out)
}

/// Parameters `a, axis=, dtype=, keepdims=, ddof=`.
fn spread(cx: &mut Context, args: &Args, root: bool) -> Result {
    let x = to_tensor(cx, &args[0])?;
    let x = if x.dtype().is_float() { x } else { ops::cast(&x, DType::F64)? };
    let axes = axes(cx, args.some(1), &x)?;
    let keep = args.truth_or(cx, 3, false)?;
    let ddof = args.float_or(cx, 4, 0.0)?;
    let out = variance(&x, &axes, ddof, keep)?;
    let out = if root { ops::sqrt(out)? } else { out };
    wrap(cx, out)
}

/// Functions that are methods of arrays as well.
pub const REDUCE: &[Native] = &[
    Native::new("all", "a, axis=, dtype=, keepdims=", |cx, args| quantify(cx, args, true)),
    Native::new("any", "a, axis=, dtype=, keepdims=", |cx, args| quantify(cx, args, false)),
    Native::new("argmax", "a, axis=", |cx, args| arg_extreme(cx, args, true)),
    Native::new("argmin", "a, axis=", |cx, args| arg_extreme(cx, args, false)),
    Native::new("max", "a, axis=, dtype=, keepdims=", |cx, args| extreme(cx, args, "maximum", ops::amax)),
    Native::new("mean", "a, axis=, dtype=, keepdims=", |cx, args| reduce(cx, args, true, ops::mean)),
    Native::new("min", "a, axis=, dtype=, keepdims=", |cx, args| extreme(cx, args, "minimum", ops::amin)),
    Native::new("std", "a, axis=, dtype=, keepdims=, ddof=", |cx, args| spread(cx, args, true)),
    Native::new("sum", "a, axis=, dtype=, keepdims=", |cx, args| reduce(cx, args, false, ops::sum)),
    Native::new("var", "a, axis=, dtype=, keepdims=, ddof=", |cx, args| spread(cx, args, false)),
];
