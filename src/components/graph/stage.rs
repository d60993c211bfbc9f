use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

use super::camera::Camera;

/// Pixels that a finger or mouse moves before it is a drag and no click.
const SLACK: f64 = 4.0;

/// The window on the sheet.
#[derive(Clone, Copy)]
pub struct Stage {
    pub camera: RwSignal<Camera>,
    /// Follows the graph as it grows, until the learner moves it.
    pub auto: RwSignal<bool>,
    /// Shows the whole, however small it gets: asked for.
    pub whole: RwSignal<bool>,
    pub window: RwSignal<(f64, f64)>,
    /// Draws what is out of sight as well: for a file.
    pub all: RwSignal<bool>,
}

impl Stage {
    /// A window on an empty sheet.
    pub fn new() -> Stage {
        Stage {
            camera: RwSignal::new(Camera { x: 0.0, y: 0.0, k: 1.0 }),
            auto: RwSignal::new(true),
            whole: RwSignal::new(false),
            window: RwSignal::new((600.0, 400.0)),
            all: RwSignal::new(false),
        }
    }

    /// Shows the whole graph, and goes on doing so.
    pub fn fit(self) {
        self.whole.set(true);
        self.auto.set(true);
    }

    /// Zooms around a point of the window, or its middle.
    pub fn zoom(self, factor: f64, at: Option<(f64, f64)>) {
        let (width, height) = self.window.get_untracked();
        self.auto.set(false);
        self.camera
            .update(|camera| *camera = camera.zoomed(factor, at.unwrap_or((width / 2.0, height / 2.0))));
    }
}

/// Fingers or the mouse on the sheet.
#[derive(Default)]
pub struct Pointers {
    on: Vec<(i32, (f64, f64))>,
    dragging: bool,
}

/// What a movement asks of the camera.
pub struct Change {
    pub by: (f64, f64),
    pub factor: f64,
    pub center: (f64, f64),
}

impl Pointers {
    pub fn down(&mut self, id: i32, at: (f64, f64)) {
        self.on.retain(|(known, _)| *known != id);
        self.on.push((id, at));
        self.dragging = false;
    }

    pub fn up(&mut self, id: i32) {
        self.on.retain(|(known, _)| *known != id);
    }

    pub fn moved(&mut self, id: i32, at: (f64, f64)) -> Option<Change> {
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
pub fn watch_size(area: Element, size: RwSignal<(f64, f64)>) {
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
}
