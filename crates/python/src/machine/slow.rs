//! The instructions that may run functions of ours. Operands stay on the stack until an instruction succeeds, because
//! one that asked for something is executed again.

use std::rc::Rc;

use gradloom_engine::CallSite;

use super::Machine;
use super::call::{bind, captured};
use super::frame::{ClassBody, Frame, Returns};
use crate::call::CallArgs;
use crate::code::{Code, Instr};
use crate::error::{
    ASSERTION_ERROR, BASE_EXCEPTION, Exception, ExceptionClass, Interrupt, MODULE_NOT_FOUND_ERROR,
    TYPE_ERROR, runtime_error, type_error, value_error,
};
use crate::function::Function;
use crate::native::Result;
use crate::value::{Slice, Value};

/// How the machine goes on after an instruction.
pub(super) enum Next {
    Go,
    Jump(u32),
    /// Calls a function; its locals are on the stack.
    Enter(Entered),
    /// Begins a class body.
    Push(Box<Frame>),
    /// Leaves the function with a result.
    Leave(Value),
    /// Leaves the generator in the middle, with a value.
    Suspend(Value),
}

/// A function about to be entered.
pub(super) struct Entered {
    pub function: Rc<Function>,
    pub base: usize,
    pub floor: usize,
    pub returns: Returns,
    pub called: u32,
    pub caller: Option<Rc<CallSite>>,
}

impl Machine {
    /// Puts a result in the place of the topmost operands.
    fn replace(&mut self, operands: usize, value: Value) -> Result<Next> {
        self.drop_top(operands);
        self.stack.push(value);
        Ok(Next::Go)
    }

    fn drop_top(&mut self, operands: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(operands));
    }

    fn top(&self, n: usize) -> &[Value] {
        self.stack.get(self.stack.len().saturating_sub(n)..).unwrap_or_default()
    }

    pub(super) fn slow(&mut self, instr: Instr, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
        let name = |i: u32| code.names.get(i as usize).cloned().unwrap_or_else(|| Rc::from(""));
        let local_name = |i: u32| code.locals.get(i as usize).map_or("", |n| n);
        match instr {
            Instr::LoadLocal(i) => return Err(self.unbound(local_name(i), true, false, frame)),
            Instr::DeleteLocal(i) => {
                let slot =
                    self.stack.get_mut(frame.base + i as usize).map(std::mem::take).unwrap_or_default();
                if !slot.is_bound() {
                    return Err(self.unbound(local_name(i), true, false, frame));
                }
            }
            Instr::LoadCell(i) | Instr::DeleteCell(i) => {
                let free = i >= code.own_cells;
                let bound = frame.cells.get(i as usize).is_some_and(|c| c.value.borrow().is_bound());
                if !bound || matches!(instr, Instr::LoadCell(_)) {
                    return Err(self.unbound(
                        code.cells.get(i as usize).map_or("", |n| n),
                        !free,
                        free,
                        frame,
                    ));
                }
                if let Some(cell) = frame.cells.get(i as usize) {
                    drop(cell.value.take());
                }
            }
            Instr::LoadGlobal(i) => return Err(self.unbound(&self.global_name(i), false, false, frame)),
            Instr::DeleteGlobal(i) => {
                let slot = self.globals.get_mut(i as usize).map(std::mem::take).unwrap_or_default();
                if !slot.is_bound() {
                    return Err(self.unbound(&self.global_name(i), false, false, frame));
                }
            }
            Instr::LoadName(n, i) => {
                let name = name(u32::from(n));
                let own = frame.class.as_ref().and_then(|c| c.names.get(&name).cloned());
                let global =
                    self.globals.get(i as usize).filter(|v| v.is_bound()).or(self.builtins.get(i as usize));
                let found = own.or_else(|| global.cloned());
                match found.filter(Value::is_bound) {
                    Some(value) => self.stack.push(value),
                    None => return Err(self.unbound(&name, false, false, frame)),
                }
            }
            Instr::StoreName(n) => {
                let value = self.pop();
                if let Some(class) = &mut frame.class {
                    drop(class.names.set(&name(n), value));
                }
            }
            Instr::DeleteName(n) => {
                let name = name(n);
                if frame.class.as_mut().and_then(|c| c.names.remove(&name)).is_none() {
                    return Err(self.unbound(&name, false, false, frame));
                }
            }
            Instr::LoadAttr(n) => {
                let object = self.peek(0).clone();
                let value = self.cx.getattr(&object, &name(n))?;
                return self.replace(1, value);
            }
            Instr::LoadMethod(n) => {
                let object = self.peek(0).clone();
                let (function, receiver) = self.cx.load_method(&object, &name(n))?;
                self.drop_top(1);
                self.stack.push(function);
                self.stack.push(receiver);
            }
            Instr::StoreAttr(n) => {
                let (value, object) = (self.peek(1).clone(), self.peek(0).clone());
                self.cx.setattr(&object, &name(n), &value)?;
                self.drop_top(2);
            }
            Instr::DeleteAttr(n) => {
                let object = self.peek(0).clone();
                self.cx.setattr(&object, &name(n), &Value::Unbound)?;
                self.drop_top(1);
            }
            Instr::GetItem => {
                let (object, key) = (self.peek(1).clone(), self.peek(0).clone());
                let value = self.cx.getitem(&object, &key)?;
                return self.replace(2, value);
            }
            Instr::SetItem => {
                let (value, object, key) = (self.peek(2).clone(), self.peek(1).clone(), self.peek(0).clone());
                self.cx.setitem(&object, &key, &value)?;
                self.drop_top(3);
            }
            Instr::DeleteItem => {
                let (object, key) = (self.peek(1).clone(), self.peek(0).clone());
                self.cx.delitem(&object, &key)?;
                self.drop_top(2);
            }
            Instr::BuildSlice => {
                let (start, stop, step) = (self.peek(2).clone(), self.peek(1).clone(), self.peek(0).clone());
                return self.replace(3, Value::Slice(Rc::new(Slice { start, stop, step })));
            }
            Instr::Binary(op) => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                let value = self.cx.binary(op, &a, &b)?;
                return self.replace(2, value);
            }
            Instr::InPlace(op) => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                let value = self.cx.in_place(op, &a, &b)?;
                return self.replace(2, value);
            }
            Instr::Unary(op) => {
                let x = self.peek(0).clone();
                let value = self.cx.unary(op, &x)?;
                return self.replace(1, value);
            }
            Instr::Not => {
                let x = self.peek(0).clone();
                let truth = self.cx.truth(&x)?;
                return self.replace(1, Value::Bool(!truth));
            }
            Instr::Compare(op) => {
                let (a, b) = (self.peek(1).clone(), self.peek(0).clone());
                let value = self.cx.compare(op, &a, &b)?;
                return self.replace(2, value);
            }
            Instr::In(negated) => {
                let (item, container) = (self.peek(1).clone(), self.peek(0).clone());
                let found = self.cx.contains(&container, &item)?;
                return self.replace(2, Value::Bool(found != negated));
            }
            Instr::JumpIfFalse(target) | Instr::JumpIfTrue(target) => {
                let x = self.peek(0).clone();
                let truth = self.cx.truth(&x)?;
                self.drop_top(1);
                if truth == matches!(instr, Instr::JumpIfTrue(_)) {
                    return Ok(Next::Jump(target));
                }
            }
            Instr::JumpIfFalseOrPop(target) | Instr::JumpIfTrueOrPop(target) => {
                let x = self.peek(0).clone();
                let truth = self.cx.truth(&x)?;
                if truth == matches!(instr, Instr::JumpIfTrueOrPop(_)) {
                    return Ok(Next::Jump(target));
                }
                self.drop_top(1);
            }
            Instr::GetIter => {
                let x = self.peek(0).clone();
                let iterator = self.cx.make_iter(&x)?;
                return self.replace(1, iterator);
            }
            Instr::ForIter(target) => {
                let iterator = self.peek(0).clone();
                let item = self.cx.next_last(&iterator)?;
                if !item.is_bound() {
                    self.drop_top(1);
                    return Ok(Next::Jump(target));
                }
                self.stack.push(item);
            }
            Instr::YieldFrom(target) => {
                let (iterator, sent) = (self.peek(1).clone(), self.peek(0).clone());
                if let Value::Generator(generator) = &iterator
                    && !sent.is_none()
                {
                    *generator.sent.borrow_mut() = sent;
                }
                let item = self.cx.next_last(&iterator)?;
                if !item.is_bound() {
                    let result = match &iterator {
                        Value::Generator(generator) => generator.result.borrow().clone(),
                        _ => Value::None,
                    };
                    self.replace(2, if result.is_bound() { result } else { Value::None })?;
                    return Ok(Next::Jump(target));
                }
                return self.replace(1, item);
            }
            Instr::LoopBegin(over_iterator) => {
                let total = match self.peek(0) {
                    Value::Iter(iter) if over_iterator => iter.left(),
                    _ => None,
                };
                frame.loops.push(super::frame::Loop { line: code.span(frame.pc).line, turns: 0, total });
            }
            Instr::Call(n, names) => return self.call(n as usize, names, frame, code),
            Instr::CallSpread => return self.call_spread(frame),
            Instr::Return => return Ok(Next::Leave(self.pop())),
            Instr::Yield => return Ok(Next::Suspend(self.pop())),
            Instr::Unpack(n) => {
                let items = self.unpack(n as usize)?;
                self.drop_top(1);
                self.stack.extend(items.into_iter().rev());
            }
            Instr::UnpackStar(before, after) => {
                let items = self.unpack_star(before as usize, after as usize)?;
                self.drop_top(1);
                self.stack.extend(items.into_iter().rev());
            }
            Instr::MakeFunction(i) => {
                let (defaults, keyword_defaults) = match self.top(2) {
                    [Value::Tuple(a), Value::Tuple(b)] => (a.items.clone(), b.items.clone()),
                    _ => Default::default(),
                };
                let Some(inner) = code.inner.get(i as usize) else { return Ok(Next::Go) };
                let function = Function {
                    code: inner.clone(),
                    defaults,
                    keyword_defaults,
                    closure: captured(inner, &frame.cells),
                    attributes: Default::default(),
                };
                return self.replace(2, Value::Function(Rc::new(function)));
            }
            Instr::MakeClass(i) => return self.begin_class(i, frame, code),
            Instr::EndClass => {
                let Some(body) = frame.class.take() else { return Ok(Next::Leave(Value::None)) };
                let class = crate::types::class::make(code, *body)?;
                let own = code.cells.iter().take(code.own_cells as usize).position(|n| &**n == "__class__");
                if let Some(cell) = own.and_then(|at| frame.cells.get(at)) {
                    *cell.value.borrow_mut() = class.clone();
                }
                return Ok(Next::Leave(class));
            }
            _ => return self.slower(instr, frame, code),
        }
        Ok(Next::Go)
    }

    fn global_name(&self, i: u32) -> Rc<str> {
        self.program.globals.get(i as usize).cloned().unwrap_or_else(|| Rc::from(""))
    }

    /// Building containers, printing, raising: the instructions that are long anyway.
    fn slower(&mut self, instr: Instr, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
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

    fn call(&mut self, n: usize, names: u32, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
        let names = match code.consts.get(names as usize) {
            Some(Value::Tuple(names)) => Some(names.clone()),
            _ => None,
        };
        let names: &[Value] = names.as_ref().map_or(&[], |t| &t.items);
        let first = self.stack.len().saturating_sub(n + names.len());
        let floor = first.saturating_sub(2);
        if let Some(Value::Method(method)) = self.stack.get(floor).cloned()
            && !self.stack.get(floor + 1).is_some_and(Value::is_bound)
            && let Some([callee, receiver]) = self.stack.get_mut(floor..first)
        {
            *callee = method.function.clone();
            *receiver = method.receiver.clone();
        }
        let callee = self.stack.get(floor).cloned().unwrap_or_default();
        let bound = self.stack.get(floor + 1).is_some_and(Value::is_bound);
        let start = first - usize::from(bound && first > floor);
        if let Value::Function(function) = &callee {
            let given = first + n - start;
            return self.call_function(function, start, given, names, floor, frame);
        }
        let positional = self.stack.get(start..first + n).unwrap_or_default();
        let named = self.stack.get(first + n..).unwrap_or_default();
        let args = CallArgs { positional, names, named };
        let value = match &callee {
            Value::Native(native) => self.cx.call_native(native, args)?,
            other => self.cx.call_args(other, args, None)?,
        };
        self.stack.truncate(floor);
        self.stack.push(value);
        Ok(Next::Go)
    }

    fn call_function(
        &mut self,
        function: &Rc<Function>,
        start: usize,
        given: usize,
        names: &[Value],
        floor: usize,
        frame: &mut Frame,
    ) -> Result<Next> {
        let p = &function.code.parameters;
        let positional = p.positional as usize;
        let plain = names.is_empty() && !p.rest && !p.keywords && p.keyword_only == 0;
        let base = if plain && given <= positional && given + function.defaults.len() >= positional {
            // The arguments are in their places already.
            let skip = function.defaults.len() + given - positional;
            self.stack.extend(function.defaults.iter().skip(skip).cloned());
            self.stack.resize(start + function.code.locals.len(), Value::Unbound);
            start
        } else {
            let args = CallArgs {
                positional: self.stack.get(start..start + given).unwrap_or_default(),
                names,
                named: self.stack.get(start + given..).unwrap_or_default(),
            };
            let locals = bind(function, args)?;
            self.stack.truncate(floor);
            self.stack.extend(locals);
            floor
        };
        let called = frame.code.span(frame.pc).line;
        let caller = frame.call_site();
        Ok(Next::Enter(Entered {
            function: function.clone(),
            base,
            floor,
            returns: Returns::Push,
            called,
            caller,
        }))
    }

    fn call_spread(&mut self, frame: &mut Frame) -> Result<Next> {
        let [callee, receiver, Value::List(list), Value::Dict(dict)] = self.top(4) else {
            return Ok(Next::Go);
        };
        let (callee, receiver) = (callee.clone(), receiver.clone());
        let mut positional: Vec<Value> = Some(receiver).filter(Value::is_bound).into_iter().collect();
        positional.extend(list.items.borrow().iter().cloned());
        let (names, named): (Vec<Value>, Vec<Value>) =
            dict.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).unzip();
        let (callee, positional) = match &callee {
            Value::Method(method) => {
                positional.insert(0, method.receiver.clone());
                (method.function.clone(), positional)
            }
            _ => (callee, positional),
        };
        let args = CallArgs { positional: &positional, names: &names, named: &named };
        if let Value::Function(function) = &callee {
            let locals = bind(function, args)?;
            self.drop_top(4);
            let floor = self.stack.len();
            self.stack.extend(locals);
            let called = frame.code.span(frame.pc).line;
            let caller = frame.call_site();
            let returns = Returns::Push;
            return Ok(Next::Enter(Entered {
                function: function.clone(),
                base: floor,
                floor,
                returns,
                called,
                caller,
            }));
        }
        let value = self.cx.call_args(&callee, args, None)?;
        self.replace(4, value)
    }

    fn begin_class(&mut self, i: u32, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
        let Some(inner) = code.inner.get(i as usize) else { return Ok(Next::Go) };
        let (bases, keywords) = match self.top(2) {
            [Value::Tuple(bases), Value::Dict(keywords)] => (bases.items.clone(), keywords.clone()),
            _ => return Ok(Next::Go),
        };
        let map = keywords.map.borrow();
        let keywords = map.iter().filter_map(|(k, v)| match k {
            Value::Str(name) => Some((name.clone(), v.clone())),
            _ => None,
        });
        let body = ClassBody { names: Default::default(), bases, keywords: keywords.collect() };
        drop(map);
        self.drop_top(2);
        let floor = self.stack.len();
        let mut inner_frame = Frame::new(inner.clone(), floor, floor, Returns::Push);
        inner_frame.cells.extend(captured(inner, &frame.cells));
        inner_frame.called = code.span(frame.pc).line;
        inner_frame.caller = frame.call_site();
        inner_frame.class = Some(Box::new(body));
        self.stack.resize(floor + inner.locals.len(), Value::Unbound);
        Ok(Next::Push(Box::new(inner_frame)))
    }

    fn unpack(&mut self, n: usize) -> Result<Vec<Value>> {
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

    fn unpack_star(&mut self, before: usize, after: usize) -> Result<Vec<Value>> {
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
                super::frame::Entry::Frame(frame) => frame.handled.last(),
                super::frame::Entry::Task(_) => None,
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

/// How messages name what is called.
fn called(callee: &Value) -> String {
    match callee {
        Value::Function(function) => format!("__main__.{}()", function.code.qualified),
        Value::Native(native) => format!("{}()", native.name),
        Value::Type(table) => format!("{}()", table.name),
        Value::Class(class) => format!("__main__.{}()", class.qualified),
        other => format!("{} object", other.type_name()),
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
