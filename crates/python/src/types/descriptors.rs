//! `property`, `staticmethod`, `classmethod`, `super`.

use std::any::Any;
use std::rc::Rc;

use crate::class::Class;
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, Exception, type_error};
use crate::native::{Args, Getter, Native, Result, TypeTable};
use crate::value::{Object, Value};

macro_rules! object {
    ($type:ty, $table:expr) => {
        impl Object for $type {
            fn table(&self) -> &'static TypeTable {
                &$table
            }
            fn as_any(&self) -> &dyn Any {
                self
            }
        }
    };
}

/// `staticmethod`.
pub struct StaticMethod(pub Value);
object!(StaticMethod, STATIC_METHOD);

/// `classmethod`.
pub struct ClassMethod(pub Value);
object!(ClassMethod, CLASS_METHOD);

/// `property`.
pub struct Property {
    get: Value,
    set: Value,
    delete: Value,
    doc: Value,
}
object!(Property, PROPERTY);

/// `super()`.
pub struct Super {
    /// The class after which the search begins.
    pub class: Rc<Class>,
    /// The object, or the class in a class method.
    pub receiver: Value,
}
object!(Super, SUPER);

impl Property {
    /// What reads it.
    pub(crate) fn getter(&self, owner: &Value) -> Result {
        if !self.get.is_bound() || self.get.is_none() {
            let kind = owner.type_name();
            let message = format!("property of '{kind}' object has no getter");
            return Err(Exception::new(&ATTRIBUTE_ERROR, message).raise());
        }
        Ok(self.get.clone())
    }

    fn part(value: &Value, part: impl Fn(&Property) -> &Value) -> Result {
        let found = value.object::<Property>().map(|p| part(p).clone());
        Ok(found.filter(Value::is_bound).unwrap_or(Value::None))
    }

    /// Writes, or deletes for [`Value::Unbound`].
    pub(crate) fn write(&self, cx: &mut Context, owner: &Value, name: &str, new: &Value) -> Result<()> {
        let (function, what) = if new.is_bound() { (&self.set, "setter") } else { (&self.delete, "deleter") };
        if !function.is_bound() || function.is_none() {
            let kind = owner.type_name();
            let message = format!("property '{name}' of '{kind}' object has no {what}");
            return Err(Exception::new(&ATTRIBUTE_ERROR, message).raise());
        }
        let mut args = vec![owner.clone()];
        args.extend(Some(new.clone()).filter(Value::is_bound));
        cx.call(function, args).map(drop)
    }

    fn with(args: &Args, change: impl FnOnce(&mut Property, Value)) -> Result {
        match args[0].object::<Property>() {
            Some(p) => {
                let (get, set, delete) = (p.get.clone(), p.set.clone(), p.delete.clone());
                let mut new = Property { get, set, delete, doc: p.doc.clone() };
                change(&mut new, args[1].clone());
                Ok(Value::new_object(new))
            }
            None => Err(type_error("a property is needed")),
        }
    }
}

/// The type `staticmethod`.
pub static STATIC_METHOD: TypeTable = TypeTable {
    name: "staticmethod",
    new: Some(Native::new("staticmethod", "function, /", |_, args| {
        Ok(Value::new_object(StaticMethod(args[0].clone())))
    })),
    call: Some(Native::new("staticmethod", "self, /, *args, **kwargs", |cx, args| {
        let callee = crate::attr::unwrap_static(&args[0]);
        let Value::Dict(named) = &args[2] else { return Ok(Value::None) };
        let named: Vec<(Rc<str>, Value)> =
            named.map.borrow().iter().filter_map(|(k, v)| Some((Rc::from(k.as_str()?), v.clone()))).collect();
        cx.call_with(&callee, args.rest(1), &named)
    })),
    getattr: Some(|cx, v, name| cx.attr(&crate::attr::unwrap_static(v), name, false)),
    getters: &[Getter::new("__func__", |_, v| {
        Ok(v.object::<StaticMethod>().map_or(Value::None, |f| f.0.clone()))
    })],
    ..TypeTable::EMPTY
};

/// The type `classmethod`.
pub static CLASS_METHOD: TypeTable = TypeTable {
    name: "classmethod",
    new: Some(Native::new("classmethod", "function, /", |_, args| {
        Ok(Value::new_object(ClassMethod(args[0].clone())))
    })),
    getters: &[Getter::new("__func__", |_, v| {
        Ok(v.object::<ClassMethod>().map_or(Value::None, |f| f.0.clone()))
    })],
    ..TypeTable::EMPTY
};

/// The type `property`.
pub static PROPERTY: TypeTable = TypeTable {
    name: "property",
    new: Some(Native::new("property", "fget=, fset=, fdel=, doc=", |cx, args| {
        let doc = match (args.get(3), args.some(0)) {
            (None, Some(get)) => cx.find_attr(get, "__doc__")?.unwrap_or_default(),
            (doc, _) => doc.cloned().unwrap_or_default(),
        };
        let (get, set, delete) = (args[0].clone(), args[1].clone(), args[2].clone());
        Ok(Value::new_object(Property { get, set, delete, doc }))
    })),
    getters: &[
        Getter::new("fget", |_, v| Property::part(v, |p| &p.get)),
        Getter::new("fset", |_, v| Property::part(v, |p| &p.set)),
        Getter::new("fdel", |_, v| Property::part(v, |p| &p.delete)),
        Getter::new("__doc__", |_, v| Property::part(v, |p| &p.doc)),
    ],
    methods: &[
        Native::new("getter", "self, fget, /", |_, args| Property::with(args, |p, f| p.get = f)),
        Native::new("setter", "self, fset, /", |_, args| Property::with(args, |p, f| p.set = f)),
        Native::new("deleter", "self, fdel, /", |_, args| Property::with(args, |p, f| p.delete = f)),
    ],
    ..TypeTable::EMPTY
};

/// The type `super`. Without arguments the compiler gives it the class and the first parameter.
pub static SUPER: TypeTable = TypeTable {
    name: "super",
    new: Some(Native::new("super", "type=, object=, /", |_, args| match (&args[0], &args[1]) {
        (Value::Class(class), receiver)
            if receiver.user_class().is_some_and(|c| c.extends(class))
                || matches!(receiver, Value::Class(c) if c.meta.as_ref().is_some_and(|m| m.extends(class))) =>
        {
            Ok(Value::new_object(Super { class: class.clone(), receiver: receiver.clone() }))
        }
        // Of no object, it is good for nothing but its own `__init__`.
        (Value::Class(class), Value::Unbound) => {
            Ok(Value::new_object(Super { class: class.clone(), receiver: Value::Unbound }))
        }
        (Value::Class(_), _) => {
            Err(type_error("super(type, obj): obj must be an instance or subtype of type"))
        }
        _ => Err(crate::error::runtime_error("super(): no arguments")),
    })),
    methods: &[Native::new("__init__", "self, *args", |_, _| Ok(Value::None))],
    ..TypeTable::EMPTY
};
