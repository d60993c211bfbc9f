//! From text to instructions: ruff's parser, then our own lowering.

mod assign;
mod call;
mod control;
mod expr;
mod guard;
mod matching;
mod names;
mod scope;
mod stmt;
mod unit;
mod wording;

use std::rc::Rc;

use ruff_python_ast::Stmt;
use ruff_text_size::{Ranged, TextRange};

use crate::code::{Kind, MAIN, Program};
use crate::native::Module;
use crate::traceback::Failure;

/// A refusal with its place: what stands behind every error of this module.
pub(crate) struct Refusal {
    /// `SyntaxError`, `IndentationError`, `NotImplementedError`, `ModuleNotFoundError`, …
    pub class: &'static str,
    pub message: String,
    pub range: TextRange,
}

impl Refusal {
    pub(crate) fn new(class: &'static str, message: impl Into<String>, at: impl Ranged) -> Box<Refusal> {
        Box::new(Refusal { class, message: message.into(), range: at.range() })
    }

    pub(crate) fn syntax(message: impl Into<String>, at: impl Ranged) -> Box<Refusal> {
        Refusal::new("SyntaxError", message, at)
    }

    /// Something that Python has and this dialect has not.
    pub(crate) fn unsupported(what: &str, at: impl Ranged) -> Box<Refusal> {
        Refusal::new("NotImplementedError", format!("{what} not supported here"), at)
    }
}

pub(crate) type Result<T = (), E = Box<Refusal>> = std::result::Result<T, E>;

/// Compiles a program.
#[allow(clippy::result_large_err, reason = "made once for a program")]
pub(crate) fn compile(source: &str, file: &str) -> Result<Program, Failure> {
    unit_of(source, file, MAIN, 0)
}

/// Compiles a library's text for a machine that has so many variables already.
#[allow(clippy::result_large_err, reason = "made once for a library")]
pub(crate) fn compile_library(module: &'static Module, first: u32) -> Result<Program, Failure> {
    unit_of(module.source, module.name, module.name, first)
}

#[allow(clippy::result_large_err, reason = "made once for a program")]
fn unit_of(source: &str, file: &str, module: &'static str, first: u32) -> Result<Program, Failure> {
    let lines = line_starts(source);
    let refuse = |refusal: Box<Refusal>| Failure::refused(*refusal, source, &lines, file);
    if source.len() > 1 << 20 {
        return Err(refuse(Refusal::syntax(
            "a program of more than a megabyte does not fit here",
            TextRange::default(),
        )));
    }
    if let Err((message, line)) = guard::check(source) {
        let start = lines.get(line as usize - 1).copied().unwrap_or_default();
        let class = if message.contains("indentation") { "IndentationError" } else { "SyntaxError" };
        let range = TextRange::empty(start.into());
        return Err(refuse(Refusal::new(class, message, range)));
    }
    let parsed =
        ruff_python_parser::parse_module(source).map_err(|e| refuse(wording::refusal(&e, source)))?;
    lower(parsed.suite(), source, &lines, module, first).map_err(refuse)
}

fn lower(body: &[Stmt], source: &str, lines: &[u32], module: &'static str, first: u32) -> Result<Program> {
    let scopes = scope::analyze(body)?;
    let mut lowerer = unit::Lowerer::new(source, lines, &scopes, module, first);
    lowerer.begin(Kind::Module, "<module>", 0, 1);
    lowerer.body(body)?;
    let code = lowerer.finish_none()?;
    Ok(Program {
        code: Rc::new(code),
        globals: lowerer.globals,
        first,
        source: Rc::from(source),
        lines: lines.to_vec(),
    })
}

fn line_starts(source: &str) -> Vec<u32> {
    let bytes = source.as_bytes();
    let mut starts = vec![0];
    for (i, &byte) in bytes.iter().enumerate() {
        if byte == b'\n' || byte == b'\r' && bytes.get(i + 1) != Some(&b'\n') {
            starts.push(i as u32 + 1);
        }
    }
    starts
}
