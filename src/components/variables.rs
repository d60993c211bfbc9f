use leptos::prelude::*;

use crate::bench::{Target, bench};
use crate::model::number;
use crate::model::view::View;

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
            let value = match node.and_then(|node| node.value.as_deref()) {
                Some(summary) => number::brief(summary),
                None if variable.text.is_empty() => variable.kind.clone(),
                None => variable.text.clone(),
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
#[component]
pub fn Variables() -> impl IntoView {
    let bench = bench();
    let rows = Memo::new(move |_| bench.view.with(|view| rows(view)));
    let lit = Memo::new(move |_| bench.lit());
    let row = move |row: Row| {
        let target = match row.place {
            Some(place) => Target::Place(place),
            None if row.line > 0 => Target::Line(row.line),
            None => Target::Nothing,
        };
        let is_lit = move || {
            lit.with(|lit| match target {
                Target::Place(place) => lit.places.contains(&place),
                _ => false,
            })
        };
        let choose = move |_| {
            bench
                .selected
                .update(|selected| *selected = if *selected == target { Target::Nothing } else { target });
        };
        let (name, value, gradient) = (row.name.clone(), row.value.clone(), row.gradient.clone());
        let line = if row.line > 0 { format!("line {}", row.line) } else { String::new() };
        view! {
            <tr
                data-testid="variable"
                data-name=name
                data-value=value
                data-grad=gradient
                class:lit=is_lit
                on:mouseenter=move |_| bench.hovered.set(target)
                on:mouseleave=move |_| bench.hovered.set(Target::Nothing)
            >
                <th scope="row">
                    <button type="button" on:click=choose>{row.name}</button>
                </th>
                <td class="v">{row.value}</td>
                <td class="g">{row.gradient}</td>
                <td class="made">{line}</td>
            </tr>
        }
    };
    view! {
        <Show
            when=move || rows.with(|rows| !rows.is_empty())
            fallback=|| view! { <p class="hint">"Names appear here as the program binds them."</p> }
        >
            <table data-testid="variables">
                <thead>
                    <tr>
                        <th scope="col">"name"</th>
                        <th scope="col">"value"</th>
                        <th scope="col">"gradient"</th>
                        <th scope="col">"made on"</th>
                    </tr>
                </thead>
                <tbody>{move || rows.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </Show>
    }
}
