//! Tracebacks, as Python prints them.

use std::fmt::Write;
use std::rc::Rc;

use crate::code::{Code, Program, Span};
use crate::context::Context;
use crate::error::{ATTRIBUTE_ERROR, Exception, ExceptionClass, IMPORT_ERROR, NAME_ERROR};
use crate::syntax::Refusal;
use crate::value::Value;

/// A function that an exception came through.
#[derive(Clone)]
pub struct Entry {
    code: Rc<Code>,
    at: usize,
}

impl Entry {
    pub(crate) fn new(_: &Program, code: &Rc<Code>, at: usize) -> Entry {
        Entry { code: code.clone(), at }
    }
}

/// A function in a traceback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameInfo {
    /// Its name: `<module>` for the module.
    pub function: Rc<str>,
    /// Where the exception came from.
    pub span: Span,
}

/// Why a program ended, or was not begun.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The exception's class: `ValueError`.
    pub class: String,
    /// Its message.
    pub message: String,
    /// What to do instead; may be empty.
    pub help: String,
    /// Where it was raised.
    pub span: Span,
    /// The functions that it came through, the module first; empty where the program was not begun.
    pub frames: Vec<FrameInfo>,
    /// The exit status that it stands for: 1, or what the program gave to `sys.exit`.
    pub status: i32,
    /// All of it as Python prints it.
    pub text: String,
}

impl Failure {
    /// A program that was not begun.
    pub(crate) fn refused(refusal: Refusal, source: &str, lines: &[u32], file: &str) -> Failure {
        let (start, end) = (refusal.range.start().to_u32(), refusal.range.end().to_u32());
        let line = lines.partition_point(|&l| l <= start).max(1) as u32;
        let span = Span { start, end, line };
        let line_start = lines.get(line as usize - 1).copied().unwrap_or_default();
        let shown = source
            .get(line_start as usize..)
            .unwrap_or_default()
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default();
        let mut text = String::new();
        let stripped = shown.trim();
        // Writing to a string cannot fail.
        let import = refusal.class.ends_with("NotFoundError") || refusal.class == "ImportError";
        if import {
            // Python finds this out when it comes there.
            let _ = writeln!(
                text,
                "Traceback (most recent call last):\n  File \"{file}\", line {line}, in <module>"
            );
            let _ = writeln!(text, "    {stripped}");
        } else {
            let _ = writeln!(text, "  File \"{file}\", line {line}");
        }
        if !stripped.is_empty() && !import {
            let indent = shown.len() - shown.trim_start().len();
            let column = |byte: u32| {
                let byte = (byte.saturating_sub(line_start) as usize).clamp(indent, indent + stripped.len());
                shown.get(indent..byte).map_or(0, |s| s.chars().count())
            };
            let (from, to) = (column(start), column(end));
            let _ = writeln!(text, "    {stripped}");
            let _ = writeln!(text, "    {}{}", " ".repeat(from), "^".repeat(to.saturating_sub(from).max(1)));
        }
        let _ = writeln!(text, "{}: {}", refusal.class, refusal.message);
        Failure {
            class: refusal.class.to_owned(),
            message: refusal.message,
            help: String::new(),
            span,
            frames: Vec::new(),
            status: 1,
            text,
        }
    }

    /// A program that an exception ended.
    pub(crate) fn new(cx: &mut Context, program: &Program, exception: &Rc<Exception>) -> Failure {
        let trace = exception.trace.borrow();
        let frames: Vec<FrameInfo> = trace
            .iter()
            .rev()
            .map(|e| FrameInfo { function: e.code.name.clone(), span: e.code.span(e.at) })
            .collect();
        let message = message(cx, exception);
        let mut text = String::new();
        write_chain(cx, program, exception, &mut text, 0);
        let exit = exception.is(&crate::error::SYSTEM_EXIT);
        let code = exception.args.borrow().first().cloned().unwrap_or(Value::None);
        let status = match (exit, &code) {
            (true, Value::None) => 0,
            (true, code) => code.as_i64().map_or(1, |i| i as i32),
            _ => 1,
        };
        if exit {
            text = if code.as_i64().is_some() || code.is_none() {
                String::new()
            } else {
                format!("{message}\n")
            };
        }
        Failure {
            class: class_name(exception),
            message,
            help: exception.help.clone(),
            span: frames.last().map(|f| f.span).unwrap_or_default(),
            frames,
            status,
            text,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.text.trim_end())
    }
}

fn class_name(exception: &Exception) -> String {
    match &exception.class {
        ExceptionClass::Native(table) if !table.module.is_empty() => {
            format!("{}.{}", table.module, table.name)
        }
        ExceptionClass::Class(class) if &*class.module != crate::code::MAIN => {
            format!("{}.{}", class.module, class.qualified)
        }
        other => other.name().to_owned(),
    }
}

fn message(cx: &mut Context, exception: &Rc<Exception>) -> String {
    if let Some(said) = &*exception.said.borrow() {
        return said.clone();
    }
    // A `__str__` of the program cannot run any more.
    cx.answers.clear();
    cx.asked = 0;
    let plain = match &exception.class {
        ExceptionClass::Class(class) => class.find("__str__").is_none(),
        ExceptionClass::Native(_) => true,
    };
    let value = Value::Exception(exception.clone());
    let text = if plain { cx.str(&value).ok().map(|s| s.to_string()) } else { None };
    text.unwrap_or_else(|| {
        let first = exception.args.borrow().first().cloned();
        first
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_else(|| "<exception str() failed>".to_owned())
    })
}

fn write_chain(cx: &mut Context, program: &Program, exception: &Rc<Exception>, out: &mut String, depth: u32) {
    if depth < 20 {
        let cause = exception.cause.borrow().clone();
        let context = exception.context.borrow().clone();
        if let Value::Exception(cause) = &cause {
            write_chain(cx, program, cause, out, depth + 1);
            out.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if let (Value::Exception(context), false) = (&context, exception.suppress.get()) {
            write_chain(cx, program, context, out, depth + 1);
            out.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
    }
    let trace = exception.trace.borrow();
    if !trace.is_empty() {
        out.push_str("Traceback (most recent call last):\n");
    }
    let mut last: Option<(u32, Rc<str>)> = None;
    let mut repeated = 0_usize;
    let tell = |repeated: usize, out: &mut String| {
        if repeated > 3 {
            let more = repeated - 3;
            let plural = if more == 1 { "" } else { "s" };
            let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
        }
    };
    for entry in trace.iter().rev() {
        let span = entry.code.span(entry.at);
        let key = (span.line, entry.code.name.clone());
        if last.as_ref() == Some(&key) {
            repeated += 1;
        } else {
            tell(repeated, out);
            repeated = 1;
            last = Some(key);
        }
        if repeated <= 3 {
            let _ = writeln!(out, "  File \"{}\", line {}, in {}", cx.file, span.line, entry.code.name);
            write_line(program, entry, span, out);
        }
    }
    tell(repeated, out);
    let mut text = message(cx, exception);
    let suggests = [&NAME_ERROR, &ATTRIBUTE_ERROR, &IMPORT_ERROR].iter().any(|c| exception.is(c));
    if suggests && exception.help.starts_with("Did you") {
        text = format!("{text}. {}", exception.help);
    }
    let notes = match exception.names.borrow().get("__notes__") {
        Some(Value::List(notes)) => notes.items.borrow().clone(),
        _ => Vec::new(),
    };
    let class = class_name(exception);
    let _ = if text.is_empty() { writeln!(out, "{class}") } else { writeln!(out, "{class}: {text}") };
    for note in notes.iter().filter_map(Value::as_str) {
        let _ = writeln!(out, "{note}");
    }
}

/// The line, and carets under the part of it that the exception came from, unless that is all of it.
fn write_line(program: &Program, entry: &Entry, span: Span, out: &mut String) {
    let line = program.line(span.line);
    let stripped = line.trim();
    if stripped.is_empty() {
        return;
    }
    let _ = writeln!(out, "    {stripped}");
    let line_start = program.lines.get((span.line as usize).saturating_sub(1)).copied().unwrap_or_default();
    let indent = (line.len() - line.trim_start().len()) as u32;
    let first = line_start + indent;
    let last = first + stripped.len() as u32;
    let (start, end) = (span.start.clamp(first, last), span.end.clamp(first, last));
    // An operator or a subscript is shown apart from its operands.
    let whole = span.end <= last;
    let anchor = entry.code.anchors.iter().find(|a| a.0 as usize == entry.at).filter(|_| whole);
    let anchor = anchor.and_then(|&(_, left, right)| match right {
        u32::MAX => Some((left, end)),
        right => operator(&program.source, left, right),
    });
    if start == first && end == last && anchor.is_none() || start >= end {
        return;
    }
    let mut carets = String::new();
    let text =
        |from: u32, to: u32| program.source.get(from as usize..to as usize).unwrap_or_default().chars();
    for _ in text(first, start) {
        carets.push(' ');
    }
    let mut at = start;
    for c in text(start, end) {
        let marked = anchor.is_none_or(|(from, to)| from <= at && at < to);
        carets.push(if marked { '^' } else { '~' });
        at += c.len_utf8() as u32;
    }
    let _ = writeln!(out, "    {carets}");
}

/// Where the operator between two operands stands.
fn operator(source: &str, left: u32, right: u32) -> Option<(u32, u32)> {
    let between = source.get(left as usize..right as usize)?;
    let skip = between.find(|c: char| !c.is_whitespace() && c != ')' && c != '\\')?;
    let start = left + skip as u32;
    let two = between.get(skip + 1..).is_some_and(|rest| rest.starts_with(['*', '/', '<', '>']));
    Some((start, start + 1 + u32::from(two)))
}
