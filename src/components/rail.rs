use gradloom_lessons::LESSONS;
use leptos::prelude::*;

use crate::address;
use crate::bench::bench;

/// The ladder: a rung for each lesson, in groups.
#[component]
pub fn Rail() -> impl IntoView {
    let bench = bench();
    let rungs = LESSONS
        .iter()
        .enumerate()
        .map(|(i, lesson)| {
            let before = i.checked_sub(1).and_then(|i| LESSONS.get(i));
            let first = before.is_some_and(|before| before.group != lesson.group);
            let label = format!("Lesson {}: {} ({})", lesson.number, lesson.title, lesson.group);
            view! {
                <li class:first=first>
                    <a
                        class="rung"
                        href=address::of(i, 0)
                        title=lesson.title
                        aria-label=label
                        aria-current=move || (bench.lesson.get() == i).then_some("page")
                    >
                        {lesson.number}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <nav class="rail" aria-label="Lessons" data-testid="rail">
            <ol>{rungs}</ol>
        </nav>
    }
}
