//! The largest elements under a moving window.

use crate::element::{Element, Real};
use crate::slide::Window;
use crate::{Array, with_array};

/// Where in its plane the largest element under the window is, for each place of the window. The first of equal ones;
/// NaN wins.
pub fn max_pool_indices(window: &Window, image: [usize; 2], x: &Array) -> Array {
    match x {
        Array::F32(x) => indices(window, image, x),
        Array::F64(x) => indices(window, image, x),
        Array::I64(x) => indices(window, image, x),
        Array::Bool(_) => Array::I64(Vec::new()),
    }
}

fn indices<T: Real>(window: &Window, image: [usize; 2], x: &[T]) -> Array {
    let Window { kernel, slide, size, .. } = window;
    let mut result = Vec::new();
    for plane in x.chunks_exact((image[0] * image[1]).max(1)) {
        for (row, column) in (0..size[0]).flat_map(|row| (0..size[1]).map(move |column| (row, column))) {
            let mut best: Option<(usize, T)> = None;
            for line in slide.cells(0, row, kernel[0], image[0]) {
                for cell in slide.cells(1, column, kernel[1], image[1]) {
                    let line = slide.at(0, row, line, image[0]);
                    let Some((y, x)) = line.zip(slide.at(1, column, cell, image[1])) else { continue };
                    let place = y * image[1] + x;
                    let Some(&value) = plane.get(place) else { continue };
                    if best.is_none_or(|(_, best)| value > best || value.is_nan()) {
                        best = Some((place, value));
                    }
                }
            }
            result.push(best.map_or(0, |(place, _)| place as i64));
        }
    }
    Array::I64(result)
}

/// The elements of each plane of `x` that the same plane of `places` names.
pub fn max_pool(window: &Window, image: [usize; 2], x: &Array, places: &Array) -> Array {
    fn pick<T: Element>(x: &[T], planes: impl Iterator<Item = (usize, i64)>) -> Array {
        let value = |(plane, place): (usize, i64)| {
            usize::try_from(place).ok().and_then(|place| x.get(plane + place)).copied().unwrap_or_default()
        };
        T::array(planes.map(value).collect())
    }
    with_array!(x, x => pick(x, planes(window, image, places)))
}

/// The planes of zeros with the elements of `x` added at the places named for them; `count` elements in all.
pub fn max_pool_backward(
    window: &Window,
    image: [usize; 2],
    x: &Array,
    places: &Array,
    count: usize,
) -> Array {
    fn put<T: Real>(x: &[T], planes: impl Iterator<Item = (usize, i64)>, count: usize) -> Array {
        let mut sums = vec![T::zero(); count];
        for (&x, (plane, place)) in x.iter().zip(planes) {
            if let Some(sum) = usize::try_from(place).ok().and_then(|place| sums.get_mut(plane + place)) {
                *sum = sum.plus(x);
            }
        }
        T::array(sums)
    }
    let planes = planes(window, image, places);
    match x {
        Array::F32(x) => put(x, planes, count),
        Array::F64(x) => put(x, planes, count),
        Array::I64(x) => put(x, planes, count),
        Array::Bool(_) => super::zeros(x.dtype(), count),
    }
}

/// The places, each with where its plane of the image starts.
fn planes<'a>(
    window: &Window,
    image: [usize; 2],
    places: &'a Array,
) -> impl Iterator<Item = (usize, i64)> + 'a {
    let (places, area) = (i64::slice(places).unwrap_or_default(), image[0] * image[1]);
    let each = places.chunks((window.size[0] * window.size[1]).max(1)).enumerate();
    each.flat_map(move |(plane, places)| places.iter().map(move |&place| (plane * area, place)))
}
