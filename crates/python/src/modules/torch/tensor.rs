//! `torch.Tensor`: operators, attributes, and the methods that are nothing else.

use std::cell::Cell;

use gradloom_engine::{DType, Device, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{index_error, runtime_error, type_error, unsupported, value_error};
use crate::modules::numpy::NdArray;
use crate::modules::print;
use crate::native::{Args, BinaryOp, CompareOp, Getter, Native, Result, TypeTable, UnaryOp};
use crate::value::Value;

use super::args::{as_dtype, device, item, named, number, tensor, to_operand};
use super::grad::GradFn;
use super::objects::{DTypeObject, DeviceObject, Size, object};
use super::{METHODS, index, pointwise};

/// The type of tensors.
pub static TENSOR: TypeTable = TypeTable {
    name: "Tensor",
    module: "torch",
    new: Some(Native::new("Tensor", "*data", super::create::legacy)),
    methods: &METHODS,
    getters: GETTERS,
    repr: Some(repr),
    format: Some(format),
    truth: Some(truth),
    len: Some(len),
    index: Some(as_index),
    float: Some(|cx, v| Ok(only(cx, this(v)?)?.to_f64())),
    hash: Some(|_, v| Ok(this(v)?.id())),
    iter: Some(|_, v| {
        let tensor = this(v)?.clone();
        if tensor.rank() == 0 {
            return Err(type_error("iteration over a 0-d tensor"));
        }
        Ok(Value::new_object(Rows { tensor, next: Cell::new(0) }))
    }),
    contains: Some(contains),
    getitem: Some(|cx, v, key| Ok(Value::Tensor(index::read(cx, this(v)?, key)?))),
    setitem: Some(setitem),
    unary: Some(unary),
    binary: Some(pointwise::operator),
    inplace: Some(pointwise::operator_in_place),
    compare: Some(compare),
    ..TypeTable::EMPTY
};

fn this(value: &Value) -> Result<&Tensor> {
    value.as_tensor().ok_or_else(|| type_error(format!("expected a Tensor, not '{}'", value.type_name())))
}

fn repr(cx: &mut Context, value: &Value) -> Result<String> {
    print::tensor(cx, this(value)?)
}

fn format(cx: &mut Context, value: &Value, spec: &str) -> Result<String> {
    let tensor = this(value)?;
    if tensor.rank() == 0 {
        let number = number(item(cx, tensor)?);
        return Ok(cx.format(&number, spec)?.to_string());
    }
    if spec.is_empty() {
        return repr(cx, value);
    }
    Err(type_error("unsupported format string passed to Tensor.__format__"))
}

fn truth(cx: &mut Context, value: &Value) -> Result<bool> {
    let tensor = this(value)?;
    match tensor.count() {
        1 => Ok(item(cx, tensor)?.to_f64() != 0.0),
        0 => Err(runtime_error("Boolean value of Tensor with no values is ambiguous")),
        _ => Err(runtime_error("Boolean value of Tensor with more than one value is ambiguous")),
    }
}

fn len(_cx: &mut Context, value: &Value) -> Result<usize> {
    this(value)?.shape().first().copied().ok_or_else(|| type_error("len() of a 0-d tensor"))
}

/// The only element, for `float(x)` and `int(x)`.
fn only(cx: &mut Context, tensor: &Tensor) -> Result<Scalar> {
    if tensor.count() != 1 {
        return Err(value_error("only one element tensors can be converted to Python scalars"));
    }
    item(cx, tensor)
}

fn as_index(cx: &mut Context, value: &Value) -> Result {
    let tensor = this(value)?;
    if tensor.dtype().is_float() {
        return Err(type_error("only integer tensors of a single element can be converted to an index"));
    }
    Ok(match only(cx, tensor)? {
        Scalar::Bool(b) => Value::Int(i64::from(b)),
        other => number(other),
    })
}

/// The rows of a tensor, one after the other.
struct Rows {
    tensor: Tensor,
    next: Cell<usize>,
}
object!(Rows, ROWS);

static ROWS: TypeTable = TypeTable {
    name: "tuple_iterator",
    next: Some(|_, v| {
        let Some(rows) = v.object::<Rows>() else { return Ok(Value::Unbound) };
        let at = rows.next.get();
        if rows.tensor.shape().first().is_none_or(|&n| at >= n) {
            return Ok(Value::Unbound);
        }
        let row = named(ops::select(&rows.tensor, 0, at as i64)?, "unbind");
        rows.next.set(at + 1);
        Ok(Value::Tensor(row))
    }),
    ..TypeTable::EMPTY
};

fn contains(cx: &mut Context, value: &Value, item: &Value) -> Result<bool> {
    let Some(item) = to_operand(item) else {
        return Err(runtime_error(format!(
            "Tensor.__contains__ only supports Tensor or scalar, but you passed in a {}.",
            item.type_name()
        )));
    };
    // Compared on this side: a new tensor on the GPU would be another one each time this runs.
    let tensor = this(value)?;
    let wanted = match &item {
        gradloom_engine::Arg::Scalar(s) => s.to_f64(),
        gradloom_engine::Arg::Tensor(t) if t.count() == 1 => super::args::item(cx, t)?.to_f64(),
        gradloom_engine::Arg::Tensor(_) => {
            return Err(unsupported("`in` with a tensor of several elements is not supported here"));
        }
    };
    Ok(cx.host(tensor)?.to_f64().contains(&wanted))
}

fn setitem(cx: &mut Context, value: &Value, key: &Value, new: &Value) -> Result<()> {
    let tensor = this(value)?;
    let operand = match to_operand(new) {
        Some(operand) => operand,
        None => match new {
            Value::List(_) | Value::Tuple(_) => {
                let data = super::data::read(cx, new, super::data::Library::Torch, DType::F32)?;
                let array = data.array(tensor.dtype());
                cx.engine.tensor(array, &data.shape, tensor.device())?.into()
            }
            other => {
                return Err(type_error(format!(
                    "can't assign a {} to a torch.FloatTensor",
                    other.type_name()
                )));
            }
        },
    };
    index::write(cx, tensor, key, operand)
}

fn unary(_cx: &mut Context, op: UnaryOp, value: &Value) -> Result<Option<Value>> {
    let x = this(value)?;
    Ok(Some(Value::Tensor(match op {
        UnaryOp::Neg => pointwise::negative(x.into())?,
        UnaryOp::Pos => x.clone(),
        UnaryOp::Abs => ops::abs(x)?,
        UnaryOp::Invert => pointwise::invert(x)?,
    })))
}

fn compare(_cx: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(x), Some(y)) = (to_operand(a), to_operand(b)) else { return Ok(None) };
    Ok(Some(Value::Tensor(match op {
        CompareOp::Eq => ops::eq(x, y)?,
        CompareOp::Ne => ops::ne(x, y)?,
        CompareOp::Lt => ops::lt(x, y)?,
        CompareOp::Le => ops::le(x, y)?,
        CompareOp::Gt => ops::gt(x, y)?,
        CompareOp::Ge => ops::ge(x, y)?,
    })))
}

const GETTERS: &[Getter] = &[
    Getter::new("T", |_, v| {
        let x = this(v)?;
        let order: Vec<i64> = (0..x.rank() as i64).rev().collect();
        Ok(Value::Tensor(ops::permute(x, &order)?))
    }),
    Getter::settable("data", |_, v| Ok(Value::Tensor(ops::detach(this(v)?))), set_data),
    Getter::new("device", |_, v| Ok(Value::new_object(DeviceObject::of(this(v)?.device())))),
    Getter::new("dtype", |cx, v| Ok(DTypeObject::value(cx, this(v)?.dtype()))),
    Getter::settable("grad", |_, v| Ok(this(v)?.grad().map_or(Value::None, Value::Tensor)), set_grad),
    Getter::new("grad_fn", |_, v| {
        Ok(this(v)?.node().map_or(Value::None, |node| Value::new_object(GradFn::Node(node))))
    }),
    Getter::new("is_cuda", |_, v| Ok(Value::Bool(this(v)?.device() == Device::Gpu))),
    Getter::new("is_leaf", |_, v| Ok(Value::Bool(this(v)?.is_leaf()))),
    Getter::new("itemsize", |_, v| Ok(Value::from(this(v)?.dtype().size()))),
    Getter::new("mT", |_, v| {
        let x = this(v)?;
        if x.rank() < 2 {
            return Err(runtime_error(format!(
                "tensor.mT is only supported on matrices or batches of matrices. Got {}-D tensor.",
                x.rank()
            )));
        }
        Ok(Value::Tensor(named(ops::transpose(x, -2, -1)?, "transpose")))
    }),
    Getter::new("nbytes", |_, v| Ok(Value::from(this(v)?.count() * this(v)?.dtype().size()))),
    Getter::new("ndim", |_, v| Ok(Value::from(this(v)?.rank()))),
    Getter::settable(
        "requires_grad",
        |_, v| Ok(Value::Bool(this(v)?.requires_grad())),
        |cx, v, new| {
            let on = cx.truth(new)?;
            Ok(this(v)?.set_requires_grad(on)?)
        },
    ),
    Getter::new("retains_grad", |_, v| Ok(Value::Bool(this(v)?.retains_grad()))),
    Getter::new("shape", |_, v| Ok(Size::value(this(v)?.shape()))),
];

fn set_grad(_cx: &mut Context, value: &Value, new: &Value) -> Result<()> {
    let grad = match new {
        Value::Unbound | Value::None => None,
        Value::Tensor(grad) => Some(grad.clone()),
        other => {
            return Err(type_error(format!(
                "assigned grad expected to be a Tensor or None but got grad of type {}",
                other.type_name()
            )));
        }
    };
    Ok(this(value)?.set_grad(grad)?)
}

/// `x.data = y`: the values of y in the storage of x.
fn set_data(cx: &mut Context, value: &Value, new: &Value) -> Result<()> {
    let (x, Value::Tensor(y)) = (this(value)?, new) else {
        return Err(type_error(format!("Variable data has to be a tensor, but got {}", new.type_name())));
    };
    // `x.data -= y` has changed the storage already.
    if y.shares_storage(x) && y.layout() == x.layout() {
        return Ok(());
    }
    if y.shape() != x.shape() || y.dtype() != x.dtype() || y.device() != x.device() {
        return Err(unsupported(
            "assigning to .data is supported here for the same shape, dtype and device only",
        ));
    }
    Ok(cx.engine.no_grad(|| x.copy_(y))?)
}

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
    super::backward::BACKWARD,
    Native::new("bool", "self", |cx, args| as_type(cx, args, DType::Bool)),
    Native::new("cpu", "self", |cx, args| on(cx, args, Device::Cpu)),
    Native::new("cuda", "self, device=", |cx, args| on(cx, args, Device::Gpu)),
    Native::new("data_ptr", "self", |_, args| {
        let x = tensor(args, 0)?;
        Ok(Value::from(x.storage_address() + x.layout().offset * x.dtype().size()))
    }),
    Native::new("detach_", "self", |_, args| Ok(Value::Tensor(ops::detach(tensor(args, 0)?)))),
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
