use std::sync::Arc;

use gradloom_protocol::{Backward, Contribution, NodeKind, Summary};
use leptos::prelude::*;

use super::sliding::sliding;
use crate::bench::{Bench, Target};
use crate::model::node::NodeView;
use crate::model::number::{self, scalar, short};
use crate::model::sliding::Scene;
use crate::model::view::{Now, Stage, View};
use crate::model::words::edge_sentence;
use crate::ui::{El, el, memo};

/// Nodes that one line made, shown at most.
const SHOWN: usize = 4;

/// The arithmetic of the moment, or of the chosen node.
pub fn card(bench: Bench) -> El {
    let chosen = memo(move || match bench.selected.get() {
        Target::Place(place) => Some(place),
        _ => None,
    });
    // Where a sliding window stands: it stays there from moment to moment.
    let at = RwSignal::new(0);
    let window = move |view: &View, node: &NodeView| Some(sliding(bench, Scene::of(view, node)?, at));
    let body = move || {
        let view = bench.view.get();
        if let Some(node) = chosen.get().and_then(|place| view.at(place)) {
            return chosen_node(&view, node, window(&view, node), bench.trains());
        }
        if bench.busy.get() && view.condensed {
            let says =
                "The turns of the loop are counted now and not drawn. Pause shows the one that it is at.";
            return vec![heading("Running"), say(says)];
        }
        match &view.now {
            Now::Start if view.stage == Stage::Failed => {
                let says = "The message stands below the line, and in the output.";
                vec![heading("This program does not start"), say(says)]
            }
            Now::Start if view.stage == Stage::Finished => {
                let says = "The cell holds no line to run. Write one, or restore the lesson's program.";
                vec![heading("Nothing to run"), say(says)]
            }
            Now::Start => vec![
                heading("Ready"),
                say(
                    "Step runs one line and shows what it does; Run goes to the end. Every moment stays on the timeline.",
                ),
            ],
            Now::Line if view.whole => whole_pass(&view, bench.trains()),
            Now::Line => {
                let made = || view.made.iter().rev().filter_map(|place| view.at(*place));
                line(&view, made().find_map(|node| window(&view, node)))
            }
            Now::Seed(id) => seed(&view, &view.label(*id)),
            Now::Backward(backward) => handed_on(&view, backward),
            Now::Summed => summed(&view),
        }
    };
    el("section")
        .class("card arithmetic")
        .set("aria-label", "Arithmetic")
        .set("tabindex", "0")
        .test("card")
        .toggle("old", move || bench.stale())
        .part(body)
}

fn heading(text: &str) -> El {
    el("h2").put(text)
}

fn say(text: &str) -> El {
    el("p").class("say").put(text)
}

/// A number or a shape with what it is, below.
fn term(text: &str, class: &str, caption: &str) -> El {
    el("div").put(el("span").class(class).put(text)).put(el("small").put(caption))
}

fn sign(text: &str) -> El {
    el("span").class("op").put(text)
}

/// A term, and then signs, each with the term after it: a line is not broken between the two.
fn terms(terms: Vec<El>) -> El {
    let mut terms = terms.into_iter();
    let mut parts: Vec<El> = terms.next().into_iter().collect();
    while let Some(sign) = terms.next() {
        parts.push(el("div").class("pair").put(sign).put(terms.next()));
    }
    el("div").class("equation").put(parts)
}

/// What a line made, with the window that slid.
fn line(view: &View, window: Option<El>) -> Vec<El> {
    let nodes: Vec<&Arc<NodeView>> = view.made.iter().filter_map(|place| view.at(*place)).collect();
    let mut parts = vec![heading(&format!("Line {}", view.line))];
    parts.extend(window);
    if nodes.is_empty() {
        let printed = view.output.last().is_some_and(|printed| printed.line == view.line);
        parts.push(say(match (&view.error, printed) {
            (Some(_), _) => "The program stopped here; the message stands below the line.",
            (None, true) => "This line printed something; it stands in the output.",
            (None, false) => "This line made no tensor.",
        }));
    }
    let hidden = nodes.len().saturating_sub(SHOWN);
    for node in nodes.into_iter().skip(hidden) {
        parts.extend(equation(view, node));
    }
    if hidden > 0 {
        parts.push(el("p").class("hint").put(format!("and {hidden} more before")));
    }
    parts
}

/// A turn of the loop after those that were only counted.
fn whole_pass(view: &View, trains: bool) -> Vec<El> {
    let (title, turns) = match view.pass.filter(|_| trains) {
        Some(pass) => (format!("Pass {}", pass + 1), "passes"),
        None => ("The last turn of the loop".into(), "turns"),
    };
    let says = format!(
        "The {turns} before it were counted and not drawn. This one is drawn as a whole: choose a box of the graph for its \
         arithmetic."
    );
    vec![heading(&title), say(&says)]
}

/// `c = a + b = 2 + 1 = 3`.
fn equation(view: &View, node: &NodeView) -> [El; 2] {
    let is_scalar = node.shape.is_empty();
    // How a leaf came to its memory is not part of the graph.
    let made = node.kind != NodeKind::Leaf;
    let formula = if made { view.made_from(node) } else { String::new() };
    let values = if made { view.made_from_values(node) } else { String::new() };
    let result = node.value.as_deref().map_or_else(|| number::shape(&node.shape), number::brief);
    let mut parts = vec![term(node.label(), "", "node")];
    if !formula.is_empty() {
        parts.extend([sign("="), term(&formula, "", &node.op)]);
    }
    if !values.is_empty() && values != result && values != formula {
        let caption = if is_scalar { "in numbers" } else { "in numbers and shapes" };
        parts.extend([sign("="), term(&values, "v", caption)]);
    }
    parts.extend([sign("="), term(&result, "v", if is_scalar { "value" } else { "shape of the result" })]);
    [terms(parts).test("equation"), say(&about(node))]
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

fn seed(view: &View, root: &str) -> Vec<El> {
    let gradient = view.root.and_then(|id| view.node(id)).and_then(|node| node.gradient.clone());
    let text = gradient.as_deref().map_or("1".into(), number::brief);
    vec![
        heading(&format!("Backward starts at {root}")),
        terms(vec![
            term(&format!("∂{root}/∂{root}"), "", &format!("how {root} moves with itself")),
            sign("="),
            term(&text, "g", "the first gradient"),
        ]),
        say(&format!(
            "If {root} grows by a little, {root} grows by just as much: that is the 1 that flows back."
        )),
    ]
}

fn handed_on(view: &View, backward: &Backward) -> Vec<El> {
    let Some(node) = view.node(backward.node) else { return Vec::new() };
    let edges = backward.contributions.iter();
    let mut parts: Vec<El> =
        edges.map(|contribution| edge(view, node, &backward.upstream, contribution)).collect();
    let kept = view.kept(node);
    if backward.freed && !kept.is_empty() {
        parts.push(say(&format!("{} had kept {kept} for this, and lets go of it now.", node.label())));
    }
    parts
}

/// Upstream × local = contribution, or the rule in shapes.
fn edge(view: &View, node: &NodeView, upstream: &Summary, contribution: &Contribution) -> El {
    let (from, to) = (node.label(), view.label(contribution.to));
    let root = view.root.map_or_else(String::new, |id| view.label(id));
    let made_from = view.made_from(node);
    let local = contribution.local.as_ref().and_then(scalar);
    let arrives = term(&number::brief(upstream), "g", &format!("arrives at {from}"));
    let goes = term(&number::brief(&contribution.value), "g", &format!("goes to {to}"));
    let mut derivative = format!("∂{from}/∂{to}");
    if !made_from.is_empty() && made_from.chars().count() <= 24 {
        derivative.push_str(&format!(", since {from} = {made_from}"));
    }
    let (middle, says) = match (local, scalar(&contribution.value)) {
        (Some(local), Some(value)) => {
            ([sign("×"), term(&short(local), "", &derivative)], edge_sentence(&root, from, &to, local, value))
        }
        _ => {
            let rule = view.rule(node, &contribution.rule);
            let says = format!(
                "Each number in {to}'s gradient says how much {root} grows when that number of {to} grows by a little."
            );
            ([sign("→"), term(&rule, "", &format!("g is what arrives at {from}"))], says)
        }
    };
    let [operator, factor] = middle;
    el("div")
        .class("edge-card")
        .test("edge-card")
        .set("data-from", from)
        .set("data-to", &to)
        .put(heading(&format!("From {from} to {to}")))
        .put(terms(vec![arrives, operator, factor, sign("="), goes]))
        .put(say(&says))
}

/// `= 2 + 3`, where more than one number has arrived, or one was there.
fn arrived(node: &NodeView) -> Vec<El> {
    let held = node.before.iter();
    let parts = held.chain(node.arrivals.iter().map(|arrival| &arrival.value));
    let parts: Option<Vec<f64>> = parts.map(|part| scalar(part)).collect();
    match parts {
        Some(parts) if parts.len() > 1 => {
            let text = parts.iter().map(|x| number::in_formula(*x)).collect::<Vec<_>>().join(" + ");
            let caption =
                if node.before.is_some() { "what was there + what arrived" } else { "what arrived" };
            vec![sign("="), term(&text, "g", caption)]
        }
        _ => Vec::new(),
    }
}

/// A gradient with its parts and its total.
fn gradient(node: &NodeView, name: &str, caption: &str) -> Option<El> {
    let total = number::brief(&*node.gradient_so_far()?);
    let mut parts = vec![term(name, "", caption)];
    parts.extend(arrived(node));
    parts.extend([sign("="), term(&total, "g", if node.shape.is_empty() { "in all" } else { "shape" })]);
    Some(terms(parts))
}

/// What to do about a gradient that an earlier pass left behind.
fn accumulated(node: &NodeView) -> Option<El> {
    node.before.as_ref().filter(|_| node.kind == NodeKind::Leaf)?;
    let name = node.label();
    let says = format!(
        "{name}.grad was not empty: it still held what an earlier pass had left, and this pass was added to it. Empty it \
         before each pass, with optimizer.zero_grad() or {name}.grad = None, unless the sum is what you want."
    );
    Some(el("p").class("say notice").test("accumulated").put(says))
}

fn summed(view: &View) -> Vec<El> {
    let root = view.root.map_or_else(String::new, |id| view.label(id));
    let leaves = view.nodes.iter().filter(|node| node.kind == NodeKind::Leaf && !node.arrivals.is_empty());
    let mut parts = vec![heading("The backward pass is over")];
    parts.extend(leaves.filter_map(|node| {
        let name = node.label();
        gradient(node, &format!("∂{root}/∂{name}"), &format!("{name}.grad"))
    }));
    parts.push(say("What arrives at a node is added. The sums stay in the leaves."));
    parts.extend(view.nodes.iter().find_map(|node| accumulated(node)));
    parts
}

/// All about one node, with the window that it slides.
fn chosen_node(view: &View, node: &NodeView, window: Option<El>, trains: bool) -> Vec<El> {
    let mut facts = vec![number::shape(&node.shape), node.dtype.clone(), node.device.clone()];
    if node.lines.0 > 0 {
        facts.push(format!("line {}", node.lines.0));
    }
    if let Some(pass) = node.pass.filter(|_| trains) {
        facts.push(format!("pass {}", pass + 1));
    }
    let title = node.title();
    let mut parts = vec![heading(&title)];
    if let Some(window) = window {
        parts.push(window);
    }
    parts.push(el("p").class("facts").put(facts.join(" · ")));
    parts.extend(equation(view, node));
    parts.extend(gradient(node, &format!("∂ {}", node.label()), "its gradient"));
    parts.extend(accumulated(node));
    parts
}
