//! How far an element is from its target: the terms of losses.

use super::{BROADCAST, Function, functions};
use crate::autograd::Saved;
use crate::op::{Doc, Promotion};
use crate::{Result, Tensor, ops};

/// `d² / (2 · z) where d = |x - y| < z, else d - z / 2`
pub static SMOOTH_L1: Function = Function {
    doc: Doc {
        name: "smooth_l1_loss",
        formula: "d² / (2 · z) where d = |x - y| < z, else d - z / 2",
        shapes: BROADCAST,
        derivative: &["g · min(max((x - y) / z, -1), 1)", "-g · min(max((x - y) / z, -1), 1)", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.SmoothL1Loss.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, z, _]| {
            let d = (x - y).abs();
            if d < z { 0.5 * d * d / z } else { d - 0.5 * z }
        },
        "select(abs(x0 - x1) - 0.5 * x2, 0.5 * (x0 - x1) * (x0 - x1) / x2, abs(x0 - x1) < x2)",
    )),
    flows: &[smooth_l1_flow, |s, g| ops::neg(smooth_l1_flow(s, g)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125], &[1.5]],
    ..Function::ROW
};

/// `d² / 2 where d = |x - y| ≤ z, else z · (d - z / 2)`
pub static HUBER: Function = Function {
    doc: Doc {
        name: "huber_loss",
        formula: "d² / 2 where d = |x - y| ≤ z, else z · (d - z / 2)",
        shapes: BROADCAST,
        derivative: &["g · min(max(x - y, -z), z)", "-g · min(max(x - y, -z), z)", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.HuberLoss.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, z, _]| {
            let d = (x - y).abs();
            if d <= z { 0.5 * d * d } else { z * (d - 0.5 * z) }
        },
        "select(x2 * (abs(x0 - x1) - 0.5 * x2), 0.5 * (x0 - x1) * (x0 - x1), abs(x0 - x1) <= x2)",
    )),
    flows: &[huber_flow, |s, g| ops::neg(huber_flow(s, g)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[0.625, -1.25, 2.125], &[1.5]],
    ..Function::ROW
};

/// `-(y · log x + (1 - y) · log(1 - x)), logarithms not below -100`
pub static BINARY_CROSS_ENTROPY: Function = Function {
    doc: Doc {
        name: "binary_cross_entropy",
        formula: "-(y · log x + (1 - y) · log(1 - x)), logarithms not below -100",
        shapes: BROADCAST,
        derivative: &[
            "g · (x - y) / (x · (1 - x)), the divisor not below 1e-12",
            "g · (log(1 - x) - log x), logarithms not below -100",
        ],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.BCELoss.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, ..]| (y - 1.0) * (-x).ln_1p().max(-100.0) - y * x.ln().max(-100.0),
        "(x1 - 1.0) * max_(log1p_(-x0), -100.0) - x1 * max_(log_(x0), -100.0)",
    )),
    flows: &[cross_entropy_flow, |s, g| {
        let x = s.tensor(0)?;
        let floored = |log: Tensor| ops::clamp(&log, Some((-100.0).into()), None);
        let off = floored(ops::log1p(ops::neg(&x)?)?)?;
        ops::mul(g, ops::sub(off, floored(ops::log(x)?)?)?)
    }],
    points: &[&[0.0625, 0.25, 0.375, 0.5, 0.75, 0.875], &[0.25, 0.5, 1.0]],
    ..Function::ROW
};

functions! {
    /// `d² / (2 · z) where d = |x - y| < z, else d - z / 2`, elementwise.
    smooth_l1(x, y, z) => SMOOTH_L1;
    /// `d² / 2 where d = |x - y| ≤ z, else z · (d - z / 2)`, elementwise.
    huber(x, y, z) => HUBER;
    /// `-(y · log x + (1 - y) · log(1 - x))`, elementwise.
    cross_entropy_of_two(x, y) => BINARY_CROSS_ENTROPY;
}

/// `x - y`
fn distance(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    ops::sub(ops::as_tensor(&saved.arg(0)?, grad)?, saved.arg(1)?)
}

fn smooth_l1_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let d = ops::div(distance(saved, grad)?, saved.arg(2)?)?;
    ops::mul(grad, ops::clamp(&d, Some((-1.0).into()), Some(1.0.into()))?)
}

fn huber_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let d = distance(saved, grad)?;
    let bound = saved.arg(2)?;
    let least = match &bound {
        crate::Arg::Scalar(s) => crate::Arg::from(-s.to_f64()),
        crate::Arg::Tensor(t) => ops::neg(t)?.into(),
    };
    ops::mul(grad, ops::clamp(&d, Some(least), Some(bound))?)
}

fn cross_entropy_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let spread = ops::clamp(&ops::mul(&x, ops::sub(1.0, &x)?)?, Some(1e-12.into()), None)?;
    ops::mul(grad, ops::div(ops::sub(x, saved.arg(1)?)?, spread)?)
}
