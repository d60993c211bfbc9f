use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, Node};

use super::icon::icon;
use crate::ui::{El, button, el, on_window};

/// A button and the list of buttons that it opens. Escape, a choice and a press elsewhere close it.
pub fn menu(id: &str, path: &str, label: &str, items: impl Fn() -> Vec<El> + 'static) -> El {
    let open = RwSignal::new(false);
    let toggle = button("tool")
        .test(id)
        .set("aria-label", label)
        .set("title", label)
        .live("aria-expanded", move || open.get().to_string())
        .click(move || open.update(|open| *open = !*open))
        .put(icon(path));
    let focus = toggle.is::<HtmlElement>();
    let whole = el("div").class("menu");
    if let Some(whole) = whole.is::<Node>() {
        on_window("pointerdown", move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if open.get_untracked() && !whole.contains(target.as_ref()) {
                open.set(false);
            }
        });
    }
    let list = move || {
        open.get().then(|| el("div").class("popover items").click(move || open.set(false)).put(items()))
    };
    whole
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" && open.get_untracked() {
                open.set(false);
                if let Some(toggle) = &focus {
                    // The error is that of an element that cannot be focused.
                    let _ = toggle.focus();
                }
            }
        })
        .put(toggle)
        .part(list)
}
