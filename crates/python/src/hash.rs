//! Hashes. Numbers have CPython's, so that sets of them come in CPython's order; texts have our own.

use num_bigint::BigInt;

use crate::context::Context;
use crate::error::type_error;
use crate::native::Result;
use crate::value::Value;

const BITS: u32 = 61;
const MODULUS: u64 = (1 << BITS) - 1;

/// The hash of a text: FNV-1a. CPython's differs from run to run.
pub fn text(text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    hash
}

/// The hash of an integer: its remainder by 2⁶¹ − 1, with its sign.
pub fn int(x: i64) -> u64 {
    let rest = (x.unsigned_abs() % MODULUS) as i64;
    let hash = if x < 0 { -rest } else { rest };
    (if hash == -1 { -2 } else { hash }) as u64
}

fn big(x: &BigInt) -> u64 {
    let rest = (x.magnitude() % MODULUS).iter_u64_digits().next().unwrap_or(0) as i64;
    let hash = if x.sign() == num_bigint::Sign::Minus { -rest } else { rest };
    (if hash == -1 { -2 } else { hash }) as u64
}

/// The hash of a double, that of the integer where it is one.
pub fn float(x: f64) -> u64 {
    if x.is_infinite() {
        return if x > 0.0 { 314_159 } else { (-314_159_i64) as u64 };
    }
    if x.is_nan() || x == 0.0 {
        return 0;
    }
    let (mut mantissa, mut exponent) = crate::float::frexp(x.abs());
    let mut hash = 0_u64;
    while mantissa != 0.0 {
        hash = ((hash << 28) & MODULUS) | (hash >> (BITS - 28));
        mantissa *= 268_435_456.0;
        exponent -= 28;
        let whole = mantissa as u64;
        mantissa -= whole as f64;
        hash += whole;
        if hash >= MODULUS {
            hash -= MODULUS;
        }
    }
    let shift = exponent.rem_euclid(BITS as i32) as u32;
    hash = ((hash << shift) & MODULUS) | (hash >> (BITS - shift));
    let signed = if x < 0.0 { -(hash as i64) } else { hash as i64 };
    (if signed == -1 { -2 } else { signed }) as u64
}

fn tuple(hashes: impl ExactSizeIterator<Item = Result<u64>>) -> Result<u64> {
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    let len = hashes.len() as u64;
    let mut acc = P5;
    for hash in hashes {
        acc = acc.wrapping_add(hash?.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
    }
    acc = acc.wrapping_add(len ^ (P5 ^ 3_527_539));
    Ok(if acc == u64::MAX { 1_546_275_796 } else { acc })
}

impl Context {
    /// `hash(value)`.
    pub fn hash(&mut self, value: &Value) -> Result<u64> {
        Ok(match value {
            Value::None => 0xfca8_6420,
            Value::Bool(b) => u64::from(*b),
            Value::Int(i) => int(*i),
            Value::Big(i) => big(i),
            Value::Float(x) => float(*x),
            Value::Str(s) => text(s),
            Value::Tuple(items) => self.nested(|cx| tuple(items.items.iter().map(|item| cx.hash(item))))?,
            Value::List(_) | Value::Dict(_) | Value::Slice(_) => return Err(unhashable(value)),
            Value::Set(set) if !set.frozen => return Err(unhashable(value)),
            Value::Set(set) => {
                let mut hash = 1_927_868_237_u64.wrapping_mul(set.items.borrow().len() as u64 + 1);
                for (h, _) in set.items.borrow().hashed() {
                    hash ^= (h ^ (h << 16) ^ 89_869_747).wrapping_mul(3_644_798_167);
                }
                hash
            }
            Value::Range(range) => {
                tuple([range.len() as i64, range.start, range.step].map(|i| Ok(int(i))).into_iter())?
            }
            Value::Instance(instance) => match instance.class.find("__hash__") {
                Some(Value::None) => return Err(unhashable(value)),
                Some(function) => match self.call(&function, vec![value.clone()])?.plain() {
                    hash @ (Value::Int(_) | Value::Bool(_) | Value::Big(_)) => self.hash(hash)?,
                    _ => return Err(type_error("__hash__ method should return an integer")),
                },
                None if instance.class.find("__eq__").is_some() => return Err(unhashable(value)),
                None => self.hash_plain(value)?,
            },
            _ => match value.table().line().find_map(|t| t.hash) {
                Some(hash) => hash(self, value)?,
                None => value.address() as u64 >> 4,
            },
        })
    }

    /// The same without `__hash__` of its class.
    pub(crate) fn hash_plain(&mut self, value: &Value) -> Result<u64> {
        match value.plain() {
            Value::List(_) | Value::Dict(_) => Err(unhashable(value)),
            Value::Set(set) if !set.frozen => Err(unhashable(value)),
            Value::Instance(_) => match value.table().line().find_map(|t| t.hash) {
                Some(hash) => hash(self, value),
                None => Ok(value.address() as u64 >> 4),
            },
            plain => self.hash(plain),
        }
    }
}

fn unhashable(value: &Value) -> crate::error::Interrupt {
    type_error(format!("unhashable type: '{}'", value.type_name()))
}
