use std::cell::Cell;

use web_sys::{Event, HtmlTextAreaElement, KeyboardEvent};

use leptos::prelude::*;

use super::Marks;
use crate::bench::{Bench, Target};
use crate::dom;
use crate::ui::{El, effect, el};

/// The textarea.
pub fn area(bench: Bench, marks: Marks) -> El {
    let leaving = Cell::new(false);
    let key = move |event: KeyboardEvent| {
        let was_leaving = leaving.replace(event.key() == "Escape");
        let plain = !event.shift_key() && !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let Some(area) = bench.area() else { return };
        match event.key().as_str() {
            "Tab" if plain && !was_leaving => {
                event.prevent_default();
                match selected_lines(&area) {
                    Some((start, lines)) => retype(&area, start, &lines, |line| format!("    {line}")),
                    None => dom::insert(&area, "    "),
                }
            }
            "Tab" if event.shift_key() && !was_leaving && !event.ctrl_key() && !event.alt_key() => {
                if let Some((start, lines)) = selected_lines(&area).or_else(|| line_here(&area))
                    && lines.starts_with("    ")
                {
                    event.prevent_default();
                    retype(&area, start, &lines, |line| {
                        line.strip_prefix("    ").unwrap_or(line).to_string()
                    });
                }
            }
            "Enter" if plain && !event.is_composing() => {
                event.prevent_default();
                dom::insert(&area, &format!("\n{}", indentation(&area)));
            }
            "F9" if plain => {
                event.prevent_default();
                bench.toggle_breakpoint(line_of_cursor(&area));
            }
            "F9" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                bench.run_to(line_of_cursor(&area));
            }
            _ => {}
        }
    };
    let follow = move || {
        let Some(area) = bench.area() else { return };
        bench.selected.set(Target::Line(line_of_cursor(&area)));
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
        .live("aria-label", move || bench.opened.with(|opened| format!("Program {}", opened.file)))
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

/// The text before the cursor.
fn before_cursor(area: &HtmlTextAreaElement) -> String {
    let cursor = area.selection_start().ok().flatten().unwrap_or(0) as usize;
    let before: Vec<u16> = area.value().encode_utf16().take(cursor).collect();
    String::from_utf16_lossy(&before)
}

/// The line of the cursor, from 1.
pub fn line_of_cursor(area: &HtmlTextAreaElement) -> u32 {
    before_cursor(area).matches('\n').count() as u32 + 1
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

/// The whole lines of a selection over several lines, and where they start, in UTF-16 units.
fn selected_lines(area: &HtmlTextAreaElement) -> Option<(u32, String)> {
    let start = area.selection_start().ok().flatten()?;
    let end = area.selection_end().ok().flatten()?;
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let selected = text.get(start as usize..end as usize)?;
    let newline = u16::from(b'\n');
    selected.contains(&newline).then(|| lines_around(&text, start as usize, end as usize)).flatten()
}

/// The line of the cursor.
fn line_here(area: &HtmlTextAreaElement) -> Option<(u32, String)> {
    let cursor = area.selection_start().ok().flatten()? as usize;
    let text: Vec<u16> = area.value().encode_utf16().collect();
    lines_around(&text, cursor, cursor)
}

fn lines_around(text: &[u16], start: usize, end: usize) -> Option<(u32, String)> {
    let newline = u16::from(b'\n');
    let from = text.get(..start)?.iter().rposition(|c| *c == newline).map_or(0, |at| at + 1);
    // A selection that ends before the first letter of a line does not mean that line.
    let end = if end > start && text.get(end - 1) == Some(&newline) { end - 1 } else { end };
    let to = text.get(end..)?.iter().position(|c| *c == newline).map_or(text.len(), |at| end + at);
    Some((from as u32, String::from_utf16_lossy(text.get(from..to)?)))
}

/// Types other lines in the place of lines that start at `start`, as one step for undo, and selects them.
fn retype(area: &HtmlTextAreaElement, start: u32, lines: &str, change: impl Fn(&str) -> String) {
    let new = lines.split('\n').map(change).collect::<Vec<_>>().join("\n");
    let length = |text: &str| text.encode_utf16().count() as u32;
    // Refused only where nothing can be selected; then the text goes to the cursor.
    let _ = area.set_selection_range(start, start + length(lines));
    dom::insert(area, &new);
    if new.contains('\n') {
        let _ = area.set_selection_range(start, start + length(&new));
    }
}
