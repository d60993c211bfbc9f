//! The builtin functions.

use std::rc::Rc;

use super::number::{divmod, power, round_value};
use super::reduce::{Reduction, reduce};
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, Exception, Interrupt, type_error, unsupported, value_error};
use crate::iter::{Iter, IterState};
use crate::native::{Args, CompareOp, Native, Result, UnaryOp};
use crate::types::{isinstance, issubclass};
use crate::value::Value;

pub(super) static FUNCTIONS: &[Native] = &[
    Native::new("print", "*args, sep=, end=, file=, flush=", print),
    Native::new("len", "obj, /", |cx, a| cx.len(&a[0]).map(Value::from)),
    Native::new("abs", "x, /", |cx, a| cx.unary(UnaryOp::Abs, &a[0])),
    Native::new("min", "*args, key=, default=", |cx, a| extreme(cx, a, CompareOp::Lt)),
    Native::new("max", "*args, key=, default=", |cx, a| extreme(cx, a, CompareOp::Gt)),
    Native::new("sum", "iterable, /, start=", sum),
    Native::new("round", "number, ndigits=", |cx, a| round_value(cx, &a[0], a.some(1))),
    Native::new("divmod", "x, y, /", |cx, a| divmod(cx, &a[0], &a[1])),
    Native::new("pow", "base, exp, mod=", |cx, a| power(cx, &a[0], &a[1], a.some(2))),
    Native::new("any", "iterable, /", |cx, a| quantify(cx, a, true)),
    Native::new("all", "iterable, /", |cx, a| quantify(cx, a, false)),
    Native::new("sorted", "iterable, /, *, key=, reverse=", |cx, a| {
        let reverse = a.truth_or(cx, 2, false)?;
        let items = cx.collect(&a[0])?;
        crate::types::list::sort(cx, items, a.some(1), reverse).map(Value::list)
    }),
    Native::new("isinstance", "obj, class_or_tuple, /", |cx, a| {
        check(cx, &a[0], &a[1], "__instancecheck__", isinstance).map(Value::Bool)
    }),
    Native::new("issubclass", "cls, class_or_tuple, /", |cx, a| {
        check(cx, &a[0], &a[1], "__subclasscheck__", issubclass).map(Value::Bool)
    }),
    Native::new("id", "obj, /", |_, a| Ok(Value::Int(identity(&a[0])))),
    Native::new("hash", "obj, /", |cx, a| cx.hash(&a[0]).map(|h| Value::Int(h as i64))),
    Native::new("repr", "obj, /", |cx, a| cx.repr(&a[0]).map(Value::from)),
    Native::new("ascii", "obj, /", |cx, a| cx.repr(&a[0]).map(|s| Value::from(crate::repr::to_ascii(&s)))),
    Native::new("format", "value, format_spec=, /", |cx, a| {
        let spec = a.get(1).and_then(Value::as_str).unwrap_or_default();
        cx.format(&a[0], spec).map(Value::Str)
    }),
    Native::new("iter", "iterable, sentinel=, /", |cx, a| match a.get(1) {
        Some(end) => Ok(Value::iter(Iter::new(IterState::Until(a[0].clone(), end.clone())))),
        None => cx.iter(&a[0]),
    }),
    Native::new("next", "iterator, default=, /", |cx, a| {
        if !cx.is_iterator(&a[0]) {
            return Err(type_error(format!("'{}' object is not an iterator", a[0].type_name())));
        }
        let value = cx.next(&a[0])?;
        match (value.is_bound(), a.get(1)) {
            (true, _) => Ok(value),
            (false, Some(default)) => Ok(default.clone()),
            (false, None) => Err(crate::types::stop(&a[0])),
        }
    }),
    Native::new("hasattr", "obj, name, /", |cx, a| {
        attribute(cx, a).map(|found| Value::Bool(found.is_some()))
    }),
    Native::new("getattr", "obj, name, default=, /", |cx, a| match a.get(2) {
        Some(default) => Ok(attribute(cx, a)?.unwrap_or_else(|| default.clone())),
        None => cx.getattr(&a[0], a.str(1)?),
    }),
    Native::new("setattr", "obj, name, value, /", |cx, a| {
        let name = Rc::from(a.str(1)?);
        cx.setattr(&a[0], &name, &a[2]).map(|()| Value::None)
    }),
    Native::new("delattr", "obj, name, /", |cx, a| {
        let name = Rc::from(a.str(1)?);
        cx.setattr(&a[0], &name, &Value::Unbound).map(|()| Value::None)
    }),
    Native::new("callable", "obj, /", |cx, a| {
        let callable = match &a[0] {
            Value::Function(_) | Value::Method(_) | Value::Native(_) | Value::Type(_) | Value::Class(_) => {
                true
            }
            other => {
                cx.class_method(other, "__call__").is_some() || other.table().line().any(|t| t.call.is_some())
            }
        };
        Ok(Value::Bool(callable))
    }),
    Native::new("ord", "c, /", |_, a| match &a[0] {
        Value::Str(text) => {
            let mut chars = text.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(Value::Int(i64::from(c as u32))),
                _ => Err(type_error(format!(
                    "ord() expected a character, but string of length {} found",
                    text.chars().count()
                ))),
            }
        }
        other => {
            Err(type_error(format!("ord() expected string of length 1, but {} found", other.type_name())))
        }
    }),
    Native::new("chr", "i, /", |cx, a| {
        let i = a.int(cx, 0)?;
        match u32::try_from(i).ok().and_then(char::from_u32) {
            Some(c) => Ok(Value::from(String::from(c))),
            None => Err(value_error("chr() arg not in range(0x110000)")),
        }
    }),
    Native::new("hex", "number, /", |cx, a| radix(cx, a, 16, "0x")),
    Native::new("oct", "number, /", |cx, a| radix(cx, a, 8, "0o")),
    Native::new("bin", "number, /", |cx, a| radix(cx, a, 2, "0b")),
    Native::new("vars", "object, /", |cx, a| match cx.find_attr(&a[0], "__dict__")? {
        Some(names) => Ok(names),
        None => Err(type_error("vars() argument must have __dict__ attribute")),
    }),
    Native::new("dir", "object=, /", |cx, a| {
        let names = match cx.class_method(&a[0], "__dir__") {
            Some(method) => {
                let names = cx.call(&method, vec![a[0].clone()])?;
                cx.collect(&names)?
            }
            None => dir_names(cx, &a[0]).into_iter().map(Value::Str).collect(),
        };
        crate::types::list::sort(cx, names, None, false).map(Value::list)
    }),
    Native::new("input", "prompt=, /", |_, _| {
        Err(unsupported(
            "input() is not supported here: a program in the page has no keyboard; give the value in the code",
        ))
    }),
    // Text is UTF-8 here, whatever its encoding is said to be.
    Native::new("open", "file, mode=, buffering=, encoding=, errors=, newline=", |cx, a| {
        let open = cx.library_member(&crate::modules::library::IO, "open")?.unwrap_or_default();
        let mode = a.get(1).cloned().unwrap_or_else(|| Value::from("r"));
        let newline = a.get(5).cloned().unwrap_or(Value::None);
        cx.call(&open, vec![a[0].clone(), mode, newline])
    }),
    Native::new("exec", "source, *args", refused),
    Native::new("eval", "source, *args", refused),
    Native::new("compile", "source, *args, **kwargs", refused),
    Native::new("breakpoint", "*args, **kwargs", refused),
    Native::new("memoryview", "object", refused),
    Native::new("bytearray", "*args", refused),
    Native::new("ExceptionGroup", "*args", refused),
    Native::new("__import__", "name, *args", refused),
    Native::new("help", "object=", refused),
    // Those of a function need its frame: the machine knows them by their names.
    Native::new("globals", "", refused),
    Native::new("locals", "", refused),
    Native::new("complex", "real=, imag=", |_, _| Err(unsupported("complex numbers are not supported here"))),
    Native::new("exit", "code=", exit),
    Native::new("quit", "code=", exit),
];

/// A number of its own for every object: the same where `is` says that two are the same.
fn identity(value: &Value) -> i64 {
    let place = |n: u64| (n >> 8 | 1 << 46) as i64;
    match value {
        Value::None => 0x55_5555_0000,
        Value::Bool(b) => 0x55_5555_0020 + i64::from(*b) * 32,
        Value::Ellipsis => 0x55_5555_0060,
        Value::NotImplemented => 0x55_5555_0080,
        Value::Int(i) => (0x7f00_0000_0000_i64).wrapping_add(i.wrapping_mul(32)),
        Value::Float(x) => place(x.to_bits()),
        Value::Str(text) if text.len() < 32 => place(crate::hash::text(text)),
        other => other.address() as i64,
    }
}

/// Something that Python has and a program here cannot do.
fn refused(_: &mut Context, args: &Args) -> Result {
    Err(unsupported(format!("{}() is not supported here", args.native.name)))
}

/// `sys.exit`.
pub(crate) fn exit(_: &mut Context, args: &Args) -> Result {
    let code = args.get(0).cloned().into_iter().collect();
    Err(Exception::with_args(crate::error::ExceptionClass::Native(&crate::error::SYSTEM_EXIT), code).raise())
}

fn print(cx: &mut Context, args: &Args) -> Result {
    let text = |i: usize, default: &'static str| match args.some(i) {
        None => Ok(Rc::from(default)),
        Some(Value::Str(text)) => Ok(text.clone()),
        Some(other) => {
            Err(type_error(format!("{} must be None or a string, not {}", args.name(i), other.type_name())))
        }
    };
    let (sep, end): (Rc<str>, Rc<str>) = (text(1, " ")?, text(2, "\n")?);
    let mut line = String::new();
    for (i, value) in args.rest(0).iter().enumerate() {
        if i > 0 {
            line.push_str(&sep);
        }
        line.push_str(&cx.str(value)?);
        cx.check_text(line.len())?;
    }
    line.push_str(&end);
    cx.charge(line.len() / 8);
    match args.some(3) {
        None => cx.print(&line)?,
        Some(file) => {
            let write = cx.getattr(file, "write")?;
            cx.call(&write, vec![Value::from(line)])?;
        }
    }
    Ok(Value::None)
}

/// `isinstance` and `issubclass`, with the say that a metaclass may have.
fn check(
    cx: &mut Context,
    value: &Value,
    class: &Value,
    hook: &str,
    plain: fn(&Value, &Value) -> Result<bool>,
) -> Result<bool> {
    if let Value::Tuple(classes) = class {
        for class in &classes.items {
            if cx.nested(|cx| check(cx, value, class, hook, plain))? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match cx.class_method(class, hook) {
        Some(method) => {
            let holds = cx.call(&method, vec![class.clone(), value.clone()])?;
            cx.truth(&holds)
        }
        None => plain(value, class),
    }
}

fn extreme(cx: &mut Context, args: &Args, op: CompareOp) -> Result {
    let name = args.native.name;
    let all = match args.rest(0) {
        [] => return Err(type_error(format!("{name} expected at least 1 argument, got 0"))),
        [one] => one.clone(),
        _ if args.get(2).is_some() => {
            return Err(type_error(format!(
                "Cannot specify a default for {name}() with multiple positional arguments"
            )));
        }
        _ => args[0].clone(),
    };
    let result = reduce(cx, &all, Reduction::Extreme(op, args.some(1).cloned()), Value::Unbound)?;
    match (result.is_bound(), args.get(2)) {
        (true, _) => Ok(result),
        (false, Some(default)) => Ok(default.clone()),
        (false, None) => Err(value_error(format!("{name}() arg is an empty sequence"))),
    }
}

fn sum(cx: &mut Context, args: &Args) -> Result {
    let start = args.get(1).cloned().unwrap_or(Value::Int(0));
    if matches!(start, Value::Str(_)) {
        return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    reduce(cx, &args[0], Reduction::Sum, start)
}

/// The names that `dir(value)` lists.
pub(crate) fn dir_names(cx: &mut Context, value: &Value) -> Vec<Rc<str>> {
    let mut names = cx.attribute_names(value);
    let table = match value {
        Value::Type(table) => table,
        Value::Class(class) => class.native.unwrap_or(&crate::types::OBJECT),
        other => other.table(),
    };
    if !matches!(value, Value::Module(_)) {
        names.extend(crate::types::special::names_of(table).map(Rc::from));
    }
    if let Some(class) = value.user_class() {
        names.push(Rc::from("__module__"));
        if class.allows("__dict__") {
            names.extend(["__dict__", "__weakref__"].map(Rc::from));
        }
    }
    names.sort();
    names.dedup();
    names
}

fn quantify(cx: &mut Context, args: &Args, wanted: bool) -> Result {
    reduce(cx, &args[0], Reduction::Any(wanted), Value::Bool(!wanted))
}

/// An attribute, if there is one: `AttributeError` counts as none.
fn attribute(cx: &mut Context, args: &Args) -> Result<Option<Value>> {
    match cx.find_attr(&args[0], args.str(1)?) {
        Err(Interrupt::Raise(e)) if e.is(&ATTRIBUTE_ERROR) => Ok(None),
        other => other,
    }
}

fn radix(cx: &mut Context, args: &Args, radix: u32, prefix: &str) -> Result {
    let value = match crate::int::of(&args[0]) {
        Some(value) => value,
        None => num_bigint::BigInt::from(cx.index(&args[0])?),
    };
    let sign = if value.sign() == num_bigint::Sign::Minus { "-" } else { "" };
    Ok(Value::from(format!("{sign}{prefix}{}", value.magnitude().to_str_radix(radix))))
}
