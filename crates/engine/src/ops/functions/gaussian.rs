//! The error function, and the activations by the normal distribution.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI, FRAC_2_SQRT_PI};

use super::{Function, SAME, functions};
use crate::autograd::Saved;
use crate::op::{Doc, Keep, Promotion};
use crate::{Result, Tensor, ops};

/// `erf x`
pub static ERF: Function = Function {
    doc: Doc {
        name: "erf",
        formula: "erf x",
        shapes: SAME,
        derivative: &["g · 2 / √π · exp(-x²)"],
        source: "https://pytorch.org/docs/stable/generated/../special.html",
    },
    float: Some((|[x, ..]| erf_of(x), "erf_(x0)")),
    flows: &[|s, g| ops::mul(g, bell(&s.tensor(0)?, FRAC_2_SQRT_PI)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `1 - erf x`
pub static ERFC: Function = Function {
    doc: Doc {
        name: "erfc",
        formula: "1 - erf x",
        shapes: SAME,
        derivative: &["-g · 2 / √π · exp(-x²)"],
        source: "https://pytorch.org/docs/stable/generated/../special.html",
    },
    float: Some((|[x, ..]| erfc_of(x), "1.0 - erf_(x0)")),
    flows: &[|s, g| ops::mul(g, bell(&s.tensor(0)?, -FRAC_2_SQRT_PI)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `y` with `erf y = x`
pub static ERFINV: Function = Function {
    doc: Doc {
        name: "erfinv",
        formula: "y with erf y = x",
        shapes: SAME,
        derivative: &["g · √π / 2 · exp(out²)"],
        source: "https://pytorch.org/docs/stable/generated/../special.html",
    },
    float: Some((|[x, ..]| erfinv_of(x), "erfinv_(x0)")),
    keep: Keep::OUTPUT,
    flows: &[|s, g| ops::div(g, bell(&s.output()?, FRAC_2_SQRT_PI)?)],
    points: &[&[-0.9, -0.75, 0.0, 0.25, 0.5, 0.99]],
    ..Function::ROW
};

/// `x / 2 · (1 + erf(x / √2))`
pub static GELU: Function = Function {
    doc: Doc {
        name: "gelu",
        formula: "x / 2 · (1 + erf(x / √2))",
        shapes: SAME,
        derivative: &["g · (Φ(x) + x · φ(x)), the normal distribution and its density"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.GELU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, ..]| 0.5 * x * erfc_of(-x * FRAC_1_SQRT_2),
        "0.5 * x0 * (1.0 + erf_(x0 * 0.707106781))",
    )),
    flows: &[gelu_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`
pub static GELU_TANH: Function = Function {
    doc: Doc {
        name: "gelu_tanh",
        formula: "x / 2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))",
        shapes: SAME,
        derivative: &["g · (1 + t + x · (1 - t²) · √(2/π) · (1 + 0.134145 · x²)) / 2 with t the tanh"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.GELU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, ..]| 0.5 * x * (1.0 + (FRAC_2_PI.sqrt() * (x + CUBE * x * x * x)).tanh()),
        "0.5 * x0 * (1.0 + tanh_(0.797884561 * (x0 + 0.044715 * x0 * x0 * x0)))",
    )),
    flows: &[gelu_tanh_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

functions! {
    /// `erf x`, elementwise.
    erf(x) => ERF;
    /// `1 - erf x`, elementwise.
    erfc(x) => ERFC;
    /// `y` with `erf y = x`, elementwise.
    erfinv(x) => ERFINV;
    /// `x · Φ(x)`, elementwise.
    gelu(x) => GELU;
    /// `x · Φ(x), Φ approximated by a hyperbolic tangent`, elementwise.
    gelu_tanh(x) => GELU_TANH;
}

/// The weight of the cube in the approximation of Φ.
const CUBE: f64 = 0.044715;

/// `height · exp(-x²)`
fn bell(x: &Tensor, height: f64) -> Result<Tensor> {
    ops::mul(ops::exp(ops::neg(ops::square(x)?)?)?, height)
}

fn gelu_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let scaled = ops::mul(&x, FRAC_1_SQRT_2)?;
    let below = ops::mul(ops::add(erf(&scaled)?, 1.0)?, 0.5)?;
    let density = bell(&scaled, 0.5 * FRAC_1_SQRT_2 * FRAC_2_SQRT_PI)?;
    ops::mul(grad, ops::add(below, ops::mul(x, density)?)?)
}

fn gelu_tanh_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let root = FRAC_2_PI.sqrt();
    let squared = ops::square(&x)?;
    let inner = ops::mul(&x, ops::add(ops::mul(&squared, CUBE * root)?, root)?)?;
    let t = ops::tanh(inner)?;
    let steep = ops::add(ops::mul(squared, 3.0 * CUBE * root)?, root)?;
    let bend = ops::mul(ops::mul(x, steep)?, ops::sub(1.0, ops::square(&t)?)?)?;
    ops::mul(grad, ops::mul(ops::add(ops::add(t, 1.0)?, bend)?, 0.5)?)
}

/// `erf x` by its power series times `exp(-x²)`, all of whose terms are positive.
fn erf_of(x: f64) -> f64 {
    let a = x.abs();
    if a >= NEAR {
        return (1.0 - tail(a)).copysign(x);
    }
    let (mut sum, mut term, mut n) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        n += 2.0;
        term *= 2.0 * x * x / n;
        sum += term;
    }
    FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

fn erfc_of(x: f64) -> f64 {
    if x >= NEAR { tail(x) } else { 1.0 - erf_of(x) }
}

/// Up to here the series, from here on the continued fraction.
const NEAR: f64 = 2.0;

/// `1 - erf x` for `x ≥ 2` by Laplace's continued fraction `x + ½/(x + 1/(x + 3/2/(x + …)))`.
///
/// Source: <https://dlmf.nist.gov/7.9>
fn tail(x: f64) -> f64 {
    if x == f64::INFINITY {
        return 0.0;
    }
    let fraction = (1..100).rev().fold(x, |rest, k| x + 0.5 * f64::from(k) / rest);
    0.5 * FRAC_2_SQRT_PI * (-x * x).exp() / fraction
}

/// The inverse of `erf` by Giles's approximation, which Newton's method brings to double precision.
///
/// Source: <https://people.maths.ox.ac.uk/gilesm/files/gems_erfinv.pdf>
fn erfinv_of(x: f64) -> f64 {
    if x.abs() >= 1.0 || x.is_nan() {
        return if x.abs() == 1.0 { f64::INFINITY.copysign(x) } else { f64::NAN };
    }
    let w = -((1.0 - x) * (1.0 + x)).ln();
    let (at, terms) = if w < 5.0 { (w - 2.5, &MIDDLE) } else { (w.sqrt() - 3.0, &TAILS) };
    let mut y = x.abs() * terms.iter().fold(0.0, |sum, term| sum * at + term);
    for _ in 0..2 {
        // Near 1 what is missing to it is known better.
        let over = if y < 0.5 { erf_of(y) - x.abs() } else { (1.0 - x.abs()) - erfc_of(y) };
        y -= over / (FRAC_2_SQRT_PI * (-y * y).exp());
    }
    y.copysign(x)
}

const MIDDLE: [f64; 9] = [
    2.81022636e-08,
    3.43273939e-07,
    -3.5233877e-06,
    -4.39150654e-06,
    0.00021858087,
    -0.00125372503,
    -0.00417768164,
    0.246640727,
    1.50140941,
];
const TAILS: [f64; 9] = [
    -0.000200214257,
    0.000100950558,
    0.00134934322,
    -0.00367342844,
    0.00573950773,
    -0.0076224613,
    0.00943887047,
    1.00167406,
    2.83297682,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// CPython 3.12's math.erf and math.erfc.
    #[test]
    fn the_error_function_has_its_digits() {
        for (x, want, rest) in ERF_TABLE {
            assert!((erf_of(x) - want).abs() <= 4e-16 * want.abs(), "erf({x}) is {}, not {want}", erf_of(x));
            assert!((erfc_of(x) - rest).abs() <= 1e-13 * rest, "erfc({x}) is {}, not {rest}", erfc_of(x));
        }
        assert!(erf_of(f64::NAN).is_nan() && erfc_of(f64::NAN).is_nan());
        assert_eq!(
            (erf_of(f64::INFINITY), erfc_of(f64::INFINITY), erfc_of(f64::NEG_INFINITY)),
            (1.0, 0.0, 2.0)
        );
    }

    const ERF_TABLE: [(f64, f64, f64); 9] = [
        (-3.0, -0.9999779095030014, 1.9999779095030015),
        (-0.5, -0.5204998778130465, 1.5204998778130465),
        (1e-09, 1.1283791670955127e-09, 0.9999999988716208),
        (0.3, 0.3286267594591274, 0.6713732405408726),
        (1.0, 0.8427007929497149, 0.15729920705028513),
        (1.75, 0.9866716712191824, 0.013328328780817555),
        (1.99, 0.995111413199617, 0.004888586800383003),
        (2.5, 0.999593047982555, 0.0004069520174449589),
        (6.0, 1.0, 2.1519736712498916e-17),
    ];
}
