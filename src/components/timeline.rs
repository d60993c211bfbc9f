use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

use super::icon::{self, icon};
use crate::bench::{Bench, Status, bench};
use crate::model::log::{Kind, Moment};

/// More moments than this are drawn as one bar.
const TICKS: usize = 60;
/// Stretches of the bar that are colored one by one at most.
const STRETCHES: usize = 200;

/// Back, Step, Run, and the moments of the run.
#[component]
pub fn Timeline() -> impl IntoView {
    let bench = bench();
    view! {
        <section class="timeline" aria-label="Timeline" data-testid="timeline" class:old=move || bench.stale()>
            <Transport />
            <Track />
            <p class="where" data-testid="where">{move || place(bench)}</p>
            <Progress />
        </section>
    }
}

#[component]
fn Transport() -> impl IntoView {
    let bench = bench();
    let running = bench.busy;
    let replaying = bench.replaying;
    let at_end = Memo::new(move |_| bench.position.get() >= bench.available.get());
    let no_step = move || running.get() || (!bench.stale() && at_end.get() && bench.ended());
    let no_back = move || running.get() || bench.stale() || bench.position.get() == 0;
    let button = move |id: &'static str, path, text: &'static str, act: fn(Bench)| {
        view! {
            <button type="button" class="button" data-testid=id on:click=move |_| act(bench)>
                {icon(path)}
                <span>{text}</span>
            </button>
        }
    };
    let third = move || match (replaying.get(), running.get()) {
        (true, _) => button("end", icon::END, "End", Bench::run).into_any(),
        (_, true) => button("pause", icon::PAUSE, "Pause", Bench::pause).into_any(),
        _ => button("run", icon::RUN, "Run", Bench::run).into_any(),
    };
    let fourth = move || match (replaying.get(), running.get()) {
        (true, _) => Some(button("pause", icon::PAUSE, "Pause", Bench::pause)),
        (_, true) => Some(button("stop", icon::STOP, "Stop", Bench::stop)),
        _ => None,
    };
    view! {
        <div class="transport" role="group" aria-label="Transport">
            <button
                type="button"
                class="button"
                data-testid="back"
                title="Back (F9)"
                disabled=no_back
                on:click=move |_| bench.step_back()
            >
                {icon(icon::BACK)}
                <span>"Back"</span>
            </button>
            <button
                type="button"
                class="button primary"
                data-testid="step"
                title="Step (F10)"
                disabled=no_step
                on:click=move |_| bench.step_forward()
            >
                <span>"Step"</span>
                {icon(icon::STEP)}
            </button>
            {third}
            {fourth}
        </div>
    }
}

/// Where the head stands, in words.
fn place(bench: Bench) -> String {
    if bench.stale() {
        return "edited: run again".into();
    }
    let position = bench.position.get();
    let moment = position.checked_sub(1).and_then(|i| bench.moments.with(|moments| moments.get(i).copied()));
    let end = bench.shows_end();
    if bench.view.with(|view| view.error.is_some()) {
        return moment.map_or("failed".into(), |moment| format!("failed · line {}", moment.line));
    }
    match moment {
        _ if bench.busy.get() => "running".into(),
        None if bench.status.get() == Status::Starting => "starting".into(),
        None => "start".into(),
        Some(moment) => {
            let pass = bench
                .view
                .with(|view| view.pass)
                .map(|pass| format!("pass {} · ", pass + 1))
                .unwrap_or_default();
            let what = match moment.kind {
                Kind::Line => format!("line {}", moment.line),
                Kind::Seed => "backward starts".into(),
                Kind::Backward { step, steps } => format!("backward · {step} of {steps}"),
                Kind::Summed => "backward done".into(),
            };
            let end = if end { " · end" } else { "" };
            format!("{pass}{what}{end}")
        }
    }
}

fn spoken(moment: Option<Moment>, program: &str) -> String {
    let Some(moment) = moment else { return "start".into() };
    let code = program.lines().nth(moment.line.saturating_sub(1) as usize).unwrap_or("").trim();
    match moment.kind {
        Kind::Line => format!("line {}: {code}", moment.line),
        Kind::Seed => format!("backward starts at line {}: {code}", moment.line),
        Kind::Backward { step, steps } => format!("backward {step} of {steps}, line {}: {code}", moment.line),
        Kind::Summed => format!("backward done, line {}: {code}", moment.line),
    }
}

#[component]
fn Track() -> impl IntoView {
    let bench = bench();
    let track = NodeRef::<Div>::new();
    let dragging = StoredValue::new(false);
    let moments = bench.moments;
    let count = Memo::new(move |_| moments.with(|moments| moments.len()));
    let share = move |position: usize| 100.0 * position as f64 / count.get().max(1) as f64;
    let seek = move |event: &ev::PointerEvent| {
        let Some(track) = track.get_untracked() else { return };
        let rect = track.get_bounding_client_rect();
        let fraction = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
        let position = (fraction.clamp(0.0, 1.0) * count.get_untracked() as f64).round() as usize;
        bench.seek(position.min(bench.available.get_untracked()));
    };
    let down = move |event: ev::PointerEvent| {
        dragging.set_value(true);
        if let Some(track) = track.get_untracked() {
            // Without capture the drag ends at the track's edge.
            let _ = track.set_pointer_capture(event.pointer_id());
        }
        seek(&event);
    };
    let drag = move |event: ev::PointerEvent| {
        if dragging.get_value() {
            seek(&event);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let (position, available) = (bench.position.get_untracked(), bench.available.get_untracked());
        let page = (available / 10).max(1);
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => position.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => position + 1,
            "PageDown" => position.saturating_sub(page),
            "PageUp" => position + page,
            "Home" => 0,
            "End" => available,
            _ => return,
        };
        event.prevent_default();
        bench.seek(to.min(available));
    };
    let words = move || {
        let position = bench.position.get();
        let moment = position.checked_sub(1).and_then(|i| moments.with(|moments| moments.get(i).copied()));
        bench.loaded.with(|program| spoken(moment, program))
    };
    let kinds =
        Memo::new(move |_| moments.with(|m| m.iter().map(|m| m.kind.is_backward()).collect::<Vec<_>>()));
    let ticks = move || {
        let kinds = kinds.get();
        if kinds.len() > TICKS {
            let fill = bar(&kinds);
            return view! { <span class="bar-track" style=format!("background:{fill}")></span> }.into_any();
        }
        let tick = |(i, backward): (usize, bool)| {
            let left = 100.0 * (i + 1) as f64 / kinds.len().max(1) as f64;
            view! {
                <span
                    class="tick"
                    class:back=backward
                    class:future=move || bench.position.get() <= i
                    style=format!("left:{left:.3}%")
                ></span>
            }
        };
        kinds.iter().copied().enumerate().map(tick).collect_view().into_any()
    };
    view! {
        <div
            class="track"
            role="slider"
            tabindex="0"
            data-testid="track"
            aria-label="Moment"
            aria-valuemin="0"
            aria-valuemax=move || bench.available.get().to_string()
            aria-valuenow=move || bench.position.get().to_string()
            aria-valuetext=words
            on:pointerdown=down
            on:pointermove=drag
            on:pointerup=move |_| dragging.set_value(false)
            on:pointercancel=move |_| dragging.set_value(false)
            on:keydown=key
        >
            <div class="rail-of-track" node_ref=track>
                {ticks}
                <span class="head" style=move || format!("left:{:.3}%", share(bench.position.get()))></span>
            </div>
        </div>
    }
}

/// A gradient that colors stretches of lines and of backward passes.
fn bar(kinds: &[bool]) -> String {
    let color = |backward| if backward { "var(--grad)" } else { "var(--value)" };
    let mut stops = Vec::new();
    let mut from = 0;
    for stretch in kinds.chunk_by(|a, b| a == b) {
        let to = from + stretch.len();
        let percent = |i: usize| 100.0 * i as f64 / kinds.len() as f64;
        let backward = stretch.first().copied().unwrap_or(false);
        stops.push(format!("{} {:.2}% {:.2}%", color(backward), percent(from), percent(to)));
        from = to;
    }
    if stops.len() > STRETCHES {
        color(false).into()
    } else {
        format!("linear-gradient(90deg,{})", stops.join(","))
    }
}

#[component]
fn Progress() -> impl IntoView {
    let bench = bench();
    let progress = Memo::new(move |_| bench.view.with(|view| view.progress).filter(|p| p.total >= 20));
    move || {
        progress.get().map(|progress| {
            let text = format!("{} / {}", progress.done, progress.total);
            view! {
                <div class="progress" data-testid="progress" data-done=progress.done data-total=progress.total>
                    <progress
                        max=progress.total.to_string()
                        value=progress.done.to_string()
                        aria-label="Turns of the loop"
                    ></progress>
                    <span>{text}</span>
                </div>
            }
        })
    }
}
