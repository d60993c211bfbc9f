//! Functions that put elements elsewhere: repeated, turned, stacked, on diagonals.

use std::slice::from_ref;

use gradloom_engine::{Tensor, layout, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{dims, integers, named, sequence, tensor};
use super::shape::{expand_to, reshape_to, tensors};

fn flip(cx: &mut Context, args: &Args) -> Result {
    let dims = integers(cx, args.rest(1))?;
    Ok(Value::Tensor(ops::flip(tensor(args, 0)?, &dims)?))
}

/// `flip(dims=…)`: the parameters `input, dims`.
fn flip_named(cx: &mut Context, args: &Args) -> Result {
    let dims = integers(cx, std::slice::from_ref(&args[1]))?;
    Ok(Value::Tensor(ops::flip(tensor(args, 0)?, &dims)?))
}

/// `fliplr` and `flipud`: along a dimension that the tensor must have.
fn flip_one(args: &Args, dim: usize) -> Result {
    let x = tensor(args, 0)?;
    if x.rank() <= dim {
        return Err(runtime_error(format!("Input must be >= {}-d.", dim + 1)));
    }
    Ok(Value::Tensor(ops::flip(x, &[dim as i64])?))
}

fn roll(cx: &mut Context, args: &Args) -> Result {
    let shifts = integers(cx, std::slice::from_ref(&args[1]))?;
    let dims = dims(cx, args.some(2))?;
    if let (Some(dim), 0) = (dims.first(), tensor(args, 0)?.rank()) {
        return Err(index_error(format!("Dimension specified as {dim} but tensor has no dimensions")));
    }
    Ok(Value::Tensor(ops::roll(tensor(args, 0)?, &shifts, &dims)?))
}

/// Like `repeat`, but fewer numbers count from the last dimension.
fn tile(x: &Tensor, times: &[i64]) -> Result {
    let lead = x.rank().saturating_sub(times.len());
    let times: Vec<i64> = std::iter::repeat_n(1, lead).chain(times.iter().copied()).collect();
    Ok(Value::Tensor(ops::repeat(x, &times)?))
}

/// A quarter turn `k` times in the plane of two dimensions, from the first towards the second.
fn rot90(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let turns = args.int_or(cx, 1, 1)?.rem_euclid(4);
    let plane = args.some(2).map(|v| dims(cx, Some(v))).transpose()?.unwrap_or_else(|| vec![0, 1]);
    let [a, b] = *plane else {
        return Err(runtime_error(format!(
            "expected total rotation dims == 2, but got dims = {}",
            plane.len()
        )));
    };
    if x.rank() < 2 {
        return Err(runtime_error(format!("expected total dims >= 2, but got total dims = {}", x.rank())));
    }
    if layout::resolve_dim(a, x.rank())? == layout::resolve_dim(b, x.rank())? {
        return Err(runtime_error(format!(
            "expected rotation dims to be different, but got dim0 = {a} and dim1 = {b}"
        )));
    }
    Ok(Value::Tensor(match turns {
        1 => ops::transpose(&ops::flip(x, &[b])?, a, b)?,
        2 => ops::flip(x, &[a, b])?,
        3 => ops::transpose(&ops::flip(x, &[a])?, a, b)?,
        _ => ops::clone(x)?,
    }))
}

fn movedim(cx: &mut Context, args: &Args) -> Result {
    let (from, to) = (dims(cx, args.get(1))?, dims(cx, args.get(2))?);
    Ok(Value::Tensor(ops::movedim(tensor(args, 0)?, &from, &to)?))
}

fn unflatten(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = layout::resolve_dim(args.int(cx, 1)?, x.rank())?;
    let Some(&size) = x.shape().get(dim) else {
        return Err(index_error("unflatten: a number has no dimension to part"));
    };
    let sizes = integers(cx, std::slice::from_ref(&args[2]))?;
    let inner = ops::infer_shape(size, &sizes).map_err(|_| {
        runtime_error(format!(
            "unflatten: Provided sizes {sizes:?} don't multiply up to the size of dim {dim} ({size}) in the input tensor"
        ))
    })?;
    let shape = [&x.shape()[..dim], &inner, &x.shape()[dim + 1..]].concat();
    Ok(Value::Tensor(reshape_to(x, &shape)?))
}

/// `x` with at least so many dimensions, as NumPy adds them: one in front, then one behind.
fn at_least(x: &Tensor, rank: usize) -> Result<Tensor> {
    let mut shape = x.shape().to_vec();
    if shape.is_empty() && rank > 0 {
        shape.push(1);
    }
    if shape.len() == 1 && rank > 1 {
        shape.insert(0, 1);
    }
    if shape.len() == 2 && rank > 2 {
        shape.push(1);
    }
    Ok(if shape == x.shape() { x.clone() } else { ops::view(x, &shape)? })
}

/// Tensors of at least `rank` dimensions, one after the other along `dim`.
fn stacked(cx: &mut Context, args: &Args, rank: usize, dim: usize) -> Result {
    let parts = tensors(cx, args)?.iter().map(|t| at_least(t, rank)).collect::<Result<Vec<_>>>()?;
    if parts.is_empty() {
        return Err(runtime_error(format!("{} expects a non-empty TensorList", args.native.name)));
    }
    // Vectors lie side by side along their only dimension.
    let flat = parts.first().is_some_and(|t| t.rank() <= dim);
    Ok(Value::Tensor(ops::cat(&parts, if flat { 0 } else { dim as i64 })?))
}

fn column_stack(cx: &mut Context, args: &Args) -> Result {
    let column = |t: &Tensor| if t.rank() > 1 { Ok(t.clone()) } else { ops::reshape(t, &[t.count(), 1]) };
    let columns = tensors(cx, args)?.iter().map(column).collect::<gradloom_engine::Result<Vec<_>>>()?;
    Ok(Value::Tensor(ops::cat(&columns, 1)?))
}

/// The tensors of `f(a, b)` or of `f([a, b])`.
fn several(args: &Args) -> Result<Vec<Tensor>> {
    let given = args.rest(0);
    let listed = match given {
        [one] => sequence(one),
        _ => None,
    };
    listed
        .as_deref()
        .unwrap_or(given)
        .iter()
        .map(|v| v.as_tensor().cloned().ok_or_else(|| super::args::wrong(args, 0, "tuple of Tensors", v)))
        .collect()
}

fn meshgrid(_cx: &mut Context, args: &Args) -> Result {
    let mut axes = several(args)?;
    let across = match args.some(1) {
        None => false,
        Some(_) => match args.str(1)? {
            "ij" => false,
            "xy" => true,
            other => {
                return Err(runtime_error(format!(
                    "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: {other}"
                )));
            }
        },
    };
    if axes.is_empty() {
        return Err(runtime_error("meshgrid expects a non-empty TensorList"));
    }
    if let Some(bad) = axes.iter().find(|t| t.rank() > 1) {
        return Err(runtime_error(format!(
            "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: {:?}",
            bad.shape()
        )));
    }
    let swap = across && axes.len() > 1;
    if swap {
        axes.swap(0, 1);
    }
    let shape: Vec<usize> = axes.iter().map(Tensor::count).collect();
    let mut grids = Vec::new();
    for (dim, axis) in axes.iter().enumerate() {
        let mut own = vec![1; axes.len()];
        own[dim] = axis.count();
        grids.push(Value::Tensor(ops::expand(&ops::view(axis, &own)?, &shape)?));
    }
    if swap {
        grids.swap(0, 1);
    }
    Ok(Value::tuple(grids))
}

fn broadcast_tensors(_cx: &mut Context, args: &Args) -> Result {
    let all = several(args)?;
    let shape = layout::broadcast_shapes(all.iter().map(Tensor::shape))?;
    let shape: Vec<i64> = shape.iter().map(|&n| n as i64).collect();
    Ok(Value::tuple(all.iter().map(|t| expand_to(t, &shape).map(Value::Tensor)).collect::<Result<Vec<_>>>()?))
}

fn diagonal(cx: &mut Context, args: &Args) -> Result {
    let (offset, a, b) = (args.int_or(cx, 1, 0)?, args.int_or(cx, 2, 0)?, args.int_or(cx, 3, 1)?);
    Ok(Value::Tensor(ops::diagonal(tensor(args, 0)?, offset, a, b)?))
}

/// The diagonal of a matrix, or the matrix with a vector on its diagonal.
fn diag(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let offset = args.int_or(cx, 1, 0)?;
    Ok(Value::Tensor(match x.rank() {
        1 => ops::diag_embed(x, offset)?,
        2 => {
            let view = ops::diagonal(x, offset, 0, 1)?;
            named(ops::clone(&view)?, "diagonal_copy")
        }
        rank => {
            return Err(runtime_error(format!("diag(): Supports 1D or 2D tensors. Got {rank}D")));
        }
    }))
}

fn trace(_cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if x.rank() != 2 {
        return Err(runtime_error(format!("trace: expected a matrix, but got tensor with dim {}", x.rank())));
    }
    Ok(Value::Tensor(named(ops::sum(&ops::diagonal(x, 0, 0, 1)?, &[], false)?, "trace")))
}

/// The windows of a size along a dimension, so many steps apart; what is in them comes last. A view where there are no gaps.
fn unfold(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let dim = layout::resolve_dim(args.int(cx, 1)?, x.rank())?;
    let (size, step) = (args.int(cx, 2)?, args.int(cx, 3)?);
    let x = &if x.layout().is_contiguous() { x.clone() } else { ops::clone(x)? };
    let length = super::parts::size_along(x, dim as i64)?;
    let refuse = |message: String| Err(runtime_error(message));
    let (Ok(size), Ok(step)) = (usize::try_from(size), usize::try_from(step)) else {
        return refuse(format!("size is {size} and step is {step}, but neither may be negative"));
    };
    if size > length {
        return refuse(format!("maximum size for tensor at dimension {dim} is {length} but size is {size}"));
    }
    if step == 0 {
        return refuse("step is 0 but must be > 0".to_owned());
    }
    let mut places = layout::Layout::contiguous(x.shape());
    let stride = places.strides.get(dim).copied().unwrap_or(1);
    if let (Some(count), Some(apart)) = (places.shape.get_mut(dim), places.strides.get_mut(dim)) {
        *count = (length - size) / step + 1;
        *apart = stride.saturating_mul(step);
    }
    places.shape.push(size);
    places.strides.push(stride);
    Ok(Value::Tensor(named(ops::as_strided(x, &places)?, "unfold")))
}

/// The elements of a contiguous tensor in any shape and at any steps.
fn as_strided(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (sizes, steps) = (integers(cx, from_ref(&args[1]))?, integers(cx, from_ref(&args[2]))?);
    let offset = args.int_or(cx, 3, 0)?;
    let refuse = |message: String| Err(runtime_error(message));
    if sizes.len() != steps.len() {
        return refuse("mismatch in length of strides and shape".to_owned());
    }
    if !x.layout().is_contiguous() {
        return refuse(
            "as_strided of a tensor that is not contiguous is not supported here: x.contiguous() is"
                .to_owned(),
        );
    }
    let natural =
        |numbers: &[i64]| numbers.iter().map(|&n| usize::try_from(n)).collect::<std::result::Result<_, _>>();
    let (Ok(shape), Ok(strides), Ok(offset)) = (natural(&sizes), natural(&steps), usize::try_from(offset))
    else {
        return refuse(format!(
            "as_strided: Negative strides are not supported at the moment, got strides: {steps:?}"
        ));
    };
    let places = layout::Layout { shape, strides, offset };
    if !places.shape.contains(&0) && places.last() >= x.count() {
        return refuse(format!(
            "setStorage: sizes {sizes:?}, strides {steps:?}, storage offset {offset} are out of bounds for storage of size {}",
            x.count()
        ));
    }
    Ok(Value::Tensor(ops::as_strided(x, &places)?))
}

/// Functions that are methods as well.
pub const ARRANGE: &[Native] = &[
    Native::new("as_strided", "input, size, stride, storage_offset=", as_strided),
    Native::new("diag", "input, diagonal=", diag),
    Native::new("diag_embed", "input, offset=, dim1=, dim2=", |cx, args| {
        let offset = args.int_or(cx, 1, 0)?;
        let out = ops::diag_embed(tensor(args, 0)?, offset)?;
        let mut places = Vec::new();
        for (i, default) in [(2, -2), (3, -1)] {
            places.push(layout::resolve_dim(args.int_or(cx, i, default)?, out.rank())?);
        }
        let (first, second) = (places[0], places[1]);
        if first == second {
            return Err(runtime_error(format!(
                "diagonal dimensions cannot be identical {}, {}",
                args.int_or(cx, 2, -2)?,
                args.int_or(cx, 3, -1)?
            )));
        }
        if (first, second) == (out.rank() - 2, out.rank() - 1) {
            return Ok(Value::Tensor(out));
        }
        // The matrices' own dimensions are the last two so far.
        let mut rest = 0..out.rank() as i64 - 2;
        let order: Vec<i64> = (0..out.rank())
            .map(|d| match d {
                _ if d == first => out.rank() as i64 - 2,
                _ if d == second => out.rank() as i64 - 1,
                _ => rest.next().unwrap_or(0),
            })
            .collect();
        Ok(Value::Tensor(ops::permute(&out, &order)?))
    }),
    Native::new("diagonal", "input, offset=, dim1=, dim2=", diagonal),
    Native::new("fliplr", "input", |_, args| flip_one(args, 1)),
    Native::new("flipud", "input", |_, args| flip_one(args, 0)),
    Native::new("moveaxis", "input, source, destination", movedim),
    Native::new("movedim", "input, source, destination", movedim),
    Native::new("roll", "input, shifts, dims=", roll),
    Native::new("rot90", "input, k=, dims=", rot90),
    Native::new("trace", "input", trace),
    Native::new("unflatten", "input, dim, sizes", unflatten),
];

/// Methods only.
pub const ARRANGE_METHODS: &[Native] = &[
    Native::new("flip", "self, *dims", flip),
    Native::new("tile", "self, *dims", |cx, args| {
        let times = integers(cx, args.rest(1))?;
        tile(tensor(args, 0)?, &times)
    }),
    Native::new("unfold", "self, dimension, size, step", unfold),
];

/// Functions only.
pub const ARRANGE_FUNCTIONS: &[Native] = &[
    Native::new("broadcast_tensors", "*tensors", broadcast_tensors),
    Native::new("column_stack", "tensors", column_stack),
    Native::new("dstack", "tensors", |cx, args| stacked(cx, args, 3, 2)),
    Native::new("flip", "input, dims", flip_named),
    Native::new("hstack", "tensors", |cx, args| stacked(cx, args, 1, 1)),
    Native::new("meshgrid", "*tensors, indexing=", meshgrid),
    Native::new("tile", "input, dims", |cx, args| {
        let times = integers(cx, std::slice::from_ref(&args[1]))?;
        tile(tensor(args, 0)?, &times)
    }),
    Native::new("vstack", "tensors", |cx, args| stacked(cx, args, 2, 0)),
];
