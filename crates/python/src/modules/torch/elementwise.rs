//! Functions of numbers by their rows in the engine's table, and what else works element by element.

use std::rc::Rc;

use gradloom_engine::ops::functions::{Elementwise, Function};
use gradloom_engine::{Arg, DType, Operator, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{runtime_error, unsupported};
use crate::native::{Args, BinaryOp, Native, Result};
use crate::value::Value;

use super::args::{named, operand, scalar, tensor};
use super::pointwise::{alpha, bitwise, divisible, logical_not, tensor_among};

/// The row of a function, also by an alias: `arcsin` is `asin`.
pub(crate) fn row(name: &str) -> Option<&'static Function> {
    let plain = name.strip_prefix("arc").map(|rest| format!("a{rest}"));
    ops::functions::function(plain.as_deref().unwrap_or(if name == "fix" { "trunc" } else { name }))
}

/// A function of the engine's table, whose parameters are its operands in order.
fn function(cx: &mut Context, args: &Args) -> Result {
    let name = args.native.name;
    let row = row(name).ok_or_else(|| runtime_error(format!("{name} is no function of numbers")))?;
    let operands = (0..row.arity()).map(|i| operand(args, i)).collect::<Result<Vec<Arg>>>()?;
    let is_tensor: Vec<bool> = operands.iter().map(|x| x.tensor().is_some()).collect();
    // Which overload it is.
    let node = match (name, &*is_tensor) {
        ("xlogy", [false, _]) => Some("XlogyBackward1"),
        ("xlogy", [_, false]) => Some("XlogyBackward2"),
        ("fmod", [_, true]) => Some("FmodBackward1"),
        ("lerp", [.., true]) => Some("LerpBackward1"),
        _ => None,
    };
    if name != "xlogy" || !is_tensor.contains(&true) {
        tensor(args, 0)?;
    }
    if let ("fmod", [x, y]) = (name, &*operands) {
        divisible(cx, x, y)?;
    }
    let out = row.apply(&operands)?;
    Ok(Value::Tensor(node.map_or(out.clone(), |node| named(out, node))))
}

fn nan_to_num(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let most = if x.dtype() == DType::F64 { f64::MAX } else { f64::from(f32::MAX) };
    let mut number = |i: usize, default: f64| match args.some(i) {
        None => Ok(Arg::from(default)),
        Some(value) => scalar(cx, value).map(|s| Arg::from(s.to_f64())),
    };
    let (nan, high, low) = (number(1, 0.0)?, number(2, most)?, number(3, -most)?);
    if !x.dtype().is_float() {
        return Ok(Value::Tensor(ops::clone(x)?));
    }
    Ok(Value::Tensor(ops::nan_to_num(x, nan, high, low)?))
}

/// `input + value · tensor1 · tensor2`, or `/` for the second `·`.
fn scaled(cx: &mut Context, args: &Args, divide: bool) -> Result {
    let (x, a, b) = (tensor(args, 0)?, operand(args, 1)?, operand(args, 2)?);
    if divide && [a.dtype(), b.dtype()].iter().all(|d| !d.is_float()) {
        return Err(runtime_error(
            "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true \
             division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * \
             torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) \
             for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / \
             tensor2), for all dtypes.",
        ));
    }
    let mut part = if divide { ops::div(a, b)? } else { ops::mul(a, b)? };
    if let Some(value) = args.some(3) {
        part = ops::mul(part, Arg::Scalar(scalar(cx, value)?))?;
    }
    Ok(Value::Tensor(named(ops::add(x, part)?, if divide { "addcdiv" } else { "addcmul" })))
}

/// `alpha · other` taken from: `other - alpha · input`.
fn rsub(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let other = operand(args, 1)?;
    let x = match args.some(2) {
        None => Arg::from(x),
        Some(alpha) => ops::mul(x, Arg::Scalar(scalar(cx, alpha)?))?.into(),
    };
    let node = if other.tensor().is_some() { "RsubBackward0" } else { "RsubBackward1" };
    Ok(Value::Tensor(named(super::pointwise::subtract(other, x)?, node)))
}

fn positive(_cx: &mut Context, args: &Args) -> Result {
    if tensor(args, 0)?.dtype() == DType::Bool {
        return Err(unsupported("The `+` operator, on a bool tensor is not supported."));
    }
    Ok(args[0].clone())
}

/// `~x` as a function.
fn bitwise_not(_cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if x.dtype().is_float() {
        let name = x.dtype().scalar_name();
        return Err(unsupported(format!("\"bitwise_not_cpu\" not implemented for '{name}'")));
    }
    Ok(Value::Tensor(complement(x)?))
}

/// Every bit of an integer turned over, or a truth value.
pub fn complement(x: &Tensor) -> gradloom_engine::Result<Tensor> {
    if x.dtype() == DType::Bool { logical_not(x.into()) } else { ops::sub(Scalar::Int(-1), x) }
}

fn bits(args: &Args, op: BinaryOp) -> Result {
    tensor_among(args)?;
    Ok(Value::Tensor(bitwise(op, operand(args, 0)?, operand(args, 1)?)?))
}

fn angle(args: &Args, factor: f64, node: &'static str) -> Result {
    Ok(Value::Tensor(named(ops::mul(tensor(args, 0)?, factor)?, node)))
}

macro_rules! functions {
    ($($params:literal: $($name:literal),*;)*) => {
        &[$($(Native::new($name, $params, function)),*),*]
    };
}

/// Functions of numbers.
pub const FUNCTIONS: &[Native] = functions![
    "input": "acos", "acosh", "arccos", "arccosh", "arcsin", "arcsinh", "arctanh", "asin", "asinh", "atanh", "cosh", "erf",
        "erfc", "erfinv", "exp2", "fix", "frac", "log10", "sinc", "sinh", "trunc";
    "input, other": "arctan2", "atan2", "fmod", "hypot", "logaddexp", "xlogy";
    "input, end, weight": "lerp";
];

/// What else works element by element.
pub const ELEMENTWISE: &[Native] = &[
    Native::new("addcdiv", "input, tensor1, tensor2, *, value=", |cx, args| scaled(cx, args, true)),
    Native::new("addcmul", "input, tensor1, tensor2, *, value=", |cx, args| scaled(cx, args, false)),
    Native::new("bitwise_and", "input, other", |_, args| bits(args, BinaryOp::BitAnd)),
    Native::new("bitwise_not", "input", bitwise_not),
    Native::new("bitwise_or", "input, other", |_, args| bits(args, BinaryOp::BitOr)),
    Native::new("bitwise_xor", "input, other", |_, args| bits(args, BinaryOp::BitXor)),
    Native::new("cdist", "x1, x2, p=, compute_mode=", |cx, args| {
        let p = args.float_or(cx, 2, 2.0)?;
        Ok(Value::Tensor(ops::cdist(tensor(args, 0)?, tensor(args, 1)?, p)?))
    }),
    Native::new("deg2rad", "input", |_, args| angle(args, std::f64::consts::PI / 180.0, "Deg2RadBackward0")),
    Native::new("dist", "input, other, p=", |cx, args| {
        let p = args.float_or(cx, 2, 2.0)?;
        Ok(Value::Tensor(ops::dist(tensor(args, 0)?, tensor(args, 1)?, p)?))
    }),
    Native::new("heaviside", "input, values", |_, args| {
        Ok(Value::Tensor(ops::heaviside(tensor(args, 0)?, tensor(args, 1)?)?))
    }),
    Native::new("nan_to_num", "input, nan=, posinf=, neginf=", nan_to_num),
    Native::new("positive", "input", positive),
    super::functional::PRELU,
    Native::new("rad2deg", "input", |_, args| angle(args, 180.0 / std::f64::consts::PI, "Rad2DegBackward0")),
    Native::new("rsub", "input, other, *, alpha=", rsub),
    Native::new("sgn", "input", |_, args| Ok(Value::Tensor(named(ops::sign(tensor(args, 0)?)?, "sgn")))),
];

/// The operator behind a function, where it is one.
fn operator(name: &str, operands: usize) -> Option<Rc<dyn Operator>> {
    Some(match name {
        "abs" | "absolute" => Rc::new(ops::abs::Abs),
        "add" => Rc::new(ops::Add),
        "arctan" | "atan" => Rc::new(ops::atan::Atan),
        "ceil" => Rc::new(ops::ceil::Ceil),
        "cos" => Rc::new(ops::cos::Cos),
        "div" => Rc::new(ops::Div),
        "exp" => Rc::new(ops::exp::Exp),
        "expm1" => Rc::new(ops::expm1::Expm1),
        "floor" => Rc::new(ops::floor::Floor),
        "floor_divide" => Rc::new(ops::floor_divide::FloorDivide),
        "log" => Rc::new(ops::log::Log),
        "log1p" => Rc::new(ops::log1p::Log1p),
        "log2" => Rc::new(ops::log2::Log2),
        "mul" | "multiply" => Rc::new(ops::Mul),
        "neg" | "negative" => Rc::new(ops::neg::Neg),
        "pow" => Rc::new(ops::Pow),
        "reciprocal" => Rc::new(ops::reciprocal::Reciprocal),
        "relu" => Rc::new(ops::relu::Relu),
        "remainder" => Rc::new(ops::remainder::Remainder),
        "round" => Rc::new(ops::round::Round),
        "rsqrt" => Rc::new(ops::rsqrt::Rsqrt),
        "sigmoid" => Rc::new(ops::sigmoid::Sigmoid),
        "sign" => Rc::new(ops::sign::Sign),
        "sin" => Rc::new(ops::sin::Sin),
        "sqrt" => Rc::new(ops::sqrt::Sqrt),
        "sub" | "subtract" => Rc::new(ops::Sub),
        "tan" => Rc::new(ops::tan::Tan),
        "tanh" => Rc::new(ops::tanh::Tanh),
        // One that is not given all of its operands fills them in by itself.
        _ => Rc::new(Elementwise(row(name).filter(|row| row.arity() == operands)?)),
    })
}

/// The form in place of the function whose name it has with a `_` behind it.
fn in_place(cx: &mut Context, args: &Args) -> Result {
    let (x, form) = (tensor(args, 0)?, args.native.name);
    let name = form.trim_end_matches('_');
    let given: Vec<usize> = (1..args.values.len()).filter(|&i| args.some(i).is_some()).collect();
    let plain = given.iter().all(|&i| !["decimals", "rounding_mode"].contains(&args.name(i)));
    match operator(name, 1 + given.len()).filter(|_| plain) {
        Some(op) => {
            let operands = match name {
                "add" | "sub" | "subtract" => vec![alpha(cx, args)?],
                _ => given.iter().map(|&i| operand(args, i)).collect::<Result<Vec<Arg>>>()?,
            };
            if let ("fmod" | "floor_divide" | "remainder", [y]) = (name, &*operands) {
                divisible(cx, &x.into(), y)?;
            }
            x.in_place(form, op, &operands)?;
        }
        // Computed of a copy, which stays what the tape has kept, and put in its place.
        None => {
            let method = super::TENSOR.method(name);
            let method = method.ok_or_else(|| runtime_error(format!("{form} is not there")))?;
            let mut values = args.values.to_vec();
            if let Some(first) = values.first_mut() {
                *first = Value::Tensor(if x.requires_grad() { ops::clone(x)? } else { x.clone() });
            }
            let out = (method.call)(cx, &Args { native: method, values: &values })?;
            let Value::Tensor(out) = out else {
                return Err(runtime_error(format!("{form} gives no tensor")));
            };
            let fits = out.dtype() == DType::Bool || !out.dtype().is_float() || x.dtype().is_float();
            if !fits {
                let (from, to) = (out.dtype().scalar_name(), x.dtype().scalar_name());
                return Err(runtime_error(format!(
                    "result type {from} can't be cast to the desired output type {to}"
                )));
            }
            x.put(form, ops::cast(&out, x.dtype())?)?;
        }
    }
    Ok(args[0].clone())
}

macro_rules! in_place_forms {
    ($($params:literal: $($name:literal),*;)*) => {
        &[$($(Native::new($name, $params, in_place)),*),*]
    };
}

/// Functions that change their tensor.
pub const IN_PLACE_FORMS: &[Native] = in_place_forms![
    "self": "abs_", "absolute_", "acos_", "acosh_", "arccos_", "arcsin_", "arctan_", "asin_", "asinh_", "atan_", "atanh_",
        "bitwise_not_", "ceil_", "cos_", "cosh_", "deg2rad_", "erf_", "erfc_", "erfinv_", "exp2_", "exp_", "expm1_", "fix_", "floor_",
        "frac_", "log10_", "log1p_", "log2_", "log_", "logical_not_", "neg_", "negative_", "rad2deg_", "reciprocal_",
        "relu_", "rsqrt_", "sgn_", "sigmoid_", "sign_", "sin_", "sinc_", "sinh_", "sqrt_", "tan_", "tanh_",
        "trunc_";
    "self, other": "atan2_", "bitwise_and_", "bitwise_or_", "bitwise_xor_", "eq_", "floor_divide_", "fmod_", "ge_", "gt_",
        "heaviside_", "hypot_", "le_", "logical_and_", "logical_or_", "logical_xor_", "lt_", "mul_", "multiply_", "ne_",
        "remainder_", "xlogy_";
    "self, other, *, alpha=": "add_", "sub_", "subtract_";
    "self, other, *, rounding_mode=": "div_", "divide_";
    "self, exponent": "pow_";
    "self, *, decimals=": "round_";
    "self, nan=, posinf=, neginf=": "nan_to_num_";
    "self, end, weight": "lerp_";
    "self, tensor1, tensor2, *, value=": "addcdiv_", "addcmul_";
];
