//! `math`.

use num_bigint::BigInt;

use crate::context::Context;
use crate::error::{overflow_error, type_error, value_error};
use crate::int;
use crate::native::{Args, BinaryOp, Module, Native, Result};
use crate::value::Value;

/// `math`.
pub static MATH: Module = Module {
    name: "math",
    functions: &[
        Native::new("sqrt", "x, /", |cx, a| real(cx, a, f64::sqrt)),
        Native::new("cbrt", "x, /", |cx, a| real(cx, a, f64::cbrt)),
        Native::new("exp", "x, /", |cx, a| real(cx, a, f64::exp)),
        Native::new("exp2", "x, /", |cx, a| real(cx, a, f64::exp2)),
        Native::new("expm1", "x, /", |cx, a| real(cx, a, f64::exp_m1)),
        Native::new("log", "x, base=, /", |cx, a| {
            let x = logarithm(cx, &a[0], f64::ln, 1.0)?;
            match a.get(1) {
                None => Ok(Value::Float(x)),
                Some(base) => {
                    let base = logarithm(cx, base, f64::ln, 1.0)?;
                    if base == 0.0 {
                        return Err(crate::error::zero_division("float division by zero"));
                    }
                    Ok(Value::Float(x / base))
                }
            }
        }),
        Native::new("log2", "x, /", |cx, a| {
            logarithm(cx, &a[0], f64::log2, std::f64::consts::LOG2_E).map(Value::Float)
        }),
        Native::new("log10", "x, /", |cx, a| {
            logarithm(cx, &a[0], f64::log10, std::f64::consts::LOG10_E).map(Value::Float)
        }),
        Native::new("log1p", "x, /", |cx, a| {
            if a.float(cx, 0)? <= -1.0 {
                return Err(domain());
            }
            real(cx, a, f64::ln_1p)
        }),
        Native::new("sin", "x, /", |cx, a| real(cx, a, f64::sin)),
        Native::new("cos", "x, /", |cx, a| real(cx, a, f64::cos)),
        Native::new("tan", "x, /", |cx, a| real(cx, a, f64::tan)),
        Native::new("asin", "x, /", |cx, a| real(cx, a, f64::asin)),
        Native::new("acos", "x, /", |cx, a| real(cx, a, f64::acos)),
        Native::new("atan", "x, /", |cx, a| real(cx, a, f64::atan)),
        Native::new("atan2", "y, x, /", |cx, a| Ok(Value::Float(a.float(cx, 0)?.atan2(a.float(cx, 1)?)))),
        Native::new("sinh", "x, /", |cx, a| real(cx, a, f64::sinh)),
        Native::new("cosh", "x, /", |cx, a| real(cx, a, f64::cosh)),
        Native::new("tanh", "x, /", |cx, a| real(cx, a, f64::tanh)),
        Native::new("asinh", "x, /", |cx, a| real(cx, a, f64::asinh)),
        Native::new("acosh", "x, /", |cx, a| real(cx, a, f64::acosh)),
        Native::new("atanh", "x, /", |cx, a| {
            if a.float(cx, 0)?.abs() >= 1.0 {
                return Err(domain());
            }
            real(cx, a, f64::atanh)
        }),
        Native::new("degrees", "x, /", |cx, a| {
            Ok(Value::Float(a.float(cx, 0)? * (180.0 / std::f64::consts::PI)))
        }),
        Native::new("radians", "x, /", |cx, a| {
            Ok(Value::Float(a.float(cx, 0)? * (std::f64::consts::PI / 180.0)))
        }),
        Native::new("fabs", "x, /", |cx, a| Ok(Value::Float(a.float(cx, 0)?.abs()))),
        Native::new("floor", "x, /", |cx, a| whole(cx, a, "__floor__", f64::floor)),
        Native::new("ceil", "x, /", |cx, a| whole(cx, a, "__ceil__", f64::ceil)),
        Native::new("trunc", "x, /", |cx, a| whole(cx, a, "__trunc__", f64::trunc)),
        Native::new("pow", "x, y, /", pow),
        Native::new("fmod", "x, y, /", |cx, a| {
            let (x, y) = (a.float(cx, 0)?, a.float(cx, 1)?);
            if y == 0.0 || x.is_infinite() && !y.is_nan() {
                return Err(domain());
            }
            Ok(Value::Float(x % y))
        }),
        Native::new("hypot", "*coordinates", |cx, a| {
            let mut all = Vec::new();
            for x in a.rest(0) {
                all.push(cx.float(x)?);
            }
            Ok(Value::Float(match all.as_slice() {
                [x, y] => x.hypot(*y),
                many => norm(many),
            }))
        }),
        Native::new("dist", "p, q, /", |cx, a| {
            let (p, q) = (cx.collect(&a[0])?, cx.collect(&a[1])?);
            if p.len() != q.len() {
                return Err(value_error("both points must have the same number of dimensions"));
            }
            let mut all = Vec::new();
            for (x, y) in p.iter().zip(&q) {
                all.push(cx.float(x)? - cx.float(y)?);
            }
            Ok(Value::Float(norm(&all)))
        }),
        Native::new("copysign", "x, y, /", |cx, a| {
            Ok(Value::Float(a.float(cx, 0)?.copysign(a.float(cx, 1)?)))
        }),
        Native::new("isnan", "x, /", |cx, a| Ok(Value::Bool(a.float(cx, 0)?.is_nan()))),
        Native::new("isinf", "x, /", |cx, a| Ok(Value::Bool(a.float(cx, 0)?.is_infinite()))),
        Native::new("isfinite", "x, /", |cx, a| Ok(Value::Bool(a.float(cx, 0)?.is_finite()))),
        Native::new("isclose", "a, b, *, rel_tol=, abs_tol=", |cx, a| {
            let (x, y) = (a.float(cx, 0)?, a.float(cx, 1)?);
            let (relative, absolute) = (a.float_or(cx, 2, 1e-9)?, a.float_or(cx, 3, 0.0)?);
            let near = (x - y).abs() <= (relative * x.abs().max(y.abs())).max(absolute);
            Ok(Value::Bool(x == y || x.is_finite() && y.is_finite() && near))
        }),
        Native::new("frexp", "x, /", |cx, a| {
            let (m, e) = crate::float::frexp(a.float(cx, 0)?);
            Ok(Value::tuple(vec![Value::Float(m), Value::Int(i64::from(e))]))
        }),
        Native::new("ldexp", "x, i, /", |cx, a| {
            let x = a.float(cx, 0)?;
            let result = crate::float::ldexp(x, a.int(cx, 1)?.clamp(-5000, 5000) as i32);
            if result.is_infinite() && x.is_finite() {
                return Err(overflow_error("math range error"));
            }
            Ok(Value::Float(result))
        }),
        Native::new("modf", "x, /", |cx, a| {
            let x = a.float(cx, 0)?;
            let fraction = if x.is_infinite() { 0.0_f64.copysign(x) } else { x.fract() };
            Ok(Value::tuple(vec![Value::Float(fraction), Value::Float(x.trunc())]))
        }),
        Native::new("fsum", "iterable, /", fsum),
        Native::new("prod", "iterable, /, *, start=", |cx, a| {
            let mut product = a.get(1).cloned().unwrap_or(Value::Int(1));
            for item in cx.collect(&a[0])? {
                product = cx.binary(BinaryOp::Mul, &product, &item)?;
            }
            Ok(product)
        }),
        Native::new("factorial", "n, /", factorial),
        Native::new("comb", "n, k, /", |cx, a| choose(cx, a, true)),
        Native::new("perm", "n, k=, /", |cx, a| choose(cx, a, false)),
        Native::new("gcd", "*integers", |_, a| fold(a, 0, gcd)),
        Native::new("lcm", "*integers", |_, a| {
            fold(a, 1, |x, y| {
                if x.bits() == 0 || y.bits() == 0 {
                    BigInt::from(0)
                } else {
                    &x / gcd(x.clone(), y.clone()) * y
                }
            })
        }),
        Native::new("isqrt", "n, /", |_, a| match int::of(&a[0]) {
            Some(n) if n.sign() == num_bigint::Sign::Minus => {
                Err(value_error("isqrt() argument must be nonnegative"))
            }
            Some(n) => Ok(Value::big(n.sqrt())),
            None => Err(not_integer(&a[0])),
        }),
        Native::new("erf", "x, /", |cx, a| Ok(Value::Float(erf(a.float(cx, 0)?)))),
        Native::new("erfc", "x, /", |cx, a| Ok(Value::Float(erfc(a.float(cx, 0)?)))),
        Native::new("gamma", "x, /", |cx, a| {
            let x = a.float(cx, 0)?;
            if x <= 0.0 && x == x.floor() || x == f64::NEG_INFINITY {
                return Err(domain());
            }
            let result = gamma(x);
            if result.is_infinite() && x.is_finite() {
                return Err(overflow_error("math range error"));
            }
            Ok(Value::Float(result))
        }),
        Native::new("lgamma", "x, /", |cx, a| {
            let x = a.float(cx, 0)?;
            if x <= 0.0 && x == x.floor() {
                return Err(domain());
            }
            Ok(Value::Float(log_gamma(x)))
        }),
    ],
    values: &[
        ("pi", |_| Ok(Value::Float(std::f64::consts::PI))),
        ("e", |_| Ok(Value::Float(std::f64::consts::E))),
        ("tau", |_| Ok(Value::Float(std::f64::consts::TAU))),
        ("inf", |_| Ok(Value::Float(f64::INFINITY))),
        ("nan", |_| Ok(Value::Float(f64::NAN))),
    ],
    ..Module::EMPTY
};

fn domain() -> crate::error::Interrupt {
    value_error("math domain error")
}

fn not_integer(value: &Value) -> crate::error::Interrupt {
    type_error(format!("'{}' object cannot be interpreted as an integer", value.type_name()))
}

/// A function of a double; NaN from a number is an error of domain, infinity from a finite number one of range.
fn real(cx: &mut Context, args: &Args, function: fn(f64) -> f64) -> Result {
    let x = args.float(cx, 0)?;
    let result = function(x);
    if result.is_nan() && !x.is_nan() {
        return Err(domain());
    }
    if result.is_infinite() && x.is_finite() {
        return Err(overflow_error("math range error"));
    }
    Ok(Value::Float(result))
}

fn logarithm(cx: &mut Context, value: &Value, function: fn(f64) -> f64, of_e: f64) -> Result<f64> {
    if let Value::Big(big) = value
        && big.sign() == num_bigint::Sign::Plus
    {
        let shift = big.bits().saturating_sub(60);
        let top = int::to_f64(&(&**big >> shift));
        return Ok(function(top) + shift as f64 * std::f64::consts::LN_2 * of_e);
    }
    let x = cx.float(value)?;
    if x <= 0.0 {
        return Err(domain());
    }
    Ok(function(x))
}

fn whole(cx: &mut Context, args: &Args, method: &str, function: fn(f64) -> f64) -> Result {
    match &args[0] {
        Value::Int(_) | Value::Big(_) => Ok(args[0].clone()),
        Value::Bool(b) => Ok(Value::Int(i64::from(*b))),
        other => {
            if let Some(method) = cx.class_method(other, method) {
                return cx.call(&method, vec![other.clone()]);
            }
            int::from_f64(function(cx.float(other)?))
        }
    }
}

fn pow(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (args.float(cx, 0)?, args.float(cx, 1)?);
    let result = x.powf(y);
    if result.is_nan() && !x.is_nan() && !y.is_nan() || x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(domain());
    }
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(overflow_error("math range error"));
    }
    Ok(Value::Float(result))
}

fn norm(all: &[f64]) -> f64 {
    let most = all.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
    if most == 0.0 || most.is_infinite() {
        return most;
    }
    most * all.iter().map(|x| (x / most) * (x / most)).sum::<f64>().sqrt()
}

/// A sum without rounding errors in between.
///
/// Source: Shewchuk, *Adaptive Precision Floating-Point Arithmetic* (1997), as in CPython.
fn fsum(cx: &mut Context, args: &Args) -> Result {
    let mut parts: Vec<f64> = Vec::new();
    let mut special = 0.0;
    for item in cx.collect(&args[0])? {
        let mut x = cx.float(&item)?;
        if !x.is_finite() {
            special += x;
            continue;
        }
        let mut kept = Vec::new();
        for mut y in parts {
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                kept.push(low);
            }
            x = high;
        }
        kept.push(x);
        parts = kept;
    }
    if special != 0.0 || f64::is_nan(special) {
        return Ok(Value::Float(special));
    }
    let mut total = parts.pop().unwrap_or(0.0);
    while let Some(part) = parts.pop() {
        let before = total;
        total = before + part;
        let low = part - (total - before);
        if low != 0.0 {
            // Half-way cases go by the sign of what is left.
            if let Some(next) = parts.last()
                && (low < 0.0) == (*next < 0.0)
            {
                let twice = low * 2.0;
                let up = total + twice;
                if twice == up - total {
                    total = up;
                }
            }
            break;
        }
    }
    Ok(Value::Float(total))
}

fn factorial(cx: &mut Context, args: &Args) -> Result {
    let n = match &args[0] {
        Value::Int(_) | Value::Bool(_) => args[0].as_i64().unwrap_or_default(),
        Value::Big(_) => {
            return Err(overflow_error("factorial() argument should not exceed 9223372036854775807"));
        }
        other => return Err(not_integer(other)),
    };
    if n < 0 {
        return Err(value_error("factorial() not defined for negative values"));
    }
    if n > 20_000 {
        return Err(crate::error::memory_error("a factorial of more than 20000 does not fit here"));
    }
    cx.charge((n as usize).saturating_mul(10));
    Ok(Value::big((2..=n).fold(BigInt::from(1), |product, i| product * i)))
}

fn choose(cx: &mut Context, args: &Args, unordered: bool) -> Result {
    let n = args.int(cx, 0)?;
    let k = match args.some(1) {
        Some(k) => cx.index(k)?,
        None => n,
    };
    if n < 0 || k < 0 {
        let which = if n < 0 { "n" } else { "k" };
        return Err(value_error(format!("{which} must be a non-negative integer")));
    }
    if k > n {
        return Ok(Value::Int(0));
    }
    let k = if unordered { k.min(n - k) } else { k };
    if k > 20_000 {
        return Err(crate::error::memory_error("a number of so many digits does not fit here"));
    }
    cx.charge((k as usize).saturating_mul(10));
    let mut product = BigInt::from(1);
    for i in 0..k {
        product *= n - i;
        if unordered {
            product /= i + 1;
        }
    }
    Ok(Value::big(product))
}

fn gcd(mut x: BigInt, mut y: BigInt) -> BigInt {
    while y.bits() > 0 {
        (x, y) = (y.clone(), x % y);
    }
    if x.sign() == num_bigint::Sign::Minus { -x } else { x }
}

fn fold(args: &Args, start: i64, step: fn(BigInt, BigInt) -> BigInt) -> Result {
    let mut result = BigInt::from(start);
    for value in args.rest(0) {
        let value = int::of(value).ok_or_else(|| not_integer(value))?;
        result = step(result, value);
    }
    Ok(Value::big(if result.sign() == num_bigint::Sign::Minus { -result } else { result }))
}

/// The error function: its series below 1.5, a continued fraction above, as in CPython before it took C's.
fn erf(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() < 1.5 { erf_series(x) } else { (1.0 - erfc_fraction(x.abs())).copysign(x) }
}

fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.abs() < 1.5 {
        1.0 - erf_series(x)
    } else if x > 0.0 {
        erfc_fraction(x)
    } else {
        2.0 - erfc_fraction(-x)
    }
}

fn erf_series(x: f64) -> f64 {
    let square = x * x;
    let mut sum = 0.0;
    let mut fraction = 25.0 + 0.5;
    for _ in 0..25 {
        sum = 2.0 + square * sum / fraction;
        fraction -= 1.0;
    }
    const ROOT_PI: f64 = 1.772_453_850_905_516;
    sum * x * (-square).exp() / ROOT_PI
}

fn erfc_fraction(x: f64) -> f64 {
    if x >= 30.0 {
        return 0.0;
    }
    let square = x * x;
    let mut a = 0.0;
    let mut da = 0.5;
    let (mut p, mut p_last) = (1.0, 0.0);
    let mut q = da + square;
    let mut q_last = 1.0;
    for _ in 0..50 {
        a += da;
        da += 2.0;
        let b = da + square;
        (p, p_last) = (b * p - a * p_last, p);
        (q, q_last) = (b * q - a * q_last, q);
    }
    const ROOT_PI: f64 = 1.772_453_850_905_516;
    p / q * x * (-square).exp() / ROOT_PI
}

/// Lanczos's approximation with g = 7 and nine terms: 15 digits.
fn lanczos(x: f64) -> (f64, f64) {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let terms = TERMS.iter().enumerate();
    let sum = terms.fold(0.0, |sum, (i, c)| sum + if i == 0 { *c } else { c / (x + i as f64 - 1.0) });
    (sum, x + 6.5)
}

fn gamma(x: f64) -> f64 {
    if x == x.floor() && (1.0..=171.0).contains(&x) {
        return (2..x as i64).fold(1.0, |product, i| product * i as f64);
    }
    if x < 0.5 {
        return std::f64::consts::PI / ((std::f64::consts::PI * x).sin() * gamma(1.0 - x));
    }
    let (sum, t) = lanczos(x);
    let half = t.powf((x - 0.5) / 2.0);
    half * (-t).exp() * half * sum * std::f64::consts::TAU.sqrt()
}

fn log_gamma(x: f64) -> f64 {
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    if x < 0.5 {
        return (std::f64::consts::PI / (std::f64::consts::PI * x).sin().abs()).ln() - log_gamma(1.0 - x);
    }
    let (sum, t) = lanczos(x);
    (x - 0.5) * t.ln() - t + sum.ln() + 0.5 * std::f64::consts::TAU.ln()
}
