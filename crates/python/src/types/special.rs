//! The special methods of our own types, by name: what `super().__setitem__(…)`, `list.__len__(x)` and `(1).__add__(2)`
//! find. They do what the operator does, but for the methods of the program's classes.

use std::rc::Rc;

use crate::context::Context;
use crate::error::{BASE_EXCEPTION, Exception, ExceptionClass, STOP_ITERATION, type_error};
use crate::native::{Args, BinaryOp, CompareOp, Native, Result, TypeTable, UnaryOp};
use crate::types::descriptors::Property;
use crate::value::Value;

macro_rules! rows {
    ($($call:ident $params:literal: $($name:literal)*;)*) => {
        &[$($(Native::new($name, $params, $call),)*)*]
    };
}

static SPECIAL: &[Native] = rows! {
    binary "self, other, /":
        "__add__" "__sub__" "__mul__" "__matmul__" "__truediv__" "__floordiv__" "__mod__" "__lshift__" "__rshift__"
        "__or__" "__xor__" "__and__" "__radd__" "__rsub__" "__rmul__" "__rmatmul__" "__rtruediv__" "__rfloordiv__"
        "__rmod__" "__rpow__" "__rlshift__" "__rrshift__" "__ror__" "__rxor__" "__rand__";
    binary "self, other, mod=, /": "__pow__";
    in_place "self, other, /": "__iadd__" "__imul__" "__ior__" "__iand__" "__isub__" "__ixor__";
    divide "self, other, /": "__divmod__";
    unary "self, /": "__neg__" "__pos__" "__invert__" "__abs__";
    compare "self, other, /": "__eq__" "__ne__" "__lt__" "__le__" "__gt__" "__ge__";
    number "self, /": "__int__" "__float__" "__index__" "__trunc__" "__floor__" "__ceil__" "__bool__";
    round "self, ndigits=, /": "__round__";
    size "self, /": "__len__" "__hash__" "__sizeof__";
    item "self, key, /": "__getitem__" "__contains__" "__delitem__";
    set_item "self, key, value, /": "__setitem__";
    iterate "self, /": "__iter__" "__next__" "__reversed__";
    text "self, /": "__repr__" "__str__";
    format "self, format_spec, /": "__format__";
    attribute "self, name, /": "__getattribute__" "__delattr__";
    set_attribute "self, name, value, /": "__setattr__";
    names "self, /": "__dir__";
    new "cls, *args, **kwargs": "__new__";
    init "self, *args, **kwargs": "__init__" "__init_subclass__";
    call "self, *args, **kwargs": "__call__";
    enter "self, /": "__enter__";
    exit "self, *exception": "__exit__";
    get "self, instance, owner=, /": "__get__";
};

/// What every object has.
const OBJECT: &str = " init new repr str eq ne lt le gt ge hash format setattr delattr getattribute dir sizeof \
                      init_subclass ";
const SIZED: &str = " len contains iter ";
const SEQUENCE: &str = " getitem add mul rmul len contains iter ";
const SET: &str = " len contains iter or and xor sub ror rand rxor rsub ";
const NUMBER: &str = " add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rfloordiv rmod rpow divmod neg pos \
                      abs int float bool round trunc floor ceil ";
const BITS: &str = " or xor and lshift rshift ror rxor rand rlshift rrshift invert index ";

/// Which of them a type has. Those that Python's own types have are not in their tables.
fn has(table: &'static TypeTable, what: &str) -> bool {
    let listed = |names: &str| names.split(' ').any(|name| name == what);
    if listed(OBJECT) {
        return true;
    }
    match table.name {
        "list" => listed(SEQUENCE) || listed("setitem delitem iadd imul reversed"),
        "tuple" => listed(SEQUENCE),
        "str" => listed(SEQUENCE) || listed("mod rmod"),
        "bytes" => listed(SEQUENCE),
        "range" => listed(SIZED) || listed("getitem reversed bool"),
        "dict" => listed(SIZED) || listed("getitem setitem delitem or ror ior reversed"),
        "set" => listed(SET) || listed("ior iand isub ixor"),
        "frozenset" => listed(SET),
        "int" | "bool" => listed(NUMBER) || listed(BITS),
        "float" => listed(NUMBER),
        "function" | "method" | "builtin_function_or_method" => listed("call get"),
        "generator" | "zip" | "map" | "filter" | "enumerate" => listed("iter next"),
        "type" => listed("call"),
        "NoneType" => listed("bool"),
        name if name.ends_with("iterator") => listed("iter next"),
        _ => {
            let slot = |has: fn(&TypeTable) -> bool| table.line().any(has);
            match what {
                "len" => slot(|t| t.len.is_some()),
                "getitem" => slot(|t| t.getitem.is_some()),
                "setitem" => slot(|t| t.setitem.is_some()),
                "delitem" => slot(|t| t.delitem.is_some()),
                "contains" => slot(|t| t.contains.is_some()),
                "iter" => slot(|t| t.iter.is_some() || t.next.is_some()),
                "next" => slot(|t| t.next.is_some()),
                "call" => slot(|t| t.call.is_some()),
                "enter" => slot(|t| t.enter.is_some()),
                "exit" => slot(|t| t.exit.is_some()),
                "float" | "int" => slot(|t| t.float.is_some()),
                "index" => slot(|t| t.index.is_some()),
                "bool" => slot(|t| t.truth.is_some()),
                "neg" | "pos" | "abs" | "invert" => slot(|t| t.unary.is_some()),
                "reversed" | "round" | "trunc" | "floor" | "ceil" | "divmod" | "get" => false,
                name if name.starts_with('i') => slot(|t| t.inplace.is_some()),
                _ => slot(|t| t.binary.is_some()),
            }
        }
    }
}

/// A special method of a type of ours.
pub(crate) fn of(table: &'static TypeTable, name: &str) -> Option<&'static Native> {
    let what = name.strip_prefix("__")?.strip_suffix("__")?;
    let native = SPECIAL.iter().find(|n| n.name == name)?;
    has(table, what).then_some(native)
}

/// The names of those that a type has.
pub(crate) fn names_of(table: &'static TypeTable) -> impl Iterator<Item = &'static str> {
    let own = SPECIAL.iter().map(|n| n.name).filter(move |n| has(table, n.trim_matches('_')));
    own.chain(["__class__", "__doc__", "__reduce__", "__reduce_ex__", "__subclasshook__", "__getstate__"])
}

const ALL: [BinaryOp; 13] = [
    BinaryOp::Add,
    BinaryOp::Sub,
    BinaryOp::Mul,
    BinaryOp::MatMul,
    BinaryOp::Div,
    BinaryOp::FloorDiv,
    BinaryOp::Mod,
    BinaryOp::Pow,
    BinaryOp::LShift,
    BinaryOp::RShift,
    BinaryOp::BitOr,
    BinaryOp::BitXor,
    BinaryOp::BitAnd,
];

fn binary(cx: &mut Context, args: &Args) -> Result {
    let name = args.native.name;
    if args.some(2).is_some() {
        return crate::builtins::power(cx, &args[0], &args[1], args.some(2));
    }
    for op in ALL {
        let (left, right, _) = op.methods();
        if left == name || right == name {
            let (a, b) = if left == name { (&args[0], &args[1]) } else { (&args[1], &args[0]) };
            return Ok(cx.binary_plain(op, a, b)?.unwrap_or(Value::NotImplemented));
        }
    }
    Ok(Value::NotImplemented)
}

fn in_place(cx: &mut Context, args: &Args) -> Result {
    match ALL.into_iter().find(|op| op.methods().2 == args.native.name) {
        Some(op) => {
            let changed = cx.in_place(op, args[0].plain(), &args[1])?;
            Ok(if changed.is(args[0].plain()) { args[0].clone() } else { changed })
        }
        None => Ok(Value::NotImplemented),
    }
}

fn divide(cx: &mut Context, args: &Args) -> Result {
    crate::builtins::divmod(cx, args[0].plain(), args[1].plain())
}

fn unary(cx: &mut Context, args: &Args) -> Result {
    let op = match args.native.name {
        "__neg__" => UnaryOp::Neg,
        "__pos__" => UnaryOp::Pos,
        "__invert__" => UnaryOp::Invert,
        _ => UnaryOp::Abs,
    };
    cx.unary(op, args[0].plain())
}

fn compare(cx: &mut Context, args: &Args) -> Result {
    const OPS: [CompareOp; 6] =
        [CompareOp::Eq, CompareOp::Ne, CompareOp::Lt, CompareOp::Le, CompareOp::Gt, CompareOp::Ge];
    let op = OPS.into_iter().find(|op| op.method() == args.native.name).unwrap_or(CompareOp::Eq);
    let (a, b) = (&args[0], &args[1]);
    // `object.__ne__` asks `__eq__` of the class.
    if op == CompareOp::Ne
        && let Some(method) = cx.class_method(a, "__eq__")
    {
        let equal = cx.call(&method, vec![a.clone(), b.clone()])?;
        return Ok(match equal {
            Value::NotImplemented => equal,
            equal => Value::Bool(!cx.truth(&equal)?),
        });
    }
    match (cx.compare_plain(op, a, b)?, op) {
        (Value::NotImplemented, CompareOp::Eq) if a.is(b) => Ok(Value::Bool(true)),
        (value, _) => Ok(value),
    }
}

fn number(cx: &mut Context, args: &Args) -> Result {
    let value = args[0].plain();
    match (args.native.name, value) {
        ("__bool__", _) => cx.truth(value).map(Value::Bool),
        ("__float__", _) => cx.float(value).map(Value::Float),
        ("__index__", _) => cx.index(value).map(Value::Int),
        ("__floor__", Value::Float(x)) => crate::int::from_f64(x.floor()),
        ("__ceil__", Value::Float(x)) => crate::int::from_f64(x.ceil()),
        _ => super::number::to_int(cx, Some(value), None),
    }
}

fn round(cx: &mut Context, args: &Args) -> Result {
    crate::builtins::round_value(cx, args[0].plain(), args.some(1))
}

fn size(cx: &mut Context, args: &Args) -> Result {
    match args.native.name {
        "__len__" => cx.len_plain(&args[0]).map(Value::from),
        "__hash__" => cx.hash_plain(&args[0]).map(|h| Value::Int(h as i64)),
        _ => Ok(Value::Int(64)),
    }
}

fn item(cx: &mut Context, args: &Args) -> Result {
    match args.native.name {
        "__getitem__" => cx.getitem_plain(&args[0], &args[1]),
        "__contains__" => cx.contains(args[0].plain(), &args[1]).map(Value::Bool),
        _ => cx.delitem_plain(&args[0], &args[1]).map(|()| Value::None),
    }
}

fn set_item(cx: &mut Context, args: &Args) -> Result {
    cx.setitem_plain(&args[0], &args[1], &args[2]).map(|()| Value::None)
}

fn iterate(cx: &mut Context, args: &Args) -> Result {
    let value = args[0].plain();
    match args.native.name {
        "__iter__" => cx.make_iter(value),
        "__reversed__" => match &super::REVERSED.new {
            Some(reversed) => {
                (reversed.call)(cx, &Args { native: reversed, values: std::slice::from_ref(value) })
            }
            None => Ok(Value::None),
        },
        _ => {
            let next = cx.next(value)?;
            if next.is_bound() {
                return Ok(next);
            }
            Err(Exception::with_args(ExceptionClass::Native(&STOP_ITERATION), Vec::new()).raise())
        }
    }
}

fn text(cx: &mut Context, args: &Args) -> Result {
    if args.native.name == "__repr__" {
        return cx.repr_plain(&args[0], &mut Vec::new()).map(Value::from);
    }
    cx.str_plain(&args[0]).map(Value::Str)
}

fn format(cx: &mut Context, args: &Args) -> Result {
    cx.format_plain(&args[0], args.str(1)?).map(Value::Str)
}

fn attribute(cx: &mut Context, args: &Args) -> Result {
    let name = args.str(1)?;
    if args.native.name == "__delattr__" {
        return cx.setattr_plain(&args[0], &Rc::from(name), &Value::Unbound).map(|()| Value::None);
    }
    match cx.attr(&args[0], name, false)? {
        Some(found) => Ok(found),
        None => Err(cx.no_attribute(&args[0], name)),
    }
}

fn set_attribute(cx: &mut Context, args: &Args) -> Result {
    cx.setattr_plain(&args[0], &Rc::from(args.str(1)?), &args[2]).map(|()| Value::None)
}

fn names(cx: &mut Context, args: &Args) -> Result {
    Ok(Value::list(crate::builtins::dir_names(cx, &args[0]).into_iter().map(Value::Str).collect()))
}

/// `object.__new__` and that of every other type of ours.
fn new(cx: &mut Context, args: &Args) -> Result {
    match &args[0] {
        Value::Class(class) => cx.make_instance(class, args.rest(1), &args[2]),
        Value::Type(table) if std::ptr::eq(*table, &super::OBJECT) => cx.call(&args[0], Vec::new()),
        Value::Type(_) => cx.call(&args[0], args.rest(1).to_vec()),
        other => {
            Err(type_error(format!("object.__new__(X): X is not a type object ({})", other.type_name())))
        }
    }
}

/// `__init__` of our own types: fills a list, a dictionary, a set that an object of a class of the program is.
fn init(cx: &mut Context, args: &Args) -> Result {
    let (given, named) = (args.rest(1), &args[2]);
    let one = given.first();
    let object = args.native.name == "__init__" && matches!(args[0], Value::Instance(_));
    match args[0].plain() {
        Value::List(list) => {
            let items = one.map_or(Ok(Vec::new()), |from| cx.collect(from))?;
            drop(list.items.replace(items));
            list.grown();
        }
        dict @ Value::Dict(_) => {
            if let Some(from) = one {
                cx.dict_update(dict, from)?;
            }
            cx.dict_update(dict, named)?;
        }
        Value::Set(set) if !set.frozen => {
            let items = one.map_or(Ok(Vec::new()), |from| cx.collect(from))?;
            drop(set.items.take());
            for item in &items {
                cx.set_add(set, item)?;
            }
        }
        Value::Instance(instance)
            if object && instance.class.native.is_none() && (!given.is_empty() || cx.len(named)? > 0) =>
        {
            return Err(type_error(
                "object.__init__() takes exactly one argument (the instance to initialize)",
            ));
        }
        Value::Class(class) if args.native.name == "__init_subclass__" && cx.len(named)? > 0 => {
            let name = class.name.clone();
            return Err(type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
        }
        Value::Exception(exception) if exception.is(&BASE_EXCEPTION) => {
            drop(exception.args.replace(given.to_vec()));
        }
        _ => {}
    }
    Ok(Value::None)
}

fn call(cx: &mut Context, args: &Args) -> Result {
    let Value::Dict(named) = &args[2] else { return Ok(Value::None) };
    let (names, values): (Vec<Value>, Vec<Value>) =
        named.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).unzip();
    let given = crate::call::CallArgs { positional: args.rest(1), names: &names, named: &values };
    match &args[0] {
        Value::Class(_) => cx.instantiate(&args[0], given),
        Value::Instance(_) => cx.call_slot(&args[0], given),
        other => cx.call_args(other, given, None),
    }
}

fn enter(cx: &mut Context, args: &Args) -> Result {
    cx.enter(&args[0])
}

fn exit(cx: &mut Context, args: &Args) -> Result {
    let exception = args.rest(1).get(1).filter(|v| !v.is_none());
    cx.exit(&args[0], exception).map(Value::Bool)
}

/// `function.__get__(object)`: the method.
fn get(_: &mut Context, args: &Args) -> Result {
    if args[0].object::<Property>().is_some() || args[1].is_none() {
        return Ok(args[0].clone());
    }
    Ok(Value::method(args[1].clone(), args[0].clone()))
}
