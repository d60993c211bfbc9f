//! What a lesson consists of. The build script makes these records, the page reads them.

use serde::{Deserialize, Serialize};

/// A lesson's text and programs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Its programs; the first is the one that the lesson opens with.
    pub programs: Vec<Program>,
    /// The prose, in reading order; never empty.
    pub steps: Vec<Step>,
}

/// A program of a lesson.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// The name of its file, such as `expression.py`.
    pub file: String,
    /// Its text.
    pub source: String,
}

/// A part of a lesson: a heading and what stands under it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The heading, as plain text.
    pub title: String,
    /// First and last line of the opening program that the step is about.
    pub look: Option<(u32, u32)>,
    /// What stands under it, in order; never empty.
    pub blocks: Vec<Block>,
}

/// A piece of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Prose as well-formed HTML. A value stands in `<span class="v">`, a gradient in `<span class="g">`; inside
    /// formulas the same classes stand on MathML elements. It holds no script and no style.
    Html(String),
    /// A program to open in the cell.
    Program {
        /// Its index in [`Content::programs`].
        program: u32,
        /// What it is, as HTML; may be empty.
        caption: String,
    },
    /// A field on which points are set, moved and taken away: they are written into a program, which runs again.
    Points(Points),
    /// *Predict, then reveal*: the learner says an answer first; the explanation is shown afterwards, right or wrong.
    Predict(Question),
    /// An exercise with an answer to be found.
    Exercise(Question),
    /// An exercise to be programmed.
    Code(Challenge),
}

/// A field of points, which are a list of pairs of a program: `points = [(0.5, 1.0), (2.0, 3.5)]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Points {
    /// The program's index in [`Content::programs`].
    pub program: u32,
    /// The name of the list.
    pub name: String,
    /// Left and right end of the field.
    pub x: (f64, f64),
    /// Its lower and upper end.
    pub y: (f64, f64),
    /// What it is, as HTML; may be empty.
    pub caption: String,
}

/// A question with one right answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// What is asked, as HTML.
    pub prompt: String,
    /// The right answer.
    pub answer: Answer,
    /// Why it is so, as HTML.
    pub explanation: String,
    /// A program whose last printed line is the answer. Tests run it, so no answer is only somebody's claim; a page
    /// can offer it once the question is answered.
    pub solution: String,
}

/// What the answer to a question is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// A number: right is what lies within the tolerance, `|given - value| <= tolerance`.
    Number {
        /// The number.
        value: f64,
        /// How far an accepted answer may lie from it.
        tolerance: f64,
    },
    /// The shape of a tensor, such as 4 × 3; without sizes, a scalar.
    Shape(Vec<u64>),
    /// One of several texts.
    Choice {
        /// Each as written in the lesson, and as HTML; at least two.
        options: Vec<(String, String)>,
        /// Index of the right one.
        right: u32,
    },
}

/// A programming exercise. The check runs after the learner's program, in the same session and with the same names; it
/// passes if it ends without an exception. The message of a failed assertion tells the learner what is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Challenge {
    /// What is asked, as HTML.
    pub prompt: String,
    /// Index in [`Content::programs`] of what the learner starts from.
    pub starter: u32,
    /// The check, as Python.
    pub check: String,
    /// Hints as HTML, to be shown one by one.
    pub hints: Vec<String>,
    /// What there is to understand, as HTML, shown once it is solved.
    pub explanation: String,
    /// A program that passes.
    pub solution: String,
}

impl Challenge {
    /// The learner's program with the check behind it, and the number of lines that are the learner's.
    pub fn with_check(&self, program: &str) -> (String, u32) {
        let program = program.trim_end();
        (format!("{program}\n\n{}", self.check), program.lines().count() as u32)
    }
}
