//! `repr` and `str`.

use std::fmt::Write;
use std::rc::Rc;

use crate::context::Context;
use crate::error::type_error;
use crate::format::float_repr;
use crate::native::Result;
use crate::value::Value;

/// The `repr` of a text.
pub fn quote(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_ascii() && !c.is_ascii_control() => out.push(c),
            c if is_printable(c) => out.push(c),
            c => escape(&mut out, c),
        }
    }
    out.push(quote);
    out
}

fn escape(out: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = match c as u32 {
        n @ 0..=0xff => write!(out, "\\x{n:02x}"),
        n @ 0x100..=0xffff => write!(out, "\\u{n:04x}"),
        n => write!(out, "\\U{n:08x}"),
    };
}

/// Controls, separators other than the space, private and unassigned characters are escaped: the common ones.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c as u32,
            0xa0 | 0xad | 0x1680 | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x2064 | 0x2066..=0x206f | 0x3000
            | 0xe000..=0xf8ff | 0xfeff | 0xfff9..=0xfffb | 0xf0000..)
}

/// The `repr` of a text with everything outside ASCII escaped: `ascii(text)`.
pub(crate) fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() { out.push(c) } else { escape(&mut out, c) }
    }
    out
}

impl Context {
    /// `str(value)`.
    pub fn str(&mut self, value: &Value) -> Result<Rc<str>> {
        if let Value::Str(text) = value {
            return Ok(text.clone());
        }
        let user = !matches!(value, Value::Class(_));
        if let Some(method) = self.class_method(value, "__str__").filter(|_| user) {
            return match self.call(&method, vec![value.clone()])? {
                Value::Str(text) => Ok(text),
                other => match other.plain() {
                    Value::Str(text) => Ok(text.clone()),
                    _ => {
                        let kind = other.type_name();
                        Err(type_error(format!("__str__ returned non-string (type {kind})")))
                    }
                },
            };
        }
        self.str_plain(value)
    }

    /// The same without `__str__` of its class.
    pub(crate) fn str_plain(&mut self, value: &Value) -> Result<Rc<str>> {
        if let Some(Value::Str(text)) = value.inner() {
            return Ok(text.clone());
        }
        if let Value::Exception(exception) = value {
            let args = exception.args.borrow().clone();
            return self.nested(|cx| {
                Ok(match args.as_slice() {
                    [] => Rc::from(""),
                    [key] if exception.is(&crate::error::KEY_ERROR) => Rc::from(cx.repr(key)?),
                    [one] => cx.str(one)?,
                    [code, message] if exception.is(&crate::error::OS_ERROR) => {
                        let (code, message) = (cx.str(code)?, cx.str(message)?);
                        Rc::from(format!("[Errno {code}] {message}"))
                    }
                    [code, message, file] if exception.is(&crate::error::OS_ERROR) => {
                        let (code, message, file) = (cx.str(code)?, cx.str(message)?, cx.repr(file)?);
                        Rc::from(format!("[Errno {code}] {message}: {file}"))
                    }
                    many => Rc::from(cx.repr(&Value::tuple(many.to_vec()))?),
                })
            });
        }
        if self.class_method(value, "__repr__").is_none()
            && let Some(str) = value.table().line().find_map(|t| t.str)
        {
            return str(self, value).map(Rc::from);
        }
        self.repr(value).map(Rc::from)
    }

    /// `repr(value)`.
    pub fn repr(&mut self, value: &Value) -> Result<String> {
        self.nested(|cx| cx.write_repr(value, &mut Vec::new()))
    }

    /// `repr` with the containers around it, which print as `[...]` inside themselves.
    fn write_repr(&mut self, value: &Value, around: &mut Vec<usize>) -> Result<String> {
        Ok(match value {
            Value::Unbound => "<unbound>".to_owned(),
            Value::None => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::Int(i) => i.to_string(),
            Value::Big(i) => crate::int::to_text(i)?,
            Value::Float(x) => float_repr(*x),
            Value::Str(text) => quote(text),
            Value::Ellipsis => "Ellipsis".to_owned(),
            Value::NotImplemented => "NotImplemented".to_owned(),
            Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::Set(_) => {
                let address = value.address();
                if around.contains(&address) {
                    return Ok(match value {
                        Value::List(_) => "[...]",
                        Value::Tuple(_) => "(...)",
                        Value::Dict(_) => "{...}",
                        _ => "set(...)",
                    }
                    .to_owned());
                }
                around.push(address);
                let text = self.nested(|cx| cx.container(value, around))?;
                around.pop();
                text
            }
            Value::Range(r) if r.step == 1 => format!("range({}, {})", r.start, r.stop),
            Value::Range(r) => format!("range({}, {}, {})", r.start, r.stop, r.step),
            Value::Slice(s) => {
                let parts = [self.repr(&s.start)?, self.repr(&s.stop)?, self.repr(&s.step)?];
                format!("slice({})", parts.join(", "))
            }
            Value::Function(f) => format!("<function {} at {:#x}>", f.code.qualified, value.address()),
            Value::Native(n) => format!("<built-in function {}>", n.name),
            Value::Method(m) => match &m.function {
                Value::Native(n) => {
                    format!(
                        "<built-in method {} of {} object at {:#x}>",
                        n.name,
                        m.receiver.type_name(),
                        m.receiver.address()
                    )
                }
                Value::Function(f) => {
                    let receiver = self.repr(&m.receiver)?;
                    format!("<bound method {} of {receiver}>", f.code.qualified)
                }
                _ => "<bound method>".to_owned(),
            },
            Value::Module(m) => format!("<module '{}' (built-in)>", m.name),
            Value::Type(t) if t.module.is_empty() => format!("<class '{}'>", t.name),
            Value::Type(t) => format!("<class '{}.{}'>", t.module, t.name),
            Value::Class(c) if self.class_method(value, "__repr__").is_none() => {
                format!("<class '{}.{}'>", c.module, c.qualified)
            }
            Value::Generator(g) => format!("<generator object {} at {:#x}>", g.name, value.address()),
            _ => {
                if let Some(method) = self.class_method(value, "__repr__") {
                    let text = self.call(&method, vec![value.clone()])?;
                    return text.as_str().map(str::to_owned).ok_or_else(|| {
                        type_error(format!("__repr__ returned non-string (type {})", text.type_name()))
                    });
                }
                return self.repr_plain(value, around);
            }
        })
    }

    /// The same without `__repr__` of its class.
    pub(crate) fn repr_plain(&mut self, value: &Value, around: &mut Vec<usize>) -> Result<String> {
        Ok(match value {
            Value::Class(c) => format!("<class '{}.{}'>", c.module, c.qualified),
            Value::Instance(instance) if instance.inner.is_bound() => {
                let text = self.write_repr(&instance.inner, around)?;
                match &instance.inner {
                    // A set tells the name of its class.
                    Value::Set(set) => {
                        let items = text.trim_start_matches("frozenset").trim_start_matches("set");
                        match (set.frozen, set.items.borrow().is_empty()) {
                            (false, false) => format!("{}({items})", instance.class.name),
                            _ => format!("{}{items}", instance.class.name),
                        }
                    }
                    _ => text,
                }
            }
            Value::Instance(_)
            | Value::Exception(_)
            | Value::Object(_)
            | Value::Iter(_)
            | Value::Tensor(_) => {
                if let Value::Exception(exception) = value {
                    let args = exception.args.borrow().clone();
                    let mut shown = Vec::new();
                    for arg in &args {
                        shown.push(self.nested(|cx| cx.write_repr(arg, around))?);
                    }
                    return Ok(format!("{}({})", exception.class.name(), shown.join(", ")));
                }
                if let Some(repr) = value.table().line().find_map(|t| t.repr) {
                    return repr(self, value);
                }
                match value {
                    Value::Instance(i) => {
                        format!("<{}.{} object at {:#x}>", i.class.module, i.class.qualified, value.address())
                    }
                    Value::Object(o) if !o.table().module.is_empty() => {
                        format!(
                            "<{}.{} object at {:#x}>",
                            o.table().module,
                            value.type_name(),
                            value.address()
                        )
                    }
                    _ => format!("<{} object at {:#x}>", value.type_name(), value.address()),
                }
            }
            other => self.write_repr(other, around)?,
        })
    }

    fn container(&mut self, value: &Value, around: &mut Vec<usize>) -> Result<String> {
        let mut out = String::new();
        let (open, close, items) = match value {
            Value::List(list) => ("[", "]", list.items.borrow().clone()),
            Value::Tuple(tuple) => {
                ("(", if tuple.items.len() == 1 { ",)" } else { ")" }, tuple.items.clone())
            }
            Value::Set(set) => {
                let items: Vec<Value> = set.items.borrow().iter().cloned().collect();
                match (set.frozen, items.is_empty()) {
                    (false, true) => return Ok("set()".to_owned()),
                    (true, true) => return Ok("frozenset()".to_owned()),
                    (false, false) => ("{", "}", items),
                    (true, false) => ("frozenset({", "})", items),
                }
            }
            Value::Dict(dict) => {
                let pairs: Vec<_> = dict.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
                out.push('{');
                for (i, (key, held)) in pairs.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    out.push_str(&self.write_repr(key, around)?);
                    out.push_str(": ");
                    out.push_str(&self.write_repr(held, around)?);
                    self.check_text(out.len())?;
                }
                out.push('}');
                return Ok(out);
            }
            _ => return Ok(out),
        };
        self.charge(items.len());
        out.push_str(open);
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            out.push_str(&self.write_repr(item, around)?);
            self.check_text(out.len())?;
        }
        out.push_str(close);
        Ok(out)
    }

    /// Refuses a text of so many bytes where it would not fit.
    pub(crate) fn check_text(&self, bytes: usize) -> Result<()> {
        if bytes > 100_000_000 {
            Err(crate::error::memory_error("a text of 100 MB does not fit here"))
        } else {
            Ok(())
        }
    }
}

impl Value {
    /// The name of its type, as in messages.
    pub fn type_name(&self) -> String {
        match self {
            Value::Class(class) => class.meta.as_ref().map_or("type", |meta| &meta.name).to_owned(),
            Value::Instance(instance) => instance.class.name.to_string(),
            Value::Exception(exception) => exception.class.name().to_owned(),
            other => match other.table() {
                // As its own types are named in C.
                table if table.module == "numpy" => format!("numpy.{}", table.name),
                table => table.name.to_owned(),
            },
        }
    }

    /// `type(value)`.
    pub fn class(&self) -> Value {
        match self {
            Value::Instance(instance) => Value::Class(instance.class.clone()),
            Value::Class(class) if class.meta.is_some() => {
                class.meta.clone().map(Value::Class).unwrap_or_default()
            }
            Value::Exception(exception) => exception.class.value(),
            other => Value::Type(other.table()),
        }
    }

    /// The class of the program that it is, or that it is an object of.
    pub(crate) fn user_class(&self) -> Option<Rc<crate::class::Class>> {
        match self {
            Value::Class(class) => Some(class.clone()),
            Value::Instance(instance) => Some(instance.class.clone()),
            Value::Exception(exception) => match &exception.class {
                crate::error::ExceptionClass::Class(class) => Some(class.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The class of the program that it is.
    pub(crate) fn as_class(&self) -> Option<&Rc<crate::class::Class>> {
        match self {
            Value::Class(class) => Some(class),
            _ => None,
        }
    }
}
