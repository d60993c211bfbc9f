use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

use crate::model::number::fixed;
use crate::store;
use crate::ui::{El, el};

/// Sizes of the panes in pixels: the prose's and the cell's width, the dock's height.
#[derive(Clone, Copy)]
pub struct Sizes {
    /// Width of the prose.
    pub prose: RwSignal<f64>,
    /// Width of the cell.
    pub cell: RwSignal<f64>,
    /// Height of the dock.
    pub dock: RwSignal<f64>,
}

impl Sizes {
    /// The sizes of the last visit, else the usual ones.
    pub fn new() -> Sizes {
        let kept = store::get("sizes").unwrap_or_default();
        let mut numbers = kept.split(' ').map(|text| text.parse::<u32>().ok());
        let mut next = |usual: u32| RwSignal::new(f64::from(numbers.next().flatten().unwrap_or(usual)));
        Sizes { prose: next(400), cell: next(400), dock: next(224) }
    }

    /// The custom properties that the style sheet uses.
    pub fn style(self) -> String {
        let (prose, cell, dock) = (self.prose.get(), self.cell.get(), self.dock.get());
        format!("--w-prose:{}px;--w-cell:{}px;--h-dock:{}px", fixed(prose, 0), fixed(cell, 0), fixed(dock, 0))
    }

    fn keep(self) {
        let (prose, cell, dock) = untrack(|| (self.prose.get(), self.cell.get(), self.dock.get()));
        store::set("sizes", Some(&format!("{} {} {}", fixed(prose, 0), fixed(cell, 0), fixed(dock, 0))));
    }
}

/// A border between two panes that can be dragged or moved with the arrow keys; smallest and largest size. One that is
/// `flat` lies above the pane that has the size.
pub fn divider(
    sizes: Sizes,
    class: &str,
    label: &str,
    size: RwSignal<f64>,
    range: (f64, f64),
    flat: bool,
) -> El {
    let start = Rc::new(Cell::new(None::<(f64, f64)>));
    let at = move |event: &PointerEvent| f64::from(if flat { -event.client_y() } else { event.client_x() });
    let down = {
        let start = start.clone();
        move |event: PointerEvent| {
            event.prevent_default();
            if let Some(element) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok())
            {
                // Without capture the drag ends at the divider's edge; nothing worse.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            start.set(Some((at(&event), size.get_untracked())));
        }
    };
    let drag = {
        let start = start.clone();
        move |event: PointerEvent| {
            if let Some((from, was)) = start.get() {
                size.set((was + at(&event) - from).max(range.0).min(range.1));
            }
        }
    };
    let up = move |_: Event| {
        if start.take().is_some() {
            sizes.keep();
        }
    };
    let key = move |event: KeyboardEvent| {
        let by = match (event.key().as_str(), flat) {
            ("ArrowRight", false) | ("ArrowUp", true) => 24.0,
            ("ArrowLeft", false) | ("ArrowDown", true) => -24.0,
            _ => return,
        };
        event.prevent_default();
        size.update(|size| *size = (*size + by).max(range.0).min(range.1));
        sizes.keep();
    };
    el("div")
        .class(class)
        .set("role", "separator")
        .set("tabindex", "0")
        .set("aria-label", label)
        .set("aria-orientation", if flat { "horizontal" } else { "vertical" })
        .set("aria-valuemin", fixed(range.0, 0))
        .set("aria-valuemax", fixed(range.1, 0))
        .live("aria-valuenow", move || fixed(size.get(), 0))
        .on("pointerdown", down)
        .on("pointermove", drag)
        .on("pointerup", up.clone())
        .on("pointercancel", up)
        .on("keydown", key)
}
