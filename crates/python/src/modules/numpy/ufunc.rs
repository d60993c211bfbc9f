//! Functions and operators that work element by element, with NumPy's dtypes and messages.

use gradloom_engine::{Arg, DType, Device, Scalar, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::torch::{bitwise, logical_not, two_to};
use crate::native::{BinaryOp, CompareOp, Result, UnaryOp};
use crate::value::Value;

use super::array::{NdArray, to_tensor, tuple_text};
use super::scalar::NumPyScalar;

/// An operand: something with a dtype of its own, or a Python number that takes on the other's.
pub enum Operand {
    /// An array or one of NumPy's numbers.
    Strong(Tensor),
    /// A Python number.
    Weak(Scalar),
}

/// A value as an operand; `None` where it is nothing of the kind.
pub fn operand(cx: &mut Context, value: &Value) -> Result<Option<Operand>> {
    Ok(Some(match value {
        Value::Bool(x) => Operand::Weak(Scalar::Bool(*x)),
        Value::Int(x) => Operand::Weak(Scalar::Int(*x)),
        Value::Float(x) => Operand::Weak(Scalar::Float(*x)),
        Value::List(_) | Value::Tuple(_) => Operand::Strong(to_tensor(cx, value)?),
        other => match (other.object::<NdArray>(), other.object::<NumPyScalar>()) {
            (Some(array), _) => Operand::Strong(array.0.clone()),
            (None, Some(scalar)) => Operand::Strong(scalar.tensor(cx)?),
            (None, None) => return Ok(None),
        },
    }))
}

impl Operand {
    /// Its sizes; a number has none.
    pub fn shape(&self) -> &[usize] {
        match self {
            Operand::Strong(t) => t.shape(),
            Operand::Weak(_) => &[],
        }
    }

    /// As a tensor of this dtype.
    pub fn tensor(&self, cx: &Context, dtype: DType) -> Result<Tensor> {
        Ok(match self {
            Operand::Strong(t) => ops::cast(t, dtype)?,
            Operand::Weak(s) => {
                cx.engine.tensor(gradloom_engine::device::cpu::repeat(*s, 1, dtype), &[], Device::Cpu)?
            }
        })
    }

    /// As an argument of this dtype; a number stays one, unless it stands alone.
    fn arg(&self, cx: &Context, dtype: DType, alone: bool) -> Result<Arg> {
        match self {
            Operand::Weak(s) if !alone => Ok(Arg::Scalar(*s)),
            other => other.tensor(cx, dtype).map(Arg::Tensor),
        }
    }
}

/// The dtype in which two dtypes meet; `int64` and `float32` meet in `float64`.
pub fn meet(a: DType, b: DType) -> DType {
    match (a.min(b), a.max(b)) {
        (DType::I64, DType::F32) => DType::F64,
        (_, larger) => larger,
    }
}

/// The dtype in which operands meet.
pub fn common(a: &Operand, b: &Operand) -> DType {
    let weak = |s: &Scalar, strong: DType| match s {
        Scalar::Bool(_) => strong,
        Scalar::Int(_) => strong.max(DType::I64),
        Scalar::Float(_) if strong.is_float() => strong,
        Scalar::Float(_) => DType::F64,
    };
    match (a, b) {
        (Operand::Strong(a), Operand::Strong(b)) => meet(a.dtype(), b.dtype()),
        (Operand::Strong(t), Operand::Weak(s)) | (Operand::Weak(s), Operand::Strong(t)) => weak(s, t.dtype()),
        (Operand::Weak(a), Operand::Weak(b)) => a.dtype().max(b.dtype()),
    }
}

/// A result: a number where it has no dimensions.
pub fn wrap(cx: &mut Context, tensor: Tensor) -> Result {
    if tensor.rank() == 0 {
        let array = cx.host(&tensor)?;
        if let Some(scalar) = NumPyScalar::of(&array) {
            return Ok(Value::new_object(scalar));
        }
    }
    Ok(Value::new_object(NdArray(tensor)))
}

/// Refuses shapes that do not broadcast.
pub fn check_shapes(a: &[usize], b: &[usize]) -> Result<()> {
    match layout::broadcast_shapes([a, b]) {
        Ok(_) => Ok(()),
        Err(_) => Err(value_error(format!(
            "operands could not be broadcast together with shapes {} {} ",
            tuple_text(a),
            tuple_text(b)
        ))),
    }
}

/// How two operands are computed with.
pub type Binary = fn(Arg, Arg) -> gradloom_engine::Result<Tensor>;

/// In which dtype a function computes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Where its operands meet.
    Common,
    /// In a float.
    Float,
    /// In truth values.
    Truth,
}

/// `a op b`, in the dtype that the function computes in.
pub fn apply(cx: &mut Context, a: &Operand, b: &Operand, kind: Kind, op: Binary) -> Result<Tensor> {
    check_shapes(a.shape(), b.shape())?;
    let mut dtype = common(a, b);
    if kind == Kind::Float && !dtype.is_float() {
        dtype = DType::F64;
    }
    if kind == Kind::Truth {
        dtype = DType::Bool;
    }
    let alone = !matches!((a, b), (Operand::Strong(_), _) | (_, Operand::Strong(_)));
    let (x, y) = (a.arg(cx, dtype, alone)?, b.arg(cx, dtype, alone)?);
    Ok(op(x, y)?)
}

/// How an operator is computed.
fn operation(op: BinaryOp) -> Option<(Kind, Binary)> {
    Some(match op {
        BinaryOp::Add => (Kind::Common, ops::add),
        BinaryOp::Sub => (Kind::Common, ops::sub),
        BinaryOp::Mul => (Kind::Common, ops::mul),
        BinaryOp::Div => (Kind::Float, ops::div),
        BinaryOp::FloorDiv => (Kind::Common, ops::floor_divide),
        BinaryOp::Mod => (Kind::Common, ops::remainder),
        BinaryOp::Pow => (Kind::Common, ops::pow),
        BinaryOp::LShift => (Kind::Common, |x, n| ops::mul(x, two_to(n)?)),
        BinaryOp::RShift => (Kind::Common, |x, n| ops::floor_divide(x, two_to(n)?)),
        _ => return None,
    })
}

/// `a op b`; `None` where an operand is no number, array or list.
pub fn operator(cx: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(x), Some(y)) = (operand(cx, a)?, operand(cx, b)?) else { return Ok(None) };
    let out = match op {
        BinaryOp::MatMul => return super::linear::matmul_values(cx, a, b).map(Some),
        BinaryOp::BitAnd | BinaryOp::BitOr | BinaryOp::BitXor => {
            let dtype = common(&x, &y);
            if dtype.is_float() {
                return Err(type_error(format!(
                    "ufunc 'bitwise_{}' not supported for the input types, and the inputs could not be safely coerced to any \
                     supported types according to the casting rule ''safe''",
                    match op {
                        BinaryOp::BitAnd => "and",
                        BinaryOp::BitOr => "or",
                        _ => "xor",
                    }
                )));
            }
            check_shapes(x.shape(), y.shape())?;
            bitwise(op, Arg::Tensor(x.tensor(cx, dtype)?), Arg::Tensor(y.tensor(cx, dtype)?))?
        }
        _ => {
            let Some((kind, function)) = operation(op) else { return Ok(None) };
            refuse(op, &x, &y)?;
            apply(cx, &x, &y, kind, function)?
        }
    };
    wrap(cx, out).map(Some)
}

/// What NumPy refuses because of the dtypes.
fn refuse(op: BinaryOp, x: &Operand, y: &Operand) -> Result<()> {
    let dtype = common(x, y);
    if op == BinaryOp::Sub && dtype == DType::Bool {
        return Err(type_error(
            "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the \
             logical_xor function instead.",
        ));
    }
    if op == BinaryOp::Pow && dtype == DType::I64 && matches!(y, Operand::Weak(Scalar::Int(n)) if *n < 0) {
        return Err(value_error("Integers to negative integer powers are not allowed."));
    }
    Ok(())
}

/// `a op= b` of an array; `None` for `a = a op b` instead.
pub fn operator_in_place(cx: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let Some(target) = a.object::<NdArray>().map(|t| t.0.clone()) else { return Ok(None) };
    let Some((kind, function)) = operation(op) else { return Ok(None) };
    let Some(y) = operand(cx, b)? else { return Ok(None) };
    let x = Operand::Strong(target.clone());
    refuse(op, &x, &y)?;
    check_shapes(x.shape(), y.shape())?;
    let shape = layout::broadcast_shapes([x.shape(), y.shape()])?;
    if shape != target.shape() {
        return Err(value_error(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            tuple_text(target.shape()),
            tuple_text(&shape)
        )));
    }
    let mut dtype = common(&x, &y);
    if kind == Kind::Float && !dtype.is_float() {
        dtype = DType::F64;
    }
    if dtype.is_float() && !target.dtype().is_float() {
        let name = match op {
            BinaryOp::Add => "add",
            BinaryOp::Sub => "subtract",
            BinaryOp::Mul => "multiply",
            BinaryOp::Div => "divide",
            BinaryOp::FloorDiv => "floor_divide",
            BinaryOp::Mod => "remainder",
            _ => "power",
        };
        return Err(type_error(format!(
            "Cannot cast ufunc '{name}' output from dtype('{dtype}') to dtype('{}') with casting rule 'same_kind'",
            target.dtype()
        )));
    }
    let simple: Option<(&'static str, std::rc::Rc<dyn gradloom_engine::Operator>)> = match op {
        BinaryOp::Add => Some(("add_", std::rc::Rc::new(ops::Add))),
        BinaryOp::Sub => Some(("sub_", std::rc::Rc::new(ops::Sub))),
        BinaryOp::Mul => Some(("mul_", std::rc::Rc::new(ops::Mul))),
        BinaryOp::Div => Some(("div_", std::rc::Rc::new(ops::Div))),
        _ => None,
    };
    match simple {
        Some((name, operator)) if target.dtype() == dtype => {
            let y = y.arg(cx, dtype, false)?;
            target.in_place(name, operator, &[y])?;
        }
        _ => {
            let out = apply(cx, &x, &y, kind, function)?;
            target.copy_(out)?;
        }
    }
    Ok(Some(a.clone()))
}

/// `a op b` as truth values.
pub fn compare(cx: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(x), Some(y)) = (operand(cx, a)?, operand(cx, b)?) else {
        // `x == None` compares every element.
        let equality = matches!(op, CompareOp::Eq | CompareOp::Ne);
        return match (equality, a.object::<NdArray>().or(b.object::<NdArray>())) {
            (true, Some(array)) => {
                let unequal = Scalar::Bool(op == CompareOp::Ne);
                let out = cx.engine.full("full", array.0.shape(), unequal, DType::Bool, Device::Cpu)?;
                wrap(cx, out).map(Some)
            }
            _ => Ok(None),
        };
    };
    let out = apply(
        cx,
        &x,
        &y,
        Kind::Common,
        match op {
            CompareOp::Eq => ops::eq,
            CompareOp::Ne => ops::ne,
            CompareOp::Lt => ops::lt,
            CompareOp::Le => ops::le,
            CompareOp::Gt => ops::gt,
            CompareOp::Ge => ops::ge,
        },
    )?;
    wrap(cx, out).map(Some)
}

/// `-x`, `+x`, `~x`, `abs(x)`.
pub fn unary_operator(cx: &mut Context, op: UnaryOp, x: &Tensor) -> Result {
    let bool = x.dtype() == DType::Bool;
    let out = match op {
        UnaryOp::Neg if bool => {
            return Err(type_error(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not \
                 function instead.",
            ));
        }
        UnaryOp::Neg => ops::neg(x)?,
        UnaryOp::Pos => ops::clone(x)?,
        UnaryOp::Abs if bool => x.clone(),
        UnaryOp::Abs => ops::abs(x)?,
        UnaryOp::Invert if bool => logical_not(Arg::from(x))?,
        UnaryOp::Invert if x.dtype() == DType::I64 => ops::sub(ops::neg(x)?, 1i64)?,
        UnaryOp::Invert => {
            return Err(type_error("ufunc 'invert' not supported for the input types"));
        }
    };
    wrap(cx, out)
}
