//! The Web Worker: commands in, a session, events out.
//!
//! Page to worker: a `Uint8Array` with a postcard-encoded [`Command`]. Worker to page: a `Uint8Array` with a
//! postcard-encoded `Vec<Message>`; the first one, empty, says that the worker listens. Between two slices of a program
//! the worker returns to its event loop, so that a command is heard within milliseconds.
#![forbid(unsafe_code)]

mod signal;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gradloom_protocol::{Command, Message};
use gradloom_session::{Gpu, Next, Session};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use signal::{Signal, Turn, either};

/// Commands that were not handled yet, and who waits for them.
#[derive(Clone, Default)]
struct Inbox {
    commands: Rc<RefCell<VecDeque<Command>>>,
    arrived: Signal,
}

fn main() {
    // A panic is a bug of ours; without this the console would say "unreachable" and nothing else.
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    wasm_bindgen_futures::spawn_local(serve(js_sys::global().unchecked_into()));
}

async fn serve(scope: DedicatedWorkerGlobalScope) {
    let inbox = Inbox::default();
    let listener = inbox.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        match postcard::from_bytes(&bytes) {
            Ok(command) => listener.commands.borrow_mut().push_back(command),
            Err(error) => {
                web_sys::console::error_1(&format!("a command that cannot be read: {error}").into())
            }
        }
        listener.arrived.raise();
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget(); // lives as long as the worker
    post(&scope, &[]);

    let gpu = Gpu::request().await;
    let mut session = Session::new(gpu.map_err(|error| error.to_string()), seconds);
    let turn = Turn::new();
    loop {
        loop {
            let command = inbox.commands.borrow_mut().pop_front();
            let Some(command) = command else { break };
            session.handle(command);
        }
        let next = session.advance();
        let events = session.take_events();
        if !events.is_empty() {
            post(&scope, &events);
        }
        if let Some(gpu) = session.gpu() {
            either(gpu.try_rivals(ticks), inbox.arrived.wait()).await;
        }
        match next {
            Next::Busy => turn.next().await,
            Next::Waiting => match session.gpu() {
                Some(gpu) => either(gpu.settled(), inbox.arrived.wait()).await,
                None => turn.next().await,
            },
            Next::Idle => inbox.arrived.wait().await,
        }
    }
}

/// Seconds since 1970.
fn seconds() -> f64 {
    js_sys::Date::now() / 1000.0
}

/// Seconds since the worker started, finer than [`seconds`].
fn ticks() -> f64 {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().map_or_else(seconds, |performance| performance.now() / 1000.0)
}

fn post(scope: &DedicatedWorkerGlobalScope, messages: &[Message]) {
    let sent =
        postcard::to_allocvec(messages).map(|bytes| scope.post_message(&Uint8Array::from(bytes.as_slice())));
    if !matches!(sent, Ok(Ok(()))) {
        web_sys::console::error_1(&"events could not be sent to the page".into());
    }
}
