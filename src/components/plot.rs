use gradloom_protocol::Point;
use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

use crate::bench::bench;
use crate::model::number::{count, long, short};
use crate::model::plot::{Axes, HEIGHT, WIDTH, wants_log};

/// The loss curve: it grows while the program runs, and tells each value exactly.
#[component]
pub fn Plot() -> impl IntoView {
    let bench = bench();
    let chosen = RwSignal::new(None::<bool>);
    let cursor = RwSignal::new(None::<usize>);
    let area = NodeRef::<Div>::new();
    let losses = move |f: &dyn Fn(&[Point]) -> String| bench.view.with(|view| f(&view.losses));
    let log =
        Memo::new(move |_| bench.view.with(|view| chosen.get().unwrap_or_else(|| wants_log(&view.losses))));
    let axes = Memo::new(move |_| bench.view.with(|view| Axes::new(&view.losses, log.get())));
    let path = move || {
        let axes = axes.get();
        losses(&|points| axes.path(points))
    };
    let last = move || bench.view.with(|view| view.losses.last().map(|point| long(point.value.0)));
    let length = Memo::new(move |_| bench.view.with(|view| view.losses.len()));
    let at = Memo::new(move |_| {
        let index = cursor.get().unwrap_or(usize::MAX).min(length.get().saturating_sub(1));
        bench.view.with(|view| view.losses.get(index).copied())
    });
    let reading =
        move || at.get().map_or_else(String::new, |p| format!("step {}: {}", count(p.step), long(p.value.0)));
    let marker = move || {
        let axes = axes.get();
        let point = at.get()?;
        let y = axes.y(point.value.0)?;
        let left = 100.0 * axes.x(point.step as f64) / WIDTH;
        Some(
            view! { <span class="marker" style=format!("left:{left:.2}%;top:{:.2}%", 100.0 * y / HEIGHT)></span> },
        )
    };
    let point = move |event: ev::PointerEvent| {
        let Some(area) = area.get_untracked() else { return };
        let rect = area.get_bounding_client_rect();
        let fraction = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let axes = axes.get_untracked();
        cursor.set(bench.view.with_untracked(|view| axes.nearest(&view.losses, fraction)));
    };
    let key = move |event: ev::KeyboardEvent| {
        let last = length.get_untracked().saturating_sub(1);
        let here = cursor.get_untracked().unwrap_or(last).min(last);
        let page = (last / 10).max(1);
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => here.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => here + 1,
            "PageDown" => here.saturating_sub(page),
            "PageUp" => here + page,
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(to.min(last)));
    };
    let grid = move || {
        let axes = axes.get();
        let line = |value: f64| {
            let y = axes.y(value)?;
            let top = format!("top:{:.2}%", 100.0 * y / HEIGHT);
            Some(view! { <span class="level" style=top><i>{short(value)}</i></span> })
        };
        axes.ticks().into_iter().filter_map(line).collect_view()
    };
    let steps = move || losses(&|points| points.last().map_or(String::new(), |p| count(p.step)));
    view! {
        <div class="plot" data-testid="plot" data-last=last data-count=move || length.get().to_string()>
            <div class="plot-bar">
                <output data-testid="loss-reading">{reading}</output>
                <label>
                    <input
                        type="checkbox"
                        data-testid="log"
                        prop:checked=log
                        on:change=move |event| chosen.set(Some(event_target_checked(&event)))
                    />
                    "logarithmic"
                </label>
            </div>
            <div
                class="plot-area"
                node_ref=area
                role="slider"
                tabindex="0"
                aria-label="Loss by step"
                aria-valuemin="0"
                aria-valuemax=move || length.get().saturating_sub(1).to_string()
                aria-valuenow=move || cursor.get().unwrap_or(usize::MAX).min(length.get().saturating_sub(1)).to_string()
                aria-valuetext=reading
                on:pointermove=point
                on:pointerdown=point
                on:pointerleave=move |_| cursor.set(None)
                on:keydown=key
            >
                {grid}
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">
                    <path class="curve" d=path vector-effect="non-scaling-stroke"></path>
                </svg>
                {marker}
            </div>
            <p class="axis"><span>"0"</span><span>{steps}</span></p>
        </div>
    }
}
