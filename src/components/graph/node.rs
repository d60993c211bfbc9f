use std::sync::Arc;

use gradloom_diagram::Rect;
use gradloom_protocol::{Input, NodeKind};
use leptos::prelude::*;

use crate::bench::{Lit, Target, bench};
use crate::model::heat::{self, Scale};
use crate::model::number::{self, brief, scalar, short};
use crate::model::sheet::{constant_key, has_map};
use crate::model::view::{NodeView, View};

/// Longest name that is drawn whole.
const LONGEST: usize = 16;

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

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.into();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
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
#[component]
pub fn NodeBox(place: u64, around: Around) -> impl IntoView {
    let bench = bench();
    let node = Memo::new(move |_| bench.view.with(|view| view.at(place).cloned()));
    let rect = Memo::new(move |_| bench.sheet.with(|sheet| sheet.node(place)).unwrap_or_default());
    let active = move || around.active.with(|places| places.contains(&place));
    let lit = move || around.lit.with(|lit| lit.places.contains(&place));
    let is = move |kind: NodeKind| node.with(|node| node.as_ref().is_some_and(|node| node.kind == kind));
    let stale = move || node.with(|node| node.as_ref().is_some_and(|node| node.stale));
    let label = move || bench.view.with(|view| view.at(place).map(|node| words(view, node)));
    let of = move |f: fn(&NodeView) -> String| move || node.with(|node| node.as_deref().map(f));
    let choose = move || {
        let this = Target::Place(place);
        bench.selected.update(|selected| *selected = if *selected == this { Target::Nothing } else { this });
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            choose();
        }
    };
    view! {
        <g
            class="node"
            class:active=active
            class:lit=lit
            class:stale=stale
            class:untracked=move || is(NodeKind::Untracked)
            class:leaf=move || is(NodeKind::Leaf)
            id=format!("node-{place}")
            tabindex=move || if around.stop.get() == Some(place) { "0" } else { "-1" }
            role="button"
            aria-label=label
            aria-pressed=move || (bench.selected.get() == Target::Place(place)).to_string()
            transform=move || format!("translate({:.1} {:.1})", rect.get().x, rect.get().y)
            data-testid="node"
            data-name=of(|node| node.label().to_string())
            data-op=of(|node| node.op.clone())
            data-shape=of(|node| number::shape(&node.shape))
            data-value=of(|node| node.value.as_deref().and_then(scalar).map(short).unwrap_or_default())
            data-grad=of(|node| node.gradient_text().unwrap_or_default())
            on:click=move |_| choose()
            on:keydown=key
            on:mouseenter=move |_| bench.hovered.set(Target::Place(place))
            on:mouseleave=move |_| bench.hovered.set(Target::Nothing)
        >
            <rect
                class="box"
                width=move || rect.get().width.to_string()
                height=move || rect.get().height.to_string()
                rx="10"
            ></rect>
            {move || node.get().map(|node| content(&node, rect.get(), bench.dark.get()))}
        </g>
    }
}

fn content(node: &Arc<NodeView>, rect: Rect, dark: bool) -> AnyView {
    let right = (rect.width - 13.0).to_string();
    let bottom = (rect.height - 15.0).to_string();
    let title_class = match (node.names.is_empty(), node.name().is_some()) {
        (true, true) => "nm former",
        (_, true) => "nm",
        _ => "nm op",
    };
    let gradient = node.gradient_text();
    let head = view! {
        <text class=title_class x="13" y="25">{cut(node.label())}</text>
        <text class="opn" x=right.clone() y="24" text-anchor="end">{corner(node)}</text>
    };
    // A later pass may have put a tensor where a number was: then its box has no room for a map.
    if !has_map(node) || rect.height < 100.0 {
        let value = node.value.as_deref().map(brief);
        return view! {
            {head}
            {value.map(|value| view! { <text class="val" x="13" y=bottom.clone()>{value}</text> })}
            {gradient.map(|gradient| {
                view! { <text class="gr" x=right.clone() y=bottom.clone() text-anchor="end">{format!("∂ {gradient}")}</text> }
            })}
        }
        .into_any();
    }
    let gradient = node.gradient_so_far();
    let half = (rect.width - 34.0) / 2.0;
    let map = |summary: &gradloom_protocol::Summary, scale, x: f32| {
        let picture = heat::picture(summary, scale, dark)?;
        let (width, height) = picture_size(summary, half, 42.0);
        Some(view! {
            <image
                href=picture
                x=(x + (half - width) / 2.0).to_string()
                y=(60.0 + (42.0 - height) / 2.0).to_string()
                width=width.to_string()
                height=height.to_string()
                preserveAspectRatio="none"
            ></image>
        })
    };
    view! {
        {head}
        <text class="shape" x="13" y="46">{number::shape(&node.shape)}</text>
        {gradient.is_some().then(|| view! { <text class="gr" x=right y="46" text-anchor="end">"∂"</text> })}
        {node.value.as_deref().and_then(|value| map(value, Scale::Value, 13.0))}
        {gradient.as_deref().and_then(|gradient| map(gradient, Scale::Gradient, 21.0 + half))}
    }
    .into_any()
}

/// The cells' extent inside a field: square cells of at most 10 pixels where they fit.
fn picture_size(summary: &gradloom_protocol::Summary, width: f32, height: f32) -> (f32, f32) {
    let (rows, cols) = (summary.rows.max(1) as f32, summary.cols.max(1) as f32);
    let cell = (width / cols).min(height / rows).min(10.0);
    // A long row or column is shown at least 4 pixels thick.
    ((cell * cols).max(4.0), (cell * rows).max(4.0))
}

/// The dashed box of a Python number beside the node that uses it.
#[component]
pub fn ConstantBox(place: u64, input: usize) -> impl IntoView {
    let bench = bench();
    let key = constant_key(place, input);
    let rect = Memo::new(move |_| bench.sheet.with(|sheet| sheet.node(key)));
    let state = Memo::new(move |_| {
        bench.view.with(|view| {
            let node = view.at(place)?;
            match node.inputs.get(input)? {
                Input::Constant(x) => Some((short(x.0), node.stale)),
                Input::Node(_) => None,
            }
        })
    });
    move || {
        let (rect, (text, stale)) = rect.get().zip(state.get())?;
        let value = text.clone();
        Some(view! {
            <g
                class="constant"
                class:stale=stale
                transform=format!("translate({:.1} {:.1})", rect.x, rect.y)
                data-testid="constant"
                data-value=value
            >
                <rect class="box" width=rect.width.to_string() height=rect.height.to_string() rx="10"></rect>
                <text class="val" text-anchor="middle" x=(rect.width / 2.0).to_string() y=(rect.height / 2.0 + 5.0).to_string()>
                    {text}
                </text>
            </g>
        })
    }
}
