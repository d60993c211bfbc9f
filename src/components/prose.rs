use gradloom_lessons::{Block, LESSONS, Lesson, Step};
use leptos::prelude::*;

use super::icon::{self, icon};
use super::question::Ask;
use crate::address;
use crate::bench::bench;

/// The lesson's text: the current step in ink, the others paler.
#[component]
pub fn Prose() -> impl IntoView {
    let bench = bench();
    let lesson = Memo::new(move |_| bench.lesson.get());
    move || {
        let index = lesson.get();
        LESSONS.get(index).map(|lesson| view! { <LessonText index lesson /> })
    }
}

#[component]
fn LessonText(index: usize, lesson: &'static Lesson) -> impl IntoView {
    let steps =
        lesson.steps.iter().enumerate().map(|(i, step)| view! { <StepText index=i step /> }).collect_view();
    let neighbor = |index: Option<usize>, class: &'static str, path: &'static str| {
        let index = index?;
        let lesson = LESSONS.get(index)?;
        Some(view! {
            <a class=class href=address::of(index, 0)>
                {icon(path)}
                <span>{format!("{} · {}", lesson.number, lesson.title)}</span>
            </a>
        })
    };
    view! {
        <article class="prose" id="lesson" tabindex="-1" data-testid="lesson">
            <p class="eyebrow">{lesson.group}</p>
            <h1>{lesson.title}</h1>
            <p class="lede">{lesson.goal}</p>
            {steps}
            <nav class="onward" aria-label="Neighboring lessons">
                {neighbor(index.checked_sub(1), "previous", icon::PREVIOUS)}
                {neighbor(index.checked_add(1), "next", icon::NEXT)}
            </nav>
        </article>
    }
}

#[component]
fn StepText(index: usize, step: &'static Step) -> impl IntoView {
    let bench = bench();
    let current = Memo::new(move |_| bench.step.get() == index);
    let choose = move || {
        if !current.get_untracked() {
            bench.step.set(index);
            address::write(bench.lesson.get_untracked(), index);
        }
    };
    let blocks = step
        .blocks
        .iter()
        .map(|block| match block {
            Block::Html(html) => view! { <div class="text" inner_html=*html></div> }.into_any(),
            Block::Predict(question) => view! { <Ask question predict=true /> }.into_any(),
            Block::Exercise(question) => view! { <Ask question predict=false /> }.into_any(),
        })
        .collect_view();
    // Clicking anywhere or reaching something in it with the keyboard makes a step the current one.
    view! {
        <section
            class="step"
            class:on=current
            data-testid="step-text"
            aria-current=move || current.get().then_some("step")
            on:click=move |_| choose()
            on:focusin=move |_| choose()
        >
            <h2>
                <button type="button">{format!("{} · {}", index + 1, step.title)}</button>
            </h2>
            {blocks}
        </section>
    }
}
