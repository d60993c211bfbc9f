use std::sync::Arc;

use gradloom_diagram::within;
use gradloom_protocol::Summary;
use leptos::prelude::*;
use web_sys::{Element, KeyboardEvent, PointerEvent};

use crate::model::heat::{self, Scale};
use crate::model::number::{count, counted, fixed, short};
use crate::ui::{El, el, memo};

/// Matrices up to this size show their numbers.
const NUMBERED: u32 = 8;
/// Largest width and height of a heat map.
const SIZE: (f64, f64) = (420.0, 150.0);
/// Rows and columns of the glass over a heat map.
const GLASS: (u32, u32) = (3, 5);

/// A tensor's cells, with their numbers where they fit, and what they span.
pub fn tensor(summary: &Arc<Summary>, scale: Scale, title: &str, dark: bool) -> El {
    let small = summary.exact && summary.rows.max(1) <= NUMBERED && summary.cols.max(1) <= NUMBERED;
    let picture = match small {
        true => table(summary, scale, title, dark, (0, 0), (summary.rows.max(1), summary.cols.max(1))),
        false => map(summary, scale, title, dark),
    };
    // Of a single number there is nothing to sum up.
    let says = if summary.shape.is_empty() { String::new() } else { summed_up(summary) };
    let exact = match (summary.exact, small) {
        (true, true) => "",
        (true, false) => "Each cell is a number; point at one to read it.",
        _ => "Each cell is the mean of a block.",
    };
    let caption = el("figcaption").put(el("b").put(title)).put(says).put(el("small").put(exact));
    el("figure").test("tensor").set("data-title", title).put([picture, caption])
}

fn summed_up(summary: &Summary) -> String {
    let [min, max, mean] = [summary.min, summary.max, summary.mean].map(|x| short(x.0));
    let mut says = format!(" {min} to {max} · mean {mean} · {}", counted(summary.zeros, "zero"));
    if summary.nans > 0 {
        says.push_str(&format!(" · {} NaN", count(summary.nans)));
    }
    says
}

/// Some of the cells, with their numbers.
fn table(summary: &Summary, scale: Scale, title: &str, dark: bool, from: (u32, u32), size: (u32, u32)) -> El {
    let (low, high) = heat::range(summary);
    let cell = |x: f64| {
        let [r, g, b] = heat::color(x, low, high, scale, dark);
        let ink = if heat::is_light([r, g, b]) { "#1d1c1a" } else { "#ffffff" };
        el("td").set("style", format!("background:rgb({r},{g},{b});color:{ink}")).put(short(x))
    };
    let rows = summary.numbers.chunks(summary.cols.max(1) as usize);
    let rows = rows.skip(from.0 as usize).take(size.0 as usize);
    let cut = |row: &[gradloom_protocol::Number]| {
        let cells = row.iter().skip(from.1 as usize).take(size.1 as usize);
        el("tr").put(cells.map(|x| cell(x.0)).collect::<Vec<_>>())
    };
    let body = el("tbody").put(rows.map(cut).collect::<Vec<_>>());
    el("table").class("cells").set("aria-label", title).put(body)
}

/// A heat map; what is pointed at, or reached with the arrow keys, is told in numbers.
fn map(summary: &Arc<Summary>, scale: Scale, title: &str, dark: bool) -> El {
    let (rows, cols) = (summary.rows.max(1), summary.cols.max(1));
    let at = RwSignal::new(None::<(u32, u32)>);
    // Square cells where they fit, at least 1 pixel wide: a matrix of 64 × 1000 is wider than the window, and scrolls.
    let (wide, high) = (f64::from(cols), f64::from(rows));
    let cell = within((SIZE.0 / wide).min(SIZE.1 / high), 0.0, 12.0);
    let (width, height) =
        ((wide * cell).max(wide.min(SIZE.0)).max(6.0), (high * cell).max(high.min(SIZE.1)).max(6.0));
    let image = el("img")
        .class("heat")
        .set("src", heat::picture(summary, scale, dark).unwrap_or_default())
        .set("alt", "")
        .set("style", format!("width:{}px;height:{}px", fixed(width, 0), fixed(height, 0)));
    let field = el("div").class("heat-field");
    let element = image.is::<Element>();
    let point = move |event: PointerEvent| {
        let Some(rect) = element.as_ref().map(Element::get_bounding_client_rect) else { return };
        let index = |x: f64, extent: f64, n: u32| ((x / extent.max(1.0) * f64::from(n)) as u32).min(n - 1);
        let row = index(f64::from(event.client_y()) - rect.top(), rect.height(), rows);
        let col = index(f64::from(event.client_x()) - rect.left(), rect.width(), cols);
        at.set(Some((row, col)));
    };
    let key = move |event: KeyboardEvent| {
        let (row, col) = at.get_untracked().unwrap_or((0, 0));
        let to = match event.key().as_str() {
            "ArrowLeft" => (row, col.saturating_sub(1)),
            "ArrowRight" => (row, (col + 1).min(cols - 1)),
            "ArrowUp" => (row.saturating_sub(1), col),
            "ArrowDown" => ((row + 1).min(rows - 1), col),
            "Home" => (0, 0),
            "End" => (rows - 1, cols - 1),
            _ => return,
        };
        event.prevent_default();
        at.set(Some(to));
    };
    let kept = summary.clone();
    let reading = memo(move || {
        let (row, col) = at.get()?;
        let x = kept.numbers.get((row * cols + col) as usize)?;
        Some(match kept.exact {
            true if kept.shape.len() < 2 => format!("[{}] = {}", row * cols + col, short(x.0)),
            true => format!("[{row}, {col}] = {}", short(x.0)),
            false => format!("block {row}, {col}: mean {}", short(x.0)),
        })
    });
    let shown = summary.clone();
    let label = format!("{title}, {rows} by {cols} cells");
    let glass = move || {
        let (row, col) = at.get()?;
        let from = (row.saturating_sub(GLASS.0 / 2), col.saturating_sub(GLASS.1 / 2));
        let from = (from.0.min(rows.saturating_sub(GLASS.0)), from.1.min(cols.saturating_sub(GLASS.1)));
        Some(table(&shown, scale, "around it", dark, from, GLASS))
    };
    let named = label.clone();
    let field = field
        .set("tabindex", "0")
        .set("role", "slider")
        .set("aria-label", label)
        .set("aria-valuemin", "0")
        .set("aria-valuemax", (rows * cols - 1).to_string())
        .live("aria-valuenow", move || at.get().map_or(0, |(row, col)| row * cols + col).to_string())
        .live("aria-valuetext", move || reading.get().unwrap_or_else(|| named.clone()))
        .on("pointermove", point.clone())
        .on("pointerdown", point)
        .on("keydown", key)
        .put(image);
    el("div")
        .put(field)
        .put(el("p").class("reading").test("cell-reading").say(move || reading.get().unwrap_or_default()))
        .part(glass)
}
