//! Digits of floats.

/// The digits of a finite number and its decimal exponent: `1.5e-7` is `("15", -7)`.
fn digits(scientific: &str) -> (String, i32) {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    (mantissa.chars().filter(char::is_ascii_digit).collect(), exponent.parse().unwrap_or(0))
}

/// `repr(x)`: the shortest digits that give x again, as CPython places them.
pub fn float_repr(x: f64) -> String {
    if let Some(text) = special(x) {
        return text.to_owned();
    }
    let mut shortest = format!("{:e}", x.abs());
    // Of two shortest texts as near to x the even one.
    let even = format!("{:.*e}", digits(&shortest).0.len() - 1, x.abs());
    if even.parse() == Ok(x.abs()) {
        shortest = even;
    }
    let (digits, exponent) = digits(&shortest);
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let n = digits.len() as i32;
    if !(-4..16).contains(&exponent) {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{sign}{first}{point}{rest}{}", exponent_text(exponent));
    }
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    if n <= exponent + 1 {
        return format!("{sign}{digits}{}.0", "0".repeat((exponent + 1 - n) as usize));
    }
    let (whole, rest) = digits.split_at((exponent + 1) as usize);
    format!("{sign}{whole}.{rest}")
}

fn special(x: f64) -> Option<&'static str> {
    match (x.is_nan(), x.is_infinite(), x > 0.0) {
        (true, ..) => Some("nan"),
        (_, true, true) => Some("inf"),
        (_, true, false) => Some("-inf"),
        _ => None,
    }
}

fn exponent_text(exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("e{sign}{:02}", exponent.abs())
}

/// `x` with so many digits after the point: C's `%.*f`.
pub fn fixed(x: f64, precision: usize) -> String {
    special(x).map_or_else(|| format!("{x:.precision$}"), str::to_owned)
}

/// `x` with an exponent and so many digits after the point: C's `%.*e`.
pub fn exponent(x: f64, precision: usize) -> String {
    if let Some(text) = special(x) {
        return text.to_owned();
    }
    let text = format!("{x:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    format!("{mantissa}{}", exponent_text(exponent.parse().unwrap_or(0)))
}

/// `x` with so many digits in all, with an exponent where it is small or large: C's `%.*g`. `full` keeps zeros at the
/// end; `limit` is the exponent from which on one is shown.
pub(super) fn general(x: f64, precision: usize, full: bool, limit: Option<i32>) -> String {
    if let Some(text) = special(x) {
        return text.to_owned();
    }
    let precision = precision.max(1);
    let scientific = format!("{:.*e}", precision - 1, x);
    let power: i32 = scientific.split_once('e').and_then(|(_, e)| e.parse().ok()).unwrap_or(0);
    let strip = |text: String| {
        if full || !text.contains('.') {
            return text;
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if power < -4 || power >= limit.unwrap_or(precision as i32) {
        let (mantissa, _) = scientific.split_once('e').unwrap_or((&scientific, ""));
        return format!("{}{}", strip(mantissa.to_owned()), exponent_text(power));
    }
    strip(fixed(x, (precision as i32 - 1 - power).max(0) as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_digits() {
        // CPython 3.11: repr of each
        for (x, text) in [
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (123_456_789_012_345_680.0, "1.2345678901234568e+17"),
            (1e-5, "1e-05"),
            (0.0001, "0.0001"),
            (-0.0, "-0.0"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (1.5e-7, "1.5e-07"),
            (100.0, "100.0"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(float_repr(x), text);
        }
    }

    #[test]
    fn ties_go_to_even() {
        // CPython 3.11: '%.0f' % 0.5, 1.5, 2.5; '%.1f' % 0.25, 0.35; '%.2f' % 2.675; '%.2e' % 1.125; '%.3g' % 1e-5
        assert_eq!(fixed(0.5, 0), "0");
        assert_eq!(fixed(1.5, 0), "2");
        assert_eq!(fixed(2.5, 0), "2");
        assert_eq!(fixed(0.25, 1), "0.2");
        assert_eq!(fixed(0.35, 1), "0.3");
        assert_eq!(fixed(2.675, 2), "2.67");
        assert_eq!(exponent(1.125, 2), "1.12e+00");
        assert_eq!(general(1e-5, 3, false, None), "1e-05");
        assert_eq!(general(1234567.0, 6, false, None), "1.23457e+06");
        assert_eq!(general(100000.0, 6, false, None), "100000");
    }
}
