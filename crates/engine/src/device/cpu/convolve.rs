//! Convolutions and their gradients.

use crate::Array;
use crate::element::Real;
use crate::ops::convolution::{Geometry, Role};

/// Products along a row of the output: `x[x + step · j]`, `w[w]` and `y[y + j]` meet for each `j` below `count`.
struct Row {
    x: usize,
    w: usize,
    y: usize,
    count: usize,
}

/// Visits all rows of products.
fn rows(g: &Geometry, mut visit: impl FnMut(Row)) {
    let ([height, width], [down, across], [rows, columns]) = (g.image, g.kernel, g.output);
    for (n, group) in (0..g.batch).flat_map(|n| (0..g.groups).map(move |group| (n, group))) {
        for (o, i) in (0..g.outputs).flat_map(|o| (0..g.inputs).map(move |i| (o, i))) {
            let o = group * g.outputs + o;
            let image = (n * g.groups + group) * g.inputs + i;
            let output = n * g.groups * g.outputs + o;
            for (kh, kw) in (0..down).flat_map(|kh| (0..across).map(move |kw| (kh, kw))) {
                let (first, end) = g.slide.inside(1, kw, width, columns);
                let Some(x) = g.slide.at(1, first, kw, width) else { continue };
                for row in 0..rows {
                    let Some(line) = g.slide.at(0, row, kh, height) else { continue };
                    visit(Row {
                        x: (image * height + line) * width + x,
                        w: ((o * g.inputs + i) * down + kh) * across + kw,
                        y: (output * rows + row) * columns + first,
                        count: end - first,
                    });
                }
            }
        }
    }
}

/// `sum[j] += factor · values[j]`
fn add<'a, T: Real + 'a>(
    sum: impl Iterator<Item = &'a mut T>,
    values: impl Iterator<Item = &'a T>,
    factor: T,
) {
    for (sum, &value) in sum.zip(values) {
        *sum = sum.plus(value.times(factor));
    }
}

/// `Σ a[j] · b[j]`, in eight running sums: that is faster, and closer.
fn dot<T: Real>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::zero(); 8];
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum = sum.plus(a.times(b));
        }
    }
    sums.into_iter().fold(T::zero(), T::plus)
}

fn run<T: Real>(role: Role, g: &Geometry, a: &[T], b: &[T]) -> Array {
    let area = |plane: [usize; 2]| plane[0] * plane[1];
    let mut out = vec![
        T::zero();
        match role {
            Role::Output => g.batch * g.groups * g.outputs * area(g.output),
            Role::Image => g.batch * g.groups * g.inputs * area(g.image),
            Role::Weight => g.groups * g.outputs * g.inputs * area(g.kernel),
        }
    ];
    fn part<T>(values: &[T], from: usize, count: usize) -> &[T] {
        values.get(from..from + count).unwrap_or_default()
    }
    fn part_mut<T>(values: &mut [T], from: usize, count: usize) -> &mut [T] {
        values.get_mut(from..from + count).unwrap_or_default()
    }
    let step = g.slide.stride[1];
    rows(g, |Row { x, w, y, count }| {
        if count == 0 {
            return;
        }
        let length = (count - 1) * step + 1;
        // A step of 1 is told apart because the loop over neighbors is the one that is fast.
        match role {
            Role::Output => {
                let (x, y) = (part(a, x, length), part_mut(&mut out, y, count));
                let w = b.get(w).copied().unwrap_or_default();
                if step == 1 {
                    add(y.iter_mut(), x.iter(), w)
                } else {
                    add(y.iter_mut(), x.iter().step_by(step), w)
                }
            }
            Role::Image => {
                let (y, x) = (part(a, y, count), part_mut(&mut out, x, length));
                let w = b.get(w).copied().unwrap_or_default();
                if step == 1 {
                    add(x.iter_mut(), y.iter(), w)
                } else {
                    add(x.iter_mut().step_by(step), y.iter(), w)
                }
            }
            Role::Weight => {
                let (x, y) = (part(a, x, length), part(b, y, count));
                let sum = if step == 1 {
                    dot(x, y)
                } else {
                    x.iter().step_by(step).zip(y).fold(T::zero(), |sum, (&x, &y)| sum.plus(x.times(y)))
                };
                if let Some(total) = out.get_mut(w) {
                    *total = total.plus(sum);
                }
            }
        }
    });
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
