//! ruff's diagnostics in CPython's words, where CPython has better known ones.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseError, ParseErrorType};
use ruff_text_size::TextRange;

use super::Refusal;

/// CPython's class and wording for a parser's error.
pub(super) fn refusal(error: &ParseError, source: &str) -> Refusal {
    let range = error.location;
    let found = source.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default();
    let (class, message) = match &error.error {
        ParseErrorType::UnexpectedIndentation => ("IndentationError", "unexpected indent".to_owned()),
        ParseErrorType::OtherError(text) if text.contains("indented block") => {
            ("IndentationError", decapitalized(text))
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            ("IndentationError", "unindent does not match any outer indentation level".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => ("SyntaxError", unterminated(range, source)),
        ParseErrorType::Lexical(LexicalErrorType::LineContinuationError) => {
            ("SyntaxError", "unexpected character after line continuation character".to_owned())
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
            ("SyntaxError", format!("invalid character '{tok}' (U+{:04X})", *tok as u32))
        }
        ParseErrorType::Lexical(LexicalErrorType::Eof) => ("SyntaxError", unclosed(source)),
        ParseErrorType::FStringError(InterpolatedStringErrorType::UnclosedLbrace) => {
            ("SyntaxError", "f-string: expecting '}'".to_owned())
        }
        ParseErrorType::FStringError(InterpolatedStringErrorType::SingleRbrace) => {
            ("SyntaxError", "f-string: single '}' is not allowed".to_owned())
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => ("SyntaxError", "expected ':'".to_owned()),
        ParseErrorType::ExpectedToken { expected: TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace, .. } => {
            ("SyntaxError", unclosed(source))
        }
        ParseErrorType::ExpectedToken { .. } | ParseErrorType::ExpectedExpression => {
            let keyword = matches!(found, "else" | "elif" | "except" | "finally");
            ("SyntaxError", if keyword { "invalid syntax".to_owned() } else { invalid(found, source) })
        }
        ParseErrorType::SimpleStatementsOnSameLine | ParseErrorType::SimpleAndCompoundStatementOnSameLine => {
            ("SyntaxError", "invalid syntax".to_owned())
        }
        ParseErrorType::InvalidAssignmentTarget => ("SyntaxError", target(found)),
        ParseErrorType::InvalidDeleteTarget => ("SyntaxError", format!("cannot delete {}", kind(found))),
        ParseErrorType::InvalidAugmentedAssignmentTarget => {
            ("SyntaxError", format!("'{}' is an illegal expression for augmented assignment", kind(found)))
        }
        ParseErrorType::PositionalAfterKeywordArgument => {
            ("SyntaxError", "positional argument follows keyword argument".to_owned())
        }
        ParseErrorType::PositionalAfterKeywordUnpacking => {
            ("SyntaxError", "positional argument follows keyword argument unpacking".to_owned())
        }
        ParseErrorType::NonDefaultParamAfterDefaultParam => {
            ("SyntaxError", "non-default argument follows default argument".to_owned())
        }
        ParseErrorType::UnparenthesizedGeneratorExpression => {
            ("SyntaxError", "Generator expression must be parenthesized".to_owned())
        }
        other => ("SyntaxError", decapitalized(&other.to_string())),
    };
    Refusal { class, message, range }
}

fn decapitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}

fn invalid(_found: &str, source: &str) -> String {
    if brackets(source).is_empty() { "invalid syntax".to_owned() } else { unclosed(source) }
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

/// Brackets that are open at the end, strings and comments left out roughly.
fn brackets(source: &str) -> Vec<char> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(chars.next()),
            (Some(q), c) if c == q || c == '\n' => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '#') => while chars.next_if(|&c| c != '\n').is_some() {},
            (None, '(' | '[' | '{') => open.push(c),
            (None, ')' | ']' | '}') => drop(open.pop()),
            _ => {}
        }
    }
    open
}

fn unclosed(source: &str) -> String {
    match brackets(source).last() {
        Some(bracket) => format!("'{bracket}' was never closed"),
        None => "invalid syntax".to_owned(),
    }
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
