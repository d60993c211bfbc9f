//! The page's address: `#/expression/2?program=sine.py`, or `#/playground?code=…` with a shared program.

use gradloom_lessons::LESSONS;
use wasm_bindgen::JsValue;

/// What an address names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    /// Index of the lesson.
    pub lesson: usize,
    /// Index of its step.
    pub step: usize,
    /// The file of its program, where it is another than the first.
    pub program: Option<String>,
    /// A shared program, packed: see [`crate::pack`].
    pub code: Option<String>,
}

/// The address of the page; the first lesson where it names none.
pub fn read() -> Address {
    let hash = leptos::prelude::window().location().hash().unwrap_or_default();
    Address::parse(&hash)
}

impl Address {
    fn parse(hash: &str) -> Address {
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let mut parts = path.trim_start_matches(['#', '/']).split('/');
        let slug = parts.next().unwrap_or_default();
        let field = |name: &str| {
            let fields = query.split('&').filter_map(|field| field.split_once('='));
            let found = fields.into_iter().find(|(key, value)| *key == name && !value.is_empty());
            found.map(|(_, value)| value.to_string())
        };
        let lesson = LESSONS.iter().position(|lesson| lesson.slug == slug);
        let (lesson, step) = match lesson {
            Some(lesson) => (lesson, parts.next().and_then(|text| text.parse::<usize>().ok()).unwrap_or(1)),
            None => (0, 1),
        };
        let steps = LESSONS.get(lesson).map_or(0, |lesson| lesson.steps.len());
        Address {
            lesson,
            step: step.clamp(1, steps.max(1)) - 1,
            program: field("program"),
            code: field("code"),
        }
    }

    /// As text, from `#` on.
    pub fn text(&self) -> String {
        let slug = LESSONS.get(self.lesson).map_or("", |lesson| lesson.slug);
        let mut text = format!("#/{slug}");
        if self.step > 0 {
            text.push_str(&format!("/{}", self.step + 1));
        }
        let mut sign = '?';
        for (name, value) in [("program", &self.program), ("code", &self.code)] {
            if let Some(value) = value {
                text.push(sign);
                text.push_str(&format!("{name}={value}"));
                sign = '&';
            }
        }
        text
    }

    /// Writes it into the page's address without a new entry in the history.
    pub fn write(&self) {
        let Ok(history) = leptos::prelude::window().history() else { return };
        // Refused only for documents without an address of their own.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&self.text()));
    }
}

/// The address of a lesson's step.
pub fn of(lesson: usize, step: usize) -> String {
    Address { lesson, step, ..Address::default() }.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(hash: &str) -> (usize, usize) {
        let address = Address::parse(hash);
        (address.lesson, address.step)
    }

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

    #[test]
    fn programs_and_shared_code_are_read_back() {
        for text in [
            "#/expression/2?program=sine.py",
            "#/expression?code=a-b_c",
            "#/expression/3?program=a.py&code=x",
        ] {
            assert_eq!(Address::parse(text).text(), text);
        }
        assert_eq!(Address::parse("#/expression?code=").code, None);
    }
}
