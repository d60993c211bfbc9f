//! Floats: what C's library has and Rust's has not.

/// `x = m · 2ᵉ` with 0.5 ≤ |m| < 1; 0, infinities and NaN stay themselves with 0.
pub fn frexp(x: f64) -> (f64, i32) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    if exponent == 0 {
        let (m, e) = frexp(x * 18_014_398_509_481_984.0);
        return (m, e - 54);
    }
    (f64::from_bits(bits & !(0x7ff << 52) | 1022 << 52), exponent - 1022)
}

/// `x · 2ⁿ`, rounded once.
pub fn ldexp(x: f64, n: i32) -> f64 {
    let power = |e: i32| f64::from_bits(((e + 1023) as u64) << 52);
    let mut x = x;
    let mut n = n;
    for _ in 0..3 {
        if n > 1023 {
            x *= power(1023);
            n -= 1023;
        }
    }
    if n > 1023 {
        return x * power(1023);
    }
    // Going down in steps that leave 53 bits of room, so that only the last one rounds.
    for _ in 0..3 {
        if n < -969 {
            x *= power(-969);
            n += 969;
        }
    }
    if n < -1022 {
        return x * 0.0;
    }
    x * power(n)
}

/// `a // b`; b is not 0.
pub fn floor_div(a: f64, b: f64) -> f64 {
    div_mod(a, b).0
}

/// `a % b`, with the sign of b; b is not 0.
pub fn floor_mod(a: f64, b: f64) -> f64 {
    div_mod(a, b).1
}

/// `divmod(a, b)`; b is not 0.
pub fn div_mod(a: f64, b: f64) -> (f64, f64) {
    let mut rest = a % b;
    let mut quotient = (a - rest) / b;
    if rest != 0.0 {
        if (b < 0.0) != (rest < 0.0) {
            rest += b;
            quotient -= 1.0;
        }
    } else {
        rest = 0.0_f64.copysign(b);
    }
    let floor = if quotient != 0.0 {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    } else {
        0.0_f64.copysign(a / b)
    };
    (floor, rest)
}

/// `float(text)`; `None` where it is none.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.starts_with('_') || text.ends_with('_') || text.contains("__") {
        return None;
    }
    let plain: String = if text.contains('_') {
        // An underscore stands between digits only.
        let bytes = text.as_bytes();
        let between = |i: usize| {
            let digit = |j: Option<&u8>| j.is_some_and(u8::is_ascii_digit);
            i > 0 && digit(bytes.get(i - 1)) && digit(bytes.get(i + 1))
        };
        if bytes.iter().enumerate().any(|(i, &b)| b == b'_' && !between(i)) {
            return None;
        }
        text.replace('_', "")
    } else {
        text.to_owned()
    };
    let body = plain.trim_start_matches(['+', '-']);
    if plain.len() - body.len() > 1 {
        return None;
    }
    let word = body.to_ascii_lowercase();
    let known = matches!(word.as_str(), "inf" | "infinity" | "nan");
    if !known && !body.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    plain.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remainders_have_the_sign_of_the_divisor() {
        // CPython 3.11: divmod(-7.5, 2.0), divmod(7.5, -2.0), divmod(-1e-20, 3.0)
        assert_eq!(div_mod(-7.5, 2.0), (-4.0, 0.5));
        assert_eq!(div_mod(7.5, -2.0), (-4.0, -0.5));
        assert_eq!(div_mod(-1e-20, 3.0), (-1.0, 3.0));
    }

    #[test]
    fn parts_of_a_float() {
        // CPython 3.11: math.frexp(5e-324), math.ldexp(0.5, -1073)
        assert_eq!(frexp(5e-324), (0.5, -1073));
        assert_eq!(ldexp(0.5, -1073), 5e-324);
        assert_eq!(ldexp(0.75, 1024), 1.348269851146737e308);
        assert_eq!(ldexp(1.0, 5000), f64::INFINITY);
    }
}
