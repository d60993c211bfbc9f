//! The lessons as finished data: prose as HTML with its formulas as MathML, programs as text, questions with their
//! answers.
//!
//! Everything is made at build time from `content/NN-slug/lesson.md` and the program beside it, so that the page
//! carries strings and no parser. `content/README.md` describes the format; adding a lesson means adding files there.
//!
//! ```
//! let lesson = gradloom_lessons::lesson("expression").expect("lesson 1 is always there");
//! assert_eq!((lesson.number, lesson.file), (1, "expression.py"));
//! ```

#[cfg(test)]
#[path = "../build/html.rs"]
mod html;
#[cfg(test)]
#[path = "../build/parse.rs"]
mod parse;

/// One lesson of the ladder.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lesson {
    /// Its number on the ladder, from 1.
    pub number: u8,
    /// Its name in addresses, such as `expression`: lower-case letters, digits and hyphens.
    pub slug: &'static str,
    /// Its title, as plain text.
    pub title: &'static str,
    /// The part of the ladder that it stands in, as plain text; neighbors with the same text form a group.
    pub group: &'static str,
    /// What the learner can do or understand afterwards: one sentence of plain text.
    pub goal: &'static str,
    /// The name of the program's file, such as `expression.py`.
    pub file: &'static str,
    /// The program that the lesson opens with.
    pub program: &'static str,
    /// The prose, in reading order; never empty.
    pub steps: &'static [Step],
}

/// A part of a lesson: a heading and what stands under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The heading, as plain text.
    pub title: &'static str,
    /// What stands under it, in order; never empty.
    pub blocks: &'static [Block],
}

/// A piece of a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Block {
    /// Prose as well-formed HTML. A value stands in `<span class="v">`, a gradient in `<span class="g">`; inside
    /// formulas the same classes stand on MathML elements. It holds no script and no style.
    Html(&'static str),
    /// *Predict, then reveal*: the learner says a number first; the explanation is shown afterwards, right or wrong.
    Predict(Question),
    /// The lesson's checked exercise; there is one in each lesson.
    Exercise(Question),
}

/// A question whose answer is a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    /// What is asked, as HTML.
    pub prompt: &'static str,
    /// The right answer.
    pub answer: f64,
    /// How far an accepted answer may lie from it: `|given - answer| <= tolerance`.
    pub tolerance: f64,
    /// Why it is so, as HTML.
    pub explanation: &'static str,
    /// A program whose last printed line is the answer. Tests run it, so no answer is only somebody's claim; a page
    /// can offer it once the question is answered.
    pub solution: &'static str,
}

/// What a typed answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Within the tolerance.
    Right,
    /// A number, but another one.
    Wrong,
    /// No number: say so, rather than calling it wrong.
    NotANumber,
}

impl Question {
    /// Judges what a learner typed: a decimal number, also as `1e5`, with thousands grouped as in `100,000`, with
    /// underscores as Python writes them, or with a typographic minus sign.
    ///
    /// ```
    /// use gradloom_lessons::{Question, Verdict};
    /// let q = Question { prompt: "", answer: 100_000.0, tolerance: 0.0, explanation: "", solution: "" };
    /// assert_eq!(q.check(" 100,000 "), Verdict::Right);
    /// assert_eq!(q.check("1e5"), Verdict::Right);
    /// assert_eq!(q.check("1,000"), Verdict::Wrong);
    /// assert_eq!(q.check("many"), Verdict::NotANumber);
    /// ```
    pub fn check(&self, typed: &str) -> Verdict {
        match number(typed) {
            None => Verdict::NotANumber,
            Some(given) if (given - self.answer).abs() <= self.tolerance => Verdict::Right,
            Some(_) => Verdict::Wrong,
        }
    }
}

/// The finite number that a person typed, if it is one.
fn number(typed: &str) -> Option<f64> {
    let text = typed.trim().replace('\u{2212}', "-").replace('_', "");
    let mut groups = text.split(',');
    let first = groups.next()?;
    let mut joined = String::from(first);
    for group in groups {
        // A comma separates thousands: "1,000" and "1,000.5", but neither "1,5" nor ",000".
        let digits = group.split(['.', 'e', 'E']).next()?;
        let whole = first.trim_start_matches(['-', '+']);
        if digits.len() != 3 || whole.is_empty() || whole.contains(['.', 'e', 'E']) {
            return None;
        }
        joined.push_str(group);
    }
    joined.parse::<f64>().ok().filter(|value| value.is_finite())
}

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// The lesson with this name in its address.
pub fn lesson(slug: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.slug == slug)
}

#[cfg(test)]
mod tests;
