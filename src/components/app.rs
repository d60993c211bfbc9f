use gradloom_diagram::Direction;
use leptos::ev;
use leptos::prelude::*;

use super::cell::Cell;
use super::divider::{Divider, Sizes};
use super::graph::Graph;
use super::header::Header;
use super::help::Help;
use super::panels::Dock;
use super::prose::Prose;
use super::rail::Rail;
use super::timeline::Timeline;
use crate::bench::Bench;
use crate::{address, dom, store};

fn direction() -> Direction {
    if dom::is_narrow() { Direction::TopDown } else { Direction::LeftToRight }
}

/// The page: the ladder, the lesson, the bench.
#[component]
pub fn App() -> impl IntoView {
    let bench = Bench::new(direction());
    provide_context(bench);
    let sizes = Sizes::new();
    provide_context(sizes);
    let help = RwSignal::new(false);
    theme(bench);
    keys(bench, help);
    window_event_listener(ev::hashchange, move |_| {
        let (lesson, step) = address::read();
        bench.open(lesson, step);
    });
    window_event_listener(ev::resize, move |_| bench.turn_sheet(direction()));
    Effect::new(move |_| {
        if let Some(lesson) = bench.current_lesson() {
            document().set_title(&format!("{} · {} · Gradloom", lesson.number, lesson.title));
        }
    });
    bench.start();
    // Plain links would change the address, which names the lesson.
    let skip = move |id: &'static str, text: &'static str| {
        let jump = move |event: ev::MouseEvent| {
            event.prevent_default();
            dom::focus(id);
        };
        view! { <button type="button" on:click=jump>{text}</button> }
    };
    let note = move || {
        bench.note.get().map(|note| {
            view! {
                <p class="note" data-testid="note">
                    {note}
                    <button type="button" class="link" on:click=move |_| bench.note.set(None)>"Close"</button>
                </p>
            }
        })
    };
    view! {
        <div class="skip">{skip("lesson", "To the lesson")} {skip("cell", "To the program")}</div>
        <Header help />
        <div role="status">{note}</div>
        <div class="house" style=move || sizes.style()>
            <Rail />
            <main>
                <Prose />
                <Divider class="after-prose" label="Width of the lesson" size=sizes.prose range=(300.0, 720.0) />
                <div class="bench">
                    <Cell />
                    <Divider class="after-cell" label="Width of the program" size=sizes.cell range=(260.0, 900.0) />
                    <Timeline />
                    <Graph />
                    <Divider
                        class="above-dock"
                        label="Height of the numbers"
                        size=sizes.dock
                        range=(120.0, 480.0)
                        horizontal=true
                    />
                    <Dock />
                </div>
            </main>
        </div>
        <Help open=help />
    }
}

fn theme(bench: Bench) {
    let dark = match store::get("theme").as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => dom::matches("(prefers-color-scheme: dark)"),
    };
    bench.dark.set(dark);
    Effect::new(move |_| {
        let theme = if bench.dark.get() { "dark" } else { "light" };
        if let Some(root) = document().document_element() {
            // Refused only for names that are no names.
            let _ = root.set_attribute("data-theme", theme);
        }
    });
}

fn keys(bench: Bench, help: RwSignal<bool>) {
    window_event_listener(ev::keydown, move |event| {
        let control = event.ctrl_key() || event.meta_key();
        match event.key().as_str() {
            "Enter" if control => bench.run(),
            "F10" if !control && !event.shift_key() => bench.step_forward(),
            "F9" if !control && !event.shift_key() => bench.step_back(),
            "?" if !control && !dom::in_text_field() => help.set(true),
            _ => return,
        }
        event.prevent_default();
    });
}
