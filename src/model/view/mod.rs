//! What the page shows: a pure function of a prefix of a run's events.

mod fold;

use std::collections::BTreeMap;
use std::sync::Arc;

use gradloom_protocol::{
    Backward, DeviceInfo, Diagnostic, Frame, LoopProgress, NodeId, NodeKind, Paused, Point, Stats, Variable,
};

use super::node::NodeView;

/// Passes that are remembered, each with its boxes.
const PASSES: usize = 100;

/// How far the run is, as far as this prefix knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// Nothing loaded.
    #[default]
    Empty,
    /// Loaded, or on its way.
    Under,
    /// Waiting for a command.
    Paused,
    /// Over.
    Finished,
    /// Over, with [`View::error`].
    Failed,
    /// Ended by the learner.
    Stopped,
}

/// What the newest moment is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Now {
    /// Before the first line.
    #[default]
    Start,
    /// A line of the program.
    Line,
    /// The backward pass has its first gradient.
    Seed(NodeId),
    /// A node of the backward pass handed its gradient on.
    Backward(Arc<Backward>),
    /// The backward pass is over.
    Summed,
}

/// A text that the program printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The text, with its line ends.
    pub text: String,
    /// The line that printed it.
    pub line: u32,
}

/// A drawing that the program showed.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// An SVG document.
    pub svg: Arc<str>,
    /// The line that showed it.
    pub line: u32,
}

/// Everything on the bench at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// How far the run is.
    pub stage: Stage,
    /// The devices.
    pub device: Option<DeviceInfo>,
    /// What the newest moment is.
    pub now: Now,
    /// Its line; 0 before the first.
    pub line: u32,
    /// Where the line stands in the calls.
    pub stack: Vec<Frame>,
    /// Boxes by place, in the order of the first node at each.
    pub nodes: Vec<Arc<NodeView>>,
    index: BTreeMap<NodeId, usize>,
    places: BTreeMap<u64, usize>,
    /// Gradient tensors, each with the leaf it belongs to, as far as variables told.
    gradients: Vec<(NodeId, NodeId)>,
    /// Places of the nodes made or changed in this moment.
    pub made: Vec<u64>,
    /// The moment shows a whole pass, because those before it were only counted.
    pub whole: bool,
    /// The root of the current or last backward pass.
    pub root: Option<NodeId>,
    /// Nodes handed on and nodes of the pass, while it is under way.
    pub backward: Option<(u32, u32)>,
    /// Variables of the current function.
    pub variables: Vec<Variable>,
    /// What was printed.
    pub output: Vec<Printed>,
    /// What was drawn.
    pub figures: Vec<Drawing>,
    /// The passes that were told, each with the places of its nodes.
    pub passes: Vec<(u64, Vec<u64>)>,
    /// The curve.
    pub losses: Vec<Point>,
    /// The loop.
    pub progress: Option<LoopProgress>,
    /// The current pass of the training loop.
    pub pass: Option<u64>,
    /// Passes are counted, not drawn.
    pub condensed: bool,
    /// Why it failed.
    pub error: Option<Arc<Diagnostic>>,
    /// Where it waits.
    pub paused: Option<Paused>,
    /// The GPU's counters.
    pub stats: Option<Stats>,
}

impl View {
    /// The node of a tensor, if it is drawn (a later pass may have taken its place).
    pub fn node(&self, id: NodeId) -> Option<&NodeView> {
        self.index.get(&id).and_then(|&i| self.nodes.get(i)).map(Arc::as_ref)
    }

    /// The node drawn at a place.
    pub fn at(&self, place: u64) -> Option<&Arc<NodeView>> {
        self.places.get(&place).and_then(|&i| self.nodes.get(i))
    }

    /// The place of a tensor's node.
    pub fn place_of(&self, id: NodeId) -> Option<u64> {
        self.node(id).map(|node| node.place)
    }

    /// The name, else the operator, of a tensor's node.
    pub fn label(&self, id: NodeId) -> String {
        self.node(id).map_or_else(|| "?".into(), |node| node.label().to_string())
    }

    /// The line that bound a variable last; 0 where there is none of that name.
    pub fn line_of(&self, name: &str) -> u32 {
        self.variables.iter().find(|variable| variable.name == name).map_or(0, |variable| variable.line)
    }

    /// The nodes that are drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &Arc<NodeView>> {
        self.nodes.iter().filter(|node| !node.hidden)
    }

    /// Whether anything is recorded: then what is not stands out.
    pub fn has_tape(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node.kind, NodeKind::Leaf | NodeKind::Tracked))
    }

    /// Places of the nodes that the current moment is about; in a backward moment the node and what receives from it.
    pub fn active(&self) -> Vec<u64> {
        match &self.now {
            Now::Start => Vec::new(),
            Now::Line => self.made.clone(),
            Now::Seed(id) => self.place_of(*id).into_iter().collect(),
            Now::Backward(b) => {
                let ids = std::iter::once(b.node).chain(b.contributions.iter().map(|c| c.to));
                ids.filter_map(|id| self.place_of(id)).collect()
            }
            Now::Summed => Vec::new(),
        }
    }
}
