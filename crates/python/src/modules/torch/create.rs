//! Functions that make tensors.

use gradloom_engine::random::Generator;
use gradloom_engine::{Array, DType, Device, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{Exception, runtime_error, unsupported};
use crate::modules::numpy::NdArray;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{as_dtype, device_or_default, dtype, dtype_or, integers, scalar, sizes, tensor};
use super::data::{Library, read};
use super::generator::draw;

/// Asks for a gradient where parameter `i` says so.
fn finish(cx: &mut Context, args: &Args, i: usize, out: Tensor) -> Result {
    if args.truth_or(cx, i, false)? {
        out.set_requires_grad(true).map_err(|_| {
            runtime_error("Only Tensors of floating point and complex dtype can require gradients")
        })?;
    }
    Ok(Value::Tensor(out))
}

/// `torch.tensor(data, *, dtype=, device=, requires_grad=)`
fn make(cx: &mut Context, args: &Args) -> Result {
    let (values, shape, device) = from_data(cx, args)?;
    let out = cx.engine.tensor(values, &shape, device)?;
    finish(cx, args, 3, out)
}

fn from_data(cx: &mut Context, args: &Args) -> Result<(Array, Vec<usize>, Device)> {
    let data = read(cx, &args[0], Library::Torch, cx.engine.default_dtype())?;
    let as_type = dtype_or(args, 1, data.dtype.unwrap_or(cx.engine.default_dtype()))?;
    let device = match (args.some(2), &args[0]) {
        (None, Value::Tensor(t)) => t.device(),
        _ => device_or_default(cx, args, 2)?,
    };
    cx.engine.check_budget(&data.shape, as_type)?;
    Ok((data.array(as_type), data.shape, device))
}

/// `torch.as_tensor(data, dtype=, device=)`: the same storage where possible.
fn as_tensor(cx: &mut Context, args: &Args) -> Result {
    let held = match &args[0] {
        Value::Tensor(tensor) => Some(tensor.clone()),
        other => other.object::<NdArray>().map(|a| ops::detach(&a.0)),
    };
    let Some(held) = held else { return make(cx, args) };
    let device = match args.some(2) {
        None => held.device(),
        Some(_) => device_or_default(cx, args, 2)?,
    };
    if device != held.device() {
        cx.host(&held)?;
    }
    let as_type = dtype_or(args, 1, held.dtype())?;
    Ok(Value::Tensor(ops::to_device(&ops::cast(&held, as_type)?, device)?))
}

fn from_numpy(_cx: &mut Context, args: &Args) -> Result {
    match args[0].object::<NdArray>() {
        Some(array) => Ok(Value::Tensor(ops::detach(&array.0))),
        None => Err(crate::error::type_error(format!("expected np.ndarray (got {})", args[0].type_name()))),
    }
}

/// A tensor full of one number: parameters `*size, dtype=, device=, requires_grad=`.
fn filled(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let shape = sizes(cx, op, args.rest(0))?;
    let as_type = dtype_or(args, 1, cx.engine.default_dtype())?;
    let device = device_or_default(cx, args, 2)?;
    let out = cx.engine.full(op, &shape, value, as_type, device)?;
    finish(cx, args, 3, out)
}

/// Parameters `input, dtype=, device=, requires_grad=`.
fn filled_like(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let (shape, as_type, device) = like(cx, args, 1)?;
    let out = cx.engine.full(op, &shape, value, as_type, device)?;
    finish(cx, args, 3, out)
}

/// Shape, dtype and device of the first parameter, unless the ones from `i` on say otherwise.
pub fn like(cx: &mut Context, args: &Args, i: usize) -> Result<(Vec<usize>, DType, Device)> {
    let input = tensor(args, 0)?;
    let as_type = dtype_or(args, i, input.dtype())?;
    let device =
        if args.some(i + 1).is_some() { device_or_default(cx, args, i + 1)? } else { input.device() };
    Ok((input.shape().to_vec(), as_type, device))
}

fn scalar_dtype(cx: &Context, value: Scalar) -> DType {
    match value {
        Scalar::Bool(_) => DType::Bool,
        Scalar::Int(_) => DType::I64,
        Scalar::Float(_) => cx.engine.default_dtype(),
    }
}

fn full(cx: &mut Context, args: &Args) -> Result {
    let shape = sizes(cx, "full", std::slice::from_ref(&args[0]))?;
    let value = scalar(cx, &args[1])?;
    let as_type = dtype_or(args, 2, scalar_dtype(cx, value))?;
    let device = device_or_default(cx, args, 3)?;
    let out = cx.engine.full("full", &shape, value, as_type, device)?;
    finish(cx, args, 4, out)
}

fn full_like(cx: &mut Context, args: &Args) -> Result {
    let value = scalar(cx, &args[1])?;
    let (shape, as_type, device) = like(cx, args, 2)?;
    let out = cx.engine.full("full_like", &shape, value, as_type, device)?;
    finish(cx, args, 4, out)
}

/// `arange(end)`, `arange(start, end)`, `arange(start, end, step)`
fn arange(cx: &mut Context, args: &Args) -> Result {
    let first = scalar(cx, &args[0])?;
    let (start, end) = match args.get(1) {
        None => (Scalar::Int(0), first),
        Some(end) => (first, scalar(cx, end)?),
    };
    let step = args.get(2).map_or(Ok(Scalar::Int(1)), |v| scalar(cx, v))?;
    let whole = [start, end, step].iter().all(|s| !matches!(s, Scalar::Float(_)));
    let as_type = dtype_or(args, 3, if whole { DType::I64 } else { cx.engine.default_dtype() })?;
    let device = device_or_default(cx, args, 4)?;
    let (from, to, by) = (start.to_f64(), end.to_f64(), step.to_f64());
    if by == 0.0 {
        return Err(runtime_error("step must be nonzero"));
    }
    if (to - from) * by < 0.0 {
        return Err(runtime_error("upper bound and lower bound inconsistent with step sign"));
    }
    if ![from, to, by].iter().all(|x| x.is_finite()) {
        return Err(runtime_error(format!("unsupported range: {from} -> {to}")));
    }
    let count = ((to - from) / by).ceil() as usize;
    cx.engine.check_budget(&[count], as_type)?;
    cx.charge(count);
    let at = |i: usize| from + i as f64 * by;
    let values = match as_type {
        // Start and step are integers then, whatever was given.
        DType::I64 => {
            let (from, by) = (from as i64, by as i64);
            Array::I64((0..count as i64).map(|i| from.wrapping_add(i.wrapping_mul(by))).collect())
        }
        DType::Bool => return Err(unsupported("\"arange_cpu\" not implemented for 'Bool'")),
        DType::F32 => Array::F32((0..count).map(|i| at(i) as f32).collect()),
        DType::F64 => Array::F64((0..count).map(at).collect()),
    };
    let out = cx.engine.created("arange", values, &[count], device)?;
    finish(cx, args, 5, out)
}

fn linspace(cx: &mut Context, args: &Args) -> Result {
    let [first, last] = [0, 1].map(|i| args[i].as_tensor().map_or(0, Tensor::rank));
    if first + last > 0 {
        return Err(runtime_error(format!(
            "linspace only supports 0-dimensional start and end tensors, but got start with {first} dimension(s) and end with \
             {last} dimension(s)."
        )));
    }
    let (start, end) = (args.float(cx, 0)?, args.float(cx, 1)?);
    let steps = usize::try_from(args.int(cx, 2)?)
        .map_err(|_| runtime_error("number of steps must be non-negative"))?;
    let as_type = dtype_or(args, 3, cx.engine.default_dtype())?;
    let device = device_or_default(cx, args, 4)?;
    cx.engine.check_budget(&[steps], as_type)?;
    cx.charge(steps);
    // From both ends to the middle, in the dtype's own precision, as PyTorch does.
    let values = if as_type == DType::F32 {
        let (start, end) = (start as f32, end as f32);
        let step = (end - start) / (steps.max(2) - 1) as f32;
        let at = |i: usize| {
            if i < steps / 2 {
                step.mul_add(i as f32, start)
            } else {
                (-step).mul_add((steps - i - 1) as f32, end)
            }
        };
        Array::F32(if steps == 1 { vec![start] } else { (0..steps).map(at).collect() })
    } else {
        let whole = |x: f64| if as_type.is_float() { x } else { x.trunc() };
        let (start, end) = (whole(start), whole(end));
        let step = (end - start) / (steps.max(2) - 1) as f64;
        let at = |i: usize| {
            if i < steps / 2 { start + step * i as f64 } else { end - step * (steps - i - 1) as f64 }
        };
        let values = if steps == 1 { vec![start] } else { (0..steps).map(at).collect() };
        gradloom_engine::device::cpu::convert(&Array::F64(values), as_type)
    };
    let out = cx.engine.created("linspace", values, &[steps], device)?;
    finish(cx, args, 5, out)
}

/// `base` to the numbers of a `linspace`.
fn logspace(cx: &mut Context, args: &Args) -> Result {
    let (start, end) = (args.float(cx, 0)?, args.float(cx, 1)?);
    let steps = usize::try_from(args.int_or(cx, 2, 100)?)
        .map_err(|_| runtime_error("number of steps must be non-negative"))?;
    let base = args.float_or(cx, 3, 10.0)?;
    let as_type = dtype_or(args, 4, cx.engine.default_dtype())?;
    let device = device_or_default(cx, args, 5)?;
    cx.engine.check_budget(&[steps], as_type)?;
    cx.charge(steps);
    let step = (end - start) / (steps.max(2) - 1) as f64;
    let at = |i: usize| {
        base.powf(if i < steps / 2 || steps == 1 {
            start + step * i as f64
        } else {
            end - step * (steps - i - 1) as f64
        })
    };
    let values = gradloom_engine::device::cpu::convert(&Array::F64((0..steps).map(at).collect()), as_type);
    let out = cx.engine.created("logspace", values, &[steps], device)?;
    finish(cx, args, 6, out)
}

/// The places of one triangle of a matrix, a row of rows and a row of columns.
fn triangle_indices(cx: &mut Context, args: &Args, lower: bool) -> Result {
    let given = sizes(cx, args.native.name, &[args[0].clone(), args[1].clone()])?;
    let offset = args.int_or(cx, 2, 0)?;
    let device = device_or_default(cx, args, 4)?;
    cx.engine.check_budget(&given, DType::I64)?;
    let (rows, columns) =
        (given.first().copied().unwrap_or(0) as i64, given.get(1).copied().unwrap_or(0) as i64);
    cx.charge((rows * columns) as usize);
    let inside = |i: i64, j: i64| if lower { j - i <= offset } else { j - i >= offset };
    let cells = || (0..rows).flat_map(|i| (0..columns).map(move |j| (i, j))).filter(|&(i, j)| inside(i, j));
    let values: Vec<i64> = cells().map(|(i, _)| i).chain(cells().map(|(_, j)| j)).collect();
    let count = values.len() / 2;
    Ok(Value::Tensor(cx.engine.created(args.native.name, Array::I64(values), &[2, count], device)?))
}

fn eye(cx: &mut Context, args: &Args) -> Result {
    let given: Vec<Value> = std::iter::once(&args[0]).chain(args.some(1)).cloned().collect();
    for (name, value) in ["n", "m"].into_iter().zip(&given) {
        match cx.index(value)? {
            size if size < 0 => {
                return Err(runtime_error(format!("{name} must be greater or equal to 0, got {size}")));
            }
            _ => {}
        }
    }
    let shape = sizes(cx, "eye", &given)?;
    let rows = shape.first().copied().unwrap_or(0);
    let columns = shape.get(1).copied().unwrap_or(rows);
    let as_type = dtype_or(args, 2, cx.engine.default_dtype())?;
    let device = device_or_default(cx, args, 3)?;
    cx.engine.check_budget(&[rows, columns], DType::F64)?;
    let ones = (0..rows * columns).map(|i| f64::from(u8::from(i / columns == i % columns))).collect();
    let values = gradloom_engine::device::cpu::convert(&Array::F64(ones), as_type);
    let out = cx.engine.created("eye", values, &[rows, columns], device)?;
    finish(cx, args, 4, out)
}

type Draw = fn(&mut Generator, usize, DType) -> gradloom_engine::Result<Array>;

/// Parameters `*size, dtype=, device=, requires_grad=, generator=`.
fn random(cx: &mut Context, args: &Args, op: &'static str, make: Draw) -> Result {
    let shape = sizes(cx, op, args.rest(0))?;
    let as_type = dtype_or(args, 1, cx.engine.default_dtype())?;
    let device = device_or_default(cx, args, 2)?;
    let asks = args.truth_or(cx, 3, false)?;
    drawn(cx, args, 4, op, &shape, as_type, device, asks, make)
}

/// Parameters `input, dtype=, device=, requires_grad=`.
fn random_like(cx: &mut Context, args: &Args, op: &'static str, make: Draw) -> Result {
    let (shape, as_type, device) = like(cx, args, 1)?;
    let asks = args.truth_or(cx, 3, false)?;
    drawn(cx, args, usize::MAX, op, &shape, as_type, device, asks, make)
}

#[expect(clippy::too_many_arguments, reason = "the parameters of PyTorch's functions")]
fn drawn(
    cx: &mut Context,
    args: &Args,
    generator: usize,
    op: &'static str,
    shape: &[usize],
    as_type: DType,
    device: Device,
    asks: bool,
    make: Draw,
) -> Result {
    cx.engine.check_budget(shape, as_type)?;
    let count = shape.iter().product();
    cx.charge(count);
    let values = draw(cx, args, generator, |g| make(g, count, as_type))?;
    let out = cx.engine.created(op, values, shape, device)?;
    if asks {
        out.set_requires_grad(true)?;
    }
    Ok(Value::Tensor(out))
}

/// `x.new_zeros(size)` and its like.
fn new_filled(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let input = tensor(args, 0)?.clone();
    let shape = sizes(cx, op, args.rest(1))?;
    let as_type = args.some(2).map_or(Ok(input.dtype()), dtype)?;
    let device = if args.some(3).is_some() { device_or_default(cx, args, 3)? } else { input.device() };
    Ok(Value::Tensor(cx.engine.full(op, &shape, value, as_type, device)?))
}

fn is_floating_point(_cx: &mut Context, args: &Args) -> Result {
    Ok(Value::Bool(tensor(args, 0)?.dtype().is_float()))
}

/// `torch.Tensor(…)`: a list as `float32`, sizes of a new tensor, or nothing.
pub fn legacy(cx: &mut Context, args: &Args) -> Result {
    let given = args.rest(0);
    let device = cx.engine.default_device();
    if let [one] = given
        && !matches!(one, Value::Int(_))
    {
        if as_dtype(one).is_some() {
            return Err(Exception::new(&crate::error::TYPE_ERROR, "new() takes numbers or sizes").raise());
        }
        let data = read(cx, one, Library::Torch, cx.engine.default_dtype())?;
        return Ok(Value::Tensor(cx.engine.tensor(
            data.array(cx.engine.default_dtype()),
            &data.shape,
            device,
        )?));
    }
    let shape: Result<Vec<usize>> = integers(cx, given)?
        .iter()
        .map(|&n| {
            usize::try_from(n)
                .map_err(|_| runtime_error(format!("Trying to create tensor with negative dimension {n}")))
        })
        .collect();
    let shape = if given.is_empty() { vec![0] } else { shape? };
    Ok(Value::Tensor(cx.engine.full("empty", &shape, Scalar::Int(0), cx.engine.default_dtype(), device)?))
}

const SIZED: &str = "*size, dtype=, device=, requires_grad=, out=, layout=, pin_memory=";
const LIKE: &str = "input, *, dtype=, device=, requires_grad=, memory_format=";
const DRAWN: &str = "*size, dtype=, device=, requires_grad=, generator=, out=, layout=, pin_memory=";

/// Functions.
pub const CREATE: &[Native] = &[
    Native::new("arange", "start, end=, step=, *, dtype=, device=, requires_grad=", arange),
    Native::new("as_tensor", "data, dtype=, device=, requires_grad=", as_tensor),
    Native::new("empty", SIZED, |cx, args| filled(cx, args, "empty", Scalar::Int(0))),
    Native::new("empty_like", LIKE, |cx, args| filled_like(cx, args, "empty_like", Scalar::Int(0))),
    Native::new("eye", "n, m=, *, dtype=, device=, requires_grad=", eye),
    Native::new("from_numpy", "ndarray, /", from_numpy),
    Native::new("full", "size, fill_value, *, dtype=, device=, requires_grad=", full),
    Native::new("full_like", "input, fill_value, *, dtype=, device=, requires_grad=", full_like),
    Native::new("is_floating_point", "input", is_floating_point),
    Native::new("is_tensor", "obj, /", |_, args| Ok(Value::Bool(matches!(args[0], Value::Tensor(_))))),
    Native::new("linspace", "start, end, steps, *, dtype=, device=, requires_grad=", linspace),
    Native::new("logspace", "start, end, steps=, base=, *, dtype=, device=, requires_grad=", logspace),
    Native::new("ones", SIZED, |cx, args| filled(cx, args, "ones", Scalar::Int(1))),
    Native::new("ones_like", LIKE, |cx, args| filled_like(cx, args, "ones_like", Scalar::Int(1))),
    Native::new("rand", DRAWN, |cx, args| random(cx, args, "rand", Generator::rand)),
    Native::new("rand_like", LIKE, |cx, args| random_like(cx, args, "rand_like", Generator::rand)),
    Native::new("randn", DRAWN, |cx, args| random(cx, args, "randn", Generator::randn)),
    Native::new("randn_like", LIKE, |cx, args| random_like(cx, args, "randn_like", Generator::randn)),
    Native::new("scalar_tensor", "s, *, dtype=, device=, requires_grad=", make),
    Native::new("tensor", "data, *, dtype=, device=, requires_grad=, pin_memory=", make),
    Native::new("tril_indices", "row, col, offset=, *, dtype=, device=", |cx, args| {
        triangle_indices(cx, args, true)
    }),
    Native::new("triu_indices", "row, col, offset=, *, dtype=, device=", |cx, args| {
        triangle_indices(cx, args, false)
    }),
    Native::new("zeros", SIZED, |cx, args| filled(cx, args, "zeros", Scalar::Int(0))),
    Native::new("zeros_like", LIKE, |cx, args| filled_like(cx, args, "zeros_like", Scalar::Int(0))),
];

/// Methods.
pub const NEW: &[Native] = &[
    Native::new("new_zeros", "self, *size, dtype=, device=", |cx, args| {
        new_filled(cx, args, "zeros", Scalar::Int(0))
    }),
    Native::new("new_ones", "self, *size, dtype=, device=", |cx, args| {
        new_filled(cx, args, "ones", Scalar::Int(1))
    }),
    Native::new("new_empty", "self, *size, dtype=, device=", |cx, args| {
        new_filled(cx, args, "empty", Scalar::Int(0))
    }),
    Native::new("is_floating_point", "self", is_floating_point),
];
