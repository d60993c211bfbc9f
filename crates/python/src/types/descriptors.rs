//! `property`, `staticmethod`, `classmethod`, `super`.

use std::any::Any;
use std::rc::Rc;

use crate::class::Class;
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, Exception, type_error};
use crate::native::{Args, Native, Result, TypeTable};
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
    pub(crate) fn read(&self, cx: &mut Context, owner: &Value) -> Result {
        if !self.get.is_bound() || self.get.is_none() {
            return Err(Exception::new(&ATTRIBUTE_ERROR, "unreadable attribute").raise());
        }
        cx.call(&self.get, vec![owner.clone()])
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
                let mut new = Property { get: p.get.clone(), set: p.set.clone(), delete: p.delete.clone() };
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
    ..TypeTable::EMPTY
};

/// The type `classmethod`.
pub static CLASS_METHOD: TypeTable = TypeTable {
    name: "classmethod",
    new: Some(Native::new("classmethod", "function, /", |_, args| {
        Ok(Value::new_object(ClassMethod(args[0].clone())))
    })),
    ..TypeTable::EMPTY
};

/// The type `property`.
pub static PROPERTY: TypeTable = TypeTable {
    name: "property",
    new: Some(Native::new("property", "fget=, fset=, fdel=, doc=", |_, args| {
        Ok(Value::new_object(Property {
            get: args[0].clone(),
            set: args[1].clone(),
            delete: args[2].clone(),
        }))
    })),
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
        (Value::Class(class), receiver) if receiver.user_class().is_some_and(|c| c.extends(class)) => {
            Ok(Value::new_object(Super { class: class.clone(), receiver: receiver.clone() }))
        }
        (Value::Class(_), _) => {
            Err(type_error("super(type, obj): obj must be an instance or subtype of type"))
        }
        _ => Err(crate::error::runtime_error("super(): no arguments")),
    })),
    ..TypeTable::EMPTY
};
