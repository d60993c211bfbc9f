use std::sync::Arc;

use gradloom_lessons::{Block, Content, LESSONS, Lesson, Step};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::challenge::challenge;
use super::icon::{self, icon};
use super::points::field_of_points;
use super::question::ask;
use crate::address;
use crate::bench::{Ask, Bench};
use crate::ui::{El, button, effect, el, on_window};

/// The lesson's text: the current step in ink, the others paler.
pub fn prose(bench: Bench) -> El {
    let text = move || {
        let index = bench.lesson.get();
        let content = bench.content.get();
        LESSONS.get(index).map_or_else(Vec::new, |lesson| lesson_text(bench, index, lesson, content))
    };
    let article =
        el("article").class("prose").set("id", "lesson").set("tabindex", "-1").test("lesson").part(text);
    if let Some(element) = article.is::<web_sys::Element>() {
        let resized = element.clone();
        on_window("resize", move |_: web_sys::Event| reach_formulas(resized.clone()));
        // An address that names a later step shows it; another lesson begins at its top.
        effect(move || {
            let arrived = bench.content.with(Option::is_some);
            let step = bench.step.get_untracked();
            if arrived {
                element.set_scroll_top(0);
                reach_formulas(element.clone());
                if step > 0 {
                    show_step(step);
                }
            }
        });
    }
    article
}

/// A formula that is wider than its column scrolls, with the keyboard as well.
fn reach_formulas(article: web_sys::Element) {
    request_animation_frame(move || {
        let Ok(formulas) = article.query_selector_all("math[display=block]") else { return };
        for i in 0..formulas.length() {
            let Some(formula) = formulas.item(i).and_then(|node| node.dyn_into::<web_sys::Element>().ok())
            else {
                continue;
            };
            // Neither is refused: the name is one, and what is not there may be removed.
            let _ = match formula.scroll_width() > formula.client_width() {
                true => formula.set_attribute("tabindex", "0"),
                false => formula.remove_attribute("tabindex"),
            };
        }
    });
}

/// Scrolls to a step, once it is laid out.
pub fn show_step(step: usize) {
    request_animation_frame(move || {
        if let Some(step) = document().get_element_by_id(&format!("step-{step}")) {
            step.scroll_into_view();
        }
    });
}

fn lesson_text(
    bench: Bench,
    index: usize,
    lesson: &'static Lesson,
    content: Option<Arc<Content>>,
) -> Vec<El> {
    let neighbor = |index: Option<usize>, class: &str, path: &str| {
        let index = index?;
        let lesson = LESSONS.get(index)?;
        let words = match lesson.is_playground() {
            true => lesson.title.into(),
            false => format!("{} · {}", lesson.number, lesson.title),
        };
        let link = el("a").class(class).test(class).set("href", address::of(index, 0));
        Some(link.put(icon(path)).put(el("span").put(words)))
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
    match content {
        Some(content) => {
            let steps = content.steps.iter().enumerate();
            parts.extend(steps.map(|(i, step)| step_text(bench, index, i, step, &content)));
        }
        None => parts.push(el("p").class("hint").set("role", "status").put("The lesson is on its way.")),
    }
    parts.push(onward);
    parts
}

fn step_text(bench: Bench, lesson: usize, index: usize, step: &Step, content: &Content) -> El {
    let current = move || bench.step.get() == index;
    let choose = move || bench.go_to_step(index);
    let block = |(i, block): (usize, &Block)| {
        let key: Ask = (lesson as u16, index as u16, i as u16);
        match block {
            Block::Html(html) => el("div").class("text").html(html),
            Block::Program { program, caption } => {
                let file = content.programs.get(*program as usize).map_or("", |program| &program.file);
                program_card(bench, *program as usize, file, caption)
            }
            Block::Points(points) => {
                let file = content.programs.get(points.program as usize).map_or("", |program| &program.file);
                let card = program_card(bench, points.program as usize, file, &points.caption);
                el("div").class("with-points").put(card).put(field_of_points(bench, points))
            }
            Block::Predict(question) => ask(bench, key, question, true),
            Block::Exercise(question) => ask(bench, key, question, false),
            Block::Code(code) => challenge(bench, key, code),
        }
    };
    let blocks: Vec<El> = step.blocks.iter().enumerate().map(block).collect();
    let title = button("").put(format!("{} · {}", index + 1, step.title));
    // Clicking anywhere or reaching something in it with the keyboard makes a step the current one.
    el("section")
        .class("step")
        .set("id", format!("step-{index}"))
        .toggle("on", current)
        .test("step-text")
        .live("aria-current", move || current().then_some("step"))
        .click(choose)
        .on("focusin", move |_: web_sys::Event| choose())
        .put(el("h2").put(title))
        .put(blocks)
}

/// A program that the lesson offers, to be opened in the cell.
fn program_card(bench: Bench, index: usize, file: &str, caption: &str) -> El {
    let open = memo_open(bench, index);
    let button = button("button")
        .live("disabled", move || open.get())
        .click(move || bench.open_program(index))
        .say(move || if open.get() { "In the cell" } else { "Open in the cell" });
    el("div")
        .class("program")
        .test("program")
        .set("data-file", file)
        .put(el("div").put(el("p").class("kind").put(file)).put(el("div").class("text").html(caption)))
        .put(button)
}

/// Whether this program of the lesson is in the cell.
pub fn memo_open(bench: Bench, index: usize) -> Memo<bool> {
    crate::ui::memo(move || bench.opened.with(|opened| opened.index == Some(index)))
}
