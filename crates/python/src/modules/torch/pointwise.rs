//! Functions that work element by element, as `torch.exp(x)` and as `x.exp()`, and their forms in place.

use std::rc::Rc;

use gradloom_engine::{Arg, DType, Operator, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{runtime_error, type_error, unsupported};
use crate::native::{Args, BinaryOp, Native, Result};
use crate::value::Value;

use super::args::{named, operand, tensor, to_operand};

type Unary = fn(Arg) -> gradloom_engine::Result<Tensor>;
type Binary = fn(Arg, Arg) -> gradloom_engine::Result<Tensor>;

fn unary(args: &Args, op: Unary) -> Result {
    Ok(Value::Tensor(op(Arg::from(tensor(args, 0)?))?))
}

fn binary(args: &Args, op: Binary) -> Result {
    let name = args.native.name;
    // PyTorch takes a number in the first place of arithmetic only.
    if !matches!(name, "floor_divide" | "mul" | "multiply" | "pow" | "remainder" | "true_divide") {
        tensor(args, 0)?;
    }
    if name.starts_with("logical") || matches!(name, "maximum" | "minimum") {
        tensor(args, 1)?;
    }
    tensor_among(args)?;
    Ok(Value::Tensor(op(operand(args, 0)?, operand(args, 1)?)?))
}

/// Refuses a call in which both operands are numbers.
pub fn tensor_among(args: &Args) -> Result<()> {
    if matches!(args[1], Value::Tensor(_)) {
        return Ok(());
    }
    tensor(args, 0).map(|_| ())
}

/// `op(input, alpha · other)`.
fn scaled(cx: &mut Context, args: &Args, op: Binary) -> Result {
    tensor_among(args)?;
    let other = alpha(cx, args)?;
    Ok(Value::Tensor(op(operand(args, 0)?, other)?))
}

/// Parameter 1, times `alpha`, parameter 2, where it was given.
pub fn alpha(cx: &mut Context, args: &Args) -> Result<Arg> {
    let other = operand(args, 1)?;
    let Some(alpha) = args.some(2) else { return Ok(other) };
    let alpha = super::args::scalar(cx, alpha)?;
    Ok(match other {
        Arg::Scalar(Scalar::Int(x)) if matches!(alpha, Scalar::Int(_)) => {
            Arg::from(x.wrapping_mul(alpha.to_f64() as i64))
        }
        Arg::Scalar(x) => Arg::from(x.to_f64() * alpha.to_f64()),
        Arg::Tensor(t) => Arg::Tensor(ops::mul(t, Arg::Scalar(alpha))?),
    })
}

/// `input / other`, rounded as `rounding_mode` says.
fn div(cx: &mut Context, args: &Args) -> Result {
    tensor_among(args)?;
    let (x, y) = (operand(args, 0)?, operand(args, 1)?);
    let rounded: Binary = match args.some(2) {
        None => return Ok(Value::Tensor(ops::div(x, y)?)),
        Some(Value::Str(mode)) if &**mode == "floor" => ops::floor_divide,
        Some(Value::Str(mode)) if &**mode == "trunc" => ops::trunc_divide,
        Some(_) => {
            return Err(runtime_error("div expected rounding_mode to be one of None, 'trunc', or 'floor'"));
        }
    };
    divisible(cx, &x, &y)?;
    Ok(Value::Tensor(named(rounded(x, y)?, "DivBackward2")))
}

/// `input ** exponent`.
pub fn pow(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    let name = match (&x, &y) {
        (_, Arg::Scalar(_)) => "PowBackward0",
        (Arg::Tensor(_), _) => "PowBackward1",
        (Arg::Scalar(_), _) => "PowBackward2",
    };
    ops::pow(x, y).map(|out| named(out, name))
}

/// `input % other`.
pub fn remainder(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    let name = if y.tensor().is_some() { "RemainderBackward1" } else { "RemainderBackward0" };
    ops::remainder(x, y).map(|out| named(out, name))
}

fn clamp(_cx: &mut Context, args: &Args) -> Result {
    let bound = |i: usize| args.some(i).map(|_| operand(args, i)).transpose();
    let (min, max) = (bound(1)?, bound(2)?);
    let tensors = [&min, &max].iter().any(|b| b.as_ref().is_some_and(|b| b.tensor().is_some()));
    let out = ops::clamp(tensor(args, 0)?, min, max)?;
    Ok(Value::Tensor(if tensors { named(out, "ClampBackward0") } else { out }))
}

/// Refuses what is neither a bool nor, once, an integer.
pub fn logical(x: &Arg) -> gradloom_engine::Result<Arg> {
    Ok(match x {
        Arg::Tensor(t) if t.dtype() != DType::Bool => Arg::Tensor(ops::ne(t, 0i64)?),
        Arg::Scalar(s) => Arg::from(s.to_f64() != 0.0),
        tensor => tensor.clone(),
    })
}

/// `not x`, elementwise.
pub fn logical_not(x: Arg) -> gradloom_engine::Result<Tensor> {
    ops::eq(logical(&x)?, false)
}

/// `x and y`, elementwise.
pub fn logical_and(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    both_tensors(&x, &y, |x, y| ops::where_(x, y, false))
}

/// `x or y`, elementwise.
pub fn logical_or(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    both_tensors(&x, &y, |x, y| ops::where_(x, true, y))
}

/// Whether just one of them is true, elementwise.
pub fn logical_xor(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    ops::ne(logical(&x)?, logical(&y)?)
}

/// A condition must be a tensor: a number changes places with one.
fn both_tensors(
    x: &Arg,
    y: &Arg,
    op: fn(Arg, Arg) -> gradloom_engine::Result<Tensor>,
) -> gradloom_engine::Result<Tensor> {
    let (x, y) = (logical(x)?, logical(y)?);
    if x.tensor().is_some() { op(x, y) } else { op(y, x) }
}

/// `&`, `|`, `^` of truth values and of integers.
pub fn bitwise(op: BinaryOp, x: Arg, y: Arg) -> Result<Tensor> {
    let dtypes = [&x, &y].map(Arg::dtype);
    if let Some(dtype) = dtypes.iter().find(|d| d.is_float()) {
        let name = match op {
            BinaryOp::BitAnd => "bitwise_and_cpu",
            BinaryOp::BitOr => "bitwise_or_cpu",
            _ => "bitwise_xor_cpu",
        };
        return Err(unsupported(format!("\"{name}\" not implemented for '{}'", dtype.scalar_name())));
    }
    let truths = dtypes.iter().all(|d| *d == DType::Bool);
    Ok(match op {
        BinaryOp::BitAnd if truths => logical_and(x, y)?,
        BinaryOp::BitOr if truths => logical_or(x, y)?,
        _ if truths => logical_xor(x, y)?,
        BinaryOp::BitAnd => ops::bitwise_and(x, y)?,
        BinaryOp::BitOr => ops::bitwise_or(x, y)?,
        _ => ops::bitwise_xor(x, y)?,
    })
}

/// `~x` of truth values and of integers.
pub fn invert(x: &Tensor) -> Result<Tensor> {
    if x.dtype().is_float() {
        return Err(type_error(
            "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
        ));
    }
    Ok(super::elementwise::complement(x)?)
}

/// `-x`, refused for booleans.
pub fn negative(x: Arg) -> gradloom_engine::Result<Tensor> {
    if x.dtype() == DType::Bool {
        return Err(gradloom_engine::Error::unsupported(
            "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` \
             or `logical_not()` operator instead.",
        ));
    }
    ops::neg(x)
}

/// `x - y`, refused for booleans.
pub fn subtract(x: Arg, y: Arg) -> gradloom_engine::Result<Tensor> {
    if x.dtype() == DType::Bool && y.dtype() == DType::Bool {
        return Err(gradloom_engine::Error::unsupported(
            "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator \
             instead.",
        ));
    }
    let reflected = x.tensor().is_none();
    ops::sub(x, y).map(|out| if reflected { named(out, "rsub") } else { out })
}

fn isinf(x: Arg) -> gradloom_engine::Result<Tensor> {
    ops::eq(magnitude(x)?, f64::INFINITY)
}

fn isfinite(x: Arg) -> gradloom_engine::Result<Tensor> {
    ops::lt(magnitude(x)?, f64::INFINITY)
}

fn magnitude(x: Arg) -> gradloom_engine::Result<Tensor> {
    match x {
        // The magnitude of a truth value is refused.
        Arg::Tensor(x) if x.dtype() == DType::Bool => ops::cast(&x, DType::I64),
        other => ops::abs(other),
    }
}

fn square(x: Arg) -> gradloom_engine::Result<Tensor> {
    ops::pow(x, 2i64)
}

macro_rules! unaries {
    ($($name:literal => $op:expr),* $(,)?) => {
        &[$(Native::new($name, "input", |_, args| unary(args, $op))),*]
    };
}

macro_rules! binaries {
    ($($name:literal => $op:expr),* $(,)?) => {
        &[$(Native::new($name, "input, other", |_, args| binary(args, $op))),*]
    };
}

/// Functions of one tensor.
pub const UNARY: &[Native] = unaries![
    "abs" => ops::abs, "absolute" => ops::abs, "atan" => ops::atan, "arctan" => ops::atan, "ceil" => ops::ceil,
    "cos" => ops::cos, "exp" => ops::exp, "expm1" => ops::expm1, "floor" => ops::floor, "isfinite" => isfinite,
    "isinf" => isinf, "isnan" => |x| ops::ne(x.clone(), x), "log" => ops::log, "log1p" => ops::log1p,
    "log2" => ops::log2, "logical_not" => logical_not, "neg" => negative, "negative" => negative,
    "reciprocal" => ops::reciprocal, "relu" => ops::relu, "rsqrt" => ops::rsqrt,
    "sigmoid" => ops::sigmoid, "sign" => ops::sign, "sin" => ops::sin, "sqrt" => ops::sqrt, "square" => square,
    "tan" => ops::tan, "tanh" => ops::tanh,
];

/// Functions of two tensors, of which one may be a number.
pub const BINARY: &[Native] = binaries![
    "eq" => ops::eq, "floor_divide" => ops::floor_divide, "ge" => ops::ge, "greater" => ops::gt,
    "greater_equal" => ops::ge, "gt" => ops::gt, "le" => ops::le, "less" => ops::lt, "less_equal" => ops::le,
    "logical_and" => logical_and, "logical_or" => logical_or, "logical_xor" => logical_xor, "lt" => ops::lt,
    "maximum" => ops::maximum, "minimum" => ops::minimum, "mul" => ops::mul, "multiply" => ops::mul, "ne" => ops::ne,
    "not_equal" => ops::ne, "remainder" => remainder,
];

/// The same with parameters of their own.
pub const OTHER: &[Native] = &[
    Native::new("add", "input, other, *, alpha=", |cx, args| scaled(cx, args, ops::add)),
    Native::new("clamp", "input, min=, max=", clamp),
    Native::new("clip", "input, min=, max=", clamp),
    Native::new("clamp_max", "input, max", |_, args| {
        let out = ops::clamp(tensor(args, 0)?, None, Some(operand(args, 1)?))?;
        Ok(Value::Tensor(named(out, "clamp_max")))
    }),
    Native::new("clamp_min", "input, min", |_, args| {
        let out = ops::clamp(tensor(args, 0)?, Some(operand(args, 1)?), None)?;
        Ok(Value::Tensor(named(out, "clamp_min")))
    }),
    Native::new("div", "input, other, *, rounding_mode=", div),
    Native::new("divide", "input, other, *, rounding_mode=", div),
    Native::new("pow", "input, exponent", |_, args| binary(args, pow)),
    Native::new("round", "input, *, decimals=", |cx, args| {
        let x = tensor(args, 0)?;
        let power = 10f64.powi(args.int_or(cx, 1, 0)?.clamp(-300, 300).abs() as i32);
        let out = match args.int_or(cx, 1, 0)? {
            0 => ops::round(x)?,
            1.. => ops::div(ops::round(ops::mul(x, power)?)?, power)?,
            _ => ops::mul(ops::round(ops::div(x, power)?)?, power)?,
        };
        Ok(Value::Tensor(named(out, "round")))
    }),
    Native::new("sub", "input, other, *, alpha=", |cx, args| scaled(cx, args, subtract)),
    Native::new("subtract", "input, other, *, alpha=", |cx, args| scaled(cx, args, subtract)),
    Native::new("true_divide", "input, other", |_, args| binary(args, ops::div)),
];

/// What so many bits to the left multiply by.
pub fn two_to(bits: Arg) -> gradloom_engine::Result<Arg> {
    match bits {
        Arg::Scalar(n) => Ok(Arg::Scalar(Scalar::Int(1i64.checked_shl(n.to_f64() as u32).unwrap_or(0)))),
        bits => Ok(Arg::Tensor(ops::pow(2i64, bits)?)),
    }
}

/// `a op b` of tensors and numbers; `None` where an operand is neither.
pub fn operator(cx: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(x), Some(y)) = (to_operand(a), to_operand(b)) else { return Ok(None) };
    Ok(Some(Value::Tensor(match op {
        BinaryOp::Add => ops::add(x, y)?,
        BinaryOp::Sub => subtract(x, y)?,
        BinaryOp::Mul => ops::mul(x, y)?,
        // PyTorch multiplies by the reciprocal here, and its node says so.
        BinaryOp::Div if x.tensor().is_none() => named(ops::div(x, y)?, "MulBackward0"),
        BinaryOp::Div => ops::div(x, y)?,
        BinaryOp::FloorDiv | BinaryOp::Mod => {
            divisible(cx, &x, &y)?;
            if op == BinaryOp::Mod { remainder(x, y)? } else { ops::floor_divide(x, y)? }
        }
        BinaryOp::Pow => pow(x, y)?,
        BinaryOp::MatMul => match (&x, &y) {
            (Arg::Tensor(x), Arg::Tensor(y)) => super::linear::matmul(x, y)?,
            _ => return Ok(None),
        },
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor => bitwise(op, x, y)?,
        BinaryOp::LShift => ops::mul(x, two_to(y)?)?,
        BinaryOp::RShift => ops::floor_divide(x, two_to(y)?)?,
    })))
}

/// Refuses an integer division by 0, as far as that is known on this side.
pub fn divisible(cx: &mut Context, x: &Arg, y: &Arg) -> Result<()> {
    if x.dtype().is_float() || y.dtype().is_float() {
        return Ok(());
    }
    let zero = match y {
        Arg::Scalar(s) => s.to_f64() == 0.0,
        Arg::Tensor(t) if t.device() == gradloom_engine::Device::Cpu => cx.host(t)?.to_f64().contains(&0.0),
        Arg::Tensor(_) => false,
    };
    if zero { Err(runtime_error("ZeroDivisionError")) } else { Ok(()) }
}

/// `a op= b` of a tensor; `None` for `a = a op b` instead.
pub fn operator_in_place(cx: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Value::Tensor(x), Some(y)) = (a, to_operand(b)) else { return Ok(None) };
    let (name, operator): (&'static str, Rc<dyn Operator>) = match op {
        BinaryOp::Add => ("add_", Rc::new(ops::Add)),
        BinaryOp::Sub => ("sub_", Rc::new(ops::Sub)),
        BinaryOp::Mul => ("mul_", Rc::new(ops::Mul)),
        BinaryOp::Div => ("div_", Rc::new(ops::Div)),
        BinaryOp::Pow => ("pow_", Rc::new(ops::Pow)),
        BinaryOp::FloorDiv | BinaryOp::Mod => {
            divisible(cx, &Arg::from(x), &y)?;
            if op == BinaryOp::Mod {
                ("remainder_", Rc::new(ops::remainder::Remainder))
            } else {
                ("floor_divide_", Rc::new(ops::floor_divide::FloorDivide))
            }
        }
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor => {
            x.copy_(bitwise(op, Arg::from(x), y)?)?;
            return Ok(Some(a.clone()));
        }
        _ => return Ok(None),
    };
    x.in_place(name, operator, &[y])?;
    Ok(Some(a.clone()))
}
