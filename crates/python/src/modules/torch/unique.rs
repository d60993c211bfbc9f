//! Distinct elements. How many there are is known only from the values, so they are found on this side; what is returned
//! is picked from the tensor where it is.

use std::cmp::Ordering;

use gradloom_engine::{Array, Tensor, layout, ops};

use crate::context::Context;
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::tensor;

/// The distinct rows of `width` numbers each, in order or as they follow each other.
struct Distinct {
    /// The first row of each kind.
    firsts: Vec<i64>,
    /// The kind of each row.
    kinds: Vec<i64>,
    /// How many rows of each kind.
    counts: Vec<i64>,
}

fn distinct(array: &Array, rows: usize, sorted: bool) -> Distinct {
    let width = array.len().checked_div(rows).unwrap_or(0);
    let compare = |a: usize, b: usize| {
        let pairs = (0..width).map(|k| (array.get(a * width + k), array.get(b * width + k)));
        pairs
            .map(|(x, y)| {
                // NaN is the largest, and unlike any other.
                let nan = |v: Option<f64>| v.is_some_and(f64::is_nan);
                x.partial_cmp(&y).unwrap_or_else(|| nan(x).cmp(&nan(y)).then(Ordering::Less))
            })
            .find(|o| o.is_ne())
            .unwrap_or(Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..rows).collect();
    if sorted {
        // NaN before NaN both ways is no order: for sorting they are equal.
        let total = |a: usize, b: usize| match (compare(a, b), compare(b, a)) {
            (Ordering::Less, Ordering::Less) => Ordering::Equal,
            (forth, _) => forth,
        };
        order.sort_unstable_by(|&a, &b| total(a, b).then(a.cmp(&b)));
    }
    let mut found = Distinct { firsts: Vec::new(), kinds: vec![0; rows], counts: Vec::new() };
    let mut before: Option<usize> = None;
    for row in order {
        if before.is_none_or(|before| compare(before, row).is_ne()) {
            found.firsts.push(row as i64);
            found.counts.push(0);
        }
        before = Some(row);
        if let Some(count) = found.counts.last_mut() {
            *count += 1;
        }
        if let Some(kind) = found.kinds.get_mut(row) {
            *kind = found.counts.len() as i64 - 1;
        }
    }
    found
}

/// Distinct elements, or slices along a dimension; flags from parameter `flags` on: inverse, counts, dim.
fn unique(cx: &mut Context, args: &Args, flags: usize, sorted: bool) -> Result {
    let x = ops::detach(tensor(args, 0)?);
    let inverse = args.truth_or(cx, flags, false)?;
    let counts = args.truth_or(cx, flags + 1, false)?;
    let dim = match args.some(flags + 2) {
        None => None,
        Some(dim) => Some(layout::resolve_dim(cx.index(dim)?, x.rank())?),
    };
    let (from, rows) = match dim {
        Some(dim) if x.rank() > 0 => {
            let order: Vec<i64> =
                std::iter::once(dim).chain((0..x.rank()).filter(|&d| d != dim)).map(|d| d as i64).collect();
            (ops::permute(&x, &order)?, x.shape().get(dim).copied().unwrap_or(1))
        }
        _ => (x.clone(), x.count()),
    };
    let array = cx.host(&from)?;
    cx.charge(array.len());
    let found = distinct(&array, rows, sorted);
    let index = |values: Vec<i64>, shape: &[usize]| -> Result<Tensor> {
        Ok(x.engine().tensor(Array::I64(values), shape, x.device())?)
    };
    let kinds = found.firsts.len();
    let firsts = index(found.firsts, &[kinds])?;
    let values = match dim {
        Some(dim) if x.rank() > 0 => ops::index_select(&x, dim as i64, &firsts)?,
        _ => ops::index_select(&ops::reshape(&x, &[x.count()])?, 0, &firsts)?,
    };
    let mut parts = vec![Value::Tensor(values)];
    if inverse {
        let shape = if dim.is_some() { vec![rows] } else { x.shape().to_vec() };
        parts.push(Value::Tensor(index(found.kinds, &shape)?));
    }
    if counts {
        parts.push(Value::Tensor(index(found.counts, &[kinds])?));
    }
    Ok(match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => Value::tuple(parts.into_iter().chain(last).collect()),
    })
}

/// Functions that are methods as well.
pub const UNIQUE: &[Native] = &[
    Native::new("unique", "input, sorted=, return_inverse=, return_counts=, dim=", |cx, args| {
        unique(cx, args, 2, true)
    }),
    Native::new("unique_consecutive", "input, return_inverse=, return_counts=, dim=", |cx, args| {
        unique(cx, args, 1, false)
    }),
];
