//! Elements, built by hand over Leptos's signals.
//!
//! Leptos's `view!` makes a type for every element and instantiates its machinery for each of them: this page came to
//! 240 kB of compressed code with it. Here an element is one type, whatever it holds, and every closure is boxed into
//! one of three shapes, so a page of the same content is less than half as large. What changes is an effect that
//! writes to the element; effects, memos and listeners belong to the owner under which they are made and end with it.

mod listen;

use std::any::Any;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::owner::Owner;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node};

pub use listen::on_window;
use listen::{listen, typed};

/// A node of the document: an element, or a piece of text. A clone is the same node.
#[derive(Clone)]
pub struct El(Node);

/// Nodes in a row.
#[derive(Default)]
pub struct Many(Vec<El>);

impl From<El> for Many {
    fn from(el: El) -> Many {
        Many(vec![el])
    }
}
impl From<Option<El>> for Many {
    fn from(el: Option<El>) -> Many {
        Many(el.into_iter().collect())
    }
}
impl From<Vec<El>> for Many {
    fn from(els: Vec<El>) -> Many {
        Many(els)
    }
}
impl<const N: usize> From<[El; N]> for Many {
    fn from(els: [El; N]) -> Many {
        Many(els.into())
    }
}
impl From<&str> for Many {
    fn from(text: &str) -> Many {
        Many(vec![El(document().create_text_node(text).into())])
    }
}
impl From<String> for Many {
    fn from(text: String) -> Many {
        text.as_str().into()
    }
}

/// What an attribute can be.
#[derive(PartialEq)]
pub enum Value {
    /// Not there.
    Absent,
    /// There, with this text.
    Text(String),
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}
impl From<bool> for Value {
    fn from(there: bool) -> Value {
        if there { Value::Text(String::new()) } else { Value::Absent }
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Absent, T::into)
    }
}

/// An HTML element.
pub fn el(tag: &str) -> El {
    make("http://www.w3.org/1999/xhtml", tag)
}

/// An SVG element.
pub fn svg(tag: &str) -> El {
    make("http://www.w3.org/2000/svg", tag)
}

fn make(space: &str, tag: &str) -> El {
    // Fails only for names that are no names; then an empty text stands in, and the page goes on.
    let node = document().create_element_ns(Some(space), tag).map(Node::from);
    El(node.unwrap_or_else(|_| document().create_text_node("").into()))
}

/// Runs a closure now and whenever a signal that it read has changed, as long as the current owner lives.
pub fn effect(run: impl FnMut() + 'static) {
    keep_effect(Box::new(run));
}

fn keep_effect(mut run: Box<dyn FnMut()>) {
    keep(Box::new(RenderEffect::new(move |_: Option<()>| run())));
}

/// Keeps something alive as long as the current owner.
fn keep(thing: Box<dyn Any>) {
    StoredValue::new_local(thing);
}

/// A derived value. Boxed, so that there is one memo for each type of value and not one for each closure.
pub fn memo<T: PartialEq + Send + Sync + 'static>(f: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    boxed_memo(Box::new(f))
}

fn boxed_memo<T: PartialEq + Send + Sync + 'static>(f: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| f())
}

impl El {
    fn element(&self) -> &Element {
        self.0.unchecked_ref()
    }

    /// An element that is there already.
    pub fn of(node: &Node) -> El {
        El(node.clone())
    }

    /// The element as what it is.
    pub fn is<T: JsCast>(&self) -> Option<T> {
        self.0.clone().dyn_into().ok()
    }

    /// Sets the class.
    pub fn class(self, class: &str) -> El {
        self.set("class", class)
    }

    /// Sets the id that tests find it by.
    pub fn test(self, id: &str) -> El {
        self.set("data-testid", id)
    }

    /// Sets an attribute.
    pub fn set(self, name: &str, value: impl AsRef<str>) -> El {
        write(self.element(), name, value.as_ref());
        self
    }

    /// Sets an attribute to what a closure says, now and later.
    pub fn live<V: Into<Value>>(self, name: &'static str, value: impl Fn() -> V + 'static) -> El {
        self.keep_live(name, Box::new(move || value().into()));
        self
    }

    fn keep_live(&self, name: &'static str, value: Box<dyn Fn() -> Value>) {
        let element = self.element().clone();
        let mut last = Value::Absent;
        keep_effect(Box::new(move || {
            let now = value();
            if now == last {
                return;
            }
            match &now {
                Value::Text(text) => write(&element, name, text),
                Value::Absent => {
                    // Removing what is not there is no error.
                    let _ = element.remove_attribute(name);
                }
            }
            last = now;
        }));
    }

    /// Sets several attributes in one effect.
    pub fn sync(self, write: impl Fn(&Attributes) + 'static) -> El {
        let attributes = Attributes(self.element().clone());
        effect(move || write(&attributes));
        self
    }

    /// Has a class as long as a closure says so.
    pub fn toggle(self, class: &'static str, on: impl Fn() -> bool + 'static) -> El {
        self.keep_toggle(class, Box::new(on));
        self
    }

    fn keep_toggle(&self, class: &'static str, on: Box<dyn Fn() -> bool>) {
        let list = self.element().class_list();
        let mut last = false;
        keep_effect(Box::new(move || {
            let now = on();
            if now != last {
                last = now;
                // Fails only for classes with spaces.
                let _ = list.toggle_with_force(class, now);
            }
        }));
    }

    /// Sets a property, such as an input's value, to what a closure says.
    pub fn prop<V: Into<JsValue>>(self, name: &'static str, value: impl Fn() -> V + 'static) -> El {
        let element = self.0.clone();
        effect(move || {
            // Fails only for frozen objects.
            let _ = js_sys::Reflect::set(&element, &name.into(), &value().into());
        });
        self
    }

    /// Listens to an event.
    pub fn on<E: JsCast>(self, event: &str, run: impl FnMut(E) + 'static) -> El {
        listen(&self.0, event, typed(run));
        self
    }

    /// Listens to clicks.
    pub fn click(self, mut run: impl FnMut() + 'static) -> El {
        listen(&self.0, "click", Box::new(move |_| run()));
        self
    }

    /// Sets what is inside, as HTML of the page's own.
    pub fn html(self, html: &str) -> El {
        self.element().set_inner_html(html);
        self
    }

    /// Appends nodes or text.
    pub fn put(self, children: impl Into<Many>) -> El {
        self.append(children.into());
        self
    }

    fn append(&self, children: Many) {
        for child in children.0 {
            // Fails only for a node put into itself.
            let _ = self.0.append_child(&child.0);
        }
    }

    /// Appends a text that a closure says, now and later.
    pub fn say<T: Into<String>>(self, text: impl Fn() -> T + 'static) -> El {
        self.keep_say(Box::new(move || text().into()));
        self
    }

    fn keep_say(&self, text: Box<dyn Fn() -> String>) {
        let node: Node = document().create_text_node("").into();
        self.append(Many(vec![El(node.clone())]));
        let mut last = String::new();
        keep_effect(Box::new(move || {
            let now = text();
            if now != last {
                node.set_text_content(Some(&now));
                last = now;
            }
        }));
    }

    /// Appends nodes that a closure makes, and makes anew whenever a signal that it read has changed.
    pub fn part<M: Into<Many>>(self, make: impl Fn() -> M + 'static) -> El {
        self.keep_part(Box::new(move || make().into()));
        self
    }

    fn keep_part(&self, make: Box<dyn Fn() -> Many>) {
        let end = self.end();
        let mut shown: Vec<El> = Vec::new();
        keep_effect(Box::new(move || {
            let Many(new) = make();
            shown.drain(..).for_each(|old| old.remove());
            new.iter().for_each(|new| new.insert_before(&end));
            shown = new;
        }));
    }

    /// Appends a node for each key, in the order of the keys; a key that stays keeps its node.
    pub fn each<K: PartialEq + 'static>(
        self,
        keys: impl Fn() -> Vec<K> + 'static,
        make: impl Fn(&K) -> El + 'static,
    ) -> El {
        let parent = Owner::current().unwrap_or_default();
        let mut rows = Rows { end: self.end(), parent, shown: Vec::new() };
        let mut known: Vec<K> = Vec::new();
        effect(move || {
            let keys = keys();
            if keys != known {
                let same = |old: usize, new: usize| known.get(old) == keys.get(new);
                rows.change(keys.len(), &same, &|new| keys.get(new).map(&make));
                known = keys;
            }
        });
        self
    }

    /// A mark at the end, before which changing nodes are put.
    fn end(&self) -> Node {
        let end: Node = document().create_comment("").into();
        self.append(Many(vec![El(end.clone())]));
        end
    }

    fn insert_before(&self, next: &Node) {
        if let Some(parent) = next.parent_node() {
            // Fails only for a node put into itself.
            let _ = parent.insert_before(&self.0, Some(next));
        }
    }

    fn remove(&self) {
        if let Some(parent) = self.0.parent_node() {
            // Fails only for a node that is not there.
            let _ = parent.remove_child(&self.0);
        }
    }
}

/// What [`El::each`] shows, whatever its keys are.
struct Rows {
    end: Node,
    parent: Owner,
    shown: Vec<(El, Owner)>,
}

impl Rows {
    /// Shows `count` rows: those that are the same as an old one are taken over, the others made.
    fn change(
        &mut self,
        count: usize,
        same: &dyn Fn(usize, usize) -> bool,
        make: &dyn Fn(usize) -> Option<El>,
    ) {
        let mut old: Vec<Option<(El, Owner)>> = self.shown.drain(..).map(Some).collect();
        // Most keys stay in their order: the one after the last one found is the first guess.
        let mut guess = 0;
        for new in 0..count {
            let is_it = |at: &usize| old.get(*at).is_some_and(Option::is_some) && same(*at, new);
            let at = Some(guess).filter(is_it).or_else(|| (0..old.len()).find(is_it));
            guess = at.map_or(guess, |at| at + 1);
            let found = at.and_then(|at| old.get_mut(at)?.take());
            self.shown.extend(found.or_else(|| {
                let owner = self.parent.child();
                let el = untrack(|| owner.with(|| make(new)))?;
                Some((el, owner))
            }));
        }
        for (el, owner) in old.into_iter().flatten() {
            el.remove();
            owner.cleanup();
        }
        // From the last to the first: each stands before the one after it. What is in its place is not moved, so that
        // it keeps its focus.
        let mut next = self.end.clone();
        for (el, _) in self.shown.iter().rev() {
            if el.0.next_sibling().as_ref() != Some(&next) {
                el.insert_before(&next);
            }
            next = el.0.clone();
        }
    }
}

/// An element's attributes; writing what is there already does nothing.
pub struct Attributes(Element);

impl Attributes {
    /// Sets an attribute.
    pub fn set(&self, name: &str, value: &str) {
        if self.0.get_attribute(name).as_deref() != Some(value) {
            write(&self.0, name, value);
        }
    }
}

fn write(element: &Element, name: &str, value: &str) {
    // Fails only for names that are no names.
    let _ = element.set_attribute(name, value);
}

/// A button with a class.
pub fn button(class: &str) -> El {
    el("button").set("type", "button").class(class)
}
