use gradloom_diagram::Rect;
use leptos::prelude::*;

use crate::bench::Bench;
use crate::dom;
use crate::model::number::fixed;
use crate::ui::{El, button, el, svg};

/// Width and height of a picture.
const SIZE: (f32, f32) = (132.0, 78.0);

/// The film strip: each pass that was told as a small drawing of its graph, in the places that its nodes have in the large
/// one, so that two passes can be compared at a glance.
pub fn passes(bench: Bench) -> El {
    let strip = move || {
        let passes = bench.view.with(|view| view.passes.clone());
        passes.into_iter().map(|(pass, places)| picture(bench, pass, &places)).collect::<Vec<_>>()
    };
    el("div")
        .put(
            el("p")
                .class("hint")
                .put("The graph that each pass made. A pass that was only counted has no picture."),
        )
        .put(el("div").class("strip").test("strip").part(strip))
}

fn picture(bench: Bench, pass: u64, places: &[u64]) -> El {
    let current = move || bench.view.with(|view| view.pass == Some(pass));
    let drawing = bench.sheet.with(|sheet| {
        let bounds = sheet.bounds();
        let scale = (SIZE.0 / bounds.width.max(1.0)).min(SIZE.1 / bounds.height.max(1.0)).min(0.2);
        let at = |rect: Rect| {
            let [x, y] = [(rect.x - bounds.x) * scale, (rect.y - bounds.y) * scale];
            let [x, y, width, height] =
                [x, y, rect.width * scale, rect.height * scale].map(|x| fixed(x.into(), 1));
            format!("M{x} {y}h{width}v{height}h-{width}z")
        };
        let mut edges = String::new();
        for place in places {
            for edge in sheet.edges_into(*place) {
                edges.push_str(&dom::path(&edge.route));
            }
        }
        let boxes: String = places.iter().filter_map(|place| sheet.node(*place)).map(at).collect();
        let shift = format!(
            "scale({0}) translate({1} {2})",
            fixed(scale.into(), 4),
            fixed((-bounds.x).into(), 1),
            fixed((-bounds.y).into(), 1)
        );
        svg("svg")
            .set("aria-hidden", "true")
            .set(
                "viewBox",
                format!("-2 -2 {} {}", fixed((SIZE.0 + 4.0).into(), 0), fixed((SIZE.1 + 4.0).into(), 0)),
            )
            .put(
                svg("path")
                    .class("wires")
                    .set("d", edges)
                    .set("transform", shift)
                    .set("vector-effect", "non-scaling-stroke"),
            )
            .put(svg("path").class("overview").set("d", boxes))
    });
    let count = places.len();
    button("frame-of-strip")
        .test("pass")
        .set("data-pass", pass.to_string())
        .set("data-nodes", count.to_string())
        .live("aria-current", move || current().then_some("true"))
        .click(move || bench.go_to_pass(pass))
        .put(drawing)
        .put(el("span").put(format!("pass {} · {count} nodes", pass + 1)))
}
