use std::sync::Arc;

use gradloom_protocol::Moves;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::bench::Bench;
use crate::model::heat::{self, Scale};
use crate::model::number::{short, tiny};
use crate::model::sliding::{Cell, Found, Layer, Missing, Part, Scene, Under};
use crate::ui::{El, button, el, memo, svg};

/// Planes with at most so many rows and columns show their numbers.
const NUMBERED: i64 = 12;
/// Planes with more rows show them in smaller type, so that the whole of them is in sight.
const LARGE: i64 = 6;
/// Width and height of a plane without numbers, in pixels.
const FIELD: i64 = 176;
/// Planes that meet in one cell of the result, shown at most.
const LAYERS: usize = 4;

/// A window that slides over cells: the learner moves it and sees what lies under it, and what becomes of it. `at` is the
/// cell of the result.
pub fn sliding(bench: Bench, scene: Result<Scene, Missing>, at: RwSignal<usize>) -> El {
    match scene {
        Ok(scene) => shown(bench, Arc::new(scene), at),
        Err(Missing::Numbers(nodes)) => {
            let closer = move || nodes.iter().for_each(|node| bench.look_at_cells(*node));
            let closer = button("link").test("slide-closer").click(closer);
            el("p").class("hint").put(closer.put("Show the window that slides over these cells"))
        }
        Err(Missing::TooLarge) => hint("A window slides over these cells: too many to be shown one by one."),
        Err(Missing::Gone) => hint("What the window slid over has been replaced by a later pass."),
    }
}

fn hint(text: &str) -> El {
    el("p").class("hint").put(text)
}

fn shown(bench: Bench, scene: Arc<Scene>, at: RwSignal<usize>) -> El {
    let last = scene.cells().saturating_sub(1);
    let here = move || at.get().min(last);
    let (of, dark) = (scene.clone(), bench.dark);
    let under = memo(move || of.under(here()));
    let told = |words: fn(&Scene, &Under) -> String| {
        let scene = scene.clone();
        move || under.with(|under| words(&scene, under))
    };
    let (name, sum, sentence) = (told(Scene::cell_name), told(Scene::sum), told(Scene::sentence));
    let columns = scene.result()[1].max(1) as usize;
    let plane = columns * scene.result()[0].max(1) as usize;
    let key = move |event: KeyboardEvent| {
        let place = at.get_untracked().min(last);
        // Past the edge the cursor stays in its column.
        let forward = |by: usize| if place + by <= last { place + by } else { place };
        let back = |by: usize| place.checked_sub(by).unwrap_or(place);
        let to = match event.key().as_str() {
            "ArrowLeft" => back(1),
            "ArrowRight" => forward(1),
            "ArrowUp" => back(columns),
            "ArrowDown" => forward(columns),
            "PageUp" => back(plane),
            "PageDown" => forward(plane),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        at.set(to);
    };
    let moved = move |event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            at.set(input.value_as_number() as usize);
        }
    };
    let (say_name, say_sum) = (name.clone(), sum.clone());
    let value = move || under.with(|under| short(under.value));
    let range = el("input")
        .set("type", "range")
        .set("min", "0")
        .set("max", last.to_string())
        .set("aria-label", "Cell of the result")
        .set("title", "Arrow keys, or a cell of the result, move the window")
        .test("slide")
        .live("aria-valuetext", move || format!("{} = {} = {}", say_name(), say_sum(), value()))
        .prop("value", move || here() as f64)
        .on("input", moved)
        .on("keydown", key);
    let focus = range.is::<HtmlElement>();
    let count = move || format!("cell {} of {}", here() + 1, last + 1);
    let bar = el("div").class("slide-bar").put(range).put(el("span").say(count));

    let result = el("div").class("slide-result").test("slide-result");
    let element = result.is::<Element>();
    let point = move |event: PointerEvent| {
        let Some(rect) = element.as_ref().map(Element::get_bounding_client_rect) else { return };
        let index = |x: f64, extent: f64, n: usize| {
            ((x / extent.max(1.0) * n as f64).max(0.0) as usize).min(n.saturating_sub(1))
        };
        let row = index(f64::from(event.client_y()) - rect.top(), rect.height(), plane / columns);
        let col = index(f64::from(event.client_x()) - rect.left(), rect.width(), columns);
        at.set(under.with_untracked(|under| under.plane) as usize * plane + row * columns + col);
        if let (Some(range), "pointerdown") = (&focus, event.type_().as_str()) {
            // A page that has lost its focus goes without.
            let _ = range.focus();
        }
    };
    let drawn = scene.clone();
    let result = result
        .on("pointermove", point.clone())
        .on("pointerdown", point)
        .part(move || under.with(|under| output(&drawn, under, dark.get())));
    let titled = scene.clone();
    let caption = move || under.with(|under| part_name(&titled, &titled.output, under.plane));
    let result = el("figure").put(result).put(el("figcaption").say(caption));

    let drawn = scene.clone();
    let stages = move || under.with(|under| layers(&drawn, under, dark.get()));
    let equation = el("p")
        .class("slide-sum")
        .test("slide-sum")
        .put(el("b").say(name))
        .put(" = ")
        .put(el("span").class("v").say(sum))
        .put(" =\u{a0}")
        .put(el("b").class("v").say(value));
    el("div")
        .class("sliding")
        .test("sliding")
        .put(bar)
        .put(equation)
        .put(
            el("div")
                .class("stages")
                .put(el("div").class("layers").part(stages))
                .put(el("div").class("layer").put([sign("→"), result])),
        )
        .put(el("p").class("say").test("slide-says").say(sentence))
}

fn sign(text: &str) -> El {
    el("span").class("op").set("aria-hidden", "true").put(text)
}

/// A cell as it is drawn.
#[derive(Clone, Default)]
struct Mark {
    text: String,
    fill: Option<[u8; 3]>,
    class: &'static str,
    framed: bool,
    ringed: bool,
}

/// Whether there is room for the numbers of so many cells.
fn is_numbered(cols: i64, rows: i64) -> bool {
    cols <= NUMBERED && rows <= NUMBERED
}

/// Cells row by row, as one picture; `frame` is first and last row, then column, of a frame around some.
fn picture(cols: i64, cells: &[Mark], frame: Option<[i64; 4]>) -> El {
    let rows = cells.len() as i64 / cols.max(1);
    let numbered = is_numbered(cols, rows);
    let longest = cells.iter().map(|cell| cell.text.chars().count()).max().unwrap_or(0) as i64;
    let bare = (FIELD / rows.max(cols).max(1)).clamp(3, 12);
    let dense = numbered && rows > LARGE;
    let (w, h) = match (numbered, dense) {
        (true, true) => ((longest * 6 + 6).max(18), 16),
        (true, false) => ((longest * 7 + 9).max(24), 22),
        _ => (bare, bare),
    };
    let mut body = String::new();
    for (i, cell) in cells.iter().enumerate() {
        let (x, y) = (i as i64 % cols * w, i as i64 / cols * h);
        let fill =
            cell.fill.map_or_else(String::new, |[r, g, b]| format!(" style=\"fill:rgb({r},{g},{b})\""));
        let ink = match cell.fill {
            Some(fill) if heat::is_light(fill) => "#1d1c1a",
            Some(_) => "#fff",
            None => "currentcolor",
        };
        let (left, top, gap) = if numbered { (x + 1, y + 1, 2) } else { (x, y, 0) };
        body.push_str(&format!(
            "<rect class=\"cell {}\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"{fill}/>",
            cell.class,
            w - gap,
            h - gap
        ));
        let (middle, center) = (x + w / 2, y + h / 2);
        if cell.framed {
            body.push_str(&format!(
                "<rect class=\"picked\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"/>",
                w - gap,
                h - gap
            ));
        }
        if numbered {
            body.push_str(&format!(
                "<text x=\"{middle}\" y=\"{}\" fill=\"{ink}\">{}</text>",
                center + 4,
                cell.text
            ));
        }
        if cell.ringed {
            body.push_str(&format!(
                "<ellipse cx=\"{middle}\" cy=\"{center}\" rx=\"{}\" ry=\"{}\" stroke=\"{ink}\"/>",
                w / 2 - if numbered { 3 } else { 0 },
                h / 2 - if numbered { 3 } else { 0 }
            ));
        }
    }
    if let Some([top, bottom, left, right]) = frame {
        body.push_str(&format!(
            "<rect class=\"frame\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            left * w,
            top * h,
            (right - left + 1) * w,
            (bottom - top + 1) * h
        ));
    }
    let (width, height) = (cols * w, rows * h);
    svg("svg")
        .class(if dense { "plane dense" } else { "plane" })
        .set("viewBox", format!("-1 -1 {} {}", width + 2, height + 2))
        .set("width", (width + 2).to_string())
        .set("height", (height + 2).to_string())
        .set("aria-hidden", "true")
        .html(&body)
}

fn figure(picture: El, caption: &str) -> El {
    el("figure").put(picture).put(el("figcaption").put(caption))
}

/// A number of a part, on the part's scale.
fn filled(x: f64, (low, high): (f64, f64), dark: bool) -> Mark {
    Mark { text: tiny(x), fill: Some(heat::color(x, low, high, Scale::Value, dark)), ..Mark::default() }
}

/// Its name, with the index of the plane where there are several.
fn part_name(scene: &Scene, part: &Part, plane: u64) -> String {
    let shape = &part.numbers.shape;
    let lead = shape.get(..shape.len().saturating_sub(scene.sliding.rank as usize)).unwrap_or_default();
    if lead.iter().product::<u64>() <= 1 {
        return part.name.clone();
    }
    let mut rest = plane;
    let index = |size: &u64| {
        let at = rest % (*size).max(1);
        rest /= (*size).max(1);
        at.to_string()
    };
    let mut index: Vec<String> = lead.iter().rev().map(index).collect();
    index.reverse();
    format!("{}[{}]", part.name, index.join(", "))
}

/// What stands for a cell of the padding.
fn padding(scene: &Scene) -> Mark {
    let text = if scene.sliding.moves == Moves::Largest { "−∞" } else { "0" };
    Mark { text: text.into(), class: "pad", ..Mark::default() }
}

fn under_cell(scene: &Scene, cell: &Cell, winner: Option<[i64; 2]>, dark: bool) -> Mark {
    let mut mark = match cell.found {
        Found::Number(x) => filled(x, scene.input.range, dark),
        Found::Padding => padding(scene),
        Found::Nothing => Mark { text: "·".into(), class: "off", ..Mark::default() },
    };
    mark.ringed = winner.is_some() && cell.at == winner;
    mark
}

/// The planes that meet in the cell: each with what is under the window, the weight and the products.
fn layers(scene: &Scene, under: &Under, dark: bool) -> Vec<El> {
    let products = || under.layers.iter().flat_map(|layer| &layer.cells).filter_map(Cell::product);
    let reach = (products().fold(f64::INFINITY, f64::min), products().fold(f64::NEG_INFINITY, f64::max));
    let shown = under.layers.iter().take(LAYERS);
    let mut rows: Vec<El> = shown.map(|layer| row(scene, under, layer, reach, dark)).collect();
    if under.layers.len() > LAYERS {
        rows.push(hint(&format!("and {} more channels", under.layers.len() - LAYERS)));
    }
    rows
}

fn row(scene: &Scene, under: &Under, layer: &Layer, reach: (f64, f64), dark: bool) -> El {
    let cols = scene.sliding.kernel[1].max(1) as i64;
    let grid =
        |mark: &dyn Fn(&Cell) -> Mark| picture(cols, &layer.cells.iter().map(mark).collect::<Vec<_>>(), None);
    let mut parts = vec![input(scene, under, layer, dark)];
    let transposed = matches!(scene.sliding.moves, Moves::Transpose(_));
    let [(top, bottom), (left, right)] = scene.extent();
    if transposed || !is_numbered(right - left, bottom - top) {
        let beneath = grid(&|cell| under_cell(scene, cell, under.winner, dark));
        let caption = if transposed { "meets the weight" } else { "under the window" };
        parts.extend([sign("→"), figure(beneath, caption)]);
    }
    if let (true, Some(weight)) = (scene.multiplies(), &scene.other) {
        let off = Mark { text: "·".into(), class: "off", ..Mark::default() };
        let weights = grid(&|cell| match (cell.weight, cell.found) {
            (Some(x), Found::Nothing) => Mark { class: "pale", ..filled(x, weight.range, dark) },
            (Some(x), _) => filled(x, weight.range, dark),
            _ => off.clone(),
        });
        let products = grid(&|cell| match (cell.product(), cell.found) {
            (Some(x), _) => filled(x, reach, dark),
            (None, Found::Padding) => padding(scene),
            _ => off.clone(),
        });
        let total: f64 = layer.cells.iter().filter_map(Cell::product).sum();
        // Of one channel, the sum is the cell itself.
        let caption =
            if under.layers.len() > 1 { format!("Σ = {}", short(total)) } else { "products".into() };
        parts.extend([sign("×"), figure(weights, &weight.name), sign("="), figure(products, &caption)]);
    }
    el("div").class("layer").put(parts)
}

/// The plane of the input, its padding around it, and the window on it.
fn input(scene: &Scene, under: &Under, layer: &Layer, dark: bool) -> El {
    let [(top, bottom), (left, right)] = scene.extent();
    let lies: Vec<[i64; 2]> = layer.cells.iter().filter_map(|cell| cell.at).collect();
    let apart = matches!(scene.sliding.moves, Moves::Transpose(_)) || scene.sliding.dilation != [1, 1];
    let mark = |row: i64, col: i64| {
        let mut mark = match scene.number(&scene.input, layer.plane, [row, col]) {
            Some(x) => filled(x, scene.input.range, dark),
            None => padding(scene),
        };
        mark.framed = apart && lies.contains(&[row, col]);
        mark.ringed = under.winner == Some([row, col]);
        mark
    };
    let cells: Vec<Mark> =
        (top..bottom).flat_map(|r| (left..right).map(move |c| (r, c))).map(|(r, c)| mark(r, c)).collect();
    let ends = |d: usize, from: i64| {
        let on = || lies.iter().filter_map(|at| at.get(d)).map(|at| at - from);
        on().min().zip(on().max())
    };
    let frame =
        ends(0, top).zip(ends(1, left)).filter(|_| !matches!(scene.sliding.moves, Moves::Transpose(_)));
    let frame = frame.map(|((top, bottom), (left, right))| [top, bottom, left, right]);
    figure(picture(right - left, &cells, frame), &part_name(scene, &scene.input, layer.plane))
}

/// The plane of the result, with its cell.
fn output(scene: &Scene, under: &Under, dark: bool) -> El {
    let [rows, cols] = scene.result().map(|size| size as i64);
    let [row, col] = under.place.map(|at| at as i64);
    let mark = |r: i64, c: i64| {
        let x = scene.number(&scene.output, under.plane, [r, c]).unwrap_or(f64::NAN);
        filled(x, scene.output.range, dark)
    };
    let cells: Vec<Mark> =
        (0..rows).flat_map(|r| (0..cols).map(move |c| (r, c))).map(|(r, c)| mark(r, c)).collect();
    picture(cols, &cells, Some([row, row, col, col]))
}
