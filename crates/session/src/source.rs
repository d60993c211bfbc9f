//! Places in the program's text.

use gradloom_engine::{CallSite, Site};
use gradloom_protocol::{Frame, Span};

/// The program's text with the starts of its lines.
pub struct Source {
    text: String,
    lines: Vec<usize>,
}

impl Source {
    /// Of a text.
    pub fn new(text: String) -> Source {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Source { text, lines }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The last line, from 1, on which something stands that is no comment.
    pub fn last_line(&self) -> u32 {
        let stands = |text: &str| !text.trim().is_empty() && !text.trim_start().starts_with('#');
        let lines = self.text.lines().zip(1..);
        lines.filter(|(text, _)| stands(text)).last().map_or(1, |(_, line)| line)
    }

    /// Line (from 1) and column (characters, from 0) of a byte.
    fn position(&self, byte: u32) -> (u32, u32) {
        let byte = (byte as usize).min(self.text.len());
        let line = self.lines.partition_point(|&start| start <= byte).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let column = self.text.get(start..byte).map_or(0, |t| t.chars().count());
        (line as u32, column as u32)
    }

    /// Whether the block that begins at this line, from 1, calls `backward`, itself or in a function of the program.
    pub fn trains(&self, line: u32) -> bool {
        let body = self.block(line);
        let calls = |name: &str| body.contains(&format!("{name}("));
        calls(".backward") || self.trainers().any(calls)
    }

    /// The functions of the program that call `backward`.
    fn trainers(&self) -> impl Iterator<Item = &str> {
        let lines = self.text.lines().zip(1..);
        lines.filter_map(|(text, line)| {
            let (name, _) = text.trim_start().strip_prefix("def ")?.split_once('(')?;
            self.block(line).contains(".backward(").then_some(name.trim())
        })
    }

    /// The lines below a line that are indented more, and the line itself.
    fn block(&self, line: u32) -> &str {
        let start = self.lines.get(line.saturating_sub(1) as usize).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or_default();
        let depth = |text: &str| text.len() - text.trim_start().len();
        let own = rest.lines().next().map_or(0, depth);
        let inside = |text: &&str| text.trim().is_empty() || depth(text) > own;
        let length: usize = rest.split_inclusive('\n').skip(1).take_while(inside).map(str::len).sum();
        let first = rest.split_inclusive('\n').next().map_or(0, str::len);
        rest.get(..first + length).unwrap_or_default()
    }

    /// The span of two bytes.
    pub fn span(&self, start: u32, end: u32) -> Span {
        let ((line, column), (end_line, end_column)) = (self.position(start), self.position(end));
        Span { start, end, line, column, end_line, end_column }
    }
}

/// The call stack of a site, outermost first.
pub fn frames(site: &Site) -> Vec<Frame> {
    let mut frames = Vec::new();
    let mut line = site.line;
    let mut level: Option<&CallSite> = site.stack.as_deref();
    while let Some(call) = level {
        frames.push(Frame { function: call.function.clone(), line });
        line = call.line;
        level = call.caller.as_deref();
    }
    frames.push(Frame { function: "<module>".to_owned(), line });
    frames.reverse();
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = Source::new("é = 1\nb = é + 2\n".to_owned());
        let span = source.span(11, 13);
        assert_eq!((span.line, span.column, span.end_line, span.end_column), (2, 4, 2, 5));
    }

    #[test]
    fn a_loop_trains_if_its_block_or_what_it_calls_goes_backward() {
        let text = "def step(x):\n    x.backward()\n\nfor i in range(3):\n    a = i\n\n    if a:\n        b.backward()\nfor i in range(3):\n    step(i)\nfor i in range(3):\n    print(i)\n";
        let source = Source::new(text.to_owned());
        assert_eq!([4, 9, 11].map(|line| source.trains(line)), [true, true, false]);
        assert_eq!(
            [0, 99].map(|line| source.trains(line)),
            [true, false],
            "the first line is the function's"
        );
    }

    #[test]
    fn frames_come_outermost_first() {
        let outer = std::rc::Rc::new(CallSite { function: "train".to_owned(), line: 9, caller: None });
        let inner = CallSite { function: "step".to_owned(), line: 5, caller: Some(outer) };
        let site = Site { start: 0, end: 0, line: 2, step: 0, stack: Some(std::rc::Rc::new(inner)) };
        let named: Vec<_> = frames(&site).into_iter().map(|f| (f.function, f.line)).collect();
        assert_eq!(named, [("<module>".into(), 9), ("train".into(), 5), ("step".into(), 2)]);
    }
}
