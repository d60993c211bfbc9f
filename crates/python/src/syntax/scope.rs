//! Which name belongs to which function.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Comprehension, ExceptHandler, Expr, ExprContext, Parameters, Pattern, Stmt};
use ruff_text_size::{Ranged, TextRange};

use super::assign::is_evaluated;
use super::{Refusal, Result};

/// What kind of scope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ScopeKind {
    Module,
    Function,
    Comprehension,
    Class,
}

/// The names of a function, a class or the module.
pub(super) struct Scope {
    pub kind: ScopeKind,
    /// Where it stands in the text.
    range: TextRange,
    parent: usize,
    /// Names bound here.
    bound: BTreeSet<Rc<str>>,
    used: BTreeSet<Rc<str>>,
    globals: BTreeSet<Rc<str>>,
    nonlocals: Vec<(Rc<str>, TextRange)>,
    /// Its own names that functions inside it use.
    pub cells: Vec<Rc<str>>,
    /// Names of functions around it that it, or a function inside it, uses.
    pub free: Vec<Rc<str>>,
    /// Whether there is a `yield` in it.
    pub generator: bool,
}

/// Where a name is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Local,
    /// Shared with functions inside.
    Cell,
    /// Shared with a function around.
    Free,
    Global,
    /// In a class body.
    Class,
}

/// All scopes of a program.
pub(super) struct Scopes {
    all: Vec<Scope>,
}

impl Scopes {
    /// The scope of a function, class, lambda or comprehension.
    pub fn of(&self, range: TextRange) -> usize {
        self.all.iter().rposition(|scope| scope.range == range).unwrap_or(0)
    }

    pub fn get(&self, scope: usize) -> Option<&Scope> {
        self.all.get(scope)
    }

    /// Where a name used in a scope is kept.
    pub fn place(&self, scope: usize, name: &str) -> Place {
        let Some(own) = self.all.get(scope) else { return Place::Global };
        if own.globals.contains(name) {
            return Place::Global;
        }
        if has(&own.cells, name) {
            return if own.kind == ScopeKind::Class && name != "__class__" {
                Place::Class
            } else {
                Place::Cell
            };
        }
        if own.is_local(name) {
            match own.kind {
                ScopeKind::Module => return Place::Global,
                ScopeKind::Class => return Place::Class,
                _ => return Place::Local,
            }
        }
        if has(&own.free, name) { Place::Free } else { Place::Global }
    }

    fn resolve(&mut self, scope: usize, name: &Rc<str>) -> Place {
        let mut between = vec![scope];
        let mut at = match self.all.get(scope) {
            Some(s) => s.parent,
            None => return Place::Global,
        };
        while at != 0 {
            let Some(owner) = self.all.get_mut(at) else { break };
            let owns = match owner.kind {
                ScopeKind::Class => &**name == "__class__",
                _ => owner.is_local(name),
            };
            if owner.kind != ScopeKind::Class && owner.globals.contains(name) {
                return Place::Global;
            }
            if owns {
                add(&mut owner.cells, name);
                for scope in between {
                    if let Some(inner) = self.all.get_mut(scope) {
                        add(&mut inner.free, name);
                    }
                }
                return Place::Free;
            }
            between.push(at);
            at = owner.parent;
        }
        Place::Global
    }
}

impl Scope {
    fn is_local(&self, name: &str) -> bool {
        self.bound.contains(name)
            && !self.globals.contains(name)
            && !self.nonlocals.iter().any(|(n, _)| &**n == name)
    }
}

fn has(names: &[Rc<str>], name: &str) -> bool {
    names.iter().any(|n| &**n == name)
}

fn put(names: &mut BTreeSet<Rc<str>>, name: &str) {
    if !names.contains(name) {
        names.insert(Rc::from(name));
    }
}

fn add(names: &mut Vec<Rc<str>>, name: &str) {
    if !has(names, name) {
        names.push(Rc::from(name));
    }
}

/// Finds the scopes of a program and where their names are kept.
pub(super) fn analyze(body: &[Stmt]) -> Result<Scopes> {
    let mut collector = Collector { all: Vec::new(), current: 0, class: None, refusal: None };
    collector.open(ScopeKind::Module, TextRange::default());
    collector.visit_body(body);
    if let Some(refusal) = collector.refusal {
        return Err(refusal);
    }
    let mut scopes = Scopes { all: collector.all };
    for scope in 1..scopes.all.len() {
        let Some(own) = scopes.all.get(scope) else { continue };
        let used: Vec<Rc<str>> = own.used.iter().filter(|n| !own.is_local(n)).cloned().collect();
        let globals = own.globals.clone();
        let nonlocals = own.nonlocals.clone();
        for name in used.iter().filter(|n| !globals.contains(&***n)) {
            scopes.resolve(scope, name);
        }
        for (name, range) in nonlocals {
            if scopes.resolve(scope, &name) != Place::Free {
                return Err(Refusal::syntax(format!("no binding for nonlocal '{name}' found"), range));
            }
        }
    }
    Ok(scopes)
}

/// A name as the class around it knows it: `__x` in class `A` is `_A__x`.
pub(super) fn mangled<'n>(class: Option<&str>, name: &'n str) -> Cow<'n, str> {
    match class.map(|c| c.trim_start_matches('_')) {
        Some(class) if name.starts_with("__") && !name.ends_with("__") && !class.is_empty() => {
            Cow::Owned(format!("_{class}{name}"))
        }
        _ => Cow::Borrowed(name),
    }
}

struct Collector<'a> {
    all: Vec<Scope>,
    current: usize,
    /// The class around.
    class: Option<&'a str>,
    refusal: Option<Box<Refusal>>,
}

impl<'a> Collector<'a> {
    fn open(&mut self, kind: ScopeKind, range: TextRange) {
        let scope = Scope {
            kind,
            range,
            parent: self.current,
            bound: BTreeSet::new(),
            used: BTreeSet::new(),
            globals: BTreeSet::new(),
            nonlocals: Vec::new(),
            cells: Vec::new(),
            free: Vec::new(),
            generator: false,
        };
        self.current = self.all.len();
        self.all.push(scope);
    }

    /// Does something inside a new scope.
    fn inside(&mut self, kind: ScopeKind, range: TextRange, act: impl FnOnce(&mut Self)) {
        let around = self.current;
        self.open(kind, range);
        act(self);
        self.current = around;
    }

    fn bind(&mut self, name: &str) {
        let name = &*mangled(self.class, name);
        if let Some(scope) = self.all.get_mut(self.current) {
            put(&mut scope.bound, name);
        }
    }

    fn use_name(&mut self, name: &str) {
        let name = &*mangled(self.class, name);
        if let Some(scope) = self.all.get_mut(self.current) {
            put(&mut scope.used, name);
        }
    }

    fn refuse(&mut self, message: String, at: impl Ranged) {
        self.refusal.get_or_insert(Refusal::syntax(message, at));
    }

    fn parameters(&mut self, parameters: &Parameters) {
        let mut names: Vec<&ruff_python_ast::Identifier> =
            parameters.iter_non_variadic_params().map(|p| &p.parameter.name).collect();
        names.extend(parameters.vararg.iter().chain(&parameters.kwarg).map(|p| &p.name));
        for name in names {
            if self.all.get(self.current).is_some_and(|s| s.bound.contains(name.as_str())) {
                self.refuse(format!("duplicate argument '{name}' in function definition"), name);
            }
            self.bind(name);
        }
    }

    fn defaults(&mut self, parameters: &'a Parameters) {
        for default in parameters.iter_non_variadic_params().filter_map(|p| p.default.as_ref()) {
            self.visit_expr(default);
        }
    }

    fn comprehension(&mut self, range: TextRange, generators: &'a [Comprehension], elements: &[&'a Expr]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        self.inside(ScopeKind::Comprehension, range, |this| {
            this.bind(".0");
            for (i, generator) in generators.iter().enumerate() {
                if i > 0 {
                    this.visit_expr(&generator.iter);
                }
                this.visit_expr(&generator.target);
                generator.ifs.iter().for_each(|test| this.visit_expr(test));
            }
            elements.iter().for_each(|element| this.visit_expr(element));
        });
    }

    fn walrus(&mut self, target: &Expr) {
        let Expr::Name(name) = target else { return };
        // It binds in the function around the comprehension.
        let mut between = Vec::new();
        let mut at = self.current;
        while let Some(scope) = self.all.get(at)
            && scope.kind == ScopeKind::Comprehension
        {
            between.push(at);
            at = scope.parent;
        }
        let module = at == 0;
        if let Some(owner) = self.all.get_mut(at) {
            if owner.kind == ScopeKind::Class && !between.is_empty() {
                self.refuse(
                    "assignment expression within a comprehension cannot be used in a class body".into(),
                    name,
                );
                return;
            }
            put(&mut owner.bound, &name.id);
        }
        let id: Rc<str> = Rc::from(name.id.as_str());
        for scope in between {
            if let Some(scope) = self.all.get_mut(scope) {
                if module {
                    put(&mut scope.globals, &id);
                } else {
                    scope.nonlocals.push((id.clone(), name.range));
                }
            }
        }
    }
}

impl<'a> Visitor<'a> for Collector<'a> {
    fn visit_annotation(&mut self, _: &'a Expr) {}

    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(f) => {
                self.bind(&f.name);
                f.decorator_list.iter().for_each(|d| self.visit_expr(&d.expression));
                self.defaults(&f.parameters);
                let annotations = super::call::annotations(f);
                annotations.iter().filter(|(_, a)| is_evaluated(a)).for_each(|(_, a)| self.visit_expr(a));
                self.inside(ScopeKind::Function, f.range, |this| {
                    this.parameters(&f.parameters);
                    this.visit_body(&f.body);
                });
            }
            Stmt::ClassDef(c) => {
                self.bind(&c.name);
                c.decorator_list.iter().for_each(|d| self.visit_expr(&d.expression));
                if let Some(arguments) = &c.arguments {
                    self.visit_arguments(arguments);
                }
                let around = self.class.replace(c.name.as_str());
                self.inside(ScopeKind::Class, c.range, |this| {
                    this.bind("__doc__");
                    this.bind("__annotations__");
                    this.visit_body(&c.body);
                });
                self.class = around;
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    match &alias.asname {
                        Some(name) => self.bind(name),
                        None => self.bind(alias.name.split('.').next().unwrap_or_default()),
                    }
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    if alias.name.as_str() == "*" {
                        let module = import.module.as_ref().and_then(|m| crate::modules::find(m));
                        for name in module.into_iter().flat_map(|m| m.names()) {
                            self.bind(name);
                        }
                    } else {
                        self.bind(alias.asname.as_ref().unwrap_or(&alias.name));
                    }
                }
            }
            Stmt::Global(global) => {
                for name in &global.names {
                    let id = name.as_str();
                    let early = self.all.get(self.current).filter(|_| self.current != 0);
                    if early.is_some_and(|s| s.bound.contains(id)) {
                        self.refuse(format!("name '{id}' is assigned to before global declaration"), stmt);
                    } else if early.is_some_and(|s| s.used.contains(id)) {
                        self.refuse(format!("name '{id}' is used prior to global declaration"), stmt);
                    }
                    if let Some(scope) = self.all.get_mut(self.current) {
                        put(&mut scope.globals, id);
                    }
                }
            }
            Stmt::Nonlocal(nonlocal) => {
                if self.current == 0 {
                    self.refuse("nonlocal declaration not allowed at module level".into(), stmt);
                }
                for name in &nonlocal.names {
                    let early = self.all.get(self.current);
                    if early.is_some_and(|s| s.bound.contains(name.as_str())) {
                        self.refuse(
                            format!("name '{name}' is assigned to before nonlocal declaration"),
                            stmt,
                        );
                    } else if early.is_some_and(|s| s.used.contains(name.as_str())) {
                        self.refuse(format!("name '{name}' is used prior to nonlocal declaration"), stmt);
                    }
                    if let Some(scope) = self.all.get_mut(self.current) {
                        scope.nonlocals.push((Rc::from(name.as_str()), nonlocal.range));
                    }
                }
            }
            Stmt::AnnAssign(assign) => {
                let in_class = self.all.get(self.current).is_some_and(|s| s.kind == ScopeKind::Class);
                if in_class && is_evaluated(&assign.annotation) {
                    self.visit_expr(&assign.annotation);
                }
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
                self.visit_expr(&assign.target);
            }
            _ => visitor::walk_stmt(self, stmt),
        }
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(named) => named.name.as_ref(),
            Pattern::MatchStar(star) => star.name.as_ref(),
            Pattern::MatchMapping(mapping) => mapping.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name);
        }
        visitor::walk_pattern(self, pattern);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(inner) = handler;
        if let Some(name) = &inner.name {
            self.bind(name);
        }
        visitor::walk_except_handler(self, handler);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                if name.ctx == ExprContext::Load {
                    self.use_name(&name.id);
                    if name.id.as_str() == "super" {
                        self.use_name("__class__");
                    }
                } else {
                    self.bind(&name.id);
                }
            }
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.walrus(&named.target);
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.inside(ScopeKind::Function, lambda.range, |this| {
                    if let Some(parameters) = &lambda.parameters {
                        this.parameters(parameters);
                    }
                    this.visit_expr(&lambda.body);
                });
            }
            Expr::ListComp(c) => self.comprehension(c.range, &c.generators, &[&c.elt]),
            Expr::SetComp(c) => self.comprehension(c.range, &c.generators, &[&c.elt]),
            Expr::Generator(c) => self.comprehension(c.range, &c.generators, &[&c.elt]),
            Expr::DictComp(c) => match &c.key {
                Some(key) => self.comprehension(c.range, &c.generators, &[key, &c.value]),
                None => self.comprehension(c.range, &c.generators, &[&c.value]),
            },
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                if let Some(scope) = self.all.get_mut(self.current) {
                    scope.generator = true;
                    if scope.kind == ScopeKind::Comprehension {
                        self.refuse("'yield' inside a comprehension".into(), expr);
                    } else if scope.kind != ScopeKind::Function {
                        self.refuse("'yield' outside function".into(), expr);
                    }
                }
                visitor::walk_expr(self, expr);
            }
            _ => visitor::walk_expr(self, expr),
        }
    }
}
