//! Lesson and step in the page's address: `#/expression/2`.

use gradloom_lessons::LESSONS;
use wasm_bindgen::JsValue;

/// The indices of lesson and step in the address; the first ones where it names none.
pub fn read() -> (usize, usize) {
    let hash = leptos::prelude::window().location().hash().unwrap_or_default();
    parse(&hash)
}

fn parse(hash: &str) -> (usize, usize) {
    let mut parts = hash.trim_start_matches(['#', '/']).split('/');
    let slug = parts.next().unwrap_or_default();
    let Some(lesson) = LESSONS.iter().position(|lesson| lesson.slug == slug) else { return (0, 0) };
    let steps = LESSONS.get(lesson).map_or(0, |lesson| lesson.steps.len());
    let step = parts.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1);
    (lesson, step.clamp(1, steps.max(1)) - 1)
}

/// The address of a lesson's step.
pub fn of(lesson: usize, step: usize) -> String {
    let slug = LESSONS.get(lesson).map_or("", |lesson| lesson.slug);
    if step == 0 { format!("#/{slug}") } else { format!("#/{slug}/{}", step + 1) }
}

/// Writes the step into the address without a new entry in the history.
pub fn write(lesson: usize, step: usize) {
    let Ok(history) = leptos::prelude::window().history() else { return };
    // Refused only for documents without an address of their own.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&of(lesson, step)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_lesson_and_step() {
        assert_eq!(parse("#/expression/2"), (0, 1));
        assert_eq!(parse("#/expression"), (0, 0));
        assert_eq!(of(0, 0), "#/expression");
        assert_eq!(of(0, 2), "#/expression/3");
    }

    #[test]
    fn unknown_addresses_lead_to_the_first_lesson() {
        for hash in ["", "#", "#/nowhere/7", "#/expression/0", "#/expression/x"] {
            assert_eq!(parse(hash), (0, 0), "{hash}");
        }
        let last = LESSONS[0].steps.len() - 1;
        assert_eq!(parse("#/expression/999"), (0, last));
    }
}
