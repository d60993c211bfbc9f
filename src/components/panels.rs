use gradloom_protocol::Summary;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::card::card;
use super::plot::plot;
use super::variables::variables;
use crate::bench::Bench;
use crate::dom;
use crate::model::heat::{self, Scale};
use crate::model::number::{count, short};
use crate::ui::{El, button, el, memo};

/// Matrices up to this size show their numbers.
const NUMBERED: u32 = 8;

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Variables,
    Loss,
}

/// Below the timeline: the arithmetic, and beside it the variables or the loss.
pub fn dock(bench: Bench) -> El {
    let has_loss = memo(move || bench.view.with(|view| view.losses.len() > 1));
    let wanted = RwSignal::new(None::<Tab>);
    // A curve that begins to grow is shown, until the learner chooses.
    let tab = memo(move || match (wanted.get(), has_loss.get()) {
        (Some(tab), true) => tab,
        (None, true) => Tab::Loss,
        _ => Tab::Variables,
    });
    let choose = move |this: Tab, id: &str, panel: &str, text: &str| {
        button("")
            .set("role", "tab")
            .set("id", id)
            .test(id)
            .set("aria-controls", panel)
            .live("aria-selected", move || (tab.get() == this).to_string())
            .live("tabindex", move || if tab.get() == this { "0" } else { "-1" })
            .click(move || wanted.set(Some(this)))
            .on("keydown", move |event: KeyboardEvent| {
                if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                    let loss = this == Tab::Loss;
                    wanted.set(Some(if loss { Tab::Variables } else { Tab::Loss }));
                    dom::focus(if loss { "tab-variables" } else { "tab-loss" });
                }
            })
            .put(text)
    };
    let tabs = el("div")
        .class("tabs")
        .set("role", "tablist")
        .set("aria-label", "Data")
        .live("hidden", move || !has_loss.get())
        .put(choose(Tab::Variables, "tab-variables", "panel-variables", "Variables"))
        .put(choose(Tab::Loss, "tab-loss", "panel-loss", "Loss"));
    let panel = move |this: Tab, id: &str, label: &str| {
        el("div")
            .set("id", id)
            .live("role", move || if has_loss.get() { "tabpanel" } else { "group" })
            .set("aria-label", label)
            .live("hidden", move || tab.get() != this)
    };
    let data = el("section")
        .class("card data")
        .set("aria-label", "Data")
        .set("tabindex", "0")
        .toggle("old", move || bench.stale())
        .put(el("h2").live("hidden", move || has_loss.get()).put("Variables"))
        .put(tabs)
        .put(panel(Tab::Variables, "panel-variables", "Variables").put(variables(bench)))
        .put(panel(Tab::Loss, "panel-loss", "Loss").part(move || has_loss.get().then(|| plot(bench))));
    el("div").class("dock").put([card(bench), data])
}

/// A tensor's cells, with their numbers where they fit, and what they span.
pub fn cells(summary: &Summary, scale: Scale, title: &str, dark: bool) -> El {
    let (rows, cols) = (summary.rows.max(1), summary.cols.max(1));
    let picture = if summary.exact && rows <= NUMBERED && cols <= NUMBERED {
        let (low, high) = heat::range(summary);
        let cell = |x: f64| {
            let [r, g, b] = heat::color(x, low, high, scale, dark);
            let ink = if heat::is_light([r, g, b]) { "#1d1c1a" } else { "#ffffff" };
            el("td").set("style", format!("background:rgb({r},{g},{b});color:{ink}")).put(short(x))
        };
        let rows = summary.numbers.chunks(cols as usize);
        let rows = rows.map(|row| el("tr").put(row.iter().map(|x| cell(x.0)).collect::<Vec<_>>()));
        el("table").class("cells").set("aria-label", title).put(el("tbody").put(rows.collect::<Vec<_>>()))
    } else {
        el("img")
            .class("heat")
            .set("src", heat::picture(summary, scale, dark).unwrap_or_default())
            .set("alt", format!("{title} as a heat map of {rows} by {cols} cells"))
            .set("width", "176")
            .set("height", "112")
    };
    let mut says = format!(
        " {} to {} · mean {} · {} zeros",
        short(summary.min.0),
        short(summary.max.0),
        short(summary.mean.0),
        count(summary.zeros),
    );
    if summary.nans > 0 {
        says.push_str(&format!(" · {} NaN", count(summary.nans)));
    }
    let exact = if summary.exact { "" } else { "Each cell is the mean of a block." };
    let caption = el("figcaption").put(el("b").put(title)).put(says).put(el("small").put(exact));
    el("figure").put([picture, caption])
}
