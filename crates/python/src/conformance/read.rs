//! The vectors' file format: a JSON object a line.
//!
//! `id`, `op`, `args`, `kwargs`, `out`, `cotangents`, `grads`, perhaps `tolerance` or `raises`; see [`Case`]. Values are `{"tensor": {"dtype", "shape", "data",
//! "requires_grad"?}}`, `{"list": […]}`, `{"tuple": […]}`, `{"slice": [start, stop, step]}`, `{"ellipsis": true}`,
//! `{"dtype": "float32"}`, otherwise plain JSON; not-a-number and the infinities are strings.

use gradloom_engine::Array;
use serde_json::{Map, Value};

use super::{Case, Datum, OUTPUT, Tolerance};

/// Reads a line.
///
/// # Errors
///
/// What is wrong with the line.
pub fn read(line: &str) -> Result<Case, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| format!("not JSON: {e}"))?;
    let line = value.as_object().ok_or("not an object")?;
    let data = |key: &str| match line.get(key) {
        None => Ok(Vec::new()),
        Some(value) => list(value).map_err(|e| format!("{key}: {e}")),
    };
    let keywords = match line.get("kwargs") {
        None => Vec::new(),
        Some(Value::Object(pairs)) => pairs
            .iter()
            .map(|(name, value)| {
                let value = datum(value).map_err(|e| format!("kwargs: {name}: {e}"))?;
                Ok((name.clone(), value))
            })
            .collect::<Result<_, String>>()?,
        Some(_) => return Err("kwargs: not an object".to_owned()),
    };
    let tolerance = match line.get("tolerance") {
        None => OUTPUT,
        Some(value) => match list(value).map_err(|e| format!("tolerance: {e}"))?.as_slice() {
            [Datum::Float(absolute), Datum::Float(relative)] => {
                Tolerance { absolute: *absolute, relative: *relative }
            }
            _ => return Err("tolerance: not two numbers".to_owned()),
        },
    };
    let raises = match line.get("raises") {
        None => None,
        Some(value) => match list(value).map_err(|e| format!("raises: {e}"))?.as_slice() {
            [Datum::Str(class), Datum::Str(message)] => Some([class.clone(), message.clone()]),
            _ => return Err("raises: not a class and a message".to_owned()),
        },
    };
    Ok(Case {
        id: text(line, "id")?,
        op: text(line, "op")?,
        args: data("args")?,
        keywords,
        out: data("out")?,
        cotangents: data("cotangents")?,
        grads: data("grads")?,
        raises,
        tolerance,
    })
}

fn field<'a>(object: &'a Map<String, Value>, key: &str) -> Result<&'a Value, String> {
    object.get(key).ok_or_else(|| format!("no {key:?}"))
}

fn text(object: &Map<String, Value>, key: &str) -> Result<String, String> {
    Ok(field(object, key)?.as_str().ok_or_else(|| format!("{key:?} is not a string"))?.to_owned())
}

fn items<'a>(object: &'a Map<String, Value>, key: &str) -> Result<&'a Vec<Value>, String> {
    field(object, key)?.as_array().ok_or_else(|| format!("{key:?} is not a list"))
}

fn list(value: &Value) -> Result<Vec<Datum>, String> {
    value.as_array().ok_or("not a list")?.iter().map(datum).collect()
}

/// The numbers that JSON has no digits for.
fn special(text: &str) -> Option<f64> {
    match text {
        "nan" => Some(f64::NAN),
        "inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn number(value: &Value) -> Result<f64, String> {
    match value {
        Value::String(text) => special(text),
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        other => other.as_f64(),
    }
    .ok_or_else(|| format!("{value} is not a number"))
}

fn tensor(object: &Map<String, Value>) -> Result<Datum, String> {
    let size =
        |n: &Value| n.as_u64().and_then(|n| usize::try_from(n).ok()).ok_or_else(|| format!("size {n}"));
    let shape = items(object, "shape")?.iter().map(size).collect::<Result<Vec<_>, _>>()?;
    let data = items(object, "data")?;
    let whole: Option<Vec<i64>> = data.iter().map(Value::as_i64).collect();
    let data = match whole {
        Some(whole) => Array::I64(whole),
        None => Array::F64(data.iter().map(number).collect::<Result<_, _>>()?),
    };
    if shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size)) != Some(data.len()) {
        return Err(format!("{} numbers in a tensor of shape {shape:?}", data.len()));
    }
    let requires_grad = object.get("requires_grad").is_some_and(|flag| flag == &Value::Bool(true));
    Ok(Datum::Tensor { dtype: text(object, "dtype")?, shape, data, requires_grad })
}

fn datum(value: &Value) -> Result<Datum, String> {
    Ok(match value {
        Value::Null => Datum::None,
        Value::Bool(truth) => Datum::Bool(*truth),
        Value::Number(n) => {
            n.as_i64().map_or_else(|| Datum::Float(n.as_f64().unwrap_or(f64::NAN)), Datum::Int)
        }
        Value::String(text) => special(text).map_or_else(|| Datum::Str(text.clone()), Datum::Float),
        Value::Array(_) => Datum::List(list(value)?),
        Value::Object(object) => match object.iter().next() {
            Some((kind, inner)) => match (kind.as_str(), inner) {
                ("tensor", Value::Object(inner)) => tensor(inner)?,
                ("list", inner) => Datum::List(list(inner)?),
                ("tuple", inner) => Datum::Tuple(list(inner)?),
                ("slice", inner) => Datum::Slice(list(inner)?),
                ("ellipsis", _) => Datum::Ellipsis,
                ("dtype", Value::String(name)) => Datum::DType(name.clone()),
                _ => return Err(format!("an unknown kind of value, {kind:?}")),
            },
            None => return Err("an empty object".to_owned()),
        },
    })
}
