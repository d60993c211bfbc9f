//! Loops, `with`, `try`, and the ways out of them.

use ruff_python_ast::{
    ElifElseClause, ExceptHandler, Expr, Stmt, StmtFor, StmtIf, StmtTry, StmtWhile, WithItem,
};
use ruff_text_size::{Ranged, TextRange};

use super::unit::{Block, BlockKind, Lowerer};
use super::{Refusal, Result};
use crate::code::Instr;
use crate::value::Value;

impl<'a> Lowerer<'a> {
    pub fn if_stmt(&mut self, stmt: &'a StmtIf) -> Result {
        // What only a checker of types is to see is not there.
        let checking = match &*stmt.test {
            Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
            Expr::Attribute(attribute) => attribute.attr.as_str() == "TYPE_CHECKING",
            _ => false,
        };
        if let (true, [] | [ElifElseClause { test: None, .. }]) = (checking, &stmt.elif_else_clauses[..]) {
            return stmt.elif_else_clauses.iter().try_for_each(|clause| self.body(&clause.body));
        }
        let mut ends = Vec::new();
        let mut otherwise = Some(self.jump_if_false(&stmt.test)?);
        self.body(&stmt.body)?;
        for clause in &stmt.elif_else_clauses {
            ends.push(self.emit(Instr::Jump(0)));
            if let Some(jump) = otherwise.take() {
                self.land(jump);
            }
            if let Some(test) = &clause.test {
                self.emit_at(Instr::Line, test);
                otherwise = Some(self.jump_if_false(test)?);
            }
            self.body(&clause.body)?;
        }
        if let Some(jump) = otherwise {
            self.land(jump);
        }
        ends.into_iter().for_each(|end| self.land(end));
        Ok(())
    }

    fn begin_loop(&mut self, start: u32, iterator: bool) {
        self.unit.depth += u32::from(iterator);
        self.unit.loops += 1;
        self.push_block(BlockKind::Loop { start, breaks: Vec::new(), iterator });
    }

    fn end_loop(&mut self, iterator: bool, orelse: &'a [Stmt]) -> Result {
        let block = self.unit.blocks.pop();
        self.unit.depth -= u32::from(iterator);
        self.unit.loops -= 1;
        self.emit(Instr::LoopEnd);
        self.body(orelse)?;
        if let Some(Block { kind: BlockKind::Loop { breaks, .. }, .. }) = block {
            breaks.into_iter().for_each(|jump| self.land(jump));
        }
        Ok(())
    }

    pub fn for_stmt(&mut self, stmt: &'a StmtFor) -> Result {
        if stmt.is_async {
            return Err(Refusal::unsupported("'async for' is", stmt));
        }
        self.expr(&stmt.iter)?;
        self.emit_at(Instr::GetIter, stmt);
        let header = TextRange::new(stmt.start(), stmt.iter.end());
        self.emit_at(Instr::LoopBegin(true), header);
        let first = self.emit(Instr::Jump(0));
        let top = self.here();
        self.emit_at(Instr::Line, header);
        self.land(first);
        let end = self.emit_at(Instr::ForIter(0), stmt);
        self.begin_loop(top, true);
        self.emit(Instr::LoopTurn);
        self.target(&stmt.target)?;
        self.body(&stmt.body)?;
        self.emit(Instr::Jump(top));
        self.land(end);
        self.end_loop(true, &stmt.orelse)
    }

    pub fn while_stmt(&mut self, stmt: &'a StmtWhile) -> Result {
        let header = TextRange::new(stmt.start(), stmt.test.end());
        self.emit_at(Instr::LoopBegin(false), header);
        let first = self.emit(Instr::Jump(0));
        let top = self.here();
        self.emit_at(Instr::Line, header);
        self.land(first);
        self.begin_loop(top, false);
        let end = self.jump_if_false(&stmt.test)?;
        self.emit(Instr::LoopTurn);
        self.body(&stmt.body)?;
        self.emit(Instr::Jump(top));
        self.land(end);
        self.end_loop(false, &stmt.orelse)
    }

    /// Leaves the blocks down to `keep` of them; a value that is on the stack stays on top.
    fn leave_blocks(&mut self, keep: usize, value: bool, then: impl FnOnce(&mut Self) -> Result) -> Result {
        let state = (self.unit.depth, self.unit.loops, self.unit.handled);
        let mut left: Vec<(Block<'a>, u32)> = Vec::new();
        while self.unit.blocks.len() > keep {
            let Some(block) = self.unit.blocks.pop() else { break };
            let from = self.here();
            self.unit.depth = block.depth + u32::from(value);
            self.unit.loops = block.loops;
            self.unit.handled = block.handled;
            match &block.kind {
                BlockKind::Loop { iterator, .. } => {
                    self.emit(Instr::LoopEnd);
                    if *iterator {
                        self.drop_below(value);
                    }
                }
                BlockKind::With => {
                    if value {
                        self.emit(Instr::Swap);
                    }
                    self.emit(Instr::Exit);
                }
                BlockKind::Try => {}
                BlockKind::Finally(body) => self.body(body)?,
                BlockKind::Handler(name, range) => {
                    self.emit(Instr::EndHandler);
                    self.drop_below(value);
                    if let Some(name) = name {
                        self.unbind(name, *range);
                    }
                }
            }
            left.push((block, from));
        }
        then(self)?;
        let end = self.here();
        (self.unit.depth, self.unit.loops, self.unit.handled) = state;
        for (mut block, from) in left.into_iter().rev() {
            block.gaps.push((from, end));
            self.unit.blocks.push(block);
        }
        Ok(())
    }

    /// Drops the operand on top, or the one below it.
    fn drop_below(&mut self, value: bool) {
        if value {
            self.emit(Instr::Swap);
        }
        self.emit(Instr::Pop);
    }

    /// A handler's name is unbound at its end.
    fn unbind(&mut self, name: &str, range: TextRange) {
        self.at(range);
        self.constant(Value::None);
        self.store(name);
        self.delete(name);
    }

    pub fn return_value(&mut self) -> Result {
        self.leave_blocks(0, true, |this| {
            this.emit(Instr::Return);
            Ok(())
        })
    }

    fn innermost_loop(&self) -> Option<usize> {
        self.unit.blocks.iter().rposition(|b| matches!(b.kind, BlockKind::Loop { .. }))
    }

    pub fn break_stmt(&mut self, stmt: &'a Stmt) -> Result {
        let at = self.innermost_loop().ok_or_else(|| Refusal::syntax("'break' outside loop", stmt))?;
        let mut jump = 0;
        self.leave_blocks(at, false, |this| {
            jump = this.emit(Instr::Jump(0));
            Ok(())
        })?;
        if let Some(Block { kind: BlockKind::Loop { breaks, .. }, .. }) = self.unit.blocks.get_mut(at) {
            breaks.push(jump);
        }
        Ok(())
    }

    pub fn continue_stmt(&mut self, stmt: &'a Stmt) -> Result {
        let at =
            self.innermost_loop().ok_or_else(|| Refusal::syntax("'continue' not properly in loop", stmt))?;
        let top = match self.unit.blocks.get(at) {
            Some(Block { kind: BlockKind::Loop { start, .. }, .. }) => *start,
            _ => 0,
        };
        self.leave_blocks(at + 1, false, |this| {
            this.emit(Instr::Jump(top));
            Ok(())
        })
    }

    pub fn with_stmt(&mut self, items: &'a [WithItem], body: &'a [Stmt], whole: &'a Stmt) -> Result {
        let Some((item, rest)) = items.split_first() else { return self.body(body) };
        self.expr(&item.context_expr)?;
        self.emit_at(Instr::Enter, whole);
        self.unit.depth += 1;
        self.push_block(BlockKind::With);
        let start = self.here();
        match &item.optional_vars {
            Some(target) => self.target(target)?,
            None => drop(self.emit(Instr::Pop)),
        }
        self.with_stmt(rest, body, whole)?;
        let end = self.here();
        let block = self.unit.blocks.pop();
        self.emit_at(Instr::Exit, whole);
        self.unit.depth -= 1;
        let over = self.emit(Instr::Jump(0));
        let target = self.here();
        self.emit(Instr::BeginHandler);
        self.emit(Instr::ExitRaised);
        let swallowed = self.emit(Instr::JumpIfTrue(0));
        self.emit(Instr::Reraise);
        self.land(swallowed);
        self.emit(Instr::EndHandler);
        self.emit(Instr::Pop);
        self.emit(Instr::Pop);
        self.land(over);
        if let Some(block) = block {
            self.handle(start, end, &block.gaps, target, (block.depth, block.loops, block.handled));
        }
        Ok(())
    }

    pub fn try_stmt(&mut self, stmt: &'a StmtTry) -> Result {
        if stmt.is_star {
            return Err(Refusal::unsupported("'except*' is", stmt));
        }
        if stmt.finalbody.is_empty() {
            return self.try_except(stmt);
        }
        self.push_block(BlockKind::Finally(&stmt.finalbody));
        let start = self.here();
        if stmt.handlers.is_empty() {
            self.body(&stmt.body)?
        } else {
            self.try_except(stmt)?
        }
        let end = self.here();
        let Some(block) = self.unit.blocks.pop() else { return Ok(()) };
        self.body(&stmt.finalbody)?;
        let over = self.emit(Instr::Jump(0));
        let target = self.here();
        self.emit(Instr::BeginHandler);
        self.push_block(BlockKind::Handler(None, stmt.range));
        self.unit.depth += 1;
        self.unit.handled += 1;
        self.body(&stmt.finalbody)?;
        self.unit.depth -= 1;
        self.unit.handled -= 1;
        self.unit.blocks.pop();
        self.emit(Instr::Reraise);
        self.handle(start, end, &block.gaps, target, (block.depth, block.loops, block.handled));
        self.land(over);
        Ok(())
    }

    fn try_except(&mut self, stmt: &'a StmtTry) -> Result {
        self.push_block(BlockKind::Try);
        let start = self.here();
        self.body(&stmt.body)?;
        let end = self.here();
        let Some(block) = self.unit.blocks.pop() else { return Ok(()) };
        self.body(&stmt.orelse)?;
        let mut ends = vec![self.emit(Instr::Jump(0))];
        let target = self.here();
        self.handle(start, end, &block.gaps, target, (block.depth, block.loops, block.handled));
        self.emit(Instr::BeginHandler);
        self.unit.depth += 1;
        self.unit.handled += 1;
        let count = stmt.handlers.len();
        for (i, ExceptHandler::ExceptHandler(handler)) in stmt.handlers.iter().enumerate() {
            self.emit_at(Instr::Line, TextRange::empty(handler.start()));
            let next = match &handler.type_ {
                Some(class) => {
                    self.expr(class)?;
                    self.emit_at(Instr::MatchException, &**class);
                    Some(self.emit(Instr::JumpIfFalse(0)))
                }
                None if i + 1 < count => {
                    return Err(Refusal::syntax("default 'except:' must be last", handler));
                }
                None => None,
            };
            let name = handler.name.as_ref().map(|n| n.as_str());
            if let Some(name) = name {
                self.emit(Instr::Dup);
                self.store(name);
            }
            // The block's state is that from before the exception was put on the stack.
            self.unit.depth -= 1;
            self.unit.handled -= 1;
            self.push_block(BlockKind::Handler(name, handler.range));
            self.unit.depth += 1;
            self.unit.handled += 1;
            self.body(&handler.body)?;
            self.unit.blocks.pop();
            self.emit(Instr::EndHandler);
            self.emit(Instr::Pop);
            if let Some(name) = name {
                self.unbind(name, handler.range);
            }
            ends.push(self.emit(Instr::Jump(0)));
            if let Some(next) = next {
                self.land(next);
            }
        }
        self.unit.depth -= 1;
        self.unit.handled -= 1;
        self.emit(Instr::Reraise);
        ends.into_iter().for_each(|end| self.land(end));
        Ok(())
    }
}
