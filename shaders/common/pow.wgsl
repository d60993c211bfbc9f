// Powers and roots.

// Negative numbers have no root; the edges do not depend on the driver.
fn sqrt_(x: f32) -> f32 {
    if x < 0.0 {
        return nan();
    }
    if !truth_(x) || !is_finite(x) {
        return x;
    }
    return sqrt(x);
}

fn rsqrt_(x: f32) -> f32 {
    if !truth_(x) {
        return inf();
    }
    return 1.0 / sqrt_(x);
}

// The leading 12 bits: a product of two such numbers is exact.
fn head(x: f32) -> f32 {
    return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u);
}

// 2^(y log2 x) for a positive, finite x: y log2 x may reach 128, so that the logarithm is carried in two parts, a
// head of 12 bits and the rest (Dekker, "A floating-point technique for extending the available precision", 1971).
fn pow_positive(x: f32, y: f32) -> f32 {
    let parts = log_parts(x);
    let f = parts.x;
    let e = parts.y;
    // log(1 + f) = 2 (s + s^3/3 + s^5/5 + ...), s = f / (2 + f) as a head and a rest.
    let d = 2.0 + f;
    let s = f / d;
    let sh = head(s);
    let dh = head(d);
    let dl = f - (dh - 2.0);
    let sl = ((f - sh * dh) - sh * dl) / d;
    // log(1 + f) = 2/3 s (3 + s^2 + c), c = 3 s^4/5 + 3 s^6/7 + ...
    let z = s * s;
    var c = 0.2;
    c = c * z + 0.230769231;
    c = c * z + 0.272727273;
    c = c * z + 0.333333333;
    c = c * z + 0.428571429;
    c = c * z + 0.6;
    let zh = sh * sh;
    let r = c * z * z + sl * (sh + s);
    let th = head(3.0 + zh + r);
    let tl = r - ((th - 3.0) - zh);
    let u = sh * th;
    let v = sl * th + tl * s;
    let ph = head(u + v);
    let pl = v - (ph - u);
    // 2 / (3 ln 2) = 0.9617966939, as a head and a rest, and the exponent added.
    let wh = 0.961669921875 * ph;
    let wl = 1.26772051e-4 * ph + pl * 0.961796694;
    let lh = head(wh + wl + e);
    let ll = wl - ((lh - e) - wh);
    let plain = y * (lh + ll);
    if plain > 129.0 {
        return inf();
    }
    if plain < -151.0 {
        return 0.0;
    }
    let yh = head(y);
    let product = yh * lh;
    let rest = (y - yh) * lh + y * ll;
    let n = round(product + rest);
    let fraction = (product - n) + rest;
    return scale(1.0 + expm1_series(fraction * 0.693147181), i32(n));
}

// As in C: 1 for y = 0 or x = 1 even of NaN, a negative x by the parity of y, small whole powers by multiplication.
fn pow_(x: f32, y: f32) -> f32 {
    if !truth_(y) || (x == 1.0 && !is_nan(x)) {
        return 1.0;
    }
    if is_nan(x) || is_nan(y) {
        return nan();
    }
    if y == 1.0 {
        return x;
    }
    if y == 2.0 {
        return x * x;
    }
    if y == 3.0 {
        return x * x * x;
    }
    if y == -1.0 {
        return 1.0 / x;
    }
    let a = abs(x);
    if is_inf(y) {
        if a == 1.0 {
            return 1.0;
        }
        return select(0.0, inf(), (a > 1.0) == (y > 0.0));
    }
    let whole = abs(y) >= 8388608.0 || floor(y) == y;
    let odd = abs(y) < 16777216.0 && whole && (i32(y) & 1) == 1;
    var power = 0.0;
    if !truth_(x) || is_inf(x) {
        power = select(0.0, inf(), truth_(x) == (y > 0.0));
    } else if x < 0.0 && !whole {
        return nan();
    } else {
        power = pow_positive(a, y);
    }
    let negative = (bitcast<u32>(x) & 0x80000000u) != 0u;
    return select(power, -power, odd && negative);
}

// Wraps, as everywhere; a negative power of anything but 1 and -1 is 0.
fn ipow_(x: i32, y: i32) -> i32 {
    if y < 0 {
        if x == 1 {
            return 1;
        }
        return select(0, 1 - 2 * (y & 1), x == -1);
    }
    var power = 1;
    var base = x;
    for (var left = u32(y); left != 0u; left >>= 1u) {
        if (left & 1u) != 0u {
            power *= base;
        }
        base *= base;
    }
    return power;
}

fn hypot_(x: f32, y: f32) -> f32 {
    if is_inf(x) || is_inf(y) {
        return inf();
    }
    let large = max_(abs(x), abs(y));
    if !truth_(large) {
        return 0.0;
    }
    let ratio = min_(abs(x), abs(y)) / large;
    return large * sqrt_(1.0 + ratio * ratio);
}
