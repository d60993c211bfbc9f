//! Functions that change a shape, take parts, or join tensors.

use gradloom_engine::{Tensor, layout, ops};

use crate::context::Context;
use crate::error::{Exception, VALUE_ERROR, runtime_error, type_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{dims, integers, named, sequence, tensor, wrong};

/// `reshape` where a view will not do names its node differently.
pub fn reshape_to(x: &Tensor, shape: &[usize]) -> Result<Tensor> {
    let out = ops::reshape(x, shape)?;
    Ok(if out.shares_storage(x) { out } else { named(out, "UnsafeViewBackward0") })
}

fn reshape(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let sizes = integers(cx, args.rest(1))?;
    Ok(Value::Tensor(reshape_to(x, &ops::infer_shape(x.count(), &sizes)?)?))
}

fn reshape_function(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let sizes = integers(cx, std::slice::from_ref(&args[1]))?;
    Ok(Value::Tensor(reshape_to(x, &ops::infer_shape(x.count(), &sizes)?)?))
}

fn view(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let sizes = integers(cx, args.rest(1))?;
    Ok(Value::Tensor(ops::view(x, &ops::infer_shape(x.count(), &sizes)?)?))
}

pub fn expand_to(x: &Tensor, sizes: &[i64]) -> Result<Tensor> {
    let Some(lead) = sizes.len().checked_sub(x.rank()) else {
        return Err(runtime_error(format!(
            "expand(torch.FloatTensor{{{}}}, size={sizes:?}): the number of sizes provided ({}) must be greater or equal to the \
             number of dimensions in the tensor ({})",
            layout::show(x.shape()),
            sizes.len(),
            x.rank()
        )));
    };
    let mut shape = Vec::new();
    for (dim, &size) in sizes.iter().enumerate() {
        let held = dim.checked_sub(lead).and_then(|d| x.shape().get(d).copied());
        shape.push(match (usize::try_from(size), held) {
            (Ok(size), Some(held)) if held != 1 && held != size => {
                return Err(runtime_error(format!(
                    "The expanded size of the tensor ({size}) must match the existing size ({held}) at non-singleton dimension \
                     {dim}.  Target sizes: {sizes:?}.  Tensor sizes: {}",
                    layout::show(x.shape())
                )));
            }
            (Ok(size), _) => size,
            (Err(_), Some(held)) if size == -1 => held,
            _ => {
                return Err(runtime_error(format!(
                    "The expanded size of the tensor ({size}) isn't allowed in a leading, non-existing dimension {dim}"
                )));
            }
        });
    }
    Ok(ops::expand(x, &shape)?)
}

fn expand(cx: &mut Context, args: &Args) -> Result {
    let sizes = integers(cx, args.rest(1))?;
    Ok(Value::Tensor(expand_to(tensor(args, 0)?, &sizes)?))
}

fn repeat(cx: &mut Context, args: &Args) -> Result {
    let times = integers(cx, args.rest(1))?;
    Ok(Value::Tensor(ops::repeat(tensor(args, 0)?, &times)?))
}

fn transpose(cx: &mut Context, args: &Args) -> Result {
    let (a, b) = (args.int(cx, 1)?, args.int(cx, 2)?);
    Ok(Value::Tensor(named(ops::transpose(tensor(args, 0)?, a, b)?, "transpose")))
}

fn permuted(x: &Tensor, order: &[i64]) -> Result<Tensor> {
    if order.len() != x.rank() {
        return Err(runtime_error(format!(
            "permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of \
             dimensions i.e. input.dim() = {} is not equal to len(dims) = {}",
            x.rank(),
            order.len()
        )));
    }
    Ok(ops::permute(x, order)?)
}

fn flatten(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (start, end) = (args.int_or(cx, 1, 0)?, args.int_or(cx, 2, -1)?);
    if x.rank() == 0 {
        return Ok(Value::Tensor(reshape_to(x, &[1])?));
    }
    let (start, end) = (layout::resolve_dim(start, x.rank())?, layout::resolve_dim(end, x.rank())?);
    if start > end {
        return Err(runtime_error("flatten() has invalid args: start_dim cannot come after end_dim"));
    }
    let mut shape = x.shape()[..start].to_vec();
    shape.push(x.shape()[start..=end].iter().product());
    shape.extend_from_slice(&x.shape()[end + 1..]);
    Ok(Value::Tensor(if x.shape() == shape { x.clone() } else { reshape_to(x, &shape)? }))
}

fn squeeze(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    Ok(Value::Tensor(match args.some(1) {
        None => ops::squeeze(x, None)?,
        Some(dim) => {
            let dims = dims(cx, Some(dim))?;
            let name = if sequence(dim).is_some() { "SqueezeBackward2" } else { "SqueezeBackward1" };
            named(ops::squeeze(x, Some(&dims))?, name)
        }
    }))
}

/// Parameter 0, which must be a list or a tuple of tensors.
pub fn tensors(cx: &mut Context, args: &Args) -> Result<Vec<Tensor>> {
    let items = match &args[0] {
        value @ (Value::List(_) | Value::Tuple(_)) => cx.collect(value)?,
        other => return Err(wrong(args, 0, "tuple of Tensors", other)),
    };
    items
        .iter()
        .enumerate()
        .map(|(i, item)| match item {
            Value::Tensor(t) => Ok(t.clone()),
            other => Err(type_error(format!(
                "expected Tensor as element {i} in argument 0, but got {}",
                other.type_name()
            ))),
        })
        .collect()
}

fn cat(cx: &mut Context, args: &Args) -> Result {
    let tensors = tensors(cx, args)?;
    if tensors.is_empty() {
        return Err(Exception::new(&VALUE_ERROR, "torch.cat(): expected a non-empty list of Tensors").raise());
    }
    let dim = args.int_or(cx, 1, 0)?;
    let vector = |t: &&Tensor| t.shape() != [0];
    if let Some(first) = tensors.iter().find(vector)
        && let Ok(along) = layout::resolve_dim(dim, first.rank())
    {
        for (i, t) in tensors.iter().enumerate() {
            let differs = (0..first.rank()).find(|&d| d != along && t.shape().get(d) != first.shape().get(d));
            if let (Some(d), true) = (differs, t.rank() == first.rank() && vector(&t)) {
                return Err(runtime_error(format!(
                    "Sizes of tensors must match except in dimension {along}. Expected size {} but got size {} for tensor number \
                     {i} in the list.",
                    first.shape()[d],
                    t.shape()[d]
                )));
            }
        }
    }
    Ok(Value::Tensor(ops::cat(&tensors, dim)?))
}

fn stack(cx: &mut Context, args: &Args) -> Result {
    let tensors = tensors(cx, args)?;
    let dim = args.int_or(cx, 1, 0)?;
    Ok(Value::Tensor(ops::stack(&tensors, dim)?))
}

/// `tril`, or else `triu`.
pub fn triangle(cx: &mut Context, args: &Args, lower: bool) -> Result {
    let diagonal = args.int_or(cx, 1, 0)?;
    Ok(Value::Tensor(ops::triangle(tensor(args, 0)?, diagonal, lower)?))
}

fn clone(_cx: &mut Context, args: &Args) -> Result {
    Ok(Value::Tensor(ops::clone(tensor(args, 0)?)?))
}

/// Functions that are methods as well.
pub const SHAPE: &[Native] = &[
    Native::new("broadcast_to", "input, size", |cx, args| {
        let sizes = integers(cx, std::slice::from_ref(&args[1]))?;
        Ok(Value::Tensor(expand_to(tensor(args, 0)?, &sizes)?))
    }),
    Native::new("clone", "input, *, memory_format=", clone),
    Native::new("detach", "input", |_, args| Ok(Value::Tensor(ops::detach(tensor(args, 0)?)))),
    Native::new("detach_copy", "input", |_, args| Ok(Value::Tensor(ops::detached(tensor(args, 0)?)))),
    Native::new("flatten", "input, start_dim=, end_dim=", flatten),
    Native::new("numel", "input", |_, args| Ok(Value::from(tensor(args, 0)?.count()))),
    Native::new("ravel", "input", flatten),
    Native::new("squeeze", "input, dim=", squeeze),
    Native::new("swapaxes", "input, axis0, axis1", transpose),
    Native::new("swapdims", "input, dim0, dim1", transpose),
    Native::new("t", "input", |_, args| Ok(Value::Tensor(named(ops::t(tensor(args, 0)?)?, "t")))),
    Native::new("transpose", "input, dim0, dim1", transpose),
    Native::new("tril", "input, diagonal=", |cx, args| triangle(cx, args, true)),
    Native::new("triu", "input, diagonal=", |cx, args| triangle(cx, args, false)),
    Native::new("unsqueeze", "input, dim", |cx, args| {
        let dim = args.int(cx, 1)?;
        Ok(Value::Tensor(ops::unsqueeze(tensor(args, 0)?, dim)?))
    }),
];

/// Methods only.
pub const SHAPE_METHODS: &[Native] = &[
    Native::new("contiguous", "self", |_, args| {
        let x = tensor(args, 0)?;
        Ok(Value::Tensor(if x.layout().is_contiguous() { x.clone() } else { ops::clone(x)? }))
    }),
    Native::new("expand", "self, *sizes", expand),
    Native::new("expand_as", "self, other", |_, args| {
        let sizes: Vec<i64> = tensor(args, 1)?.shape().iter().map(|&n| n as i64).collect();
        Ok(Value::Tensor(expand_to(tensor(args, 0)?, &sizes)?))
    }),
    Native::new("permute", "self, *dims", |cx, args| {
        let order = integers(cx, args.rest(1))?;
        Ok(Value::Tensor(permuted(tensor(args, 0)?, &order)?))
    }),
    Native::new("repeat", "self, *repeats", repeat),
    Native::new("reshape", "self, *shape", reshape),
    Native::new("reshape_as", "self, other", |_, args| {
        Ok(Value::Tensor(reshape_to(tensor(args, 0)?, tensor(args, 1)?.shape())?))
    }),
    Native::new("view", "self, *shape", view),
    Native::new("view_as", "self, other", |_, args| {
        Ok(Value::Tensor(ops::view(tensor(args, 0)?, tensor(args, 1)?.shape())?))
    }),
];

/// Functions only.
pub const SHAPE_FUNCTIONS: &[Native] = &[
    Native::new("cat", "tensors, dim=", cat),
    Native::new("concat", "tensors, dim=", cat),
    Native::new("concatenate", "tensors, dim=", cat),
    Native::new("permute", "input, dims", |cx, args| {
        let order = integers(cx, std::slice::from_ref(&args[1]))?;
        Ok(Value::Tensor(permuted(tensor(args, 0)?, &order)?))
    }),
    Native::new("reshape", "input, shape", reshape_function),
    Native::new("stack", "tensors, dim=", stack),
];
