//! The functions of `common/` against those of the standard library in double precision, and at their edges.

use super::*;

const INF: f32 = f32::INFINITY;
const NAN: f32 = f32::NAN;

/// Numbers of all sizes and both signs.
fn wide() -> Vec<f32> {
    let mut x: Vec<f32> = (-4000..4000).map(|i| i as f32 * 0.005).collect();
    for i in 0..2000 {
        let size = 10f64.powf(-37.9 + 76.2 * f64::from(i) / 2000.0) as f32;
        x.extend([size, -size]);
    }
    x
}

/// Compares relative to the result, or absolutely where `floor` says that no more can be had.
async fn compare(gpu: &Gpu, expr: &'static str, x: &[f32], want: fn(f64) -> f64, relative: f64, floor: f64) {
    let got = map(gpu, expr, x).await;
    let mut worst = (0.0, 0.0, 0.0, 0.0);
    for (&x, &got) in x.iter().zip(&got) {
        let exact = want(f64::from(x));
        let rounded = exact as f32;
        if rounded.is_nan() || rounded.is_infinite() || got.is_nan() || got.is_infinite() {
            // At the verge of overflow either neighbor will do.
            let verge = exact.abs() > 3.4028e38 && got.abs() >= 3.4028e38;
            assert!(
                verge || got == rounded || (got.is_nan() && rounded.is_nan()),
                "{expr}: {x:e} gave {got:e}, not {exact:e}"
            );
            continue;
        }
        let error = (f64::from(got) - exact).abs() / (exact.abs() * relative + floor + 1.2e-38);
        if error > worst.0 {
            worst = (error, x.into(), got.into(), exact);
        }
    }
    assert!(
        worst.0 <= 1.0,
        "{expr}: {:e} gave {:e}, not {:e}: {:.2} times the tolerance",
        worst.1,
        worst.2,
        worst.3,
        worst.0
    );
}

pub async fn functions_are_accurate(gpu: &Gpu) {
    let x = wide();
    compare(gpu, "exp_(x0)", &x, f64::exp, 2e-7, 0.0).await;
    compare(gpu, "expm1_(x0)", &x, f64::exp_m1, 2e-7, 0.0).await;
    compare(gpu, "log_(x0)", &x, f64::ln, 2e-7, 0.0).await;
    compare(gpu, "log2_(x0)", &x, f64::log2, 2e-7, 0.0).await;
    compare(gpu, "log1p_(x0)", &x, f64::ln_1p, 2e-7, 0.0).await;
    compare(gpu, "sin_(x0)", &x, f64::sin, 2e-7, 0.0).await;
    compare(gpu, "cos_(x0)", &x, f64::cos, 2e-7, 0.0).await;
    compare(gpu, "tan_(x0)", &x, f64::tan, 3e-7, 0.0).await;
    compare(gpu, "atan_(x0)", &x, f64::atan, 2e-7, 0.0).await;
    compare(gpu, "tanh_(x0)", &x, f64::tanh, 2e-7, 0.0).await;
    compare(gpu, "sigmoid_(x0)", &x, |x| 1.0 / (1.0 + (-x).exp()), 3e-7, 0.0).await;
    compare(gpu, "sqrt_(x0)", &x, f64::sqrt, 2e-7, 0.0).await;
    compare(gpu, "rsqrt_(x0)", &x.iter().map(|x| x.abs()).collect::<Vec<_>>(), |x| 1.0 / x.sqrt(), 3e-7, 0.0)
        .await;
    compare(gpu, "round_(x0)", &x, f64::round_ties_even, 0.0, 0.0).await;
    compare(gpu, "sinh_(x0)", &x, f64::sinh, 4e-7, 0.0).await;
    compare(gpu, "cosh_(x0)", &x, f64::cosh, 4e-7, 0.0).await;
    compare(gpu, "asinh_(x0)", &x, f64::asinh, 4e-7, 0.0).await;
    compare(gpu, "acosh_(x0)", &x, f64::acosh, 4e-7, 0.0).await;
    compare(gpu, "atanh_(x0)", &x, f64::atanh, 4e-7, 0.0).await;
    compare(gpu, "asin_(x0)", &x, f64::asin, 3e-7, 0.0).await;
    compare(gpu, "acos_(x0)", &x, f64::acos, 3e-7, 0.0).await;
    compare(gpu, "log10_(x0)", &x, f64::log10, 3e-7, 0.0).await;
    compare(gpu, "exp2_(x0)", &x, f64::exp2, 2e-7, 0.0).await;
    compare(gpu, "atan2_(x0, 0.3)", &x, |x| x.atan2(f64::from(0.3f32)), 3e-7, 0.0).await;
    compare(gpu, "atan2_(-0.7, x0)", &x, |x| f64::from(-0.7f32).atan2(x), 3e-7, 0.0).await;
    compare(gpu, "hypot_(x0, 1.25)", &x, |x| x.hypot(1.25), 3e-7, 0.0).await;
    compare(gpu, "fmod_(x0, 0.75)", &x[..8000], |x| x % 0.75, 0.0, 0.0).await;
    compare(gpu, "logaddexp_(x0, 0.5)", &x, |x| x.max(0.5) + (-(x - 0.5).abs()).exp().ln_1p(), 3e-7, 0.0)
        .await;
}

pub async fn powers_are_accurate(gpu: &Gpu) {
    let mut x: Vec<f32> = Vec::new();
    let mut y: Vec<f32> = Vec::new();
    let bases = [
        0.001,
        0.3,
        0.70710677,
        0.9,
        0.9999,
        0.99999994,
        1.0000001,
        1.0001,
        1.1,
        std::f32::consts::SQRT_2,
        2.0,
        2.5,
        7.0,
        1234.5,
        1e10,
        1e30,
        1e-30,
    ];
    for base in bases {
        for step in -400..=400i16 {
            let exponent = f32::from(step) * 0.37;
            // Down to where the result overflows or vanishes: with a base near 1 that is far away.
            for factor in [1.0, 100.0, 1e5] {
                x.extend([base, base, -base]);
                y.extend([exponent * factor, f32::from(step) * factor, f32::from(step)]);
            }
        }
    }
    let layout = Layout::contiguous(&[x.len()]);
    let (bx, by) = (bits(&x), bits(&y));
    let given = [Given::Words(DType::F32, layout.clone(), &bx), Given::Words(DType::F32, layout, &by)];
    let got = floats(&eval(gpu, "pow_(x0, x1)", &given, DType::F32, &[x.len()]).await);
    for ((&x, &y), &got) in x.iter().zip(&y).zip(&got) {
        let exact = f64::from(x).powf(f64::from(y));
        let verge = exact.abs() > 3.4028e38 && got.abs() >= 3.4028e38 && (got > 0.0) == (exact > 0.0);
        if verge {
            continue;
        }
        let error = (f64::from(got) - exact).abs() / (exact.abs() * 3e-7 + 1.2e-38);
        assert!(error <= 1.0, "{x:e} ** {y:e} gave {got:e}, not {exact:e}");
    }
}

pub async fn powers_have_the_edges_of_c(gpu: &Gpu) {
    let values =
        [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -2.0, 3.0, -3.0, 2.5, -2.5, 1e38, -1e38, INF, -INF, NAN];
    let pairs: Vec<(f32, f32)> = values.iter().flat_map(|&x| values.iter().map(move |&y| (x, y))).collect();
    let layout = Layout::contiguous(&[pairs.len()]);
    let x = bits(&pairs.iter().map(|p| p.0).collect::<Vec<_>>());
    let y = bits(&pairs.iter().map(|p| p.1).collect::<Vec<_>>());
    let given = [Given::Words(DType::F32, layout.clone(), &x), Given::Words(DType::F32, layout, &y)];
    let got = floats(&eval(gpu, "pow_(x0, x1)", &given, DType::F32, &[pairs.len()]).await);
    for (&(x, y), &got) in pairs.iter().zip(&got) {
        let want = x.powf(y);
        let same = got.is_nan() == want.is_nan()
            && (want.is_nan() || (got - want).abs() <= 3e-7 * want.abs() + f32::MIN_POSITIVE || got == want);
        assert!(same, "{x:e} ** {y:e} gave {got:e}, not {want:e}");
    }
}

pub async fn the_error_function_is_accurate(gpu: &Gpu) {
    // CPython's math.erf of the nearest single-precision number.
    let table = [
        (-5.0, -0.9999999999984626),
        (-3.5, -0.9999992569016276),
        (-1.5, -0.9661051464753108),
        (-0.925, -0.8091767360310719),
        (-0.5, -0.5204998778130465),
        (-0.001, -0.0011283788445643173),
        (0.0, 0.0),
        (1e-06, 1.1283791642462529e-06),
        (0.1, 0.11246291768297051),
        (0.3, 0.32862677175271543),
        (0.7, 0.6778011855967799),
        (0.92, 0.806767729625808),
        (0.93, 0.8115635619831191),
        (1.0, 0.8427007929497149),
        (1.3, 0.9340079350125213),
        (2.0, 0.9953222650189527),
        (2.7, 0.9998656672967724),
        (3.3, 0.9999969422892004),
        (3.9, 0.9999999652077781),
        (6.0, 1.0),
    ];
    let x: Vec<f32> = table.iter().map(|t| t.0).collect();
    for (&(x, want), got) in table.iter().zip(map(gpu, "erf_(x0)", &x).await) {
        assert!((f64::from(got) - want).abs() <= 2e-7 * want.abs(), "erf({x}) gave {got}, not {want}");
    }
    assert!(map(gpu, "erf_(x0)", &[NAN]).await[0].is_nan());
    assert_eq!(map(gpu, "erf_(x0)", &[INF, -INF]).await, [1.0, -1.0]);
}

pub async fn edges_are_those_of_ieee(gpu: &Gpu) {
    let x = [NAN, INF, -INF, 0.0];
    let expect = async |expr, want: [f32; 4]| {
        for ((x, got), want) in x.iter().zip(map(gpu, expr, &x).await).zip(want) {
            assert!(got == want || (got.is_nan() && want.is_nan()), "{expr}: {x} gave {got}, not {want}");
        }
    };
    expect("exp_(x0)", [NAN, INF, 0.0, 1.0]).await;
    expect("expm1_(x0)", [NAN, INF, -1.0, 0.0]).await;
    expect("log_(x0)", [NAN, INF, NAN, -INF]).await;
    expect("log2_(x0)", [NAN, INF, NAN, -INF]).await;
    expect("log1p_(x0)", [NAN, INF, NAN, 0.0]).await;
    expect("log1p_(x0 - 1.0)", [NAN, INF, NAN, -INF]).await;
    expect("sin_(x0)", [NAN, NAN, NAN, 0.0]).await;
    expect("cos_(x0)", [NAN, NAN, NAN, 1.0]).await;
    expect("tan_(x0)", [NAN, NAN, NAN, 0.0]).await;
    expect("atan_(x0)", [NAN, std::f32::consts::FRAC_PI_2, -std::f32::consts::FRAC_PI_2, 0.0]).await;
    expect("tanh_(x0)", [NAN, 1.0, -1.0, 0.0]).await;
    expect("sigmoid_(x0)", [NAN, 1.0, 0.0, 0.5]).await;
    expect("sqrt_(x0)", [NAN, INF, NAN, 0.0]).await;
    expect("rsqrt_(x0)", [NAN, 0.0, NAN, INF]).await;
    expect("sign_(x0)", [0.0, 1.0, -1.0, 0.0]).await;
    expect("max_(x0, 1.0)", [NAN, INF, 1.0, 1.0]).await;
    expect("max_(1.0, x0)", [NAN, INF, 1.0, 1.0]).await;
    expect("min_(x0, 1.0)", [NAN, 1.0, -INF, 0.0]).await;
    expect("clamp_(x0, -1.0, 1.0)", [NAN, 1.0, -1.0, 0.0]).await;
    expect("round_(x0)", [NAN, INF, -INF, 0.0]).await;
    expect("1.0 / x0", [NAN, 0.0, 0.0, INF]).await;
    expect("f32(eq_(x0, x0)) + 2.0 * f32(ne_(x0, x0))", [2.0, 1.0, 1.0, 1.0]).await;
    expect("f32(lt_(x0, 1.0)) + 2.0 * f32(ge_(x0, 1.0))", [0.0, 2.0, 1.0, 1.0]).await;
    expect("f32(gt_(x0, 0.0)) + 2.0 * f32(le_(x0, 0.0))", [0.0, 1.0, 2.0, 2.0]).await;
    expect("f32(is_nan(x0)) + 2.0 * f32(is_inf(x0)) + 4.0 * f32(is_finite(x0))", [1.0, 2.0, 2.0, 4.0]).await;
    expect("f32(truth_(x0))", [1.0, 1.0, 1.0, 0.0]).await;
}

pub async fn division_by_zero_is_infinite(gpu: &Gpu) {
    let (a, b) = (bits(&[1.0, -1.0, 0.0, INF, NAN, 1.0]), bits(&[0.0, 0.0, 0.0, INF, 1.0, INF]));
    let layout = Layout::contiguous(&[6]);
    let given = [Given::Words(DType::F32, layout.clone(), &a), Given::Words(DType::F32, layout, &b)];
    let got = floats(&eval(gpu, "x0 / x1", &given, DType::F32, &[6]).await);
    assert_eq!((&got[..2], got[5]), (&[INF, -INF][..], 0.0));
    assert!(got[2..5].iter().all(|x| x.is_nan()), "{got:?}");
}

/// torch.remainder, torch.floor_divide and div(rounding_mode='trunc') of PyTorch 2.15.
pub async fn division_rounds_as_in_pytorch(gpu: &Gpu) {
    let (a, b) = (
        [5.0, -5.0, 5.0, -5.0, 3.0, 7.5, -7.5, -5.0, 5.0, 1e8],
        [3.0, 3.0, -3.0, -3.0, 0.0, 2.5, 2.0, INF, INF, 3.0],
    );
    let expect = async |expr, want: [f32; 10]| {
        let layout = Layout::contiguous(&[10]);
        let (a, b) = (bits(&a), bits(&b));
        let given = [Given::Words(DType::F32, layout.clone(), &a), Given::Words(DType::F32, layout, &b)];
        for (at, (got, want)) in
            floats(&eval(gpu, expr, &given, DType::F32, &[10]).await).into_iter().zip(want).enumerate()
        {
            assert!(got == want || (got.is_nan() && want.is_nan()), "{expr} at {at} gave {got}, not {want}");
        }
    };
    expect("remainder_(x0, x1)", [2.0, 1.0, -1.0, -2.0, NAN, 0.0, 0.5, INF, 5.0, 1.0]).await;
    expect("floor_div_(x0, x1)", [1.0, -2.0, -2.0, 1.0, INF, 3.0, -4.0, -1.0, 0.0, 33_333_334.0]).await;
    expect("trunc_div_(x0, x1)", [1.0, -1.0, -1.0, 1.0, INF, 3.0, -3.0, 0.0, 0.0, 33_333_334.0]).await;
}

pub async fn integers_have_functions_of_their_own(gpu: &Gpu) {
    let (a, b) = (words_of(&[7, -7, 7, -7, 5, 0, i32::MAX, -3]), words_of(&[2, 2, -2, -2, 0, 3, 1, 3]));
    let expect = async |expr, want: [i32; 8]| {
        let layout = Layout::contiguous(&[8]);
        let given = [Given::Words(DType::I64, layout.clone(), &a), Given::Words(DType::I64, layout, &b)];
        assert_eq!(eval(gpu, expr, &given, DType::I64, &[8]).await, words_of(&want), "{expr}");
    };
    expect("ifloor_div_(x0, x1)", [3, -4, -4, 3, 0, 0, i32::MAX, -1]).await;
    expect("itrunc_div_(x0, x1)", [3, -3, -3, 3, 0, 0, i32::MAX, -1]).await;
    expect("iremainder_(x0, x1)", [1, 1, -1, -1, 0, 0, 0, 0]).await;
    expect("ipow_(x0, x1)", [49, 49, 0, 0, 1, 0, i32::MAX, -27]).await;
    expect("ipow_(-1, x1)", [1, 1, 1, 1, 1, -1, -1, -1]).await;
    expect("x0 + x1", [9, -5, 5, -9, 5, 3, i32::MIN, 0]).await;
}
