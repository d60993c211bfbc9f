use std::sync::Arc;

use gradloom_protocol::Summary;
use leptos::prelude::*;

use super::card::Card;
use super::plot::Plot;
use super::variables::Variables;
use crate::bench::bench;
use crate::model::heat::{self, Scale};
use crate::model::number::{count, short};

/// Matrices up to this size show their numbers.
const NUMBERED: (u32, u32) = (8, 8);

#[derive(Clone, Copy, PartialEq)]
enum Tab {
    Variables,
    Loss,
}

/// Below the timeline: the arithmetic, and beside it the variables or the loss.
#[component]
pub fn Dock() -> impl IntoView {
    let bench = bench();
    let has_loss = Memo::new(move |_| bench.view.with(|view| view.losses.len() > 1));
    let wanted = RwSignal::new(None::<Tab>);
    // A curve that begins to grow is shown, until the learner chooses.
    let tab = Memo::new(move |_| match wanted.get() {
        Some(tab) if has_loss.get() => tab,
        None if has_loss.get() => Tab::Loss,
        _ => Tab::Variables,
    });
    let button = move |this: Tab, id: &'static str, panel: &'static str, text: &'static str| {
        view! {
            <button
                type="button"
                role="tab"
                id=id
                data-testid=id
                aria-controls=panel
                aria-selected=move || (tab.get() == this).to_string()
                tabindex=move || if tab.get() == this { "0" } else { "-1" }
                on:click=move |_| wanted.set(Some(this))
                on:keydown=move |event| {
                    let other = if this == Tab::Loss { Tab::Variables } else { Tab::Loss };
                    let name = if this == Tab::Loss { "tab-variables" } else { "tab-loss" };
                    if matches!(event.key().as_str(), "ArrowLeft" | "ArrowRight") {
                        wanted.set(Some(other));
                        crate::dom::focus(name);
                    }
                }
            >
                {text}
            </button>
        }
    };
    view! {
        <div class="dock">
            <Card />
            <section class="card data" aria-label="Data" class:old=move || bench.stale()>
                <Show
                    when=move || has_loss.get()
                    fallback=|| view! { <h2 id="tab-variables">"Variables"</h2> }
                >
                    <div class="tabs" role="tablist" aria-label="Data">
                        {button(Tab::Variables, "tab-variables", "panel-variables", "Variables")}
                        {button(Tab::Loss, "tab-loss", "panel-loss", "Loss")}
                    </div>
                </Show>
                <div
                    id="panel-variables"
                    role=move || if has_loss.get() { "tabpanel" } else { "group" }
                    aria-labelledby="tab-variables"
                    hidden=move || tab.get() != Tab::Variables
                >
                    <Variables />
                </div>
                <Show when=move || has_loss.get()>
                    <div
                        id="panel-loss"
                        role="tabpanel"
                        aria-labelledby="tab-loss"
                        hidden=move || tab.get() != Tab::Loss
                    >
                        <Plot />
                    </div>
                </Show>
            </section>
        </div>
    }
}

/// A tensor's cells, with their numbers where they fit, and what they span.
#[component]
pub fn Cells(summary: Arc<Summary>, scale: Scale, title: &'static str, dark: bool) -> impl IntoView {
    let (rows, cols) = (summary.rows.max(1), summary.cols.max(1));
    let (low, high) = heat::range(&summary);
    let numbered = summary.exact && rows <= NUMBERED.0 && cols <= NUMBERED.1;
    let picture = if numbered {
        let cell = |x: f64| {
            let [r, g, b] = heat::color(x, low, high, scale, dark);
            let ink = if heat::is_light([r, g, b]) { "#1d1c1a" } else { "#ffffff" };
            view! { <td style=format!("background:rgb({r},{g},{b});color:{ink}")>{short(x)}</td> }
        };
        let row = |row: &[gradloom_protocol::Number]| {
            let cells = row.iter().map(|x| cell(x.0)).collect_view();
            view! { <tr>{cells}</tr> }
        };
        let body = summary.numbers.chunks(cols as usize).map(row).collect_view();
        view! { <table class="cells" aria-label=title><tbody>{body}</tbody></table> }.into_any()
    } else {
        let address = heat::picture(&summary, scale, dark).unwrap_or_default();
        let words = format!("{title} as a heat map of {rows} × {cols} cells");
        view! { <img class="heat" src=address alt=words width="176" height="112" /> }.into_any()
    };
    let exact = if summary.exact { "" } else { "each cell is the mean of a block" };
    let nans = (summary.nans > 0).then(|| format!(" · {} NaN", count(summary.nans)));
    view! {
        <figure>
            {picture}
            <figcaption>
                <b>{title}</b>
                {format!(
                    " {} to {} · mean {} · {} zeros",
                    short(summary.min.0),
                    short(summary.max.0),
                    short(summary.mean.0),
                    count(summary.zeros),
                )}
                {nans}
                <small>{exact}</small>
            </figcaption>
        </figure>
    }
}
