//! The instructions that may run functions of ours. Operands stay on the stack until an instruction succeeds, because
//! one that asked for something is executed again.

use std::rc::Rc;

use gradloom_engine::CallSite;

use super::Machine;
use super::call::captured;
use super::frame::{Frame, Returns};
use crate::code::{Code, Instr, Span};
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
    /// The place in the program that calls it.
    pub origin: Span,
    pub caller: Option<Rc<CallSite>>,
}

impl Machine {
    /// Puts a result in the place of the topmost operands.
    pub(super) fn replace(&mut self, operands: usize, value: Value) -> Result<Next> {
        self.drop_top(operands);
        self.stack.push(value);
        Ok(Next::Go)
    }

    pub(super) fn drop_top(&mut self, operands: usize) {
        self.stack.truncate(self.stack.len().saturating_sub(operands));
    }

    pub(super) fn top(&self, n: usize) -> &[Value] {
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
                let own = frame.class.as_ref().and_then(|c| c.names.get(&name));
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
                    && self.cx.answers.is_empty()
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
                    names: Default::default(),
                    said: Default::default(),
                };
                return self.replace(2, Value::Function(Rc::new(function)));
            }
            Instr::MakeClass(i) => return self.begin_class(i, frame, code),
            Instr::EndClass => {
                let Some(body) = &frame.class else { return Ok(Next::Leave(Value::None)) };
                let class = crate::types::class::make(&mut self.cx, code, body)?;
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
        let programs = self.libraries.iter().rev().chain(std::iter::once(&self.program));
        let mut names = programs.filter_map(|p| p.globals.get(i.checked_sub(p.first)? as usize));
        names.next().cloned().unwrap_or_else(|| Rc::from(""))
    }
}
