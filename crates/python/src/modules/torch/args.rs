//! Arguments as PyTorch takes them: tensors, numbers, sizes, dimensions, dtypes, devices.

use gradloom_engine::{Arg, DType, Device, Scalar, Tensor};

use crate::context::Context;
use crate::error::{runtime_error, type_error};
use crate::modules::numpy::{NdArray, NumPyScalar};
use crate::native::{Args, Result};
use crate::value::Value;

use super::objects::{DTypeObject, DeviceObject, Size};

/// Parameter `i`, which must be a tensor.
pub fn tensor<'a>(args: &Args<'a>, i: usize) -> Result<&'a Tensor> {
    match args.values.get(i) {
        Some(Value::Tensor(tensor)) => Ok(tensor),
        other => Err(wrong(args, i, "Tensor", other.unwrap_or(&Value::Unbound))),
    }
}

/// Parameter `i`, which must be a tensor or a number.
pub fn operand(args: &Args, i: usize) -> Result<Arg> {
    to_operand(&args[i]).ok_or_else(|| wrong(args, i, "Tensor", &args[i]))
}

/// A dtype's name in C++, as some messages have it.
pub fn numeric(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "bool",
        DType::I64 => "long int",
        DType::F32 => "float",
        DType::F64 => "double",
    }
}

/// The parameters of functions that have several kinds of them, as messages list them.
const OVERLOADS: &[(&[&str], &[&str])] = &[
    (&["eq", "ge", "gt", "le", "lt", "ne"], &["Tensor input, Tensor other", "Tensor input, Number other"]),
    (
        &["pow"],
        &["Tensor input, Tensor exponent", "Number self, Tensor exponent", "Tensor input, Number exponent"],
    ),
    (
        &["max", "min"],
        &["Tensor input", "Tensor input, Tensor other", "Tensor input, int dim, bool keepdim = False"],
    ),
];

/// PyTorch's message for an argument of another type.
pub fn wrong(args: &Args, i: usize, expected: &str, value: &Value) -> crate::Interrupt {
    let kinds = OVERLOADS.iter().find(|(names, _)| names.contains(&args.native.name));
    if let (Some((_, kinds)), Some(_)) = (kinds, args.get(1)) {
        let given: Vec<String> = args.values.iter().filter(|v| v.is_bound()).map(|v| v.type_name()).collect();
        let mut message = format!(
            "{}() received an invalid combination of arguments - got ({}), but expected one of:\n",
            args.native.name,
            given.join(", ")
        );
        for kind in *kinds {
            message += &format!(" * ({kind}, *, Tensor out = None)\n");
        }
        return type_error(message);
    }
    type_error(format!(
        "{}(): argument '{}' (position {}) must be {expected}, not {}",
        args.native.name,
        args.name(i),
        i + 1,
        value.type_name()
    ))
}

/// A tensor or a number as an operand; `None` for anything else.
pub fn to_operand(value: &Value) -> Option<Arg> {
    match value {
        Value::Tensor(tensor) => Some(Arg::Tensor(tensor.clone())),
        Value::Bool(x) => Some(Arg::from(*x)),
        Value::Int(x) => Some(Arg::from(*x)),
        Value::Float(x) => Some(Arg::from(*x)),
        Value::Big(_) => value.as_f64().map(Arg::from),
        Value::Object(_) => match value.object::<NdArray>() {
            Some(array) => Some(Arg::Tensor(array.0.clone())),
            None => value.object::<NumPyScalar>().map(|s| Arg::Scalar(s.value)),
        },
        _ => None,
    }
}

/// A number as the engine takes it.
pub fn scalar(cx: &mut Context, value: &Value) -> Result<Scalar> {
    Ok(match value {
        Value::Bool(x) => Scalar::Bool(*x),
        Value::Int(x) => Scalar::Int(*x),
        Value::Tensor(tensor) => item(cx, tensor)?,
        Value::Object(_) => match value.object::<NumPyScalar>() {
            Some(scalar) => scalar.value,
            None => Scalar::Float(cx.float(value)?),
        },
        other => Scalar::Float(cx.float(other)?),
    })
}

/// The only element of a tensor.
pub fn item(cx: &mut Context, tensor: &Tensor) -> Result<Scalar> {
    if tensor.count() != 1 {
        let message = format!("a Tensor with {} elements cannot be converted to Scalar", tensor.count());
        return Err(runtime_error(message));
    }
    let array = cx.host(tensor)?;
    array.scalar(0).ok_or_else(|| runtime_error("the tensor has no element"))
}

/// A number as a Python value.
pub fn number(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool(x) => Value::Bool(x),
        Scalar::Int(x) => Value::Int(x),
        Scalar::Float(x) => Value::Float(x),
    }
}

/// The items of a list, a tuple or a size; `None` for anything else.
pub fn sequence(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(list) => Some(list.items.borrow().clone()),
        Value::Tuple(tuple) => Some(tuple.items.clone()),
        _ => value.object::<Size>().map(|size| size.0.iter().map(|&n| Value::from(n)).collect()),
    }
}

/// Integers given one by one or as one sequence: `view(2, 3)`, `view((2, 3))`.
pub fn integers(cx: &mut Context, given: &[Value]) -> Result<Vec<i64>> {
    let listed = match given {
        [one] => sequence(one),
        _ => None,
    };
    let items = listed.as_deref().unwrap_or(given);
    items.iter().map(|v| integer(cx, v)).collect()
}

fn integer(cx: &mut Context, value: &Value) -> Result<i64> {
    match value {
        Value::Tensor(t) if !t.dtype().is_float() => match item(cx, t)? {
            Scalar::Int(i) => Ok(i),
            other => Ok(other.to_f64() as i64),
        },
        Value::Tensor(_) | Value::Float(_) => {
            Err(type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name())))
        }
        other => cx.index(other),
    }
}

/// Sizes of a tensor to be made.
pub fn sizes(cx: &mut Context, op: &str, given: &[Value]) -> Result<Vec<usize>> {
    let numbers = integers(cx, given)?;
    numbers
        .iter()
        .map(|&n| {
            usize::try_from(n).map_err(|_| {
                runtime_error(match op {
                    "zeros" => "zeros: Dimension size must be non-negative.".to_owned(),
                    _ => format!("Trying to create tensor with negative dimension {n}: {numbers:?}"),
                })
            })
        })
        .collect()
}

/// Dimensions given as one integer, a sequence, or not at all.
pub fn dims(cx: &mut Context, value: Option<&Value>) -> Result<Vec<i64>> {
    match value {
        None => Ok(Vec::new()),
        Some(value) => integers(cx, std::slice::from_ref(value)),
    }
}

/// A dtype: `torch.float32`, `np.float32`, `float`.
pub fn dtype(value: &Value) -> Result<DType> {
    if let Some(found) = as_dtype(value) {
        return Ok(found);
    }
    Err(type_error(format!("argument 'dtype' must be torch.dtype, not {}", value.type_name())))
}

/// A dtype, or `None` for anything else.
pub fn as_dtype(value: &Value) -> Option<DType> {
    if let Some(DTypeObject(dtype)) = value.object() {
        return Some(*dtype);
    }
    match value {
        Value::Type(table) => match table.name {
            "float" | "float64" => Some(DType::F64),
            "float32" => Some(DType::F32),
            "int" | "int64" => Some(DType::I64),
            "bool" => Some(DType::Bool),
            _ => None,
        },
        _ => None,
    }
}

/// Parameter `i` as a dtype, where it was given.
pub fn dtype_or(args: &Args, i: usize, default: DType) -> Result<DType> {
    args.some(i).map_or(Ok(default), dtype)
}

/// A device: `"cuda"`, `torch.device("cpu")`, a number of a GPU.
pub fn device(value: &Value) -> Result<DeviceObject> {
    if let Some(device) = value.object::<DeviceObject>() {
        return Ok(*device);
    }
    match value {
        Value::Str(text) => DeviceObject::parse(text),
        Value::Int(index) => Ok(DeviceObject { device: Device::Gpu, index: Some(*index) }),
        other => {
            Err(type_error(format!("argument 'device' must be torch.device, not {}", other.type_name())))
        }
    }
}

/// Parameter `i` as a device; where it was not given, the one where tensors are made.
pub fn device_or_default(cx: &mut Context, args: &Args, i: usize) -> Result<Device> {
    match args.some(i) {
        None => Ok(cx.engine.default_device()),
        Some(value) => {
            let found = device(value)?;
            found.check(cx)?;
            Ok(found.device)
        }
    }
}

/// Gives the node of a result the name that PyTorch's has: an overload's number, the last part of a composition.
pub fn named(out: Tensor, name: &'static str) -> Tensor {
    if let Some(node) = out.node() {
        node.rename(name);
    }
    out
}

/// The same for one of several views that one function makes: it must not be changed on the tape.
pub fn one_of_several(out: Tensor, name: &'static str) -> Tensor {
    if out.engine().grad_enabled() {
        out.set_view_origin(gradloom_engine::ViewOrigin::Several);
    }
    named(out, name)
}
