use std::sync::Arc;

use gradloom_lessons::Challenge;
use leptos::prelude::*;

use super::prose::memo_open;
use super::question::kind;
use crate::bench::{Ask, Bench};
use crate::checker::{self, Outcome};
use crate::ui::{El, button, el};

/// Where the check stands.
#[derive(Clone, PartialEq)]
enum State {
    Open,
    Running,
    Done(Outcome),
}

/// An exercise to be programmed: its starting point opens in the cell, a hidden check judges what is there.
pub fn challenge(bench: Bench, key: Ask, code: &Challenge) -> El {
    let code = Arc::new(code.clone());
    let state = RwSignal::new(State::Open);
    let hints = RwSignal::new(0usize);
    let shows_solution = RwSignal::new(false);
    let open = memo_open(bench, code.starter as usize);
    let passed = move || state.with(|state| *state == State::Done(Outcome::Passed));
    let starter = code.starter as usize;
    let start = move || {
        (!open.get()).then(|| {
            let open =
                button("button primary").test("open-starter").click(move || bench.open_program(starter));
            open.put("Open the starting point")
        })
    };
    let run = {
        let code = code.clone();
        move || {
            state.set(State::Running);
            checker::check(bench, &code, move |outcome| {
                if outcome == Outcome::Passed {
                    bench.finish(key);
                }
                state.set(State::Done(outcome));
            });
        }
    };
    let check = button("button")
        .test("check")
        .live("hidden", move || !open.get())
        .live("disabled", move || state.with(|state| *state == State::Running))
        .click(run)
        .put("Check my program");
    let says = move || {
        state.with(|state| match state {
            State::Open => String::new(),
            State::Running => "Running your program and its checks.".into(),
            State::Done(Outcome::Passed) => "Passed: right for numbers that you did not see, too.".into(),
            State::Done(Outcome::Failed(why)) => why.clone(),
        })
    };
    let hint_texts = code.hints.clone();
    let count = hint_texts.len();
    let shown_hints = move || {
        let hint = |(i, html): (usize, &String)| {
            let title = el("p").class("kind").put(format!("Hint {} of {count}", i + 1));
            el("div").class("hint-text").put(title).put(el("div").class("text").html(html))
        };
        hint_texts.iter().take(hints.get()).enumerate().map(hint).collect::<Vec<_>>()
    };
    let more = move || {
        let shown = hints.get();
        (shown < count && !passed()).then(|| {
            let text = if shown == 0 { "Give me a hint" } else { "Another hint" };
            button("link").test("hint").click(move || hints.set(shown + 1)).put(text)
        })
    };
    let show_solution = {
        let solution = code.solution.clone();
        move || {
            let failed = state.with(|state| matches!(state, State::Done(Outcome::Failed(_))));
            let solution = solution.clone();
            let name = format!("solution-{}.py", key.1 + 1);
            let open = move || {
                shows_solution.set(true);
                bench.open_other(&name, &solution);
            };
            (passed() || failed && hints.get() == count)
                .then(|| button("link").test("solution").click(open).put("Open a solution"))
        }
    };
    let explanation = code.explanation.clone();
    let why =
        move || (passed() || shows_solution.get()).then(|| el("div").class("text why").html(&explanation));
    el("section")
        .class("ask")
        .test("code-exercise")
        .set("aria-label", "Exercise")
        .put(kind(bench, key, "Exercise, to be programmed"))
        .put(el("div").class("text").html(&code.prompt))
        .put(el("div").class("answer").part(start).put(check))
        .put(
            el("p")
                .class("verdict")
                .test("verdict")
                .toggle("right", passed)
                .toggle("wrong", move || state.with(|s| matches!(s, State::Done(Outcome::Failed(_)))))
                .set("role", "status")
                .say(says),
        )
        .part(shown_hints)
        .put(el("div").class("links").part(more).part(show_solution))
        .part(why)
}
