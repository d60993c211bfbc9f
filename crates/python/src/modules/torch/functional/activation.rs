//! Activations.

use gradloom_engine::{Arg, ops};

use crate::context::Context;
use crate::modules::torch::args::{named, tensor};
use crate::modules::torch::reduce::{log_softmax_of, softmax_of};
use crate::native::{Args, Native, Result};
use crate::value::Value;

fn relu(cx: &mut Context, args: &Args) -> Result {
    let input = tensor(args, 0)?;
    if args.truth_or(cx, 1, false)? {
        input.in_place("relu_", std::rc::Rc::new(ops::relu::Relu), &[])?;
        return Ok(args[0].clone());
    }
    Ok(Value::Tensor(ops::relu(input)?))
}

fn leaky_relu(cx: &mut Context, args: &Args) -> Result {
    let input = tensor(args, 0)?;
    let slope = args.float_or(cx, 1, 0.01)?;
    let out = ops::where_(ops::gt(input, 0.0)?, input, ops::mul(input, Arg::from(slope))?)?;
    Ok(Value::Tensor(named(out, "leaky_relu")))
}

/// Functions.
pub const ACTIVATION: &[Native] = &[
    Native::new("leaky_relu", "input, negative_slope=, inplace=", leaky_relu),
    Native::new("log_softmax", "input, dim=, dtype=", log_softmax_of),
    Native::new("relu", "input, inplace=", relu),
    Native::new("sigmoid", "input", |_, args| Ok(Value::Tensor(ops::sigmoid(tensor(args, 0)?)?))),
    Native::new("softmax", "input, dim=, dtype=", softmax_of),
    Native::new("tanh", "input", |_, args| Ok(Value::Tensor(ops::tanh(tensor(args, 0)?)?))),
];
