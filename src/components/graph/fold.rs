use gradloom_diagram::{Rect, within};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::node::Around;
use crate::bench::Bench;
use crate::dom;
use crate::model::number::fixed;
use crate::ui::{El, memo, svg};

/// Around the boxes inside.
const PAD: f32 = 14.0;

/// What a box around nodes shows.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    title: String,
    count: usize,
    rect: Rect,
    places: Vec<u64>,
}

fn shown(bench: Bench, key: u64) -> Memo<Shown> {
    memo(move || {
        bench.folds.with(|folds| {
            let Some(group) = folds.group(key) else { return Shown::default() };
            let rect = bench.sheet.with(|sheet| {
                let inside = group.places.iter().filter_map(|place| sheet.node(*place));
                inside.reduce(|a, b| a.union(&b)).unwrap_or_default()
            });
            // An outer frame lies around those inside of it.
            let pad = PAD + 10.0 * folds.frames_inside(key) as f32;
            let rect = Rect {
                x: rect.x - pad,
                y: rect.y - pad - 10.0,
                width: rect.width + 2.0 * pad,
                height: rect.height + 2.0 * pad + 10.0,
            };
            let places = group.places.clone();
            Shown { title: group.title.clone(), count: places.len(), rect, places }
        })
    })
}

fn frame(shown: Memo<Shown>, class: &str) -> El {
    svg("rect").class(class).set("rx", "14").sync(move |at| {
        shown.with(|shown| {
            at.set("width", &fixed(shown.rect.width.into(), 1));
            at.set("height", &fixed(shown.rect.height.into(), 1));
        });
    })
}

fn toggled_by_key(bench: Bench, key: u64) -> impl Fn(KeyboardEvent) {
    move |event| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            bench.fold(key);
            dom::focus_graphic(&format!("group-{key}"));
        }
    }
}

/// The box of a module, a function or a loop that is closed: it lies over what is inside, so that opening it moves
/// nothing.
pub fn closed_box(bench: Bench, key: u64, around: Around) -> El {
    let shown = shown(bench, key);
    let active = move || {
        shown.with(|shown| {
            around.active.with(|active| active.iter().any(|place| shown.places.contains(place)))
        })
    };
    let lit = move || {
        shown.with(|shown| around.lit.with(|lit| lit.places.iter().any(|place| shown.places.contains(place))))
    };
    let text = move |class: &str, part: f32, share: f32, text: String| {
        let Rect { width, height, .. } = shown.with(|shown| shown.rect);
        let wide = width * 0.8 / (0.62 * text.chars().count().max(1) as f32);
        let size = within((height * share).min(wide), 12.0, 64.0);
        svg("text")
            .class(class)
            .set("text-anchor", "middle")
            .set("x", fixed((width / 2.0).into(), 1))
            .set("y", fixed((height * part).into(), 1))
            .set("style", format!("font-size:{}px", fixed(size.into(), 1)))
            .put(text)
    };
    let count = move || format!("{} operations", shown.with(|shown| shown.count));
    svg("g")
        .class("module closed")
        .set("id", format!("group-{key}"))
        .set("role", "button")
        .set("tabindex", "0")
        .set("aria-expanded", "false")
        .test("module")
        .live("data-title", move || shown.with(|shown| shown.title.clone()))
        .live("aria-label", move || {
            format!("{}, {}, closed", shown.with(|shown| shown.title.clone()), count())
        })
        .live("transform", move || shown.with(|shown| dom::translate(shown.rect.x, shown.rect.y)))
        .toggle("active", active)
        .toggle("lit", lit)
        .click(move || bench.fold(key))
        .on("keydown", toggled_by_key(bench, key))
        .put(frame(shown, "box"))
        .part(move || text("nm", 0.52, 0.22, shown.with(|shown| shown.title.clone())))
        .part(move || text("opn", 0.74, 0.11, count()))
}

/// The frame around what an open module, function or loop made; its title closes it.
pub fn open_frame(bench: Bench, key: u64) -> El {
    let shown = shown(bench, key);
    let title = svg("g")
        .set("id", format!("group-{key}"))
        .set("role", "button")
        .set("tabindex", "0")
        .set("aria-expanded", "true")
        .class("module-title")
        .test("module-title")
        .live("data-title", move || shown.with(|shown| shown.title.clone()))
        .live("aria-label", move || format!("{}, open", shown.with(|shown| shown.title.clone())))
        .click(move || bench.fold(key))
        .on("keydown", toggled_by_key(bench, key))
        .part(move || {
            let title = format!("− {}", shown.with(|shown| shown.title.clone()));
            let width = fixed(14.0 + 7.2 * title.chars().count() as f64, 0);
            let back = svg("rect")
                .set("x", "8")
                .set("y", "-9")
                .set("width", width)
                .set("height", "20")
                .set("rx", "6");
            vec![back, svg("text").class("opn").set("x", "15").set("y", "5").put(title)]
        });
    svg("g")
        .class("module open")
        .live("transform", move || shown.with(|shown| dom::translate(shown.rect.x, shown.rect.y)))
        .put(frame(shown, "frame"))
        .put(title)
}
