//! Functions that make arrays, and functions that are methods of arrays too.

use gradloom_engine::{Array, DType, Device, Scalar, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{Exception, type_error, value_error, zero_division};
use crate::modules::torch::sequence;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::array::{NdArray, first_fastest, reshaped, shape, to_tensor, transposed, tuple_text, turned_over};
use super::reduce::AXIS_ERROR;
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
    let mut out = ops::cast(&tensor, dtype_or(args, 1, tensor.dtype())?)?;
    let held = args[0].object::<NdArray>().is_some() || matches!(args[0], Value::Tensor(_));
    let copied = args.some(2).map_or(Ok(args.get(2).is_none()), |v| cx.truth(v))?;
    let same = args[0].object::<NdArray>().is_some() && out.is(&tensor);
    if same && !copied && args.some(3).is_none() && args.int_or(cx, 4, 0)? <= out.rank() as i64 {
        return Ok(args[0].clone());
    }
    if held && copied && out.is(&tensor) {
        out = ops::clone(&out)?;
    }
    for _ in out.rank()..usize::try_from(args.int_or(cx, 4, 0)?).unwrap_or(0).min(64) {
        out = ops::unsqueeze(&out, 0)?;
    }
    laid(out, args, 3)
}

/// In the order in memory that parameter `i` asks for.
fn laid(tensor: Tensor, args: &Args, i: usize) -> Result {
    if !first_fastest(args, i)? {
        return made(tensor);
    }
    let turned = ops::clone(&turned_over(&tensor)?)?;
    made(turned_over(&turned)?)
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
    let out = cx.engine.full(op, &shape, value, dtype_or(args, 1, DType::F64)?, Device::Cpu)?;
    laid(out, args, 2)
}

/// Parameters `a, dtype=`.
fn filled_like(cx: &mut Context, args: &Args, op: &'static str, value: Scalar) -> Result {
    let like = to_tensor(cx, &args[0])?;
    let shape = match args.some(2) {
        Some(given) => shape(cx, std::slice::from_ref(given))?,
        None => like.shape().to_vec(),
    };
    made(cx.engine.full(op, &shape, value, dtype_or(args, 1, like.dtype())?, Device::Cpu)?)
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
    let value = to_tensor(cx, &args[1])?;
    spread(&value, &shape, dtype_or(args, 2, value.dtype())?)
}

/// A value in every place of a shape.
fn spread(value: &Tensor, shape: &[usize], dtype: DType) -> Result {
    let fits = layout::broadcast_shapes([value.shape(), shape]).is_ok_and(|whole| whole == shape);
    if !fits {
        let (from, into) = (tuple_text(value.shape()), tuple_text(shape));
        return Err(value_error(format!(
            "could not broadcast input array from shape {from} into shape {into}"
        )));
    }
    made(ops::clone(&ops::expand(&ops::cast(value, dtype)?, shape)?)?)
}

fn full_like(cx: &mut Context, args: &Args) -> Result {
    let like = to_tensor(cx, &args[0])?;
    let value = to_tensor(cx, &args[1])?;
    spread(&value, like.shape(), dtype_or(args, 2, like.dtype())?)
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
        let (mut from, mut delta) = (from, (from + by) - from);
        if as_type == DType::I64 {
            (from, delta) = (from.trunc(), (from + by).trunc() - from.trunc());
        }
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
    cx.engine.check_budget(&[count], DType::F64)?;
    cx.charge(count);
    let parts = if endpoint { count.saturating_sub(1) } else { count };
    let step = (stop - start) / parts as f64;
    let mut values: Vec<f64> =
        (0..count).map(|i| if parts == 0 { start } else { i as f64 * step + start }).collect();
    if let (true, true, Some(last)) = (endpoint, count > 1, values.last_mut()) {
        *last = stop;
    }
    made(cx.engine.created("linspace", Array::F64(values), &[count], Device::Cpu)?)
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
    let items = match sequence(&args[0]) {
        Some(items) => items,
        // An array is one of those along its first dimension.
        None if args[0].object::<NdArray>().is_some() => cx.collect(&args[0])?,
        None => return Err(type_error(format!("{} takes a sequence of arrays", args.native.name))),
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
    let along = layout::resolve_dim(axis, first.len())?;
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
    let mut all = arrays(cx, args)?;
    if let Some(value) = args.some(2) {
        let dtype = dtype(value)?;
        all = all.iter().map(|t| ops::cast(t, dtype)).collect::<gradloom_engine::Result<_>>()?;
    }
    if args.get(1).is_some_and(Value::is_none) {
        all = all.iter().map(|t| ops::reshape(t, &[t.count()])).collect::<gradloom_engine::Result<_>>()?;
    }
    let axis = args.some(1).map_or(Ok(0), |v| cx.index(v))?;
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

/// Functions.
pub const CREATE: &[Native] = &[
    Native::new("arange", "start, stop=, step=, dtype=", arange),
    Native::new("array", "object, dtype=, *, copy=, order=, ndmin=", array),
    Native::new("asarray", "a, dtype=, order=, *, copy=", asarray),
    Native::new("concatenate", "arrays, axis=, *, dtype=", concatenate),
    Native::new("copy", "a", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        made(ops::clone(&tensor)?)
    }),
    Native::new("empty", "shape, dtype=, order=", |cx, args| filled(cx, args, "empty", Scalar::Int(0))),
    Native::new("empty_like", "a, dtype=, shape=", |cx, args| {
        filled_like(cx, args, "empty_like", Scalar::Int(0))
    }),
    Native::new("expand_dims", "a, axis", |cx, args| {
        let tensor = to_tensor(cx, &args[0])?;
        let axes = sequence(&args[1]).unwrap_or_else(|| vec![args[1].clone()]);
        let rank = tensor.rank() + axes.len();
        let mut places = Vec::new();
        for axis in &axes {
            let axis = cx.index(axis)?;
            let place = usize::try_from(if axis < 0 { axis + rank as i64 } else { axis });
            let Some(place) = place.ok().filter(|&p| p < rank) else {
                let message = format!("axis {axis} is out of bounds for array of dimension {rank}");
                return Err(Exception::new(&AXIS_ERROR, message).raise());
            };
            places.push(place as i64);
        }
        places.sort_unstable();
        if places.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(value_error("repeated axis"));
        }
        let mut out = tensor;
        for place in places {
            out = ops::unsqueeze(&out, place)?;
        }
        made(out)
    }),
    Native::new("eye", "N, M=, k=, dtype=", eye),
    Native::new("full", "shape, fill_value, dtype=", full),
    Native::new("full_like", "a, fill_value, dtype=", full_like),
    Native::new("hstack", "tup", |cx, args| stacked(cx, args, false)),
    Native::new("identity", "n, M=, dtype=", eye),
    Native::new("_linspace", "start, stop, num, endpoint", linspace),
    Native::new("ones", "shape, dtype=, order=", |cx, args| filled(cx, args, "ones", Scalar::Int(1))),
    Native::new("ones_like", "a, dtype=, shape=", |cx, args| {
        filled_like(cx, args, "ones_like", Scalar::Int(1))
    }),
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
    Native::new("zeros", "shape, dtype=, order=", |cx, args| filled(cx, args, "zeros", Scalar::Int(0))),
    Native::new("zeros_like", "a, dtype=, shape=", |cx, args| {
        filled_like(cx, args, "zeros_like", Scalar::Int(0))
    }),
];
