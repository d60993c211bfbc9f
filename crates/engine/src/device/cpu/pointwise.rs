//! Elementwise kernels.

use crate::element::{Element, Real};
use crate::op::{CpuArg, Meta, Pointwise, Promotion};
use crate::{Array, DType, Result};

/// Computes `op` over arguments that broadcast to `out.shape`.
pub fn pointwise<P: Pointwise>(op: &P, args: &[CpuArg], out: &Meta) -> Result<Array> {
    // The dtype of the computation is that of the promoted arguments; a condition in front does not count.
    let skip = usize::from(P::PROMOTION == Promotion::Select);
    let compute = args
        .iter()
        .skip(skip)
        .find_map(|a| if let CpuArg::Tensor(array, _) = a { Some(array.dtype()) } else { None })
        .unwrap_or(out.dtype);
    Ok(match (compute, out.dtype) {
        (DType::F32, DType::Bool) => run::<P, f32, bool>(op, args, out),
        (DType::F64, DType::Bool) => run::<P, f64, bool>(op, args, out),
        (_, DType::Bool) => run::<P, i64, bool>(op, args, out),
        (DType::F64, _) => run::<P, f64, f64>(op, args, out),
        (DType::F32, _) => run::<P, f32, f32>(op, args, out),
        (DType::I64 | DType::Bool, _) => run::<P, i64, i64>(op, args, out),
    })
}

/// One argument.
enum Source<'a, T> {
    Constant(T),
    Slice(&'a [T]),
    Owned(Vec<T>),
}

fn run<P: Pointwise, T: Real, O: Element>(op: &P, args: &[CpuArg], out: &Meta) -> Array {
    let count: usize = out.shape.iter().product();
    let sources: Vec<Source<T>> = args
        .iter()
        .map(|arg| match arg {
            CpuArg::Scalar(s) => Source::Constant(T::from_scalar(*s)),
            CpuArg::Tensor(array, layout) => match T::slice(array) {
                Some(v) if layout.count() == 1 => {
                    Source::Constant(v.get(layout.offset).copied().unwrap_or_default())
                }
                Some(v) if layout.shape == out.shape && layout.is_contiguous() => {
                    Source::Slice(v.get(layout.offset..layout.offset + count).unwrap_or_default())
                }
                _ => Source::Owned(super::values(arg, &out.shape)),
            },
        })
        .collect();
    let mut result: Vec<O> = Vec::with_capacity(count);
    match sources.as_slice() {
        [Source::Slice(a)] => result.extend(a.iter().map(|&x| store::<T, O>(op.value(&[x])))),
        [Source::Slice(a), Source::Slice(b)] => {
            result.extend(a.iter().zip(b.iter()).map(|(&x, &y)| store::<T, O>(op.value(&[x, y]))));
        }
        [Source::Slice(a), Source::Constant(y)] => {
            result.extend(a.iter().map(|&x| store::<T, O>(op.value(&[x, *y]))))
        }
        [Source::Constant(x), Source::Slice(b)] => {
            result.extend(b.iter().map(|&y| store::<T, O>(op.value(&[*x, y]))))
        }
        _ => {
            let mut x = vec![T::default(); sources.len()];
            for i in 0..count {
                for (slot, source) in x.iter_mut().zip(&sources) {
                    *slot = match source {
                        Source::Constant(value) => *value,
                        Source::Slice(values) => values.get(i).copied().unwrap_or_default(),
                        Source::Owned(values) => values.get(i).copied().unwrap_or_default(),
                    };
                }
                result.push(store::<T, O>(op.value(&x)));
            }
        }
    }
    O::array(result)
}

/// A value in the dtype of the result; a truth value is 1 or 0.
#[inline]
fn store<T: Real, O: Element>(value: T) -> O {
    O::from_scalar(value.scalar())
}
