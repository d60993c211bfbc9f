// Hyperbolic functions and their inverses, within 4e-7 relative: by expm1 and log1p where a difference would lose digits,
// by halves of the exponent where exp would overflow before they do.

fn sinh_(x: f32) -> f32 {
    let a = abs(x);
    var y = 0.0;
    if a < 88.0 {
        let t = expm1_(a);
        y = 0.5 * (t + t / (t + 1.0));
    } else {
        let h = exp_(0.5 * a);
        y = 0.5 * h * h;
    }
    return select(y, -y, x < 0.0);
}

fn cosh_(x: f32) -> f32 {
    let h = exp_(0.5 * abs(x));
    if h < 1e18 {
        let e = h * h;
        return 0.5 * (e + 1.0 / e);
    }
    return 0.5 * h * h;
}

fn asinh_(x: f32) -> f32 {
    let a = abs(x);
    var y = 0.0;
    if a < 1e9 {
        let z = a * a;
        y = log1p_(a + z / (1.0 + sqrt(z + 1.0)));
    } else {
        y = log_(a) + 0.693147181;
    }
    return select(y, -y, x < 0.0);
}

fn acosh_(x: f32) -> f32 {
    if x < 1.0 || is_nan(x) {
        return nan();
    }
    if x < 1e9 {
        let t = x - 1.0;
        return log1p_(t + sqrt(t * (t + 2.0)));
    }
    return log_(x) + 0.693147181;
}

fn atanh_(x: f32) -> f32 {
    let a = abs(x);
    if a == 1.0 {
        return select(inf(), -inf(), x < 0.0);
    }
    let y = 0.5 * log1p_(2.0 * a / (1.0 - a));
    return select(y, -y, x < 0.0);
}
