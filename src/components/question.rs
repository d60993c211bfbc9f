use gradloom_lessons::{Question, Verdict};
use leptos::prelude::*;
use web_sys::Event;

use crate::bench::Bench;
use crate::dom;
use crate::model::number;
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
            verdict.set(Some(judge(question, &typed.get_untracked())));
        })
        .put(el("p").class("kind").put(if predict { "Predict, then reveal" } else { "Exercise" }))
        .put(el("div").class("text").html(question.prompt))
        .put(answer)
        .part(give_up)
        .part(why)
}

/// The verdict of [`Question::check`], reached with the page's own reading of numbers: the standard library's comes with
/// a table that is a twelfth of the page.
fn judge(question: &Question, typed: &str) -> Verdict {
    let text = typed.trim().replace('\u{2212}', "-").replace('_', "");
    let mut groups = text.split(',');
    let mut plain = groups.next().unwrap_or_default().to_string();
    for group in groups {
        // A comma separates thousands: "1,000" and "1,000.5", but neither "1,5" nor ",000".
        let digits = group.split(['.', 'e', 'E']).next().unwrap_or_default();
        if digits.len() != 3 || !plain.contains(|c: char| c.is_ascii_digit()) {
            return Verdict::NotANumber;
        }
        plain.push_str(group);
    }
    match number::parse(&plain) {
        None => Verdict::NotANumber,
        Some(given) if (given - question.answer).abs() <= question.tolerance => Verdict::Right,
        Some(_) => Verdict::Wrong,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_judged_as_the_lessons_judge_them() {
        let answer = 100_000.0;
        let question = Question { prompt: "", answer, tolerance: 0.5, explanation: "", solution: "" };
        let typed = [
            "100000",
            " 100,000 ",
            "1e5",
            "100_000.4",
            "100,000.4",
            "100001",
            "1,000",
            "-100000",
            "\u{2212}1e5",
            "many",
            "",
            "1,5",
            ",000",
            "100,000,00",
            "1e",
            "+100000",
        ];
        for typed in typed {
            assert_eq!(judge(&question, typed), question.check(typed), "{typed}");
        }
    }
}
