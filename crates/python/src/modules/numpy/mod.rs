//! `numpy`: arrays over the engine's CPU, float64 unless asked otherwise.

mod array;
mod backward;
mod create;
mod functions;
mod index;
mod linear;
mod options;
mod random;
mod reduce;
mod scalar;
mod stored;
mod ufunc;

use gradloom_engine::{Arg, DType, ops};

use crate::context::Context;
use crate::modules::library;
use crate::modules::tables::{joined, rows};
use crate::native::{Module, Native, Result};
use crate::value::Value;

pub use array::{NdArray, to_tensor, tuple_text};
pub use random::RANDOM;
pub use scalar::NumPyScalar;
pub use ufunc::check_shapes;

const FUNCTION_TABLES: &[&[Native]] = &[
    functions::UNARY,
    functions::TABLED,
    functions::BINARY,
    functions::OTHER,
    reduce::REDUCE,
    linear::LINEAR,
    create::CREATE,
    stored::STORED_FUNCTIONS,
    options::OPTIONS,
];

const METHOD_TABLES: &[&[Native]] = &[reduce::REDUCE, array::ARRAY_METHODS, functions::METHODS];

static FUNCTIONS: [Native; rows(FUNCTION_TABLES)] = joined(FUNCTION_TABLES);
static METHODS: [Native; rows(METHOD_TABLES)] = joined(METHOD_TABLES);

/// How many arrays it takes, if it is a function that works element by element.
pub fn arity(native: &'static Native) -> Option<usize> {
    let arrays = match native.params {
        "x, /" => 1,
        "x1, x2, /" => 2,
        _ => return None,
    };
    FUNCTIONS.as_ptr_range().contains(&&raw const *native).then_some(arrays)
}

/// A result where `where=` holds, and elsewhere what `out=` has, or nothing but zeros.
pub fn masked(cx: &mut Context, mask: &Value, result: Value, out: &Value) -> Result {
    let (mask, result) = (to_tensor(cx, mask)?, to_tensor(cx, &result)?);
    let other = if out.is_none() { Arg::from(0i64) } else { to_tensor(cx, out)?.into() };
    ufunc::wrap(
        cx,
        ops::where_(
            ops::cast(&mask, DType::Bool)?,
            ops::cast(&result, other.dtype().max(result.dtype()))?,
            other,
        )?,
    )
}

/// `numpy`
pub static NUMPY: Module = Module {
    source: library::NUMPY.source,
    name: "numpy",
    functions: &FUNCTIONS,
    types: &[
        &reduce::AXIS_ERROR,
        &array::NDARRAY,
        &scalar::DTYPE,
        &scalar::FLOAT32,
        &scalar::FLOAT64,
        &scalar::INT64,
    ],
    modules: &[&library::NUMPY_EXCEPTIONS, &library::NUMPY_LIB, &library::NUMPY_LINALG, &RANDOM],
    values: &[
        ("__version__", |_| Ok(Value::from("2.4.0"))),
        ("bool_", |_| Ok(Value::Type(scalar::table(DType::Bool)))),
        ("e", |_| Ok(Value::Float(std::f64::consts::E))),
        ("inf", |_| Ok(Value::Float(f64::INFINITY))),
        ("int8", |_| Ok(Value::new_object(stored::Stored::new('i', 1)))),
        ("int16", |_| Ok(Value::new_object(stored::Stored::new('i', 2)))),
        ("int32", |_| Ok(Value::new_object(stored::Stored::new('i', 4)))),
        ("int_", |_| Ok(Value::Type(scalar::table(DType::I64)))),
        ("nan", |_| Ok(Value::Float(f64::NAN))),
        ("newaxis", |_| Ok(Value::None)),
        ("pi", |_| Ok(Value::Float(std::f64::consts::PI))),
        ("uint8", |_| Ok(Value::new_object(stored::Stored::new('u', 1)))),
        ("uint16", |_| Ok(Value::new_object(stored::Stored::new('u', 2)))),
        ("uint32", |_| Ok(Value::new_object(stored::Stored::new('u', 4)))),
        ("uint64", |_| Ok(Value::new_object(stored::Stored::new('u', 8)))),
    ],
};
