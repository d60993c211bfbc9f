use std::cell::Cell;
use std::rc::Rc;

use gradloom_diagram::within;
use leptos::prelude::*;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

use super::icon::{self, icon};
use crate::bench::{Bench, Status};
use crate::model::log::{Kind, Moment};
use crate::model::number::fixed;
use crate::ui::{El, button, el, memo};

/// More moments than this are drawn as one bar.
const TICKS: usize = 60;
/// Stretches of the bar that are colored one by one at most.
const STRETCHES: usize = 200;

/// Back, Step, Run, and the moments of the run.
pub fn timeline(bench: Bench) -> El {
    el("section")
        .class("timeline")
        .set("aria-label", "Timeline")
        .test("timeline")
        .toggle("old", move || bench.stale())
        .put(transport(bench))
        .put(track(bench))
        .put(el("p").class("where").test("where").say(move || place(bench)))
        .part(move || progress(bench))
}

fn transport(bench: Bench) -> El {
    let (running, replaying) = (bench.busy, bench.replaying);
    // Nothing is in the cell before the lesson has come.
    let waits = move || bench.content.with(Option::is_none) && bench.text.with(String::is_empty);
    let no_step = move || {
        let at_end = bench.position.get() >= bench.available.get();
        waits() || running.get() || (!bench.stale() && at_end && bench.status.get() == Status::Over)
    };
    let no_back = move || running.get() || bench.stale() || bench.position.get() == 0;
    let act = move |id: &str, path: &str, text: &str, act: fn(Bench)| {
        button("button").test(id).click(move || act(bench)).put(icon(path)).put(el("span").put(text))
    };
    let pause = move || act("pause", icon::PAUSE, "Pause", Bench::pause);
    let more = move || match (replaying.get(), running.get()) {
        (true, _) => vec![act("end", icon::END, "End", Bench::run), pause()],
        (_, true) => vec![pause(), act("stop", icon::STOP, "Stop", Bench::stop)],
        _ => vec![act("run", icon::RUN, "Run", Bench::run).live("disabled", waits)],
    };
    let back = act("back", icon::BACK, "Back", Bench::step_back)
        .set("title", "Back (Shift and F10)")
        .live("disabled", no_back);
    let step = button("button primary")
        .test("step")
        .set("title", "Step (F10)")
        .live("disabled", no_step)
        .click(move || bench.step_forward())
        .put(el("span").put("Step"))
        .put(icon(icon::STEP));
    let leap = |id: &str, path: &str, text: &str, keys: &str| {
        button("button leap")
            .test(id)
            .set("aria-label", text)
            .set("title", format!("{text} ({keys})"))
            .live("disabled", no_step)
            .put(icon(path))
    };
    let over = leap("over", icon::OVER, "Step over", "Ctrl and F10").click(move || bench.step_over());
    let out = leap("out", icon::OUT, "Step out", "Ctrl, Shift and F10").click(move || bench.step_out());
    el("div")
        .class("transport")
        .set("role", "group")
        .set("aria-label", "Transport")
        .put([back, step, over, out])
        .part(more)
}

/// The moment at the head.
pub fn moment(bench: Bench) -> Option<Moment> {
    let position = bench.position.get();
    position.checked_sub(1).and_then(|i| bench.moments.with(|moments| moments.get(i).copied()))
}

/// Where the head stands, in words.
fn place(bench: Bench) -> String {
    if bench.stale() {
        return "edited: run again".into();
    }
    let moment = moment(bench);
    if bench.view.with(|view| view.error.is_some()) {
        return moment.map_or("failed".into(), |moment| format!("failed · line {}", moment.line));
    }
    match moment {
        _ if bench.busy.get() => "running".into(),
        None if bench.status.get() == Status::Starting => "starting".into(),
        None if bench.shows_end() => "nothing to run".into(),
        None => "start".into(),
        Some(moment) => {
            let pass = bench.view.with(|view| view.pass).filter(|_| bench.trains());
            let pass = pass.map(|pass| format!("pass {} · ", pass + 1)).unwrap_or_default();
            let what = match moment.kind {
                Kind::Line => format!("line {}", moment.line),
                Kind::Seed => "backward starts".into(),
                Kind::Backward { step, steps } => format!("backward · {step} of {steps}"),
                Kind::Summed => "backward done".into(),
            };
            let end = if bench.shows_end() { " · end" } else { "" };
            format!("{pass}{what}{end}")
        }
    }
}

/// A moment in words.
pub fn spoken(moment: Option<Moment>, program: &str) -> String {
    let Some(moment) = moment else { return "start".into() };
    let line = moment.line;
    let code = program.lines().nth(line.saturating_sub(1) as usize).unwrap_or("").trim();
    match moment.kind {
        Kind::Line => format!("line {line}: {code}"),
        Kind::Seed => format!("backward starts at line {line}: {code}"),
        Kind::Backward { step, steps } => format!("backward {step} of {steps}, line {line}: {code}"),
        Kind::Summed => format!("backward done, line {line}: {code}"),
    }
}

fn track(bench: Bench) -> El {
    let count = memo(move || bench.moments.with(|moments| moments.len()));
    let kinds =
        memo(move || bench.moments.with(|m| m.iter().map(|m| m.kind.is_backward()).collect::<Vec<_>>()));
    let head = move || {
        let share = 100.0 * bench.position.get() as f64 / count.get().max(1) as f64;
        format!("left:{}%", fixed(share, 2))
    };
    let rail = el("div")
        .class("rail-of-track")
        .part(move || ticks(bench, &kinds.get()))
        .put(el("span").class("head").live("style", head));
    let seek = {
        let rail = rail.is::<Element>();
        Rc::new(move |event: &PointerEvent| {
            let Some(rect) = rail.as_ref().map(Element::get_bounding_client_rect) else { return };
            let fraction = (f64::from(event.client_x()) - rect.left()) / rect.width().max(1.0);
            let position = (within(fraction, 0.0, 1.0) * count.get_untracked() as f64).round() as usize;
            bench.seek(position.min(bench.available.get_untracked()));
        })
    };
    let dragging = Rc::new(Cell::new(false));
    let down = {
        let (dragging, seek, rail) = (dragging.clone(), seek.clone(), rail.is::<Element>());
        move |event: PointerEvent| {
            dragging.set(true);
            if let Some(rail) = &rail {
                // Without capture the drag ends at the track's edge.
                let _ = rail.set_pointer_capture(event.pointer_id());
            }
            seek(&event);
        }
    };
    let drag = {
        let dragging = dragging.clone();
        move |event: PointerEvent| {
            if dragging.get() {
                seek(&event);
            }
        }
    };
    let up = move |_: Event| dragging.set(false);
    let key = move |event: KeyboardEvent| {
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
    el("div")
        .class("track")
        .set("role", "slider")
        .set("tabindex", "0")
        .test("track")
        .set("aria-label", "Moment")
        .set("aria-valuemin", "0")
        .live("aria-valuemax", move || bench.available.get().to_string())
        .live("aria-valuenow", move || bench.position.get().to_string())
        .live("aria-valuetext", move || bench.loaded.with(|program| spoken(moment(bench), program)))
        .on("pointerdown", down)
        .on("pointermove", drag)
        .on("pointerup", up.clone())
        .on("pointercancel", up)
        .on("keydown", key)
        .put(rail)
}

fn ticks(bench: Bench, kinds: &[bool]) -> Vec<El> {
    if kinds.len() > TICKS {
        return vec![el("span").class("bar-track").set("style", format!("background:{}", bar(kinds)))];
    }
    let tick = |(i, backward): (usize, &bool)| {
        let left = 100.0 * (i + 1) as f64 / kinds.len().max(1) as f64;
        el("span")
            .class(if *backward { "tick back" } else { "tick" })
            .toggle("future", move || bench.position.get() <= i)
            .set("style", format!("left:{}%", fixed(left, 2)))
    };
    kinds.iter().enumerate().map(tick).collect()
}

/// A gradient that colors stretches of lines and of backward passes.
fn bar(kinds: &[bool]) -> String {
    let color = |backward| if backward { "var(--grad)" } else { "var(--value)" };
    let mut stops = Vec::new();
    let mut from = 0;
    for stretch in kinds.chunk_by(|a, b| a == b) {
        let to = from + stretch.len();
        let percent = |i: usize| fixed(100.0 * i as f64 / kinds.len() as f64, 2);
        let backward = stretch.first().copied().unwrap_or(false);
        stops.push(format!("{} {}% {}%", color(backward), percent(from), percent(to)));
        from = to;
    }
    if stops.len() > STRETCHES {
        color(false).into()
    } else {
        format!("linear-gradient(90deg,{})", stops.join(","))
    }
}

/// How far a long loop is.
fn progress(bench: Bench) -> Option<El> {
    let progress = bench.view.with(|view| view.progress).filter(|progress| progress.total >= 20)?;
    let (done, total) = (progress.done.to_string(), progress.total.to_string());
    let bar = el("progress").set("max", &total).set("value", &done).set("aria-label", "Turns of the loop");
    Some(
        el("div")
            .class("progress")
            .test("progress")
            .set("data-done", &done)
            .set("data-total", &total)
            .put(bar)
            .put(el("span").put(format!("{done} / {total}"))),
    )
}
