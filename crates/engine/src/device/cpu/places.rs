//! Elements at named places.

use std::rc::Rc;

use super::gather;
use crate::element::{Element, Real};
use crate::planner::Put;
use crate::{Array, Error, Layout, Result, with_array};

/// The places in a dense tensor of shape `into` that an index names: `(i, …, index[i, …, j, …], …)` at `dim`.
pub fn along(index: &Rc<Array>, layout: &Layout, into: &[usize], dim: usize) -> Result<Vec<usize>> {
    let dense = gather(index, layout);
    let Array::I64(chosen) = &*dense else { return Err(Error::runtime("an index must be of dtype int64")) };
    let mut rest = Layout::contiguous(into);
    let size = into.get(dim).copied().unwrap_or(1);
    let step = rest.strides.get(dim).copied().unwrap_or(1);
    rest.shape.clone_from(&layout.shape);
    if let Some(stride) = rest.strides.get_mut(dim) {
        *stride = 0;
    }
    rest.positions()
        .zip(chosen)
        .map(|(base, &at)| match inside(at, size) {
            Some(place) => Ok(base + place * step),
            None => Err(outside(at, dim, size)),
        })
        .collect()
}

/// The refusal of a place outside of a dimension.
pub fn outside(at: i64, dim: usize, size: usize) -> Error {
    Error::runtime(format!("index {at} is out of bounds for dimension {dim} with size {size}"))
}

/// A place, if it lies in a dimension of this size.
pub fn inside(at: i64, size: usize) -> Option<usize> {
    usize::try_from(at).ok().filter(|&place| place < size)
}

/// The elements at these places.
pub fn take(array: &Array, places: &[usize]) -> Array {
    fn pick<T: Element>(values: &[T], places: &[usize]) -> Array {
        T::array(places.iter().map(|&p| values.get(p).copied().unwrap_or_default()).collect())
    }
    with_array!(array, values => pick(values, places))
}

/// Puts the elements of `source` at these places, in order.
pub fn put(how: Put, target: &mut Array, places: &[usize], source: &Array) -> Result<()> {
    fn combine<T: Real>(how: Put, target: &mut [T], places: &[usize], source: &[T]) {
        for (&place, &value) in places.iter().zip(source) {
            if let Some(slot) = target.get_mut(place) {
                *slot = match how {
                    Put::Add => slot.plus(value),
                    Put::Replace => value,
                    Put::Multiply => slot.times(value),
                };
            }
        }
    }
    match (target, source) {
        (Array::F32(target), Array::F32(source)) => combine(how, target, places, source),
        (Array::F64(target), Array::F64(source)) => combine(how, target, places, source),
        (Array::I64(target), Array::I64(source)) => combine(how, target, places, source),
        // The sum of truth values is "or", their product "and".
        (Array::Bool(target), Array::Bool(source)) => {
            for (&place, &value) in places.iter().zip(source) {
                if let Some(slot) = target.get_mut(place) {
                    *slot = match how {
                        Put::Add => *slot || value,
                        Put::Replace => value,
                        Put::Multiply => *slot && value,
                    };
                }
            }
        }
        _ => return Err(Error::runtime("what is put must be of the dtype of where it is put")),
    }
    Ok(())
}
