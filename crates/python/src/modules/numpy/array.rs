//! `np.ndarray`: an engine tensor on the CPU, outside of the tape.

use gradloom_engine::{DType, Device, Tensor, ops};

use crate::context::Context;
use crate::error::{Exception, VALUE_ERROR, type_error, value_error};
use crate::modules::print::{array_repr, array_str};
use crate::modules::torch::{Library, Size, nested, read_data, read_index, sequence, shape_tuple};
use crate::native::{Args, Getter, Native, Result, TypeTable};
use crate::value::{Object, Value};

use super::METHODS;
use super::index::{getitem, setitem, worded};
use super::scalar::{NumPyDType, NumPyScalar, dtype};
use super::ufunc;

/// An array.
pub struct NdArray(pub Tensor);
impl Object for NdArray {
    fn table(&self) -> &'static TypeTable {
        &NDARRAY
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn tensor(&self) -> Option<&Tensor> {
        Some(&self.0)
    }
}

/// A shape as NumPy writes it in messages: `(2,3)`, `(2,)`.
pub fn tuple_text(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    format!("({}{})", sizes.join(","), if sizes.len() == 1 { "," } else { "" })
}

/// Anything that NumPy makes an array of, as a tensor.
pub fn to_tensor(cx: &mut Context, value: &Value) -> Result<Tensor> {
    match value {
        Value::Tensor(t) => {
            if t.device() == Device::Gpu {
                return Err(type_error(
                    "can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() to copy the tensor to host memory first.",
                ));
            }
            Ok(ops::detach(t))
        }
        other => {
            if let Some(array) = other.object::<NdArray>() {
                return Ok(array.0.clone());
            }
            if let Some(scalar) = other.object::<NumPyScalar>() {
                return scalar.tensor(cx);
            }
            // What says itself which array it is.
            if let Value::Instance(_) = other
                && let Ok(method) = cx.getattr(other, "__array__")
            {
                let array = cx.call(&method, Vec::new())?;
                return to_tensor(cx, &array);
            }
            let listed;
            let other = match other {
                Value::List(_)
                | Value::Tuple(_)
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Big(_) => other,
                Value::Range(_) => {
                    listed = Value::list(cx.collect(other)?);
                    &listed
                }
                _ => other,
            };
            let data = read_data(cx, other, Library::NumPy, DType::F64)?;
            let dtype = data.dtype.unwrap_or(DType::F64);
            cx.engine.check_budget(&data.shape, dtype)?;
            Ok(cx.engine.tensor(data.array(dtype), &data.shape, Device::Cpu)?)
        }
    }
}

pub fn this(value: &Value) -> Result<&Tensor> {
    match value.object::<NdArray>() {
        Some(array) => Ok(&array.0),
        None => Err(type_error(format!("expected a numpy.ndarray, not '{}'", value.type_name()))),
    }
}

/// The type of arrays.
pub static NDARRAY: TypeTable = TypeTable {
    name: "ndarray",
    module: "numpy",
    methods: &METHODS,
    getters: &[
        Getter::new("T", |_, v| {
            let x = this(v)?;
            let order: Vec<i64> = (0..x.rank() as i64).rev().collect();
            Ok(Value::new_object(NdArray(ops::permute(x, &order)?)))
        }),
        Getter::new("base", |_, v| {
            Ok(this(v)?.base().map_or(Value::None, |base| Value::new_object(NdArray(base.clone()))))
        }),
        Getter::new("dtype", |_, v| Ok(Value::new_object(NumPyDType(this(v)?.dtype())))),
        Getter::settable(
            "flat",
            |_, v| {
                let x = this(v)?;
                Ok(Value::new_object(NdArray(ops::reshape(x, &[x.count()])?)))
            },
            |cx, v, new| {
                let resize = cx.getattr(&Value::Module(&super::NUMPY), "resize")?;
                let new = cx.call(&resize, vec![new.clone(), shape_tuple(this(v)?.shape())])?;
                setitem(cx, v, &Value::Ellipsis, &new)
            },
        ),
        Getter::new("flags", |cx, v| {
            let flags = cx.getattr(&Value::Module(&super::NUMPY), "flagsobj")?;
            cx.call(&flags, vec![v.clone()])
        }),
        Getter::new("itemsize", |_, v| Ok(Value::from(this(v)?.dtype().size()))),
        Getter::new("nbytes", |_, v| Ok(Value::from(this(v)?.dtype().size() * this(v)?.count()))),
        Getter::new("ndim", |_, v| Ok(Value::from(this(v)?.rank()))),
        Getter::new("shape", |_, v| Ok(shape_tuple(this(v)?.shape()))),
        Getter::new("size", |_, v| Ok(Value::from(this(v)?.count()))),
        Getter::new("strides", |_, v| {
            let x = this(v)?;
            let bytes: Vec<usize> = x.layout().strides.iter().map(|s| s * x.dtype().size()).collect();
            Ok(shape_tuple(&bytes))
        }),
    ],
    getattr: Some(|cx, v, name| cx.library_method(&crate::modules::library::NUMPY__METHODS, v, name)),
    repr: Some(|cx, v| {
        let x = this(v)?;
        let options = super::options::current(cx);
        Ok(array_repr(&*cx.host(x)?, x.shape(), &options))
    }),
    str: Some(|cx, v| {
        let x = this(v)?;
        let options = super::options::current(cx);
        Ok(array_str(&*cx.host(x)?, x.shape(), " ", &options))
    }),
    format: Some(|cx, v, spec| match only(cx, this(v)?) {
        Some(scalar) if this(v)?.rank() == 0 => {
            Ok(cx.format(&crate::modules::torch::number(scalar.value), spec)?.to_string())
        }
        _ => Err(type_error("unsupported format string passed to numpy.ndarray.__format__")),
    }),
    truth: Some(|cx, v| match only(cx, this(v)?) {
        Some(scalar) => Ok(scalar.value.to_f64() != 0.0),
        None if this(v)?.count() == 0 => Err(value_error(
            "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
        )),
        None => Err(value_error(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
        )),
    }),
    len: Some(|_, v| this(v)?.shape().first().copied().ok_or_else(|| type_error("len() of unsized object"))),
    index: Some(|cx, v| match only(cx, this(v)?) {
        Some(scalar) if scalar.dtype == DType::I64 && this(v)?.rank() == 0 => {
            Ok(crate::modules::torch::number(scalar.value))
        }
        _ => Err(type_error("only integer scalar arrays can be converted to a scalar index")),
    }),
    float: Some(|cx, v| match only(cx, this(v)?) {
        Some(scalar) if this(v)?.rank() == 0 => Ok(scalar.value.to_f64()),
        _ => Err(type_error("only 0-dimensional arrays can be converted to Python scalars")),
    }),
    hash: Some(|_, _| Err(type_error("unhashable type: 'numpy.ndarray'"))),
    contains: Some(|cx, v, item| {
        let equal = ufunc::compare(cx, crate::native::CompareOp::Eq, v, item)?;
        let Some(equal) = equal else { return Ok(false) };
        let tensor = to_tensor(cx, &equal)?;
        Ok(cx.host(&tensor)?.to_f64().contains(&1.0))
    }),
    getitem: Some(getitem),
    setitem: Some(setitem),
    unary: Some(|cx, op, v| ufunc::unary_operator(cx, op, this(v)?).map(Some)),
    binary: Some(ufunc::operator),
    inplace: Some(ufunc::operator_in_place),
    compare: Some(ufunc::compare),
    ..TypeTable::EMPTY
};

/// The only element.
fn only(cx: &mut Context, x: &Tensor) -> Option<NumPyScalar> {
    if x.count() != 1 {
        return None;
    }
    cx.host(x).ok().and_then(|array| NumPyScalar::of(&array))
}

fn method_tensor<'a>(args: &'a Args) -> Result<&'a Tensor> {
    this(&args[0])
}

/// Whether parameter `i` asks for the first dimension to run fastest: `order='F'`.
pub fn first_fastest(args: &Args, i: usize) -> Result<bool> {
    match args.some(i).map_or(Ok("C"), |_| args.str(i))? {
        "C" | "A" | "K" => Ok(false),
        "F" => Ok(true),
        other => Err(value_error(format!("order must be one of 'C', 'F', 'A', or 'K' (got '{other}')"))),
    }
}

pub fn turned_over(x: &Tensor) -> Result<Tensor> {
    let order: Vec<i64> = (0..x.rank() as i64).rev().collect();
    Ok(ops::permute(x, &order)?)
}

/// Sizes as `reshape` takes them; the elements in the order in which the first dimension runs fastest, if so asked.
pub fn reshaped(cx: &mut Context, x: &Tensor, given: &[Value], first_fastest: bool) -> Result {
    let items = match given {
        [one] => sequence(one).unwrap_or_else(|| given.to_vec()),
        _ => given.to_vec(),
    };
    let mut sizes = Vec::new();
    for item in &items {
        sizes.push(cx.index(item)?);
    }
    let shape = ops::infer_shape(x.count(), &sizes).map_err(|_| {
        let word = |&size: &i64| if size < 0 { "newaxis".to_owned() } else { size.to_string() };
        let shown: Vec<String> = sizes.iter().map(word).collect();
        let comma = if shown.len() == 1 && sizes.len() == 1 { "," } else { "" };
        let message =
            format!("cannot reshape array of size {} into shape ({}{comma})", x.count(), shown.join(","));
        Exception::new(&VALUE_ERROR, message).raise()
    })?;
    let out = if first_fastest {
        turned_over(&ops::reshape(&turned_over(x)?, &shape.into_iter().rev().collect::<Vec<_>>())?)?
    } else {
        ops::reshape(x, &shape)?
    };
    Ok(Value::new_object(NdArray(out)))
}

/// The dimensions in another order; reversed where none is named.
pub fn transposed(cx: &mut Context, x: &Tensor, given: &[Value]) -> Result {
    let items = match given {
        [one] => sequence(one).unwrap_or_else(|| given.to_vec()),
        _ => given.to_vec(),
    };
    let mut order = Vec::new();
    for item in items.iter().filter(|v| !v.is_none()) {
        order.push(cx.index(item)?);
    }
    if order.is_empty() {
        order = (0..x.rank() as i64).rev().collect();
    }
    if order.len() != x.rank() {
        return Err(value_error("axes don't match array"));
    }
    let out = ops::permute(x, &order).map_err(|_| value_error("repeated axis in transpose"))?;
    Ok(Value::new_object(NdArray(out)))
}

fn copy(_cx: &mut Context, args: &Args) -> Result {
    Ok(Value::new_object(NdArray(ops::clone(method_tensor(args)?)?)))
}

fn flatten(args: &Args, copied: bool) -> Result {
    let x = method_tensor(args)?;
    let x = if first_fastest(args, 1)? { turned_over(x)? } else { x.clone() };
    let x = if copied { ops::clone(&x)? } else { x };
    Ok(Value::new_object(NdArray(ops::reshape(&x, &[x.count()])?)))
}

fn item(cx: &mut Context, args: &Args) -> Result {
    let mut x = method_tensor(args)?.clone();
    if let Some(first) = args.rest(1).first() {
        // A place: one number counts through the elements.
        let place = if args.rest(1).len() > 1 { args[1].clone() } else { first.clone() };
        if !matches!(place, Value::Tuple(_)) {
            x = ops::reshape(&x, &[x.count()])?;
        }
        x = read_index(cx, &x, &place).map_err(|e| worded(e, &x, &place))?;
    }
    match only(cx, &x) {
        Some(scalar) => Ok(crate::modules::torch::number(scalar.value)),
        None => Err(value_error("can only convert an array of size 1 to a Python scalar")),
    }
}

/// Methods that are no functions.
pub const ARRAY_METHODS: &[Native] = &[
    Native::new("astype", "self, dtype, order=, casting=, subok=, copy=", |_, args| {
        let (x, dtype) = (method_tensor(args)?, dtype(&args[1])?);
        let out = ops::cast(x, dtype)?;
        Ok(Value::new_object(NdArray(if out.is(x) { ops::clone(x)? } else { out })))
    }),
    Native::new("copy", "self", copy),
    Native::new("dot", "a, b", super::linear::dot),
    Native::new("fill", "self, value", |cx, args| {
        let number = NumPyScalar::of(&*{
            let value = to_tensor(cx, &args[1])?;
            cx.host(&value)?
        });
        if let Some(number) = number {
            method_tensor(args)?.fill_(number.value)?;
        }
        Ok(Value::None)
    }),
    Native::new("flatten", "self, order=", |_, args| flatten(args, true)),
    Native::new("item", "self, *args", item),
    Native::new("ravel", "self, order=", |_, args| flatten(args, false)),
    Native::new("reshape", "self, *shape, order=", |cx, args| {
        reshaped(cx, method_tensor(args)?, args.rest(1), first_fastest(args, 2)?)
    }),
    Native::new("squeeze", "self, axis=", |cx, args| {
        let x = method_tensor(args)?;
        let axes = super::reduce::axes(cx, args.some(1), x)?;
        if axes.iter().any(|&axis| x.shape()[axis.rem_euclid(x.rank() as i64) as usize] != 1) {
            return Err(value_error("cannot select an axis to squeeze out which has size not equal to one"));
        }
        let out = ops::squeeze(x, args.some(1).map(|_| axes.as_slice()))?;
        Ok(Value::new_object(NdArray(out)))
    }),
    Native::new("tobytes", "self", super::stored::tobytes),
    Native::new("tolist", "self", |cx, args| nested(cx, method_tensor(args)?)),
    Native::new("transpose", "self, *axes", |cx, args| transposed(cx, method_tensor(args)?, args.rest(1))),
];

/// A shape given as an integer or a sequence.
pub fn shape(cx: &mut Context, given: &[Value]) -> Result<Vec<usize>> {
    let items = match given {
        [one] => match one.object::<Size>() {
            Some(size) => return Ok(size.0.clone()),
            None => sequence(one).unwrap_or_else(|| given.to_vec()),
        },
        _ => given.to_vec(),
    };
    let mut shape = Vec::new();
    for item in &items {
        let size = cx.index(item)?;
        shape.push(usize::try_from(size).map_err(|_| value_error("negative dimensions are not allowed"))?);
    }
    Ok(shape)
}
