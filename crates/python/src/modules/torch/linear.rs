//! Products of vectors and matrices.

use gradloom_engine::{Arg, Tensor, layout, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{named, scalar, tensor};

/// `x @ y`, with the node's name as PyTorch chooses it by the shapes.
pub fn matmul(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    if x.rank() == 2 && y.rank() == 1 && x.shape().last() != y.shape().first() {
        return Err(mismatch(x, y));
    }
    let out = ops::matmul(x, y)?;
    Ok(match (x.rank(), y.rank()) {
        (2, 2) => out,
        (1, 1) => named(out, "dot"),
        (2, 1) => named(out, "mv"),
        (1, 2) => named(out, "SqueezeBackward4"),
        _ => named(out, "UnsafeViewBackward0"),
    })
}

fn mismatch(x: &Tensor, y: &Tensor) -> crate::Interrupt {
    runtime_error(format!(
        "size mismatch, got input ({}), mat ({}x{}), vec ({})",
        x.shape().first().unwrap_or(&0),
        x.shape().first().unwrap_or(&0),
        x.shape().last().unwrap_or(&0),
        y.count()
    ))
}

fn mm(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    for (name, t) in [("self", x), ("mat2", y)] {
        if t.rank() != 2 {
            return Err(runtime_error(format!("mm: {name} must be a matrix, got {}-D tensor", t.rank())));
        }
    }
    Ok(Value::Tensor(ops::mm(x, y)?))
}

fn bmm(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 3 || y.rank() != 3 {
        return Err(runtime_error("batch1 must be a 3D tensor"));
    }
    let (xs, ys) = (x.shape(), y.shape());
    if xs[0] != ys[0] || xs[2] != ys[1] {
        return Err(runtime_error(format!(
            "Expected size for first two dimensions of batch2 tensor to be: [{}, {}] but got: [{}, {}].",
            xs[0], xs[2], ys[0], ys[1]
        )));
    }
    Ok(Value::Tensor(named(ops::mm(x, y)?, "bmm")))
}

fn mv(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 2 || y.rank() != 1 {
        return Err(runtime_error(format!(
            "vector + matrix @ vector expected, got {}, {}, {}",
            1,
            x.rank(),
            y.rank()
        )));
    }
    Ok(Value::Tensor(matmul(x, y)?))
}

fn dot(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 1 || y.rank() != 1 {
        return Err(runtime_error(format!(
            "1D tensors expected, but got {}D and {}D tensors",
            x.rank(),
            y.rank()
        )));
    }
    Ok(Value::Tensor(matmul(x, y)?))
}

fn outer(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    for (name, t) in [("self", x), ("vec2", y)] {
        if t.rank() != 1 {
            return Err(runtime_error(format!(
                "outer: Expected 1-D argument {name}, but got {}-D",
                t.rank()
            )));
        }
    }
    Ok(Value::Tensor(ops::mul(ops::unsqueeze(x, 1)?, y)?))
}

/// `beta · input + alpha · mat1 @ mat2`.
fn addmm(cx: &mut Context, args: &Args) -> Result {
    let (bias, x, y) = (tensor(args, 0)?, tensor(args, 1)?, tensor(args, 2)?);
    let factor = |cx: &mut Context, i: usize| args.some(i).map(|v| scalar(cx, v)).transpose();
    let (beta, alpha) = (factor(cx, 3)?, factor(cx, 4)?);
    let mut product = ops::mm(x, y)?;
    if let Some(alpha) = alpha {
        product = ops::mul(product, Arg::Scalar(alpha))?;
    }
    let bias = match beta {
        Some(beta) => ops::mul(bias, Arg::Scalar(beta))?,
        None => bias.clone(),
    };
    Ok(Value::Tensor(named(ops::add(bias, product)?, "addmm")))
}

/// `input @ weightᵀ + bias`: the parameters `input, weight, bias=`.
pub fn linear(_cx: &mut Context, args: &Args) -> Result {
    let (x, weight) = (tensor(args, 0)?, tensor(args, 1)?);
    let bias = args.some(2).map(|_| tensor(args, 2)).transpose()?;
    let (Some(&features), Some(&expected)) = (x.shape().last(), weight.shape().last()) else {
        return Err(runtime_error("both arguments to linear need to be at least 1D"));
    };
    if features != expected && weight.rank() == 2 {
        let rows = x.count().checked_div(features).unwrap_or(0);
        let name = if bias.is_some() { "addmm: " } else { "mm: " };
        return Err(runtime_error(format!(
            "{name}mat1 and mat2 shapes cannot be multiplied ({rows}x{features} and {expected}x{})",
            weight.shape()[0]
        )));
    }
    if weight.rank() > 2 || weight.rank() == 0 {
        return Err(runtime_error(format!(
            "linear: weight must be a matrix, got {}",
            layout::show(weight.shape())
        )));
    }
    let turned = if weight.rank() == 2 { ops::t(weight)? } else { weight.clone() };
    let product = matmul(x, &turned)?;
    Ok(Value::Tensor(match bias {
        None => product,
        Some(bias) => named(ops::add(product, bias)?, if x.rank() == 2 { "addmm" } else { "add" }),
    }))
}

/// Functions that are methods as well.
pub const LINEAR: &[Native] = &[
    Native::new("addmm", "input, mat1, mat2, *, beta=, alpha=", addmm),
    Native::new("bmm", "input, mat2", bmm),
    Native::new("dot", "input, tensor", dot),
    Native::new("ger", "input, vec2", outer),
    Native::new("inner", "input, other", dot),
    Native::new("matmul", "input, other", |_, args| {
        Ok(Value::Tensor(matmul(tensor(args, 0)?, tensor(args, 1)?)?))
    }),
    Native::new("mm", "input, mat2", mm),
    Native::new("mv", "input, vec", mv),
    Native::new("outer", "input, vec2", outer),
];
