//! Mixing two tensors, and replacing what is not finite.

use super::{BROADCAST, Function, SAME, functions};
use crate::op::{Doc, Keep, Promotion};
use crate::ops;

/// `x + z · (y - x)`
pub static LERP: Function = Function {
    doc: Doc {
        name: "lerp",
        formula: "x + z · (y - x)",
        shapes: BROADCAST,
        derivative: &["g · (1 - z)", "g · z", "g · (y - x)"],
        source: "https://pytorch.org/docs/stable/generated/torch.lerp.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, z, _]| if z.abs() < 0.5 { x + z * (y - x) } else { y - (y - x) * (1.0 - z) },
        "select(x1 - (x1 - x0) * (1.0 - x2), x0 + x2 * (x1 - x0), abs(x2) < 0.5)",
    )),
    flows: &[
        |s, g| ops::mul(g, ops::sub(1.0, ops::as_tensor(&s.arg(2)?, g)?)?),
        |s, g| ops::mul(g, s.arg(2)?),
        |s, g| ops::mul(g, ops::sub(ops::as_tensor(&s.arg(1)?, g)?, s.arg(0)?)?),
    ],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125], &[0.25, -0.5, 1.75]],
    ..Function::ROW
};

/// `x, but y for NaN, z for ∞ and w for -∞`
pub static NAN_TO_NUM: Function = Function {
    doc: Doc {
        name: "nan_to_num",
        formula: "x, but y for NaN, z for ∞ and w for -∞",
        shapes: SAME,
        derivative: &["g where x is finite, else 0", "0", "0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nan_to_num.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, nan, most, least]| match x {
            _ if x.is_nan() => nan,
            f64::INFINITY => most,
            f64::NEG_INFINITY => least,
            _ => x,
        },
        "nan_to_num_(x0, x1, x2, x3)",
    )),
    whole: Some((|[x, ..]| x, "x0")),
    keep: Keep::args(&[0]),
    flows: &[|s, g| ops::where_(ops::lt(ops::abs(s.tensor(0)?)?, f64::INFINITY)?, g, 0.0)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.5], &[9.0], &[-9.0]],
};

functions! {
    /// `x + z · (y - x)`, elementwise.
    lerp(x, y, z) => LERP;
    /// `x, but y for NaN, z for ∞ and w for -∞`, elementwise.
    nan_to_num(x, y, z, w) => NAN_TO_NUM;
}
