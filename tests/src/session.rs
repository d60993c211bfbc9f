//! The session natively: what the page will be told.

use std::time::{SystemTime, UNIX_EPOCH};

use gradloom_protocol::{Command, DeviceChoice, Event, Granularity, Input, NodeKind, Number};
use gradloom_session::{Gpu, Next, Session};

fn seconds() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64()
}

/// A session with a program, and the events so far.
pub(crate) struct Driven {
    session: Session,
    /// The events so far.
    pub(crate) events: Vec<Event>,
    run: u32,
}

impl Driven {
    pub(crate) fn new(source: &str, device: DeviceChoice) -> Driven {
        let gpu = match device {
            DeviceChoice::Cpu => Err("not asked for".to_owned()),
            DeviceChoice::Gpu => pollster::block_on(Gpu::request()).map_err(|e| e.to_string()),
        };
        let mut driven = Driven { session: Session::new(gpu, seconds), events: Vec::new(), run: 0 };
        driven.load(source, device);
        driven
    }

    fn load(&mut self, source: &str, device: DeviceChoice) {
        self.run += 1;
        self.events.clear();
        let file = "program.py".to_owned();
        self.send(Command::Load { run: self.run, file, source: source.to_owned(), device, seed: Some(1) });
    }

    fn send(&mut self, command: Command) {
        self.session.handle(command);
        while self.advance() != Next::Idle {}
    }

    /// One slice.
    fn advance(&mut self) -> Next {
        let next = self.session.advance();
        if next == Next::Waiting {
            self.session.gpu().unwrap().flush();
            self.session.gpu().unwrap().wait();
        }
        self.events.extend(
            self.session.take_events().into_iter().inspect(|m| assert_eq!(m.run, self.run)).map(|m| m.event),
        );
        next
    }

    pub(crate) fn run(&mut self) {
        self.send(Command::Run { run: self.run });
    }

    fn step(&mut self) {
        self.send(Command::Step { run: self.run, granularity: Granularity::Into });
    }

    pub(crate) fn output(&self) -> String {
        self.events
            .iter()
            .filter_map(|e| if let Event::Output { text, .. } = e { Some(text.as_str()) } else { None })
            .collect()
    }

    /// The moments of the timeline, in short.
    fn moments(&self) -> Vec<String> {
        let name = |e: &Event| match e {
            Event::Line(l) => Some(format!("line {}", l.line)),
            Event::BackwardStarted { .. } => Some("started".to_owned()),
            Event::Backward(b) => Some(format!("node {}/{}", b.step, b.steps)),
            Event::BackwardFinished => Some("over".to_owned()),
            Event::Finished => Some("finished".to_owned()),
            Event::Failed(d) => Some(d.kind.clone()),
            _ => None,
        };
        self.events.iter().filter_map(name).collect()
    }

    /// The node that a name is bound to.
    pub(crate) fn named(&self, name: &str) -> u64 {
        let found = self.events.iter().rev().find_map(|e| match e {
            Event::Bindings(bindings) => bindings.iter().find(|b| b.name == name).map(|b| b.node),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("{name} is bound to no node"))
    }
}

fn lesson(slug: &str) -> String {
    gradloom_lessons::lesson(slug).unwrap().content().programs.swap_remove(0).source
}

fn first_lesson(device: DeviceChoice) {
    let mut driven = Driven::new(&lesson("expression"), device);
    assert_eq!(driven.moments(), ["line 1"], "loading goes to the first line");
    driven.run();
    let lines: Vec<String> = (1..=7).map(|l| format!("line {l}")).collect();
    let backward = ["started", "node 1/3", "node 2/3", "node 3/3", "over"].map(str::to_owned);
    let rest = ["line 8", "finished"].map(str::to_owned);
    assert_eq!(driven.moments(), [&lines[..], &backward, &rest].concat());

    let value = |name: &str| {
        let id = driven.named(name);
        driven.events.iter().find_map(|e| match e {
            Event::Value { node, summary, .. } if *node == id => Some(summary.numbers[0].0),
            _ => None,
        })
    };
    assert_eq!(["a", "b", "c", "d", "e"].map(value), [2.0, 1.0, 3.0, 2.0, 6.0].map(Some));

    let (a, b) = (driven.named("a"), driven.named("b"));
    let mut to_b = Vec::new();
    for event in &driven.events {
        if let Event::Backward(backward) = event {
            for c in &backward.contributions {
                let local = c.local.as_ref().unwrap().numbers[0].0;
                assert_eq!(
                    backward.upstream.numbers[0].0 * local,
                    c.value.numbers[0].0,
                    "upstream × local = contribution"
                );
                if c.to == b {
                    to_b.push(c.value.numbers[0].0);
                }
            }
        }
    }
    to_b.sort_by(f64::total_cmp);
    assert_eq!(to_b, [2.0, 3.0]);
    let total = |leaf: u64| {
        driven.events.iter().find_map(|e| match e {
            Event::Gradient { node, total, .. } if *node == leaf => Some(total.text.clone()),
            _ => None,
        })
    };
    assert_eq!((total(a), total(b)), (Some("2.0".into()), Some("5.0".into())));
    assert_eq!(driven.session.gpu().is_some(), device == DeviceChoice::Gpu);
}

#[test]
fn the_first_lesson_is_told_moment_by_moment() {
    first_lesson(DeviceChoice::Cpu);
    first_lesson(DeviceChoice::Gpu);
}

/// What the events say of a program with a function of its own and a hook.
const FUNCTION: &str = "\
import torch
class MyReLU(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.clamp(min=0)
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        g = g.clone()
        g[x < 0] = 0
        return g
x = torch.tensor([-1.0, 2.0], requires_grad=True)
y = MyReLU.apply(x * 3)
y.register_hook(lambda g: g * 10)
y.sum().backward()
";

#[test]
fn a_function_of_the_program_is_one_node() {
    let mut driven = Driven::new(FUNCTION, DeviceChoice::Cpu);
    driven.run();
    let node = |op: &str| {
        let found = driven.events.iter().find_map(|e| match e {
            Event::Node(n) if n.op == op => Some(n.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| panic!("no node {op}"))
    };
    let (function, product) = (node("MyReLU"), node("mul"));
    assert_eq!(function.kind, NodeKind::Tracked);
    assert_eq!(function.inputs, [Input::Node(product.id)]);
    assert_eq!(driven.named("y"), function.id);
    let backward = driven.events.iter().find_map(|e| match e {
        Event::Backward(b) if b.node == function.id => Some(b.clone()),
        _ => None,
    });
    let backward = backward.expect("the function's step is told");
    assert_eq!(backward.upstream.numbers, [10.0, 10.0].map(Number), "the hook's gradient arrives");
    let contribution = &backward.contributions[0];
    assert_eq!(
        (contribution.to, contribution.value.numbers.clone()),
        (product.id, [0.0, 10.0].map(Number).to_vec())
    );
    let moments = driven.moments();
    let at =
        |m: &str| moments.iter().position(|held| held == m).unwrap_or_else(|| panic!("{m} in {moments:?}"));
    assert!(at("node 1/3") < at("line 9") && at("line 12") < at("node 2/3"), "its lines run within the pass");
    let total = driven.events.iter().find_map(|e| match e {
        Event::Gradient { total, .. } => Some(total.numbers.clone()),
        _ => None,
    });
    assert_eq!(total, Some([0.0, 30.0].map(Number).to_vec()));
}

#[test]
fn a_write_through_a_view_is_drawn_at_what_it_shows() {
    let source = "import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\ny = x * 1\ny[0] = x[1]\n\
                  p = torch.zeros(2)\np[1] = 5\ny.sum().backward()\n";
    let mut driven = Driven::new(source, DeviceChoice::Cpu);
    driven.run();
    let written = driven.events.iter().find_map(|e| match e {
        Event::Node(n) if n.op == "copy_slices" => Some(n.id),
        _ => None,
    });
    assert_eq!(written, Some(driven.named("y")));
    let plain = driven.named("p");
    let changed = driven.events.iter().rev().find_map(|e| match e {
        Event::Value { node, summary, .. } if *node == plain => Some(summary.numbers.clone()),
        _ => None,
    });
    assert_eq!(changed, Some([0.0, 5.0].map(Number).to_vec()));
    let total = driven.events.iter().find_map(|e| match e {
        Event::Gradient { total, .. } => Some(total.numbers.clone()),
        _ => None,
    });
    assert_eq!(total, Some([0.0, 2.0].map(Number).to_vec()));
}

#[test]
fn stepping_tells_the_same_as_running() {
    let mut run = Driven::new(&lesson("expression"), DeviceChoice::Cpu);
    run.run();
    let mut stepped = Driven::new(&lesson("expression"), DeviceChoice::Cpu);
    let mut steps = 0;
    while !stepped.moments().contains(&"finished".to_owned()) {
        stepped.step();
        steps += 1;
        assert!(steps < 50, "stepping does not end: {:?}", stepped.moments());
    }
    let told = |d: &Driven| -> Vec<Event> {
        let kept = |e: &&Event| !matches!(e, Event::Paused(_) | Event::Progress(_) | Event::Stats(_));
        d.events.iter().filter(kept).cloned().collect()
    };
    assert_eq!(told(&run), told(&stepped));
    assert_eq!(steps, 13, "one step a moment after the first line");
}

/// The network of lesson 11 with fewer steps, so that the test is short: the numbers of the first steps are the same.
fn network(device: DeviceChoice) {
    let steps = if device == DeviceChoice::Gpu { 60 } else { 200 };
    let source = lesson("autograd-network").replace("range(500)", &format!("range({steps})"));
    let mut driven = Driven::new(&source, device);
    driven.run();
    let losses: Vec<f64> = driven
        .events
        .iter()
        .flat_map(|e| if let Event::Losses(points) = e { points.clone() } else { Vec::new() })
        .enumerate()
        .map(|(i, p)| {
            assert_eq!(p.step, i as u64, "no point is missing");
            p.value.0
        })
        .collect();
    assert_eq!(losses.len(), steps);
    assert!((1e7..6e7).contains(&losses[0]), "the loss starts at {}", losses[0]);
    assert!(losses[steps - 1] < losses[0] / 1e3, "the loss falls to {}", losses[steps - 1]);
    let count = |wanted: fn(&Event) -> bool| driven.events.iter().filter(|e| wanted(e)).count();
    assert_eq!(count(|e| matches!(e, Event::Condensed)), 1, "a long loop is condensed after its first pass");
    assert!(count(|e| matches!(e, Event::Line(_))) < 60);
    let last = driven.events.iter().rev().find_map(|e| if let Event::Pass(n) = e { Some(*n) } else { None });
    assert_eq!(last, Some(steps as u64 - 1), "the last pass is told again");
    let progress = driven
        .events
        .iter()
        .rev()
        .find_map(|e| if let Event::Progress(p) = e { Some((p.done, p.total)) } else { None });
    assert!(progress.is_some_and(|(_, total)| total == steps as u64));
    let places = |pass: u64| -> Vec<u64> {
        let node =
            |e: &Event| if let Event::Node(n) = e { (n.pass == Some(pass)).then_some(n.place) } else { None };
        driven.events.iter().filter_map(node).collect()
    };
    let (first, last) = (places(0), places(steps as u64 - 1));
    assert!(
        !last.is_empty() && last.iter().all(|p| first.contains(p)),
        "nodes keep their places: {first:?}, {last:?}"
    );
}

#[test]
fn a_network_is_told_in_short() {
    network(DeviceChoice::Cpu);
    network(DeviceChoice::Gpu);
}

#[test]
fn a_loss_computed_by_hand_is_told_exactly() {
    let source = lesson("numpy-network").replace("range(500)", "range(80)");
    let mut driven = Driven::new(&source, DeviceChoice::Cpu);
    driven.run();
    let told: Vec<String> = driven
        .events
        .iter()
        .flat_map(|e| if let Event::Losses(points) = e { points.clone() } else { Vec::new() })
        .map(|p| format!("{} {}", p.step, gradloom_python::float_repr(p.value.0)))
        .collect();
    let output = driven.output();
    assert_eq!(told, output.lines().collect::<Vec<_>>(), "what the program prints is what is plotted");
    assert_eq!(told.len(), 80);
}

#[test]
fn an_endless_loop_can_be_paused_and_stopped() {
    let mut driven = Driven::new("n = 0\nwhile True:\n    n += 1\n", DeviceChoice::Cpu);
    driven.session.handle(Command::Run { run: 1 });
    for _ in 0..200 {
        assert_eq!(driven.advance(), Next::Busy);
    }
    driven.send(Command::Pause { run: 1 });
    assert!(driven.events.iter().any(|e| matches!(e, Event::Paused(_))));
    let n = driven.events.iter().rev().find_map(|e| match e {
        Event::Variables(v) => v.iter().find(|v| v.name == "n").and_then(|v| v.text.parse::<u64>().ok()),
        _ => None,
    });
    assert!(n.is_some_and(|n| n > 1000), "{n:?}");
    driven.send(Command::Stop { run: 1 });
    assert_eq!(driven.events.last(), Some(&Event::Stopped));
    driven.load("print(1)\n", DeviceChoice::Cpu);
    driven.run();
    assert_eq!(driven.output(), "1\n");
}

#[test]
fn every_mistake_has_one_message_at_its_place() {
    let cases = [
        ("x = (1,\ny = 2\n", "SyntaxError", None),
        ("a = 1\nprint(alpha)\n", "NameError", Some(2)),
        ("import torch\na = torch.ones(2, 3)\nb = a + torch.ones(4)\n", "RuntimeError", Some(3)),
        ("def f():\n    return 1 / 0\nf()\n", "ZeroDivisionError", Some(2)),
    ];
    for (source, kind, line) in cases {
        let mut driven = Driven::new(source, DeviceChoice::Cpu);
        driven.run();
        let failures: Vec<_> = driven
            .events
            .iter()
            .filter_map(|e| if let Event::Failed(d) = e { Some(d.clone()) } else { None })
            .collect();
        assert_eq!(failures.len(), 1, "{source}");
        assert_eq!(failures[0].kind, kind, "{source}");
        assert!(!failures[0].message.is_empty() && failures[0].traceback.contains(kind));
        if line.is_some() {
            assert_eq!(failures[0].span.map(|s| s.line), line, "{source}");
        }
        driven.load("print('next')\n", DeviceChoice::Cpu);
        driven.run();
        assert_eq!(driven.output(), "next\n");
    }
    let mut empty = Driven::new("", DeviceChoice::Cpu);
    empty.run();
    assert_eq!(empty.events.last(), Some(&Event::Finished));
}

#[test]
fn files_stay_for_later_runs_and_what_is_written_is_told_once() {
    let mut driven = Driven::new("", DeviceChoice::Cpu);
    driven.send(Command::File { name: "a.txt".to_owned(), bytes: Some(b"one".to_vec()) });
    driven.load("f = open('b.txt', 'w')\nf.write(open('a.txt').read())\nf.write('!')\n", DeviceChoice::Cpu);
    driven.run();
    let told = |e: &&Event| matches!(e, Event::File { .. });
    let file =
        |name: &str, text: &str| Event::File { name: name.to_owned(), bytes: Some(text.as_bytes().to_vec()) };
    assert_eq!(driven.events.iter().filter(told).collect::<Vec<_>>(), [&file("b.txt", "one!")]);
    driven.load("print(open('./b.txt').read())\nopen('c.txt')\n", DeviceChoice::Cpu);
    driven.run();
    assert_eq!(driven.output(), "one!\n");
    assert_eq!(driven.events.iter().filter(told).count(), 0);
    let failed = driven.events.iter().find_map(|e| if let Event::Failed(d) = e { Some(d) } else { None });
    assert_eq!(failed.unwrap().help, "here are a.txt, b.txt");
}

#[test]
fn numbers_that_json_cannot_hold_are_words() {
    let json = serde_json::to_string(&[Number(f64::NAN), Number(f64::NEG_INFINITY), Number(0.5)]).unwrap();
    assert_eq!(json, r#"["nan","-inf",0.5]"#);
    let back: Vec<Number> = serde_json::from_str(&json).unwrap();
    assert!(back[0].0.is_nan() && back[1].0 == f64::NEG_INFINITY && back[2].0 == 0.5);
}
