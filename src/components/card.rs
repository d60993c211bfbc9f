use std::sync::Arc;

use gradloom_protocol::{Backward, NodeKind, Summary};
use leptos::prelude::*;

use super::panels::Cells;
use crate::bench::{Target, bench};
use crate::model::heat::Scale;
use crate::model::number::{self, scalar, short};
use crate::model::view::{NodeView, Now, View};
use crate::model::words::edge_sentence;

/// Nodes that one line made, shown at most.
const SHOWN: usize = 4;

/// The arithmetic of the moment, or of the chosen node.
#[component]
pub fn Card() -> impl IntoView {
    let bench = bench();
    let chosen = Memo::new(move |_| match bench.selected.get() {
        Target::Place(place) => Some(place),
        _ => None,
    });
    let body = move || {
        let view = bench.view.get();
        if let Some(node) = chosen.get().and_then(|place| view.at(place).cloned()) {
            return chosen_node(&view, &node, bench.dark.get()).into_any();
        }
        match &view.now {
            Now::Start => view! {
                <h2>"Ready"</h2>
                <p class="say">
                    "Step runs one line and shows what it does; Run goes to the end. Every moment stays on the timeline."
                </p>
            }
            .into_any(),
            Now::Line => line(&view).into_any(),
            Now::Seed(id) => seed(&view, &view.label(*id)).into_any(),
            Now::Backward(backward) => handed_on(&view, backward).into_any(),
            Now::Summed => summed(&view).into_any(),
        }
    };
    view! {
        <section class="card arithmetic" aria-label="Arithmetic" data-testid="card" class:old=move || bench.stale()>
            {body}
        </section>
    }
}

/// A number or a shape with what it is, below.
fn term(text: String, class: &'static str, caption: String) -> impl IntoView + use<> {
    view! {
        <div>
            <span class=class>{text}</span>
            <small>{caption}</small>
        </div>
    }
}

fn sign(text: &'static str) -> impl IntoView + use<> {
    view! { <span class="op">{text}</span> }
}

fn line(view: &View) -> AnyView {
    let nodes: Vec<&Arc<NodeView>> = view.made.iter().filter_map(|place| view.at(*place)).collect();
    let hidden = nodes.len().saturating_sub(SHOWN);
    if nodes.is_empty() {
        let printed = view.output.last().is_some_and(|printed| printed.line == view.line);
        let says = match (&view.error, printed) {
            (Some(_), _) => "The program stopped here; the message stands below the line.",
            (None, true) => "This line printed something; it stands in the output.",
            (None, false) => "This line made no tensor.",
        };
        return view! {
            <h2>{format!("Line {}", view.line)}</h2>
            <p class="say">{says}</p>
        }
        .into_any();
    }
    let equations = nodes.into_iter().skip(hidden).map(|node| equation(view, node)).collect_view();
    let more = (hidden > 0).then(|| view! { <p class="hint">{format!("and {hidden} more before")}</p> });
    view! {
        <h2>{format!("Line {}", view.line)}</h2>
        {equations}
        {more}
    }
    .into_any()
}

/// `c = a + b = 2 + 1 = 3`.
fn equation(view: &View, node: &NodeView) -> AnyView {
    let formula = view.made_from(node);
    let values = view.made_from_values(node);
    let result = node.value.as_deref().map_or_else(|| number::shape(&node.shape), number::brief);
    let caption = if node.shape.is_empty() { "value" } else { "shape of the result" };
    let middle = (!formula.is_empty()).then(|| {
        view! {
            {sign("=")}
            {term(formula.clone(), "", node.op.clone())}
        }
    });
    let filled = (!values.is_empty() && values != result && values != formula).then(|| {
        let caption = if node.shape.is_empty() { "in numbers" } else { "in numbers and shapes" };
        view! {
            {sign("=")}
            {term(values.clone(), "v", caption.into())}
        }
    });
    view! {
        <div class="equation" data-testid="equation">
            {term(node.label().to_string(), "", "node".into())}
            {middle}
            {filled}
            {sign("=")}
            {term(result, "v", caption.into())}
        </div>
        <p class="say">{about(node)}</p>
    }
    .into_any()
}

fn about(node: &NodeView) -> String {
    let name = node.label();
    if !node.changed.is_empty() {
        return format!("{name} was changed in place by {}: same tensor, new numbers.", node.changed);
    }
    match node.kind {
        NodeKind::Leaf => {
            format!("{name} is a leaf that asks for its gradient: what flows back collects in {name}.grad.")
        }
        NodeKind::Data => format!("{name} is data: nothing asked for its gradient."),
        NodeKind::Tracked => {
            format!("{name} remembers what it was made from, so that a gradient can find its way back.")
        }
        NodeKind::Untracked => format!("{name} was computed off the tape: no gradient will pass through it."),
    }
}

fn seed(view: &View, root: &str) -> AnyView {
    let gradient = view.root.and_then(|id| view.node(id)).and_then(|node| node.gradient.clone());
    let text = gradient.as_deref().map_or("1".into(), number::brief);
    view! {
        <h2>{format!("Backward starts at {root}")}</h2>
        <div class="equation">
            {term(format!("∂{root}/∂{root}"), "", format!("how {root} moves with itself"))}
            {sign("=")}
            {term(text, "g", "the first gradient".into())}
        </div>
        <p class="say">{format!("If {root} grows by a little, {root} grows by just as much: that is the 1 that flows back.")}</p>
    }
    .into_any()
}

fn handed_on(view: &View, backward: &Backward) -> AnyView {
    let Some(node) = view.node(backward.node) else { return ().into_any() };
    let from = node.label().to_string();
    let root = view.root.map_or_else(String::new, |id| view.label(id));
    let made_from = view.made_from(node);
    let edges = backward
        .contributions
        .iter()
        .map(|contribution| {
            let to = view.label(contribution.to);
            let upstream = term(number::brief(&backward.upstream), "g", format!("arrives at {from}"));
            let goes = term(number::brief(&contribution.value), "g", format!("goes to {to}"));
            let since = if made_from.is_empty() || made_from.len() > 24 {
                format!("∂{from}/∂{to}")
            } else {
                format!("∂{from}/∂{to}, since {from} = {made_from}")
            };
            let local = contribution.local.as_ref().and_then(scalar);
            let numbers = scalar(&backward.upstream).zip(local).zip(scalar(&contribution.value));
            let says = match numbers {
                Some(((_, local), value)) => edge_sentence(&root, &from, &to, local, value),
                None => format!(
                    "Each number in {to}'s gradient says how much {root} grows when that number of {to} grows by a little."
                ),
            };
            let rule = view.rule(node, &contribution.rule);
            let middle = match local {
                Some(local) => view! {
                    {upstream}
                    {sign("×")}
                    {term(short(local), "", since)}
                }
                .into_any(),
                None => view! {
                    {upstream}
                    {sign("→")}
                    {term(rule, "", format!("g is what arrives at {from}"))}
                }
                .into_any(),
            };
            view! {
                <div class="edge-card" data-testid="edge-card" data-from=from.clone() data-to=to.clone()>
                    <h2>{format!("From {from} to {to}")}</h2>
                    <div class="equation">
                        {middle}
                        {sign("=")}
                        {goes}
                    </div>
                    <p class="say">{says}</p>
                </div>
            }
        })
        .collect_view();
    edges.into_any()
}

fn summed(view: &View) -> AnyView {
    let root = view.root.map_or_else(String::new, |id| view.label(id));
    let leaves = view
        .nodes
        .iter()
        .filter(|node| node.kind == NodeKind::Leaf && !node.arrivals.is_empty())
        .map(|node| {
            let parts: Option<Vec<f64>> = node.arrivals.iter().map(|arrival| scalar(&arrival.value)).collect();
            let sum = parts.filter(|parts| parts.len() > 1).map(|parts| {
                let text = parts.iter().map(|x| number::in_formula(*x)).collect::<Vec<_>>().join(" + ");
                view! {
                    {sign("=")}
                    {term(text, "g", "what arrived".into())}
                }
            });
            let total = node.gradient_text().unwrap_or_default();
            let name = node.label().to_string();
            view! {
                <div class="equation">
                    {term(format!("∂{root}/∂{name}"), "", format!("{name}.grad"))}
                    {sum}
                    {sign("=")}
                    {term(total, "g", if node.shape.is_empty() { "in all".into() } else { "shape".to_string() })}
                </div>
            }
        })
        .collect_view();
    view! {
        <h2>"The backward pass is over"</h2>
        {leaves}
        <p class="say">"What arrives at a node is added. The sums stay in the leaves."</p>
    }
    .into_any()
}

/// All about one node.
fn chosen_node(view: &View, node: &NodeView, dark: bool) -> AnyView {
    let facts = {
        let mut facts = vec![number::shape(&node.shape), node.dtype.clone(), node.device.clone()];
        if node.lines.0 > 0 {
            facts.push(format!("line {}", node.lines.0));
        }
        if let Some(pass) = node.pass {
            facts.push(format!("pass {}", pass + 1));
        }
        facts.join(" · ")
    };
    let gradient = node.gradient_so_far().map(|gradient| {
        let parts: Option<Vec<f64>> = node.arrivals.iter().map(|arrival| scalar(&arrival.value)).collect();
        let sum = parts.filter(|parts| parts.len() > 1).map(|parts| {
            let text = parts.iter().map(|x| number::in_formula(*x)).collect::<Vec<_>>().join(" + ");
            view! {
                {sign("=")}
                {term(text, "g", "what arrived".into())}
            }
        });
        view! {
            <div class="equation">
                {term(format!("∂ {}", node.label()), "g", "its gradient".into())}
                {sum}
                {sign("=")}
                {term(number::brief(&gradient), "g", if node.shape.is_empty() { "in all".into() } else { "shape".to_string() })}
            </div>
        }
    });
    let tensors = (!node.shape.is_empty()).then(|| {
        let map = |summary: Option<Arc<Summary>>, scale, title| {
            summary.map(|summary| view! { <Cells summary scale title dark /> })
        };
        view! {
            <div class="maps">
                {map(node.value.clone(), Scale::Value, "values")}
                {map(node.gradient_so_far(), Scale::Gradient, "gradient")}
            </div>
        }
    });
    view! {
        <h2>{format!("{} · {}", node.label(), node.op)}</h2>
        <p class="facts">{facts}</p>
        {equation(view, node)}
        {gradient}
        {tensors}
    }
    .into_any()
}
