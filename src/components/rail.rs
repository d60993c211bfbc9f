use gradloom_lessons::{LESSONS, Lesson};
use leptos::prelude::*;

use crate::address;
use crate::bench::Bench;
use crate::ui::{El, el};

/// The ladder: a rung for each lesson, in groups.
pub fn rail(bench: Bench) -> El {
    let rungs: Vec<El> = LESSONS
        .iter()
        .enumerate()
        .map(|(i, lesson)| {
            let before = i.checked_sub(1).and_then(|i| LESSONS.get(i));
            let first = before.is_some_and(|before| before.group != lesson.group);
            let rung = el("a")
                .class("rung")
                .set("href", address::of(i, 0))
                .set("title", lesson.title)
                .live("aria-label", move || label(bench, i, lesson))
                .toggle("done", move || matches!(bench.progress(i), (done, all) if done == all && all > 0))
                .toggle("begun", move || bench.progress(i).0 > 0)
                .live("aria-current", move || (bench.lesson.get() == i).then_some("page"))
                .put(if lesson.is_playground() { "▷".into() } else { lesson.number.to_string() });
            el("li").class(if first { "first" } else { "" }).put(rung)
        })
        .collect();
    el("nav").class("rail").set("aria-label", "Lessons").test("rail").put(el("ol").put(rungs))
}

fn label(bench: Bench, index: usize, lesson: &Lesson) -> String {
    let (done, all) = bench.progress(index);
    match lesson.is_playground() {
        true => lesson.title.into(),
        false => {
            format!("Lesson {}: {} ({}), {done} of {all} answered", lesson.number, lesson.title, lesson.group)
        }
    }
}
