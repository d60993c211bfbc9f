//! Inverse trigonometric functions, and the sine cardinal.

use std::f64::consts::PI;

use super::{BROADCAST, Function, SAME, functions};
use crate::autograd::Saved;
use crate::op::Doc;
use crate::{Result, Tensor, ops};

/// `arcsin x`
pub static ASIN: Function = Function {
    doc: Doc {
        name: "asin",
        formula: "arcsin x",
        shapes: SAME,
        derivative: &["g / √(1 - x²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.asin.html",
    },
    float: Some((|[x, ..]| x.asin(), "asin_(x0)")),
    flows: &[|s, g| ops::mul(g, circle(&s.tensor(0)?)?)],
    points: &[&[-0.9, -0.75, -0.25, 0.125, 0.5, 0.875]],
    ..Function::ROW
};

/// `arccos x`
pub static ACOS: Function = Function {
    doc: Doc {
        name: "acos",
        formula: "arccos x",
        shapes: SAME,
        derivative: &["-g / √(1 - x²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.acos.html",
    },
    float: Some((|[x, ..]| x.acos(), "acos_(x0)")),
    flows: &[|s, g| ops::mul(g, ops::neg(circle(&s.tensor(0)?)?)?)],
    points: &[&[-0.9, -0.75, -0.25, 0.125, 0.5, 0.875]],
    ..Function::ROW
};

/// `1 / √(1 - x²)`
fn circle(x: &Tensor) -> Result<Tensor> {
    ops::rsqrt(ops::sub(1.0, ops::square(x)?)?)
}

/// `the angle of the point (y, x)`
pub static ATAN2: Function = Function {
    doc: Doc {
        name: "atan2",
        formula: "the angle of the point (y, x)",
        shapes: BROADCAST,
        derivative: &["g · y / (x² + y²)", "-g · x / (x² + y²)"],
        source: "https://pytorch.org/docs/stable/generated/torch.atan2.html",
    },
    float: Some((|[x, y, ..]| x.atan2(y), "atan2_(x0, x1)")),
    flows: &[|s, g| turned(s, g, 1), |s, g| ops::neg(turned(s, g, 0)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125]],
    ..Function::ROW
};

/// `g · v / (x² + y²)`, v one of the two.
fn turned(saved: &Saved, grad: &Tensor, v: usize) -> Result<Tensor> {
    let [x, y] = [ops::as_tensor(&saved.arg(0)?, grad)?, ops::as_tensor(&saved.arg(1)?, grad)?];
    let distance = ops::add(ops::square(&x)?, ops::square(&y)?)?;
    ops::mul(grad, ops::div(if v == 0 { x } else { y }, distance)?)
}

/// `sin(πx) / (πx), and 1 where x = 0`
pub static SINC: Function = Function {
    doc: Doc {
        name: "sinc",
        formula: "sin(πx) / (πx), and 1 where x = 0",
        shapes: SAME,
        derivative: &["g · (cos(πx) - out) / x, and 0 where x = 0"],
        source: "https://pytorch.org/docs/stable/generated/torch.sinc.html",
    },
    float: Some((|[x, ..]| if x == 0.0 { 1.0 } else { (PI * x).sin() / (PI * x) }, "sinc_(x0)")),
    flows: &[sinc_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

fn sinc_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let center = ops::eq(&x, 0.0)?;
    // Nothing is divided by 0, so that the second derivative is a number as well.
    let x = ops::where_(&center, 1.0, x)?;
    let slope = ops::div(ops::sub(ops::cos(ops::mul(&x, PI)?)?, sinc(&x)?)?, &x)?;
    ops::where_(center, 0.0, ops::mul(grad, slope)?)
}

functions! {
    /// `arcsin x`, elementwise.
    asin(x) => ASIN;
    /// `arccos x`, elementwise.
    acos(x) => ACOS;
    /// `the angle of the point (y, x)`, elementwise.
    atan2(x, y) => ATAN2;
    /// `sin(πx) / (πx)`, elementwise.
    sinc(x) => SINC;
}
