use gradloom_lessons::{Question, Verdict};
use leptos::prelude::*;
use web_sys::Event;

use crate::bench::Bench;
use crate::dom;
use crate::ui::{El, button, el, memo};

/// A question with a number for its answer. A prediction is explained after any answer, an exercise after the right
/// one, or when the learner asks for it.
pub fn ask(bench: Bench, question: &'static Question, predict: bool) -> El {
    let typed = RwSignal::new(String::new());
    let verdict = RwSignal::new(None::<Verdict>);
    let gave_up = RwSignal::new(false);
    let revealed = memo(move || {
        gave_up.get()
            || match verdict.get() {
                Some(Verdict::Right) => true,
                Some(Verdict::Wrong) => predict,
                _ => false,
            }
    });
    let says = move || match verdict.get() {
        None => "",
        Some(Verdict::Right) => "Right.",
        Some(Verdict::Wrong) if predict => "Not quite; here is why.",
        Some(Verdict::Wrong) => "Not yet. Run your program and look again.",
        Some(Verdict::NotANumber) => "Please write a number, such as 2.5.",
    };
    let input = el("input")
        .set("type", "text")
        .set("inputmode", "decimal")
        .set("autocomplete", "off")
        .set("aria-label", "Your answer")
        .on("input", move |event: Event| {
            typed.set(dom::value(&event));
            verdict.set(None);
        });
    let answer = el("div")
        .class("answer")
        .put(input)
        .put(el("button").set("type", "submit").class("button").put("Check"))
        .put(
            el("p")
                .class("verdict")
                .toggle("right", move || verdict.get() == Some(Verdict::Right))
                .set("role", "status")
                .say(says),
        );
    let wrong = move || !predict && verdict.get() == Some(Verdict::Wrong) && !revealed.get();
    let give_up =
        move || wrong().then(|| button("link").click(move || gave_up.set(true)).put("Show the answer"));
    let why = move || {
        if !revealed.get() {
            return Vec::new();
        }
        let mut parts = vec![el("div").class("text why").html(question.explanation)];
        if !question.solution.is_empty() {
            let try_it = move || bench.type_over(question.solution);
            parts.push(button("link").click(try_it).put("Put this program into the cell"));
        }
        parts
    };
    el("form")
        .class("ask")
        .test(if predict { "predict" } else { "exercise" })
        .on("submit", move |event: Event| {
            event.prevent_default();
            verdict.set(Some(question.check(&typed.get_untracked())));
        })
        .put(el("p").class("kind").put(if predict { "Predict, then reveal" } else { "Exercise" }))
        .put(el("div").class("text").html(question.prompt))
        .put(answer)
        .part(give_up)
        .part(why)
}
