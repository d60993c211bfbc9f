//! Smooth activations.

use super::{Function, SAME, functions};
use crate::autograd::Saved;
use crate::op::{Doc, Promotion};
use crate::{Arg, Result, Tensor, ops};

/// `x where x > 0, else y · (exp(x) - 1)`
pub static ELU: Function = Function {
    doc: Doc {
        name: "elu",
        formula: "x where x > 0, else y · (exp(x) - 1)",
        shapes: SAME,
        derivative: &["g where x > 0, else g · y · exp(x)", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.ELU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, ..]| if x > 0.0 { x } else { y * x.exp_m1() },
        "select(x1 * expm1_(x0), x0, x0 > 0.0)",
    )),
    flows: &[|s, g| below_zero(s, g, 1.0.into(), s.arg(1)?, 1.0)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[1.5]],
    ..Function::ROW
};

/// `x where x > 0, else y · (exp(x / y) - 1)`
pub static CELU: Function = Function {
    doc: Doc {
        name: "celu",
        formula: "x where x > 0, else y · (exp(x / y) - 1)",
        shapes: SAME,
        derivative: &["g where x > 0, else g · exp(x / y)", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.CELU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, ..]| if x > 0.0 { x } else { y * (x / y).exp_m1() },
        "select(x1 * expm1_(x0 / x1), x0, x0 > 0.0)",
    )),
    flows: &[|s, g| below_zero(s, g, s.arg(1)?, 1.0.into(), 1.0)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[1.5]],
    ..Function::ROW
};

/// `1.0507 · (x where x > 0, else 1.67326 · (exp(x) - 1))`
pub static SELU: Function = Function {
    doc: Doc {
        name: "selu",
        formula: "1.0507 · (x where x > 0, else 1.67326 · (exp(x) - 1))",
        shapes: SAME,
        derivative: &["1.0507 · g where x > 0, else 1.7581 · g · exp(x)"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.SELU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, ..]| if x > 0.0 { SCALE * x } else { SCALE * ALPHA * x.exp_m1() },
        "select(1.758099341 * expm1_(x0), 1.050700987 * x0, x0 > 0.0)",
    )),
    flows: &[|s, g| below_zero(s, g, 1.0.into(), (SCALE * ALPHA).into(), SCALE)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `x · sigmoid(x)`
pub static SILU: Function = Function {
    doc: Doc {
        name: "silu",
        formula: "x · sigmoid(x)",
        shapes: SAME,
        derivative: &["g · s · (1 + x · (1 - s)) with s the sigmoid"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.SiLU.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| x / (1.0 + (-x).exp()), "x0 * sigmoid_(x0)")),
    flows: &[silu_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `x · tanh(log(1 + exp(x)))`
pub static MISH: Function = Function {
    doc: Doc {
        name: "mish",
        formula: "x · tanh(log(1 + exp(x)))",
        shapes: SAME,
        derivative: &["g · (t + x · (1 - t²) · sigmoid(x)) with t the tanh"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Mish.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((|[x, ..]| x * x.exp().ln_1p().tanh(), "x0 * tanh_(log1p_(exp_(x0)))")),
    flows: &[mish_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

/// `log(1 + exp(y · x)) / y, but x where y · x > z`
pub static SOFTPLUS: Function = Function {
    doc: Doc {
        name: "softplus",
        formula: "log(1 + exp(y · x)) / y, but x where y · x > z",
        shapes: SAME,
        derivative: &["g · sigmoid(y · x), but g where y · x > z", "0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.Softplus.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, y, z, _]| if x * y > z { x } else { (x * y).exp().ln_1p() / y },
        "select(log1p_(exp_(x0 * x1)) / x1, x0, x0 * x1 > x2)",
    )),
    flows: &[softplus_flow],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0], &[1.5], &[4.0]],
    ..Function::ROW
};

/// `log(sigmoid(x))`
pub static LOG_SIGMOID: Function = Function {
    doc: Doc {
        name: "log_sigmoid",
        formula: "log(sigmoid(x))",
        shapes: SAME,
        derivative: &["g · sigmoid(-x)"],
        source: "https://pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html",
    },
    promotion: Promotion::Arithmetic,
    float: Some((
        |[x, ..]| if x < 0.0 { x - x.exp().ln_1p() } else { -(-x).exp().ln_1p() },
        "min_(x0, 0.0) - log1p_(exp_(-abs(x0)))",
    )),
    flows: &[|s, g| ops::mul(g, ops::sigmoid(ops::neg(s.tensor(0)?)?)?)],
    points: &[&[-2.0, -0.75, 0.25, 0.5, 1.5, 3.0]],
    ..Function::ROW
};

functions! {
    /// `x where x > 0, else y · (exp(x) - 1)`, elementwise.
    elu(x, y) => ELU;
    /// `x where x > 0, else y · (exp(x / y) - 1)`, elementwise.
    celu(x, y) => CELU;
    /// `1.0507 · elu(x, 1.67326)`, elementwise.
    selu(x) => SELU;
    /// `x · sigmoid(x)`, elementwise.
    silu(x) => SILU;
    /// `x · tanh(log(1 + exp(x)))`, elementwise.
    mish(x) => MISH;
    /// `log(1 + exp(y · x)) / y, but x where y · x > z`, elementwise.
    softplus(x, y, z) => SOFTPLUS;
    /// `log(sigmoid(x)), without underflow`, elementwise.
    log_sigmoid(x) => LOG_SIGMOID;
}

/// The constants of self-normalizing networks.
///
/// Source: <https://arxiv.org/abs/1706.02515>
const SCALE: f64 = 1.050_700_987_355_480_5;
const ALPHA: f64 = 1.673_263_242_354_377_2;

/// `right · g` where x > 0, else `g · left · exp(x / width)`; exp is not asked where it may overflow.
fn below_zero(saved: &Saved, grad: &Tensor, width: Arg, left: Arg, right: f64) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let power = ops::exp(ops::div(ops::minimum(&x, 0.0)?, width)?)?;
    let falling = ops::mul(ops::mul(grad, power)?, left)?;
    let rising = if right == 1.0 { grad.clone() } else { ops::mul(grad, right)? };
    ops::where_(ops::gt(x, 0.0)?, rising, falling)
}

fn silu_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let s = ops::sigmoid(&x)?;
    let bend = ops::add(ops::mul(x, ops::sub(1.0, &s)?)?, 1.0)?;
    ops::mul(grad, ops::mul(s, bend)?)
}

fn mish_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let x = saved.tensor(0)?;
    let t = ops::tanh(ops::neg(log_sigmoid(ops::neg(&x)?)?)?)?;
    let bend = ops::mul(ops::sub(1.0, ops::square(&t)?)?, ops::sigmoid(&x)?)?;
    ops::mul(grad, ops::add(t, ops::mul(x, bend)?)?)
}

fn softplus_flow(saved: &Saved, grad: &Tensor) -> Result<Tensor> {
    let z = ops::mul(saved.tensor(0)?, saved.arg(1)?)?;
    let bent = ops::mul(grad, ops::sigmoid(&z)?)?;
    ops::where_(ops::gt(z, saved.arg(2)?)?, grad, bent)
}
