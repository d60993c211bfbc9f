//! The matrix product, in tiles that stay in registers.

use crate::lanes::Lanes;

/// Rows of a tile.
const ROWS: usize = 4;

/// Vectors across a tile.
const ACROSS: usize = 4;

/// Of `b` a panel of a tile's width is laid out line by line and met by all rows of `a`, four at a time.
pub fn matmul<T: Lanes>(a: &[T], b: &[T], out: &mut [T], k: usize, n: usize) {
    if n == 0 {
        return;
    }
    if k == 0 {
        out.fill(T::default());
        return;
    }
    let width = ACROSS * T::WIDTH;
    let mut panel = vec![[T::splat(T::default()); ACROSS]; k];
    for column in (0..n).step_by(width) {
        for (line, from) in panel.iter_mut().zip(b.chunks_exact(n)) {
            for (i, vector) in line.iter_mut().enumerate() {
                *vector = T::load(from.get(column + i * T::WIDTH..).unwrap_or_default());
            }
        }
        for (a, out) in a.chunks(ROWS * k).zip(out.chunks_mut(ROWS * n)) {
            match a.len() / k {
                4 => tile::<T, 4>(a, &panel, out, n, column),
                3 => tile::<T, 3>(a, &panel, out, n, column),
                2 => tile::<T, 2>(a, &panel, out, n, column),
                1 => tile::<T, 1>(a, &panel, out, n, column),
                _ => {}
            }
        }
    }
}

/// `R` rows of `a` with a panel.
fn tile<T: Lanes, const R: usize>(
    a: &[T],
    panel: &[[T::Vector; ACROSS]],
    out: &mut [T],
    n: usize,
    column: usize,
) {
    let k = panel.len();
    let mut rows: [&[T]; R] = [&[]; R];
    for (row, values) in rows.iter_mut().zip(a.chunks_exact(k)) {
        *row = values;
    }
    // Said once, so that the loop need not ask.
    if rows.iter().any(|row| row.len() != k) {
        return;
    }
    let mut sums = [[T::splat(T::default()); ACROSS]; R];
    for (p, line) in panel.iter().enumerate() {
        for (sums, row) in sums.iter_mut().zip(rows) {
            let x = T::splat(row[p]);
            for (sum, &y) in sums.iter_mut().zip(line) {
                *sum = T::add(*sum, T::multiply(x, y));
            }
        }
    }
    for (row, sums) in out.chunks_exact_mut(n).zip(sums) {
        for (i, sum) in sums.into_iter().enumerate() {
            let first = column + i * T::WIDTH;
            T::store(sum, row.get_mut(first..).unwrap_or_default());
        }
    }
}
