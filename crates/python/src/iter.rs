//! Iterators.

use std::cell::RefCell;
use std::rc::Rc;

use crate::context::{Context, Task, TaskState};
use crate::error::{runtime_error, type_error};
use crate::native::Result;
use crate::value::{DictObject, List, SetObject, Tuple, Value, bury};

/// An iterator of ours.
pub struct Iter {
    /// Where it is.
    pub state: RefCell<IterState>,
}

/// What a view of a dictionary gives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DictPart {
    /// Its keys.
    Keys,
    /// Its values.
    Values,
    /// Pairs of both.
    Items,
}

/// Where an iterator is.
pub enum IterState {
    /// At its end.
    Done,
    /// In a range: the next element, the step, how many are left.
    Range(i64, i64, u64),
    /// In a list, at a position.
    List(Rc<List>, usize),
    /// In a list, going back: how many are left.
    ListBack(Rc<List>, usize),
    /// In a tuple, at a position.
    Tuple(Rc<Tuple>, usize),
    /// In a string, at a byte.
    Str(Rc<str>, usize),
    /// In a dictionary: at a position, with its size at the start.
    Dict(Rc<DictObject>, DictPart, usize, usize),
    /// In a set: at a position, with its size at the start.
    Set(Rc<SetObject>, usize, usize),
    /// `enumerate`: the iterator, the next number.
    Enumerate(Value, i64),
    /// `zip`: the iterators, and whether they must be of one length.
    Zip(Vec<Value>, bool),
    /// `map`: the function, the iterators.
    Map(Value, Vec<Value>),
    /// `filter`: the function or `None`, the iterator.
    Filter(Value, Value),
    /// Anything with `__getitem__`, from 0 until `IndexError`, or until its length where that is known.
    Sequence(Value, usize, Option<usize>),
    /// `iter(function, sentinel)`.
    Until(Value, Value),
}

impl Iter {
    /// An iterator that is there.
    pub fn new(state: IterState) -> Iter {
        Iter { state: RefCell::new(state) }
    }

    /// How many values are left, where that is known.
    pub fn left(&self) -> Option<u64> {
        match &*self.state.borrow() {
            IterState::Done => Some(0),
            IterState::Range(_, _, left) => Some(*left),
            IterState::List(list, at) => Some((list.items.borrow().len().saturating_sub(*at)) as u64),
            IterState::ListBack(_, left) => Some(*left as u64),
            IterState::Tuple(tuple, at) => Some((tuple.items.len().saturating_sub(*at)) as u64),
            IterState::Dict(dict, ..) => Some(dict.map.borrow().len() as u64),
            IterState::Set(set, ..) => Some(set.items.borrow().len() as u64),
            IterState::Sequence(_, at, Some(n)) => Some(n.saturating_sub(*at) as u64),
            IterState::Enumerate(inner, _) => left(inner),
            IterState::Zip(inner, _) if inner.is_empty() => Some(0),
            IterState::Zip(inner, _) => inner.iter().map(left).try_fold(u64::MAX, |a, b| Some(a.min(b?))),
            IterState::Map(_, inner) => inner.iter().map(left).try_fold(u64::MAX, |a, b| Some(a.min(b?))),
            _ => None,
        }
    }
}

fn left(value: &Value) -> Option<u64> {
    match value {
        Value::Iter(iter) => iter.left(),
        _ => None,
    }
}

impl Drop for Iter {
    fn drop(&mut self) {
        match std::mem::replace(self.state.get_mut(), IterState::Done) {
            IterState::Enumerate(a, _) | IterState::Sequence(a, ..) => bury([a]),
            IterState::Filter(a, b) | IterState::Until(a, b) => bury([a, b]),
            IterState::Zip(all, _) => bury(all),
            IterState::Map(a, all) => {
                bury([a]);
                bury(all);
            }
            _ => {}
        }
    }
}

/// Whether iterating it runs no code of the program and asks for nothing.
pub(crate) fn is_plain(value: &Value, depth: u32) -> bool {
    let Value::Iter(iter) = value else { return false };
    if depth == 0 {
        return false;
    }
    match &*iter.state.borrow() {
        IterState::Enumerate(inner, _) => is_plain(inner, depth - 1),
        IterState::Zip(inner, _) => inner.iter().all(|i| is_plain(i, depth - 1)),
        IterState::Map(..) | IterState::Filter(..) | IterState::Sequence(..) | IterState::Until(..) => false,
        _ => true,
    }
}

impl Context {
    /// `iter(value)`.
    pub fn iter(&mut self, value: &Value) -> Result {
        self.once(|cx| cx.make_iter(value))
    }

    /// The same where nothing is asked afterwards, so that it need not be written down.
    pub(crate) fn make_iter(&mut self, value: &Value) -> Result {
        let state = match value {
            Value::Iter(_) | Value::Generator(_) => return Ok(value.clone()),
            Value::Range(r) => IterState::Range(r.start, r.step, r.len()),
            Value::List(list) => IterState::List(list.clone(), 0),
            Value::Tuple(tuple) => IterState::Tuple(tuple.clone(), 0),
            Value::Str(text) => IterState::Str(text.clone(), 0),
            Value::Dict(dict) => {
                let size = dict.map.borrow().len();
                IterState::Dict(dict.clone(), DictPart::Keys, 0, size)
            }
            Value::Set(set) => {
                let size = set.items.borrow().len();
                IterState::Set(set.clone(), 0, size)
            }
            Value::Instance(instance)
                if instance.class.native.is_none() || instance.class.find("__iter__").is_some() =>
            {
                if let Some(iterate) = instance.class.find("__iter__") {
                    let iterator = self.call(&iterate, vec![value.clone()])?;
                    return if self.is_iterator(&iterator) {
                        Ok(iterator)
                    } else {
                        Err(type_error(format!(
                            "iter() returned non-iterator of type '{}'",
                            iterator.type_name()
                        )))
                    };
                }
                if instance.class.find("__getitem__").is_none() {
                    return Err(type_error(format!("'{}' object is not iterable", value.type_name())));
                }
                IterState::Sequence(value.clone(), 0, None)
            }
            Value::Instance(instance) if instance.inner.is_bound() => return self.make_iter(&instance.inner),
            Value::Class(class) if class.meta.as_ref().is_some_and(|m| m.find("__iter__").is_some()) => {
                let iterate = self.class_method(value, "__iter__").unwrap_or_default();
                return self.call(&iterate, vec![value.clone()]);
            }
            _ => {
                let table = value.table();
                if let Some(iter) = table.line().find_map(|t| t.iter) {
                    return iter(self, value);
                }
                if table.line().any(|t| t.next.is_some()) {
                    return Ok(value.clone());
                }
                match (table.line().find_map(|t| t.len), table.line().any(|t| t.getitem.is_some())) {
                    (Some(len), true) => IterState::Sequence(value.clone(), 0, Some(len(self, value)?)),
                    _ => return Err(type_error(format!("'{}' object is not iterable", value.type_name()))),
                }
            }
        };
        Ok(Value::iter(Iter::new(state)))
    }

    /// Whether `next(value)` makes sense.
    pub fn is_iterator(&self, value: &Value) -> bool {
        match value {
            Value::Iter(_) | Value::Generator(_) => true,
            Value::Instance(instance) if instance.class.find("__next__").is_some() => true,
            other => other.table().line().any(|t| t.next.is_some()),
        }
    }

    /// `next(iterator)`, [`Value::Unbound`] at its end.
    pub fn next(&mut self, iterator: &Value) -> Result {
        self.once(|cx| cx.advance(iterator))
    }

    /// The same where nothing is asked afterwards, so that it need not be written down.
    pub(crate) fn next_last(&mut self, iterator: &Value) -> Result {
        self.advance(iterator)
    }

    fn advance(&mut self, iterator: &Value) -> Result {
        match iterator {
            Value::Iter(iter) => self.advance_iter(iter, iterator),
            Value::Generator(generator) => {
                let generator = generator.clone();
                self.ask(|| crate::context::Ask::Resume(generator, None))
            }
            Value::Instance(instance) if instance.class.find("__next__").is_some() => {
                let next = instance.class.find("__next__").unwrap_or_default();
                self.call_catching(&next, vec![iterator.clone()], &crate::error::STOP_ITERATION)
            }
            other => match other.table().line().find_map(|t| t.next) {
                Some(next) => next(self, other),
                None => Err(type_error(format!("'{}' object is not an iterator", other.type_name()))),
            },
        }
    }

    fn advance_iter(&mut self, iter: &Rc<Iter>, value: &Value) -> Result {
        // Plain states first; those that may ask are taken apart below, without a borrow.
        let mut state = iter.state.borrow_mut();
        let next = match &mut *state {
            IterState::Done => return Ok(Value::Unbound),
            IterState::Range(next, step, left) => {
                if *left == 0 {
                    Value::Unbound
                } else {
                    let value = Value::Int(*next);
                    *next = next.wrapping_add(*step);
                    *left -= 1;
                    value
                }
            }
            IterState::List(list, at) => {
                *at += 1;
                list.items.borrow().get(*at - 1).cloned().unwrap_or_default()
            }
            IterState::ListBack(list, left) => {
                let at = left.checked_sub(1);
                *left = at.unwrap_or(0);
                at.and_then(|at| list.items.borrow().get(at).cloned()).unwrap_or_default()
            }
            IterState::Tuple(tuple, at) => {
                *at += 1;
                tuple.items.get(*at - 1).cloned().unwrap_or_default()
            }
            IterState::Str(text, at) => match text.get(*at..).and_then(|t| t.chars().next()) {
                Some(c) => {
                    *at += c.len_utf8();
                    Value::str(c.encode_utf8(&mut [0; 4]))
                }
                None => Value::Unbound,
            },
            IterState::Dict(dict, part, at, size) => {
                let map = dict.map.borrow();
                if map.len() != *size {
                    return Err(runtime_error("dictionary changed size during iteration"));
                }
                match map.next(*at) {
                    Some((found, key, value)) => {
                        *at = found + 1;
                        match part {
                            DictPart::Keys => key.clone(),
                            DictPart::Values => value.clone(),
                            DictPart::Items => Value::tuple(vec![key.clone(), value.clone()]),
                        }
                    }
                    None => Value::Unbound,
                }
            }
            IterState::Set(set, at, size) => {
                let items = set.items.borrow();
                if items.len() != *size {
                    return Err(runtime_error("Set changed size during iteration"));
                }
                match items.next(*at) {
                    Some((found, item)) => {
                        *at = found + 1;
                        item.clone()
                    }
                    None => Value::Unbound,
                }
            }
            IterState::Enumerate(..)
            | IterState::Zip(..)
            | IterState::Map(..)
            | IterState::Filter(..)
            | IterState::Sequence(..)
            | IterState::Until(..) => {
                drop(state);
                return self.nested(|cx| cx.advance_composed(iter, value));
            }
        };
        if !next.is_bound() {
            let old = std::mem::replace(&mut *state, IterState::Done);
            drop(state);
            drop(old);
        }
        Ok(next)
    }

    fn inner(&mut self, iterator: &Value, plain: bool) -> Result {
        if plain { self.advance(iterator) } else { self.next(iterator) }
    }

    fn advance_composed(&mut self, iter: &Rc<Iter>, whole: &Value) -> Result {
        let plain = is_plain(whole, 20);
        enum Part {
            Enumerate(Value, i64),
            Zip(Vec<Value>, bool),
            Map(Value, Vec<Value>),
            Filter(Value, Value),
            Sequence(Value, usize, Option<usize>),
            Until(Value, Value),
        }
        let part = match &*iter.state.borrow() {
            IterState::Enumerate(inner, n) => Part::Enumerate(inner.clone(), *n),
            IterState::Zip(all, strict) => Part::Zip(all.clone(), *strict),
            IterState::Map(f, all) => Part::Map(f.clone(), all.clone()),
            IterState::Filter(f, inner) => Part::Filter(f.clone(), inner.clone()),
            IterState::Sequence(of, at, n) => Part::Sequence(of.clone(), *at, *n),
            IterState::Until(f, end) => Part::Until(f.clone(), end.clone()),
            _ => return Ok(Value::Unbound),
        };
        let value = match part {
            Part::Enumerate(inner, n) => {
                let value = self.inner(&inner, plain)?;
                if value.is_bound() {
                    *iter.state.borrow_mut() = IterState::Enumerate(inner, n.saturating_add(1));
                    Value::tuple(vec![Value::Int(n), value])
                } else {
                    Value::Unbound
                }
            }
            Part::Zip(all, strict) => {
                let mut values = Vec::with_capacity(all.len());
                for (i, one) in all.iter().enumerate() {
                    let value = self.inner(one, plain)?;
                    if !value.is_bound() {
                        if strict {
                            self.check_strict(&all, i, plain)?;
                        }
                        *iter.state.borrow_mut() = IterState::Done;
                        return Ok(Value::Unbound);
                    }
                    values.push(value);
                }
                if values.is_empty() { Value::Unbound } else { Value::tuple(values) }
            }
            Part::Map(f, all) => {
                let mut values = Vec::with_capacity(all.len());
                for one in &all {
                    let value = self.next(one)?;
                    if !value.is_bound() {
                        return Ok(Value::Unbound);
                    }
                    values.push(value);
                }
                self.call(&f, values)?
            }
            Part::Filter(f, inner) => loop {
                let value = self.next(&inner)?;
                if !value.is_bound() {
                    break Value::Unbound;
                }
                self.charge(1);
                let test = if f.is_none() { value.clone() } else { self.call(&f, vec![value.clone()])? };
                if self.truth(&test)? {
                    break value;
                }
            },
            Part::Sequence(of, at, n) => {
                if n.is_some_and(|n| at >= n) {
                    Value::Unbound
                } else {
                    let value = match self.class_method(&of, "__getitem__") {
                        Some(method) => {
                            let args = vec![of.clone(), Value::from(at)];
                            self.call_catching(&method, args, &crate::error::INDEX_ERROR)?
                        }
                        None => match self.getitem(&of, &Value::from(at)) {
                            Err(crate::error::Interrupt::Raise(e)) if e.is(&crate::error::INDEX_ERROR) => {
                                Value::Unbound
                            }
                            other => other?,
                        },
                    };
                    *iter.state.borrow_mut() = IterState::Sequence(of, at + 1, n);
                    value
                }
            }
            Part::Until(f, end) => {
                let value = self.call(&f, Vec::new())?;
                if self.equal(&value, &end)? { Value::Unbound } else { value }
            }
        };
        if !value.is_bound() {
            drop(iter.state.replace(IterState::Done));
        }
        Ok(value)
    }

    fn check_strict(&mut self, all: &[Value], ended: usize, plain: bool) -> Result<()> {
        let wrong = |i: usize, how: &str| {
            let others = if i == 1 { "argument 1".to_owned() } else { format!("arguments 1-{i}") };
            Err(crate::error::value_error(format!("zip() argument {} is {how} than {others}", i + 1)))
        };
        if ended > 0 {
            return wrong(ended, "shorter");
        }
        for (i, other) in all.iter().enumerate().skip(1) {
            if self.inner(other, plain)?.is_bound() {
                return wrong(i, "longer");
            }
        }
        Ok(())
    }

    /// All values of an iterable, in a new list. An iterator is at its end afterwards.
    pub fn collect(&mut self, value: &Value) -> Result<Vec<Value>> {
        match value {
            Value::List(list) => return Ok(list.items.borrow().clone()),
            Value::Tuple(tuple) => return Ok(tuple.items.clone()),
            _ => {}
        }
        let iterator = self.iter(value)?;
        // Written down, because an iterator that came to its end looks plain.
        let plain = self.once(|_| Ok(Value::Bool(is_plain(&iterator, 20))))?;
        let list = if matches!(plain, Value::Bool(true)) {
            self.once(|cx| cx.collect_plain(&iterator))?
        } else {
            self.run(|| Box::new(Collect { iterator, items: Vec::new() }))?
        };
        match list {
            Value::List(list) => Ok(list.items.borrow().clone()),
            _ => Ok(Vec::new()),
        }
    }

    fn collect_plain(&mut self, iterator: &Value) -> Result {
        self.check_length(left(iterator).unwrap_or(0))?;
        let mut items = Vec::new();
        loop {
            let item = self.advance(iterator)?;
            if !item.is_bound() {
                break;
            }
            self.check_length(items.len() as u64 + 1)?;
            items.push(item);
        }
        self.charge(items.len());
        Ok(Value::list(items))
    }

    /// Refuses a list of so many elements where it would not fit.
    pub(crate) fn check_length(&self, n: u64) -> Result<()> {
        const MOST: u64 = 5_000_000;
        const ALL: usize = 30_000_000;
        if n > MOST {
            return Err(crate::error::memory_error(format!("{n} elements are more than fit here")));
        }
        if crate::value::held() > ALL {
            return Err(crate::error::memory_error(
                "the lists of this program have more elements than fit here",
            ));
        }
        Ok(())
    }
}

struct Collect {
    iterator: Value,
    items: Vec<Value>,
}

impl Task for Collect {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        let item = cx.next_last(&self.iterator)?;
        if item.is_bound() {
            cx.check_length(self.items.len() as u64 + 1)?;
            self.items.push(item);
            Ok(TaskState::Continue(None))
        } else {
            Ok(TaskState::Done(Value::list(std::mem::take(&mut self.items))))
        }
    }
}
