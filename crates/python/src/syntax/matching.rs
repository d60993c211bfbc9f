//! `match`: every pattern is a test that jumps on where it fails. Values wait in locals that no program can name, so the
//! stack is the same at every jump; names are bound when the whole pattern fits.

use ruff_python_ast::{Expr, MatchCase, Pattern, Singleton, StmtMatch};
use ruff_text_size::{Ranged, TextRange};

use super::unit::Lowerer;
use super::{Refusal, Result};
use crate::code::Instr;
use crate::native::CompareOp;
use crate::value::{Slice, Value};

/// A pattern being lowered.
struct Case {
    /// Jumps to take where it does not fit.
    fails: Vec<usize>,
    /// What it captures.
    names: Vec<String>,
}

/// Where a captured value waits.
fn waiting(name: &str) -> String {
    format!(".={name}")
}

impl<'a> Lowerer<'a> {
    pub fn match_stmt(&mut self, stmt: &'a StmtMatch) -> Result {
        self.expr(&stmt.subject)?;
        let depth = self.unit.blocks.len();
        let subject = self.local(&format!(".match{depth}"));
        self.emit(Instr::StoreLocal(subject));
        let mut ends = Vec::new();
        for (i, case) in stmt.cases.iter().enumerate() {
            let last = i + 1 == stmt.cases.len();
            if let (Some(what), false) = (irrefutable(case), last) {
                let message = format!("{what} makes remaining patterns unreachable");
                return Err(Refusal::syntax(message, &case.pattern));
            }
            self.emit_at(Instr::Line, TextRange::new(case.start(), case.pattern.end()));
            let mut state = Case { fails: Vec::new(), names: Vec::new() };
            self.pattern(&case.pattern, subject, &mut state)?;
            for name in std::mem::take(&mut state.names) {
                self.at(&case.pattern);
                let from = self.local(&waiting(&name));
                self.emit(Instr::LoadLocal(from));
                self.store(&name);
            }
            if let Some(guard) = &case.guard {
                state.fails.push(self.jump_if_false(guard)?);
            }
            self.body(&case.body)?;
            ends.push(self.emit(Instr::Jump(0)));
            state.fails.into_iter().for_each(|jump| self.land(jump));
        }
        ends.into_iter().for_each(|end| self.land(end));
        Ok(())
    }

    /// A place for a part of the value at `of`.
    fn part_of(&mut self, of: u32) -> u32 {
        let name = format!(".{of}.{}", self.unit.code.locals.len());
        self.local(&name)
    }

    fn fail_if_false(&mut self, case: &mut Case) {
        case.fails.push(self.emit(Instr::JumpIfFalse(0)));
    }

    /// Binds a name to the value at a place, once the whole pattern fits.
    fn capture(&mut self, name: &str, from: u32, place: impl Ranged, case: &mut Case) -> Result {
        if case.names.iter().any(|n| n == name) {
            return Err(Refusal::syntax(format!("multiple assignments to name '{name}' in pattern"), place));
        }
        case.names.push(name.to_owned());
        let to = self.local(&waiting(name));
        self.emit(Instr::LoadLocal(from));
        self.emit(Instr::StoreLocal(to));
        Ok(())
    }

    /// Tests the value at a place.
    fn pattern(&mut self, pattern: &'a Pattern, subject: u32, case: &mut Case) -> Result {
        self.at(pattern);
        match pattern {
            Pattern::MatchValue(value) => {
                self.emit(Instr::LoadLocal(subject));
                self.expr(&value.value)?;
                self.emit_at(Instr::Compare(CompareOp::Eq), pattern);
                self.fail_if_false(case);
            }
            Pattern::MatchSingleton(singleton) => {
                self.emit(Instr::LoadLocal(subject));
                self.constant(match singleton.value {
                    Singleton::None => Value::None,
                    Singleton::True => Value::Bool(true),
                    Singleton::False => Value::Bool(false),
                });
                self.emit(Instr::Is(false));
                self.fail_if_false(case);
            }
            Pattern::MatchSequence(sequence) => self.sequence_pattern(&sequence.patterns, subject, case)?,
            Pattern::MatchMapping(mapping) => {
                self.emit(Instr::LoadLocal(subject));
                self.emit(Instr::MatchMapping);
                self.fail_if_false(case);
                for (key, inner) in mapping.keys.iter().zip(&mapping.patterns) {
                    self.expr(key)?;
                    self.emit(Instr::LoadLocal(subject));
                    self.emit(Instr::In(false));
                    self.fail_if_false(case);
                    self.emit(Instr::LoadLocal(subject));
                    self.expr(key)?;
                    self.emit(Instr::GetItem);
                    self.stored_pattern(inner, subject, case)?;
                }
                if let Some(rest) = &mapping.rest {
                    let place = self.part_of(subject);
                    self.rest_of(&mapping.keys, subject)?;
                    self.emit(Instr::StoreLocal(place));
                    self.capture(rest, place, rest, case)?;
                }
            }
            Pattern::MatchClass(class) => {
                self.emit(Instr::LoadLocal(subject));
                self.expr(&class.cls)?;
                let names = class.arguments.keywords.iter().map(|k| Value::str(k.attr.as_str())).collect();
                let names = self.constant_index(Value::tuple(names));
                let positional = class.arguments.patterns.len();
                self.emit_at(Instr::MatchClass(positional.min(usize::from(u16::MAX)) as u16, names), pattern);
                let parts = self.part_of(subject);
                self.emit(Instr::StoreLocal(parts));
                self.emit(Instr::LoadLocal(parts));
                self.constant(Value::None);
                self.emit(Instr::Is(true));
                self.fail_if_false(case);
                let by_name = class.arguments.keywords.iter().map(|k| &k.pattern);
                for (i, inner) in class.arguments.patterns.iter().chain(by_name).enumerate() {
                    self.emit(Instr::LoadLocal(parts));
                    self.constant(Value::from(i));
                    self.emit(Instr::GetItem);
                    self.stored_pattern(inner, subject, case)?;
                }
            }
            Pattern::MatchStar(star) => {
                return Err(Refusal::syntax("can't use starred expression here", star));
            }
            Pattern::MatchAs(named) => {
                if let Some(inner) = &named.pattern {
                    self.pattern(inner, subject, case)?;
                }
                if let Some(name) = &named.name {
                    self.capture(name, subject, name, case)?;
                }
            }
            Pattern::MatchOr(either) => {
                let mut fits = Vec::new();
                let before = case.names.clone();
                let mut captured: Option<Vec<String>> = None;
                for (i, inner) in either.patterns.iter().enumerate() {
                    let last = i + 1 == either.patterns.len();
                    if let (Some(what), false) = (irrefutable_pattern(inner), last) {
                        let message = format!("{what} makes remaining patterns unreachable");
                        return Err(Refusal::syntax(message, inner));
                    }
                    let mut alternative = Case { fails: Vec::new(), names: before.clone() };
                    self.pattern(inner, subject, &mut alternative)?;
                    let names = alternative.names.clone();
                    let same = |held: &Vec<String>| {
                        held.len() == names.len() && names.iter().all(|n| held.contains(n))
                    };
                    if !captured.as_ref().is_none_or(same) {
                        return Err(Refusal::syntax("alternative patterns bind different names", pattern));
                    }
                    captured = Some(names);
                    case.names = alternative.names;
                    if last {
                        case.fails.extend(alternative.fails);
                    } else {
                        fits.push(self.emit(Instr::Jump(0)));
                        alternative.fails.into_iter().for_each(|jump| self.land(jump));
                    }
                }
                fits.into_iter().for_each(|jump| self.land(jump));
            }
        }
        Ok(())
    }

    /// Tests the value on the stack.
    fn stored_pattern(&mut self, pattern: &'a Pattern, of: u32, case: &mut Case) -> Result {
        let place = self.part_of(of);
        self.emit(Instr::StoreLocal(place));
        self.pattern(pattern, place, case)
    }

    fn sequence_pattern(&mut self, patterns: &'a [Pattern], subject: u32, case: &mut Case) -> Result {
        let mut stars = patterns.iter().enumerate().filter(|(_, p)| p.is_match_star());
        let star = stars.next().map(|(at, _)| at);
        if let Some((_, second)) = stars.next() {
            return Err(Refusal::syntax("multiple starred expressions in sequence pattern", second));
        }
        let least = patterns.len() - usize::from(star.is_some());
        self.emit(Instr::LoadLocal(subject));
        self.emit(Instr::MatchSequence(least as u32, star.is_some()));
        self.fail_if_false(case);
        for (i, pattern) in patterns.iter().enumerate() {
            if let Pattern::MatchStar(starred) = pattern {
                let Some(name) = &starred.name else { continue };
                // A list, whatever the sequence is.
                self.emit(Instr::BuildList(0));
                self.emit(Instr::LoadLocal(subject));
                let stop = i as i64 + 1 - patterns.len() as i64;
                let stop = if stop == 0 { Value::None } else { Value::Int(stop) };
                let slice = Slice { start: Value::from(i), stop, step: Value::None };
                self.constant(Value::Slice(slice.into()));
                self.emit(Instr::GetItem);
                self.emit(Instr::ListExtend(false));
                let place = self.part_of(subject);
                self.emit(Instr::StoreLocal(place));
                self.capture(name, place, starred, case)?;
                continue;
            }
            let at = match star {
                Some(star) if i > star => i as i64 - patterns.len() as i64,
                _ => i as i64,
            };
            self.emit(Instr::LoadLocal(subject));
            self.constant(Value::Int(at));
            self.emit(Instr::GetItem);
            self.stored_pattern(pattern, subject, case)?;
        }
        Ok(())
    }

    /// Pushes a mapping without these keys.
    fn rest_of(&mut self, keys: &'a [Expr], subject: u32) -> Result {
        self.emit(Instr::BuildDict(0));
        self.emit(Instr::LoadLocal(subject));
        self.emit(Instr::DictUpdate);
        for key in keys {
            self.emit(Instr::Dup);
            self.expr(key)?;
            self.emit(Instr::DeleteItem);
        }
        Ok(())
    }
}

/// What a case always fits by.
fn irrefutable(case: &MatchCase) -> Option<String> {
    if case.guard.is_some() { None } else { irrefutable_pattern(&case.pattern) }
}

fn irrefutable_pattern(pattern: &Pattern) -> Option<String> {
    match pattern {
        Pattern::MatchAs(named) if named.pattern.is_none() => Some(match &named.name {
            Some(name) => format!("name capture '{name}'"),
            None => "wildcard".to_owned(),
        }),
        Pattern::MatchAs(named) => named.pattern.as_ref().and_then(|inner| irrefutable_pattern(inner)),
        Pattern::MatchOr(either) => either.patterns.last().and_then(irrefutable_pattern),
        _ => None,
    }
}
