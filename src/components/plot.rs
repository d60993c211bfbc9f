use leptos::prelude::*;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, PointerEvent};

use super::icon;
use super::menu::menu;
use crate::bench::{Bench, Curve};
use crate::export;
use crate::model::number::{count, fixed, long, short};
use crate::model::plot::{self, Axes, DASHES, HEIGHT, WIDTH, wants_log};
use crate::ui::{El, button, el, memo, svg};

/// The loss curve: it grows while the program runs, and tells each value exactly.
pub fn plot(bench: Bench) -> El {
    let chosen = RwSignal::new(None::<bool>);
    let cursor = RwSignal::new(None::<usize>);
    let compares = RwSignal::new(true);
    let log = memo(move || bench.view.with(|view| chosen.get().unwrap_or_else(|| wants_log(&view.losses))));
    let earlier = memo(move || if compares.get() { bench.curves.get() } else { Vec::new() });
    let axes = memo(move || {
        bench.view.with(|view| {
            earlier.with(|earlier| {
                let curves = std::iter::once(view.losses.as_slice());
                let curves = curves.chain(earlier.iter().map(|curve| curve.points.as_slice()));
                Axes::new(&curves.collect::<Vec<_>>(), log.get())
            })
        })
    });
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
        .part(move || {
            let axes = axes.get();
            let curve = |(i, earlier): (usize, Curve)| {
                svg("path")
                    .class("curve earlier")
                    .set("d", axes.path(&earlier.points))
                    .set("stroke-dasharray", DASHES.get(i + 1).copied().unwrap_or_default())
                    .set("vector-effect", "non-scaling-stroke")
            };
            earlier.get().into_iter().enumerate().map(curve).collect::<Vec<_>>()
        })
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
    let save = move |picture: bool| {
        let name = format!("run {}", bench.run_number.get_untracked());
        let drawn = bench.view.with_untracked(|view| {
            earlier.with_untracked(|earlier| {
                let mut curves = vec![(name, view.losses.as_slice())];
                curves.extend(earlier.iter().map(|curve| (curve.name.clone(), curve.points.as_slice())));
                plot::drawing(&curves, log.get_untracked(), "#1d1c1a", "#ffffff")
            })
        });
        match picture {
            true => export::save_picture("loss.png", drawn, (720.0, 320.0), "#ffffff".into()),
            false => export::save("loss.svg", "image/svg+xml", &drawn),
        }
    };
    let take_away = menu("plot-menu", icon::MORE, "Compare, and take away", move || {
        let item = |id: &str, text: &str| button("item").test(id).put(text);
        let text = if compares.get_untracked() { "Hide earlier runs" } else { "Show earlier runs" };
        vec![
            item("compare", text).click(move || compares.update(|on| *on = !*on)),
            item("drop-curves", "Forget earlier runs").click(move || bench.drop_curves()),
            item("plot-svg", "Save the plot as SVG").click(move || save(false)),
            item("plot-png", "Save the plot as PNG").click(move || save(true)),
        ]
    });
    let bar = el("div")
        .class("plot-bar")
        .put(el("output").test("loss-reading").say(reading))
        .put(el("span").class("space"))
        .put(el("label").put(check).put("logarithmic"))
        .put(take_away);
    let names = move || {
        let mut names = vec![(format!("run {}", bench.run_number.get()), "")];
        let dash = |i: usize| DASHES.get(i + 1).copied().unwrap_or_default();
        names.extend(earlier.get().into_iter().enumerate().map(|(i, curve)| (curve.name, dash(i))));
        let sign = |(name, dash): (String, &str)| {
            let line = svg("path").class("curve").set("d", "M0 5h26").set("stroke-dasharray", dash);
            let line = svg("svg").set("viewBox", "0 0 26 10").set("aria-hidden", "true").put(line);
            el("span").put(line).put(name)
        };
        if names.len() < 2 { Vec::new() } else { names.into_iter().map(sign).collect() }
    };
    let names = el("p").class("names").test("curves").part(names);
    let steps = move || bench.view.with(|view| view.losses.last().map_or(String::new(), |p| count(p.step)));
    el("div")
        .class("plot")
        .test("plot")
        .live("data-last", move || {
            bench.view.with(|view| view.losses.last().map(|point| long(point.value.0)))
        })
        .live("data-count", move || (last.get() + 1).to_string())
        .put([bar, names, area])
        .put(el("p").class("axis").put(el("span").put("0")).put(el("span").say(steps)))
}
