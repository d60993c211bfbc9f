use std::cell::Cell;
use std::sync::Arc;

use gradloom_lessons::LESSONS;
use gradloom_protocol::Diagnostic;
use leptos::prelude::*;
use web_sys::{Element, Event, HtmlTextAreaElement, KeyboardEvent};

use super::icon::{self, icon};
use super::output::output;
use crate::bench::{Bench, Lit, Target};
use crate::dom;
use crate::model::highlight::{self, Style};
use crate::model::view::Now;
use crate::ui::{El, button, effect, el, memo};

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
}

/// The program: a textarea, and behind it the same text in colors with the marks of the moment.
pub fn cell(bench: Bench) -> El {
    let marks = marks(bench);
    let rows = move || {
        let lines = bench.text.with(|text| highlight::lines(text));
        lines
            .into_iter()
            .enumerate()
            .map(|(i, pieces)| row(bench, i as u32 + 1, pieces, marks))
            .collect::<Vec<_>>()
    };
    let page = el("div")
        .class("page")
        .put(el("div").class("rows").set("aria-hidden", "true").test("lines").part(rows))
        .put(area(bench, marks));
    let editor = el("div").class("editor").put(page);
    if let Some(editor) = editor.is::<Element>() {
        keep_in_sight(editor, marks.now);
    }
    let hint = el("p")
        .set("id", "cell-hint")
        .class("sr-only")
        .put("Tab indents. Press Escape, then Tab, to leave the program. Control and Enter run it.");
    el("section")
        .class("cell")
        .set("aria-label", "Program")
        .test("cell")
        .put(bar(bench))
        .put(editor)
        .put(hint)
        .put(output(bench))
}

/// Scrolls the cell, and nothing around it, as far as the current line needs.
fn keep_in_sight(editor: Element, now: Memo<u32>) {
    effect(move || {
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

fn area(bench: Bench, marks: Marks) -> El {
    let leaving = Cell::new(false);
    let key = move |event: KeyboardEvent| {
        let was_leaving = leaving.replace(event.key() == "Escape");
        let plain = !event.shift_key() && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let Some(area) = bench.area() else { return };
        match event.key().as_str() {
            "Tab" if plain && !was_leaving => {
                event.prevent_default();
                dom::insert(&area, "    ");
            }
            "Enter" if plain && !event.is_composing() => {
                event.prevent_default();
                dom::insert(&area, &format!("\n{}", indentation(&area)));
            }
            _ => {}
        }
    };
    let follow = move || {
        let Some(area) = bench.area() else { return };
        let line = before_cursor(&area).matches('\n').count() as u32 + 1;
        bench.selected.set(Target::Line(line));
    };
    let left = move |_: Event| {
        bench.selected.update(|selected| {
            if matches!(selected, Target::Line(_)) {
                *selected = Target::Nothing;
            }
        });
    };
    let area = el("textarea")
        .set("id", "cell")
        .test("editor")
        .live("aria-label", move || bench.current_lesson().map(|lesson| format!("Program {}", lesson.file)))
        .set("aria-describedby", "cell-hint")
        .live("aria-invalid", move || marks.fault.with(|fault| fault.is_some().to_string()))
        .set("spellcheck", "false")
        .set("autocapitalize", "off")
        .set("autocomplete", "off")
        .set("autocorrect", "off")
        .on("input", move |event: Event| bench.edit(dom::value(&event)))
        .on("keydown", key)
        .on("keyup", move |_: Event| follow())
        .click(follow)
        .on("blur", left);
    if let Some(area) = area.is::<HtmlTextAreaElement>() {
        bench.set_area(area.clone());
        // Written only where it differs: the browser's undo history stays.
        effect(move || {
            let text = bench.text.get();
            if area.value() != text {
                area.set_value(&text);
            }
        });
    }
    area
}

fn bar(bench: Bench) -> El {
    let edited = move || {
        let lesson = LESSONS.get(bench.lesson.get());
        bench.text.with(|text| lesson.is_some_and(|lesson| lesson.program != text))
    };
    let edited = memo(edited);
    let mark = move || match (edited.get(), bench.stale()) {
        (_, true) => "edited: run again",
        (true, false) => "edited",
        _ => "",
    };
    let restore = move || {
        if let Some(lesson) = LESSONS.get(bench.lesson.get_untracked()) {
            bench.type_over(lesson.program);
        }
    };
    let copied = RwSignal::new(false);
    let copy = move || {
        // The promise tells of a refusal, after which nothing has happened.
        let _ = window().navigator().clipboard().write_text(&bench.text.get_untracked());
        copied.set(true);
        set_timeout(move || copied.set(false), std::time::Duration::from_secs(2));
    };
    let restore_button = move || {
        edited.get().then(|| {
            button("tool")
                .test("restore")
                .set("aria-label", "Restore the lesson's program")
                .set("title", "Restore the lesson's program (undo brings yours back)")
                .click(restore)
                .put(icon(icon::RESTORE))
        })
    };
    let copy_button = button("tool")
        .test("copy")
        .set("aria-label", "Copy the program")
        .set("title", "Copy the program")
        .click(copy)
        .put(icon(icon::COPY));
    el("div")
        .class("bar")
        .put(el("h2").say(move || bench.current_lesson().map_or("", |lesson| lesson.file)))
        .put(el("span").class("mark").toggle("stale", move || bench.stale()).test("edited").say(mark))
        .put(el("span").class("space"))
        .put(
            el("span")
                .class("hint")
                .set("role", "status")
                .say(move || if copied.get() { "copied" } else { "" }),
        )
        .part(restore_button)
        .put(copy_button)
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
    }
}

fn row(bench: Bench, number: u32, pieces: Vec<(Style, String)>, marks: Marks) -> El {
    let plain: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
    let is_now = move || marks.now.get() == number;
    let is_gradient = move || !is_now() && marks.gradient.with(|lines| lines.contains(&number));
    let fault = move || marks.fault.with(|fault| fault.clone().filter(|fault| fault.line == number));
    let squiggle = move || {
        fault().map(|fault| {
            let (from, to) = fault.columns;
            let before: String = plain.chars().take(from).collect();
            let mut wrong: String = plain.chars().skip(from).take(to - from).collect();
            if wrong.trim().is_empty() {
                wrong = "\u{a0}".into();
            }
            el("span").class("squiggle").put(before).put(el("u").put(wrong))
        })
    };
    let message = move || {
        fault().map(|fault| {
            let help = (!fault.error.help.is_empty()).then(|| el("em").put(fault.error.help.as_str()));
            el("span")
                .class("message")
                .test("error-at")
                .set("data-line", number.to_string())
                .put(el("b").put(fault.error.kind.as_str()))
                .put(format!(": {}", fault.error.message))
                .put(help)
        })
    };
    let mut code = el("span").class("code").part(squiggle);
    for (style, text) in pieces {
        code = match style {
            Style::Plain => code.put(text),
            style => code.put(el("span").class(style.class()).put(text)),
        };
    }
    let no = el("span")
        .class("no")
        .on("mouseenter", move |_: Event| bench.hovered.set(Target::Line(number)))
        .on("mouseleave", move |_: Event| bench.hovered.set(Target::Nothing))
        .put(number.to_string());
    el("div")
        .class("row")
        .set("data-line", number.to_string())
        .toggle("now", is_now)
        .toggle("lit", move || marks.lit.with(|lit| lit.lines.contains(&number)))
        .toggle("gradient", is_gradient)
        .toggle("wrong", move || {
            marks.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.line == number))
        })
        .put(no)
        // An empty line is as high as any other.
        .put(code.put("\u{200b}"))
        .part(message)
}

fn before_cursor(area: &HtmlTextAreaElement) -> String {
    let cursor = area.selection_start().ok().flatten().unwrap_or(0) as usize;
    let before: Vec<u16> = area.value().encode_utf16().take(cursor).collect();
    String::from_utf16_lossy(&before)
}

/// Spaces for the line after the cursor's: as many as it has, four more after a colon.
fn indentation(area: &HtmlTextAreaElement) -> String {
    let before = before_cursor(area);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut spaces: String = line.chars().take_while(|c| *c == ' ').collect();
    if line.trim_end().ends_with(':') {
        spaces.push_str("    ");
    }
    spaces
}
