//! ruff's diagnostics in CPython's words, where CPython has better known ones.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType};
use ruff_text_size::TextRange;

use super::Refusal;

/// CPython's class and wording for a parser's error.
pub(super) fn refusal(error: &ParseError, source: &str) -> Box<Refusal> {
    let range = error.location;
    let found = source.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default();
    let one = |range: TextRange| TextRange::at(range.start(), 1.into());
    let (class, message, range) = match &error.error {
        ParseErrorType::UnexpectedIndentation => {
            ("IndentationError", "unexpected indent".to_owned(), TextRange::empty(range.end()))
        }
        ParseErrorType::OtherError(text) if text.contains("indented block") => {
            ("IndentationError", indented(text, range, source), one(range))
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            ("IndentationError", "unindent does not match any outer indentation level".to_owned(), range)
        }
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            ("SyntaxError", unterminated(range, source), one(range))
        }
        ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => {
            ("SyntaxError", "unexpected character after line continuation character".to_owned(), range)
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            ("SyntaxError", format!("invalid character '{tok}' (U+{:04X})", *tok as u32), range)
        }
        ParseErrorType::FStringError(InterpolatedStringErrorType::UnclosedLbrace) => {
            ("SyntaxError", "f-string: expecting '}'".to_owned(), range)
        }
        ParseErrorType::FStringError(InterpolatedStringErrorType::SingleRbrace) => {
            ("SyntaxError", "f-string: single '}' is not allowed".to_owned(), range)
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, found: TokenKind::Equal } => {
            ("SyntaxError", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?".to_owned(), range)
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => {
            ("SyntaxError", "expected ':'".to_owned(), range)
        }
        ParseErrorType::InvalidAssignmentTarget => ("SyntaxError", target(found), range),
        ParseErrorType::InvalidDeleteTarget => {
            ("SyntaxError", format!("cannot delete {}", kind(found)), range)
        }
        ParseErrorType::InvalidAugmentedAssignmentTarget => (
            "SyntaxError",
            format!("'{}' is an illegal expression for augmented assignment", kind(found)),
            range,
        ),
        ParseErrorType::PositionalAfterKeywordArgument => {
            ("SyntaxError", "positional argument follows keyword argument".to_owned(), range)
        }
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            ("SyntaxError", "positional argument follows keyword argument unpacking".to_owned(), range)
        }
        ParseErrorType::NonDefaultParamAfterDefaultParam => {
            ("SyntaxError", "non-default argument follows default argument".to_owned(), range)
        }
        ParseErrorType::UnparenthesizedGeneratorExpression => {
            ("SyntaxError", "Generator expression must be parenthesized".to_owned(), range)
        }
        ParseErrorType::Lexical(LexicalErrorType::Eof)
        | ParseErrorType::ExpectedToken { .. }
        | ParseErrorType::ExpectedExpression
        | ParseErrorType::OtherError(_)
        | ParseErrorType::SimpleStatementsOnSameLine
        | ParseErrorType::SimpleAndCompoundStatementOnSameLine => {
            let (message, range) = invalid(range, source);
            ("SyntaxError", message, range)
        }
        other => ("SyntaxError", decapitalized(&other.to_string()), range),
    };
    Refusal::new(class, message, range)
}

/// What is wrong where something unexpected stands: a bracket that is not closed or not opened, or `print` without.
fn invalid(range: TextRange, source: &str) -> (String, TextRange) {
    let start = range.start().to_usize();
    let found = source.get(start..range.end().to_usize()).unwrap_or_default();
    if let Some(&(at, bracket)) = brackets(source).last() {
        return (format!("'{bracket}' was never closed"), TextRange::at((at as u32).into(), 1.into()));
    }
    if matches!(found, ")" | "]" | "}") {
        return (format!("unmatched '{found}'"), range);
    }
    let line_start = source.get(..start).and_then(|s| s.rfind('\n')).map_or(0, |i| i + 1);
    let line = source.get(line_start..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let statement = line.trim();
    if statement.starts_with("print ") {
        let at = line_start + line.len() - line.trim_start().len();
        let range = TextRange::at((at as u32).into(), (statement.len() as u32).into());
        return ("Missing parentheses in call to 'print'. Did you mean print(...)?".to_owned(), range);
    }
    ("invalid syntax".to_owned(), range)
}

/// ruff's message about a missing block, with the line of the statement that wants it.
fn indented(text: &str, range: TextRange, source: &str) -> String {
    let before = source.get(..range.start().to_usize()).unwrap_or_default();
    let lines: Vec<&str> = before.split('\n').collect();
    let line = lines.iter().enumerate().rev().skip(1).find(|(_, l)| {
        let l = l.trim();
        !l.is_empty() && !l.starts_with('#')
    });
    let line = line.map_or(1, |(i, _)| i + 1);
    format!("{} on line {line}", decapitalized(text).replace('`', "'"))
}

fn decapitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}

fn unterminated(range: TextRange, source: &str) -> String {
    let start = range.start().to_usize();
    let text = source.get(start..).unwrap_or_default();
    let line = source.get(..start).unwrap_or_default().matches('\n').count() + 1;
    let quoted = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") {
        let last = source.trim_end_matches('\n').matches('\n').count() + 1;
        format!("unterminated triple-quoted string literal (detected at line {last})")
    } else {
        format!("unterminated string literal (detected at line {line})")
    }
}

/// Brackets that are open at the end, with their places; strings and comments are left out roughly.
fn brackets(source: &str) -> Vec<(usize, char)> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut chars = source.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(q), c) if c == q || c == '\n' => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '#') => while chars.next_if(|&(_, c)| c != '\n').is_some() {},
            (None, '(' | '[' | '{') => open.push((at, c)),
            (None, ')' | ']' | '}') => drop(open.pop()),
            _ => {}
        }
    }
    open
}

fn kind(text: &str) -> &'static str {
    let text = text.trim();
    match text {
        "True" => return "True",
        "False" => return "False",
        "None" => return "None",
        _ => {}
    }
    let first = text.chars().next().unwrap_or(' ');
    if text.ends_with(')') && (first.is_alphabetic() || first == '_') {
        "function call"
    } else if first.is_ascii_digit() || first == '\'' || first == '"' {
        "literal"
    } else {
        "expression"
    }
}

fn target(text: &str) -> String {
    let kind = kind(text);
    match kind {
        "True" | "False" | "None" => format!("cannot assign to {kind}"),
        _ => format!("cannot assign to {kind} here. Maybe you meant '==' instead of '='?"),
    }
}
