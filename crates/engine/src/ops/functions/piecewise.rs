//! Activations with corners. At a corner the derivative is PyTorch's.

use super::{BROADCAST, Function, SAME, functions};
use crate::op::{Doc, Promotion};
use crate::ops;

/// `min(max(x, y), z)`
pub static HARDTANH: Function = Function {
    doc: Doc {
        name: "hardtanh",
        formula: "min(max(x, y), z)",
        shapes: SAME,
        derivative: &["g where y < x < z, else 0", "0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Hardtanh.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, z, _]| {
            if x < y {
                y
            } else if x > z {
                z
            } else {
                x
            }
        },
        "clamp_(x0, x1, x2)",
    )),
    whole: Some((|[x, y, z, _]| x.max(y).min(z), "min(max(x0, x1), x2)")),
    flows: &[|s, g| {
        let x = s.tensor(0)?;
        let below = ops::where_(ops::lt(&x, s.arg(2)?)?, g, 0.0)?;
        ops::where_(ops::gt(x, s.arg(1)?)?, below, 0.0)
    }],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[-1.0], &[1.25]],
    ..Function::ROW
};

/// `min(max(x + 3, 0), 6) / 6`
pub static HARDSIGMOID: Function = Function {
    doc: Doc {
        name: "hardsigmoid",
        formula: "min(max(x + 3, 0), 6) / 6",
        shapes: SAME,
        derivative: &["g / 6 where -3 < x < 3, else 0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Hardsigmoid.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| (x + 3.0).clamp(0.0, 6.0) / 6.0, "clamp_(x0 + 3.0, 0.0, 6.0) / 6.0")),
    flows: &[|s, g| ops::where_(ops::lt(ops::abs(s.tensor(0)?)?, 3.0)?, ops::div(g, 6.0)?, 0.0)],
    points: &[&[-4.0, -0.75, 0.25, 0.5, 1.5, 3.5]],
    ..Function::ROW
};

/// `x · min(max(x + 3, 0), 6) / 6`
pub static HARDSWISH: Function = Function {
    doc: Doc {
        name: "hardswish",
        formula: "x · min(max(x + 3, 0), 6) / 6",
        shapes: SAME,
        derivative: &["0 where x ≤ -3, g where x ≥ 3, else g · (x / 3 + 1/2)"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Hardswish.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| x * (x + 3.0).clamp(0.0, 6.0) / 6.0, "x0 * clamp_(x0 + 3.0, 0.0, 6.0) / 6.0")),
    flows: &[|s, g| {
        let x = s.tensor(0)?;
        let bent = ops::mul(g, ops::add(ops::div(&x, 3.0)?, 0.5)?)?;
        let rising = ops::where_(ops::ge(&x, 3.0)?, g, bent)?;
        ops::where_(ops::le(x, -3.0)?, 0.0, rising)
    }],
    points: &[&[-4.0, -0.75, 0.25, 0.5, 1.5, 3.5]],
    ..Function::ROW
};

/// `x where x > 0, else y · x`
pub static LEAKY_RELU: Function = Function {
    doc: Doc {
        name: "leaky_relu",
        formula: "x where x > 0, else y · x",
        shapes: SAME,
        derivative: &["g where x > 0, else g · y", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| if x > 0.0 { x } else { x * y }, "select(x0 * x1, x0, x0 > 0.0)")),
    flows: &[|s, g| ops::where_(ops::gt(s.tensor(0)?, 0.0)?, g, ops::mul(g, s.arg(1)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.125]],
    ..Function::ROW
};

/// `x where x > 0, else y · x`
pub static PRELU: Function = Function {
    doc: Doc {
        name: "prelu_kernel",
        formula: "x where x > 0, else y · x",
        shapes: BROADCAST,
        derivative: &["g where x > 0, else g · y", "0 where x > 0, else g · x"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.PReLU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| if x > 0.0 { x } else { x * y }, "select(x0 * x1, x0, x0 > 0.0)")),
    flows: &[
        |s, g| ops::where_(ops::gt(s.tensor(0)?, 0.0)?, g, ops::mul(g, s.arg(1)?)?),
        |s, g| {
            let x = ops::as_tensor(&s.arg(0)?, g)?;
            ops::where_(ops::gt(&x, 0.0)?, 0.0, ops::mul(g, x)?)
        },
    ],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.125, 0.5, -0.25]],
    ..Function::ROW
};

/// `x where x > y, else z`
pub static THRESHOLD: Function = Function {
    doc: Doc {
        name: "threshold",
        formula: "x where x > y, else z",
        shapes: SAME,
        derivative: &["g where x > y, else 0", "0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Threshold.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, z, _]| if x <= y { z } else { x }, "select(x0, x2, le_(x0, x1))")),
    whole: Some((|[x, y, z, _]| if x <= y { z } else { x }, "select(x0, x2, x0 <= x1)")),
    flows: &[|s, g| ops::where_(ops::le(s.tensor(0)?, s.arg(1)?)?, 0.0, g)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.375], &[-1.5]],
    ..Function::ROW
};

/// `x where |x| > y, else 0`
pub static HARDSHRINK: Function = Function {
    doc: Doc {
        name: "hardshrink",
        formula: "x where |x| > y, else 0",
        shapes: SAME,
        derivative: &["g where |x| > y, else 0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Hardshrink.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, y, ..]| if x.abs() <= y { 0.0 } else { x }, "select(x0, 0.0, le_(abs(x0), x1))")),
    flows: &[|s, g| ops::where_(ops::gt(ops::abs(s.tensor(0)?)?, s.arg(1)?)?, g, 0.0)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625]],
    ..Function::ROW
};

/// `x nearer to 0 by y, and 0 where |x| ≤ y`
pub static SOFTSHRINK: Function = Function {
    doc: Doc {
        name: "softshrink",
        formula: "x nearer to 0 by y, and 0 where |x| ≤ y",
        shapes: SAME,
        derivative: &["g where |x| > y, else 0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Softshrink.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, ..]| if x.abs() <= y { x * 0.0 } else { x - y.copysign(x) },
        "select(x0 - clamp_(x0, -x1, x1), x0 * 0.0, le_(abs(x0), x1))",
    )),
    flows: &[|s, g| ops::where_(ops::gt(ops::abs(s.tensor(0)?)?, s.arg(1)?)?, g, 0.0)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625]],
    ..Function::ROW
};

functions! {
    /// `min(max(x, y), z), with the derivative 0 at y and z`, elementwise.
    hardtanh(x, y, z) => HARDTANH;
    /// `min(max(x + 3, 0), 6) / 6`, elementwise.
    hardsigmoid(x) => HARDSIGMOID;
    /// `x · hardsigmoid(x)`, elementwise.
    hardswish(x) => HARDSWISH;
    /// `x where x > 0, else y · x`, elementwise.
    leaky_relu(x, y) => LEAKY_RELU;
    /// `x where x > y, else z`, elementwise.
    threshold(x, y, z) => THRESHOLD;
    /// `x where |x| > y, else 0`, elementwise.
    hardshrink(x, y) => HARDSHRINK;
    /// `x nearer to 0 by y`, elementwise.
    softshrink(x, y) => SOFTSHRINK;
}
