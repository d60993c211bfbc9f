use leptos::prelude::*;
use web_sys::{Event, HtmlDialogElement};

use super::icon::{self, icon};
use crate::ui::{El, button, effect, el};

const KEYS: [(&str, &str); 21] = [
    ("Ctrl or ⌘ + Enter", "Run; during a replay: show the end"),
    ("F10", "Step to the next moment, into functions and backward passes"),
    ("Shift + F10", "Back to the moment before"),
    ("Ctrl + F10", "Step over: to the next line of this function"),
    ("Ctrl + Shift + F10", "Step out: to the line after the call"),
    ("F9", "in the cell: breakpoint at the cursor’s line"),
    ("Ctrl + F9", "in the cell: run to the cursor’s line"),
    ("← →, Home, End", "on the timeline: any moment that has been"),
    ("← → ↑ ↓", "in the graph: along the edges from box to box"),
    ("Enter", "in the graph: choose a box, Escape lets go"),
    ("Space", "in the graph: open or close the module or loop of a box"),
    ("+ − 0", "in the graph: zoom, and fit the whole"),
    ("Tab, Shift + Tab", "in the cell: indent and back; Escape, then Tab leaves it"),
    ("Ctrl or ⌘ + Z", "in the cell: undo, also of a restored program"),
    ("← →", "on a border between panes, a slider, the loss curve: move it"),
    ("← → ↑ ↓", "on a heat map, a line of memory: from cell to cell"),
    ("← → ↑ ↓, Delete", "on a point that you set: move it, take it away"),
    ("← →", "on tabs: the next tab"),
    ("/", "contents and search"),
    ("Escape", "closes what is open"),
    ("?", "these shortcuts"),
];

/// The dialog with the keyboard shortcuts.
pub fn help(open: RwSignal<bool>) -> El {
    let rows: Vec<El> = KEYS
        .iter()
        .map(|(keys, what)| el("div").put(el("dt").put(el("kbd").put(*keys))).put(el("dd").put(*what)))
        .collect();
    let close =
        button("tool").set("aria-label", "Close").click(move || open.set(false)).put(icon(icon::CLOSE));
    let title = el("h2").set("id", "help-title").put("Keyboard shortcuts");
    let dialog = el("dialog")
        .class("help")
        .set("aria-labelledby", "help-title")
        .on("close", move |_: Event| open.set(false))
        .put(el("div").class("title").put([title, close]))
        .put(el("dl").put(rows))
        .put(el("p").put(
            "Blue numbers are values and flow forward along solid edges. Orange numbers with ∂ are gradients and flow \
             back along dashed ones.",
        ));
    if let Some(dialog) = dialog.is::<HtmlDialogElement>() {
        effect(move || {
            let open = open.get();
            if open && !dialog.open() {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            } else if !open && dialog.open() {
                dialog.close();
            }
        });
    }
    dialog
}
