//! `list` and `tuple`, and sorting.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::context::{Context, Task, TaskState};
use crate::error::{index_error, type_error, value_error};
use crate::native::{Args, CompareOp, Native, Result, TypeTable};
use crate::value::{List, Slice, Value};

/// `list`.
pub static LIST: TypeTable = TypeTable {
    name: "list",
    open: true,
    new: Some(Native::new("list", "iterable=, /", |cx, args| match args.get(0) {
        Some(iterable) => cx.collect(iterable).map(Value::list),
        None => Ok(Value::list(Vec::new())),
    })),
    methods: &[
        Native::new("append", "self, object, /", |cx, a| {
            let list = of(a)?;
            cx.check_length(list.items.borrow().len() as u64 + 1)?;
            list.items.borrow_mut().push(a[1].clone());
            list.grown();
            Ok(Value::None)
        }),
        Native::new("extend", "self, iterable, /", |cx, a| {
            let items = cx.collect(&a[1])?;
            let list = of(a)?;
            cx.check_length((list.items.borrow().len() + items.len()) as u64)?;
            list.items.borrow_mut().extend(items);
            list.grown();
            Ok(Value::None)
        }),
        Native::new("insert", "self, index, object, /", |cx, a| {
            let list = of(a)?;
            let at = a.int(cx, 1)?;
            let len = list.items.borrow().len();
            cx.check_length(len as u64 + 1)?;
            let at = if at < 0 { at.saturating_add(len as i64).max(0) } else { at.min(len as i64) };
            list.items.borrow_mut().insert(at as usize, a[2].clone());
            list.grown();
            Ok(Value::None)
        }),
        Native::new("pop", "self, index=, /", |cx, a| {
            let list = of(a)?;
            let at = a.int_or(cx, 1, -1)?;
            let len = list.items.borrow().len();
            if len == 0 {
                return Err(index_error("pop from empty list"));
            }
            let at = if at < 0 { at.saturating_add(len as i64) } else { at };
            match usize::try_from(at).ok().filter(|&at| at < len) {
                Some(at) => Ok(list.items.borrow_mut().remove(at)),
                None => Err(index_error("pop index out of range")),
            }
        }),
        Native::new("remove", "self, value, /", |cx, a| {
            let list = of(a)?;
            match position(cx, &a[0], &a[1], 0, usize::MAX)? {
                Some(at) => {
                    let old = list.items.borrow_mut().remove(at);
                    drop(old);
                    Ok(Value::None)
                }
                None => Err(value_error("list.remove(x): x not in list")),
            }
        }),
        Native::new("clear", "self, /", |_, a| {
            drop(of(a)?.items.take());
            Ok(Value::None)
        }),
        Native::new("copy", "self, /", |cx, a| cx.collect(&a[0]).map(Value::list)),
        Native::new("reverse", "self, /", |_, a| {
            of(a)?.items.borrow_mut().reverse();
            Ok(Value::None)
        }),
        Native::new("index", "self, value, start=, stop=, /", index),
        Native::new("count", "self, value, /", count),
        Native::new("sort", "self, *, key=, reverse=", |cx, a| {
            let list = of(a)?.clone();
            let reverse = a.truth_or(cx, 2, false)?;
            let items = list.items.borrow().clone();
            let sorted = sort(cx, items, a.some(1), reverse)?;
            let old = list.items.replace(sorted);
            drop(old);
            Ok(Value::None)
        }),
    ],
    ..TypeTable::EMPTY
};

/// `tuple`.
pub static TUPLE: TypeTable = TypeTable {
    name: "tuple",
    open: true,
    new: Some(Native::new("tuple", "iterable=, /", |cx, args| match args.get(0) {
        Some(tuple @ Value::Tuple(_)) => Ok(tuple.clone()),
        Some(iterable) => cx.collect(iterable).map(Value::tuple),
        None => Ok(Value::tuple(Vec::new())),
    })),
    methods: &[
        Native::new("index", "self, value, start=, stop=, /", index),
        Native::new("count", "self, value, /", count),
    ],
    ..TypeTable::EMPTY
};

fn of<'a>(args: &'a Args) -> Result<&'a Rc<List>> {
    match &args.values {
        [Value::List(list), ..] => Ok(list),
        _ => Err(type_error(format!(
            "descriptor '{}' for 'list' objects doesn't apply to a '{}' object",
            args.native.name,
            args[0].type_name()
        ))),
    }
}

fn position(
    cx: &mut Context,
    sequence: &Value,
    item: &Value,
    from: usize,
    to: usize,
) -> Result<Option<usize>> {
    let items = cx.collect(sequence)?;
    cx.charge(items.len());
    for (i, held) in items.iter().enumerate().take(to).skip(from) {
        if cx.same(held, item)? {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn index(cx: &mut Context, args: &Args) -> Result {
    let len = cx.len(&args[0])?;
    let bound = |i: usize| args.get(i).cloned().unwrap_or(Value::None);
    let slice = Slice { start: bound(2), stop: bound(3), step: Value::None };
    let (start, stop, _) = cx.slice_bounds(&slice, len)?;
    match position(cx, &args[0], &args[1], start as usize, stop as usize)? {
        Some(at) => Ok(Value::from(at)),
        None if matches!(args[0], Value::Tuple(_)) => Err(value_error("tuple.index(x): x not in tuple")),
        None => {
            let shown = cx.repr(&args[1])?;
            Err(value_error(format!("{shown} is not in list")))
        }
    }
}

fn count(cx: &mut Context, args: &Args) -> Result {
    let items = cx.collect(&args[0])?;
    let mut n = 0;
    for item in &items {
        n += i64::from(cx.same(item, &args[1])?);
    }
    Ok(Value::Int(n))
}

/// Sorts, stably. Code of the program runs for the keys, and for comparing objects of its classes, in a task.
pub(crate) fn sort(
    cx: &mut Context,
    items: Vec<Value>,
    key: Option<&Value>,
    reverse: bool,
) -> Result<Vec<Value>> {
    cx.charge(items.len().saturating_mul(8));
    let plain = |v: &Value| {
        matches!(v, Value::Int(_) | Value::Float(_) | Value::Str(_) | Value::Bool(_) | Value::Big(_))
    };
    if key.is_none() && items.iter().all(plain) {
        let keys = items.clone();
        return merge_plain(cx, items, keys, reverse);
    }
    let key = key.cloned();
    let sorted = cx.run(|| Box::new(Sort { items, key, reverse, keys: Vec::new(), runs: None }))?;
    match sorted {
        Value::List(list) => Ok(list.items.borrow().clone()),
        _ => Ok(Vec::new()),
    }
}

/// Sorts by keys that compare without code of the program.
fn merge_plain(cx: &mut Context, items: Vec<Value>, keys: Vec<Value>, reverse: bool) -> Result<Vec<Value>> {
    let mut pairs: Vec<(Value, Value)> = keys.into_iter().zip(items).collect();
    let mut failed = None;
    let mut order = |a: &Value, b: &Value| match cx.compare(CompareOp::Lt, a, b) {
        Ok(Value::Bool(true)) => Ordering::Less,
        Ok(_) => match cx.compare(CompareOp::Lt, b, a) {
            Ok(Value::Bool(true)) => Ordering::Greater,
            Ok(_) => Ordering::Equal,
            Err(error) => {
                failed.get_or_insert(error);
                Ordering::Equal
            }
        },
        Err(error) => {
            failed.get_or_insert(error);
            Ordering::Equal
        }
    };
    // A NaN makes the order inconsistent; a merge sort of our own takes that as it comes, as CPython's does.
    let n = pairs.len();
    let mut width = 1;
    while width < n {
        let mut merged = Vec::with_capacity(n);
        let mut rest = pairs.into_iter();
        loop {
            let left: Vec<_> = rest.by_ref().take(width).collect();
            if left.is_empty() {
                break;
            }
            let right: Vec<_> = rest.by_ref().take(width).collect();
            let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                let second = if reverse { order(&a.0, &b.0).is_lt() } else { order(&b.0, &a.0).is_lt() };
                merged.extend(if second { right.next() } else { left.next() });
            }
            merged.extend(left);
            merged.extend(right);
        }
        pairs = merged;
        width *= 2;
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(pairs.into_iter().map(|(_, item)| item).collect()),
    }
}

/// A sort in steps: first the keys, then a merge sort that compares once a step.
struct Sort {
    items: Vec<Value>,
    key: Option<Value>,
    reverse: bool,
    keys: Vec<Value>,
    runs: Option<Merge>,
}

/// A merge sort of positions.
struct Merge {
    order: Vec<usize>,
    merged: Vec<usize>,
    width: usize,
    /// The runs being merged: where they begin and end, left and right.
    left: (usize, usize),
    right: (usize, usize),
}

impl Task for Sort {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        if let Some(key) = &self.key
            && let Some(item) = self.items.get(self.keys.len())
        {
            let key = cx.call(key, vec![item.clone()])?;
            self.keys.push(key);
            return Ok(TaskState::Continue(None));
        }
        if self.key.is_none() && self.keys.is_empty() {
            self.keys = self.items.clone();
        }
        let n = self.items.len();
        let merge = self.runs.get_or_insert_with(|| Merge {
            order: (0..n).collect(),
            merged: Vec::with_capacity(n),
            width: 1,
            left: (0, 1.min(n)),
            right: (1.min(n), 2.min(n)),
        });
        if merge.width >= n {
            let sorted = merge.order.iter().filter_map(|&i| self.items.get(i).cloned()).collect();
            return Ok(TaskState::Done(Value::list(sorted)));
        }
        let key = |at: usize| merge.order.get(at).and_then(|&i| self.keys.get(i));
        let left = Some(merge.left.0).filter(|&at| at < merge.left.1);
        let right = Some(merge.right.0).filter(|&at| at < merge.right.1);
        let second = match (left.and_then(key), right.and_then(key)) {
            (Some(a), Some(b)) => {
                let (x, y) = if self.reverse { (a, b) } else { (b, a) };
                let less = cx.compare(CompareOp::Lt, x, y)?;
                cx.truth(&less)?
            }
            (None, Some(_)) => true,
            (Some(_), None) => false,
            (None, None) => {
                merge.next_runs(n);
                return Ok(TaskState::Continue(None));
            }
        };
        let from = if second { &mut merge.right } else { &mut merge.left };
        merge.merged.extend(merge.order.get(from.0));
        from.0 += 1;
        Ok(TaskState::Continue(None))
    }
}

impl Merge {
    fn next_runs(&mut self, n: usize) {
        let mut start = self.merged.len();
        if start >= n {
            self.order = std::mem::take(&mut self.merged);
            self.width *= 2;
            start = 0;
        }
        let middle = (start + self.width).min(n);
        self.left = (start, middle);
        self.right = (middle, (middle + self.width).min(n));
    }
}
