use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use web_sys::{Element, Event, HtmlDialogElement};

use crate::bench::Bench;
use crate::export;
use crate::model::base64;
use crate::model::view::{Drawing, View};
use crate::ui::{El, button, effect, el, memo};

/// The pane shows the end of what was printed, about this many bytes of it.
const SHOWN: usize = 20_000;
/// Scrolled up by more pixels than this, it stays where it is.
const FOLLOWED: i32 = 120;

/// Whether the beginning was left out, and the rest.
fn printed(view: &View) -> (bool, String) {
    let total: usize = view.output.iter().map(|printed| printed.text.len()).sum();
    let mut skip = total.saturating_sub(SHOWN);
    let mut text = String::new();
    for printed in &view.output {
        if skip >= printed.text.len() {
            skip -= printed.text.len();
            continue;
        }
        let mut from = std::mem::take(&mut skip);
        while !printed.text.is_char_boundary(from) {
            from += 1;
        }
        text.push_str(printed.text.get(from..).unwrap_or_default());
    }
    (total > SHOWN, text)
}

fn failure(view: &View) -> Option<String> {
    let error = view.error.as_ref()?;
    Some(match error.traceback.is_empty() {
        true => format!("{}: {}", error.kind, error.message),
        false => error.traceback.trim_end().to_string(),
    })
}

/// What the program printed, and the traceback of its error.
pub fn output(bench: Bench) -> El {
    let text = memo(move || bench.view.with(|view| printed(view)));
    let error = memo(move || bench.view.with(|view| failure(view)));
    let hint = move || {
        let drawn = bench.view.with(|view| !view.figures.is_empty());
        let nothing = |text: &str| text.is_empty() && !drawn && error.with(Option::is_none);
        let hint = text.with(|(cut, text)| match (cut, nothing(text)) {
            (true, _) => Some("Only the end of the output is shown."),
            (_, true) => Some("Nothing printed yet."),
            _ => None,
        })?;
        Some(el("p").class("hint").put(hint))
    };
    let mut pane = el("div");
    let mut follow: Rc<dyn Fn()> = Rc::new(|| ());
    if let Some(element) = pane.is::<Element>() {
        // The end stays in sight, unless the learner scrolled away from it. Where it stands is asked only when it was
        // scrolled: to ask while it is being written would lay out the page once more for each piece of text.
        let follows = Rc::new(Cell::new(true));
        follow = Rc::new({
            let (element, follows) = (element.clone(), follows.clone());
            move || {
                if follows.get() {
                    let element = element.clone();
                    request_animation_frame(move || element.set_scroll_top(i32::MAX));
                }
            }
        });
        let end = follow.clone();
        effect(move || {
            text.track();
            error.track();
            end();
        });
        let last = Cell::new(0);
        pane = pane.on("scroll", move |_: Event| {
            let top = element.scroll_top();
            let below = element.scroll_height() - element.client_height() - top;
            // What was printed or loaded meanwhile is no reason to stay behind: only a way back up is.
            follows.set(below < FOLLOWED || follows.get() && top >= last.get());
            last.set(top);
        });
    }
    let pane = pane
        .set("aria-live", "polite")
        .set("tabindex", "0")
        .set("role", "region")
        .set("aria-label", "Printed text")
        .part(hint)
        .put(el("pre").test("output").say(move || text.with(|(_, text)| text.clone())))
        .part(move || {
            let figures = bench.view.with(|view| view.figures.clone());
            // Its height is known once it is loaded.
            let shown = |(i, figure)| {
                let follow = follow.clone();
                picture(i, figure, move || follow())
            };
            figures.iter().enumerate().map(shown).collect::<Vec<_>>()
        })
        .part(move || error.get().map(|error| el("pre").class("error").test("error").put(error)));
    el("section")
        .class("output")
        .set("aria-label", "Output")
        .test("output-pane")
        .toggle("old", move || bench.stale())
        .toggle("draws", move || bench.draws())
        .put(el("h2").put("Output"))
        .put(pane)
}

/// A drawing of the program's as the address of an image: markup in it can do nothing there.
pub fn address(figure: &Drawing) -> String {
    format!("data:image/svg+xml;base64,{}", base64::encode(figure.svg.as_bytes(), base64::DATA))
}

/// A drawing of the program's, as an image.
fn picture(index: usize, figure: &Drawing, loaded: impl Fn() + 'static) -> El {
    let address = address(figure);
    let image = || {
        el("img")
            .set("src", &address)
            .set("alt", format!("Figure {}, drawn on line {}", index + 1, figure.line))
    };
    let large = el("dialog").class("large").set("aria-label", format!("Figure {}", index + 1)).put(image());
    let dialog = large.is::<HtmlDialogElement>();
    let enlarge = {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.as_ref().filter(|dialog| !dialog.open()) {
                // Refused only where it is open already.
                let _ = dialog.show_modal();
            }
        }
    };
    let large = large.click(move || dialog.iter().for_each(HtmlDialogElement::close));
    let svg = figure.svg.clone();
    let save = move || export::save(&format!("figure-{}.svg", index + 1), "image/svg+xml", &svg);
    let save = button("link").click(save).put("Save as SVG");
    let enlarge = button("link").test("enlarge").click(enlarge).put("Enlarge");
    el("figure")
        .class("drawn")
        .test("figure")
        .put(image().on("load", move |_: Event| loaded()))
        .put(el("figcaption").class("links").put([enlarge, save]))
        .put(large)
}
