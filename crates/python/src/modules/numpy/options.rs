//! How arrays are printed: `np.set_printoptions` and its kin.

use crate::context::Context;
use crate::error::{unsupported, value_error};
use crate::modules::print::{ArrayOptions, array_str};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::array::to_tensor;

/// What holds at the moment.
pub fn current(cx: &mut Context) -> ArrayOptions {
    cx.state(|_| ArrayOptions::default()).cloned().unwrap_or_default()
}

/// Parameters `precision=, threshold=, edgeitems=, linewidth=, suppress=, floatmode=, formatter=` from `first` on.
fn changed(cx: &mut Context, args: &Args, first: usize) -> Result<ArrayOptions> {
    let mut options = current(cx);
    let number = |cx: &mut Context, i: usize, held: usize| -> Result<usize> {
        let Some(value) = args.some(first + i) else { return Ok(held) };
        if matches!(value, Value::Float(x) if *x > 1e9) || value.object::<super::NumPyScalar>().is_some() {
            return Ok(usize::MAX / 2);
        }
        usize::try_from(cx.index(value)?)
            .map_err(|_| value_error(format!("{} must not be negative", args.name(first + i))))
    };
    options.precision = number(cx, 0, options.precision)?.min(300);
    options.threshold = number(cx, 1, options.threshold)?;
    options.edgeitems = number(cx, 2, options.edgeitems)?.max(1);
    options.linewidth = number(cx, 3, options.linewidth)?;
    options.suppress = args.truth_or(cx, first + 4, options.suppress)?;
    options.fixed = match args.some(first + 5) {
        None => options.fixed,
        Some(mode) => mode.as_str() == Some("fixed"),
    };
    if args.some(first + 6).is_some() {
        return Err(unsupported(
            "formatter= is not supported here; precision=, suppress= and floatmode= are",
        ));
    }
    Ok(options)
}

/// Functions.
pub const OPTIONS: &[Native] = &[
    Native::new(
        "set_printoptions",
        "precision=, threshold=, edgeitems=, linewidth=, suppress=, floatmode=, formatter=, sign=, nanstr=, infstr=",
        |cx, args| {
            let options = changed(cx, args, 0)?;
            if let Some(held) = cx.state(|_| ArrayOptions::default()) {
                *held = options;
            }
            Ok(Value::None)
        },
    ),
    Native::new("get_printoptions", "", |cx, _| {
        let held = current(cx);
        let mut map = crate::dict::Dict::default();
        map.set_str("precision", Value::from(held.precision));
        map.set_str("threshold", Value::from(held.threshold));
        map.set_str("edgeitems", Value::from(held.edgeitems));
        map.set_str("linewidth", Value::from(held.linewidth));
        map.set_str("suppress", Value::Bool(held.suppress));
        map.set_str("floatmode", Value::from(if held.fixed { "fixed" } else { "maxprec" }));
        Ok(Value::dict(map))
    }),
    Native::new(
        "array2string",
        "a, precision=, threshold=, edgeitems=, max_line_width=, suppress_small=, floatmode=, formatter=, *, separator=",
        |cx, args| {
            let x = to_tensor(cx, &args[0])?;
            let options = changed(cx, args, 1)?;
            let separator = match args.some(8) {
                Some(_) => args.str(8)?,
                None => " ",
            };
            Ok(Value::from(array_str(&*cx.host(&x)?, x.shape(), separator, &options)))
        },
    ),
];
