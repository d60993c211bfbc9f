//! Losses: how far a prediction is from what it should be.

use std::f64::consts::PI;

use crate::{Device, Error, Result, Tensor, layout, ops};

use super::activations::along;
use super::composed::named;
use super::distances::{pairwise_distance, raised};
use super::functions::residual::{BINARY_CROSS_ENTROPY, HUBER, SMOOTH_L1};
use super::nll_loss::{check_weight, nll_loss};

/// What becomes of the losses of the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// They stay.
    None,
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
}

impl Reduction {
    /// The losses, reduced.
    pub fn of(self, losses: Tensor) -> Result<Tensor> {
        match self {
            Reduction::None => Ok(losses),
            Reduction::Mean => ops::mean(&losses, &[], false),
            Reduction::Sum => ops::sum(&losses, &[], false),
        }
    }

    /// The same, whose last node has the name of the loss.
    fn named(self, losses: Tensor, name: &'static str) -> Result<Tensor> {
        Ok(named(self.of(losses)?, name))
    }
}

/// `(x - y)²`
pub fn mse_loss(x: &Tensor, y: &Tensor, reduction: Reduction) -> Result<Tensor> {
    reduction.named(ops::pow(ops::sub(x, y)?, 2.0)?, "mse_loss")
}

/// `|x - y|`
pub fn l1_loss(x: &Tensor, y: &Tensor, reduction: Reduction) -> Result<Tensor> {
    reduction.of(ops::abs(ops::sub(x, y)?)?)
}

/// `d² / 2β` where `d = |x - y| < β`, else `d - β / 2`.
pub fn smooth_l1_loss(x: &Tensor, y: &Tensor, beta: f64, reduction: Reduction) -> Result<Tensor> {
    if beta < 0.0 {
        return Err(Error::runtime("smooth_l1_loss does not support negative values for beta.")
            .in_op("smooth_l1_loss"));
    }
    if beta == 0.0 {
        return l1_loss(x, y, reduction);
    }
    reduction.named(SMOOTH_L1.apply(&[x.into(), y.into(), beta.into()])?, "smooth_l1_loss")
}

/// `d² / 2` where `d = |x - y| ≤ δ`, else `δ · (d - δ / 2)`.
pub fn huber_loss(x: &Tensor, y: &Tensor, delta: f64, reduction: Reduction) -> Result<Tensor> {
    if delta <= 0.0 {
        return Err(
            Error::runtime("huber_loss does not support non-positive values for delta.").in_op("huber_loss")
        );
    }
    reduction.named(HUBER.apply(&[x.into(), y.into(), delta.into()])?, "huber_loss")
}

/// `-(y · log x + (1 - y) · log(1 - x))` of probabilities, logarithms not below -100.
pub fn binary_cross_entropy(
    x: &Tensor,
    y: &Tensor,
    weight: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    const NAME: &str = "binary_cross_entropy";
    if x.shape() != y.shape() {
        let message = format!(
            "Using a target size ({}) that is different to the input size ({}) is deprecated. Please ensure they have the \
             same size.",
            size(y),
            size(x)
        );
        return Err(Error::value(message).in_op(NAME));
    }
    // On the GPU nobody waits for the values to look at them; there a probability outside gives NaN.
    if x.device() == Device::Cpu
        && let Ok(held) = x.host()
        && !held.to_f64().iter().all(|p| (0.0..=1.0).contains(p))
    {
        return Err(Error::runtime("all elements of input should be between 0 and 1")
            .help("apply sigmoid first, or use binary_cross_entropy_with_logits")
            .in_op(NAME));
    }
    let losses = BINARY_CROSS_ENTROPY.apply(&[x.into(), y.into()])?;
    reduction.named(weighted(losses, weight)?, NAME)
}

fn size(t: &Tensor) -> String {
    format!("torch.Size({})", layout::show(t.shape()))
}

fn weighted(losses: Tensor, weight: Option<&Tensor>) -> Result<Tensor> {
    weight.map_or(Ok(losses.clone()), |weight| ops::mul(losses, weight))
}

/// The binary cross entropy of `sigmoid(x)`, without its overflow; `pos_weight` weighs the positive examples.
pub fn binary_cross_entropy_with_logits(
    x: &Tensor,
    y: &Tensor,
    weight: Option<&Tensor>,
    pos_weight: Option<&Tensor>,
    reduction: Reduction,
) -> Result<Tensor> {
    const NAME: &str = "binary_cross_entropy_with_logits";
    if x.shape() != y.shape() {
        let message = format!("Target size ({}) must be the same as input size ({})", size(y), size(x));
        return Err(Error::value(message).in_op(NAME));
    }
    let off = ops::mul(ops::sub(1.0, y)?, x)?;
    let mut log = ops::log_sigmoid(x)?;
    if let Some(pos_weight) = pos_weight {
        log = ops::mul(ops::add(ops::mul(ops::sub(pos_weight, 1.0)?, y)?, 1.0)?, log)?;
    }
    reduction.named(weighted(ops::sub(off, log)?, weight)?, NAME)
}

/// The negative logarithm of the softmax of `x` at the classes `y`, or weighed by the probabilities `y` of `x`'s shape.
/// `smoothing` gives that share of the probability to all classes alike.
pub fn cross_entropy(
    x: &Tensor,
    y: &Tensor,
    weight: Option<&Tensor>,
    ignore: i64,
    reduction: Reduction,
    smoothing: f64,
) -> Result<Tensor> {
    if !(0.0..=1.0).contains(&smoothing) {
        let message = format!("label_smoothing must be between 0.0 and 1.0. Got: {smoothing}");
        return Err(Error::runtime(message).in_op("cross_entropy"));
    }
    let dim = usize::from(x.rank() > 1);
    let classes = x.shape().get(dim).copied().unwrap_or(1);
    let log = ops::log_softmax(x, dim as i64)?;
    let refuse = |e: Error| e.in_op("cross_entropy");
    if y.shape() != x.shape() {
        let nll = nll_loss(&log, y, weight, ignore, reduction)?;
        if smoothing == 0.0 {
            return Ok(nll);
        }
        let even = evenly(&log, y, weight, ignore, reduction, dim).map_err(refuse)?;
        return ops::add(ops::mul(nll, 1.0 - smoothing)?, ops::mul(even, smoothing / classes as f64)?);
    }
    if !y.dtype().is_float() {
        return Err(refuse(Error::runtime(format!(
            "Expected floating point type for target with class probabilities, got {}",
            y.dtype().scalar_name()
        ))));
    }
    check_weight(weight, classes).map_err(refuse)?;
    let y = match smoothing {
        0.0 => y.clone(),
        _ => ops::add(ops::mul(y, 1.0 - smoothing)?, smoothing / classes as f64)?,
    };
    let losses = weighted(ops::mul(&log, y)?, weight.map(|w| along(w, dim, x.rank())).transpose()?.as_ref())?;
    let count = (x.count() as f64) / (classes as f64);
    match reduction {
        Reduction::None => ops::neg(ops::sum(&losses, &[dim as i64], false)?),
        Reduction::Sum => ops::neg(ops::sum(&losses, &[], false)?),
        Reduction::Mean => {
            Ok(named(ops::div(ops::neg(ops::sum(&losses, &[], false)?)?, count)?, "DivBackward1"))
        }
    }
}

/// The loss where all classes are expected alike, times their number.
fn evenly(
    log: &Tensor,
    y: &Tensor,
    weight: Option<&Tensor>,
    ignore: i64,
    reduction: Reduction,
    dim: usize,
) -> Result<Tensor> {
    let weight = weight.map(|w| along(w, dim, log.rank())).transpose()?;
    let losses = ops::neg(ops::sum(&weighted(log.clone(), weight.as_ref())?, &[dim as i64], false)?)?;
    let known = ops::ne(y, ignore)?;
    let known = ops::reshape(&known, losses.shape())?;
    let losses = ops::where_(&known, losses, 0.0)?;
    if reduction != Reduction::Mean {
        return reduction.of(losses);
    }
    // By the weights of the classes expected, as the loss beside it.
    let ones = ops::add(ops::zeros_like(log)?, 1.0)?;
    let share = log.engine().no_grad(|| match &weight {
        Some(weight) => {
            let weights = nll_loss(&ops::mul(ones, weight)?, y, None, ignore, Reduction::Sum)?;
            ops::neg(weights)
        }
        None => ops::sum(&ops::cast(&known, log.dtype())?, &[], false),
    })?;
    ops::div(ops::sum(&losses, &[], false)?, share)
}

/// `y · (log y - x)` of log-probabilities `x`; `log_target`: `y` is given as a logarithm as well.
pub fn kl_div(x: &Tensor, y: &Tensor, log_target: bool, reduction: Reduction) -> Result<Tensor> {
    reduction.of(if log_target {
        ops::mul(ops::exp(y)?, ops::sub(y, x)?)?
    } else {
        ops::sub(ops::xlogy(y, y)?, ops::mul(y, x)?)?
    })
}

/// `x` where `y` is 1, `max(0, margin - x)` where it is -1.
pub fn hinge_embedding_loss(x: &Tensor, y: &Tensor, margin: f64, reduction: Reduction) -> Result<Tensor> {
    let short = positive(ops::sub(margin, x)?)?;
    let apart = ops::where_(ops::ne(y, 1.0)?, short, 0.0)?;
    reduction.of(ops::add(apart, ops::where_(ops::ne(y, -1.0)?, x, 0.0)?)?)
}

/// `max(0, x)`
fn positive(x: Tensor) -> Result<Tensor> {
    Ok(named(ops::clamp(&x, Some(0.0.into()), None)?, "clamp_min"))
}

/// `max(0, -y · (a - b) + margin)`
pub fn margin_ranking_loss(
    a: &Tensor,
    b: &Tensor,
    y: &Tensor,
    margin: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    if a.rank() != b.rank() || a.rank() != y.rank() {
        let size = |t: &Tensor| format!("torch.Size({})", layout::show(t.shape()));
        return Err(Error::runtime(format!(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {}, input2: {}, target: {} ",
            size(a),
            size(b),
            size(y)
        )));
    }
    reduction.of(positive(ops::add(ops::mul(ops::neg(y)?, ops::sub(a, b)?)?, margin)?)?)
}

/// `log(1 + exp(-y · x))`
pub fn soft_margin_loss(x: &Tensor, y: &Tensor, reduction: Reduction) -> Result<Tensor> {
    let losses = ops::softplus(ops::mul(x, ops::neg(y)?)?, 1.0, f64::INFINITY)?;
    reduction.named(losses, "soft_margin_loss")
}

/// `1 - cos(a, b)` where `y` is 1, `max(0, cos(a, b) - margin)` where it is -1, along the last dimension.
pub fn cosine_embedding_loss(
    a: &Tensor,
    b: &Tensor,
    y: &Tensor,
    margin: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    const NEAR_ZERO: f64 = 1e-12;
    let refuse = |message: String| Err(Error::runtime(message).in_op("cosine_embedding_loss"));
    if y.rank() > 1 {
        return refuse("0D or 1D target tensor expected, multi-target not supported".to_owned());
    }
    if y.rank() + 1 != a.rank() || a.rank() != b.rank() {
        let (n, rank) = (y.rank(), y.rank() + 1);
        return refuse(format!(
            "{n}D target tensor expects {rank}D input tensors, but found inputs with sizes {} and {}.",
            layout::show(a.shape()),
            layout::show(b.shape())
        ));
    }
    let product = |a: &Tensor, b: &Tensor| ops::sum(&ops::mul(a, b)?, &[-1], false);
    let lengths = ops::mul(ops::add(product(a, a)?, NEAR_ZERO)?, ops::add(product(b, b)?, NEAR_ZERO)?)?;
    let cos = ops::div(product(a, b)?, ops::sqrt(lengths)?)?;
    let alike = ops::where_(ops::eq(y, 1.0)?, ops::sub(1.0, &cos)?, 0.0)?;
    let apart = ops::where_(ops::eq(y, -1.0)?, positive(ops::sub(cos, margin)?)?, 0.0)?;
    reduction.of(ops::add(alike, apart)?)
}

/// How distances are measured in [`triplet_margin_loss`].
#[derive(Clone, Copy, Debug)]
pub struct Triplet {
    /// How much nearer the positive example should be.
    pub margin: f64,
    /// The norm of the distance.
    pub p: f64,
    /// What is added to each difference.
    pub eps: f64,
    /// Whether the distance of the two examples counts where it is smaller than that of the negative one.
    pub swap: bool,
}

/// `max(0, ‖anchor - like‖ - ‖anchor - unlike‖ + margin)`
pub fn triplet_margin_loss(
    anchor: &Tensor,
    like: &Tensor,
    unlike: &Tensor,
    how: Triplet,
    reduction: Reduction,
) -> Result<Tensor> {
    let distance = |a, b| pairwise_distance(a, b, how.p, how.eps, false);
    let near = distance(anchor, like)?;
    let mut far = distance(anchor, unlike)?;
    if how.swap {
        far = ops::minimum(far, distance(like, unlike)?)?;
    }
    reduction.of(positive(ops::sub(ops::add(near, how.margin)?, far)?)?)
}

/// `exp(x) - y · x`, or `x - y · log(x + ε)` where `x` is no logarithm; `full` adds Stirling's approximation of `log y!`.
pub fn poisson_nll_loss(
    x: &Tensor,
    y: &Tensor,
    log_input: bool,
    full: bool,
    eps: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    let mut losses = if log_input {
        ops::sub(ops::exp(x)?, ops::mul(y, x)?)?
    } else {
        ops::sub(x, ops::mul(y, ops::log(ops::add(x, eps)?)?)?)?
    };
    if full {
        let root = ops::mul(ops::log(ops::mul(y, 2.0 * PI)?)?, 0.5)?;
        let stirling = ops::add(ops::sub(ops::mul(y, ops::log(y)?)?, y)?, root)?;
        losses = ops::add(losses, ops::where_(ops::le(y, 1.0)?, 0.0, stirling)?)?;
    }
    reduction.of(losses)
}

/// `(log v + (x - y)² / v) / 2` with the variance `v` not below `eps`; `full` adds `log(2π) / 2`.
pub fn gaussian_nll_loss(
    x: &Tensor,
    y: &Tensor,
    variance: &Tensor,
    full: bool,
    eps: f64,
    reduction: Reduction,
) -> Result<Tensor> {
    let variance = &raised(variance, eps)?;
    let apart = ops::div(ops::pow(ops::sub(x, y)?, 2.0)?, variance)?;
    let mut losses = ops::mul(ops::add(ops::log(variance)?, apart)?, 0.5)?;
    if full {
        losses = ops::add(losses, 0.5 * (2.0 * PI).ln())?;
    }
    reduction.of(losses)
}
