//! `text % values`.

use super::number::{exponent, fixed, general};
use crate::context::Context;
use crate::error::{memory_error, overflow_error, type_error, value_error};
use crate::native::Result;
use crate::value::Value;

#[derive(Default)]
struct Directive {
    left: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

/// `text % values`.
pub(crate) fn percent(cx: &mut Context, text: &str, values: &Value) -> Result<String> {
    let tuple = match values {
        Value::Tuple(tuple) => Some(tuple.items.clone()),
        // The shape of a tensor is a tuple, too.
        other if other.object::<crate::modules::torch::Size>().is_some() => Some(cx.collect(other)?),
        _ => None,
    };
    let single = [values.clone()];
    let mut rest = tuple.as_deref().unwrap_or(&single).iter();
    let mut used_mapping = false;
    let mut out = String::new();
    let mut chars = text.chars().enumerate().peekable();
    while let Some((_, c)) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        let mut next =
            || rest.next().cloned().ok_or_else(|| type_error("not enough arguments for format string"));
        let mut keyed = None;
        if chars.next_if(|(_, c)| *c == '(').is_some() {
            let Value::Dict(map) = values else { return Err(type_error("format requires a mapping")) };
            let mut name = String::new();
            let mut depth = 1;
            for (_, c) in chars.by_ref() {
                depth += i32::from(c == '(') - i32::from(c == ')');
                if depth == 0 {
                    break;
                }
                name.push(c);
            }
            if depth > 0 {
                return Err(value_error("incomplete format key"));
            }
            let key = Value::from(name);
            keyed = Some(cx.dict_get(map, &key)?.ok_or_else(|| crate::error::key_error(key))?);
            used_mapping = true;
        }
        let mut d = Directive::default();
        while let Some((_, flag)) = chars.next_if(|(_, c)| matches!(c, '-' | '+' | ' ' | '0' | '#')) {
            match flag {
                '-' => d.left = true,
                '+' => d.plus = true,
                ' ' => d.space = true,
                '0' => d.zero = true,
                _ => d.alternate = true,
            }
        }
        if let Some(width) = number(&mut chars, &mut next)? {
            d.left |= width < 0;
            d.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
        }
        if chars.next_if(|(_, c)| *c == '.').is_some() {
            let precision = number(&mut chars, &mut next)?.unwrap_or(0).max(0);
            d.precision = Some(usize::try_from(precision).unwrap_or(usize::MAX));
        }
        if d.width > 10_000_000 || d.precision.is_some_and(|p| p > 100_000) {
            return Err(memory_error("a text of so many characters does not fit here"));
        }
        while chars.next_if(|(_, c)| matches!(c, 'l' | 'h' | 'L')).is_some() {}
        let Some((at, kind)) = chars.next() else { return Err(value_error("incomplete format")) };
        if kind == '%' {
            out.push('%');
            continue;
        }
        let value = match keyed {
            Some(value) => value,
            None => next()?,
        };
        let piece = directive(cx, kind, at, &d, &value)?;
        out.push_str(&piece);
        cx.check_text(out.len())?;
    }
    if rest.next().is_some() && !used_mapping && !matches!(values, Value::Dict(_)) {
        return Err(type_error("not all arguments converted during string formatting"));
    }
    Ok(out)
}

type Chars<'a> = std::iter::Peekable<std::iter::Enumerate<std::str::Chars<'a>>>;

/// A width or a precision: digits, or `*` for one of the values.
fn number(chars: &mut Chars, next: &mut impl FnMut() -> Result<Value>) -> Result<Option<i64>> {
    if chars.next_if(|(_, c)| *c == '*').is_some() {
        return next()?.as_i64().map(Some).ok_or_else(|| type_error("* wants int"));
    }
    let mut value = None;
    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_ascii_digit()) {
        let digit = i64::from(c.to_digit(10).unwrap_or(0));
        value = Some(value.unwrap_or(0_i64).saturating_mul(10).saturating_add(digit));
    }
    Ok(value)
}

fn directive(cx: &mut Context, kind: char, at: usize, d: &Directive, value: &Value) -> Result<String> {
    let cut = |text: &str| match d.precision {
        Some(p) => text.chars().take(p).collect(),
        None => text.to_owned(),
    };
    Ok(match kind {
        's' => pad(cut(&cx.str(value)?), d),
        'r' => pad(cut(&cx.repr(value)?), d),
        'a' => pad(cut(&crate::repr::to_ascii(&cx.repr(value)?)), d),
        'c' => match value {
            Value::Str(text) if text.chars().count() == 1 => pad(text.to_string(), d),
            Value::Int(i) => match u32::try_from(*i).ok().and_then(char::from_u32) {
                Some(c) => pad(c.to_string(), d),
                None => return Err(overflow_error("%c arg not in range(0x110000)")),
            },
            _ => return Err(type_error("%c requires int or char")),
        },
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
            let whole = match value {
                Value::Float(x) if matches!(kind, 'd' | 'i' | 'u') => crate::int::from_f64(*x)?,
                Value::Float(_) | Value::Str(_) | Value::None => Value::None,
                Value::Int(_) | Value::Big(_) | Value::Bool(_) => value.clone(),
                other => cx.index(other).map(Value::Int).unwrap_or(Value::None),
            };
            let Some(big) = crate::int::of(&whole) else {
                let what = if matches!(kind, 'd' | 'i' | 'u') { "a real number" } else { "an integer" };
                return Err(type_error(format!(
                    "%{kind} format: {what} is required, not {}",
                    value.type_name()
                )));
            };
            let digits = match kind {
                'o' => big.magnitude().to_str_radix(8),
                'x' => big.magnitude().to_str_radix(16),
                'X' => big.magnitude().to_str_radix(16).to_uppercase(),
                _ => crate::int::to_text(&num_bigint::BigInt::from(big.magnitude().clone()))?,
            };
            let digits = "0".repeat(d.precision.unwrap_or(0).saturating_sub(digits.len())) + &digits;
            let prefix = match kind {
                _ if !d.alternate => "",
                'o' => "0o",
                'x' => "0x",
                'X' => "0X",
                _ => "",
            };
            signed(big.sign() == num_bigint::Sign::Minus, prefix, &digits, d)
        }
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
            let x = cx.float(value)?;
            let p = d.precision.unwrap_or(6);
            let digits = match kind {
                'e' | 'E' => exponent(x.abs(), p),
                'f' | 'F' => fixed(x.abs(), p),
                _ => general(x.abs(), p, d.alternate, None),
            };
            let digits = if kind.is_ascii_uppercase() { digits.to_uppercase() } else { digits };
            let zero = d.zero && x.is_finite();
            signed(x.is_sign_negative() && !x.is_nan(), "", &digits, &Directive { zero, ..*d })
        }
        other => {
            return Err(value_error(format!(
                "unsupported format character '{other}' ({:#x}) at index {at}",
                other as u32
            )));
        }
    })
}

fn signed(negative: bool, prefix: &str, digits: &str, d: &Directive) -> String {
    let sign = match (negative, d.plus, d.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    };
    let len = sign.len() + prefix.len() + digits.len();
    if d.zero && !d.left && len < d.width {
        return format!("{sign}{prefix}{}{digits}", "0".repeat(d.width - len));
    }
    pad(format!("{sign}{prefix}{digits}"), d)
}

fn pad(text: String, d: &Directive) -> String {
    let missing = d.width.saturating_sub(text.chars().count());
    if d.left { text + &" ".repeat(missing) } else { " ".repeat(missing) + &text }
}
