//! `time`.

use crate::native::{Module, Native};
use crate::value::Value;

/// `time`.
pub static TIME: Module = Module {
    name: "time",
    functions: &[
        Native::new("time", "", |cx, _| Ok(Value::Float((cx.clock)()))),
        Native::new("perf_counter", "", |cx, _| Ok(Value::Float((cx.clock)()))),
        Native::new("monotonic", "", |cx, _| Ok(Value::Float((cx.clock)()))),
        Native::new("process_time", "", |cx, _| Ok(Value::Float((cx.clock)()))),
        Native::new("time_ns", "", |cx, _| crate::int::from_f64((cx.clock)() * 1e9)),
        Native::new("perf_counter_ns", "", |cx, _| crate::int::from_f64((cx.clock)() * 1e9)),
        // Waiting would only hold up the page.
        Native::new("sleep", "seconds, /", |cx, args| {
            let seconds = args.float(cx, 0)?;
            if seconds < 0.0 {
                return Err(crate::error::value_error("sleep length must be non-negative"));
            }
            Ok(Value::None)
        }),
    ],
    ..Module::EMPTY
};
