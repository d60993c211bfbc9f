//! Listeners that end with what they belong to.

use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

use super::keep;

/// Listens to an event of the window as long as the current owner lives.
pub fn on_window<E: JsCast>(event: &str, run: impl FnMut(E) + 'static) {
    listen(&window(), event, typed(run));
}

/// A listener for a kind of event, as one for any event.
pub fn typed<E: JsCast>(mut run: impl FnMut(E) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(move |event| run(event.unchecked_into()))
}

/// Listens to an event as long as the current owner lives.
pub fn listen(target: &EventTarget, event: &str, run: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(run);
    // Fails only for listeners that are none.
    let _ = target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    keep(Box::new(Listener { target: target.clone(), event: event.into(), closure }));
}

/// A listener ends with its owner, also where its target goes on: the window does.
struct Listener {
    target: EventTarget,
    event: String,
    closure: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let listener = self.closure.as_ref().unchecked_ref();
        // Removing what is not there is no error.
        let _ = self.target.remove_event_listener_with_callback(&self.event, listener);
    }
}
