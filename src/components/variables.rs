use leptos::prelude::*;
use web_sys::Event;

use crate::bench::{Bench, Lit, Target};
use crate::model::number;
use crate::model::view::View;
use crate::ui::{El, button, el, memo};

#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    value: String,
    gradient: String,
    line: u32,
    place: Option<u64>,
}

/// Kinds of values that are no numbers and would only fill the table.
const HIDDEN: [&str; 6] = ["module", "function", "builtin_function_or_method", "type", "method", "ellipsis"];

fn rows(view: &View) -> Vec<Row> {
    let shown = view.variables.iter().filter(|variable| !HIDDEN.contains(&variable.kind.as_str()));
    shown
        .map(|variable| {
            let node = variable.node.and_then(|id| view.node(id));
            let value = match (node.and_then(|node| node.value.as_deref()), node) {
                (Some(summary), _) => number::brief(summary),
                // Not every tensor's numbers are told.
                (None, Some(node)) if !node.shape.is_empty() => number::shape(&node.shape),
                (None, _) if variable.text.is_empty() => variable.kind.clone(),
                (None, _) => variable.text.clone(),
            };
            Row {
                name: variable.name.clone(),
                value,
                gradient: node.and_then(|node| node.gradient_text()).unwrap_or_default(),
                line: variable.line,
                place: node.map(|node| node.place),
            }
        })
        .collect()
}

/// The variables of the current function with their values and gradients.
pub fn variables(bench: Bench) -> Vec<El> {
    let rows = memo(move || bench.view.with(|view| rows(view)));
    let lit = memo(move || bench.lit());
    let empty = move || rows.with(Vec::is_empty);
    let head = ["name", "value", "gradient", "made on"].map(|name| el("th").set("scope", "col").put(name));
    let body = move || rows.get().into_iter().map(|row| row_view(bench, lit, row)).collect::<Vec<_>>();
    vec![
        el("p")
            .class("hint")
            .live("hidden", move || !empty())
            .put("Names appear here as the program binds them."),
        el("table")
            .test("variables")
            .live("hidden", empty)
            .put(el("thead").put(el("tr").put(head)))
            .put(el("tbody").part(body)),
    ]
}

fn row_view(bench: Bench, lit: Memo<Lit>, row: Row) -> El {
    let target = match row.place {
        Some(place) => Target::Place(place),
        None if row.line > 0 => Target::Line(row.line),
        None => Target::Nothing,
    };
    let is_lit = move || lit.with(|lit| row.place.is_some_and(|place| lit.places.contains(&place)));
    let name = button("").click(move || bench.choose(target)).put(row.name.as_str());
    el("tr")
        .test("variable")
        .set("data-name", &row.name)
        .set("data-value", &row.value)
        .set("data-grad", &row.gradient)
        .toggle("lit", is_lit)
        .on("mouseenter", move |_: Event| bench.hovered.set(target))
        .on("mouseleave", move |_: Event| bench.hovered.set(Target::Nothing))
        .put(el("th").set("scope", "row").put(name))
        .put(el("td").class("v").put(row.value))
        .put(el("td").class("g").put(row.gradient))
        .put(el("td").class("made").put(if row.line > 0 {
            format!("line {}", row.line)
        } else {
            String::new()
        }))
}
