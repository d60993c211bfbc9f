use gradloom_diagram::Direction;
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use super::announce::{announce, jump};
use super::cell::cell;
use super::contents::contents;
use super::divider::{Sizes, divider};
use super::files::drops;
use super::graph::graph;
use super::header::header;
use super::help::help;
use super::panels::dock;
use super::prose::{prose, show_step};
use super::rail::rail;
use super::timeline::timeline;
use crate::bench::Bench;
use crate::ui::{El, Many, button, effect, el, on_window};
use crate::{dom, store};

fn direction() -> Direction {
    if dom::is_narrow() { Direction::TopDown } else { Direction::LeftToRight }
}

/// The page: the ladder, the lesson, the bench.
pub fn app() -> Many {
    let bench = Bench::new(direction());
    let sizes = Sizes::new();
    let shortcuts = RwSignal::new(false);
    let listed = RwSignal::new(false);
    bench.watch_folds();
    theme(bench);
    keys(bench, shortcuts, listed);
    drops(bench);
    on_window("hashchange", move |_: Event| {
        bench.follow_address();
        show_step(bench.step.get_untracked());
    });
    on_window("resize", move |_: Event| bench.turn_sheet(direction()));
    effect(move || {
        if let Some(lesson) = bench.current_lesson() {
            document().set_title(&format!("{} · {} · Gradloom", lesson.number, lesson.title));
        }
    });
    // Plain links would change the address, which names the lesson.
    let skip = |id: &'static str, text: &str| button("").click(move || dom::focus(id)).put(text);
    let note = move || {
        let note = bench.note.get()?;
        let close = button("link").click(move || bench.note.set(None)).put("Close");
        Some(el("p").class("note").test("note").put(note).put(close))
    };
    let after_prose = "divider after-prose";
    let bench_view = el("div").class("bench").put([
        cell(bench),
        divider(sizes, "divider after-cell", "Width of the program", sizes.cell, (260.0, 900.0), false),
        timeline(bench),
        graph(bench),
        divider(sizes, "divider flat above-dock", "Height of the numbers", sizes.dock, (120.0, 480.0), true),
        dock(bench),
    ]);
    let main = el("main").put([
        prose(bench),
        divider(sizes, after_prose, "Width of the lesson", sizes.prose, (300.0, 720.0), false),
        bench_view,
    ]);
    let page = [
        el("div").class("skip").put([skip("lesson", "To the lesson"), skip("cell", "To the program")]),
        header(bench, shortcuts, listed),
        el("div").set("role", "status").part(note),
        el("div").class("house").live("style", move || sizes.style()).put([rail(bench), main]),
        announce(bench),
        jump(bench),
        help(shortcuts),
        contents(bench, listed),
    ];
    bench.start();
    page.into()
}

fn theme(bench: Bench) {
    let dark = match store::get("theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => dom::matches("(prefers-color-scheme: dark)"),
    };
    bench.dark.set(dark);
    effect(move || {
        let theme = if bench.dark.get() { "dark" } else { "light" };
        if let Some(root) = document().document_element() {
            // Refused only for names that are no names.
            let _ = root.set_attribute("data-theme", theme);
        }
    });
}

fn keys(bench: Bench, shortcuts: RwSignal<bool>, listed: RwSignal<bool>) {
    on_window("keydown", move |event: KeyboardEvent| {
        let control = event.ctrl_key() || event.meta_key();
        let (shift, typing) = (event.shift_key(), dom::in_text_field());
        match event.key().as_str() {
            "Enter" if control => bench.run(),
            "F10" if control && shift => bench.step_out(),
            "F10" if control => bench.step_over(),
            "F10" if shift => bench.step_back(),
            "F10" => bench.step_forward(),
            "?" if !control && !typing => shortcuts.set(true),
            "/" if !control && !typing => listed.set(true),
            _ => return,
        }
        event.prevent_default();
    });
}

/// Puts the page into the document.
pub fn mount() {
    leptos::mount::mount_to_body(|| {
        if let Some(body) = document().body() {
            El::of(&body).put(app());
        }
    });
}
