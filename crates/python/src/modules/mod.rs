//! The modules that a program can import: tables, a name a line.

mod files;
pub(crate) mod library;
mod math;
pub(crate) mod numpy;
mod print;
mod random;
mod system;
pub(crate) mod tables;
mod time;
pub(crate) mod torch;
mod zlib;

use crate::context::Context;
use crate::error::{Exception, IMPORT_ERROR, runtime_error, value_error};
use crate::native::{Module, Native, Result, TypeTable};
use crate::value::Value;

/// Every module that is a table, by its full name; the others are in [`library::LIBRARIES`].
static MODULES: &[&Module] = &[
    &files::FILES,
    &math::MATH,
    &numpy::NUMPY,
    &numpy::RANDOM,
    &random::RANDOM,
    &system::FIGURES,
    &system::OS,
    &system::SYS,
    &time::TIME,
    &torch::AUTOGRAD,
    &torch::CUDA,
    &torch::FUNCTIONAL,
    &torch::LINALG,
    &torch::NN,
    &torch::PARAMETER_MODULE,
    &torch::TORCH,
    &zlib::ZLIB,
];

/// A module by its full name.
pub fn find(name: &str) -> Option<&'static Module> {
    // TensorFlow 1 is all that is here of it, under both of its names.
    let name = if name == "tensorflow.compat.v1" { "tensorflow" } else { name };
    MODULES.iter().chain(library::LIBRARIES).find(|m| m.name == name).copied()
}

/// Whether it is a function of tensors or arrays, which takes `out=`.
pub(crate) fn takes_out(native: &'static Native) -> bool {
    [torch::TORCH.functions, numpy::NUMPY.functions]
        .iter()
        .any(|table| table.as_ptr_range().contains(&&raw const *native))
}

/// Functions that take no `out=` of another dtype than that of their result.
const EXACT: &[&str] = &[
    "addmm", "amax", "amin", "argmax", "argmin", "bmm", "gather", "matmul", "mm", "mv", "scatter", "softmax",
    "tril", "triu",
];

/// Puts the result of a function into what was given as `out=`.
pub(crate) fn put_out(cx: &mut Context, native: &'static Native, out: Value, result: Value) -> Result {
    if let (Value::Tuple(outs), false) = (&out, result.tensor().is_some()) {
        for (i, out) in outs.items.iter().enumerate() {
            let part = cx.getitem(&result, &Value::from(i))?;
            put_out(cx, native, out.clone(), part)?;
        }
        return Ok(out);
    }
    let (Some(into), false) = (out.tensor(), out.is_none()) else { return Ok(result) };
    let from = match result.tensor() {
        Some(from) => from.clone(),
        None => numpy::to_tensor(cx, &result)?,
    };
    let (wanted, given) = (from.dtype(), into.dtype());
    if wanted != given && result.tensor().is_some() && EXACT.contains(&native.name) {
        return Err(runtime_error(match native.name {
            "amax" | "amin" => format!(
                "Expected the dtype for input and out to match, but got {} for input's dtype and {} for out's dtype.",
                wanted.scalar_name(),
                given.scalar_name()
            ),
            _ => {
                let (wanted, given) = (torch::numeric(wanted), torch::numeric(given));
                format!("Expected out tensor to have dtype {wanted}, but got {given} instead")
            }
        }));
    }
    if from.shape() != into.shape() && numpy::arity(native).is_some() {
        numpy::check_shapes(from.shape(), into.shape())?;
        return Err(value_error(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            numpy::tuple_text(into.shape()),
            numpy::tuple_text(from.shape())
        )));
    }
    if from.shape() != into.shape() {
        return Err(value_error(format!(
            "out= has the shape {}, the result {}: give an `out` of the result's shape",
            gradloom_engine::layout::show(into.shape()),
            gradloom_engine::layout::show(from.shape())
        )));
    }
    let into = into.clone();
    cx.engine.no_grad(|| into.copy_(&from))?;
    Ok(out)
}

/// How a tensor behaves.
pub(crate) fn tensor_table(tensor: &gradloom_engine::Tensor) -> &'static TypeTable {
    if tensor.is_parameter() { &torch::PARAMETER } else { &torch::TENSOR }
}

/// PyTorch's name of a parameter that NumPy calls so; it takes both.
pub(crate) fn torch_name(numpy: &str) -> &str {
    match numpy {
        "axis" => "dim",
        "keepdims" => "keepdim",
        other => other,
    }
}

/// What importing a name that a module does not have raises.
pub(crate) fn cannot_import(module: &'static Module, name: &str) -> Exception {
    let help = crate::suggest::nearest(name, module.names()).map(|n| format!("Did you mean: '{n}'?"));
    let message = format!("cannot import name '{name}' from '{}' (unknown location)", module.name);
    Exception::new(&IMPORT_ERROR, message).help(help.unwrap_or_default())
}
