//! Statements.

use ruff_python_ast::{Stmt, StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

use super::unit::{BlockKind, Lowerer};
use super::{Refusal, Result};
use crate::code::{Instr, Kind};
use crate::value::Value;

impl<'a> Lowerer<'a> {
    pub fn body(&mut self, body: &'a [Stmt]) -> Result {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Result {
        // Nothing happens at these.
        match stmt {
            Stmt::Global(_) | Stmt::Nonlocal(_) => return Ok(()),
            Stmt::Expr(inner) if inner.value.is_string_literal_expr() => return Ok(()),
            Stmt::AnnAssign(assign) if assign.value.is_none() && self.unit.code.kind != Kind::Class => {
                return Ok(());
            }
            _ => {}
        }
        self.emit_at(Instr::Line, stmt);
        match stmt {
            Stmt::Expr(inner) => {
                self.expr(&inner.value)?;
                self.emit(Instr::Pop);
            }
            Stmt::Assign(assign) => self.assign(assign)?,
            Stmt::AugAssign(assign) => self.augmented(assign)?,
            Stmt::AnnAssign(assign) => self.annotated(assign)?,
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    self.delete_target(target)?;
                }
            }
            Stmt::Pass(_) => {}
            Stmt::If(inner) => self.if_stmt(inner)?,
            Stmt::For(inner) => self.for_stmt(inner)?,
            Stmt::While(inner) => self.while_stmt(inner)?,
            Stmt::Break(_) => self.break_stmt(stmt)?,
            Stmt::Continue(_) => self.continue_stmt(stmt)?,
            Stmt::With(inner) => {
                if inner.is_async {
                    return Err(Refusal::unsupported("'async with' is", stmt));
                }
                self.with_stmt(&inner.items, &inner.body, stmt)?;
            }
            Stmt::Try(inner) => self.try_stmt(inner)?,
            Stmt::Raise(raise) => {
                let mut count = 0;
                for part in [&raise.exc, &raise.cause].into_iter().flatten() {
                    self.expr(part)?;
                    count += 1;
                }
                self.emit_at(Instr::Raise(count), stmt);
            }
            Stmt::Assert(assert) => {
                self.expr(&assert.test)?;
                let holds = self.emit_at(Instr::JumpIfTrue(0), &*assert.test);
                if let Some(message) = &assert.msg {
                    self.expr(message)?;
                }
                self.emit_at(Instr::FailAssert(assert.msg.is_some()), &*assert.test);
                self.land(holds);
            }
            Stmt::Return(inner) => {
                if !matches!(self.unit.code.kind, Kind::Function | Kind::Generator) {
                    return Err(Refusal::syntax("'return' outside function", stmt));
                }
                match &inner.value {
                    Some(value) => self.expr(value)?,
                    None => self.constant(Value::None),
                }
                self.at(stmt);
                self.return_value()?;
            }
            Stmt::FunctionDef(def) => self.function(def)?,
            Stmt::ClassDef(def) => self.class(def)?,
            Stmt::Import(import) => self.import(import)?,
            Stmt::ImportFrom(import) => self.import_from(import)?,
            Stmt::Match(inner) => self.match_stmt(inner)?,
            Stmt::TypeAlias(_) => return Err(Refusal::unsupported("the 'type' statement is", stmt)),
            Stmt::IpyEscapeCommand(_) => return Err(Refusal::syntax("invalid syntax", stmt)),
            Stmt::Global(_) | Stmt::Nonlocal(_) => {}
        }
        Ok(())
    }

    /// Whether an exception here would be handled, so that a missing module is not refused before the start.
    fn is_guarded(&self) -> bool {
        let guarded = |unit: &super::unit::Unit| unit.blocks.iter().any(|b| matches!(b.kind, BlockKind::Try));
        guarded(&self.unit) || self.units.iter().any(guarded)
    }

    fn require(&self, module: &str, place: impl Ranged) -> Result {
        if crate::modules::find(module).is_none() && !self.is_guarded() {
            let message = format!(
                "No module named '{module}': here are torch, numpy, matplotlib and some of Python's own"
            );
            return Err(Refusal::new("ModuleNotFoundError", message, place));
        }
        Ok(())
    }

    fn import(&mut self, import: &'a StmtImport) -> Result {
        for alias in &import.names {
            self.require(&alias.name, alias)?;
            let name = self.name(&alias.name);
            self.emit_at(Instr::Import(u16::from(alias.asname.is_some()), name), alias);
            match &alias.asname {
                Some(bound) => self.store(bound),
                None => self.store(alias.name.split('.').next().unwrap_or_default()),
            }
        }
        Ok(())
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) -> Result {
        let Some(module) = import.module.as_ref().filter(|_| import.level == 0) else {
            let message = "attempted relative import with no known parent package";
            return Err(Refusal::new("ImportError", message, import));
        };
        if module.as_str() == "__future__" {
            return Ok(());
        }
        self.require(module, import)?;
        let name = self.name(module);
        self.emit_at(Instr::Import(1, name), import);
        let known = crate::modules::find(module);
        for alias in &import.names {
            if alias.name.as_str() == "*" {
                for member in known.into_iter().flat_map(|m| m.names()).filter(|n| !n.starts_with('_')) {
                    let name = self.name(member);
                    self.emit(Instr::ImportFrom(name));
                    self.store(member);
                }
                continue;
            }
            if let Some(module) = known
                && !self.is_guarded()
                && !module.names().any(|n| n == alias.name.as_str())
            {
                let error = crate::modules::cannot_import(module, &alias.name);
                let message =
                    error.args.borrow().first().and_then(Value::as_str).unwrap_or_default().to_owned();
                let message =
                    if error.help.is_empty() { message } else { format!("{message}. {}", error.help) };
                return Err(Refusal::new("ImportError", message, alias));
            }
            let name = self.name(&alias.name);
            self.emit_at(Instr::ImportFrom(name), import);
            self.store(alias.asname.as_ref().unwrap_or(&alias.name));
        }
        self.emit(Instr::Pop);
        Ok(())
    }
}
