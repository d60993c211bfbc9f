//! Functions that make arrays, and functions that are methods of arrays too.

use gradloom_engine::{Array, DType, Device, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{type_error, value_error, zero_division};
use crate::modules::torch::sequence;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::array::{NdArray, first_fastest, reshaped, shape, to_tensor, transposed};
use super::scalar::{NumPyScalar, dtype};
use super::ufunc::meet;

fn made(tensor: Tensor) -> Result {
    Ok(Value::new_object(NdArray(tensor)))
}

fn dtype_or(args: &Args, i: usize, default: DType) -> Result<DType> {
    args.some(i).map_or(Ok(default), dtype)
}

fn array(cx: &mut Context, args: &Args) -> Result {
    let tensor = to_tensor(cx, &args[0])?;
    let out = ops::cast(&tensor, dtype_or(args, 1, tensor.dtype())?)?;
    let held = args[0].object::<NdArray>().is_some() || matches!(args[0], Value::Tensor(_));
    made(if held && out.is(&tensor) { ops::clone(&out)? } else { out })
}

fn asarray(cx: &mut Context, args: &Args) -> Result {
    let tensor = to_tensor(cx, &args[0])?;
    let as_type = dtype_or(args, 1, tensor.dtype())?;
    match args[0].object::<NdArray>() {
        Some(_) if as_type == tensor.dtype() => Ok(args[0].clone()),
        _ => made(ops::cast(&tensor, as_type)?),
    }
}

/// Parameters `shape, dtype=`.
fn filled(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let shape = shape(cx, std::slice::from_ref(&args[0]))?;
    made(cx.engine.full(op, &shape, value, dtype_or(args, 1, DType::F64)?, Device::Cpu)?)
}

/// Parameters `a, dtype=`.
fn filled_like(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let like = to_tensor(cx, &args[0])?;
    made(cx.engine.full(op, like.shape(), value, dtype_or(args, 1, like.dtype())?, Device::Cpu)?)
}

fn number(cx: &mut Context, value: &Value) -> Result<(Scalar, DType)> {
    let tensor = to_tensor(cx, value)?;
    let scalar = NumPyScalar::of(&*cx.host(&tensor)?);
    match scalar {
        Some(scalar) if tensor.rank() == 0 => Ok((scalar.value, scalar.dtype)),
        _ => Err(type_error("expected a number")),
    }
}

fn full(cx: &mut Context, args: &Args) -> Result {
    let shape = shape(cx, std::slice::from_ref(&args[0]))?;
    let (value, default) = number(cx, &args[1])?;
    made(cx.engine.full("full", &shape, value, dtype_or(args, 2, default)?, Device::Cpu)?)
}

fn full_like(cx: &mut Context, args: &Args) -> Result {
    let like = to_tensor(cx, &args[0])?;
    let (value, _) = number(cx, &args[1])?;
    made(cx.engine.full("full_like", like.shape(), value, dtype_or(args, 2, like.dtype())?, Device::Cpu)?)
}

fn arange(cx: &mut Context, args: &Args) -> Result {
    let first = number(cx, &args[0])?;
    let (start, stop) = match args.some(1) {
        None => ((Scalar::Int(0), DType::I64), first),
        Some(stop) => (first, number(cx, stop)?),
    };
    let step = args.some(2).map_or(Ok((Scalar::Int(1), DType::I64)), |v| number(cx, v))?;
    let whole = [start, stop, step].iter().all(|(s, _)| !matches!(s, Scalar::Float(_)));
    let as_type = dtype_or(args, 3, if whole { DType::I64 } else { DType::F64 })?;
    let (from, to, by) = (start.0.to_f64(), stop.0.to_f64(), step.0.to_f64());
    if by == 0.0 {
        return Err(zero_division("division by zero"));
    }
    let length = ((to - from) / by).ceil();
    if !length.is_finite() {
        return Err(value_error("arange: cannot compute length"));
    }
    let count = length.max(0.0) as usize;
    cx.engine.check_budget(&[count], as_type)?;
    cx.charge(count);
    let values = if whole {
        Array::I64((0..count as i64).map(|i| (from as i64).wrapping_add(i.wrapping_mul(by as i64))).collect())
    } else {
        // As NumPy fills: from the difference of the first two.
        let delta = (from + by) - from;
        Array::F64((0..count).map(|i| from + i as f64 * delta).collect())
    };
    let values = gradloom_engine::device::cpu::convert(&values, as_type);
    made(cx.engine.created("arange", values, &[count], Device::Cpu)?)
}

fn linspace(cx: &mut Context, args: &Args) -> Result {
    let (start, stop) = (args.float(cx, 0)?, args.float(cx, 1)?);
    let count = args.int_or(cx, 2, 50)?;
    let count = usize::try_from(count)
        .map_err(|_| value_error(format!("Number of samples, {count}, must be non-negative.")))?;
    let endpoint = args.truth_or(cx, 3, true)?;
    let as_type = dtype_or(args, 4, DType::F64)?;
    cx.engine.check_budget(&[count], as_type)?;
    cx.charge(count);
    let parts = if endpoint { count.saturating_sub(1) } else { count };
    let step = (stop - start) / parts as f64;
    let mut values: Vec<f64> =
        (0..count).map(|i| if parts == 0 { start } else { i as f64 * step + start }).collect();
    if let (true, true, Some(last)) = (endpoint, count > 1, values.last_mut()) {
        *last = stop;
    }
    let values = gradloom_engine::device::cpu::convert(&Array::F64(values), as_type);
    let made = made(cx.engine.created("linspace", values, &[count], Device::Cpu)?)?;
    if args.truth_or(cx, 5, false)? {
        let step = Value::new_object(NumPyScalar { value: Scalar::Float(step), dtype: DType::F64 });
        return Ok(Value::tuple(vec![made, step]));
    }
    Ok(made)
}

fn eye(cx: &mut Context, args: &Args) -> Result {
    let size = shape(cx, std::slice::from_ref(&args[0]))?;
    let rows = size.first().copied().unwrap_or(0);
    let columns = match args.some(1) {
        Some(m) => shape(cx, std::slice::from_ref(m))?.first().copied().unwrap_or(rows),
        None => rows,
    };
    let as_type = dtype_or(args, 3, DType::F64)?;
    cx.engine.check_budget(&[rows, columns], DType::F64)?;
    let k = args.int_or(cx, 2, 0)?;
    let ones = (0..rows * columns)
        .map(|i| f64::from(u8::from((i / columns) as i64 + k == (i % columns) as i64)))
        .collect();
    let values = gradloom_engine::device::cpu::convert(&Array::F64(ones), as_type);
    made(cx.engine.created("eye", values, &[rows, columns], Device::Cpu)?)
}

/// The arrays of a sequence, of one dtype.
fn arrays(cx: &mut Context, args: &Args) -> Result<Vec<Tensor>> {
    let Some(items) = sequence(&args[0]) else {
        return Err(type_error(format!("{} takes a sequence of arrays", args.native.name)));
    };
    let mut all = Vec::new();
    for item in &items {
        all.push(to_tensor(cx, item)?);
    }
    let Some(dtype) = all.iter().map(Tensor::dtype).reduce(meet) else {
        return Err(value_error("need at least one array to concatenate"));
    };
    Ok(all.iter().map(|t| ops::cast(t, dtype)).collect::<gradloom_engine::Result<Vec<_>>>()?)
}

fn joined(all: &[Tensor], axis: i64) -> Result {
    let first = all.first().map_or(&[][..], Tensor::shape);
    let along = gradloom_engine::layout::resolve_dim(axis, first.len())?;
    for (i, t) in all.iter().enumerate() {
        if t.rank() != first.len() {
            return Err(value_error(format!(
                "all the input arrays must have same number of dimensions, but the array at index 0 has {} dimension(s) and the \
                 array at index {i} has {} dimension(s)",
                first.len(),
                t.rank()
            )));
        }
        if let Some(d) = (0..first.len()).find(|&d| d != along && t.shape()[d] != first[d]) {
            return Err(value_error(format!(
                "all the input array dimensions except for the concatenation axis must match exactly, but along dimension {d}, the \
                 array at index 0 has size {} and the array at index {i} has size {}",
                first[d],
                t.shape()[d]
            )));
        }
    }
    made(ops::cat(all, axis)?)
}

fn concatenate(cx: &mut Context, args: &Args) -> Result {
    let all = arrays(cx, args)?;
    let axis = args.int_or(cx, 1, 0)?;
    joined(&all, axis)
}

/// `vstack` and `hstack`: vectors are rows of the one, and go on in the other.
fn stacked(cx: &mut Context, args: &Args, down: bool) -> Result {
    let all = arrays(cx, args)?;
    let lifted: gradloom_engine::Result<Vec<Tensor>> = all
        .iter()
        .map(|t| match (t.rank(), down) {
            (0, true) => ops::reshape(t, &[1, 1]),
            (1, true) => ops::unsqueeze(t, 0),
            (0, false) => ops::reshape(t, &[1]),
            _ => Ok(t.clone()),
        })
        .collect();
    let lifted = lifted?;
    let axis = i64::from(!down && lifted.first().is_some_and(|t| t.rank() > 1));
    joined(&lifted, axis)
}

fn stack(cx: &mut Context, args: &Args) -> Result {
    let all = arrays(cx, args)?;
    let axis = args.int_or(cx, 1, 0)?;
    if all.windows(2).any(|pair| pair[0].shape() != pair[1].shape()) {
        return Err(value_error("all input arrays must have the same shape"));
    }
    made(ops::stack(&all, axis)?)
}

fn allclose(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (to_tensor(cx, &args[0])?, to_tensor(cx, &args[1])?);
    let (rtol, atol) = (args.float_or(cx, 2, 1e-5)?, args.float_or(cx, 3, 1e-8)?);
    super::ufunc::check_shapes(x.shape(), y.shape())?;
    let shape = gradloom_engine::layout::broadcast_shapes([x.shape(), y.shape()])?;
    let (x, y) = (ops::expand(&x, &shape)?, ops::expand(&y, &shape)?);
    let (x, y) = (cx.host(&x)?, cx.host(&y)?);
    let close = |a: f64, b: f64| a == b || (b.is_finite() && (a - b).abs() <= atol + rtol * b.abs());
    Ok(Value::Bool((0..x.len()).all(|i| x.get(i).zip(y.get(i)).is_some_and(|(a, b)| close(a, b)))))
}

/// Functions.
pub const CREATE: &[Native] = &[
    Native::new("allclose", "a, b, rtol=, atol=", allclose),
    Native::new("arange", "start, stop=, step=, dtype=", arange),
    Native::new("array", "object, dtype=, *, copy=", array),
    Native::new("array_equal", "a1, a2", |cx, args| {
        let (x, y) = (to_tensor(cx, &args[0])?, to_tensor(cx, &args[1])?);
        let equal = x.shape() == y.shape() && cx.host(&x)?.to_f64() == cx.host(&y)?.to_f64();
        Ok(Value::Bool(equal))
    }),
    Native::new("asarray", "a, dtype=", asarray),
    Native::new("concatenate", "arrays, axis=", concatenate),
    Native::new("copy", "a", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        made(ops::clone(&tensor)?)
    }),
    Native::new("empty", "shape, dtype=", |cx, args| filled(cx, args, "empty", Scalar::Int(0))),
    Native::new("empty_like", "a, dtype=", |cx, args| filled_like(cx, args, "empty_like", Scalar::Int(0))),
    Native::new("expand_dims", "a, axis", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        let axis = args.int(cx, 1)?;
        made(ops::unsqueeze(&tensor, axis)?)
    }),
    Native::new("eye", "N, M=, k=, dtype=", eye),
    Native::new("full", "shape, fill_value, dtype=", full),
    Native::new("full_like", "a, fill_value, dtype=", full_like),
    Native::new("hstack", "tup", |cx, args| stacked(cx, args, false)),
    Native::new("identity", "n, M=, dtype=", eye),
    Native::new("linspace", "start, stop, num=, endpoint=, dtype=, *, retstep=", linspace),
    Native::new("ones", "shape, dtype=", |cx, args| filled(cx, args, "ones", Scalar::Int(1))),
    Native::new("ones_like", "a, dtype=", |cx, args| filled_like(cx, args, "ones_like", Scalar::Int(1))),
    Native::new("reshape", "a, shape, order=", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        reshaped(cx, &tensor, std::slice::from_ref(&args[1]), first_fastest(args, 2)?)
    }),
    Native::new("shape", "a", |cx, args| {
        Ok(crate::modules::torch::shape_tuple(to_tensor(cx, &args[0])?.shape()))
    }),
    Native::new("stack", "arrays, axis=", stack),
    Native::new("transpose", "a, axes=", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        let axes: Vec<Value> = args.some(1).cloned().into_iter().collect();
        transposed(cx, &tensor, &axes)
    }),
    Native::new("vstack", "tup", |cx, args| stacked(cx, args, true)),
    Native::new("zeros", "shape, dtype=", |cx, args| filled(cx, args, "zeros", Scalar::Int(0))),
    Native::new("zeros_like", "a, dtype=", |cx, args| filled_like(cx, args, "zeros_like", Scalar::Int(0))),
];
