//! Markdown to HTML, formulas to MathML, and the marks of values and gradients.
//!
//! `$…$` and `$$…$$` are LaTeX. `[v: 3]` is a value, `[g: 2]` a gradient; in a formula `\v{3}` and `\g{2}`.

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset, html};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser as Latex, Storage, push_mathml};

/// The two marks: class, LaTeX command, a color that no formula uses and that MathML carries it in.
const MARKS: [(&str, &str, &str, &str); 2] = [
    ("v", "\\v{", "\\textcolor{#010203}{", " style=\"color: rgb(1 2 3)\""),
    ("g", "\\g{", "\\textcolor{#030201}{", " style=\"color: rgb(3 2 1)\""),
];

/// Code in running text that is shorter than this stays in one line, and longer code may be broken as in a narrow column.
const SHORT: usize = 13;
/// See [`SHORT`].
const LONG: usize = 24;

/// How a formula in a line begins and ends, and what keeps it and its neighbors in one line.
const FORMULA: &str = "<math display=\"inline\">";
const FORMULA_END: &str = "</math>";
const WHOLE: (&str, &str) = ("<span class=\"whole\">", "</span>");

/// The HTML of some Markdown whose first line is line `first` of its file; or the line and what is wrong there.
pub fn render(markdown: &str, first: usize) -> Result<String, (usize, String)> {
    let options = Options::ENABLE_MATH | Options::ENABLE_TABLES | Options::ENABLE_SMART_PUNCTUATION;
    let events = TextMergeWithOffset::new(Parser::new_ext(markdown, options).into_offset_iter());
    let mut out = Vec::new();
    let (mut in_code, mut in_cell, mut open) = (false, false, false);
    for (event, range) in events {
        let fault = |message: String| {
            let before = markdown.get(..range.start).unwrap_or_default();
            (first + before.matches('\n').count(), message)
        };
        match event {
            Event::Start(Tag::Heading { .. }) => {
                return Err(fault(
                    "inside a step there are no headings; a step begins with '## '".to_string(),
                ));
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                return Err(fault("HTML is not allowed here; write Markdown".to_string()));
            }
            Event::Start(Tag::Image { .. }) => return Err(fault("pictures are not supported".to_string())),
            Event::InlineMath(tex) => out.push(Event::InlineHtml(math(&tex, false).map_err(fault)?.into())),
            Event::DisplayMath(tex) => out.push(Event::InlineHtml(math(&tex, true).map_err(fault)?.into())),
            // An unbalanced formula is no formula to the Markdown parser.
            Event::Text(text) if !in_code && text.contains('$') => {
                return Err(fault(
                    "a '$' stands alone: a formula is not closed, or its braces do not match".into(),
                ));
            }
            Event::Text(text) if !in_code => marks(&text, &mut open, &mut out).map_err(fault)?,
            Event::Code(code) if !in_cell && code.chars().count() < SHORT && code.contains(' ') => {
                out.push(Event::InlineHtml(CowStr::from("<code class=\"whole\">")));
                out.push(Event::Text(code));
                out.push(Event::InlineHtml(CowStr::from("</code>")));
            }
            Event::Code(code) if in_cell || code.chars().count() > LONG => breakable(&code, &mut out),
            event => {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    Event::Start(Tag::TableCell) => in_cell = true,
                    Event::End(TagEnd::TableCell) if !open => in_cell = false,
                    Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) if open => {
                        return Err(fault("a mark [v: …] or [g: …] is not ended by ']'".to_string()));
                    }
                    _ => {}
                }
                out.push(event);
            }
        }
    }
    let mut page = String::new();
    html::push_html(&mut page, out.into_iter());
    Ok(together(page.trim_end()))
}

/// Code in a narrow column: a line may be broken after these signs, and nowhere else.
fn breakable<'a>(code: &str, out: &mut Vec<Event<'a>>) {
    let html = |html: &'static str| Event::InlineHtml(CowStr::from(html));
    out.push(html("<code>"));
    let mut parts = code.split_inclusive(['.', '(', ',', '=', '_']).peekable();
    while let Some(part) = parts.next() {
        out.push(Event::Text(CowStr::from(part.to_string())));
        // Not in a short name like `D_in` or `w.grad`, and not before a parenthesis.
        let short = part.ends_with(['_', '.']) && part.trim_start().chars().count() < 4;
        let bound = parts.peek().is_none_or(|next| next.starts_with(['(', ')']));
        out.extend((!short && !bound).then(|| html("<wbr>")));
    }
    out.push(html("</code>"));
}

/// A formula is a box to the browser, which breaks a line on either side of it: not so before the comma that follows.
fn together(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, from)) = rest.split_once(FORMULA)
        && let Some((formula, after)) = from.split_once(FORMULA_END)
    {
        let start = before.trim_end_matches(['(', '“']);
        let end = after.trim_start_matches(['.', ',', ';', ':', '!', '?', ')', '’', '”']);
        let lead = before.strip_prefix(start).unwrap_or_default();
        let trail = after.strip_suffix(end).unwrap_or_default();
        let (open, close) = if lead.len() + trail.len() > 0 { WHOLE } else { ("", "") };
        for part in [start, open, lead, FORMULA, formula, FORMULA_END, trail, close] {
            out.push_str(part);
        }
        rest = end;
    }
    out + rest
}

/// Text with `[v: …]` and `[g: …]` in it, as events. What is marked may hold code, emphasis and formulas, so that a
/// mark can begin in one text and end in a later one: `open` says whether one is.
fn marks<'a>(text: &str, open: &mut bool, out: &mut Vec<Event<'a>>) -> Result<(), String> {
    let mut rest = text;
    loop {
        let next = MARKS.iter().filter_map(|mark| Some((rest.find(&format!("[{}:", mark.0))?, mark.0))).min();
        let end = rest.find(']').filter(|end| *open && next.is_none_or(|(at, _)| *end < at));
        match (end, next) {
            (Some(at), _) => {
                out.push(plain(rest.get(..at)));
                out.push(Event::InlineHtml(CowStr::from("</span>")));
                *open = false;
                rest = rest.get(at + 1..).unwrap_or_default();
            }
            (None, Some(_)) if *open => {
                return Err("a mark inside a mark, or one without its ']'".to_string());
            }
            (None, Some((at, class))) => {
                out.push(plain(rest.get(..at)));
                out.push(Event::InlineHtml(CowStr::from(format!("<span class=\"{class}\">"))));
                *open = true;
                rest = rest.get(at + class.len() + 2..).unwrap_or_default().trim_start();
            }
            (None, None) => break,
        }
    }
    out.push(plain(Some(rest)));
    Ok(())
}

/// Text; a number like `1.6e-05` is not broken after its sign, and neither is a shape like `4 × 3` on its own.
fn plain<'a>(text: Option<&str>) -> Event<'a> {
    let text = between_digits(text.unwrap_or_default(), "e-", "e-\u{2060}");
    Event::Text(CowStr::from(between_digits(&text, " × ", "\u{a0}×\u{a0}")))
}

/// Where `sign` stands between two digits, `bound` instead.
fn between_digits(text: &str, sign: &str, bound: &str) -> String {
    let mut parts = text.split(sign);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let number =
            out.ends_with(|c: char| c.is_ascii_digit()) && part.starts_with(|c: char| c.is_ascii_digit());
        out.push_str(if number { bound } else { sign });
        out.push_str(part);
    }
    out
}

/// A formula as MathML.
fn math(tex: &str, display: bool) -> Result<String, String> {
    let mut source = tex.to_string();
    for (_, command, color, _) in MARKS {
        source = source.replace(command, color);
    }
    let storage = Storage::new();
    let events: Vec<_> = Latex::new(&source, &storage)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("the formula '{tex}' cannot be read: {error}"))?;
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut out = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    push_mathml(&mut out, events, config).map_err(|error| format!("the formula '{tex}': {error}"))?;
    for (class, _, _, style) in MARKS {
        out = out.replace(style, &format!(" class=\"{class}\""));
    }
    // A bar is a fence on either side, and never a sign between two things.
    for bar in ["|", "∥", "‖"] {
        let fence = format!("stretchy=\"false\" lspace=\"0\" rspace=\"0\">{bar}</mo>");
        out = out.replace(&format!("stretchy=\"false\">{bar}</mo>"), &fence);
    }
    // The comma of `8{,}010` belongs to the number, and takes no room of its own.
    Ok(out.replace("</mn><mrow><mo>,</mo></mrow><mn>", ","))
}
