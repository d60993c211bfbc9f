use std::sync::Arc;

use gradloom_protocol::{NodeKind, Point};
use leptos::prelude::*;

use super::memory::memory;
use super::tensor::tensor;
use crate::bench::{Bench, Target};
use crate::checker::{self, Measured};
use crate::model::heat::Scale;
use crate::model::node::NodeView;
use crate::model::nudge::Plan;
use crate::model::number::{self, counted, short};
use crate::model::plot::{Axes, HEIGHT, WIDTH};
use crate::ui::{El, button, el, memo, svg};

/// All about the tensor that is chosen: what it is, its values beside its gradient, what both were before, and whether
/// the gradient is right.
pub fn inspector(bench: Bench) -> El {
    let place = memo(move || match bench.selected.get() {
        Target::Place(place) => Some(place),
        _ => None,
    });
    let node = memo(move || place.get().and_then(|place| bench.view.with(|view| view.at(place).cloned())));
    let hint = move || {
        node.with(Option::is_none)
            .then(|| el("p").class("hint").put("Choose a box of the graph, or a name among the variables."))
    };
    let head = move || {
        node.get().map(|node| facts(&node, &bench.view.with(|view| view.kept(&node)), bench.trains()))
    };
    let maps = move || {
        let node = node.get()?;
        let dark = bench.dark.get();
        let value = node.detail.as_ref().or(node.value.as_ref()).map(|value| {
            tensor(value, Scale::Value, if node.shape.is_empty() { "value" } else { "values" }, dark)
        });
        let gradient =
            node.gradient_so_far().map(|gradient| tensor(&gradient, Scale::Gradient, "gradient", dark));
        let cut = node.detail.is_none() && node.value.as_ref().is_some_and(|value| !value.exact);
        let id = node.id;
        let closer = cut.then(|| {
            let closer = button("link").test("all-cells").click(move || bench.look_closely(id));
            closer.put("Show every cell, as far as there is room")
        });
        Some(el("div").put(el("div").class("maps").put(value).put(gradient)).put(closer))
    };
    let cells = move || node.get().and_then(|node| bench.view.with(|view| memory(view, &node)));
    let past = move || {
        let place = place.get()?;
        // The history grows with the view.
        bench.view.track();
        let (values, gradients) = bench.history(place);
        let scalar = node.with(|node| node.as_ref().is_some_and(|node| node.shape.is_empty()));
        let lines = [("values", "v", values), ("gradients", "g", gradients)];
        let lines: Vec<El> = lines
            .into_iter()
            .filter(|(_, _, points)| points.len() > 1)
            .map(|(name, class, points)| history(name, class, &points, scalar))
            .collect();
        (!lines.is_empty()).then(|| el("div").class("history").put(lines))
    };
    let check = move || {
        let leaf = node.with(|node| node.clone().filter(|node| node.kind == NodeKind::Leaf));
        leaf.filter(|leaf| leaf.gradient.is_some()).map(|leaf| gradient_check(bench, &leaf))
    };
    el("div")
        .class("inspector")
        .test("inspector")
        .part(hint)
        .part(head)
        .part(cells)
        .part(maps)
        .part(past)
        .part(check)
}

fn facts(node: &NodeView, kept: &str, trains: bool) -> El {
    let listed = |numbers: &[u64]| {
        let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
        format!("({}{})", numbers.join(", "), if numbers.len() == 1 { "," } else { "" })
    };
    let numbers = node.shape.iter().product::<u64>();
    let width = if node.dtype.ends_with("64") {
        8
    } else if node.dtype == "bool" {
        1
    } else {
        4
    };
    let mut rows = vec![
        ("shape", number::shape(&node.shape)),
        ("dtype", node.dtype.clone()),
        ("device", node.device.clone()),
        ("size", format!("{}, {}", counted(numbers, "number"), counted(numbers * width, "byte"))),
    ];
    if !node.shape.is_empty() && !node.strides.is_empty() {
        rows.insert(1, ("strides", listed(&node.strides)));
        if node.offset > 0 {
            rows.insert(2, ("offset", node.offset.to_string()));
        }
    }
    if !kept.is_empty() {
        let bytes = counted(node.saved.iter().map(|saved| saved.bytes).sum(), "byte");
        let freed = if node.freed { ", freed" } else { "" };
        rows.push(("keeps for backward", format!("{kept}: {bytes}{freed}")));
    }
    if node.lines.0 > 0 {
        rows.push(("made on", format!("line {}", node.lines.0)));
    }
    if let Some(pass) = node.pass.filter(|_| trains) {
        rows.push(("pass", (pass + 1).to_string()));
    }
    let row = |(name, value): (&str, String)| {
        el("div").put(el("dt").put(name)).put(el("dd").set("data-fact", name).put(value))
    };
    let title = node.title();
    el("div")
        .put(el("h3").put(title))
        .put(el("dl").class("facts").test("facts").put(rows.into_iter().map(row).collect::<Vec<_>>()))
}

/// What a value was, one after the other.
fn history(name: &str, class: &str, points: &[Point], scalar: bool) -> El {
    let axes = Axes::new(&[points], false);
    let last = points.last().map_or(f64::NAN, |point| point.value.0);
    let first = points.first().map_or(f64::NAN, |point| point.value.0);
    let what = if scalar { name.to_string() } else { format!("means of {name}") };
    let curve =
        svg("path").class(class).set("d", axes.path(points)).set("vector-effect", "non-scaling-stroke");
    el("figure")
        .test("history")
        .set("data-name", name)
        .set("data-count", points.len().to_string())
        .put(
            svg("svg")
                .set("viewBox", format!("0 0 {} {}", number::fixed(WIDTH, 0), number::fixed(HEIGHT, 0)))
                .set("preserveAspectRatio", "none")
                .set("aria-hidden", "true")
                .put(curve),
        )
        .put(el("figcaption").put(format!(
            "{} {what}: first {}, last {}",
            points.len(),
            short(first),
            short(last)
        )))
}

/// Compares a leaf's gradient with what nudging its numbers does to the loss.
fn gradient_check(bench: Bench, leaf: &Arc<NodeView>) -> El {
    let told = RwSignal::new(None::<Result<Vec<Measured>, String>>);
    let running = RwSignal::new(false);
    let numbers = leaf.shape.iter().product::<u64>() as usize;
    let name = leaf.name().unwrap_or_default().to_string();
    // A parameter is nudged once its module is there.
    let module = name.split_once('.').map(|(module, _)| module);
    let made = match module {
        Some(module) => bench.view.with_untracked(|view| view.line_of(module)),
        None => leaf.lines.0,
    };
    let run = move || {
        let program = bench.loaded.get_untracked();
        let line = |line: &str| line.contains(".backward(") && !line.trim_start().starts_with('#');
        let numbered = (1..).zip(program.lines());
        let backward =
            numbered.filter(|(n, text)| *n > made && line(text)).map(|(n, _)| n).next().unwrap_or(0);
        let Some(plan) = Plan::new(&program, &name, made, backward) else {
            let why = "Only a tensor that has a name, or a parameter of a module that has one, made before a line like loss.backward(), can be nudged.";
            told.set(Some(Err(why.into())));
            return;
        };
        let mut places = vec![0, numbers / 2, numbers.saturating_sub(1)];
        places.dedup();
        running.set(true);
        checker::measure(bench, plan, places, move |result| {
            running.set(false);
            told.set(Some(result));
        });
    };
    let table = move || match (running.get(), told.get()) {
        (true, _) => {
            Some(el("p").class("hint").put("Running the program with one number nudged, twice for each."))
        }
        (_, None) => None,
        (_, Some(Err(why))) => Some(el("p").class("verdict wrong").put(why)),
        (_, Some(Ok(rows))) => Some(measured(&rows)),
    };
    el("div")
        .class("gradient-check")
        .test("gradient-check")
        .put(
            button("button")
                .test("measure")
                .live("disabled", move || running.get())
                .click(run)
                .put("Check the gradient by nudging"),
        )
        .put(el("div").set("role", "status").part(table))
}

fn measured(rows: &[Measured]) -> El {
    let row = |row: &Measured| {
        el("tr")
            .set("data-agree", row.agree.to_string())
            .put(el("th").set("scope", "row").put(format!("[{}]", row.place)))
            .put(el("td").class("g").put(short(row.gradient)))
            .put(el("td").put(short(row.difference)))
            .put(el("td").put(if row.agree { "agree ✓" } else { "differ ✗" }))
    };
    let head = ["number", "backward", "(L(x + h) − L(x − h)) / 2h", ""]
        .map(|name| el("th").set("scope", "col").put(name));
    el("table")
        .put(el("thead").put(el("tr").put(head)))
        .put(el("tbody").put(rows.iter().map(row).collect::<Vec<_>>()))
}
