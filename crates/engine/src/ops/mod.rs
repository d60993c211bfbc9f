//! The operators, one file each, and the functions composed of them.

pub mod abs;
pub mod add;
pub mod amax;
pub mod amin;
pub mod argmax;
pub mod cast;
pub mod clamp;
pub mod clone;
pub mod cos;
pub mod div;
pub mod eq;
pub mod exp;
pub mod expand;
pub mod fill;
pub mod ge;
pub mod gt;
pub mod le;
pub mod log;
pub mod lt;
pub mod matmul;
pub mod maximum;
pub mod minimum;
pub mod mul;
pub mod ne;
pub mod neg;
pub mod permute;
pub mod pow;
pub mod relu;
pub mod reshape;
pub mod sigmoid;
pub mod sign;
pub mod sin;
pub mod slice;
pub mod sqrt;
pub mod sub;
pub mod sum;
pub mod tanh;
pub mod to_device;
pub mod unslice;
pub mod where_;

mod composed;

pub use abs::abs;
pub use add::{Add, add};
pub use amax::amax;
pub use amin::amin;
pub use argmax::argmax;
pub use cast::cast;
pub use clone::{Clone, clone};
pub use composed::*;
pub use cos::cos;
pub use div::{Div, div};
pub use eq::eq;
pub use exp::exp;
pub use expand::expand;
pub use fill::Fill;
pub use ge::ge;
pub use gt::gt;
pub use le::le;
pub use log::log;
pub use lt::lt;
pub use matmul::{matmul, mm};
pub use maximum::maximum;
pub use minimum::minimum;
pub use mul::{Mul, mul};
pub use ne::ne;
pub use neg::neg;
pub use permute::{permute, t, transpose};
pub use pow::{Pow, pow};
pub use relu::{Relu, relu};
pub use reshape::{infer_shape, reshape, view};
pub use sigmoid::sigmoid;
pub use sign::sign;
pub use sin::sin;
pub use slice::{select, slice};
pub use sqrt::sqrt;
pub use sub::{Sub, sub};
pub use sum::{resolve_dims, sum};
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
