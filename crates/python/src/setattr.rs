//! Attributes: writing, deleting and listing them.

use std::cell::RefCell;
use std::rc::Rc;

use crate::attr::{is_data, parts};
use crate::class::{Class, Names};
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, BASE_EXCEPTION, Exception, Interrupt, attribute_error, type_error};
use crate::function::Function;
use crate::native::Result;
use crate::types::OBJECT;
use crate::types::descriptors::{Property, Super};
use crate::value::Value;

impl Context {
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
        if let Value::Class(class) = value {
            let of_meta = class.meta.as_ref().and_then(|meta| meta.find(name));
            if let Some(descriptor) = of_meta.filter(is_data) {
                return self.set_data(&descriptor, value, name, new);
            }
            return self.change(value, &class.names, name, new);
        }
        let Some((class, names)) = parts(value) else { return self.setattr_table(value, name, new) };
        if let Some(descriptor) = class.and_then(|c| c.find(name)).filter(is_data) {
            return self.set_data(&descriptor, value, name, new);
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
        if let Value::Function(function) = value
            && Function::says(name)
        {
            drop(function.said.borrow_mut().set(name, new.clone()));
            return Ok(());
        }
        if let ("__dict__", Value::Dict(dict)) = (&**name, new) {
            names.borrow_mut().keep_in(dict.clone());
            return Ok(());
        }
        if class.is_some_and(|c| !c.allows(name)) {
            return Err(self.no_attribute(value, name));
        }
        self.change(value, names, name, new)
    }

    fn change(&mut self, value: &Value, names: &RefCell<Names>, name: &Rc<str>, new: &Value) -> Result<()> {
        let old = if new.is_bound() {
            Some(names.borrow_mut().set(name, new.clone()))
        } else {
            names.borrow_mut().remove(name)
        };
        match old {
            Some(old) => {
                drop(old);
                Ok(())
            }
            None => Err(self.no_attribute(value, name)),
        }
    }

    /// Writes an attribute by what its class says about it.
    fn set_data(&mut self, descriptor: &Value, value: &Value, name: &str, new: &Value) -> Result<()> {
        if let Some(property) = descriptor.object::<Property>() {
            return property.write(self, value, name, new);
        }
        let (method, args) = if new.is_bound() {
            ("__set__", vec![descriptor.clone(), value.clone(), new.clone()])
        } else {
            ("__delete__", vec![descriptor.clone(), value.clone()])
        };
        match self.class_method(descriptor, method) {
            Some(method) => self.call(&method, args).map(drop),
            None => Err(attribute_error(method)),
        }
    }

    fn setattr_table(&mut self, value: &Value, name: &str, new: &Value) -> Result<()> {
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
            let kind = table.name;
            return Err(type_error(format!("cannot set '{name}' attribute of immutable type '{kind}'")));
        }
        if value.table().method(name).is_some() {
            let kind = value.type_name();
            return Err(attribute_error(format!("'{kind}' object attribute '{name}' is read-only")));
        }
        Err(self.no_attribute(value, name))
    }

    pub(crate) fn no_attribute(&mut self, value: &Value, name: &str) -> Interrupt {
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

    /// The names that `dir(value)` lists but for the special ones of its type, in no particular order.
    pub(crate) fn attribute_names(&self, value: &Value) -> Vec<Rc<str>> {
        let mut names: Vec<Rc<str>> = Vec::new();
        let mut of_class = |class: &Rc<Class>| {
            for class in std::iter::once(class).chain(&class.line) {
                names.extend(class.names.borrow().all().into_iter().map(|(n, _)| n));
            }
        };
        match value {
            Value::Class(class) => of_class(class),
            other => {
                if let Some((Some(class), _)) = parts(other) {
                    of_class(class);
                }
            }
        }
        if let Some((_, own)) = parts(value) {
            names.extend(own.borrow().all().into_iter().map(|(n, _)| n));
        }
        if let Value::Module(module) = value {
            names.extend(module.names().map(Rc::from));
        }
        let table = match value {
            Value::Type(table) => table,
            Value::Class(class) => class.native.unwrap_or(&OBJECT),
            other => other.table(),
        };
        for table in table.line().filter(|t| !std::ptr::eq(*t, &BASE_EXCEPTION)) {
            names.extend(table.methods.iter().map(|m| Rc::from(m.name)));
            names.extend(table.getters.iter().map(|g| Rc::from(g.name)));
        }
        names
    }
}
