//! The modules that a program can import: tables, a name a line.

mod files;
pub(crate) mod library;
mod math;
pub(crate) mod numpy;
mod out;
mod print;
mod random;
mod system;
pub(crate) mod tables;
mod time;
pub(crate) mod torch;
mod zlib;

use crate::error::{Exception, IMPORT_ERROR};
use crate::native::{Module, TypeTable};

pub(crate) use out::{put_out, target};

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
