use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, KeyboardEvent, PointerEvent};

use super::output;
use crate::bench::Bench;
use crate::model::drawing::{Drawing, FILE, SIZE};
use crate::ui::{El, button, effect, el, memo};

/// Pixels of the canvas for each cell.
const CELL: f64 = 10.0;

/// What the learner draws, and with what.
#[derive(Clone)]
struct Pad {
    bench: Bench,
    canvas: HtmlCanvasElement,
    drawing: Rc<RefCell<Drawing>>,
    /// Where the pen was last, in cells.
    pen: RwSignal<Option<(f64, f64)>>,
    /// The cell that the keyboard is at: column, row.
    at: RwSignal<(usize, usize)>,
    focused: RwSignal<bool>,
}

/// A pad of 28 × 28 cells for a program that reads `drawing.npy`: what is drawn is written into that file, and the program
/// runs again.
pub fn pad(bench: Bench) -> El {
    let wanted = memo(move || bench.text.with(|text| text.contains(FILE)));
    el("div").class("pad-place").part(move || wanted.get().then(|| drawn(bench)))
}

fn drawn(bench: Bench) -> El {
    let canvas = el("canvas");
    let Some(element) = canvas.is::<HtmlCanvasElement>() else { return canvas };
    element.set_width((SIZE as f64 * CELL) as u32);
    element.set_height((SIZE as f64 * CELL) as u32);
    let pad = Pad {
        bench,
        canvas: element,
        drawing: Rc::default(),
        pen: RwSignal::new(None),
        at: RwSignal::new((13, 5)),
        focused: RwSignal::new(false),
    };
    let shown = pad.clone();
    effect(move || {
        // The file may come later, or be replaced by another; the colors are those of the theme.
        let file = bench.files.with_value(|files| {
            files.listed();
            files.bytes(FILE)
        });
        bench.dark.track();
        let read = file.and_then(|bytes| Drawing::read(&bytes.to_vec())).unwrap_or_default();
        shown.drawing.replace(read);
        shown.draw();
    });
    let shown = pad.clone();
    effect(move || {
        shown.at.track();
        shown.focused.track();
        shown.draw();
    });
    let (down, moved, up, keys) = (pad.clone(), pad.clone(), pad.clone(), pad.clone());
    let (focused, at, clear) = (pad.focused, pad.at, pad.clone());
    let canvas = canvas
        .test("pad")
        .set("id", "pad")
        .set("tabindex", "0")
        .set("role", "application")
        .set("aria-label", "Drawing, 28 by 28 cells")
        .set("aria-describedby", "pad-hint")
        .on("pointerdown", move |event: PointerEvent| {
            event.prevent_default();
            // Without the capture the stroke ends at the pad's edge.
            let _ = down.canvas.set_pointer_capture(event.pointer_id());
            let _ = down.canvas.focus();
            down.pen_to(&event, true);
        })
        .on("pointermove", move |event: PointerEvent| moved.pen_to(&event, false))
        .on("pointerup", move |_: PointerEvent| up.lift())
        .on("focus", move |_: web_sys::Event| focused.set(true))
        .on("blur", move |_: web_sys::Event| focused.set(false))
        .on("keydown", move |event: KeyboardEvent| {
            if keys.key(&event) {
                event.prevent_default();
            }
        });
    let says = move || {
        let (column, row) = at.get();
        if !focused.get() { String::new() } else { format!("row {}, column {}", row + 1, column + 1) }
    };
    let hint = "With the pointer; or with the arrow keys, and Shift or Space to leave ink.";
    let side = el("div")
        .class("pad-side")
        .put(el("h3").put("Draw a digit"))
        .put(el("p").class("hint").set("id", "pad-hint").put(hint))
        .put(button("button").test("clear-pad").click(move || clear.clear()).put("Clear"))
        .put(el("p").class("sr-only").set("aria-live", "polite").say(says))
        .put(verdict(bench));
    el("div").class("pad").put([canvas, side])
}

/// What the program makes of the drawing, beside it: the last line that it printed and the last figure that it drew.
fn verdict(bench: Bench) -> El {
    let says = move || {
        let printed: String =
            bench.view.with(|view| view.output.iter().map(|printed| printed.text.as_str()).collect());
        printed.lines().last().unwrap_or_default().to_owned()
    };
    let figure = move || {
        let address = bench.view.with(|view| view.figures.last().map(output::address))?;
        // It stands in the output with its name; here it is for windows that do not show both.
        Some(el("img").set("src", address).set("alt", ""))
    };
    let line = el("p").test("pad-says").set("role", "status").say(says);
    el("div").class("pad-verdict").toggle("old", move || bench.stale()).put(line).part(figure)
}

impl Pad {
    /// Moves the pen to where the pointer is, if it is down.
    fn pen_to(&self, event: &PointerEvent, starts: bool) {
        let before = self.pen.get_untracked();
        if !starts && before.is_none() {
            return;
        }
        let scale = |offset: i32, size: i32| f64::from(offset) * SIZE as f64 / f64::from(size.max(1));
        let x = scale(event.offset_x(), self.canvas.client_width());
        let y = scale(event.offset_y(), self.canvas.client_height());
        self.pen.set(Some((x, y)));
        self.ink(before.filter(|_| !starts).unwrap_or((x, y)), (x, y), false);
    }

    fn lift(&self) {
        if self.pen.get_untracked().is_some() {
            self.pen.set(None);
            self.write(true);
        }
    }

    /// Whether a key was meant for the pad.
    fn key(&self, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        let (column, row) = self.at.get_untracked();
        let last = SIZE - 1;
        let to = match event.key().as_str() {
            "ArrowLeft" => (column.saturating_sub(1), row),
            "ArrowRight" => ((column + 1).min(last), row),
            "ArrowUp" => (column, row.saturating_sub(1)),
            "ArrowDown" => (column, (row + 1).min(last)),
            " " => (column, row),
            "Delete" | "Backspace" => {
                self.clear();
                return true;
            }
            _ => return false,
        };
        self.at.set(to);
        if event.shift_key() || event.key() == " " {
            let middle = |(column, row): (usize, usize)| (column as f64 + 0.5, row as f64 + 0.5);
            self.ink(middle((column, row)), middle(to), true);
        }
        true
    }

    fn clear(&self) {
        self.drawing.replace(Drawing::default());
        self.write(true);
    }

    fn ink(&self, from: (f64, f64), to: (f64, f64), done: bool) {
        self.drawing.borrow_mut().stroke(from, to);
        self.write(done);
    }

    /// Writes the file, and runs the program with it. What is `done` is kept when the page is left.
    fn write(&self, done: bool) {
        self.draw();
        let file = self.drawing.borrow().file();
        self.bench
            .files
            .with_value(|files| if done { files.put(FILE, &file) } else { files.draft(FILE, &file) });
        self.bench.run_live();
    }

    fn draw(&self) {
        let context = self.canvas.get_context("2d").ok().flatten();
        let Some(context) = context.and_then(|c| c.dyn_into::<CanvasRenderingContext2d>().ok()) else {
            return;
        };
        let size = SIZE as f64 * CELL;
        context.clear_rect(0.0, 0.0, size, size);
        let looks = window().get_computed_style(&self.canvas).ok().flatten();
        let color = |name: &str| {
            let value = looks.as_ref().and_then(|looks| looks.get_property_value(name).ok());
            value.unwrap_or_default()
        };
        context.set_fill_style_str(&color("color"));
        for (i, &ink) in self.drawing.borrow().0.iter().enumerate() {
            if ink > 0 {
                let (x, y) = ((i % SIZE) as f64 * CELL, (i / SIZE) as f64 * CELL);
                context.set_global_alpha(f64::from(ink) / 255.0);
                context.fill_rect(x, y, CELL, CELL);
            }
        }
        context.set_global_alpha(1.0);
        if self.focused.get_untracked() {
            let (column, row) = self.at.get_untracked();
            context.set_stroke_style_str(&color("caret-color"));
            context.set_line_width(2.0);
            context.stroke_rect(column as f64 * CELL, row as f64 * CELL, CELL, CELL);
        }
    }
}
