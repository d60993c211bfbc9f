//! The loop. What is common and quick is done here; everything else is in `slow`.

use super::frame::{Entry, Frame};
use super::slow::Next;
use super::{Machine, Pause};
use crate::code::{Code, Instr};
use crate::error::{Exception, Interrupt, NAME_ERROR, UNBOUND_LOCAL_ERROR};
use crate::iter::IterState;
use crate::native::BinaryOp;
use crate::value::Value;

impl Machine {
    #[inline]
    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or_default()
    }

    /// The operand so many places below the top.
    #[inline]
    pub(super) fn peek(&self, below: usize) -> &Value {
        const NONE: &Value = &Value::Unbound;
        self.stack.len().checked_sub(below + 1).and_then(|at| self.stack.get(at)).unwrap_or(NONE)
    }

    pub(super) fn run_frame(&mut self, mut frame: Box<Frame>, fuel: &mut u64) -> Option<Pause> {
        let code = frame.code.clone();
        frame.waiting = false;
        self.cx.answers = std::mem::take(&mut frame.answers);
        loop {
            if *fuel == 0 {
                frame.answers = std::mem::take(&mut self.cx.answers);
                self.entries.push(Entry::Frame(frame));
                return Some(Pause::Slice);
            }
            *fuel -= 1;
            let Some(&instr) = code.instrs.get(frame.pc) else {
                // The compiler ends every code with a return.
                return None;
            };
            match self.quick(instr, &mut frame, &code) {
                Quick::Done => frame.pc += 1,
                Quick::Jump(target) => frame.pc = target as usize,
                Quick::Line => {
                    let line = code.span(frame.pc).line;
                    frame.pc += 1;
                    if self.trace || self.breakpoints.get(line as usize).is_some_and(|&b| b) {
                        self.cx.line = line;
                        self.entries.push(Entry::Frame(frame));
                        return Some(Pause::Line(line));
                    }
                }
                Quick::Slow => {
                    self.set_site(&mut frame);
                    self.cx.asked = 0;
                    let result = self.slow(instr, &mut frame, &code);
                    *fuel = fuel.saturating_sub(std::mem::take(&mut self.cx.charge));
                    match result {
                        Ok(Next::Go) => frame.pc += 1,
                        Ok(Next::Jump(target)) => frame.pc = target as usize,
                        Ok(Next::Enter(entered)) => {
                            self.cx.answers.clear();
                            frame.pc += 1;
                            frame.waiting = true;
                            self.entries.push(Entry::Frame(frame));
                            return self.enter(entered);
                        }
                        Ok(Next::Push(inner)) => {
                            self.cx.answers.clear();
                            frame.pc += 1;
                            frame.waiting = true;
                            self.entries.push(Entry::Frame(frame));
                            return self.push_frame(inner);
                        }
                        Ok(Next::Leave(value)) => {
                            self.cx.answers.clear();
                            self.leave(frame, value);
                            return None;
                        }
                        Ok(Next::Suspend(value)) => {
                            self.cx.answers.clear();
                            frame.pc += 1;
                            self.suspend(frame, value);
                            return None;
                        }
                        Err(Interrupt::Raise(exception)) => {
                            self.cx.answers.clear();
                            self.entries.push(Entry::Frame(frame));
                            return self.unwind(exception);
                        }
                        Err(Interrupt::Ask) => {
                            frame.answers = std::mem::take(&mut self.cx.answers);
                            self.entries.push(Entry::Frame(frame));
                            return self.begin();
                        }
                    }
                    if !self.cx.answers.is_empty() {
                        self.cx.answers.clear();
                    }
                }
            }
        }
    }

    /// The instructions that need nothing but the stack.
    #[inline]
    fn quick(&mut self, instr: Instr, frame: &mut Frame, code: &Code) -> Quick {
        match instr {
            Instr::Line if !self.watch => {}
            Instr::Line => return Quick::Line,
            Instr::Const(i) => match code.consts.get(i as usize) {
                Some(value) => self.stack.push(value.clone()),
                None => return Quick::Slow,
            },
            Instr::LoadLocal(i) => match self.stack.get(frame.base + i as usize) {
                Some(Value::Unbound) | None => return Quick::Slow,
                Some(value) => {
                    let value = value.clone();
                    self.stack.push(value);
                }
            },
            Instr::StoreLocal(i) => {
                let value = self.pop();
                if let Some(slot) = self.stack.get_mut(frame.base + i as usize) {
                    *slot = value;
                }
                if let (Some(bound), Some(span)) = (frame.bound.get_mut(i as usize), code.spans.get(frame.pc))
                {
                    *bound = span.line;
                }
            }
            Instr::LoadGlobal(i) => match self.globals.get(i as usize) {
                Some(Value::Unbound) | None => match self.builtins.get(i as usize) {
                    Some(Value::Unbound) | None => return Quick::Slow,
                    Some(value) => self.stack.push(value.clone()),
                },
                Some(value) => self.stack.push(value.clone()),
            },
            Instr::StoreGlobal(i) => {
                let value = self.pop();
                if let Some(slot) = self.globals.get_mut(i as usize) {
                    *slot = value;
                }
                if let (Some(bound), Some(span)) =
                    (self.global_lines.get_mut(i as usize), code.spans.get(frame.pc))
                {
                    *bound = span.line;
                }
            }
            Instr::LoadCell(i) => {
                let value = frame.cells.get(i as usize).map(|c| c.value.borrow().clone()).unwrap_or_default();
                if !value.is_bound() {
                    return Quick::Slow;
                }
                self.stack.push(value);
            }
            Instr::StoreCell(i) => {
                let value = self.pop();
                if let Some(cell) = frame.cells.get(i as usize) {
                    cell.line.set(code.span(frame.pc).line);
                    drop(cell.value.replace(value));
                }
            }
            Instr::Binary(op) | Instr::InPlace(op) => {
                let value = match (self.peek(1), self.peek(0)) {
                    (Value::Int(a), Value::Int(b)) => match crate::arith::short(op, *a, *b) {
                        Some(value) => value,
                        None => return Quick::Slow,
                    },
                    (Value::Float(a), Value::Float(b)) => match quick_float(op, *a, *b) {
                        Some(value) => Value::Float(value),
                        None => return Quick::Slow,
                    },
                    _ => return Quick::Slow,
                };
                self.stack.pop();
                if let Some(top) = self.stack.last_mut() {
                    *top = value;
                }
            }
            Instr::Compare(op) => {
                let holds = match (self.peek(1), self.peek(0)) {
                    (Value::Int(a), Value::Int(b)) => op.holds(Some(a.cmp(b))),
                    (Value::Float(a), Value::Float(b)) => op.holds(a.partial_cmp(b)),
                    _ => return Quick::Slow,
                };
                self.stack.pop();
                if let Some(top) = self.stack.last_mut() {
                    *top = Value::Bool(holds);
                }
            }
            Instr::Is(negated) => {
                let is = self.peek(1).is(self.peek(0));
                self.stack.truncate(self.stack.len().saturating_sub(2));
                self.stack.push(Value::Bool(is != negated));
            }
            Instr::Jump(target) => return Quick::Jump(target),
            Instr::JumpIfFalse(target) | Instr::JumpIfTrue(target) => {
                let &Value::Bool(truth) = self.peek(0) else { return Quick::Slow };
                self.stack.pop();
                if truth == matches!(instr, Instr::JumpIfTrue(_)) {
                    return Quick::Jump(target);
                }
            }
            Instr::ForIter(_) => {
                let item = match self.peek(0) {
                    Value::Iter(iter) => match &mut *iter.state.borrow_mut() {
                        IterState::Range(next, step, left @ 1..) => {
                            let value = Value::Int(*next);
                            *next = next.wrapping_add(*step);
                            *left -= 1;
                            value
                        }
                        _ => return Quick::Slow,
                    },
                    _ => return Quick::Slow,
                };
                self.stack.push(item);
            }
            Instr::LoopTurn => {
                if let Some(current) = frame.loops.last_mut() {
                    current.turns += 1;
                    self.cx.engine.turn(current.line);
                }
            }
            Instr::LoopEnd => {
                frame.loops.pop();
            }
            Instr::Pop => {
                self.stack.pop();
            }
            Instr::Dup => {
                let top = self.peek(0).clone();
                self.stack.push(top);
            }
            Instr::DupTwo => {
                let pair = [self.peek(1).clone(), self.peek(0).clone()];
                self.stack.extend(pair);
            }
            Instr::Swap => self.rotate(2),
            Instr::RotThree => self.rotate(3),
            Instr::RotFour => self.rotate(4),
            Instr::PushUnbound => self.stack.push(Value::Unbound),
            _ => return Quick::Slow,
        }
        Quick::Done
    }

    /// Puts the topmost value below the n - 1 others.
    fn rotate(&mut self, n: usize) {
        let from = self.stack.len().saturating_sub(n);
        if let Some(part) = self.stack.get_mut(from..) {
            part.rotate_right(1);
        }
    }

    /// `NameError` or `UnboundLocalError`, with a name that was perhaps meant.
    pub(super) fn unbound(&self, name: &str, local: bool, free: bool, frame: &Frame) -> Interrupt {
        if local {
            let message =
                format!("cannot access local variable '{name}' where it is not associated with a value");
            return Exception::new(&UNBOUND_LOCAL_ERROR, message).raise();
        }
        if free {
            let message = format!(
                "cannot access free variable '{name}' where it is not associated with a value in enclosing scope"
            );
            return Exception::new(&NAME_ERROR, message).raise();
        }
        let bound =
            self.program.globals.iter().zip(&self.globals).filter(|(_, v)| v.is_bound()).map(|(n, _)| &**n);
        let locals = frame.code.locals.iter().map(|n| &**n);
        let cells = frame.code.cells.iter().map(|n| &**n);
        let mut known: Vec<&str> = locals.chain(cells).chain(bound).collect();
        // Each one by itself: names that live forever would make all of them do so.
        crate::builtins::names().for_each(|builtin| known.push(builtin));
        let help = match crate::suggest::nearest(name, known.into_iter()) {
            Some(near) => format!("Did you mean: '{near}'?"),
            None if crate::modules::find(name).is_some() => format!("Did you forget to import '{name}'?"),
            None => String::new(),
        };
        Exception::new(&NAME_ERROR, format!("name '{name}' is not defined")).help(help).raise()
    }
}

enum Quick {
    Done,
    Jump(u32),
    Line,
    Slow,
}

#[inline]
fn quick_float(op: BinaryOp, a: f64, b: f64) -> Option<f64> {
    match op {
        BinaryOp::Add => Some(a + b),
        BinaryOp::Sub => Some(a - b),
        BinaryOp::Mul => Some(a * b),
        BinaryOp::Div if b != 0.0 => Some(a / b),
        _ => None,
    }
}
