//! Hyperbolic functions and their inverses.

use super::{Function, SAME, functions};
use crate::op::Doc;
use crate::ops;

/// `sinh x`
pub static SINH: Function = Function {
    doc: Doc {
        name: "sinh",
        formula: "sinh x",
        shapes: SAME,
        derivative: &["g · cosh x"],
        source: "https://pytorch.org/docs/stable/generated/torch.sinh.html",
    },
    float: Some((|[x, ..]| x.sinh(), "sinh_(x0)")),
    flows: &[|s, g| ops::mul(g, cosh(s.tensor(0)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `cosh x`
pub static COSH: Function = Function {
    doc: Doc {
        name: "cosh",
        formula: "cosh x",
        shapes: SAME,
        derivative: &["g · sinh x"],
        source: "https://pytorch.org/docs/stable/generated/torch.cosh.html",
    },
    float: Some((|[x, ..]| x.cosh(), "cosh_(x0)")),
    flows: &[|s, g| ops::mul(g, sinh(s.tensor(0)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `arsinh x`
pub static ASINH: Function = Function {
    doc: Doc {
        name: "asinh",
        formula: "arsinh x",
        shapes: SAME,
        derivative: &["g / √(x² + 1)"],
        source: "https://pytorch.org/docs/stable/generated/torch.asinh.html",
    },
    float: Some((|[x, ..]| x.asinh(), "asinh_(x0)")),
    flows: &[|s, g| ops::mul(g, ops::rsqrt(ops::add(ops::square(&s.tensor(0)?)?, 1.0)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `arcosh x`
pub static ACOSH: Function = Function {
    doc: Doc {
        name: "acosh",
        formula: "arcosh x",
        shapes: SAME,
        derivative: &["g / √(x² - 1)"],
        source: "https://pytorch.org/docs/stable/generated/torch.acosh.html",
    },
    float: Some((|[x, ..]| x.acosh(), "acosh_(x0)")),
    flows: &[|s, g| ops::mul(g, ops::rsqrt(ops::sub(ops::square(&s.tensor(0)?)?, 1.0)?)?)],
    points: &[&[1.25, 1.5, 2.0, 2.5, 3.0, 4.5]],
    ..Function::ROW
};

/// `artanh x`
pub static ATANH: Function = Function {
    doc: Doc {
        name: "atanh",
        formula: "artanh x",
        shapes: SAME,
        derivative: &["g / (1 - x²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.atanh.html",
    },
    float: Some((|[x, ..]| x.atanh(), "atanh_(x0)")),
    flows: &[|s, g| ops::div(g, ops::sub(1.0, ops::square(&s.tensor(0)?)?)?)],
    points: &[&[-0.9, -0.75, -0.25, 0.125, 0.5, 0.875]],
    ..Function::ROW
};

functions! {
    /// `sinh x`, elementwise.
    sinh(x) => SINH;
    /// `cosh x`, elementwise.
    cosh(x) => COSH;
    /// `arsinh x`, elementwise.
    asinh(x) => ASINH;
    /// `arcosh x`, elementwise.
    acosh(x) => ACOSH;
    /// `artanh x`, elementwise.
    atanh(x) => ATANH;
}
