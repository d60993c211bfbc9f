//! `divmod`, `round`, `pow`.

use crate::context::Context;
use crate::error::{Interrupt, type_error, value_error};
use crate::native::{BinaryOp, Result};
use crate::value::Value;

/// `divmod(x, y)`
pub(crate) fn divmod(cx: &mut Context, x: &Value, y: &Value) -> Result {
    if let (Some(a), Some(b), true) =
        (x.as_f64(), y.as_f64(), matches!((x, y), (Value::Float(_), _) | (_, Value::Float(_))))
    {
        if b == 0.0 {
            return Err(crate::error::zero_division("float divmod()"));
        }
        let (q, r) = crate::float::div_mod(a, b);
        return Ok(Value::tuple(vec![Value::Float(q), Value::Float(r)]));
    }
    for (this, other, name) in [(x, y, "__divmod__"), (y, x, "__rdivmod__")] {
        if let Some(method) = cx.class_method(this, name) {
            let value = cx.call(&method, vec![this.clone(), other.clone()])?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(value);
            }
        }
    }
    let quotient = cx.binary(BinaryOp::FloorDiv, x, y).map_err(|e| divmod_error(e, x, y))?;
    let rest = cx.binary(BinaryOp::Mod, x, y)?;
    Ok(Value::tuple(vec![quotient, rest]))
}

fn divmod_error(error: Interrupt, x: &Value, y: &Value) -> Interrupt {
    match error {
        Interrupt::Raise(e) if e.is(&crate::error::TYPE_ERROR) && e.trace.borrow().is_empty() => {
            let (x, y) = (x.type_name(), y.type_name());
            type_error(format!("unsupported operand type(s) for divmod(): '{x}' and '{y}'"))
        }
        other => other,
    }
}

/// `round(value, digits)`
pub(crate) fn round_value(cx: &mut Context, value: &Value, digits: Option<&Value>) -> Result {
    if cx.class_method(value, "__round__").is_none()
        && let Some(inner) = value.inner()
    {
        return round_value(cx, inner, digits);
    }
    let digits = match digits {
        Some(digits) => Some(cx.index(digits)?),
        None => None,
    };
    match (value, digits) {
        (Value::Float(x), None) => {
            if x.is_nan() {
                return Err(value_error("cannot convert float NaN to integer"));
            }
            crate::int::from_f64(x.round_ties_even())
        }
        (Value::Float(x), Some(digits)) => Ok(Value::Float(round_to(*x, digits))),
        (Value::Int(_) | Value::Bool(_) | Value::Big(_), digits) => {
            let value = crate::int::of(value).unwrap_or_default();
            let Some(places) = digits.filter(|&d| d < 0) else { return Ok(Value::big(value)) };
            if places < -5000 {
                return Ok(Value::Int(0));
            }
            let ten = num_bigint::BigInt::from(10).pow(places.unsigned_abs() as u32);
            let (quotient, rest) = crate::int::div_mod(&value, &ten);
            let twice = &rest * 2;
            let up = twice > ten || twice == ten && quotient.bit(0);
            Ok(Value::big((if up { quotient + 1 } else { quotient }) * ten))
        }
        (other, _) => {
            let method = match cx.class_method(other, "__round__") {
                Some(method) => Some(Value::method(other.clone(), method)),
                None => cx.find_attr(other, "__round__")?,
            };
            match method {
                Some(method) => cx.call(&method, digits.map(Value::Int).into_iter().collect()),
                None => {
                    Err(type_error(format!("type {} doesn't define __round__ method", other.type_name())))
                }
            }
        }
    }
}

/// `round(x, digits)`: by the decimal expansion, half to even, as CPython does.
fn round_to(x: f64, digits: i64) -> f64 {
    if !x.is_finite() || digits > 323 {
        return x;
    }
    if digits < -308 {
        return 0.0_f64.copysign(x);
    }
    if digits >= 0 {
        return crate::format::fixed(x, digits as usize).parse().unwrap_or(x);
    }
    // Before the point: so many significant digits of the number as an exponent shows them.
    let places = digits.unsigned_abs() as i32;
    let whole = format!("{:e}", x.abs());
    let power: i32 = whole.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    if power < places - 1 {
        return 0.0_f64.copysign(x);
    }
    if power == places - 1 {
        let unit = 10_f64.powi(places);
        return if x.abs() * 2.0 > unit { unit.copysign(x) } else { 0.0_f64.copysign(x) };
    }
    format!("{:.*e}", (power - places) as usize, x).parse().unwrap_or(x)
}

/// `pow(base, exponent, modulus)`
pub(crate) fn power(cx: &mut Context, base: &Value, exponent: &Value, modulus: Option<&Value>) -> Result {
    let Some(modulus) = modulus else { return cx.binary(BinaryOp::Pow, base, exponent) };
    if let Some(method) = cx.class_method(base, "__pow__") {
        return cx.call(&method, vec![base.clone(), exponent.clone(), modulus.clone()]);
    }
    let numbers = [base, exponent, modulus].map(crate::int::of);
    let [Some(base), Some(exponent), Some(modulus)] = numbers else {
        return Err(type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    };
    if modulus.sign() == num_bigint::Sign::NoSign {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    let base = if exponent.sign() == num_bigint::Sign::Minus {
        base.modinv(&modulus).ok_or_else(|| value_error("base is not invertible for the given modulus"))?
    } else {
        base
    };
    let exponent = num_bigint::BigInt::from(exponent.magnitude().clone());
    Ok(Value::big(base.modpow(&exponent, &modulus)))
}
