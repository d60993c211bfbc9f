//! Box and Muller's formula over sixteen uniform numbers at a time, to the last bit as PyTorch's vectorized kernel has
//! it: polynomials of Cephes in single precision, with fused products where a compiler fuses them.
//!
//! Source: Moshier, *Cephes Mathematical Library*, <https://www.netlib.org/cephes/> (`logf`, `sinf`, `cosf`).

use std::f32::consts::{FRAC_1_SQRT_2, TAU};

/// `c[0]·xⁿ + … + c[n]` by Horner's rule.
fn polynomial(x: f32, coefficients: &[f32]) -> f32 {
    coefficients.iter().fold(0.0, |sum: f32, &c| sum.mul_add(x, c))
}

/// The natural logarithm of a positive normal number.
#[expect(clippy::excessive_precision, reason = "the coefficients as they are published")]
fn ln(x: f32) -> f32 {
    const SERIES: [f32; 9] = [
        7.037_683_629_2e-2,
        -1.151_461_031_0e-1,
        1.167_699_874_0e-1,
        -1.242_014_084_6e-1,
        1.424_932_278_7e-1,
        -1.666_805_766_5e-1,
        2.000_071_476_5e-1,
        -2.499_999_399_3e-1,
        3.333_333_117_4e-1,
    ];
    let bits = x.to_bits();
    let mut exponent = ((bits >> 23) as i32 - 0x7e) as f32;
    let mut mantissa = f32::from_bits((bits & 0x807f_ffff) | 0x3f00_0000);
    if mantissa < FRAC_1_SQRT_2 {
        exponent -= 1.0;
        mantissa = mantissa - 1.0 + mantissa;
    } else {
        mantissa -= 1.0;
    }
    let square = mantissa * mantissa;
    let series = polynomial(mantissa, &SERIES) * mantissa;
    let tail = series.mul_add(square, exponent * -2.121_944_40e-4) - square * 0.5;
    exponent.mul_add(0.693_359_375, mantissa + tail)
}

/// Sine and cosine of a number from 0 to 2π.
#[expect(clippy::excessive_precision, reason = "the coefficients as they are published")]
fn sin_cos(x: f32) -> (f32, f32) {
    const PARTS: [f32; 3] = [-0.785_156_25, -2.418_756_484_985_351_562_5e-4, -3.774_894_977_445_941_08e-8];
    let octant = ((x * 1.273_239_544_735_16) as i32 + 1) & !1;
    let rest = PARTS.iter().fold(x, |rest, &part| (octant as f32).mul_add(part, rest));
    let z = rest * rest;
    let cosine =
        polynomial(z, &[2.443_315_711_809_948e-5, -1.388_731_625_493_765e-3, 4.166_664_568_298_827e-2]) * z;
    let cosine = cosine.mul_add(z, -(z * 0.5)) + 1.0;
    let sine = polynomial(z, &[-1.951_529_589_1e-4, 8.332_160_873_6e-3, -1.666_665_461_1e-1]) * z;
    let sine = sine.mul_add(rest, rest);
    let (sine, cosine) = if octant & 2 == 0 { (sine, cosine) } else { (cosine, sine) };
    let negative_sine = octant & 4 != 0;
    let negative_cosine = (octant - 2) & 4 == 0;
    (if negative_sine { -sine } else { sine }, if negative_cosine { -cosine } else { cosine })
}

/// Sixteen uniform numbers made normal ones.
pub fn block_f32(block: &mut [f32], mean: f32, deviation: f32) {
    let (left, right) = block.split_at_mut(8);
    for (a, b) in left.iter_mut().zip(right) {
        let radius = (-2.0 * ln(1.0 - *a)).sqrt();
        let (sine, cosine) = sin_cos(TAU * *b);
        *a = (radius * cosine).mul_add(deviation, mean);
        *b = (radius * sine).mul_add(deviation, mean);
    }
}

/// The same in double precision, by the functions of the platform.
pub fn block_f64(block: &mut [f64], mean: f64, deviation: f64) {
    let (left, right) = block.split_at_mut(8);
    for (a, b) in left.iter_mut().zip(right) {
        let radius = (-2.0 * (1.0 - *a).ln()).sqrt();
        let theta = std::f64::consts::TAU * *b;
        *a = radius * theta.cos() * deviation + mean;
        *b = radius * theta.sin() * deviation + mean;
    }
}
