//! Functions that work element by element, and their tables.

use gradloom_engine::{Arg, DType, Tensor, layout, ops};

use crate::context::Context;
use crate::error::type_error;
use crate::modules::torch::{logical_and, logical_not, logical_or, logical_xor};
use crate::native::{Args, BinaryOp, Native, Result};
use crate::value::Value;

use super::array::{NdArray, to_tensor};
use super::ufunc::{Binary, Kind, Operand, apply, check_shapes, common, operand, operator, wrap};

type Unary = fn(Arg) -> gradloom_engine::Result<Tensor>;

fn unary(cx: &mut Context, args: &Args, float: bool, op: Unary) -> Result {
    let mut x = to_tensor(cx, &args[0])?;
    if float && !x.dtype().is_float() {
        x = ops::cast(&x, DType::F64)?;
    }
    let out = op(Arg::Tensor(x))?;
    wrap(cx, out)
}

fn binary(cx: &mut Context, args: &Args, kind: Kind, op: Binary) -> Result {
    let (Some(x), Some(y)) = (operand(cx, &args[0])?, operand(cx, &args[1])?) else {
        return Err(type_error(format!("ufunc '{}' not supported for the input types", args.native.name)));
    };
    let out = apply(cx, &x, &y, kind, op)?;
    wrap(cx, out)
}

fn by_operator(cx: &mut Context, args: &Args, op: BinaryOp) -> Result {
    operator(cx, op, &args[0], &args[1])?
        .ok_or_else(|| type_error(format!("ufunc '{}' not supported for the input types", args.native.name)))
}

fn clip(cx: &mut Context, args: &Args) -> Result {
    let x = to_tensor(cx, &args[0])?;
    let bound = |cx: &mut Context, i: usize| -> Result<Option<Arg>> {
        let Some(value) = args.some(i) else { return Ok(None) };
        match operand(cx, value)? {
            Some(Operand::Weak(s)) => Ok(Some(Arg::Scalar(s))),
            Some(Operand::Strong(t)) => Ok(Some(Arg::Tensor(t))),
            None => Err(type_error("clip takes numbers or arrays")),
        }
    };
    let (min, max) = (bound(cx, 1)?, bound(cx, 2)?);
    let float = [&min, &max].iter().any(|b| b.as_ref().is_some_and(|b| b.dtype().is_float()));
    let x = if float && !x.dtype().is_float() { ops::cast(&x, DType::F64)? } else { x };
    if min.is_none() && max.is_none() {
        return wrap(cx, x);
    }
    let out = ops::clamp(&x, min, max)?;
    wrap(cx, out)
}

fn round(cx: &mut Context, args: &Args) -> Result {
    let x = to_tensor(cx, &args[0])?;
    let decimals = args.int_or(cx, 1, 0)?;
    if !x.dtype().is_float() {
        if decimals >= 0 {
            return wrap(cx, x);
        }
        let dtype = x.dtype();
        let power = 10f64.powi(decimals.abs().min(300) as i32);
        let near = ops::mul(ops::round(ops::div(ops::cast(&x, DType::F64)?, power)?)?, power)?;
        let out = ops::cast(&near, dtype)?;
        return wrap(cx, out);
    }
    let power = 10f64.powi(decimals.abs().min(300) as i32);
    let out = match decimals {
        0 => ops::round(x)?,
        ..0 => ops::mul(ops::round(ops::div(x, power)?)?, power)?,
        _ => ops::div(ops::round(ops::mul(x, power)?)?, power)?,
    };
    wrap(cx, out)
}

fn where_(cx: &mut Context, args: &Args) -> Result {
    let condition = to_tensor(cx, &args[0])?;
    let condition = if condition.dtype() == DType::Bool { condition } else { ops::ne(condition, 0i64)? };
    if args.get(1).is_none() {
        let places = crate::modules::torch::nonzero(cx, &condition)?;
        return Ok(Value::tuple(places.into_iter().map(|t| Value::new_object(NdArray(t))).collect()));
    }
    let (Some(x), Some(y)) = (operand(cx, &args[1])?, operand(cx, &args[2])?) else {
        return Err(type_error("where takes arrays and numbers"));
    };
    check_shapes(x.shape(), y.shape())?;
    check_shapes(condition.shape(), &layout::broadcast_shapes([x.shape(), y.shape()])?)?;
    let dtype = common(&x, &y);
    let out = ops::where_(condition, x.tensor(cx, dtype)?, y.tensor(cx, dtype)?)?;
    wrap(cx, out)
}

macro_rules! unaries {
    ($($name:literal, $float:literal => $op:expr),* $(,)?) => {
        &[$(Native::new($name, "x, /", |cx, args| unary(cx, args, $float, $op))),*]
    };
}

macro_rules! binaries {
    ($($name:literal, $kind:ident => $op:expr),* $(,)?) => {
        &[$(Native::new($name, "x1, x2, /", |cx, args| binary(cx, args, Kind::$kind, $op))),*]
    };
}

/// Integers are whole already.
macro_rules! whole {
    ($op:path) => {
        |x: Arg| match &x {
            Arg::Tensor(t) if !t.dtype().is_float() => ops::clone(t),
            _ => $op(x),
        }
    };
}

/// Functions of one array.
pub const UNARY: &[Native] = unaries![
    "abs", false => ops::abs, "absolute", false => ops::abs, "fabs", true => ops::abs, "arctan", true => ops::atan,
    "ceil", false => whole!(ops::ceil), "cos", true => ops::cos, "exp", true => ops::exp, "expm1", true => ops::expm1,
    "floor", false => whole!(ops::floor), "isfinite", true => |x| ops::lt(ops::abs(x)?, f64::INFINITY),
    "isinf", true => |x| ops::eq(ops::abs(x)?, f64::INFINITY), "isnan", true => |x| ops::ne(x.clone(), x),
    "log", true => ops::log, "log1p", true => ops::log1p, "log2", true => ops::log2,
    "log10", true => |x| ops::div(ops::log(x)?, std::f64::consts::LN_10), "logical_not", false => logical_not,
    "negative", false => ops::neg, "reciprocal", false => ops::reciprocal, "rint", true => ops::round,
    "sign", false => ops::sign, "sin", true => ops::sin, "sqrt", true => ops::sqrt,
    "square", false => |x| ops::mul(x.clone(), x), "tan", true => ops::tan, "tanh", true => ops::tanh,
];

/// Functions of two arrays.
pub const BINARY: &[Native] = binaries![
    "equal", Common => ops::eq, "greater", Common => ops::gt, "greater_equal", Common => ops::ge,
    "less", Common => ops::lt, "less_equal", Common => ops::le, "logical_and", Truth => logical_and,
    "logical_or", Truth => logical_or, "logical_xor", Truth => logical_xor, "maximum", Common => ops::maximum,
    "minimum", Common => ops::minimum, "not_equal", Common => ops::ne,
];

/// A function of the engine's table.
fn tabled(cx: &mut Context, args: &Args) -> Result {
    let row = crate::modules::torch::row(args.native.name);
    let row = row.ok_or_else(|| type_error(format!("there is no function {}", args.native.name)))?;
    if row.arity() == 1 {
        let mut x = to_tensor(cx, &args[0])?;
        if !x.dtype().is_float() {
            if args.native.name == "trunc" {
                return wrap(cx, x);
            }
            x = ops::cast(&x, DType::F64)?;
        }
        let out = row.apply(&[Arg::Tensor(x)])?;
        return wrap(cx, out);
    }
    let (Some(x), Some(y)) = (operand(cx, &args[0])?, operand(cx, &args[1])?) else {
        return Err(type_error(format!("ufunc '{}' not supported for the input types", args.native.name)));
    };
    check_shapes(x.shape(), y.shape())?;
    let dtype = match common(&x, &y) {
        dtype if dtype.is_float() || args.native.name == "fmod" => dtype,
        _ => DType::F64,
    };
    let (x, y) = (x.tensor(cx, dtype)?, y.tensor(cx, dtype)?);
    let out = row.apply(&[Arg::Tensor(x), Arg::Tensor(y)])?;
    wrap(cx, out)
}

macro_rules! tabled {
    ($($name:literal $params:literal),* $(,)?) => {
        &[$(Native::new($name, $params, tabled)),*]
    };
}

/// Functions that the engine has a table of.
pub const TABLED: &[Native] = tabled![
    "arccos" "x, /", "arccosh" "x, /", "arcsin" "x, /", "arcsinh" "x, /", "arctanh" "x, /", "arctan2" "x1, x2, /",
    "cosh" "x, /", "exp2" "x, /", "fmod" "x1, x2, /", "hypot" "x1, x2, /", "logaddexp" "x1, x2, /",
    "sinc" "x, /", "sinh" "x, /", "trunc" "x, /",
];

/// The others.
pub const OTHER: &[Native] = &[
    Native::new("add", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Add)),
    Native::new("subtract", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Sub)),
    Native::new("multiply", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Mul)),
    Native::new("divide", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Div)),
    Native::new("true_divide", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Div)),
    Native::new("floor_divide", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::FloorDiv)),
    Native::new("mod", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Mod)),
    Native::new("remainder", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Mod)),
    Native::new("power", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::Pow)),
    Native::new("bitwise_and", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::BitAnd)),
    Native::new("bitwise_or", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::BitOr)),
    Native::new("bitwise_xor", "x1, x2, /", |cx, args| by_operator(cx, args, BinaryOp::BitXor)),
    Native::new("clip", "a, a_min=, a_max=", clip),
    Native::new("round", "a, decimals=", round),
    Native::new("around", "a, decimals=", round),
    Native::new("where", "condition, x=, y=", where_),
];

/// Methods of arrays.
pub const METHODS: &[Native] =
    &[Native::new("clip", "self, min=, max=", clip), Native::new("round", "self, decimals=", round)];
