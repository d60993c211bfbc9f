//! What of a run was made at once.

use gradloom_protocol::{DeviceChoice, Event};

use crate::session::Driven;

#[test]
fn what_one_call_of_a_library_makes_has_one_step() {
    let source = "import torch, torch.nn.functional as F\na = torch.ones(3)\nfor i in range(2):\n    F.cosine_similarity(a, a, dim=0)\n";
    let mut driven = Driven::new(source, DeviceChoice::Cpu);
    driven.run();
    let steps = driven.events.iter().filter_map(|e| match e {
        Event::Node(node) if node.span.line == 4 => Some((node.step, node.op.as_str())),
        _ => None,
    });
    let told: Vec<_> = steps.collect();
    let turns: Vec<_> = told.chunk_by(|a, b| a.0 == b.0).collect();
    let [first, second] = turns.as_slice() else { panic!("two turns, each of one step: {told:?}") };
    assert!(first.iter().filter(|(_, op)| *op == first[0].1).count() > 1, "it repeats an operator: {told:?}");
    assert!(first.iter().map(|it| it.1).eq(second.iter().map(|it| it.1)), "{told:?}");
}
