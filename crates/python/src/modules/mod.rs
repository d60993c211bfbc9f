//! The modules that a program can import: tables, a name a line.

mod math;
mod random;
mod system;
mod time;

use crate::error::{Exception, IMPORT_ERROR};
use crate::native::{Module, TypeTable};

/// Every module by its full name.
static MODULES: &[&Module] = &[&math::MATH, &random::RANDOM, &time::TIME, &system::SYS, &system::OS];

/// A module by its full name.
pub fn find(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|m| m.name == name).copied()
}

/// How tensors behave.
pub(crate) fn tensor_table() -> &'static TypeTable {
    static TENSOR: TypeTable = TypeTable { name: "Tensor", module: "torch", ..TypeTable::EMPTY };
    &TENSOR
}

/// What importing a name that a module does not have raises.
pub(crate) fn cannot_import(module: &'static Module, name: &str) -> Exception {
    let help = crate::suggest::nearest(name, module.names()).map(|n| format!("Did you mean: '{n}'?"));
    let message = format!("cannot import name '{name}' from '{}' (unknown location)", module.name);
    Exception::new(&IMPORT_ERROR, message).help(help.unwrap_or_default())
}
