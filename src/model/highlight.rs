//! Python's words in colors: line by line, with strings that span lines.

/// How a piece of a line is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Names, operators, spaces.
    Plain,
    /// `import`, `for`, `True`.
    Keyword,
    /// `2.`, `1e-6`.
    Number,
    /// `"text"`.
    Text,
    /// `# …`
    Comment,
}

impl Style {
    /// The class of its element.
    pub fn class(self) -> &'static str {
        match self {
            Style::Plain => "",
            Style::Keyword => "tk",
            Style::Number => "tn",
            Style::Text => "ts",
            Style::Comment => "tc",
        }
    }
}

const KEYWORDS: &str = " False None True and as assert async await break class continue def del elif else except \
    finally for from global if import in is lambda nonlocal not or pass raise return try while with yield ";

/// The pieces of every line, in order; joined they are the program.
pub fn lines(program: &str) -> Vec<Vec<(Style, String)>> {
    let mut open: Option<&'static str> = None;
    program.split('\n').map(|line| pieces(line, &mut open)).collect()
}

/// Whether a character may be part of a name. Beyond ASCII every one: telling letters from signs takes a large table, and
/// Python knows no sign there.
pub fn is_of_name(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric() || !c.is_ascii()
}

fn pieces(line: &str, open: &mut Option<&'static str>) -> Vec<(Style, String)> {
    let mut found: Vec<(Style, String)> = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let (style, length) = next(rest, open);
        let (piece, after) = rest.split_at_checked(length.max(1)).unwrap_or((rest, ""));
        match found.last_mut() {
            Some((last, text)) if *last == style => text.push_str(piece),
            _ => found.push((style, piece.into())),
        }
        rest = after;
    }
    found
}

/// Style and length in bytes of what `rest` starts with.
fn next(rest: &str, open: &mut Option<&'static str>) -> (Style, usize) {
    if let Some(quotes) = *open {
        let Some(end) = find_end(rest, quotes) else { return (Style::Text, rest.len()) };
        *open = None;
        return (Style::Text, end);
    }
    let first = rest.chars().next().unwrap_or(' ');
    if first == '#' {
        return (Style::Comment, rest.len());
    }
    let word = rest.chars().take_while(|c| is_of_name(*c)).map(char::len_utf8).sum::<usize>();
    let (prefix, quoted) = rest.split_at_checked(word).unwrap_or(("", rest));
    let is_prefix = prefix.len() <= 2 && prefix.chars().all(|c| "rRbBfFuU".contains(c));
    if is_prefix && quoted.starts_with(['"', '\'']) {
        for quotes in ["\"\"\"", "'''"] {
            if let Some(body) = quoted.strip_prefix(quotes) {
                let Some(end) = find_end(body, quotes) else {
                    *open = Some(quotes);
                    return (Style::Text, rest.len());
                };
                return (Style::Text, word + 3 + end);
            }
        }
        let quote = if quoted.starts_with('"') { "\"" } else { "'" };
        let body = quoted.get(1..).unwrap_or("");
        let end = find_end(body, quote).unwrap_or(body.len());
        return (Style::Text, word + 1 + end);
    }
    let point = first == '.' && rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    if first.is_ascii_digit() || point {
        let mut last = ' ';
        let length = rest
            .chars()
            .take_while(|c| {
                let exponent = matches!(last, 'e' | 'E') && matches!(c, '+' | '-');
                last = *c;
                c.is_ascii_alphanumeric() || matches!(c, '.' | '_') || exponent
            })
            .count();
        return (Style::Number, length);
    }
    if word > 0 {
        let keyword = KEYWORDS.split(' ').any(|k| k == prefix);
        return (if keyword { Style::Keyword } else { Style::Plain }, word);
    }
    (Style::Plain, first.len_utf8())
}

/// Where the text after an opening quote ends, its closing quote included.
fn find_end(body: &str, quotes: &str) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in body.char_indices() {
        if !escaped && body.get(i..)?.starts_with(quotes) {
            return Some(i + quotes.len());
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, style: Style) -> Vec<String> {
        lines(line).concat().into_iter().filter(|(s, _)| *s == style).map(|(_, text)| text).collect()
    }

    #[test]
    fn the_pieces_are_the_program() {
        for program in
            ["", "a = 'é\\'\n\"\"\"x\n# no\ny\"\"\" + 1e-6 # \"end\n", "f'{x}' if ü else 3.j\t", "\"\"\""]
        {
            let joined: Vec<String> = lines(program)
                .iter()
                .map(|line| line.iter().map(|(_, text)| text.as_str()).collect())
                .collect();
            assert_eq!(joined.join("\n"), program);
        }
    }

    #[test]
    fn words_numbers_strings_and_comments_are_told_apart() {
        assert_eq!(of("for i in range(10): pass  # for", Style::Keyword), ["for", "in", "pass"]);
        assert_eq!(of("x2 = 1e-6 * .5 + 2.", Style::Number), ["1e-6", ".5", "2."]);
        assert_eq!(of("print(f\"a#{b}\", 'c')", Style::Text), ["f\"a#{b}\"", "'c'"]);
        assert_eq!(of("a # \"b\"", Style::Comment), ["# \"b\""]);
        assert_eq!(of("a = '''x\n1 for\n''' + 1", Style::Number), ["1"]);
    }
}
