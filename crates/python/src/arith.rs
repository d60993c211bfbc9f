//! Unary and binary operators.

use num_bigint::{BigInt, Sign};

use crate::context::Context;
use crate::error::{memory_error, overflow_error, type_error, value_error, zero_division};
use crate::int;
use crate::native::{BinaryOp, Result, UnaryOp};
use crate::value::Value;

impl BinaryOp {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::MatMul => "@",
            BinaryOp::Div => "/",
            BinaryOp::FloorDiv => "//",
            BinaryOp::Mod => "%",
            BinaryOp::Pow => "**",
            BinaryOp::LShift => "<<",
            BinaryOp::RShift => ">>",
            BinaryOp::BitOr => "|",
            BinaryOp::BitXor => "^",
            BinaryOp::BitAnd => "&",
        }
    }

    /// The special methods of a class: of the left operand, of the right one, in place.
    pub fn methods(self) -> (&'static str, &'static str, &'static str) {
        match self {
            BinaryOp::Add => ("__add__", "__radd__", "__iadd__"),
            BinaryOp::Sub => ("__sub__", "__rsub__", "__isub__"),
            BinaryOp::Mul => ("__mul__", "__rmul__", "__imul__"),
            BinaryOp::MatMul => ("__matmul__", "__rmatmul__", "__imatmul__"),
            BinaryOp::Div => ("__truediv__", "__rtruediv__", "__itruediv__"),
            BinaryOp::FloorDiv => ("__floordiv__", "__rfloordiv__", "__ifloordiv__"),
            BinaryOp::Mod => ("__mod__", "__rmod__", "__imod__"),
            BinaryOp::Pow => ("__pow__", "__rpow__", "__ipow__"),
            BinaryOp::LShift => ("__lshift__", "__rlshift__", "__ilshift__"),
            BinaryOp::RShift => ("__rshift__", "__rrshift__", "__irshift__"),
            BinaryOp::BitOr => ("__or__", "__ror__", "__ior__"),
            BinaryOp::BitXor => ("__xor__", "__rxor__", "__ixor__"),
            BinaryOp::BitAnd => ("__and__", "__rand__", "__iand__"),
        }
    }
}

/// `a op b` for two short integers; `None` where the result is long or not an integer.
#[inline]
pub(crate) fn short(op: BinaryOp, a: i64, b: i64) -> Option<Value> {
    Some(Value::Int(match op {
        BinaryOp::Add => a.checked_add(b)?,
        BinaryOp::Sub => a.checked_sub(b)?,
        BinaryOp::Mul => a.checked_mul(b)?,
        BinaryOp::FloorDiv if b != 0 && b != -1 => int::floor_div(a, b),
        BinaryOp::Mod if b != 0 => int::floor_mod(a, b),
        BinaryOp::BitAnd => a & b,
        BinaryOp::BitOr => a | b,
        BinaryOp::BitXor => a ^ b,
        BinaryOp::LShift if (0..63).contains(&b) => {
            let shifted = a << b;
            if shifted >> b != a {
                return None;
            }
            shifted
        }
        BinaryOp::RShift if b >= 0 => a >> b.min(63),
        _ => return None,
    }))
}

/// `a op b` for two floats; `None` for an operator that floats do not have.
pub(crate) fn floats(op: BinaryOp, a: f64, b: f64) -> Result<Option<Value>> {
    let zero = |what: &str| Err(zero_division(what));
    Ok(Some(Value::Float(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if b == 0.0 => return zero("float division by zero"),
        BinaryOp::Div => a / b,
        BinaryOp::FloorDiv if b == 0.0 => return zero("float floor division by zero"),
        BinaryOp::FloorDiv => crate::float::floor_div(a, b),
        BinaryOp::Mod if b == 0.0 => return zero("float modulo"),
        BinaryOp::Mod => crate::float::floor_mod(a, b),
        BinaryOp::Pow => return power(a, b).map(|x| Some(Value::Float(x))),
        _ => return Ok(None),
    })))
}

fn power(a: f64, b: f64) -> Result<f64> {
    if a == 0.0 && b < 0.0 {
        return Err(zero_division("0.0 cannot be raised to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(value_error(
            "a negative number raised to a fractional power is complex, and complex numbers are not supported here",
        ));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(crate::error::Exception::with_args(
            crate::error::ExceptionClass::Native(&crate::error::OVERFLOW_ERROR),
            vec![Value::Int(34), Value::str("Numerical result out of range")],
        )
        .raise());
    }
    Ok(result)
}

fn integers(op: BinaryOp, a: &BigInt, b: &BigInt) -> Result<Value> {
    let zero = b.sign() == Sign::NoSign;
    Ok(match op {
        BinaryOp::Add => Value::big(a + b),
        BinaryOp::Sub => Value::big(a - b),
        BinaryOp::Mul => int::mul(a, b)?,
        BinaryOp::Div if zero => return Err(zero_division("division by zero")),
        BinaryOp::Div => Value::Float(int::true_div(a, b)?),
        BinaryOp::FloorDiv if zero => return Err(zero_division("integer division or modulo by zero")),
        BinaryOp::FloorDiv => Value::big(int::div_mod(a, b).0),
        BinaryOp::Mod if zero => return Err(zero_division("integer modulo by zero")),
        BinaryOp::Mod => Value::big(int::div_mod(a, b).1),
        BinaryOp::Pow if b.sign() == Sign::Minus => {
            return Ok(Value::Float(power(int::to_finite(a)?, int::to_finite(b)?)?));
        }
        BinaryOp::Pow => int::pow(a, b)?,
        BinaryOp::LShift | BinaryOp::RShift if b.sign() == Sign::Minus => {
            return Err(value_error("negative shift count"));
        }
        BinaryOp::LShift => int::shift_left(a, u64::try_from(b).unwrap_or(u64::MAX))?,
        BinaryOp::RShift => match u64::try_from(b) {
            Ok(by) if by < a.bits() + 1 => Value::big(a >> by),
            _ => Value::Int(if a.sign() == Sign::Minus { -1 } else { 0 }),
        },
        BinaryOp::BitAnd => Value::big(a & b),
        BinaryOp::BitOr => Value::big(a | b),
        BinaryOp::BitXor => Value::big(a ^ b),
        BinaryOp::MatMul => return Ok(Value::NotImplemented),
    })
}

/// `a op b` for numbers; `None` where one of them is none, or has no such operator.
pub(crate) fn numbers(op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let (Value::Bool(a), Value::Bool(b)) = (a, b) {
        match op {
            BinaryOp::BitAnd => return Ok(Some(Value::Bool(a & b))),
            BinaryOp::BitOr => return Ok(Some(Value::Bool(a | b))),
            BinaryOp::BitXor => return Ok(Some(Value::Bool(a ^ b))),
            _ => {}
        }
    }
    if let (Some(x), Some(y), false) = (a.as_i64(), b.as_i64(), a.inner().is_some() || b.inner().is_some()) {
        if let Some(value) = short(op, x, y) {
            return Ok(Some(value));
        }
        // Both are exact as doubles, so one division rounds once.
        if op == BinaryOp::Div && y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 {
            return Ok(Some(Value::Float(x as f64 / y as f64)));
        }
    }
    if let (Value::Float(x), Value::Float(y)) = (a, b) {
        return floats(op, *x, *y);
    }
    let is_number = |v: &Value| matches!(v, Value::Bool(_) | Value::Int(_) | Value::Big(_) | Value::Float(_));
    if !is_number(a) || !is_number(b) {
        return Ok(None);
    }
    if matches!(a, Value::Float(_)) || matches!(b, Value::Float(_)) {
        let finite = |v: &Value| match v {
            Value::Big(i) => int::to_finite(i),
            other => Ok(other.as_f64().unwrap_or_default()),
        };
        return floats(op, finite(a)?, finite(b)?);
    }
    match (int::of(a), int::of(b)) {
        (Some(x), Some(y)) => Ok(Some(integers(op, &x, &y)?).filter(|v| !matches!(v, Value::NotImplemented))),
        _ => Ok(None),
    }
}

/// The longest text that operators make, in bytes.
const TEXT: usize = 20_000_000;

/// How often a sequence of `len` parts is repeated by `times`, refused where that would be more than `most` parts.
fn repeat(len: usize, times: &Value, most: usize) -> Result<usize> {
    let times = match times {
        Value::Big(i) if i.sign() == Sign::Minus => 0,
        Value::Big(_) => return Err(overflow_error("cannot fit 'int' into an index-sized integer")),
        other => usize::try_from(other.as_i64().unwrap_or(0).max(0)).unwrap_or(usize::MAX),
    };
    if len.saturating_mul(times) > most {
        return Err(memory_error(format!("{} elements are more than fit here", len.saturating_mul(times))));
    }
    Ok(if len == 0 { 0 } else { times })
}

fn repeated(of: &Value, times: &Value) -> Result<Option<Value>> {
    if !matches!(times, Value::Int(_) | Value::Bool(_) | Value::Big(_)) {
        return Ok(None);
    }
    let items = |items: &[Value]| -> Result<Vec<Value>> {
        let times = repeat(items.len(), times, 5_000_000)?;
        let mut all = Vec::with_capacity(items.len() * times);
        for _ in 0..times {
            all.extend_from_slice(items);
        }
        Ok(all)
    };
    Ok(Some(match of {
        Value::Str(text) => Value::from(text.repeat(repeat(text.len(), times, TEXT)?)),
        Value::List(list) => {
            if crate::value::held() > 30_000_000 {
                return Err(memory_error("the lists of this program have more elements than fit here"));
            }
            Value::list(items(&list.items.borrow())?)
        }
        Value::Tuple(tuple) => Value::tuple(items(&tuple.items)?),
        _ => return Ok(None),
    }))
}

/// Whether it may stand in `int | None`.
fn is_type(value: &Value) -> bool {
    matches!(value, Value::Type(_) | Value::Class(_) | Value::None) || crate::types::is_union(value)
}

fn same_class(a: &Value, b: &Value) -> bool {
    matches!((a.user_class(), b.user_class()), (Some(x), Some(y)) if std::rc::Rc::ptr_eq(&x, &y))
}

impl Context {
    fn sequences(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
        match (op, a, b) {
            (BinaryOp::Add, Value::Str(x), Value::Str(y)) => {
                repeat(x.len() + y.len(), &Value::Int(1), TEXT)?;
                self.charge((x.len() + y.len()) / 16);
                Ok(Some(Value::from([&**x, &**y].concat())))
            }
            (BinaryOp::Add, Value::List(x), Value::List(y)) => {
                let all = [&x.items.borrow()[..], &y.items.borrow()[..]].concat();
                self.check_length(all.len() as u64)?;
                self.charge(all.len());
                Ok(Some(Value::list(all)))
            }
            (BinaryOp::Add, Value::Tuple(x), Value::Tuple(y)) => {
                self.check_length((x.items.len() + y.items.len()) as u64)?;
                self.charge(x.items.len() + y.items.len());
                Ok(Some(Value::tuple([&x.items[..], &y.items[..]].concat())))
            }
            (BinaryOp::Mul, _, _) => match repeated(a, b)? {
                Some(value) => Ok(Some(value)),
                None => repeated(b, a),
            },
            (BinaryOp::Mod, Value::Str(text), _) => {
                crate::format::percent(self, text, b).map(|s| Some(Value::from(s)))
            }
            (BinaryOp::BitOr, Value::Dict(x), Value::Dict(_)) => {
                let merged = Value::dict(Default::default());
                self.dict_update(&merged, &Value::Dict(x.clone()))?;
                self.dict_update(&merged, b)?;
                Ok(Some(merged))
            }
            (
                BinaryOp::BitOr | BinaryOp::BitAnd | BinaryOp::BitXor | BinaryOp::Sub,
                Value::Set(x),
                Value::Set(y),
            ) => crate::types::set::combine(self, op, x, y).map(Some),
            _ => Ok(None),
        }
    }

    /// `a op b`.
    pub fn binary(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result {
        if let Some(value) = numbers(op, a, b)? {
            return Ok(value);
        }
        if let Some(value) = self.sequences(op, a, b)? {
            return Ok(value);
        }
        let (left, right, _) = op.methods();
        let mut sides = [(a, b, left), (b, a, right)];
        // An object of a class that extends the other's is asked first.
        let reflected_first = crate::compare::extends(b, a);
        if reflected_first {
            sides.reverse();
        }
        let types =
            |value: &Value| matches!(value, Value::Instance(_) | Value::Exception(_) | Value::Class(_));
        for (i, (this, other, name)) in sides.into_iter().enumerate() {
            // Types of ours come where the left operand's turn is.
            if i == 1
                && !reflected_first
                && !types(a)
                && let Some(value) = self.binary_plain(op, a, b)?
            {
                return Ok(value);
            }
            if i == 1 && types(a) && types(b) && same_class(a, b) {
                break;
            }
            if let Some(method) = self.class_method(this, name) {
                let value = self.call(&method, vec![this.clone(), other.clone()])?;
                if !matches!(value, Value::NotImplemented) {
                    return Ok(value);
                }
            }
        }
        match self.binary_plain(op, a, b)? {
            Some(value) => Ok(value),
            None => Err(self.wrong_operands(op, op.sign(), a, b)),
        }
    }

    /// `a op b` by their types of ours; `None` where these have no such operator.
    pub(crate) fn binary_plain(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
        if a.inner().is_some() || b.inner().is_some() {
            return self.nested(|cx| cx.binary_plain(op, a.plain(), b.plain()));
        }
        if let Some(value) = numbers(op, a, b)? {
            return Ok(Some(value));
        }
        if let Some(value) = self.sequences(op, a, b)? {
            return Ok(Some(value));
        }
        for side in [a, b] {
            if let Some(binary) = side.table().line().find_map(|t| t.binary)
                && let Some(value) = binary(self, op, a, b)?
            {
                return Ok(Some(value));
            }
        }
        if op == BinaryOp::BitOr && is_type(a) && is_type(b) {
            return Ok(Some(crate::types::union(a, b)));
        }
        Ok(None)
    }

    fn wrong_operands(&self, op: BinaryOp, sign: &str, a: &Value, b: &Value) -> crate::error::Interrupt {
        let (left, right) = (a.type_name(), b.type_name());
        match (op, a) {
            (BinaryOp::Add, Value::Str(_) | Value::List(_) | Value::Tuple(_)) => {
                return type_error(format!("can only concatenate {left} (not \"{right}\") to {left}"));
            }
            (BinaryOp::Mul, Value::Str(_) | Value::List(_) | Value::Tuple(_)) => {
                return type_error(format!("can't multiply sequence by non-int of type '{right}'"));
            }
            _ => {}
        }
        if op == BinaryOp::Mul && matches!(b, Value::Str(_) | Value::List(_) | Value::Tuple(_)) {
            return type_error(format!("can't multiply sequence by non-int of type '{left}'"));
        }
        let shown = if op == BinaryOp::Pow && sign == "**" { "** or pow()" } else { sign };
        type_error(format!("unsupported operand type(s) for {shown}: '{left}' and '{right}'"))
    }

    /// `a op= b`: the value that the name is bound to.
    pub fn in_place(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result {
        if let Some(value) = numbers(op, a, b)? {
            return Ok(value);
        }
        match (op, a) {
            (BinaryOp::Add, Value::List(list)) => {
                let items = self.collect(b)?;
                self.check_length((list.items.borrow().len() + items.len()) as u64)?;
                list.items.borrow_mut().extend(items);
                list.grown();
                return Ok(a.clone());
            }
            (BinaryOp::Mul, Value::List(list)) => {
                if let Some(Value::List(all)) = repeated(a, b)? {
                    let items = all.items.take();
                    *list.items.borrow_mut() = items;
                    return Ok(a.clone());
                }
            }
            (BinaryOp::BitOr, Value::Dict(_)) => {
                self.dict_update(a, b)?;
                return Ok(a.clone());
            }
            (BinaryOp::BitOr | BinaryOp::BitAnd | BinaryOp::BitXor | BinaryOp::Sub, Value::Set(x))
                if !x.frozen =>
            {
                if let Value::Set(y) = b {
                    crate::types::set::combine_in_place(self, op, x, y)?;
                    return Ok(a.clone());
                }
            }
            _ => {}
        }
        if let Some(method) = self.class_method(a, op.methods().2) {
            let value = self.call(&method, vec![a.clone(), b.clone()])?;
            if !matches!(value, Value::NotImplemented) {
                return Ok(value);
            }
        }
        if let Some(inner) = a.inner()
            && matches!(inner, Value::List(_) | Value::Dict(_) | Value::Set(_))
            && self.class_method(a, op.methods().0).is_none()
        {
            let value = self.nested(|cx| cx.in_place(op, inner, b))?;
            return Ok(if value.is(inner) { a.clone() } else { value });
        }
        if let Some(inplace) = a.table().line().find_map(|t| t.inplace)
            && let Some(value) = inplace(self, op, a, b)?
        {
            return Ok(value);
        }
        self.binary(op, a, b).map_err(|error| match error {
            crate::error::Interrupt::Raise(e)
                if e.args
                    .borrow()
                    .first()
                    .and_then(Value::as_str)
                    .is_some_and(|m| m.starts_with("unsupported operand")) =>
            {
                self.wrong_operands(op, &format!("{}=", op.sign()), a, b)
            }
            other => other,
        })
    }

    /// `-x` and its like.
    pub fn unary(&mut self, op: UnaryOp, x: &Value) -> Result {
        let value = match (op, x) {
            (UnaryOp::Neg, Value::Float(x)) => Value::Float(-x),
            (UnaryOp::Pos, Value::Float(x)) => Value::Float(*x),
            (UnaryOp::Abs, Value::Float(x)) => Value::Float(x.abs()),
            (_, Value::Bool(_) | Value::Int(_) | Value::Big(_)) => {
                let big = int::of(x).unwrap_or_default();
                Value::big(match op {
                    UnaryOp::Neg => -big,
                    UnaryOp::Pos => big,
                    UnaryOp::Invert => -big - 1,
                    UnaryOp::Abs => BigInt::from_biguint(Sign::Plus, big.into_parts().1),
                })
            }
            _ => {
                let (name, sign) = match op {
                    UnaryOp::Neg => ("__neg__", "unary -"),
                    UnaryOp::Pos => ("__pos__", "unary +"),
                    UnaryOp::Invert => ("__invert__", "unary ~"),
                    UnaryOp::Abs => ("__abs__", "abs()"),
                };
                if let Some(method) = self.class_method(x, name) {
                    return self.call(&method, vec![x.clone()]);
                }
                if let Some(inner) = x.inner() {
                    return self.unary(op, inner);
                }
                if let Some(unary) = x.table().line().find_map(|t| t.unary)
                    && let Some(value) = unary(self, op, x)?
                {
                    return Ok(value);
                }
                return Err(type_error(format!("bad operand type for {sign}: '{}'", x.type_name())));
            }
        };
        Ok(value)
    }
}
