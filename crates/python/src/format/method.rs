//! `text.format(…)`.

use crate::context::Context;
use crate::error::{index_error, value_error};
use crate::native::Result;
use crate::value::Value;

/// `text.format(*args, **keywords)`.
pub(crate) fn format_text(cx: &mut Context, text: &str, args: &[Value], keywords: &Value) -> Result<String> {
    let mut next = 0;
    fill(cx, text, args, keywords, &mut next, 2)
}

fn fill(
    cx: &mut Context,
    text: &str,
    args: &[Value],
    keywords: &Value,
    next: &mut usize,
    depth: u32,
) -> Result<String> {
    if depth == 0 {
        return Err(value_error("Max string recursion exceeded"));
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            out.push_str(from.get(..1).unwrap_or_default());
            rest = from.get(2..).unwrap_or_default();
            continue;
        }
        if from.starts_with('}') {
            return Err(value_error("Single '}' encountered in format string"));
        }
        // The field reaches to the brace that closes it; specifications may have fields inside.
        let mut level = 0;
        let end = from.char_indices().find(|(_, c)| {
            level += i32::from(*c == '{') - i32::from(*c == '}');
            level == 0
        });
        let Some((end, _)) = end else {
            let what = if from.len() == 1 {
                "Single '{' encountered in format string"
            } else {
                "expected '}' before end of string"
            };
            return Err(value_error(what));
        };
        let field = from.get(1..end).unwrap_or_default();
        rest = from.get(end + 1..).unwrap_or_default();
        let split = field.find(['!', ':']).unwrap_or(field.len());
        let (name, tail) = field.split_at(split);
        let (conversion, spec) = match tail.strip_prefix('!') {
            Some(tail) => {
                let mut parts = tail.splitn(2, ':');
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
            }
            None => ("", tail.strip_prefix(':').unwrap_or_default()),
        };
        let value = lookup(cx, name, args, keywords, next)?;
        let spec = if spec.contains('{') {
            fill(cx, spec, args, keywords, next, depth - 1)?
        } else {
            spec.to_owned()
        };
        let value = match conversion {
            "" => value,
            "r" => Value::from(cx.repr(&value)?),
            "s" => Value::Str(cx.str(&value)?),
            "a" => Value::from(crate::repr::to_ascii(&cx.repr(&value)?)),
            other => return Err(value_error(format!("Unknown conversion specifier {other}"))),
        };
        out.push_str(&cx.format(&value, &spec)?);
        cx.check_text(out.len())?;
    }
    out.push_str(rest);
    Ok(out)
}

/// The next field's number, where the fields are numbered by hand.
const BY_HAND: usize = usize::MAX;

/// The value of a field's name: `0`, `name`, `0.attribute`, `name[key]`.
fn lookup(cx: &mut Context, name: &str, args: &[Value], keywords: &Value, next: &mut usize) -> Result {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, mut path) = name.split_at(end);
    let position = if first.is_empty() { None } else { first.parse::<usize>().ok() };
    let position = match (first.is_empty(), position, *next) {
        (true, _, BY_HAND) => {
            return Err(value_error(
                "cannot switch from manual field specification to automatic field numbering",
            ));
        }
        (true, ..) => {
            *next += 1;
            Some(*next - 1)
        }
        (false, Some(_), 1..BY_HAND) => {
            return Err(value_error(
                "cannot switch from automatic field numbering to manual field specification",
            ));
        }
        (false, Some(i), _) => {
            *next = BY_HAND;
            Some(i)
        }
        (false, None, _) => None,
    };
    let mut value = match position {
        Some(i) => args.get(i).cloned().ok_or_else(|| {
            index_error(format!("Replacement index {i} out of range for positional args tuple"))
        })?,
        None => cx.getitem(keywords, &Value::str(first))?,
    };
    while !path.is_empty() {
        if let Some(rest) = path.strip_prefix('.') {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            let (attribute, after) = rest.split_at(end);
            value = cx.getattr(&value, attribute)?;
            path = after;
        } else if let Some((key, after)) = path.strip_prefix('[').and_then(|p| p.split_once(']')) {
            let key = key.parse::<i64>().map_or_else(|_| Value::str(key), Value::Int);
            value = cx.getitem(&value, &key)?;
            path = after;
        } else {
            return Err(value_error("Only '.' or '[' may follow ']' in format field specifier"));
        }
    }
    Ok(value)
}
