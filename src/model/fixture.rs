//! Events of lesson 1's program, by hand: `e = (a + b) * (b + 1)` at a = 2, b = 1.

use gradloom_protocol::{
    Backward, Binding, Contribution, DeviceInfo, Event, Input, Line, Node, NodeKind, Number, Span, Summary,
    Variable,
};

pub fn scalar(x: f64) -> Summary {
    Summary {
        shape: Vec::new(),
        dtype: "float32".into(),
        rows: 1,
        cols: 1,
        numbers: vec![Number(x)],
        exact: true,
        min: Number(x),
        max: Number(x),
        mean: Number(x),
        zeros: 0,
        nans: 0,
        text: format!("{x:?}"),
    }
}

pub fn node(id: u64, place: u64, op: &str, formula: &str, line: u32) -> Node {
    Node {
        id,
        kind: NodeKind::Tracked,
        op: op.into(),
        formula: formula.into(),
        inputs: Vec::new(),
        sliding: None,
        shape: Vec::new(),
        strides: Vec::new(),
        offset: 0,
        storage: 0,
        saved: Vec::new(),
        freed: false,
        dtype: "float32".into(),
        device: "cpu".into(),
        span: Span { line, end_line: line, ..Span::default() },
        step: id,
        stack: Vec::new(),
        pass: None,
        place,
    }
}

pub fn variable(name: &str, node: u64, grad: Option<u64>) -> Variable {
    Variable {
        name: name.into(),
        kind: "Tensor".into(),
        text: String::new(),
        node: Some(node),
        grad,
        line: 1,
    }
}

fn line(line: u32) -> Event {
    Event::Line(Line { line, stack: Vec::new(), pass: None })
}

fn made(node: Node, name: &str, x: f64) -> [Event; 3] {
    let (id, line) = (node.id, node.span.line);
    [
        Event::Node(node),
        Event::Value { node: id, summary: scalar(x), changed: String::new() },
        Event::Bindings(vec![Binding { name: name.into(), node: id, line }]),
    ]
}

fn handed_on(node: u64, step: u32, upstream: f64, to: &[(u64, f64, f64)]) -> Event {
    let contribution = |(input, (to, local, value)): (usize, &(u64, f64, f64))| Contribution {
        input: input as u32,
        to: *to,
        local: Some(scalar(*local)),
        rule: "g".into(),
        value: scalar(*value),
    };
    let contributions = to.iter().enumerate().map(contribution).collect();
    Event::Backward(Backward { node, upstream: scalar(upstream), contributions, freed: true, step, steps: 3 })
}

/// One backward pass from e; tensors 1, 2, 3, 5, 6 are a, b, c, d, e.
pub fn backward() -> Vec<Event> {
    vec![
        Event::BackwardStarted { node: 6, seed: scalar(1.0), steps: 3 },
        handed_on(6, 1, 1.0, &[(3, 2.0, 2.0), (5, 3.0, 3.0)]),
        handed_on(5, 2, 3.0, &[(2, 1.0, 3.0)]),
        handed_on(3, 3, 2.0, &[(1, 1.0, 2.0), (2, 1.0, 2.0)]),
        Event::Gradient { node: 1, arrived: scalar(2.0), total: scalar(2.0) },
        Event::Gradient { node: 2, arrived: scalar(5.0), total: scalar(5.0) },
        Event::BackwardFinished,
    ]
}

/// The whole run.
pub fn expression() -> Vec<Event> {
    let leaf = |id, line| Node { kind: NodeKind::Leaf, ..node(id, id, "tensor", "", line) };
    let of = |mut node: Node, inputs: &[Input]| {
        node.inputs = inputs.to_vec();
        node
    };
    let mut events = vec![
        Event::Loaded(DeviceInfo { default: "cpu".into(), gpu: None, reason: "no WebGPU".into() }),
        line(1),
        line(2),
    ];
    events.extend(made(leaf(1, 2), "a", 2.0));
    events.push(line(3));
    events.extend(made(leaf(2, 3), "b", 1.0));
    events.push(line(4));
    events.extend(made(of(node(3, 3, "add", "x + y", 4), &[Input::Node(1), Input::Node(2)]), "c", 3.0));
    events.push(line(5));
    let one = Input::Constant(Number(1.0));
    events.extend(made(of(node(5, 5, "add", "x + y", 5), &[Input::Node(2), one]), "d", 2.0));
    events.push(line(6));
    events.extend(made(of(node(6, 6, "mul", "x * y", 6), &[Input::Node(3), Input::Node(5)]), "e", 6.0));
    events.push(line(7));
    events.extend(backward());
    events.push(line(8));
    events.push(Event::Output { text: "tensor(2.) tensor(5.)\n".into(), line: 8, error: false });
    events.push(Event::Finished);
    events
}
