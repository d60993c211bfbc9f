//! Random numbers of other distributions, and those drawn in place.

use gradloom_engine::random::Generator;
use gradloom_engine::{Arg, Array, DType, Device, Tensor, Trace, layout, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{device_or_default, dtype_or, scalar, sizes, tensor};
use super::create::like;
use super::generator::{draw, with};

/// Parameters `input, p=, *, generator=`: 1 with the probability that stands there, or with `p` everywhere.
fn bernoulli(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let values = match args.some(1) {
        Some(p) => {
            let p = probability(cx, p)?;
            let count = x.count();
            let drawn = draw(cx, args, 2, |g| Ok(g.bernoulli(p, count)))?;
            gradloom_engine::device::cpu::convert(&drawn, x.dtype())
        }
        None => chances(cx, args, x, 2)?,
    };
    Ok(Value::Tensor(cx.engine.created("bernoulli", values, x.shape(), x.device())?))
}

fn probability(cx: &mut Context, value: &Value) -> Result<f64> {
    let p = cx.float(value)?;
    if !(0.0..=1.0).contains(&p) {
        return Err(runtime_error(format!("bernoulli_ expects p to be in [0, 1], but got p={}", p)));
    }
    Ok(p)
}

/// 1 or 0 for each of these probabilities.
fn chances(cx: &mut Context, args: &Args, p: &Tensor, generator: usize) -> Result<Array> {
    let held = cx.host(p)?;
    if held.to_f64().iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(runtime_error("Expected p_in >= 0 && p_in <= 1 to be true, but got false."));
    }
    draw(cx, args, generator, |g| g.bernoulli_each(&held))
}

/// Parameters `mean, std=, size=, *, generator=, dtype=, device=, requires_grad=`.
fn normal(cx: &mut Context, args: &Args) -> Result {
    let spread = match args.some(1) {
        None => Arg::from(1.0),
        Some(Value::Tensor(std)) => Arg::from(std),
        Some(std) => Arg::Scalar(scalar(cx, std)?),
    };
    if spread.tensor().is_none_or(|t| t.device() == Device::Cpu) {
        let least = match &spread {
            Arg::Scalar(s) => s.to_f64(),
            Arg::Tensor(t) => cx.host(t)?.to_f64().into_iter().fold(0.0, f64::min),
        };
        if least < 0.0 {
            return Err(runtime_error(match &spread {
                Arg::Scalar(_) => {
                    format!("normal expects std >= 0.0, but found std {}", least)
                }
                Arg::Tensor(_) => "normal expects all elements of std >= 0.0".to_owned(),
            }));
        }
    }
    let mean = match &args[0] {
        Value::Tensor(mean) => Arg::from(mean),
        mean => Arg::from(cx.float(mean)?),
    };
    let like = mean.tensor().or(spread.tensor()).cloned();
    let Some(like) = like else {
        let shape = sizes(cx, "normal", std::slice::from_ref(&args[2]))?;
        let as_type = dtype_or(args, 4, cx.engine.default_dtype())?;
        let device = device_or_default(cx, args, 5)?;
        let values = drawn(cx, args, 3, &shape, |g, n| g.normal(number(&mean), number(&spread), n, as_type))?;
        let out = cx.engine.created("normal", values, &shape, device)?;
        out.set_requires_grad(args.truth_or(cx, 6, false)?)?;
        return Ok(Value::Tensor(out));
    };
    let shape = layout::broadcast_shapes([mean.shape(), spread.shape()])?;
    // A number of a deviation goes into the draw, a tensor of them is multiplied with it.
    let (deviation, factor) = match spread {
        Arg::Scalar(s) => (s.to_f64(), None),
        Arg::Tensor(t) => (1.0, Some(t)),
    };
    let values = drawn(cx, args, 3, &shape, |g, n| g.normal(0.0, deviation, n, like.dtype()))?;
    let traced = cx.engine.set_trace(Trace::Off);
    let made = cx.engine.no_grad(|| -> gradloom_engine::Result<Tensor> {
        let mut out = cx.engine.tensor(values, &shape, like.device())?;
        if let Some(factor) = factor {
            out = ops::mul(out, factor)?;
        }
        ops::add(out, mean)
    });
    cx.engine.set_trace(traced);
    Ok(Value::Tensor(made?))
}

fn number(arg: &Arg) -> f64 {
    if let Arg::Scalar(s) = arg { s.to_f64() } else { 0.0 }
}

fn drawn(
    cx: &mut Context,
    args: &Args,
    generator: usize,
    shape: &[usize],
    make: impl FnOnce(&mut Generator, usize) -> gradloom_engine::Result<Array>,
) -> Result<Array> {
    cx.engine.check_budget(shape, DType::F64)?;
    let count = shape.iter().product();
    cx.charge(count);
    draw(cx, args, generator, |g| make(g, count))
}

/// Parameters `input, num_samples, replacement=, *, generator=`: places along the last dimension, by their weights.
fn multinomial(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let samples = args.int(cx, 1)?;
    let replacement = args.truth_or(cx, 2, false)?;
    if x.rank() == 0 || x.rank() > 2 {
        return Err(runtime_error("prob_dist must be 1 or 2 dim"));
    }
    if !x.dtype().is_float() {
        return Err(runtime_error(format!(
            "multinomial only supports floating-point dtypes for input, got: {}",
            x.dtype().scalar_name()
        )));
    }
    let samples = usize::try_from(samples)
        .ok()
        .filter(|&n| n > 0)
        .ok_or_else(|| runtime_error("cannot sample n_sample <= 0 samples"))?;
    let classes = x.shape().last().copied().unwrap_or(0);
    if !replacement && samples > classes {
        return Err(runtime_error("cannot sample n_sample > prob_dist.size(-1) samples without replacement"));
    }
    let weights = cx.host(x)?.to_f64();
    if weights.iter().any(|w| !w.is_finite() || *w < 0.0) {
        return Err(runtime_error("probability tensor contains either `inf`, `nan` or element < 0"));
    }
    let rows: Vec<&[f64]> = weights.chunks_exact(classes.max(1)).collect();
    if rows.iter().any(|row| row.iter().sum::<f64>() <= 0.0) {
        return Err(runtime_error("invalid multinomial distribution (sum of probabilities <= 0)"));
    }
    let mut shape = x.shape().to_vec();
    if let Some(last) = shape.last_mut() {
        *last = samples;
    }
    cx.engine.check_budget(&shape, DType::I64)?;
    cx.charge(shape.iter().product::<usize>() + weights.len());
    if !replacement || samples == 1 {
        // The race of exponential clocks: the largest weight over waiting time comes first.
        let waits = drawn(cx, args, 3, x.shape(), |g, n| g.exponential(1.0, n, x.dtype()))?;
        let places = cx.engine.no_grad(|| -> gradloom_engine::Result<Tensor> {
            let waits = cx.engine.tensor(waits, x.shape(), x.device())?;
            let rates = ops::div(x, waits)?;
            if samples == 1 {
                ops::argmax(&rates, Some(-1), true, true)
            } else {
                Ok(ops::topk(&rates, samples as i64, -1, true)?.1)
            }
        })?;
        return Ok(Value::Tensor(places));
    }
    let uniform = with(cx, args, 3, |g| g.uniforms(rows.len() * samples))?;
    let mut places = Vec::with_capacity(uniform.len());
    for (row, draws) in rows.iter().zip(uniform.chunks_exact(samples)) {
        let sums = cumulative(row, x.dtype());
        places.extend(draws.iter().map(|&u| sums.partition_point(|&s| s < u).min(classes - 1) as i64));
    }
    Ok(Value::Tensor(cx.engine.created("multinomial", Array::I64(places), &shape, x.device())?))
}

/// The distribution function of a row of weights, in the dtype's own precision.
fn cumulative(row: &[f64], dtype: DType) -> Vec<f64> {
    let rounded = |x: f64| if dtype == DType::F32 { f64::from(x as f32) } else { x };
    let mut sum = 0.0;
    let mut sums: Vec<f64> = row
        .iter()
        .map(|&w| {
            sum = rounded(sum + w);
            sum
        })
        .collect();
    sums.iter_mut().for_each(|s| *s = rounded(*s / sum));
    if let Some(last) = sums.last_mut() {
        *last = 1.0;
    }
    sums
}

/// `randint(high, size)`, `randint(low, high, size)`
fn randint(cx: &mut Context, args: &Args) -> Result {
    let positional = args.rest(0);
    let keyword = args.some(1).cloned();
    let (numbers, size) = match (keyword, positional.split_last()) {
        (Some(size), _) => (positional.to_vec(), size),
        (None, Some((size, numbers))) => (numbers.to_vec(), size.clone()),
        (None, None) => {
            return Err(crate::error::type_error(
                "randint() missing 2 required positional arguments: 'high' and 'size'",
            ));
        }
    };
    let bound = |cx: &mut Context, i: usize| numbers.get(i).map(|v| cx.index(v)).transpose();
    let (low, high) = match (bound(cx, 0)?, bound(cx, 1)?) {
        (Some(low), Some(high)) => (low, high),
        (Some(high), None) => (0, high),
        _ => {
            return Err(crate::error::type_error("randint() missing 1 required positional argument: 'high'"));
        }
    };
    let shape = sizes(cx, "randint", std::slice::from_ref(&size))?;
    let as_type = dtype_or(args, 2, DType::I64)?;
    let device = device_or_default(cx, args, 3)?;
    cx.engine.check_budget(&shape, DType::I64)?;
    let count = shape.iter().product();
    cx.charge(count);
    let values = draw(cx, args, 4, |g| g.randint(low, high, count))?;
    let values = gradloom_engine::device::cpu::convert(&values, as_type);
    Ok(Value::Tensor(cx.engine.created("randint", values, &shape, device)?))
}

/// `randint_like(input, high)`, `randint_like(input, low, high)`
fn randint_like(cx: &mut Context, args: &Args) -> Result {
    let first = args.int(cx, 1)?;
    let (low, high) = match args.some(2) {
        None => (0, first),
        Some(high) => (first, cx.index(high)?),
    };
    let (shape, as_type, device) = like(cx, args, 3)?;
    cx.engine.check_budget(&shape, DType::I64)?;
    let count = shape.iter().product();
    let values = draw(cx, args, usize::MAX, |g| g.randint(low, high, count))?;
    let values = gradloom_engine::device::cpu::convert(&values, as_type);
    Ok(Value::Tensor(cx.engine.created("randint_like", values, &shape, device)?))
}

fn randperm(cx: &mut Context, args: &Args) -> Result {
    let count = usize::try_from(args.int(cx, 0)?).map_err(|_| runtime_error("n must be non-negative"))?;
    let as_type = dtype_or(args, 1, DType::I64)?;
    let device = device_or_default(cx, args, 2)?;
    cx.engine.check_budget(&[count], DType::I64)?;
    cx.charge(count);
    let values = draw(cx, args, 3, |g| Ok(g.randperm(count)))?;
    let values = gradloom_engine::device::cpu::convert(&values, as_type);
    Ok(Value::Tensor(cx.engine.created("randperm", values, &[count], device)?))
}

/// Gives parameter 0 newly drawn elements.
fn redraw(
    cx: &mut Context,
    args: &Args,
    name: &'static str,
    generator: usize,
    make: impl FnOnce(&mut Generator, usize, DType) -> gradloom_engine::Result<Array>,
) -> Result {
    let x = tensor(args, 0)?;
    let values = drawn(cx, args, generator, x.shape(), |g, n| make(g, n, x.dtype()))?;
    refill(cx, x, name, values)?;
    Ok(args[0].clone())
}

fn refill(cx: &Context, x: &Tensor, name: &'static str, values: Array) -> Result<()> {
    let traced = cx.engine.set_trace(Trace::Off);
    let new = cx.engine.tensor(values, x.shape(), x.device());
    cx.engine.set_trace(traced);
    Ok(x.put(name, &new?)?)
}

fn uniform_(cx: &mut Context, args: &Args) -> Result {
    let (from, to) = (args.float_or(cx, 1, 0.0)?, args.float_or(cx, 2, 1.0)?);
    if from > to {
        return Err(runtime_error(format!(
            "uniform_ expects to return a [from, to) range, but found from={} > to={}",
            from, to
        )));
    }
    redraw(cx, args, "uniform_", 3, |g, n, dtype| g.uniform(from, to, n, dtype))
}

fn normal_(cx: &mut Context, args: &Args) -> Result {
    let (mean, std) = (args.float_or(cx, 1, 0.0)?, args.float_or(cx, 2, 1.0)?);
    if std < 0.0 {
        return Err(runtime_error(format!("normal expects std >= 0.0, but found std {}", std)));
    }
    redraw(cx, args, "normal_", 3, |g, n, dtype| g.normal(mean, std, n, dtype))
}

/// `random_()`, `random_(to)`, `random_(from, to)`
fn random_(cx: &mut Context, args: &Args) -> Result {
    let first = args.some(1).map(|v| cx.index(v)).transpose()?;
    let second = args.some(2).map(|v| cx.index(v)).transpose()?;
    redraw(cx, args, "random_", 3, |g, n, dtype| match (first, second) {
        (None, None) => Ok(g.random(n, dtype)),
        (Some(from), Some(to)) => Ok(gradloom_engine::device::cpu::convert(&g.randint(from, to, n)?, dtype)),
        (from, to) => {
            let to = from.or(to).unwrap_or(1);
            Ok(gradloom_engine::device::cpu::convert(&g.randint(0, to, n)?, dtype))
        }
    })
}

fn bernoulli_(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    match args.some(1) {
        Some(Value::Tensor(p)) => {
            let p = ops::expand(p, x.shape()).map_err(|e| index_error(e.message.as_str()))?;
            let values = chances(cx, args, &p, 2)?;
            refill(cx, x, "bernoulli_", gradloom_engine::device::cpu::convert(&values, x.dtype()))?;
            Ok(args[0].clone())
        }
        p => {
            let p = p.map_or(Ok(0.5), |p| probability(cx, p))?;
            redraw(cx, args, "bernoulli_", 2, |g, n, dtype| {
                Ok(gradloom_engine::device::cpu::convert(&g.bernoulli(p, n), dtype))
            })
        }
    }
}

fn exponential_(cx: &mut Context, args: &Args) -> Result {
    let rate = args.float_or(cx, 1, 1.0)?;
    if rate <= 0.0 {
        return Err(runtime_error(format!("exponential_ expects lambda > 0.0, but found lambda={}", rate)));
    }
    redraw(cx, args, "exponential_", 2, |g, n, dtype| g.exponential(rate, n, dtype))
}

/// Functions.
pub const SAMPLE: &[Native] = &[
    Native::new("randint", "*low_high_size, size=, dtype=, device=, generator=", randint),
    Native::new("randint_like", "input, low, high=, *, dtype=, device=", randint_like),
    Native::new("randperm", "n, *, dtype=, device=, generator=", randperm),
    Native::new("bernoulli", "input, p=, *, generator=", bernoulli),
    Native::new("multinomial", "input, num_samples, replacement=, *, generator=", multinomial),
    Native::new("normal", "mean, std=, size=, *, generator=, dtype=, device=, requires_grad=", normal),
];

/// Methods only.
pub const SAMPLE_METHODS: &[Native] = &[
    Native::new("bernoulli", "input, p=, *, generator=", bernoulli),
    Native::new("bernoulli_", "self, p=, *, generator=", bernoulli_),
    Native::new("exponential_", "self, lambd=, *, generator=", exponential_),
    Native::new("multinomial", "input, num_samples, replacement=, *, generator=", multinomial),
    Native::new("normal_", "self, mean=, std=, *, generator=", normal_),
    Native::new("random_", "self, from=, to=, *, generator=", random_),
    Native::new("uniform_", "self, from=, to=, *, generator=", uniform_),
];
