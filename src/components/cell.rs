use std::collections::BTreeSet;
use std::sync::Arc;

use gradloom_lessons::LESSONS;
use gradloom_protocol::Diagnostic;
use leptos::ev;
use leptos::prelude::*;

use super::icon::{self, icon};
use super::output::Output;
use crate::bench::{Lit, Target, bench};
use crate::dom;
use crate::model::highlight;
use crate::model::view::Now;

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
    gradient: Memo<BTreeSet<u32>>,
    fault: Memo<Option<Fault>>,
}

/// The program: a textarea, and behind it the same text in colors with the marks of the moment.
#[component]
pub fn Cell() -> impl IntoView {
    let bench = bench();
    let marks = marks();
    let rows = move || {
        let lines = bench.text.with(|text| highlight::lines(text));
        let row = |(i, pieces)| view! { <Row number=i as u32 + 1 pieces marks /> };
        lines.into_iter().enumerate().map(row).collect_view()
    };
    // Written only when it differs: the browser's undo history stays.
    Effect::new(move |_| {
        let text = bench.text.get();
        if let Some(area) = bench.editor.get()
            && area.value() != text
        {
            area.set_value(&text);
        }
    });
    let leaving = StoredValue::new(false);
    let follow = move || {
        let Some(area) = bench.editor.get_untracked() else { return };
        let cursor = area.selection_start().ok().flatten().unwrap_or(0) as usize;
        let text: Vec<u16> = area.value().encode_utf16().take(cursor).collect();
        let line = text.iter().filter(|unit| **unit == u16::from(b'\n')).count() as u32 + 1;
        bench.selected.set(Target::Line(line));
    };
    let key = move |event: ev::KeyboardEvent| {
        let was_leaving =
            leaving.try_update_value(|leaving| std::mem::replace(leaving, event.key() == "Escape"));
        let Some(area) = bench.editor.get_untracked() else { return };
        let plain = !event.shift_key() && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        match event.key().as_str() {
            "Tab" if plain && was_leaving != Some(true) => {
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
    let file = move || bench.current_lesson().map_or("", |lesson| lesson.file);
    let label = move || format!("Program {}", file());
    view! {
        <section class="cell" aria-label="Program" data-testid="cell">
            <Bar />
            <div class="editor" class:old=move || bench.stale()>
                <div class="page">
                    <div class="rows" aria-hidden="true" data-testid="lines">{rows}</div>
                    <textarea
                        id="cell"
                        node_ref=bench.editor
                        data-testid="editor"
                        aria-label=label
                        aria-describedby="cell-hint"
                        aria-invalid=move || marks.fault.with(|fault| fault.is_some().to_string())
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        on:input=move |event| bench.edit(event_target_value(&event))
                        on:keydown=key
                        on:keyup=move |_| follow()
                        on:click=move |_| follow()
                        on:blur=move |_| {
                            leaving.set_value(false);
                            bench.selected.update(|selected| {
                                if matches!(selected, Target::Line(_)) {
                                    *selected = Target::Nothing;
                                }
                            });
                        }
                    ></textarea>
                </div>
            </div>
            <p id="cell-hint" class="sr-only">
                "Tab indents. Press Escape, then Tab, to leave the program. Control and Enter run it."
            </p>
            <Output />
        </section>
    }
}

#[component]
fn Bar() -> impl IntoView {
    let bench = bench();
    let edited = Memo::new(move |_| {
        let lesson = LESSONS.get(bench.lesson.get());
        bench.text.with(|text| lesson.is_some_and(|lesson| lesson.program != text))
    });
    let stale = Memo::new(move |_| bench.stale());
    let mark = move || match (edited.get(), stale.get()) {
        (_, true) => "edited: run again",
        (true, false) => "edited",
        _ => "",
    };
    let restore = move |_| {
        let lesson = LESSONS.get(bench.lesson.get_untracked());
        if let (Some(area), Some(lesson)) = (bench.editor.get_untracked(), lesson) {
            dom::type_over(&area, lesson.program);
        }
    };
    let copied = RwSignal::new(false);
    let copy = move |_| {
        // The promise tells of a refusal, after which nothing has happened.
        let _ = window().navigator().clipboard().write_text(&bench.text.get_untracked());
        copied.set(true);
        set_timeout(move || copied.set(false), std::time::Duration::from_secs(2));
    };
    view! {
        <div class="bar">
            <h2>{move || bench.current_lesson().map_or("", |lesson| lesson.file)}</h2>
            <span class="mark" class:stale=stale data-testid="edited">{mark}</span>
            <span class="space"></span>
            <span class="hint" role="status">{move || if copied.get() { "copied" } else { "" }}</span>
            <Show when=move || edited.get()>
                <button
                    type="button"
                    class="tool"
                    data-testid="restore"
                    aria-label="Restore the lesson's program"
                    title="Restore the lesson's program (undo brings yours back)"
                    on:click=restore
                >
                    {icon(icon::RESTORE)}
                </button>
            </Show>
            <button
                type="button"
                class="tool"
                data-testid="copy"
                aria-label="Copy the program"
                title="Copy the program"
                on:click=copy
            >
                {icon(icon::COPY)}
            </button>
        </div>
    }
}

fn marks() -> Marks {
    let bench = bench();
    let stale = Memo::new(move |_| bench.stale());
    Marks {
        now: Memo::new(move |_| if stale.get() { 0 } else { bench.view.with(|view| view.line) }),
        lit: Memo::new(move |_| bench.lit()),
        gradient: Memo::new(move |_| {
            if stale.get() {
                return BTreeSet::new();
            }
            bench.view.with(|view| match view.now {
                Now::Backward(_) | Now::Seed(_) => {
                    let nodes = view.active().into_iter().filter_map(|place| view.at(place).cloned());
                    nodes.map(|node| node.lines.0).collect()
                }
                _ => BTreeSet::new(),
            })
        }),
        fault: Memo::new(move |_| {
            let error = bench.view.with(|view| view.error.clone()).filter(|_| !stale.get())?;
            let span = error.span?;
            let until = if span.end_line == span.line { span.end_column } else { u32::MAX };
            let columns = (span.column as usize, (until as usize).max(span.column as usize + 1));
            Some(Fault { line: span.line.max(1), columns, error })
        }),
    }
}

#[component]
fn Row(number: u32, pieces: Vec<(highlight::Style, String)>, marks: Marks) -> impl IntoView {
    let bench = bench();
    let plain: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
    let is_now = move || marks.now.get() == number;
    let is_lit = move || marks.lit.with(|lit| lit.lines.contains(&number));
    let is_gradient = move || marks.gradient.with(|lines| lines.contains(&number)) && !is_now();
    let fault = Memo::new(move |_| marks.fault.get().filter(|fault| fault.line == number));
    let pieces = pieces
        .into_iter()
        .map(|(style, text)| view! { <span class=style.class()>{text}</span> })
        .collect_view();
    let squiggle = move || {
        fault.get().map(|fault| {
            let (from, to) = fault.columns;
            let before: String = plain.chars().take(from).collect();
            let mut wrong: String = plain.chars().skip(from).take(to - from).collect();
            if wrong.trim().is_empty() {
                wrong = "\u{a0}".into();
            }
            view! { <span class="squiggle">{before}<u>{wrong}</u></span> }
        })
    };
    let message = move || {
        fault.get().map(|fault| {
            let help = fault.error.help.clone();
            view! {
                <span class="message" data-testid="error-at" data-line=number>
                    <b>{fault.error.kind.clone()}</b>
                    ": "
                    {fault.error.message.clone()}
                    {(!help.is_empty()).then(|| view! { <em>{help}</em> })}
                </span>
            }
        })
    };
    view! {
        <div
            class="row"
            class:now=is_now
            class:lit=is_lit
            class:gradient=is_gradient
            class:wrong=move || fault.with(Option::is_some)
            data-line=number
        >
            <span
                class="no"
                on:mouseenter=move |_| bench.hovered.set(Target::Line(number))
                on:mouseleave=move |_| bench.hovered.set(Target::Nothing)
            >
                {number}
            </span>
            <span class="code">{squiggle} {pieces} "\u{200b}"</span>
            {message}
        </div>
    }
}

/// Spaces for the line after the cursor's: as many as it has, four more after a colon.
fn indentation(area: &web_sys::HtmlTextAreaElement) -> String {
    let cursor = area.selection_start().ok().flatten().unwrap_or(0) as usize;
    let before: Vec<u16> = area.value().encode_utf16().take(cursor).collect();
    let before = String::from_utf16_lossy(&before);
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut spaces: String = line.chars().take_while(|c| *c == ' ').collect();
    if line.trim_end().ends_with(':') {
        spaces.push_str("    ");
    }
    spaces
}
