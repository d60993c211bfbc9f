//! Calls of PyTorch's with the values that PyTorch gives for them, made by a program like any other.
//!
//! [`read`] makes a [`Case`] of a line of a file of vectors; [`check`] runs a program that makes the call, and says what
//! differs. Part of the feature
//! `conformance`, which the page goes without.

mod call;
mod read;

use gradloom_engine::autograd::{BackwardPass, Options};
use gradloom_engine::{Array, DType, Device, Read, Tensor, ops};

use crate::context::{Ask, Context, Host};
use crate::dict::Dict;
use crate::error::Interrupt;
use crate::machine::{Budget, Machine, Pause};
use crate::modules::torch::DTypeObject;
use crate::native::Result;
use crate::value::{Slice, Value};

pub use read::read;

/// Vectors that are not run, each by its id with the reason.
const SKIPPED: &[(&str, &str)] = &[];

/// A value of a case.
#[derive(Clone, Debug)]
pub enum Datum {
    /// A tensor, row-major.
    Tensor {
        /// PyTorch's name without its module: `float32`.
        dtype: String,
        /// Sizes.
        shape: Vec<usize>,
        /// Elements, integers as such.
        data: Array,
        /// Whether it asks for a gradient.
        requires_grad: bool,
    },
    /// A list.
    List(Vec<Datum>),
    /// A tuple.
    Tuple(Vec<Datum>),
    /// `slice(start, stop, step)`
    Slice(Vec<Datum>),
    /// `...`
    Ellipsis,
    /// A dtype by its name.
    DType(String),
    /// `None`; among the expected gradients: none.
    None,
    /// `True`, `False`
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
    /// A string.
    Str(String),
}

/// A call with what it gives.
#[derive(Clone, Debug)]
pub struct Case {
    /// Operator, variant and running number.
    pub id: String,
    /// The Python name to call: `torch.add`, `torch.Tensor.view`, `operator.getitem`.
    pub op: String,
    /// Positional arguments.
    pub args: Vec<Datum>,
    /// Keyword arguments.
    pub keywords: Vec<(String, Datum)>,
    /// The outputs; a tuple is flattened.
    pub out: Vec<Datum>,
    /// For every differentiable output what is handed to `backward`.
    pub cotangents: Vec<Datum>,
    /// The gradient of every tensor that asks for one, in the order of the arguments.
    pub grads: Vec<Datum>,
    /// For a call that PyTorch refuses: the exception's class, and what it says.
    pub raises: Option<[String; 2]>,
    /// How far an output may be from the expected one; [`OUTPUT`] where the line does not say.
    pub tolerance: Tolerance,
}

/// How far a number may be from the expected one: `absolute + relative · |expected|`.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// For numbers near 0.
    pub absolute: f64,
    /// For large ones.
    pub relative: f64,
}

/// For outputs.
pub const OUTPUT: Tolerance = Tolerance { absolute: 1e-5, relative: 1e-5 };
/// For gradients.
pub const GRADIENT: Tolerance = Tolerance { absolute: 1e-5, relative: 1e-4 };

/// Whoever reads more often than this reads something else each time and would never end.
const MOST_READS: usize = 1000;

/// Instructions between two pauses of the call, and so many pauses: more than any call takes.
const SLICE: u64 = 1_000_000;
const MOST_PAUSES: usize = 10_000;

/// How a case went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Outputs and gradients are as expected.
    Passed,
    /// The first difference.
    Failed(String),
    /// Not run, and why.
    Skipped(String),
}

/// Runs a case on a device.
pub async fn check(host: Host, device: Device, case: &Case) -> Verdict {
    let all = [&case.args, &case.out, &case.cotangents, &case.grads];
    let all = all.into_iter().flatten().chain(case.keywords.iter().map(|(_, datum)| datum));
    let listed = SKIPPED.iter().find(|(id, _)| *id == case.id).map(|(_, reason)| (*reason).to_owned());
    if let Some(reason) = listed.or_else(|| all.filter_map(|datum| missing(datum, device)).next()) {
        return Verdict::Skipped(reason);
    }
    match difference(host, device, case).await {
        Ok(()) => Verdict::Passed,
        Err(difference) => Verdict::Failed(difference),
    }
}

/// The reason for skipping a vector of doubles on the GPU.
pub const NO_DOUBLES: &str = "float64 lives on the CPU only";

/// Why a value cannot be made on a device.
fn missing(datum: &Datum, device: Device) -> Option<String> {
    match datum {
        Datum::Tensor { dtype, .. } | Datum::DType(dtype) if dtype == "float64" && device == Device::Gpu => {
            Some(NO_DOUBLES.to_owned())
        }
        Datum::Tensor { dtype, .. } | Datum::DType(dtype) => named(dtype).err(),
        Datum::List(items) | Datum::Tuple(items) | Datum::Slice(items) => {
            items.iter().find_map(|item| missing(item, device))
        }
        _ => None,
    }
}

async fn difference(host: Host, device: Device, case: &Case) -> Result<(), String> {
    let machine = Machine::new(&call::program(case), host).map_err(|failure| failure.text)?;
    let mut runner = Runner { machine, device, leaves: Vec::new() };
    let args = case.args.iter().map(|a| runner.value(a)).collect::<Result<Vec<_>, _>>()?;
    let mut keywords = Dict::default();
    for (name, datum) in &case.keywords {
        let value = runner.value(datum)?;
        keywords.set_str(name, value);
    }
    runner.machine.set_global("args", Value::tuple(call::ordered(&case.op, args)));
    runner.machine.set_global("keywords", Value::dict(keywords));
    let result = runner.result().await;
    if let Some([class, message]) = &case.raises {
        return match result {
            Ok(_) => Err(format!("it is not refused, as by {class}: {message}")),
            // The lines below the first one list parameters.
            Err(error) if error.lines().next() == format!("{class}: {message}").lines().next() => Ok(()),
            Err(error) => Err(format!("{error}, not {class}: {message}")),
        };
    }
    let result = result?;
    let outputs = runner.flatten(result).await?;
    if outputs.len() != case.out.len() {
        return Err(format!("{} outputs, not {}", outputs.len(), case.out.len()));
    }
    for (i, (output, expected)) in outputs.iter().zip(&case.out).enumerate() {
        runner.compare(output, expected, case.tolerance).await.map_err(|e| format!("output {i}: {e}"))?;
    }
    runner.backward(&outputs, &case.cotangents).await?;
    let leaves = runner.leaves.clone();
    for (i, (leaf, expected)) in leaves.iter().zip(&case.grads).enumerate() {
        let grad = leaf.grad().map_or(Value::None, Value::Tensor);
        runner.compare(&grad, expected, GRADIENT).await.map_err(|e| format!("gradient {i}: {e}"))?;
    }
    Ok(())
}

struct Runner {
    machine: Machine,
    device: Device,
    leaves: Vec<Tensor>,
}

impl Runner {
    /// Runs the program to its end.
    async fn result(&mut self) -> Result<Value, String> {
        for _ in 0..MOST_PAUSES {
            match self.machine.resume(Budget { instructions: SLICE }) {
                Pause::Done => {
                    return self.machine.global("result").cloned().ok_or_else(|| "no result".to_owned());
                }
                Pause::Error(failure) => return Err(format!("{}: {}", failure.class, failure.message)),
                Pause::Wait(reads) => {
                    for read in reads {
                        self.wait(&read).await?;
                    }
                }
                Pause::Line(_) | Pause::Slice | Pause::Task(_) => {}
            }
        }
        Err("it does not come to an end".to_owned())
    }

    async fn wait(&self, read: &Read) -> Result<(), String> {
        let engine = &self.machine.cx.engine;
        engine.flush();
        while read.get().is_none() {
            engine.gpu().map_err(|e| e.to_string())?.settled().await;
        }
        Ok(())
    }

    /// Runs what may have to wait for the device until it is through.
    async fn settle<T>(&mut self, mut act: impl FnMut(&mut Context) -> Result<T>) -> Result<T, String> {
        self.machine.cx.answers.clear();
        for _ in 0..MOST_READS {
            self.machine.cx.asked = 0;
            match act(&mut self.machine.cx) {
                Ok(value) => return Ok(value),
                Err(Interrupt::Ask) => {
                    let Some(Ask::Wait(read)) = Ask::take() else {
                        return Err("it asks for the machine".to_owned());
                    };
                    self.wait(&read).await?;
                }
                Err(Interrupt::Raise(exception)) => {
                    let class = exception.class.name().to_owned();
                    let message = exception.args.borrow().first().cloned().unwrap_or_default();
                    let message = message.as_str().unwrap_or_default().to_owned();
                    return Err(format!("{class}: {message}"));
                }
            }
        }
        Err(format!("it has not enough of {MOST_READS} values from the device"))
    }

    fn value(&mut self, datum: &Datum) -> Result<Value, String> {
        let all = |runner: &mut Runner, items: &[Datum]| {
            items.iter().map(|d| runner.value(d)).collect::<Result<Vec<_>, String>>()
        };
        Ok(match datum {
            Datum::Tensor { dtype, shape, data, requires_grad } => {
                let array = gradloom_engine::device::cpu::convert(data, named(dtype)?);
                let tensor =
                    self.machine.cx.engine.tensor(array, shape, self.device).map_err(|e| e.to_string())?;
                if *requires_grad {
                    tensor.set_requires_grad(true).map_err(|e| e.to_string())?;
                    self.leaves.push(tensor.clone());
                }
                Value::Tensor(tensor)
            }
            Datum::List(items) => Value::list(all(self, items)?),
            Datum::Tuple(items) => Value::tuple(all(self, items)?),
            Datum::Slice(items) => {
                let mut parts = all(self, items)?.into_iter();
                let mut next = || parts.next().unwrap_or(Value::None);
                Value::Slice(std::rc::Rc::new(Slice { start: next(), stop: next(), step: next() }))
            }
            Datum::Ellipsis => Value::Ellipsis,
            Datum::DType(name) => DTypeObject::value(&mut self.machine.cx, named(name)?),
            Datum::None => Value::None,
            Datum::Bool(x) => Value::Bool(*x),
            Datum::Int(x) => Value::Int(*x),
            Datum::Float(x) => Value::Float(*x),
            Datum::Str(x) => Value::str(x),
        })
    }

    /// The parts of a result, in order.
    async fn flatten(&mut self, value: Value) -> Result<Vec<Value>, String> {
        let mut waiting = vec![value];
        let mut parts = Vec::new();
        while let Some(value) = waiting.pop() {
            match value {
                Value::Tensor(_)
                | Value::Bool(_)
                | Value::Int(_)
                | Value::Float(_)
                | Value::Str(_)
                | Value::None => parts.push(value),
                other => waiting.extend(self.settle(|cx| cx.collect(&other)).await?.into_iter().rev()),
            }
        }
        Ok(parts)
    }

    async fn compare(&mut self, value: &Value, expected: &Datum, tolerance: Tolerance) -> Result<(), String> {
        match (value, expected) {
            (Value::None, Datum::None) => Ok(()),
            (Value::Tensor(tensor), Datum::Tensor { dtype, shape, data, .. }) => {
                let dtype = named(dtype)?;
                if tensor.dtype() != dtype {
                    return Err(format!("dtype {}, not {dtype}", tensor.dtype()));
                }
                if tensor.shape() != shape {
                    return Err(format!("shape {:?}, not {shape:?}", tensor.shape()));
                }
                let array = self.settle(|cx| cx.host(tensor)).await?;
                let tolerance =
                    if dtype.is_float() { tolerance } else { Tolerance { absolute: 0.0, relative: 0.0 } };
                for i in 0..data.len() {
                    let expected = data.get(i).unwrap_or(f64::NAN);
                    let found = array.get(i).unwrap_or(f64::NAN);
                    if !near(found, expected, tolerance) {
                        return Err(format!("element {i} is {found}, not {expected}"));
                    }
                }
                Ok(())
            }
            (value, Datum::Bool(_) | Datum::Int(_) | Datum::Float(_)) => {
                let expected = match expected {
                    Datum::Bool(x) => f64::from(u8::from(*x)),
                    Datum::Int(x) => *x as f64,
                    Datum::Float(x) => *x,
                    _ => f64::NAN,
                };
                match value.as_f64() {
                    Some(found) if near(found, expected, tolerance) => Ok(()),
                    _ => Err(format!("a {}, not {expected}", value.type_name())),
                }
            }
            (value, expected) => Err(format!("a {} where {expected:?} belongs", value.type_name())),
        }
    }

    /// Differentiates all outputs in one pass: from the sum of their products with the cotangents.
    async fn backward(&mut self, outputs: &[Value], cotangents: &[Datum]) -> Result<(), String> {
        let tensors: Vec<Tensor> =
            outputs.iter().filter_map(Value::as_tensor).filter(|t| t.requires_grad()).cloned().collect();
        if tensors.len() != cotangents.len() {
            return Err(format!("{} outputs ask for a gradient, not {}", tensors.len(), cotangents.len()));
        }
        let mut sum: Option<Tensor> = None;
        for (tensor, cotangent) in tensors.iter().zip(cotangents) {
            let Value::Tensor(cotangent) = self.value(cotangent)? else { continue };
            let product = self.settle(|_| Ok(ops::sum(&ops::mul(tensor, &cotangent)?, &[], false)?)).await?;
            sum = Some(match sum {
                None => product,
                Some(held) => self.settle(|_| Ok(ops::add(&held, &product)?)).await?,
            });
        }
        let Some(sum) = sum else { return Ok(()) };
        let mut pass = BackwardPass::new(&sum, None, Options::default()).map_err(|e| e.to_string())?;
        while self.settle(|_| Ok(pass.step()?)).await?.is_some() {}
        Ok(())
    }
}

/// Whether a number is as expected; NaN is equal to NaN.
fn near(found: f64, expected: f64, tolerance: Tolerance) -> bool {
    found == expected
        || (found.is_nan() && expected.is_nan())
        || (found - expected).abs() <= tolerance.absolute + tolerance.relative * expected.abs()
}

/// A dtype by PyTorch's name; 32-bit integers count as those of 64 bits.
fn named(name: &str) -> Result<DType, String> {
    match name {
        "bool" => Ok(DType::Bool),
        "int64" | "int32" => Ok(DType::I64),
        "float32" => Ok(DType::F32),
        "float64" => Ok(DType::F64),
        other => Err(format!("the dtype {other} is not there")),
    }
}
