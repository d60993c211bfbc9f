//! `torch`: tables over the engine.

mod args;
mod arrange;
mod backward;
mod capture;
mod create;
mod data;
mod differentiate;
mod elementwise;
mod function;
mod functional;
mod gather;
mod generator;
mod grad;
mod hooks;
mod index;
mod inplace;
mod linear;
mod methods;
mod norm;
mod objects;
mod order;
mod parts;
mod places;
mod pointwise;
mod reduce;
mod sample;
mod shape;
mod tensor;
mod unique;

use gradloom_engine::{DType, Device};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::library;
use crate::modules::print::PrintOptions;
use crate::modules::tables::{joined, rows};
use crate::native::{Args, Module, Native, Result};
use crate::value::Value;

pub use backward::BackwardReport;
pub use functional::{FUNCTIONAL, NN, PARAMETER_MODULE};
pub use norm::LINALG;
pub use tensor::{PARAMETER, TENSOR};

pub(crate) use args::{number, numeric, sequence, to_operand};
pub(crate) use data::{Library, read as read_data};
pub(crate) use elementwise::row;
pub(crate) use grad::grad_name;
pub(crate) use index::{nonzero, read as read_index, write as write_index};
pub(crate) use methods::nested;
pub(crate) use objects::{DTypeObject, Size, object, shape_tuple};
pub(crate) use pointwise::{bitwise, logical_and, logical_not, logical_or, logical_xor, two_to};
pub(crate) use reduce::{quantified, variance};

use generator::GENERATOR;
use objects::{DEVICE, DTYPE, SIZE, missing_dtype};

const FUNCTION_TABLES: &[&[Native]] = &[
    pointwise::UNARY,
    pointwise::BINARY,
    pointwise::OTHER,
    elementwise::FUNCTIONS,
    elementwise::ELEMENTWISE,
    functional::DISTANCE,
    reduce::REDUCE,
    linear::LINEAR,
    parts::PARTS,
    shape::SHAPE,
    shape::SHAPE_FUNCTIONS,
    arrange::ARRANGE,
    arrange::ARRANGE_FUNCTIONS,
    linear::LINEAR_FUNCTIONS,
    norm::NORM,
    create::CREATE,
    functional::CONV,
    functional::LAYERS,
    functional::POOL,
    functional::PRODUCTS,
    gather::GATHER,
    gather::WHERE,
    generator::SEEDS,
    sample::SAMPLE,
    order::ORDER,
    order::ORDER_FUNCTIONS,
    unique::UNIQUE,
    SWITCHES,
];

const METHOD_TABLES: &[&[Native]] = &[
    pointwise::UNARY,
    pointwise::BINARY,
    pointwise::OTHER,
    elementwise::FUNCTIONS,
    elementwise::ELEMENTWISE,
    elementwise::IN_PLACE_FORMS,
    inplace::IN_PLACE,
    reduce::REDUCE,
    linear::LINEAR,
    parts::PARTS,
    shape::SHAPE,
    shape::SHAPE_METHODS,
    arrange::ARRANGE,
    arrange::ARRANGE_METHODS,
    norm::NORM,
    create::NEW,
    hooks::TENSOR_HOOKS,
    gather::GATHER,
    gather::METHODS,
    sample::SAMPLE_METHODS,
    order::ORDER,
    unique::UNIQUE,
    methods::TENSOR_METHODS,
    methods::SPECIAL,
];

static FUNCTIONS: [Native; rows(FUNCTION_TABLES)] = joined(FUNCTION_TABLES);
static METHODS: [Native; rows(METHOD_TABLES)] = joined(METHOD_TABLES);

const SWITCHES: &[Native] = &[
    Native::new("get_default_device", "", |cx, _| {
        let index = (cx.engine.default_device() == Device::Gpu).then_some(0);
        Ok(Value::new_object(objects::DeviceObject { device: cx.engine.default_device(), index }))
    }),
    Native::new("get_default_dtype", "", |cx, _| Ok(DTypeObject::value(cx, cx.engine.default_dtype()))),
    Native::new("is_grad_enabled", "", |cx, _| Ok(Value::Bool(cx.engine.grad_enabled()))),
    Native::new("is_inference_mode_enabled", "", |cx, _| Ok(Value::Bool(cx.engine.inference()))),
    Native::new("set_default_device", "device", |cx, args| {
        let device = args::device_or_default(cx, args, 0)?;
        cx.engine.set_default_device(device);
        Ok(Value::None)
    }),
    Native::new("set_default_dtype", "d", |cx, args| {
        let dtype = args::dtype(&args[0])?;
        if !dtype.is_float() {
            return Err(type_error("only floating-point types are supported as the default type"));
        }
        cx.engine.set_default_dtype(dtype);
        Ok(Value::None)
    }),
    Native::new(
        "set_printoptions",
        "precision=, threshold=, edgeitems=, linewidth=, profile=, sci_mode=",
        set_printoptions,
    ),
];

fn set_printoptions(cx: &mut Context, args: &Args) -> Result {
    let number = |cx: &mut Context, i: usize| -> Result<Option<usize>> {
        let Some(value) = args.some(i) else { return Ok(None) };
        let n = cx.index(value)?;
        usize::try_from(n)
            .map(Some)
            .map_err(|_| value_error(format!("{} must not be negative", args.name(i))))
    };
    let (precision, threshold) = (number(cx, 0)?, number(cx, 1)?);
    let (edgeitems, linewidth) = (number(cx, 2)?, number(cx, 3)?);
    let profile = match args.some(4) {
        None => None,
        Some(Value::Str(name)) => PrintOptions::profile(name),
        Some(other) => return Err(args::wrong(args, 4, "str", other)),
    };
    let sci_mode = match args.get(5) {
        None => None,
        Some(Value::None) => Some(None),
        Some(value) => Some(Some(cx.truth(value)?)),
    };
    if let Some(options) = cx.state(|_| PrintOptions::default()) {
        if let Some(profile) = profile {
            *options = profile;
        }
        options.precision = precision.unwrap_or(options.precision).min(100);
        options.threshold = threshold.unwrap_or(options.threshold);
        options.edgeitems = edgeitems.unwrap_or(options.edgeitems).max(1);
        options.linewidth = linewidth.unwrap_or(options.linewidth);
        options.sci_mode = sci_mode.unwrap_or(options.sci_mode);
    }
    Ok(Value::None)
}

/// `torch.autograd`
pub static AUTOGRAD: Module = Module {
    name: "torch.autograd",
    functions: differentiate::AUTOGRAD,
    types: &[&grad::NO_GRAD, &grad::ENABLE_GRAD, &grad::SET_GRAD_ENABLED, &grad::INFERENCE_MODE],
    modules: &[&library::TORCH_AUTOGRAD_FUNCTION, &library::TORCH_AUTOGRAD_FUNCTIONAL],
    source: library::TORCH_AUTOGRAD.source,
    ..Module::EMPTY
};

/// `torch.cuda`: the WebGPU device.
pub static CUDA: Module = Module {
    name: "torch.cuda",
    functions: &[
        Native::new("current_device", "", |cx, _| {
            cx.engine.gpu()?;
            Ok(Value::Int(0))
        }),
        Native::new("device_count", "", |cx, _| Ok(Value::Int(i64::from(cx.engine.has_gpu())))),
        Native::new("get_device_name", "device=", |cx, _| Ok(Value::from(cx.engine.gpu()?.name()))),
        Native::new("is_available", "", |cx, _| Ok(Value::Bool(cx.engine.has_gpu()))),
        Native::new("manual_seed", "seed", |_, _| Ok(Value::None)),
        Native::new("manual_seed_all", "seed", |_, _| Ok(Value::None)),
        Native::new("synchronize", "device=", |cx, _| {
            cx.engine.flush();
            Ok(Value::None)
        }),
    ],
    ..Module::EMPTY
};

/// `torch`
pub static TORCH: Module = Module {
    source: library::TORCH.source,
    name: "torch",
    functions: &FUNCTIONS,
    types: &[
        &TENSOR,
        &DTYPE,
        &DEVICE,
        &SIZE,
        &GENERATOR,
        &grad::NO_GRAD,
        &grad::ENABLE_GRAD,
        &grad::SET_GRAD_ENABLED,
        &grad::INFERENCE_MODE,
    ],
    modules: &[
        &AUTOGRAD,
        &CUDA,
        &LINALG,
        &library::TORCH_DISTRIBUTIONS,
        &library::TORCH_FUNC,
        &capture::GRAPHS,
        &NN,
        &library::TORCH_OPTIM,
        &library::TORCH_RANDOM,
        &library::TORCH_UTILS,
    ],
    values: &[
        ("__version__", |_| Ok(Value::from("2.15.0"))),
        ("bool", |cx| Ok(DTypeObject::value(cx, DType::Bool))),
        ("default_generator", |_| Ok(generator::standard())),
        ("double", |cx| Ok(DTypeObject::value(cx, DType::F64))),
        ("e", |_| Ok(Value::Float(std::f64::consts::E))),
        ("float", |cx| Ok(DTypeObject::value(cx, DType::F32))),
        ("float32", |cx| Ok(DTypeObject::value(cx, DType::F32))),
        ("float64", |cx| Ok(DTypeObject::value(cx, DType::F64))),
        ("inf", |_| Ok(Value::Float(f64::INFINITY))),
        ("int64", |cx| Ok(DTypeObject::value(cx, DType::I64))),
        ("long", |cx| Ok(DTypeObject::value(cx, DType::I64))),
        ("nan", |_| Ok(Value::Float(f64::NAN))),
        ("pi", |_| Ok(Value::Float(std::f64::consts::PI))),
        ("bfloat16", |_| Err(missing_dtype("bfloat16", "float32"))),
        ("float16", |_| Err(missing_dtype("float16", "float32"))),
        ("half", |_| Err(missing_dtype("half", "float32"))),
        ("int", |_| Err(missing_dtype("int", "int64"))),
        ("int16", |_| Err(missing_dtype("int16", "int64"))),
        ("int32", |_| Err(missing_dtype("int32", "int64"))),
        ("int8", |_| Err(missing_dtype("int8", "int64"))),
        ("uint8", |_| Err(missing_dtype("uint8", "int64"))),
    ],
};
