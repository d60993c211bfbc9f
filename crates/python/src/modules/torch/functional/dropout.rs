//! Dropout.

use gradloom_engine::{Array, Tensor, device::cpu, ops};

use crate::context::Context;
use crate::error::{runtime_error, value_error};
use crate::modules::torch::args::{named, tensor};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// Parameters `input, p=, training=, inplace=`; one decision for each element of a tensor of the shape that `shape` makes
/// of the input's.
fn drop(cx: &mut Context, args: &Args, shape: fn(&[usize]) -> Vec<usize>) -> Result {
    let x = tensor(args, 0)?;
    let p = args.float_or(cx, 1, 0.5)?;
    let training = args.truth_or(cx, 2, true)?;
    let in_place = args.truth_or(cx, 3, false)?;
    if !(0.0..=1.0).contains(&p) {
        return Err(value_error(format!(
            "dropout probability has to be between 0 and 1, but got {}",
            crate::format::float_repr(p)
        )));
    }
    if !training || p == 0.0 || x.count() == 0 {
        return Ok(args[0].clone());
    }
    if !x.dtype().is_float() {
        return Err(runtime_error(format!(
            "result type Float can't be cast to the desired output type {}",
            x.dtype().scalar_name()
        )));
    }
    let noise = noise(cx, x, p, &shape(x.shape()))?;
    if in_place {
        x.mul_(noise)?;
        return Ok(args[0].clone());
    }
    Ok(Value::Tensor(ops::mul(x, noise)?))
}

/// `1 / (1 - p)` where something stays, 0 where it goes. Nothing is drawn where all goes.
fn noise(cx: &mut Context, x: &Tensor, p: f64, shape: &[usize]) -> Result<Tensor> {
    cx.engine.check_budget(shape, x.dtype())?;
    let count = shape.iter().product();
    cx.charge(count);
    let stays = if p == 1.0 {
        Array::Bool(vec![false; count])
    } else {
        cx.engine.generator().borrow_mut().bernoulli(1.0 - p, count)
    };
    let noise = cx.engine.created("bernoulli", cpu::convert(&stays, x.dtype()), shape, x.device())?;
    Ok(if p == 1.0 { noise } else { ops::div(noise, 1.0 - p)? })
}

/// Whole channels of `[batch, channels, …]`.
fn channels(shape: &[usize]) -> Vec<usize> {
    shape.iter().enumerate().map(|(d, &n)| if d < 2 { n } else { 1 }).collect()
}

fn dropout1d(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    match x.rank() {
        // Without a batch the channels come first.
        2 => {
            let out = drop(cx, args, |shape| vec![shape.first().copied().unwrap_or(1), 1])?;
            Ok(match out {
                Value::Tensor(out) if !out.is(x) => Value::Tensor(named(out, "SqueezeBackward1")),
                same => same,
            })
        }
        3 => drop(cx, args, channels),
        rank => Err(runtime_error(format!(
            "dropout1d: Expected 2D or 3D input, but received a {rank}D input. Note that dropout1d exists to provide \
             channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension \
             (i.e. 2D or 3D inputs)."
        ))),
    }
}

fn dropout2d(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if x.rank() < 2 {
        return Err(runtime_error("Feature dropout requires at least 2 dimensions in the input"));
    }
    drop(cx, args, channels)
}

const PARAMS: &str = "input, p=, training=, inplace=";

/// Functions.
pub const DROPOUT: &[Native] = &[
    Native::new("dropout", PARAMS, |cx, args| drop(cx, args, <[usize]>::to_vec)),
    Native::new("dropout1d", PARAMS, dropout1d),
    Native::new("dropout2d", PARAMS, dropout2d),
];
