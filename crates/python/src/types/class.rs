//! Making classes of the program.

use std::rc::Rc;

use crate::class::Class;
use crate::code::Code;
use crate::error::{type_error, unsupported};
use crate::machine::ClassBody;
use crate::native::{Result, TypeTable};
use crate::value::Value;

/// The class that a class body made.
pub(crate) fn make(code: &Code, body: ClassBody) -> Result {
    if let Some((name, _)) = body.keywords.first() {
        if name.as_ref() == "metaclass" {
            return Err(unsupported("metaclasses are not supported here"));
        }
        return Err(type_error(format!("{}.__init_subclass__() takes no keyword arguments", code.name)));
    }
    let mut lines: Vec<Vec<Rc<Class>>> = Vec::new();
    let mut parents: Vec<Rc<Class>> = Vec::new();
    let mut native: Option<&'static TypeTable> = None;
    for base in &body.bases {
        let table = match base {
            Value::Class(class) => {
                lines.push(std::iter::once(class).chain(&class.line).cloned().collect());
                parents.push(class.clone());
                class.native
            }
            Value::Type(table) if std::ptr::eq(*table, &super::OBJECT) => None,
            Value::Type(table) if table.open || table.extends(&crate::error::BASE_EXCEPTION) => Some(*table),
            Value::Type(table) => {
                return Err(unsupported(format!(
                    "a class that extends '{}' is not supported here",
                    table.name
                )));
            }
            other => {
                return Err(type_error(format!(
                    "a class cannot extend an object of type '{}'",
                    other.type_name()
                )));
            }
        };
        native = match (native, table) {
            (Some(held), Some(new)) if held.extends(new) => Some(held),
            (Some(held), Some(new)) if !new.extends(held) => {
                return Err(type_error(format!(
                    "multiple bases have instance lay-out conflict: '{}' and '{}'",
                    held.name, new.name
                )));
            }
            (held, new) => new.or(held),
        };
    }
    lines.push(parents);
    let module = body.names.get("__module__").and_then(Value::as_str).unwrap_or(code.module);
    let class = Class {
        name: code.name.clone(),
        module: Rc::from(module),
        qualified: code.qualified.clone(),
        line: merge(lines)?,
        bases: if body.bases.is_empty() { vec![Value::Type(&super::OBJECT)] } else { body.bases },
        native,
        names: std::cell::RefCell::new(body.names),
    };
    Ok(Value::Class(Rc::new(class)))
}

/// The order of the method resolution: C3.
fn merge(mut lines: Vec<Vec<Rc<Class>>>) -> Result<Vec<Rc<Class>>> {
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
            return Err(type_error(
                "Cannot create a consistent method resolution order (MRO) for these bases",
            ));
        };
        for line in &mut lines {
            if line.first().is_some_and(|c| Rc::ptr_eq(c, &next)) {
                line.remove(0);
            }
        }
        order.push(next);
    }
}
