//! The computation graph: boxes and edges, a camera over them, and the same in words.

mod camera;
mod edge;
mod node;

use camera::Camera;
use edge::{EdgeLines, Pill, wires};
use gradloom_diagram::Direction;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use node::{Around, ConstantBox, NodeBox, words};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::icon::{self, icon};
use super::knobs::Knobs;
use crate::bench::{Bench, Target, bench};
use crate::dom;

/// Pixels that a finger or mouse moves before it is a drag and no click.
const SLACK: f64 = 4.0;

#[derive(Clone, Copy)]
struct Stage {
    camera: RwSignal<Camera>,
    /// Follows the graph as it grows, until the learner moves it.
    auto: RwSignal<bool>,
    window: RwSignal<(f64, f64)>,
}

impl Stage {
    fn zoom(self, factor: f64, at: Option<(f64, f64)>) {
        let (width, height) = self.window.get_untracked();
        self.auto.set(false);
        self.camera
            .update(|camera| *camera = camera.zoomed(factor, at.unwrap_or((width / 2.0, height / 2.0))));
    }
}

/// The panel with the graph.
#[component]
pub fn Graph() -> impl IntoView {
    let bench = bench();
    let stage = Stage {
        camera: RwSignal::new(Camera { x: 0.0, y: 0.0, k: 1.0 }),
        auto: RwSignal::new(true),
        window: RwSignal::new((600.0, 400.0)),
    };
    let area = NodeRef::<Div>::new();
    watch_size(area, stage.window);
    Effect::new(move |_| {
        let window = stage.window.get();
        let active = bench.view.with(|view| view.active());
        if !stage.auto.get() {
            return;
        }
        let fitted = bench.sheet.with(|sheet| {
            let now = active.iter().filter_map(|place| sheet.node(*place)).reduce(|a, b| a.union(&b));
            Camera::fit(sheet.bounds(), now, window)
        });
        stage.camera.set(fitted);
    });
    // Another lesson starts with the whole in sight.
    Effect::new(move |_| {
        bench.lesson.track();
        stage.auto.set(true);
    });
    let tool = move |id: &'static str, path, text: &'static str, act: fn(Stage)| {
        view! {
            <button type="button" class="tool" data-testid=id aria-label=text title=text on:click=move |_| act(stage)>
                {icon(path)}
            </button>
        }
    };
    let empty = move || bench.view.with(|view| view.nodes.is_empty());
    let outline =
        move || bench.view.with(|view| view.nodes.iter().map(|node| words(view, node)).collect::<Vec<_>>());
    view! {
        <section class="graph" aria-label="Computation graph" data-testid="graph" class:old=move || bench.stale()>
            <div class="bar">
                <h2>"Computation graph"</h2>
                <p class="legend" aria-hidden="true">
                    <span><i class="there"></i>"value"</span>
                    <span><i class="back"></i>"gradient"</span>
                </p>
                <span class="space"></span>
                {tool("zoom-out", icon::MINUS, "Zoom out", |stage| stage.zoom(0.8, None))}
                {tool("zoom-in", icon::PLUS, "Zoom in", |stage| stage.zoom(1.25, None))}
                {tool("fit", icon::FIT, "Fit the graph", |stage| stage.auto.set(true))}
            </div>
            <Knobs />
            <div class="sheet" node_ref=area>
                <Drawing stage area />
                <Show when=empty>
                    <p class="hint">"The graph grows here as the program runs."</p>
                </Show>
            </div>
            <ul class="sr-only" aria-label="The graph in words" data-testid="outline">
                {move || outline().into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Drawing(stage: Stage, area: NodeRef<Div>) -> impl IntoView {
    let bench = bench();
    let places =
        Memo::new(move |_| bench.view.with(|view| view.nodes.iter().map(|n| n.place).collect::<Vec<_>>()));
    let edges = Memo::new(move |_| bench.view.with(|view| wires(view)));
    let constants = move || edges.get().into_iter().filter(|wire| wire.constant).collect::<Vec<_>>();
    let around = Around {
        active: Memo::new(move |_| bench.view.with(|view| view.active())),
        lit: Memo::new(move |_| bench.lit()),
        stop: Memo::new(move |_| match bench.selected.get() {
            Target::Place(place) if places.with(|places| places.contains(&place)) => Some(place),
            _ => places.with(|places| places.first().copied()),
        }),
    };
    let pointers = StoredValue::new(Pointers::default());
    let at = move |event: &ev::PointerEvent| (f64::from(event.client_x()), f64::from(event.client_y()));
    let origin = move || {
        area.get_untracked().map_or((0.0, 0.0), |area| {
            let rect = area.get_bounding_client_rect();
            (rect.left(), rect.top())
        })
    };
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            pointers.update_value(|pointers| pointers.down(event.pointer_id(), at(&event)));
        }
    };
    let drag = move |event: ev::PointerEvent| {
        let change =
            pointers.try_update_value(|pointers| pointers.moved(event.pointer_id(), at(&event))).flatten();
        let Some(change) = change else { return };
        if let Some(element) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) {
            // Without capture the drag ends at the sheet's edge.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        stage.auto.set(false);
        let (left, top) = origin();
        let center = (change.center.0 - left, change.center.1 - top);
        stage
            .camera
            .update(|camera| *camera = camera.moved(change.by.0, change.by.1).zoomed(change.factor, center));
    };
    let up = move |event: ev::PointerEvent| pointers.update_value(|pointers| pointers.up(event.pointer_id()));
    let wheel = move |event: ev::WheelEvent| {
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let (left, top) = origin();
            let at = (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top);
            stage.zoom((-event.delta_y() * 0.002).exp().clamp(0.5, 2.0), Some(at));
        }
    };
    let key = move |event: ev::KeyboardEvent| keyboard(bench, stage, around, &event);
    view! {
        <svg
            role="group"
            aria-label="Computation graph"
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=up
            on:pointerleave=up
            on:wheel=wheel
            on:keydown=key
        >
            <g transform=move || {
                let camera = stage.camera.get();
                format!("translate({:.2} {:.2}) scale({:.4})", camera.x, camera.y, camera.k)
            }>
                <For each=move || edges.get() key=|wire| *wire let:wire>
                    <EdgeLines wire />
                </For>
                <For each=constants key=|wire| *wire let:wire>
                    <ConstantBox place=wire.to input=wire.input as usize />
                </For>
                <For each=move || places.get() key=|place| *place let:place>
                    <NodeBox place around />
                </For>
                <For each=move || edges.get() key=|wire| *wire let:wire>
                    <Pill wire />
                </For>
            </g>
        </svg>
    }
}

/// Arrow keys go along edges, else to the nearest box that way.
fn keyboard(bench: Bench, stage: Stage, around: Around, event: &ev::KeyboardEvent) {
    match event.key().as_str() {
        "+" | "=" => stage.zoom(1.25, None),
        "-" => stage.zoom(0.8, None),
        "0" => stage.auto.set(true),
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
                .or_else(|| near(view.nodes.iter().map(|node| node.place).filter(|p| *p != from).collect()))
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
fn watch_size(area: NodeRef<Div>, size: RwSignal<(f64, f64)>) {
    Effect::new(move |_| {
        let Some(area) = area.get() else { return };
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
    });
}
