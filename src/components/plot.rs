use leptos::prelude::*;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::bench::Bench;
use crate::model::number::{count, fixed, long, short};
use crate::model::plot::{Axes, HEIGHT, WIDTH, wants_log};
use crate::ui::{El, el, memo, svg};

/// The loss curve: it grows while the program runs, and tells each value exactly.
pub fn plot(bench: Bench) -> El {
    let chosen = RwSignal::new(None::<bool>);
    let cursor = RwSignal::new(None::<usize>);
    let log = memo(move || bench.view.with(|view| chosen.get().unwrap_or_else(|| wants_log(&view.losses))));
    let axes = memo(move || bench.view.with(|view| Axes::new(&view.losses, log.get())));
    let last = memo(move || bench.view.with(|view| view.losses.len().saturating_sub(1)));
    let index = move || cursor.get().unwrap_or(usize::MAX).min(last.get());
    let at = move || bench.view.with(|view| view.losses.get(index()).copied());
    let reading =
        move || at().map_or_else(String::new, |p| format!("step {}: {}", count(p.step), long(p.value.0)));
    let marker = move || {
        let (point, axes) = (at()?, axes.get());
        let top = 100.0 * axes.y(point.value.0)? / HEIGHT;
        let left = 100.0 * axes.x(point.step as f64) / WIDTH;
        Some(
            el("span")
                .class("marker")
                .set("style", format!("left:{}%;top:{}%", fixed(left, 2), fixed(top, 2))),
        )
    };
    let grid = move || {
        let axes = axes.get();
        let level = |value: f64| {
            let top = 100.0 * axes.y(value)? / HEIGHT;
            let label = el("i").put(short(value));
            Some(el("span").class("level").set("style", format!("top:{}%", fixed(top, 2))).put(label))
        };
        axes.ticks().into_iter().filter_map(level).collect::<Vec<_>>()
    };
    let key = move |event: KeyboardEvent| {
        let last = last.get_untracked();
        let here = cursor.get_untracked().unwrap_or(last).min(last);
        let page = (last / 10).max(1);
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => here + 1,
            "PageDown" => here.saturating_sub(page),
            "PageUp" => here + page,
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(to.min(last)));
    };
    let curve = svg("path")
        .class("curve")
        .live("d", move || bench.view.with(|view| axes.get().path(&view.losses)))
        .set("vector-effect", "non-scaling-stroke");
    let drawing = svg("svg")
        .set("viewBox", format!("0 0 {} {}", fixed(WIDTH, 0), fixed(HEIGHT, 0)))
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .put(curve);
    let area = el("div").class("plot-area");
    let element = area.is::<Element>();
    let point = move |event: PointerEvent| {
        let Some(rect) = element.as_ref().map(Element::get_bounding_client_rect) else { return };
        let fraction = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let axes = axes.get_untracked();
        cursor.set(bench.view.with_untracked(|view| axes.nearest(&view.losses, fraction)));
    };
    let area = area
        .set("role", "slider")
        .set("tabindex", "0")
        .set("aria-label", "Loss by step")
        .set("aria-valuemin", "0")
        .live("aria-valuemax", move || last.get().to_string())
        .live("aria-valuenow", move || index().to_string())
        .live("aria-valuetext", reading)
        .on("pointermove", point.clone())
        .on("pointerdown", point)
        .on("pointerleave", move |_: Event| cursor.set(None))
        .on("keydown", key)
        .part(grid)
        .put(drawing)
        .part(marker);
    let toggle = move |event: Event| {
        if let Some(input) =
            event.target().and_then(|t| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(t).ok())
        {
            chosen.set(Some(input.checked()));
        }
    };
    let check = el("input")
        .set("type", "checkbox")
        .test("log")
        .prop("checked", move || log.get())
        .on("change", toggle);
    let bar = el("div")
        .class("plot-bar")
        .put(el("output").test("loss-reading").say(reading))
        .put(el("label").put(check).put("logarithmic"));
    let steps = move || bench.view.with(|view| view.losses.last().map_or(String::new(), |p| count(p.step)));
    el("div")
        .class("plot")
        .test("plot")
        .live("data-last", move || {
            bench.view.with(|view| view.losses.last().map(|point| long(point.value.0)))
        })
        .live("data-count", move || (last.get() + 1).to_string())
        .put([bar, area])
        .put(el("p").class("axis").put(el("span").put("0")).put(el("span").say(steps)))
}
