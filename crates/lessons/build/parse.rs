//! A lesson's file into its parts: front matter, steps, blocks. Line by line; the prose itself is `html.rs`'s matter,
//! and what stands between `:::` is `block.rs`'s.
//!
//! ```text
//! ---                        front matter: title, group, goal, file
//! title: …
//! ---
//! ## A step                  everything up to the next one
//! look: 4-6                  lines of the program that it is about; may be left out
//! Markdown …
//! :::predict                 or another kind of block, see block.rs
//! …
//! :::
//! ```

use std::fmt;
use std::io;
use std::path::Path;

use crate::block;
use crate::content::{Block, Content, Program, Step};
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
    pub content: Content,
}

/// What is wrong at a line, before the file's name is known.
pub type Fault = (usize, String);

/// Reads a file that stands beside the text.
pub type Read<'a> = &'a dyn Fn(&str) -> io::Result<String>;

/// The programs of a lesson, each once.
pub struct Programs<'a> {
    read: Read<'a>,
    all: Vec<Program>,
}

impl Programs<'_> {
    /// The text of a file named at a line.
    pub fn text(&self, file: &str, line: usize) -> Result<String, Fault> {
        let text = (self.read)(file)
            .map_err(|error| (line, format!("the file '{file}' cannot be read: {error}")))?;
        Ok(text.replace("\r\n", "\n"))
    }

    /// The index of the program in this file.
    pub fn index(&mut self, file: &str, line: usize) -> Result<u32, Fault> {
        if let Some(known) = self.all.iter().position(|program| program.file == file) {
            return Ok(known as u32);
        }
        let source = self.text(file, line)?;
        self.all.push(Program { file: file.to_string(), source });
        Ok(self.all.len() as u32 - 1)
    }
}

/// A lesson from its folder's name and its text; `read` reads a file beside it.
pub fn lesson(path: &Path, folder: &str, text: &str, read: Read) -> Result<Lesson, Error> {
    let at = |line: usize, message: String| Error::new(path, line, message);
    let (number, slug) = name(folder).ok_or_else(|| {
        let like = "two digits, a hyphen, and a-z 0-9 -";
        at(0, format!("the folder '{folder}' must be named like '07-tensors': {like}"))
    })?;
    let text = text.replace("\r\n", "\n");
    let lines: Vec<&str> = text.lines().collect();
    let (fields, start) = front_matter(&lines).map_err(|(line, message)| at(line, message))?;
    let take = |key: &str| -> Result<String, Error> {
        let found = fields.iter().find(|(name, _)| *name == key).map(|(_, value)| value.to_string());
        found.ok_or_else(|| at(1, format!("the front matter has no '{key}'")))
    };
    let (title, group, goal, file) = (take("title")?, take("group")?, take("goal")?, take("file")?);
    let mut programs = Programs { read, all: Vec::new() };
    programs.index(&file, 1).map_err(|(line, message)| at(line, message))?;
    let steps = steps(&lines, start, &mut programs).map_err(|(line, message)| at(line, message))?;
    let has = |wanted: fn(&Block) -> bool| steps.iter().flat_map(|step| &step.blocks).any(wanted);
    if slug != "playground" {
        if !has(|block| matches!(block, Block::Exercise(_) | Block::Code(_))) {
            return Err(at(
                0,
                "a lesson has at least one :::exercise or :::code, this one has none".to_string(),
            ));
        }
        if !has(|block| matches!(block, Block::Predict(_))) {
            return Err(at(0, "a lesson has at least one :::predict, this one has none".to_string()));
        }
    }
    Ok(Lesson { number, slug, title, group, goal, content: Content { programs: programs.all, steps } })
}

/// `07-tensors` is lesson 7, `tensors`.
fn name(folder: &str) -> Option<(u8, String)> {
    let (number, slug) = folder.split_once('-')?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let valid = number.len() == 2 && !slug.is_empty() && slug.chars().all(plain);
    Some((number.parse().ok().filter(|n| *n > 0 && valid)?, slug.to_string()))
}

/// `key: value` of one line.
pub fn field(line: &str, number: usize) -> Result<(&str, &str), Fault> {
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
            let fields = "the fields are title, group, goal, file";
            return Err((index + 1, format!("there is no field '{key}'; {fields}")));
        }
        if fields.iter().any(|(name, _)| *name == key) {
            return Err((index + 1, format!("'{key}' is given twice")));
        }
        fields.push((key, value));
    }
    Err((1, "the front matter has no second line '---'".to_string()))
}

/// The steps, from the line with index `start` on.
fn steps(lines: &[&str], start: usize, programs: &mut Programs) -> Result<Vec<Step>, Fault> {
    let mut steps: Vec<Step> = Vec::new();
    let mut prose: Vec<&str> = Vec::new();
    let mut prose_start = start;
    let mut in_code = false;
    let mut index = start;
    while let Some(&line) = lines.get(index) {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        let title = line.strip_prefix("## ").filter(|_| !in_code);
        let kind = line.strip_prefix(":::").filter(|_| !in_code);
        if title.is_none() && kind.is_none() {
            prose.push(line);
            index += 1;
            continue;
        }
        flush(&mut steps, &mut prose, prose_start)?;
        if let Some(title) = title {
            close(&steps, index)?;
            let look = lines.get(index + 1).and_then(|line| line.strip_prefix("look:"));
            let look = look.map(|text| {
                lines_of(text, programs).ok_or_else(|| {
                    let program = "'look' names lines of the opening program";
                    (
                        index + 2,
                        format!("{program}, as in 'look: 4-6' or 'look: 7'; this is '{}'", text.trim()),
                    )
                })
            });
            steps.push(Step { title: title.trim().to_string(), look: look.transpose()?, blocks: Vec::new() });
            index += 1 + usize::from(look_follows(lines, index));
        } else if let Some(kind) = kind {
            let end = (index + 1..lines.len())
                .find(|i| lines.get(*i).is_some_and(|line| line.trim_end() == ":::"))
                .ok_or_else(|| (index + 1, "this block is not ended by a line ':::'".to_string()))?;
            let inside = lines.get(index + 1..end).unwrap_or_default();
            let block = block::read(kind.trim(), inside, index + 1, programs)?;
            let step = steps
                .last_mut()
                .ok_or_else(|| (index + 1, "a block needs a '## ' step above it".to_string()))?;
            step.blocks.push(block);
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

fn look_follows(lines: &[&str], heading: usize) -> bool {
    lines.get(heading + 1).is_some_and(|line| line.starts_with("look:"))
}

/// First and last line of `4-6` or `7`, within the opening program.
fn lines_of(text: &str, programs: &Programs) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last): (u32, u32) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let lines = programs.all.first()?.source.lines().count() as u32;
    (first >= 1 && first <= last && last <= lines).then_some((first, last))
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
