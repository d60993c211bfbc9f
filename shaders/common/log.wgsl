// Logarithms, within 2e-7 relative: x = 2^e (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), taken apart by bits (so
// that subnormal numbers count as well), and the polynomial of Cephes (https://www.netlib.org/cephes/).
// The logarithm of 0 is -inf, of a negative number NaN.

// (f, e) of a positive, finite number.
fn log_parts(x: f32) -> vec2<f32> {
    var bits = bitcast<i32>(x);
    var e = 0;
    if bits < 0x00800000 {
        bits = bitcast<i32>(f32(bits));
        e = -149;
    }
    let n = (bits - 0x3f3504f3) >> 23u;
    return vec2<f32>(bitcast<f32>(bits - (n << 23u)) - 1.0, f32(e + n));
}

// log(1 + f) - f.
fn log_series(f: f32) -> f32 {
    let z = f * f;
    var p = 7.0376836292e-2;
    p = p * f - 1.1514610310e-1;
    p = p * f + 1.1676998740e-1;
    p = p * f - 1.2420140846e-1;
    p = p * f + 1.4249322787e-1;
    p = p * f - 1.6668057665e-1;
    p = p * f + 2.0000714765e-1;
    p = p * f - 2.4999993993e-1;
    p = p * f + 3.3333331174e-1;
    return p * f * z - 0.5 * z;
}

// What logarithms share: 0, negative numbers, infinity and NaN give themselves away by their bits.
fn log_edge(x: f32) -> bool {
    return bitcast<i32>(x) <= 0 || bitcast<u32>(x) >= 0x7f800000u;
}

fn log_of_edge(x: f32) -> f32 {
    if !truth_(x) {
        return -inf();
    }
    if bitcast<u32>(x) == 0x7f800000u || is_nan(x) {
        return x;
    }
    return nan();
}

fn log_(x: f32) -> f32 {
    if log_edge(x) {
        return log_of_edge(x);
    }
    let parts = log_parts(x);
    let low = parts.y * -2.12194440e-4 + log_series(parts.x);
    return parts.x + low + parts.y * 0.693359375;
}

fn log2_(x: f32) -> f32 {
    if log_edge(x) {
        return log_of_edge(x);
    }
    let parts = log_parts(x);
    return (parts.x + log_series(parts.x)) * 1.44269504 + parts.y;
}

// log(1 + x): near 0 straight from x, because 1 + x would lose its last digits.
fn log1p_(x: f32) -> f32 {
    if x > -0.2928 && x < 0.4142 {
        return x + log_series(x);
    }
    return log_(1.0 + x);
}

// The exponent apart, so that powers of 10 come out whole or nearly so: log10 2 = 0.30078125 + 2.48745664e-4.
fn log10_(x: f32) -> f32 {
    if log_edge(x) {
        return log_of_edge(x);
    }
    let parts = log_parts(x);
    let low = parts.y * 2.48745664e-4 + (parts.x + log_series(parts.x)) * 0.434294482;
    return low + parts.y * 0.30078125;
}

// x log y, and 0 for x = 0.
fn xlogy_(x: f32, y: f32) -> f32 {
    if !truth_(x) && !is_nan(y) {
        return 0.0;
    }
    return x * log_(y);
}

// log(exp(a) + exp(b)).
fn logaddexp_(a: f32, b: f32) -> f32 {
    if a == b && is_inf(a) {
        return a;
    }
    return max_(a, b) + log1p_(exp_(-abs(a - b)));
}
