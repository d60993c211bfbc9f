//! The CPU's inner loops, in a crate of their own: the page is compiled for size, these for speed and with vectors
//! (`[profile.web.package]` in Cargo.toml, `simd128` in .cargo/config.toml).
//!
//! ```
//! use gradloom_kernels::Loops;
//!
//! let mut product = [0.0; 2];
//! f32::matmul(&[1.0, 2.0], &[3.0, 4.0, 5.0, 6.0], &mut product, 2, 2);
//! assert_eq!(product, [13.0, 16.0]);
//! ```
#![forbid(unsafe_code)]

mod lanes;
mod matmul;

use lanes::Lanes;

/// What a CPU does most of. Integers wrap.
pub trait Loops: Sized {
    /// `out = a @ b`, row-major: `k` columns of `a` and rows of `b`, `n` columns of `b` and of `out`. An element is summed
    /// up from the first product to the last. What does not make a whole row is left out.
    fn matmul(a: &[Self], b: &[Self], out: &mut [Self], k: usize, n: usize);

    /// `sums[j] += factor · values[j]`, as far as both reach.
    fn add_scaled(sums: &mut [Self], values: &[Self], factor: Self);

    /// `a[j], b[j] = cos · a[j] - sin · b[j], sin · a[j] + cos · b[j]`, as far as both reach.
    fn rotate(a: &mut [Self], b: &mut [Self], cos: Self, sin: Self);

    /// `Σ a[j] · b[j]`, as far as both reach, in eight running sums: that is faster than one, and closer.
    fn dot(a: &[Self], b: &[Self]) -> Self;
}

macro_rules! loops {
    ($($t:ty),*) => {$(
        // Not generic, so that they are compiled here.
        impl Loops for $t {
            fn matmul(a: &[Self], b: &[Self], out: &mut [Self], k: usize, n: usize) {
                matmul::matmul(a, b, out, k, n);
            }

            fn add_scaled(sums: &mut [Self], values: &[Self], factor: Self) {
                add_scaled(sums, values, factor);
            }

            fn rotate(a: &mut [Self], b: &mut [Self], cos: Self, sin: Self) {
                rotate(a, b, cos, sin);
            }

            fn dot(a: &[Self], b: &[Self]) -> Self {
                dot(a, b)
            }
        }
    )*};
}

loops!(f32, f64, i64);

fn add_scaled<T: Lanes>(sums: &mut [T], values: &[T], factor: T) {
    let factor = T::splat(factor);
    for (sums, values) in sums.chunks_mut(T::WIDTH).zip(values.chunks(T::WIDTH)) {
        let sum = T::add(T::load(sums), T::multiply(T::load(values), factor));
        // The shorter of the two ends it.
        let both = sums.len().min(values.len());
        T::store(sum, sums.get_mut(..both).unwrap_or_default());
    }
}

fn rotate<T: Lanes>(a: &mut [T], b: &mut [T], cos: T, sin: T) {
    let (cos, sin, back) = (T::splat(cos), T::splat(sin), T::splat(sin.minus()));
    for (a, b) in a.chunks_mut(T::WIDTH).zip(b.chunks_mut(T::WIDTH)) {
        let both = a.len().min(b.len());
        let (x, y) = (T::load(a), T::load(b));
        let turned = T::add(T::multiply(x, cos), T::multiply(y, back));
        T::store(turned, a.get_mut(..both).unwrap_or_default());
        let turned = T::add(T::multiply(x, sin), T::multiply(y, cos));
        T::store(turned, b.get_mut(..both).unwrap_or_default());
    }
}

fn dot<T: Lanes>(a: &[T], b: &[T]) -> T {
    let mut sums = [T::splat(T::default()); 8];
    let both = a.len().min(b.len());
    let (a, b) = (a.get(..both).unwrap_or_default(), b.get(..both).unwrap_or_default());
    for (a, b) in a.chunks(8).zip(b.chunks(8)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.chunks(T::WIDTH).zip(b.chunks(T::WIDTH))) {
            *sum = T::add(*sum, T::multiply(T::load(a), T::load(b)));
        }
    }
    let mut lanes = [T::default(); 8];
    for (lanes, sum) in lanes.chunks_mut(T::WIDTH).zip(sums) {
        T::store(sum, lanes);
    }
    lanes.into_iter().fold(T::default(), T::plus)
}

#[cfg(test)]
mod tests {
    use super::Loops;
    use std::fmt::Debug;

    /// Runs a check in every type, each with its conversion of whole numbers.
    macro_rules! in_every_type {
        ($check:ident) => {{
            $check::<f32>(|x| x as f32);
            $check::<f64>(|x| x as f64);
            $check::<i64>(|x| x);
        }};
    }

    /// Small whole numbers, whose sums are exact in every type.
    fn numbers(count: usize, seed: i64) -> Vec<i64> {
        (0..count as i64).map(|i| (i * 7 + seed) % 11 - 5).collect()
    }

    fn products<T: Loops + Copy + PartialEq + Debug>(cast: fn(i64) -> T) {
        let all = |v: &[i64]| v.iter().map(|&x| cast(x)).collect::<Vec<T>>();
        for m in 0..6 {
            for k in [0, 1, 3, 8] {
                for n in [0, 1, 7, 8, 15, 16, 17, 33] {
                    let (a, b) = (numbers(m * k, 1), numbers(k * n, 4));
                    let element = |i: usize| (0..k).map(|p| a[i / n * k + p] * b[p * n + i % n]).sum();
                    let expected: Vec<i64> = (0..m * n).map(element).collect();
                    let mut out = vec![cast(7); m * n];
                    T::matmul(&all(&a), &all(&b), &mut out, k, n);
                    assert_eq!(out, all(&expected), "{m} {k} {n}");
                }
            }
        }
    }

    #[test]
    fn products_match_three_loops() {
        in_every_type!(products);
    }

    fn sums<T: Loops + Copy + PartialEq + Debug>(cast: fn(i64) -> T) {
        let all = |v: &[i64]| v.iter().map(|&x| cast(x)).collect::<Vec<T>>();
        for count in 0..40 {
            let (a, b) = (numbers(count, 2), numbers(count, 5));
            let expected = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_eq!(T::dot(&all(&a), &all(&b)), cast(expected));
            let scaled: Vec<i64> = a.iter().zip(&b).map(|(a, b)| a + 3 * b).collect();
            let mut sums = all(&a);
            T::add_scaled(&mut sums, &all(&b), cast(3));
            assert_eq!(sums, all(&scaled));
            let (mut left, mut right) = (all(&a), all(&b));
            T::rotate(&mut left, &mut right, cast(3), cast(2));
            let pairs = || a.iter().zip(&b);
            assert_eq!(left, all(&pairs().map(|(a, b)| 3 * a - 2 * b).collect::<Vec<_>>()));
            assert_eq!(right, all(&pairs().map(|(a, b)| 2 * a + 3 * b).collect::<Vec<_>>()));
        }
        // The shorter one ends it.
        let mut sums = all(&[1, 1, 1]);
        T::add_scaled(&mut sums, &all(&[1]), cast(2));
        assert_eq!(sums, all(&[3, 1, 1]));
        assert_eq!(T::dot(&all(&[1, 2, 3]), &all(&[4])), cast(4));
    }

    #[test]
    fn sums_match_one_loop() {
        in_every_type!(sums);
    }

    #[test]
    fn integers_wrap() {
        let mut out = [0];
        i64::matmul(&[i64::MAX], &[2], &mut out, 1, 1);
        assert_eq!(out, [-2]);
    }
}
