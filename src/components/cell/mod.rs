//! The program: a textarea, and behind it the same text in colors with the marks of the moment.

mod area;
mod bar;
mod row;

use std::sync::Arc;

use gradloom_protocol::Diagnostic;
use leptos::prelude::*;
use web_sys::Element;

use super::graph::watch_size;
use super::output::output;
use crate::bench::{Bench, Lit};
use crate::model::highlight::{self, Style};
use crate::model::view::Now;
use crate::ui::{El, effect, el, memo};

/// Where the run failed: line, first and last column, and why.
#[derive(Clone, PartialEq)]
struct Fault {
    line: u32,
    columns: (usize, usize),
    error: Arc<Diagnostic>,
}

/// What marks the rows.
#[derive(Clone, Copy)]
struct Marks {
    now: Memo<u32>,
    lit: Memo<Lit>,
    gradient: Memo<Vec<u32>>,
    fault: Memo<Option<Fault>>,
    /// First and last line that the current step of the lesson is about.
    look: Memo<(u32, u32)>,
}

/// The panel with the program and its output.
pub fn cell(bench: Bench) -> El {
    let marks = marks(bench);
    // A line that stays as it is keeps its row.
    let lines = move || {
        let lines = bench.text.with(|text| highlight::lines(text));
        lines.into_iter().enumerate().map(|(i, pieces)| (i as u32 + 1, pieces)).collect::<Vec<_>>()
    };
    let make =
        move |(number, pieces): &(u32, Vec<(Style, String)>)| row::row(bench, *number, pieces.clone(), marks);
    let page = el("div")
        .class("page")
        .put(el("div").class("rows").set("aria-hidden", "true").test("lines").each(lines, make))
        .put(area::area(bench, marks));
    let editor = el("div").class("editor").put(page);
    if let Some(editor) = editor.is::<Element>() {
        keep_in_sight(editor, marks.now);
    }
    let hint = el("p")
        .set("id", "cell-hint")
        .class("sr-only")
        .put("Tab indents. Press Escape, then Tab, to leave the program. Control and Enter run it, F9 sets a breakpoint.");
    el("section")
        .class("cell")
        .set("aria-label", "Program")
        .test("cell")
        .put(bar::bar(bench))
        .put(editor)
        .put(hint)
        .put(output(bench))
}

/// Scrolls the cell, and nothing around it, as far as the current line needs.
fn keep_in_sight(editor: Element, now: Memo<u32>) {
    let size = RwSignal::new((0.0, 0.0));
    watch_size(editor.clone(), size);
    effect(move || {
        // What is printed takes room from the cell.
        size.track();
        let line = now.get();
        let Ok(Some(row)) = editor.query_selector(&format!(".row:nth-child({line})")) else { return };
        let (window, row) = (editor.get_bounding_client_rect(), row.get_bounding_client_rect());
        let over = row.bottom() + row.height() - window.bottom();
        let under = row.top() - row.height() - window.top();
        let by = if under < 0.0 { under } else { over.max(0.0) };
        if by != 0.0 {
            editor.set_scroll_top(editor.scroll_top() + by as i32);
        }
    });
}

fn marks(bench: Bench) -> Marks {
    let gradient = move || {
        if bench.stale() {
            return Vec::new();
        }
        bench.view.with(|view| match view.now {
            Now::Backward(_) | Now::Seed(_) => view
                .active()
                .into_iter()
                .filter_map(|place| view.at(place))
                .map(|node| node.lines.0)
                .collect(),
            _ => Vec::new(),
        })
    };
    let fault = move || {
        let error = bench.view.with(|view| view.error.clone()).filter(|_| !bench.stale())?;
        let span = error.span?;
        let until = if span.end_line == span.line { span.end_column } else { u32::MAX };
        let columns = (span.column as usize, (until as usize).max(span.column as usize + 1));
        Some(Fault { line: span.line.max(1), columns, error })
    };
    Marks {
        now: memo(move || if bench.stale() { 0 } else { bench.view.with(|view| view.line) }),
        lit: memo(move || bench.lit()),
        gradient: memo(gradient),
        fault: memo(fault),
        look: memo(move || {
            let step = bench.step.get();
            let own = bench
                .opened
                .with(|opened| opened.index == Some(0) && bench.text.with(|text| *text == opened.original));
            let look = bench.content.with(|content| content.as_ref()?.steps.get(step)?.look);
            look.filter(|_| own).unwrap_or_default()
        }),
    }
}
