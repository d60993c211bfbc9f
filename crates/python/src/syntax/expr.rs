//! Expressions.

use num_bigint::BigInt;
use ruff_python_ast::{
    BoolOp, CmpOp, Comprehension, ConversionFlag, Expr, ExprCompare, FStringPart, InterpolatedStringElement,
    Number, Operator, UnaryOp as AstUnary,
};
use ruff_text_size::Ranged;

use super::unit::Lowerer;
use super::{Refusal, Result};
use crate::code::{Instr, Kind, Parameters};
use crate::native::{BinaryOp, CompareOp, UnaryOp};
use crate::value::Value;

pub(super) fn operator(op: Operator) -> BinaryOp {
    match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Sub,
        Operator::Mult => BinaryOp::Mul,
        Operator::MatMult => BinaryOp::MatMul,
        Operator::Div => BinaryOp::Div,
        Operator::Mod => BinaryOp::Mod,
        Operator::Pow => BinaryOp::Pow,
        Operator::LShift => BinaryOp::LShift,
        Operator::RShift => BinaryOp::RShift,
        Operator::BitOr => BinaryOp::BitOr,
        Operator::BitXor => BinaryOp::BitXor,
        Operator::BitAnd => BinaryOp::BitAnd,
        Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

/// What a comprehension makes.
enum Makes<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    Generator(&'a Expr),
}

impl<'a> Lowerer<'a> {
    /// Pushes the value of an expression.
    pub fn expr(&mut self, expr: &'a Expr) -> Result {
        self.at(expr);
        match expr {
            Expr::NoneLiteral(_) => self.constant(Value::None),
            Expr::BooleanLiteral(literal) => self.constant(Value::Bool(literal.value)),
            Expr::EllipsisLiteral(_) => self.constant(Value::Ellipsis),
            Expr::NumberLiteral(literal) => {
                let value = number(&literal.value, expr)?;
                self.constant(value);
            }
            Expr::StringLiteral(literal) => self.constant(Value::str(literal.value.to_str())),
            Expr::FString(fstring) => {
                let mut parts = 0;
                for part in fstring.value.as_slice() {
                    match part {
                        FStringPart::Literal(literal) => {
                            self.constant(Value::str(&*literal.value));
                            parts += 1;
                        }
                        FStringPart::FString(inner) => parts += self.interpolated(&inner.elements, expr)?,
                    }
                }
                self.emit_at(Instr::BuildString(parts), expr);
            }
            Expr::Name(name) => self.load(&name.id),
            Expr::Tuple(tuple) => self.sequence(&tuple.elts, Instr::BuildTuple, true, expr)?,
            Expr::List(list) => self.sequence(&list.elts, Instr::BuildList, false, expr)?,
            Expr::Set(set) => self.set(&set.elts, expr)?,
            Expr::Dict(dict) => self.dict(dict)?,
            Expr::BinOp(op) => {
                self.expr(&op.left)?;
                self.expr(&op.right)?;
                let at = self.emit_at(Instr::Binary(operator(op.op)), expr);
                let anchor = (at as u32, op.left.end().to_u32(), op.right.start().to_u32());
                self.unit.code.anchors.push(anchor);
            }
            Expr::UnaryOp(op) => self.unary(op)?,
            Expr::BoolOp(op) => {
                let mut jumps = Vec::new();
                for (i, value) in op.values.iter().enumerate() {
                    self.expr(value)?;
                    if i + 1 < op.values.len() {
                        jumps.push(self.emit(match op.op {
                            BoolOp::And => Instr::JumpIfFalseOrPop(0),
                            BoolOp::Or => Instr::JumpIfTrueOrPop(0),
                        }));
                    }
                }
                jumps.into_iter().for_each(|jump| self.land(jump));
            }
            Expr::Compare(compare) => self.compare(compare)?,
            Expr::If(conditional) => {
                let otherwise = self.jump_if_false(&conditional.test)?;
                self.expr(&conditional.body)?;
                let end = self.emit(Instr::Jump(0));
                self.land(otherwise);
                self.expr(&conditional.orelse)?;
                self.land(end);
            }
            Expr::Named(named) => {
                self.expr(&named.value)?;
                self.emit(Instr::Dup);
                self.target(&named.target)?;
            }
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                let name = self.name(&attribute.attr);
                self.emit_at(Instr::LoadAttr(name), expr);
            }
            Expr::Subscript(subscript) => {
                self.expr(&subscript.value)?;
                self.expr(&subscript.slice)?;
                self.subscript_at(Instr::GetItem, subscript);
            }
            Expr::Slice(slice) => {
                for part in [&slice.lower, &slice.upper, &slice.step] {
                    match part {
                        Some(part) => self.expr(part)?,
                        None => self.constant(Value::None),
                    }
                }
                self.emit_at(Instr::BuildSlice, expr);
            }
            Expr::Call(call) => self.call(call)?,
            Expr::Lambda(lambda) => self.lambda(lambda)?,
            Expr::ListComp(c) => self.comprehension(&c.generators, Makes::List(&c.elt), expr)?,
            Expr::SetComp(c) => self.comprehension(&c.generators, Makes::Set(&c.elt), expr)?,
            Expr::DictComp(c) => match &c.key {
                Some(key) => self.comprehension(&c.generators, Makes::Dict(key, &c.value), expr)?,
                None => {
                    return Err(Refusal::syntax("dict unpacking cannot be used in dict comprehension", expr));
                }
            },
            Expr::Generator(c) => self.comprehension(&c.generators, Makes::Generator(&c.elt), expr)?,
            Expr::Yield(inner) => {
                match &inner.value {
                    Some(value) => self.expr(value)?,
                    None => self.constant(Value::None),
                }
                self.emit_at(Instr::Yield, expr);
            }
            Expr::YieldFrom(inner) => {
                self.expr(&inner.value)?;
                self.emit_at(Instr::GetIter, expr);
                self.constant(Value::None);
                let top = self.here();
                let end = self.emit_at(Instr::YieldFrom(0), expr);
                self.emit(Instr::Yield);
                self.emit(Instr::Jump(top));
                self.land(end);
            }
            Expr::Starred(_) => return Err(Refusal::syntax("can't use starred expression here", expr)),
            Expr::Await(_) => return Err(Refusal::unsupported("'await' is", expr)),
            Expr::TString(_) => return Err(Refusal::unsupported("template strings are", expr)),
            Expr::BytesLiteral(literal) => {
                let bytes: Vec<u8> = literal.value.bytes().collect();
                self.constant(crate::types::bytes::Bytes::value(bytes));
            }
            Expr::IpyEscapeCommand(_) => return Err(Refusal::syntax("invalid syntax", expr)),
        }
        Ok(())
    }

    /// An instruction on a subscript, which tracebacks show apart from what it is a part of.
    pub fn subscript_at(&mut self, instr: Instr, subscript: &'a ruff_python_ast::ExprSubscript) {
        let at = self.emit_at(instr, subscript);
        self.unit.code.anchors.push((at as u32, subscript.value.end().to_u32(), u32::MAX));
    }

    fn unary(&mut self, op: &'a ruff_python_ast::ExprUnaryOp) -> Result {
        if let (AstUnary::USub, Expr::NumberLiteral(literal)) = (op.op, &*op.operand) {
            let value = match number(&literal.value, op)? {
                Value::Int(i) => Value::Int(-i),
                Value::Float(x) => Value::Float(-x),
                other => Value::big(-crate::int::of(&other).unwrap_or_default()),
            };
            self.constant(value);
            return Ok(());
        }
        self.expr(&op.operand)?;
        self.emit_at(
            match op.op {
                AstUnary::Not => Instr::Not,
                AstUnary::USub => Instr::Unary(UnaryOp::Neg),
                AstUnary::UAdd => Instr::Unary(UnaryOp::Pos),
                AstUnary::Invert => Instr::Unary(UnaryOp::Invert),
            },
            op,
        );
        Ok(())
    }

    /// Evaluates a condition; the jump is taken where it is false.
    pub fn jump_if_false(&mut self, test: &'a Expr) -> Result<usize> {
        if let Expr::UnaryOp(op) = test
            && op.op == AstUnary::Not
        {
            self.expr(&op.operand)?;
            return Ok(self.emit(Instr::JumpIfTrue(0)));
        }
        self.expr(test)?;
        Ok(self.emit_at(Instr::JumpIfFalse(0), test))
    }

    fn compare(&mut self, compare: &'a ExprCompare) -> Result {
        self.expr(&compare.left)?;
        let mut jumps = Vec::new();
        for (i, (op, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            self.expr(right)?;
            let last = i + 1 == compare.ops.len();
            if !last {
                self.emit(Instr::Dup);
                self.emit(Instr::RotThree);
            }
            let instr = match op {
                CmpOp::Eq => Instr::Compare(CompareOp::Eq),
                CmpOp::NotEq => Instr::Compare(CompareOp::Ne),
                CmpOp::Lt => Instr::Compare(CompareOp::Lt),
                CmpOp::LtE => Instr::Compare(CompareOp::Le),
                CmpOp::Gt => Instr::Compare(CompareOp::Gt),
                CmpOp::GtE => Instr::Compare(CompareOp::Ge),
                CmpOp::Is => Instr::Is(false),
                CmpOp::IsNot => Instr::Is(true),
                CmpOp::In => Instr::In(false),
                CmpOp::NotIn => Instr::In(true),
            };
            self.emit_at(instr, compare);
            if !last {
                jumps.push(self.emit(Instr::JumpIfFalseOrPop(0)));
            }
        }
        if !jumps.is_empty() {
            let end = self.emit(Instr::Jump(0));
            jumps.into_iter().for_each(|jump| self.land(jump));
            self.emit(Instr::Swap);
            self.emit(Instr::Pop);
            self.land(end);
        }
        Ok(())
    }

    fn sequence(
        &mut self,
        items: &'a [Expr],
        build: fn(u32) -> Instr,
        tuple: bool,
        whole: &'a Expr,
    ) -> Result {
        if !items.iter().any(Expr::is_starred_expr) {
            for item in items {
                self.expr(item)?;
            }
            self.emit_at(build(items.len() as u32), whole);
            return Ok(());
        }
        self.spread(items, false)?;
        if tuple {
            self.emit_at(Instr::ListToTuple, whole);
        }
        Ok(())
    }

    /// Pushes a list of items, some with a star, perhaps the arguments of a call.
    pub fn spread(&mut self, items: &'a [Expr], of_call: bool) -> Result {
        let plain = items.iter().take_while(|i| !i.is_starred_expr()).count();
        for item in items.iter().take(plain) {
            self.expr(item)?;
        }
        self.emit(Instr::BuildList(plain as u32));
        for item in items.iter().skip(plain) {
            match item {
                Expr::Starred(starred) => {
                    self.expr(&starred.value)?;
                    self.emit_at(Instr::ListExtend(of_call), &*starred.value);
                }
                other => {
                    self.expr(other)?;
                    self.emit(Instr::ListAppend(1));
                }
            }
        }
        Ok(())
    }

    fn set(&mut self, items: &'a [Expr], whole: &'a Expr) -> Result {
        // CPython keeps three and more constants as a frozen set, which shows in their order.
        let constants = items.len() > 2 && items.iter().all(Expr::is_literal_expr);
        if constants {
            self.emit(Instr::BuildSet(0));
        }
        let plain = items.iter().take_while(|i| !i.is_starred_expr()).count();
        for item in items.iter().take(plain) {
            self.expr(item)?;
        }
        self.emit_at(Instr::BuildSet(plain as u32), whole);
        if constants {
            self.emit(Instr::SetUpdate);
        }
        for item in items.iter().skip(plain) {
            match item {
                Expr::Starred(starred) => {
                    self.expr(&starred.value)?;
                    self.emit_at(Instr::SetUpdate, item);
                }
                other => {
                    self.expr(other)?;
                    self.emit_at(Instr::SetAdd(1), other);
                }
            }
        }
        Ok(())
    }

    fn dict(&mut self, dict: &'a ruff_python_ast::ExprDict) -> Result {
        let plain = dict.items.iter().take_while(|i| i.key.is_some()).count();
        for item in dict.items.iter().take(plain) {
            if let Some(key) = &item.key {
                self.expr(key)?;
            }
            self.expr(&item.value)?;
        }
        self.emit_at(Instr::BuildDict(plain as u32), dict);
        for item in dict.items.iter().skip(plain) {
            match &item.key {
                Some(key) => {
                    self.expr(key)?;
                    self.expr(&item.value)?;
                    self.emit_at(Instr::DictInsert(2), dict);
                }
                None => {
                    self.expr(&item.value)?;
                    self.emit_at(Instr::DictUpdate, &item.value);
                }
            }
        }
        Ok(())
    }

    /// Pushes the parts of an f-string; says how many.
    fn interpolated(&mut self, elements: &'a [InterpolatedStringElement], whole: &'a Expr) -> Result<u32> {
        let mut parts = 0;
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    self.constant(Value::str(&*literal.value));
                    parts += 1;
                }
                InterpolatedStringElement::Interpolation(inner) => {
                    if let Some(text) = &inner.debug_text {
                        self.constant(Value::str(text.as_str()));
                        parts += 1;
                    }
                    self.expr(&inner.expression)?;
                    let mut how = match inner.conversion {
                        ConversionFlag::Repr => 1,
                        ConversionFlag::Str => 2,
                        ConversionFlag::Ascii => 3,
                        ConversionFlag::None if inner.debug_text.is_some() && inner.format_spec.is_none() => {
                            1
                        }
                        ConversionFlag::None => 0,
                    };
                    if let Some(spec) = &inner.format_spec {
                        let count = self.interpolated(&spec.elements, whole)?;
                        self.emit(Instr::BuildString(count));
                        how |= 4;
                    }
                    self.emit_at(Instr::Format(how), whole);
                    parts += 1;
                }
            }
        }
        Ok(parts)
    }

    fn comprehension(
        &mut self,
        generators: &'a [Comprehension],
        makes: Makes<'a>,
        whole: &'a Expr,
    ) -> Result {
        let (kind, name) = match makes {
            Makes::List(_) => (Kind::Function, "<listcomp>"),
            Makes::Set(_) => (Kind::Function, "<setcomp>"),
            Makes::Dict(..) => (Kind::Function, "<dictcomp>"),
            Makes::Generator(_) => (Kind::Generator, "<genexpr>"),
        };
        if let Some(generator) = generators.iter().find(|g| g.is_async) {
            return Err(Refusal::unsupported("asynchronous comprehensions are", generator));
        }
        self.at(whole);
        let line = self.span.line;
        self.begin(kind, name, self.scopes.of(whole.range()), line);
        self.local(".0");
        self.unit.code.parameters = Parameters { positional: 1, positional_only: 1, ..Parameters::default() };
        match makes {
            Makes::List(_) => drop(self.emit(Instr::BuildList(0))),
            Makes::Set(_) => drop(self.emit(Instr::BuildSet(0))),
            Makes::Dict(..) => drop(self.emit(Instr::BuildDict(0))),
            Makes::Generator(_) => {}
        }
        let mut tops = Vec::new();
        for (i, generator) in generators.iter().enumerate() {
            if i == 0 {
                self.emit(Instr::LoadLocal(0));
            } else {
                self.expr(&generator.iter)?;
                self.emit_at(Instr::GetIter, &generator.iter);
            }
            let top = self.emit(Instr::ForIter(0));
            self.target(&generator.target)?;
            tops.push(top);
            for test in &generator.ifs {
                let jump = self.jump_if_false(test)?;
                if let Some(Instr::JumpIfFalse(target) | Instr::JumpIfTrue(target)) =
                    self.unit.code.instrs.get_mut(jump)
                {
                    *target = top as u32;
                }
            }
        }
        let depth = generators.len() as u32;
        match makes {
            Makes::List(element) => {
                self.expr(element)?;
                self.emit(Instr::ListAppend(depth + 1));
            }
            Makes::Set(element) => {
                self.expr(element)?;
                self.emit(Instr::SetAdd(depth + 1));
            }
            Makes::Dict(key, value) => {
                self.expr(key)?;
                self.expr(value)?;
                self.emit(Instr::DictInsert(depth + 2));
            }
            Makes::Generator(element) => {
                self.expr(element)?;
                self.emit(Instr::Yield);
                self.emit(Instr::Pop);
            }
        }
        for top in tops.into_iter().rev() {
            self.emit(Instr::Jump(top as u32));
            self.land(top);
        }
        if matches!(makes, Makes::Generator(_)) {
            self.constant(Value::None);
        }
        self.emit(Instr::Return);
        let code = self.finish()?;
        self.make_function(code, 0, 0, whole)?;
        self.emit(Instr::PushUnbound);
        if let Some(first) = generators.first() {
            self.expr(&first.iter)?;
            self.emit_at(Instr::GetIter, &first.iter);
        }
        let none = u32::MAX;
        self.emit_at(Instr::Call(1, none), whole);
        Ok(())
    }
}

fn number(number: &Number, place: impl Ranged) -> Result<Value> {
    match number {
        Number::Int(int) => match int.as_i64() {
            Some(short) => Ok(Value::Int(short)),
            None => {
                let text = int.to_string();
                let long: Option<BigInt> = crate::int::parse(&text, 0);
                match long {
                    Some(_) if text.len() > 4300 && !text.starts_with("0x") => Err(Refusal::syntax(
                        "Exceeds the limit (4300 digits) for integer string conversion; consider hexadecimal",
                        place,
                    )),
                    Some(long) => Ok(Value::big(long)),
                    None => Err(Refusal::syntax("invalid number", place)),
                }
            }
        },
        Number::Float(x) => Ok(Value::Float(*x)),
        Number::Complex { .. } => Err(Refusal::unsupported("complex numbers are", place)),
    }
}
