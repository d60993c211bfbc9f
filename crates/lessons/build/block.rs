//! What stands between `:::kind` and `:::`: fields, an empty line, and parts with `---` between them.
//!
//! ```text
//! :::program file.py         :::predict, :::exercise     :::code starter.py
//! A caption.                 answer: 5                   check: check.py
//! :::                        tolerance: 0.1              solution: solution.py
//!
//!                            The question.               What is asked.
//!                            ---                         ---
//!                            The explanation.            A hint; there may be several, or none.
//!                            ---                         ---
//!                            A program, whose last       The explanation.
//!                            printed line is the answer. :::
//!                            :::
//! ```
//!
//! `:::points file.py` has the fields `name: points`, `x: 0 to 10` and `y: 0 to 10`, an empty line, and a caption.
//!
//! Instead of `answer: 5` a question may have `shape: 4 × 3`, or several lines `choice: …` and one `right: …`.

use crate::content::{Answer, Block, Challenge, Points, Question};
use crate::html;
use crate::parse::{Fault, Programs, field};

/// A block of a kind, from the lines inside of it; the block begins at line `start`.
pub fn read(kind: &str, lines: &[&str], start: usize, programs: &mut Programs) -> Result<Block, Fault> {
    let (kind, file) = kind.split_once(' ').map_or((kind, ""), |(kind, file)| (kind, file.trim()));
    let named = |what: &str| match file {
        "" => Err((start, format!("':::{kind}' names {what}, as in ':::{kind} file.py'"))),
        file => Ok(file),
    };
    match kind {
        "program" => {
            let program = programs.index(named("a program")?, start)?;
            Ok(Block::Program { program, caption: caption(lines, start + 1)? })
        }
        "points" => {
            let program = programs.index(named("a program")?, start)?;
            Ok(Block::Points(points(lines, start, program)?))
        }
        "predict" => Ok(Block::Predict(question(lines, start)?)),
        "exercise" => Ok(Block::Exercise(question(lines, start)?)),
        "code" => {
            let starter = programs.index(named("the program to start from")?, start)?;
            Ok(Block::Code(challenge(lines, start, starter, programs)?))
        }
        other => {
            let kinds = "there are :::program, :::points, :::predict, :::exercise and :::code, ended by :::";
            Err((start, format!("':::{other}' is no block; {kinds}")))
        }
    }
}

/// The fields at the top, each with its line, and the parts below, each with the line of its first line.
struct Parts<'a> {
    fields: Vec<(usize, &'a str, &'a str)>,
    parts: Vec<(usize, Vec<&'a str>)>,
}

/// Splits a block that begins at line `start` into at most `most` parts.
fn split<'a>(lines: &[&'a str], start: usize, most: usize) -> Result<Parts<'a>, Fault> {
    let mut fields = Vec::new();
    let mut index = 0;
    while let Some(line) = lines.get(index).filter(|line| !line.trim().is_empty()) {
        let here = start + index + 1;
        let (key, value) = field(line, here)?;
        fields.push((here, key, value));
        index += 1;
    }
    let mut parts: Vec<(usize, Vec<&str>)> = vec![(start + index + 1, Vec::new())];
    for (i, line) in lines.iter().enumerate().skip(index) {
        // The last part may be a program, which may hold any line.
        if line.trim_end() == "---" && parts.len() < most {
            parts.push((start + i + 2, Vec::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push(line);
        }
    }
    Ok(Parts { fields, parts })
}

/// Prose that may be there.
fn caption(lines: &[&str], start: usize) -> Result<String, Fault> {
    match lines.join("\n") {
        text if text.trim().is_empty() => Ok(String::new()),
        text => html::render(&text, start),
    }
}

fn points(lines: &[&str], start: usize, program: u32) -> Result<Points, Fault> {
    let Parts { fields, parts } = split(lines, start, 1)?;
    let take = |wanted: &str, example: &str| {
        let found = fields.iter().find(|(_, key, _)| *key == wanted);
        found.copied().ok_or_else(|| (start, format!("the block has no line '{wanted}: {example}'")))
    };
    let range = |wanted: &str| {
        let (line, _, text) = take(wanted, "0 to 10")?;
        let ends: Vec<f64> = text.split(" to ").filter_map(|end| end.trim().parse().ok()).collect();
        match ends.as_slice() {
            &[low, high] if low < high => Ok((low, high)),
            _ => Err((line, format!("'{text}' is no range, such as '0 to 10'"))),
        }
    };
    if let Some((line, key, _)) = fields.iter().find(|(_, key, _)| !["name", "x", "y"].contains(key)) {
        return Err((*line, format!("there is no field '{key}'; the fields are name, x and y")));
    }
    let caption = parts.first().map_or(Ok(String::new()), |(line, lines)| caption(lines, *line))?;
    let name = take("name", "points")?.2.to_string();
    Ok(Points { program, name, x: range("x")?, y: range("y")?, caption })
}

/// Prose that must be there.
fn prose(part: &(usize, Vec<&str>), what: &str) -> Result<String, Fault> {
    match part.1.join("\n") {
        text if text.trim().is_empty() => Err((part.0, format!("the {what} is empty"))),
        text => html::render(&text, part.0),
    }
}

fn question(lines: &[&str], start: usize) -> Result<Question, Fault> {
    let Parts { fields, parts } = split(lines, start, 3)?;
    let answer = answer(&fields, start)?;
    let [prompt, explanation, (_, solution)] = parts.as_slice() else {
        let parts =
            "a block has three parts, question, explanation and program, with a line '---' between them";
        return Err((start, parts.to_string()));
    };
    let solution = solution.join("\n").trim().to_string();
    if !solution.contains("print") {
        let why = "the block's program prints nothing, so its answer cannot be tested";
        return Err((start, why.to_string()));
    }
    Ok(Question {
        prompt: prose(prompt, "question")?,
        answer,
        explanation: prose(explanation, "explanation")?,
        solution: solution + "\n",
    })
}

fn answer(fields: &[(usize, &str, &str)], start: usize) -> Result<Answer, Fault> {
    let number = |line: usize, text: &str| {
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        number.ok_or_else(|| (line, format!("'{text}' is not a number")))
    };
    let (mut answer, mut tolerance, mut right) = (None, None, None);
    let mut options = Vec::new();
    for (line, key, value) in fields.iter().copied() {
        let again =
            answer.is_some() && matches!(key, "answer" | "shape") || right.is_some() && key == "right";
        if again {
            return Err((line, "a question has one right answer".to_string()));
        }
        match key {
            "answer" => answer = Some(Answer::Number { value: number(line, value)?, tolerance: 0.0 }),
            "tolerance" => match number(line, value)? {
                negative if negative < 0.0 => {
                    return Err((line, "a tolerance cannot be negative".to_string()));
                }
                allowed => tolerance = Some((line, allowed)),
            },
            "shape" => {
                let sizes = value.split(['×', 'x', ' ', ',', '(', ')']).filter(|part| !part.is_empty());
                let sizes = sizes.map(str::parse).collect::<Result<Vec<u64>, _>>();
                let sizes =
                    sizes.map_err(|_| (line, format!("'{value}' is no shape, such as '4 × 3' or '()'")))?;
                answer = Some(Answer::Shape(sizes));
            }
            "choice" | "right" => {
                if key == "right" {
                    right = Some(options.len() as u32);
                }
                let html = html::render(value, line)?;
                let html = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
                let html = html.ok_or_else(|| (line, "a choice is one line of text".to_string()))?;
                options.push((value.to_string(), html.to_string()));
            }
            _ => {
                let fields = "the fields are answer and tolerance, or shape, or choice and right";
                return Err((line, format!("there is no field '{key}'; {fields}")));
            }
        }
    }
    match (answer, tolerance, right) {
        (Some(Answer::Number { value, .. }), tolerance, None) if options.is_empty() => {
            Ok(Answer::Number { value, tolerance: tolerance.map_or(0.0, |(_, allowed)| allowed) })
        }
        (Some(shape), None, None) if options.is_empty() => Ok(shape),
        (None, None, Some(right)) if options.len() > 1 => Ok(Answer::Choice { options, right }),
        (_, Some((line, _)), _) => Err((line, "only a number has a tolerance".to_string())),
        (None, None, _) if !options.is_empty() => {
            Err((start, "a choice needs at least two lines, one of them 'right: …'".to_string()))
        }
        (None, ..) => {
            Err((start, "the block does not begin with 'answer: …', 'shape: …' or 'choice: …'".to_string()))
        }
        _ => Err((start, "a question has one right answer".to_string())),
    }
}

fn challenge(lines: &[&str], start: usize, starter: u32, programs: &Programs) -> Result<Challenge, Fault> {
    let Parts { fields, parts } = split(lines, start, usize::MAX)?;
    let take = |wanted: &str| {
        let found = fields.iter().find(|(_, key, _)| *key == wanted);
        let (line, _, file) =
            found.ok_or_else(|| (start, format!("the block has no line '{wanted}: file.py'")))?;
        programs.text(file, *line)
    };
    if let Some((line, key, _)) = fields.iter().find(|(_, key, _)| !["check", "solution"].contains(key)) {
        return Err((*line, format!("there is no field '{key}'; the fields are check and solution")));
    }
    let [prompt, hints @ .., explanation] = parts.as_slice() else {
        let parts =
            "the block has at least two parts, what is asked and the explanation, with a line '---' between";
        return Err((start, parts.to_string()));
    };
    Ok(Challenge {
        prompt: prose(prompt, "exercise")?,
        starter,
        check: take("check")?,
        hints: hints.iter().map(|hint| prose(hint, "hint")).collect::<Result<_, _>>()?,
        explanation: prose(explanation, "explanation")?,
        solution: take("solution")?,
    })
}
