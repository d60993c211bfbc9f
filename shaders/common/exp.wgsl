// The exponential function and its relatives, within 2e-7 relative. NaN travels. The argument is reduced to
// x = n ln 2 + r, |r| <= ln 2 / 2, the leading part in fixed point, because drivers rearrange floating-point terms; the
// polynomials are those of Cephes (https://www.netlib.org/cephes/).

// x * 2^n for n from -252 to 254, in two steps so that neither factor leaves the range.
fn scale(x: f32, n: i32) -> f32 {
    let half = n >> 1u;
    let first = bitcast<f32>(u32(half + 127) << 23u);
    let second = bitcast<f32>(u32(n - half + 127) << 23u);
    return x * first * second;
}

// exp(r) - 1 for |r| <= 0.35.
fn expm1_series(r: f32) -> f32 {
    var p = 1.9875691500e-4;
    p = p * r + 1.3981999507e-3;
    p = p * r + 8.3334519073e-3;
    p = p * r + 4.1665795894e-2;
    p = p * r + 1.6666665459e-1;
    p = p * r + 5.0000001201e-1;
    return p * r * r + r;
}

// (r, n) of |x| < 128.
fn exp_parts(x: f32) -> vec2<f32> {
    let n = i32(round(x * 1.44269504));
    if n == 0 {
        return vec2<f32>(x, 0.0);
    }
    // ln 2 = 11629080 / 2^24 - 1.9046543e-9
    let r = f32(i32(x * 16777216.0) - n * 11629080) / 16777216.0 + f32(n) * 1.9046543e-9;
    return vec2<f32>(r, f32(n));
}

fn exp_(x: f32) -> f32 {
    if is_nan(x) {
        return x;
    }
    if x > 88.722839 {
        return inf();
    }
    if x < -103.98 {
        return 0.0;
    }
    let parts = exp_parts(x);
    return scale(1.0 + expm1_series(parts.x), i32(parts.y));
}

// 2^x, exact for whole x.
fn exp2_(x: f32) -> f32 {
    if is_nan(x) {
        return x;
    }
    if x >= 128.0 {
        return inf();
    }
    if x < -150.0 {
        return 0.0;
    }
    let n = round(x);
    return scale(1.0 + expm1_series((x - n) * 0.693147181), i32(n));
}

fn expm1_(x: f32) -> f32 {
    if abs(x) < 20.0 {
        let parts = exp_parts(x);
        let power = scale(1.0, i32(parts.y));
        return power * expm1_series(parts.x) + (power - 1.0);
    }
    return exp_(x) - 1.0;
}

// 1 / (1 + exp(-x)), from the side where exp cannot overflow.
fn sigmoid_(x: f32) -> f32 {
    let e = exp_(-abs(x));
    return select(1.0, e, x < 0.0) / (1.0 + e);
}

fn tanh_(x: f32) -> f32 {
    let a = abs(x);
    if a < 0.625 {
        let z = x * x;
        var p = -5.70498872745e-3;
        p = p * z + 2.06390887954e-2;
        p = p * z - 5.37397155531e-2;
        p = p * z + 1.33314422036e-1;
        p = p * z - 3.33332819422e-1;
        return p * z * x + x;
    }
    if a > 9.1 && !is_nan(x) {
        return select(1.0, -1.0, x < 0.0);
    }
    let t = 1.0 - 2.0 / (exp_(2.0 * a) + 1.0);
    return select(t, -t, x < 0.0);
}
