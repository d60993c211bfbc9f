use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::node::words;
use crate::bench::{Bench, Target};
use crate::model::view::View;
use crate::ui::{El, el, memo};

/// A line of the tree.
#[derive(Clone, PartialEq)]
struct Row {
    level: usize,
    text: String,
    /// A node's place, or a group's key with whether it is open.
    what: Result<u64, (u64, bool)>,
}

/// The graph as rows: boxes around nodes before what is inside, which is there only while they are open.
fn rows(bench: Bench, view: &View) -> Vec<Row> {
    bench.folds.with(|folds| {
        let mut rows: Vec<Row> = Vec::new();
        let mut told: Vec<u64> = Vec::new();
        for node in view.drawn() {
            let path = folds.path(node.place);
            let mut closed = false;
            for (level, (key, is_closed)) in path.iter().enumerate() {
                if !told.contains(key) {
                    told.push(*key);
                    let Some(group) = folds.group(*key) else { continue };
                    let text = format!("{}, {} operations", group.title, group.places.len());
                    rows.push(Row { level: level + 1, text, what: Err((*key, !is_closed)) });
                }
                if *is_closed {
                    closed = true;
                    break;
                }
            }
            if !closed {
                rows.push(Row { level: path.len() + 1, text: words(view, node), what: Ok(node.place) });
            }
        }
        rows
    })
}

/// The graph as a tree of words, for those who do not see it; it comes to light when the keyboard reaches it.
pub fn tree(bench: Bench) -> El {
    // Written only while it is used: for two thousand nodes it is long.
    let used = RwSignal::new(false);
    let at = RwSignal::new(0usize);
    let rows = memo(move || if used.get() { bench.view.with(|view| rows(bench, view)) } else { Vec::new() });
    let count = move || bench.view.with(|view| view.drawn().count());
    let here = move || at.get().min(rows.with(Vec::len).saturating_sub(1));
    let key = move |event: KeyboardEvent| {
        let (here, all) = (untrack(here), rows.with_untracked(Vec::len));
        let row = rows.with_untracked(|rows| rows.get(here).cloned());
        let what = row.map(|row| row.what);
        match (event.key().as_str(), what) {
            ("ArrowDown", _) => at.set((here + 1).min(all.saturating_sub(1))),
            ("ArrowUp", _) => at.set(here.saturating_sub(1)),
            ("Home", _) => at.set(0),
            ("End", _) => at.set(all.saturating_sub(1)),
            ("ArrowRight", Some(Err((key, false)))) | ("ArrowLeft", Some(Err((key, true)))) => {
                bench.fold(key)
            }
            ("Enter" | " ", Some(Err((key, _)))) => bench.fold(key),
            ("Enter" | " ", Some(Ok(place))) => bench.choose(Target::Place(place)),
            ("Escape", _) => bench.selected.set(Target::Nothing),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let row = move |(i, row): (usize, Row)| {
        let item = el("li")
            .set("role", "treeitem")
            .set("id", format!("tree-{i}"))
            .set("aria-level", row.level.to_string())
            .set("style", format!("padding-left:{}px", row.level * 14))
            .live("aria-selected", move || (here() == i).to_string())
            .put(row.text);
        match row.what {
            Err((_, open)) => item.set("aria-expanded", if open { "true" } else { "false" }),
            Ok(_) => item,
        }
    };
    el("ul")
        .class("tree")
        .test("tree")
        .set("role", "tree")
        .set("tabindex", "0")
        .live("aria-label", move || format!("Computation graph, {} nodes", count()))
        .live("aria-activedescendant", move || format!("tree-{}", here()))
        .on("focus", move |_: web_sys::Event| used.set(true))
        .on("blur", move |_: web_sys::Event| used.set(false))
        .on("keydown", key)
        .part(move || match used.get() {
            true => rows.get().into_iter().enumerate().map(row).collect::<Vec<_>>(),
            // A tree must not be empty.
            false => vec![el("li").set("role", "treeitem").set("id", "tree-0").put("The graph in words")],
        })
}
