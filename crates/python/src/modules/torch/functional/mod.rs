//! `torch.nn.functional`: a table from each part.

mod activation;
mod columns;
mod conv;
mod dense;
mod distance;
mod dropout;
mod loss;
mod normalization;
mod pad;
mod pool;
mod resample;
mod window;

use crate::modules::library;
use crate::modules::tables::{joined, rows};
use crate::native::{Module, Native};

use super::tensor::PARAMETER;

pub use activation::PRELU;
pub use conv::CONV;
pub use dense::PRODUCTS;
pub use distance::DISTANCE;
pub use normalization::LAYERS;
pub use pool::POOL;

const TABLES: &[&[Native]] = &[
    activation::ACTIVATION,
    columns::COLUMNS,
    conv::CONV,
    dense::DENSE,
    dense::PRODUCTS,
    distance::DISTANCE,
    distance::NORMALIZE,
    dropout::DROPOUT,
    loss::LOSS,
    normalization::LAYERS,
    normalization::NORMALIZATION,
    pad::PAD,
    pool::PLANES,
    pool::POOL,
    resample::RESAMPLE,
];

static FUNCTIONS: [Native; rows(TABLES)] = joined(TABLES);

/// The module.
pub static FUNCTIONAL: Module = Module {
    name: "torch.nn.functional",
    functions: &FUNCTIONS,
    source: library::TORCH_NN_FUNCTIONAL.source,
    ..Module::EMPTY
};

/// `torch.nn`: the functions above, and modules written in the dialect.
pub static NN: Module = Module {
    name: "torch.nn",
    types: &[&PARAMETER],
    modules: &[&FUNCTIONAL, &library::TORCH_NN_INIT, &PARAMETER_MODULE, &library::TORCH_NN_UTILS],
    source: library::TORCH_NN.source,
    ..Module::EMPTY
};

/// `torch.nn.parameter`
pub static PARAMETER_MODULE: Module =
    Module { name: "torch.nn.parameter", types: &[&PARAMETER], ..Module::EMPTY };
