//! Comparisons.

use std::cmp::Ordering;

use num_bigint::BigInt;

use crate::context::{Context, NESTING};
use crate::error::{recursion_error, type_error};
use crate::native::{CompareOp, Result};
use crate::value::Value;

impl CompareOp {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        }
    }

    pub(crate) fn method(self) -> &'static str {
        match self {
            CompareOp::Eq => "__eq__",
            CompareOp::Ne => "__ne__",
            CompareOp::Lt => "__lt__",
            CompareOp::Le => "__le__",
            CompareOp::Gt => "__gt__",
            CompareOp::Ge => "__ge__",
        }
    }

    /// The same with the operands exchanged.
    pub fn mirrored(self) -> CompareOp {
        match self {
            CompareOp::Lt => CompareOp::Gt,
            CompareOp::Le => CompareOp::Ge,
            CompareOp::Gt => CompareOp::Lt,
            CompareOp::Ge => CompareOp::Le,
            same => same,
        }
    }

    /// What it says of an order; without one (NaN) only `!=` holds.
    pub fn holds(self, order: Option<Ordering>) -> bool {
        match (self, order) {
            (CompareOp::Ne, None) => true,
            (_, None) => false,
            (CompareOp::Eq, Some(o)) => o.is_eq(),
            (CompareOp::Ne, Some(o)) => o.is_ne(),
            (CompareOp::Lt, Some(o)) => o.is_lt(),
            (CompareOp::Le, Some(o)) => o.is_le(),
            (CompareOp::Gt, Some(o)) => o.is_gt(),
            (CompareOp::Ge, Some(o)) => o.is_ge(),
        }
    }
}

/// How an integer and a double compare, exactly.
fn mixed(a: &BigInt, b: f64) -> Option<Ordering> {
    if b.is_nan() {
        return None;
    }
    if b.is_infinite() {
        return Some(if b > 0.0 { Ordering::Less } else { Ordering::Greater });
    }
    let floor = b.floor();
    let whole = match crate::int::from_f64(floor) {
        Ok(value) => crate::int::of(&value)?,
        Err(_) => return None,
    };
    Some(a.cmp(&whole).then(if b > floor { Ordering::Less } else { Ordering::Equal }))
}

/// How two numbers compare: not at all (`None` outside) where one is none.
pub(crate) fn numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(match (a, b) {
        (Value::Int(x), Value::Int(y)) => Some(x.cmp(y)),
        (Value::Float(x), Value::Float(y)) => x.partial_cmp(y),
        (Value::Float(x), Value::Int(_) | Value::Bool(_) | Value::Big(_)) => {
            mixed(&crate::int::of(b)?, *x).map(Ordering::reverse)
        }
        (Value::Int(_) | Value::Bool(_) | Value::Big(_), Value::Float(y)) => mixed(&crate::int::of(a)?, *y),
        (Value::Int(_) | Value::Bool(_) | Value::Big(_), Value::Int(_) | Value::Bool(_) | Value::Big(_)) => {
            match (a.as_i64(), b.as_i64()) {
                (Some(x), Some(y)) => Some(x.cmp(&y)),
                _ => Some(crate::int::of(a)?.cmp(&crate::int::of(b)?)),
            }
        }
        _ => return None,
    })
}

/// Whether both are of types of Python's own that compare.
fn comparable(op: CompareOp, a: &Value, b: &Value) -> bool {
    let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
    match (a, b) {
        (Value::Str(_), Value::Str(_))
        | (Value::List(_), Value::List(_))
        | (Value::Tuple(_), Value::Tuple(_))
        | (Value::Set(_), Value::Set(_)) => true,
        (Value::Dict(_), Value::Dict(_)) | (Value::Range(_), Value::Range(_)) => equality,
        _ => numbers(a, b).is_some(),
    }
}

/// Whether an object's class extends the class of another one.
pub(crate) fn extends(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Instance(x), Value::Instance(y)) => {
            !std::rc::Rc::ptr_eq(&x.class, &y.class) && x.class.extends(&y.class)
        }
        (Value::Instance(x), other) if x.inner.is_bound() => {
            !matches!(other, Value::Instance(_)) && x.inner.table().extends(other.table())
        }
        _ => false,
    }
}

impl Context {
    /// Runs something one level deeper inside nested values, refused where it is too deep.
    pub(crate) fn nested<T>(&mut self, act: impl FnOnce(&mut Context) -> Result<T>) -> Result<T> {
        if self.depth >= NESTING {
            return Err(recursion_error(""));
        }
        self.depth += 1;
        let result = act(self);
        self.depth -= 1;
        result
    }

    /// `a == b`.
    pub fn equal(&mut self, a: &Value, b: &Value) -> Result<bool> {
        let value = self.compare(CompareOp::Eq, a, b)?;
        self.truth(&value)
    }

    /// `a is b or a == b`: how containers look for an item.
    pub fn same(&mut self, a: &Value, b: &Value) -> Result<bool> {
        Ok(a.is(b) || self.equal(a, b)?)
    }

    /// `a op b`.
    pub fn compare(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result {
        if let Some(order) = numbers(a, b) {
            return Ok(Value::Bool(op.holds(order)));
        }
        match (a, b) {
            (Value::Str(x), Value::Str(y)) => return Ok(Value::Bool(op.holds(Some(x.cmp(y))))),
            (Value::List(x), Value::List(y)) => {
                return self.nested(|cx| {
                    let n = x.items.borrow().len();
                    let m = y.items.borrow().len();
                    cx.sequence_compare(op, n, m, |i| {
                        let pair = (x.items.borrow().get(i).cloned(), y.items.borrow().get(i).cloned());
                        (pair.0.unwrap_or_default(), pair.1.unwrap_or_default())
                    })
                });
            }
            (Value::Tuple(x), Value::Tuple(y)) => {
                return self.nested(|cx| {
                    cx.sequence_compare(op, x.items.len(), y.items.len(), |i| {
                        (
                            x.items.get(i).cloned().unwrap_or_default(),
                            y.items.get(i).cloned().unwrap_or_default(),
                        )
                    })
                });
            }
            (Value::Set(x), Value::Set(y)) => return crate::types::set::compare(self, op, x, y),
            (Value::Dict(x), Value::Dict(y)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                let equal = self.nested(|cx| cx.dict_equal(x, y))?;
                return Ok(Value::Bool(equal == (op == CompareOp::Eq)));
            }
            (Value::Range(x), Value::Range(y)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                let n = x.len();
                let equal = n == y.len() && (n == 0 || x.start == y.start && (n == 1 || x.step == y.step));
                return Ok(Value::Bool(equal == (op == CompareOp::Eq)));
            }
            (Value::Slice(x), Value::Slice(y)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                let equal = self.same(&x.start, &y.start)?
                    && self.same(&x.stop, &y.stop)?
                    && self.same(&x.step, &y.step)?;
                return Ok(Value::Bool(equal == (op == CompareOp::Eq)));
            }
            (Value::Method(x), Value::Method(y)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                let equal = x.receiver.is(&y.receiver) && x.function.is(&y.function);
                return Ok(Value::Bool(equal == (op == CompareOp::Eq)));
            }
            _ => {}
        }
        self.compare_objects(op, a, b)
    }

    fn compare_objects(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result {
        let sides = [(a, b, op), (b, a, op.mirrored())];
        // An object of a class that extends the other's is asked first.
        let sides = if extends(b, a) { [sides[1], sides[0]] } else { sides };
        for (this, other, op) in sides {
            if let Some(method) = self.class_method(this, op.method()) {
                let value = self.call(&method, vec![this.clone(), other.clone()])?;
                if !matches!(value, Value::NotImplemented) {
                    return Ok(value);
                }
            } else if op == CompareOp::Ne
                && let Some(method) = self.class_method(this, "__eq__")
            {
                let value = self.call(&method, vec![this.clone(), other.clone()])?;
                if !matches!(value, Value::NotImplemented) {
                    return Ok(Value::Bool(!self.truth(&value)?));
                }
            }
        }
        match self.compare_plain(op, a, b)? {
            Value::NotImplemented => {}
            value => return Ok(value),
        }
        match op {
            CompareOp::Eq => Ok(Value::Bool(a.is(b))),
            CompareOp::Ne => Ok(Value::Bool(!a.is(b))),
            _ => Err(type_error(format!(
                "'{}' not supported between instances of '{}' and '{}'",
                op.sign(),
                a.type_name(),
                b.type_name()
            ))),
        }
    }

    /// `a op b` by their types of ours; `NotImplemented` where these do not say.
    pub(crate) fn compare_plain(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result {
        if a.inner().is_some() || b.inner().is_some() {
            let (x, y) = (a.plain(), b.plain());
            return if comparable(op, x, y) { self.compare(op, x, y) } else { Ok(Value::NotImplemented) };
        }
        if comparable(op, a, b) {
            return self.compare(op, a, b);
        }
        for side in [a, b] {
            let Some(compare) = side.table().line().find_map(|t| t.compare) else { continue };
            let compare = |cx: &mut Context| Ok(compare(cx, op, a, b)?.unwrap_or(Value::NotImplemented));
            // Whoever waits for what a tensor gives must not find another one when it is asked again.
            let value = if matches!(side, Value::Tensor(_)) { self.once(compare)? } else { compare(self)? };
            if !matches!(value, Value::NotImplemented) {
                return Ok(value);
            }
        }
        Ok(Value::NotImplemented)
    }

    fn sequence_compare(
        &mut self,
        op: CompareOp,
        n: usize,
        m: usize,
        pair: impl Fn(usize) -> (Value, Value),
    ) -> Result {
        if n != m && matches!(op, CompareOp::Eq | CompareOp::Ne) {
            return Ok(Value::Bool(op == CompareOp::Ne));
        }
        self.charge(n.min(m));
        for i in 0..n.min(m) {
            let (a, b) = pair(i);
            if self.same(&a, &b)? {
                continue;
            }
            return match op {
                CompareOp::Eq => Ok(Value::Bool(false)),
                CompareOp::Ne => Ok(Value::Bool(true)),
                _ => self.compare(op, &a, &b),
            };
        }
        Ok(Value::Bool(op.holds(Some(n.cmp(&m)))))
    }

    /// `item in container`.
    pub fn contains(&mut self, container: &Value, item: &Value) -> Result<bool> {
        match container {
            Value::Str(text) => match item {
                other if other.as_str().is_some_and(|part| text.contains(part)) => Ok(true),
                other if other.as_str().is_some() => Ok(false),
                other => Err(type_error(format!(
                    "'in <string>' requires string as left operand, not {}",
                    other.type_name()
                ))),
            },
            Value::Dict(dict) => Ok(self.dict_get(dict, item)?.is_some()),
            Value::Set(set) => self.set_contains(set, item),
            Value::Range(range) => match item {
                Value::Int(_) | Value::Bool(_) => {
                    let x = item.as_i64().unwrap_or_default();
                    let (low, high) =
                        if range.step > 0 { (range.start, range.stop) } else { (range.stop, range.start) };
                    let inside = if range.step > 0 { low <= x && x < high } else { low < x && x <= high };
                    Ok(inside && (i128::from(x) - i128::from(range.start)) % i128::from(range.step) == 0)
                }
                Value::Float(x) if x.fract() == 0.0 && x.abs() < 9e15 => {
                    self.contains(container, &Value::Int(*x as i64))
                }
                _ => Ok(false),
            },
            Value::List(_) | Value::Tuple(_) => {
                let items = self.collect(container)?;
                self.charge(items.len());
                for other in &items {
                    if self.same(other, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => {
                if let Some(method) = self.class_method(container, "__contains__") {
                    let found = self.call(&method, vec![container.clone(), item.clone()])?;
                    return self.truth(&found);
                }
                if let Some(inner) = container.inner()
                    && self.class_method(container, "__iter__").is_none()
                {
                    return self.contains(inner, item);
                }
                if let Some(contains) = container.table().line().find_map(|t| t.contains) {
                    return contains(self, container, item);
                }
                let iterator = self.iter(container).map_err(|e| match e {
                    crate::error::Interrupt::Raise(_) => {
                        type_error(format!("argument of type '{}' is not iterable", container.type_name()))
                    }
                    other => other,
                })?;
                loop {
                    let other = self.next(&iterator)?;
                    if !other.is_bound() {
                        return Ok(false);
                    }
                    self.charge(1);
                    if self.same(&other, item)? {
                        return Ok(true);
                    }
                }
            }
        }
    }
}
