use gradloom_lessons::LESSONS;
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
                .set("aria-label", format!("Lesson {}: {} ({})", lesson.number, lesson.title, lesson.group))
                .live("aria-current", move || (bench.lesson.get() == i).then_some("page"))
                .put(lesson.number.to_string());
            el("li").class(if first { "first" } else { "" }).put(rung)
        })
        .collect();
    el("nav").class("rail").set("aria-label", "Lessons").test("rail").put(el("ol").put(rungs))
}
