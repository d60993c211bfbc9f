//! Integers without limit: the operations that CPython's have and `BigInt` has not.

use num_bigint::{BigInt, Sign};

use crate::error::{memory_error, overflow_error, value_error};
use crate::native::Result;
use crate::value::Value;

/// The longest integer that is computed, in bits.
const MOST_BITS: u64 = 1 << 22;

/// As a double, rounded to nearest even; infinite where it is too large.
pub fn to_f64(x: &BigInt) -> f64 {
    let bits = x.bits();
    if bits > 1024 {
        return if x.sign() == Sign::Minus { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let magnitude = x.magnitude();
    let value = if bits <= 64 {
        magnitude.iter_u64_digits().next().unwrap_or(0) as f64
    } else {
        // 64 leading bits, the last one set if anything below is: rounding that to 53 bits rounds the whole.
        let shift = bits - 64;
        let mut top = (magnitude >> shift).iter_u64_digits().next().unwrap_or(0);
        if magnitude.trailing_zeros().is_some_and(|z| z < shift) {
            top |= 1;
        }
        crate::float::ldexp(top as f64, shift as i32)
    };
    if x.sign() == Sign::Minus { -value } else { value }
}

/// As a double, refused where it is too large.
pub fn to_finite(x: &BigInt) -> Result<f64> {
    let value = to_f64(x);
    if value.is_finite() { Ok(value) } else { Err(overflow_error("int too large to convert to float")) }
}

/// A whole double as an integer.
pub fn from_f64(x: f64) -> Result {
    if x.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    if x.is_infinite() {
        return Err(overflow_error("cannot convert float infinity to integer"));
    }
    let x = x.trunc();
    if x.abs() < 9.0e18 {
        return Ok(Value::Int(x as i64));
    }
    let (mantissa, exponent) = crate::float::frexp(x);
    let whole = (mantissa * 9_007_199_254_740_992.0) as i64;
    Ok(Value::big(BigInt::from(whole) << (exponent - 53) as usize))
}

/// The integer in a value, for an integer or a bool.
pub fn of(value: &Value) -> Option<BigInt> {
    match value.plain() {
        Value::Bool(b) => Some(BigInt::from(u8::from(*b))),
        Value::Int(i) => Some(BigInt::from(*i)),
        Value::Big(i) => Some((**i).clone()),
        _ => None,
    }
}

/// `a // b` and `a % b`; b is not 0.
pub fn div_mod(a: &BigInt, b: &BigInt) -> (BigInt, BigInt) {
    let (q, r) = (a / b, a % b);
    if r.sign() != Sign::NoSign && r.sign() != b.sign() { (q - 1, r + b) } else { (q, r) }
}

/// `a // b` of short integers; b is not 0, and not -1 where a is the smallest.
pub fn floor_div(a: i64, b: i64) -> i64 {
    let q = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a < 0) != (b < 0) { q - 1 } else { q }
}

/// `a % b` of short integers; b is not 0.
pub fn floor_mod(a: i64, b: i64) -> i64 {
    let r = a.wrapping_rem(b);
    if r != 0 && (r < 0) != (b < 0) { r + b } else { r }
}

/// `a ** b` with b ≥ 0, refused where it would be too long.
pub fn pow(a: &BigInt, b: &BigInt) -> Result {
    if *a == BigInt::from(0) || *a == BigInt::from(1) {
        return Ok(if b.sign() == Sign::NoSign { Value::Int(1) } else { Value::big(a.clone()) });
    }
    if *a == BigInt::from(-1) {
        return Ok(Value::Int(if b.bit(0) { -1 } else { 1 }));
    }
    let exponent = u32::try_from(b).ok().filter(|&e| a.bits().saturating_mul(u64::from(e)) <= MOST_BITS);
    match exponent {
        Some(e) => Ok(Value::big(a.pow(e))),
        None => Err(memory_error("an integer of more than a million digits does not fit here")),
    }
}

/// `a << b` with b ≥ 0, refused where it would be too long.
pub fn shift_left(a: &BigInt, b: u64) -> Result {
    if a.bits().saturating_add(b) > MOST_BITS && a.sign() != Sign::NoSign {
        return Err(memory_error("an integer of more than a million digits does not fit here"));
    }
    if a.sign() == Sign::NoSign { Ok(Value::Int(0)) } else { Ok(Value::big(a << b)) }
}

/// `a * b`, refused where it would be too long.
pub fn mul(a: &BigInt, b: &BigInt) -> Result {
    if a.bits() + b.bits() > MOST_BITS {
        return Err(memory_error("an integer of more than a million digits does not fit here"));
    }
    Ok(Value::big(a * b))
}

/// `a / b` correctly rounded; b is not 0.
pub fn true_div(a: &BigInt, b: &BigInt) -> Result<f64> {
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    let (a, b) = (a.magnitude(), b.magnitude());
    if a.bits() == 0 {
        return Ok(0.0);
    }
    // A quotient of 66 or 67 bits and a sticky bit; exact where both are short.
    let shift = 66 - (a.bits() as i64 - b.bits() as i64);
    let (up, down) =
        if shift >= 0 { (a << shift as u64, b.clone()) } else { (a.clone(), b << shift.unsigned_abs()) };
    let mut q = &up / &down;
    if &q * &down != up {
        q = (q << 1_u32) | num_bigint::BigUint::from(1_u8);
    } else {
        q <<= 1_u32;
    }
    let exponent = -(shift + 1);
    // In the range of subnormal numbers ldexp would round a second time.
    let drop = (-1074 - exponent).max(q.bits() as i64 - 64).max(0) as u64;
    let value = if drop > 0 && exponent + (q.bits() as i64) < -1021 {
        let mut top = (&q >> drop).iter_u64_digits().next().unwrap_or(0);
        let rest = &q - (num_bigint::BigUint::from(top) << drop);
        let half = num_bigint::BigUint::from(1_u8) << (drop - 1);
        if rest > half || (rest == half && top & 1 == 1) {
            top += 1;
        }
        crate::float::ldexp(top as f64, (exponent + drop as i64) as i32)
    } else {
        let scaled = to_f64(&BigInt::from(q));
        crate::float::ldexp(scaled, exponent.clamp(-5000, 5000) as i32)
    };
    if value.is_infinite() {
        return Err(overflow_error("integer division result too large for a float"));
    }
    Ok(if negative { -value } else { value })
}

/// The decimal digits, refused where there are more than CPython converts.
pub fn to_text(x: &BigInt) -> Result<String> {
    // 4300 digits are 14,281 bits and more.
    if x.bits() > 14_290 || (x.bits() > 14_280 && x.to_string().trim_start_matches('-').len() > 4300) {
        return Err(value_error(
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit",
        ));
    }
    Ok(x.to_string())
}

/// `int(text, base)`; `None` where it is none.
pub fn parse(text: &str, base: u32) -> Option<BigInt> {
    let text = text.trim();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let prefix = |p: &str| {
        let head = digits.get(..2)?;
        head.eq_ignore_ascii_case(p).then(|| digits.get(2..)).flatten()
    };
    let (base, digits, prefixed) = match base {
        0 | 2 if prefix("0b").is_some() => (2, prefix("0b")?, true),
        0 | 8 if prefix("0o").is_some() => (8, prefix("0o")?, true),
        0 | 16 if prefix("0x").is_some() => (16, prefix("0x")?, true),
        0 => (10, digits, false),
        b => (b, digits, false),
    };
    let digits = if prefixed { digits.strip_prefix('_').unwrap_or(digits) } else { digits };
    if digits.is_empty() || digits.starts_with('_') || digits.ends_with('_') || digits.contains("__") {
        return None;
    }
    let digits: Vec<u8> = digits
        .chars()
        .filter(|c| *c != '_')
        .map(|c| c.to_digit(base).map(|d| d as u8))
        .collect::<Option<_>>()?;
    let magnitude = num_bigint::BigUint::from_radix_be(&digits, base)?;
    Some(BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, magnitude))
}
