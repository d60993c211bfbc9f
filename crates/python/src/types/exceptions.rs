//! Python's own exception classes.

use crate::native::{Getter, Native, TypeTable};
use crate::value::Value;

macro_rules! exceptions {
    ($($table:ident $name:literal $base:expr;)*) => {
        $(
            #[doc = concat!("`", $name, "`.")]
            pub static $table: TypeTable = TypeTable { name: $name, base: $base, ..TypeTable::EMPTY };
        )*
        /// All of them but `BaseException`.
        pub(crate) static EXCEPTIONS: &[&TypeTable] = &[$(&$table),*];
    };
}

/// `BaseException`.
pub static BASE_EXCEPTION: TypeTable = TypeTable {
    name: "BaseException",
    getters: &[
        Getter::new("args", |_, v| match v {
            Value::Exception(e) => Ok(Value::tuple(e.args.borrow().clone())),
            _ => Ok(Value::None),
        }),
        Getter::new("value", |cx, v| match v {
            Value::Exception(e) if e.is(&STOP_ITERATION) => {
                Ok(e.args.borrow().first().cloned().unwrap_or(Value::None))
            }
            _ => missing(cx, v, "value"),
        }),
        Getter::new("code", |cx, v| match v {
            Value::Exception(e) if e.is(&SYSTEM_EXIT) => {
                Ok(e.args.borrow().first().cloned().unwrap_or(Value::None))
            }
            _ => missing(cx, v, "code"),
        }),
        Getter::settable(
            "__cause__",
            |_, v| match v {
                Value::Exception(e) if e.cause.borrow().is_bound() => Ok(e.cause.borrow().clone()),
                _ => Ok(Value::None),
            },
            |_, v, new| {
                if let Value::Exception(e) = v {
                    e.suppress.set(true);
                    drop(e.cause.replace(new.clone()));
                }
                Ok(())
            },
        ),
        Getter::settable(
            "__context__",
            |_, v| match v {
                Value::Exception(e) if e.context.borrow().is_bound() => Ok(e.context.borrow().clone()),
                _ => Ok(Value::None),
            },
            |_, v, new| {
                if let Value::Exception(e) = v {
                    drop(e.context.replace(new.clone()));
                }
                Ok(())
            },
        ),
        Getter::settable(
            "__suppress_context__",
            |_, v| Ok(Value::Bool(matches!(v, Value::Exception(e) if e.suppress.get()))),
            |cx, v, new| {
                let suppress = cx.truth(new)?;
                if let Value::Exception(e) = v {
                    e.suppress.set(suppress);
                }
                Ok(())
            },
        ),
        Getter::settable("__traceback__", |_, _| Ok(Value::None), |_, _, _| Ok(())),
        Getter::new("name", |cx, v| match v {
            Value::Exception(e) if e.is(&NAME_ERROR) || e.is(&ATTRIBUTE_ERROR) || e.is(&IMPORT_ERROR) => {
                let args = e.args.borrow();
                let quoted = args.first().and_then(Value::as_str).unwrap_or_default();
                // The last quoted part of the message.
                Ok(quoted.rsplit('\'').nth(1).map_or(Value::None, Value::str))
            }
            _ => missing(cx, v, "name"),
        }),
        Getter::new("errno", |cx, v| part(cx, v, "errno", 0)),
        Getter::new("strerror", |cx, v| part(cx, v, "strerror", 1)),
        Getter::new("filename", |cx, v| part(cx, v, "filename", 2)),
    ],
    methods: &[
        Native::new("__init__", "self, *args", |_, args| {
            if let Value::Exception(e) = &args[0] {
                *e.args.borrow_mut() = args.rest(1).to_vec();
            }
            Ok(Value::None)
        }),
        Native::new("add_note", "self, note, /", |cx, args| {
            let Value::Exception(e) = &args[0] else { return Ok(Value::None) };
            let note = args.str(1).map_err(|_| {
                let kind = args[1].type_name();
                crate::error::type_error(format!("note must be a str, not '{kind}'"))
            })?;
            let held = e.names.borrow().get("__notes__");
            let mut notes = held.map_or(Ok(Vec::new()), |held| cx.collect(&held))?;
            notes.push(Value::str(note));
            drop(e.names.borrow_mut().set(&"__notes__".into(), Value::list(notes)));
            Ok(Value::None)
        }),
        Native::new("with_traceback", "self, tb, /", |_, args| Ok(args[0].clone())),
    ],
    ..TypeTable::EMPTY
};

/// An argument of an `OSError`.
fn part(cx: &mut crate::context::Context, v: &Value, name: &str, i: usize) -> crate::native::Result {
    match v {
        Value::Exception(e) if e.is(&OS_ERROR) => {
            let args = e.args.borrow();
            Ok(args.get(i).filter(|_| args.len() > 1).cloned().unwrap_or(Value::None))
        }
        _ => missing(cx, v, name),
    }
}

fn missing(_: &mut crate::context::Context, v: &Value, name: &str) -> crate::native::Result {
    Err(crate::error::attribute_error(format!("'{}' object has no attribute '{name}'", v.type_name())))
}

exceptions! {
    SYSTEM_EXIT "SystemExit" Some(&BASE_EXCEPTION);
    KEYBOARD_INTERRUPT "KeyboardInterrupt" Some(&BASE_EXCEPTION);
    GENERATOR_EXIT "GeneratorExit" Some(&BASE_EXCEPTION);
    EXCEPTION "Exception" Some(&BASE_EXCEPTION);
    STOP_ITERATION "StopIteration" Some(&EXCEPTION);
    ARITHMETIC_ERROR "ArithmeticError" Some(&EXCEPTION);
    FLOATING_POINT_ERROR "FloatingPointError" Some(&ARITHMETIC_ERROR);
    OVERFLOW_ERROR "OverflowError" Some(&ARITHMETIC_ERROR);
    ZERO_DIVISION_ERROR "ZeroDivisionError" Some(&ARITHMETIC_ERROR);
    ASSERTION_ERROR "AssertionError" Some(&EXCEPTION);
    ATTRIBUTE_ERROR "AttributeError" Some(&EXCEPTION);
    BUFFER_ERROR "BufferError" Some(&EXCEPTION);
    EOF_ERROR "EOFError" Some(&EXCEPTION);
    IMPORT_ERROR "ImportError" Some(&EXCEPTION);
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" Some(&IMPORT_ERROR);
    LOOKUP_ERROR "LookupError" Some(&EXCEPTION);
    INDEX_ERROR "IndexError" Some(&LOOKUP_ERROR);
    KEY_ERROR "KeyError" Some(&LOOKUP_ERROR);
    MEMORY_ERROR "MemoryError" Some(&EXCEPTION);
    NAME_ERROR "NameError" Some(&EXCEPTION);
    UNBOUND_LOCAL_ERROR "UnboundLocalError" Some(&NAME_ERROR);
    OS_ERROR "OSError" Some(&EXCEPTION);
    FILE_NOT_FOUND_ERROR "FileNotFoundError" Some(&OS_ERROR);
    IS_A_DIRECTORY_ERROR "IsADirectoryError" Some(&OS_ERROR);
    FILE_EXISTS_ERROR "FileExistsError" Some(&OS_ERROR);
    PERMISSION_ERROR "PermissionError" Some(&OS_ERROR);
    TIMEOUT_ERROR "TimeoutError" Some(&OS_ERROR);
    CONNECTION_ERROR "ConnectionError" Some(&OS_ERROR);
    RUNTIME_ERROR "RuntimeError" Some(&EXCEPTION);
    NOT_IMPLEMENTED_ERROR "NotImplementedError" Some(&RUNTIME_ERROR);
    RECURSION_ERROR "RecursionError" Some(&RUNTIME_ERROR);
    STOP_ASYNC_ITERATION "StopAsyncIteration" Some(&EXCEPTION);
    SYNTAX_ERROR "SyntaxError" Some(&EXCEPTION);
    INDENTATION_ERROR "IndentationError" Some(&SYNTAX_ERROR);
    TYPE_ERROR "TypeError" Some(&EXCEPTION);
    VALUE_ERROR "ValueError" Some(&EXCEPTION);
    UNICODE_ERROR "UnicodeError" Some(&VALUE_ERROR);
    UNICODE_DECODE_ERROR "UnicodeDecodeError" Some(&UNICODE_ERROR);
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" Some(&UNICODE_ERROR);
    WARNING "Warning" Some(&EXCEPTION);
    USER_WARNING "UserWarning" Some(&WARNING);
    DEPRECATION_WARNING "DeprecationWarning" Some(&WARNING);
    RUNTIME_WARNING "RuntimeWarning" Some(&WARNING);
    FUTURE_WARNING "FutureWarning" Some(&WARNING);
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" Some(&WARNING);
    SYNTAX_WARNING "SyntaxWarning" Some(&WARNING);
    IMPORT_WARNING "ImportWarning" Some(&WARNING);
    RESOURCE_WARNING "ResourceWarning" Some(&WARNING);
}
