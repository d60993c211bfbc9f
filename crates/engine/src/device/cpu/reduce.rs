//! Reductions.

use std::rc::Rc;

use crate::element::Real;
use crate::{Array, DType, Layout};

/// What a reduction does with the elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Adds them.
    Sum,
    /// Multiplies them.
    Prod,
    /// Keeps the largest; NaN wins.
    Max,
    /// Keeps the smallest; NaN wins.
    Min,
}

/// The layout with the reduced dimensions last, and how many elements each result has.
fn split(layout: &Layout, dims: &[usize]) -> (Layout, usize) {
    let kept = (0..layout.rank()).filter(|d| !dims.contains(d));
    let order: Vec<usize> = kept.chain(dims.iter().copied()).collect();
    let reduced = dims.iter().map(|&d| layout.shape[d]).product();
    let moved = Layout {
        shape: order.iter().map(|&d| layout.shape[d]).collect(),
        strides: order.iter().map(|&d| layout.strides[d]).collect(),
        offset: layout.offset,
    };
    (moved, reduced)
}

/// Reduces `dims` away; the result has `count` elements, row-major over the dimensions that stay.
///
/// Sums of floats go over a fixed tree, so that the error grows with the logarithm of the length.
pub fn reduce(fold: Fold, array: &Rc<Array>, layout: &Layout, dims: &[usize], count: usize) -> Array {
    if array.dtype() == DType::F64 && matches!(fold, Fold::Sum | Fold::Prod) {
        return along_memory(fold, array, layout, dims, count);
    }
    let (moved, length) = split(layout, dims);
    let dense = super::gather(array, &moved);
    match &*dense {
        Array::F32(v) => run(fold, v, length, count),
        Array::F64(v) => run(fold, v, length, count),
        Array::I64(v) => run(fold, v, length, count),
        Array::Bool(v) => {
            let ints: Vec<i64> = v.iter().map(|&b| i64::from(b)).collect();
            let result = run(fold, &ints, length, count);
            // A sum of truth values counts; their maximum is a truth value.
            if matches!(fold, Fold::Sum | Fold::Prod) { result } else { super::convert(&result, DType::Bool) }
        }
    }
}

/// In the order of the memory, as NumPy reduces its arrays: neighbors are added along their tree, and what lies apart,
/// such as the rows of a sum over rows, one after the other. Products are all taken one after the other.
fn along_memory(fold: Fold, array: &Rc<Array>, layout: &Layout, dims: &[usize], count: usize) -> Array {
    let kept: Vec<usize> = (0..layout.rank()).filter(|d| !dims.contains(d)).collect();
    let shape: Vec<usize> = kept.iter().map(|&d| layout.shape[d]).collect();
    let mut places = vec![0; layout.rank()];
    for (&d, stride) in kept.iter().zip(crate::layout::row_major(&shape)) {
        places[d] = stride;
    }
    let mut order: Vec<usize> = (0..layout.rank()).filter(|&d| layout.shape[d] != 1).collect();
    order.sort_by_key(|&d| std::cmp::Reverse(layout.strides[d]));
    let ordered = |strides: &[usize], offset: usize, order: &[usize]| Layout {
        shape: order.iter().map(|&d| layout.shape[d]).collect(),
        strides: order.iter().map(|&d| strides[d]).collect(),
        offset,
    };
    let dense = super::gather(array, &ordered(&layout.strides, layout.offset, &order));
    let (mut neighbors, step) = (1, order.last().map_or(0, |&d| layout.strides[d]));
    while let (Fold::Sum, Some(&d)) = (fold, order.last()) {
        if kept.contains(&d) || layout.strides[d] != neighbors * step {
            break;
        }
        neighbors *= layout.shape[d];
        order.pop();
    }
    let start = if fold == Fold::Sum { 0.0 } else { 1.0 };
    let mut out = vec![start; count];
    if let (Array::F64(values), 1..) = (&*dense, neighbors) {
        let results = ordered(&places, 0, &order);
        for (row, place) in values.chunks_exact(neighbors).zip(results.positions()) {
            out[place] = combine(fold, out[place], tree(fold, row, start));
        }
    }
    Array::F64(out)
}

fn run<T: Real>(fold: Fold, values: &[T], length: usize, count: usize) -> Array {
    let start = match fold {
        Fold::Sum => T::zero(),
        Fold::Prod => T::one(),
        Fold::Max => T::LOWEST,
        Fold::Min => T::HIGHEST,
    };
    if length == 0 {
        return T::array(vec![start; count]);
    }
    T::array(values.chunks_exact(length).map(|row| tree(fold, row, start)).collect())
}

/// The tree that NumPy adds along: halves down to 128 elements, there eight sums side by side. Its digits are NumPy's.
///
/// Source: <https://github.com/numpy/numpy/blob/main/numpy/_core/src/umath/loops_utils.h.src> (pairwise sum)
fn tree<T: Real>(fold: Fold, values: &[T], start: T) -> T {
    const LANES: usize = 8;
    if values.len() > 128 {
        let half = values.len() / 2;
        let (left, right) = values.split_at(half - half % LANES);
        return combine(fold, tree(fold, left, start), tree(fold, right, start));
    }
    let (lanes, rest) = values.split_at(values.len() - values.len() % LANES);
    let mut blocks = lanes.chunks_exact(LANES);
    let total = match blocks.next() {
        None => start,
        Some(first) => {
            let mut sums = [start; LANES];
            sums.copy_from_slice(first);
            for block in blocks {
                for (sum, &x) in sums.iter_mut().zip(block) {
                    *sum = combine(fold, *sum, x);
                }
            }
            let [a, b, c, d, e, f, g, h] = sums;
            let pair = |x, y| combine(fold, x, y);
            pair(pair(pair(a, b), pair(c, d)), pair(pair(e, f), pair(g, h)))
        }
    };
    rest.iter().fold(total, |sum, &x| combine(fold, sum, x))
}

fn combine<T: Real>(fold: Fold, a: T, b: T) -> T {
    match fold {
        Fold::Sum => a.plus(b),
        Fold::Prod => a.times(b),
        Fold::Max if a.is_nan() || a > b => a,
        Fold::Max => b,
        Fold::Min if a.is_nan() || a < b => a,
        Fold::Min => b,
    }
}

/// Where the first largest (or smallest) element of each row lies along the reduced dimensions; NaN counts as such.
pub fn arg_extreme(largest: bool, array: &Rc<Array>, layout: &Layout, dims: &[usize]) -> Array {
    fn first<T: Real>(values: &[T], length: usize, largest: bool) -> Array {
        let best = |row: &[T]| {
            let mut best = 0;
            for (i, &x) in row.iter().enumerate() {
                let held = row[best];
                let beats = if largest { x > held } else { x < held };
                if !held.is_nan() && (beats || x.is_nan()) {
                    best = i;
                }
            }
            best as i64
        };
        Array::I64(values.chunks_exact(length.max(1)).map(best).collect())
    }
    let (moved, length) = split(layout, dims);
    let dense = super::gather(array, &moved);
    match &*dense {
        Array::F32(v) => first(v, length, largest),
        Array::F64(v) => first(v, length, largest),
        Array::I64(v) => first(v, length, largest),
        Array::Bool(v) => first(&v.iter().map(|&b| i64::from(b)).collect::<Vec<_>>(), length, largest),
    }
}
