use gradloom_lessons::{Question, Verdict};
use leptos::ev;
use leptos::prelude::*;

use crate::bench::bench;
use crate::dom;

/// A question with a number for its answer. A prediction is explained after any answer, an exercise after the right
/// one, or when the learner asks for it.
#[component]
pub fn Ask(question: &'static Question, predict: bool) -> impl IntoView {
    let bench = bench();
    let typed = RwSignal::new(String::new());
    let verdict = RwSignal::new(None::<Verdict>);
    let gave_up = RwSignal::new(false);
    let check = move |event: ev::SubmitEvent| {
        event.prevent_default();
        verdict.set(Some(question.check(&typed.get_untracked())));
    };
    let revealed = Memo::new(move |_| {
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
    let try_it = move |_| {
        if let Some(area) = bench.editor.get_untracked() {
            dom::type_over(&area, question.solution);
        }
    };
    let wrong = move || !predict && verdict.get() == Some(Verdict::Wrong) && !revealed.get();
    view! {
        <form class="ask" data-testid=if predict { "predict" } else { "exercise" } on:submit=check>
            <p class="kind">{if predict { "Predict, then reveal" } else { "Exercise" }}</p>
            <div class="text" inner_html=question.prompt></div>
            <div class="answer">
                <input
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    aria-label="Your answer"
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        verdict.set(None);
                    }
                />
                <button type="submit" class="button">"Check"</button>
                <p
                    class="verdict"
                    class:right=move || verdict.get() == Some(Verdict::Right)
                    role="status"
                >
                    {says}
                </p>
            </div>
            <Show when=wrong>
                <button type="button" class="link" on:click=move |_| gave_up.set(true)>"Show the answer"</button>
            </Show>
            <Show when=move || revealed.get()>
                <div class="text why" inner_html=question.explanation></div>
                <Show when=|| !question.solution.is_empty()>
                    <button type="button" class="link" on:click=try_it>"Put this program into the cell"</button>
                </Show>
            </Show>
        </form>
    }
}
