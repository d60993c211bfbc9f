//! The instructions that build containers and texts, import, and raise.

use std::rc::Rc;

use super::Machine;
use super::frame::{Entry, Frame};
use super::invoke::called;
use super::slow::Next;
use crate::code::{Code, Instr};
use crate::error::{
    ASSERTION_ERROR, BASE_EXCEPTION, Exception, ExceptionClass, Interrupt, MODULE_NOT_FOUND_ERROR,
    TYPE_ERROR, runtime_error, type_error, value_error,
};
use crate::native::Result;
use crate::value::Value;

impl Machine {
    /// Building containers, printing, raising: the instructions that are long anyway.
    pub(super) fn slower(&mut self, instr: Instr, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
        let name = |i: u32| code.names.get(i as usize).cloned().unwrap_or_else(|| Rc::from(""));
        match instr {
            Instr::BuildTuple(n) => {
                let items = self.top(n as usize).to_vec();
                return self.replace(n as usize, Value::tuple(items));
            }
            Instr::BuildList(n) => {
                let items = self.top(n as usize).to_vec();
                return self.replace(n as usize, Value::list(items));
            }
            Instr::BuildSet(n) => {
                let items = self.top(n as usize).to_vec();
                let set = self.cx.make_set(&items, false)?;
                return self.replace(n as usize, set);
            }
            Instr::BuildDict(n) => {
                let dict = Value::dict(Default::default());
                let items = self.top(2 * n as usize).to_vec();
                for pair in items.chunks_exact(2) {
                    if let [key, value] = pair {
                        self.cx.dict_set(&dict, key, value.clone())?;
                    }
                }
                return self.replace(2 * n as usize, dict);
            }
            Instr::ListAppend(below) => {
                let item = self.peek(0).clone();
                if let Value::List(list) = self.peek(below as usize) {
                    self.cx.check_length(list.items.borrow().len() as u64 + 1)?;
                    list.items.borrow_mut().push(item);
                    list.grown();
                }
                self.drop_top(1);
            }
            Instr::SetAdd(below) => {
                let (item, set) = (self.peek(0).clone(), self.peek(below as usize).clone());
                if let Value::Set(set) = &set {
                    self.cx.set_add(set, &item)?;
                }
                self.drop_top(1);
            }
            Instr::DictInsert(below) => {
                let (key, value, dict) =
                    (self.peek(1).clone(), self.peek(0).clone(), self.peek(below as usize).clone());
                self.cx.dict_set(&dict, &key, value)?;
                self.drop_top(2);
            }
            Instr::ListExtend(of_call) => {
                let (list, from) = (self.peek(1).clone(), self.peek(0).clone());
                let what =
                    if of_call { format!("{} argument", called(self.peek(3))) } else { "Value".to_owned() };
                let items = self.cx.collect(&from).map_err(|e| not_iterable(e, &what, &from))?;
                if let Value::List(list) = &list {
                    self.cx.check_length((list.items.borrow().len() + items.len()) as u64)?;
                    list.items.borrow_mut().extend(items);
                    list.grown();
                }
                self.drop_top(1);
            }
            Instr::SetUpdate => {
                let (set, from) = (self.peek(1).clone(), self.peek(0).clone());
                if let (Value::Set(set), Value::Set(from)) = (&set, &from) {
                    crate::types::set::combine_in_place(
                        &mut self.cx,
                        crate::native::BinaryOp::BitOr,
                        set,
                        from,
                    )?;
                    self.drop_top(1);
                    return Ok(Next::Go);
                }
                let items = self.cx.collect(&from)?;
                if let Value::Set(set) = &set {
                    for item in &items {
                        self.cx.set_add(set, item)?;
                    }
                }
                self.drop_top(1);
            }
            Instr::DictUpdate => {
                let (dict, from) = (self.peek(1).clone(), self.peek(0).clone());
                if !matches!(from, Value::Dict(_)) && self.cx.find_attr(&from, "keys")?.is_none() {
                    return Err(type_error(format!("'{}' object is not a mapping", from.type_name())));
                }
                self.cx.dict_update(&dict, &from)?;
                self.drop_top(1);
            }
            Instr::DictMerge => {
                let (dict, from) = (self.peek(1).clone(), self.peek(0).clone());
                if !matches!(from, Value::Dict(_)) && self.cx.find_attr(&from, "keys")?.is_none() {
                    let (name, kind) = (called(self.peek(4)), from.type_name());
                    return Err(type_error(format!(
                        "{name} argument after ** must be a mapping, not {kind}"
                    )));
                }
                let new = Value::dict(Default::default());
                self.cx.dict_update(&new, &from)?;
                if let (Value::Dict(new), Value::Dict(held)) = (&new, &dict) {
                    for (key, _) in new.map.borrow().iter() {
                        let Value::Str(name) = key else {
                            return Err(type_error("keywords must be strings"));
                        };
                        if held.map.borrow().get_str(name).is_some() {
                            let function = called(self.peek(4));
                            return Err(type_error(format!(
                                "{function} got multiple values for keyword argument '{name}'"
                            )));
                        }
                    }
                }
                self.cx.dict_update(&dict, &new)?;
                self.drop_top(1);
            }
            Instr::ListToTuple => {
                let items = match self.peek(0) {
                    Value::List(list) => list.items.borrow().clone(),
                    _ => Vec::new(),
                };
                return self.replace(1, Value::tuple(items));
            }
            Instr::Import(whole, n) => {
                let name = name(n);
                let Some(module) = crate::modules::find(&name) else {
                    let message = format!("No module named '{name}'");
                    return Err(Exception::new(&MODULE_NOT_FOUND_ERROR, message).raise());
                };
                let first = name.split('.').next().unwrap_or_default();
                let top = if whole == 0 { crate::modules::find(first).unwrap_or(module) } else { module };
                self.stack.push(Value::Module(top));
            }
            Instr::ImportFrom(n) => {
                let Value::Module(module) = *self.peek(0) else { return Ok(Next::Go) };
                match module.member(&mut self.cx, &name(n))? {
                    Some(value) => self.stack.push(value),
                    None => return Err(crate::modules::cannot_import(module, &name(n)).raise()),
                }
            }
            Instr::Format(how) => {
                let with_spec = how & 4 != 0;
                let value = self.peek(usize::from(with_spec)).clone();
                let spec = if with_spec { self.peek(0).clone() } else { Value::str("") };
                let value = match how & 3 {
                    1 => Value::from(self.cx.repr(&value)?),
                    2 => Value::Str(self.cx.str(&value)?),
                    3 => Value::from(crate::repr::to_ascii(&self.cx.repr(&value)?)),
                    _ => value,
                };
                let text = self.cx.format(&value, spec.as_str().unwrap_or_default())?;
                return self.replace(1 + usize::from(with_spec), Value::Str(text));
            }
            Instr::BuildString(n) => {
                let text: String = self.top(n as usize).iter().filter_map(Value::as_str).collect();
                self.cx.check_text(text.len())?;
                return self.replace(n as usize, Value::from(text));
            }
            Instr::Raise(n) => return self.raise(n, frame),
            Instr::Reraise => {
                if let Value::Exception(exception) = self.pop() {
                    return Err(Interrupt::Raise(exception));
                }
            }
            Instr::BeginHandler => {
                if let Value::Exception(exception) = self.peek(0) {
                    frame.handled.push(exception.clone());
                }
            }
            Instr::EndHandler => {
                frame.handled.pop();
            }
            Instr::MatchException => {
                let (exception, class) = (self.peek(1).clone(), self.peek(0).clone());
                let matches = matches_exception(&exception, &class)?;
                return self.replace(1, Value::Bool(matches));
            }
            Instr::MatchSequence(n, more) => {
                let subject = self.peek(0).plain().clone();
                let fits = matches!(subject, Value::List(_) | Value::Tuple(_) | Value::Range(_)) && {
                    let len = self.cx.len(&subject)?;
                    len == n as usize || more && len > n as usize
                };
                return self.replace(1, Value::Bool(fits));
            }
            Instr::MatchMapping => {
                let fits = matches!(self.peek(0).plain(), Value::Dict(_));
                return self.replace(1, Value::Bool(fits));
            }
            Instr::MatchClass(positional, names) => {
                let (subject, class) = (self.peek(1).clone(), self.peek(0).clone());
                let names = match code.consts.get(names as usize) {
                    Some(Value::Tuple(names)) => names.clone(),
                    _ => Default::default(),
                };
                let parts = self.cx.match_class(&subject, &class, positional as usize, &names.items)?;
                return self.replace(2, parts.map_or(Value::None, Value::tuple));
            }
            Instr::Enter => {
                let manager = self.peek(0).clone();
                let entered = self.cx.enter(&manager)?;
                self.stack.push(entered);
            }
            Instr::Exit => {
                let manager = self.peek(0).clone();
                self.cx.exit(&manager, None)?;
                self.drop_top(1);
            }
            Instr::ExitRaised => {
                let (manager, exception) = (self.peek(1).clone(), self.peek(0).clone());
                let swallowed = self.cx.exit(&manager, Some(&exception))?;
                self.stack.push(Value::Bool(swallowed));
            }
            Instr::FailAssert(message) => {
                let args = if message { vec![self.pop()] } else { Vec::new() };
                return Err(Exception::with_args(ExceptionClass::Native(&ASSERTION_ERROR), args).raise());
            }
            _ => {}
        }
        Ok(Next::Go)
    }

    pub(super) fn unpack(&mut self, n: usize) -> Result<Vec<Value>> {
        let from = self.peek(0).clone();
        let items = match &from {
            Value::Tuple(tuple) => tuple.items.clone(),
            Value::List(list) => list.items.borrow().clone(),
            _ => {
                let iterator = self.cx.iter(&from).map_err(|e| cannot_unpack(e, &from))?;
                let mut items = Vec::new();
                while items.len() <= n {
                    let item = self.cx.next(&iterator)?;
                    if !item.is_bound() {
                        break;
                    }
                    items.push(item);
                }
                items
            }
        };
        match items.len() {
            len if len == n => Ok(items),
            len if len < n => {
                Err(value_error(format!("not enough values to unpack (expected {n}, got {len})")))
            }
            _ => Err(value_error(format!("too many values to unpack (expected {n})"))),
        }
    }

    pub(super) fn unpack_star(&mut self, before: usize, after: usize) -> Result<Vec<Value>> {
        let from = self.peek(0).clone();
        let mut items = self.cx.collect(&from).map_err(|e| cannot_unpack(e, &from))?;
        let len = items.len();
        let Some(rest) = len.checked_sub(before + after) else {
            let message =
                format!("not enough values to unpack (expected at least {}, got {len})", before + after);
            return Err(value_error(message));
        };
        let tail = items.split_off(before + rest);
        let middle = items.split_off(before);
        items.push(Value::list(middle));
        items.extend(tail);
        Ok(items)
    }

    fn raise(&mut self, n: u32, frame: &mut Frame) -> Result<Next> {
        if n == 0 {
            let below = self.entries.iter().rev().filter_map(|e| match e {
                Entry::Frame(frame) => frame.handled.last(),
                Entry::Task(_) => None,
            });
            return Err(match frame.handled.last().into_iter().chain(below).next() {
                Some(exception) => Interrupt::Raise(exception.clone()),
                None => runtime_error("No active exception to reraise"),
            });
        }
        let raised = self.peek(n as usize - 1).clone();
        let cause = if n == 2 { self.peek(0).clone() } else { Value::Unbound };
        let exception = self.make_exception(&raised)?;
        if n == 2 {
            exception.suppress.set(true);
            if !cause.is_none() {
                let cause = self.make_exception(&cause).map_err(|e| match e {
                    Interrupt::Raise(_) => type_error("exception causes must derive from BaseException"),
                    other => other,
                })?;
                *exception.cause.borrow_mut() = Value::Exception(cause);
            }
        }
        Err(Interrupt::Raise(exception))
    }

    fn make_exception(&mut self, value: &Value) -> Result<Rc<Exception>> {
        let made = match value {
            Value::Exception(exception) => return Ok(exception.clone()),
            Value::Type(table) if table.extends(&BASE_EXCEPTION) => self.cx.call(value, Vec::new())?,
            Value::Class(class) if class.native.is_some_and(|t| t.extends(&BASE_EXCEPTION)) => {
                self.cx.call(value, Vec::new())?
            }
            _ => Value::None,
        };
        match made {
            Value::Exception(exception) => Ok(exception),
            _ => Err(type_error("exceptions must derive from BaseException")),
        }
    }
}

fn not_iterable(error: Interrupt, what: &str, value: &Value) -> Interrupt {
    match error {
        Interrupt::Raise(e) if e.is(&TYPE_ERROR) && e.trace.borrow().is_empty() => {
            type_error(format!("{what} after * must be an iterable, not {}", value.type_name()))
        }
        other => other,
    }
}

fn cannot_unpack(error: Interrupt, value: &Value) -> Interrupt {
    match error {
        Interrupt::Raise(e) if e.is(&TYPE_ERROR) => {
            type_error(format!("cannot unpack non-iterable {} object", value.type_name()))
        }
        other => other,
    }
}

fn matches_exception(exception: &Value, class: &Value) -> Result<bool> {
    match class {
        Value::Tuple(classes) => {
            for class in &classes.items {
                if !matches!(class, Value::Tuple(_)) && matches_exception(exception, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Type(table) if table.extends(&BASE_EXCEPTION) => crate::types::isinstance(exception, class),
        Value::Class(user) if user.native.is_some_and(|t| t.extends(&BASE_EXCEPTION)) => {
            crate::types::isinstance(exception, class)
        }
        _ => Err(type_error("catching classes that do not inherit from BaseException is not allowed")),
    }
}
