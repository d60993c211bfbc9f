//! The WGSL kernels, embedded, and what makes whole shaders of them.
//!
//! A kernel is a short file that names what is decided later in capitals (`ELEMENT`, `COMBINE`) and calls functions of
//! `common/` as if they were there. [`assemble`] puts in the one and adds the other.

use std::collections::HashMap;
use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The text of a kernel, by the name of its file without the ending.
pub fn source(name: &str) -> Option<&'static str> {
    KERNELS.iter().find(|(held, _)| *held == name).map(|(_, text)| *text)
}

/// What calls `element` in the kernels that define it: its file in [`COMMON`].
const ENTRY: &str = "entry";

/// A whole shader: `text`, each word in `defines` replaced, and in front of it the functions of [`COMMON`] that it calls,
/// and those that they call. A kernel that says what an invocation does, `fn element(i: u32)`, is given its entry point; one
/// whose workgroups work together has its own.
pub fn assemble(text: &str, defines: &[(&str, String)]) -> String {
    let mut body = replace_words(text, |word| {
        defines.iter().find(|(name, _)| *name == word).map(|(_, replacement)| replacement.as_str())
    });
    if body.contains("fn element(") {
        let entry = COMMON.iter().find(|(name, _)| *name == ENTRY);
        body.push_str(entry.map_or("", |(_, text)| text));
    }
    let mut wanted: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = words(&body).collect();
    while let Some(word) = open.pop() {
        if let Some((name, function)) = functions().get_key_value(word)
            && !wanted.contains(name)
        {
            wanted.push(name);
            open.extend(words(function));
        }
    }
    let mut shader = String::new();
    for name in wanted {
        shader.push_str(functions()[name]);
        shader.push('\n');
    }
    shader.push_str(&body);
    shader
}

/// The functions of [`COMMON`] by name.
fn functions() -> &'static HashMap<&'static str, &'static str> {
    static FUNCTIONS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let called = || COMMON.iter().filter(|(name, _)| *name != ENTRY);
    FUNCTIONS.get_or_init(|| called().flat_map(|(_, text)| split(text)).collect())
}

/// Cuts a file into its functions: each starts with `fn` at the start of a line.
fn split(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let starts = text.match_indices("fn ").map(|(at, _)| at);
    let starts: Vec<usize> = starts.filter(|&at| at == 0 || text[..at].ends_with('\n')).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let named = starts.iter().zip(ends).filter_map(|(&start, end)| {
        let function = &text[start..end];
        Some((words(function).nth(1)?, function))
    });
    named.collect()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_word(c)).filter(|word| !word.is_empty())
}

fn replace_words<'a>(text: &str, replacement: impl Fn(&str) -> Option<&'a str>) -> String {
    let mut result = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_word(c)).unwrap_or(word.len()));
        result.push_str(before);
        result.push_str(replacement(word).unwrap_or(word));
        rest = after;
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_bring_their_functions_and_no_others() {
        let shader = assemble("let y = VALUE;\n", &[("VALUE", "tanh_(x)".to_owned())]);
        for name in ["fn tanh_(", "fn exp_(", "fn scale(", "fn inf("] {
            assert_eq!(shader.matches(name).count(), 1, "{name}");
        }
        assert!(!shader.contains("sin_"));
        assert!(shader.ends_with("let y = tanh_(x);\n"));
    }

    #[test]
    fn every_kernel_has_one_entry_point() {
        for (name, text) in KERNELS {
            assert_eq!(assemble(text, &[]).matches("fn main(").count(), 1, "{name}");
        }
    }

    #[test]
    fn every_common_function_is_valid() {
        let names: Vec<&str> = functions().keys().copied().collect();
        assert!(names.len() > 50, "{}", names.len());
        for name in names {
            let called = assemble(name, &[]);
            let shader = called.trim_end().trim_end_matches(name);
            let module = naga::front::wgsl::parse_str(shader)
                .unwrap_or_else(|error| panic!("{name}: {}", error.emit_to_string(shader)));
            let mut validator = naga::valid::Validator::new(
                naga::valid::ValidationFlags::all(),
                naga::valid::Capabilities::empty(),
            );
            validator.validate(&module).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        }
    }
}
