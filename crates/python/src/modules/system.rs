//! `sys` and `os`, as far as they are harmless.

use crate::native::{Module, Native, TypeTable};
use crate::value::Value;

/// `sys`.
pub static SYS: Module = Module {
    name: "sys",
    functions: &[
        Native::new("exit", "status=, /", crate::builtins::exit),
        Native::new("getrecursionlimit", "", |_, _| Ok(Value::Int(1000))),
        Native::new("setrecursionlimit", "limit, /", |_, _| Ok(Value::None)),
        Native::new("getsizeof", "object, default=", |_, _| Ok(Value::Int(64))),
    ],
    values: &[
        ("argv", |cx| {
            let file = Value::Str(cx.file.clone());
            Ok(Value::list(std::iter::once(file).chain(cx.args.iter().map(Value::str)).collect()))
        }),
        ("version", |_| Ok(Value::str("3.11 (Gradloom)"))),
        ("version_info", |_| Ok(Value::tuple([3, 11, 0].map(Value::Int).to_vec()))),
        ("byteorder", |_| Ok(Value::str("little"))),
        ("platform", |_| Ok(Value::str("gradloom"))),
        ("maxsize", |_| Ok(Value::Int(i64::MAX))),
        ("stdout", |_| Ok(Value::new_object(Stream { error: false }))),
        ("stderr", |_| Ok(Value::new_object(Stream { error: true }))),
        ("modules", |_| Ok(Value::dict(Default::default()))),
    ],
    ..Module::EMPTY
};

/// `sys.stdout`, `sys.stderr`.
struct Stream {
    error: bool,
}

impl crate::value::Object for Stream {
    fn table(&self) -> &'static TypeTable {
        &STREAM
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

static STREAM: TypeTable = TypeTable {
    name: "TextIOWrapper",
    methods: &[
        Native::new("write", "self, text, /", |cx, args| {
            let text = args.str(1)?;
            match args[0].object::<Stream>() {
                Some(stream) if stream.error => cx.print_error(text)?,
                _ => cx.print(text)?,
            }
            Ok(Value::from(text.chars().count()))
        }),
        Native::new("flush", "self", |_, _| Ok(Value::None)),
    ],
    ..TypeTable::EMPTY
};

/// `matplotlib.figures`: where `matplotlib.pyplot` puts its figures.
pub static FIGURES: Module = Module {
    name: "matplotlib.figures",
    functions: &[Native::new("put", "svg, /", |cx, args| {
        let text = args.str(0)?.to_owned();
        cx.output.push(crate::context::Printed { text, line: cx.line, figure: true, error: false });
        Ok(Value::None)
    })],
    ..Module::EMPTY
};

/// `os`.
pub static OS: Module = Module {
    name: "os",
    functions: &[
        Native::new("getcwd", "", |_, _| Ok(Value::str("/"))),
        Native::new("cpu_count", "", |_, _| Ok(Value::Int(1))),
        Native::new("getenv", "key, default=", |_, args| Ok(args.get(1).cloned().unwrap_or(Value::None))),
    ],
    values: &[
        ("environ", |_| Ok(Value::dict(Default::default()))),
        ("sep", |_| Ok(Value::str("/"))),
        ("linesep", |_| Ok(Value::str("\n"))),
        ("name", |_| Ok(Value::str("posix"))),
    ],
    modules: &[&super::library::OS_PATH],
    source: super::library::OS.source,
    ..Module::EMPTY
};
