//! Refuses what is nested too deeply for a parser that recurses, before it is parsed.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer};

/// CPython's limit for brackets inside one another.
const BRACKETS: usize = 200;
/// CPython's limit for blocks inside one another.
const BLOCKS: usize = 100;
/// Operators that may stand inside one another.
const OPERATORS: usize = 400;

/// What is nested too deeply, with the line where that was noticed.
pub(super) fn check(source: &str) -> Result<(), (&'static str, u32)> {
    let mut lexer = lexer::lex(source, Mode::Module);
    // For each open bracket the operators since the last comma, and those that a comma does not end.
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    let mut operators = 0;
    let mut blocks = 0;
    let mut line = 1;
    loop {
        let kind = lexer.next_token();
        match kind {
            TokenKind::EndOfFile => return Ok(()),
            TokenKind::Lpar
            | TokenKind::Lsqb
            | TokenKind::Lbrace
            | TokenKind::FStringStart
            | TokenKind::TStringStart => {
                if let Some(top) = open.last_mut() {
                    top.0 += 1;
                }
                operators += 1;
                open.push((0, 0));
                if open.len() > BRACKETS {
                    return Err(("too many nested parentheses", line));
                }
            }
            TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd => {
                if open.len() > 1
                    && let Some((a, b)) = open.pop()
                {
                    operators -= a + b;
                }
            }
            TokenKind::Comma => {
                if let Some(top) = open.last_mut() {
                    operators -= top.0;
                    top.0 = 0;
                }
            }
            TokenKind::Newline | TokenKind::NonLogicalNewline => {
                line += 1;
                if kind == TokenKind::Newline {
                    open.truncate(1);
                    open[0] = (0, 0);
                    operators = 0;
                }
            }
            TokenKind::Semi if open.len() == 1 => {
                open[0] = (0, 0);
                operators = 0;
            }
            TokenKind::Indent => {
                blocks += 1;
                if blocks > BLOCKS {
                    return Err(("too many levels of indentation", line));
                }
            }
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            TokenKind::Lambda => {
                if let Some(top) = open.last_mut() {
                    top.1 += 1;
                    operators += 1;
                }
            }
            kind if nests(kind) => {
                if let Some(top) = open.last_mut() {
                    top.0 += 1;
                    operators += 1;
                }
            }
            _ => {}
        }
        if operators > OPERATORS {
            return Err(("expression too complex: more than 400 operators inside one another", line));
        }
    }
}

fn nests(kind: TokenKind) -> bool {
    kind.is_operator() && !matches!(kind, TokenKind::Colon | TokenKind::Comma | TokenKind::Rarrow)
        || matches!(
            kind,
            TokenKind::Not
                | TokenKind::If
                | TokenKind::Else
                | TokenKind::Await
                | TokenKind::Yield
                | TokenKind::And
                | TokenKind::Or
                | TokenKind::Is
                | TokenKind::In
                | TokenKind::For
                | TokenKind::Dot
                | TokenKind::Star
                | TokenKind::Match
                | TokenKind::String
        )
}
