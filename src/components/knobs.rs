use std::cell::Cell;

use leptos::prelude::*;
use web_sys::Event;

use crate::bench::{Bench, Target};
use crate::dom;
use crate::model::number;
use crate::model::program::{self, Knob};
use crate::ui::{El, el, memo};

/// At most this many sliders; a program with more numbers is edited as text.
const MOST: usize = 6;

/// A slider for each `NAME = torch.tensor(NUMBER…`: turning it rewrites the number in the program and runs it.
pub fn knobs(bench: Bench) -> El {
    let knobs = memo(move || bench.text.with(|text| program::knobs(text)));
    // The names decide about the rows: a slider that is being dragged stays the same element.
    let names =
        move || knobs.with(|knobs| knobs.iter().take(MOST).map(|knob| knob.name.clone()).collect::<Vec<_>>());
    el("div")
        .class("knobs")
        .set("role", "group")
        .set("aria-label", "Numbers of the program")
        .live("hidden", move || knobs.with(Vec::is_empty))
        .each(names, move |name: &String| knob_view(bench, name.clone(), knobs))
}

fn knob_view(bench: Bench, name: String, knobs: Memo<Vec<Knob>>) -> El {
    let wanted = name.clone();
    let knob = memo(move || knobs.with(|knobs| knobs.iter().find(|knob| knob.name == wanted).cloned()));
    let value = move || number::long(knob.with(|knob| knob.as_ref().map_or(0.0, |knob| knob.value)));
    // The range may widen but does not shrink under the pointer.
    let reach = Cell::new((-5.0, 5.0, 0.1));
    let range = RwSignal::new(reach.get());
    crate::ui::effect(move || {
        let now = knob.with(|knob| knob.as_ref().map_or(reach.get(), Knob::range));
        if now.1 > reach.get().1 || now.2 != reach.get().2 && now.1 >= reach.get().1 {
            reach.set(now);
            range.set(now);
        }
    });
    let turn = move |event: Event| {
        if let (Some(value), Some(knob)) = (number::parse(&dom::value(&event)), knob.get_untracked())
            && value != knob.value
        {
            bench.turn(&knob, value);
        }
    };
    let point = move |on: bool| {
        let line = knob.with_untracked(|knob| knob.as_ref().map(|knob| knob.line));
        bench.hovered.set(line.filter(|_| on).map_or(Target::Nothing, Target::Line));
    };
    let slider = el("input")
        .set("type", "range")
        .test(&format!("slider-{name}"))
        .set("aria-label", format!("Value of {name}"))
        .live("min", move || number::long(range.get().0))
        .live("max", move || number::long(range.get().1))
        .live("step", move || number::long(range.get().2))
        .prop("value", move || {
            range.track();
            value()
        })
        .on("input", turn);
    let field = el("input")
        .set("type", "number")
        .test(&format!("number-{name}"))
        .set("aria-label", format!("Value of {name}, as a number"))
        .set("step", "any")
        .prop("value", value)
        .on("change", turn);
    el("div")
        .class("knob")
        .on("mouseenter", move |_: Event| point(true))
        .on("mouseleave", move |_: Event| point(false))
        .put(el("span").class("name").set("aria-hidden", "true").put(name))
        .put([slider, field])
}
