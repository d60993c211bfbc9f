//! NumPy's numbers and dtypes.

use gradloom_engine::{Array, DType, Device, Scalar, Tensor};

use crate::context::Context;
use crate::error::type_error;
use crate::modules::print::scalar_str;
use crate::modules::torch::{number, object};
use crate::native::{Args, BinaryOp, CompareOp, Getter, Native, Result, TypeTable, UnaryOp};
use crate::types::number::FLOAT;
use crate::value::{Object, Value};

use super::ufunc;

/// A number of one of NumPy's types.
#[derive(Clone, Copy)]
pub struct NumPyScalar {
    /// The number.
    pub value: Scalar,
    /// Its type.
    pub dtype: DType,
}

impl Object for NumPyScalar {
    fn table(&self) -> &'static TypeTable {
        table(self.dtype)
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
    fn number(&self) -> Option<Scalar> {
        Some(self.value)
    }
}

impl NumPyScalar {
    /// As an array without dimensions.
    pub fn tensor(&self, cx: &Context) -> Result<Tensor> {
        Ok(cx.engine.tensor(
            gradloom_engine::device::cpu::repeat(self.value, 1, self.dtype),
            &[],
            Device::Cpu,
        )?)
    }

    /// The first element of an array.
    pub fn of(array: &Array) -> Option<NumPyScalar> {
        array.scalar(0).map(|value| NumPyScalar { value, dtype: array.dtype() })
    }
}

/// The type of a number.
pub fn table(dtype: DType) -> &'static TypeTable {
    match dtype {
        DType::Bool => &BOOL_,
        DType::I64 => &INT64,
        DType::F32 => &FLOAT32,
        DType::F64 => &FLOAT64,
    }
}

/// The dtype behind a type of numbers.
fn of_table(table: &'static TypeTable) -> Option<DType> {
    [DType::Bool, DType::I64, DType::F32, DType::F64]
        .into_iter()
        .find(|&d| std::ptr::eq(self::table(d), table))
}

/// A dtype as programs name it: `np.float64`, `float`, `"float64"`, `x.dtype`.
pub fn dtype(value: &Value) -> Result<DType> {
    let found = match value {
        Value::Type(table) => of_table(table).or(match table.name {
            "float" => Some(DType::F64),
            "int" => Some(DType::I64),
            "bool" => Some(DType::Bool),
            _ => None,
        }),
        Value::Str(name) => match &**name {
            "float64" | "float" | "d" | "f8" | "double" => Some(DType::F64),
            "float32" | "f" | "f4" => Some(DType::F32),
            "int64" | "int" | "i8" => Some(DType::I64),
            "bool" | "?" => Some(DType::Bool),
            _ => None,
        },
        other => other.object::<NumPyDType>().map(|d| d.0),
    };
    if let Some(stored) = super::stored::only_there(value) {
        return Err(super::stored::refusal(&stored));
    }
    found.ok_or_else(|| match value {
        Value::Str(name) => type_error(format!("data type '{name}' not understood")),
        other => type_error(format!("Cannot interpret a '{}' object as a data type here", other.type_name())),
    })
}

fn this(value: &Value) -> Result<&NumPyScalar> {
    value
        .object()
        .ok_or_else(|| type_error(format!("expected a number of NumPy's, not '{}'", value.type_name())))
}

fn make(cx: &mut Context, args: &Args, dtype: DType) -> Result {
    let Some(value) = args.get(0) else {
        return Ok(Value::new_object(NumPyScalar { value: Scalar::Int(0), dtype }.converted()));
    };
    if let Value::Str(_) = value {
        let number = cx.call(&Value::Type(&FLOAT), vec![value.clone()])?;
        let x = cx.float(&number)?;
        return Ok(Value::new_object(NumPyScalar { value: Scalar::Float(x), dtype }.converted()));
    }
    let tensor = super::array::to_tensor(cx, value)?;
    ufunc::wrap(cx, gradloom_engine::ops::cast(&tensor, dtype)?)
}

impl NumPyScalar {
    /// The value in its type's own form.
    fn converted(self) -> NumPyScalar {
        let array = gradloom_engine::device::cpu::repeat(self.value, 1, self.dtype);
        NumPyScalar { value: array.scalar(0).unwrap_or(self.value), dtype: self.dtype }
    }
}

fn repr(_cx: &mut Context, value: &Value) -> Result<String> {
    let scalar = this(value)?;
    let text = scalar_str(scalar.value, scalar.dtype);
    Ok(match scalar.dtype {
        DType::Bool => format!("np.{text}_"),
        dtype => format!("np.{dtype}({text})"),
    })
}

fn binary(cx: &mut Context, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    ufunc::operator(cx, op, a, b)
}

fn compare(cx: &mut Context, op: CompareOp, a: &Value, b: &Value) -> Result<Option<Value>> {
    ufunc::compare(cx, op, a, b)
}

/// What all numbers share.
const NUMBER: TypeTable = TypeTable {
    module: "numpy",
    methods: &[
        Native::new("item", "self", |_, args| Ok(number(this(&args[0])?.value))),
        Native::new("tolist", "self", |_, args| Ok(number(this(&args[0])?.value))),
        Native::new("copy", "self", |_, args| Ok(args[0].clone())),
        Native::new("astype", "self, dtype", |cx, args| {
            let tensor = this(&args[0])?.tensor(cx)?;
            ufunc::wrap(cx, gradloom_engine::ops::cast(&tensor, dtype(&args[1])?)?)
        }),
        Native::new("sum", "self, axis=", |_, args| Ok(args[0].clone())),
        Native::new("mean", "self, axis=", |_, args| Ok(args[0].clone())),
        Native::new("__round__", "self, ndigits=", |cx, args| {
            let value = number(this(&args[0])?.value);
            let round = crate::builtins::find("round").unwrap_or_default();
            let given: Vec<Value> = std::iter::once(value).chain(args.get(1).cloned()).collect();
            let rounded = cx.call(&round, given)?;
            Ok(match rounded {
                Value::Float(x) => {
                    Value::new_object(NumPyScalar { value: Scalar::Float(x), dtype: this(&args[0])?.dtype })
                }
                other => other,
            })
        }),
    ],
    getters: &[
        Getter::new("T", |_, v| Ok(v.clone())),
        Getter::new("dtype", |_, v| Ok(Value::new_object(NumPyDType(this(v)?.dtype)))),
        Getter::new("ndim", |_, _| Ok(Value::Int(0))),
        Getter::new("shape", |_, _| Ok(Value::tuple(Vec::new()))),
        Getter::new("size", |_, _| Ok(Value::Int(1))),
    ],
    getattr: Some(|cx, v, name| {
        // A number has the methods of an array without dimensions.
        if let Some(method) = super::array::NDARRAY.method(name) {
            let array = Value::new_object(super::array::NdArray(this(v)?.tensor(cx)?));
            return Ok(Some(Value::method(array, Value::Native(method))));
        }
        cx.library_method(&crate::modules::library::NUMPY__METHODS, v, name)
    }),
    repr: Some(repr),
    str: Some(|_, v| {
        let scalar = this(v)?;
        Ok(scalar_str(scalar.value, scalar.dtype))
    }),
    format: Some(|cx, v, spec| Ok(cx.format(&number(this(v)?.value), spec)?.to_string())),
    // `x[()]` and `x[...]` are all of it.
    getitem: Some(|_, v, key| match key {
        Value::Ellipsis => Ok(v.clone()),
        Value::Tuple(tuple) if tuple.items.is_empty() => Ok(v.clone()),
        _ => Err(crate::error::index_error("invalid index to scalar variable.")),
    }),
    truth: Some(|_, v| Ok(this(v)?.value.to_f64() != 0.0)),
    float: Some(|_, v| Ok(this(v)?.value.to_f64())),
    hash: Some(|cx, v| {
        let value = number(this(v)?.value);
        cx.hash(&value)
    }),
    unary: Some(|cx, op, v| {
        let value = this(v)?;
        if op == UnaryOp::Neg && value.dtype == DType::Bool {
            return Ok(None);
        }
        let tensor = value.tensor(cx)?;
        ufunc::unary_operator(cx, op, &tensor).map(Some)
    }),
    binary: Some(binary),
    compare: Some(compare),
    ..TypeTable::EMPTY
};

fn as_index(_cx: &mut Context, value: &Value) -> Result {
    match this(value)?.value {
        Scalar::Int(i) => Ok(Value::Int(i)),
        Scalar::Bool(b) => Ok(Value::Int(i64::from(b))),
        Scalar::Float(_) => Err(type_error("'numpy.float64' object cannot be interpreted as an integer")),
    }
}

/// `np.float64`, a `float` of Python's as well.
pub static FLOAT64: TypeTable = TypeTable {
    name: "float64",
    base: Some(&FLOAT),
    new: Some(Native::new("float64", "x=, /", |cx, args| make(cx, args, DType::F64))),
    ..NUMBER
};

/// `np.float32`
pub static FLOAT32: TypeTable = TypeTable {
    name: "float32",
    new: Some(Native::new("float32", "x=, /", |cx, args| make(cx, args, DType::F32))),
    ..NUMBER
};

/// `np.int64`
pub static INT64: TypeTable = TypeTable {
    name: "int64",
    new: Some(Native::new("int64", "x=, /", |cx, args| make(cx, args, DType::I64))),
    index: Some(as_index),
    ..NUMBER
};

/// `np.bool_`
pub static BOOL_: TypeTable = TypeTable {
    name: "bool",
    new: Some(Native::new("bool", "x=, /", |cx, args| make(cx, args, DType::Bool))),
    index: Some(as_index),
    ..NUMBER
};

/// What `x.dtype` is.
#[derive(Clone, Copy)]
pub struct NumPyDType(pub DType);
object!(NumPyDType, DTYPE);

/// The type of dtypes.
pub static DTYPE: TypeTable = TypeTable {
    name: "dtype",
    module: "numpy",
    new: Some(Native::new("dtype", "dtype", |_, args| match super::stored::only_in_files(&args[0]) {
        Some(stored) => Ok(stored),
        None => Ok(Value::new_object(NumPyDType(dtype(&args[0])?))),
    })),
    repr: Some(|_, v| Ok(format!("dtype('{}')", v.object::<NumPyDType>().map_or("", |d| d.0.name())))),
    str: Some(|_, v| Ok(v.object::<NumPyDType>().map_or("", |d| d.0.name()).to_owned())),
    compare: Some(|_, op, a, b| {
        let equal = dtype(a).ok().is_some_and(|x| dtype(b).ok() == Some(x));
        Ok(match op {
            CompareOp::Eq => Some(Value::Bool(equal)),
            CompareOp::Ne => Some(Value::Bool(!equal)),
            _ => None,
        })
    }),
    hash: Some(|_, v| Ok(v.object::<NumPyDType>().map_or(0, |d| d.0 as u64 + 1))),
    getters: &[
        Getter::new("itemsize", |_, v| Ok(Value::from(v.object::<NumPyDType>().map_or(0, |d| d.0.size())))),
        Getter::new("name", |_, v| Ok(Value::from(v.object::<NumPyDType>().map_or("", |d| d.0.name())))),
        Getter::new("type", |_, v| {
            Ok(v.object::<NumPyDType>().map_or(Value::None, |d| Value::Type(table(d.0))))
        }),
    ],
    ..TypeTable::EMPTY
};
