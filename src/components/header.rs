use leptos::prelude::*;

use super::device::device;
use super::icon::{self, icon};
use crate::bench::Bench;
use crate::store;
use crate::ui::{El, button, el, svg};

/// The line at the top: name, lesson, device, theme, help.
pub fn header(bench: Bench, help: RwSignal<bool>, contents: RwSignal<bool>) -> El {
    let mark = svg("svg")
        .set("width", "24")
        .set("height", "24")
        .set("viewBox", "0 0 24 24")
        .set("aria-hidden", "true")
        .put(svg("path").class("warp").set("d", "M3 6c6 0 6 6 9 6s3-6 9-6"))
        .put(svg("path").class("weft").set("d", "M3 18c6 0 6-6 9-6s3 6 9 6"))
        .put(svg("circle").set("cx", "12").set("cy", "12").set("r", "2.4"));
    let number = move || match bench.current_lesson() {
        Some(lesson) if !lesson.is_playground() => format!("Lesson {}", lesson.number),
        _ => String::new(),
    };
    let title = move || bench.current_lesson().map_or("", |lesson| lesson.title);
    let crumb = el("p")
        .class("crumb")
        .put(el("span").say(number))
        .put(el("span").set("aria-hidden", "true").say(move || if number().is_empty() { "" } else { "·" }))
        .put(el("b").say(title));
    let words = move || if bench.dark.get() { "Light colors" } else { "Dark colors" };
    let theme = button("tool")
        .test("theme")
        .live("aria-label", words)
        .live("title", words)
        .click(move || {
            let dark = !bench.dark.get_untracked();
            bench.dark.set(dark);
            store::set("theme", Some(if dark { "dark" } else { "light" }));
        })
        .part(move || icon(if bench.dark.get() { icon::SUN } else { icon::MOON }));
    let shortcuts = button("tool")
        .test("help")
        .set("aria-label", "Keyboard shortcuts")
        .set("title", "Keyboard shortcuts (?)")
        .click(move || help.set(true))
        .put(icon(icon::HELP));
    let list = button("button contents-button")
        .test("contents")
        .set("title", "All lessons, and a search (/)")
        .click(move || contents.set(true))
        .put(icon(icon::LIST))
        .put(el("span").put("Contents"));
    el("header")
        .class("top")
        .put(el("div").class("brand").put(mark).put(el("span").put("Gradloom")))
        .put(list)
        .put(crumb)
        .put(el("span").class("space"))
        .put(device(bench))
        .put(theme)
        .put(shortcuts)
}
