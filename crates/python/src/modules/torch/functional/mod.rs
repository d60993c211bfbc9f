//! `torch.nn.functional`: a table from each part.

mod activation;
mod dense;
mod loss;

use crate::modules::tables::{joined, rows};
use crate::native::{Module, Native};

const TABLES: &[&[Native]] = &[activation::ACTIVATION, dense::DENSE, loss::LOSS];

static FUNCTIONS: [Native; rows(TABLES)] = joined(TABLES);

/// The module.
pub static FUNCTIONAL: Module =
    Module { name: "torch.nn.functional", functions: &FUNCTIONS, ..Module::EMPTY };

/// `torch.nn`: what it will hold comes with the modules; the functions are here.
pub static NN: Module = Module { name: "torch.nn", modules: &[&FUNCTIONAL], ..Module::EMPTY };
