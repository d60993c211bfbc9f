//! Activations.

use std::rc::Rc;

use gradloom_engine::ops::functions::{Elementwise, Function, piecewise, smooth};
use gradloom_engine::{Arg, Scalar, ops};

use crate::context::Context;
use crate::error::{runtime_error, value_error};
use crate::modules::torch::args::{scalar, tensor};
use crate::modules::torch::reduce::{log_softmax_of, softmax, softmax_of};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// A function of numbers with the defaults of those after its input.
struct Activation {
    name: &'static str,
    /// The name of the node where the input is changed.
    in_place: &'static str,
    function: &'static Function,
    numbers: &'static [f64],
}

const fn row(
    name: &'static str,
    in_place: &'static str,
    function: &'static Function,
    numbers: &'static [f64],
) -> Activation {
    Activation { name, in_place, function, numbers }
}

const ACTIVATIONS: &[Activation] = &[
    row("celu", "celu_", &smooth::CELU, &[1.0]),
    row("elu", "elu_", &smooth::ELU, &[1.0]),
    row("hardshrink", "hardshrink_", &piecewise::HARDSHRINK, &[0.5]),
    row("hardsigmoid", "hardsigmoid_", &piecewise::HARDSIGMOID, &[]),
    row("hardswish", "hardswish_", &piecewise::HARDSWISH, &[]),
    row("hardtanh", "hardtanh_", &piecewise::HARDTANH, &[-1.0, 1.0]),
    row("leaky_relu", "leaky_relu_", &piecewise::LEAKY_RELU, &[0.01]),
    row("logsigmoid", "log_sigmoid_", &smooth::LOG_SIGMOID, &[]),
    row("mish", "mish_", &smooth::MISH, &[]),
    row("relu6", "hardtanh_", &piecewise::HARDTANH, &[0.0, 6.0]),
    row("selu", "selu_", &smooth::SELU, &[]),
    row("silu", "silu_", &smooth::SILU, &[]),
    row("softplus", "softplus_", &smooth::SOFTPLUS, &[1.0, 20.0]),
    row("softshrink", "softshrink_", &piecewise::SOFTSHRINK, &[0.5]),
    row("threshold", "threshold_", &piecewise::THRESHOLD, &[0.0, 0.0]),
];

/// The parameters `input`, the numbers, `inplace=`. A name that ends with `_` changes its input.
fn activate(cx: &mut Context, args: &Args) -> Result {
    let name = args.native.name.trim_end_matches('_');
    let Some(row) = ACTIVATIONS.iter().find(|row| row.name == name) else {
        return Err(runtime_error(format!("{name} is no activation")));
    };
    let input = tensor(args, 0)?;
    let last = args.values.len() - 1;
    let switch = args.name(last) == "inplace";
    let in_place = args.native.name.ends_with('_') || (switch && args.truth_or(cx, last, false)?);
    let given = if switch { last } else { last + 1 };
    let mut numbers = Vec::new();
    for (i, default) in (1..).zip(row.numbers) {
        let number = match args.some(i).filter(|_| i < given) {
            Some(value) => scalar(cx, value)?,
            None => Scalar::Float(*default),
        };
        // Integers are bounded by integers.
        let whole = row.function.whole.is_some() && !input.dtype().is_float();
        numbers.push(Arg::Scalar(if whole { Scalar::Int(number.to_f64() as i64) } else { number }));
    }
    if let ("hardtanh" | "hardtanh_", [Arg::Scalar(low), Arg::Scalar(high)]) = (args.native.name, &*numbers)
        && low.to_f64() > high.to_f64()
    {
        return Err(value_error("min_val cannot be greater than max_val"));
    }
    if in_place {
        input.in_place(row.in_place, Rc::new(Elementwise(row.function)), &numbers)?;
        return Ok(args[0].clone());
    }
    numbers.insert(0, input.into());
    Ok(Value::Tensor(row.function.apply(&numbers)?))
}

fn relu(cx: &mut Context, args: &Args) -> Result {
    let input = tensor(args, 0)?;
    if args.native.name.ends_with('_') || args.truth_or(cx, 1, false)? {
        input.in_place("relu_", Rc::new(ops::relu::Relu), &[])?;
        return Ok(args[0].clone());
    }
    Ok(Value::Tensor(ops::relu(input)?))
}

fn gelu(_cx: &mut Context, args: &Args) -> Result {
    let input = tensor(args, 0)?;
    Ok(Value::Tensor(match args.some(1) {
        None => ops::gelu(input)?,
        Some(Value::Str(how)) if &**how == "none" => ops::gelu(input)?,
        Some(Value::Str(how)) if &**how == "tanh" => ops::gelu_tanh(input)?,
        Some(_) => return Err(runtime_error("approximate argument must be either none or tanh.")),
    }))
}

/// `F.prelu`, `torch.prelu`, `x.prelu`.
pub const PRELU: Native = Native::new("prelu", "input, weight", |_, args| {
    Ok(Value::Tensor(ops::prelu(tensor(args, 0)?, tensor(args, 1)?)?))
});

fn glu(cx: &mut Context, args: &Args) -> Result {
    let dim = args.int_or(cx, 1, -1)?;
    Ok(Value::Tensor(ops::glu(tensor(args, 0)?, dim)?))
}

/// Functions.
pub const ACTIVATION: &[Native] = &[
    Native::new("celu", "input, alpha=, inplace=", activate),
    Native::new("celu_", "input, alpha=", activate),
    Native::new("elu", "input, alpha=, inplace=", activate),
    Native::new("elu_", "input, alpha=", activate),
    Native::new("gelu", "input, *, approximate=", gelu),
    Native::new("glu", "input, dim=", glu),
    Native::new("hardshrink", "input, lambd=", activate),
    Native::new("hardsigmoid", "input, inplace=", activate),
    Native::new("hardswish", "input, inplace=", activate),
    Native::new("hardtanh", "input, min_val=, max_val=, inplace=", activate),
    Native::new("hardtanh_", "input, min_val=, max_val=", activate),
    Native::new("leaky_relu", "input, negative_slope=, inplace=", activate),
    Native::new("leaky_relu_", "input, negative_slope=", activate),
    Native::new("log_softmax", "input, dim=, _stacklevel=, dtype=", log_softmax_of),
    Native::new("logsigmoid", "input", activate),
    Native::new("mish", "input, inplace=", activate),
    PRELU,
    Native::new("relu", "input, inplace=", relu),
    Native::new("relu6", "input, inplace=", activate),
    Native::new("relu_", "input", relu),
    Native::new("selu", "input, inplace=", activate),
    Native::new("selu_", "input", activate),
    Native::new("sigmoid", "input", |_, args| Ok(Value::Tensor(ops::sigmoid(tensor(args, 0)?)?))),
    Native::new("silu", "input, inplace=", activate),
    Native::new("softmax", "input, dim=, _stacklevel=, dtype=", softmax_of),
    Native::new("softmin", "input, dim=, _stacklevel=, dtype=", |cx, args| softmax(cx, args, ops::softmin)),
    Native::new("softplus", "input, beta=, threshold=", activate),
    Native::new("softshrink", "input, lambd=", activate),
    Native::new("softsign", "input", |_, args| Ok(Value::Tensor(ops::softsign(tensor(args, 0)?)?))),
    Native::new("tanh", "input", |_, args| Ok(Value::Tensor(ops::tanh(tensor(args, 0)?)?))),
    Native::new("tanhshrink", "input", |_, args| Ok(Value::Tensor(ops::tanhshrink(tensor(args, 0)?)?))),
    Native::new("threshold", "input, threshold, value, inplace=", activate),
    Native::new("threshold_", "input, threshold, value", activate),
];
