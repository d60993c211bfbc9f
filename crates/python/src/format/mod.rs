//! Numbers as text, and the format specifications.

mod method;
mod number;
mod percent;
mod spec;

pub use number::{exponent, fixed, float_repr};

pub(crate) use method::format_text;
pub(crate) use percent::percent;

use std::rc::Rc;

use crate::context::Context;
use crate::error::type_error;
use crate::native::Result;
use crate::value::Value;

impl Context {
    /// `format(value, spec)`.
    pub fn format(&mut self, value: &Value, spec: &str) -> Result<Rc<str>> {
        if let Some(method) = self.class_method(value, "__format__") {
            return match self.call(&method, vec![value.clone(), Value::str(spec)])? {
                Value::Str(text) => Ok(text),
                other => Err(type_error(format!("__format__ must return a str, not {}", other.type_name()))),
            };
        }
        self.format_plain(value, spec)
    }

    /// The same without `__format__` of its class.
    pub(crate) fn format_plain(&mut self, value: &Value, spec: &str) -> Result<Rc<str>> {
        // A tensor of one number formats as the number, whatever the specification.
        if spec.is_empty() && !matches!(value, Value::Tensor(_)) {
            return self.str(value);
        }
        match value.plain() {
            Value::Str(text) => spec::text(text, spec).map(Rc::from),
            Value::Bool(_) | Value::Int(_) | Value::Big(_) => {
                spec::integer(value.plain(), spec).map(Rc::from)
            }
            Value::Float(x) => spec::float(*x, spec).map(Rc::from),
            _ => match value.table().line().find_map(|t| t.format) {
                Some(format) => format(self, value, spec).map(Rc::from),
                None => Err(type_error(format!(
                    "unsupported format string passed to {}.__format__",
                    value.type_name()
                ))),
            },
        }
    }
}

/// `format(x, spec)` for a double: for types of ours that hold one.
pub fn float_spec(x: f64, spec: &str) -> Result<String> {
    spec::float(x, spec)
}
