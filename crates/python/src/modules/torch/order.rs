//! Functions of order: sorting, medians, extremes with their places, counting.

use gradloom_engine::device::cpu;
use gradloom_engine::{Arg, Array, DType, Device, Layout, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error, unsupported};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{named, operand, tensor};
use super::objects::Returned;

/// Values and their places, the values' node named so, without the dimension `gone`.
pub fn returned(
    name: &'static str,
    node: &'static str,
    (values, indices): ops::Placed,
    gone: Option<i64>,
) -> Result {
    let less = |t: Tensor| match gone {
        Some(dim) if t.rank() > 0 => ops::squeeze(&t, Some(&[dim])),
        _ => Ok(t),
    };
    let (values, indices) = (named(less(values)?, node), less(indices)?);
    let parts = vec![("values", Value::Tensor(values)), ("indices", Value::Tensor(indices))];
    Ok(Value::new_object(Returned { name, parts }))
}

/// Parameters `input, dim=, descending=, stable=`.
fn sort(cx: &mut Context, args: &Args) -> Result {
    let (dim, descending) = (args.int_or(cx, 1, -1)?, args.truth_or(cx, 2, false)?);
    returned("sort", "sort", ops::sort(tensor(args, 0)?, dim, descending)?, None)
}

fn argsort(cx: &mut Context, args: &Args) -> Result {
    let (dim, descending) = (args.int_or(cx, 1, -1)?, args.truth_or(cx, 2, false)?);
    Ok(Value::Tensor(ops::argsort(tensor(args, 0)?, dim, descending)?))
}

fn topk(cx: &mut Context, args: &Args) -> Result {
    let (k, dim) = (args.int(cx, 1)?, args.int_or(cx, 2, -1)?);
    let largest = args.truth_or(cx, 3, true)?;
    returned("topk", "topk", ops::topk(tensor(args, 0)?, k, dim, largest)?, None)
}

fn kthvalue(cx: &mut Context, args: &Args) -> Result {
    let (k, dim) = (args.int(cx, 1)?, args.int_or(cx, 2, -1)?);
    let keepdim = args.truth_or(cx, 3, false)?;
    returned("kthvalue", "kthvalue", ops::kthvalue(tensor(args, 0)?, k, dim)?, (!keepdim).then_some(dim))
}

/// Parameters `input, dim=, keepdim=`: without a dimension the median of all.
fn median(cx: &mut Context, args: &Args, skip_nan: bool) -> Result {
    let x = tensor(args, 0)?;
    let (name, whole, part) = if skip_nan {
        ("nanmedian", "NanmedianBackward0", "NanmedianBackward1")
    } else {
        ("median", "MedianBackward0", "MedianBackward1")
    };
    if let Some(dim) = args.some(1) {
        let dim = cx.index(dim)?;
        let keepdim = args.truth_or(cx, 2, false)?;
        return returned(name, part, ops::median(x, dim, skip_nan)?, (!keepdim).then_some(dim));
    }
    if x.count() == 0 {
        return Ok(Value::Tensor(cx.engine.full("median", &[], f64::NAN.into(), x.dtype(), x.device())?));
    }
    let flat = ops::reshape(x, &[x.count()])?;
    let found = cx.engine.no_grad(|| ops::median(&flat, 0, skip_nan))?.0;
    if !x.requires_grad() || !cx.engine.grad_enabled() {
        return Ok(Value::Tensor(ops::reshape(&found, &[])?));
    }
    // Its gradient is shared by all that equal it: it is their mean.
    let (equal, count) = cx.engine.no_grad(|| -> gradloom_engine::Result<_> {
        let nan = ops::ne(&found, &found)?;
        let equal = ops::where_(nan, ops::ne(&flat, &flat)?, ops::eq(&flat, &found)?)?;
        let count = ops::sum(&ops::cast(&equal, x.dtype())?, &[], false)?;
        Ok((equal, count))
    })?;
    let mean = ops::div(ops::sum(&ops::where_(equal, &flat, 0.0)?, &[], false)?, count)?;
    Ok(Value::Tensor(named(mean, whole)))
}

fn mode(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (dim, keepdim) = (args.int_or(cx, 1, -1)?, args.truth_or(cx, 2, false)?);
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = super::parts::size_along(x, dim)?;
    if size == 0 {
        return Err(index_error(format!("mode(): Expected reduction dim {at} to have non-zero size.")));
    }
    // Counted on this side: a kernel for it would be used by nothing else.
    let values = cx.host(x)?;
    let order = cpu::order::argsort(&values, &Layout::contiguous(x.shape()), at, false);
    let inner: usize = x.shape().iter().skip(at + 1).product();
    let mut shape = x.shape().to_vec();
    if let Some(one) = shape.get_mut(at) {
        *one = 1;
    }
    let most_frequent = |row: usize| {
        let start = row / inner * size * inner + row % inner;
        let place = |k: usize| order.get(start + k * inner).unwrap_or_default() as usize;
        let value = |k: usize| values.get(start + place(k) * inner);
        let (mut best, mut longest, mut length) = (0, 0, 0);
        for k in 0..size {
            length = if k > 0 && value(k) == value(k - 1) { length + 1 } else { 1 };
            if length > longest {
                (best, longest) = (k, length);
            }
        }
        place(best) as i64
    };
    let count = shape.iter().product();
    cx.charge(x.count());
    let places = Array::I64((0..count).map(most_frequent).collect());
    let places = cx.engine.tensor(places, &shape, x.device())?;
    let found = (ops::gather(x, dim, &places)?, places);
    returned("mode", "mode", found, (!keepdim).then_some(dim))
}

fn cumulative(cx: &mut Context, args: &Args, largest: bool) -> Result {
    let dim = args.int(cx, 1)?;
    let name = if largest { "cummax" } else { "cummin" };
    returned(name, name, ops::cumulative_extreme(tensor(args, 0)?, dim, largest)?, None)
}

fn aminmax(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dims = super::args::dims(cx, args.some(1))?;
    let keepdim = args.truth_or(cx, 2, false)?;
    let part =
        |t: gradloom_engine::Result<Tensor>| Ok::<_, crate::Interrupt>(Value::Tensor(named(t?, "aminmax")));
    let parts =
        vec![("min", part(ops::amin(x, &dims, keepdim))?), ("max", part(ops::amax(x, &dims, keepdim))?)];
    Ok(Value::new_object(Returned { name: "aminmax", parts }))
}

/// Parameters `input, n=, dim=, prepend=, append=`.
fn diff(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (n, dim) = (args.int_or(cx, 1, 1)?, args.int_or(cx, 2, -1)?);
    if n < 0 {
        return Err(runtime_error(format!("order must be non-negative but got {n}")));
    }
    if x.rank() == 0 {
        return Err(runtime_error("diff expects input to be at least one-dimensional"));
    }
    if n == 0 {
        return Ok(Value::Tensor(ops::clone(x)?));
    }
    let mut joined: Vec<Tensor> = Vec::new();
    for i in [3, 0, 4] {
        if args.some(i).is_some() {
            joined.push(tensor(args, i)?.clone());
        }
    }
    let mut out = if joined.len() > 1 { ops::cat(&joined, dim)? } else { x.clone() };
    for _ in 0..n {
        let size = super::parts::size_along(&out, dim)?;
        let later = ops::slice(&out, dim, 1.min(size), 1, size.saturating_sub(1))?;
        let earlier = ops::slice(&out, dim, 0, 1, size.saturating_sub(1))?;
        out = if x.dtype() == DType::Bool { ops::ne(later, earlier)? } else { ops::sub(later, earlier)? };
        if size == 0 {
            break;
        }
    }
    Ok(Value::Tensor(out))
}

/// A tensor, or a number as one beside `like`.
fn beside(arg: Arg, like: &Tensor) -> Result<Tensor> {
    match arg {
        Arg::Tensor(t) => Ok(t),
        Arg::Scalar(s) => {
            let dtype = if s.dtype().is_float() { like.engine().default_dtype() } else { s.dtype() };
            Ok(like.engine().full("full", &[], s, dtype, like.device())?)
        }
    }
}

/// Parameters `sorted_sequence, input, *, out_int32=, right=, side=, sorter=`.
fn searchsorted(cx: &mut Context, args: &Args) -> Result {
    let edges = tensor(args, 0)?;
    let values = beside(operand(args, 1)?, edges)?;
    let mut right = args.truth_or(cx, 3, false)?;
    if args.some(4).is_some() {
        right = match args.str(4)? {
            "right" => true,
            "left" if right => {
                return Err(runtime_error(
                    "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True",
                ));
            }
            "left" => false,
            other => {
                return Err(runtime_error(format!(
                    "torch.searchsorted(): side can only be 'left' or 'right' but got {other}"
                )));
            }
        };
    }
    let rows = |t: &Tensor| t.shape().split_last().map_or(Vec::new(), |(_, rows)| rows.to_vec());
    if edges.rank() != 1 && (values.rank() != edges.rank() || rows(edges) != rows(&values)) {
        return Err(runtime_error(format!(
            "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and \
             input value tensor must match, but we got boundaries tensor {} and input value tensor {}",
            layout::show(edges.shape()),
            layout::show(values.shape())
        )));
    }
    let edges = match args.some(5) {
        None => edges.clone(),
        Some(_) => ops::gather(edges, -1, tensor(args, 5)?)?,
    };
    Ok(Value::Tensor(cx.engine.no_grad(|| ops::searchsorted(&edges, &values, right))?))
}

fn bucketize(cx: &mut Context, args: &Args) -> Result {
    let edges = tensor(args, 1)?;
    if edges.rank() != 1 {
        return Err(runtime_error(format!(
            "boundaries tensor must be 1 dimension, but got dim({})",
            edges.rank()
        )));
    }
    let values = beside(operand(args, 0)?, edges)?;
    let right = args.truth_or(cx, 3, false)?;
    Ok(Value::Tensor(cx.engine.no_grad(|| ops::searchsorted(edges, &values, right))?))
}

fn bincount(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if x.dtype().is_float() {
        return Err(unsupported(format!(
            "\"bincount_cpu\" not implemented for '{}'",
            x.dtype().scalar_name()
        )));
    }
    let least =
        usize::try_from(args.int_or(cx, 2, 0)?).map_err(|_| runtime_error("minlength should be >= 0"))?;
    let weights = args.some(1).map(|_| tensor(args, 1)).transpose()?;
    if weights.is_some_and(|w| w.shape() != x.shape()) {
        return Err(runtime_error("weights should be 1-d and have the same length as input"));
    }
    let values = cx.host(x)?.to_f64();
    if x.rank() != 1 || values.iter().any(|&v| v < 0.0) {
        return Err(runtime_error("bincount only supports 1-d non-negative integral inputs."));
    }
    let length = values.iter().fold(least, |most, &v| most.max(v as usize + 1));
    cx.engine.check_budget(&[length], DType::F64)?;
    // What the GPU does not hold is counted here.
    let (x, weights) = match (x.device(), weights) {
        (Device::Gpu, Some(w)) if w.dtype() != DType::F32 => {
            return Err(unsupported(format!(
                "bincount with weights of dtype {} gives float64, which the GPU does not have",
                w.dtype()
            )));
        }
        _ => (ops::cast(x, DType::I64)?, weights),
    };
    Ok(Value::Tensor(cx.engine.no_grad(|| ops::bincount(&x, weights, length))?))
}

fn histc(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if !x.dtype().is_float() {
        return Err(unsupported(format!(
            "\"histogram_cpu\" not implemented for '{}'",
            x.dtype().scalar_name()
        )));
    }
    let bins = args.int_or(cx, 1, 100)?;
    let bins = usize::try_from(bins).ok().filter(|&n| n > 0).ok_or_else(|| {
        runtime_error(format!("torch.histogram(): bins must be > 0, but got {bins} for dimension 0"))
    })?;
    let (mut low, mut high) = (args.float_or(cx, 2, 0.0)?, args.float_or(cx, 3, 0.0)?);
    if low == high && x.count() > 0 {
        let values = cx.host(x)?.to_f64();
        (low, high) = values
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
    }
    if low == high {
        (low, high) = (low - 1.0, high + 1.0);
    }
    if !(low.is_finite() && high.is_finite()) {
        return Err(runtime_error(format!("torch.histc: range of [{low}, {high}] is not finite")));
    }
    if low > high {
        return Err(runtime_error("torch.histc: max must be larger than min"));
    }
    cx.engine.check_budget(&[bins], x.dtype())?;
    Ok(Value::Tensor(cx.engine.no_grad(|| ops::histc(x, bins, low, high))?))
}

/// Parameters `elements, test_elements, *, assume_unique=, invert=`.
fn isin(cx: &mut Context, args: &Args) -> Result {
    let like = match (&args[0], &args[1]) {
        (Value::Tensor(t), _) | (_, Value::Tensor(t)) => t.clone(),
        _ => return Err(super::args::wrong(args, 0, "Tensor", &args[0])),
    };
    let (x, among) = (beside(operand(args, 0)?, &like)?, beside(operand(args, 1)?, &like)?);
    let invert = args.truth_or(cx, 3, false)?;
    let found = cx.engine.no_grad(|| -> gradloom_engine::Result<_> {
        let row = ops::reshape(&among, &[among.count()])?;
        let found = super::reduce::quantified(&ops::eq(ops::unsqueeze(&x, -1)?, row)?, &[-1], false, false)?;
        if invert { ops::eq(found, false) } else { Ok(found) }
    })?;
    Ok(Value::Tensor(found))
}

/// Functions that are methods as well.
pub const ORDER: &[Native] = &[
    Native::new("aminmax", "input, *, dim=, keepdim=", aminmax),
    Native::new("argsort", "input, dim=, descending=, stable=", argsort),
    Native::new("bincount", "input, weights=, minlength=", bincount),
    Native::new("cummax", "input, dim", |cx, args| cumulative(cx, args, true)),
    Native::new("cummin", "input, dim", |cx, args| cumulative(cx, args, false)),
    Native::new("diff", "input, n=, dim=, prepend=, append=", diff),
    Native::new("histc", "input, bins=, min=, max=", histc),
    Native::new("kthvalue", "input, k, dim=, keepdim=", kthvalue),
    Native::new("median", "input, dim=, keepdim=", |cx, args| median(cx, args, false)),
    Native::new("mode", "input, dim=, keepdim=", mode),
    Native::new("msort", "input", |_, args| {
        Ok(Value::Tensor(named(ops::sort(tensor(args, 0)?, 0, false)?.0, "sort")))
    }),
    Native::new("nanmedian", "input, dim=, keepdim=", |cx, args| median(cx, args, true)),
    Native::new("sort", "input, dim=, descending=, stable=", sort),
    Native::new("topk", "input, k, dim=, largest=, sorted=", topk),
];

/// Functions only.
pub const ORDER_FUNCTIONS: &[Native] = &[
    Native::new("bucketize", "input, boundaries, *, out_int32=, right=", bucketize),
    Native::new("isin", "elements, test_elements, *, assume_unique=, invert=", isin),
    Native::new(
        "searchsorted",
        "sorted_sequence, input, *, out_int32=, right=, side=, sorter=",
        searchsorted,
    ),
];
