//! A lesson's file into its parts: front matter, steps, blocks. Line by line; the prose itself is `html.rs`'s matter.
//!
//! ```text
//! ---                        front matter: title, group, goal, file
//! title: …
//! ---
//! ## A step                  everything up to the next one
//! Markdown …
//! :::predict                 or :::exercise
//! answer: 5
//! tolerance: 0.1             may be left out: 0
//!
//! The question, in Markdown.
//! ---
//! The explanation, in Markdown.
//! ---
//! A program, as plain Python, whose last printed line is the answer.
//! :::
//! ```

use std::fmt;
use std::io;
use std::path::Path;

use crate::html;

/// What is wrong with a lesson, and where.
#[derive(Debug, PartialEq)]
pub struct Error {
    path: String,
    line: usize,
    message: String,
}

impl Error {
    /// `line` counts from 1; 0 means the file as a whole.
    pub fn new(path: &Path, line: usize, message: impl Into<String>) -> Self {
        Error { path: path.display().to_string(), line, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// See `Lesson` of the crate, whose fields these are.
#[derive(Debug, PartialEq)]
pub struct Lesson {
    pub number: u8,
    pub slug: String,
    pub title: String,
    pub group: String,
    pub goal: String,
    pub file: String,
    pub program: String,
    pub steps: Vec<Step>,
}

#[derive(Debug, PartialEq)]
pub struct Step {
    pub title: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, PartialEq)]
pub enum Block {
    Html(String),
    Predict(Question),
    Exercise(Question),
}

#[derive(Debug, PartialEq)]
pub struct Question {
    pub prompt: String,
    pub answer: f64,
    pub tolerance: f64,
    pub explanation: String,
    pub solution: String,
}

/// A lesson from its folder's name and its text; `program` reads a file beside it.
pub fn lesson(
    path: &Path,
    folder: &str,
    text: &str,
    program: impl FnOnce(&str) -> io::Result<String>,
) -> Result<Lesson, Error> {
    let at = |line: usize, message: String| Error::new(path, line, message);
    let (number, slug) = name(folder).ok_or_else(|| {
        at(
            0,
            format!(
                "the folder '{folder}' must be named like '07-tensors': two digits, a hyphen, and a-z 0-9 -"
            ),
        )
    })?;
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let (fields, start) = front_matter(&lines).map_err(|(line, message)| at(line, message))?;
    let take = |key: &str| -> Result<String, Error> {
        let found = fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value.to_string());
        found.ok_or_else(|| at(1, format!("the front matter has no '{key}'")))
    };
    let (title, group, goal, file) = (take("title")?, take("group")?, take("goal")?, take("file")?);
    let program =
        program(&file).map_err(|error| at(1, format!("the program '{file}' cannot be read: {error}")))?;
    let steps = steps(&lines, start).map_err(|(line, message)| at(line, message))?;
    let count = |exercise: bool| {
        let blocks = steps.iter().flat_map(|step| &step.blocks);
        blocks
            .filter(|b| matches!((b, exercise), (Block::Exercise(_), true) | (Block::Predict(_), false)))
            .count()
    };
    if count(true) != 1 {
        return Err(at(0, format!("a lesson has exactly one :::exercise, this one has {}", count(true))));
    }
    if count(false) == 0 {
        return Err(at(0, "a lesson has at least one :::predict, this one has none".to_string()));
    }
    Ok(Lesson { number, slug, title, group, goal, file, program: program.replace("\r\n", "\n"), steps })
}

/// `07-tensors` is lesson 7, `tensors`.
fn name(folder: &str) -> Option<(u8, String)> {
    let (number, slug) = folder.split_once('-')?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let valid = number.len() == 2 && !slug.is_empty() && slug.chars().all(plain);
    Some((number.parse().ok().filter(|n| *n > 0 && valid)?, slug.to_string()))
}

/// What is wrong at a line, before the file's name is known.
type Fault = (usize, String);

/// `key: value` of one line.
fn field(line: &str, number: usize) -> Result<(&str, &str), Fault> {
    let (key, value) =
        line.split_once(':').ok_or_else(|| (number, format!("expected 'key: value', found '{line}'")))?;
    match value.trim() {
        "" => Err((number, format!("'{}' has no value", key.trim()))),
        value => Ok((key.trim(), value)),
    }
}

/// Fields of a lesson's head, as keys and values.
type Fields<'a> = Vec<(&'a str, &'a str)>;

/// The fields at the top, and the index of the first line after them.
fn front_matter<'a>(lines: &[&'a str]) -> Result<(Fields<'a>, usize), Fault> {
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return Err((1, "a lesson begins with a line '---' and its title, group, goal and file".to_string()));
    }
    let mut fields: Fields = Vec::new();
    for (index, line) in lines.iter().enumerate().skip(1) {
        if line.trim_end() == "---" {
            return Ok((fields, index + 1));
        }
        let (key, value) = field(line, index + 1)?;
        if !["title", "group", "goal", "file"].contains(&key) {
            return Err((
                index + 1,
                format!("there is no field '{key}'; the fields are title, group, goal, file"),
            ));
        }
        if fields.iter().any(|(name, _)| *name == key) {
            return Err((index + 1, format!("'{key}' is given twice")));
        }
        fields.push((key, value));
    }
    Err((1, "the front matter does not end with a line '---'".to_string()))
}

/// The steps from line index `start` on.
fn steps(lines: &[&str], start: usize) -> Result<Vec<Step>, Fault> {
    let mut steps: Vec<Step> = Vec::new();
    let mut prose: Vec<&str> = Vec::new();
    let mut prose_start = start;
    let mut fenced = false;
    let mut index = start;
    while let Some(&line) = lines.get(index) {
        let heading = line.strip_prefix("## ").filter(|_| !fenced);
        let kind = line.strip_prefix(":::").map(str::trim).filter(|_| !fenced);
        if heading.is_none() && kind.is_none() {
            fenced ^= line.trim_start().starts_with("```");
            prose.push(line);
            index += 1;
            continue;
        }
        flush(&mut steps, &mut prose, prose_start)?;
        if let Some(title) = heading {
            close(&steps, index)?;
            steps.push(Step { title: title.trim().to_string(), blocks: Vec::new() });
            index += 1;
        } else {
            let make = match kind {
                Some("predict") => Block::Predict,
                Some("exercise") => Block::Exercise,
                other => {
                    let found = other.unwrap_or_default();
                    return Err((
                        index + 1,
                        format!(
                            "':::{found}' is no block; there are :::predict and :::exercise, ended by :::"
                        ),
                    ));
                }
            };
            let end = (index + 1..lines.len())
                .find(|i| lines.get(*i).is_some_and(|line| line.trim_end() == ":::"))
                .ok_or_else(|| (index + 1, "this block is not ended by a line ':::'".to_string()))?;
            let question = question(lines.get(index + 1..end).unwrap_or_default(), index + 1)?;
            let step = steps
                .last_mut()
                .ok_or_else(|| (index + 1, "a block needs a '## ' step above it".to_string()))?;
            step.blocks.push(make(question));
            index = end + 1;
        }
        prose_start = index;
    }
    flush(&mut steps, &mut prose, prose_start)?;
    close(&steps, lines.len().saturating_sub(1))?;
    if steps.is_empty() {
        return Err((start + 1, "a lesson needs at least one step, '## ' and its title".to_string()));
    }
    Ok(steps)
}

/// Refuses a step with nothing under it, seen at the line index where it ends.
fn close(steps: &[Step], index: usize) -> Result<(), Fault> {
    match steps.last() {
        Some(step) if step.blocks.is_empty() => {
            Err((index + 1, format!("nothing stands under '## {}' above", step.title)))
        }
        _ => Ok(()),
    }
}

/// Moves the prose gathered since line index `start` into the current step.
fn flush(steps: &mut [Step], prose: &mut Vec<&str>, start: usize) -> Result<(), Fault> {
    let text = prose.join("\n");
    prose.clear();
    if text.trim().is_empty() {
        return Ok(());
    }
    let html = html::render(&text, start + 1)?;
    let step = steps.last_mut().ok_or_else(|| (start + 1, "text before the first '## ' step".to_string()))?;
    step.blocks.push(Block::Html(html));
    Ok(())
}

/// A question from the lines between `:::kind` and `:::`; the first of them has the index `start`.
fn question(lines: &[&str], start: usize) -> Result<Question, Fault> {
    let (mut answer, mut tolerance) = (None, 0.0);
    let mut index = 0;
    while let Some(line) = lines.get(index).filter(|line| !line.trim().is_empty()) {
        let here = start + index + 1;
        let (key, value) = field(line, here)?;
        let number = value.parse::<f64>().ok().filter(|n| n.is_finite());
        let number = number.ok_or_else(|| (here, format!("'{value}' is not a number")))?;
        match key {
            "answer" => answer = Some(number),
            "tolerance" if number >= 0.0 => tolerance = number,
            "tolerance" => return Err((here, "a tolerance cannot be negative".to_string())),
            _ => {
                return Err((
                    here,
                    format!("there is no field '{key}'; the fields are answer and tolerance"),
                ));
            }
        }
        index += 1;
    }
    let answer = answer.ok_or_else(|| (start, "the block does not begin with 'answer: …'".to_string()))?;
    let mut parts: Vec<(usize, Vec<&str>)> = vec![(start + index, Vec::new())];
    for (i, line) in lines.iter().enumerate().skip(index) {
        // The program comes last and may hold any line.
        if line.trim_end() == "---" && parts.len() < 3 {
            parts.push((start + i + 1, Vec::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push(line);
        }
    }
    let [(prompt_at, prompt), (explanation_at, explanation), (_, solution)] = parts.as_slice() else {
        return Err((
            start,
            "a block has three parts, question, explanation and program, with a line '---' between them"
                .to_string(),
        ));
    };
    let part = |lines: &[&str], at: usize, what: &str| match lines.join("\n") {
        text if text.trim().is_empty() => Err((at + 1, format!("the {what} is empty"))),
        text => html::render(&text, at + 1),
    };
    let solution = solution.join("\n").trim().to_string();
    if !solution.contains("print") {
        return Err((
            start,
            "the block's program prints nothing, so its answer cannot be tested".to_string(),
        ));
    }
    Ok(Question {
        prompt: part(prompt, *prompt_at, "question")?,
        answer,
        tolerance,
        explanation: part(explanation, *explanation_at, "explanation")?,
        solution: solution + "\n",
    })
}
