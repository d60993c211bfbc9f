// Sine, cosine, tangent and arctangent, within 2e-7, of every finite number.
//
// The argument is reduced by multiplying its 24 bits with the right 96 bits of 2/pi in integers (Payne and Hanek,
// "Radian Reduction for Trigonometric Functions", 1983), so that no rearrangement of floating-point terms can harm it.
// The polynomials are those of Cephes (https://www.netlib.org/cephes/).

// The upper half of a product.
fn multiply_high(a: u32, b: u32) -> u32 {
    let al = a & 0xffffu;
    let ah = a >> 16u;
    let bl = b & 0xffffu;
    let bh = b >> 16u;
    let middle = ah * bl + ((al * bl) >> 16u);
    return ah * bh + (middle >> 16u) + ((al * bh + (middle & 0xffffu)) >> 16u);
}

// x = r + q pi/2 with |r| <= pi/4: r, and q modulo 4.
fn reduce_angle(x: f32) -> vec2<f32> {
    let a = abs(x);
    if a < 0.785398 {
        return vec2<f32>(x, 0.0);
    }
    let bits = bitcast<u32>(a);
    let mantissa = ((bits & 0x007fffffu) | 0x00800000u) << 8u;
    let exponent = (bits >> 23u) - 126u;
    // 2/pi, a quarter of it, in words; which ones matter depends on the size of x.
    var table = array<u32, 8>(
        0u, 0x28be60dbu, 0x9391054au, 0x7f09d5f4u, 0x7d4d3770u, 0x36d8a566u, 0x4f10e410u, 0x7f9458eau
    );
    let word = exponent >> 5u;
    let shift = exponent & 31u;
    var high = table[word];
    var middle = table[word + 1u];
    var low = table[word + 2u];
    if shift != 0u {
        let back = 32u - shift;
        high = (high << shift) | (middle >> back);
        middle = (middle << shift) | (low >> back);
        low = (low << shift) | (table[word + 3u] >> back);
    }
    // 64 bits of the product: two of the quadrant, 62 of the fraction.
    let carried = multiply_high(mantissa, low);
    var l = mantissa * middle + carried;
    var h = mantissa * high + multiply_high(mantissa, middle) + select(0u, 1u, l < carried);
    var q = h >> 30u;
    h &= 0x3fffffffu;
    let above = (h & 0x20000000u) != 0u;
    if above {
        q += 1u;
        h = 0x40000000u - h - select(0u, 1u, l != 0u);
        l = 0u - l;
    }
    if (h | l) == 0u {
        return vec2<f32>(0.0, f32(q & 3u));
    }
    let zeros = select(32u + countLeadingZeros(l), countLeadingZeros(h), h != 0u);
    var top = l << (zeros & 31u);
    if zeros < 32u {
        top = (h << zeros) | (l >> (32u - zeros));
    }
    // The fraction times pi/2, whose leading bits are 0xc90fdaa2.
    let r = f32(multiply_high(top, 0xc90fdaa2u)) * bitcast<f32>((98u - zeros) << 23u);
    let negative = x < 0.0;
    return vec2<f32>(select(r, -r, above != negative), f32(select(q, 4u - (q & 3u), negative) & 3u));
}

fn sin_series(r: f32) -> f32 {
    let z = r * r;
    return ((-1.9515295891e-4 * z + 8.3321608736e-3) * z - 1.6666654611e-1) * z * r + r;
}

fn cos_series(r: f32) -> f32 {
    let z = r * r;
    let p = (2.443315711809948e-5 * z - 1.388731625493765e-3) * z + 4.166664568298827e-2;
    return p * z * z - 0.5 * z + 1.0;
}

// The sine of r + q pi/2.
fn sin_quadrant(r: f32, q: u32) -> f32 {
    var y = 0.0;
    if (q & 1u) == 0u {
        y = sin_series(r);
    } else {
        y = cos_series(r);
    }
    return select(y, -y, (q & 2u) != 0u);
}

fn sin_(x: f32) -> f32 {
    if !is_finite(x) {
        return nan();
    }
    let reduced = reduce_angle(x);
    return sin_quadrant(reduced.x, u32(reduced.y));
}

fn cos_(x: f32) -> f32 {
    if !is_finite(x) {
        return nan();
    }
    let reduced = reduce_angle(x);
    return sin_quadrant(reduced.x, u32(reduced.y) + 1u);
}

fn tan_(x: f32) -> f32 {
    if !is_finite(x) {
        return nan();
    }
    let reduced = reduce_angle(x);
    let q = u32(reduced.y);
    return sin_quadrant(reduced.x, q) / sin_quadrant(reduced.x, q + 1u);
}

fn atan_(x: f32) -> f32 {
    let a = abs(x);
    var t = a;
    var y = 0.0;
    if a > 2.41421356 {
        t = -1.0 / a;
        y = 1.57079633;
    } else if a > 0.41421356 {
        t = (a - 1.0) / (a + 1.0);
        y = 0.785398163;
    }
    let z = t * t;
    let p = ((8.05374449538e-2 * z - 1.38776856032e-1) * z + 1.99777106478e-1) * z - 3.33329491539e-1;
    y += p * z * t + t;
    return select(y, -y, x < 0.0);
}

// The arcsine of 0 <= x <= 1/2.
fn asin_series(x: f32) -> f32 {
    let z = x * x;
    var p = 4.2163199048e-2;
    p = p * z + 2.4181311049e-2;
    p = p * z + 4.5470025998e-2;
    p = p * z + 7.4953002686e-2;
    p = p * z + 1.6666752422e-1;
    return p * z * x + x;
}

fn asin_(x: f32) -> f32 {
    let a = abs(x);
    if a > 1.0 || is_nan(x) {
        return nan();
    }
    var y = 0.0;
    if a <= 0.5 {
        y = asin_series(a);
    } else {
        y = 1.57079633 - 2.0 * asin_series(sqrt(0.5 - 0.5 * a));
    }
    return select(y, -y, x < 0.0);
}

fn acos_(x: f32) -> f32 {
    if abs(x) > 1.0 || is_nan(x) {
        return nan();
    }
    if abs(x) <= 0.5 {
        return 1.57079633 - asin_(x);
    }
    let y = 2.0 * asin_series(sqrt(0.5 - 0.5 * abs(x)));
    return select(y, 3.14159265 - y, x < 0.0);
}

// The angle of the point (x, y), from -pi to pi; the sign of a zero counts.
fn atan2_(y: f32, x: f32) -> f32 {
    if is_nan(x) || is_nan(y) {
        return nan();
    }
    let a = abs(y);
    let b = abs(x);
    var t = 0.0;
    if is_inf(a) && is_inf(b) {
        t = 0.785398163;
    } else if truth_(a) {
        t = select(1.57079633, atan_(a / b), truth_(b));
    }
    let angle = select(t, 3.14159265 - t, (bitcast<u32>(x) & 0x80000000u) != 0u);
    return select(angle, -angle, (bitcast<u32>(y) & 0x80000000u) != 0u);
}

// sin(pi x) / (pi x).
fn sinc_(x: f32) -> f32 {
    if !truth_(x) {
        return 1.0;
    }
    let angle = 3.14159265 * x;
    return sin_(angle) / angle;
}
