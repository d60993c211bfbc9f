//! Losses: their arguments by name, as PyTorch has them.

use gradloom_engine::ops::{Reduction, Triplet};
use gradloom_engine::{Tensor, ops};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::torch::args::{named, tensor, wrong};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// A parameter by its name, with its place; `None` where it was not given or is Python's `None`.
fn given<'a>(args: &'a Args, name: &str) -> Option<(usize, &'a Value)> {
    let at = (0..args.values.len()).find(|&i| args.name(i) == name)?;
    args.some(at).map(|value| (at, value))
}

fn float(cx: &mut Context, args: &Args, name: &str, default: f64) -> Result<f64> {
    given(args, name).map_or(Ok(default), |(_, value)| cx.float(value))
}

fn truth(cx: &mut Context, args: &Args, name: &str, default: bool) -> Result<bool> {
    given(args, name).map_or(Ok(default), |(_, value)| cx.truth(value))
}

/// A tensor that may be left out.
fn optional<'a>(args: &'a Args, name: &str) -> Result<Option<&'a Tensor>> {
    match given(args, name) {
        None => Ok(None),
        Some((_, Value::Tensor(tensor))) => Ok(Some(tensor)),
        Some((at, other)) => Err(wrong(args, at, "Tensor", other)),
    }
}

/// How a loss is reduced: `reduction=`, or what came before it, `reduce=` and `size_average=`.
fn reduction(cx: &mut Context, args: &Args) -> Result<Reduction> {
    if given(args, "reduce").is_some() || given(args, "size_average").is_some() {
        return Ok(match (truth(cx, args, "reduce", true)?, truth(cx, args, "size_average", true)?) {
            (false, _) => Reduction::None,
            (true, true) => Reduction::Mean,
            (true, false) => Reduction::Sum,
        });
    }
    match given(args, "reduction") {
        None => Ok(Reduction::Mean),
        Some((at, value)) => match value {
            Value::Str(how) => match &**how {
                "none" => Ok(Reduction::None),
                "mean" => Ok(Reduction::Mean),
                "sum" => Ok(Reduction::Sum),
                _ => Err(value_error(format!("{how} is not a valid value for reduction"))),
            },
            other => Err(wrong(args, at, "str", other)),
        },
    }
}

/// A loss that may be weighed by element: then its mean is that by weights.
fn with_weight(
    cx: &mut Context,
    args: &Args,
    loss: impl Fn(&Tensor, &Tensor, Reduction) -> gradloom_engine::Result<Tensor>,
) -> Result {
    let (x, y, how) = (tensor(args, 0)?, tensor(args, 1)?, reduction(cx, args)?);
    let Some(weight) = optional(args, "weight")? else { return Ok(Value::Tensor(loss(x, y, how)?)) };
    if weight.shape() != x.shape() {
        return Err(value_error("Weights and input must have the same size."));
    }
    let losses = ops::mul(loss(x, y, Reduction::None)?, weight)?;
    Ok(Value::Tensor(match how {
        Reduction::Mean => ops::div(ops::sum(&losses, &[], false)?, ops::sum(weight, &[], false)?)?,
        other => other.of(losses)?,
    }))
}

fn huber_loss(cx: &mut Context, args: &Args) -> Result {
    let delta = float(cx, args, "delta", 1.0)?;
    with_weight(cx, args, |x, y, how| ops::huber_loss(x, y, delta, how))
}

fn smooth_l1_loss(cx: &mut Context, args: &Args) -> Result {
    let (beta, how) = (float(cx, args, "beta", 1.0)?, reduction(cx, args)?);
    Ok(Value::Tensor(ops::smooth_l1_loss(tensor(args, 0)?, tensor(args, 1)?, beta, how)?))
}

fn soft_margin_loss(cx: &mut Context, args: &Args) -> Result {
    let how = reduction(cx, args)?;
    Ok(Value::Tensor(ops::soft_margin_loss(tensor(args, 0)?, tensor(args, 1)?, how)?))
}

fn hinge_embedding_loss(cx: &mut Context, args: &Args) -> Result {
    let (margin, how) = (float(cx, args, "margin", 1.0)?, reduction(cx, args)?);
    Ok(Value::Tensor(ops::hinge_embedding_loss(tensor(args, 0)?, tensor(args, 1)?, margin, how)?))
}

/// The parameters `input1, input2, target, margin=`.
fn of_pairs(
    cx: &mut Context,
    args: &Args,
    loss: fn(&Tensor, &Tensor, &Tensor, f64, Reduction) -> gradloom_engine::Result<Tensor>,
) -> Result {
    let (margin, how) = (float(cx, args, "margin", 0.0)?, reduction(cx, args)?);
    Ok(Value::Tensor(loss(tensor(args, 0)?, tensor(args, 1)?, tensor(args, 2)?, margin, how)?))
}

fn triplet_margin_loss(cx: &mut Context, args: &Args) -> Result {
    let how = Triplet {
        margin: float(cx, args, "margin", 1.0)?,
        p: float(cx, args, "p", 2.0)?,
        eps: float(cx, args, "eps", 1e-6)?,
        swap: truth(cx, args, "swap", false)?,
    };
    let reduction = reduction(cx, args)?;
    let out = ops::triplet_margin_loss(tensor(args, 0)?, tensor(args, 1)?, tensor(args, 2)?, how, reduction)?;
    Ok(Value::Tensor(out))
}

fn binary_cross_entropy(cx: &mut Context, args: &Args) -> Result {
    let (how, weight) = (reduction(cx, args)?, optional(args, "weight")?);
    Ok(Value::Tensor(ops::binary_cross_entropy(tensor(args, 0)?, tensor(args, 1)?, weight, how)?))
}

fn binary_cross_entropy_with_logits(cx: &mut Context, args: &Args) -> Result {
    let how = reduction(cx, args)?;
    let (weight, pos_weight) = (optional(args, "weight")?, optional(args, "pos_weight")?);
    let out =
        ops::binary_cross_entropy_with_logits(tensor(args, 0)?, tensor(args, 1)?, weight, pos_weight, how)?;
    Ok(Value::Tensor(out))
}

fn ignore_index(cx: &mut Context, args: &Args) -> Result<i64> {
    given(args, "ignore_index").map_or(Ok(-100), |(_, value)| cx.index(value))
}

fn nll_loss(cx: &mut Context, args: &Args) -> Result {
    let (how, ignore) = (reduction(cx, args)?, ignore_index(cx, args)?);
    let weight = optional(args, "weight")?;
    Ok(Value::Tensor(ops::nll_loss(tensor(args, 0)?, tensor(args, 1)?, weight, ignore, how)?))
}

fn cross_entropy(cx: &mut Context, args: &Args) -> Result {
    let (how, ignore) = (reduction(cx, args)?, ignore_index(cx, args)?);
    let smoothing = float(cx, args, "label_smoothing", 0.0)?;
    let weight = optional(args, "weight")?;
    let out = ops::cross_entropy(tensor(args, 0)?, tensor(args, 1)?, weight, ignore, how, smoothing)?;
    Ok(Value::Tensor(out))
}

fn kl_div(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    let log_target = truth(cx, args, "log_target", false)?;
    if matches!(given(args, "reduction"), Some((_, Value::Str(how))) if &**how == "batchmean") {
        let sum = ops::kl_div(x, y, log_target, Reduction::Sum)?;
        let batch = x.shape().first().copied().unwrap_or(1).max(1);
        return Ok(Value::Tensor(named(ops::div(sum, batch as f64)?, "div")));
    }
    let how = reduction(cx, args)?;
    Ok(Value::Tensor(ops::kl_div(x, y, log_target, how)?))
}

fn poisson_nll_loss(cx: &mut Context, args: &Args) -> Result {
    let (log_input, full) = (truth(cx, args, "log_input", true)?, truth(cx, args, "full", false)?);
    let (eps, how) = (float(cx, args, "eps", 1e-8)?, reduction(cx, args)?);
    let out = ops::poisson_nll_loss(tensor(args, 0)?, tensor(args, 1)?, log_input, full, eps, how)?;
    Ok(Value::Tensor(out))
}

fn gaussian_nll_loss(cx: &mut Context, args: &Args) -> Result {
    let (full, eps) = (truth(cx, args, "full", false)?, float(cx, args, "eps", 1e-6)?);
    let (x, y, how) = (tensor(args, 0)?, tensor(args, 1)?, reduction(cx, args)?);
    let variance = match &args[2] {
        Value::Tensor(variance) => variance.clone(),
        number @ Value::Float(_) => {
            let variance = cx.float(number)?;
            cx.engine.no_grad(|| ops::add(ops::zeros_like(x)?, variance))?
        }
        other => {
            return Err(type_error(format!("var must be a Tensor or a float, not {}", other.type_name())));
        }
    };
    // On the GPU nobody waits for the values to look at them.
    if variance.device() == gradloom_engine::Device::Cpu
        && cx.host(&variance)?.to_f64().iter().any(|v| *v < 0.0)
    {
        return Err(value_error("var has negative entry/entries"));
    }
    let variance = if variance.shape() == x.shape() {
        variance
    } else if x.shape().split_last().is_some_and(|(_, lead)| lead == variance.shape()) {
        ops::unsqueeze(&variance, -1)?
    } else {
        let apart: usize =
            x.shape().iter().zip(variance.shape()).filter(|(a, b)| a != b).map(|(_, b)| *b).sum();
        if x.rank() != variance.rank() || apart != 1 {
            return Err(value_error("var is of incorrect size"));
        }
        variance
    };
    Ok(Value::Tensor(ops::gaussian_nll_loss(x, y, &variance, full, eps, how)?))
}

/// Functions.
pub const LOSS: &[Native] = &[
    Native::new(
        "binary_cross_entropy",
        "input, target, weight=, size_average=, reduce=, reduction=",
        binary_cross_entropy,
    ),
    Native::new(
        "binary_cross_entropy_with_logits",
        "input, target, weight=, size_average=, reduce=, reduction=, pos_weight=",
        binary_cross_entropy_with_logits,
    ),
    Native::new(
        "cosine_embedding_loss",
        "input1, input2, target, margin=, size_average=, reduce=, reduction=",
        |cx, args| of_pairs(cx, args, ops::cosine_embedding_loss),
    ),
    Native::new(
        "cross_entropy",
        "input, target, weight=, size_average=, ignore_index=, reduce=, reduction=, label_smoothing=",
        cross_entropy,
    ),
    Native::new("gaussian_nll_loss", "input, target, var, full=, eps=, reduction=", gaussian_nll_loss),
    Native::new(
        "hinge_embedding_loss",
        "input, target, margin=, size_average=, reduce=, reduction=",
        hinge_embedding_loss,
    ),
    Native::new("huber_loss", "input, target, reduction=, delta=, weight=", huber_loss),
    Native::new("kl_div", "input, target, size_average=, reduce=, reduction=, log_target=", kl_div),
    Native::new("l1_loss", "input, target, size_average=, reduce=, reduction=, weight=", |cx, args| {
        with_weight(cx, args, ops::l1_loss)
    }),
    Native::new(
        "margin_ranking_loss",
        "input1, input2, target, margin=, size_average=, reduce=, reduction=",
        |cx, args| of_pairs(cx, args, ops::margin_ranking_loss),
    ),
    Native::new("mse_loss", "input, target, size_average=, reduce=, reduction=, weight=", |cx, args| {
        with_weight(cx, args, ops::mse_loss)
    }),
    Native::new(
        "nll_loss",
        "input, target, weight=, size_average=, ignore_index=, reduce=, reduction=",
        nll_loss,
    ),
    Native::new(
        "poisson_nll_loss",
        "input, target, log_input=, full=, size_average=, eps=, reduce=, reduction=",
        poisson_nll_loss,
    ),
    Native::new("smooth_l1_loss", "input, target, size_average=, reduce=, reduction=, beta=", smooth_l1_loss),
    Native::new("soft_margin_loss", "input, target, size_average=, reduce=, reduction=", soft_margin_loss),
    Native::new(
        "triplet_margin_loss",
        "anchor, positive, negative, margin=, p=, eps=, swap=, size_average=, reduce=, reduction=",
        triplet_margin_loss,
    ),
];
