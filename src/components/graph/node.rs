use gradloom_diagram::Rect;
use gradloom_protocol::{Input, NodeKind, Summary};
use leptos::prelude::*;
use web_sys::{Event, KeyboardEvent};

use crate::bench::{Bench, Lit, Target};
use crate::dom;
use crate::model::heat::{self, Scale};
use crate::model::node::NodeView;
use crate::model::number::{self, brief, scalar, short};
use crate::model::sheet::{OPERATOR, constant_key, has_map};
use crate::model::view::View;
use crate::ui::{Attributes, El, memo, svg};

/// Longest name that is drawn whole.
const LONGEST: usize = 16;
/// As much of a name is drawn in any case.
const SHORTEST: usize = 4;

/// Width of one digit of a value.
const NUMBER: f32 = 9.0;
/// Width of one character of a tag.
const TAG: f32 = 5.9;

/// What the boxes need to know besides their node.
#[derive(Clone, Copy)]
pub struct Around {
    /// Boxes of the current moment.
    pub active: Memo<Vec<u64>>,
    /// Boxes that light up.
    pub lit: Memo<Lit>,
    /// The box that the Tab key reaches.
    pub stop: Memo<Option<u64>>,
}

fn pixels(x: f32) -> String {
    number::fixed(f64::from(x), 1)
}

fn cut(text: &str, longest: usize) -> String {
    let letters = |text: &str| text.chars().count();
    if letters(text) <= longest {
        return text.into();
    }
    // Of `model.linear1.weight` the end says more: `linear1.weight`, and `input_….weight` of a longer one.
    let mut parts = text.rsplitn(3, '.');
    if let (Some(name), Some(owner)) = (parts.next(), parts.next()) {
        let room = longest.saturating_sub(letters(name) + 1);
        if letters(owner) <= room {
            return format!("{owner}.{name}");
        }
        if room > 1 {
            let start: String = owner.chars().take(room - 1).collect();
            return format!("{start}….{name}");
        }
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

/// A node in words, for those who do not see the graph.
pub fn words(view: &View, node: &NodeView) -> String {
    let from = view.made_from(node);
    let mut text = node.label().to_string();
    if !from.is_empty() {
        text.push_str(&format!(" = {from}"));
    }
    if let Some(value) = &node.value {
        text.push_str(&match scalar(value) {
            Some(_) => format!(", value {}", brief(value)),
            None => format!(", shape {}", number::shape(&value.shape).replace('×', "by")),
        });
    }
    if let Some(gradient) = node.gradient_text() {
        let word = if node.shape.is_empty() { gradient } else { "there".into() };
        text.push_str(&format!(", gradient {word}"));
    }
    let kept = view.kept(node);
    if !kept.is_empty() {
        let word = if node.freed { "kept, and let go of," } else { "keeps" };
        text.push_str(&format!(", {word} {kept}"));
    }
    text.push_str(match node.kind {
        NodeKind::Leaf => ", leaf",
        NodeKind::Data => ", data",
        NodeKind::Tracked => "",
        NodeKind::Untracked => ", not recorded",
    });
    text
}

/// What stands in the upper right corner.
fn corner(node: &NodeView) -> String {
    match node.kind {
        NodeKind::Leaf => "leaf".into(),
        NodeKind::Data => "data".into(),
        _ if node.name().is_some() => node.op.clone(),
        _ => String::new(),
    }
}

/// The box of one node.
pub fn node_box(bench: Bench, place: u64, around: Around) -> El {
    let node = memo(move || bench.view.with(|view| view.at(place).cloned()));
    let rect = memo(move || bench.sheet.with(|sheet| sheet.node(place)).unwrap_or_default());
    let taped = memo(move || bench.view.with(|view| view.has_tape()));
    let choose = move || bench.choose(Target::Place(place));
    let key = move |event: KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            choose();
        }
    };
    let marks = move |at: &Attributes| {
        let mut class = String::from("node");
        let mut mark = |on: bool, name: &str| {
            if on {
                class.push(' ');
                class.push_str(name);
            }
        };
        node.with(|node| {
            if let Some(node) = node {
                mark(node.stale, "stale");
                mark(node.kind == NodeKind::Untracked && taped.get(), "untracked");
                mark(node.kind == NodeKind::Leaf, "leaf");
            }
        });
        mark(around.active.with(|places| places.contains(&place)), "active");
        mark(around.lit.with(|lit| lit.places.contains(&place)), "lit");
        at.set("class", &class);
        at.set("tabindex", if around.stop.get() == Some(place) { "0" } else { "-1" });
        at.set("aria-pressed", if bench.selected.get() == Target::Place(place) { "true" } else { "false" });
    };
    let facts = move |at: &Attributes| {
        let Some(node) = node.get() else { return };
        let value = node.value.as_deref().and_then(scalar).map(short).unwrap_or_default();
        at.set("aria-label", &bench.view.with(|view| words(view, &node)));
        at.set("data-name", node.label());
        at.set("data-op", &node.op);
        at.set("data-shape", &number::shape(&node.shape));
        at.set("data-value", &value);
        at.set("data-grad", &node.gradient_text().unwrap_or_default());
    };
    let frame = svg("rect").class("box").set("rx", "10").sync(move |at| {
        let rect = rect.get();
        at.set("width", &pixels(rect.width));
        at.set("height", &pixels(rect.height));
    });
    let inside = move || {
        node.get().map_or_else(Vec::new, |node| content(&node, rect.get(), bench.dark.get(), taped.get()))
    };
    let kept = memo(move || {
        node.with(|node| node.as_ref().map(|node| (bench.view.with(|view| view.kept(node)), node.freed)))
            .filter(|(kept, _)| !kept.is_empty())
    });
    let tag = move || kept.get().map(|(kept, freed)| tag(&kept, freed, rect.get()));
    svg("g")
        .set("id", format!("node-{place}"))
        .set("role", "button")
        .test("node")
        .live("transform", move || dom::translate(rect.get().x, rect.get().y))
        .sync(marks)
        .sync(facts)
        .click(choose)
        .on("keydown", key)
        .on("mouseenter", move |_: Event| bench.hovered.set(Target::Place(place)))
        .on("mouseleave", move |_: Event| bench.hovered.set(Target::Nothing))
        .put(frame)
        .part(inside)
        .part(tag)
}

/// What the node keeps for its backward rule, on its lower edge; paler and dashed once it let go of it.
fn tag(kept: &str, freed: bool, rect: Rect) -> El {
    let room = (rect.width - 40.0) / TAG;
    let mut says = format!("{} {kept}", if freed { "freed" } else { "keeps" });
    if says.chars().count() as f32 > room {
        says = format!("{} {}", if freed { "freed" } else { "keeps" }, kept.split(", ").count());
    }
    let width = says.chars().count() as f32 * TAG + 14.0;
    let shape = svg("rect").set("width", pixels(width)).set("height", "17").set("rx", "5");
    svg("g")
        .class(if freed { "tag freed" } else { "tag" })
        .set("transform", dom::translate(10.0, rect.height - 6.0))
        .test("tag")
        .put([shape, text("", "7", "12", &says)])
}

fn text(class: &str, x: &str, y: &str, text: &str) -> El {
    svg("text").class(class).set("x", x).set("y", y).put(text)
}

fn content(node: &NodeView, rect: Rect, dark: bool, taped: bool) -> Vec<El> {
    let right = pixels(rect.width - 13.0);
    let bottom = pixels(rect.height - 15.0);
    // Told by more than the dashes, where others do have a gradient.
    let untracked = taped && node.kind == NodeKind::Untracked;
    let title_class = match (node.names.is_empty(), node.name().is_some()) {
        (true, true) => "nm former",
        (_, true) => "nm",
        _ => "nm op",
    };
    // A name that came after its box may be longer than the box has room for: then it needs the corner more.
    let room = |corner: &str| {
        let taken = if corner.is_empty() { 0.0 } else { 8.0 + OPERATOR * corner.chars().count() as f32 };
        ((rect.width - 26.0 - taken) / NUMBER) as usize
    };
    let letters = node.label().chars().count().min(LONGEST);
    let corner = Some(corner(node)).filter(|corner| letters <= room(corner)).unwrap_or_default();
    let room = room(&corner);
    let mut parts = vec![
        text(title_class, "13", "25", &cut(node.label(), room.clamp(SHORTEST, LONGEST))),
        text("opn", &right, "24", &corner).set("text-anchor", "end"),
    ];
    // A later pass may have put a tensor where a number was: then its box has no room for a map.
    if !has_map(node) || rect.height < 100.0 {
        let value = node.value.as_deref().map(brief);
        let gradient = node.gradient_text().map(|gradient| format!("∂ {gradient}"));
        // Two long numbers are written smaller, so that there is room between them.
        let letters = |text: &Option<String>| text.as_ref().map_or(0, |text| text.chars().count()) as f32;
        let needed = NUMBER * letters(&value) + 0.9 * NUMBER * letters(&gradient) + 10.0;
        let share = ((rect.width - 26.0) / needed).min(1.0);
        let sized = |text: El, size: f32| match share < 1.0 {
            true => text.set("style", format!("font-size:{}px", pixels(size * share))),
            false => text,
        };
        parts.extend(value.map(|value| sized(text("val", "13", &bottom, &value), 15.0)));
        let gradient = gradient.map(|it| text("gr", &right, &bottom, &it).set("text-anchor", "end"));
        parts.extend(gradient.map(|text| sized(text, 13.5)));
        if untracked {
            parts.push(text("opn", &right, &bottom, "no ∂").set("text-anchor", "end"));
        }
        return parts;
    }
    let gradient = node.gradient_so_far();
    let half = (rect.width - 34.0) / 2.0;
    parts.push(text("shape", "13", "46", &number::shape(&node.shape)));
    if gradient.is_some() {
        parts.push(text("gr", &right, "46", "∂").set("text-anchor", "end"));
    } else if untracked {
        parts.push(text("opn", &right, "85", "no gradient").set("text-anchor", "end"));
    }
    let map = |summary: &Summary, scale, x: f32| {
        let picture = heat::picture(summary, scale, dark)?;
        let (width, height) = picture_size(summary, half, 42.0);
        Some(
            svg("image")
                .set("href", picture)
                .set("x", pixels(x + (half - width) / 2.0))
                .set("y", pixels(60.0 + (42.0 - height) / 2.0))
                .set("width", pixels(width))
                .set("height", pixels(height))
                .set("preserveAspectRatio", "none"),
        )
    };
    parts.extend(node.value.as_deref().and_then(|value| map(value, Scale::Value, 13.0)));
    parts.extend(gradient.as_deref().and_then(|gradient| map(gradient, Scale::Gradient, 21.0 + half)));
    parts
}

/// The cells' extent inside a field: square cells of at most 10 pixels where they fit.
fn picture_size(summary: &Summary, width: f32, height: f32) -> (f32, f32) {
    let (rows, cols) = (summary.rows.max(1) as f32, summary.cols.max(1) as f32);
    let cell = (width / cols).min(height / rows).min(10.0);
    // A long row or column is shown at least 4 pixels thick.
    ((cell * cols).max(4.0), (cell * rows).max(4.0))
}

/// The dashed box of a Python number beside the node that uses it.
pub fn constant_box(bench: Bench, place: u64, input: usize) -> El {
    let key = constant_key(place, input);
    let state = memo(move || {
        bench.view.with(|view| {
            let node = view.at(place)?;
            match node.inputs.get(input)? {
                Input::Constant(x) => Some((short(x.0), node.stale)),
                Input::Node(_) => None,
            }
        })
    });
    let make = move || {
        let rect = bench.sheet.with(|sheet| sheet.node(key))?;
        let (value, stale) = state.get()?;
        let frame = svg("rect")
            .class("box")
            .set("width", pixels(rect.width))
            .set("height", pixels(rect.height))
            .set("rx", "10");
        let (x, y) = (pixels(rect.width / 2.0), pixels(rect.height / 2.0 + 5.0));
        let number = text("val", &x, &y, &value).set("text-anchor", "middle");
        // A later pass may have a longer number for the same box.
        let size = 14.0 * (rect.width - 10.0) / (NUMBER * value.chars().count() as f32);
        let number = match size < 14.0 {
            true => number.set("style", format!("font-size:{}px", pixels(size))),
            false => number,
        };
        Some(
            svg("g")
                .class(if stale { "constant stale" } else { "constant" })
                .set("transform", dom::translate(rect.x, rect.y))
                .test("constant")
                .set("data-value", &value)
                .put([frame, number]),
        )
    };
    svg("g").part(make)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parameters_stay_apart_where_they_are_cut() {
        assert_eq!(cut("model.0.weight", 14), "model.0.weight");
        assert_eq!(cut("model.linear1.weight", 14), "linear1.weight");
        assert_eq!(cut("model.input_linear.weight", 14), "input_….weight");
        assert_eq!(cut("model.input_linear.bias", 14), "input_li….bias");
        assert_eq!(cut("gradient_of_everything", 10), "gradient_…");
    }
}
