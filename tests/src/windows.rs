//! Windows that slide: what the session tells of their steps.

use gradloom_protocol::{Command, DeviceChoice, Event, Moves};
use gradloom_session::{Next, Session};

#[test]
fn a_window_is_told_with_its_steps() {
    let source = "import torch, torch.nn.functional as F\nx = torch.zeros(1, 2, 6, 5)\n\
                  F.conv2d(x, torch.zeros(4, 1, 3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2), groups=2)\n\
                  F.avg_pool1d(x[0], 2, ceil_mode=True, count_include_pad=False)\n";
    let mut session = Session::new(Err("not asked for".to_owned()), || 0.0);
    let (file, source) = ("program.py".to_owned(), source.to_owned());
    session.handle(Command::Load { run: 1, file, source, device: DeviceChoice::Cpu, seed: Some(1) });
    session.handle(Command::Run { run: 1 });
    while session.advance() != Next::Idle {}
    let events = session.take_events();
    let told =
        events.iter().filter_map(|m| if let Event::Node(node) = &m.event { node.sliding } else { None });
    let told: Vec<_> =
        told.map(|s| (s.moves, s.kernel, [s.stride, s.padding, s.dilation], s.places)).collect();
    // The places are the planes of PyTorch's results: 3 × 3, and 3 on a line.
    let conv = (Moves::Convolution(2), [3, 2], [[2, 1], [1, 0], [1, 2]], [3, 3]);
    let mean = Moves::Mean { padded: false, divisor: None };
    assert_eq!(told, [conv, (mean, [1, 2], [[1, 2], [0, 0], [1, 1]], [1, 3])]);
}
