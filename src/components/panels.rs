use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::card::card;
use super::files::files;
use super::inspector::inspector;
use super::passes::passes;
use super::plot::plot;
use super::variables::variables;
use crate::bench::{Bench, Target};
use crate::dom;
use crate::ui::{El, button, effect, el, memo};

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Variables,
    Inspector,
    Loss,
    Passes,
    Files,
}

impl Tab {
    /// All of them, with the names of their elements and their labels.
    const ALL: [(Tab, &'static str, &'static str, &'static str); 5] = [
        (Tab::Variables, "tab-variables", "panel-variables", "Variables"),
        (Tab::Inspector, "tab-inspector", "panel-inspector", "Inspector"),
        (Tab::Loss, "tab-loss", "panel-loss", "Loss"),
        (Tab::Passes, "tab-passes", "panel-passes", "Passes"),
        (Tab::Files, "tab-files", "panel-files", "Files"),
    ];
}

/// Below the timeline: the arithmetic, and beside it the variables, a tensor, the loss, or the passes.
pub fn dock(bench: Bench) -> El {
    let has_passes = memo(move || bench.trains() && bench.view.with(|view| view.passes.len() > 1));
    // Without a loop that trains, two calls of `backward` differentiate different things: no curve.
    let has_loss = memo(move || {
        has_passes.get() && bench.view.with(|view| view.losses.len() > 1)
            || bench.curves.with(|curves| !curves.is_empty())
    });
    let has_files = memo(move || bench.uses_files());
    let is_there = move |tab: Tab| match tab {
        Tab::Loss => has_loss.get(),
        Tab::Passes => has_passes.get(),
        Tab::Files => has_files.get(),
        Tab::Variables | Tab::Inspector => true,
    };
    let wanted = RwSignal::new(None::<Tab>);
    // What was chosen in the graph is shown, until the learner chooses a tab or lets go of it.
    effect(move || match bench.selected.get() {
        Target::Place(_) => wanted.set(Some(Tab::Inspector)),
        _ if wanted.get_untracked() == Some(Tab::Inspector) => wanted.set(None),
        _ => {}
    });
    // A curve that begins to grow is shown, until the learner chooses.
    let tab = memo(move || match wanted.get() {
        Some(tab) if is_there(tab) => tab,
        None if has_loss.get() => Tab::Loss,
        _ => Tab::Variables,
    });
    let go = move |from: Tab, by: usize| {
        let there: Vec<_> = Tab::ALL.into_iter().filter(|(tab, ..)| untrack(|| is_there(*tab))).collect();
        let at = there.iter().position(|(tab, ..)| *tab == from).unwrap_or(0);
        if let Some((next, id, ..)) = there.get((at + by) % there.len().max(1)) {
            wanted.set(Some(*next));
            dom::focus(id);
        }
    };
    let button_of = move |(this, id, panel, text): (Tab, &str, &str, &str)| {
        button("")
            .set("role", "tab")
            .set("id", id)
            .test(id)
            .set("aria-controls", panel)
            .live("hidden", move || !is_there(this))
            .live("aria-selected", move || (tab.get() == this).to_string())
            .live("tabindex", move || if tab.get() == this { "0" } else { "-1" })
            .click(move || wanted.set(Some(this)))
            .on("keydown", move |event: KeyboardEvent| match event.key().as_str() {
                "ArrowRight" => go(this, 1),
                "ArrowLeft" => go(this, there_are(is_there).saturating_sub(1)),
                _ => {}
            })
            .put(text)
    };
    let tabs =
        el("div").class("tabs").set("role", "tablist").set("aria-label", "Data").put(Tab::ALL.map(button_of));
    let panel = move |(this, id, panel, _): (Tab, &str, &str, &str)| {
        let panel = el("div")
            .set("id", panel)
            .set("role", "tabpanel")
            .set("aria-labelledby", id)
            .live("hidden", move || tab.get() != this);
        match this {
            Tab::Variables => panel.put(variables(bench)),
            // What is not looked at is not kept up to date.
            Tab::Inspector => panel.part(move || (tab.get() == this).then(|| inspector(bench))),
            Tab::Loss => panel.part(move || has_loss.get().then(|| plot(bench))),
            Tab::Passes => panel.part(move || (tab.get() == this).then(|| passes(bench))),
            Tab::Files => panel.part(move || (tab.get() == this).then(|| files(bench))),
        }
    };
    let data = el("section")
        .class("card data")
        .set("aria-label", "Data")
        .set("tabindex", "0")
        .toggle("old", move || bench.stale())
        .put(tabs)
        .put(Tab::ALL.map(panel));
    el("div").class("dock").put([card(bench), data])
}

/// How many tabs are there now.
fn there_are(is_there: impl Fn(Tab) -> bool) -> usize {
    untrack(|| Tab::ALL.into_iter().filter(|(tab, ..)| is_there(*tab)).count())
}
