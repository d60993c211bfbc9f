//! The computation graph: boxes and edges, a camera over them, and the same in words.

mod camera;
mod edge;
mod node;

use std::cell::RefCell;
use std::rc::Rc;

use camera::Camera;
use edge::{Wire, edge_lines, pill, wires};
use gradloom_diagram::Direction;
use leptos::prelude::*;
use node::{Around, constant_box, node_box, words};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};

use super::icon::{self, icon};
use super::knobs::knobs;
use crate::bench::{Bench, Target};
use crate::dom;
use crate::model::number::fixed;
use crate::ui::{El, button, effect, el, memo, svg};

/// Pixels that a finger or mouse moves before it is a drag and no click.
const SLACK: f64 = 4.0;

#[derive(Clone, Copy)]
struct Stage {
    camera: RwSignal<Camera>,
    /// Follows the graph as it grows, until the learner moves it.
    auto: RwSignal<bool>,
    /// Shows the whole, however small it gets: asked for.
    whole: RwSignal<bool>,
    window: RwSignal<(f64, f64)>,
}

impl Stage {
    fn fit(self) {
        self.whole.set(true);
        self.auto.set(true);
    }

    fn zoom(self, factor: f64, at: Option<(f64, f64)>) {
        let (width, height) = self.window.get_untracked();
        self.auto.set(false);
        self.camera
            .update(|camera| *camera = camera.zoomed(factor, at.unwrap_or((width / 2.0, height / 2.0))));
    }
}

/// What is drawn, in the order in which one lies over the other.
#[derive(Clone, Copy, PartialEq)]
enum Item {
    Edge(Wire),
    Constant(u64, usize),
    Node(u64),
    Pill(Wire),
}

/// The panel with the graph.
pub fn graph(bench: Bench) -> El {
    let stage = Stage {
        camera: RwSignal::new(Camera { x: 0.0, y: 0.0, k: 1.0 }),
        auto: RwSignal::new(true),
        whole: RwSignal::new(false),
        window: RwSignal::new((600.0, 400.0)),
    };
    effect(move || {
        let window = stage.window.get();
        let active = bench.view.with(|view| view.active());
        if !stage.auto.get() {
            return;
        }
        let fitted = bench.sheet.with(|sheet| {
            let now = active.iter().filter_map(|place| sheet.node(*place)).reduce(|a, b| a.union(&b));
            Camera::fit(sheet.bounds(), now, window, stage.whole.get())
        });
        stage.camera.set(fitted);
    });
    // Another lesson starts with the whole in sight.
    effect(move || {
        bench.lesson.track();
        stage.whole.set(false);
        stage.auto.set(true);
    });
    let tool = move |id: &str, path: &str, text: &str, act: fn(Stage)| {
        let button = button("tool").test(id).set("aria-label", text).set("title", text);
        button.click(move || act(stage)).put(icon(path))
    };
    let mark = |class: &str, text: &str| el("span").put(el("i").class(class)).put(text);
    let legend = el("p").class("legend").set("aria-hidden", "true");
    let bar = el("div")
        .class("bar")
        .put(el("h2").put("Computation graph"))
        .put(legend.put([mark("there", "value"), mark("back", "gradient")]))
        .put(el("span").class("space"))
        .put(tool("zoom-out", icon::MINUS, "Zoom out", |stage| stage.zoom(0.8, None)))
        .put(tool("zoom-in", icon::PLUS, "Zoom in", |stage| stage.zoom(1.25, None)))
        .put(tool("fit", icon::FIT, "Fit the graph", Stage::fit));
    let empty = move || bench.view.with(|view| view.nodes.is_empty());
    let outline = move || {
        bench.view.with(|view| view.drawn().map(|node| el("li").put(words(view, node))).collect::<Vec<_>>())
    };
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
        .set("aria-label", "Computation graph")
        .test("graph")
        .toggle("old", move || bench.stale())
        .put(bar)
        .put(knobs(bench))
        .put(sheet.put(drawing(bench, stage)).put(hint))
        .put(el("ul").class("sr-only").set("aria-label", "The graph in words").test("outline").part(outline))
}

fn drawing(bench: Bench, stage: Stage) -> El {
    let places = memo(move || bench.view.with(|view| view.drawn().map(|n| n.place).collect::<Vec<_>>()));
    let edges = memo(move || bench.view.with(|view| wires(view)));
    let around = Around {
        active: memo(move || bench.view.with(|view| view.active())),
        lit: memo(move || bench.lit()),
        stop: memo(move || match bench.selected.get() {
            Target::Place(place) if places.with(|places| places.contains(&place)) => Some(place),
            _ => places.with(|places| places.first().copied()),
        }),
    };
    let items = move || {
        let edges = edges.get();
        let mut items: Vec<Item> = edges.iter().map(|wire| Item::Edge(*wire)).collect();
        let constants = edges.iter().filter(|wire| wire.constant);
        items.extend(constants.map(|wire| Item::Constant(wire.to, wire.input as usize)));
        places.with(|places| items.extend(places.iter().map(|place| Item::Node(*place))));
        items.extend(edges.iter().filter(|wire| !wire.constant).map(|wire| Item::Pill(*wire)));
        items
    };
    let make = move |item: &Item| match *item {
        Item::Edge(wire) => edge_lines(bench, wire),
        Item::Constant(place, input) => constant_box(bench, place, input),
        Item::Node(place) => node_box(bench, place, around),
        Item::Pill(wire) => pill(bench, wire),
    };
    let camera = move || {
        let camera = stage.camera.get();
        format!("translate({} {}) scale({})", fixed(camera.x, 2), fixed(camera.y, 2), fixed(camera.k, 4))
    };
    let canvas = svg("svg").set("role", "group").set("aria-label", "Computation graph");
    let element = canvas.is::<Element>();
    let origin = {
        let element = element.clone();
        move || {
            let rect = element.as_ref().map(Element::get_bounding_client_rect);
            rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()))
        }
    };
    let pointers = Rc::new(RefCell::new(Pointers::default()));
    let at = |event: &PointerEvent| (f64::from(event.client_x()), f64::from(event.client_y()));
    let down = {
        let pointers = pointers.clone();
        move |event: PointerEvent| {
            if event.button() == 0 {
                pointers.borrow_mut().down(event.pointer_id(), at(&event));
            }
        }
    };
    let drag = {
        let (pointers, origin) = (pointers.clone(), origin.clone());
        move |event: PointerEvent| {
            let Some(change) = pointers.borrow_mut().moved(event.pointer_id(), at(&event)) else { return };
            if let Some(element) = &element {
                // Without capture the drag ends at the sheet's edge.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            stage.auto.set(false);
            let (left, top) = origin();
            let center = (change.center.0 - left, change.center.1 - top);
            stage.camera.update(|camera| {
                *camera = camera.moved(change.by.0, change.by.1).zoomed(change.factor, center)
            });
        }
    };
    let up = move |event: PointerEvent| pointers.borrow_mut().up(event.pointer_id());
    let wheel = move |event: WheelEvent| {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let (left, top) = origin();
            let at = (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top);
            stage.zoom((-event.delta_y() * 0.002).exp().clamp(0.5, 2.0), Some(at));
        }
    };
    canvas
        .on("pointerdown", down)
        .on("pointermove", drag)
        .on("pointerup", up.clone())
        .on("pointercancel", up.clone())
        .on("pointerleave", up)
        .on("wheel", wheel)
        .on("keydown", move |event: KeyboardEvent| keyboard(bench, stage, around, &event))
        .put(svg("g").live("transform", camera).each(items, make))
}

/// Arrow keys go along edges, else to the nearest box that way.
fn keyboard(bench: Bench, stage: Stage, around: Around, event: &KeyboardEvent) {
    match event.key().as_str() {
        "+" | "=" => stage.zoom(1.25, None),
        "-" => stage.zoom(0.8, None),
        "0" => stage.fit(),
        "Escape" => bench.selected.set(Target::Nothing),
        name => {
            let Some(way) = name.strip_prefix("Arrow") else { return };
            event.prevent_default();
            let Some(next) = around.stop.get_untracked().and_then(|from| neighbor(bench, from, way)) else {
                return;
            };
            bench.selected.set(Target::Place(next));
            dom::focus_graphic(&format!("node-{next}"));
            if let Some(rect) = bench.sheet.with_untracked(|sheet| sheet.node(next)) {
                let window = stage.window.get_untracked();
                let (before, after) =
                    (stage.camera.get_untracked(), stage.camera.get_untracked().showing(rect, window));
                if before != after {
                    stage.auto.set(false);
                    stage.camera.set(after);
                }
            }
            return;
        }
    }
    event.prevent_default();
}

fn neighbor(bench: Bench, from: u64, way: &str) -> Option<u64> {
    bench.sheet.with_untracked(|sheet| {
        bench.view.with_untracked(|view| {
            let here = sheet.node(from)?.center();
            let along = match (sheet.direction(), way) {
                (Direction::LeftToRight, "Left") | (Direction::TopDown, "Up") => Some(false),
                (Direction::LeftToRight, "Right") | (Direction::TopDown, "Down") => Some(true),
                _ => None,
            };
            let joined: Vec<u64> = wires(view)
                .into_iter()
                .filter(|wire| !wire.constant)
                .filter_map(|wire| match along {
                    Some(true) if wire.from == from => Some(wire.to),
                    Some(false) if wire.to == from => Some(wire.from),
                    _ => None,
                })
                .collect();
            let distance = |place: &u64| {
                let there = sheet.node(*place)?.center();
                let (dx, dy) = (there.x - here.x, there.y - here.y);
                let (ahead, aside) = match way {
                    "Left" => (-dx, dy.abs()),
                    "Right" => (dx, dy.abs()),
                    "Up" => (-dy, dx.abs()),
                    _ => (dy, dx.abs()),
                };
                (ahead > 1.0).then_some((ahead + 2.0 * aside, *place))
            };
            let near = |places: Vec<u64>| {
                let by_distance = |a: &(f32, u64), b: &(f32, u64)| a.0.total_cmp(&b.0);
                places.iter().filter_map(distance).min_by(by_distance).map(|(_, place)| place)
            };
            near(joined)
                .or_else(|| near(view.drawn().map(|node| node.place).filter(|p| *p != from).collect()))
        })
    })
}

/// Fingers or the mouse on the sheet.
#[derive(Default)]
struct Pointers {
    on: Vec<(i32, (f64, f64))>,
    dragging: bool,
}

/// What a movement asks of the camera.
struct Change {
    by: (f64, f64),
    factor: f64,
    center: (f64, f64),
}

impl Pointers {
    fn down(&mut self, id: i32, at: (f64, f64)) {
        self.on.retain(|(known, _)| *known != id);
        self.on.push((id, at));
        self.dragging = false;
    }

    fn up(&mut self, id: i32) {
        self.on.retain(|(known, _)| *known != id);
    }

    fn moved(&mut self, id: i32, at: (f64, f64)) -> Option<Change> {
        let i = self.on.iter().position(|(known, _)| *known == id)?;
        let before = self.on.get(i)?.1;
        let by = (at.0 - before.0, at.1 - before.1);
        if !self.dragging && by.0.hypot(by.1) < SLACK {
            return None;
        }
        self.dragging = true;
        if let Some(pointer) = self.on.get_mut(i) {
            pointer.1 = at;
        }
        let other = self.on.iter().find(|(known, _)| *known != id).map(|(_, at)| *at);
        let Some(other) = other else { return Some(Change { by, factor: 1.0, center: at }) };
        // Two fingers: the distance between them zooms, their middle moves.
        let spread = |p: (f64, f64)| (p.0 - other.0).hypot(p.1 - other.1).max(1.0);
        let center = ((at.0 + other.0) / 2.0, (at.1 + other.1) / 2.0);
        Some(Change { by: (by.0 / 2.0, by.1 / 2.0), factor: spread(at) / spread(before), center })
    }
}

/// Keeps a signal at the size of an element.
fn watch_size(area: Element, size: RwSignal<(f64, f64)>) {
    let measured = area.clone();
    let measure = Closure::<dyn FnMut(JsValue)>::new(move |_| {
        let (width, height) = (f64::from(measured.client_width()), f64::from(measured.client_height()));
        if width > 0.0 && height > 0.0 && size.get_untracked() != (width, height) {
            size.set((width, height));
        }
    });
    if let Ok(observer) = web_sys::ResizeObserver::new(measure.as_ref().unchecked_ref()) {
        observer.observe(&area);
    }
    // The panel lives as long as the page.
    measure.forget();
}
