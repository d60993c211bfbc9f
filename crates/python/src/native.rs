//! How functions, types and modules of ours are registered: constant tables, a name a line.

#![allow(clippy::type_complexity, reason = "a slot's type is its documentation")]

use crate::context::Context;
use crate::error::{Interrupt, type_error};
use crate::value::Value;

/// What functions of ours return.
pub type Result<T = Value, E = Interrupt> = std::result::Result<T, E>;

/// A function of ours.
///
/// `params` is its signature as Python would write it, without defaults: `"input, dim=, *, keepdim="`. A name with `=`
/// may be left out, then its value is [`Value::Unbound`]; `/` ends the positional-only ones, `*` starts the
/// keyword-only ones, `*size` takes the rest as a tuple, `**options` the rest of the keywords as a dictionary. Arguments
/// are bound and counted before `call` runs, with CPython's messages.
///
/// `call` may be run again from its start after it asked for something (see [`Context::call`], [`Context::host`]), so
/// it must not change anything before its last question.
pub struct Native {
    /// Its name, as in messages.
    pub name: &'static str,
    /// Its signature.
    pub params: &'static str,
    /// What it does.
    pub call: fn(&mut Context, &Args) -> Result,
}

impl Native {
    /// A row of a table.
    pub const fn new(
        name: &'static str,
        params: &'static str,
        call: fn(&mut Context, &Args) -> Result,
    ) -> Native {
        Native { name, params, call }
    }
}

/// Bound arguments, one for each parameter.
pub struct Args<'a> {
    /// The function called.
    pub native: &'static Native,
    /// One value for each parameter, [`Value::Unbound`] where it was left out.
    pub values: &'a [Value],
}

impl std::ops::Index<usize> for Args<'_> {
    type Output = Value;
    /// Parameter `i`; [`Value::Unbound`] outside.
    fn index(&self, i: usize) -> &Value {
        const NONE: &Value = &Value::Unbound;
        self.values.get(i).unwrap_or(NONE)
    }
}

impl Args<'_> {
    /// Parameter `i`, if it was given.
    pub fn get(&self, i: usize) -> Option<&Value> {
        self.values.get(i).filter(|v| v.is_bound())
    }

    /// Parameter `i`, if it was given and is not `None`.
    pub fn some(&self, i: usize) -> Option<&Value> {
        self.get(i).filter(|v| !v.is_none())
    }

    /// The rest of the positional arguments, collected by the parameter `*name` at `i`.
    pub fn rest(&self, i: usize) -> &[Value] {
        match self.values.get(i) {
            Some(Value::Tuple(tuple)) => &tuple.items,
            _ => &[],
        }
    }

    /// The name of parameter `i`.
    pub fn name(&self, i: usize) -> &'static str {
        params(self.native.params).filter(|p| *p != "*" && *p != "/").nth(i).map_or("", bare)
    }

    /// Parameter `i` as an integer.
    pub fn int(&self, cx: &mut Context, i: usize) -> Result<i64> {
        cx.index(&self[i])
    }

    /// Parameter `i` as an integer, or `default` where it was not given.
    pub fn int_or(&self, cx: &mut Context, i: usize, default: i64) -> Result<i64> {
        self.get(i).map_or(Ok(default), |v| cx.index(v))
    }

    /// Parameter `i` as a double; numbers and what has `__float__`.
    pub fn float(&self, cx: &mut Context, i: usize) -> Result<f64> {
        cx.float(&self[i])
    }

    /// Parameter `i` as a double, or `default` where it was not given.
    pub fn float_or(&self, cx: &mut Context, i: usize, default: f64) -> Result<f64> {
        self.get(i).map_or(Ok(default), |v| cx.float(v))
    }

    /// Whether parameter `i` is true, or `default` where it was not given.
    pub fn truth_or(&self, cx: &mut Context, i: usize, default: bool) -> Result<bool> {
        self.get(i).map_or(Ok(default), |v| cx.truth(v))
    }

    /// Parameter `i` as text.
    pub fn str(&self, i: usize) -> Result<&str> {
        self[i].as_str().ok_or_else(|| {
            let (function, name, kind) = (self.native.name, self.name(i), self[i].type_name());
            type_error(format!("{function}() argument '{name}' must be str, not {kind}"))
        })
    }
}

/// The parameters in a signature, with their marks.
pub(crate) fn params(signature: &'static str) -> impl Iterator<Item = &'static str> {
    signature.split(',').map(str::trim).filter(|p| !p.is_empty())
}

/// A parameter without its marks.
pub(crate) fn bare(param: &'static str) -> &'static str {
    param.trim_start_matches('*').trim_end_matches('=')
}

/// An attribute of a type of ours, computed when it is read.
pub struct Getter {
    /// Its name.
    pub name: &'static str,
    /// Reads it.
    pub get: fn(&mut Context, &Value) -> Result,
    /// Writes it, if it can be written.
    pub set: Option<fn(&mut Context, &Value, &Value) -> Result<()>>,
}

impl Getter {
    /// A row of a table: an attribute that cannot be written.
    pub const fn new(name: &'static str, get: fn(&mut Context, &Value) -> Result) -> Getter {
        Getter { name, get, set: None }
    }

    /// A row of a table: an attribute that can be written.
    pub const fn settable(
        name: &'static str,
        get: fn(&mut Context, &Value) -> Result,
        set: fn(&mut Context, &Value, &Value) -> Result<()>,
    ) -> Getter {
        Getter { name, get, set: Some(set) }
    }
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `@`
    MatMul,
    /// `/`
    Div,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `|`
    BitOr,
    /// `^`
    BitXor,
    /// `&`
    BitAnd,
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-x`
    Neg,
    /// `+x`
    Pos,
    /// `~x`
    Invert,
    /// `abs(x)`
    Abs,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

type Slot<T = Value> = Option<fn(&mut Context, &Value) -> Result<T>>;

/// How values of a type of ours behave. A slot left out is an operation that the type does not have.
///
/// Write it as a `static` with `..TypeTable::EMPTY`. Every function gets the value itself as its first argument.
pub struct TypeTable {
    /// Its name, as in messages.
    pub name: &'static str,
    /// The module in its `repr`; empty for Python's own.
    pub module: &'static str,
    /// The type that it extends.
    pub base: Option<&'static TypeTable>,
    /// Whether classes of the program may extend it.
    pub open: bool,
    /// What calling the type does.
    pub new: Option<Native>,
    /// Functions with the value as their first parameter.
    pub methods: &'static [Native],
    /// Functions of the type itself: `dict.fromkeys`.
    pub statics: &'static [Native],
    /// Attributes.
    pub getters: &'static [Getter],
    /// Attributes that only the value knows; `None` where it has none of that name.
    pub getattr: Option<fn(&mut Context, &Value, &str) -> Result<Option<Value>>>,
    /// Sets (or deletes, by [`Value::Unbound`]) an attribute that only the value knows; `false` where it refuses the name.
    pub setattr: Option<fn(&mut Context, &Value, &str, &Value) -> Result<bool>>,
    /// `repr(x)`.
    pub repr: Slot<String>,
    /// `str(x)`; `repr` where left out.
    pub str: Slot<String>,
    /// `format(x, spec)` with a specification that is not empty.
    pub format: Option<fn(&mut Context, &Value, &str) -> Result<String>>,
    /// `bool(x)`; by `len` or true where left out.
    pub truth: Slot<bool>,
    /// `len(x)`.
    pub len: Slot<usize>,
    /// `x` as an integer, where one is needed: an index, `range`, `int(x)`.
    pub index: Slot,
    /// `float(x)`.
    pub float: Slot<f64>,
    /// `hash(x)`; by identity where left out.
    pub hash: Slot<u64>,
    /// `iter(x)`, a value with `next`; by `len` and `getitem` where left out and both are there.
    pub iter: Slot,
    /// `next(x)`, [`Value::Unbound`] at the end.
    pub next: Slot,
    /// `item in x`.
    pub contains: Option<fn(&mut Context, &Value, &Value) -> Result<bool>>,
    /// `x[key]`.
    pub getitem: Option<fn(&mut Context, &Value, &Value) -> Result>,
    /// `x[key] = value`.
    pub setitem: Option<fn(&mut Context, &Value, &Value, &Value) -> Result<()>>,
    /// `del x[key]`.
    pub delitem: Option<fn(&mut Context, &Value, &Value) -> Result<()>>,
    /// `x(…)`: the function that is called, with the value as its first argument.
    pub call: Option<Native>,
    /// `-x` and its like; `None` where the type has no such operator.
    pub unary: Option<fn(&mut Context, UnaryOp, &Value) -> Result<Option<Value>>>,
    /// `a op b` where a or b is of this type; `None` to leave it to the other operand's type.
    pub binary: Option<fn(&mut Context, BinaryOp, &Value, &Value) -> Result<Option<Value>>>,
    /// `x op= b`, the changed value; `None` to do `x = x op b`.
    pub inplace: Option<fn(&mut Context, BinaryOp, &Value, &Value) -> Result<Option<Value>>>,
    /// `a op b` where a or b is of this type; `None` to leave it to the other operand's type, at last to identity.
    pub compare: Option<fn(&mut Context, CompareOp, &Value, &Value) -> Result<Option<Value>>>,
    /// What `with x as y` binds.
    pub enter: Slot,
    /// The end of a `with` block, whether it came to its end or not; true swallows the exception.
    pub exit: Option<fn(&mut Context, &Value, Option<&Value>) -> Result<bool>>,
}

impl TypeTable {
    /// A type that can do nothing.
    pub const EMPTY: TypeTable = TypeTable {
        name: "object",
        module: "",
        base: None,
        open: false,
        new: None,
        methods: &[],
        statics: &[],
        getters: &[],
        getattr: None,
        setattr: None,
        repr: None,
        str: None,
        format: None,
        truth: None,
        len: None,
        index: None,
        float: None,
        hash: None,
        iter: None,
        next: None,
        contains: None,
        getitem: None,
        setitem: None,
        delitem: None,
        call: None,
        unary: None,
        binary: None,
        inplace: None,
        compare: None,
        enter: None,
        exit: None,
    };

    /// Whether it is that type or extends it.
    pub fn extends(&'static self, other: &'static TypeTable) -> bool {
        self.line().any(|t| std::ptr::eq(t, other))
    }

    /// The type and what it extends, nearest first.
    pub fn line(&'static self) -> impl Iterator<Item = &'static TypeTable> {
        std::iter::successors(Some(self), |t| t.base)
    }

    /// A method, its own or inherited.
    pub fn method(&'static self, name: &str) -> Option<&'static Native> {
        self.line().find_map(|t| t.methods.iter().find(|m| m.name == name))
    }

    /// An attribute, its own or inherited.
    pub fn getter(&'static self, name: &str) -> Option<&'static Getter> {
        self.line().find_map(|t| t.getters.iter().find(|g| g.name == name))
    }
}

impl PartialEq for &'static TypeTable {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(*self, *other)
    }
}

/// A module of ours.
pub struct Module {
    /// Its full name, as imported: `torch.nn`.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [Native],
    /// Its types.
    pub types: &'static [&'static TypeTable],
    /// Modules inside it, by the last part of their names.
    pub modules: &'static [&'static Module],
    /// The rest of it, written in the dialect; empty where there is no rest.
    pub source: &'static str,
    /// Everything else, made when it is read.
    pub values: &'static [(&'static str, fn(&mut Context) -> Result)],
}

impl Module {
    /// A module without anything in it.
    pub const EMPTY: Module =
        Module { name: "", functions: &[], types: &[], modules: &[], source: "", values: &[] };

    /// Something in it.
    pub fn member(&'static self, cx: &mut Context, name: &str) -> Result<Option<Value>> {
        if let Some(native) = self.functions.iter().find(|f| f.name == name) {
            return Ok(Some(Value::Native(native)));
        }
        if let Some(table) = self.types.iter().find(|t| t.name == name) {
            return Ok(Some(Value::Type(table)));
        }
        if let Some((_, make)) = self.values.iter().find(|(n, _)| *n == name) {
            return make(cx).map(Some);
        }
        if name == "__name__" {
            return Ok(Some(Value::from(self.name)));
        }
        if let Some(module) = self.modules.iter().find(|m| m.last_name() == name) {
            return Ok(Some(Value::Module(module)));
        }
        match cx.library_names(self) {
            Some(names) => Ok(names.and_then(|n| n.get(name))),
            None if self.defined().any(|n| n == name) => cx.library_member(self, name),
            None => Ok(None),
        }
    }

    /// The last part of its name.
    pub fn last_name(&self) -> &'static str {
        self.name.rsplit('.').next().unwrap_or(self.name)
    }

    /// The names of everything in it.
    pub fn names(&'static self) -> impl Iterator<Item = &'static str> {
        let functions = self.functions.iter().map(|f| f.name);
        let types = self.types.iter().map(|t| t.name);
        let values = self.values.iter().map(|v| v.0);
        let modules = self.modules.iter().map(|m| m.last_name());
        functions.chain(types).chain(values).chain(modules).chain(self.defined())
    }

    /// The names that its text defines: by `def`, `class`, `import … as`, `from … import` or an assignment at the margin.
    fn defined(&'static self) -> impl Iterator<Item = &'static str> {
        self.source.lines().filter(|line| !line.starts_with([' ', ')', ']', '}', '@', '#', '"'])).flat_map(
            |line| {
                let rest = match line.split_once(' ') {
                    Some(("def" | "class", rest)) => rest,
                    Some(("from", rest)) => rest.split_once(" import ").map_or("", |(_, names)| names),
                    Some(("import", _)) | None => "",
                    Some(_) => line.split_once(" = ").map_or("", |(names, _)| names),
                };
                let end = rest.find(['(', ':', '[', '.']).unwrap_or(rest.len());
                let names = rest[..end].split([',', '=']);
                names
                    .map(|name| name.rsplit(" as ").next().unwrap_or(name).trim())
                    .filter(|name| !name.is_empty())
            },
        )
    }
}
