//! Functions that change a tensor: `x.add_(y)`.

use std::rc::Rc;

use gradloom_engine::{Arg, Operator, Tensor, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, Native, Result};

use super::args::{dims, named, operand, sequence, tensor};
use super::gather::in_place;
use super::shape::triangle;
use super::{linear, reduce};

fn change(args: &Args, name: &'static str, op: impl Operator + 'static, operands: &[Arg]) -> Result {
    tensor(args, 0)?.in_place(name, Rc::new(op), operands)?;
    Ok(args[0].clone())
}

/// What becomes a view of itself.
fn reshape(
    args: &Args,
    name: &'static str,
    view: impl FnOnce(&Tensor) -> gradloom_engine::Result<Tensor>,
) -> Result {
    tensor(args, 0)?.reshape_in_place(name, view)?;
    Ok(args[0].clone())
}

fn transpose_(cx: &mut Context, args: &Args) -> Result {
    let (a, b) = (args.int(cx, 1)?, args.int(cx, 2)?);
    reshape(args, "transpose_", |x| ops::transpose(x, a, b))
}

fn squeeze_(cx: &mut Context, args: &Args) -> Result {
    let Some(dim) = args.some(1) else { return reshape(args, "squeeze_", |x| ops::squeeze(x, None)) };
    let name = if sequence(dim).is_some() { "SqueezeBackward5" } else { "SqueezeBackward4" };
    let dims = dims(cx, Some(dim))?;
    let result = reshape(args, "squeeze_", |x| ops::squeeze(x, Some(&dims)));
    named(tensor(args, 0)?.clone(), name);
    result
}

/// Functions that change a tensor in a way of their own; [`super::elementwise`] has the others.
pub const IN_PLACE: &[Native] = &[
    Native::new("addmm_", "self, mat1, mat2, *, beta=, alpha=", |cx, args| {
        in_place(cx, args, "addmm_", linear::addmm)
    }),
    Native::new("addmv_", "self, mat, vec, *, beta=, alpha=", |cx, args| {
        in_place(cx, args, "addmv_", linear::addmv)
    }),
    Native::new("baddbmm_", "self, batch1, batch2, *, beta=, alpha=", |cx, args| {
        in_place(cx, args, "baddbmm_", linear::baddbmm)
    }),
    Native::new("cumprod_", "self, dim, *, dtype=", |cx, args| {
        in_place(cx, args, "cumprod_", reduce::cumprod)
    }),
    Native::new("cumsum_", "self, dim, *, dtype=", |cx, args| in_place(cx, args, "cumsum_", reduce::cumsum)),
    Native::new("squeeze_", "self, dim=", squeeze_),
    Native::new("swapaxes_", "self, axis0, axis1", transpose_),
    Native::new("swapdims_", "self, dim0, dim1", transpose_),
    Native::new("t_", "self", |_, args| match tensor(args, 0)?.rank() {
        0..=2 => reshape(args, "t_", ops::t),
        rank => {
            Err(runtime_error(format!("t_() expects a tensor with <= 2 dimensions, but self is {rank}D")))
        }
    }),
    Native::new("transpose_", "self, dim0, dim1", transpose_),
    Native::new("unsqueeze_", "self, dim", |cx, args| {
        let dim = args.int(cx, 1)?;
        reshape(args, "unsqueeze_", |x| ops::unsqueeze(x, dim))
    }),
    Native::new("tril_", "self, diagonal=", |cx, args| {
        in_place(cx, args, "tril_", |cx, args| triangle(cx, args, true))
    }),
    Native::new("triu_", "self, diagonal=", |cx, args| {
        in_place(cx, args, "triu_", |cx, args| triangle(cx, args, false))
    }),
    Native::new("square_", "self", |_, args| change(args, "pow_", ops::Pow, &[Arg::from(2.0)])),
    Native::new("clamp_", "self, min=, max=", clamp_),
    Native::new("clip_", "self, min=, max=", clamp_),
    Native::new("clamp_min_", "self, min", |_, args| {
        let bounds = [operand(args, 1)?, upper(tensor(args, 0)?)];
        change(args, "clamp_min_", ops::clamp::Clamp, &bounds)
    }),
    Native::new("clamp_max_", "self, max", |_, args| {
        let bounds = [lower(tensor(args, 0)?), operand(args, 1)?];
        change(args, "clamp_max_", ops::clamp::Clamp, &bounds)
    }),
    Native::new("zero_", "self", |_, args| {
        tensor(args, 0)?.zero_()?;
        Ok(args[0].clone())
    }),
    Native::new("fill_", "self, value", |_, args| change(args, "fill_", ops::Fill, &[operand(args, 1)?])),
    Native::new("copy_", "self, src, non_blocking=", |cx, args| {
        let source = operand(args, 1)?;
        if let Arg::Tensor(source) = &source
            && source.device() != tensor(args, 0)?.device()
        {
            cx.host(source)?;
        }
        tensor(args, 0)?.copy_(source)?;
        Ok(args[0].clone())
    }),
];

/// What clamping leaves alone, below and above.
fn lower(x: &Tensor) -> Arg {
    if x.dtype().is_float() { Arg::from(f64::NEG_INFINITY) } else { Arg::from(i64::from(i32::MIN)) }
}

fn upper(x: &Tensor) -> Arg {
    if x.dtype().is_float() { Arg::from(f64::INFINITY) } else { Arg::from(i64::from(i32::MAX)) }
}

fn clamp_(_cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if args.some(1).is_none() && args.some(2).is_none() {
        return Err(runtime_error("torch.clamp: At least one of 'min' or 'max' must not be None"));
    }
    let min = if args.some(1).is_some() { operand(args, 1)? } else { lower(x) };
    let max = if args.some(2).is_some() { operand(args, 2)? } else { upper(x) };
    change(args, "clamp_", ops::clamp::Clamp, &[min, max])
}
