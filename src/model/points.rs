//! A list of pairs in a program, `NAME = [(0.5, 1.0), (2.0, 3.5)]`, that can be drawn and changed.

use super::number;

/// Longest line that is written.
const WIDTH: usize = 60;

/// A list of pairs of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The pairs.
    pub pairs: Vec<(f64, f64)>,
    name: String,
    /// First byte of the statement, and one past its last.
    place: (usize, usize),
}

/// The list of that name; `None` where the program has none, or one with something else than pairs of numbers.
pub fn points(program: &str, name: &str) -> Option<Points> {
    let mut from = 0;
    for line in program.split_inclusive('\n') {
        let rest = line.strip_prefix(name).map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
        if let Some(list) = rest.and_then(|rest| rest.trim_start().strip_prefix('[')) {
            let start = from + line.len() - list.len();
            let body = program.get(start..)?;
            let length = body.find(']')?;
            let pairs = pairs(body.get(..length)?)?;
            return Some(Points { pairs, name: name.into(), place: (from, start + length + 1) });
        }
        from += line.len();
    }
    None
}

fn pairs(text: &str) -> Option<Vec<(f64, f64)>> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (pair, after) = rest.strip_prefix('(')?.split_once(')')?;
        let (x, y) = pair.split_once(',')?;
        pairs.push((number::parse(x.trim())?, number::parse(y.trim())?));
        rest = after.trim_start();
        rest = match rest.strip_prefix(',') {
            Some(rest) => rest.trim_start(),
            None if rest.is_empty() => rest,
            None => return None,
        };
    }
    Some(pairs)
}

impl Points {
    /// The program with other pairs in the place of these.
    pub fn written(&self, program: &str, pairs: &[(f64, f64)]) -> Option<String> {
        let number = |x: f64| {
            let text = number::fixed(x, 2);
            if text.contains('.') { text } else { format!("{text}.0") }
        };
        let mut text = format!("{} = [", self.name);
        let mut line = text.len();
        for (i, (x, y)) in pairs.iter().enumerate() {
            let pair = format!("({}, {})", number(*x), number(*y));
            let comma = if i == 0 { "" } else { ", " };
            if line + comma.len() + pair.len() > WIDTH {
                text.push_str(comma.trim_end());
                text.push_str("\n    ");
                line = 4;
            } else {
                text.push_str(comma);
                line += comma.len();
            }
            line += pair.len();
            text.push_str(&pair);
        }
        text.push(']');
        Some(format!("{}{text}{}", program.get(..self.place.0)?, program.get(self.place.1..)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str =
        "import torch\npoints = [(0.5, 1), (2., -3.5),\n    (4, 1e1)]  # mine\nprint(points)\n";

    #[test]
    fn a_list_of_pairs_is_read_and_written() {
        let list = points(PROGRAM, "points").expect("three pairs");
        assert_eq!(list.pairs, [(0.5, 1.0), (2.0, -3.5), (4.0, 10.0)]);
        let written = list.written(PROGRAM, &[(0.5, 1.0), (2.0, -3.456)]).expect("in its place");
        assert_eq!(written, "import torch\npoints = [(0.5, 1.0), (2.0, -3.46)]  # mine\nprint(points)\n");
        let empty = list.written(PROGRAM, &[]).expect("in its place");
        assert_eq!(points(&empty, "points").map(|list| list.pairs), Some(Vec::new()));
    }

    #[test]
    fn long_lists_have_several_lines_and_are_read_again() {
        let list = points(PROGRAM, "points").expect("three pairs");
        let many: Vec<(f64, f64)> = (0..20).map(|i| (f64::from(i), f64::from(i) / 4.0)).collect();
        let written = list.written(PROGRAM, &many).expect("in its place");
        assert!(written.lines().all(|line| line.len() <= 70), "{written}");
        assert_eq!(points(&written, "points").map(|list| list.pairs), Some(many));
    }

    #[test]
    fn other_lists_are_left_alone() {
        for text in [
            "points = [1, 2]",
            "points = [(1, 2), x]",
            "points = [(1, n)]",
            "x = [(1, 2)]",
            "points = [(1, 2)",
        ] {
            assert_eq!(points(text, "points"), None, "{text}");
        }
        assert_eq!(points("# points = [(1, 2)]\n", "points"), None);
    }
}
