//! Python's own types, as tables.

pub mod bytes;
pub mod class;
pub mod descriptors;
pub mod dict;
pub mod exceptions;
mod generator;
pub mod list;
pub mod number;
pub mod set;
pub(crate) mod special;
pub mod str;
mod translate;
mod union;

pub use generator::GENERATOR;
pub(crate) use generator::stop;
pub(crate) use union::union;

/// Types whose values are made at once: objects of classes that extend them have theirs from the start.
pub(crate) static IMMUTABLE: &[&TypeTable] =
    &[&number::INT, &number::FLOAT, &str::STR, &list::TUPLE, &set::FROZENSET, &bytes::BYTES];

use crate::context::Context;
use crate::error::{Interrupt, type_error};
use crate::iter::{Iter, IterState};
use crate::native::{Getter, Native, Result, TypeTable};
use crate::value::{Range, Slice, Value};
use std::rc::Rc;

/// `object`.
pub static OBJECT: TypeTable = TypeTable {
    name: "object",
    open: true,
    new: Some(Native::new("object", "", |_, _| Ok(Value::new_object(Plain)))),
    ..TypeTable::EMPTY
};

/// What `object()` makes.
struct Plain;

impl crate::value::Object for Plain {
    fn table(&self) -> &'static TypeTable {
        &OBJECT
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

macro_rules! plain {
    ($($table:ident $name:literal;)*) => {
        $(static $table: TypeTable = TypeTable { name: $name, ..TypeTable::EMPTY };)*
    };
}

plain! {
    NONE_TYPE "NoneType";
    ELLIPSIS "ellipsis";
    NOT_IMPLEMENTED "NotImplementedType";
    FUNCTION "function";
    METHOD "method";
    NATIVE "builtin_function_or_method";
    MODULE "module";
    ENUMERATE_OBJECT "enumerate";
    ITERATOR "iterator";
    RANGE_ITERATOR "range_iterator";
    LIST_ITERATOR "list_iterator";
    LIST_REVERSE_ITERATOR "list_reverseiterator";
    TUPLE_ITERATOR "tuple_iterator";
    STR_ITERATOR "str_iterator";
    STR_ASCII_ITERATOR "str_ascii_iterator";
    KEY_ITERATOR "dict_keyiterator";
    VALUE_ITERATOR "dict_valueiterator";
    ITEM_ITERATOR "dict_itemiterator";
    SET_ITERATOR "set_iterator";
    CALLABLE_ITERATOR "callable_iterator";
}

/// `type`.
pub static TYPE: TypeTable = TypeTable {
    name: "type",
    open: true,
    new: Some(Native::new("type", "object, bases=, dict=, /, **kwargs", |cx, args| match args.get(1) {
        None => Ok(args[0].class()),
        Some(_) => {
            let args = [&args[0], &args[1], &args[2]].map(Value::clone);
            class::build(cx, None, &args, &[])
        }
    })),
    methods: &[
        Native::new("mro", "self, /", |cx, args| {
            let line = cx.getattr(&args[0], "__mro__")?;
            cx.collect(&line).map(Value::list)
        }),
        Native::new("__subclasses__", "self, /", |_, _| Ok(Value::list(Vec::new()))),
    ],
    ..TypeTable::EMPTY
};

/// `range`.
pub static RANGE: TypeTable = TypeTable {
    name: "range",
    new: Some(Native::new("range", "start, stop=, step=, /", |cx, args| {
        let first = args.int(cx, 0)?;
        let (start, stop) = match args.get(1) {
            Some(stop) => (first, cx.index(stop)?),
            None => (0, first),
        };
        let step = args.int_or(cx, 2, 1)?;
        if step == 0 {
            return Err(crate::error::value_error("range() arg 3 must not be zero"));
        }
        Ok(Value::Range(Rc::new(Range { start, stop, step })))
    })),
    methods: &[
        Native::new("index", "self, value, /", |cx, args| {
            if let Value::Range(range) = &args[0]
                && let Some(x) = args[1].as_i64()
                && cx.contains(&args[0], &args[1])?
            {
                return Ok(Value::Int((x - range.start) / range.step));
            }
            Err(crate::error::value_error(format!("{} is not in range", cx.repr(&args[1])?)))
        }),
        Native::new("count", "self, value, /", |cx, args| {
            Ok(Value::Int(i64::from(cx.contains(&args[0], &args[1])?)))
        }),
    ],
    getters: &[
        Getter::new("start", |_, v| Ok(range(v).map_or(Value::None, |r| Value::Int(r.start)))),
        Getter::new("stop", |_, v| Ok(range(v).map_or(Value::None, |r| Value::Int(r.stop)))),
        Getter::new("step", |_, v| Ok(range(v).map_or(Value::None, |r| Value::Int(r.step)))),
    ],
    ..TypeTable::EMPTY
};

fn range(value: &Value) -> Option<&Range> {
    match value {
        Value::Range(range) => Some(range),
        _ => None,
    }
}

/// `slice`.
pub static SLICE: TypeTable = TypeTable {
    name: "slice",
    new: Some(Native::new("slice", "start, stop=, step=, /", |_, args| {
        let or_none = |i: usize| args.get(i).cloned().unwrap_or(Value::None);
        let (start, stop) =
            if args.get(1).is_some() { (or_none(0), or_none(1)) } else { (Value::None, or_none(0)) };
        Ok(Value::Slice(Rc::new(Slice { start, stop, step: or_none(2) })))
    })),
    methods: &[Native::new("indices", "self, len, /", |cx, args| {
        let len = usize::try_from(args.int(cx, 1)?)
            .map_err(|_| crate::error::value_error("length should not be negative"))?;
        let Some(slice) = slice(&args[0]) else { return Ok(Value::None) };
        let (start, stop, step) = cx.slice_bounds(slice, len)?;
        Ok(Value::tuple([start, stop, step].map(Value::Int).to_vec()))
    })],
    getters: &[
        Getter::new("start", |_, v| Ok(slice(v).map_or(Value::None, |s| s.start.clone()))),
        Getter::new("stop", |_, v| Ok(slice(v).map_or(Value::None, |s| s.stop.clone()))),
        Getter::new("step", |_, v| Ok(slice(v).map_or(Value::None, |s| s.step.clone()))),
    ],
    ..TypeTable::EMPTY
};

fn slice(value: &Value) -> Option<&Slice> {
    match value {
        Value::Slice(slice) => Some(slice),
        _ => None,
    }
}

/// `zip`.
pub static ZIP: TypeTable = TypeTable {
    name: "zip",
    new: Some(Native::new("zip", "*iterables, strict=", |cx, args| {
        let strict = args.truth_or(cx, 1, false)?;
        let mut all = Vec::new();
        for (i, iterable) in args.rest(0).iter().enumerate() {
            all.push(cx.iter(iterable).map_err(|e| match e {
                Interrupt::Raise(_) => type_error(format!(
                    "'{}' object is not iterable",
                    args.rest(0).get(i).map(Value::type_name).unwrap_or_default()
                )),
                other => other,
            })?);
        }
        Ok(Value::iter(Iter::new(IterState::Zip(all, strict))))
    })),
    ..TypeTable::EMPTY
};

/// `enumerate`.
pub static ENUMERATE: TypeTable = TypeTable {
    name: "enumerate",
    new: Some(Native::new("enumerate", "iterable, start=", |cx, args| {
        let start = args.int_or(cx, 1, 0)?;
        let iterator = cx.iter(&args[0])?;
        Ok(Value::iter(Iter::new(IterState::Enumerate(iterator, start))))
    })),
    ..TypeTable::EMPTY
};

/// `map`.
pub static MAP: TypeTable = TypeTable {
    name: "map",
    new: Some(Native::new("map", "*args", |cx, args| {
        let [function, iterables @ ..] = args.rest(0) else {
            return Err(type_error("map() must have at least two arguments."));
        };
        if iterables.is_empty() {
            return Err(type_error("map() must have at least two arguments."));
        }
        let mut all = Vec::new();
        for iterable in iterables {
            all.push(cx.iter(iterable)?);
        }
        Ok(Value::iter(Iter::new(IterState::Map(function.clone(), all))))
    })),
    ..TypeTable::EMPTY
};

/// `filter`.
pub static FILTER: TypeTable = TypeTable {
    name: "filter",
    new: Some(Native::new("filter", "function, iterable, /", |cx, args| {
        let iterator = cx.iter(&args[1])?;
        Ok(Value::iter(Iter::new(IterState::Filter(args[0].clone(), iterator))))
    })),
    ..TypeTable::EMPTY
};

/// `reversed`.
pub static REVERSED: TypeTable = TypeTable {
    name: "reversed",
    new: Some(Native::new("reversed", "sequence, /", |cx, args| {
        if let Some(method) = cx.class_method(&args[0], "__reversed__") {
            return cx.call(&method, vec![args[0].clone()]);
        }
        let state = match args[0].plain() {
            Value::List(list) => IterState::ListBack(list.clone(), list.items.borrow().len()),
            Value::Range(r) => {
                let n = r.len();
                IterState::Range(r.at(n.saturating_sub(1)), r.step.wrapping_neg(), n)
            }
            Value::Tuple(_) | Value::Str(_) | Value::Dict(_) => {
                let mut items = match args[0].plain() {
                    Value::Dict(dict) => dict.map.borrow().iter().map(|(k, _)| k.clone()).collect(),
                    other => {
                        let iterator = cx.iter(other)?;
                        cx.collect(&iterator)?
                    }
                };
                items.reverse();
                IterState::Tuple(Rc::new(crate::value::Tuple { items }), 0)
            }
            other => {
                if matches!(other, Value::Set(_))
                    || other.table().line().all(|t| t.getitem.is_none())
                        && cx.class_method(other, "__getitem__").is_none()
                {
                    return Err(type_error(format!("'{}' object is not reversible", other.type_name())));
                }
                let n = cx.len(other)?;
                let mut items = Vec::new();
                for i in (0..n).rev() {
                    items.push(cx.getitem(other, &Value::from(i))?);
                }
                IterState::Tuple(Rc::new(crate::value::Tuple { items }), 0)
            }
        };
        Ok(Value::iter(Iter::new(state)))
    })),
    ..TypeTable::EMPTY
};

impl Value {
    /// How values of its type behave.
    pub fn table(&self) -> &'static TypeTable {
        match self {
            Value::Unbound | Value::None => &NONE_TYPE,
            Value::Bool(_) => &number::BOOL,
            Value::Int(_) | Value::Big(_) => &number::INT,
            Value::Float(_) => &number::FLOAT,
            Value::Str(_) => &str::STR,
            Value::List(_) => &list::LIST,
            Value::Tuple(_) => &list::TUPLE,
            Value::Dict(_) => &dict::DICT,
            Value::Set(set) if set.frozen => &set::FROZENSET,
            Value::Set(_) => &set::SET,
            Value::Range(_) => &RANGE,
            Value::Slice(_) => &SLICE,
            Value::Ellipsis => &ELLIPSIS,
            Value::NotImplemented => &NOT_IMPLEMENTED,
            Value::Function(_) => &FUNCTION,
            Value::Method(method) if matches!(method.function, Value::Native(_)) => &NATIVE,
            Value::Method(_) => &METHOD,
            Value::Native(_) => &NATIVE,
            Value::Module(_) => &MODULE,
            Value::Class(class) => class.meta.as_ref().and_then(|m| m.native).unwrap_or(&TYPE),
            Value::Type(_) => &TYPE,
            Value::Instance(instance) => instance.class.native.unwrap_or(&OBJECT),
            Value::Exception(exception) => exception.class.table(),
            Value::Iter(iter) => iter_table(&iter.state.borrow()),
            Value::Generator(_) => &GENERATOR,
            Value::Tensor(tensor) => crate::modules::tensor_table(tensor),
            Value::Object(object) => object.table(),
        }
    }
}

fn iter_table(state: &IterState) -> &'static TypeTable {
    use crate::iter::DictPart;
    match state {
        IterState::Done => &ITERATOR,
        IterState::Range(..) => &RANGE_ITERATOR,
        IterState::List(..) => &LIST_ITERATOR,
        IterState::ListBack(..) => &LIST_REVERSE_ITERATOR,
        IterState::Tuple(..) => &TUPLE_ITERATOR,
        IterState::Str(text, _) if text.is_ascii() => &STR_ASCII_ITERATOR,
        IterState::Str(..) => &STR_ITERATOR,
        IterState::Dict(_, DictPart::Keys, ..) => &KEY_ITERATOR,
        IterState::Dict(_, DictPart::Values, ..) => &VALUE_ITERATOR,
        IterState::Dict(_, DictPart::Items, ..) => &ITEM_ITERATOR,
        IterState::Set(..) => &SET_ITERATOR,
        IterState::Enumerate(..) => &ENUMERATE_OBJECT,
        IterState::Zip(..) => &ZIP,
        IterState::Map(..) => &MAP,
        IterState::Filter(..) => &FILTER,
        IterState::Sequence(..) => &ITERATOR,
        IterState::Until(..) => &CALLABLE_ITERATOR,
    }
}

/// Whether it is something like `int | None`.
pub(crate) fn is_union(value: &Value) -> bool {
    union::members(value).is_some()
}

/// `isinstance(value, class)` for one class, or a tuple of them.
pub fn isinstance(value: &Value, class: &Value) -> Result<bool> {
    match class {
        Value::Tuple(classes) => {
            for class in &classes.items {
                if isinstance(value, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Type(table) => {
            if std::ptr::eq(*table, &OBJECT) {
                return Ok(true);
            }
            Ok(value.table().extends(table))
        }
        Value::Class(class) => Ok(match value {
            Value::Class(one) => one.meta.as_ref().is_some_and(|meta| meta.extends(class)),
            other => other.user_class().is_some_and(|c| c.extends(class)),
        }),
        other if is_union(other) => {
            isinstance(value, &Value::tuple(union::members(other).unwrap_or_default()))
        }
        _ => Err(type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

/// `issubclass(class, of)` for one class, or a tuple of them.
pub fn issubclass(class: &Value, of: &Value) -> Result<bool> {
    match (class, of) {
        (_, Value::Tuple(classes)) => {
            for of in &classes.items {
                if issubclass(class, of)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        (_, of) if is_union(of) => issubclass(class, &Value::tuple(union::members(of).unwrap_or_default())),
        (Value::Class(class), Value::Class(of)) => Ok(class.extends(of)),
        (Value::Type(_) | Value::Class(_), Value::Type(of)) if std::ptr::eq(*of, &OBJECT) => Ok(true),
        (Value::Class(class), Value::Type(of)) => Ok(class.native.is_some_and(|t| t.extends(of))),
        (Value::Type(table), Value::Type(of)) => Ok(table.extends(of)),
        (Value::Type(_), Value::Class(_)) => Ok(false),
        (Value::Type(_) | Value::Class(_), _) => {
            Err(type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        }
        _ => Err(type_error("issubclass() arg 1 must be a class")),
    }
}

impl Context {
    /// The parts of a value that a class pattern looks at: so many by position, then those of the names. `None` where it
    /// does not fit.
    pub(crate) fn match_class(
        &mut self,
        subject: &Value,
        class: &Value,
        positional: usize,
        names: &[Value],
    ) -> Result<Option<Vec<Value>>> {
        if !matches!(class, Value::Type(_) | Value::Class(_)) {
            return Err(type_error("called match pattern must be a class"));
        }
        if !isinstance(subject, class)? {
            return Ok(None);
        }
        let mut wanted: Vec<Value> = Vec::new();
        let mut parts = Vec::new();
        if positional > 0 {
            let own = [&number::BOOL, &dict::DICT, &list::LIST, &set::SET];
            let native = match class {
                Value::Type(table) => Some(*table),
                Value::Class(class) => class.native,
                _ => None,
            };
            let whole = native.is_some_and(|t| own.contains(&t) || IMMUTABLE.contains(&t));
            let args = self.find_attr(class, "__match_args__")?;
            let name = class_name(class);
            match args {
                Some(Value::Tuple(args)) => wanted.extend(args.items.iter().take(positional).cloned()),
                Some(other) => {
                    let kind = other.type_name();
                    return Err(type_error(format!("{name}.__match_args__ must be a tuple (got {kind})")));
                }
                None if whole => parts.push(subject.clone()),
                None => {}
            }
            let most = wanted.len() + parts.len();
            if most < positional {
                let plural = if most == 1 { "" } else { "s" };
                return Err(type_error(format!(
                    "{name}() accepts {most} positional sub-pattern{plural} ({positional} given)"
                )));
            }
        }
        wanted.extend_from_slice(names);
        for name in &wanted {
            match self.find_attr(subject, name.as_str().unwrap_or_default())? {
                Some(part) => parts.push(part),
                None => return Ok(None),
            }
        }
        Ok(Some(parts))
    }

    /// What `with value as x` binds to x.
    pub(crate) fn enter(&mut self, manager: &Value) -> Result {
        if let Some(method) = self.class_method(manager, "__enter__") {
            if self.class_method(manager, "__exit__").is_none() {
                return Err(not_a_manager(manager, " (missed __exit__ method)"));
            }
            return self.call(&method, vec![manager.clone()]);
        }
        match manager.table().line().find_map(|t| t.enter) {
            Some(enter) => enter(self, manager),
            None => Err(not_a_manager(manager, "")),
        }
    }

    /// The end of a `with` block; whether an exception is swallowed.
    pub(crate) fn exit(&mut self, manager: &Value, exception: Option<&Value>) -> Result<bool> {
        if let Some(method) = self.class_method(manager, "__exit__") {
            let (class, value) = match exception {
                Some(value) => (value.class(), value.clone()),
                None => (Value::None, Value::None),
            };
            let result = self.call(&method, vec![manager.clone(), class, value, Value::None])?;
            return self.truth(&result);
        }
        match manager.table().line().find_map(|t| t.exit) {
            Some(exit) => exit(self, manager, exception),
            None => Ok(false),
        }
    }
}

fn class_name(class: &Value) -> String {
    match class {
        Value::Class(class) => class.name.to_string(),
        Value::Type(table) => table.name.to_owned(),
        other => other.type_name(),
    }
}

fn not_a_manager(manager: &Value, how: &str) -> Interrupt {
    let kind = manager.type_name();
    type_error(format!("'{kind}' object does not support the context manager protocol{how}"))
}
