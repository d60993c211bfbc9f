//! Arrays as NumPy prints them.
//!
//! Source: <https://github.com/numpy/numpy/blob/main/numpy/_core/arrayprint.py>

use gradloom_engine::{Array, DType, Scalar};

use crate::format::{exponent, fixed, float_repr};

use super::{Shown, positions};

/// What `numpy.set_printoptions` sets.
#[derive(Clone)]
pub struct ArrayOptions {
    /// Digits behind the point, at most.
    pub precision: usize,
    /// Elements from which on an array is summarized.
    pub threshold: usize,
    /// Elements shown at each end of a summarized dimension.
    pub edgeitems: usize,
    /// Characters in a line.
    pub linewidth: usize,
    /// Whether exponents are never written.
    pub suppress: bool,
    /// Whether all of `precision` is written.
    pub fixed: bool,
}

impl Default for ArrayOptions {
    fn default() -> Self {
        ArrayOptions {
            precision: 8,
            threshold: 1000,
            edgeitems: 3,
            linewidth: 75,
            suppress: false,
            fixed: false,
        }
    }
}

/// The digits before and behind the point, at most `PRECISION` of the latter and no zeros at the end: the fewest that
/// give the number back, or the rounded ones.
fn positional(x: f64, single: bool, options: &ArrayOptions) -> (String, String) {
    let shortest = if single { format!("{}", x as f32) } else { format!("{x}") };
    let text = match shortest.split_once('.') {
        Some((_, fraction)) if fraction.len() > options.precision => fixed(x, options.precision),
        _ if options.fixed => fixed(x, options.precision),
        _ => shortest,
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = if options.fixed { fraction } else { fraction.trim_end_matches('0') };
    (whole.to_owned(), fraction.to_owned())
}

/// Digit, point and digits, and the exponent with its sign.
fn scientific(x: f64, single: bool, precision: usize) -> (String, String, i32) {
    let shortest = if single { format!("{:e}", x as f32) } else { format!("{x:e}") };
    let (mantissa, power) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let fraction = mantissa.split_once('.').map_or("", |(_, f)| f);
    let (mantissa, power) = if fraction.len() > precision {
        let rounded = exponent(x, precision);
        let (m, e) = rounded.split_once('e').unwrap_or((&rounded, "0"));
        (m.to_owned(), e.to_owned())
    } else {
        (mantissa.to_owned(), power.to_owned())
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((&mantissa, ""));
    (whole.to_owned(), fraction.trim_end_matches('0').to_owned(), power.parse().unwrap_or(0))
}

/// How the elements of one array are written, all to one width.
enum Formatter {
    Plain { width: usize },
    Fixed { left: usize, right: usize },
    Scientific { left: usize, right: usize, power: usize },
}

impl Formatter {
    fn new(array: &Array, shown: &[usize], scalar: bool, options: &ArrayOptions) -> Formatter {
        let single = array.dtype() == DType::F32;
        match array {
            Array::Bool(_) => return Formatter::Plain { width: if scalar { 0 } else { 5 } },
            Array::I64(v) => {
                let width = shown.iter().filter_map(|&i| v.get(i)).map(|n| n.to_string().len()).max();
                return Formatter::Plain { width: width.unwrap_or(0) };
            }
            _ => {}
        }
        let values: Vec<f64> = shown.iter().filter_map(|&i| array.get(i)).collect();
        let finite: Vec<f64> = values.iter().copied().filter(|x| x.is_finite()).collect();
        let sizes = || finite.iter().map(|x| x.abs()).filter(|x| *x != 0.0);
        let most = sizes().fold(0.0_f64, f64::max);
        let least = sizes().fold(f64::INFINITY, f64::min);
        let cutoff = if single { 1e6 } else { 1e8 };
        let ratio = if single { f64::from(most as f32 / least as f32) } else { most / least };
        let mut formatter = if finite.is_empty() {
            Formatter::Fixed { left: 0, right: 0 }
        } else if !options.suppress && most > 0.0 && (most >= cutoff || least < 1e-4 || ratio > 1000.0) {
            let parts: Vec<_> = finite.iter().map(|&x| scientific(x, single, options.precision)).collect();
            Formatter::Scientific {
                left: parts.iter().map(|p| p.0.len()).max().unwrap_or(0),
                right: parts.iter().map(|p| p.1.len()).max().unwrap_or(0),
                power: parts.iter().map(|p| p.2.abs().to_string().len().max(2)).max().unwrap_or(2),
            }
        } else {
            let parts: Vec<_> = finite.iter().map(|&x| positional(x, single, options)).collect();
            Formatter::Fixed {
                left: parts.iter().map(|p| p.0.len()).max().unwrap_or(0),
                right: parts.iter().map(|p| p.1.len()).max().unwrap_or(0),
            }
        };
        if finite.len() != values.len() {
            let longest = if values.contains(&f64::NEG_INFINITY) { 4 } else { 3 };
            match &mut formatter {
                Formatter::Fixed { left, right } => {
                    *left = (*left).max(usize::saturating_sub(longest, *right + 1))
                }
                Formatter::Scientific { left, right, power } => {
                    *left = (*left).max(usize::saturating_sub(longest, *right + *power + 3));
                }
                Formatter::Plain { .. } => {}
            }
        }
        formatter
    }

    fn write(&self, array: &Array, i: usize, options: &ArrayOptions) -> String {
        let single = array.dtype() == DType::F32;
        match (self, array) {
            (Formatter::Plain { width }, Array::Bool(v)) => {
                let text = if v.get(i) == Some(&true) { "True" } else { "False" };
                format!("{text:>width$}")
            }
            (Formatter::Plain { width }, Array::I64(v)) => {
                format!("{:>width$}", v.get(i).copied().unwrap_or_default())
            }
            (Formatter::Plain { .. }, _) => String::new(),
            (Formatter::Fixed { left, right }, _) => {
                let x = array.get(i).unwrap_or_default();
                if !x.is_finite() {
                    return format!("{:>width$}", special(x), width = left + right + 1);
                }
                let (whole, fraction) = positional(x, single, options);
                format!("{whole:>left$}.{fraction:<right$}")
            }
            (Formatter::Scientific { left, right, power }, _) => {
                let x = array.get(i).unwrap_or_default();
                if !x.is_finite() {
                    return format!("{:>width$}", special(x), width = left + right + power + 3);
                }
                let (whole, fraction, exponent) = scientific(x, single, *right);
                let sign = if exponent < 0 { '-' } else { '+' };
                let size = exponent.unsigned_abs();
                format!("{whole:>left$}.{fraction:0<right$}e{sign}{size:0power$}")
            }
        }
    }
}

fn special(x: f64) -> &'static str {
    if x.is_nan() {
        "nan"
    } else if x > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}

struct Writer<'a> {
    array: &'a Array,
    formatter: Formatter,
    separator: &'a str,
    summarize: bool,
    options: &'a ArrayOptions,
}

impl Writer<'_> {
    /// `indent` is where the line begins, `width` what it may have.
    fn write(&self, shape: &[usize], from: usize, indent: usize, width: usize) -> String {
        let Some((&size, rest)) = shape.split_first() else {
            return self.formatter.write(self.array, from, self.options);
        };
        if size == 0 {
            return "[]".to_owned();
        }
        let step: usize = rest.iter().product();
        let shown = Shown::new(size, self.options.edgeitems, self.summarize);
        let words: Vec<String> = shown
            .indices(size)
            .map(|i| self.write(rest, from + i * step, indent + 1, width.saturating_sub(1)))
            .collect();
        let hang = " ".repeat(indent);
        let mut text = String::new();
        if rest.is_empty() {
            let room = width.saturating_sub(self.separator.trim_end().len().max(1));
            let mut line = hang.clone();
            let last = words.len() + usize::from(shown.gap) - 1;
            let gap = "...".to_owned();
            let mut items: Vec<&String> = words.iter().collect();
            if shown.gap {
                items.insert(shown.head, &gap);
            }
            for (i, word) in items.into_iter().enumerate() {
                if line.len() + word.len() > room && line.len() > indent {
                    text += line.trim_end();
                    text.push('\n');
                    line.clone_from(&hang);
                }
                line += word;
                if i != last {
                    line += self.separator;
                }
            }
            text += &line;
        } else {
            let between = self.separator.trim_end().to_owned() + &"\n".repeat(rest.len());
            let mut items: Vec<String> = words.into_iter().map(|w| hang.clone() + &w).collect();
            if shown.gap {
                items.insert(shown.head, hang.clone() + "...");
            }
            text = items.join(&between);
        }
        format!("[{}]", text.get(indent..).unwrap_or_default())
    }
}

fn body(
    array: &Array,
    shape: &[usize],
    separator: &str,
    prefix: usize,
    width: usize,
    options: &ArrayOptions,
) -> String {
    let count: usize = shape.iter().product();
    if count == 0 {
        return "[]".to_owned();
    }
    let summarize = count > options.threshold;
    let shown = positions(shape, options.edgeitems, summarize);
    let formatter = Formatter::new(array, &shown, shape.is_empty(), options);
    Writer { array, formatter, separator, summarize, options }.write(shape, 0, prefix + 1, width)
}

/// `str(array)`, or with another separator.
pub fn array_str(array: &Array, shape: &[usize], separator: &str, options: &ArrayOptions) -> String {
    match (shape, array.scalar(0)) {
        ([], Some(scalar)) => scalar_str(scalar, array.dtype()),
        _ => body(array, shape, separator, 0, options.linewidth, options),
    }
}

/// `repr(array)`
pub fn array_repr(array: &Array, shape: &[usize], options: &ArrayOptions) -> String {
    const PREFIX: &str = "array(";
    let width = options.linewidth;
    // The last line leaves room for the parenthesis.
    let mut text =
        PREFIX.to_owned() + &body(array, shape, ", ", PREFIX.len(), width.saturating_sub(1), options);
    let mut extras = Vec::new();
    let count: usize = shape.iter().product();
    if (count == 0 && shape != [0]) || count > options.threshold {
        let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
        extras.push(format!("shape=({}{})", sizes.join(", "), if sizes.len() == 1 { "," } else { "" }));
    }
    if array.dtype() == DType::F32 || count == 0 {
        extras.push(format!("dtype={}", array.dtype()));
    }
    if extras.is_empty() {
        return text + ")";
    }
    text.push(',');
    let extra = extras.join(", ") + ")";
    let last = text.len() - text.rfind('\n').map_or(0, |at| at + 1);
    let spacer = if last + extra.len() + 1 > width {
        format!("\n{}", " ".repeat(PREFIX.len()))
    } else {
        " ".to_owned()
    };
    text + &spacer + &extra
}

/// `str` of a number of NumPy's.
pub fn scalar_str(scalar: Scalar, dtype: DType) -> String {
    match scalar {
        Scalar::Bool(true) => "True".to_owned(),
        Scalar::Bool(false) => "False".to_owned(),
        Scalar::Int(i) => i.to_string(),
        Scalar::Float(x) if dtype == DType::F32 && x.is_finite() => {
            let text = format!("{:?}", x as f32);
            // Python's exponents have a sign and two digits.
            match text.split_once('e') {
                Some((mantissa, power)) => {
                    let power: i32 = power.parse().unwrap_or(0);
                    format!("{mantissa}e{}{:02}", if power < 0 { '-' } else { '+' }, power.unsigned_abs())
                }
                None => text,
            }
        }
        Scalar::Float(x) => float_repr(x),
    }
}
