use leptos::prelude::*;
use web_sys::Event;

use super::graph::words;
use super::prose::show_step;
use super::timeline::spoken;
use crate::bench::Bench;
use crate::dom;
use crate::model::view::Now;
use crate::ui::{El, button, el, on_window};

/// Nodes of a line that are told; a longer line is told by how many it made.
const TOLD: usize = 3;

/// Each step in words, for those who do not see the page. While a run is replayed or under way nothing is said.
pub fn announce(bench: Bench) -> El {
    let says = move || {
        if bench.replaying.get() || bench.busy.get() || bench.stale() {
            return String::new();
        }
        let moment = bench.loaded.with(|program| spoken(super::timeline::moment(bench), program));
        bench.view.with(|view| match &view.now {
            Now::Start => String::new(),
            Now::Line if view.made.len() <= TOLD => {
                let made = view.made.iter().filter_map(|place| view.at(*place)).map(|node| words(view, node));
                std::iter::once(moment).chain(made).collect::<Vec<_>>().join(". ")
            }
            Now::Line => format!("{moment}. {} nodes", view.made.len()),
            Now::Backward(backward) => {
                let to = backward.contributions.iter().map(|c| {
                    format!("to {} goes {}", view.label(c.to), crate::model::number::brief(&c.value))
                });
                let parts =
                    std::iter::once(format!("{moment}. From {}", view.label(backward.node))).chain(to);
                parts.collect::<Vec<_>>().join(", ")
            }
            Now::Seed(_) | Now::Summed => moment,
        })
    };
    el("p").class("sr-only").set("role", "status").test("announced").say(says)
}

/// On a phone the graph is far below the text: one tap there and back.
pub fn jump(bench: Bench) -> El {
    let near = RwSignal::new(false);
    let look = move || {
        if let Some(graph) = document().get_element_by_id("graph") {
            let rect = graph.get_bounding_client_rect();
            let height = window().inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0);
            near.set(rect.top() < height * 0.6 && rect.bottom() > height * 0.2);
        }
    };
    on_window("scroll", move |_: Event| look());
    button("jump")
        .test("jump")
        .click(move || match near.get_untracked() {
            true => show_step(bench.step.get_untracked()),
            false => dom::scroll_to("graph"),
        })
        .say(move || if near.get() { "To the text" } else { "To the graph" })
}
