//! Lengths of vectors and matrices: `torch.norm`, `torch.linalg`.

use gradloom_engine::{Tensor, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, Module, Native, Result};
use crate::value::Value;

use super::args::{dims, dtype, tensor};

/// Which length.
enum Order {
    /// That of the elements as one vector.
    Vector(f64),
    /// The root of the sum of squares of a matrix.
    Frobenius,
    /// The sum of the singular values.
    Nuclear,
}

fn order(cx: &mut Context, value: &Value) -> Result<Order> {
    match value {
        Value::Str(name) => match &**name {
            "fro" => Ok(Order::Frobenius),
            "nuc" => Ok(Order::Nuclear),
            "inf" => Ok(Order::Vector(f64::INFINITY)),
            "-inf" => Ok(Order::Vector(f64::NEG_INFINITY)),
            other => Err(runtime_error(format!("linalg.matrix_norm: Order {other} not supported."))),
        },
        other => Ok(Order::Vector(cx.float(other)?)),
    }
}

/// Parameter 0 in the dtype of parameter `i`, if that is given.
fn input(args: &Args, i: usize) -> Result<Tensor> {
    let x = tensor(args, 0)?;
    Ok(match args.some(i) {
        Some(value) => ops::cast(x, dtype(value)?)?,
        None => x.clone(),
    })
}

fn vector(x: &Tensor, ord: f64, dims: &[i64], keepdim: bool) -> Result {
    Ok(Value::Tensor(ops::vector_norm(x, ord, dims, keepdim)?))
}

/// The norm of the matrices in two dimensions: the largest (smallest, if negative) sum of magnitudes of a column (1) or of a
/// row (∞), the root of the sum of all squares, or the largest (2), the smallest (-2) or the sum (nuclear) of the singular values.
fn matrix(x: &Tensor, ord: Order, dims: &[i64], keepdim: bool) -> Result {
    let [rows, columns] = *dims else {
        return Err(runtime_error(format!("linalg.matrix_norm: dim must be a 2-tuple. Got {dims:?}")));
    };
    if x.rank() < 2 {
        return Err(runtime_error("linalg.matrix_norm: The input tensor A must have at least 2 dimensions."));
    }
    let rows = gradloom_engine::layout::resolve_dim(rows, x.rank())? as i64;
    let columns = gradloom_engine::layout::resolve_dim(columns, x.rank())? as i64;
    if rows == columns {
        return Err(runtime_error(format!(
            "linalg.matrix_norm: dims must be different. Got ({rows}, {columns})"
        )));
    }
    let (added, compared) = match ord {
        Order::Frobenius => return vector(x, 2.0, dims, keepdim),
        Order::Vector(ord) if ord.abs() == 1.0 => (rows, columns),
        Order::Vector(ord) if ord.is_infinite() => (columns, rows),
        Order::Vector(2.0 | -2.0) | Order::Nuclear => {
            let values = ops::svd(&ops::movedim(x, &[rows, columns], &[-2, -1])?, ops::Factor::S)?;
            let out = match ord {
                Order::Vector(-2.0) => ops::amin(&values, &[-1], false)?,
                Order::Vector(_) if values.count() > 0 => ops::amax(&values, &[-1], false)?,
                // The largest of none counts as 0, too.
                _ => ops::sum(&values, &[-1], false)?,
            };
            if !keepdim {
                return Ok(Value::Tensor(out));
            }
            let out = ops::unsqueeze(&out, rows.min(columns))?;
            return Ok(Value::Tensor(ops::unsqueeze(&out, rows.max(columns))?));
        }
        Order::Vector(ord) => {
            return Err(runtime_error(format!("linalg.matrix_norm: Order {ord} not supported.")));
        }
    };
    let largest = !matches!(ord, Order::Vector(ord) if ord < 0.0);
    let sums = ops::sum(&ops::abs(x)?, &[added], true)?;
    let best =
        if largest { ops::amax(&sums, &[compared], true)? } else { ops::amin(&sums, &[compared], true)? };
    Ok(Value::Tensor(if keepdim { best } else { ops::squeeze(&best, Some(&[rows, columns]))? }))
}

/// `torch.norm`: a number is the order of a vector's norm, whatever the number of dimensions.
fn norm(cx: &mut Context, args: &Args) -> Result {
    let x = input(args, 4)?;
    let dims = dims(cx, args.some(2))?;
    let keepdim = args.truth_or(cx, 3, false)?;
    match args.some(1).map(|v| order(cx, v)).transpose()? {
        None | Some(Order::Frobenius) => vector(&x, 2.0, &dims, keepdim),
        Some(Order::Vector(ord)) => vector(&x, ord, &dims, keepdim),
        Some(Order::Nuclear) => {
            let dims = if dims.is_empty() { vec![-2, -1] } else { dims };
            matrix(&x, Order::Nuclear, &dims, keepdim)
        }
    }
}

/// `torch.linalg.norm`: of a vector or of a matrix, by the number of dimensions.
fn linalg_norm(cx: &mut Context, args: &Args) -> Result {
    let x = input(args, 4)?;
    let given = args.some(2).map(|v| dims(cx, Some(v))).transpose()?;
    let keepdim = args.truth_or(cx, 3, false)?;
    let Some(ord) = args.some(1).map(|v| order(cx, v)).transpose()? else {
        return vector(&x, 2.0, &given.unwrap_or_default(), keepdim);
    };
    let dims = match given {
        Some(dims) => dims,
        None if matches!(x.rank(), 1 | 2) => (0..x.rank() as i64).collect(),
        None => {
            return Err(runtime_error(format!(
                "linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got {}D.",
                x.rank()
            )));
        }
    };
    match ord {
        Order::Vector(ord) if dims.len() == 1 => vector(&x, ord, &dims, keepdim),
        ord => matrix(&x, ord, &dims, keepdim),
    }
}

fn vector_norm(cx: &mut Context, args: &Args) -> Result {
    let x = input(args, 4)?;
    let ord = args.float_or(cx, 1, 2.0)?;
    let dims = dims(cx, args.some(2))?;
    let keepdim = args.truth_or(cx, 3, false)?;
    vector(&x, ord, &dims, keepdim)
}

fn matrix_norm(cx: &mut Context, args: &Args) -> Result {
    let x = input(args, 4)?;
    let ord = args.some(1).map_or(Ok(Order::Frobenius), |v| order(cx, v))?;
    let dims = args.some(2).map_or(Ok(vec![-2, -1]), |v| dims(cx, Some(v)))?;
    let keepdim = args.truth_or(cx, 3, false)?;
    matrix(&x, ord, &dims, keepdim)
}

/// Functions that are methods as well.
pub const NORM: &[Native] = &[Native::new("norm", "input, p=, dim=, keepdim=, dtype=", norm)];

/// `torch.linalg`
pub static LINALG: Module = Module {
    name: "torch.linalg",
    source: crate::modules::library::TORCH_LINALG.source,
    functions: &[
        Native::new("_svd", "A", |_, args| {
            let x = tensor(args, 0)?;
            let factor = |factor| ops::svd(x, factor).map(Value::Tensor);
            Ok(Value::tuple(vec![factor(ops::Factor::U)?, factor(ops::Factor::S)?, factor(ops::Factor::Vh)?]))
        }),
        Native::new("diagonal", "A, *, offset=, dim1=, dim2=", |cx, args| {
            let (offset, a, b) = (args.int_or(cx, 1, 0)?, args.int_or(cx, 2, -2)?, args.int_or(cx, 3, -1)?);
            Ok(Value::Tensor(ops::diagonal(tensor(args, 0)?, offset, a, b)?))
        }),
        Native::new("matmul", "input, other", |_, args| {
            Ok(Value::Tensor(super::linear::matmul(tensor(args, 0)?, tensor(args, 1)?)?))
        }),
        Native::new("matrix_norm", "A, ord=, dim=, keepdim=, *, dtype=", matrix_norm),
        Native::new("norm", "A, ord=, dim=, keepdim=, *, dtype=", linalg_norm),
        Native::new("vector_norm", "x, ord=, dim=, keepdim=, *, dtype=", vector_norm),
    ],
    ..Module::EMPTY
};
