use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::store;

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
        let mut numbers = kept.split(' ').map(|text| text.parse::<f64>().ok().filter(|n| n.is_finite()));
        let mut next = |usual: f64| RwSignal::new(numbers.next().flatten().unwrap_or(usual));
        Sizes { prose: next(400.0), cell: next(400.0), dock: next(214.0) }
    }

    /// The custom properties that the style sheet uses.
    pub fn style(self) -> String {
        format!(
            "--w-prose:{:.0}px;--w-cell:{:.0}px;--h-dock:{:.0}px",
            self.prose.get(),
            self.cell.get(),
            self.dock.get()
        )
    }

    fn keep(self) {
        let text = format!(
            "{:.0} {:.0} {:.0}",
            self.prose.get_untracked(),
            self.cell.get_untracked(),
            self.dock.get_untracked()
        );
        store::set("sizes", Some(&text));
    }
}

/// A border between two panes that can be dragged or moved with the arrow keys.
#[component]
pub fn Divider(
    class: &'static str,
    label: &'static str,
    size: RwSignal<f64>,
    /// Smallest and largest size.
    range: (f64, f64),
    /// Lies between upper and lower panes; the lower one has the size.
    #[prop(optional)]
    horizontal: bool,
) -> impl IntoView {
    let sizes = expect_context::<Sizes>();
    let start = StoredValue::new(None::<(f64, f64)>);
    let at = move |event: &ev::PointerEvent| {
        f64::from(if horizontal { -event.client_y() } else { event.client_x() })
    };
    let down = move |event: ev::PointerEvent| {
        event.prevent_default();
        if let Some(element) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) {
            // Without capture the drag ends at the divider's edge; nothing worse.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        start.set_value(Some((at(&event), size.get_untracked())));
    };
    let drag = move |event: ev::PointerEvent| {
        if let Some((from, was)) = start.get_value() {
            size.set((was + at(&event) - from).clamp(range.0, range.1));
        }
    };
    let up = move |_| {
        if start.get_value().is_some() {
            start.set_value(None);
            sizes.keep();
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let by = match (event.key().as_str(), horizontal) {
            ("ArrowRight", false) | ("ArrowUp", true) => 24.0,
            ("ArrowLeft", false) | ("ArrowDown", true) => -24.0,
            _ => return,
        };
        event.prevent_default();
        size.update(|size| *size = (*size + by).clamp(range.0, range.1));
        sizes.keep();
    };
    view! {
        <div
            class=format!("divider {class}")
            class:flat=horizontal
            role="separator"
            tabindex="0"
            aria-label=label
            aria-orientation=if horizontal { "horizontal" } else { "vertical" }
            aria-valuemin=range.0.to_string()
            aria-valuemax=range.1.to_string()
            aria-valuenow=move || format!("{:.0}", size.get())
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=up
            on:pointercancel=up
            on:keydown=key
        ></div>
    }
}
