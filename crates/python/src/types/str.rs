//! `str`.

use super::translate::{maketrans, translate};
use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::{Slice, Value};

/// `str`.
pub static STR: TypeTable = TypeTable {
    name: "str",
    open: true,
    new: Some(Native::new("str", "object=", |cx, args| match args.get(0) {
        Some(value) => Ok(Value::Str(cx.str(value)?)),
        None => Ok(Value::str("")),
    })),
    methods: &[
        Native::new("upper", "self, /", |_, a| map(a, str::to_uppercase)),
        Native::new("lower", "self, /", |_, a| map(a, str::to_lowercase)),
        Native::new("casefold", "self, /", |_, a| map(a, |text| text.to_lowercase().replace('ß', "ss"))),
        Native::new("capitalize", "self, /", |_, a| map(a, capitalized)),
        Native::new("title", "self, /", |_, a| map(a, title)),
        Native::new("swapcase", "self, /", |_, a| map(a, swapcase)),
        Native::new("strip", "self, chars=, /", |_, a| strip(a, true, true)),
        Native::new("lstrip", "self, chars=, /", |_, a| strip(a, true, false)),
        Native::new("rstrip", "self, chars=, /", |_, a| strip(a, false, true)),
        Native::new("split", "self, sep=, maxsplit=", |cx, a| split(cx, a, false)),
        Native::new("rsplit", "self, sep=, maxsplit=", |cx, a| split(cx, a, true)),
        Native::new("splitlines", "self, keepends=", splitlines),
        Native::new("partition", "self, sep, /", |_, a| partition(a, false)),
        Native::new("rpartition", "self, sep, /", |_, a| partition(a, true)),
        Native::new("join", "self, iterable, /", join),
        Native::new("replace", "self, old, new, count=, /", replace),
        Native::new("startswith", "self, prefix, start=, end=, /", |cx, a| affix(cx, a, true)),
        Native::new("endswith", "self, suffix, start=, end=, /", |cx, a| affix(cx, a, false)),
        Native::new("removeprefix", "self, prefix, /", |_, a| {
            let (text, prefix) = (a.str(0)?, a.str(1)?);
            Ok(Value::str(text.strip_prefix(prefix).unwrap_or(text)))
        }),
        Native::new("removesuffix", "self, suffix, /", |_, a| {
            let (text, suffix) = (a.str(0)?, a.str(1)?);
            Ok(Value::str(text.strip_suffix(suffix).unwrap_or(text)))
        }),
        Native::new("find", "self, sub, start=, end=, /", |cx, a| find(cx, a, false, false)),
        Native::new("rfind", "self, sub, start=, end=, /", |cx, a| find(cx, a, true, false)),
        Native::new("index", "self, sub, start=, end=, /", |cx, a| find(cx, a, false, true)),
        Native::new("rindex", "self, sub, start=, end=, /", |cx, a| find(cx, a, true, true)),
        Native::new("count", "self, sub, start=, end=, /", |cx, a| {
            let (part, _) = window(cx, a)?;
            let sub = a.str(1)?;
            Ok(Value::from(if sub.is_empty() { part.chars().count() + 1 } else { part.matches(sub).count() }))
        }),
        Native::new("center", "self, width, fillchar=, /", |cx, a| justify(cx, a, '^')),
        Native::new("ljust", "self, width, fillchar=, /", |cx, a| justify(cx, a, '<')),
        Native::new("rjust", "self, width, fillchar=, /", |cx, a| justify(cx, a, '>')),
        Native::new("zfill", "self, width, /", zfill),
        Native::new("expandtabs", "self, tabsize=", expandtabs),
        Native::new("format", "self, /, *args, **kwargs", |cx, a| {
            let text = crate::format::format_text(cx, a.str(0)?, a.rest(1), &a[2])?;
            Ok(Value::from(text))
        }),
        Native::new("format_map", "self, mapping, /", |cx, a| {
            let text = crate::format::format_text(cx, a.str(0)?, &[], &a[1])?;
            Ok(Value::from(text))
        }),
        Native::new("isdigit", "self, /", |_, a| {
            all(a, |c| c.is_ascii_digit() || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉'))
        }),
        Native::new("isdecimal", "self, /", |_, a| all(a, |c| c.is_ascii_digit())),
        Native::new("isnumeric", "self, /", |_, a| all(a, char::is_numeric)),
        Native::new("isalpha", "self, /", |_, a| all(a, char::is_alphabetic)),
        Native::new("isalnum", "self, /", |_, a| all(a, char::is_alphanumeric)),
        Native::new("isspace", "self, /", |_, a| all(a, char::is_whitespace)),
        Native::new("isascii", "self, /", |_, a| Ok(Value::Bool(a.str(0)?.is_ascii()))),
        Native::new("isprintable", "self, /", |_, a| {
            Ok(Value::Bool(a.str(0)?.chars().all(|c| !c.is_control())))
        }),
        Native::new("isupper", "self, /", |_, a| cased(a, char::is_uppercase, char::is_lowercase)),
        Native::new("islower", "self, /", |_, a| cased(a, char::is_lowercase, char::is_uppercase)),
        Native::new("istitle", "self, /", |_, a| {
            let text = a.str(0)?;
            Ok(Value::Bool(text.chars().any(char::is_alphabetic) && title(text) == text))
        }),
        Native::new("isidentifier", "self, /", |_, a| {
            let text = a.str(0)?;
            let starts = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
            Ok(Value::Bool(starts && text.chars().all(|c| c.is_alphanumeric() || c == '_')))
        }),
        Native::new("translate", "self, table, /", translate),
        Native::new("encode", "self, encoding=, errors=", |cx, a| {
            let encoding = a.get(1).map_or(Ok("utf-8"), |_| a.str(1))?;
            super::bytes::encode(cx, a.str(0)?, encoding)
        }),
    ],
    statics: &[Native::new("maketrans", "x, y=, z=, /", maketrans)],
    ..TypeTable::EMPTY
};

fn map(args: &Args, change: impl Fn(&str) -> String) -> Result {
    Ok(Value::from(change(args.str(0)?)))
}

fn all(args: &Args, test: impl Fn(char) -> bool) -> Result {
    let text = args.str(0)?;
    Ok(Value::Bool(!text.is_empty() && text.chars().all(test)))
}

fn cased(args: &Args, wanted: impl Fn(char) -> bool, other: impl Fn(char) -> bool) -> Result {
    let text = args.str(0)?;
    Ok(Value::Bool(text.chars().any(wanted) && !text.chars().any(other)))
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + &chars.as_str().to_lowercase(),
        None => String::new(),
    }
}

fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if c.is_alphabetic() {
            if inside { out.extend(c.to_lowercase()) } else { out.extend(c.to_uppercase()) }
        } else {
            out.push(c);
        }
        inside = c.is_alphabetic();
    }
    out
}

fn swapcase(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_uppercase() { out.extend(c.to_lowercase()) } else { out.extend(c.to_uppercase()) }
    }
    out
}

fn strip(args: &Args, left: bool, right: bool) -> Result {
    let text = args.str(0)?;
    let chars: Option<Vec<char>> = match args.some(1).map(Value::plain) {
        Some(Value::Str(chars)) => Some(chars.chars().collect()),
        Some(other) => {
            return Err(type_error(format!("strip arg must be None or str, not {}", other.type_name())));
        }
        None => None,
    };
    let goes = |c: char| chars.as_ref().map_or(c.is_whitespace(), |set| set.contains(&c));
    let text = if left { text.trim_start_matches(goes) } else { text };
    Ok(Value::str(if right { text.trim_end_matches(goes) } else { text }))
}

fn split(cx: &mut Context, args: &Args, back: bool) -> Result {
    let text = args.str(0)?;
    let most = args.int_or(cx, 2, -1)?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    cx.charge(text.len() / 8);
    let mut parts: Vec<Value> = Vec::new();
    match args.some(1).map(Value::plain) {
        None => {
            let mut rest = if back { text.trim_end() } else { text.trim_start() };
            while !rest.is_empty() {
                if parts.len() == most {
                    parts.push(Value::str(if back { rest.trim_end() } else { rest }));
                    break;
                }
                let (part, after) = if back {
                    let at = rest.char_indices().rev().find(|(_, c)| c.is_whitespace());
                    let at = at.map_or(0, |(i, c)| i + c.len_utf8());
                    (rest.get(at..).unwrap_or_default(), rest.get(..at).unwrap_or_default().trim_end())
                } else {
                    let at = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    (rest.get(..at).unwrap_or_default(), rest.get(at..).unwrap_or_default().trim_start())
                };
                parts.push(Value::str(part));
                rest = after;
            }
            if back {
                parts.reverse();
            }
        }
        Some(Value::Str(sep)) if sep.is_empty() => return Err(value_error("empty separator")),
        Some(Value::Str(sep)) => {
            if back {
                parts.extend(text.rsplitn(most.saturating_add(1), &**sep).map(Value::str));
                parts.reverse();
            } else {
                parts.extend(text.splitn(most.saturating_add(1), &**sep).map(Value::str));
            }
        }
        Some(other) => return Err(type_error(format!("must be str or None, not {}", other.type_name()))),
    }
    Ok(Value::list(parts))
}

fn splitlines(cx: &mut Context, args: &Args) -> Result {
    let keep = args.truth_or(cx, 1, false)?;
    let mut lines = Vec::new();
    let mut rest = args.str(0)?;
    while !rest.is_empty() {
        let at =
            rest.find(['\n', '\r', '\x0b', '\x0c', '\u{85}', '\u{2028}', '\u{2029}']).unwrap_or(rest.len());
        let tail = rest.get(at..).unwrap_or_default();
        let end = if tail.starts_with("\r\n") { 2 } else { tail.chars().next().map_or(0, char::len_utf8) };
        lines.push(Value::str(rest.get(..if keep { at + end } else { at }).unwrap_or_default()));
        rest = rest.get(at + end..).unwrap_or_default();
    }
    Ok(Value::list(lines))
}

fn partition(args: &Args, back: bool) -> Result {
    let (text, sep) = (args.str(0)?, args.str(1)?);
    if sep.is_empty() {
        return Err(value_error("empty separator"));
    }
    let parts = match if back { text.rsplit_once(sep) } else { text.split_once(sep) } {
        Some((before, after)) => [before, sep, after],
        None if back => ["", "", text],
        None => [text, "", ""],
    };
    Ok(Value::tuple(parts.map(Value::str).to_vec()))
}

fn join(cx: &mut Context, args: &Args) -> Result {
    let sep = args.str(0)?;
    let items = cx.collect(&args[1]).map_err(|e| match e {
        crate::error::Interrupt::Raise(e)
            if e.is(&crate::error::TYPE_ERROR) && e.trace.borrow().is_empty() =>
        {
            type_error("can only join an iterable")
        }
        other => other,
    })?;
    let mut out = String::new();
    for (i, item) in items.iter().enumerate() {
        let Some(text) = item.as_str() else {
            return Err(type_error(format!(
                "sequence item {i}: expected str instance, {} found",
                item.type_name()
            )));
        };
        if i > 0 {
            out.push_str(sep);
        }
        out.push_str(text);
        cx.check_text(out.len())?;
    }
    cx.charge(out.len() / 8);
    Ok(Value::from(out))
}

fn replace(cx: &mut Context, args: &Args) -> Result {
    let (text, old, new) = (args.str(0)?, args.str(1)?, args.str(2)?);
    let count = usize::try_from(args.int_or(cx, 3, -1)?).unwrap_or(usize::MAX);
    let times = if old.is_empty() { text.chars().count() + 1 } else { text.matches(old).count() }.min(count);
    cx.check_text(text.len().saturating_add(times.saturating_mul(new.len())))?;
    cx.charge(text.len() / 8);
    Ok(Value::from(text.replacen(old, new, count)))
}

/// The part of the text between `start` and `end` (parameters 2 and 3), and the first character of it.
fn window<'a>(cx: &mut Context, args: &'a Args) -> Result<(&'a str, usize)> {
    let text = args.str(0)?;
    if args.get(2).is_none() && args.get(3).is_none() {
        return Ok((text, 0));
    }
    let len = text.chars().count();
    let bound = |i: usize| args.get(i).cloned().unwrap_or(Value::None);
    let slice = Slice { start: bound(2), stop: bound(3), step: Value::None };
    let (start, stop, _) = cx.slice_bounds(&slice, len)?;
    let byte = |i: i64| text.char_indices().nth(i as usize).map_or(text.len(), |(at, _)| at);
    let (from, to) = (byte(start), byte(stop.max(start)));
    Ok((text.get(from..to).unwrap_or_default(), start as usize))
}

fn affix(cx: &mut Context, args: &Args, start: bool) -> Result {
    let (part, _) = window(cx, args)?;
    let fits = |fix: &str| if start { part.starts_with(fix) } else { part.ends_with(fix) };
    match args[1].plain() {
        Value::Str(fix) => Ok(Value::Bool(fits(fix))),
        Value::Tuple(all) => Ok(Value::Bool(all.items.iter().filter_map(Value::as_str).any(fits))),
        other => Err(type_error(format!(
            "{} first arg must be str or a tuple of str, not {}",
            args.native.name,
            other.type_name()
        ))),
    }
}

fn find(cx: &mut Context, args: &Args, back: bool, must: bool) -> Result {
    let (part, skipped) = window(cx, args)?;
    let sub = args.str(1)?;
    let at = if back { part.rfind(sub) } else { part.find(sub) };
    match at.and_then(|at| part.get(..at)) {
        Some(before) => Ok(Value::from(before.chars().count() + skipped)),
        None if must => Err(value_error("substring not found")),
        None => Ok(Value::Int(-1)),
    }
}

fn justify(cx: &mut Context, args: &Args, how: char) -> Result {
    let text = args.str(0)?;
    let width = usize::try_from(args.int(cx, 1)?).unwrap_or(0);
    let fill = match args.get(2) {
        Some(_) => args.str(2)?,
        None => " ",
    };
    if fill.chars().count() != 1 {
        return Err(type_error("The fill character must be exactly one character long"));
    }
    cx.check_text(width)?;
    let missing = width.saturating_sub(text.chars().count());
    let left = match how {
        '<' => 0,
        '>' => missing,
        // CPython puts the odd one to the left where the width is odd.
        _ => missing / 2 + (missing & width & 1),
    };
    Ok(Value::from(fill.repeat(left) + text + &fill.repeat(missing - left)))
}

fn zfill(cx: &mut Context, args: &Args) -> Result {
    let text = args.str(0)?;
    let width = usize::try_from(args.int(cx, 1)?).unwrap_or(0);
    cx.check_text(width)?;
    let zeros = "0".repeat(width.saturating_sub(text.chars().count()));
    let (sign, digits) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    Ok(Value::from(format!("{sign}{zeros}{digits}")))
}

fn expandtabs(cx: &mut Context, args: &Args) -> Result {
    let size = usize::try_from(args.int_or(cx, 1, 8)?).unwrap_or(0).min(1000);
    let mut out = String::new();
    let mut column = 0;
    for c in args.str(0)?.chars() {
        if c == '\t' {
            let spaces = if size == 0 { 0 } else { size - column % size };
            out.push_str(&" ".repeat(spaces));
            column += spaces;
        } else {
            out.push(c);
            column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
        }
        cx.check_text(out.len())?;
    }
    Ok(Value::from(out))
}
