//! The events of a run, its moments, and the view of any prefix.

use std::sync::Arc;

use gradloom_protocol::{Event, Granularity, Number, Point};

use super::view::View;

/// Events between two kept views: going back folds at most this many again.
const STRIDE: usize = 256;

/// What a tick of the timeline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A line of the program.
    Line,
    /// The backward pass has its first gradient.
    Seed,
    /// A node of the backward pass.
    Backward {
        /// Which, from 1.
        step: u32,
        /// Of how many.
        steps: u32,
    },
    /// The backward pass is over.
    Summed,
}

impl Kind {
    /// Whether it is a line, also one that starts a backward pass.
    fn is_line(self) -> bool {
        matches!(self, Kind::Line | Kind::Seed)
    }

    /// Whether it belongs to a backward pass.
    pub fn is_backward(self) -> bool {
        self != Kind::Line
    }
}

/// A tick of the timeline: a line together with what it did, or one node of a backward pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What it is.
    pub kind: Kind,
    /// The line, from 1.
    pub line: u32,
    /// How many functions deep, 1 for the file.
    pub depth: usize,
    /// Which pass of the training loop.
    pub pass: Option<u64>,
    /// Its first event.
    start: usize,
}

/// The events of one run so far.
///
/// Positions: 0 is before the first line; `p` is after everything that the `p`-th moment did. A session that waits
/// before a line has told of the line but not executed it: such a moment is not there yet.
#[derive(Clone, Debug, Default)]
pub struct Log {
    events: Vec<Event>,
    moments: Arc<Vec<Moment>>,
    /// Whether the newest moment has done something, or stands by itself.
    complete: bool,
    newest: View,
    kept: Vec<(usize, View)>,
}

impl Log {
    /// Takes one more event.
    pub fn push(&mut self, event: Event) {
        let start = self.events.len();
        let last = self.moments.last().map_or((0, None, 0), |last| (last.line, last.pass, last.depth));
        let (line, pass, depth) = last;
        let moment = |kind| Moment { kind, line, pass, depth, start };
        match &event {
            Event::Line(line) => {
                let depth = line.stack.len();
                let moment = Moment { kind: Kind::Line, line: line.line, pass: line.pass, depth, start };
                Arc::make_mut(&mut self.moments).push(moment);
                self.complete = false;
            }
            Event::BackwardStarted { .. } => {
                // A line that does nothing but start the pass is one tick with its start.
                let moments = Arc::make_mut(&mut self.moments);
                match moments.last_mut() {
                    Some(last) if !self.complete => last.kind = Kind::Seed,
                    _ => moments.push(moment(Kind::Seed)),
                }
                self.complete = true;
            }
            Event::Backward(backward) => {
                let kind = Kind::Backward { step: backward.step, steps: backward.steps };
                Arc::make_mut(&mut self.moments).push(moment(kind));
                self.complete = true;
            }
            Event::BackwardFinished => {
                Arc::make_mut(&mut self.moments).push(moment(Kind::Summed));
                self.complete = true;
            }
            Event::Pass(_)
            | Event::Node(_)
            | Event::Value { .. }
            | Event::Output { .. }
            | Event::Condensed
            | Event::Failed(_)
            | Event::Stopped
            | Event::Finished => self.complete = true,
            _ => {}
        }
        self.newest.apply(&event);
        self.events.push(event);
        if self.events.len().is_multiple_of(STRIDE) {
            self.kept.push((self.events.len(), self.newest.clone()));
        }
    }

    /// The view of all events.
    pub fn newest(&self) -> &View {
        &self.newest
    }

    /// All moments, the last of which may not be there yet: see [`Log::available`].
    pub fn moments(&self) -> Arc<Vec<Moment>> {
        self.moments.clone()
    }

    /// The last position.
    pub fn available(&self) -> usize {
        self.moments.len() - usize::from(!self.complete && !self.moments.is_empty())
    }

    /// The position after a step from one, as far as it has been told: before the next line that the step does not
    /// execute.
    pub fn after(&self, position: usize, granularity: Granularity) -> Option<usize> {
        let available = self.available();
        let depth = self.moments.get(position)?.depth;
        if position >= available {
            return None;
        }
        let stops = |moment: &Moment| match granularity {
            Granularity::Into => true,
            Granularity::Over => moment.kind.is_line() && moment.depth <= depth,
            Granularity::Out => moment.kind.is_line() && moment.depth < depth,
        };
        let next = self.moments.iter().enumerate().skip(position + 1).find(|(_, moment)| stops(moment));
        match next {
            Some((next, _)) => Some(next),
            // The step that ends the run.
            None => (granularity == Granularity::Into).then_some(position + 1),
        }
    }

    /// The last position of a pass.
    pub fn end_of_pass(&self, pass: u64) -> Option<usize> {
        let available = self.available();
        let later = |event: &Event| matches!(event, Event::Pass(next) if *next > pass);
        let Some(end) = self.events.iter().position(later) else { return Some(available) };
        // The line that begins the next pass, the head of the loop, is told before that pass.
        let before = self.moments.partition_point(|moment| moment.start <= end);
        Some(before.saturating_sub(1).min(available))
    }

    /// What the values and the gradients at a place were, one after the other: means, where they are no scalars.
    pub fn history(&self, place: u64) -> (Vec<Point>, Vec<Point>) {
        let (mut values, mut gradients) = (Vec::new(), Vec::new());
        let mut here = None;
        let add = |points: &mut Vec<Point>, x: Number| {
            points.push(Point { step: points.len() as u64, value: x });
        };
        for event in &self.events {
            match event {
                Event::Node(node) if node.place == place => here = Some(node.id),
                Event::Value { node, summary, .. } if here == Some(*node) => add(&mut values, summary.mean),
                Event::Gradient { node, total, .. } if here == Some(*node) => add(&mut gradients, total.mean),
                Event::Backward(backward) if here == Some(backward.node) => {
                    add(&mut gradients, backward.upstream.mean);
                }
                _ => {}
            }
        }
        (values, gradients)
    }

    /// How many events belong to a position.
    fn end(&self, position: usize) -> usize {
        self.moments.get(position).map_or(self.events.len(), |next| next.start)
    }

    /// The view at a position, clamped to the last one.
    pub fn view(&self, position: usize) -> View {
        let end = self.end(position.min(self.available()));
        if end == self.events.len() {
            return self.newest.clone();
        }
        let after = self.kept.partition_point(|(at, _)| *at <= end);
        let (from, mut view) = match after.checked_sub(1).and_then(|i| self.kept.get(i)) {
            Some((at, view)) => (*at, view.clone()),
            None => (0, View::default()),
        };
        for event in self.events.iter().take(end).skip(from) {
            view.apply(event);
        }
        view
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{Now, Stage, View};
    use super::super::{fixture, number};
    use super::*;
    use gradloom_protocol::{Input, Node, NodeKind};

    fn log() -> Log {
        let mut log = Log::default();
        fixture::expression().into_iter().for_each(|event| log.push(event));
        log
    }

    fn gradient(view: &View, name: &str) -> Option<String> {
        view.nodes.iter().find(|node| node.label() == name).and_then(|node| node.gradient_text())
    }

    fn value(view: &View, name: &str) -> Option<f64> {
        let node = view.nodes.iter().find(|node| node.label() == name)?;
        super::super::number::scalar(node.value.as_deref()?)
    }

    #[test]
    fn moments_are_lines_with_what_they_did_and_backward_nodes() {
        let log = log();
        let lines: Vec<_> = log.moments().iter().map(|m| (m.line, m.kind)).collect();
        let backward = |step| (7, Kind::Backward { step, steps: 3 });
        let mut expected: Vec<_> = (1..=6).map(|line| (line, Kind::Line)).collect();
        expected.extend([(7, Kind::Seed), backward(1), backward(2), backward(3), (7, Kind::Summed)]);
        expected.push((8, Kind::Line));
        assert_eq!(lines, expected);
        assert_eq!(log.available(), 12);
    }

    #[test]
    fn every_position_is_the_fold_of_its_prefix() {
        let log = log();
        for position in 0..=log.available() {
            let mut view = View::default();
            for event in log.events.iter().take(log.end(position)) {
                view.apply(event);
            }
            assert_eq!(log.view(position), view, "position {position}");
        }
    }

    #[test]
    fn values_flow_forward() {
        let log = log();
        assert_eq!(log.view(0).nodes.len(), 0);
        assert_eq!(log.view(0).line, 0);
        let c = log.view(4);
        assert_eq!((c.line, value(&c, "c"), value(&c, "d")), (4, Some(3.0), None));
        let e = log.view(6);
        assert_eq!((value(&e, "d"), value(&e, "e")), (Some(2.0), Some(6.0)));
        let node = e.nodes.last().expect("e");
        assert_eq!((e.made_from(node), e.made_from_values(node)), ("c * d".into(), "3 * 2".into()));
    }

    #[test]
    fn gradients_flow_back_and_add_up_at_b() {
        let log = log();
        let seed = log.view(7);
        assert_eq!(seed.now, Now::Seed(6));
        assert_eq!(gradient(&seed, "e").as_deref(), Some("1"));
        // d hands on first: it was made later.
        let d = log.view(9);
        assert_eq!(gradient(&d, "b").as_deref(), Some("3"));
        let c = log.view(10);
        assert_eq!(gradient(&c, "b").as_deref(), Some("2 + 3"));
        assert_eq!(gradient(&c, "a").as_deref(), Some("2"));
        let done = log.view(11);
        assert_eq!(gradient(&done, "b").as_deref(), Some("5"));
        assert_eq!(done.stage, Stage::Under);
        let end = log.view(12);
        assert_eq!(end.stage, Stage::Finished);
        assert_eq!(end.output.first().map(|o| o.text.as_str()), Some("tensor(2.) tensor(5.)\n"));
    }

    #[test]
    fn a_line_that_waits_is_not_there_yet() {
        let mut log = Log::default();
        let events = fixture::expression();
        // Loaded, then the first line.
        events.iter().take(2).cloned().for_each(|event| log.push(event));
        assert_eq!((log.moments().len(), log.available()), (1, 0));
        assert_eq!(log.view(0).line, 0);
        // Line 2 is announced: line 1 is done.
        log.push(events.get(2).cloned().expect("an event"));
        assert_eq!((log.available(), log.view(1).line), (1, 1));
    }

    #[test]
    fn a_later_pass_takes_the_places_of_the_earlier_one() {
        let mut log = log();
        log.push(Event::Pass(1));
        let mut again = fixture::node(20, 3, "add", "x + y", 4);
        again.pass = Some(1);
        log.push(Event::Node(again));
        let view = log.newest();
        assert_eq!(view.nodes.len(), 5);
        let node = view.at(3).expect("c's place");
        // Its name has not been bound again yet: it goes by the name of its place.
        assert_eq!((node.id, node.label(), node.value.is_none()), (20, "c", true));
    }

    #[test]
    fn steps_over_leave_out_backward_moments_and_calls() {
        let mut log = log();
        assert_eq!(log.after(6, Granularity::Into), Some(7));
        // Over the whole backward pass of line 7: before line 8.
        assert_eq!(log.after(6, Granularity::Over), Some(11));
        assert_eq!(log.after(11, Granularity::Into), Some(12));
        assert_eq!(log.after(12, Granularity::Over), None);
        let frame = |function: &str| gradloom_protocol::Frame { function: function.into(), line: 1 };
        let at = |line, calls: &[&str]| {
            let stack = calls.iter().map(|call| frame(call)).collect();
            Event::Line(gradloom_protocol::Line { line, stack, pass: None })
        };
        for event in [at(20, &["f"]), at(3, &["f", "g"]), at(4, &["f", "g"]), at(21, &["f"]), Event::Finished]
        {
            log.push(event);
        }
        // Line 20 calls g, whose lines are 3 and 4.
        assert_eq!(log.after(12, Granularity::Into), Some(13));
        assert_eq!(log.after(12, Granularity::Over), Some(15));
        assert_eq!(log.after(13, Granularity::Over), Some(14));
        assert_eq!(log.after(13, Granularity::Out), Some(15));
        assert_eq!(log.after(15, Granularity::Over), None, "the end is the session's to say");
    }

    #[test]
    fn a_place_has_a_history_of_its_values_and_gradients() {
        let (values, gradients) = log().history(2);
        let plain = |points: Vec<Point>| points.iter().map(|p| p.value.0).collect::<Vec<_>>();
        assert_eq!((plain(values), plain(gradients)), (vec![1.0], vec![5.0]));
    }

    #[test]
    fn zeroing_the_gradient_tensor_shows_at_its_leaf() {
        let mut log = log();
        log.push(Event::Variables(vec![fixture::variable("b", 2, Some(40))]));
        log.push(Event::Value { node: 40, summary: fixture::scalar(0.0), changed: "zero_".into() });
        assert_eq!(gradient(log.newest(), "b").as_deref(), Some("0"));
        log.push(Event::Variables(vec![fixture::variable("b", 2, None)]));
        assert_eq!(gradient(log.newest(), "b"), None);
    }

    #[test]
    fn a_gradient_is_drawn_once_something_is_computed_with_it() {
        let mut log = log();
        let data = |id, place| Node { kind: NodeKind::Data, ..fixture::node(id, place, "grad", "", 8) };
        log.push(Event::Node(data(40, 40)));
        log.push(Event::Variables(vec![fixture::variable("b", 2, Some(40))]));
        assert_eq!(log.newest().drawn().count(), 5);
        let mut step = fixture::node(41, 41, "mul", "x * y", 9);
        step.inputs = vec![Input::Node(40)];
        log.push(Event::Node(step));
        let labels: Vec<_> = log.newest().drawn().map(|node| node.label()).collect();
        assert_eq!(labels, ["a", "b", "c", "d", "e", "b.grad", "mul"]);
    }

    #[test]
    fn a_tensor_that_becomes_a_leaf_keeps_what_is_known_of_it() {
        let mut log = log();
        log.push(Event::Node(Node { kind: NodeKind::Leaf, ..fixture::node(3, 3, "add", "x + y", 4) }));
        assert_eq!((value(log.newest(), "c"), log.newest().nodes.len()), (Some(3.0), 5));
    }

    #[test]
    fn a_second_pass_adds_to_what_a_leaf_has() {
        let mut log = log();
        let held =
            |view: &View| number::scalar(view.nodes.iter().find(|n| n.label() == "b")?.before.as_deref()?);
        assert_eq!(held(log.newest()), None);
        for event in fixture::backward() {
            log.push(match event {
                // What the pass brings is added to as much again.
                Event::Gradient { node, arrived, total } => {
                    Event::Gradient { node, arrived, total: fixture::scalar(2.0 * total.numbers[0].0) }
                }
                other => other,
            });
        }
        let open = log.view(log.available() - 1);
        assert_eq!(gradient(&open, "b").as_deref(), Some("5 + 2 + 3"));
        assert_eq!(gradient(log.newest(), "b").as_deref(), Some("10"));
        assert_eq!(held(log.newest()), Some(5.0));
    }
}
