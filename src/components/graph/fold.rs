use gradloom_diagram::{Rect, within};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::node::Around;
use crate::bench::{Bench, Folds};
use crate::dom;
use crate::model::groups::Group;
use crate::model::number::fixed;
use crate::model::sheet::Sheet;
use crate::ui::{El, memo, svg};

/// Around the boxes inside.
const PAD: f32 = 14.0;
/// Height of a title, and how far from the frame's corner it begins.
const TITLE: (f32, f32) = (20.0, 8.0);

/// What a box around nodes shows.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    title: String,
    count: usize,
    rect: Rect,
    title_at: f32,
    places: Vec<u64>,
}

/// The frame around a group.
fn around(group: &Group, folds: &Folds, sheet: &Sheet) -> Rect {
    let inside = group.places.iter().filter_map(|place| sheet.node(*place));
    let rect = inside.reduce(|a, b| a.union(&b)).unwrap_or_default();
    // An outer frame lies around those inside of it.
    let pad = PAD + 10.0 * folds.frames_inside(group.key) as f32;
    Rect {
        x: rect.x - pad,
        y: rect.y - pad - 10.0,
        width: rect.width + 2.0 * pad,
        height: rect.height + 2.0 * pad + 10.0,
    }
}

/// The width of an open frame's title, with the sign before it.
fn title_width(title: &str) -> f32 {
    28.4 + 7.2 * title.chars().count() as f32
}

/// Where a frame's title begins, from its left side: past the title of the frame around it, where both begin in the same
/// corner.
fn title_at(group: &Group, folds: &Folds, sheet: &Sheet) -> f32 {
    let Some(outer) = folds.outer(group.key) else { return TITLE.1 };
    let (own, rect) = (around(group, folds, sheet), around(outer, folds, sheet));
    let end = rect.x + title_at(outer, folds, sheet) + title_width(&outer.title) + 4.0 - own.x;
    if own.y - rect.y < TITLE.0 { end.max(TITLE.1) } else { TITLE.1 }
}

fn shown(bench: Bench, key: u64) -> Memo<Shown> {
    memo(move || {
        bench.folds.with(|folds| {
            let Some(group) = folds.group(key) else { return Shown::default() };
            let (rect, title_at) =
                bench.sheet.with(|sheet| (around(group, folds, sheet), title_at(group, folds, sheet)));
            let places = group.places.clone();
            Shown { title: group.title.clone(), count: places.len(), rect, title_at, places }
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

/// The frame around what an open module, function or loop made.
pub fn open_frame(bench: Bench, key: u64) -> El {
    let shown = shown(bench, key);
    svg("g")
        .class("module open")
        .live("transform", move || shown.with(|shown| dom::translate(shown.rect.x, shown.rect.y)))
        .put(frame(shown, "frame"))
}

/// The title of an open frame, which closes it; it lies over the edges.
pub fn open_title(bench: Bench, key: u64) -> El {
    let shown = shown(bench, key);
    let name = move || shown.with(|shown| shown.title.clone());
    svg("g")
        .set("id", format!("group-{key}"))
        .set("role", "button")
        .set("tabindex", "0")
        .set("aria-expanded", "true")
        .class("module-title")
        .test("module-title")
        .live("data-title", name)
        .live("aria-label", move || format!("{}, open", name()))
        .live("transform", move || {
            shown.with(|shown| dom::translate(shown.rect.x + shown.title_at, shown.rect.y))
        })
        .click(move || bench.fold(key))
        .on("keydown", toggled_by_key(bench, key))
        .part(move || {
            let back = svg("rect")
                .set("y", "-9")
                .set("width", fixed(title_width(&name()).into(), 0))
                .set("height", fixed(TITLE.0.into(), 0))
                .set("rx", "6");
            vec![back, svg("text").class("opn").set("x", "7").set("y", "5").put(format!("− {}", name()))]
        })
}
