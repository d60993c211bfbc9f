use leptos::prelude::*;

use crate::bench::{Target, bench};
use crate::model::number;
use crate::model::program::{self, Knob};

/// At most this many sliders; a program with more numbers is edited as text.
const MOST: usize = 6;

/// A slider for each `NAME = torch.tensor(NUMBER…`: turning it rewrites the number in the program and runs it.
#[component]
pub fn Knobs() -> impl IntoView {
    let bench = bench();
    let knobs = Memo::new(move |_| bench.text.with(|text| program::knobs(text)));
    let names = Memo::new(move |_| {
        knobs.with(|knobs| knobs.iter().take(MOST).map(|knob| knob.name.clone()).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || names.with(|names| !names.is_empty())>
            <div class="knobs" role="group" aria-label="Numbers of the program">
                // The names decide about the rows: a slider that is being dragged stays the same element.
                <For each=move || names.get() key=|name| name.clone() let:name>
                    <KnobView name knobs />
                </For>
            </div>
        </Show>
    }
}

#[component]
fn KnobView(name: String, knobs: Memo<Vec<Knob>>) -> impl IntoView {
    let bench = bench();
    let wanted = name.clone();
    let knob = Memo::new(move |_| knobs.with(|knobs| knobs.iter().find(|knob| knob.name == wanted).cloned()));
    let value = move || knob.with(|knob| knob.as_ref().map_or(0.0, |knob| knob.value));
    // The range may widen but does not shrink under the pointer.
    let range = Memo::new(move |before: Option<&(f64, f64, f64)>| {
        let range = knob.with(|knob| knob.as_ref().map_or((-5.0, 5.0, 0.1), Knob::range));
        match before {
            Some(before) if before.1 > range.1 => *before,
            _ => range,
        }
    });
    let turn = move |text: String| {
        if let (Ok(value), Some(knob)) = (text.parse::<f64>(), knob.get_untracked())
            && value != knob.value
        {
            bench.turn(&knob, value);
        }
    };
    let point = move |on: bool| {
        let line = knob.with_untracked(|knob| knob.as_ref().map(|knob| knob.line));
        bench.hovered.set(line.filter(|_| on).map_or(Target::Nothing, Target::Line));
    };
    let label = format!("Value of {name}");
    view! {
        <div class="knob" on:mouseenter=move |_| point(true) on:mouseleave=move |_| point(false)>
            <span class="name" aria-hidden="true">{name.clone()}</span>
            <input
                type="range"
                data-testid=format!("slider-{name}")
                aria-label=label.clone()
                min=move || number::long(range.get().0)
                max=move || number::long(range.get().1)
                step=move || number::long(range.get().2)
                prop:value=move || {
                    range.track();
                    number::long(value())
                }
                on:input=move |event| turn(event_target_value(&event))
            />
            <input
                type="number"
                data-testid=format!("number-{name}")
                aria-label=format!("{label}, as a number")
                step="any"
                prop:value=move || number::long(value())
                on:change=move |event| turn(event_target_value(&event))
            />
        </div>
    }
}
