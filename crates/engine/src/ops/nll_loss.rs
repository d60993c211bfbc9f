//! The negative of the log-probability that each class has.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Keep, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

use super::composed::named;
use super::losses::Reduction;

/// `-z[y] · x[y]` along the dimension of the classes: 1, or 0 where it is the only one.
#[derive(Debug, Clone, Copy)]
pub struct NllLoss {
    /// A class that counts nothing.
    pub ignore: i64,
    /// What becomes of the losses; the mean is that by weights.
    pub reduction: Reduction,
}

const DOC: Doc = Doc {
    name: "nll_loss",
    formula: "-x at the classes y",
    shapes: "x [c], [n, c] or [n, c, …] and classes y, the same without c; weights z [c]; the result has y's shape or none",
    derivative: &["-g at the classes y, times their weights; of a mean divided by the sum of those", "0"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html",
};

/// What the classes say: where to look, which are not ignored, and what they weigh.
struct Terms {
    places: Tensor,
    known: Tensor,
    weights: Tensor,
}

impl NllLoss {
    fn terms(&self, shape: &[usize], y: &Tensor, weight: Option<&Tensor>, dtype: DType) -> Result<Terms> {
        let dim = usize::from(shape.len() > 1);
        let y = if shape.len() == 1 { ops::reshape(y, &[])? } else { y.clone() };
        let known = ops::ne(&y, self.ignore)?;
        let y = ops::where_(&known, y, 0i64)?;
        let weights = match weight {
            None => ops::cast(&known, dtype)?,
            Some(weight) => {
                let named = ops::index_select(weight, 0, &ops::reshape(&y, &[y.count()])?)?;
                ops::where_(&known, ops::reshape(&named, y.shape())?, 0.0)?
            }
        };
        Ok(Terms { places: ops::unsqueeze(&y, dim as i64)?, known, weights })
    }

    fn of(&self, x: &Tensor, y: &Tensor, weight: Option<&Tensor>) -> Result<Tensor> {
        let terms = self.terms(x.shape(), y, weight, x.dtype())?;
        let dim = i64::from(x.rank() > 1);
        let chosen = ops::reshape(&ops::gather(x, dim, &terms.places)?, terms.known.shape())?;
        // An ignored place may hold an infinity.
        let chosen = ops::where_(terms.known, chosen, 0.0)?;
        // Not the negative: what is ignored is 0, not -0.
        let losses = ops::sub(0.0, ops::mul(chosen, &terms.weights)?)?;
        match self.reduction {
            Reduction::Mean => {
                ops::div(ops::sum(&losses, &[], false)?, ops::sum(&terms.weights, &[], false)?)
            }
            other => other.of(losses),
        }
    }
}

impl Operator for NllLoss {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let (x, y, weight) = operands(args)?;
        let shape = check_target(x, y)?;
        check_weight(weight, x.shape().get(usize::from(x.rank() > 1)).copied().unwrap_or(0))?;
        let shape = if self.reduction == Reduction::None { shape } else { Vec::new() };
        Ok(Meta { shape, dtype: x.dtype() })
    }

    fn compose(&self, args: &[Arg]) -> Option<Result<Tensor>> {
        Some(operands(args).and_then(|(x, y, weight)| self.of(x, y, weight)))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1, 2])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let shape = saved.shape(0);
        let y = saved.tensor(1)?;
        let weight = if saved.len() > 2 { Some(saved.tensor(2)?) } else { None };
        let engine = grad.engine();
        let terms = engine.no_grad(|| self.terms(shape, &y, weight.as_ref(), grad.dtype()))?;
        let mut share = terms.weights;
        if self.reduction == Reduction::Mean {
            share = ops::div(&share, ops::sum(&share, &[], false)?)?;
        }
        let each = ops::where_(terms.known, ops::neg(ops::mul(grad, share)?)?, 0.0)?;
        let dim = i64::from(shape.len() > 1);
        let zeros = engine.full("zeros", shape, 0.0.into(), grad.dtype(), grad.device())?;
        let to_x = ops::scatter_add(&zeros, dim, &terms.places, &ops::unsqueeze(&each, dim)?)?;
        let mut gradients = vec![None; saved.len()];
        if let Some(first) = gradients.first_mut() {
            *first = Some(to_x);
        }
        Ok(gradients)
    }
}

fn operands(args: &[Arg]) -> Result<(&Tensor, &Tensor, Option<&Tensor>)> {
    match args {
        [Arg::Tensor(x), Arg::Tensor(y)] => Ok((x, y, None)),
        [Arg::Tensor(x), Arg::Tensor(y), Arg::Tensor(weight)] => Ok((x, y, Some(weight))),
        _ => Err(Error::type_("nll_loss takes two or three tensors")),
    }
}

/// Refuses classes that do not belong to an input; the shape of the losses.
fn check_target(x: &Tensor, y: &Tensor) -> Result<Vec<usize>> {
    if x.rank() == 0 {
        return Err(Error::value("Expected 1 or more dimensions (got 0)"));
    }
    let (from, to) = (x.shape().first().copied(), y.shape().first().copied());
    if x.rank() > 1 && from != to {
        return Err(Error::value(format!(
            "Expected input batch_size ({}) to match target batch_size ({}).",
            from.unwrap_or(0),
            to.unwrap_or(0)
        )));
    }
    if y.dtype() != DType::I64 {
        let dtype = y.dtype().scalar_name();
        return Err(Error::runtime(format!("expected target dtype to be Long or Byte, but got {dtype}"))
            .help("classes are integers: convert the target with .long()"));
    }
    if x.rank() == 1 {
        if y.count() != 1 {
            return Err(Error::value(format!(
                "For 1D input, 1D target must have size 1, but got target size: {}",
                y.count()
            )));
        }
        return Ok(Vec::new());
    }
    if x.rank() == 2 && y.rank() > 1 {
        return Err(Error::runtime("0D or 1D target tensor expected, multi-target not supported"));
    }
    let mut expected = x.shape().to_vec();
    expected.remove(1);
    if y.shape() != expected {
        let (expected, got) = (layout::show(&expected), layout::show(y.shape()));
        return Err(Error::runtime(format!("Expected target size {expected}, got {got}")));
    }
    Ok(expected)
}

/// Refuses classes that are not there, as far as that is known on this side.
fn check_classes(y: &Tensor, classes: usize, ignore: i64) -> Result<()> {
    if let Some(held) = y.known()
        && let Array::I64(held) = &*held
        && let Some(class) =
            held.iter().find(|&&t| t != ignore && !usize::try_from(t).is_ok_and(|t| t < classes))
    {
        return Err(Error::index(format!("Target {class} is out of bounds."))
            .help(format!("there are {classes} classes, from 0 to {}", classes.saturating_sub(1))));
    }
    Ok(())
}

/// Refuses weights that are not one for each class.
pub(super) fn check_weight(weight: Option<&Tensor>, classes: usize) -> Result<()> {
    match weight {
        Some(weight) if weight.shape() != [classes] => Err(Error::runtime(format!(
            "weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: {}",
            layout::show(weight.shape())
        ))),
        _ => Ok(()),
    }
}

/// `-weight[y] · x[y]` of log-probabilities `x` (`[c]`, `[n, c]` or `[n, c, …]`) and classes `y`; a class of
/// `ignore` counts nothing. The mean is that by weights.
pub fn nll_loss(
    x: &Tensor,
    y: &Tensor,
    weight: Option<&Tensor>,
    ignore: i64,
    reduction: Reduction,
) -> Result<Tensor> {
    let refuse = |e: Error| e.in_op("nll_loss");
    check_target(x, y).map_err(refuse)?;
    let classes = x.shape().get(usize::from(x.rank() > 1)).copied().unwrap_or(0);
    check_classes(y, classes, ignore).map_err(refuse)?;
    let args = [Some(x), Some(y), weight].into_iter().flatten().map(Arg::from);
    let out = ops::apply(NllLoss { ignore, reduction }, &args.collect::<Vec<_>>())?;
    Ok(if x.rank() > 2 { named(out, "NllLoss2DBackward0") } else { out })
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = [-1.0, -2.0, -3.5, -0.25, -0.5, -4.0, -0.75, -1.5, -3.0, -0.125, -5.0, -2.5];
        let case = |reduction, classes: &[i64]| {
            let rows = classes.len();
            Case::new(
                NllLoss { ignore: -100, reduction },
                [Case::tensor(&[rows, 3], &x[..3 * rows]), Case::index(&[rows], classes)],
            )
        };
        vec![
            case(Reduction::None, &[2, 0]),
            case(Reduction::Mean, &[1, 1]),
            case(Reduction::Sum, &[-100, 2]),
            case(Reduction::Mean, &[0, -100, 2, 1]),
        ]
    },
};
