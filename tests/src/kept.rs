//! What a page is told of memory: what nodes keep for the backward pass, how views lie, where parameters are.

use gradloom_protocol::{DeviceChoice, Event};

use crate::session::Driven;

/// As PyTorch has it: `mul` keeps both factors, `relu` its result, `add` nothing; `backward` frees them, and does not with
/// `retain_graph=True`.
#[test]
fn what_a_node_keeps_is_told_and_when_it_lets_go() {
    let program = |retain: &str| {
        format!(
            "import torch\na = torch.tensor([2., -1.], requires_grad=True)\nb = torch.tensor([3., 4.], requires_grad=True)\n\
             c = a * b\nd = c.relu()\ne = (d + 1).sum()\ne.backward({retain})\n"
        )
    };
    for (retain, freed) in [("", true), ("retain_graph=True", false)] {
        let mut driven = Driven::new(&program(retain), DeviceChoice::Cpu);
        driven.run();
        let saved = |name: &str| -> Vec<(u64, u64)> {
            let id = driven.named(name);
            let node = driven.events.iter().find_map(|e| match e {
                Event::Node(node) if node.id == id => Some(node),
                _ => None,
            });
            node.unwrap().saved.iter().map(|saved| (saved.tensor, saved.bytes)).collect()
        };
        let (a, b, d) = (driven.named("a"), driven.named("b"), driven.named("d"));
        assert_eq!(saved("c"), [(a, 8), (b, 8)]);
        assert_eq!(saved("d"), [(d, 8)]);
        assert_eq!(saved("e"), []);
        let let_go: Vec<u64> = driven
            .events
            .iter()
            .filter_map(|e| match e {
                Event::Backward(b) if b.freed => Some(b.node),
                _ => None,
            })
            .collect();
        let expected = if freed { vec![d, driven.named("c")] } else { Vec::new() };
        assert_eq!(let_go, expected, "{retain}");
    }
}

/// `a.t().stride()` is (1, 4), `a[:, 1].storage_offset()` is 1; what is written through the one is seen in the other.
#[test]
fn views_tell_where_they_lie_and_share_what_is_written() {
    let source = "import torch\na = torch.arange(12.).reshape(3, 4)\nt = a.t()\ncolumn = a[:, 1]\nb = torch.zeros(2)\ncolumn[0] = 100\n";
    let mut driven = Driven::new(source, DeviceChoice::Cpu);
    driven.run();
    let node = |name: &str| {
        let id = driven.named(name);
        let found = driven.events.iter().find_map(|e| match e {
            Event::Node(node) if node.id == id => Some(node),
            _ => None,
        });
        found.unwrap()
    };
    assert_eq!((node("t").strides.as_slice(), node("t").offset), (&[1, 4][..], 0));
    assert_eq!((node("column").strides.as_slice(), node("column").offset), (&[4][..], 1));
    assert_eq!(node("t").storage, node("a").storage);
    assert_ne!(node("b").storage, node("a").storage);
    let last = |name: &str| {
        let id = driven.named(name);
        driven.events.iter().rev().find_map(|e| match e {
            Event::Value { node, summary, .. } if *node == id => {
                Some(summary.numbers.iter().map(|x| x.0).collect::<Vec<_>>())
            }
            _ => None,
        })
    };
    assert_eq!(last("column"), Some(vec![100.0, 5.0, 9.0]));
    assert_eq!(last("a").unwrap()[..3], [0.0, 100.0, 2.0]);
    assert_eq!(last("t").unwrap()[3], 100.0);
}

/// As `model.named_parameters()` names them.
#[test]
fn parameters_of_modules_have_names() {
    let source = "import torch\nfrom torch import nn\nmodel = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))\n\
                  loss = model(torch.ones(1, 2)).sum()\nloss.backward()\n";
    let mut driven = Driven::new(source, DeviceChoice::Cpu);
    driven.run();
    let mut names: Vec<&str> = Vec::new();
    for event in &driven.events {
        if let Event::Bindings(bindings) = event {
            names.extend(bindings.iter().map(|b| b.name.as_str()).filter(|name| name.contains('.')));
        }
    }
    assert_eq!(names, ["model.0.weight", "model.0.bias", "model.2.weight", "model.2.bias"]);
}
