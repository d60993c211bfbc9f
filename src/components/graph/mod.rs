//! The computation graph: boxes and edges, a camera over them, and the same in words.

mod camera;
mod drawing;
mod edge;
mod fold;
mod keys;
mod minimap;
mod node;
mod stage;
mod tree;

use std::cell::Cell;

use camera::Camera;
use drawing::drawing;
use gradloom_diagram::Direction;
use leptos::prelude::*;
use minimap::minimap;
pub use node::words;
use stage::Stage;
pub use stage::watch_size;
use tree::tree;
use web_sys::Element;

use super::icon::{self, icon};
use super::knobs::knobs;
use super::menu::menu;
use super::pad::pad;
use crate::bench::Bench;
use crate::export;
use crate::ui::{El, button, effect, el};

/// The panel with the graph.
pub fn graph(bench: Bench) -> El {
    let stage = Stage::new();
    // Whether the window looks at something of this run.
    let placed = Cell::new(false);
    effect(move || {
        let window = stage.window.get();
        let (mut places, newest) = bench.view.with(|view| {
            let drawn = view.drawn().max_by_key(|node| node.id).map(|node| node.place);
            (view.active(), drawn.filter(|_| view.whole || !placed.get()))
        });
        if !stage.auto.get() {
            return;
        }
        if places.is_empty() {
            places.extend(newest);
        }
        let fitted = bench.sheet.with(|sheet| {
            let now: Vec<_> = places.iter().filter_map(|place| sheet.node(*place)).collect();
            // Where boxes grow downward, the newest are at the bottom, and the button that jumps is.
            let map_on_top = sheet.direction() == Direction::TopDown;
            Camera::fit(sheet.bounds(), &now, window, stage.whole.get(), map_on_top)
        });
        placed.set(!places.is_empty());
        // A line that makes nothing is no reason to look elsewhere.
        if let Some(fitted) = fitted {
            stage.camera.set(fitted);
        }
    });
    // Another program starts with the whole in sight.
    effect(move || {
        bench.opened.track();
        stage.whole.set(false);
        stage.auto.set(true);
    });
    let tool = move |id: &str, path: &str, text: &str, act: fn(Stage)| {
        let button = button("tool").test(id).set("aria-label", text).set("title", text);
        button.click(move || act(stage)).put(icon(path))
    };
    let canvas = drawing(bench, stage);
    let element = canvas.is::<Element>();
    let save = {
        let element = element.clone();
        move |picture: bool| {
            if let Some(element) = element.clone() {
                save(bench, stage, element, picture);
            }
        }
    };
    let take_away = menu("graph-menu", icon::MORE, "Boxes, and take away", move || {
        let item = |id: &str, text: &str| button("item").test(id).put(text);
        let (as_drawing, as_picture) = (save.clone(), save.clone());
        vec![
            item("open-all", "Open all boxes").click(move || bench.fold_all(false)),
            item("close-all", "Close all boxes").click(move || bench.fold_all(true)),
            item("graph-svg", "Save the graph as SVG").click(move || as_drawing(false)),
            item("graph-png", "Save the graph as PNG").click(move || as_picture(true)),
        ]
    });
    let mark = |class: &str, text: &str| el("span").put(el("i").class(class)).put(text);
    let legend = el("p").class("legend").set("aria-hidden", "true");
    let bar = el("div")
        .class("bar")
        .put(el("h2").put("Computation graph"))
        .put(legend.put([mark("there", "value"), mark("back", "gradient")]))
        .put(el("span").class("space"))
        .put(tool("zoom-out", icon::MINUS, "Zoom out", |stage| stage.zoom(0.8, None)))
        .put(tool("zoom-in", icon::PLUS, "Zoom in", |stage| stage.zoom(1.25, None)))
        .put(tool("fit", icon::FIT, "Fit the graph", Stage::fit))
        .put(take_away);
    let empty = move || bench.view.with(|view| view.nodes.is_empty());
    let hint = el("p")
        .class("hint")
        .live("hidden", move || !empty())
        .put("The graph grows here as the program runs.");
    let sheet = el("div").class("sheet");
    if let Some(element) = sheet.is::<Element>() {
        watch_size(element, stage.window);
    }
    el("section")
        .class("graph")
        .set("id", "graph")
        .set("aria-label", "Computation graph")
        .test("graph")
        .toggle("old", move || bench.stale())
        .put(bar)
        .put(knobs(bench))
        .put(pad(bench))
        .put(sheet.put(hint).put(canvas).put(minimap(bench, stage)).put(tree(bench)))
}

/// Saves the whole graph, also what is out of sight.
fn save(bench: Bench, stage: Stage, canvas: Element, picture: bool) {
    stage.all.set(true);
    // What was out of sight is drawn in the next frame.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let bounds = bench.sheet.with_untracked(|sheet| sheet.bounds());
            let [x, y, width, height] = [bounds.x, bounds.y, bounds.width, bounds.height].map(f64::from);
            let paper = export::paper();
            let drawing = export::drawing(&canvas, (x, y, width, height), &paper);
            stage.all.set(false);
            let Some(drawing) = drawing else { return };
            match picture {
                true => export::save_picture("graph.png", drawing, (width, height), paper),
                false => export::save("graph.svg", "image/svg+xml", &drawing),
            }
        });
    });
}
