//! Attributes.

use std::rc::Rc;

use crate::class::Class;
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, Exception, Interrupt, attribute_error, type_error};
use crate::native::{Result, TypeTable};
use crate::types::descriptors::{ClassMethod, Property, StaticMethod, Super};
use crate::value::Value;

/// The function in a `staticmethod`, or the value itself.
pub(crate) fn unwrap_static(value: &Value) -> Value {
    value.object::<StaticMethod>().map_or_else(|| value.clone(), |s| s.0.clone())
}

impl Context {
    /// A special method of an object's class; `None` for anything but an object of a class of the program.
    pub(crate) fn class_method(&self, value: &Value, name: &str) -> Option<Value> {
        match value {
            Value::Instance(instance) => instance.class.find(name),
            Value::Exception(exception) => match &exception.class {
                crate::error::ExceptionClass::Class(class) => class.find(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// `value.name`.
    pub fn getattr(&mut self, value: &Value, name: &str) -> Result {
        if let Some(found) = self.attr(value, name)? {
            return Ok(found);
        }
        match self.class_method(value, "__getattr__") {
            Some(method) => self.call(&method, vec![value.clone(), Value::str(name)]),
            None => Err(self.no_attribute(value, name)),
        }
    }

    /// `value.name`; `None` where there is none.
    pub fn find_attr(&mut self, value: &Value, name: &str) -> Result<Option<Value>> {
        let found = self.attr(value, name)?;
        if found.is_none()
            && let Some(method) = self.class_method(value, "__getattr__")
        {
            let args = vec![value.clone(), Value::str(name)];
            return Ok(Some(self.call_catching(&method, args, &ATTRIBUTE_ERROR)?).filter(Value::is_bound));
        }
        Ok(found)
    }

    fn attr(&mut self, value: &Value, name: &str) -> Result<Option<Value>> {
        if name == "__class__" {
            return Ok(Some(value.class()));
        }
        match value {
            Value::Module(module) => module.member(self, name),
            Value::Class(class) => self.class_attr(class, value, name),
            Value::Type(table) => {
                let statics = table.line().find_map(|t| t.statics.iter().find(|m| m.name == name));
                if let Some(native) = statics.or_else(|| table.method(name)) {
                    return Ok(Some(Value::Native(native)));
                }
                Ok(match name {
                    "__name__" | "__qualname__" => Some(Value::from(table.name)),
                    "__module__" => {
                        Some(Value::from(if table.module.is_empty() { "builtins" } else { table.module }))
                    }
                    _ => None,
                })
            }
            Value::Instance(instance) => {
                let of_class = instance.class.find(name);
                if let Some(property) = of_class.as_ref().and_then(|v| v.object::<Property>()) {
                    return property.read(self, value).map(Some);
                }
                if let Some(own) = instance.names.borrow().get(name) {
                    return Ok(Some(own.clone()));
                }
                if let Some(found) = of_class {
                    return Ok(Some(bind(&found, value, &instance.class)));
                }
                if name == "__dict__" {
                    let map = Value::dict(Default::default());
                    for (name, held) in instance.names.borrow().iter() {
                        self.dict_set(&map, &Value::Str(name.clone()), held.clone())?;
                    }
                    return Ok(Some(map));
                }
                self.table_attr(value, value.table(), name)
            }
            Value::Exception(exception) => {
                if let Some(own) = exception.names.borrow().get(name) {
                    return Ok(Some(own.clone()));
                }
                if let crate::error::ExceptionClass::Class(class) = &exception.class
                    && let Some(found) = class.find(name)
                {
                    if let Some(property) = found.object::<Property>() {
                        return property.read(self, value).map(Some);
                    }
                    return Ok(Some(bind(&found, value, class)));
                }
                self.table_attr(value, value.table(), name)
            }
            Value::Function(function) => {
                let set =
                    function.attributes.borrow().iter().find(|(n, _)| &**n == name).map(|(_, v)| v.clone());
                Ok(set.or_else(|| match name {
                    "__name__" => Some(Value::Str(function.code.name.clone())),
                    "__qualname__" => Some(Value::Str(function.code.qualified.clone())),
                    "__doc__" => Some(function.code.doc.clone().unwrap_or(Value::None)),
                    "__module__" => Some(Value::str(function.code.module)),
                    "__defaults__" if function.defaults.is_empty() => Some(Value::None),
                    "__defaults__" => Some(Value::tuple(function.defaults.clone())),
                    _ => None,
                }))
            }
            Value::Native(native) if matches!(name, "__name__" | "__qualname__") => {
                Ok(Some(Value::from(native.name)))
            }
            Value::Method(method) => match name {
                "__self__" => Ok(Some(method.receiver.clone())),
                "__func__" => Ok(Some(method.function.clone())),
                _ => self.nested(|cx| cx.attr(&method.function, name)),
            },
            Value::Object(_) => {
                if let Some(parent) = value.object::<Super>() {
                    return self.super_attr(parent, name);
                }
                self.table_attr(value, value.table(), name)
            }
            _ => self.table_attr(value, value.table(), name),
        }
    }

    fn table_attr(&mut self, value: &Value, table: &'static TypeTable, name: &str) -> Result<Option<Value>> {
        if let Some(getter) = table.getter(name) {
            return (getter.get)(self, value).map(Some);
        }
        if let Some(method) = table.method(name) {
            return Ok(Some(Value::method(value.clone(), Value::Native(method))));
        }
        match table.line().find_map(|t| t.getattr) {
            Some(getattr) => getattr(self, value, name),
            None => Ok(None),
        }
    }

    fn class_attr(&mut self, class: &Rc<Class>, value: &Value, name: &str) -> Result<Option<Value>> {
        if let Some(found) = class.find(name) {
            if let Some(method) = found.object::<ClassMethod>() {
                return Ok(Some(Value::method(value.clone(), method.0.clone())));
            }
            return Ok(Some(unwrap_static(&found)));
        }
        Ok(match name {
            "__name__" => Some(Value::Str(class.name.clone())),
            "__qualname__" => Some(Value::Str(class.qualified.clone())),
            "__module__" => Some(Value::Str(class.module.clone())),
            "__doc__" => Some(Value::None),
            "__bases__" => Some(Value::tuple(class.bases.clone())),
            "__mro__" => {
                let line =
                    std::iter::once(value.clone()).chain(class.line.iter().map(|c| Value::Class(c.clone())));
                let natives = class.native.into_iter().flat_map(|t| t.line()).map(Value::Type);
                Some(Value::tuple(line.chain(natives).chain([Value::Type(&crate::types::OBJECT)]).collect()))
            }
            "__dict__" => {
                let map = Value::dict(Default::default());
                let names: Vec<_> = class.names.borrow().iter().cloned().collect();
                for (name, held) in names {
                    self.dict_set(&map, &Value::Str(name), held)?;
                }
                Some(map)
            }
            _ => match class.native {
                Some(table) => return self.attr(&Value::Type(table), name),
                None => crate::types::OBJECT.method(name).map(Value::Native),
            },
        })
    }

    fn super_attr(&mut self, parent: &Super, name: &str) -> Result<Option<Value>> {
        let Some(class) = parent.receiver.user_class() else { return Ok(None) };
        let mut rest =
            std::iter::once(&class).chain(&class.line).skip_while(|c| !Rc::ptr_eq(c, &parent.class)).skip(1);
        if let Some(found) = rest.find_map(|c| c.names.borrow().get(name).cloned()) {
            if let Some(property) = found.object::<Property>() {
                return property.read(self, &parent.receiver).map(Some);
            }
            if matches!(parent.receiver, Value::Class(_)) {
                if let Some(method) = found.object::<ClassMethod>() {
                    return Ok(Some(Value::method(parent.receiver.clone(), method.0.clone())));
                }
                return Ok(Some(unwrap_static(&found)));
            }
            return Ok(Some(bind(&found, &parent.receiver, &class)));
        }
        let table = class.native.unwrap_or(&crate::types::OBJECT);
        match self.table_attr(&parent.receiver, table, name)? {
            Some(found) => Ok(Some(found)),
            None => self.table_attr(&parent.receiver, &crate::types::OBJECT, name),
        }
    }

    /// A method for a call: the function, and the receiver where there is one.
    pub(crate) fn load_method(&mut self, value: &Value, name: &str) -> Result<(Value, Value)> {
        match value {
            Value::Instance(instance) => {
                if instance.names.borrow().get(name).is_none()
                    && let Some(found @ Value::Function(_)) = instance.class.find(name)
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

    /// `value.name = new`, or `del value.name` for [`Value::Unbound`].
    pub fn setattr(&mut self, value: &Value, name: &Rc<str>, new: &Value) -> Result<()> {
        if new.is_bound() {
            if let Some(method) = self.class_method(value, "__setattr__") {
                self.call(&method, vec![value.clone(), Value::Str(name.clone()), new.clone()])?;
                return Ok(());
            }
        } else if let Some(method) = self.class_method(value, "__delattr__") {
            self.call(&method, vec![value.clone(), Value::Str(name.clone())])?;
            return Ok(());
        }
        self.setattr_plain(value, name, new)
    }

    /// The same without `__setattr__` of the class: `object.__setattr__`.
    pub(crate) fn setattr_plain(&mut self, value: &Value, name: &Rc<str>, new: &Value) -> Result<()> {
        let names = match value {
            Value::Instance(instance) => {
                if let Some(property) =
                    instance.class.find(name).as_ref().and_then(|v| v.object::<Property>())
                {
                    return property.write(self, value, name, new);
                }
                if let Some(getter) = value.table().getter(name)
                    && let Some(set) = getter.set
                {
                    return set(self, value, new);
                }
                if let Some(setattr) = value.table().line().find_map(|t| t.setattr)
                    && setattr(self, value, name, new)?
                {
                    return Ok(());
                }
                &instance.names
            }
            Value::Class(class) => &class.names,
            Value::Exception(exception) => &exception.names,
            Value::Function(function) => {
                let mut attributes = function.attributes.borrow_mut();
                let at = attributes.iter().position(|(n, _)| n == name);
                match (at, new.is_bound()) {
                    (Some(at), true) => {
                        attributes.swap_remove(at);
                        attributes.push((name.clone(), new.clone()));
                    }
                    (Some(at), false) => drop(attributes.swap_remove(at)),
                    (None, true) => attributes.push((name.clone(), new.clone())),
                    (None, false) => {
                        return Err(attribute_error(format!("'function' object has no attribute '{name}'")));
                    }
                }
                return Ok(());
            }
            _ => {
                if let Some(getter) = value.table().getter(name) {
                    return match getter.set {
                        Some(set) => set(self, value, new),
                        None => Err(attribute_error(format!(
                            "attribute '{name}' of '{}' objects is not writable",
                            value.type_name()
                        ))),
                    };
                }
                if let Some(setattr) = value.table().line().find_map(|t| t.setattr)
                    && setattr(self, value, name, new)?
                {
                    return Ok(());
                }
                if let Value::Type(table) = value {
                    return Err(type_error(format!(
                        "cannot set '{name}' attribute of immutable type '{}'",
                        table.name
                    )));
                }
                if value.table().method(name).is_some() {
                    return Err(attribute_error(format!(
                        "'{}' object attribute '{name}' is read-only",
                        value.type_name()
                    )));
                }
                return Err(self.no_attribute(value, name));
            }
        };
        if new.is_bound() {
            let old = names.borrow_mut().set(name, new.clone());
            drop(old);
        } else {
            let old = names.borrow_mut().remove(name);
            if old.is_none() {
                return Err(self.no_attribute(value, name));
            }
        }
        Ok(())
    }

    fn no_attribute(&mut self, value: &Value, name: &str) -> Interrupt {
        let message = match value {
            Value::Module(module) => format!("module '{}' has no attribute '{name}'", module.name),
            Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
            Value::Type(table) => format!("type object '{}' has no attribute '{name}'", table.name),
            Value::Object(_) if value.object::<Super>().is_some() => {
                format!("'super' object has no attribute '{name}'")
            }
            _ => format!("'{}' object has no attribute '{name}'", value.type_name()),
        };
        let known = self.attribute_names(value);
        let help = crate::suggest::nearest(name, known.iter().map(|n| &**n));
        let help = help.map(|n| format!("Did you mean: '{n}'?")).unwrap_or_default();
        Exception::new(&ATTRIBUTE_ERROR, message).help(help).raise()
    }

    /// The names that `dir(value)` lists, in no particular order.
    pub(crate) fn attribute_names(&self, value: &Value) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = Vec::new();
        let of_class = |class: &Rc<Class>, names: &mut Vec<Rc<str>>| {
            for class in std::iter::once(class).chain(&class.line) {
                names.extend(class.names.borrow().iter().map(|(n, _)| n.clone()));
            }
        };
        match value {
            Value::Module(module) => names.extend(module.names().map(Rc::from)),
            Value::Class(class) => of_class(class, &mut names),
            Value::Instance(instance) => {
                names.extend(instance.names.borrow().iter().map(|(n, _)| n.clone()));
                of_class(&instance.class, &mut names);
            }
            Value::Exception(exception) => {
                names.extend(exception.names.borrow().iter().map(|(n, _)| n.clone()));
                if let crate::error::ExceptionClass::Class(class) = &exception.class {
                    of_class(class, &mut names);
                }
            }
            _ => {}
        }
        let table = match value {
            Value::Type(table) => table,
            other => other.table(),
        };
        for table in table.line() {
            names.extend(table.methods.iter().map(|m| Rc::from(m.name)));
            names.extend(table.getters.iter().map(|g| Rc::from(g.name)));
        }
        names
    }
}

/// What reading a name of a class through one of its objects gives.
fn bind(found: &Value, receiver: &Value, class: &Rc<Class>) -> Value {
    match found {
        Value::Function(_) => Value::method(receiver.clone(), found.clone()),
        Value::Object(_) => {
            if let Some(method) = found.object::<ClassMethod>() {
                return Value::method(Value::Class(class.clone()), method.0.clone());
            }
            unwrap_static(found)
        }
        _ => found.clone(),
    }
}
