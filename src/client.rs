//! The page's end of the wire: starts the Web Worker, sends commands, hands on the events of the current run, and
//! starts a new worker when one dies or does not answer.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gradloom_protocol::{Command, DeviceChoice, Event, Message, RunId};
use js_sys::Uint8Array;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use crate::files::{Files, Seen};

/// How long a worker may take to answer `Pause` or `Stop`.
const PATIENCE: Duration = Duration::from_millis(1500);
/// A worker that dies this often before it is ready is not started again.
const ATTEMPTS: u32 = 3;

/// What the client tells the page.
pub enum Incoming {
    /// Events of the current run, in order.
    Events(Vec<Event>),
    /// The worker had to be replaced; the run is gone. Why, for the learner.
    Restarted(&'static str),
    /// No worker can be started. Why, for the learner.
    Broken(String),
}

/// A handle to the connection.
#[derive(Clone)]
pub struct Client(Rc<Connection>);

struct Connection {
    state: RefCell<State>,
    handler: Box<dyn Fn(Incoming)>,
    files: Files,
    /// Whether files that programs write here are kept.
    keeps: bool,
}

#[derive(Default)]
struct State {
    worker: Option<Worker>,
    /// The listeners are kept alive as long as the worker.
    on_message: Option<Closure<dyn FnMut(MessageEvent)>>,
    on_error: Option<Closure<dyn FnMut(ErrorEvent)>>,
    ready: bool,
    /// Whether the files of the program are on their way.
    held: bool,
    queue: Vec<Command>,
    /// The files that the worker has.
    seen: Seen,
    run: RunId,
    watchdog: Option<TimeoutHandle>,
    failures: u32,
}

impl Client {
    /// Starts the worker. Its programs find these files; what they write is kept among them, if it `keeps` that.
    pub fn new(files: Files, keeps: bool, handler: impl Fn(Incoming) + 'static) -> Client {
        let state = RefCell::default();
        let client = Client(Rc::new(Connection { state, handler: Box::new(handler), files, keeps }));
        client.start();
        client
    }

    /// Loads a program as a new run, once its files are here; the events of the run before it are dropped from now on.
    pub fn load(&self, file: &str, source: &str, device: DeviceChoice, seed: Option<u64>) {
        let run = {
            let mut state = self.0.state.borrow_mut();
            state.run += 1;
            state.held = true;
            state.run
        };
        let client = self.clone();
        let then = move || {
            let mut state = client.0.state.borrow_mut();
            if state.run == run {
                state.held = false;
                drop(state);
                client.flush();
            }
        };
        self.0.files.prepare(source, then);
        self.send(Command::Load { run, file: file.into(), source: source.into(), device, seed });
    }

    /// Says something to the session about the current run.
    pub fn command(&self, make: impl FnOnce(RunId) -> Command) {
        let run = self.0.state.borrow().run;
        self.send(make(run));
    }

    /// Pauses, within [`PATIENCE`].
    pub fn pause(&self) {
        self.command(|run| Command::Pause { run });
        self.watch();
    }

    /// Stops, within [`PATIENCE`].
    pub fn stop(&self) {
        self.command(|run| Command::Stop { run });
        self.watch();
    }

    /// Ends the worker; nothing more comes from it, and nothing is started again. Not to be called by its own handler.
    pub fn end(&self) {
        self.terminate();
        let mut state = self.0.state.borrow_mut();
        (state.on_message, state.on_error) = (None, None);
    }

    fn terminate(&self) {
        let mut state = self.0.state.borrow_mut();
        if let Some(watchdog) = state.watchdog.take() {
            watchdog.clear();
        }
        if let Some(worker) = state.worker.take() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
    }

    fn send(&self, command: Command) {
        self.0.state.borrow_mut().queue.push(command);
        self.flush();
    }

    /// Sends what waits, behind the files that have changed, if the worker listens and the program has its files.
    fn flush(&self) {
        let mut state = self.0.state.borrow_mut();
        if !state.ready || state.held || state.queue.is_empty() {
            return;
        }
        let files = self.0.files.changes(&mut state.seen);
        let commands = std::mem::take(&mut state.queue);
        if let Some(worker) = state.worker.clone() {
            files.iter().chain(&commands).for_each(|command| post(&worker, command));
        }
    }

    fn watch(&self) {
        if self.0.state.borrow().held {
            return; // the program is not there yet
        }
        let client = self.clone();
        let bite =
            move || client.restart("The program did not answer and was ended; your text is as it was.");
        let handle = set_timeout_with_handle(bite, PATIENCE).ok();
        let mut state = self.0.state.borrow_mut();
        if let Some(old) = std::mem::replace(&mut state.watchdog, handle) {
            old.clear();
        }
    }

    fn start(&self) {
        let worker = match Worker::new(&worker_address()) {
            Ok(worker) => worker,
            Err(_) => {
                (self.0.handler)(Incoming::Broken(
                    "This browser does not start the page's Web Worker.".into(),
                ));
                return;
            }
        };
        let client = self.clone();
        let on_message = Closure::new(move |event: MessageEvent| client.receive(&event));
        let client = self.clone();
        let on_error = Closure::new(move |event: ErrorEvent| client.died(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let mut state = self.0.state.borrow_mut();
        state.worker = Some(worker);
        state.on_message = Some(on_message);
        state.on_error = Some(on_error);
    }

    fn restart(&self, why: &'static str) {
        self.terminate();
        {
            let mut state = self.0.state.borrow_mut();
            state.ready = false;
            state.queue.clear();
            state.seen.clear();
        }
        self.start();
        (self.0.handler)(Incoming::Restarted(why));
    }

    fn receive(&self, event: &MessageEvent) {
        let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else { return };
        let Ok(messages) = postcard::from_bytes::<Vec<Message>>(&bytes.to_vec()) else {
            (self.0.handler)(Incoming::Broken(
                "The page and its worker are of different versions: reload it.".into(),
            ));
            return;
        };
        if messages.is_empty() {
            {
                let mut state = self.0.state.borrow_mut();
                state.ready = true;
                state.failures = 0;
            }
            self.flush();
            return;
        }
        let events: Vec<Event> = {
            let mut state = self.0.state.borrow_mut();
            // A late answer of the run before shows as well that the worker is alive.
            let answers = |m: &Message| {
                matches!(
                    m.event,
                    Event::Loaded(_) | Event::Paused(_) | Event::Stopped | Event::Finished | Event::Failed(_)
                )
            };
            if messages.iter().any(answers)
                && let Some(watchdog) = state.watchdog.take()
            {
                watchdog.clear();
            }
            let run = state.run;
            let mut events = Vec::new();
            for Message { run: of, event } in messages {
                match event {
                    // Also of a run that is over: the file is there.
                    Event::File { name, bytes } if self.0.keeps => {
                        self.0.files.take(&name, bytes.as_deref(), &mut state.seen);
                    }
                    Event::File { .. } => {}
                    event if of == run => events.push(event),
                    _ => {}
                }
            }
            events
        };
        if !events.is_empty() {
            (self.0.handler)(Incoming::Events(events));
        }
    }

    fn died(&self, event: &ErrorEvent) {
        event.prevent_default();
        let failures = {
            let mut state = self.0.state.borrow_mut();
            state.failures += 1;
            state.failures
        };
        if failures < ATTEMPTS {
            self.restart("The session ended unexpectedly and was started afresh; your text is as it was.");
        } else {
            let why = format!("The session does not start: {}", event.message());
            (self.0.handler)(Incoming::Broken(why));
        }
    }
}

fn post(worker: &Worker, command: &Command) {
    let Ok(bytes) = postcard::to_allocvec(command) else { return };
    // Fails only for what cannot be cloned; bytes can.
    let _ = worker.post_message(&Uint8Array::from(bytes.as_slice()));
}

/// The build writes the worker's name with its hash into the page.
fn worker_address() -> String {
    let named = leptos::prelude::document()
        .query_selector("meta[name=gradloom-worker]")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"));
    named.unwrap_or_else(|| "./worker_loader.js".into())
}
