//! What is no tensor: dtypes, devices, sizes, generators, named results.

use gradloom_engine::{DType, Device};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::{Args, BinaryOp, CompareOp, Getter, Native, Result, TypeTable};
use crate::value::Value;

use super::args;

macro_rules! object {
    ($type:ty, $table:expr) => {
        impl $crate::value::Object for $type {
            fn table(&self) -> &'static $crate::native::TypeTable {
                &$table
            }
            fn as_any(&self) -> &dyn std::any::Any {
                self
            }
        }
    };
}
pub(crate) use object;

/// Whether two objects are equal, for a `compare` slot of a type whose objects have no order.
fn equality(op: CompareOp, equal: bool) -> Option<Value> {
    match op {
        CompareOp::Eq => Some(Value::Bool(equal)),
        CompareOp::Ne => Some(Value::Bool(!equal)),
        _ => None,
    }
}

/// `torch.float32` and its like.
#[derive(Clone, Copy)]
pub struct DTypeObject(pub DType);
object!(DTypeObject, DTYPE);

/// The four dtypes as values, one of each, so that `is` holds.
struct DTypes(Vec<(DType, Value)>);

impl DTypeObject {
    /// The dtype as a value.
    pub fn value(cx: &mut Context, dtype: DType) -> Value {
        let all = [DType::Bool, DType::I64, DType::F32, DType::F64];
        let held = cx.state(|_| DTypes(all.map(|d| (d, Value::new_object(DTypeObject(d)))).into()));
        let found = held.and_then(|d| d.0.iter().find(|(d, _)| *d == dtype).map(|(_, v)| v.clone()));
        found.unwrap_or_else(|| Value::new_object(DTypeObject(dtype)))
    }
}

/// The type of dtypes.
pub static DTYPE: TypeTable = TypeTable {
    name: "dtype",
    module: "torch",
    repr: Some(|_, v| Ok(format!("torch.{}", v.object::<DTypeObject>().map_or("", |d| d.0.name())))),
    compare: Some(|_, op, a, b| match (a.object::<DTypeObject>(), b.object::<DTypeObject>()) {
        (Some(a), Some(b)) => Ok(equality(op, a.0 == b.0)),
        _ => Ok(None),
    }),
    hash: Some(|_, v| Ok(v.object::<DTypeObject>().map_or(0, |d| d.0 as u64 + 1))),
    getters: &[
        Getter::new("is_floating_point", |_, v| {
            Ok(Value::Bool(v.object::<DTypeObject>().is_some_and(|d| d.0.is_float())))
        }),
        Getter::new("itemsize", |_, v| Ok(Value::from(v.object::<DTypeObject>().map_or(0, |d| d.0.size())))),
    ],
    ..TypeTable::EMPTY
};

/// `torch.device("cuda")`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct DeviceObject {
    /// Which.
    pub device: Device,
    /// Its number, where one was named.
    pub index: Option<i64>,
}
object!(DeviceObject, DEVICE);

impl DeviceObject {
    /// Where a tensor is.
    pub fn of(device: Device) -> DeviceObject {
        DeviceObject { device, index: (device == Device::Gpu).then_some(0) }
    }

    /// From its name: `cpu`, `cuda`, `cuda:0`.
    pub fn parse(text: &str) -> Result<DeviceObject> {
        let (kind, index) = match text.split_once(':') {
            None => (text, None),
            Some((kind, index)) => match index.parse::<i64>() {
                Ok(index) if index >= 0 => (kind, Some(index)),
                _ => return Err(runtime_error(format!("Invalid device string: '{text}'"))),
            },
        };
        let device = match kind {
            "cpu" => Device::Cpu,
            "cuda" => Device::Gpu,
            _ => {
                return Err(runtime_error(format!(
                    "Expected one of cpu, cuda device type at start of device string: {text}"
                )));
            }
        };
        Ok(DeviceObject { device, index })
    }

    /// Refuses a device that is not there.
    pub fn check(&self, cx: &Context) -> Result<()> {
        if self.device == Device::Gpu {
            cx.engine.gpu()?;
            if self.index.is_some_and(|i| i != 0) {
                return Err(runtime_error("CUDA error: invalid device ordinal"));
            }
        }
        Ok(())
    }

    fn kind(&self) -> &'static str {
        if self.device == Device::Gpu { "cuda" } else { "cpu" }
    }

    /// As `str` writes it.
    pub fn text(&self) -> String {
        match self.index {
            Some(index) => format!("{}:{index}", self.kind()),
            None => self.kind().to_owned(),
        }
    }
}

fn device_new(_cx: &mut Context, args: &Args) -> Result {
    let mut made = args::device(&args[0])?;
    if let Some(index) = args.some(1).and_then(Value::as_i64) {
        made.index = Some(index);
    }
    Ok(Value::new_object(made))
}

/// The type of devices.
pub static DEVICE: TypeTable = TypeTable {
    name: "device",
    module: "torch",
    new: Some(Native::new("device", "type, index=", device_new)),
    repr: Some(|_, v| {
        let Some(d) = v.object::<DeviceObject>() else { return Ok(String::new()) };
        let index = d.index.map(|i| format!(", index={i}")).unwrap_or_default();
        Ok(format!("device(type='{}'{index})", d.kind()))
    }),
    str: Some(|_, v| Ok(v.object::<DeviceObject>().map(DeviceObject::text).unwrap_or_default())),
    compare: Some(|_, op, a, b| match (a.object::<DeviceObject>(), b.object::<DeviceObject>()) {
        (Some(a), Some(b)) => Ok(equality(op, a == b)),
        _ => Ok(None),
    }),
    hash: Some(|_, v| Ok(v.object::<DeviceObject>().map_or(0, |d| crate::hash::text(&d.text())))),
    getters: &[
        Getter::new("type", |_, v| {
            Ok(Value::from(v.object::<DeviceObject>().map_or("", DeviceObject::kind)))
        }),
        Getter::new("index", |_, v| {
            Ok(v.object::<DeviceObject>().and_then(|d| d.index).map_or(Value::None, Value::Int))
        }),
    ],
    ..TypeTable::EMPTY
};

/// `torch.Size`: a tuple that prints its name.
pub struct Size(pub Vec<usize>);
object!(Size, SIZE);

impl Size {
    /// A shape as a value.
    pub fn value(shape: &[usize]) -> Value {
        Value::new_object(Size(shape.to_vec()))
    }
}

/// The sizes as a plain tuple.
pub fn shape_tuple(shape: &[usize]) -> Value {
    Value::tuple(shape.iter().map(|&n| Value::from(n)).collect())
}

fn size_tuple(value: &Value) -> Value {
    match value.object::<Size>() {
        Some(size) => shape_tuple(&size.0),
        None => value.clone(),
    }
}

fn size_of(cx: &mut Context, value: &Value) -> Result {
    let items = cx.collect(value)?;
    let sizes: Result<Vec<usize>> =
        items.iter().map(|v| Ok(usize::try_from(cx.index(v)?).unwrap_or_default())).collect();
    Ok(Value::new_object(Size(sizes?)))
}

/// The type of sizes.
pub static SIZE: TypeTable = TypeTable {
    name: "Size",
    module: "torch",
    base: Some(&crate::types::list::TUPLE),
    new: Some(Native::new("Size", "sizes=", |cx, args| match args.get(0) {
        None => Ok(Size::value(&[])),
        Some(sizes) => size_of(cx, sizes),
    })),
    repr: Some(|_, v| Ok(format!("torch.Size({:?})", v.object::<Size>().map_or(&[][..], |s| &s.0)))),
    len: Some(|_, v| Ok(v.object::<Size>().map_or(0, |s| s.0.len()))),
    iter: Some(|cx, v| cx.iter(&size_tuple(v))),
    getitem: Some(|cx, v, key| {
        let part = cx.getitem(&size_tuple(v), key)?;
        if matches!(part, Value::Tuple(_)) { size_of(cx, &part) } else { Ok(part) }
    }),
    contains: Some(|cx, v, item| cx.contains(&size_tuple(v), item)),
    binary: Some(|cx, op, a, b| {
        if !matches!(op, BinaryOp::Add | BinaryOp::Mul) {
            return Ok(None);
        }
        let whole = cx.binary(op, &size_tuple(a), &size_tuple(b))?;
        size_of(cx, &whole).map(Some)
    }),
    compare: Some(|cx, op, a, b| {
        let tuple = |v: &Value| matches!(v, Value::Tuple(_)) || v.object::<Size>().is_some();
        if tuple(a) && tuple(b) { cx.compare(op, &size_tuple(a), &size_tuple(b)).map(Some) } else { Ok(None) }
    }),
    hash: Some(|cx, v| cx.hash(&size_tuple(v))),
    methods: &[
        Native::new("numel", "self, /", |_, args| {
            Ok(Value::from(args[0].object::<Size>().map_or(0, |s| s.0.iter().product::<usize>())))
        }),
        Native::new("index", "self, value, /", |cx, args| {
            let items = cx.collect(&args[0])?;
            for (i, item) in items.iter().enumerate() {
                if cx.same(item, &args[1])? {
                    return Ok(Value::from(i));
                }
            }
            Err(crate::error::value_error("tuple.index(x): x not in tuple"))
        }),
        Native::new("count", "self, value, /", |cx, args| {
            let mut count = 0i64;
            for item in cx.collect(&args[0])? {
                count += i64::from(cx.same(&item, &args[1])?);
            }
            Ok(Value::Int(count))
        }),
    ],
    ..TypeTable::EMPTY
};

/// A result with named parts: what `max(dim)` returns.
pub struct Returned {
    /// The function.
    pub name: &'static str,
    /// The parts.
    pub parts: Vec<(&'static str, Value)>,
}
object!(Returned, RETURNED);

fn parts(value: &Value) -> Value {
    match value.object::<Returned>() {
        Some(returned) => Value::tuple(returned.parts.iter().map(|(_, v)| v.clone()).collect()),
        None => value.clone(),
    }
}

/// The type of results with named parts.
pub static RETURNED: TypeTable = TypeTable {
    name: "return_types",
    module: "torch",
    repr: Some(|cx, v| {
        let Some(returned) = v.object::<Returned>() else { return Ok(String::new()) };
        let mut lines = Vec::new();
        for (name, part) in &returned.parts {
            lines.push(format!("{name}={}", cx.repr(part)?));
        }
        Ok(format!("torch.return_types.{}(\n{})", returned.name, lines.join(",\n")))
    }),
    len: Some(|_, v| Ok(v.object::<Returned>().map_or(0, |r| r.parts.len()))),
    iter: Some(|cx, v| cx.iter(&parts(v))),
    getitem: Some(|cx, v, key| cx.getitem(&parts(v), key)),
    getattr: Some(|_, v, name| {
        let parts = v.object::<Returned>().map_or(&[][..], |r| &r.parts);
        Ok(parts.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone()))
    }),
    ..TypeTable::EMPTY
};

/// A dtype of PyTorch's that the engine does not have.
pub fn missing_dtype(name: &str, instead: &str) -> crate::Interrupt {
    let message = format!("torch.{name} is not supported here");
    crate::Exception::new(&crate::error::NOT_IMPLEMENTED_ERROR, message)
        .help(format!("use torch.{instead}"))
        .raise()
}
