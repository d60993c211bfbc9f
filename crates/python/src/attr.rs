//! Attributes: reading them.

use std::cell::RefCell;
use std::rc::Rc;

use crate::class::{Class, Names};
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, ExceptionClass};
use crate::native::{Result, TypeTable};
use crate::types::descriptors::{ClassMethod, Property, StaticMethod, Super};
use crate::types::dict::DICT;
use crate::types::list::LIST;
use crate::types::set::SET;
use crate::types::{OBJECT, special};
use crate::value::Value;

/// The function in a `staticmethod`, or the value itself.
pub(crate) fn unwrap_static(value: &Value) -> Value {
    value.object::<StaticMethod>().map_or_else(|| value.clone(), |s| s.0.clone())
}

/// An object of the program with attributes: its class, where that is one of the program's, and its names.
pub(crate) fn parts(value: &Value) -> Option<(Option<&Rc<Class>>, &RefCell<Names>)> {
    match value {
        Value::Instance(instance) => Some((Some(&instance.class), &instance.names)),
        Value::Exception(exception) => match &exception.class {
            ExceptionClass::Class(class) => Some((Some(class), &exception.names)),
            ExceptionClass::Native(_) => Some((None, &exception.names)),
        },
        Value::Function(function) => Some((None, &function.names)),
        _ => None,
    }
}

/// Whether a name of a class decides what writing an attribute does.
pub(crate) fn is_data(value: &Value) -> bool {
    match value {
        Value::Object(_) => value.object::<Property>().is_some(),
        Value::Instance(i) => i.class.find("__set__").is_some() || i.class.find("__delete__").is_some(),
        _ => false,
    }
}

impl Context {
    /// A special method of an object's class; `None` for anything but an object of a class of the program, and a class
    /// with a metaclass.
    pub(crate) fn class_method(&self, value: &Value, name: &str) -> Option<Value> {
        match value {
            Value::Instance(instance) => instance.class.find(name),
            Value::Exception(exception) => match &exception.class {
                ExceptionClass::Class(class) => class.find(name),
                ExceptionClass::Native(_) => None,
            },
            Value::Class(class) => class.meta.as_ref()?.find(name),
            _ => None,
        }
    }

    /// `value.name`.
    pub fn getattr(&mut self, value: &Value, name: &str) -> Result {
        let fallback = self.class_method(value, "__getattr__");
        if let Some(found) = self.hooked_attr(value, name, fallback.is_some())? {
            return Ok(found);
        }
        match fallback {
            Some(method) => self.call(&method, vec![value.clone(), Value::str(name)]),
            None => Err(self.no_attribute(value, name)),
        }
    }

    /// `value.name`; `None` where there is none.
    pub fn find_attr(&mut self, value: &Value, name: &str) -> Result<Option<Value>> {
        let found = self.hooked_attr(value, name, true)?;
        if found.is_none()
            && let Some(method) = self.class_method(value, "__getattr__")
        {
            let args = vec![value.clone(), Value::str(name)];
            return Ok(Some(self.call_catching(&method, args, &ATTRIBUTE_ERROR)?).filter(Value::is_bound));
        }
        Ok(found)
    }

    /// By `__getattribute__` of its class, if there is one.
    fn hooked_attr(&mut self, value: &Value, name: &str, catch: bool) -> Result<Option<Value>> {
        match self.class_method(value, "__getattribute__") {
            Some(hook) => self.call_maybe(&hook, vec![value.clone(), Value::str(name)], catch),
            None => self.attr(value, name, catch),
        }
    }

    /// Calls something for an attribute; where `catch`, an `AttributeError` means that there is none.
    fn call_maybe(&mut self, callee: &Value, args: Vec<Value>, catch: bool) -> Result<Option<Value>> {
        if catch {
            let found = self.call_catching(callee, args, &ATTRIBUTE_ERROR)?;
            Ok(Some(found).filter(Value::is_bound))
        } else {
            self.call(callee, args).map(Some)
        }
    }

    /// What a function of NumPy's that works element by element has: `np.add.reduce`.
    fn ufunc_attr(&mut self, value: &Value, name: &str) -> Result<Option<Value>> {
        const LIBRARY: &crate::native::Module = &crate::modules::library::NUMPY__UFUNC;
        match name {
            "identity" => match self.library_method(LIBRARY, value, "_identity")? {
                Some(identity) => self.call(&identity, Vec::new()).map(Some),
                None => Ok(None),
            },
            _ => match self.library_method(LIBRARY, value, name)? {
                None => self.table_attr(value, value.table(), name),
                found => Ok(found),
            },
        }
    }

    /// The attribute without `__getattr__` and `__getattribute__`. Where `catch`, an `AttributeError` of a property
    /// means that there is none.
    pub(crate) fn attr(&mut self, value: &Value, name: &str, catch: bool) -> Result<Option<Value>> {
        if name == "__class__" {
            return Ok(Some(value.class()));
        }
        match value {
            Value::Module(module) => module.member(self, name),
            Value::Class(class) => self.class_attr(class, value, name, catch),
            Value::Type(table) => self.type_attr(table, name),
            Value::Instance(_) | Value::Exception(_) | Value::Function(_) => {
                self.object_attr(value, name, catch)
            }
            Value::Native(native) => match name {
                "__name__" | "__qualname__" => Ok(Some(Value::from(native.name))),
                "__module__" => Ok(Some(Value::str("builtins"))),
                "__doc__" => Ok(Some(Value::None)),
                _ if crate::modules::numpy::arity(native) == Some(2) => self.ufunc_attr(value, name),
                _ => self.table_attr(value, value.table(), name),
            },
            Value::Method(method) => match name {
                "__self__" => Ok(Some(method.receiver.clone())),
                "__func__" => Ok(Some(method.function.clone())),
                _ => self.nested(|cx| cx.attr(&method.function, name, catch)),
            },
            Value::Object(_) => {
                if let Some(parent) = value.object::<Super>().filter(|parent| parent.receiver.is_bound()) {
                    return self.super_attr(parent, name, catch);
                }
                self.table_attr(value, value.table(), name)
            }
            _ => self.table_attr(value, value.table(), name),
        }
    }

    /// An attribute of an object: what its class says about it, its own, what its class has.
    fn object_attr(&mut self, value: &Value, name: &str, catch: bool) -> Result<Option<Value>> {
        let Some((class, names)) = parts(value) else { return Ok(None) };
        let of_class = if name == "__doc__" { None } else { class.and_then(|c| c.find(name)) };
        if let (Some(found), Some(class)) = (&of_class, class)
            && is_data(found)
        {
            return self.bind(found, Some(value), class, catch);
        }
        if let Some(own) = names.borrow().get(name) {
            return Ok(Some(own));
        }
        if let (Some(found), Some(class)) = (&of_class, class) {
            return self.bind(found, Some(value), class, catch);
        }
        match (name, class) {
            ("__dict__", class) if class.is_none_or(|c| c.allows("__dict__")) => {
                Ok(Some(Value::Dict(names.borrow_mut().dict())))
            }
            ("__module__" | "__doc__", Some(class)) => {
                self.class_attr(class, &Value::Class(class.clone()), name, catch)
            }
            _ => {
                if let (Value::Function(function), None) = (value, class)
                    && let Some(found) = function.attribute(name)
                {
                    return Ok(Some(found));
                }
                self.table_attr(value, value.table(), name)
            }
        }
    }

    fn type_attr(&mut self, table: &'static TypeTable, name: &str) -> Result<Option<Value>> {
        if name == "__hash__" && [&LIST, &DICT, &SET].contains(&table) {
            return Ok(Some(Value::None));
        }
        let statics = table.line().find_map(|t| t.statics.iter().find(|m| m.name == name));
        if let Some(native) = statics.or_else(|| table.method(name)).or_else(|| special::of(table, name)) {
            return Ok(Some(Value::Native(native)));
        }
        let types = |t: &'static TypeTable| {
            let line = t.line().map(Value::Type);
            line.chain([Value::Type(&OBJECT)].into_iter().filter(|_| !std::ptr::eq(t, &OBJECT)))
        };
        Ok(Some(match name {
            "__name__" | "__qualname__" => Value::from(table.name),
            "__module__" => Value::from(if table.module.is_empty() { "builtins" } else { table.module }),
            "__doc__" => Value::None,
            "__bases__" => Value::tuple(types(table).skip(1).take(1).collect()),
            "__base__" => types(table).nth(1).unwrap_or(Value::None),
            "__mro__" => Value::tuple(types(table).collect()),
            "__dict__" => Value::dict(Default::default()),
            _ => return Ok(None),
        }))
    }

    fn table_attr(&mut self, value: &Value, table: &'static TypeTable, name: &str) -> Result<Option<Value>> {
        if let Some(getter) = table.getter(name) {
            return (getter.get)(self, value.plain()).map(Some);
        }
        if let Some(method) = table.method(name) {
            // Methods of our own types know only values of our own types.
            return Ok(Some(Value::method(value.plain().clone(), Value::Native(method))));
        }
        if let Some(getattr) = table.line().find_map(|t| t.getattr)
            && let Some(found) = getattr(self, value, name)?
        {
            return Ok(Some(found));
        }
        let of_type = table.line().find_map(|t| t.statics.iter().find(|m| m.name == name));
        if let Some(native) = of_type {
            return Ok(Some(Value::Native(native)));
        }
        Ok(special::of(table, name).map(|native| match name {
            "__new__" => Value::Native(native),
            _ => Value::method(value.clone(), Value::Native(native)),
        }))
    }

    fn class_attr(
        &mut self,
        class: &Rc<Class>,
        value: &Value,
        name: &str,
        catch: bool,
    ) -> Result<Option<Value>> {
        let of_meta = class.meta.as_ref().and_then(|meta| Some((meta, meta.find(name)?)));
        if let Some((meta, found)) = &of_meta
            && is_data(found)
        {
            return self.bind(found, Some(value), meta, catch);
        }
        // These are not inherited.
        let found = match name {
            "__doc__" | "__qualname__" | "__annotations__" | "__abstractmethods__" => class.own(name),
            "__module__" => None,
            _ => class.find(name),
        };
        if let Some(found) = found {
            return self.bind(&found, None, class, catch);
        }
        if let Some((meta, found)) = &of_meta {
            return self.bind(found, Some(value), meta, catch);
        }
        Ok(match name {
            "__name__" => Some(Value::Str(class.name.clone())),
            "__qualname__" => Some(Value::Str(class.qualified.clone())),
            "__module__" => Some(Value::Str(class.module.clone())),
            "__doc__" => Some(Value::None),
            "__annotations__" => Some(Value::dict(Default::default())),
            "__bases__" => Some(Value::tuple(class.bases.clone())),
            "__base__" => class.bases.first().cloned(),
            "__mro__" => {
                let line =
                    std::iter::once(value.clone()).chain(class.line.iter().map(|c| Value::Class(c.clone())));
                let natives = class.native.into_iter().flat_map(|t| t.line());
                Some(Value::tuple(
                    line.chain(natives.map(Value::Type)).chain([Value::Type(&OBJECT)]).collect(),
                ))
            }
            "__dict__" => {
                let map = Value::dict(Default::default());
                for (name, held) in class.names.borrow().all() {
                    self.dict_set(&map, &Value::Str(name), held)?;
                }
                Some(map)
            }
            // What every class has, as an object.
            "mro" | "__subclasses__" => crate::types::TYPE
                .method(name)
                .map(|native| Value::method(value.clone(), Value::Native(native))),
            _ => match self.type_attr(class.native.unwrap_or(&OBJECT), name)? {
                Some(found) => Some(found),
                None => self.type_attr(&OBJECT, name)?,
            },
        })
    }

    fn super_attr(&mut self, parent: &Super, name: &str, catch: bool) -> Result<Option<Value>> {
        // Of a class method the class itself; of a metaclass's method the class's class.
        let class = match &parent.receiver {
            Value::Class(class) if class.extends(&parent.class) => class.clone(),
            Value::Class(class) => match &class.meta {
                Some(meta) => meta.clone(),
                None => return Ok(None),
            },
            other => match other.user_class() {
                Some(class) => class,
                None => return Ok(None),
            },
        };
        let of_class = matches!(&parent.receiver, Value::Class(c) if Rc::ptr_eq(c, &class));
        let mut rest =
            std::iter::once(&class).chain(&class.line).skip_while(|c| !Rc::ptr_eq(c, &parent.class)).skip(1);
        if let Some(found) = rest.find_map(|c| c.own(name)) {
            let (instance, owner) = if of_class { (None, &class) } else { (Some(&parent.receiver), &class) };
            return self.bind(&found, instance, owner, catch);
        }
        let table = class.native.unwrap_or(&OBJECT);
        let receiver = &parent.receiver;
        if of_class && name != "__init_subclass__" {
            return self.type_attr(table, name);
        }
        if let Some(native) = special::of(table, name).filter(|_| table.method(name).is_none()) {
            return Ok(Some(match name {
                "__new__" => Value::Native(native),
                _ => Value::method(receiver.clone(), Value::Native(native)),
            }));
        }
        match self.table_attr(receiver, table, name)? {
            Some(found) => Ok(Some(found)),
            None => self.table_attr(receiver, &OBJECT, name),
        }
    }

    /// What reading a name of a class gives, through one of its objects or through the class itself.
    fn bind(
        &mut self,
        found: &Value,
        instance: Option<&Value>,
        class: &Rc<Class>,
        catch: bool,
    ) -> Result<Option<Value>> {
        Ok(Some(match (found, instance) {
            (Value::Function(_), Some(receiver)) => Value::method(receiver.clone(), found.clone()),
            (Value::Object(_), _) => {
                if let Some(method) = found.object::<ClassMethod>() {
                    let owner = match instance {
                        Some(Value::Class(c)) => c.clone(),
                        _ => class.clone(),
                    };
                    return Ok(Some(Value::method(Value::Class(owner), method.0.clone())));
                }
                if let (Some(property), Some(owner)) = (found.object::<Property>(), instance) {
                    let get = property.getter(owner)?;
                    return self.call_maybe(&get, vec![owner.clone()], catch);
                }
                unwrap_static(found)
            }
            (Value::Instance(descriptor), _) => match descriptor.class.find("__get__") {
                Some(get) => {
                    let instance = instance.cloned().unwrap_or(Value::None);
                    let args = vec![found.clone(), instance, Value::Class(class.clone())];
                    return self.call_maybe(&get, args, catch);
                }
                None => found.clone(),
            },
            _ => found.clone(),
        }))
    }

    /// A method for a call: the function, and the receiver where there is one.
    pub(crate) fn load_method(&mut self, value: &Value, name: &str) -> Result<(Value, Value)> {
        match value {
            Value::Instance(instance) => {
                if !instance.names.borrow().has(name)
                    && let Some(found @ Value::Function(_)) = instance.class.find(name)
                    && instance.class.find("__getattribute__").is_none()
                {
                    return Ok((found, value.clone()));
                }
            }
            Value::Module(_)
            | Value::Class(_)
            | Value::Type(_)
            | Value::Exception(_)
            | Value::Function(_) => {}
            Value::Object(_) if value.object::<Super>().is_some() => {}
            _ => {
                let table = value.table();
                if table.getter(name).is_none()
                    && let Some(method) = table.method(name)
                {
                    return Ok((Value::Native(method), value.clone()));
                }
            }
        }
        match self.getattr(value, name)? {
            Value::Method(method) => Ok((method.function.clone(), method.receiver.clone())),
            other => Ok((other, Value::Unbound)),
        }
    }
}
