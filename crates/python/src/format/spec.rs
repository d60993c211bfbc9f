//! Format specifications: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
//!
//! Source: <https://docs.python.org/3/library/string.html#format-specification-mini-language>

use super::number::{exponent, fixed, float_repr, general};
use crate::error::{memory_error, overflow_error, value_error};
use crate::native::Result;
use crate::value::Value;

#[derive(Default)]
pub(super) struct Spec {
    pub fill: Option<char>,
    pub align: Option<char>,
    pub sign: Option<char>,
    pub no_negative_zero: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: usize,
    pub grouping: Option<char>,
    pub precision: Option<usize>,
    pub kind: Option<char>,
}

fn parse(spec: &str, object: &str) -> Result<Spec> {
    let chars: Vec<char> = spec.chars().collect();
    let mut at = 0;
    let mut out = Spec::default();
    let is_align = |c: Option<&char>| c.is_some_and(|c| matches!(c, '<' | '>' | '=' | '^'));
    let peek = |at: usize| chars.get(at).copied();
    if is_align(chars.get(1)) {
        (out.fill, out.align) = (peek(0), peek(1));
        at = 2;
    } else if is_align(chars.first()) {
        out.align = peek(0);
        at = 1;
    }
    if let Some(c @ ('+' | '-' | ' ')) = peek(at) {
        out.sign = Some(c);
        at += 1;
    }
    if peek(at) == Some('z') {
        out.no_negative_zero = true;
        at += 1;
    }
    if peek(at) == Some('#') {
        out.alternate = true;
        at += 1;
    }
    if peek(at) == Some('0') {
        out.zero = true;
        at += 1;
    }
    let number = |at: &mut usize| -> Result<Option<usize>> {
        let start = *at;
        let mut value = 0_usize;
        while let Some(digit) = peek(*at).and_then(|c| c.to_digit(10)) {
            value = value.saturating_mul(10).saturating_add(digit as usize);
            *at += 1;
        }
        if value > i64::MAX as usize / 2 {
            return Err(value_error("Too many decimal digits in format string"));
        }
        Ok((*at > start).then_some(value))
    };
    out.width = number(&mut at)?.unwrap_or(0);
    if let Some(c @ (',' | '_')) = peek(at) {
        out.grouping = Some(c);
        at += 1;
        if let Some(other @ (',' | '_')) = peek(at) {
            return Err(value_error(if other == c {
                format!("Cannot specify '{c}' with '{c}'.")
            } else {
                "Cannot specify both ',' and '_'.".to_owned()
            }));
        }
    }
    if peek(at) == Some('.') {
        at += 1;
        out.precision = number(&mut at)?;
        if out.precision.is_none() {
            return Err(value_error("Format specifier missing precision"));
        }
    }
    if at < chars.len() {
        out.kind = peek(at);
        at += 1;
    }
    if at < chars.len() {
        return Err(value_error(format!("Invalid format specifier '{spec}' for object of type '{object}'")));
    }
    if out.width > 10_000_000 || out.precision.is_some_and(|p| p > 100_000) {
        return Err(memory_error("a text of so many characters does not fit here"));
    }
    Ok(out)
}

/// Puts fill characters around a text; `sign` is how many characters of it are its sign and prefix.
pub(super) fn pad(body: String, sign: usize, spec: &Spec, default: char) -> String {
    let len = body.chars().count();
    let Some(missing) = spec.width.checked_sub(len).filter(|&m| m > 0) else { return body };
    let zero = spec.zero && spec.align.is_none();
    let fill = spec.fill.unwrap_or(if spec.zero { '0' } else { ' ' });
    let fill = |n: usize| fill.to_string().repeat(n);
    match spec.align.unwrap_or(if zero { '=' } else { default }) {
        '<' => body + &fill(missing),
        '^' => fill(missing / 2) + &body + &fill(missing - missing / 2),
        '=' => {
            let (head, tail) = body.split_at(sign.min(body.len()));
            format!("{head}{}{tail}", fill(missing))
        }
        _ => fill(missing) + &body,
    }
}

fn unknown(kind: char, object: &str) -> crate::error::Interrupt {
    value_error(format!("Unknown format code '{kind}' for object of type '{object}'"))
}

pub(super) fn text(text: &str, spec: &str) -> Result<String> {
    let spec = parse(spec, "str")?;
    match spec.kind {
        None | Some('s') => {}
        Some(kind) => return Err(unknown(kind, "str")),
    }
    if spec.sign.is_some() {
        let what = if spec.sign == Some(' ') { "Space" } else { "Sign" };
        return Err(value_error(format!("{what} not allowed in string format specifier")));
    }
    if spec.alternate {
        return Err(value_error("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Some('=') {
        return Err(value_error("'=' alignment not allowed in string format specifier"));
    }
    if let Some(grouping) = spec.grouping {
        return Err(value_error(format!("Cannot specify '{grouping}' with 's'.")));
    }
    let cut: String = match spec.precision {
        Some(p) => text.chars().take(p).collect(),
        None => text.to_owned(),
    };
    let spec = Spec { zero: false, fill: spec.fill.or(if spec.zero { Some('0') } else { None }), ..spec };
    Ok(pad(cut, 0, &spec, '<'))
}

/// Groups digits, from the right, and fills with zeros up to a width where the padding is zeros.
fn group(digits: &str, every: usize, by: char, least: usize) -> String {
    let mut all: Vec<char> = digits.chars().rev().collect();
    let grouped_len = |n: usize| n + n.saturating_sub(1) / every;
    while grouped_len(all.len()) < least {
        all.push('0');
    }
    let mut out = Vec::new();
    for (i, c) in all.into_iter().enumerate() {
        if i > 0 && i % every == 0 {
            out.push(by);
        }
        out.push(c);
    }
    out.into_iter().rev().collect()
}

/// Puts sign, prefix, digits and tail together.
fn finish(negative: bool, prefix: &str, digits: &str, tail: &str, every: usize, spec: &Spec) -> String {
    let sign = match (negative, spec.sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    };
    let head = sign.len() + prefix.len();
    let zeros = spec.zero && spec.align.is_none() || spec.fill == Some('0') && spec.align == Some('=');
    let digits = match spec.grouping {
        Some(by) => {
            let least = if zeros { spec.width.saturating_sub(head + tail.chars().count()) } else { 0 };
            group(digits, every, by, least)
        }
        None => digits.to_owned(),
    };
    pad(format!("{sign}{prefix}{digits}{tail}"), head, spec, '>')
}

pub(super) fn integer(value: &Value, text: &str) -> Result<String> {
    let spec = parse(text, &value.type_name())?;
    let kind = spec.kind.unwrap_or('d');
    if matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') {
        let x = match value {
            Value::Big(big) => crate::int::to_finite(big)?,
            other => other.as_f64().unwrap_or_default(),
        };
        return float_with(x, spec, "int");
    }
    if spec.precision.is_some() {
        return Err(value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(value_error(
            "Negative zero coercion (z) not allowed in format specifier with integer presentation type",
        ));
    }
    let big = crate::int::of(value).unwrap_or_default();
    let negative = big.sign() == num_bigint::Sign::Minus;
    let magnitude = big.magnitude();
    let (radix, prefix, every) = match kind {
        'd' | 'n' => (10, "", 3),
        'b' => (2, "0b", 4),
        'o' => (8, "0o", 4),
        'x' => (16, "0x", 4),
        'X' => (16, "0X", 4),
        'c' => {
            if spec.sign.is_some() {
                return Err(value_error("Sign not allowed with integer format specifier 'c'"));
            }
            let c = u32::try_from(&big).ok().and_then(char::from_u32);
            let c = c.ok_or_else(|| overflow_error("%c arg not in range(0x110000)"))?;
            return Ok(pad(c.to_string(), 0, &spec, '<'));
        }
        other => return Err(unknown(other, &value.type_name())),
    };
    if let (Some(','), false) = (spec.grouping, radix == 10) {
        return Err(value_error(format!("Cannot specify ',' with '{kind}'.")));
    }
    let digits = if radix == 10 {
        crate::int::to_text(&num_bigint::BigInt::from(magnitude.clone()))?
    } else {
        magnitude.to_str_radix(radix)
    };
    let digits = if kind == 'X' { digits.to_uppercase() } else { digits };
    Ok(finish(negative, if spec.alternate { prefix } else { "" }, &digits, "", every, &spec))
}

pub(super) fn float(x: f64, text: &str) -> Result<String> {
    float_with(x, parse(text, "float")?, "float")
}

fn float_with(x: f64, spec: Spec, object: &str) -> Result<String> {
    let precision = spec.precision.unwrap_or(6);
    let mut magnitude = x.abs();
    let digits = match spec.kind {
        None => match spec.precision {
            None => float_repr(magnitude),
            Some(p) => {
                let p = p.max(1);
                let text = general(magnitude, p, spec.alternate, None);
                if text.contains(['.', 'e', 'n']) { text } else { with_fraction(magnitude, p, text) }
            }
        },
        Some('e' | 'E') => exponent(magnitude, precision),
        Some('f' | 'F') => fixed(magnitude, precision),
        Some('g' | 'G' | 'n') => general(magnitude, precision, spec.alternate, None),
        Some('%') => {
            magnitude *= 100.0;
            fixed(magnitude, precision) + "%"
        }
        Some(other) => return Err(unknown(other, object)),
    };
    let mut digits = digits;
    if spec.alternate && !digits.contains('.') && magnitude.is_finite() {
        let at = digits.find(['e', '%']).unwrap_or(digits.len());
        digits.insert(at, '.');
    }
    if matches!(spec.kind, Some('E' | 'F' | 'G')) {
        digits = digits.to_uppercase();
    }
    let zero = spec.no_negative_zero && digits.chars().all(|c| !c.is_ascii_digit() || c == '0');
    let negative = x.is_sign_negative() && !x.is_nan() && !zero;
    let at = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let (whole, tail) = digits.split_at(at);
    let spec = if x.is_finite() { spec } else { Spec { grouping: None, ..spec } };
    Ok(finish(negative, "", whole, tail, 3, &spec))
}

/// Without a type a float keeps a digit after its point, and an exponent where that would be one digit too many.
fn with_fraction(x: f64, precision: usize, text: String) -> String {
    if text.len() < precision {
        text + ".0"
    } else {
        general(x, precision, false, Some(precision as i32 - 1))
    }
}
