//! Elements of arrays, read and written, with refusals in NumPy's words.

use gradloom_engine::{Arg, Tensor, ops};

use crate::context::Context;
use crate::error::{INDEX_ERROR, Interrupt, index_error, value_error};
use crate::modules::torch::{read_index, write_index};
use crate::native::Result;
use crate::value::Value;

use super::array::{NdArray, this, to_tensor, tuple_text};
use super::backward::{forward, reversed, turned};
use super::ufunc::wrap;

/// `x[key]`
pub fn getitem(cx: &mut Context, value: &Value, key: &Value) -> Result {
    let x = this(value)?;
    let (x, key) = turned(cx, x, key)?;
    let out = read_index(cx, &x, &key).map_err(|e| worded(e, &x, &key))?;
    // `x[...]` stays an array whatever its dimensions.
    if matches!(key, Value::Ellipsis) {
        return Ok(Value::new_object(NdArray(out)));
    }
    wrap(cx, out)
}

/// `x[key] = new`
pub fn setitem(cx: &mut Context, value: &Value, key: &Value, new: &Value) -> Result<()> {
    let x = this(value)?;
    let (key, backward) = forward(cx, x, key)?;
    let operand = match crate::modules::torch::to_operand(new) {
        Some(operand) => operand,
        None => to_tensor(cx, new)?.into(),
    };
    let from = operand.shape().to_vec();
    let operand = match operand {
        Arg::Tensor(value) if !backward.is_empty() && value.rank() > 0 => {
            let target = read_index(cx, x, &key).map_err(|e| worded(e, x, &key))?;
            // What does not fit is refused below.
            match ops::expand(&value, target.shape()) {
                Ok(mut whole) => {
                    for &dim in &backward {
                        whole = reversed(&whole, dim)?;
                    }
                    whole.into()
                }
                Err(_) => value.into(),
            }
        }
        other => other,
    };
    write_index(cx, x, &key, operand).map_err(|e| match e {
        Interrupt::Raise(e) if !e.is(&INDEX_ERROR) && !from.is_empty() => {
            let into = match read_index(cx, x, &key) {
                Ok(view) => tuple_text(view.shape()),
                Err(_) => tuple_text(x.shape()),
            };
            let from = tuple_text(&from);
            value_error(format!("could not broadcast input array from shape {from} into shape {into}"))
        }
        other => worded(other, x, &key),
    })
}

/// A refusal of an index in NumPy's words.
pub fn worded(error: Interrupt, x: &Tensor, key: &Value) -> Interrupt {
    let Interrupt::Raise(exception) = error else { return error };
    let message = exception.args.borrow().first().and_then(Value::as_str).unwrap_or_default().to_owned();
    if message.starts_with("too many indices") || message.starts_with("invalid index of a 0-dim") {
        let given = match key {
            Value::Tuple(tuple) => tuple.items.iter().filter(|v| !v.is_none()).count(),
            _ => 1,
        };
        return index_error(format!(
            "too many indices for array: array is {}-dimensional, but {given} were indexed",
            x.rank()
        ));
    }
    if message.starts_with("only integers") || message.starts_with("new(): invalid") {
        return index_error(
            "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid \
             indices",
        );
    }
    if message.contains("out of bounds for dimension") {
        return index_error(message.replace("for dimension", "for axis"));
    }
    if message.starts_with("The shape of the mask") {
        return index_error(
            "boolean index did not match indexed array: its shape must be that of the dimensions it selects from",
        );
    }
    Interrupt::Raise(exception)
}
