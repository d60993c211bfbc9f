//! Calls, and making functions and classes.

use std::rc::Rc;

use ruff_python_ast::{
    Decorator, Expr, ExprCall, ExprLambda, Parameters as AstParameters, Stmt, StmtClassDef, StmtFunctionDef,
};
use ruff_text_size::Ranged;

use super::unit::Lowerer;
use super::{Refusal, Result};
use crate::code::{Code, Instr, Kind, Parameters};
use crate::value::Value;

impl<'a> Lowerer<'a> {
    pub fn call(&mut self, call: &'a ExprCall) -> Result {
        match &*call.func {
            Expr::Attribute(attribute) => {
                self.expr(&attribute.value)?;
                let name = self.name(&attribute.attr);
                self.emit_at(Instr::LoadMethod(name), attribute);
            }
            other => {
                self.expr(other)?;
                self.emit(Instr::PushUnbound);
            }
        }
        let arguments = &call.arguments;
        if self.is_bare_super(call) {
            // What `super()` means: the class around and the first parameter.
            self.load("__class__");
            let first = self.unit.code.locals.first().cloned();
            if let Some(first) = first {
                self.load(&first);
            }
            self.emit_at(Instr::Call(2, u32::MAX), call);
            return Ok(());
        }
        let spread = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|k| k.arg.is_none());
        if !spread && arguments.args.len() < usize::from(u16::MAX) {
            for arg in &arguments.args {
                self.expr(arg)?;
            }
            let mut names = Vec::new();
            for keyword in &arguments.keywords {
                self.expr(&keyword.value)?;
                if let Some(name) = &keyword.arg {
                    if names.iter().any(|n: &Value| n.as_str() == Some(name.as_str())) {
                        return Err(Refusal::syntax(format!("keyword argument repeated: {name}"), keyword));
                    }
                    names.push(Value::str(name.as_str()));
                }
            }
            let names = if names.is_empty() { u32::MAX } else { self.constant_index(Value::tuple(names)) };
            self.emit_at(Instr::Call(arguments.args.len() as u16, names), call);
            return Ok(());
        }
        self.spread(&arguments.args, true)?;
        self.emit(Instr::BuildDict(0));
        for keyword in &arguments.keywords {
            match &keyword.arg {
                Some(name) => {
                    self.constant(Value::str(name.as_str()));
                    self.expr(&keyword.value)?;
                    self.emit(Instr::BuildDict(1));
                }
                None => self.expr(&keyword.value)?,
            }
            self.emit_at(Instr::DictMerge, call);
        }
        self.emit_at(Instr::CallSpread, call);
        Ok(())
    }

    fn is_bare_super(&self, call: &ExprCall) -> bool {
        matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "super")
            && call.arguments.is_empty()
            && !self.unit.code.locals.is_empty()
            && self.unit.code.cells.iter().any(|c| &**c == "__class__")
    }

    /// Pushes a function of this code; its defaults are on the stack.
    pub fn make_function(
        &mut self,
        code: Code,
        defaults: u32,
        keyword_defaults: u32,
        place: impl Ranged,
    ) -> Result {
        if defaults == 0 {
            self.constant(Value::tuple(Vec::new()));
        }
        if keyword_defaults == 0 {
            self.constant(Value::tuple(Vec::new()));
        }
        self.unit.code.inner.push(Rc::new(code));
        let at = self.unit.code.inner.len() as u32 - 1;
        self.emit_at(Instr::MakeFunction(at), place);
        Ok(())
    }

    /// Pushes the defaults of parameters: a tuple of those by position, a tuple of those by keyword.
    fn defaults(&mut self, parameters: &'a AstParameters) -> Result {
        let mut count = 0;
        for default in
            parameters.posonlyargs.iter().chain(&parameters.args).filter_map(|p| p.default.as_ref())
        {
            self.expr(default)?;
            count += 1;
        }
        self.emit(Instr::BuildTuple(count));
        for parameter in &parameters.kwonlyargs {
            match &parameter.default {
                Some(default) => self.expr(default)?,
                None => drop(self.emit(Instr::PushUnbound)),
            }
        }
        self.emit(Instr::BuildTuple(parameters.kwonlyargs.len() as u32));
        Ok(())
    }

    /// Makes the parameters the first locals.
    fn parameters(&mut self, parameters: &AstParameters) {
        let positional = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let names = positional.map(|p| &p.parameter.name);
        let rest = parameters.vararg.iter().chain(&parameters.kwarg).map(|p| &p.name);
        let names: Vec<String> = names.chain(rest).map(|n| self.mangled(n.as_str()).into_owned()).collect();
        for name in &names {
            let local = self.local(name);
            let own = self.unit.code.own_cells as usize;
            if let Some(cell) = self.unit.code.cells.iter().take(own).position(|c| **c == **name) {
                self.unit.code.shared_parameters.push((local, cell as u32));
            }
        }
        self.unit.code.parameters = Parameters {
            positional: (parameters.posonlyargs.len() + parameters.args.len()) as u32,
            positional_only: parameters.posonlyargs.len() as u32,
            keyword_only: parameters.kwonlyargs.len() as u32,
            rest: parameters.vararg.is_some(),
            keywords: parameters.kwarg.is_some(),
        };
    }

    pub fn lambda(&mut self, lambda: &'a ExprLambda) -> Result {
        match &lambda.parameters {
            Some(parameters) => self.defaults(parameters)?,
            None => {
                self.constant(Value::tuple(Vec::new()));
                self.constant(Value::tuple(Vec::new()));
            }
        }
        let line = self.line_of(lambda);
        let scope = self.scopes.of(lambda.range);
        let generator = self.scopes.get(scope).is_some_and(|s| s.generator);
        self.begin(if generator { Kind::Generator } else { Kind::Function }, "<lambda>", scope, line);
        if let Some(parameters) = &lambda.parameters {
            self.parameters(parameters);
        }
        self.expr(&lambda.body)?;
        self.emit(Instr::Return);
        let code = self.finish()?;
        self.make_function(code, 1, 1, lambda)
    }

    fn line_of(&self, place: impl Ranged) -> u32 {
        let start = place.start().to_u32();
        self.lines.partition_point(|&l| l <= start) as u32
    }

    pub fn function(&mut self, def: &'a StmtFunctionDef) -> Result {
        if def.is_async {
            return Err(Refusal::unsupported("asynchronous functions are", &def.name));
        }
        self.decorators(&def.decorator_list)?;
        self.defaults(&def.parameters)?;
        let line = self.line_of(&def.name);
        let scope = self.scopes.of(def.range);
        let generator = self.scopes.get(scope).is_some_and(|s| s.generator);
        self.begin(if generator { Kind::Generator } else { Kind::Function }, &def.name, scope, line);
        self.parameters(&def.parameters);
        self.unit.code.doc = docstring(&def.body);
        self.body(&def.body)?;
        let code = self.finish_none()?;
        self.make_function(code, 1, 1, &def.name)?;
        self.annotations(def)?;
        self.decorate(&def.decorator_list);
        self.store(&def.name);
        Ok(())
    }

    /// Gives the function on the stack its `__annotations__`, if there are any.
    fn annotations(&mut self, def: &'a StmtFunctionDef) -> Result {
        let all = annotations(def);
        if all.is_empty() {
            return Ok(());
        }
        self.emit(Instr::Dup);
        for (name, annotation) in &all {
            self.constant(Value::str(*name));
            self.annotation(annotation)?;
        }
        self.emit(Instr::BuildDict(all.len() as u32));
        self.emit(Instr::Swap);
        let name = self.name("__annotations__");
        self.emit_at(Instr::StoreAttr(name), &def.name);
        Ok(())
    }

    fn decorators(&mut self, decorators: &'a [Decorator]) -> Result {
        for decorator in decorators {
            self.expr(&decorator.expression)?;
            self.emit(Instr::PushUnbound);
        }
        Ok(())
    }

    fn decorate(&mut self, decorators: &'a [Decorator]) {
        for decorator in decorators.iter().rev() {
            self.emit_at(Instr::Call(1, u32::MAX), &decorator.expression);
        }
    }

    pub fn class(&mut self, def: &'a StmtClassDef) -> Result {
        self.decorators(&def.decorator_list)?;
        let (bases, keywords) = match &def.arguments {
            Some(arguments) => (&*arguments.args, &*arguments.keywords),
            None => Default::default(),
        };
        self.spread(bases, false)?;
        self.emit(Instr::ListToTuple);
        for keyword in keywords {
            match &keyword.arg {
                Some(name) => self.constant(Value::str(name.as_str())),
                None => return Err(Refusal::unsupported("'**' in a class definition is", keyword)),
            }
            self.expr(&keyword.value)?;
        }
        self.emit(Instr::BuildDict(keywords.len() as u32));
        let line = self.line_of(&def.name);
        self.begin(Kind::Class, &def.name, self.scopes.of(def.range), line);
        self.classes.push(Rc::from(def.name.as_str()));
        if let Some(doc) = docstring(&def.body) {
            self.constant(doc);
            self.store("__doc__");
        }
        if def.body.iter().any(Stmt::is_ann_assign_stmt) {
            self.emit(Instr::BuildDict(0));
            self.store("__annotations__");
        }
        self.body(&def.body)?;
        self.emit(Instr::EndClass);
        self.classes.pop();
        let code = self.finish()?;
        self.unit.code.inner.push(Rc::new(code));
        let at = self.unit.code.inner.len() as u32 - 1;
        self.emit_at(Instr::MakeClass(at), &def.name);
        self.decorate(&def.decorator_list);
        self.store(&def.name);
        Ok(())
    }
}

/// What a function's parameters and its result are annotated with, in CPython's order.
pub(super) fn annotations(def: &StmtFunctionDef) -> Vec<(&str, &Expr)> {
    let AstParameters { posonlyargs, args, vararg, kwonlyargs, kwarg, .. } = &*def.parameters;
    let plain = posonlyargs.iter().chain(args).map(|p| &p.parameter).chain(vararg.as_deref());
    let all = plain.chain(kwonlyargs.iter().map(|p| &p.parameter)).chain(kwarg.as_deref());
    let named = all.filter_map(|p| Some((p.name.as_str(), p.annotation.as_deref()?)));
    named.chain(def.returns.as_deref().map(|result| ("return", result))).collect()
}

fn docstring(body: &[Stmt]) -> Option<Value> {
    match body.first() {
        Some(Stmt::Expr(first)) => match &*first.value {
            Expr::StringLiteral(literal) => Some(Value::str(literal.value.to_str())),
            _ => None,
        },
        _ => None,
    }
}
