//! Rounding toward zero.

use super::{BROADCAST, Function, SAME, functions};
use crate::op::{Doc, Keep, Promotion};
use crate::ops;

/// `x rounded toward 0`
pub static TRUNC: Function = Function {
    doc: Doc {
        name: "trunc",
        formula: "x rounded toward 0",
        shapes: SAME,
        derivative: &["0"],
        source: "https://pytorch.org/docs/stable/generated/torch.trunc.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| x.trunc(), "trunc(x0)")),
    whole: Some((|[x, ..]| x, "x0")),
    keep: Keep::NOTHING,
    flows: &[|_, g| ops::zeros_like(g)],
    points: &[&[-2.25, -0.75, 0.25, 0.5, 1.5, 3.125]],
};

/// `x - trunc x`
pub static FRAC: Function = Function {
    doc: Doc {
        name: "frac",
        formula: "x - trunc x",
        shapes: SAME,
        derivative: &["g"],
        source: "https://pytorch.org/docs/stable/generated/torch.frac.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| x - x.trunc(), "x0 - trunc(x0)")),
    keep: Keep::NOTHING,
    flows: &[|_, g| Ok(g.clone())],
    points: &[&[-2.25, -0.75, 0.25, 0.5, 1.5, 3.125]],
    ..Function::ROW
};

/// `x - y · trunc(x / y)`
pub static FMOD: Function = Function {
    doc: Doc {
        name: "fmod",
        formula: "x - y · trunc(x / y)",
        shapes: BROADCAST,
        derivative: &["g", "-g · trunc(x / y)"],
        source: "https://pytorch.org/docs/stable/generated/torch.fmod.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| x % y, "fmod_(x0, x1)")),
    whole: Some((|[x, y, ..]| x.checked_rem(y).unwrap_or_default(), "ifmod_(x0, x1)")),
    flows: &[|_, g| Ok(g.clone()), |s, g| ops::neg(ops::mul(g, trunc_divide(s.arg(0)?, s.arg(1)?)?)?)],
    points: &[&[-2.25, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125]],
    ..Function::ROW
};

/// `trunc(x / y)`
pub static TRUNC_DIVIDE: Function = Function {
    doc: Doc {
        name: "trunc_divide",
        formula: "trunc(x / y)",
        shapes: BROADCAST,
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.div.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| (x / y).trunc(), "trunc_div_(x0, x1)")),
    whole: Some((|[x, y, ..]| x.checked_div(y).unwrap_or_default(), "itrunc_div_(x0, x1)")),
    keep: Keep::NOTHING,
    flows: &[|_, g| ops::zeros_like(g), |_, g| ops::zeros_like(g)],
    points: &[&[-2.25, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125]],
};

functions! {
    /// `x rounded toward 0`, elementwise.
    trunc(x) => TRUNC;
    /// `x - trunc x`, elementwise.
    frac(x) => FRAC;
    /// `x - y · trunc(x / y)`, elementwise.
    fmod(x, y) => FMOD;
    /// `trunc(x / y)`, elementwise.
    trunc_divide(x, y) => TRUNC_DIVIDE;
}
