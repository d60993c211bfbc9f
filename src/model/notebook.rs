//! A program as a Jupyter notebook (nbformat 4.5): one cell with its title, one with its code.

/// The notebook's text.
pub fn notebook(title: &str, program: &str) -> String {
    let lines = |text: &str| {
        let lines: Vec<String> = text.split_inclusive('\n').map(quoted).collect();
        lines.join(", ")
    };
    format!(
        "{{\"nbformat\": 4, \"nbformat_minor\": 5,\n \"metadata\": {{\"kernelspec\": {{\"display_name\": \"Python 3\", \
         \"language\": \"python\", \"name\": \"python3\"}}, \"language_info\": {{\"name\": \"python\"}}}},\n \"cells\": [\n  \
         {{\"cell_type\": \"markdown\", \"id\": \"title\", \"metadata\": {{}}, \"source\": [{}]}},\n  \
         {{\"cell_type\": \"code\", \"id\": \"program\", \"metadata\": {{}}, \"execution_count\": null, \"outputs\": [], \
         \"source\": [{}]}}\n ]}}\n",
        lines(&format!("# {title}")),
        lines(program.trim_end()),
    )
}

/// A text as JSON writes it.
pub fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            '\t' => json.push_str("\\t"),
            '\u{0}'..='\u{1f}' => json.push_str(&format!("\\u{:04x}", c as u32)),
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notebook_has_a_title_and_the_program() {
        let text = notebook("A \"lesson\"", "a = 1\nprint('\\n', a)\n");
        assert!(text.contains(r##""source": ["# A \"lesson\""]"##), "{text}");
        assert!(text.contains(r#""source": ["a = 1\n", "print('\\n', a)"]"#), "{text}");
        let depth = text
            .chars()
            .fold(0, |depth, c| depth + i32::from("{[".contains(c)) - i32::from("}]".contains(c)));
        assert_eq!(depth, 0);
    }

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(quoted("a\u{1}\té"), "\"a\\u0001\\té\"");
    }
}
