use gradloom_lessons::{Answer, Question, Verdict};
use leptos::prelude::*;
use web_sys::Event;

use crate::bench::{Ask, Bench};
use crate::dom;
use crate::model::number;
use crate::ui::{El, button, el, memo};

/// A question with one right answer. A prediction is explained after any answer, an exercise after the right one, or when
/// the learner asks for it.
pub fn ask(bench: Bench, key: Ask, question: &Question, predict: bool) -> El {
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
    let unreadable = match question.answer {
        Answer::Number { .. } => "Please write a number, such as 2.5.",
        Answer::Shape(_) => "Please write a shape, such as 4 × 3.",
        Answer::Choice { .. } => "Please choose one.",
    };
    let says = move || match verdict.get() {
        None => "",
        Some(Verdict::Right) => "Right.",
        Some(Verdict::Wrong) if predict => "Not quite; here is why.",
        Some(Verdict::Wrong) => "Not yet. Run your program and look again.",
        Some(Verdict::Unreadable) => unreadable,
    };
    let mut answer = el("div").class("answer");
    answer = match &question.answer {
        Answer::Choice { options, .. } => answer.put(choices(key, options, typed, verdict)),
        other => answer.put(field(matches!(other, Answer::Shape(_)), typed, verdict)),
    };
    let answer = answer.put(el("button").set("type", "submit").class("button").put("Check")).put(
        el("p")
            .class("verdict")
            .toggle("right", move || verdict.get() == Some(Verdict::Right))
            .set("role", "status")
            .say(says),
    );
    let wrong = move || !predict && verdict.get() == Some(Verdict::Wrong) && !revealed.get();
    let give_up =
        move || wrong().then(|| button("link").click(move || gave_up.set(true)).put("Show the answer"));
    let (explanation, solution) = (question.explanation.clone(), question.solution.clone());
    let why = move || {
        if !revealed.get() {
            return Vec::new();
        }
        let solution = solution.clone();
        let name = format!("answer-{}-{}.py", key.1 + 1, key.2 + 1);
        let try_it = move || bench.open_other(&name, &solution);
        vec![
            el("div").class("text why").html(&explanation),
            button("link").click(try_it).put("Open a program that computes it"),
        ]
    };
    let judged = question.clone();
    let submit = move |event: Event| {
        event.prevent_default();
        let given = judged.judge(&typed.get_untracked(), number::parse);
        verdict.set(Some(given));
        // A prediction is over once it is made.
        if given == Verdict::Right || predict && given == Verdict::Wrong {
            bench.finish(key);
        }
    };
    el("form")
        .class("ask")
        .test(if predict { "predict" } else { "exercise" })
        .on("submit", submit)
        .put(kind(bench, key, if predict { "Predict, then reveal" } else { "Exercise" }))
        .put(el("div").class("text").html(&question.prompt))
        .put(answer)
        .part(give_up)
        .part(why)
}

/// What kind of block it is, and whether it was done before.
pub fn kind(bench: Bench, key: Ask, text: &str) -> El {
    let done = move || bench.done.with(|done| done.contains(&key));
    el("p").class("kind").put(text).part(move || done().then(|| el("span").class("done").put(" · done ✓")))
}

fn field(shape: bool, typed: RwSignal<String>, verdict: RwSignal<Option<Verdict>>) -> El {
    let input = el("input")
        .set("type", "text")
        .set("autocomplete", "off")
        .set("aria-label", "Your answer")
        .on("input", move |event: Event| {
            typed.set(dom::value(&event));
            verdict.set(None);
        });
    if shape { input.set("placeholder", "4 × 3") } else { input.set("inputmode", "decimal") }
}

fn choices(
    key: Ask,
    options: &[(String, String)],
    typed: RwSignal<String>,
    verdict: RwSignal<Option<Verdict>>,
) -> El {
    let group = format!("choice-{}-{}-{}", key.0, key.1, key.2);
    let option = |(text, html): &(String, String)| {
        let chosen = text.clone();
        let choose = move |_: Event| {
            typed.set(chosen.clone());
            verdict.set(None);
        };
        let input =
            el("input").set("type", "radio").set("name", &group).set("value", text).on("change", choose);
        el("label").class("choice").put(input).put(el("span").html(html))
    };
    let legend = el("legend").class("sr-only").put("Your answer");
    el("fieldset").put(legend).put(options.iter().map(option).collect::<Vec<_>>())
}
