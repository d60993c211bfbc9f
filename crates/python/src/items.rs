//! Length, truth, subscripts, and looking things up in dictionaries and sets.

use std::rc::Rc;

use crate::context::Context;
use crate::error::{index_error, key_error, type_error, value_error};
use crate::native::Result;
use crate::value::{DictObject, SetObject, Slice, Value};

impl Context {
    /// `bool(value)`.
    pub fn truth(&mut self, value: &Value) -> Result<bool> {
        Ok(match value {
            Value::Unbound | Value::None => false,
            Value::Bool(b) => *b,
            Value::Int(i) => *i != 0,
            Value::Float(x) => *x != 0.0,
            Value::Str(s) => !s.is_empty(),
            Value::List(list) => !list.items.borrow().is_empty(),
            Value::Tuple(tuple) => !tuple.items.is_empty(),
            Value::Dict(dict) => !dict.map.borrow().is_empty(),
            Value::Set(set) => !set.items.borrow().is_empty(),
            Value::Range(range) => !range.is_empty(),
            _ => {
                if let Some(method) = self.class_method(value, "__bool__") {
                    return match self.call(&method, vec![value.clone()])? {
                        Value::Bool(b) => Ok(b),
                        other => Err(type_error(format!(
                            "__bool__ should return bool, returned {}",
                            other.type_name()
                        ))),
                    };
                }
                if self.class_method(value, "__len__").is_some() {
                    return Ok(self.len(value)? != 0);
                }
                if let Some(inner) = value.inner() {
                    return self.truth(inner);
                }
                let table = value.table();
                if let Some(truth) = table.line().find_map(|t| t.truth) {
                    return truth(self, value);
                }
                match table.line().find_map(|t| t.len) {
                    Some(len) => len(self, value)? != 0,
                    None => true,
                }
            }
        })
    }

    /// `len(value)`.
    pub fn len(&mut self, value: &Value) -> Result<usize> {
        Ok(match value {
            Value::Str(s) if s.is_ascii() => s.len(),
            Value::Str(s) => s.chars().count(),
            Value::List(list) => list.items.borrow().len(),
            Value::Tuple(tuple) => tuple.items.len(),
            Value::Dict(dict) => dict.map.borrow().len(),
            Value::Set(set) => set.items.borrow().len(),
            Value::Range(range) => usize::try_from(range.len()).unwrap_or(usize::MAX),
            _ => {
                if let Some(method) = self.class_method(value, "__len__") {
                    let len = self.call(&method, vec![value.clone()])?;
                    let len = self.index(&len)?;
                    return usize::try_from(len).map_err(|_| value_error("__len__() should return >= 0"));
                }
                return self.len_plain(value);
            }
        })
    }

    /// The same without `__len__` of its class; so for the others of this kind.
    pub(crate) fn len_plain(&mut self, value: &Value) -> Result<usize> {
        let value = value.plain();
        if has_len(value) {
            return self.len(value);
        }
        match value.table().line().find_map(|t| t.len) {
            Some(len) => len(self, value),
            None => Err(type_error(format!("object of type '{}' has no len()", value.type_name()))),
        }
    }

    /// An integer where one is needed: integers, bools, and what has `__index__`.
    pub fn index(&mut self, value: &Value) -> Result<i64> {
        match value {
            Value::Int(_) | Value::Bool(_) => Ok(value.as_i64().unwrap_or_default()),
            Value::Big(_) => {
                Err(crate::error::overflow_error("Python int too large to convert to C ssize_t"))
            }
            _ => {
                let found = if let Some(method) = self.class_method(value, "__index__") {
                    Some(self.call(&method, vec![value.clone()])?)
                } else {
                    match (value.inner(), value.table().line().find_map(|t| t.index)) {
                        (Some(inner), _) => return self.index(inner),
                        (_, Some(index)) => Some(index(self, value)?),
                        (_, None) => None,
                    }
                };
                found.as_ref().and_then(Value::as_i64).ok_or_else(|| {
                    type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name()))
                })
            }
        }
    }

    /// `float(value)` for numbers and what has `__float__`.
    pub fn float(&mut self, value: &Value) -> Result<f64> {
        match value {
            Value::Big(i) => crate::int::to_finite(i),
            Value::Int(_) | Value::Bool(_) | Value::Float(_) => Ok(value.as_f64().unwrap_or_default()),
            _ => {
                if let Some(method) = self.class_method(value, "__float__") {
                    let x = self.call(&method, vec![value.clone()])?;
                    return x.as_f64().ok_or_else(|| type_error("__float__ returned non-float"));
                }
                if let Some(inner) = value.inner() {
                    return self.float(inner);
                }
                if let Some(float) = value.table().line().find_map(|t| t.float) {
                    return float(self, value);
                }
                if self.class_method(value, "__index__").is_some() {
                    return self.index(value).map(|i| i as f64);
                }
                Err(type_error(format!("must be real number, not {}", value.type_name())))
            }
        }
    }

    /// The bounds of a slice of so many items: first, one past the last, step; the step is not 0.
    pub fn slice_bounds(&mut self, slice: &Slice, len: usize) -> Result<(i64, i64, i64)> {
        let number = |cx: &mut Context, v: &Value| -> Result<Option<i64>> {
            match v {
                Value::None | Value::Unbound => Ok(None),
                Value::Big(i) => {
                    let negative = i.sign() == num_bigint::Sign::Minus;
                    Ok(Some(if negative { i64::MIN + 1 } else { i64::MAX }))
                }
                other => cx.index(other).map(Some).map_err(|e| match e {
                    crate::error::Interrupt::Raise(_) => {
                        type_error("slice indices must be integers or None or have an __index__ method")
                    }
                    other => other,
                }),
            }
        };
        let len = i64::try_from(len).unwrap_or(i64::MAX);
        let step = number(self, &slice.step)?.unwrap_or(1);
        if step == 0 {
            return Err(value_error("slice step cannot be zero"));
        }
        let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
        let clamp = |i: i64| (if i < 0 { i.saturating_add(len) } else { i }).clamp(low, high);
        let (first, last) = if step > 0 { (low, high) } else { (high, low) };
        let start = number(self, &slice.start)?.map_or(first, clamp);
        let stop = number(self, &slice.stop)?.map_or(last, clamp);
        Ok((start, stop, step))
    }

    /// The positions in a slice of so many items.
    pub(crate) fn slice_positions(&mut self, slice: &Slice, len: usize) -> Result<Vec<usize>> {
        let (start, stop, step) = self.slice_bounds(slice, len)?;
        let range = crate::value::Range { start, stop, step: step.max(i64::MIN + 1) };
        Ok((0..range.len()).map(|i| range.at(i) as usize).collect())
    }

    fn position(&mut self, key: &Value, len: usize, what: &str) -> Result<usize> {
        let i = match key {
            Value::Big(_) => return Err(index_error("cannot fit 'int' into an index-sized integer")),
            Value::Int(i) => *i,
            other => self.index(other).map_err(|e| match e {
                crate::error::Interrupt::Raise(_) => {
                    let kind = if what == "string" { "string" } else { what };
                    let expected = if kind == "string" { "integers" } else { "integers or slices" };
                    let shown = other.type_name();
                    type_error(if kind == "string" {
                        format!("string indices must be {expected}, not '{shown}'")
                    } else {
                        format!("{kind} indices must be {expected}, not {shown}")
                    })
                }
                other => other,
            })?,
        };
        let at = if i < 0 { i + len as i64 } else { i };
        usize::try_from(at)
            .ok()
            .filter(|&at| at < len)
            .ok_or_else(|| index_error(format!("{what} index out of range")))
    }

    /// `value[key]`.
    pub fn getitem(&mut self, value: &Value, key: &Value) -> Result {
        match (value, key) {
            (Value::List(list), Value::Slice(slice)) => {
                let len = list.items.borrow().len();
                let at = self.slice_positions(slice, len)?;
                self.charge(at.len());
                let items = list.items.borrow();
                Ok(Value::list(at.iter().filter_map(|&i| items.get(i).cloned()).collect()))
            }
            (Value::List(list), _) => {
                let len = list.items.borrow().len();
                let at = self.position(key, len, "list")?;
                Ok(list.items.borrow().get(at).cloned().unwrap_or_default())
            }
            (Value::Tuple(tuple), Value::Slice(slice)) => {
                let at = self.slice_positions(slice, tuple.items.len())?;
                self.charge(at.len());
                Ok(Value::tuple(at.iter().filter_map(|&i| tuple.items.get(i).cloned()).collect()))
            }
            (Value::Tuple(tuple), _) => {
                let at = self.position(key, tuple.items.len(), "tuple")?;
                Ok(tuple.items.get(at).cloned().unwrap_or_default())
            }
            (Value::Str(text), Value::Slice(slice)) => {
                let len = self.len(value)?;
                let (start, stop, step) = self.slice_bounds(slice, len)?;
                if text.is_ascii() && step == 1 {
                    let part = text.get(start as usize..(stop as usize).max(start as usize));
                    return Ok(Value::str(part.unwrap_or_default()));
                }
                self.charge(len);
                let chars: Vec<char> = text.chars().collect();
                let at = self.slice_positions(slice, len)?;
                Ok(Value::from(at.iter().filter_map(|&i| chars.get(i)).collect::<String>()))
            }
            (Value::Str(text), _) => {
                let len = self.len(value)?;
                let at = self.position(key, len, "string")?;
                if text.is_ascii() {
                    return Ok(Value::str(text.get(at..=at).unwrap_or_default()));
                }
                self.charge(len / 8);
                Ok(Value::from(text.chars().nth(at).map(String::from).unwrap_or_default()))
            }
            (Value::Dict(dict), _) => match self.dict_get(dict, key)? {
                Some(found) => Ok(found),
                None => Err(key_error(key.clone())),
            },
            (Value::Range(range), Value::Slice(slice)) => {
                let len = usize::try_from(range.len()).unwrap_or(usize::MAX);
                let (start, stop, step) = self.slice_bounds(slice, len)?;
                let at = |i: i64| range.start.saturating_add(range.step.saturating_mul(i));
                let step = range.step.saturating_mul(step);
                Ok(Value::Range(Rc::new(crate::value::Range { start: at(start), stop: at(stop), step })))
            }
            (Value::Range(range), _) => {
                let at =
                    self.position(key, usize::try_from(range.len()).unwrap_or(usize::MAX), "range object")?;
                Ok(Value::Int(range.at(at as u64)))
            }
            _ => {
                if let Some(method) = self.class_method(value, "__getitem__") {
                    return self.call(&method, vec![value.clone(), key.clone()]);
                }
                self.getitem_plain(value, key)
            }
        }
    }

    pub(crate) fn getitem_plain(&mut self, value: &Value, key: &Value) -> Result {
        if let Some(inner) = value.inner() {
            let found = match (inner, self.class_method(value, "__missing__")) {
                (Value::Dict(dict), Some(missing)) => match self.dict_get(dict, key)? {
                    Some(found) => found,
                    None => self.call(&missing, vec![value.clone(), key.clone()])?,
                },
                _ => self.getitem(inner, key)?,
            };
            return Ok(found);
        }
        if let Some(class) = value.as_class() {
            if let Some(method) = class.find("__class_getitem__") {
                let method = method
                    .object::<crate::types::descriptors::ClassMethod>()
                    .map_or(method.clone(), |m| m.0.clone());
                return self.call(&method, vec![value.clone(), key.clone()]);
            }
            // `Stack[int]` in an annotation that is evaluated.
            return match class.native {
                Some(_) => Ok(value.clone()),
                None => Err(type_error(format!("type '{}' is not subscriptable", class.name))),
            };
        }
        if let Some(getitem) = value.table().line().find_map(|t| t.getitem) {
            return getitem(self, value, key);
        }
        match value {
            // `list[int]` in an annotation that is evaluated.
            Value::Type(_) => Ok(value.clone()),
            Value::Set(_) | Value::Instance(_) => {
                Err(type_error(format!("'{}' object is not subscriptable", value.type_name())))
            }
            other if has_len(other) => self.getitem(other, key),
            other => Err(type_error(format!("'{}' object is not subscriptable", other.type_name()))),
        }
    }

    /// `value[key] = new`.
    pub fn setitem(&mut self, value: &Value, key: &Value, new: &Value) -> Result<()> {
        match (value, key) {
            (Value::List(list), Value::Slice(slice)) => {
                let items = self.collect(new).map_err(|e| match e {
                    crate::error::Interrupt::Raise(_) => type_error("can only assign an iterable"),
                    other => other,
                })?;
                self.assign_slice(list, slice, items)
            }
            (Value::List(list), _) => {
                let len = list.items.borrow().len();
                let at = self.position(key, len, "list").map_err(|e| match e {
                    crate::error::Interrupt::Raise(e) if e.is(&crate::error::INDEX_ERROR) => {
                        index_error("list assignment index out of range")
                    }
                    other => other,
                })?;
                let old =
                    list.items.borrow_mut().get_mut(at).map(|slot| std::mem::replace(slot, new.clone()));
                drop(old);
                Ok(())
            }
            (Value::Dict(_), _) => self.dict_set(value, key, new.clone()),
            _ => {
                if let Some(method) = self.class_method(value, "__setitem__") {
                    self.call(&method, vec![value.clone(), key.clone(), new.clone()])?;
                    return Ok(());
                }
                self.setitem_plain(value, key, new)
            }
        }
    }

    pub(crate) fn setitem_plain(&mut self, value: &Value, key: &Value, new: &Value) -> Result<()> {
        let value = value.plain();
        if let Value::List(_) | Value::Dict(_) = value {
            return self.setitem(value, key, new);
        }
        match value.table().line().find_map(|t| t.setitem) {
            Some(setitem) => setitem(self, value, key, new),
            None => {
                let kind = value.type_name();
                Err(type_error(format!("'{kind}' object does not support item assignment")))
            }
        }
    }

    fn assign_slice(&mut self, list: &Rc<crate::value::List>, slice: &Slice, new: Vec<Value>) -> Result<()> {
        let len = list.items.borrow().len();
        let (start, stop, step) = self.slice_bounds(slice, len)?;
        self.check_length((len + new.len()) as u64)?;
        self.charge(len + new.len());
        let mut items = list.items.borrow_mut();
        let old: Vec<Value>;
        if step == 1 {
            let start = start as usize;
            old = items.splice(start..(stop as usize).max(start), new).collect();
        } else {
            drop(items);
            let at = self.slice_positions(slice, len)?;
            if at.len() != new.len() {
                return Err(value_error(format!(
                    "attempt to assign sequence of size {} to extended slice of size {}",
                    new.len(),
                    at.len()
                )));
            }
            items = list.items.borrow_mut();
            old = at
                .into_iter()
                .zip(new)
                .filter_map(|(i, v)| items.get_mut(i).map(|slot| std::mem::replace(slot, v)))
                .collect();
        }
        drop(items);
        drop(old);
        Ok(())
    }

    /// `del value[key]`.
    pub fn delitem(&mut self, value: &Value, key: &Value) -> Result<()> {
        match (value, key) {
            (Value::List(list), Value::Slice(slice)) => {
                let len = list.items.borrow().len();
                let mut at = self.slice_positions(slice, len)?;
                if at.first() > at.last() {
                    at.reverse();
                }
                self.charge(len);
                let mut gone = at.into_iter().peekable();
                let old = list.items.take();
                let (mut kept, mut dropped) = (Vec::with_capacity(len), Vec::new());
                for (i, item) in old.into_iter().enumerate() {
                    if gone.next_if_eq(&i).is_some() { dropped.push(item) } else { kept.push(item) }
                }
                *list.items.borrow_mut() = kept;
                drop(dropped);
                Ok(())
            }
            (Value::List(list), _) => {
                let len = list.items.borrow().len();
                let at = self.position(key, len, "list").map_err(|e| match e {
                    crate::error::Interrupt::Raise(e) if e.is(&crate::error::INDEX_ERROR) => {
                        index_error("list assignment index out of range")
                    }
                    other => other,
                })?;
                let old = list.items.borrow_mut().remove(at);
                drop(old);
                Ok(())
            }
            (Value::Dict(dict), _) => match self.dict_remove(dict, key)? {
                Some(old) => {
                    drop(old);
                    Ok(())
                }
                None => Err(key_error(key.clone())),
            },
            _ => {
                if let Some(method) = self.class_method(value, "__delitem__") {
                    self.call(&method, vec![value.clone(), key.clone()])?;
                    return Ok(());
                }
                self.delitem_plain(value, key)
            }
        }
    }

    pub(crate) fn delitem_plain(&mut self, value: &Value, key: &Value) -> Result<()> {
        let value = value.plain();
        if let Value::List(_) | Value::Dict(_) = value {
            return self.delitem(value, key);
        }
        match value.table().line().find_map(|t| t.delitem) {
            Some(delitem) => delitem(self, value, key),
            None => {
                let kind = value.type_name();
                Err(type_error(format!("'{kind}' object doesn't support item deletion")))
            }
        }
    }

    /// The value of a key.
    pub fn dict_get(&mut self, dict: &Rc<DictObject>, key: &Value) -> Result<Option<Value>> {
        let hash = self.hash(key)?;
        let map = dict.map.borrow();
        let at = map.find(hash, |held| self.same(held, key))?;
        Ok(at.and_then(|at| map.value(at).cloned()))
    }

    /// Sets the value of a key in a dictionary.
    pub fn dict_set(&mut self, dict: &Value, key: &Value, value: Value) -> Result<()> {
        let Value::Dict(dict) = dict.plain() else { return Err(type_error("a dictionary is needed")) };
        let hash = self.hash(key)?;
        let at = dict.map.borrow().find(hash, |held| self.same(held, key))?;
        let mut map = dict.map.borrow_mut();
        match at {
            Some(at) => {
                let old = map.replace(at, value);
                drop(map);
                drop(old);
            }
            None => {
                self.check_length(map.len() as u64 + 1)?;
                map.push(hash, key.clone(), value);
            }
        }
        Ok(())
    }

    /// Removes a key and gives back its value.
    pub(crate) fn dict_remove(&mut self, dict: &Rc<DictObject>, key: &Value) -> Result<Option<Value>> {
        let hash = self.hash(key)?;
        let at = dict.map.borrow().find(hash, |held| self.same(held, key))?;
        Ok(at.and_then(|at| dict.map.borrow_mut().remove(at)).map(|(_, v)| v))
    }

    /// `dict.update(other)`: a mapping, or pairs.
    pub fn dict_update(&mut self, dict: &Value, other: &Value) -> Result<()> {
        if let Value::Dict(from) = other.plain()
            && self.class_method(other, "keys").is_none()
        {
            let pairs: Vec<(Value, Value)> =
                from.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
            self.charge(pairs.len());
            for (key, value) in pairs {
                self.dict_set(dict, &key, value)?;
            }
            return Ok(());
        }
        if self.find_attr(other, "keys")?.is_some() {
            let keys = self.getattr(other, "keys")?;
            let keys = self.call(&keys, Vec::new())?;
            for key in self.collect(&keys)? {
                let value = self.getitem(other, &key)?;
                self.dict_set(dict, &key, value)?;
            }
            return Ok(());
        }
        for (i, pair) in self.collect(other)?.iter().enumerate() {
            let items = self.collect(pair).map_err(|e| match e {
                crate::error::Interrupt::Raise(_) => type_error(format!(
                    "cannot convert dictionary update sequence element #{i} to a sequence"
                )),
                other => other,
            })?;
            match items.as_slice() {
                [key, value] => self.dict_set(dict, key, value.clone())?,
                other => {
                    return Err(value_error(format!(
                        "dictionary update sequence element #{i} has length {}; 2 is required",
                        other.len()
                    )));
                }
            }
        }
        Ok(())
    }

    /// Whether two dictionaries have the same keys with the same values.
    pub(crate) fn dict_equal(&mut self, a: &Rc<DictObject>, b: &Rc<DictObject>) -> Result<bool> {
        if a.map.borrow().len() != b.map.borrow().len() {
            return Ok(false);
        }
        let pairs: Vec<(Value, Value)> = a.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        for (key, value) in pairs {
            match self.dict_get(b, &key)? {
                Some(other) if self.same(&value, &other)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Whether an element is in a set.
    pub(crate) fn set_contains(&mut self, set: &Rc<SetObject>, item: &Value) -> Result<bool> {
        let hash = self.hash(item)?;
        Ok(set.items.borrow().find(hash, |held| self.same(held, item))?.is_some())
    }

    /// Adds an element to a set; says whether it is new.
    pub(crate) fn set_add(&mut self, set: &Rc<SetObject>, item: &Value) -> Result<bool> {
        let hash = self.hash(item)?;
        if set.items.borrow().find(hash, |held| self.same(held, item))?.is_some() {
            return Ok(false);
        }
        self.check_length(set.items.borrow().len() as u64 + 1)?;
        set.items.borrow_mut().push(hash, item.clone());
        Ok(true)
    }

    /// A set of these elements.
    pub(crate) fn make_set(&mut self, items: &[Value], frozen: bool) -> Result {
        let set = Rc::new(SetObject { items: Default::default(), frozen });
        for item in items {
            self.set_add(&set, item)?;
        }
        Ok(Value::Set(set))
    }
}

/// Whether it is one of Python's own containers.
fn has_len(value: &Value) -> bool {
    matches!(
        value,
        Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) | Value::Range(_)
    )
}
