// Rounding and division. A name that starts with `i` is the same function of integers; division by the integer 0 gives 0
// (an operator refuses it before).

// Half to even.
fn round_(x: f32) -> f32 {
    return round(x);
}

// Python's %: the remainder has the divisor's sign.
fn remainder_(a: f32, b: f32) -> f32 {
    if !is_finite(a) || !truth_(b) || is_nan(b) {
        return nan();
    }
    if is_inf(b) {
        return select(b, a, !truth_(a) || (a < 0.0) == (b < 0.0));
    }
    let size = abs(b);
    var r = fma(-floor(a / b), b, a);
    r = select(r, -r, b < 0.0);
    if r < 0.0 {
        r += size;
    }
    if r >= size {
        r -= size;
    }
    return select(r, -r, b < 0.0);
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
    if !truth_(b) || !is_finite(a) || !is_finite(b) {
        return floor(a / b);
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
