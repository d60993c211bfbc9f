//! Activations that are exact compositions of operators.

use crate::{Error, Result, Scalar, Tensor, layout, ops};

use super::composed::named;
use super::functions::piecewise::PRELU;

/// `exp(-x) / Σ exp(-x)` along a dimension.
pub fn softmin(x: &Tensor, dim: i64) -> Result<Tensor> {
    ops::softmax(&ops::neg(x)?, dim)
}

/// `x / (1 + |x|)`
pub fn softsign(x: &Tensor) -> Result<Tensor> {
    ops::div(x, ops::add(ops::abs(x)?, 1.0)?)
}

/// `x - tanh x`
pub fn tanhshrink(x: &Tensor) -> Result<Tensor> {
    ops::sub(x, ops::tanh(x)?)
}

/// `a · sigmoid(b)` of the two halves of `x` along a dimension of even size.
pub fn glu(x: &Tensor, dim: i64) -> Result<Tensor> {
    if x.rank() == 0 {
        return Err(
            Error::runtime("glu does not support scalars because halving size must be even").in_op("glu")
        );
    }
    let at = layout::resolve_dim(dim, x.rank())?;
    let size = x.shape().get(at).copied().unwrap_or(0);
    if !size.is_multiple_of(2) {
        return Err(Error::runtime(format!(
            "Halving dimension must be even, but dimension {at} is size {size}"
        ))
        .in_op("glu"));
    }
    let half = |start| ops::slice(x, dim, start, 1, size / 2);
    let gate = ops::sigmoid(half(size / 2)?)?;
    Ok(named(ops::mul(half(0)?, gate)?, "glu"))
}

/// `x` where it is positive, else `weight · x`; of several weights each belongs to a channel, dimension 1.
pub fn prelu(x: &Tensor, weight: &Tensor) -> Result<Tensor> {
    let refuse = |message: String| Err(Error::runtime(message).in_op("prelu"));
    if weight.rank() > 1 {
        return refuse(format!(
            "prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = {}",
            weight.rank()
        ));
    }
    if weight.count() == 1 {
        return PRELU.apply(&[x.into(), ops::reshape(weight, &vec![1; x.rank()])?.into()]);
    }
    if x.rank() == 0 {
        return refuse("Not allow zero-dim input tensor.".to_owned());
    }
    let channels = x.shape().get(1).copied().unwrap_or(1);
    if channels != weight.count() {
        return refuse(format!(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = {} and channel size = {channels}.",
            weight.count()
        ));
    }
    PRELU.apply(&[x.into(), along(weight, 1, x.rank())?.into()])
}

/// A vector as a tensor of this rank that lies along `dim`, so that it broadcasts there.
pub(super) fn along(vector: &Tensor, dim: usize, rank: usize) -> Result<Tensor> {
    let mut shape = vec![1; rank];
    if let Some(size) = shape.get_mut(dim) {
        *size = vector.count();
    }
    ops::reshape(vector, &shape)
}

/// 1 where `x` is positive, 0 where it is negative, `y` where it is 0.
pub fn heaviside(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    if x.dtype() != y.dtype() {
        return Err(Error::runtime("heaviside is not yet implemented for tensors with different dtypes.")
            .help("convert one of them with .to(dtype)")
            .in_op("heaviside"));
    }
    if x.engine().grad_enabled() && (x.requires_grad() || y.requires_grad()) {
        return Err(Error::runtime("derivative for aten::heaviside is not implemented").in_op("heaviside"));
    }
    ops::where_(ops::eq(x, Scalar::Int(0))?, y, ops::cast(&ops::gt(x, Scalar::Int(0))?, x.dtype())?)
}
