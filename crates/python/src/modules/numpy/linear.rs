//! Products of vectors and matrices.

use gradloom_engine::{Tensor, ops};

use crate::context::Context;
use crate::error::value_error;
use crate::native::{Args, BinaryOp, Native, Result};
use crate::value::Value;

use super::array::{to_tensor, tuple_text};
use super::ufunc::{meet, operator, wrap};

fn same_dtype(x: &Tensor, y: &Tensor) -> Result<(Tensor, Tensor)> {
    let dtype = meet(x.dtype(), y.dtype());
    Ok((ops::cast(x, dtype)?, ops::cast(y, dtype)?))
}

/// `np.dot(a, b)`
pub fn dot(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (to_tensor(cx, &args[0])?, to_tensor(cx, &args[1])?);
    if x.rank() == 0 || y.rank() == 0 {
        return Ok(operator(cx, BinaryOp::Mul, &args[0], &args[1])?.unwrap_or(Value::NotImplemented));
    }
    let inner = y.rank().saturating_sub(2);
    let (Some(&n), Some(&m)) = (x.shape().last(), y.shape().get(inner)) else {
        return Err(value_error("dot: an array has no dimensions"));
    };
    if n != m {
        return Err(value_error(format!(
            "shapes {} and {} not aligned: {n} (dim {}) != {m} (dim {inner})",
            tuple_text(x.shape()),
            tuple_text(y.shape()),
            x.rank() - 1
        )));
    }
    let (x, y) = same_dtype(&x, &y)?;
    if y.rank() > 2 {
        // Each row of the first with each matrix of the second.
        let order: Vec<i64> = (0..y.rank() as i64).collect();
        let rest: Vec<i64> = order.iter().copied().filter(|&d| d as usize != inner).collect();
        let columns = ops::permute(&y, &[&[inner as i64][..], &rest].concat())?;
        let mut shape = x.shape()[..x.rank() - 1].to_vec();
        shape.extend(&columns.shape()[1..]);
        let columns = ops::reshape(&columns, &[m, y.count() / m.max(1)])?;
        let rows = ops::reshape(&x, &[x.count() / n.max(1), n])?;
        let out = ops::reshape(&ops::matmul(&rows, &columns)?, &shape)?;
        return wrap(cx, out);
    }
    let out = ops::matmul(&x, &y)?;
    wrap(cx, out)
}

/// `a @ b`
pub fn matmul_values(cx: &mut Context, a: &Value, b: &Value) -> Result {
    let (x, y) = (to_tensor(cx, a)?, to_tensor(cx, b)?);
    for (i, t) in [&x, &y].iter().enumerate() {
        if t.rank() == 0 {
            return Err(value_error(format!(
                "matmul: Input operand {i} does not have enough dimensions (has 0, gufunc core with signature \
                 (n?,k),(k,m?)->(n?,m?) requires 1)"
            )));
        }
    }
    let inner = y.rank().saturating_sub(2);
    let (n, m) = (x.shape().last().copied().unwrap_or(0), y.shape().get(inner).copied().unwrap_or(0));
    if n != m {
        return Err(value_error(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) \
             (size {m} is different from {n})"
        )));
    }
    let (x, y) = same_dtype(&x, &y)?;
    let out = ops::matmul(&x, &y)?;
    wrap(cx, out)
}

fn outer(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (to_tensor(cx, &args[0])?, to_tensor(cx, &args[1])?);
    let (x, y) = same_dtype(&x, &y)?;
    let out = ops::mul(ops::reshape(&x, &[x.count(), 1])?, ops::reshape(&y, &[1, y.count()])?)?;
    wrap(cx, out)
}

/// Functions.
pub const LINEAR: &[Native] = &[
    Native::new("dot", "a, b", dot),
    Native::new("matmul", "x1, x2, /", |cx, args| matmul_values(cx, &args[0], &args[1])),
    Native::new("outer", "a, b", outer),
];
