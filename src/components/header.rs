use leptos::prelude::*;

use super::device::Device;
use super::icon::{self, icon};
use crate::bench::bench;
use crate::store;

/// The line at the top: name, lesson, device, theme, help.
#[component]
pub fn Header(help: RwSignal<bool>) -> impl IntoView {
    let bench = bench();
    let title = move || bench.current_lesson().map_or("", |lesson| lesson.title);
    let number = move || {
        let number = bench.current_lesson().map_or(1, |lesson| lesson.number);
        format!("Lesson {number}")
    };
    let toggle = move |_| {
        let dark = !bench.dark.get_untracked();
        bench.dark.set(dark);
        store::set("theme", Some(if dark { "dark" } else { "light" }));
    };
    view! {
        <header class="top">
            <div class="brand">
                <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                    <path class="warp" d="M3 6c6 0 6 6 9 6s3-6 9-6"></path>
                    <path class="weft" d="M3 18c6 0 6-6 9-6s3 6 9 6"></path>
                    <circle cx="12" cy="12" r="2.4"></circle>
                </svg>
                <span>"Gradloom"</span>
            </div>
            <p class="crumb">
                <span>{number}</span>
                <span aria-hidden="true">"·"</span>
                <b>{title}</b>
            </p>
            <span class="space"></span>
            <Device />
            <button
                type="button"
                class="tool"
                data-testid="theme"
                aria-label=move || if bench.dark.get() { "Light colors" } else { "Dark colors" }
                title=move || if bench.dark.get() { "Light colors" } else { "Dark colors" }
                on:click=toggle
            >
                {move || if bench.dark.get() { icon(icon::SUN) } else { icon(icon::MOON) }}
            </button>
            <button
                type="button"
                class="tool"
                data-testid="help"
                aria-label="Keyboard shortcuts"
                title="Keyboard shortcuts (?)"
                on:click=move |_| help.set(true)
            >
                {icon(icon::HELP)}
            </button>
        </header>
    }
}
