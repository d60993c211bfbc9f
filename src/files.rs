//! The files of the learner's programs: those that come with lessons, fetched when a program names them, and the learner's
//! own, which the browser keeps: brought along, drawn, or written by a program.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use gradloom_lessons::FILES;
use gradloom_protocol::Command;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Cache, CacheStorage, File, FileList, Request, Response};

use crate::net;

/// The browser's store. Its name begins with another word than those of the pages that are kept for use without a network.
const STORE: &str = "files of gradloom";
/// Below this address a file lies in the store.
const FOLDER: &str = "files/";
/// Bytes of a file that is brought along at most: MNIST's largest has 47 million.
const LARGEST: f64 = 64e6;

/// A file, as a list shows it.
#[derive(Clone, PartialEq)]
pub struct Listed {
    /// Its path, as programs name it.
    pub path: String,
    /// Its bytes.
    pub size: u32,
    /// Whether it is the learner's; else it comes with a lesson.
    pub own: bool,
}

struct Held {
    bytes: Uint8Array,
    own: bool,
    version: u32,
}

/// All files. A clone is a handle to the same.
#[derive(Clone)]
pub struct Files(Rc<Inner>);

struct Inner {
    held: RefCell<BTreeMap<String, Held>>,
    /// Counts changes.
    version: Cell<u32>,
    /// Whether what the browser kept is here.
    ready: Cell<bool>,
    waiting: RefCell<Vec<Box<dyn FnOnce()>>>,
    listed: RwSignal<Arc<Vec<Listed>>>,
}

/// Which version of each file a worker has.
pub type Seen = BTreeMap<String, u32>;

impl Files {
    /// The files that the browser kept; they come a moment later.
    pub fn new() -> Files {
        let files = Files(Rc::new(Inner {
            held: RefCell::default(),
            version: Cell::new(0),
            ready: Cell::new(false),
            waiting: RefCell::default(),
            listed: RwSignal::default(),
        }));
        let later = files.clone();
        spawn_local(async move {
            // A browser that keeps nothing is no error.
            for (path, bytes) in kept().await.unwrap_or_default() {
                later.hold(&path, bytes, true);
            }
            later.0.ready.set(true);
            later.0.waiting.take().into_iter().for_each(|then| then());
        });
        files
    }

    /// All of them, by their paths.
    pub fn listed(&self) -> Arc<Vec<Listed>> {
        self.0.listed.get()
    }

    /// What is in a file.
    pub fn bytes(&self, path: &str) -> Option<Uint8Array> {
        self.0.held.borrow().get(path).map(|held| held.bytes.clone())
    }

    /// Keeps a file of the learner's.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        self.draft(path, bytes);
        let (path, bytes) = (path.to_owned(), Uint8Array::from(bytes));
        spawn_local(async move {
            // A full store must not stop the page: the file is there until it is left.
            let _ = keep(&path, &bytes).await;
        });
    }

    /// The same for a file that will change again in a moment.
    pub fn draft(&self, path: &str, bytes: &[u8]) {
        self.hold(path, Uint8Array::from(bytes), true);
    }

    /// Removes a file of the learner's. One that came with a lesson comes back when a program names it.
    pub fn remove(&self, path: &str) {
        self.0.held.borrow_mut().remove(path);
        self.tell();
        let path = path.to_owned();
        spawn_local(async move {
            // What is not there need not be removed.
            let _ = forget(&path).await;
        });
    }

    /// Takes what a program wrote or removed, from a worker that has it already.
    pub fn take(&self, path: &str, bytes: Option<&[u8]>, seen: &mut Seen) {
        match bytes {
            Some(bytes) => {
                self.put(path, bytes);
                seen.insert(path.to_owned(), self.0.version.get());
            }
            None => {
                self.remove(path);
                seen.remove(path);
            }
        }
    }

    /// Takes files that the learner chose or dropped; `refused` hears of those that are too large.
    pub fn bring(&self, list: &FileList, refused: impl Fn(String) + 'static) {
        let files: Vec<File> = (0..list.length()).filter_map(|i| list.get(i)).collect();
        let this = self.clone();
        spawn_local(async move {
            for file in files {
                if file.size() > LARGEST {
                    refused(format!("{} is larger than 64 MB and was not brought along.", file.name()));
                    continue;
                }
                match JsFuture::from(file.array_buffer()).await {
                    Ok(buffer) => this.put(&file.name(), &Uint8Array::new(&buffer).to_vec()),
                    Err(_) => refused(format!("{} cannot be read.", file.name())),
                }
            }
        });
    }

    /// Calls back when the files that a program names are here: at once, unless some have to be fetched.
    pub fn prepare(&self, program: &str, then: impl FnOnce() + 'static) {
        if !self.0.ready.get() {
            let (this, program) = (self.clone(), program.to_owned());
            self.0.waiting.borrow_mut().push(Box::new(move || this.prepare(&program, then)));
            return;
        }
        let held = |path| self.0.held.borrow().contains_key(path);
        let missing: Vec<_> = FILES.iter().filter(|f| f.is_named_in(program) && !held(f.path)).collect();
        if missing.is_empty() {
            then();
            return;
        }
        let left = Rc::new(Cell::new(missing.len()));
        let then = Rc::new(Cell::new(Some(then)));
        for file in missing {
            let (this, left, then) = (self.clone(), left.clone(), then.clone());
            net::fetch(&format!("lessons/{}", file.asset), move |bytes| {
                // The program will say which file it misses.
                if let Some(bytes) = bytes {
                    this.hold(file.path, Uint8Array::from(bytes.as_slice()), false);
                }
                left.set(left.get() - 1);
                if left.get() == 0
                    && let Some(then) = then.take()
                {
                    then();
                }
            });
        }
    }

    /// What a worker has to be told so that it has the same files.
    pub fn changes(&self, seen: &mut Seen) -> Vec<Command> {
        let held = self.0.held.borrow();
        let mut commands = Vec::new();
        seen.retain(|path, _| {
            let there = held.contains_key(path);
            if !there {
                commands.push(Command::File { name: path.clone(), bytes: None });
            }
            there
        });
        for (path, file) in held.iter() {
            if seen.insert(path.clone(), file.version) != Some(file.version) {
                commands.push(Command::File { name: path.clone(), bytes: Some(file.bytes.to_vec()) });
            }
        }
        commands
    }

    fn hold(&self, path: &str, bytes: Uint8Array, own: bool) {
        let version = self.0.version.get() + 1;
        self.0.version.set(version);
        self.0.held.borrow_mut().insert(path.to_owned(), Held { bytes, own, version });
        self.tell();
    }

    fn tell(&self) {
        let held = self.0.held.borrow();
        let list = held.iter().map(|(path, file)| Listed {
            path: path.clone(),
            size: file.bytes.length(),
            own: file.own,
        });
        self.0.listed.set(Arc::new(list.collect()));
    }
}

/// The store; `None` where the browser has none, as on a page without encryption.
async fn store() -> Option<Cache> {
    let caches = Reflect::get(&window(), &"caches".into()).ok()?.dyn_into::<CacheStorage>().ok()?;
    wait(caches.open(STORE)).await?.dyn_into().ok()
}

async fn wait(promise: Promise) -> Option<JsValue> {
    JsFuture::from(promise).await.ok()
}

/// Where a file lies in the store.
fn address(path: &str) -> String {
    format!("{FOLDER}{}", js_sys::encode_uri_component(path))
}

async fn keep(path: &str, bytes: &Uint8Array) -> Option<()> {
    let response = Response::new_with_opt_buffer_source(Some(bytes)).ok()?;
    wait(store().await?.put_with_str(&address(path), &response)).await.map(drop)
}

async fn forget(path: &str) -> Option<()> {
    wait(store().await?.delete_with_str(&address(path))).await.map(drop)
}

/// What was kept: paths and bytes.
async fn kept() -> Option<Vec<(String, Uint8Array)>> {
    let store = store().await?;
    let keys: Array = wait(store.keys()).await?.dyn_into().ok()?;
    let mut files = Vec::new();
    for key in keys.iter().filter_map(|key| key.dyn_into::<Request>().ok()) {
        let url = key.url();
        let Some((_, name)) = url.rsplit_once(FOLDER) else { continue };
        let Some(path) = js_sys::decode_uri_component(name).ok().and_then(|name| name.as_string()) else {
            continue;
        };
        let Some(found) = wait(store.match_with_request(&key)).await else { continue };
        let Some(body) = found.dyn_into::<Response>().ok().and_then(|found| found.array_buffer().ok()) else {
            continue;
        };
        if let Some(buffer) = wait(body).await {
            files.push((path, Uint8Array::new(&buffer)));
        }
    }
    Some(files)
}
