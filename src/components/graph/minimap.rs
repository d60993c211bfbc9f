use gradloom_diagram::Rect;
use leptos::prelude::*;
use web_sys::{Element, PointerEvent};

use super::drawing::silhouette;
use super::stage::Stage;
use crate::bench::Bench;
use crate::dom;
use crate::model::number::fixed;
use crate::ui::{El, memo, svg};

/// Largest width and height, and those in a narrow window.
const SIZES: [(f32, f32); 2] = [(150.0, 96.0), (96.0, 72.0)];

/// The whole graph in a corner, with the window on it; there only while the window does not show all.
pub fn minimap(bench: Bench, stage: Stage) -> El {
    let bounds = memo(move || bench.sheet.with(|sheet| sheet.bounds()));
    let window = memo(move || {
        let (camera, (width, height)) = (stage.camera.get(), stage.window.get());
        let [x, y, width, height] =
            [-camera.x / camera.k, -camera.y / camera.k, width / camera.k, height / camera.k]
                .map(|x| x as f32);
        Rect { x, y, width, height }
    });
    let needed = memo(move || {
        let (all, seen) = (bounds.get(), window.get());
        let slack = 30.0;
        bench.view.with(|view| view.nodes.len() > 3)
            && (all.x + slack < seen.x
                || all.y + slack < seen.y
                || all.right() > seen.right() + slack
                || all.bottom() > seen.bottom() + slack)
    });
    let scale = |all: Rect| {
        let [wide, narrow] = SIZES;
        let (width, height) = if dom::is_narrow() { narrow } else { wide };
        (width / all.width.max(1.0)).min(height / all.height.max(1.0))
    };
    let make = move || {
        if !needed.get() {
            return None;
        }
        let map = svg("svg").class("minimap").test("minimap").set("aria-hidden", "true").sync(move |at| {
            let all = bounds.get();
            let numbers = [all.x, all.y, all.width, all.height].map(|x| fixed(x.into(), 0));
            let [width, height] =
                [all.width, all.height].map(|extent| fixed((extent * scale(all)).into(), 0));
            at.set("viewBox", &numbers.join(" "));
            at.set("style", &format!("width:{width}px;height:{height}px"));
        });
        let element = map.is::<Element>();
        let go = move |event: PointerEvent| {
            let Some(rect) = element.as_ref().map(Element::get_bounding_client_rect) else { return };
            if event.buttons() & 1 == 0 {
                return;
            }
            let all = bounds.get_untracked();
            let scale = f64::from(scale(all));
            let x = f64::from(all.x) + (f64::from(event.client_x()) - rect.left()) / scale;
            let y = f64::from(all.y) + (f64::from(event.client_y()) - rect.top()) / scale;
            let (width, height) = stage.window.get_untracked();
            stage.auto.set(false);
            stage.camera.update(|camera| {
                (camera.x, camera.y) = (width / 2.0 - x * camera.k, height / 2.0 - y * camera.k);
            });
        };
        let seen = svg("rect").class("seen").sync(move |at| {
            let seen = window.get();
            for (name, value) in
                [("x", seen.x), ("y", seen.y), ("width", seen.width), ("height", seen.height)]
            {
                at.set(name, &fixed(value.into(), 0));
            }
        });
        Some(
            map.on("pointerdown", go.clone())
                .on("pointermove", go)
                .put(svg("path").class("overview").live("d", move || silhouette(bench)))
                .put(seen),
        )
    };
    crate::ui::el("div").class("corner").part(make)
}
