//! `bytes`.

use std::any::Any;
use std::fmt::Write;

use crate::context::Context;
use crate::error::{
    Exception, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, index_error, type_error, value_error,
};
use crate::native::{Args, BinaryOp, Native, Result, TypeTable};
use crate::value::{Object, Value};

/// Bytes.
pub struct Bytes(pub Vec<u8>);

impl Object for Bytes {
    fn table(&self) -> &'static TypeTable {
        &BYTES
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Bytes {
    /// As a value.
    pub fn value(bytes: impl Into<Vec<u8>>) -> Value {
        Value::new_object(Bytes(bytes.into()))
    }
}

fn of(value: &Value) -> Result<&[u8]> {
    match value.object::<Bytes>() {
        Some(bytes) => Ok(&bytes.0),
        None => Err(type_error(format!("a bytes-like object is required, not '{}'", value.type_name()))),
    }
}

/// `bytes`
pub static BYTES: TypeTable = TypeTable {
    name: "bytes",
    open: true,
    new: Some(Native::new("bytes", "source=, encoding=, errors=", make)),
    methods: &[
        Native::new("decode", "self, encoding=, errors=", decode),
        Native::new("hex", "self, /", |_, a| {
            let mut out = String::new();
            for byte in of(&a[0])? {
                // Writing to a string cannot fail.
                let _ = write!(out, "{byte:02x}");
            }
            Ok(Value::from(out))
        }),
        Native::new("upper", "self, /", |_, a| Ok(Bytes::value(of(&a[0])?.to_ascii_uppercase()))),
        Native::new("lower", "self, /", |_, a| Ok(Bytes::value(of(&a[0])?.to_ascii_lowercase()))),
        Native::new("startswith", "self, prefix, /", |_, a| {
            Ok(Value::Bool(of(&a[0])?.starts_with(of(&a[1])?)))
        }),
        Native::new("endswith", "self, suffix, /", |_, a| Ok(Value::Bool(of(&a[0])?.ends_with(of(&a[1])?)))),
        Native::new("strip", "self, bytes=, /", |_, a| {
            let (bytes, chars) = (of(&a[0])?, a.some(1).map_or(Ok(&b" \t\n\r\x0b\x0c"[..]), of)?);
            let start = bytes.iter().position(|b| !chars.contains(b)).unwrap_or(bytes.len());
            let end = bytes.iter().rposition(|b| !chars.contains(b)).map_or(start, |i| i + 1);
            Ok(Bytes::value(bytes.get(start..end).unwrap_or_default()))
        }),
        Native::new("find", "self, sub, start=, /", |cx, a| {
            let from = usize::try_from(a.int_or(cx, 2, 0)?).unwrap_or(0);
            let (bytes, sub) = (of(&a[0])?, of(&a[1])?);
            let at = bytes.get(from..).and_then(|rest| position(rest, sub));
            Ok(at.map_or(Value::Int(-1), |at| Value::from(at + from)))
        }),
        Native::new("count", "self, sub, /", |_, a| {
            Ok(Value::from(parts(of(&a[0])?, of(&a[1])?)?.len() - 1))
        }),
        Native::new("split", "self, sep=, maxsplit=", |_, a| {
            let bytes = of(&a[0])?;
            let parts = match a.some(1) {
                Some(sep) => parts(bytes, of(sep)?)?,
                None => bytes.split(u8::is_ascii_whitespace).filter(|p| !p.is_empty()).collect(),
            };
            Ok(Value::list(parts.into_iter().map(Bytes::value).collect()))
        }),
        Native::new("replace", "self, old, new, /", |_, a| {
            let parts = parts(of(&a[0])?, of(&a[1])?)?;
            Ok(Bytes::value(parts.join(of(&a[2])?)))
        }),
        Native::new("join", "self, iterable, /", |cx, a| {
            let items = cx.collect(&a[1])?;
            let parts: Vec<&[u8]> = items.iter().map(of).collect::<Result<_>>()?;
            Ok(Bytes::value(parts.join(of(&a[0])?)))
        }),
    ],
    statics: &[Native::new("fromhex", "string, /", |_, a| {
        let digits: Vec<u8> = a.str(0)?.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
        let digit = |b: &u8| char::from(*b).to_digit(16).map(|d| d as u8);
        let pairs = digits.chunks(2).map(|pair| match pair {
            [high, low] => Some(digit(high)? << 4 | digit(low)?),
            _ => None,
        });
        match pairs.collect::<Option<Vec<u8>>>() {
            Some(bytes) => Ok(Bytes::value(bytes)),
            None => Err(value_error("non-hexadecimal number found in fromhex() arg")),
        }
    })],
    repr: Some(|_, v| Ok(shown(of(v)?))),
    len: Some(|_, v| Ok(of(v)?.len())),
    hash: Some(|_, v| Ok(of(v)?.iter().fold(17, |h: u64, b| h.wrapping_mul(31).wrapping_add(u64::from(*b))))),
    contains: Some(|cx, v, item| match item.object::<Bytes>() {
        Some(part) => Ok(position(of(v)?, &part.0).is_some()),
        None => {
            let byte = cx.index(item)?;
            Ok(of(v)?.iter().any(|&b| i64::from(b) == byte))
        }
    }),
    getitem: Some(|cx, v, key| {
        let bytes = of(v)?;
        if let Value::Slice(slice) = key {
            let at = cx.slice_positions(slice, bytes.len())?;
            return Ok(Bytes::value(
                at.into_iter().filter_map(|i| bytes.get(i).copied()).collect::<Vec<u8>>(),
            ));
        }
        let at = cx.index(key)?;
        let at = if at < 0 { at + bytes.len() as i64 } else { at };
        let byte = usize::try_from(at).ok().and_then(|at| bytes.get(at));
        byte.map(|b| Value::Int(i64::from(*b))).ok_or_else(|| index_error("index out of range"))
    }),
    compare: Some(|_, op, a, b| match (a.object::<Bytes>(), b.object::<Bytes>()) {
        (Some(a), Some(b)) => Ok(Some(Value::Bool(op.holds(Some(a.0.cmp(&b.0)))))),
        _ => Ok(None),
    }),
    binary: Some(|cx, op, a, b| match (op, a.object::<Bytes>(), b.object::<Bytes>()) {
        (BinaryOp::Add, Some(a), Some(b)) => Ok(Some(Bytes::value([&a.0[..], &b.0[..]].concat()))),
        (BinaryOp::Add, Some(_), None) => Err(type_error(format!("can't concat {} to bytes", b.type_name()))),
        (BinaryOp::Mul, Some(bytes), None) | (BinaryOp::Mul, None, Some(bytes)) => {
            let times = cx.index(if a.object::<Bytes>().is_some() { b } else { a })?;
            let times = usize::try_from(times).unwrap_or(0);
            cx.check_text(bytes.0.len().saturating_mul(times))?;
            Ok(Some(Bytes::value(bytes.0.repeat(times))))
        }
        _ => Ok(None),
    }),
    ..TypeTable::EMPTY
};

fn make(cx: &mut Context, args: &Args) -> Result {
    let Some(source) = args.get(0) else { return Ok(Bytes::value([])) };
    match source.plain() {
        Value::Str(_) if args.get(1).is_none() => Err(type_error("string argument without an encoding")),
        Value::Str(text) => encode(cx, text, args.str(1)?),
        Value::Int(n) => {
            let n = usize::try_from(*n).map_err(|_| value_error("negative count"))?;
            cx.check_text(n)?;
            Ok(Bytes::value(vec![0; n]))
        }
        other if other.object::<Bytes>().is_some() => Ok(other.clone()),
        other => {
            let items = cx.collect(other)?;
            let mut bytes = Vec::with_capacity(items.len());
            for item in &items {
                let byte = u8::try_from(cx.index(item)?);
                bytes.push(byte.map_err(|_| value_error("bytes must be in range(0, 256)"))?);
            }
            Ok(Bytes::value(bytes))
        }
    }
}

/// `text.encode(encoding)`
pub(super) fn encode(_: &mut Context, text: &str, encoding: &str) -> Result {
    match encoding.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "utf8" => Ok(Bytes::value(text.as_bytes())),
        "ascii" | "latin1" | "iso88591" => {
            let (name, most) =
                if encoding.starts_with(['a', 'A']) { ("ascii", 128) } else { ("latin-1", 256) };
            let mut bytes = Vec::new();
            for (i, c) in text.chars().enumerate() {
                if c as u32 >= most {
                    let shown = crate::repr::to_ascii(&c.to_string());
                    let message = format!(
                        "'{name}' codec can't encode character '{shown}' in position {i}: ordinal not in range({most})"
                    );
                    return Err(Exception::new(&UNICODE_ENCODE_ERROR, message).raise());
                }
                bytes.push(c as u32 as u8);
            }
            Ok(Bytes::value(bytes))
        }
        _ => Err(unknown(encoding)),
    }
}

fn unknown(encoding: &str) -> crate::error::Interrupt {
    Exception::new(&crate::error::LOOKUP_ERROR, format!("unknown encoding: {encoding}")).raise()
}

fn decode(_: &mut Context, args: &Args) -> Result {
    let bytes = of(&args[0])?;
    let encoding = args.get(1).map_or(Ok("utf-8"), |_| args.str(1))?;
    match encoding.to_ascii_lowercase().replace(['-', '_'], "").as_str() {
        "latin1" | "iso88591" => Ok(Value::from(bytes.iter().map(|&b| char::from(b)).collect::<String>())),
        name @ ("utf8" | "ascii") => match std::str::from_utf8(bytes) {
            Ok(text) if name == "utf8" || text.is_ascii() => Ok(Value::str(text)),
            result => {
                let at = match result {
                    Err(error) => error.valid_up_to(),
                    Ok(_) => bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0),
                };
                let byte = bytes.get(at).copied().unwrap_or(0);
                let why = match (name, byte) {
                    ("ascii", _) => "ordinal not in range(128)",
                    (_, 0xc2..=0xf4) if at + 1 >= bytes.len() => "unexpected end of data",
                    (_, 0xc2..=0xf4) => "invalid continuation byte",
                    _ => "invalid start byte",
                };
                let name = if name == "ascii" { name } else { "utf-8" };
                let message = format!("'{name}' codec can't decode byte {byte:#04x} in position {at}: {why}");
                Err(Exception::new(&UNICODE_DECODE_ERROR, message).raise())
            }
        },
        _ => Err(unknown(encoding)),
    }
}

fn shown(bytes: &[u8]) -> String {
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = format!("b{quote}");
    for &byte in bytes {
        // Writing to a string cannot fail.
        let _ = match byte {
            b'\n' => write!(out, "\\n"),
            b'\r' => write!(out, "\\r"),
            b'\t' => write!(out, "\\t"),
            b'\\' => write!(out, "\\\\"),
            b if char::from(b) == quote => write!(out, "\\{quote}"),
            0x20..=0x7e => write!(out, "{}", char::from(byte)),
            _ => write!(out, "\\x{byte:02x}"),
        };
    }
    out.push(quote);
    out
}

fn position(bytes: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    bytes.windows(part.len()).position(|w| w == part)
}

fn parts<'a>(bytes: &'a [u8], sep: &[u8]) -> Result<Vec<&'a [u8]>> {
    if sep.is_empty() {
        return Err(value_error("empty separator"));
    }
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = position(rest, sep) {
        parts.push(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + sep.len()..).unwrap_or_default();
    }
    parts.push(rest);
    Ok(parts)
}

/// `int.to_bytes`
pub(super) fn from_int(cx: &mut Context, args: &Args) -> Result {
    let length = usize::try_from(args.int_or(cx, 1, 1)?)
        .map_err(|_| value_error("length argument must be non-negative"))?;
    cx.check_text(length)?;
    let big_end = big_end(args, 2)?;
    let signed = args.truth_or(cx, 3, false)?;
    let value = crate::int::of(&args[0]).unwrap_or_default();
    let negative = value.sign() == num_bigint::Sign::Minus;
    if negative && !signed {
        return Err(crate::error::overflow_error("can't convert negative int to unsigned"));
    }
    let mut bytes = if signed { value.to_signed_bytes_le() } else { value.to_bytes_le().1 };
    if value.sign() == num_bigint::Sign::NoSign {
        bytes.clear();
    }
    if bytes.len() > length {
        return Err(crate::error::overflow_error("int too big to convert"));
    }
    bytes.resize(length, if negative { 0xff } else { 0 });
    if big_end {
        bytes.reverse();
    }
    Ok(Bytes::value(bytes))
}

/// `int.from_bytes`
pub(super) fn to_int(cx: &mut Context, args: &Args) -> Result {
    let mut bytes = match args[0].object::<Bytes>() {
        Some(bytes) => bytes.0.clone(),
        None => {
            let made = make(cx, args)?;
            of(&made)?.to_vec()
        }
    };
    if big_end(args, 1)? {
        bytes.reverse();
    }
    Ok(Value::big(if args.truth_or(cx, 2, false)? {
        num_bigint::BigInt::from_signed_bytes_le(&bytes)
    } else {
        num_bigint::BigInt::from_bytes_le(num_bigint::Sign::Plus, &bytes)
    }))
}

fn big_end(args: &Args, i: usize) -> Result<bool> {
    match args.get(i).map_or(Ok("big"), |_| args.str(i))? {
        "big" => Ok(true),
        "little" => Ok(false),
        _ => Err(value_error("byteorder must be either 'little' or 'big'")),
    }
}
