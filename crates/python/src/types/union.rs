//! `int | None`: one of several types.

use std::any::Any;

use crate::native::{Getter, TypeTable};
use crate::value::{Object, Value};

/// Types, each once.
pub(super) struct Union {
    pub types: Vec<Value>,
}

impl Object for Union {
    fn table(&self) -> &'static TypeTable {
        &UNION
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

static UNION: TypeTable = TypeTable {
    name: "UnionType",
    module: "types",
    repr: Some(|cx, v| {
        let mut names = Vec::new();
        for one in v.object::<Union>().into_iter().flat_map(|u| &u.types) {
            names.push(match one {
                Value::Type(table) if table.module.is_empty() => table.name.to_owned(),
                Value::Type(table) => format!("{}.{}", table.module, table.name),
                Value::Class(class) => format!("{}.{}", class.module, class.qualified),
                other => cx.repr(other)?,
            });
        }
        Ok(names.join(" | "))
    }),
    getters: &[Getter::new("__args__", |_, v| {
        Ok(Value::tuple(v.object::<Union>().map_or(Vec::new(), |u| u.types.clone())))
    })],
    ..TypeTable::EMPTY
};

/// `a | b`
pub(crate) fn union(a: &Value, b: &Value) -> Value {
    let mut types: Vec<Value> = Vec::new();
    for side in [a, b] {
        let parts = side.object::<Union>().map_or(vec![side.clone()], |u| u.types.clone());
        for part in parts {
            if !types.iter().any(|held| held.is(&part)) {
                types.push(part);
            }
        }
    }
    Value::new_object(Union { types })
}

/// The types in it, with `NoneType` for `None`.
pub(crate) fn members(value: &Value) -> Option<Vec<Value>> {
    let types = &value.object::<Union>()?.types;
    Some(types.iter().map(|t| if t.is_none() { t.class() } else { t.clone() }).collect())
}
