//! Losses.

use gradloom_engine::{Tensor, ops};

use crate::context::Context;
use crate::error::value_error;
use crate::modules::torch::args::{named, tensor, wrong};
use crate::native::{Args, Native, Result};
use crate::value::Value;

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
        Some(other) => return Err(wrong(args, i, "str", other)),
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

/// Functions.
pub const LOSS: &[Native] = &[
    Native::new("l1_loss", "input, target, size_average=, reduce=, reduction=", l1_loss),
    Native::new("mse_loss", "input, target, size_average=, reduce=, reduction=", mse_loss),
];
