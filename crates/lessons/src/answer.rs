//! What a typed answer is worth.

use crate::content::{Answer, Question};

/// What a typed answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Right.
    Right,
    /// An answer, but another one.
    Wrong,
    /// No answer to such a question (no number, no shape): say so, rather than calling it wrong.
    Unreadable,
}

impl Question {
    /// Judges what a learner typed, or the text of what they chose.
    ///
    /// A number may be written as `1e5`, with thousands grouped as in `100,000`, with underscores as Python writes them,
    /// or with a typographic minus sign; a shape as `4 × 3`, `4x3`, `(4, 3)` or `torch.Size([4, 3])`. `parse` reads a
    /// plain decimal number: the page has a smaller one than the standard library.
    ///
    /// ```
    /// use gradloom_lessons::{Answer, Question, Verdict};
    /// let answer = Answer::Number { value: 100_000.0, tolerance: 0.0 };
    /// let q = Question { prompt: "".into(), answer, explanation: "".into(), solution: "".into() };
    /// let parse = |text: &str| text.parse().ok();
    /// assert_eq!(q.judge(" 100,000 ", parse), Verdict::Right);
    /// assert_eq!(q.judge("1e5", parse), Verdict::Right);
    /// assert_eq!(q.judge("1,000", parse), Verdict::Wrong);
    /// assert_eq!(q.judge("many", parse), Verdict::Unreadable);
    /// ```
    pub fn judge(&self, typed: &str, parse: impl Fn(&str) -> Option<f64>) -> Verdict {
        let right = match &self.answer {
            Answer::Number { value, tolerance } => ungrouped(typed)
                .and_then(|text| parse(&text))
                .filter(|given| given.is_finite())
                .map(|given| (given - value).abs() <= *tolerance),
            Answer::Shape(sizes) => shape(typed).map(|given| given == *sizes),
            Answer::Choice { options, right } => {
                let given = options.iter().position(|(text, _)| text == typed.trim());
                given.map(|given| given == *right as usize)
            }
        };
        match right {
            Some(true) => Verdict::Right,
            Some(false) => Verdict::Wrong,
            None => Verdict::Unreadable,
        }
    }
}

/// A number as people write it, as a machine reads it.
fn ungrouped(typed: &str) -> Option<String> {
    let text = typed.trim().replace('\u{2212}', "-").replace('_', "");
    let mut groups = text.split(',');
    let mut plain = String::from(groups.next()?);
    let whole = plain.trim_start_matches(['-', '+']).to_owned();
    for group in groups {
        // A comma separates thousands: "1,000" and "1,000.5", but neither "1,5" nor ",000".
        let digits = group.split(['.', 'e', 'E']).next()?;
        if digits.len() != 3 || whole.is_empty() || whole.contains(['.', 'e', 'E']) {
            return None;
        }
        plain.push_str(group);
    }
    Some(plain)
}

/// The sizes in `4 × 3`, `4x3`, `4 by 3`, `(4, 3)`, `[4, 3]`, `torch.Size([4, 3])`; none of them in `()` and `scalar`.
pub(crate) fn shape(typed: &str) -> Option<Vec<u64>> {
    let text = typed.trim().to_ascii_lowercase();
    let text = text.strip_prefix("torch.size").unwrap_or(&text).replace("by", "×");
    if matches!(text.trim_matches(['(', ')', '[', ']', ' ']), "" | "scalar") {
        return (!text.is_empty()).then(Vec::new);
    }
    let signs = |c: char| matches!(c, '×' | 'x' | '*' | ',' | '(' | ')' | '[' | ']' | ' ');
    text.split(signs).filter(|part| !part.is_empty()).map(|part| part.parse().ok()).collect()
}
