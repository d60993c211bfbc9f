//! Numbers as the page writes them: short, the same everywhere.

use gradloom_protocol::Summary;

/// Decimals that [`fixed`] can write.
const DECIMALS: [f64; 10] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/// A number with at most so many decimals (up to nine), without useless zeros; for sizes below 10⁹.
///
/// Written with integers: the standard library's float printing, with its tables, is a tenth of this page's code, and
/// what it does more, the shortest text that gives the same float, is never shown here.
pub fn fixed(x: f64, decimals: usize) -> String {
    let scale = DECIMALS.get(decimals).copied().unwrap_or(1.0);
    let scaled = (x.abs() * scale).round() as u64;
    let (whole, mut part) = (scaled / scale as u64, scaled % scale as u64);
    let mut text = String::from(if x < 0.0 && scaled > 0 { "-" } else { "" });
    text.push_str(&whole.to_string());
    if part > 0 {
        let mut width = decimals;
        while part.is_multiple_of(10) {
            part /= 10;
            width -= 1;
        }
        let digits = part.to_string();
        text.push('.');
        (digits.len()..width).for_each(|_| text.push('0'));
        text.push_str(&digits);
    }
    text
}

/// At most four significant digits, no useless zeros: `3`, `0.3333`, `1.5e-6`, `-2.5`, `nan`.
pub fn short(x: f64) -> String {
    digits(x, 4)
}

/// Three significant digits, for the cells of a picture.
pub fn tiny(x: f64) -> String {
    digits(x, 3)
}

/// Seven significant digits, as much as a `float32` holds.
pub fn long(x: f64) -> String {
    digits(x, 7)
}

fn digits(x: f64, significant: i32) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let size = x.abs();
    if x == 0.0 || x.fract() == 0.0 && size < 1e6 {
        return fixed(x, 0);
    }
    // In two steps: 10³⁰⁸ is the largest power that there is.
    let exponent = size.log10().floor() as i32;
    let mut mantissa = x / 10f64.powi(exponent / 2) / 10f64.powi(exponent - exponent / 2);
    let mut exponent = exponent;
    let most = 10.0 - 0.5 * 10f64.powi(1 - significant);
    if mantissa.abs() >= most {
        // 9.99996 is 10 in four digits; and logarithms of powers of ten may fall short of them.
        mantissa /= 10.0;
        exponent += 1;
    }
    if (-4..6).contains(&exponent) {
        return fixed(x, (significant - 1 - exponent).clamp(1, 9) as usize);
    }
    format!("{}e{exponent}", fixed(mantissa, (significant - 1) as usize))
}

/// The number that a text such as `2.`, `-0.5` or `1e-6` writes; `None` for other texts.
///
/// Exact where the digits make a number below 2⁵³ and the power of ten is one of the first 22; else within a few units
/// of the last place. That is enough for what people type, and saves the standard library's table of powers.
pub fn parse(text: &str) -> Option<f64> {
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = match body.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (body, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && part.is_empty() {
        return None;
    }
    let mut value = 0.0;
    for digit in whole.chars().chain(part.chars()) {
        value = value * 10.0 + f64::from(digit.to_digit(10)?);
    }
    let power = exponent.saturating_sub(part.len() as i32).clamp(-400, 400);
    // A division by an exact power rounds once; a product with its inverse would round twice.
    value = match power {
        0.. => value * 10f64.powi(power),
        -300..0 => value / 10f64.powi(-power),
        _ => value / 10f64.powi(300) / 10f64.powi(-power - 300),
    };
    value.is_finite().then_some(if negative { -value } else { value })
}

/// A number inside a formula: negative ones in parentheses.
pub fn in_formula(x: f64) -> String {
    if x < 0.0 { format!("({})", short(x)) } else { short(x) }
}

/// `64 × 10`; `scalar` without dimensions, and `(64,)` of one, which would else be taken for a number.
pub fn shape(sizes: &[u64]) -> String {
    match sizes {
        [] => "scalar".into(),
        [size] => format!("({size},)"),
        _ => sizes.iter().map(u64::to_string).collect::<Vec<_>>().join(" × "),
    }
}

/// The one number of a scalar's summary.
pub fn scalar(summary: &Summary) -> Option<f64> {
    if summary.shape.is_empty() { summary.numbers.first().map(|n| n.0) } else { None }
}

/// A summary in a few characters: the number of a scalar (`True` and `False` as Python writes them), else the shape.
pub fn brief(summary: &Summary) -> String {
    match scalar(summary) {
        Some(_) if summary.dtype == "bool" => summary.text.clone(),
        Some(x) => short(x),
        None => shape(&summary.shape),
    }
}

/// A count with thin spaces between thousands: `1 234 567`.
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// So many things: `1 number`, `1 234 numbers`.
pub fn counted(n: u64, thing: &str) -> String {
    format!("{} {thing}{}", count(n), if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact_where_they_can_be() {
        let cases = [
            (6.0, "6"),
            (-2.5, "-2.5"),
            (0.1f32 as f64, "0.1"),
            (1.0 / 3.0, "0.3333"),
            (1234.56, "1234.6"),
            (32_000_000.0, "3.2e7"),
            (1e-6, "1e-6"),
            (-0.0, "0"),
            (9_999.96, "10000"),
            (99.996, "100"),
            (0.99996, "1"),
            (1e-4, "0.0001"),
            (123_456.7, "123456.7"),
            (1_234_567.0, "1.235e6"),
            (-9.9999e-7, "-1e-6"),
            (1e300, "1e300"),
            (2.5e-300, "2.5e-300"),
            (999_999.0, "999999"),
            (0.00123456, "0.001235"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ];
        for (x, text) in cases {
            assert_eq!(short(x), text);
        }
        assert_eq!(long(std::f64::consts::PI), "3.141593");
        assert_eq!(in_formula(-1.0), "(-1)");
    }

    #[test]
    fn fixed_rounds_and_pads() {
        for (x, decimals, text) in [
            (1.05, 1, "1.1"),
            (-0.04, 1, "0"),
            (12.0, 3, "12"),
            (3.00719, 4, "3.0072"),
            (-2.5, 0, "-3"),
            (0.01, 2, "0.01"),
        ] {
            assert_eq!(fixed(x, decimals), text, "{x}");
        }
    }

    #[test]
    fn numbers_are_read_as_the_standard_library_reads_them() {
        for text in
            ["0", "2.", "-1.5", ".5", "1e-6", "+3", "123456789.25", "6.02E23", "0.1", "-0.30000000000000004"]
        {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1e", "x", "1,5", "0x10", "inf", "nan", "1e999", "--1", "1e1.5"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn shapes_and_counts_read_well() {
        assert_eq!(shape(&[64, 10]), "64 × 10");
        assert_eq!(shape(&[]), "scalar");
        assert_eq!(shape(&[64]), "(64,)");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!((counted(1, "byte").as_str(), counted(0, "byte").as_str()), ("1 byte", "0 bytes"));
        assert_eq!(count(42), "42");
        assert_eq!(count(999), "999");
        assert_eq!(count(1000), "1\u{202f}000");
    }
}
