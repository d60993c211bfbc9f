//! Draws a few computation graphs as one SVG file: `cargo run -p gradloom-diagram --example draw > graphs.svg`.
//! With `down` as an argument they run top down; with a name (see `main`) only that one is drawn.

use gradloom_diagram::{Diagram, Direction, Options, Refusal, Size};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// A program whose lines name their nodes.
struct Program {
    diagram: Diagram,
    names: Vec<String>,
    keys: BTreeMap<String, u64>,
}

impl Program {
    fn new(direction: Direction) -> Self {
        Self { diagram: Diagram::new(Options::new(direction)), names: Vec::new(), keys: BTreeMap::new() }
    }

    /// Runs lines such as `a`, `c = a b`; an input that is a number is a constant of its own.
    fn run(&mut self, lines: &str) -> Result<(), Refusal> {
        for line in lines.split([';', '\n']).map(str::trim) {
            let (name, inputs) = line.split_once('=').unwrap_or((line, ""));
            let mut keys = Vec::new();
            for input in inputs.split_whitespace() {
                keys.push(match self.keys.get(input) {
                    Some(&key) => key,
                    None => {
                        let key = self.name(input);
                        let (width, height) = (116.0, 40.0);
                        self.diagram.hold(key, Size { width, height })?;
                        key
                    }
                });
            }
            if !name.is_empty() {
                let key = self.name(name.trim());
                self.keys.insert(name.trim().to_string(), key);
                let width = if keys.is_empty() { 116.0 } else { 124.0 };
                self.diagram.add(key, Size { width, height: 64.0 }, &keys)?;
            }
        }
        Ok(())
    }

    fn name(&mut self, name: &str) -> u64 {
        self.names.push(name.to_string());
        self.names.len() as u64 - 1
    }

    fn svg(&self, text: &mut String, y: f32) -> f32 {
        let bounds = self.diagram.bounds();
        let shift = (-bounds.x, y - bounds.y);
        let _ = write!(text, "<g transform='translate{shift:?}'>");
        for (key, r) in self.diagram.nodes() {
            let dashes = if r.height < 64.0 { " stroke-dasharray='3 3'" } else { "" };
            let _ = write!(
                text,
                "<rect x='{}' y='{}' width='{}' height='{}' rx='10' fill='#fff' stroke='#c9c3b2'{dashes}/>\
                 <text x='{}' y='{}' font-family='monospace' font-size='14'>{}</text>",
                r.x,
                r.y,
                r.width,
                r.height,
                r.x + 14.0,
                r.y + 24.0,
                self.names.get(key as usize).map_or("", String::as_str),
            );
        }
        for edge in self.diagram.edges() {
            let p = edge.label();
            let _ = write!(
                text,
                "<path d='{}' fill='none' stroke='#8d8775' stroke-width='1.5'/>\
                 <path d='{}' fill='none' stroke='#b84a00' stroke-width='1.5' stroke-dasharray='5 4'/>\
                 <circle cx='{}' cy='{}' r='4' fill='#b84a00'/>",
                edge.path(),
                edge.path_offset(6.0),
                p.x,
                p.y,
            );
        }
        text.push_str("</g>");
        bounds.height
    }
}

const LESSON: &str = "a; b; c = a b; d = b 1; e = c d";

const RELU: &str = "x; y; w1; w2; h = x w1; h_relu = h; y_pred = h_relu w2; diff = y_pred y; square = diff; loss = square
    grad_y_pred = 2 diff; h_relu.T = h_relu; grad_w2 = h_relu.T grad_y_pred; w2.T = w2; grad_h_relu = grad_y_pred w2.T
    mask = h 0; grad_h = grad_h_relu mask; x.T = x; grad_w1 = x.T grad_h; step1 = 1e-6 grad_w1; w1' = w1 step1
    step2 = 1e-6 grad_w2; w2' = w2 step2";

const RESIDUAL: &str =
    "x; w1; b1; w2; b2; m1 = x w1; a1 = m1 b1; r1 = a1; m2 = r1 w2; a2 = m2 b2; s1 = a2 x; o1 = s1
    w3; w4; m3 = o1 w3; r3 = m3; m4 = r3 w4; s2 = m4 o1; o2 = s2; loss = o2";

const SHARED: &str = "w; x1; x2; x3; x4; h1 = w x1; t1 = h1; h2 = w x2; s2 = h2 t1; t2 = s2; h3 = w x3; s3 = h3 t2; t3 = s3; h4 = w x4
    s4 = h4 t3; t4 = s4; sq = w w; n = sq; loss = t4 n";

const POWERS: &str = "a; b; ab = a b; s = ab; p = a 2; e = s p; x; xx = x x; y = xx x; z = y x x";

/// A perceptron of `layers` layers, all its parameters made first.
fn perceptron(layers: usize) -> String {
    let mut lines = "x; t".to_string();
    for i in 1..=layers {
        let _ = write!(lines, "; w{i}; b{i}");
    }
    let mut last = "x".to_string();
    for i in 1..=layers {
        let _ = write!(lines, "; m{i} = {last} w{i}; z{i} = m{i} b{i}; a{i} = z{i}");
        last = format!("a{i}");
    }
    let _ = write!(lines, "; d = {last} t; sq = d d; loss = sq");
    lines
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let down = arguments.iter().any(|a| a == "down");
    let direction = if down { Direction::TopDown } else { Direction::LeftToRight };
    let wanted = arguments.iter().find(|a| *a != "down");
    let (mut body, mut y, mut width) = (String::new(), 0.0, 0.0_f32);
    let perceptron = perceptron(12);
    for (name, lines) in [
        ("lesson", LESSON),
        ("relu", RELU),
        ("residual", RESIDUAL),
        ("shared", SHARED),
        ("powers", POWERS),
        ("perceptron", perceptron.as_str()),
    ] {
        if wanted.is_none_or(|wanted| wanted == name) {
            let mut program = Program::new(direction);
            program.run(lines)?;
            y += program.svg(&mut body, y);
            width = width.max(program.diagram.bounds().width);
        }
    }
    let size = format!("width='{width}' height='{y}'");
    let paper = "<rect width='100%' height='100%' fill='#fbfaf6'/>";
    let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' {size}>{paper}{body}</svg>");
    std::io::stdout().write_all(svg.as_bytes())?;
    Ok(())
}
