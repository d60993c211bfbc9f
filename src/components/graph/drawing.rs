use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use gradloom_diagram::{Rect, within};
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent, WheelEvent};

use super::edge::{Wire, edge_lines, pill, wires};
use super::fold::{closed_box, open_frame, open_title};
use super::keys::keyboard;
use super::node::{Around, constant_box, node_box};
use super::stage::{Pointers, Stage};
use crate::bench::{Bench, Target};
use crate::model::number::fixed;
use crate::ui::{El, memo, svg};

/// Graphs with more boxes than this are drawn only where the window is.
const MANY: usize = 150;
/// Out of so far a zoom that no text can be read, many boxes are drawn as plain rectangles.
const UNREADABLE: f64 = 0.2;
/// The window is rounded to such tiles, so that what is drawn changes rarely.
const TILE: f64 = 400.0;

/// What is drawn, in the order in which one lies over the other.
#[derive(Clone, Copy, PartialEq)]
enum Item {
    Frame(u64),
    Edge(Wire),
    Title(u64),
    Closed(u64),
    Constant(u64, usize),
    Node(u64),
    Pill(Wire),
}

/// Which part of the sheet is drawn.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    All,
    /// Nothing but an overview.
    Overview,
    Tiles(Rect),
}

fn part(bench: Bench, stage: Stage) -> Part {
    let many = bench.view.with(|view| view.nodes.len() > MANY);
    if !many || stage.all.get() {
        return Part::All;
    }
    let (camera, (width, height)) = (stage.camera.get(), stage.window.get());
    if camera.k < UNREADABLE {
        return Part::Overview;
    }
    let tile = |x: f64| (x / TILE).floor() * TILE;
    let (x, y) = (tile(-camera.x / camera.k), tile(-camera.y / camera.k));
    let right = tile((width - camera.x) / camera.k) + TILE;
    let bottom = tile((height - camera.y) / camera.k) + TILE;
    Part::Tiles(Rect { x: x as f32, y: y as f32, width: (right - x) as f32, height: (bottom - y) as f32 })
}

fn meet(a: &Rect, b: &Rect) -> bool {
    a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom()
}

/// The sheet with everything on it.
pub fn drawing(bench: Bench, stage: Stage) -> El {
    let places = memo(move || {
        bench.folds.with(|folds| {
            let shown = |place: &u64| !folds.hides(*place);
            bench.view.with(|view| view.drawn().map(|n| n.place).filter(shown).collect::<Vec<_>>())
        })
    });
    let edges = memo(move || {
        bench.folds.with(|folds| {
            let within = |wire: &Wire| {
                let to = folds.closed_around(wire.to);
                to.is_some() && (wire.constant || to == folds.closed_around(wire.from))
            };
            bench.view.with(|view| wires(view).into_iter().filter(|wire| !within(wire)).collect::<Vec<_>>())
        })
    });
    let part = memo(move || part(bench, stage));
    let around = Around {
        active: memo(move || bench.view.with(|view| view.active())),
        lit: memo(move || bench.lit()),
        stop: memo(move || match bench.selected.get() {
            Target::Place(place) if places.with(|places| places.contains(&place)) => Some(place),
            _ => places.with(|places| places.first().copied()),
        }),
    };
    let items = move || {
        let (part, edges) = (part.get(), edges.get());
        if part == Part::Overview {
            return Vec::new();
        }
        let seen: Option<BTreeSet<u64>> = match part {
            Part::Tiles(window) => bench.sheet.with(|sheet| {
                let in_window = |place: &&u64| sheet.node(**place).is_some_and(|rect| meet(&rect, &window));
                let mut seen = BTreeSet::new();
                places.with(|places| {
                    places.iter().filter(in_window).for_each(|place| _ = seen.insert(*place));
                });
                Some(seen)
            }),
            _ => None,
        };
        let is_seen = |place: u64| seen.as_ref().is_none_or(|seen| seen.contains(&place));
        // Of a long edge both ends may be out of sight; it is left out then.
        let edges: Vec<Wire> =
            edges.into_iter().filter(|wire| is_seen(wire.to) || is_seen(wire.from)).collect();
        let (closed, open) = bench.folds.with(|folds| (folds.closed(), folds.open()));
        let mut items: Vec<Item> = open.iter().copied().map(Item::Frame).collect();
        items.extend(edges.iter().map(|wire| Item::Edge(*wire)));
        items.extend(open.into_iter().map(Item::Title));
        // What comes back into a closed box lies under it.
        let pills = edges.iter().filter(|wire| !wire.constant).copied();
        let (under, over): (Vec<Wire>, Vec<Wire>) =
            pills.partition(|wire| bench.folds.with(|folds| folds.hides(wire.to)));
        items.extend(under.into_iter().map(Item::Pill));
        items.extend(closed.into_iter().map(Item::Closed));
        let constants = edges.iter().filter(|wire| wire.constant);
        items.extend(constants.map(|wire| Item::Constant(wire.to, wire.input as usize)));
        places.with(|places| {
            items.extend(places.iter().filter(|place| is_seen(**place)).map(|place| Item::Node(*place)));
        });
        items.extend(over.into_iter().map(Item::Pill));
        items
    };
    let make = move |item: &Item| match *item {
        Item::Frame(key) => open_frame(bench, key),
        Item::Edge(wire) => edge_lines(bench, wire),
        Item::Title(key) => open_title(bench, key),
        Item::Closed(key) => closed_box(bench, key, around),
        Item::Constant(place, input) => constant_box(bench, place, input),
        Item::Node(place) => node_box(bench, place, around),
        Item::Pill(wire) => pill(bench, wire),
    };
    let camera = move || {
        let camera = stage.camera.get();
        format!("translate({} {}) scale({})", fixed(camera.x, 2), fixed(camera.y, 2), fixed(camera.k, 4))
    };
    let overview = move || {
        (part.get() == Part::Overview)
            .then(|| svg("path").class("overview").live("d", move || silhouette(bench)))
    };
    let canvas = svg("svg").set("role", "group").set("aria-label", "Computation graph").test("canvas");
    with_camera(canvas, bench, stage, around)
        .put(svg("g").live("transform", camera).part(overview).each(items, make))
}

/// All boxes as plain rectangles.
pub fn silhouette(bench: Bench) -> String {
    let mut path = String::new();
    bench.sheet.with(|sheet| {
        bench.view.with(|view| {
            for rect in view.drawn().filter_map(|node| sheet.node(node.place)) {
                let [x, y, width, height] =
                    [rect.x, rect.y, rect.width, rect.height].map(|x| fixed(x.into(), 0));
                path.push_str(&format!("M{x} {y}h{width}v{height}h-{width}z"));
            }
        });
    });
    path
}

/// Lets the mouse, fingers, the wheel and the keyboard move the camera.
fn with_camera(canvas: El, bench: Bench, stage: Stage, around: Around) -> El {
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
            stage.zoom(within(js_sys::Math::exp(-event.delta_y() * 0.002), 0.5, 2.0), Some(at));
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
}
