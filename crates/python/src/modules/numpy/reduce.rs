//! Sums, means, extremes.

use gradloom_engine::{Arg, DType, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{Exception, VALUE_ERROR, type_error, value_error};
use crate::modules::torch::{quantified, sequence, variance};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::Value;

use super::array::to_tensor;
use super::scalar::dtype;
use super::ufunc::{Binary, check_shapes, wrap};

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

/// What every reduction is asked: parameters `a, axis=, dtype=, keepdims=, where=, initial=`.
struct Asked {
    x: Tensor,
    axes: Vec<i64>,
    keep: bool,
    /// Which elements count, in the shape of `x`; all where it is left out.
    mask: Option<Tensor>,
}

fn asked(cx: &mut Context, args: &Args, float: bool) -> Result<Asked> {
    let mut x = to_tensor(cx, &args[0])?;
    if let Some(value) = args.some(2) {
        x = ops::cast(&x, dtype(value)?)?;
    }
    if float && !x.dtype().is_float() {
        x = ops::cast(&x, DType::F64)?;
    }
    let axes = axes(cx, args.some(1), &x)?;
    let keep = args.truth_or(cx, 3, false)?;
    let mask = match args.some(4) {
        Some(Value::Bool(true)) | None => None,
        Some(value) => {
            let mask = to_tensor(cx, value)?;
            check_shapes(x.shape(), mask.shape())?;
            let shape = layout::broadcast_shapes([x.shape(), mask.shape()])?;
            x = ops::expand(&x, &shape)?;
            Some(ops::expand(&ops::cast(&mask, DType::Bool)?, &shape)?)
        }
    };
    Ok(Asked { x, axes, keep, mask })
}

impl Asked {
    /// Its elements, with `filler` in the place of those that do not count.
    fn filled(&self, filler: impl Into<Arg>) -> Result<Tensor> {
        match &self.mask {
            None => Ok(self.x.clone()),
            Some(mask) => Ok(ops::where_(mask.clone(), self.x.clone(), filler)?),
        }
    }

    /// The mean of those that count, `ddof` fewer.
    fn mean(&self, ddof: f64, keep: bool) -> Result<Tensor> {
        let Some(mask) = &self.mask else { return Ok(ops::mean(&self.x, &self.axes, keep)?) };
        let count = ops::sum(&ops::cast(mask, self.x.dtype())?, &self.axes, keep)?;
        Ok(ops::div(ops::sum(&self.filled(0i64)?, &self.axes, keep)?, ops::sub(count, ddof)?)?)
    }
}

fn sum(cx: &mut Context, args: &Args) -> Result {
    let asked = asked(cx, args, false)?;
    let mut out = ops::sum(&asked.filled(0i64)?, &asked.axes, asked.keep)?;
    if let Some(initial) = args.some(5) {
        out = ops::add(out, to_tensor(cx, initial)?)?;
    }
    wrap(cx, out)
}

fn mean(cx: &mut Context, args: &Args) -> Result {
    let asked = asked(cx, args, true)?;
    let out = asked.mean(0.0, asked.keep)?;
    wrap(cx, out)
}

fn extreme(cx: &mut Context, args: &Args, name: &str, op: Reduce, join: Binary) -> Result {
    let asked = asked(cx, args, false)?;
    let initial = match args.some(5) {
        Some(initial) => Some(to_tensor(cx, initial)?),
        None => None,
    };
    if asked.x.count() == 0 && initial.is_none() {
        return Err(value_error(format!(
            "zero-size array to reduction operation {name} which has no identity"
        )));
    }
    let x = match (&asked.mask, &initial) {
        (Some(_), None) => {
            return Err(value_error(format!(
                "reduction operation '{name}' does not have an identity, so to use a where mask one has to specify 'initial'"
            )));
        }
        (Some(_), Some(initial)) => asked.filled(initial)?,
        _ => asked.x.clone(),
    };
    let mut out = match &initial {
        // Nothing to look at: the sum of nothing has the shape of the result.
        Some(initial) if x.count() == 0 => ops::add(ops::sum(&x, &asked.axes, asked.keep)?, initial)?,
        _ => op(&x, &asked.axes, asked.keep)?,
    };
    if let Some(initial) = initial {
        out = join(out.into(), initial.into())?;
    }
    wrap(cx, out)
}

/// Parameters `a, axis=, keepdims=`.
fn arg_extreme(cx: &mut Context, args: &Args, largest: bool) -> Result {
    let x = to_tensor(cx, &args[0])?;
    if x.count() == 0 {
        return Err(value_error(format!("attempt to get {} of an empty sequence", args.native.name)));
    }
    let keep = args.truth_or(cx, 2, false)?;
    let axis = match axes(cx, args.some(1), &x)?.as_slice() {
        [] => None,
        [axis] => Some(*axis),
        _ => return Err(type_error("argmax takes one axis")),
    };
    let out = ops::argmax(&x, axis, keep, largest)?;
    wrap(cx, out)
}

fn quantify(cx: &mut Context, args: &Args, every: bool) -> Result {
    let mut asked = asked(cx, args, false)?;
    if asked.x.dtype() != DType::Bool {
        asked.x = ops::ne(&asked.x, 0i64)?;
    }
    let out = quantified(&asked.filled(every)?, &asked.axes, asked.keep, every)?;
    wrap(cx, out)
}

/// With one parameter more: `ddof=`.
fn spread(cx: &mut Context, args: &Args, root: bool) -> Result {
    let mut asked = asked(cx, args, true)?;
    let ddof = args.float_or(cx, 5, 0.0)?;
    let out = if asked.mask.is_some() {
        let far = ops::sub(&asked.x, asked.mean(0.0, true)?)?;
        asked.x = ops::mul(&far, &far)?;
        asked.mean(ddof, asked.keep)?
    } else {
        variance(&asked.x, &asked.axes, ddof, asked.keep)?
    };
    let out = if root { ops::sqrt(out)? } else { out };
    wrap(cx, out)
}

const PARAMS: &str = "a, axis=, dtype=, keepdims=, where=, initial=";
const SPREAD: &str = "a, axis=, dtype=, keepdims=, where=, ddof=";

/// Functions that are methods of arrays as well.
pub const REDUCE: &[Native] = &[
    Native::new("all", PARAMS, |cx, args| quantify(cx, args, true)),
    Native::new("any", PARAMS, |cx, args| quantify(cx, args, false)),
    Native::new("argmax", "a, axis=, keepdims=", |cx, args| arg_extreme(cx, args, true)),
    Native::new("argmin", "a, axis=, keepdims=", |cx, args| arg_extreme(cx, args, false)),
    Native::new("max", PARAMS, |cx, args| extreme(cx, args, "maximum", ops::amax, ops::maximum)),
    Native::new("mean", PARAMS, mean),
    Native::new("min", PARAMS, |cx, args| extreme(cx, args, "minimum", ops::amin, ops::minimum)),
    Native::new("std", SPREAD, |cx, args| spread(cx, args, true)),
    Native::new("sum", PARAMS, sum),
    Native::new("var", SPREAD, |cx, args| spread(cx, args, false)),
];
