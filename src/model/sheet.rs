//! Where the boxes and edges of a run lie.

use gradloom_diagram::{Diagram, Direction, Edge, Options, Rect, Size};
use gradloom_protocol::{Input, NodeKind};

use super::node::NodeView;
use super::number::short;
use super::view::View;

/// Width of one character of a name, and of the smaller operator.
const NAME: f32 = 9.2;
pub const OPERATOR: f32 = 6.6;

/// The key of the box of a constant: the `port`-th input of the node at `place`.
pub fn constant_key(place: u64, port: usize) -> u64 {
    // Places count up from small numbers; the top bit keeps the keys apart.
    (1 << 63) | (place << 4) | (port as u64 & 15)
}

/// Whether a node is drawn with a heat map.
pub fn has_map(node: &NodeView) -> bool {
    !node.shape.is_empty()
}

/// A growing drawing: boxes never move once they are there, so it belongs to a run and not to a moment.
#[derive(Clone, Debug)]
pub struct Sheet {
    diagram: Diagram,
    direction: Direction,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(direction: Direction) -> Self {
        let mut options = Options::new(direction);
        if direction == Direction::LeftToRight {
            // Less room than usual between the columns: bigger boxes in the same window.
            options.layer_gap = 92.0;
            options.node_gap = 36.0;
        } else {
            // A frame's title has room between a box and the number on the edge to it.
            options.layer_gap = 92.0;
        }
        Sheet { diagram: Diagram::new(options), direction }
    }

    /// Which way it grows.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// Adds what is new in the view; true if anything was.
    pub fn grow(&mut self, view: &View) -> bool {
        let mut grew = false;
        let mut before: Option<&NodeView> = None;
        for node in view.drawn() {
            let last = before.replace(node);
            if self.diagram.contains(node.place) {
                continue;
            }
            let mut inputs = Vec::with_capacity(node.inputs.len());
            for (port, input) in node.inputs.iter().enumerate() {
                match input {
                    Input::Node(id) => {
                        inputs.extend(view.place_of(*id).filter(|p| self.diagram.contains(*p)))
                    }
                    // A bound that bounds nothing.
                    Input::Constant(x) if x.0.is_infinite() => {}
                    Input::Constant(x) => {
                        let key = constant_key(node.place, port);
                        let width = short(x.0).chars().count() as f32 * NAME + 12.0;
                        if self.diagram.hold(key, Size { width: width.max(76.0), height: 44.0 }).is_ok() {
                            inputs.push(key);
                        }
                    }
                }
            }
            // Refused only for a key or an input that is not there, and both were checked.
            let after = last.filter(|last| weighs(view, node, last)).map(|last| last.place);
            grew |= self.diagram.add_after(node.place, size(node), &inputs, after).is_ok();
        }
        grew
    }

    /// The box of a node or a constant.
    pub fn node(&self, key: u64) -> Option<Rect> {
        self.diagram.node(key)
    }

    /// The edge between two boxes; `nth` of those with the same ends (`x * x` has two).
    pub fn edge(&self, from: u64, to: u64, nth: usize) -> Option<&Edge> {
        self.edges_into(to).iter().filter(|edge| edge.from == from).nth(nth)
    }

    /// The edges into a box.
    pub fn edges_into(&self, to: u64) -> &[Edge] {
        self.diagram.edges_into(to)
    }

    /// Around everything that is drawn.
    pub fn bounds(&self) -> Rect {
        self.diagram.bounds()
    }
}

/// Whether a node brings weights of its own into what a module computes, right after `last`: it stands with that, and not
/// with the weights, so that the box around its call does not reach back over other calls.
fn weighs(view: &View, node: &NodeView, last: &NodeView) -> bool {
    let leaf = |input: &Input| match input {
        Input::Node(id) => {
            view.node(*id).is_some_and(|from| matches!(from.kind, NodeKind::Leaf | NodeKind::Data))
        }
        Input::Constant(_) => true,
    };
    let outer = node.stack.split_last().map_or(&[][..], |(_, outer)| outer);
    // By their names: between the two may lie other lines of the same function.
    let inside = last.stack.len() >= outer.len()
        && last.stack.iter().zip(outer).all(|(frame, around)| frame.function == around.function);
    !outer.is_empty() && inside && node.inputs.iter().all(leaf)
}

fn size(node: &NodeView) -> Size {
    let name = node.name().map_or(0, |name| name.chars().count().min(16)) as f32;
    let operator = node.op.chars().count().min(18) as f32;
    let title = if name > 0.0 { name * NAME + operator * OPERATOR + 42.0 } else { operator * NAME + 30.0 };
    if has_map(node) {
        Size { width: title.max(156.0), height: 116.0 }
    } else {
        Size { width: title.max(128.0), height: 66.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{fixture, log::Log};
    use super::*;

    #[test]
    fn boxes_stay_where_they_are_while_the_run_goes_on() {
        let mut log = Log::default();
        let mut sheet = Sheet::new(Direction::LeftToRight);
        let mut seen: Vec<(u64, Rect)> = Vec::new();
        for event in fixture::expression() {
            log.push(event);
            sheet.grow(log.newest());
            for (key, rect) in &seen {
                assert_eq!(sheet.node(*key), Some(*rect));
            }
            let places = log.newest().nodes.iter().map(|node| node.place);
            seen = places.filter_map(|key| Some((key, sheet.node(key)?))).collect();
        }
        assert_eq!(seen.len(), 5);
        assert!(sheet.node(constant_key(5, 1)).is_some(), "the 1 of b + 1 has a box");
        assert!(sheet.edge(3, 6, 0).is_some() && sheet.edge(2, 5, 0).is_some());
        assert!(!sheet.grow(log.newest()), "nothing is added twice");
    }
}
