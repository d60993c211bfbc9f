use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use crate::model::memory::{Memory, cell_text, rule, short_index, told};
use crate::model::node::NodeView;
use crate::model::view::View;
use crate::ui::{El, el};

/// A tensor's memory: all cells of its storage in a line, those that the tensor reads in color, each with the index that
/// leads there. The arrow keys, or the pointer, walk along the index.
pub fn memory(view: &View, node: &Arc<NodeView>) -> Option<El> {
    let rule = rule(node)?;
    let memory = Memory::of(view, node)?;
    let title = el("h3").put(format!("Memory: {rule}"));
    let figure = el("section").class("memory").set("aria-label", "Memory").test("memory").put(title);
    let at = RwSignal::new(0usize);
    let last = memory.walk.len().saturating_sub(1);
    let walk = memory.walk.clone();
    let here = move || walk.get(at.get()).copied();
    let kept = node.clone();
    let reading = move || told(&kept, at.get());
    let cell = |(place, cell): (usize, &crate::model::memory::Cell)| {
        let index = cell.entry.map_or_else(String::new, |entry| short_index(node, entry));
        let (entry, here) = (cell.entry, here.clone());
        el("span")
            .class(if entry.is_some() { "cell-of-memory read" } else { "cell-of-memory" })
            .set("data-place", place.to_string())
            .set("data-entry", &index)
            .toggle("here", move || here() == Some(place))
            .on("pointerenter", move |_: Event| entry.into_iter().for_each(|entry| at.set(entry)))
            .put(el("small").put(place.to_string()))
            .put(el("b").put(cell_text(cell)))
            .put(el("small").class("index").put(if index.is_empty() { "\u{a0}" } else { &index }))
    };
    let key = move |event: KeyboardEvent| {
        let now = at.get_untracked();
        at.set(match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => now.saturating_sub(1),
            "ArrowRight" | "ArrowDown" => (now + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        });
        event.prevent_default();
    };
    let line = el("div")
        .class("storage")
        .set("role", "slider")
        .set("tabindex", "0")
        .set("aria-label", "Entry, in the order of the index")
        .set("aria-valuemin", "0")
        .set("aria-valuemax", last.to_string())
        .live("aria-valuenow", move || at.get().to_string())
        .live("aria-valuetext", reading.clone())
        .on("keydown", key)
        .put(memory.cells.iter().enumerate().map(cell).collect::<Vec<_>>());
    let shared = (!memory.shared.is_empty())
        .then(|| el("p").class("hint").put(format!("The same memory as {}.", memory.shared.join(", "))));
    Some(figure.put(line).put(el("p").class("reading").test("memory-reading").say(reading)).put(shared))
}
