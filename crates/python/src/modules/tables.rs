//! Tables of functions, joined.

use crate::native::Native;
use crate::value::Value;

/// Tables one after the other.
pub const fn joined<const N: usize>(tables: &[&[Native]]) -> [Native; N] {
    const NONE: Native = Native::new("", "", |_, _| Ok(Value::None));
    let mut all = [NONE; N];
    let (mut at, mut table) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            let native = &tables[table][row];
            all[at] = Native::new(native.name, native.params, native.call);
            at += 1;
            row += 1;
        }
        table += 1;
    }
    all
}

/// How many rows they have.
pub const fn rows(tables: &[&[Native]]) -> usize {
    let (mut sum, mut table) = (0, 0);
    while table < tables.len() {
        sum += tables[table].len();
        table += 1;
    }
    sum
}

/// Rows of functions, and the same as methods of an object that stands before their parameters.
macro_rules! functions_and_methods {
    ($functions:ident, $methods:ident: $($name:literal, $params:literal => $call:expr),* $(,)?) => {
        const $functions: &[Native] = &[$(Native::new($name, $params, $call)),*];
        const $methods: &[Native] = &[$(Native::new($name, concat!("self, ", $params), $call)),*];
    };
}
pub(crate) use functions_and_methods;
