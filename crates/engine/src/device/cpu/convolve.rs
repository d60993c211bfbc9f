//! Convolutions and their gradients.

use crate::Array;
use crate::element::Real;
use crate::ops::convolution::{Geometry, Role};

/// Where a cell of the weight lies on the image while the weight moves along one row of the output: it meets
/// `count` elements, from `image` in the plane on in steps of the stride, at the places from `place` on.
struct Stretch {
    image: usize,
    place: usize,
    count: usize,
}

/// The stretches of a cell of the weight; where it lies beside the image there is none.
fn stretches(g: &Geometry, down: usize, across: usize) -> Vec<Stretch> {
    let ([height, width], [rows, columns]) = (g.image, g.output);
    let (first, end) = g.slide.inside(1, across, width, columns);
    let Some(column) = g.slide.at(1, first, across, width).filter(|_| first < end) else { return Vec::new() };
    let on_image = |row| Some((row, g.slide.at(0, row, down, height)?));
    let stretch = |(row, line)| Stretch {
        image: line * width + column,
        place: row * columns + first,
        count: end - first,
    };
    (0..rows).filter_map(on_image).map(stretch).collect()
}

fn part<T>(values: &[T], from: usize, count: usize) -> &[T] {
    values.get(from..from + count).unwrap_or_default()
}

fn part_mut<T>(values: &mut [T], from: usize, count: usize) -> &mut [T] {
    values.get_mut(from..from + count).unwrap_or_default()
}

/// What a cell of the weight meets is laid out once, an element for each place, and then taken by all channels of the
/// output (for the image: gathered from all of them, and put back once). So the inner loops run over whole planes.
fn run<T: Real>(role: Role, g: &Geometry, a: &[T], b: &[T]) -> Array {
    let area = |plane: [usize; 2]| plane[0] * plane[1];
    let (pixels, cells, places) = (area(g.image), area(g.kernel), area(g.output));
    let mut out = vec![
        T::zero();
        match role {
            Role::Output => g.batch * g.groups * g.outputs * places,
            Role::Image => g.batch * g.groups * g.inputs * pixels,
            Role::Weight => g.groups * g.outputs * g.inputs * cells,
        }
    ];
    let step = g.slide.stride[1].max(1);
    let mut met = vec![T::zero(); places];
    for cell in 0..cells {
        let stretches = stretches(g, cell / g.kernel[1], cell % g.kernel[1]);
        for (n, channel) in (0..g.batch).flat_map(|n| (0..g.groups * g.inputs).map(move |c| (n, c))) {
            let (group, i) = (channel / g.inputs, channel % g.inputs);
            let image = (n * g.groups * g.inputs + channel) * pixels;
            met.fill(T::zero());
            if role != Role::Image {
                for s in &stretches {
                    let from = part(a, image + s.image, (s.count - 1) * step + 1).iter().step_by(step);
                    for (to, &x) in part_mut(&mut met, s.place, s.count).iter_mut().zip(from) {
                        *to = x;
                    }
                }
            }
            for o in group * g.outputs..(group + 1) * g.outputs {
                let weight = (o * g.inputs + i) * cells + cell;
                let output = (n * g.groups * g.outputs + o) * places;
                let factor = || b.get(weight).copied().unwrap_or_default();
                match role {
                    Role::Output => T::add_scaled(part_mut(&mut out, output, places), &met, factor()),
                    Role::Image => T::add_scaled(&mut met, part(a, output, places), factor()),
                    Role::Weight => {
                        if let Some(sum) = out.get_mut(weight) {
                            *sum = sum.plus(T::dot(&met, part(b, output, places)));
                        }
                    }
                }
            }
            if role == Role::Image {
                for s in &stretches {
                    let to = part_mut(&mut out, image + s.image, (s.count - 1) * step + 1).iter_mut();
                    for (sum, &x) in to.step_by(step).zip(part(&met, s.place, s.count)) {
                        *sum = sum.plus(x);
                    }
                }
            }
        }
    }
    T::array(out)
}

/// The tensor that `role` names, of the other two in their order (image, weight, output; for the image of output and
/// weight), row-major and of one dtype.
pub fn convolve(role: Role, g: &Geometry, a: &Array, b: &Array) -> Array {
    match (a, b) {
        (Array::F32(a), Array::F32(b)) => run(role, g, a, b),
        (Array::F64(a), Array::F64(b)) => run(role, g, a, b),
        (Array::I64(a), Array::I64(b)) => run(role, g, a, b),
        _ => super::zeros(a.dtype(), 0),
    }
}
