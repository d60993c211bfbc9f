//! Normalizations: over a batch, over an instance, over layers, over groups of channels.

use gradloom_engine::{Tensor, layout, ops};

use crate::context::Context;
use crate::error::{runtime_error, unsupported, value_error, zero_division};
use crate::modules::torch::args::{integers, named, sequence, tensor, wrong};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// Parameter `i` as a tensor, if it was given.
fn optional<'a>(args: &Args<'a>, i: usize) -> Result<Option<&'a Tensor>> {
    args.some(i).map(|_| tensor(args, i)).transpose()
}

fn floats(args: &Args, x: &Tensor) -> Result<()> {
    if x.dtype().is_float() {
        return Ok(());
    }
    Err(unsupported(format!("\"{}\" not implemented for '{}'", args.native.name, x.dtype().scalar_name())))
}

/// Mean and variance over `dims`, which stay with size 1.
fn moments(x: &Tensor, dims: &[i64]) -> Result<(Tensor, Tensor)> {
    let mean = ops::mean(x, dims, true)?;
    let far = ops::sub(x, &mean)?;
    Ok((mean, ops::mean(&ops::mul(&far, &far)?, dims, true)?))
}

/// `(x - mean) / √(var + eps)`
fn standardized(x: &Tensor, mean: &Tensor, var: &Tensor, eps: f64) -> Result<Tensor> {
    Ok(ops::mul(ops::sub(x, mean)?, ops::rsqrt(&ops::add(var, eps)?)?)?)
}

/// Refuses what would be computed in another dtype than `x`.
fn same_dtype<'a>(x: &Tensor, others: impl IntoIterator<Item = Option<&'a Tensor>>) -> Result<()> {
    match others.into_iter().flatten().find(|t| t.dtype() != x.dtype()) {
        Some(other) => Err(runtime_error(format!(
            "expected scalar type {} but found {}",
            x.dtype().scalar_name(),
            other.dtype().scalar_name()
        ))),
        None => Ok(()),
    }
}

/// `x · weight + bias`, each of them optional and laid out as `shape`.
fn scaled(x: Tensor, weight: Option<&Tensor>, bias: Option<&Tensor>, shape: &[usize]) -> Result<Tensor> {
    let mut out = x;
    if let Some(weight) = weight {
        out = ops::mul(out, ops::reshape(weight, shape)?)?;
    }
    if let Some(bias) = bias {
        out = ops::add(out, ops::reshape(bias, shape)?)?;
    }
    Ok(out)
}

/// Running statistics and what is put on top of the normalized values, a number for each of `channels`.
struct Channels<'a> {
    running: Option<(&'a Tensor, &'a Tensor)>,
    weight: Option<&'a Tensor>,
    bias: Option<&'a Tensor>,
    /// `[1, channels, 1, …]`
    shape: Vec<usize>,
}

/// Parameters `running_mean, running_var, weight, bias` from 1 on. Only with statistics of its `own` can it go without
/// running ones.
fn channels<'a>(args: &Args<'a>, x: &Tensor, own: bool) -> Result<Channels<'a>> {
    let all = [optional(args, 1)?, optional(args, 2)?, optional(args, 3)?, optional(args, 4)?];
    let [mean, var, weight, bias] = all;
    let names = ["running_mean", "running_var", "weight", "bias"];
    if let Some((name, _)) = names.iter().zip([mean, var]).find(|(_, given)| !own && given.is_none()) {
        return Err(runtime_error(if args.native.name == "instance_norm" {
            "Expected running_mean and running_var to be defined when use_input_stats is false".to_owned()
        } else {
            format!("{name} must be defined in evaluation mode")
        }));
    }
    if mean.is_some() != var.is_some() {
        return Err(value_error("running_mean and running_var must either both be None or neither be None"));
    }
    let count = *x.shape().get(1).ok_or_else(|| {
        runtime_error(format!(
            "{}(): expected an input of shape [batch, channels, …], but got {}",
            args.native.name,
            layout::show(x.shape())
        ))
    })?;
    for (name, given) in names.iter().zip(all) {
        if let Some(given) = given
            && given.count() != count
        {
            return Err(runtime_error(format!(
                "{name} should contain {count} elements not {}",
                given.count()
            )));
        }
    }
    for (name, given) in names.iter().zip([mean, var]) {
        if given.is_some_and(Tensor::requires_grad) {
            return Err(runtime_error(format!(
                "The function 'native_batch_norm' is not differentiable with respect to argument '{name}'. This input cannot \
                 have requires_grad True."
            )));
        }
    }
    if same_dtype(x, all).is_err() {
        return Err(runtime_error("mixed dtype (CPU): all inputs must share same datatype."));
    }
    let mut shape = vec![1; x.rank()];
    shape[1] = count;
    Ok(Channels { running: mean.zip(var), weight, bias, shape })
}

/// Moves the running statistics toward those of this batch: `(1 - momentum) · running + momentum · batch`, with the
/// variance of a sample of `count`.
fn update(
    cx: &mut Context,
    channels: &Channels,
    mean: &Tensor,
    var: &Tensor,
    count: usize,
    momentum: f64,
) -> Result<()> {
    let Some((running_mean, running_var)) = channels.running else { return Ok(()) };
    let sample = count as f64 / (count as f64 - 1.0);
    cx.engine.clone().no_grad(|| {
        for (running, batch, factor) in [(running_mean, mean, 1.0), (running_var, var, sample)] {
            let batch = ops::mul(ops::reshape(&ops::detach(batch), running.shape())?, factor * momentum)?;
            running.copy_(ops::add(ops::mul(running, 1.0 - momentum)?, batch)?)?;
        }
        Ok(())
    })
}

/// Parameters `input, running_mean, running_var, weight=, bias=, training=, momentum=, eps=`.
fn batch_norm(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let training = args.truth_or(cx, 5, false)?;
    let momentum = args.float_or(cx, 6, 0.1)?;
    let eps = args.float_or(cx, 7, 1e-5)?;
    if x.count() == 0 {
        // Nothing to normalize: what the parameters see of it keeps them on the tape.
        let mut out = ops::clone(x)?;
        if let Some(weight) = optional(args, 3)? {
            out = ops::mul(out, ops::select(weight, 0, 0)?)?;
        }
        if let Some(bias) = optional(args, 4)? {
            out = ops::add(out, ops::select(bias, 0, 0)?)?;
        }
        return Ok(Value::Tensor(out));
    }
    floats(args, x)?;
    let c = channels(args, x, training)?;
    let dims: Vec<i64> = (0..x.rank() as i64).filter(|&d| d != 1).collect();
    let count = x.count() / c.shape[1];
    if training && count == 1 {
        return Err(value_error(format!(
            "Expected more than 1 value per channel when training, got input size torch.Size({})",
            layout::show(x.shape())
        )));
    }
    let (mean, var) = match c.running {
        Some((mean, var)) if !training => (ops::reshape(mean, &c.shape)?, ops::reshape(var, &c.shape)?),
        _ => moments(x, &dims)?,
    };
    let out = scaled(standardized(x, &mean, &var, eps)?, c.weight, c.bias, &c.shape)?;
    if training {
        update(cx, &c, &mean, &var, count, momentum)?;
    }
    Ok(Value::Tensor(named(out, "NativeBatchNormBackward0")))
}

/// Parameters `input, running_mean=, running_var=, weight=, bias=, use_input_stats=, momentum=, eps=`.
fn instance_norm(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let own = args.truth_or(cx, 5, true)?;
    let momentum = args.float_or(cx, 6, 0.1)?;
    let eps = args.float_or(cx, 7, 1e-5)?;
    floats(args, x)?;
    let c = channels(args, x, own)?;
    let count: usize = x.shape().iter().skip(2).product();
    if own && count == 1 {
        return Err(value_error(format!(
            "Expected more than 1 spatial element when training, got input size torch.Size({})",
            layout::show(x.shape())
        )));
    }
    let dims: Vec<i64> = (2..x.rank() as i64).collect();
    let (mean, var) = match c.running {
        Some((mean, var)) if !own => (ops::reshape(mean, &c.shape)?, ops::reshape(var, &c.shape)?),
        _ => moments(x, &dims)?,
    };
    let out = scaled(standardized(x, &mean, &var, eps)?, c.weight, c.bias, &c.shape)?;
    if own && c.running.is_some() {
        let over_batch = |t: &Tensor| ops::mean(&ops::detach(t), &[0], true);
        update(cx, &c, &over_batch(&mean)?, &over_batch(&var)?, count, momentum)?;
    }
    Ok(Value::Tensor(named(out, "ViewBackward0")))
}

/// Parameters `input, normalized_shape, weight=, bias=, eps=`.
fn layer_norm(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if sequence(&args[1]).is_none() {
        return Err(wrong(args, 1, "tuple of ints", &args[1]));
    }
    let shape = integers(cx, std::slice::from_ref(&args[1]))?;
    let (weight, bias) = (optional(args, 2)?, optional(args, 3)?);
    let eps = args.float_or(cx, 4, 1e-5)?;
    if shape.is_empty() {
        return Err(runtime_error(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got \
             normalized_shape = []",
        ));
    }
    let sizes: Vec<usize> = shape.iter().map(|&n| usize::try_from(n).unwrap_or(usize::MAX)).collect();
    for (name, given) in [("weight", weight), ("bias", bias)] {
        if let Some(given) = given
            && given.shape() != sizes
        {
            return Err(runtime_error(format!(
                "Expected {name} to be of same shape as normalized_shape, but got {name} of shape {} and normalized_shape = \
                 {shape:?}",
                layout::show(given.shape())
            )));
        }
    }
    if !x.shape().ends_with(&sizes) {
        return Err(runtime_error(format!(
            "Given normalized_shape={shape:?}, expected input with shape [*, {}, but got input of size{}",
            format!("{shape:?}").trim_start_matches('['),
            layout::show(x.shape())
        )));
    }
    floats(args, x)?;
    same_dtype(x, [weight, bias])?;
    let dims: Vec<i64> = (1..=shape.len() as i64).map(|d| -d).collect();
    let (mean, var) = moments(x, &dims)?;
    let out = scaled(standardized(x, &mean, &var, eps)?, weight, bias, &sizes)?;
    Ok(Value::Tensor(named(out, "NativeLayerNormBackward0")))
}

/// Parameters `input, num_groups, weight=, bias=, eps=`.
fn group_norm(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let groups = args.int(cx, 1)?;
    let (weight, bias) = (optional(args, 2)?, optional(args, 3)?);
    let eps = args.float_or(cx, 4, 1e-5)?;
    let &[batch, channels, ref rest @ ..] = x.shape() else {
        return Err(runtime_error(format!(
            "Expected at least 2 dimensions for input tensor but received {}",
            x.rank()
        )));
    };
    if groups == 0 {
        return Err(zero_division("integer division or modulo by zero"));
    }
    let Some(groups) = usize::try_from(groups).ok().filter(|&g| channels % g == 0) else {
        return Err(runtime_error(format!(
            "Expected number of channels in input to be divisible by num_groups, but got input of shape {} and \
             num_groups={groups}",
            layout::show(x.shape())
        )));
    };
    let area: usize = rest.iter().product();
    for (what, size) in [("number of channels", channels), ("HxW", area)] {
        if size == 0 {
            return Err(runtime_error(format!("Expected {what} to be greater than 0, got 0")));
        }
    }
    for (name, given) in [("weight", weight), ("bias", bias)] {
        if let Some(given) = given
            && given.shape() != [channels]
        {
            return Err(runtime_error(format!(
                "Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of shape {} \
                 and input of shape {}",
                layout::show(given.shape()),
                layout::show(x.shape())
            )));
        }
    }
    if batch * channels / groups * rest.iter().product::<usize>() == 1 {
        return Err(value_error(format!(
            "Expected more than 1 value per channel when training, got input size {}",
            layout::show(&[&[batch * channels / groups, groups], rest].concat())
        )));
    }
    floats(args, x)?;
    same_dtype(x, [weight, bias])?;
    let each = x.count().checked_div(batch * groups).unwrap_or(0);
    let parts = ops::reshape(x, &[batch, groups, each])?;
    let (mean, var) = moments(&parts, &[2])?;
    let out = ops::reshape(&standardized(&parts, &mean, &var, eps)?, x.shape())?;
    let mut shape = vec![1; x.rank()];
    shape[1] = channels;
    Ok(Value::Tensor(named(scaled(out, weight, bias, &shape)?, "NativeGroupNormBackward0")))
}

/// Functions.
pub const NORMALIZATION: &[Native] = &[
    Native::new(
        "batch_norm",
        "input, running_mean, running_var, weight=, bias=, training=, momentum=, eps=",
        batch_norm,
    ),
    Native::new(
        "instance_norm",
        "input, running_mean=, running_var=, weight=, bias=, use_input_stats=, momentum=, eps=",
        instance_norm,
    ),
];

/// Functions, of `torch` as well.
pub const LAYERS: &[Native] = &[
    Native::new("group_norm", "input, num_groups, weight=, bias=, eps=", group_norm),
    Native::new("layer_norm", "input, normalized_shape, weight=, bias=, eps=", layer_norm),
];
