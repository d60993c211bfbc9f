// The error function, within 2e-7 relative: an odd polynomial near 0, beyond it 1 - exp(-t q(t)); both fitted for the
// smallest largest error.
fn erf_(x: f32) -> f32 {
    let t = abs(x);
    if t < 0.925 {
        let z = x * x;
        var p = 8.316862436e-5;
        p = p * z - 8.130037377e-4;
        p = p * z + 5.199909365e-3;
        p = p * z - 2.685894292e-2;
        p = p * z + 1.128368722e-1;
        p = p * z - 3.761263319e-1;
        p = p * z + 1.283791666e-1;
        return p * x + x;
    }
    if t > 4.0 && !is_nan(x) {
        return select(1.0, -1.0, x < 0.0);
    }
    var q = -2.139852906e-4;
    q = q * t + 3.214958214e-3;
    q = q * t - 2.288997193e-2;
    q = q * t + 1.052618542e-1;
    q = q * t + 6.357183075e-1;
    q = q * t + 1.128514363e+0;
    let y = 1.0 - exp_(-q * t);
    return select(y, -y, x < 0.0);
}
