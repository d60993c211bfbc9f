//! `bool`, `int`, `float`.

use num_bigint::BigInt;

use crate::context::Context;
use crate::error::{overflow_error, type_error, value_error};
use crate::native::{Getter, Native, Result, TypeTable};
use crate::value::Value;

/// `bool`.
pub static BOOL: TypeTable = TypeTable {
    name: "bool",
    base: Some(&INT),
    new: Some(Native::new("bool", "object=, /", |cx, args| Ok(Value::Bool(args.truth_or(cx, 0, false)?)))),
    ..TypeTable::EMPTY
};

/// `int`.
pub static INT: TypeTable = TypeTable {
    name: "int",
    open: true,
    new: Some(Native::new("int", "x=, /, base=", |cx, args| to_int(cx, args.get(0), args.get(1)))),
    methods: &[
        Native::new("bit_length", "self, /", |_, args| Ok(Value::from(big(&args[0]).bits() as usize))),
        Native::new("bit_count", "self, /", |_, args| {
            Ok(Value::from(
                big(&args[0]).magnitude().iter_u64_digits().map(|d| d.count_ones() as usize).sum::<usize>(),
            ))
        }),
        Native::new("conjugate", "self, /", |_, args| Ok(Value::big(big(&args[0])))),
        Native::new("to_bytes", "self, length=, byteorder=, *, signed=", super::bytes::from_int),
        Native::new("is_integer", "self, /", |_, _| Ok(Value::Bool(true))),
        Native::new("as_integer_ratio", "self, /", |_, args| {
            Ok(Value::tuple(vec![Value::big(big(&args[0])), Value::Int(1)]))
        }),
    ],
    statics: &[Native::new("from_bytes", "bytes, byteorder=, *, signed=", super::bytes::to_int)],
    getters: &[
        Getter::new("real", |_, v| Ok(Value::big(big(v)))),
        Getter::new("imag", |_, _| Ok(Value::Int(0))),
        Getter::new("numerator", |_, v| Ok(Value::big(big(v)))),
        Getter::new("denominator", |_, _| Ok(Value::Int(1))),
    ],
    ..TypeTable::EMPTY
};

/// `float`.
pub static FLOAT: TypeTable = TypeTable {
    name: "float",
    open: true,
    new: Some(Native::new("float", "x=, /", |cx, args| match args.get(0) {
        None => Ok(Value::Float(0.0)),
        Some(value) => to_float(cx, value),
    })),
    methods: &[
        Native::new("is_integer", "self, /", |_, args| {
            Ok(Value::Bool(args[0].as_f64().is_some_and(|x| x.is_finite() && x.fract() == 0.0)))
        }),
        Native::new("conjugate", "self, /", |_, args| Ok(args[0].clone())),
        Native::new("hex", "self, /", |_, args| Ok(Value::from(hex(args[0].as_f64().unwrap_or_default())))),
        Native::new("as_integer_ratio", "self, /", |_, args| ratio(args[0].as_f64().unwrap_or_default())),
    ],
    statics: &[Native::new("fromhex", "string, /", |_, args| {
        from_hex(args.str(0)?)
            .map(Value::Float)
            .ok_or_else(|| value_error("invalid hexadecimal floating-point string"))
    })],
    getters: &[Getter::new("real", |_, v| Ok(v.clone())), Getter::new("imag", |_, _| Ok(Value::Float(0.0)))],
    ..TypeTable::EMPTY
};

fn big(value: &Value) -> BigInt {
    crate::int::of(value).unwrap_or_default()
}

pub(super) fn to_int(cx: &mut Context, value: Option<&Value>, base: Option<&Value>) -> Result {
    let Some(value) = value else { return Ok(Value::Int(0)) };
    if let Some(base) = base {
        let base = cx.index(base)?;
        let Some(text) = value.as_str() else {
            return Err(type_error("int() can't convert non-string with explicit base"));
        };
        if base != 0 && !(2..=36).contains(&base) {
            return Err(value_error("int() base must be >= 2 and <= 36, or 0"));
        }
        return parse(cx, text, base as u32);
    }
    match value {
        Value::Int(_) | Value::Big(_) => Ok(value.clone()),
        Value::Bool(b) => Ok(Value::Int(i64::from(*b))),
        Value::Float(x) => crate::int::from_f64(*x),
        Value::Str(text) => parse(cx, text, 10),
        _ => {
            for name in ["__int__", "__index__", "__trunc__"] {
                if let Some(method) = cx.class_method(value, name) {
                    return cx.call(&method, vec![value.clone()]);
                }
            }
            if let Some(inner) = value.inner() {
                return to_int(cx, Some(inner), None);
            }
            let table = value.table();
            if let Some(float) = table.line().find_map(|t| t.float) {
                let x = float(cx, value)?;
                return crate::int::from_f64(x);
            }
            if let Some(index) = table.line().find_map(|t| t.index) {
                return index(cx, value);
            }
            Err(type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                value.type_name()
            )))
        }
    }
}

fn parse(cx: &mut Context, text: &str, base: u32) -> Result {
    if base == 10 && text.len() > 4300 {
        return Err(value_error(format!(
            "Exceeds the limit (4300 digits) for integer string conversion: value has {} digits; use sys.set_int_max_str_digits() to increase the limit",
            text.len()
        )));
    }
    match crate::int::parse(text, base) {
        Some(int) => Ok(Value::big(int)),
        None => {
            let shown = cx.repr(&Value::str(text))?;
            Err(value_error(format!("invalid literal for int() with base {base}: {shown}")))
        }
    }
}

fn to_float(cx: &mut Context, value: &Value) -> Result {
    if let Some(text) = value.as_str() {
        return match crate::float::parse(text) {
            Some(x) => Ok(Value::Float(x)),
            None => {
                let shown = cx.repr(value)?;
                Err(value_error(format!("could not convert string to float: {shown}")))
            }
        };
    }
    match cx.float(value) {
        Ok(x) => Ok(Value::Float(x)),
        Err(crate::error::Interrupt::Raise(e))
            if e.is(&crate::error::TYPE_ERROR)
                && cx.class_method(value, "__float__").is_none()
                && value.table().float.is_none() =>
        {
            if cx.class_method(value, "__index__").is_some() {
                return cx.index(value).map(|i| Value::Float(i as f64));
            }
            Err(type_error(format!(
                "float() argument must be a string or a real number, not '{}'",
                value.type_name()
            )))
        }
        Err(other) => Err(other),
    }
}

fn hex(x: f64) -> String {
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if !x.is_finite() {
        return crate::format::float_repr(x);
    }
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let (lead, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent - 1023) };
    format!("{sign}0x{lead}.{:013x}p{exponent:+}", bits & ((1 << 52) - 1))
}

/// `[-]0x1.8p+3`, as `hex` writes it, with at most 16 digits; also `inf` and `nan`.
fn from_hex(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let sign = if negative { -1.0 } else { 1.0 };
    if let Some(x) = crate::float::parse(rest).filter(|x| !x.is_finite()) {
        return Some(sign * x);
    }
    let rest = rest.strip_prefix("0x").unwrap_or(rest);
    let (mantissa, exponent) = rest.split_once('p').unwrap_or((rest, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).ok()?;
    let exponent = exponent.parse::<i32>().ok()?.clamp(-5000, 5000) - 4 * fraction.len() as i32;
    Some(sign * crate::float::ldexp(digits as f64, exponent))
}

fn ratio(x: f64) -> Result {
    if x.is_nan() {
        return Err(value_error("cannot convert NaN to integer ratio"));
    }
    if x.is_infinite() {
        return Err(overflow_error("cannot convert Infinity to integer ratio"));
    }
    let (mut mantissa, mut exponent) = crate::float::frexp(x);
    while mantissa.fract() != 0.0 {
        mantissa *= 2.0;
        exponent -= 1;
    }
    let top = BigInt::from(mantissa as i64);
    let one = BigInt::from(1);
    Ok(if exponent >= 0 {
        Value::tuple(vec![Value::big(top << exponent as usize), Value::Int(1)])
    } else {
        Value::tuple(vec![Value::big(top), Value::big(one << exponent.unsigned_abs() as usize)])
    })
}
