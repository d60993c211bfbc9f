use leptos::prelude::*;

use crate::bench::bench;

/// The pane shows the end of what was printed, about this many bytes of it.
const SHOWN: usize = 20_000;

/// What the program printed, and the traceback of its error.
#[component]
pub fn Output() -> impl IntoView {
    let bench = bench();
    let text = Memo::new(move |_| {
        bench.view.with(|view| {
            let total: usize = view.output.iter().map(|printed| printed.text.len()).sum();
            let mut skip = total.saturating_sub(SHOWN);
            let mut text = String::new();
            for printed in &view.output {
                if skip >= printed.text.len() {
                    skip -= printed.text.len();
                    continue;
                }
                let mut from = std::mem::take(&mut skip);
                while !printed.text.is_char_boundary(from) {
                    from += 1;
                }
                text.push_str(printed.text.get(from..).unwrap_or_default());
            }
            (total > SHOWN, text)
        })
    });
    let cut = move || text.with(|(cut, _)| *cut);
    let error = Memo::new(move |_| {
        bench.view.with(|view| {
            view.error.as_ref().map(|error| match error.traceback.is_empty() {
                true => format!("{}: {}", error.kind, error.message),
                false => error.traceback.trim_end().to_string(),
            })
        })
    });
    let empty = move || text.with(|(_, text)| text.is_empty()) && error.with(Option::is_none);
    view! {
        <section class="output" aria-label="Output" data-testid="output-pane" class:old=move || bench.stale()>
            <h2>"Output"</h2>
            <div aria-live="polite" tabindex="0" role="region" aria-label="Printed text">
                <Show when=cut>
                    <p class="hint">"Only the end of the output is shown."</p>
                </Show>
                <pre data-testid="output">{move || text.with(|(_, text)| text.clone())}</pre>
                {move || error.get().map(|error| view! { <pre class="error" data-testid="error">{error}</pre> })}
                <Show when=empty>
                    <p class="hint">"Nothing printed yet."</p>
                </Show>
            </div>
        </section>
    }
}
