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

// Its inverse, by Giles's approximation in single precision (https://people.maths.ox.ac.uk/gilesm/files/gems_erfinv.pdf).
fn erfinv_(x: f32) -> f32 {
    if abs(x) >= 1.0 || is_nan(x) {
        return select(nan(), x * inf(), abs(x) == 1.0);
    }
    var w = -log_((1.0 - x) * (1.0 + x));
    if w < 5.0 {
        w -= 2.5;
        var p = 2.81022636e-08;
        p = p * w + 3.43273939e-07;
        p = p * w - 3.5233877e-06;
        p = p * w - 4.39150654e-06;
        p = p * w + 0.00021858087;
        p = p * w - 0.00125372503;
        p = p * w - 0.00417768164;
        p = p * w + 0.246640727;
        p = p * w + 1.50140941;
        return p * x;
    }
    w = sqrt(w) - 3.0;
    var p = -0.000200214257;
    p = p * w + 0.000100950558;
    p = p * w + 0.00134934322;
    p = p * w - 0.00367342844;
    p = p * w + 0.00573950773;
    p = p * w - 0.0076224613;
    p = p * w + 0.00943887047;
    p = p * w + 1.00167406;
    p = p * w + 2.83297682;
    return p * x;
}
