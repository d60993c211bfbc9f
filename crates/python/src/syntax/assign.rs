//! Assignments.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtAssign, StmtAugAssign};
use ruff_text_size::Ranged;

use super::expr::operator;
use super::unit::Lowerer;
use super::{Refusal, Result};
use crate::code::{Instr, Kind};
use crate::value::Value;

impl<'a> Lowerer<'a> {
    pub fn assign(&mut self, assign: &'a StmtAssign) -> Result {
        self.expr(&assign.value)?;
        for (i, target) in assign.targets.iter().enumerate() {
            if i + 1 < assign.targets.len() {
                self.emit(Instr::Dup);
            }
            self.target(target)?;
        }
        Ok(())
    }

    pub fn annotated(&mut self, assign: &'a StmtAnnAssign) -> Result {
        if let Some(value) = &assign.value {
            self.expr(value)?;
            self.target(&assign.target)?;
        }
        if let (Expr::Name(name), Kind::Class) = (&*assign.target, self.unit.code.kind) {
            self.annotation(&assign.annotation)?;
            self.load("__annotations__");
            self.constant(Value::str(name.id.as_str()));
            self.emit_at(Instr::SetItem, assign);
        }
        Ok(())
    }

    /// Pushes an annotation. Of those that are more than a name or a constant only the text is kept.
    pub fn annotation(&mut self, annotation: &'a Expr) -> Result {
        if is_evaluated(annotation) {
            return self.expr(annotation);
        }
        let text = self.source.get(annotation.range().to_std_range()).unwrap_or_default();
        self.constant(Value::str(text));
        Ok(())
    }

    /// Binds the value on the stack.
    pub fn target(&mut self, target: &'a Expr) -> Result {
        match target {
            Expr::Name(name) => {
                self.at(name);
                self.store(&name.id);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                let name = self.name(&attribute.attr);
                self.emit_at(Instr::StoreAttr(name), target);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                self.expr(&subscript.slice)?;
                self.subscript_at(Instr::SetItem, subscript);
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, target)?,
            Expr::List(list) => self.unpack(&list.elts, target)?,
            Expr::Starred(_) => {
                return Err(Refusal::syntax("starred assignment target must be in a list or tuple", target));
            }
            _ => return Err(Refusal::syntax("cannot assign to expression", target)),
        }
        Ok(())
    }

    fn unpack(&mut self, targets: &'a [Expr], whole: &'a Expr) -> Result {
        let mut stars = targets.iter().enumerate().filter(|(_, t)| t.is_starred_expr());
        let star = stars.next().map(|(at, _)| at);
        if let Some((_, second)) = stars.next() {
            return Err(Refusal::syntax("multiple starred expressions in assignment", second));
        }
        match star {
            Some(at) if at > usize::from(u16::MAX) => {
                return Err(Refusal::syntax("too many expressions in star-unpacking assignment", whole));
            }
            Some(at) => {
                self.emit_at(Instr::UnpackStar(at as u16, (targets.len() - at - 1) as u32), whole);
            }
            None => {
                self.emit_at(Instr::Unpack(targets.len() as u32), whole);
            }
        }
        for target in targets {
            match target {
                Expr::Starred(starred) => self.target(&starred.value)?,
                other => self.target(other)?,
            }
        }
        Ok(())
    }

    pub fn augmented(&mut self, assign: &'a StmtAugAssign) -> Result {
        let op = Instr::InPlace(operator(assign.op));
        match &*assign.target {
            Expr::Name(name) => {
                self.at(name);
                self.load(&name.id);
                self.expr(&assign.value)?;
                self.emit_at(op, assign);
                self.store(&name.id);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                self.emit(Instr::Dup);
                let name = self.name(&attribute.attr);
                self.emit_at(Instr::LoadAttr(name), attribute);
                self.expr(&assign.value)?;
                self.emit_at(op, assign);
                self.emit(Instr::Swap);
                self.emit_at(Instr::StoreAttr(name), attribute);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                self.expr(&subscript.slice)?;
                self.emit(Instr::DupTwo);
                self.subscript_at(Instr::GetItem, subscript);
                self.expr(&assign.value)?;
                self.emit_at(op, assign);
                self.emit(Instr::RotThree);
                self.subscript_at(Instr::SetItem, subscript);
            }
            other => return Err(Refusal::syntax("illegal expression for augmented assignment", other)),
        }
        Ok(())
    }

    /// `del target`.
    pub fn delete_target(&mut self, target: &'a Expr) -> Result {
        match target {
            Expr::Name(name) => {
                self.at(name);
                self.delete(&name.id);
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                let name = self.name(&attribute.attr);
                self.emit_at(Instr::DeleteAttr(name), target);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                self.expr(&subscript.slice)?;
                self.subscript_at(Instr::DeleteItem, subscript);
            }
            Expr::Tuple(tuple) => {
                for target in &tuple.elts {
                    self.delete_target(target)?;
                }
            }
            Expr::List(list) => {
                for target in &list.elts {
                    self.delete_target(target)?;
                }
            }
            _ => return Err(Refusal::syntax("cannot delete expression", target)),
        }
        Ok(())
    }
}

/// Whether an annotation has a value, and not only its text.
pub(super) fn is_evaluated(annotation: &Expr) -> bool {
    matches!(annotation, Expr::Name(_) | Expr::NoneLiteral(_) | Expr::StringLiteral(_))
}
