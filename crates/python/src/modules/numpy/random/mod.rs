//! `np.random`: the legacy functions, `RandomState` and `default_rng`, bit for bit.

mod binomial;
mod choice;
mod stream;

use std::cell::RefCell;
use std::rc::Rc;

use gradloom_engine::{Array, DType, Device, Scalar, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::tables::{functions_and_methods, joined, rows};
use crate::modules::torch::sequence;
use crate::native::{Args, Module, Native, Result, TypeTable};
use crate::value::{Object, Value};

use super::array::{NdArray, shape, to_tensor};
use super::scalar::{NumPyScalar, dtype};
use super::ufunc::{Operand, operand, wrap};
use choice::{choice, permutation, shuffle};
use stream::{Shared, Stream, fresh, legacy, stream};

/// A stream that a program made: a `RandomState` or a `Generator`.
pub struct StreamObject {
    stream: Shared,
    table: &'static TypeTable,
}

impl Object for StreamObject {
    fn table(&self) -> &'static TypeTable {
        self.table
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

fn object(stream: Stream, table: &'static TypeTable) -> Value {
    Value::new_object(StreamObject { stream: Rc::new(RefCell::new(stream)), table })
}

/// A shape from parameter `i`, where it was given.
fn size(cx: &mut Context, args: &Args, i: usize) -> Result<Option<Vec<usize>>> {
    args.some(i).map(|v| shape(cx, std::slice::from_ref(v))).transpose()
}

/// So many numbers as a shape has.
fn many(cx: &mut Context, name: &'static str, shape: &[usize], next: impl FnMut() -> f64) -> Result<Tensor> {
    cx.engine.check_budget(shape, DType::F64)?;
    let count: usize = shape.iter().product();
    cx.charge(count);
    let values = std::iter::repeat_with(next).take(count).collect();
    Ok(cx.engine.created(name, Array::F64(values), shape, Device::Cpu)?)
}

/// Draws for the size in parameter `i`; one number where none was given.
fn draw(cx: &mut Context, args: &Args, i: usize, next: fn(&mut Stream) -> f64) -> Result {
    let (stream, from) = stream(cx, args)?;
    let stream = &mut *stream.borrow_mut();
    match size(cx, args, from + i)? {
        None => Ok(Value::Float(next(stream))),
        Some(shape) => Ok(Value::new_object(NdArray(many(cx, args.native.name, &shape, || next(stream))?))),
    }
}

/// Draws for sizes given one by one.
fn draw_sizes(cx: &mut Context, args: &Args, next: fn(&mut Stream) -> f64) -> Result {
    let (stream, from) = stream(cx, args)?;
    let stream = &mut *stream.borrow_mut();
    let given = args.rest(from);
    if given.is_empty() {
        return Ok(Value::Float(next(stream)));
    }
    let shape = shape(cx, given)?;
    Ok(Value::new_object(NdArray(many(cx, args.native.name, &shape, || next(stream))?)))
}

/// Draws `offset + factor · x` for a size in parameter `i`, or for arrays of offsets and factors.
fn scaled(
    cx: &mut Context,
    args: &Args,
    (offset, factor): (Operand, Operand),
    i: usize,
    next: fn(&mut Stream) -> f64,
) -> Result {
    let (stream, _) = stream(cx, args)?;
    let given = size(cx, args, i)?;
    let stream = &mut *stream.borrow_mut();
    if let (Operand::Weak(offset), Operand::Weak(factor)) = (&offset, &factor) {
        let (offset, factor) = (offset.to_f64(), factor.to_f64());
        return match given {
            None => Ok(Value::Float(offset + factor * next(stream))),
            Some(shape) => {
                let made = many(cx, args.native.name, &shape, || offset + factor * next(stream))?;
                Ok(Value::new_object(NdArray(made)))
            }
        };
    }
    let shape = match given {
        Some(shape) => shape,
        None => layout::broadcast_shapes([offset.shape(), factor.shape()])?,
    };
    let drawn = many(cx, args.native.name, &shape, || next(stream))?;
    let (offset, factor) = (offset.tensor(cx, DType::F64)?, factor.tensor(cx, DType::F64)?);
    let out = ops::add(&offset, ops::mul(&factor, &drawn)?)?;
    if out.shape() != shape {
        return Err(value_error("Output size is not compatible with broadcast dimensions of inputs."));
    }
    wrap(cx, out)
}

fn operand_or(cx: &mut Context, args: &Args, i: usize, default: f64) -> Result<Operand> {
    match args.get(i) {
        None => Ok(Operand::Weak(Scalar::Float(default))),
        Some(value) => operand(cx, value)?
            .ok_or_else(|| type_error(format!("{}() takes numbers and arrays", args.native.name))),
    }
}

/// Parameters `loc=, scale=, size=`.
fn normal(cx: &mut Context, args: &Args) -> Result {
    let (_, from) = stream(cx, args)?;
    let (mean, deviation) = (operand_or(cx, args, from, 0.0)?, operand_or(cx, args, from + 1, 1.0)?);
    let negative = match &deviation {
        Operand::Weak(s) => s.to_f64() < 0.0,
        Operand::Strong(t) => cx.host(t)?.to_f64().iter().any(|&s| s < 0.0),
    };
    if negative {
        return Err(value_error("scale < 0"));
    }
    scaled(cx, args, (mean, deviation), from + 2, Stream::normal)
}

/// Parameters `low=, high=, size=`.
fn uniform(cx: &mut Context, args: &Args) -> Result {
    let (_, from) = stream(cx, args)?;
    let (low, high) = (operand_or(cx, args, from, 0.0)?, operand_or(cx, args, from + 1, 1.0)?);
    let span = match (&low, &high) {
        (Operand::Weak(low), Operand::Weak(high)) => {
            Operand::Weak(Scalar::Float(high.to_f64() - low.to_f64()))
        }
        _ => Operand::Strong(ops::sub(high.tensor(cx, DType::F64)?, low.tensor(cx, DType::F64)?)?),
    };
    scaled(cx, args, (low, span), from + 2, Stream::uniform)
}

/// Parameters `scale=, size=`.
fn exponential(cx: &mut Context, args: &Args) -> Result {
    let (_, from) = stream(cx, args)?;
    let scale = operand_or(cx, args, from, 1.0)?;
    scaled(cx, args, (Operand::Weak(Scalar::Float(0.0)), scale), from + 1, Stream::exponential)
}

/// Parameters `n, p, size=`.
fn binomial(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let (n, p) = (args.int(cx, from)?, args.float(cx, from + 1)?);
    if n < 0 {
        return Err(value_error("n < 0"));
    }
    if !(0.0..=1.0).contains(&p) {
        return Err(value_error("p < 0, p > 1 or p is NaN"));
    }
    let rare = p.min(1.0 - p);
    let given = size(cx, args, from + 2)?;
    let shape = given.clone().unwrap_or_default();
    let next = || {
        let stream = &mut *stream.borrow_mut();
        let count = match rare * n as f64 {
            0.0 => 0,
            mean if mean <= 30.0 => stream.binomial(n, rare),
            _ => binomial::btpe(n, rare, || stream.uniform()),
        };
        (if p > 0.5 { n - count } else { count }) as f64
    };
    let out = ops::cast(&many(cx, "binomial", &shape, next)?, DType::I64)?;
    integers_of(cx, args, out, given.is_none())
}

/// Integers as they are returned: one of them is Python's from the legacy stream, NumPy's from the other.
fn integers_of(cx: &mut Context, args: &Args, out: Tensor, one: bool) -> Result {
    if !one {
        return Ok(Value::new_object(NdArray(out)));
    }
    let (stream, _) = stream(cx, args)?;
    let array = cx.host(&out)?;
    let legacy = matches!(&*stream.borrow(), Stream::Legacy(..));
    Ok(match NumPyScalar::of(&array) {
        Some(scalar) if legacy => crate::modules::torch::number(scalar.value),
        Some(scalar) => Value::new_object(scalar),
        None => Value::None,
    })
}

/// Parameters `low, high=, size=, dtype=, endpoint=`.
fn integers(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    for i in [from, from + 1] {
        // A number is no array: nothing is made of it to find that out.
        let array = |v: &Value| sequence(v).is_some() || v.tensor().is_some_and(|t| t.rank() > 0);
        if args.some(i).is_some_and(array) {
            return integers_between(cx, args);
        }
    }
    let first = args.int(cx, from)?;
    let (low, high) = match args.some(from + 1) {
        None => (0, first),
        Some(high) => (first, cx.index(high)?),
    };
    let included = args.truth_or(cx, from + 4, false)?;
    if low > high || (low == high && !included) {
        return Err(value_error(if args.some(from + 1).is_none() { "high <= 0" } else { "low >= high" }));
    }
    let most = (high.wrapping_sub(low) as u64).wrapping_sub(u64::from(!included));
    let given = size(cx, args, from + 2)?;
    let as_type = args.some(from + 3).map_or(Ok(DType::I64), dtype)?;
    if as_type.is_float() {
        return Err(type_error(format!("Unsupported dtype dtype('{as_type}') for {}", args.native.name)));
    }
    let shape = given.clone().unwrap_or_default();
    cx.engine.check_budget(&shape, DType::I64)?;
    let count: usize = shape.iter().product();
    cx.charge(count);
    let values = {
        let stream = &mut *stream.borrow_mut();
        (0..count).map(|_| low.wrapping_add(stream.integer(most).cast_signed())).collect()
    };
    let out = cx.engine.created(args.native.name, Array::I64(values), &shape, Device::Cpu)?;
    integers_of(cx, args, ops::cast(&out, as_type)?, given.is_none())
}

/// Integers between arrays of bounds, a draw for each place.
fn integers_between(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let first = ops::cast(&to_tensor(cx, &args[from])?, DType::I64)?;
    let (low, high) = match args.some(from + 1) {
        None => (ops::mul(&first, 0i64)?, first),
        Some(high) => (first, ops::cast(&to_tensor(cx, high)?, DType::I64)?),
    };
    let included = args.truth_or(cx, from + 4, false)?;
    let shape = match size(cx, args, from + 2)? {
        Some(shape) => shape,
        None => layout::broadcast_shapes([low.shape(), high.shape()])?,
    };
    let spans = ops::sub(&high, &low)?;
    let (low, spans) = (cx.host(&ops::expand(&low, &shape)?)?, cx.host(&ops::expand(&spans, &shape)?)?);
    let (Array::I64(low), Array::I64(spans)) = (&*low, &*spans) else { return Ok(Value::None) };
    if spans.iter().any(|&n| n < i64::from(!included)) {
        return Err(value_error("low >= high"));
    }
    let stream = &mut *stream.borrow_mut();
    let draws = low.iter().zip(spans);
    let values = draws
        .map(|(low, &n)| {
            low.wrapping_add(stream.integer((n - i64::from(!included)).cast_unsigned()).cast_signed())
        })
        .collect();
    let out = cx.engine.created(args.native.name, Array::I64(values), &shape, Device::Cpu)?;
    Ok(Value::new_object(NdArray(out)))
}

fn seed(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let new = legacy(cx, args.some(from))?;
    *stream.borrow_mut() = new;
    Ok(Value::None)
}

/// `default_rng(seed)`; a generator is returned as it is.
const DEFAULT_RNG: &[Native] = &[Native::new("default_rng", "seed=", |cx, args| match args.some(0) {
    Some(made) if made.object::<StreamObject>().is_some() => Ok(made.clone()),
    seed => Ok(object(fresh(cx, seed)?, &GENERATOR)),
})];

const TABLES: &[&[Native]] = &[FUNCTIONS, DEFAULT_RNG];
static ALL: [Native; rows(TABLES)] = joined(TABLES);

functions_and_methods![FUNCTIONS, LEGACY:
    "binomial", "n, p, size=" => binomial,
    "choice", "a, size=, replace=, p=" => choice,
    "exponential", "scale=, size=" => exponential,
    "normal", "loc=, scale=, size=" => normal,
    "permutation", "x" => permutation,
    "rand", "*d" => |cx, args| draw_sizes(cx, args, Stream::uniform),
    "randint", "low, high=, size=, dtype=" => integers,
    "randn", "*d" => |cx, args| draw_sizes(cx, args, Stream::normal),
    "random", "size=" => |cx, args| draw(cx, args, 0, Stream::uniform),
    "random_sample", "size=" => |cx, args| draw(cx, args, 0, Stream::uniform),
    "ranf", "size=" => |cx, args| draw(cx, args, 0, Stream::uniform),
    "sample", "size=" => |cx, args| draw(cx, args, 0, Stream::uniform),
    "seed", "seed=" => seed,
    "shuffle", "x" => shuffle,
    "standard_exponential", "size=" => |cx, args| draw(cx, args, 0, Stream::exponential),
    "standard_normal", "size=" => |cx, args| draw(cx, args, 0, Stream::normal),
    "uniform", "low=, high=, size=" => uniform,
];

/// The distributions that are written in the dialect.
fn distribution(cx: &mut Context, stream: &Value, name: &str) -> Result<Option<Value>> {
    cx.library_method(&crate::modules::library::NUMPY_RANDOM__METHODS, stream, name)
}

/// `np.random.RandomState`
pub static RANDOM_STATE: TypeTable = TypeTable {
    name: "RandomState",
    module: "numpy.random",
    new: Some(Native::new("RandomState", "seed=", |cx, args| {
        Ok(object(legacy(cx, args.some(0))?, &RANDOM_STATE))
    })),
    repr: Some(|_, _| Ok("RandomState(MT19937)".to_owned())),
    getattr: Some(distribution),
    methods: LEGACY,
    ..TypeTable::EMPTY
};

/// `np.random.Generator`, which `default_rng` makes.
pub static GENERATOR: TypeTable = TypeTable {
    name: "Generator",
    module: "numpy.random",
    repr: Some(|_, _| Ok("Generator(PCG64)".to_owned())),
    getattr: Some(distribution),
    methods: &[
        Native::new("binomial", "self, n, p, size=", binomial),
        Native::new("choice", "self, a, size=, replace=, p=, axis=, shuffle=", choice),
        Native::new("exponential", "self, scale=, size=", exponential),
        Native::new("integers", "self, low, high=, size=, dtype=, endpoint=", integers),
        Native::new("normal", "self, loc=, scale=, size=", normal),
        Native::new("permutation", "self, x, axis=", permutation),
        Native::new("random", "self, size=", |cx, args| draw(cx, args, 0, Stream::uniform)),
        Native::new("shuffle", "self, x, axis=", shuffle),
        Native::new("standard_exponential", "self, size=", |cx, args| draw(cx, args, 0, Stream::exponential)),
        Native::new("standard_normal", "self, size=", |cx, args| draw(cx, args, 0, Stream::normal)),
        Native::new("uniform", "self, low=, high=, size=", uniform),
    ],
    ..TypeTable::EMPTY
};

/// `np.random`
pub static RANDOM: Module = Module {
    name: "numpy.random",
    functions: &ALL,
    types: &[&GENERATOR, &RANDOM_STATE],
    modules: &[&crate::modules::library::NUMPY_RANDOM__METHODS],
    source: crate::modules::library::NUMPY_RANDOM.source,
    ..Module::EMPTY
};
