//! Singular values.

use gradloom_kernels::Loops;

use super::order::ascending;

/// `a = Σ s[i] · u[i] v[i]ᵀ` with orthonormal `u` and `v`, the largest `s` first.
pub struct Svd {
    /// One vector for each singular value, as long as a column.
    pub u: Vec<Vec<f64>>,
    /// Singular values.
    pub s: Vec<f64>,
    /// One vector for each singular value, as long as a row.
    pub v: Vec<Vec<f64>>,
}

/// More sweeps than any matrix takes.
const MOST_SWEEPS: usize = 60;

/// Two vectors are orthogonal when the cosine of their angle is no larger: some units in the last place.
const ORTHOGONAL: f64 = 1e-15;

fn dot(a: &[f64], b: &[f64]) -> f64 {
    f64::dot(a, b)
}

/// Turns a pair of vectors in their plane.
fn turn(vectors: &mut [Vec<f64>], (p, q): (usize, usize), (cos, sin): (f64, f64)) {
    let (head, tail) = vectors.split_at_mut(q);
    if let (Some(a), Some(b)) = (head.get_mut(p), tail.first_mut()) {
        f64::rotate(a, b, cos, sin);
    }
}

fn unit(size: usize, at: usize) -> Vec<f64> {
    (0..size).map(|i| f64::from(u8::from(i == at))).collect()
}

/// By Jacobi's rotations: pairs of columns are turned until all are orthogonal; their lengths are the singular values.
pub fn svd(a: &[f64], rows: usize, columns: usize) -> Svd {
    let column = |j: usize| a.iter().skip(j).step_by(columns).copied().collect::<Vec<_>>();
    if rows < columns {
        let turned: Vec<f64> = (0..columns).flat_map(column).collect();
        let Svd { u, s, v } = svd(&turned, columns, rows);
        return Svd { u: v, s, v: u };
    }
    // Squares of very large or small numbers would not fit.
    let largest = a.iter().fold(0.0, |most: f64, x| most.max(x.abs()));
    let scale = if largest > 0.0 { largest } else { 1.0 };
    let mut u: Vec<Vec<f64>> = (0..columns).map(|j| column(j).iter().map(|x| x / scale).collect()).collect();
    let mut v: Vec<Vec<f64>> = (0..columns).map(|j| unit(columns, j)).collect();
    let pairs = || (0..columns).flat_map(|p| (p + 1..columns).map(move |q| (p, q)));
    for _ in 0..MOST_SWEEPS {
        let mut turned = false;
        for (p, q) in pairs() {
            let (x, y, z) = (dot(&u[p], &u[p]), dot(&u[q], &u[q]), dot(&u[p], &u[q]));
            if z.abs() <= ORTHOGONAL * x.sqrt() * y.sqrt() {
                continue;
            }
            turned = true;
            let slope = (y - x) / (2.0 * z);
            let tan = f64::copysign(1.0, slope) / (slope.abs() + slope.hypot(1.0));
            let cos = 1.0 / tan.hypot(1.0);
            turn(&mut u, (p, q), (cos, cos * tan));
            turn(&mut v, (p, q), (cos, cos * tan));
        }
        if !turned {
            break;
        }
    }
    let lengths: Vec<f64> = u.iter().map(|c| dot(c, c).sqrt()).collect();
    // Bits of numbers that are not negative grow with them.
    let order = ascending(lengths.iter().map(|x| !x.to_bits().cast_signed()).collect());
    let mut done = Svd { u: Vec::new(), s: Vec::new(), v: Vec::new() };
    for i in order {
        // LAPACK's signs, as far as a rule gives them: nothing to turn, nothing turned.
        let turned = v[i].first().is_some_and(|&x| x > 0.0) && v[i].iter().filter(|&&x| x != 0.0).count() > 1;
        let sign = if turned { -1.0 } else { 1.0 };
        let nothing = lengths[i] < 1e-100;
        let divisor = sign * if nothing { 1.0 } else { lengths[i] };
        let direction: Vec<f64> = u[i].iter().map(|x| x / divisor).collect();
        done.u.push(if nothing { across(&done.u, rows) } else { direction });
        done.s.push(lengths[i] * scale);
        done.v.push(v[i].iter().map(|x| x * sign).collect());
    }
    done
}

/// A vector of length 1 that is orthogonal to fewer such vectors than it has elements.
fn across(others: &[Vec<f64>], size: usize) -> Vec<f64> {
    for at in 0..size {
        let mut found = unit(size, at);
        for other in others.iter().chain(others) {
            let part = dot(&found, other);
            found.iter_mut().zip(other).for_each(|(x, y)| *x -= part * y);
        }
        // The squares of what is left of all unit vectors add up to at least 1.
        let length = dot(&found, &found).sqrt();
        if length * length * 2.0 * size as f64 > 1.0 {
            return found.iter().map(|x| x / length).collect();
        }
    }
    unit(size, 0)
}
