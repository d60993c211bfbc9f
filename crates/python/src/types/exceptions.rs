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
        Getter::new("__context__", |_, v| match v {
            Value::Exception(e) if e.context.borrow().is_bound() => Ok(e.context.borrow().clone()),
            _ => Ok(Value::None),
        }),
        Getter::new("__traceback__", |_, _| Ok(Value::None)),
    ],
    methods: &[
        Native::new("__init__", "self, *args", |_, args| {
            if let Value::Exception(e) = &args[0] {
                *e.args.borrow_mut() = args.rest(1).to_vec();
            }
            Ok(Value::None)
        }),
        Native::new("with_traceback", "self, tb, /", |_, args| Ok(args[0].clone())),
        Native::new("__str__", "self, /", |cx, args| Ok(Value::Str(cx.str(&args[0])?))),
        Native::new("__repr__", "self, /", |cx, args| Ok(Value::from(cx.repr(&args[0])?))),
    ],
    ..TypeTable::EMPTY
};

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
    RUNTIME_ERROR "RuntimeError" Some(&EXCEPTION);
    NOT_IMPLEMENTED_ERROR "NotImplementedError" Some(&RUNTIME_ERROR);
    RECURSION_ERROR "RecursionError" Some(&RUNTIME_ERROR);
    SYNTAX_ERROR "SyntaxError" Some(&EXCEPTION);
    INDENTATION_ERROR "IndentationError" Some(&SYNTAX_ERROR);
    TYPE_ERROR "TypeError" Some(&EXCEPTION);
    VALUE_ERROR "ValueError" Some(&EXCEPTION);
    UNICODE_ERROR "UnicodeError" Some(&VALUE_ERROR);
    WARNING "Warning" Some(&EXCEPTION);
    USER_WARNING "UserWarning" Some(&WARNING);
    DEPRECATION_WARNING "DeprecationWarning" Some(&WARNING);
    RUNTIME_WARNING "RuntimeWarning" Some(&WARNING);
}
