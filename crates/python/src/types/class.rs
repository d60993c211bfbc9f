//! Making classes of the program.

use std::rc::Rc;

use super::descriptors::{ClassMethod, StaticMethod};
use crate::class::{Class, Names};
use crate::code::Code;
use crate::context::Context;
use crate::dict::Dict;
use crate::error::{BASE_EXCEPTION, type_error, unsupported};
use crate::machine::ClassBody;
use crate::native::{Result, TypeTable};
use crate::value::Value;

/// The class that a class body made.
pub(crate) fn make(cx: &mut Context, code: &Code, body: &ClassBody) -> Result {
    let given = body.keywords.iter().find(|(name, _)| &**name == "metaclass").map(|(_, v)| v.clone());
    let keywords: Vec<(Rc<str>, Value)> =
        body.keywords.iter().filter(|(name, _)| &**name != "metaclass").cloned().collect();
    let meta = metaclass(given, &body.bases)?;
    let names = cx.once(|_| {
        let mut names = Dict::default();
        names.set_str("__module__", Value::str(code.module));
        names.set_str("__qualname__", Value::Str(code.qualified.clone()));
        for (name, value) in body.names.all() {
            names.set_str(&name, value);
        }
        Ok(Value::dict(names))
    })?;
    let name = Value::Str(code.name.clone());
    let args = vec![name, Value::tuple(body.bases.clone()), names];
    match meta {
        Some(meta) => cx.call_with(&Value::Class(meta), &args, &keywords),
        None => build(cx, None, &args, &keywords),
    }
}

/// The class of a new class: the one given, or the most special one of its bases.
fn metaclass(given: Option<Value>, bases: &[Value]) -> Result<Option<Rc<Class>>> {
    let mut meta = match given {
        None => None,
        Some(Value::Type(table)) if std::ptr::eq(table, &super::TYPE) => None,
        Some(Value::Class(class)) if class.native.is_some_and(|t| t.extends(&super::TYPE)) => Some(class),
        Some(_) => return Err(unsupported("a metaclass that is not a class is not supported here")),
    };
    for base in bases.iter().filter_map(|base| base.as_class()?.meta.clone()) {
        meta = match meta {
            Some(held) if held.extends(&base) => Some(held),
            Some(held) if !base.extends(&held) => {
                return Err(type_error(
                    "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                     metaclasses of all its bases",
                ));
            }
            _ => Some(base),
        };
    }
    Ok(meta)
}

/// `type(name, bases, names)`.
pub(crate) fn build(
    cx: &mut Context,
    meta: Option<Rc<Class>>,
    args: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result {
    let [Value::Str(name), Value::Tuple(bases), Value::Dict(dict)] = args else {
        return Err(type_error("type() takes 1 or 3 arguments"));
    };
    let bases = &bases.items;
    let meta = match metaclass(meta.clone().map(Value::Class), bases)? {
        Some(meta) => Some(meta),
        None => meta,
    };
    let made = cx.once(|cx| {
        let mut names = Names::default();
        let mut module = Rc::from("__main__");
        let mut qualified = name.clone();
        for (key, value) in dict.map.borrow().iter() {
            match (key.as_str(), value) {
                (Some("__module__"), Value::Str(text)) => module = text.clone(),
                (Some("__qualname__"), Value::Str(text)) => qualified = text.clone(),
                (Some(key), _) => drop(names.set(&Rc::from(key), implicit(key, value))),
                (None, _) => {}
            }
        }
        if names.has("__eq__") && !names.has("__hash__") {
            drop(names.set(&Rc::from("__hash__"), Value::None));
        }
        let slots = slots(cx, &names)?;
        let (line, native) = line(bases)?;
        let class = Class {
            name: name.clone(),
            module,
            qualified,
            line,
            bases: if bases.is_empty() { vec![Value::Type(&super::OBJECT)] } else { bases.clone() },
            native,
            meta: meta.clone(),
            slots,
            names: std::cell::RefCell::new(names),
        };
        Ok(Value::new_class(class))
    })?;
    let Value::Class(class) = &made else { return Ok(made) };
    for (name, value) in class.names.borrow().all() {
        if let Some(method) = cx.class_method(&value, "__set_name__") {
            cx.call(&method, vec![value, made.clone(), Value::Str(name)])?;
        }
    }
    match class.line.iter().find_map(|c| c.own("__init_subclass__")) {
        Some(hook) => {
            let hook = hook.object::<ClassMethod>().map_or(hook.clone(), |m| m.0.clone());
            cx.call_with(&hook, std::slice::from_ref(&made), keywords)?;
        }
        None if keywords.is_empty() || meta.is_some() => {}
        None => return Err(type_error(format!("{name}.__init_subclass__() takes no keyword arguments"))),
    }
    Ok(made)
}

/// Some names of a class body are methods of the class without saying so.
fn implicit(name: &str, value: &Value) -> Value {
    match (name, value) {
        ("__init_subclass__" | "__class_getitem__", Value::Function(_)) => {
            Value::new_object(ClassMethod(value.clone()))
        }
        ("__new__", Value::Function(_)) => Value::new_object(StaticMethod(value.clone())),
        _ => value.clone(),
    }
}

fn slots(cx: &mut Context, names: &Names) -> Result<Option<Vec<Rc<str>>>> {
    let Some(slots) = names.get("__slots__") else { return Ok(None) };
    let slots = match &slots {
        Value::Str(_) => vec![slots],
        many => cx.collect(many)?,
    };
    Ok(Some(slots.iter().filter_map(Value::as_str).map(Rc::from).collect()))
}

/// What a class with these bases extends, in the order of the method resolution, and the type of ours.
#[allow(clippy::type_complexity, reason = "two results of one walk")]
fn line(bases: &[Value]) -> Result<(Vec<Rc<Class>>, Option<&'static TypeTable>)> {
    let mut lines: Vec<Vec<Rc<Class>>> = Vec::new();
    let mut parents: Vec<Rc<Class>> = Vec::new();
    let mut native: Option<&'static TypeTable> = None;
    for base in bases {
        let table = match base {
            Value::Class(class) => {
                lines.push(std::iter::once(class).chain(&class.line).cloned().collect());
                parents.push(class.clone());
                class.native
            }
            Value::Type(table) if std::ptr::eq(*table, &super::OBJECT) => None,
            Value::Type(table) if table.open || table.extends(&BASE_EXCEPTION) => Some(*table),
            Value::Type(table) if table.module.is_empty() => {
                return Err(type_error(format!("type '{}' is not an acceptable base type", table.name)));
            }
            Value::Type(table) => {
                return Err(unsupported(format!(
                    "a class that extends '{}' is not supported here",
                    table.name
                )));
            }
            other => {
                let kind = other.type_name();
                return Err(type_error(format!("a class cannot extend an object of type '{kind}'")));
            }
        };
        native = match (native, table) {
            (Some(held), Some(new)) if held.extends(new) => Some(held),
            (Some(held), Some(new)) if !new.extends(held) => {
                return Err(type_error("multiple bases have instance lay-out conflict"));
            }
            (held, new) => new.or(held),
        };
    }
    let names = parents.iter().map(|c| c.name.to_string()).collect::<Vec<_>>().join(", ");
    lines.push(parents);
    Ok((merge(lines, &names)?, native))
}

/// The order of the method resolution: C3.
fn merge(mut lines: Vec<Vec<Rc<Class>>>, bases: &str) -> Result<Vec<Rc<Class>>> {
    let mut order: Vec<Rc<Class>> = Vec::new();
    loop {
        lines.retain(|line| !line.is_empty());
        if lines.is_empty() {
            return Ok(order);
        }
        let in_tail =
            |class: &Rc<Class>| lines.iter().any(|l| l.iter().skip(1).any(|other| Rc::ptr_eq(other, class)));
        let next = lines.iter().filter_map(|line| line.first()).find(|class| !in_tail(class)).cloned();
        let Some(next) = next else {
            return Err(type_error(format!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {bases}"
            )));
        };
        for line in &mut lines {
            if line.first().is_some_and(|c| Rc::ptr_eq(c, &next)) {
                line.remove(0);
            }
        }
        order.push(next);
    }
}
