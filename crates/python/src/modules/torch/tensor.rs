//! `torch.Tensor`: operators, attributes, and the methods that are nothing else.

use std::cell::Cell;

use gradloom_engine::autograd::Edge;
use gradloom_engine::{DType, Device, Scalar, Tensor, ops};

use crate::context::Context;
use crate::error::{runtime_error, type_error, unsupported, value_error};
use crate::modules::print;
use crate::native::{Args, CompareOp, Getter, Native, Result, TypeTable, UnaryOp};
use crate::value::Value;

use super::args::{item, named, number, one_of_several, to_operand};
use super::grad::GradFn;
use super::objects::{DTypeObject, DeviceObject, Size, object};
use super::{METHODS, index, pointwise};

/// The type of tensors.
pub static TENSOR: TypeTable = TABLE;

const TABLE: TypeTable = TypeTable {
    name: "Tensor",
    module: "torch",
    new: Some(Native::new("Tensor", "*data", super::create::legacy)),
    methods: &METHODS,
    getters: GETTERS,
    getattr: Some(|cx, v, name| cx.library_method(&crate::modules::library::TORCH__TENSOR, v, name)),
    repr: Some(repr),
    format: Some(format),
    truth: Some(truth),
    len: Some(len),
    index: Some(as_index),
    float: Some(|cx, v| Ok(only(cx, this(v)?)?.to_f64())),
    hash: Some(|_, v| Ok(this(v)?.address() as u64)),
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

/// The type of parameters: `torch.nn.Parameter`, a tensor that a module finds among its attributes.
pub static PARAMETER: TypeTable = TypeTable {
    name: "Parameter",
    module: "torch.nn.parameter",
    base: Some(&TENSOR),
    new: Some(Native::new("Parameter", "data=, requires_grad=", parameter)),
    repr: Some(|cx, v| Ok(format!("Parameter containing:\n{}", repr(cx, v)?))),
    ..TABLE
};

fn parameter(cx: &mut Context, args: &Args) -> Result {
    let data = match args.some(0) {
        None => cx.engine.full(
            "empty",
            &[0],
            Scalar::Int(0),
            cx.engine.default_dtype(),
            cx.engine.default_device(),
        )?,
        Some(Value::Tensor(data)) => ops::detach(data),
        Some(other) => {
            return Err(type_error(format!(
                "Creating a Parameter from an instance of type {} requires that detach() returns an instance of the same type",
                other.type_name()
            )));
        }
    };
    let on = args.truth_or(cx, 1, true)?;
    data.set_requires_grad(on)?;
    data.make_parameter();
    Ok(Value::Tensor(data))
}

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
        let row = one_of_several(ops::select(&rows.tensor, 0, at as i64)?, "unbind");
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

/// Matrices with rows and columns exchanged.
fn turned(x: &Tensor) -> Result {
    if x.rank() < 2 {
        return Err(runtime_error(format!(
            "tensor.mT is only supported on matrices or batches of matrices. Got {}-D tensor.",
            x.rank()
        )));
    }
    Ok(Value::Tensor(named(ops::transpose(x, -2, -1)?, "transpose")))
}

const GETTERS: &[Getter] = &[
    Getter::new("_base", |_, v| Ok(this(v)?.base().cloned().map_or(Value::None, Value::Tensor))),
    Getter::new("_version", |_, v| Ok(Value::Int(this(v)?.version() as i64))),
    Getter::new("T", |_, v| {
        let x = this(v)?;
        let order: Vec<i64> = (0..x.rank() as i64).rev().collect();
        Ok(Value::Tensor(ops::permute(x, &order)?))
    }),
    Getter::settable("data", |_, v| Ok(Value::Tensor(ops::detach(this(v)?))), set_data),
    Getter::new("device", |_, v| Ok(Value::new_object(DeviceObject::of(this(v)?.device())))),
    Getter::new("dtype", |cx, v| Ok(DTypeObject::value(cx, this(v)?.dtype()))),
    Getter::settable("grad", |_, v| Ok(this(v)?.grad().map_or(Value::None, Value::Tensor)), set_grad),
    Getter::new("grad_fn", |cx, v| match this(v)?.edge() {
        edge @ Edge::Node(..) => Ok(GradFn::value(cx, &edge)),
        _ => Ok(Value::None),
    }),
    Getter::new("is_cuda", |_, v| Ok(Value::Bool(this(v)?.device() == Device::Gpu))),
    Getter::new("is_leaf", |_, v| Ok(Value::Bool(this(v)?.is_leaf()))),
    Getter::new("itemsize", |_, v| Ok(Value::from(this(v)?.dtype().size()))),
    Getter::new("mH", |_, v| turned(this(v)?)),
    Getter::new("mT", |_, v| turned(this(v)?)),
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
    Getter::new("output_nr", |_, v| Ok(Value::from(this(v)?.output_nr()))),
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
    if y.dtype() == x.dtype() && y.device() == x.device() && y.shape() == x.shape() {
        return Ok(cx.engine.no_grad(|| x.copy_(y))?);
    }
    Ok(x.set_data(y)?)
}
