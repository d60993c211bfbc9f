use std::sync::Arc;

use gradloom_protocol::{Input, NodeKind};
use leptos::prelude::*;

use crate::bench::{Bench, bench};
use crate::model::number::{brief, scalar, short};
use crate::model::sheet::constant_key;
use crate::model::view::{Now, View};

/// How far the way back runs beside the way there.
const BESIDE: f32 = 4.0;

/// An edge of the view: from a box to the box that uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wire {
    /// The box of the input, or of a constant.
    pub from: u64,
    /// The box of the node.
    pub to: u64,
    /// Which input.
    pub input: u32,
    /// Which of the edges with the same ends.
    pub nth: usize,
    /// From a constant.
    pub constant: bool,
}

/// All edges between the boxes of a view.
pub fn wires(view: &View) -> Vec<Wire> {
    let mut wires: Vec<Wire> = Vec::new();
    for node in &view.nodes {
        let first = wires.len();
        for (i, input) in node.inputs.iter().enumerate() {
            let (from, constant) = match input {
                Input::Constant(_) => (constant_key(node.place, i), true),
                Input::Node(id) => match view.place_of(*id) {
                    Some(place) => (place, false),
                    None => continue,
                },
            };
            let same = wires.iter().skip(first).filter(|wire| wire.from == from).count();
            wires.push(Wire { from, to: node.place, input: i as u32, nth: same, constant });
        }
    }
    wires
}

#[derive(Clone, PartialEq, Default)]
struct State {
    /// Off the tape.
    untracked: bool,
    /// Of an earlier pass.
    stale: bool,
    /// Leads into a node that this moment made.
    made: bool,
    /// What came back over it.
    gradient: Option<String>,
    /// Its number as a test reads it.
    value: String,
    /// It came back in this moment.
    now: bool,
}

fn state(view: &View, wire: Wire) -> State {
    let Some(to) = view.at(wire.to) else { return State::default() };
    let from = view.at(wire.from);
    let arrival =
        from.and_then(|from| from.arrivals.iter().find(|a| a.from == to.id && a.input == wire.input));
    State {
        untracked: to.kind != NodeKind::Tracked,
        stale: to.stale,
        made: view.now == Now::Line && view.made.contains(&wire.to),
        gradient: arrival.map(|arrival| brief(&arrival.value).replace(" × ", "×")),
        value: arrival.and_then(|arrival| scalar(&arrival.value)).map(short).unwrap_or_default(),
        now: arrival.is_some_and(|arrival| arrival.now),
    }
}

fn states(bench: Bench, wire: Wire) -> Memo<State> {
    Memo::new(move |_| bench.view.with(|view| state(view, wire)))
}

/// The lines of one edge: there, and back where a gradient has come back.
#[component]
pub fn EdgeLines(wire: Wire) -> impl IntoView {
    let bench = bench();
    let state = states(bench, wire);
    let there = Memo::new(move |_| {
        bench.sheet.with(|sheet| {
            sheet.edge(wire.from, wire.to, wire.nth).map(|edge| edge.path()).unwrap_or_default()
        })
    });
    let back = Memo::new(move |_| {
        let edge = |sheet: &Arc<crate::model::sheet::Sheet>| {
            sheet.edge(wire.from, wire.to, wire.nth).map(|edge| edge.path_offset(BESIDE)).unwrap_or_default()
        };
        bench.sheet.with(edge)
    });
    let has_gradient = Memo::new(move |_| state.with(|state| state.gradient.is_some()));
    let is_now = Memo::new(move |_| state.with(|state| state.now));
    let is_made = Memo::new(move |_| state.with(|state| state.made));
    // A dot runs along the active edge once; it is made anew with each moment.
    let dot = |class: &'static str, path: String| {
        view! { <circle class=class r="4" style=format!("offset-path:path('{path}')")></circle> }
    };
    view! {
        <g class="edge" class:stale=move || state.with(|state| state.stale)>
            <path
                class="fw"
                class:untracked=move || state.with(|state| state.untracked)
                class:active=is_made
                d=there
            ></path>
            {move || is_made.get().then(|| dot("dot there", there.get()))}
            {move || {
                has_gradient.get().then(|| {
                    view! {
                        <path class="bw" class:active=is_now d=back></path>
                        {move || is_now.get().then(|| dot("dot back", back.get()))}
                    }
                })
            }}
        </g>
    }
}

/// The number that came back over an edge.
#[component]
pub fn Pill(wire: Wire) -> impl IntoView {
    let bench = bench();
    let state = states(bench, wire);
    let place = move || {
        bench.sheet.with(|sheet| {
            let edge = sheet.edge(wire.from, wire.to, wire.nth)?;
            Some(edge.label())
        })
    };
    let text = Memo::new(move |_| state.with(|state| state.gradient.clone()));
    let name = move |place: u64| bench.view.with(|view| view.at(place).map(|node| node.label().to_string()));
    move || {
        let text = text.get()?;
        let at = place()?;
        let width = 14.0 + 8.0 * text.chars().count() as f32;
        Some(view! {
            <g
                class="pill"
                class:active=move || state.with(|state| state.now)
                class:stale=move || state.with(|state| state.stale)
                transform=format!("translate({:.1} {:.1})", at.x, at.y)
                data-testid="contribution"
                data-from=move || name(wire.to)
                data-to=move || name(wire.from)
                data-value=move || state.with(|state| state.value.clone())
            >
                <rect x=format!("{:.1}", -width / 2.0) y="-11" width=width.to_string() height="22" rx="11"></rect>
                <text text-anchor="middle" y="4.5">{text}</text>
            </g>
        })
    }
}
