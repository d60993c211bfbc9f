use gradloom_protocol::{Input, NodeKind};
use leptos::prelude::*;

use crate::bench::Bench;
use crate::dom;
use crate::model::number::{brief, fixed, scalar, short};
use crate::model::sheet::constant_key;
use crate::model::view::{Now, View};
use crate::ui::{El, memo, svg};

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
    for node in view.drawn() {
        let first = wires.len();
        for (i, input) in node.inputs.iter().enumerate() {
            let (from, constant) = match input {
                Input::Constant(x) if x.0.is_infinite() => continue,
                Input::Constant(_) => (constant_key(node.place, i), true),
                Input::Node(id) => match view.node(*id).filter(|from| !from.hidden) {
                    Some(from) => (from.place, false),
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
        untracked: to.kind != NodeKind::Tracked && view.has_tape(),
        stale: to.stale,
        made: view.now == Now::Line && view.made.contains(&wire.to),
        gradient: arrival.map(|arrival| brief(&arrival.value).replace(" × ", "×")),
        value: arrival.and_then(|arrival| scalar(&arrival.value)).map(short).unwrap_or_default(),
        now: arrival.is_some_and(|arrival| arrival.now),
    }
}

fn states(bench: Bench, wire: Wire) -> Memo<State> {
    memo(move || bench.view.with(|view| state(view, wire)))
}

/// The lines of one edge: there, and back where a gradient has come back.
pub fn edge_lines(bench: Bench, wire: Wire) -> El {
    let state = states(bench, wire);
    let path = move |beside: f32| {
        bench.sheet.with(|sheet| {
            let edge = sheet.edge(wire.from, wire.to, wire.nth)?;
            Some(if beside == 0.0 { dom::path(&edge.route) } else { dom::path(&edge.offset(beside)) })
        })
    };
    // A dot runs along the active edge once; it is made anew with each moment.
    let dot = move |class: &str, beside: f32| {
        let style = format!("offset-path:path('{}')", path(beside).unwrap_or_default());
        svg("circle").class(class).set("r", "4").set("style", style)
    };
    let has_gradient = memo(move || state.with(|state| state.gradient.is_some()));
    let is_now = memo(move || state.with(|state| state.now));
    let is_made = memo(move || state.with(|state| state.made));
    let there = svg("path")
        .class("fw")
        .toggle("untracked", move || state.with(|state| state.untracked))
        .toggle("active", move || is_made.get())
        .live("d", move || path(0.0));
    let back = move || {
        has_gradient.get().then(|| {
            svg("path").class("bw").toggle("active", move || is_now.get()).live("d", move || path(BESIDE))
        })
    };
    svg("g")
        .class("edge")
        .toggle("stale", move || state.with(|state| state.stale))
        .put(there)
        .part(move || is_made.get().then(|| dot("dot there", 0.0)))
        .part(back)
        .part(move || is_now.get().then(|| dot("dot back", BESIDE)))
}

/// The number that came back over an edge.
pub fn pill(bench: Bench, wire: Wire) -> El {
    let state = states(bench, wire);
    let text = memo(move || state.with(|state| state.gradient.clone()));
    let place =
        move || bench.sheet.with(|sheet| sheet.edge(wire.from, wire.to, wire.nth).map(|edge| edge.label()));
    let name = move |place: u64| {
        bench.view.with(|view| view.at(place).map_or_else(String::new, |node| node.label().into()))
    };
    let make = move || {
        let text = text.get()?;
        let at = place()?;
        let width = 14.0 + 8.0 * text.chars().count() as f32;
        let label = svg("text").set("text-anchor", "middle").set("y", "4.5").put(text);
        let shape = svg("rect")
            .set("x", fixed(f64::from(-width / 2.0), 1))
            .set("y", "-11")
            .set("width", fixed(f64::from(width), 1))
            .set("height", "22")
            .set("rx", "11");
        Some(
            svg("g")
                .set("transform", dom::translate(at.x, at.y))
                .test("contribution")
                .sync(move |at| {
                    let state = state.get();
                    let class = match (state.now, state.stale) {
                        (true, _) => "pill active",
                        (_, true) => "pill stale",
                        _ => "pill",
                    };
                    at.set("class", class);
                    at.set("data-from", &name(wire.to));
                    at.set("data-to", &name(wire.from));
                    at.set("data-value", &state.value);
                })
                .put([shape, label]),
        )
    };
    svg("g").part(make)
}
