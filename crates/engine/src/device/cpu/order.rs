//! Order along a dimension.

use crate::{Array, Layout};

/// The elements as integers of the same order; NaN is the largest.
fn keys(array: &Array) -> Vec<i64> {
    match array {
        Array::I64(values) => values.clone(),
        Array::Bool(values) => values.iter().map(|&x| i64::from(x)).collect(),
        floats => floats
            .to_f64()
            .into_iter()
            .map(|x| {
                if x.is_nan() {
                    return i64::MAX;
                }
                // Bits of negative numbers grow with their size; adding 0 takes the sign from -0.
                let bits = (x + 0.0).to_bits().cast_signed();
                if bits < 0 { bits ^ i64::MAX } else { bits }
            })
            .collect(),
    }
}

/// Where keys stand that are put in order, equal ones in the order they have. What is sorted is sorted by this: the
/// standard library's sorting is some kilobytes of code for each type that it is used with.
pub fn ascending(keys: Vec<i64>) -> Vec<usize> {
    let mut order: Vec<(i64, usize)> = keys.into_iter().zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, place)| place).collect()
}

/// Calls `row` with the places of each row along `dim` of a dense array, in order.
fn rows(layout: &Layout, dim: usize, mut row: impl FnMut(&mut dyn Iterator<Item = usize>)) {
    let size = layout.shape.get(dim).copied().unwrap_or(1);
    let inner: usize = layout.shape.iter().skip(dim + 1).product();
    let outer: usize = layout.shape.iter().take(dim).product();
    for start in (0..outer).flat_map(|o| (0..inner).map(move |i| o * size * inner + i)) {
        row(&mut (0..size).map(|k| start + k * inner));
    }
}

/// Where the elements of a dense array would stand in order along `dim`, equal ones in the order they have; NaN is the
/// largest.
pub fn argsort(array: &Array, layout: &Layout, dim: usize, descending: bool) -> Array {
    let keys = keys(array);
    let mut result = vec![0; keys.len()];
    rows(layout, dim, |row| {
        let places: Vec<usize> = row.collect();
        let key = |p: &usize| keys.get(*p).map_or(0, |&k| if descending { !k } else { k });
        for (&place, from) in places.iter().zip(ascending(places.iter().map(key).collect())) {
            if let Some(slot) = result.get_mut(place) {
                *slot = from as i64;
            }
        }
    });
    Array::I64(result)
}

/// Where, for each element of a dense array, the largest (or smallest) one up to it along `dim` is: of equal ones the
/// last, and NaN before all.
pub fn extreme_so_far(array: &Array, layout: &Layout, dim: usize, largest: bool) -> Array {
    let float = array.dtype().is_float();
    let mut keys = keys(array);
    if !largest {
        for key in keys.iter_mut().filter(|k| !float || **k != i64::MAX) {
            *key = !*key;
        }
    }
    let mut result = vec![0; keys.len()];
    rows(layout, dim, |row| {
        let (mut best, mut held) = (0, i64::MIN);
        for (i, place) in (0i64..).zip(row) {
            let key = keys.get(place).copied().unwrap_or(held);
            if key >= held {
                (best, held) = (i, key);
            }
            if let Some(slot) = result.get_mut(place) {
                *slot = best;
            }
        }
    });
    Array::I64(result)
}
