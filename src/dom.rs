//! Small questions to the browser.

use gradloom_diagram::Point;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;

use crate::model::number::fixed;

/// Whether a media query holds.
pub fn matches(query: &str) -> bool {
    window().match_media(query).ok().flatten().is_some_and(|list| list.matches())
}

/// Whether the learner asked for less motion.
pub fn prefers_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the window is as narrow as a phone's.
pub fn is_narrow() -> bool {
    matches("(max-width: 640px)")
}

/// Whether the keyboard's input goes into a text field.
pub fn in_text_field() -> bool {
    let Some(element) = document().active_element() else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Replaces the whole text of a textarea as if typed, so that the browser's own undo brings the old one back.
pub fn type_over(area: &web_sys::HtmlTextAreaElement, text: &str) {
    // The error is that of an element that cannot be focused; then the text is set all the same.
    let _ = area.focus();
    area.select();
    insert(area, text);
}

/// Types a text at the cursor of a textarea.
pub fn insert(area: &web_sys::HtmlTextAreaElement, text: &str) {
    let typed = document()
        .dyn_into::<web_sys::HtmlDocument>()
        .ok()
        .and_then(|document| {
            let command = if text.is_empty() { "delete" } else { "insertText" };
            document.exec_command_with_show_ui_and_value(command, false, text).ok()
        })
        .unwrap_or(false);
    if !typed {
        let start = area.selection_start().ok().flatten().unwrap_or(0);
        let end = area.selection_end().ok().flatten().unwrap_or(start);
        if area.set_range_text_with_start_and_end(text, start, end).is_ok()
            && let Ok(event) = web_sys::Event::new("input")
        {
            // Tells the page of what typing would have told by itself.
            let _ = area.dispatch_event(&event);
        }
    }
}

/// Puts a text into the clipboard.
pub fn copy(text: &str) {
    // The promise tells of a refusal, after which nothing has happened.
    let _ = window().navigator().clipboard().write_text(text);
}

/// Moves the focus to the element with this id.
pub fn focus(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok())
    {
        // The error is that of an element that cannot be focused.
        let _ = element.focus();
    }
}

/// Scrolls to the element with this id.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
}

/// Moves the focus to the drawn element with this id.
pub fn focus_graphic(id: &str) {
    if let Some(element) =
        document().get_element_by_id(id).and_then(|e| e.dyn_into::<web_sys::SvgElement>().ok())
    {
        // The error is that of an element that cannot be focused.
        let _ = element.focus();
    }
}

/// The text of the field that an event came from.
pub fn value(event: &web_sys::Event) -> String {
    leptos::prelude::event_target_value(event)
}

/// A `transform` that moves to a point.
pub fn translate(x: f32, y: f32) -> String {
    format!("translate({} {})", fixed(x.into(), 1), fixed(y.into(), 1))
}

/// SVG path data through the control points of joined cubic curves.
pub fn path(points: &[Point]) -> String {
    let mut text = String::with_capacity(points.len() * 12);
    for (i, point) in points.iter().enumerate() {
        text.push_str(match i {
            0 => "M",
            _ if i % 3 == 1 => "C",
            _ => " ",
        });
        text.push_str(&fixed(point.x.into(), 1));
        text.push(' ');
        text.push_str(&fixed(point.y.into(), 1));
    }
    text
}
