use leptos::html::Dialog;
use leptos::prelude::*;

use super::icon::{self, icon};

const KEYS: [(&str, &str); 11] = [
    ("Ctrl or ⌘ + Enter", "Run; during a replay: show the end"),
    ("F10", "Step to the next moment"),
    ("F9", "Back to the moment before"),
    ("← →, Home, End", "on the timeline: any moment that has been"),
    ("← → ↑ ↓", "in the graph: along the edges from box to box"),
    ("Enter", "in the graph: choose a box, Escape lets go"),
    ("+ − 0", "in the graph: zoom, and fit the whole"),
    ("Tab", "in the cell: indent; Escape, then Tab leaves it"),
    ("Ctrl or ⌘ + Z", "in the cell: undo, also of a restored program"),
    ("← →", "on a border between panes, a slider, the loss curve: move it"),
    ("?", "these shortcuts"),
];

/// The dialog with the keyboard shortcuts.
#[component]
pub fn Help(open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let rows = KEYS.map(|(keys, what)| view! { <div><dt><kbd>{keys}</kbd></dt><dd>{what}</dd></div> });
    view! {
        <dialog node_ref=dialog class="help" aria-labelledby="help-title" on:close=move |_| open.set(false)>
            <div class="title">
                <h2 id="help-title">"Keyboard shortcuts"</h2>
                <button type="button" class="tool" aria-label="Close" on:click=move |_| open.set(false)>
                    {icon(icon::CLOSE)}
                </button>
            </div>
            <dl>{rows.collect_view()}</dl>
            <p>
                "Blue numbers are values and flow forward along solid edges. Orange numbers with ∂ are gradients and flow
                back along dashed ones."
            </p>
        </dialog>
    }
}
