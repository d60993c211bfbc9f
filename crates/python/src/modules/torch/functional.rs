//! `torch.nn.functional`, as far as it goes.

use gradloom_engine::{Arg, Tensor, ops};

use crate::context::Context;
use crate::error::value_error;
use crate::native::{Args, Module, Native, Result};
use crate::value::Value;

use super::args::{named, tensor};

/// How a loss is reduced; parameters from `i` on: `reduction=`.
fn reduced(args: &Args, i: usize, losses: Tensor, name: &'static str) -> Result {
    let out = match args.some(i) {
        None => ops::mean(&losses, &[], false)?,
        Some(Value::Str(how)) if &**how == "mean" => ops::mean(&losses, &[], false)?,
        Some(Value::Str(how)) if &**how == "sum" => ops::sum(&losses, &[], false)?,
        Some(Value::Str(how)) if &**how == "none" => losses,
        Some(Value::Str(how)) => {
            return Err(value_error(format!("{how} is not a valid value for reduction")));
        }
        Some(other) => return Err(super::args::wrong(args, i, "str", other)),
    };
    Ok(Value::Tensor(named(out, name)))
}

fn mse_loss(_cx: &mut Context, args: &Args) -> Result {
    let losses = ops::pow(ops::sub(tensor(args, 0)?, tensor(args, 1)?)?, 2.0)?;
    reduced(args, 4, losses, "mse_loss")
}

fn l1_loss(_cx: &mut Context, args: &Args) -> Result {
    let losses = ops::abs(ops::sub(tensor(args, 0)?, tensor(args, 1)?)?)?;
    reduced(args, 4, losses, "abs")
}

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

/// The module.
pub static FUNCTIONAL: Module = Module {
    name: "torch.nn.functional",
    functions: &[
        Native::new("l1_loss", "input, target, size_average=, reduce=, reduction=", l1_loss),
        Native::new("leaky_relu", "input, negative_slope=, inplace=", leaky_relu),
        Native::new("linear", "input, weight, bias=", super::linear::linear),
        Native::new("log_softmax", "input, dim=, dtype=", super::reduce::log_softmax_of),
        Native::new("mse_loss", "input, target, size_average=, reduce=, reduction=", mse_loss),
        Native::new("relu", "input, inplace=", relu),
        Native::new("sigmoid", "input", |_, args| Ok(Value::Tensor(ops::sigmoid(tensor(args, 0)?)?))),
        Native::new("softmax", "input, dim=, dtype=", super::reduce::softmax_of),
        Native::new("tanh", "input", |_, args| Ok(Value::Tensor(ops::tanh(tensor(args, 0)?)?))),
    ],
    ..Module::EMPTY
};

/// `torch.nn`: what it will hold comes with the modules; the functions are here.
pub static NN: Module = Module { name: "torch.nn", modules: &[&FUNCTIONAL], ..Module::EMPTY };
