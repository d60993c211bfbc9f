//! Powers of 2, logarithms and what is built of them.

use std::f64::consts::{LN_2, LN_10};

use super::{BROADCAST, Function, SAME, functions};
use crate::op::{Doc, Keep, Promotion};
use crate::ops;

/// `2 ** x`
pub static EXP2: Function = Function {
    doc: Doc {
        name: "exp2",
        formula: "2 ** x",
        shapes: SAME,
        derivative: &["g · out · log 2"],
        source: "https://pytorch.org/docs/stable/generated/torch.exp2.html",
    },
    float: Some((|[x, ..]| x.exp2(), "exp2_(x0)")),
    keep: Keep::OUTPUT,
    flows: &[|s, g| ops::mul(g, ops::mul(s.output()?, LN_2)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `log₁₀ x`
pub static LOG10: Function = Function {
    doc: Doc {
        name: "log10",
        formula: "log₁₀ x",
        shapes: SAME,
        derivative: &["g / (x · log 10)"],
        source: "https://pytorch.org/docs/stable/generated/torch.log10.html",
    },
    float: Some((|[x, ..]| x.log10(), "log10_(x0)")),
    flows: &[|s, g| ops::div(g, ops::mul(s.tensor(0)?, LN_10)?)],
    points: &[&[0.25, 0.5, 1.0, 1.5, 2.0, 4.0]],
    ..Function::ROW
};

/// `√(x² + y²)`
pub static HYPOT: Function = Function {
    doc: Doc {
        name: "hypot",
        formula: "√(x² + y²)",
        shapes: BROADCAST,
        derivative: &["g · x / out", "g · y / out"],
        source: "https://pytorch.org/docs/stable/generated/torch.hypot.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| x.hypot(y), "hypot_(x0, x1)")),
    keep: Keep { args: &[0, 1], output: true },
    flows: &[
        |s, g| ops::mul(g, ops::div(s.arg(0)?, s.output()?)?),
        |s, g| ops::mul(g, ops::div(s.arg(1)?, s.output()?)?),
    ],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125]],
    ..Function::ROW
};

/// `log(exp(x) + exp(y))`
pub static LOGADDEXP: Function = Function {
    doc: Doc {
        name: "logaddexp",
        formula: "log(exp(x) + exp(y))",
        shapes: BROADCAST,
        derivative: &["g · sigmoid(x - y)", "g · sigmoid(y - x)"],
        source: "https://pytorch.org/docs/stable/generated/torch.logaddexp.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, ..]| if x == y { x + LN_2 } else { x.max(y) + (-(x - y).abs()).exp().ln_1p() },
        "logaddexp_(x0, x1)",
    )),
    flows: &[
        |s, g| ops::mul(g, ops::sigmoid(ops::sub(s.arg(0)?, s.arg(1)?)?)?),
        |s, g| ops::mul(g, ops::sigmoid(ops::sub(s.arg(1)?, s.arg(0)?)?)?),
    ],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125]],
    ..Function::ROW
};

/// `x · log y, and 0 where x = 0`
pub static XLOGY: Function = Function {
    doc: Doc {
        name: "xlogy",
        formula: "x · log y, and 0 where x = 0",
        shapes: BROADCAST,
        derivative: &["g · log y, and 0 where x = 0 and y ≤ 0", "g · x / y"],
        source: "https://pytorch.org/docs/stable/generated/torch.xlogy.html",
    },
    float: Some((|[x, y, ..]| if x == 0.0 && !y.is_nan() { 0.0 } else { x * y.ln() }, "xlogy_(x0, x1)")),
    flows: &[xlogy_flow, |s, g| ops::mul(g, ops::div(s.arg(0)?, s.arg(1)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, 1.25, 2.125]],
    ..Function::ROW
};

fn xlogy_flow(saved: &crate::autograd::Saved, grad: &crate::Tensor) -> crate::Result<crate::Tensor> {
    let y = ops::as_tensor(&saved.arg(1)?, grad)?;
    let flat = ops::where_(ops::eq(saved.tensor(0)?, 0.0)?, ops::le(&y, 0.0)?, false)?;
    ops::where_(flat, 0.0, ops::mul(grad, ops::log(y)?)?)
}

functions! {
    /// `2 ** x`, elementwise.
    exp2(x) => EXP2;
    /// `log₁₀ x`, elementwise.
    log10(x) => LOG10;
    /// `√(x² + y²)`, elementwise.
    hypot(x, y) => HYPOT;
    /// `log(exp(x) + exp(y))`, elementwise.
    logaddexp(x, y) => LOGADDEXP;
    /// `x · log y, and 0 where x = 0`, elementwise.
    xlogy(x, y) => XLOGY;
}
