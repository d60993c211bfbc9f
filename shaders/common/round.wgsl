// Rounding and division. A name that starts with `i` is the same function of integers; division by the integer 0 gives 0
// (an operator refuses it before).

// Half to even.
fn round_(x: f32) -> f32 {
    return round(x);
}

// What is left of a after subtracting b, doubled as often as it fits, as often as that goes: every difference is exact.
fn fmod_positive(a: f32, b: f32) -> f32 {
    let divisor = bitcast<u32>(b);
    var r = a;
    for (var left = 300; left > 0 && r >= b; left--) {
        let doublings = (bitcast<u32>(r) >> 23u) - (divisor >> 23u);
        var piece = bitcast<f32>(divisor + (doublings << 23u));
        if piece > r {
            piece *= 0.5;
        }
        r -= piece;
    }
    return r;
}

// Python's %: the remainder has the divisor's sign.
fn remainder_(a: f32, b: f32) -> f32 {
    if !is_finite(a) || (bitcast<u32>(b) & 0x7f800000u) == 0u || is_nan(b) {
        return nan();
    }
    if is_inf(b) {
        return select(b, a, !truth_(a) || (a < 0.0) == (b < 0.0));
    }
    let r = fmod_positive(abs(a), abs(b));
    if !truth_(r) {
        return 0.0;
    }
    let opposite = (a < 0.0) != (b < 0.0);
    let size = select(r, abs(b) - r, opposite);
    return select(size, -size, b < 0.0);
}

fn iremainder_(a: i32, b: i32) -> i32 {
    if b == 0 {
        return 0;
    }
    let r = a % b;
    return select(r, r + b, r != 0 && (r < 0) != (b < 0));
}

// Python's //: toward minus infinity.
fn floor_div_(a: f32, b: f32) -> f32 {
    if !truth_(b) || !is_finite(a) || is_nan(b) {
        return floor(a / b);
    }
    if is_inf(b) {
        return select(-1.0, 0.0, !truth_(a) || (a < 0.0) == (b < 0.0));
    }
    return round((a - remainder_(a, b)) / b);
}

fn ifloor_div_(a: i32, b: i32) -> i32 {
    if b == 0 {
        return 0;
    }
    let q = a / b;
    return select(q, q - 1, a % b != 0 && (a < 0) != (b < 0));
}

// C's division: toward zero.
fn trunc_div_(a: f32, b: f32) -> f32 {
    return trunc(a / b);
}

fn itrunc_div_(a: i32, b: i32) -> i32 {
    if b == 0 {
        return 0;
    }
    return a / b;
}

// C's fmod: the remainder has the dividend's sign.
fn fmod_(a: f32, b: f32) -> f32 {
    if !is_finite(a) || (bitcast<u32>(b) & 0x7f800000u) == 0u || is_nan(b) {
        return nan();
    }
    if is_inf(b) {
        return a;
    }
    let r = fmod_positive(abs(a), abs(b));
    return select(r, -r, a < 0.0);
}

fn ifmod_(a: i32, b: i32) -> i32 {
    if b == 0 {
        return 0;
    }
    return a % b;
}
