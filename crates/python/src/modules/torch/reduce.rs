//! Functions that make a tensor smaller: sums, means, extremes.

use gradloom_engine::{Arg, DType, Tensor, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{as_dtype, dims, dtype, named, tensor};

type Reduce = fn(&Tensor, &[i64], bool) -> gradloom_engine::Result<Tensor>;

/// Parameters `input, dim=, keepdim=, *, dtype=`; the second name is that of the node with dimensions.
fn reduce(cx: &mut Context, args: &Args, op: Reduce, over_dims: Option<&'static str>) -> Result {
    let input = tensor(args, 0)?;
    // `x.sum(torch.float64)`
    let (dim, as_type) = match args.some(1) {
        Some(value) if as_dtype(value).is_some() => (None, Some(value)),
        dim => (dim, args.some(3)),
    };
    let dims = dims(cx, dim)?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let input = match as_type {
        Some(value) => ops::cast(input, dtype(value)?)?,
        None => input.clone(),
    };
    let out = op(&input, &dims, keepdim).map_err(|mut error| {
        if as_type.is_some() {
            error.message = error.message.replacen("Input dtype", "Optional dtype", 1);
        }
        error
    })?;
    Ok(Value::Tensor(match over_dims {
        Some(name) if dim.is_some() => named(out, name),
        _ => out,
    }))
}

fn extreme(cx: &mut Context, args: &Args, largest: bool) -> Result {
    let input = tensor(args, 0)?;
    let (name, whole, part) = if largest {
        ("max", "MaxBackward1", "MaxBackward0")
    } else {
        ("min", "MinBackward1", "MinBackward0")
    };
    match args.some(1) {
        None => {
            if input.count() == 0 {
                return Err(runtime_error(format!(
                    "{name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with \
                     the 'dim' argument."
                )));
            }
            let out = if largest { ops::max_of_all(input)? } else { ops::min_of_all(input)? };
            Ok(Value::Tensor(named(out, whole)))
        }
        Some(Value::Tensor(other)) => {
            Ok(Value::Tensor(if largest { ops::maximum(input, other)? } else { ops::minimum(input, other)? }))
        }
        Some(dim) => {
            let dim = cx.index(dim)?;
            let keepdim = args.truth_or(cx, 2, false)?;
            let at = gradloom_engine::layout::resolve_dim(dim, input.rank())?;
            if input.shape().get(at) == Some(&0) {
                return Err(crate::error::index_error(format!(
                    "{name}(): Expected reduction dim {at} to have non-zero size."
                )));
            }
            let found = ops::extreme_along(input, dim, largest)?;
            super::order::returned(name, part, found, (!keepdim).then_some(dim))
        }
    }
}

fn arg_extreme(cx: &mut Context, args: &Args, largest: bool) -> Result {
    let dim = args.some(1).map(|d| cx.index(d)).transpose()?;
    let keepdim = args.truth_or(cx, 2, false)?;
    Ok(Value::Tensor(ops::argmax(tensor(args, 0)?, dim, keepdim, largest)?))
}

/// `all` where `every`, else `any`.
fn quantify(cx: &mut Context, args: &Args, every: bool) -> Result {
    let input = tensor(args, 0)?;
    let dims = dims(cx, args.some(1))?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let truth = if input.dtype() == DType::Bool { input.clone() } else { ops::ne(input, 0i64)? };
    Ok(Value::Tensor(quantified(&truth, &dims, keepdim, every)?))
}

/// Whether all (or any) of the booleans are true.
pub fn quantified(x: &Tensor, dims: &[i64], keepdim: bool, every: bool) -> gradloom_engine::Result<Tensor> {
    let empty = ops::resolve_dims(dims, x.rank())?.iter().any(|&d| x.shape()[d] == 0);
    if empty {
        return ops::eq(ops::sum(x, dims, keepdim)?, if every { 0i64 } else { 1i64 });
    }
    if every { ops::amin(x, dims, keepdim) } else { ops::amax(x, dims, keepdim) }
}

/// The variance: `Σ (x - mean)² / (n - correction)`.
pub fn variance(x: &Tensor, dims: &[i64], correction: f64, keepdim: bool) -> gradloom_engine::Result<Tensor> {
    let count: usize = ops::resolve_dims(dims, x.rank())?.iter().map(|&d| x.shape()[d]).product();
    let far = ops::sub(x, ops::mean(x, dims, true)?)?;
    let sum = ops::sum(&ops::mul(&far, &far)?, dims, keepdim)?;
    let out = ops::div(sum, (count as f64 - correction).max(0.0))?;
    Ok(named(out, "var"))
}

/// The variance or its root, alone or with the mean: the parameters `input, dim=, unbiased=, keepdim=, *, correction=`.
fn spread(cx: &mut Context, args: &Args, root: bool, with_mean: bool) -> Result {
    // `x.var(unbiased)`: a truth value in the place of the dimensions.
    let (dim, flag) = match args.some(1) {
        Some(Value::Bool(b)) => (None, Some(*b)),
        dim => (dim, args.some(2).map(|v| cx.truth(v)).transpose()?),
    };
    let dims = dims(cx, dim)?;
    let correction = match (args.some(4), flag) {
        (Some(correction), _) => cx.float(correction)?,
        (None, Some(false)) => 0.0,
        (None, _) => 1.0,
    };
    let keepdim = args.truth_or(cx, 3, false)?;
    let x = tensor(args, 0)?;
    let variance = variance(x, &dims, correction, keepdim)?;
    // A spread of 0 has no slope, as in PyTorch.
    let out = Value::Tensor(if root { named(ops::root(&variance, 0.5)?, "std") } else { variance });
    Ok(if with_mean { Value::tuple(vec![out, Value::Tensor(ops::mean(x, &dims, keepdim)?)]) } else { out })
}

/// The running sum or product: the parameters `input, dim, *, dtype=`.
fn running(cx: &mut Context, args: &Args, op: fn(&Tensor, i64) -> gradloom_engine::Result<Tensor>) -> Result {
    let dim = args.int(cx, 1)?;
    let input = input(args, 2)?;
    Ok(Value::Tensor(named(op(&input, dim)?, args.native.name)))
}

/// `cumsum`
pub fn cumsum(cx: &mut Context, args: &Args) -> Result {
    running(cx, args, ops::cumsum)
}

/// `cumprod`
pub fn cumprod(cx: &mut Context, args: &Args) -> Result {
    running(cx, args, ops::cumprod)
}

/// Parameter 0 in the dtype of parameter `i`, if that is given.
fn input(args: &Args, i: usize) -> Result<Tensor> {
    let x = tensor(args, 0)?;
    Ok(match args.some(i) {
        Some(value) => ops::cast(x, dtype(value)?)?,
        None => x.clone(),
    })
}

/// The parameters `input, dim=, keepdim=, *, dtype=`.
fn prod(cx: &mut Context, args: &Args) -> Result {
    let dim = args.some(1).map(|d| cx.index(d)).transpose()?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let mut out = ops::prod(&input(args, 3)?, dim, keepdim)?;
    if let Some(asked) = args.some(3) {
        out = ops::cast(&out, dtype(asked)?)?;
    }
    Ok(Value::Tensor(named(out, if dim.is_some() { "ProdBackward1" } else { "prod" })))
}

fn count_nonzero(cx: &mut Context, args: &Args) -> Result {
    let dims = dims(cx, args.some(1))?;
    Ok(Value::Tensor(ops::sum(&ops::ne(tensor(args, 0)?, 0i64)?, &dims, false)?))
}

/// The sum, or the mean, of what is not NaN.
fn without_nan(cx: &mut Context, args: &Args, mean: bool) -> Result {
    let x = input(args, 3)?;
    let dims = dims(cx, args.some(1))?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let known = ops::eq(&x, &x)?;
    let sum = ops::sum(&ops::where_(&known, &x, Arg::Scalar(ops::zero(x.dtype())))?, &dims, keepdim)?;
    let out = if mean { ops::div(sum, ops::sum(&known, &dims, keepdim)?)? } else { sum };
    Ok(Value::Tensor(named(out, args.native.name)))
}

fn logsumexp(cx: &mut Context, args: &Args) -> Result {
    let input = tensor(args, 0)?;
    let input = &if input.dtype().is_float() { input.clone() } else { ops::cast(input, DType::F32)? };
    let dims = dims(cx, args.some(1))?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let peak = cx.engine.no_grad(|| {
        // Nothing to add up: the sum is 0, without a largest element.
        if input.count() == 0 {
            return ops::sum(input, &dims, true);
        }
        let peak = ops::amax(input, &dims, true)?;
        ops::where_(ops::lt(ops::abs(&peak)?, f64::INFINITY)?, peak, 0.0)
    })?;
    let sum = ops::sum(&ops::exp(ops::sub(input, &peak)?)?, &dims, true)?;
    let out = ops::add(ops::log(sum)?, &peak)?;
    let out = if keepdim { out } else { ops::squeeze(&out, Some(&dims))? };
    Ok(Value::Tensor(named(out, "logsumexp")))
}

fn equal(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.shape() != y.shape() {
        return Ok(Value::Bool(false));
    }
    let (x, y) = (cx.host(x)?, cx.host(y)?);
    Ok(Value::Bool((0..x.len()).all(|i| x.get(i) == y.get(i))))
}

/// Which elements are equal up to `atol + rtol · |y|`; parameters from the third on `rtol=, atol=, equal_nan=`.
fn near(cx: &mut Context, args: &Args, x: &Tensor, y: &Tensor) -> Result<Tensor> {
    let (rtol, atol) = (args.float_or(cx, 2, 1e-5)?, args.float_or(cx, 3, 1e-8)?);
    let same_nan = args.truth_or(cx, 4, false)?;
    if x.dtype() != y.dtype() {
        let (x, y) = (x.dtype().scalar_name(), y.dtype().scalar_name());
        return Err(runtime_error(format!("{x} did not match {y}")));
    }
    for (name, tolerance) in [("rtol", rtol), ("atol", atol)] {
        if tolerance < 0.0 || tolerance.is_nan() {
            let message = format!("{name} must be greater than or equal to zero, but got {tolerance}");
            return Err(runtime_error(message));
        }
    }
    let close = cx.engine.no_grad(|| -> gradloom_engine::Result<Tensor> {
        let mut same = ops::eq(x, y)?;
        if same_nan {
            same = ops::where_(same, true, ops::where_(ops::ne(x, x)?, ops::ne(y, y)?, false)?)?;
        }
        let allowed = ops::add(ops::mul(ops::abs(&numbers(y)?)?, rtol)?, atol)?;
        let apart = ops::abs(ops::sub(&numbers(x)?, &numbers(y)?)?)?;
        let within = ops::where_(ops::le(&apart, allowed)?, ops::lt(apart, f64::INFINITY)?, false)?;
        ops::where_(same, true, within)
    })?;
    Ok(close)
}

/// Truth values as integers, numbers as they are.
fn numbers(x: &Tensor) -> gradloom_engine::Result<Tensor> {
    if x.dtype() == DType::Bool { ops::cast(x, DType::I64) } else { Ok(x.clone()) }
}

fn allclose(cx: &mut Context, args: &Args) -> Result {
    // What is read must be there when this runs again: the arguments are, something computed of them is not.
    let mut here = |x: &Tensor| -> Result<Tensor> {
        let values = cx.host(x)?;
        Ok(cx.engine.tensor((*values).clone(), x.shape(), gradloom_engine::Device::Cpu)?)
    };
    let (x, y) = (here(tensor(args, 0)?)?, here(tensor(args, 1)?)?);
    let close = near(cx, args, &x, &y)?;
    let all = quantified(&close, &[], false, true)?;
    Ok(super::args::number(super::args::item(cx, &all)?))
}

/// The parameters `input, dim=` and, last, `dtype=`.
pub fn softmax(
    cx: &mut Context,
    args: &Args,
    op: fn(&Tensor, i64) -> gradloom_engine::Result<Tensor>,
) -> Result {
    let input = tensor(args, 0)?;
    let dim = match args.some(1) {
        Some(dim) => cx.index(dim)?,
        // PyTorch's choice where none is named, which it warns of.
        None => i64::from(!matches!(input.rank(), 0 | 1 | 3)),
    };
    let input = match args.some(args.values.len() - 1) {
        Some(value) => ops::cast(input, dtype(value)?)?,
        None => input.clone(),
    };
    if input.rank() == 0 {
        let row = ops::reshape(&input, &[1])?;
        return Ok(Value::Tensor(ops::reshape(&op(&row, dim)?, &[])?));
    }
    Ok(Value::Tensor(op(&input, dim)?))
}

/// `softmax`
pub fn softmax_of(cx: &mut Context, args: &Args) -> Result {
    softmax(cx, args, ops::softmax)
}

/// `log_softmax`
pub fn log_softmax_of(cx: &mut Context, args: &Args) -> Result {
    softmax(cx, args, ops::log_softmax)
}

/// Functions and methods.
pub const REDUCE: &[Native] = &[
    Native::new("all", "input, dim=, keepdim=", |cx, args| quantify(cx, args, true)),
    Native::new("allclose", "input, other, rtol=, atol=, equal_nan=", allclose),
    Native::new("amax", "input, dim=, keepdim=", |cx, args| reduce(cx, args, ops::amax, None)),
    Native::new("amin", "input, dim=, keepdim=", |cx, args| reduce(cx, args, ops::amin, None)),
    Native::new("any", "input, dim=, keepdim=", |cx, args| quantify(cx, args, false)),
    Native::new("argmax", "input, dim=, keepdim=", |cx, args| arg_extreme(cx, args, true)),
    Native::new("argmin", "input, dim=, keepdim=", |cx, args| arg_extreme(cx, args, false)),
    Native::new("count_nonzero", "input, dim=", count_nonzero),
    Native::new("cumprod", "input, dim, *, dtype=", cumprod),
    Native::new("cumsum", "input, dim, *, dtype=", cumsum),
    Native::new("equal", "input, other", equal),
    Native::new("isclose", "input, other, rtol=, atol=, equal_nan=", |cx, args| {
        Ok(Value::Tensor(near(cx, args, tensor(args, 0)?, tensor(args, 1)?)?))
    }),
    Native::new("log_softmax", "input, dim, *, dtype=", log_softmax_of),
    Native::new("logsumexp", "input, dim, keepdim=", logsumexp),
    Native::new("max", "input, dim=, keepdim=", |cx, args| extreme(cx, args, true)),
    Native::new("mean", "input, dim=, keepdim=, *, dtype=", |cx, args| {
        reduce(cx, args, ops::mean, Some("MeanBackward1"))
    }),
    Native::new("min", "input, dim=, keepdim=", |cx, args| extreme(cx, args, false)),
    Native::new("nanmean", "input, dim=, keepdim=, *, dtype=", |cx, args| without_nan(cx, args, true)),
    Native::new("nansum", "input, dim=, keepdim=, *, dtype=", |cx, args| without_nan(cx, args, false)),
    Native::new("prod", "input, dim=, keepdim=, *, dtype=", prod),
    Native::new("softmax", "input, dim, *, dtype=", softmax_of),
    Native::new("std", "input, dim=, unbiased=, keepdim=, *, correction=", |cx, args| {
        spread(cx, args, true, false)
    }),
    Native::new("std_mean", "input, dim=, unbiased=, keepdim=, *, correction=", |cx, args| {
        spread(cx, args, true, true)
    }),
    Native::new("sum", "input, dim=, keepdim=, *, dtype=", |cx, args| {
        reduce(cx, args, ops::sum, Some("SumBackward1"))
    }),
    Native::new("var", "input, dim=, unbiased=, keepdim=, *, correction=", |cx, args| {
        spread(cx, args, false, false)
    }),
    Native::new("var_mean", "input, dim=, unbiased=, keepdim=, *, correction=", |cx, args| {
        spread(cx, args, false, true)
    }),
];
