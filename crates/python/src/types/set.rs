//! `set` and `frozenset`.

use std::rc::Rc;

use crate::context::Context;
use crate::error::{key_error, type_error};
use crate::modules::tables::{joined, rows};
use crate::native::{Args, BinaryOp, CompareOp, Native, Result, TypeTable};
use crate::value::{SetObject, Value};

const COMMON: &[Native] = &[
    Native::new("union", "self, *others", |cx, a| many(cx, a, BinaryOp::BitOr)),
    Native::new("intersection", "self, *others", |cx, a| many(cx, a, BinaryOp::BitAnd)),
    Native::new("difference", "self, *others", |cx, a| many(cx, a, BinaryOp::Sub)),
    Native::new("symmetric_difference", "self, other, /", |cx, a| {
        let other = to_set(cx, &a[1])?;
        combine(cx, BinaryOp::BitXor, of(a)?, &other)
    }),
    Native::new("issubset", "self, other, /", |cx, a| {
        let other = to_set(cx, &a[1])?;
        compare(cx, CompareOp::Le, of(a)?, &other)
    }),
    Native::new("issuperset", "self, other, /", |cx, a| {
        let other = to_set(cx, &a[1])?;
        compare(cx, CompareOp::Ge, of(a)?, &other)
    }),
    Native::new("isdisjoint", "self, other, /", |cx, a| {
        for item in cx.collect(&a[1])? {
            if cx.set_contains(of(a)?, &item)? {
                return Ok(Value::Bool(false));
            }
        }
        Ok(Value::Bool(true))
    }),
    Native::new("copy", "self, /", |_, a| {
        let set = of(a)?;
        Ok(Value::Set(copied(set, set.frozen)))
    }),
];

/// What changes a set.
const CHANGES: &[Native] = &[
    Native::new("add", "self, item, /", |cx, a| {
        cx.set_add(of(a)?, &a[1])?;
        Ok(Value::None)
    }),
    Native::new("discard", "self, item, /", |cx, a| remove(cx, a).map(|_| Value::None)),
    Native::new("remove", "self, item, /", |cx, a| {
        if remove(cx, a)? { Ok(Value::None) } else { Err(key_error(a[1].clone())) }
    }),
    Native::new("pop", "self, /", |_, a| {
        let mut items = of(a)?.items.borrow_mut();
        let first = items.next(0).map(|(at, _)| at);
        first.and_then(|at| items.remove(at)).ok_or_else(|| key_error(Value::str("pop from an empty set")))
    }),
    Native::new("clear", "self, /", |_, a| {
        drop(of(a)?.items.take());
        Ok(Value::None)
    }),
    Native::new("update", "self, *others", |cx, a| {
        for other in a.rest(1) {
            if let Value::Set(other) = other {
                combine_in_place(cx, BinaryOp::BitOr, of(a)?, other)?;
                continue;
            }
            for item in cx.collect(other)? {
                cx.set_add(of(a)?, &item)?;
            }
        }
        Ok(Value::None)
    }),
    Native::new("intersection_update", "self, *others", |cx, a| change(cx, a, BinaryOp::BitAnd)),
    Native::new("difference_update", "self, *others", |cx, a| change(cx, a, BinaryOp::Sub)),
    Native::new("symmetric_difference_update", "self, *others", |cx, a| change(cx, a, BinaryOp::BitXor)),
];

/// `set`.
pub static SET: TypeTable = TypeTable {
    name: "set",
    open: true,
    new: Some(Native::new("set", "iterable=, /", |cx, args| make(cx, args, false))),
    methods: &joined::<{ rows(&[COMMON, CHANGES]) }>(&[COMMON, CHANGES]),
    ..TypeTable::EMPTY
};

/// `frozenset`.
pub static FROZENSET: TypeTable = TypeTable {
    name: "frozenset",
    open: true,
    methods: COMMON,
    new: Some(Native::new("frozenset", "iterable=, /", |cx, args| make(cx, args, true))),
    ..TypeTable::EMPTY
};

fn make(cx: &mut Context, args: &Args, frozen: bool) -> Result {
    let items = match args.get(0) {
        Some(Value::Set(set)) => return Ok(Value::Set(copied(set, frozen))),
        Some(iterable) => cx.collect(iterable)?,
        None => Vec::new(),
    };
    cx.make_set(&items, frozen)
}

fn of<'a>(args: &'a Args) -> Result<&'a Rc<SetObject>> {
    match &args.values {
        [Value::Set(set), ..] => Ok(set),
        _ => Err(type_error(format!(
            "descriptor '{}' for 'set' objects doesn't apply to a '{}' object",
            args.native.name,
            args[0].type_name()
        ))),
    }
}

fn to_set(cx: &mut Context, value: &Value) -> Result<Rc<SetObject>> {
    if let Value::Set(set) = value {
        return Ok(set.clone());
    }
    let items = cx.collect(value)?;
    match cx.make_set(&items, false)? {
        Value::Set(set) => Ok(set),
        _ => Ok(Rc::default()),
    }
}

fn many(cx: &mut Context, args: &Args, op: BinaryOp) -> Result {
    let mut result = Value::Set(of(args)?.clone());
    if args.rest(1).is_empty() {
        let set = of(args)?;
        return Ok(Value::Set(copied(set, set.frozen)));
    }
    for other in args.rest(1) {
        let other = to_set(cx, other)?;
        if let Value::Set(set) = &result {
            result = combine(cx, op, &set.clone(), &other)?;
        }
    }
    Ok(result)
}

fn change(cx: &mut Context, args: &Args, op: BinaryOp) -> Result {
    for other in args.rest(1) {
        let other = to_set(cx, other)?;
        combine_in_place(cx, op, of(args)?, &other)?;
    }
    Ok(Value::None)
}

fn remove(cx: &mut Context, args: &Args) -> Result<bool> {
    let set = of(args)?;
    let hash = cx.hash(&args[1])?;
    let at = set.items.borrow().find(hash, |held| cx.same(held, &args[1]))?;
    let old = at.and_then(|at| set.items.borrow_mut().remove(at));
    Ok(old.is_some())
}

fn list(set: &SetObject) -> Vec<Value> {
    set.items.borrow().iter().cloned().collect()
}

/// A set like this one.
fn copied(set: &SetObject, frozen: bool) -> Rc<SetObject> {
    let items = set.items.borrow().copied();
    Rc::new(SetObject { items: std::cell::RefCell::new(items), frozen })
}

/// `a op b` for two sets: `|`, `&`, `^`, `-`.
pub(crate) fn combine(cx: &mut Context, op: BinaryOp, a: &Rc<SetObject>, b: &Rc<SetObject>) -> Result {
    cx.charge(a.items.borrow().len() + b.items.borrow().len());
    let made = match op {
        BinaryOp::BitOr => copied(a, a.frozen),
        BinaryOp::BitXor => {
            let made = copied(b, a.frozen);
            combine_in_place(cx, op, &made, a)?;
            return Ok(Value::Set(made));
        }
        // CPython copies and removes where there is little to remove.
        BinaryOp::Sub if a.items.borrow().len() / 4 > b.items.borrow().len() => copied(a, a.frozen),
        BinaryOp::BitAnd | BinaryOp::Sub => {
            let made = Rc::new(SetObject { items: Default::default(), frozen: a.frozen });
            let swap = op == BinaryOp::BitAnd && b.items.borrow().len() <= a.items.borrow().len();
            let (from, other) = if swap { (b, a) } else { (a, b) };
            for item in list(from) {
                if cx.set_contains(other, &item)? == (op == BinaryOp::BitAnd) {
                    cx.set_add(&made, &item)?;
                }
            }
            return Ok(Value::Set(made));
        }
        _ => {
            return Err(type_error(format!(
                "unsupported operand type(s) for {}: 'set' and 'set'",
                op.sign()
            )));
        }
    };
    combine_in_place(cx, op, &made, b)?;
    Ok(Value::Set(made))
}

/// `a op= b` for two sets.
pub(crate) fn combine_in_place(
    cx: &mut Context,
    op: BinaryOp,
    a: &Rc<SetObject>,
    b: &Rc<SetObject>,
) -> Result<()> {
    cx.charge(b.items.borrow().len());
    match op {
        BinaryOp::BitOr => {
            if a.items.borrow().is_empty() {
                let items = b.items.borrow().copied();
                drop(a.items.replace(items));
                return Ok(());
            }
            a.items.borrow_mut().reserve_for(b.items.borrow().len());
            for item in list(b) {
                cx.set_add(a, &item)?;
            }
        }
        BinaryOp::Sub | BinaryOp::BitXor => {
            for item in list(b) {
                let hash = cx.hash(&item)?;
                let at = a.items.borrow().find(hash, |held| cx.same(held, &item))?;
                match at {
                    Some(at) => {
                        let old = a.items.borrow_mut().remove(at);
                        drop(old);
                    }
                    None if op == BinaryOp::BitXor => a.items.borrow_mut().push(hash, item),
                    None => {}
                }
            }
            a.items.borrow_mut().tidy();
        }
        _ => {
            if let Value::Set(result) = combine(cx, op, a, b)? {
                let items = result.items.take();
                drop(a.items.replace(items));
            }
        }
    }
    Ok(())
}

/// `a op b` for two sets: whether one is part of the other.
pub(crate) fn compare(cx: &mut Context, op: CompareOp, a: &Rc<SetObject>, b: &Rc<SetObject>) -> Result {
    let (n, m) = (a.items.borrow().len(), b.items.borrow().len());
    let (small, large, possible) = match op {
        CompareOp::Eq | CompareOp::Ne => (a, b, n == m),
        CompareOp::Le => (a, b, n <= m),
        CompareOp::Lt => (a, b, n < m),
        CompareOp::Ge => (b, a, m <= n),
        CompareOp::Gt => (b, a, m < n),
    };
    let mut part = possible;
    if part {
        let items: Vec<Value> = small.items.borrow().iter().cloned().collect();
        for item in items {
            if !cx.set_contains(large, &item)? {
                part = false;
                break;
            }
        }
    }
    Ok(Value::Bool(part != (op == CompareOp::Ne)))
}
