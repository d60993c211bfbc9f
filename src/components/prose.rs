use gradloom_lessons::{Block, LESSONS, Lesson, Step};
use leptos::prelude::*;

use super::icon::{self, icon};
use super::question::ask;
use crate::address;
use crate::bench::Bench;
use crate::ui::{El, button, el, memo};

/// The lesson's text: the current step in ink, the others paler.
pub fn prose(bench: Bench) -> El {
    let lesson = memo(move || bench.lesson.get());
    let text = move || {
        let index = lesson.get();
        LESSONS.get(index).map_or_else(Vec::new, |lesson| lesson_text(bench, index, lesson))
    };
    el("article").class("prose").set("id", "lesson").set("tabindex", "-1").test("lesson").part(text)
}

fn lesson_text(bench: Bench, index: usize, lesson: &'static Lesson) -> Vec<El> {
    let neighbor = |index: Option<usize>, class: &str, path: &str| {
        let index = index?;
        let lesson = LESSONS.get(index)?;
        let words = el("span").put(format!("{} · {}", lesson.number, lesson.title));
        Some(el("a").class(class).set("href", address::of(index, 0)).put(icon(path)).put(words))
    };
    let onward = el("nav")
        .class("onward")
        .set("aria-label", "Neighboring lessons")
        .put(neighbor(index.checked_sub(1), "previous", icon::PREVIOUS))
        .put(neighbor(index.checked_add(1), "next", icon::NEXT));
    let mut parts = vec![
        el("p").class("eyebrow").put(lesson.group),
        el("h1").put(lesson.title),
        el("p").class("lede").put(lesson.goal),
    ];
    parts.extend(lesson.steps.iter().enumerate().map(|(i, step)| step_text(bench, i, step)));
    parts.push(onward);
    parts
}

fn step_text(bench: Bench, index: usize, step: &'static Step) -> El {
    let current = move || bench.step.get() == index;
    let choose = move || {
        if bench.step.get_untracked() != index {
            bench.step.set(index);
            address::write(bench.lesson.get_untracked(), index);
        }
    };
    let blocks: Vec<El> = step
        .blocks
        .iter()
        .map(|block| match block {
            Block::Html(html) => el("div").class("text").html(html),
            Block::Predict(question) => ask(bench, question, true),
            Block::Exercise(question) => ask(bench, question, false),
        })
        .collect();
    let title = button("").put(format!("{} · {}", index + 1, step.title));
    // Clicking anywhere or reaching something in it with the keyboard makes a step the current one.
    el("section")
        .class("step")
        .toggle("on", current)
        .test("step-text")
        .live("aria-current", move || current().then_some("step"))
        .click(choose)
        .on("focusin", move |_: web_sys::Event| choose())
        .put(el("h2").put(title))
        .put(blocks)
}
