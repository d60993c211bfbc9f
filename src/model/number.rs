//! Numbers as the page writes them: short, the same everywhere.

use gradloom_protocol::Summary;

/// At most four significant digits, no useless zeros: `3`, `0.3333`, `1.5e-6`, `-2.5`, `nan`.
pub fn short(x: f64) -> String {
    digits(x, 4)
}

/// Seven significant digits, as much as a `float32` holds: for tooltips.
pub fn long(x: f64) -> String {
    digits(x, 7)
}

fn digits(x: f64, significant: usize) -> String {
    if x.is_nan() {
        return "nan".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "inf".into() } else { "-inf".into() };
    }
    if x == 0.0 {
        return "0".into();
    }
    let size = x.abs();
    if x.fract() == 0.0 && size < 1e6 {
        return format!("{x:.0}");
    }
    if !(1e-4..1e6).contains(&size) {
        let text = format!("{x:.*e}", significant - 1);
        return match text.split_once('e') {
            Some((mantissa, exponent)) => format!("{}e{exponent}", trimmed(mantissa)),
            None => text,
        };
    }
    // The number of digits before the point; 0 and less for 0.0…: then more decimals are wanted.
    let before = size.log10().floor() as i32 + 1;
    let decimals = (significant as i32 - before).max(1) as usize;
    trimmed(&format!("{x:.decimals$}")).into()
}

fn trimmed(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

/// A number inside a formula: negative ones in parentheses.
pub fn in_formula(x: f64) -> String {
    if x < 0.0 { format!("({})", short(x)) } else { short(x) }
}

/// `64 × 10`; `scalar` without dimensions.
pub fn shape(sizes: &[u64]) -> String {
    if sizes.is_empty() {
        return "scalar".into();
    }
    sizes.iter().map(u64::to_string).collect::<Vec<_>>().join(" × ")
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
    fn shapes_and_counts_read_well() {
        assert_eq!(shape(&[64, 10]), "64 × 10");
        assert_eq!(shape(&[]), "scalar");
        assert_eq!(count(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(42), "42");
    }
}
