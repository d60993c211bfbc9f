//! Functions of places: gathering, scattering, masks.

use gradloom_engine::planner::Put;
use gradloom_engine::{Arg, Array, DType, Tensor, Trace, layout, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error, unsupported};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{named, operand, scalar, sequence, tensor};

fn made(out: Tensor, name: &'static str) -> Result {
    Ok(Value::Tensor(named(out, name)))
}

/// A value in the dtype and on the device of `x`, as far as PyTorch brings it there: a number, a tensor without
/// dimensions.
fn fitting(x: &Tensor, value: Arg) -> Result<Arg> {
    Ok(match value {
        Arg::Tensor(t) if t.rank() == 0 => ops::to_device(&ops::cast(&t, x.dtype())?, x.device())?.into(),
        other => other,
    })
}

fn gather(cx: &mut Context, args: &Args) -> Result {
    let dim = args.int(cx, 1)?;
    made(ops::gather(tensor(args, 0)?, dim, tensor(args, 2)?)?, "gather")
}

/// Parameters `input, dim, index, src=, value=, *, reduce=`: the fourth may be a number.
fn scatter(cx: &mut Context, args: &Args) -> Result {
    let (x, index) = (tensor(args, 0)?, tensor(args, 2)?);
    let dim = args.int(cx, 1)?;
    let put = match args.some(5) {
        None => Put::Replace,
        Some(Value::Str(name)) if &**name == "add" => Put::Add,
        Some(Value::Str(name)) if &**name == "multiply" => Put::Multiply,
        Some(_) => return Err(runtime_error("reduce argument must be either add or multiply.")),
    };
    let (source, name) = match args.some(3).or(args.some(4)) {
        Some(Value::Tensor(source)) => (Arg::from(source), "ScatterBackward0"),
        Some(value) => (Arg::Scalar(scalar(cx, value)?), "ScatterBackward1"),
        None => return Err(super::args::wrong(args, 3, "Tensor", &args[3])),
    };
    made(ops::scatter(x, dim, index, source, put)?, name)
}

fn scatter_add(cx: &mut Context, args: &Args) -> Result {
    let dim = args.int(cx, 1)?;
    made(ops::scatter_add(tensor(args, 0)?, dim, tensor(args, 2)?, tensor(args, 3)?)?, "scatter_add")
}

fn index_select(cx: &mut Context, args: &Args) -> Result {
    let (x, index) = (tensor(args, 0)?, tensor(args, 2)?);
    let dim = args.int(cx, 1)?;
    if x.rank() == 0 {
        let picked = ops::index_select(&ops::reshape(x, &[1])?, dim, index)?;
        return made(ops::reshape(&picked, &[])?, "index_select");
    }
    Ok(Value::Tensor(ops::index_select(x, dim, index)?))
}

fn index_add(cx: &mut Context, args: &Args) -> Result {
    let (x, index, source) = (tensor(args, 0)?, tensor(args, 2)?, tensor(args, 3)?);
    let dim = args.int(cx, 1)?;
    let source = match args.some(4) {
        None => source.clone(),
        Some(alpha) => ops::mul(source, scalar(cx, alpha)?)?,
    };
    if x.rank() == 0 {
        return made(ops::index_put_slices(x, dim, index, &source, Put::Add)?, "index_add");
    }
    let source = if source.rank() == 0 { ops::reshape(&source, &[1])? } else { source };
    Ok(Value::Tensor(ops::index_add(x, dim, index, &source)?))
}

fn index_copy(cx: &mut Context, args: &Args) -> Result {
    let (x, index, source) = (tensor(args, 0)?, tensor(args, 2)?, tensor(args, 3)?);
    let dim = args.int(cx, 1)?;
    let along = layout::resolve_dim(dim, x.rank())?;
    let given = source.shape().get(along).copied().unwrap_or(1);
    if source.rank() == x.rank() && given != index.count() {
        return Err(index_error(format!(
            "index_copy_(): Number of indices ({}) should be equal to source.size(dim) ({given})",
            index.count()
        )));
    }
    made(ops::index_put_slices(x, dim, index, source, Put::Replace)?, "index_copy")
}

fn index_fill(cx: &mut Context, args: &Args) -> Result {
    let (x, index) = (tensor(args, 0)?, tensor(args, 2)?);
    let dim = args.int(cx, 1)?;
    let (value, name) = match operand(args, 3)? {
        Arg::Tensor(t) if t.rank() > 0 => {
            return Err(runtime_error(format!(
                "index_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
                t.rank()
            )));
        }
        value @ Arg::Tensor(_) => (value, "IndexFillBackward1"),
        value => (value, "IndexFillBackward0"),
    };
    made(ops::index_fill(x, dim, index, fitting(x, value)?)?, name)
}

fn index_put(cx: &mut Context, args: &Args) -> Result {
    let (x, values) = (tensor(args, 0)?, tensor(args, 2)?);
    let Some(places) = sequence(&args[1]) else {
        return Err(super::args::wrong(args, 1, "tuple of Tensors", &args[1]));
    };
    if values.dtype() != x.dtype() {
        return Err(runtime_error(format!(
            "Index put requires the source and destination dtypes match, got {} for the destination and {} for the source.",
            x.dtype().scalar_name(),
            values.dtype().scalar_name()
        )));
    }
    let put = if args.truth_or(cx, 3, false)? { Put::Add } else { Put::Replace };
    made(super::index::put(cx, x, &places, values, put)?, "index_put")
}

fn take(_cx: &mut Context, args: &Args) -> Result {
    let (x, index) = (tensor(args, 0)?, tensor(args, 1)?);
    let out = ops::take(x, index).map_err(|e| match e.kind {
        gradloom_engine::ErrorKind::Index => index_error(format!(
            "out of range: tried to access an index on a tensor of {} elements.",
            x.count()
        )),
        _ => e.into(),
    })?;
    made(out, "take")
}

fn take_along_dim(cx: &mut Context, args: &Args) -> Result {
    let (x, index) = (tensor(args, 0)?, tensor(args, 1)?);
    if index.dtype() != DType::I64 {
        return Err(runtime_error(format!(
            "torch.take_along_dim(): dtype of indices should be Long but got {}",
            index.dtype().scalar_name()
        )));
    }
    let Some(dim) = args.some(2) else {
        let (x, index) = (ops::reshape(x, &[x.count()])?, ops::reshape(index, &[index.count()])?);
        let places = ops::wrapped(&index, x.count())?;
        return made(ops::gather(&x, 0, &places)?, "gather");
    };
    let dim = layout::resolve_dim(cx.index(dim)?, x.rank())?;
    if index.rank() != x.rank() {
        return Err(runtime_error(format!(
            "torch.take_along_dim(): input and indices should have the same number of dimensions, but got {} dimensions for \
             input, and {} dimensions for indices",
            x.rank(),
            index.rank()
        )));
    }
    let without = |t: &Tensor| {
        let mut shape = t.shape().to_vec();
        if let Some(size) = shape.get_mut(dim) {
            *size = 1;
        }
        shape
    };
    let both = layout::broadcast_shapes([&*without(x), &*without(index)])?;
    let spread = |t: &Tensor| {
        let mut shape = both.clone();
        if let (Some(size), Some(&own)) = (shape.get_mut(dim), t.shape().get(dim)) {
            *size = own;
        }
        ops::expand(t, &shape)
    };
    let size = super::parts::size_along(x, dim as i64)?;
    let places = ops::wrapped(&spread(index)?, size)?;
    made(ops::gather(&spread(x)?, dim as i64, &places)?, "gather")
}

/// Parameters `input, mask` from the first on: both, broadcast.
fn masked<'a>(args: &'a Args) -> Result<(&'a Tensor, &'a Tensor)> {
    Ok((tensor(args, 0)?, tensor(args, 1)?))
}

fn masked_fill(_cx: &mut Context, args: &Args) -> Result {
    let (x, mask) = masked(args)?;
    if mask.dtype() != DType::Bool {
        return Err(runtime_error(format!(
            "masked_fill_ only supports boolean masks, but got mask with dtype {}",
            mask.dtype().scalar_name().to_lowercase()
        )));
    }
    let (value, name) = match operand(args, 2)? {
        Arg::Tensor(t) if t.rank() > 0 => {
            return Err(runtime_error(format!(
                "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with {} dimension(s).",
                t.rank()
            )));
        }
        value @ Arg::Tensor(_) => (value, "MaskedFillBackward1"),
        Arg::Scalar(s) => (
            Arg::Scalar(gradloom_engine::device::cpu::repeat(s, 1, x.dtype()).scalar(0).unwrap_or(s)),
            "MaskedFillBackward0",
        ),
    };
    made(ops::where_(mask, fitting(x, value)?, x)?, name)
}

fn masked_select(cx: &mut Context, args: &Args) -> Result {
    let (x, mask) = masked(args)?;
    if mask.dtype() != DType::Bool {
        return Err(runtime_error("masked_select: expected BoolTensor for mask"));
    }
    let shape = layout::broadcast_shapes([x.shape(), mask.shape()])?;
    // Of numbers without dimensions a row of one.
    let shape = if shape.is_empty() { vec![1] } else { shape };
    let mask = cx.engine.no_grad(|| ops::expand(mask, &shape))?;
    let out = super::index::read(cx, &ops::expand(x, &shape)?, &Value::Tensor(mask))?;
    made(out, "masked_select")
}

fn masked_scatter(cx: &mut Context, args: &Args) -> Result {
    let (x, mask) = masked(args)?;
    let source = tensor(args, 2)?;
    if mask.dtype() != DType::Bool || source.dtype() != x.dtype() {
        return Err(runtime_error(
            "masked_scatter_ only supports boolean masks, and a source of self's dtype",
        ));
    }
    let shape = layout::broadcast_shapes([x.shape(), mask.shape()])?;
    let shape = if shape.is_empty() { vec![1] } else { shape };
    let mask = cx.engine.no_grad(|| ops::expand(mask, &shape))?;
    let ones = cx.host(&mask)?.to_f64().iter().filter(|&&b| b != 0.0).count();
    if source.count() < ones {
        return Err(runtime_error("Number of elements of source < number of ones in mask"));
    }
    let row = ops::slice(&ops::reshape(source, &[source.count()])?, 0, 0, 1, ones)?;
    let out = super::index::put(cx, &ops::expand(x, &shape)?, &[Value::Tensor(mask)], &row, Put::Replace)?;
    made(if x.rank() == 0 { ops::reshape(&out, &[])? } else { out }, "masked_scatter")
}

/// The places of what is not 0: a row a place.
fn places(cx: &mut Context, x: &Tensor) -> Result {
    let columns = super::index::nonzero(cx, x)?;
    if columns.is_empty() {
        let found = usize::from(cx.host(x)?.get(0).is_some_and(|v| v != 0.0));
        return Ok(Value::Tensor(cx.engine.tensor(Array::I64(Vec::new()), &[found, 0], x.device())?));
    }
    Ok(Value::Tensor(ops::stack(&columns, 1)?))
}

fn nonzero(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if args.truth_or(cx, 1, false)? { columns(cx, x) } else { places(cx, x) }
}

/// The places of what is not 0: a list a dimension.
fn columns(cx: &mut Context, x: &Tensor) -> Result {
    let x = if x.rank() == 0 { ops::reshape(x, &[1])? } else { x.clone() };
    let columns = super::index::nonzero(cx, &x)?;
    Ok(Value::tuple(columns.into_iter().map(Value::Tensor).collect()))
}

/// `torch.where(condition, input, other)`; with a condition alone its places.
fn where_(cx: &mut Context, args: &Args) -> Result {
    let condition = tensor(args, 0)?;
    if args.get(1).is_none() && args.get(2).is_none() {
        return columns(cx, condition);
    }
    choose(condition, operand(args, 1)?, operand(args, 2)?)
}

fn choose(condition: &Tensor, x: Arg, y: Arg) -> Result {
    if condition.dtype() != DType::Bool {
        return Err(runtime_error(format!(
            "where expected condition to be a boolean tensor, but got a tensor with dtype {}",
            condition.dtype().scalar_name()
        )));
    }
    Ok(Value::Tensor(ops::where_(condition, x, y)?))
}

/// Runs the function without a trace and gives the first argument what it returns.
pub fn in_place(
    cx: &mut Context,
    args: &Args,
    name: &'static str,
    function: fn(&mut Context, &Args) -> Result,
) -> Result {
    let traced = cx.engine.set_trace(Trace::Off);
    let new = function(cx, args);
    cx.engine.set_trace(traced);
    let Value::Tensor(new) = new? else { return Err(unsupported("a change in place needs a tensor")) };
    tensor(args, 0)?.put(name, &new)?;
    Ok(args[0].clone())
}

const SCATTER: &str = "input, dim, index, src=, value=, *, reduce=";
const INDEX_ADD: &str = "input, dim, index, source, *, alpha=";
const INDEX_PUT: &str = "input, indices, values, accumulate=";

/// Functions that are methods as well.
pub const GATHER: &[Native] = &[
    Native::new("argwhere", "input", |cx, args| places(cx, tensor(args, 0)?)),
    Native::new("gather", "input, dim, index, *, sparse_grad=", gather),
    Native::new("index_add", INDEX_ADD, index_add),
    Native::new("index_copy", "input, dim, index, source", index_copy),
    Native::new("index_fill", "input, dim, index, value", index_fill),
    Native::new("index_put", INDEX_PUT, index_put),
    Native::new("index_select", "input, dim, index", index_select),
    Native::new("masked_fill", "input, mask, value", masked_fill),
    Native::new("masked_scatter", "input, mask, source", masked_scatter),
    Native::new("masked_select", "input, mask", masked_select),
    Native::new("nonzero", "input, *, as_tuple=", nonzero),
    Native::new("scatter", SCATTER, scatter),
    Native::new("scatter_add", "input, dim, index, src", scatter_add),
    Native::new("take", "input, index", take),
    Native::new("take_along_dim", "input, indices, dim=", take_along_dim),
];

/// A function only.
pub const WHERE: &[Native] = &[Native::new("where", "condition, input=, other=", where_)];

/// Methods only.
pub const METHODS: &[Native] = &[
    Native::new("index_add_", INDEX_ADD, |cx, args| in_place(cx, args, "index_add_", index_add)),
    Native::new("index_copy_", "self, dim, index, source", |cx, args| {
        in_place(cx, args, "index_copy_", index_copy)
    }),
    Native::new("index_fill_", "self, dim, index, value", |cx, args| {
        in_place(cx, args, "index_fill_", index_fill)
    }),
    Native::new("index_put_", INDEX_PUT, |cx, args| in_place(cx, args, "index_put_", index_put)),
    Native::new("masked_fill_", "self, mask, value", |cx, args| {
        in_place(cx, args, "masked_fill_", masked_fill)
    }),
    Native::new("masked_scatter_", "self, mask, source", |cx, args| {
        in_place(cx, args, "masked_scatter_", masked_scatter)
    }),
    Native::new("scatter_", SCATTER, |cx, args| in_place(cx, args, "scatter_", scatter)),
    Native::new("scatter_add_", "self, dim, index, src", |cx, args| {
        in_place(cx, args, "scatter_add_", scatter_add)
    }),
    Native::new("where", "self, condition, other", |_, args| {
        choose(tensor(args, 1)?, tensor(args, 0)?.into(), operand(args, 2)?)
    }),
];
