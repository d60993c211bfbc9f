//! Elementwise kernels.

use crate::element::Real;
use crate::op::{CpuArg, Meta, Pointwise, Promotion};
use crate::ops::functions::{ARGS, Function};
use crate::{Array, DType, Error, Result};

/// Elements computed at a time.
const CHUNK: usize = 512;

/// Computes `op` over arguments that broadcast to `out.shape`.
///
/// All that depends on the operator is one loop over a chunk, so that forty operators in three element types stay
/// small.
pub fn pointwise<P: Pointwise>(op: &P, args: &[CpuArg], out: &Meta) -> Result<Array> {
    // The dtype of the computation is that of the promoted arguments; a condition in front does not count.
    let skip = usize::from(P::PROMOTION == Promotion::Select);
    Ok(in_dtype(args, skip, out, &|x, y| chunk(op, x, y), &|x, y| chunk(op, x, y), &|x, y| chunk(op, x, y)))
}

/// Runs the loop for the dtype of the first tensor from argument `skip` on.
fn in_dtype(
    args: &[CpuArg],
    skip: usize,
    out: &Meta,
    single: Chunk<f32>,
    double: Chunk<f64>,
    whole: Chunk<i64>,
) -> Array {
    let compute = args
        .iter()
        .skip(skip)
        .find_map(|a| if let CpuArg::Tensor(array, _) = a { Some(array.dtype()) } else { None })
        .unwrap_or(out.dtype);
    match compute {
        DType::F32 => run(args, out, single),
        DType::F64 => run(args, out, double),
        DType::I64 | DType::Bool => run(args, out, whole),
    }
}

/// Computes a function of numbers: floats in double precision, rounded once.
pub fn function(function: &Function, args: &[CpuArg], out: &Meta) -> Result<Array> {
    let array = match (out.dtype, function.float, function.whole) {
        (DType::F32, Some((f, _)), _) => Some(each::<f32, f64>(f, args, out, f64::from, |y| y as f32)),
        (DType::F64, Some((f, _)), _) => Some(each::<f64, f64>(f, args, out, |x| x, |y| y)),
        (DType::I64, _, Some((f, _))) => Some(each::<i64, i64>(f, args, out, |x| x, |y| y)),
        _ => None,
    };
    array.ok_or_else(|| Error::unsupported(format!("{} takes no {}", function.doc.name, out.dtype)))
}

/// One element after the other, computed in `V`.
fn each<T: Real, V: Copy + Default>(
    f: fn([V; ARGS]) -> V,
    args: &[CpuArg],
    out: &Meta,
    widen: fn(T) -> V,
    narrow: fn(V) -> T,
) -> Array {
    run::<T>(args, out, &|x, y| {
        for (i, y) in y.iter_mut().enumerate() {
            let mut at = [V::default(); ARGS];
            for (at, x) in at.iter_mut().zip(x) {
                *at = x.get(i).copied().map(widen).unwrap_or_default();
            }
            *y = narrow(f(at));
        }
    })
}

/// A chunk of the result from the same stretch of every argument.
fn chunk<P: Pointwise, T: Real>(op: &P, x: &[&[T]], y: &mut [T]) {
    match (P::ARITY, x) {
        (1, [a, ..]) => y.iter_mut().zip(*a).for_each(|(y, &a)| *y = op.value(&[a])),
        (2, [a, b, ..]) => {
            y.iter_mut().zip(a.iter().zip(*b)).for_each(|(y, (&a, &b))| *y = op.value(&[a, b]))
        }
        (3, [a, b, c, ..]) => {
            y.iter_mut()
                .zip(a.iter().zip(b.iter().zip(*c)))
                .for_each(|(y, (&a, (&b, &c)))| *y = op.value(&[a, b, c]));
        }
        _ => {}
    }
}

/// One argument, handed out in chunks.
enum Source<'a, T> {
    Constant([T; CHUNK]),
    Slice(&'a [T]),
    Owned(Vec<T>),
}

/// Computes a chunk of the result.
type Chunk<'a, T> = &'a dyn Fn(&[&[T]], &mut [T]);

fn run<T: Real>(args: &[CpuArg], out: &Meta, chunk: Chunk<T>) -> Array {
    let count: usize = out.shape.iter().product();
    let source = |arg| match arg {
        &CpuArg::Scalar(s) => Source::Constant([T::from_scalar(s); CHUNK]),
        CpuArg::Tensor(array, layout) => match T::slice(array) {
            Some(v) if layout.count() == 1 => {
                Source::Constant([v.get(layout.offset).copied().unwrap_or_default(); CHUNK])
            }
            Some(v) if layout.shape == out.shape && layout.is_contiguous() => {
                Source::Slice(v.get(layout.offset..layout.offset + count).unwrap_or_default())
            }
            _ => Source::Owned(super::values(arg, &out.shape)),
        },
    };
    let sources: Vec<Source<T>> = args.iter().take(ARGS).map(source).collect();
    let mut result = vec![T::default(); count];
    for (i, y) in result.chunks_mut(CHUNK).enumerate() {
        let stretch = i * CHUNK..i * CHUNK + y.len();
        let mut x: [&[T]; ARGS] = [&[]; ARGS];
        for (x, source) in x.iter_mut().zip(&sources) {
            *x = match source {
                Source::Constant(values) => &values[..y.len()],
                Source::Slice(values) => values.get(stretch.clone()).unwrap_or_default(),
                Source::Owned(values) => values.get(stretch.clone()).unwrap_or_default(),
            };
        }
        chunk(&x, y);
    }
    match out.dtype {
        DType::Bool => Array::Bool(result.iter().map(|&x| x != T::zero()).collect()),
        _ => T::array(result),
    }
}
