// Order and extremes with IEEE 754's NaN: it equals nothing, and it travels through max and min as in
// torch.maximum.

fn eq_(a: f32, b: f32) -> bool {
    return a == b && !is_nan(a) && !is_nan(b);
}

fn ne_(a: f32, b: f32) -> bool {
    return !eq_(a, b);
}

fn lt_(a: f32, b: f32) -> bool {
    return a < b && !is_nan(a) && !is_nan(b);
}

fn le_(a: f32, b: f32) -> bool {
    return a <= b && !is_nan(a) && !is_nan(b);
}

fn gt_(a: f32, b: f32) -> bool {
    return lt_(b, a);
}

fn ge_(a: f32, b: f32) -> bool {
    return le_(b, a);
}

fn max_(a: f32, b: f32) -> f32 {
    if is_nan(a) {
        return a;
    }
    if is_nan(b) {
        return b;
    }
    return select(b, a, a > b);
}

fn min_(a: f32, b: f32) -> f32 {
    if is_nan(a) {
        return a;
    }
    if is_nan(b) {
        return b;
    }
    return select(b, a, a < b);
}

fn clamp_(x: f32, low: f32, high: f32) -> f32 {
    return min_(max_(x, low), high);
}

// -1, 0 or 1; 0 for NaN, as torch.sign has it.
fn sign_(x: f32) -> f32 {
    if !truth_(x) || is_nan(x) {
        return 0.0;
    }
    return select(1.0, -1.0, x < 0.0);
}

// x, but something else for what is not finite.
fn nan_to_num_(x: f32, of_nan: f32, of_inf: f32, of_minus_inf: f32) -> f32 {
    if is_nan(x) {
        return of_nan;
    }
    if is_inf(x) {
        return select(of_inf, of_minus_inf, x < 0.0);
    }
    return x;
}
