//! `generator`.

use std::rc::Rc;

use crate::context::{Ask, Context};
use crate::error::{
    BASE_EXCEPTION, Exception, ExceptionClass, GENERATOR_EXIT, Interrupt, STOP_ITERATION, runtime_error,
    type_error,
};
use crate::function::{Generator, GeneratorState};
use crate::native::{Args, Getter, Native, Result, TypeTable};
use crate::value::Value;

/// `generator`.
pub static GENERATOR: TypeTable = TypeTable {
    name: "generator",
    methods: &[
        Native::new("__next__", "self, /", |cx, args| go_on(cx, &args[0])),
        Native::new("send", "self, value, /", |cx, args| {
            let generator = of(args)?;
            // Only the first time: the function is run again with the answer.
            if cx.asked == cx.answers.len() {
                if !generator.started.get() && !args[1].is_none() {
                    return Err(type_error("can't send non-None value to a just-started generator"));
                }
                *generator.sent.borrow_mut() = args[1].clone();
            }
            go_on(cx, &args[0])
        }),
        Native::new("throw", "self, typ, val=, tb=, /", |cx, args| {
            let generator = of(args)?;
            let exception = to_raise(cx, &args[1], args.some(2))?;
            cx.once(|_| {
                drop(generator.thrown.replace(Some(exception)));
                if !generator.started.get() {
                    generator.state.replace(GeneratorState::Done);
                }
                Ok(Value::None)
            })?;
            go_on(cx, &args[0])
        }),
        Native::new("close", "self, /", |cx, args| {
            let generator = of(args)?.clone();
            let waits = cx.once(|_| {
                let waits = matches!(&*generator.state.borrow(), GeneratorState::Waiting(..));
                if waits && generator.started.get() {
                    let exit = Exception::with_args(ExceptionClass::Native(&GENERATOR_EXIT), Vec::new());
                    drop(generator.thrown.replace(Some(Rc::new(exit))));
                    return Ok(Value::Bool(true));
                }
                drop(generator.state.replace(GeneratorState::Done));
                Ok(Value::Bool(false))
            })?;
            if let Value::Bool(false) = waits {
                return Ok(Value::None);
            }
            let value = cx.ask(|| Ask::Resume(generator, Some(&GENERATOR_EXIT)))?;
            if value.is_bound() {
                Err(runtime_error("generator ignored GeneratorExit"))
            } else {
                Ok(Value::None)
            }
        }),
    ],
    getters: &[Getter::new("__name__", |_, v| match v {
        Value::Generator(generator) => Ok(Value::str(generator.name.rsplit('.').next().unwrap_or_default())),
        _ => Ok(Value::None),
    })],
    ..TypeTable::EMPTY
};

fn of<'a>(args: &'a Args) -> Result<&'a Rc<Generator>> {
    match &args[0] {
        Value::Generator(generator) => Ok(generator),
        other => Err(type_error(format!("a generator is needed, not '{}'", other.type_name()))),
    }
}

fn go_on(cx: &mut Context, generator: &Value) -> Result {
    let value = cx.next(generator)?;
    if value.is_bound() { Ok(value) } else { Err(stop(generator)) }
}

/// `StopIteration` with what a generator returned.
pub(crate) fn stop(generator: &Value) -> Interrupt {
    let result = match generator {
        Value::Generator(generator) => generator.result.take(),
        _ => Value::Unbound,
    };
    let args = Some(result).filter(|v| v.is_bound() && !v.is_none()).into_iter().collect();
    Exception::with_args(ExceptionClass::Native(&STOP_ITERATION), args).raise()
}

/// The exception that `throw(type, value)` raises.
fn to_raise(cx: &mut Context, kind: &Value, value: Option<&Value>) -> Result<Rc<Exception>> {
    let is_class = match kind {
        Value::Type(table) => table.extends(&BASE_EXCEPTION),
        Value::Class(class) => class.native.is_some_and(|t| t.extends(&BASE_EXCEPTION)),
        _ => false,
    };
    let made = match value {
        Some(exception @ Value::Exception(_)) => exception.clone(),
        _ if is_class => cx.call(kind, value.cloned().into_iter().collect())?,
        _ => kind.clone(),
    };
    match made {
        Value::Exception(exception) => Ok(exception),
        other => Err(type_error(format!(
            "exceptions must be classes or instances deriving from BaseException, not {}",
            other.type_name()
        ))),
    }
}
