use gradloom_diagram::Direction;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::edge::wires;
use super::node::Around;
use super::stage::Stage;
use crate::bench::{Bench, Target};
use crate::dom;

/// Arrow keys go along edges, else to the nearest box that way.
pub fn keyboard(bench: Bench, stage: Stage, around: Around, event: &KeyboardEvent) {
    match event.key().as_str() {
        "+" | "=" => stage.zoom(1.25, None),
        "-" => stage.zoom(0.8, None),
        "0" => stage.fit(),
        "Escape" => bench.selected.set(Target::Nothing),
        // Opens or closes what is around the box.
        " " => {
            if let Some(group) = around.stop.get_untracked().and_then(|place| bench.innermost_group(place)) {
                bench.fold(group);
            }
        }
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
