//! Calls, and class bodies.

use std::rc::Rc;

use super::Machine;
use super::call::{bind, captured};
use super::frame::{ClassBody, Frame, Returns};
use super::slow::{Entered, Next};
use crate::call::CallArgs;
use crate::code::{Code, Kind};
use crate::dict::Dict;
use crate::function::Function;
use crate::native::Result;
use crate::value::Value;

impl Machine {
    pub(super) fn call(&mut self, n: usize, names: u32, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
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
            Value::Native(native) if n == 0 && names.is_empty() && is_scope(native.name) => {
                self.scope(native.name, frame)
            }
            Value::Native(native) => self.cx.call_native(native, args)?,
            other => self.cx.call_args(other, args, None)?,
        };
        self.stack.truncate(floor);
        self.stack.push(value);
        Ok(Next::Go)
    }

    pub(super) fn call_function(
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
        let origin = frame.place(frame.pc);
        let caller = frame.call_site();
        Ok(Next::Enter(Entered {
            function: function.clone(),
            base,
            floor,
            returns: Returns::Push,
            origin,
            caller,
        }))
    }

    pub(super) fn call_spread(&mut self, frame: &mut Frame) -> Result<Next> {
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
            let origin = frame.place(frame.pc);
            let caller = frame.call_site();
            let returns = Returns::Push;
            return Ok(Next::Enter(Entered {
                function: function.clone(),
                base: floor,
                floor,
                returns,
                origin,
                caller,
            }));
        }
        let value = self.cx.call_args(&callee, args, None)?;
        self.replace(4, value)
    }

    pub(super) fn begin_class(&mut self, i: u32, frame: &mut Frame, code: &Rc<Code>) -> Result<Next> {
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
        inner_frame.origin = frame.place(frame.pc);
        inner_frame.called = inner_frame.origin.line;
        inner_frame.caller = frame.call_site();
        inner_frame.class = Some(Box::new(body));
        self.stack.resize(floor + inner.locals.len(), Value::Unbound);
        Ok(Next::Push(Box::new(inner_frame)))
    }
}

impl Machine {
    /// `globals()`, `locals()`, `vars()`, `dir()`: the names that are bound here, as they are now.
    fn scope(&self, what: &str, frame: &Frame) -> Value {
        let mut names = Dict::default();
        if what == "globals" || frame.code.kind == Kind::Module {
            let program = self.libraries.iter().find(|p| p.code.module == frame.code.module);
            let program = program.unwrap_or(&self.program);
            let values = self.globals.get(program.first as usize..).unwrap_or_default();
            for (name, value) in program.globals.iter().zip(values).filter(|(_, v)| v.is_bound()) {
                names.set_str(name, value.clone());
            }
            names.set_str("__name__", Value::str(frame.code.module));
        } else if let Some(class) = &frame.class {
            for (name, value) in class.names.all() {
                names.set_str(&name, value);
            }
        } else {
            let values = self.stack.get(frame.base..).unwrap_or_default();
            let cells = frame.code.cells.iter().zip(&frame.cells);
            let locals = frame.code.locals.iter().zip(values).map(|(name, value)| (name, value.clone()));
            let all = locals.chain(cells.map(|(name, cell)| (name, cell.value.borrow().clone())));
            for (name, value) in all.filter(|(name, v)| v.is_bound() && !name.starts_with('.')) {
                names.set_str(name, value);
            }
        }
        if what == "dir" {
            let mut all: Vec<Rc<str>> =
                names.iter().filter_map(|(k, _)| Some(Rc::from(k.as_str()?))).collect();
            all.sort();
            return Value::list(all.into_iter().map(Value::Str).collect());
        }
        Value::dict(names)
    }
}

fn is_scope(name: &str) -> bool {
    matches!(name, "globals" | "locals" | "vars" | "dir")
}

/// How messages name what is called.
pub(super) fn called(callee: &Value) -> String {
    match callee {
        Value::Function(function) => format!("{}.{}()", function.code.module, function.code.qualified),
        Value::Native(native) => format!("{}()", native.name),
        Value::Type(table) => format!("{}()", table.name),
        Value::Class(class) => format!("{}.{}()", class.module, class.qualified),
        other => format!("{} object", other.type_name()),
    }
}
