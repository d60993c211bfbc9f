use std::cell::Cell;
use std::rc::Rc;

use gradloom_diagram::within;
use gradloom_lessons::Points as Field;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use super::prose::memo_open;
use crate::bench::Bench;
use crate::dom;
use crate::model::number::fixed;
use crate::model::points::{self, Points};
use crate::ui::{El, button, el, memo, svg};

/// Width and height of the drawing.
const SIZE: (f64, f64) = (320.0, 200.0);
/// A press so near to a point means the point.
const NEAR: f64 = 12.0;
/// Steps of the arrow keys over the whole field.
const STEPS: f64 = 40.0;

/// What is done to the pairs.
type Edit<'a> = dyn Fn(&mut Vec<(f64, f64)>) + 'a;

/// The field while its program is in the cell: a press sets a point, dragging moves one, Delete takes it away, and each
/// time the list in the program is written anew and the program runs.
pub fn field_of_points(bench: Bench, field: &Field) -> El {
    let open = memo_open(bench, field.program as usize);
    let field = Rc::new(field.clone());
    el("div").part(move || open.get().then(|| pad(bench, field.clone())))
}

/// Between the numbers of the field and the places of the drawing.
fn to_place(field: &Field, (x, y): (f64, f64)) -> (f64, f64) {
    let (width, height) = (field.x.1 - field.x.0, field.y.1 - field.y.0);
    ((x - field.x.0) / width * SIZE.0, (field.y.1 - y) / height * SIZE.1)
}

fn to_numbers(field: &Field, (left, top): (f64, f64)) -> (f64, f64) {
    let (width, height) = (field.x.1 - field.x.0, field.y.1 - field.y.0);
    (field.x.0 + left / SIZE.0 * width, field.y.1 - top / SIZE.1 * height)
}

fn pad(bench: Bench, field: Rc<Field>) -> El {
    let name = field.name.clone();
    let list = memo(move || bench.text.with(|text| points::points(text, &name)));
    let pairs = move || list.with(|list| list.as_ref().map_or_else(Vec::new, |list| list.pairs.clone()));
    let change = {
        let field = field.clone();
        Rc::new(move |change: &Edit<'_>| {
            let Some(list) = list.get_untracked() else { return };
            let mut pairs = list.pairs.clone();
            change(&mut pairs);
            for (x, y) in &mut pairs {
                *x = within(*x, field.x.0, field.x.1);
                *y = within(*y, field.y.0, field.y.1);
            }
            let text = bench.text.with_untracked(|text| Points::written(&list, text, &pairs));
            text.into_iter().for_each(|text| bench.rewrite(text));
        })
    };
    let drawing = svg("svg")
        .set("viewBox", format!("0 0 {} {}", fixed(SIZE.0, 0), fixed(SIZE.1, 0)))
        .set("role", "group")
        .set("aria-label", format!("Field of points, {} in the program", field.name))
        .test("points");
    let element = drawing.is::<Element>();
    let at = {
        let field = field.clone();
        move |event: &PointerEvent| {
            let rect = element.as_ref().map(Element::get_bounding_client_rect)?;
            let place = (
                (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0) * SIZE.0,
                (f64::from(event.client_y()) - rect.top()) / rect.height().max(1.0) * SIZE.1,
            );
            Some((place, to_numbers(&field, place)))
        }
    };
    let held = Rc::new(Cell::new(None::<usize>));
    let down = {
        let (held, change, at, field) = (held.clone(), change.clone(), at.clone(), field.clone());
        move |event: PointerEvent| {
            let Some((place, numbers)) = at(&event) else { return };
            let target =
                event.current_target().and_then(|t| wasm_bindgen::JsCast::dyn_into::<Element>(t).ok());
            if let Some(target) = target {
                // Without capture the drag ends at the field's edge.
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            let known = untrack(pairs);
            let near = known.iter().position(|pair| {
                let (left, top) = to_place(&field, *pair);
                (left - place.0).hypot(top - place.1) < NEAR
            });
            held.set(Some(near.unwrap_or(known.len())));
            if near.is_none() {
                change(&|pairs| pairs.push(numbers));
            }
        }
    };
    let drag = {
        let (held, change) = (held.clone(), change.clone());
        move |event: PointerEvent| {
            if let (Some(i), Some((_, numbers))) = (held.get(), at(&event)) {
                change(&|pairs| pairs.get_mut(i).into_iter().for_each(|pair| *pair = numbers));
            }
        }
    };
    let up = move |_: PointerEvent| held.set(None);
    let indices = move || (0..pairs().len()).collect::<Vec<_>>();
    let make = {
        let (change, field) = (change.clone(), field.clone());
        move |i: &usize| point(*i, list, field.clone(), change.clone())
    };
    let add = {
        let (change, field) = (change.clone(), field.clone());
        let middle = ((field.x.0 + field.x.1) / 2.0, (field.y.0 + field.y.1) / 2.0);
        move || {
            change(&|pairs| pairs.push(middle));
            let last = untrack(pairs).len().saturating_sub(1);
            dom::focus_graphic(&format!("point-{last}"));
        }
    };
    let clear = move || change(&|pairs| pairs.clear());
    let label = |x: f64, y: f64, anchor: &str, number: f64| {
        svg("text")
            .set("x", fixed(x, 0))
            .set("y", fixed(y, 0))
            .set("text-anchor", anchor)
            .put(fixed(number, 1))
    };
    let drawing = drawing
        .on("pointerdown", down)
        .on("pointermove", drag)
        .on("pointerup", up.clone())
        .on("pointercancel", up)
        .put([
            label(4.0, SIZE.1 - 5.0, "start", field.x.0),
            label(SIZE.0 - 4.0, SIZE.1 - 5.0, "end", field.x.1),
            label(4.0, SIZE.1 - 19.0, "start", field.y.0),
            label(4.0, 14.0, "start", field.y.1),
        ])
        .each(indices, make);
    let missing = move || {
        list.with(Option::is_none).then(|| {
            let says = format!("The program has no list {} of pairs of numbers.", field.name);
            el("p").class("hint").put(says)
        })
    };
    el("div")
        .class("points")
        .put(drawing)
        .put(
            el("div")
                .class("links")
                .put(button("link").test("add-point").click(add).put("Set a point"))
                .put(button("link").test("clear-points").click(clear).put("Take all away")),
        )
        .part(missing)
}

/// A point: the arrow keys move it, Delete takes it away.
fn point(
    i: usize,
    list: Memo<Option<Points>>,
    field: Rc<Field>,
    change: Rc<impl Fn(&Edit<'_>) + 'static>,
) -> El {
    let pair = move || list.with(|list| list.as_ref().and_then(|list| list.pairs.get(i).copied()));
    let steps = ((field.x.1 - field.x.0) / STEPS, (field.y.1 - field.y.0) / STEPS);
    let key = move |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => (-steps.0, 0.0),
            "ArrowRight" => (steps.0, 0.0),
            "ArrowUp" => (0.0, steps.1),
            "ArrowDown" => (0.0, -steps.1),
            "Delete" | "Backspace" => {
                event.prevent_default();
                change(&|pairs| {
                    if i < pairs.len() {
                        pairs.remove(i);
                    }
                });
                dom::focus_graphic(&format!("point-{}", i.saturating_sub(1)));
                return;
            }
            _ => return,
        };
        event.prevent_default();
        change(&|pairs| {
            if let Some((x, y)) = pairs.get_mut(i) {
                *x += by.0;
                *y += by.1;
            }
        });
    };
    let shown = move || pair().map(|pair| (pair, to_place(&field, pair)));
    svg("circle")
        .class("point")
        .set("id", format!("point-{i}"))
        .set("r", "6")
        .set("tabindex", "0")
        .set("role", "button")
        .sync(move |at| {
            let Some(((x, y), (left, top))) = shown() else { return };
            at.set("cx", &fixed(left, 1));
            at.set("cy", &fixed(top, 1));
            at.set("aria-label", &format!("Point {}: {}, {}", i + 1, fixed(x, 2), fixed(y, 2)));
        })
        .on("keydown", key)
}
