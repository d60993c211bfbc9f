//! The operators, one file each, and the functions composed of them.

pub mod abs;
pub mod add;
pub mod argmax;
pub mod atan;
pub mod cast;
pub mod ceil;
pub mod clamp;
pub mod clone;
pub mod convolution;
pub mod cos;
pub mod div;
pub mod eq;
pub mod exp;
pub mod expand;
pub mod expm1;
pub mod extreme;
pub mod fill;
pub mod floor;
pub mod floor_divide;
pub mod functions;
pub mod ge;
pub mod gt;
pub mod index_add;
pub mod index_select;
pub mod le;
pub mod log;
pub mod log1p;
pub mod log2;
pub mod lt;
pub mod matmul;
pub mod max_pool;
pub mod max_pool_backward;
pub mod max_pool_indices;
pub mod maximum;
pub mod minimum;
pub mod mul;
pub mod ne;
pub mod neg;
pub mod permute;
pub mod pow;
pub mod reciprocal;
pub mod relu;
pub mod remainder;
pub mod reshape;
pub mod round;
pub mod rsqrt;
pub mod sigmoid;
pub mod sign;
pub mod sin;
pub mod slice;
pub mod sqrt;
pub mod sub;
pub mod sum;
pub mod tan;
pub mod tanh;
pub mod to_device;
pub mod unslice;
pub mod where_;

mod activations;
mod composed;
mod distances;
mod losses;

pub use abs::abs;
pub use activations::*;
pub use add::{Add, add};
pub use argmax::argmax;
pub use atan::atan;
pub use cast::cast;
pub use ceil::ceil;
pub use clone::{Clone, clone};
pub use composed::*;
pub use convolution::{conv_transpose, convolution};
pub use cos::cos;
pub use distances::*;
pub use div::{Div, div};
pub use eq::eq;
pub use exp::exp;
pub use expand::expand;
pub use expm1::expm1;
pub use extreme::{amax, amin, max_of_all, min_of_all};
pub use fill::Fill;
pub use floor::floor;
pub use floor_divide::floor_divide;
pub use functions::bits::{bitwise_and, bitwise_or, bitwise_xor};
pub use functions::exponential::{exp2, hypot, log10, logaddexp, xlogy};
pub use functions::gaussian::{erf, erfc, gelu, gelu_tanh};
pub use functions::hyperbolic::{acosh, asinh, atanh, cosh, sinh};
pub use functions::mixing::{lerp, nan_to_num};
pub use functions::piecewise::{
    hardshrink, hardsigmoid, hardswish, hardtanh, leaky_relu, softshrink, threshold,
};
pub use functions::rounding::{fmod, frac, trunc, trunc_divide};
pub use functions::smooth::{celu, elu, log_sigmoid, mish, selu, silu, softplus};
pub use functions::trigonometric::{acos, asin, atan2, sinc};
pub use ge::ge;
pub use gt::gt;
pub use index_add::index_add;
pub use index_select::index_select;
pub use le::le;
pub use log::log;
pub use log1p::log1p;
pub use log2::log2;
pub use losses::*;
pub use lt::lt;
pub use matmul::{matmul, mm};
pub use max_pool::max_pool;
pub use maximum::maximum;
pub use minimum::minimum;
pub use mul::{Mul, mul};
pub use ne::ne;
pub use neg::neg;
pub use permute::{permute, t, transpose};
pub use pow::{Pow, pow};
pub use reciprocal::reciprocal;
pub use relu::{Relu, relu};
pub use remainder::remainder;
pub use reshape::{infer_shape, reshape, view};
pub use round::round;
pub use rsqrt::rsqrt;
pub use sigmoid::sigmoid;
pub use sign::sign;
pub use sin::sin;
pub use slice::{select, slice};
pub use sqrt::sqrt;
pub use sub::{Sub, sub};
pub use sum::{resolve_dims, sum};
pub use tan::tan;
pub use tanh::tanh;
pub use to_device::to_device;
pub use unslice::Unslice;
pub use where_::where_;

use std::rc::Rc;

use crate::{Arg, Error, Operator, Result, Tensor};

/// Applies an operator to arguments of which one is a tensor.
pub fn apply(op: impl Operator + 'static, args: &[Arg]) -> Result<Tensor> {
    let name = op.doc().name;
    let tensor = args.iter().find_map(Arg::tensor);
    let tensor =
        tensor.ok_or_else(|| Error::type_(format!("{name} takes at least one tensor")).in_op(name))?;
    tensor.engine().clone().apply(Rc::new(op), args)
}
