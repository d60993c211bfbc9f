//! Classes of the program and their objects.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::native::TypeTable;
use crate::value::{Object, Value, bury};

/// Names with their values, in the order of their first binding.
#[derive(Default)]
pub struct Names(Vec<(Rc<str>, Value)>);

impl Names {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| &**n == name).map(|(_, v)| v)
    }

    /// Binds a name.
    pub fn set(&mut self, name: &Rc<str>, value: Value) -> Value {
        match self.0.iter_mut().find(|(n, _)| n == name) {
            Some((_, held)) => std::mem::replace(held, value),
            None => {
                self.0.push((name.clone(), value));
                Value::Unbound
            }
        }
    }

    /// Forgets a name.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.0.iter().position(|(n, _)| &**n == name)?;
        Some(self.0.remove(at).1)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &(Rc<str>, Value)> {
        self.0.iter()
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        bury(self.0.drain(..).map(|(_, v)| v));
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
    /// What stands in its body.
    pub names: RefCell<Names>,
}

impl Class {
    /// A name in its body or in what it extends.
    pub fn find(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.names.borrow().get(name) {
            return Some(value.clone());
        }
        self.line.iter().find_map(|class| class.names.borrow().get(name).cloned())
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
}
