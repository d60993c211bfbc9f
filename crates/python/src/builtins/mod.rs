//! The names that every program has.

mod functions;
mod number;
mod reduce;

pub(crate) use functions::{dir_names, exit};
pub(crate) use number::{divmod, power, round_value};

use crate::native::TypeTable;
use crate::types::{self, descriptors};
use crate::value::Value;

/// Types that are builtin names.
static TYPES: &[&TypeTable] = &[
    &types::OBJECT,
    &types::TYPE,
    &types::RANGE,
    &types::SLICE,
    &types::ZIP,
    &types::ENUMERATE,
    &types::MAP,
    &types::FILTER,
    &types::REVERSED,
    &types::number::BOOL,
    &types::number::INT,
    &types::number::FLOAT,
    &types::str::STR,
    &types::list::LIST,
    &types::list::TUPLE,
    &types::dict::DICT,
    &types::set::SET,
    &types::set::FROZENSET,
    &types::bytes::BYTES,
    &descriptors::PROPERTY,
    &descriptors::STATIC_METHOD,
    &descriptors::CLASS_METHOD,
    &descriptors::SUPER,
    &types::exceptions::BASE_EXCEPTION,
];

/// What a builtin name means.
pub(crate) fn find(name: &str) -> Option<Value> {
    if let Some(native) = functions::FUNCTIONS.iter().find(|f| f.name == name) {
        return Some(Value::Native(native));
    }
    let exceptions = types::exceptions::EXCEPTIONS;
    if let Some(table) = TYPES.iter().chain(exceptions).find(|t| t.name == name) {
        return Some(Value::Type(table));
    }
    Some(match name {
        "NotImplemented" => Value::NotImplemented,
        "Ellipsis" => Value::Ellipsis,
        "__debug__" => Value::Bool(true),
        _ => return None,
    })
}

/// All builtin names.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let functions = functions::FUNCTIONS.iter().map(|f| f.name);
    functions.chain(TYPES.iter().chain(types::exceptions::EXCEPTIONS).map(|t| t.name))
}
