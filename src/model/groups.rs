//! Boxes around nodes: what the call of a module or a function made, and what the turns of a loop made.
//!
//! A call is a frame of the stacks of its nodes. A loop shows in what was made: the same places of the text again and
//! again. The training loop does not, because its nodes keep their places from pass to pass.

use std::collections::BTreeMap;

use gradloom_protocol::NodeKind;

use super::node::NodeView;
use super::view::View;

/// What runs a static graph: its nodes were made elsewhere in the program.
const RUN: &str = "Session.run";

/// A box around nodes.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The same in every pass.
    pub key: u64,
    /// What it is: `Linear`, `forward()`, `loop of 3 turns`.
    pub title: String,
    /// Index of the box around it.
    pub parent: Option<usize>,
    /// How many boxes are around it.
    pub depth: usize,
    /// The places of all nodes inside, those of inner boxes too.
    pub places: Vec<u64>,
}

/// All boxes of a view; an outer one comes before those inside.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Groups {
    /// The boxes.
    pub all: Vec<Group>,
    innermost: BTreeMap<u64, usize>,
}

/// What one level of calls consists of: what an expression made there, or a call from there with all that it made.
struct Item<'a> {
    /// Where in the text, and which operator came first: the same in every turn, and in every pass.
    place: (u32, u32, &'a str),
    pass: Option<u64>,
    /// The function or the module's class, for a call.
    call: Option<&'a str>,
    nodes: &'a [&'a NodeView],
}

impl Item<'_> {
    fn is_stale(&self) -> bool {
        self.nodes.iter().all(|node| node.stale)
    }

    /// Whether it is the same in another turn.
    fn repeats(&self, other: &Item) -> bool {
        self.place == other.place && self.pass == other.pass
    }
}

impl Groups {
    /// The boxes of a view.
    pub fn of(view: &View) -> Groups {
        let made = |node: &&NodeView| matches!(node.kind, NodeKind::Tracked | NodeKind::Untracked);
        let mut nodes: Vec<&NodeView> = Vec::new();
        // By number, which is nearly the order that they have.
        for node in view.drawn().map(AsRef::as_ref).filter(made) {
            nodes.insert(nodes.partition_point(|before| before.id < node.id), node);
        }
        let mut groups = Groups::default();
        groups.level(&nodes, 0, None);
        groups
    }

    /// The boxes around a place, from the outermost.
    pub fn around(&self, place: u64) -> Vec<usize> {
        let mut path = Vec::new();
        let mut next = self.innermost.get(&place).copied();
        while let Some(i) = next {
            path.push(i);
            next = self.all.get(i).and_then(|group| group.parent);
        }
        path.reverse();
        path
    }

    fn level(&mut self, nodes: &[&NodeView], level: usize, parent: Option<usize>) {
        let mut items = items(nodes, level);
        // Of a call that this pass has made again, what the last pass left is no call of its own.
        let fresh: Vec<_> = items.iter().filter(|item| !item.is_stale()).map(|item| item.place).collect();
        items.retain(|item| item.call.is_none() || !item.is_stale() || !fresh.contains(&item.place));
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let (length, turns) = loop_at(rest);
            // A box with nothing else inside says it already: Sequential is a loop over its modules.
            let whole = parent.is_some() && length == items.len();
            if turns > 1 && !whole {
                let inside: Vec<&NodeView> =
                    rest.iter().take(length).flat_map(|item| item.nodes).copied().collect();
                let group = self.add(format!("loop of {turns} turns"), &inside, parent, 1);
                for item in rest.iter().take(length) {
                    self.item(item, level, Some(group));
                }
            } else {
                rest.iter().take(length).for_each(|item| self.item(item, level, parent));
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }

    fn item(&mut self, item: &Item, level: usize, parent: Option<usize>) {
        match item.call {
            // A box around one node says nothing that the node does not say, and one around a whole static graph neither.
            Some(name) if item.nodes.len() > 1 && name != RUN => {
                let module = name.starts_with(char::is_uppercase);
                let title =
                    if module { name.to_string() } else { format!("{}()", name.trim_matches(['<', '>'])) };
                let group = self.add(title, item.nodes, parent, 0);
                self.level(item.nodes, level + 1, Some(group));
            }
            Some(_) => self.level(item.nodes, level + 1, parent),
            None => {}
        }
    }

    fn add(&mut self, title: String, nodes: &[&NodeView], parent: Option<usize>, kind: u64) -> usize {
        let index = self.all.len();
        let depth = parent.and_then(|i| self.all.get(i)).map_or(0, |group| group.depth + 1);
        let places: Vec<u64> = nodes.iter().map(|node| node.place).collect();
        let first = places.iter().min().copied().unwrap_or(0);
        for place in &places {
            self.innermost.insert(*place, index);
        }
        self.all.push(Group {
            key: first << 8 | (depth as u64 & 127) << 1 | kind,
            title,
            parent,
            depth,
            places,
        });
        index
    }
}

fn items<'a>(nodes: &'a [&'a NodeView], level: usize) -> Vec<Item<'a>> {
    let call = |node: &'a NodeView| {
        let name = node.stack.get(level + 1)?.function.as_str();
        Some((node.stack.get(level)?.line, name))
    };
    // Consecutive nodes of the same call together, and those that one instruction made at this level: a function of a
    // library may take several operators, and repeat them.
    let together = |a: &&'a NodeView, b: &&'a NodeView| {
        call(a) == call(b) && a.pass == b.pass && (call(a).is_some() || a.step == b.step)
    };
    let mut items = Vec::new();
    for nodes in nodes.chunk_by(|a, b| together(a, b)) {
        let Some(first) = nodes.first() else { continue };
        let (place, name) = match call(first) {
            Some((line, name)) => ((line, u32::MAX, name), Some(name)),
            None => ((first.bytes.0, first.bytes.1, &*first.op), None),
        };
        items.push(Item { place, pass: first.pass, call: name, nodes });
    }
    items
}

/// How many items at the start belong to one loop that begins here, and how many turns it has; one item and one turn
/// where there is none.
fn loop_at(items: &[Item]) -> (usize, usize) {
    let Some(first) = items.first() else { return (0, 0) };
    // The first turn ends where its first item comes again; without that there is no loop that begins here.
    let Some(body) = items.iter().skip(1).position(|item| item.repeats(first)).map(|i| i + 1) else {
        return (1, 1);
    };
    let in_body = |item: &Item| items.iter().take(body).any(|known| known.repeats(item));
    let length = items.iter().take_while(|item| in_body(item)).count();
    let turns = items.iter().take(length).filter(|item| item.repeats(first)).count();
    (length, turns)
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, log::Log};
    use super::*;
    use gradloom_protocol::{Event, Frame};

    /// Nodes by line and calls: `f@3/g@9` is made on line 9 of `g`, which `f` called.
    fn view(nodes: &[(u32, &[(&str, u32)])]) -> View {
        let mut log = Log::default();
        for (i, (line, calls)) in nodes.iter().enumerate() {
            let mut node = fixture::node(i as u64 + 1, i as u64 + 1, "add", "x + y", *line);
            node.span.start = *line * 10;
            node.span.end = *line * 10 + 5;
            let frame =
                |(function, line): &(&str, u32)| Frame { function: function.to_string(), line: *line };
            node.stack = calls.iter().map(frame).collect();
            log.push(Event::Node(node));
        }
        log.newest().clone()
    }

    fn told(view: &View) -> Vec<(String, usize, Vec<u64>)> {
        let groups = Groups::of(view);
        groups.all.into_iter().map(|group| (group.title, group.depth, group.places)).collect()
    }

    #[test]
    fn calls_are_boxes_in_boxes() {
        let file = ("<module>", 7);
        let linear: &[(&str, u32)] = &[file, ("Sequential", 4), ("Linear", 2)];
        let relu: &[(&str, u32)] = &[file, ("Sequential", 4), ("ReLU", 2)];
        let view =
            view(&[(1, linear), (2, linear), (3, relu), (1, linear), (2, linear), (9, &[("<module>", 8)])]);
        let expected = [
            ("Sequential".to_string(), 0, vec![1, 2, 3, 4, 5]),
            ("Linear".to_string(), 1, vec![1, 2]),
            ("Linear".to_string(), 1, vec![4, 5]),
        ];
        assert_eq!(told(&view), expected);
        let groups = Groups::of(&view);
        assert_eq!(groups.around(5), [0, 2]);
        assert_eq!(groups.around(6), [0usize; 0]);
    }

    #[test]
    fn turns_of_a_loop_are_found_by_what_they_repeat() {
        let top: &[(&str, u32)] = &[("<module>", 1)];
        let view = view(&[(1, top), (3, top), (4, top), (3, top), (4, top), (3, top), (4, top), (5, top)]);
        assert_eq!(told(&view), [("loop of 3 turns".to_string(), 0, vec![2, 3, 4, 5, 6, 7])]);
    }

    #[test]
    fn the_operators_of_one_expression_are_no_loop() {
        // `F.cosine_similarity(a, b)` multiplies and sums three times; a loop does that once more.
        for (turns, expected) in
            [(1, vec![]), (2, vec![("loop of 2 turns".to_string(), 0, (1..13).collect())])]
        {
            let mut log = Log::default();
            for i in 0..6 * turns {
                let mut node = fixture::node(i + 1, i + 1, if i % 2 == 0 { "mul" } else { "sum" }, "", 1);
                (node.span.start, node.span.end, node.step) = (10, 15, i / 6);
                log.push(Event::Node(node));
            }
            assert_eq!(told(log.newest()), expected);
        }
    }

    #[test]
    fn a_call_that_was_made_again_has_one_box() {
        let mut log = Log::default();
        let call = |function: &str, line| Frame { function: function.into(), line };
        for (id, pass) in [(1, 0), (2, 0), (3, 0), (4, 0), (2, 1), (3, 1)] {
            if (id, pass) == (2, 1) {
                log.push(Event::Pass(1));
            }
            let mut node = fixture::node(id + 10 * pass, id, "mul", "", id as u32);
            (node.pass, node.stack) = (Some(pass), vec![call("<module>", 7), call("Net", 1)]);
            node.span.start = id as u32;
            log.push(Event::Node(node));
        }
        assert_eq!(told(log.newest()), [("Net".to_string(), 0, vec![2, 3])]);
    }

    #[test]
    fn what_is_left_of_an_earlier_pass_is_no_turn() {
        let mut log = Log::default();
        for (id, line, pass) in [(1, 2, 0), (2, 1, 1), (3, 2, 1)] {
            let mut node = fixture::node(id, id, "mul", "", line);
            (node.span.start, node.span.end, node.pass) = (10 * line, 15, Some(pass));
            log.push(Event::Node(node));
        }
        assert_eq!(told(log.newest()), []);
    }

    #[test]
    fn without_calls_and_loops_there_are_no_boxes() {
        let top: &[(&str, u32)] = &[("<module>", 1)];
        assert_eq!(told(&view(&[(1, top), (2, top), (3, top)])), []);
        let single: &[(&str, u32)] = &[("<module>", 1), ("f", 2)];
        assert_eq!(told(&view(&[(1, single), (2, top)])), []);
    }
}
