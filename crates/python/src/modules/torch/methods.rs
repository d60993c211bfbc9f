//! Methods of tensors that are no functions: conversions, sizes, what Python calls for operators.

use gradloom_engine::{DType, Device, Tensor, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error, type_error};
use crate::modules::numpy::NdArray;
use crate::native::{Args, BinaryOp, Native, Result};
use crate::value::Value;

use super::args::{as_dtype, device, item, number, tensor};
use super::objects::Size;
use super::pointwise;

/// `x.to(device)`, `x.to(dtype)`, `x.to(device, dtype)`, `x.to(other)`
fn to(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let (mut as_type, mut at) = (None, None);
    let given = args.rest(1).iter().chain(args.some(2)).chain(args.some(3));
    for value in given {
        match value {
            Value::Tensor(other) => {
                as_type = Some(other.dtype());
                at = Some(other.device());
            }
            Value::Bool(_) => {}
            other => match as_dtype(other) {
                Some(dtype) => as_type = Some(dtype),
                None => {
                    let found = device(other)?;
                    found.check(cx)?;
                    at = Some(found.device);
                }
            },
        }
    }
    let copy = args.truth_or(cx, 5, false)?;
    let out = converted(cx, x, as_type.unwrap_or(x.dtype()), at.unwrap_or(x.device()))?;
    Ok(Value::Tensor(if copy && out.is(x) { ops::clone(x)? } else { out }))
}

/// The tensor as this dtype on this device; itself where it is so.
fn converted(cx: &mut Context, x: &Tensor, dtype: DType, at: Device) -> Result<Tensor> {
    if x.device() != at {
        cx.host(x)?;
    }
    // The GPU has no doubles: what comes from there is converted here, what goes there before it goes.
    if at == Device::Cpu {
        return Ok(ops::cast(&ops::to_device(x, at)?, dtype)?);
    }
    Ok(ops::to_device(&ops::cast(x, dtype)?, at)?)
}

fn as_type(cx: &mut Context, args: &Args, dtype: DType) -> Result {
    let x = tensor(args, 0)?;
    Ok(Value::Tensor(converted(cx, x, dtype, x.device())?))
}

fn on(cx: &mut Context, args: &Args, at: Device) -> Result {
    if at == Device::Gpu {
        cx.engine.gpu()?;
    }
    let x = tensor(args, 0)?;
    Ok(Value::Tensor(converted(cx, x, x.dtype(), at)?))
}

fn type_(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    match args.some(1) {
        None => {
            let place = if x.device() == Device::Gpu { "torch.cuda" } else { "torch" };
            Ok(Value::from(format!("{place}.{}Tensor", x.dtype().scalar_name())))
        }
        Some(value) => {
            let dtype = super::args::dtype(value)?;
            Ok(Value::Tensor(converted(cx, x, dtype, x.device())?))
        }
    }
}

fn size(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    match args.some(1) {
        None => Ok(Size::value(x.shape())),
        Some(dim) => {
            let dim = cx.index(dim)?;
            if x.rank() == 0 {
                return Err(index_error("Dimension specified as 0 but tensor has no dimensions"));
            }
            let dim = gradloom_engine::layout::resolve_dim(dim, x.rank())?;
            Ok(x.shape().get(dim).map_or(Value::None, |&n| Value::from(n)))
        }
    }
}

fn stride(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    match args.some(1) {
        None => Ok(super::objects::shape_tuple(&x.layout().strides)),
        Some(dim) => {
            let dim = cx.index(dim)?;
            let dim = gradloom_engine::layout::resolve_dim(dim, x.rank())?;
            Ok(x.layout().strides.get(dim).map_or(Value::None, |&n| Value::from(n)))
        }
    }
}

/// Nested lists of the elements.
pub fn nested(cx: &mut Context, tensor: &Tensor) -> Result {
    let array = cx.host(tensor)?;
    cx.charge(array.len());
    fn level(array: &gradloom_engine::Array, shape: &[usize], from: usize) -> Value {
        match shape.split_first() {
            None => array.scalar(from).map_or(Value::None, number),
            Some((&n, rest)) => {
                let step: usize = rest.iter().product();
                Value::list((0..n).map(|i| level(array, rest, from + i * step)).collect())
            }
        }
    }
    Ok(level(&array, tensor.shape(), 0))
}

fn numpy(_cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    if x.requires_grad() {
        return Err(runtime_error(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
        ));
    }
    if x.device() == Device::Gpu {
        return Err(type_error(
            "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
        ));
    }
    Ok(Value::new_object(NdArray(ops::detach(x))))
}

/// An operator as the method that Python calls for it.
fn special(cx: &mut Context, args: &Args, op: BinaryOp, reflected: bool) -> Result {
    let (a, b) = if reflected { (&args[1], &args[0]) } else { (&args[0], &args[1]) };
    Ok(pointwise::operator(cx, op, a, b)?.unwrap_or(Value::NotImplemented))
}

macro_rules! specials {
    ($($name:literal, $reflected:literal => $op:ident),* $(,)?) => {
        &[
            $(Native::new($name, "self, other", |cx, args| special(cx, args, BinaryOp::$op, false)),
              Native::new($reflected, "self, other", |cx, args| special(cx, args, BinaryOp::$op, true))),*
        ]
    };
}

/// Operators by their names: `a.__add__(b)`.
pub const SPECIAL: &[Native] = specials![
    "__add__", "__radd__" => Add, "__sub__", "__rsub__" => Sub, "__mul__", "__rmul__" => Mul,
    "__truediv__", "__rtruediv__" => Div, "__pow__", "__rpow__" => Pow, "__matmul__", "__rmatmul__" => MatMul,
];

/// Methods that are no functions.
pub const TENSOR_METHODS: &[Native] = &[
    super::differentiate::BACKWARD,
    Native::new("bool", "self", |cx, args| as_type(cx, args, DType::Bool)),
    Native::new("cpu", "self", |cx, args| on(cx, args, Device::Cpu)),
    Native::new("cuda", "self, device=", |cx, args| on(cx, args, Device::Gpu)),
    Native::new("data_ptr", "self", |_, args| {
        let x = tensor(args, 0)?;
        Ok(Value::from(x.storage_address() + x.layout().offset * x.dtype().size()))
    }),
    Native::new("detach_", "self", |_, args| {
        tensor(args, 0)?.detach_()?;
        Ok(args[0].clone())
    }),
    Native::new("dim", "self", |_, args| Ok(Value::from(tensor(args, 0)?.rank()))),
    Native::new("double", "self", |cx, args| as_type(cx, args, DType::F64)),
    Native::new("element_size", "self", |_, args| Ok(Value::from(tensor(args, 0)?.dtype().size()))),
    Native::new("float", "self", |cx, args| as_type(cx, args, DType::F32)),
    Native::new("get_device", "self", |_, args| {
        Ok(Value::Int(if tensor(args, 0)?.device() == Device::Gpu { 0 } else { -1 }))
    }),
    Native::new("is_contiguous", "self", |_, args| {
        Ok(Value::Bool(tensor(args, 0)?.layout().is_contiguous()))
    }),
    Native::new("is_inference", "self", |_, args| Ok(Value::Bool(tensor(args, 0)?.is_inference()))),
    Native::new("item", "self", |cx, args| Ok(number(item(cx, tensor(args, 0)?)?))),
    Native::new("long", "self", |cx, args| as_type(cx, args, DType::I64)),
    Native::new("ndimension", "self", |_, args| Ok(Value::from(tensor(args, 0)?.rank()))),
    Native::new("nelement", "self", |_, args| Ok(Value::from(tensor(args, 0)?.count()))),
    Native::new("numpy", "self", numpy),
    Native::new("requires_grad_", "self, requires_grad=", |cx, args| {
        let on = args.truth_or(cx, 1, true)?;
        tensor(args, 0)?.set_requires_grad(on)?;
        Ok(args[0].clone())
    }),
    Native::new("retain_grad", "self", |_, args| {
        tensor(args, 0)?.retain_grad()?;
        Ok(Value::None)
    }),
    Native::new("size", "self, dim=", size),
    Native::new("storage_offset", "self", |_, args| Ok(Value::from(tensor(args, 0)?.layout().offset))),
    Native::new("stride", "self, dim=", stride),
    Native::new("to", "self, *args, device=, dtype=, non_blocking=, copy=", to),
    Native::new("tolist", "self", |cx, args| nested(cx, tensor(args, 0)?)),
    Native::new("type", "self, dtype=", type_),
    Native::new("type_as", "self, other", |cx, args| as_type(cx, args, tensor(args, 1)?.dtype())),
];
