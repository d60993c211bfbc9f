//! `_files`: what the libraries that open files are made of.

use std::io::ErrorKind;

use crate::context::Context;
use crate::error::{
    Exception, ExceptionClass, FILE_NOT_FOUND_ERROR, IS_A_DIRECTORY_ERROR, Interrupt, OS_ERROR,
    PERMISSION_ERROR, type_error,
};
use crate::native::{Module, Native};
use crate::types::bytes::Bytes;
use crate::value::Value;

/// `_files`
pub static FILES: Module = Module {
    name: "_files",
    functions: &[
        Native::new("read", "path, /", |cx, a| {
            let path = a.str(0)?;
            let bytes = cx.files.read(path).map_err(|e| refused(cx, path, &e))?;
            cx.charge(bytes.len() / 8);
            Ok(Bytes::value(bytes))
        }),
        // A second run of this function after a pause would append twice: it asks for nothing before.
        Native::new("write", "path, data, append, /", |cx, a| {
            let path = a.str(0)?;
            let Some(bytes) = a[1].object::<Bytes>() else {
                let kind = a[1].type_name();
                return Err(type_error(format!("a bytes-like object is required, not '{kind}'")));
            };
            let append = matches!(a[2], Value::Bool(true));
            cx.files.write(path, &bytes.0, append).map_err(|e| refused(cx, path, &e))?;
            cx.charge(bytes.0.len() / 8);
            Ok(Value::None)
        }),
        Native::new("remove", "path, /", |cx, a| {
            let path = a.str(0)?;
            cx.files.remove(path).map_err(|e| refused(cx, path, &e))?;
            Ok(Value::None)
        }),
        Native::new("make_folder", "path, /", |cx, a| {
            let path = a.str(0)?;
            cx.files.make_folder(path).map_err(|e| refused(cx, path, &e))?;
            Ok(Value::None)
        }),
        Native::new("list", "folder, /", |cx, a| {
            let folder = a.str(0)?;
            let names = cx.files.list(folder).map_err(|e| refused(cx, folder, &e))?;
            Ok(Value::list(names.into_iter().map(Value::from).collect()))
        }),
    ],
    ..Module::EMPTY
};

/// As Python says it.
fn refused(cx: &Context, path: &str, error: &std::io::Error) -> Interrupt {
    let (class, number, why) = match error.kind() {
        ErrorKind::NotFound => (&FILE_NOT_FOUND_ERROR, 2, "No such file or directory"),
        ErrorKind::PermissionDenied => (&PERMISSION_ERROR, 13, "Permission denied"),
        ErrorKind::IsADirectory => (&IS_A_DIRECTORY_ERROR, 21, "Is a directory"),
        ErrorKind::StorageFull => (&OS_ERROR, 28, "No space left on device"),
        _ => (&OS_ERROR, 5, "Input/output error"),
    };
    let args = vec![Value::Int(number), Value::from(why), Value::from(path)];
    let exception = Exception::with_args(ExceptionClass::Native(class), args);
    let help = match error.kind() {
        ErrorKind::NotFound => {
            let folder = path.rfind('/').and_then(|end| path.get(..end)).unwrap_or("");
            let (place, names) = match cx.files.list(folder) {
                Ok(names) if !folder.is_empty() => (format!("in {folder}"), names),
                _ => ("here".to_owned(), cx.files.list("").unwrap_or_default()),
            };
            match names.is_empty() {
                true => "there are no files here".to_owned(),
                false => format!("{place} are {}", names.join(", ")),
            }
        }
        ErrorKind::StorageFull => "all files together hold 256 MiB here".to_owned(),
        _ => String::new(),
    };
    exception.help(help).raise()
}
