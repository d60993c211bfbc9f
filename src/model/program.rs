//! What the text of a program tells: the numbers that a slider can hold, `NAME = torch.tensor(NUMBER…`, and whether it trains.

use super::highlight::is_of_name;
use super::number;

/// A literal with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Knob {
    /// The variable.
    pub name: String,
    /// Its line, from 1.
    pub line: u32,
    /// The number.
    pub value: f64,
    /// Written with a point or an exponent: stays a float.
    pub float: bool,
    /// Bytes of the literal in the program.
    place: (usize, usize),
}

impl Knob {
    /// Smallest and largest value and the step of its slider: −5 to 5 by 0.1, widened to hold the number.
    pub fn range(&self) -> (f64, f64, f64) {
        let mut reach = 5.0;
        while self.value.abs() > reach && reach < 1e9 {
            reach *= if (reach.log10() - 5f64.log10()).fract().abs() < 1e-9 { 2.0 } else { 5.0 };
        }
        let step = if self.float { reach / 50.0 } else { (reach / 50.0).max(1.0).round() };
        (-reach, reach, step)
    }
}

/// Whether a program trains something, by `backward` or by hand with a loss of that name. Where none does, the turns of a
/// loop are no passes, and their number says nothing.
pub fn trains(program: &str) -> bool {
    program.contains(".backward(") || program.contains("loss")
}

/// Whether a program shows figures.
pub fn draws(program: &str) -> bool {
    program.contains(".show(")
}

/// The first assignment of a number to each name, by line.
pub fn knobs(program: &str) -> Vec<Knob> {
    let mut found: Vec<Knob> = Vec::new();
    let mut start = 0;
    for (i, line) in program.split('\n').enumerate() {
        if let Some((name, from, to)) = literal(line)
            && !found.iter().any(|knob| knob.name == name)
            && let Some(text) = line.get(from..to)
            && let Some(value) = number::parse(text)
        {
            found.push(Knob {
                name: name.into(),
                line: i as u32 + 1,
                value,
                float: text.contains(['.', 'e', 'E']),
                place: (start + from, start + to),
            });
        }
        start += line.len() + 1;
    }
    found
}

/// Name and place of the literal in `NAME = torch.tensor(NUMBER` followed by `,` or `)`.
fn literal(line: &str) -> Option<(&str, usize, usize)> {
    let (name, rest) = line.split_once('=')?;
    let name = name.trim_end();
    let letters = name.chars().all(is_of_name);
    if name.is_empty() || !letters || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let argument = rest.trim_start().strip_prefix("torch.tensor(")?.trim_start();
    let from = line.len() - argument.len();
    let sign = usize::from(argument.starts_with('-'));
    let body = argument.get(sign..)?;
    let length = body
        .char_indices()
        .take_while(|(i, c)| {
            let exponent = body.get(..*i).is_some_and(|before| before.ends_with(['e', 'E']));
            c.is_ascii_digit() || *c == '.' || matches!(c, 'e' | 'E') || (matches!(c, '-' | '+') && exponent)
        })
        .count();
    let after = body.get(length..)?.trim_start();
    (length > 0 && after.starts_with([',', ')'])).then_some((name, from, from + sign + length))
}

/// The program with another number in a knob's place, written the way it was: `2.` becomes `3.` or `2.5`.
pub fn turned(program: &str, knob: &Knob, value: f64) -> Option<String> {
    let value = if value.is_finite() { value } else { return None };
    // With four decimals; what is smaller, with its exponent.
    let small = value != 0.0 && value.abs() < 1e-3;
    let mut text = match knob.float {
        true if small || value.abs() >= 1e6 => number::long(value),
        true => number::fixed(value, 4),
        false => number::fixed(value, 0),
    };
    if knob.float && !text.contains(['.', 'e']) {
        text.push('.');
    }
    let (from, to) = knob.place;
    Some(format!("{}{text}{}", program.get(..from)?, program.get(to..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str =
        "import torch\na = torch.tensor(2., requires_grad=True)\nb = torch.tensor(-1.5)\nc = a + b\n";

    #[test]
    fn knobs_are_found_and_turned() {
        let knobs = knobs(PROGRAM);
        let found: Vec<_> = knobs.iter().map(|k| (k.name.as_str(), k.line, k.value)).collect();
        assert_eq!(found, [("a", 2, 2.0), ("b", 3, -1.5)]);
        assert_eq!(turned(PROGRAM, &knobs[0], 4.0).as_deref(), Some(PROGRAM.replace("2.,", "4.,").as_str()));
        assert_eq!(turned(PROGRAM, &knobs[1], 0.3).as_deref(), Some(PROGRAM.replace("-1.5", "0.3").as_str()));
        assert_eq!(turned(PROGRAM, &knobs[0], f64::NAN), None);
    }

    #[test]
    fn only_plain_scalar_literals_have_knobs() {
        for line in [
            "x = torch.tensor([1., 2.])",
            "x = torch.tensor(n)",
            "x == torch.tensor(1.)",
            "x = 1.",
            "x.y = torch.tensor(1.)",
            "x = torch.tensor(1. + 2)",
            "é",
            "=",
            "x = torch.tensor(",
        ] {
            assert_eq!(knobs(line), [], "{line}");
        }
        assert_eq!(knobs("x = torch.tensor(1e-3)")[0].value, 1e-3);
    }

    #[test]
    fn the_range_holds_the_number() {
        let knob = |value, float| Knob { name: "a".into(), line: 1, value, float, place: (0, 0) };
        assert_eq!(knob(2.0, true).range(), (-5.0, 5.0, 0.1));
        assert_eq!(knob(-7.0, true).range(), (-10.0, 10.0, 0.2));
        assert_eq!(knob(30.0, true).range(), (-50.0, 50.0, 1.0));
        assert_eq!(knob(3.0, false).range(), (-5.0, 5.0, 1.0));
    }
}
