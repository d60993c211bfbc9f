//! `str.maketrans` and `str.translate`.

use std::rc::Rc;

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::native::{Args, Result};
use crate::value::Value;

pub(super) fn maketrans(cx: &mut Context, args: &Args) -> Result {
    let table = Value::dict(Default::default());
    let code = |c: char| Value::Int(i64::from(c as u32));
    if let (Value::Dict(from), None) = (&args[0], args.get(1)) {
        let pairs: Vec<_> = from.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        for (key, value) in pairs {
            let key = match &key {
                Value::Str(text) => text.chars().next().map(code).unwrap_or(Value::None),
                other => other.clone(),
            };
            cx.dict_set(&table, &key, value)?;
        }
        return Ok(table);
    }
    let (from, to) = (args.str(0)?, args.str(1)?);
    if from.chars().count() != to.chars().count() {
        return Err(value_error("the first two maketrans arguments must have equal length"));
    }
    for (a, b) in from.chars().zip(to.chars()) {
        cx.dict_set(&table, &code(a), code(b))?;
    }
    if args.get(2).is_some() {
        for c in args.str(2)?.chars() {
            cx.dict_set(&table, &code(c), Value::None)?;
        }
    }
    Ok(table)
}

pub(super) fn translate(cx: &mut Context, args: &Args) -> Result {
    let text: Rc<str> = Rc::from(args.str(0)?);
    let mut out = String::new();
    for c in text.chars() {
        let found = match &args[1] {
            Value::Dict(map) => cx.dict_get(map, &Value::Int(i64::from(c as u32)))?,
            _ => return Err(type_error("translate() needs a dictionary")),
        };
        match found {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(text)) => out.push_str(&text),
            Some(other) => {
                let c = other.as_i64().and_then(|i| u32::try_from(i).ok()).and_then(char::from_u32);
                out.push(c.ok_or_else(|| type_error("character mapping must be in range(0x110000)"))?);
            }
        }
        cx.check_text(out.len())?;
    }
    Ok(Value::from(out))
}
