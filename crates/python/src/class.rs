//! Classes of the program and their objects.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::dict::Dict;
use crate::native::TypeTable;
use crate::value::{DictObject, Object, Value, bury};

/// Names with their values, in the order of their first binding.
#[derive(Default)]
pub struct Names {
    list: Vec<(Rc<str>, Value)>,
    /// Where they are kept once a program asked for them as a dictionary: `__dict__`.
    shared: Option<Rc<DictObject>>,
}

impl Names {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<Value> {
        match &self.shared {
            Some(dict) => dict.map.borrow().get_str(name).cloned(),
            None => self.list.iter().find(|(n, _)| &**n == name).map(|(_, v)| v.clone()),
        }
    }

    /// Whether a name is bound.
    pub fn has(&self, name: &str) -> bool {
        match &self.shared {
            Some(dict) => dict.map.borrow().get_str(name).is_some(),
            None => self.list.iter().any(|(n, _)| &**n == name),
        }
    }

    /// Binds a name; gives back what it held.
    pub fn set(&mut self, name: &Rc<str>, value: Value) -> Value {
        if let Some(dict) = &self.shared {
            return dict.map.borrow_mut().set_str(name, value);
        }
        match self.list.iter_mut().find(|(n, _)| n == name) {
            Some((_, held)) => std::mem::replace(held, value),
            None => {
                self.list.push((name.clone(), value));
                Value::Unbound
            }
        }
    }

    /// Forgets a name.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        if let Some(dict) = &self.shared {
            return dict.map.borrow_mut().remove_str(name);
        }
        let at = self.list.iter().position(|(n, _)| &**n == name)?;
        Some(self.list.remove(at).1)
    }

    /// All of them.
    pub fn all(&self) -> Vec<(Rc<str>, Value)> {
        match &self.shared {
            Some(dict) => {
                let map = dict.map.borrow();
                map.iter().filter_map(|(k, v)| Some((Rc::from(k.as_str()?), v.clone()))).collect()
            }
            None => self.list.clone(),
        }
    }

    /// As a dictionary that shows every change, and in which they can be changed.
    pub fn dict(&mut self) -> Rc<DictObject> {
        let list = &mut self.list;
        let shared = self.shared.get_or_insert_with(|| {
            let mut map = Dict::default();
            for (name, value) in list.drain(..) {
                map.set_str(&name, value);
            }
            Rc::new(DictObject { map: RefCell::new(map) })
        });
        shared.clone()
    }

    /// Keeps them in that dictionary from now on: `x.__dict__ = …`.
    pub fn keep_in(&mut self, dict: Rc<DictObject>) {
        self.list.clear();
        self.shared = Some(dict);
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        bury(self.list.drain(..).map(|(_, v)| v));
    }
}

/// A class of the program.
pub struct Class {
    /// Its name.
    pub name: Rc<str>,
    /// The module that it stands in.
    pub module: Rc<str>,
    /// Its name with those of the functions and classes around it.
    pub qualified: Rc<str>,
    /// What it extends, in the order of the method resolution, without itself and without `object`.
    pub line: Vec<Rc<Class>>,
    /// The classes named in its definition.
    pub bases: Vec<Value>,
    /// The type of ours that it extends, if any.
    pub native: Option<&'static TypeTable>,
    /// Its class, where that is not `type`.
    pub meta: Option<Rc<Class>>,
    /// The only attributes that its objects can have: `__slots__`.
    pub slots: Option<Vec<Rc<str>>>,
    /// What stands in its body.
    pub names: RefCell<Names>,
}

impl Class {
    /// A name in its body or in what it extends.
    pub fn find(&self, name: &str) -> Option<Value> {
        let own = self.names.borrow().get(name);
        own.or_else(|| self.line.iter().find_map(|class| class.names.borrow().get(name)))
    }

    /// A name in its own body.
    pub fn own(&self, name: &str) -> Option<Value> {
        self.names.borrow().get(name)
    }

    /// Whether its objects can have an attribute of that name.
    pub fn allows(self: &Rc<Class>, name: &str) -> bool {
        let line = || std::iter::once(self).chain(&self.line);
        self.native.is_some()
            || line().any(|c| c.slots.as_ref().is_none_or(|slots| slots.iter().any(|s| &**s == name)))
    }

    /// Whether it is that class or extends it.
    pub fn extends(self: &Rc<Class>, other: &Rc<Class>) -> bool {
        Rc::ptr_eq(self, other) || self.line.iter().any(|c| Rc::ptr_eq(c, other))
    }
}

/// An object of a class of the program.
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// Its attributes.
    pub names: RefCell<Names>,
    /// What a type of ours that the class extends keeps for it; see [`Value::object`].
    pub native: OnceCell<Rc<dyn Object>>,
    /// The list, number, text … that it is, where its class extends such a type; see [`Value::plain`].
    pub inner: Value,
}

impl Instance {
    /// An object without attributes, as a value.
    pub fn value(class: &Rc<Class>, inner: Value) -> Value {
        let (class, names, native) = (class.clone(), Default::default(), Default::default());
        let instance = Rc::new(Instance { class, names, native, inner });
        crate::knots::tie(&instance);
        Value::Instance(instance)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        bury([std::mem::take(&mut self.inner)]);
    }
}
