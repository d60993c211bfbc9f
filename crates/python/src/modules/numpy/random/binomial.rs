//! Binomial numbers of many trials.

/// How many of `n` trials succeed, each with probability `r` of at most a half, where `n · r` is more than 30: by Kachitvichyanukul
/// and Schmeiser's triangle, parallelogram and exponential tails (BTPE), in NumPy's order of draws.
pub fn btpe(n: i64, r: f64, mut uniform: impl FnMut() -> f64) -> i64 {
    let trials = n as f64;
    let q = 1.0 - r;
    let spread = trials * r * q;
    let mean = trials * r + r;
    let m = mean.floor();
    let p1 = (2.195 * spread.sqrt() - 4.6 * q).floor() + 0.5;
    let middle = m + 0.5;
    let (left, right) = (middle - p1, middle + p1);
    let c = 0.134 + 20.5 / (15.3 + m);
    let rate = |a: f64| a * (1.0 + a / 2.0);
    let low = rate((mean - left) / (mean - left * r));
    let high = rate((right - mean) / (right * q));
    let p2 = p1 * (1.0 + 2.0 * c);
    let p3 = p2 + c / low;
    let p4 = p3 + c / high;
    loop {
        let u = uniform() * p4;
        let mut v = uniform();
        if u <= p1 {
            return (middle - p1 * v + u).floor() as i64;
        }
        let y;
        if u <= p2 {
            let x = left + (u - p1) / c;
            v = v * c + 1.0 - (m - x + 0.5).abs() / p1;
            if v > 1.0 {
                continue;
            }
            y = x.floor();
        } else if u <= p3 {
            y = (left + v.ln() / low).floor();
            if y < 0.0 || v == 0.0 {
                continue;
            }
            v *= (u - p2) * low;
        } else {
            y = (right - v.ln() / high).floor();
            if y > trials || v == 0.0 {
                continue;
            }
            v *= (u - p3) * high;
        }
        let k = (y - m).abs();
        let fits = if k <= 20.0 || k >= spread / 2.0 - 1.0 {
            v <= ratio(y, m, r / q, trials)
        } else {
            let width = (k / spread) * ((k * (k / 3.0 + 0.625) + 0.166_666_666_666_666_66) / spread + 0.5);
            let t = -k * k / (2.0 * spread);
            let a = v.ln();
            a < t - width || (a <= t + width && a <= logarithm(y, m, trials, r, q))
        };
        if fits {
            return y as i64;
        }
    }
}

/// The probability of `y` over that of `m`, factor by factor.
fn ratio(y: f64, m: f64, s: f64, n: f64) -> f64 {
    let a = s * (n + 1.0);
    let mut f = 1.0;
    // Counted, since a double above 2⁵³ does not grow by 1.
    for step in 1..=(y - m).abs() as u64 {
        let i = y.min(m) + step as f64;
        if m < y { f *= a / i - s } else { f /= a / i - s }
    }
    f
}

/// Its logarithm, by Stirling's series.
fn logarithm(y: f64, m: f64, n: f64, r: f64, q: f64) -> f64 {
    let (x1, f1, z, w) = (y + 1.0, m + 1.0, n + 1.0 - m, n - y + 1.0);
    let series = |x: f64| {
        let x2 = x * x;
        (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / x2) / x2) / x2) / x2) / x / 166_320.0
    };
    (m + 0.5) * (f1 / x1).ln()
        + (n - m + 0.5) * (z / w).ln()
        + (y - m) * (w * r / (x1 * q)).ln()
        + series(f1)
        + series(z)
        + series(x1)
        + series(w)
}
