//! What the page shows: a pure function of a prefix of a run's events.

use std::collections::BTreeMap;
use std::sync::Arc;

use gradloom_protocol::{
    Backward, DeviceInfo, Diagnostic, Event, Frame, Input, LoopProgress, Node, NodeId, NodeKind, Number,
    Paused, Point, Stats, Summary, Variable,
};

use super::number;

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

/// What has come to a node over one edge in the current backward pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// The node it came from.
    pub from: NodeId,
    /// Which input of that node this one is.
    pub input: u32,
    /// The contribution.
    pub value: Arc<Summary>,
    /// The moment of its arrival is the current one.
    pub now: bool,
}

/// A node as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeView {
    /// Its tensor.
    pub id: NodeId,
    /// The key of its box.
    pub place: u64,
    /// Names bound to it now.
    pub names: Vec<String>,
    /// The last name that it lost.
    pub former: Option<String>,
    /// Leaf, data, tracked or untracked.
    pub kind: NodeKind,
    /// The operator.
    pub op: String,
    /// How the operator reads.
    pub formula: String,
    /// What it was applied to.
    pub inputs: Vec<Input>,
    /// Sizes of the result.
    pub shape: Vec<u64>,
    /// Its dtype.
    pub dtype: String,
    /// `cpu` or `cuda`.
    pub device: String,
    /// First and last line of the expression that made it.
    pub lines: (u32, u32),
    /// Which pass made it.
    pub pass: Option<u64>,
    /// Made in an earlier pass than the current one.
    pub stale: bool,
    /// Its numbers.
    pub value: Option<Arc<Summary>>,
    /// The operator that changed it in place last; empty if none did.
    pub changed: String,
    /// `.grad` of a leaf, or all that arrived at an inner node once the pass has handed it on.
    pub gradient: Option<Arc<Summary>>,
    /// `.grad` of a leaf before the current pass added to it.
    pub before: Option<Arc<Summary>>,
    /// What has arrived in the last backward pass, by the order of the nodes it came from.
    pub arrivals: Vec<Arrival>,
    /// Its backward pass is not over: show sums, not totals.
    pub open: bool,
}

impl NodeView {
    fn new(node: &Node) -> Self {
        NodeView {
            id: node.id,
            place: node.place,
            names: Vec::new(),
            former: None,
            kind: node.kind,
            op: node.op.clone(),
            formula: node.formula.clone(),
            inputs: node.inputs.clone(),
            shape: node.shape.clone(),
            dtype: node.dtype.clone(),
            device: node.device.clone(),
            lines: (node.span.line, node.span.end_line.max(node.span.line)),
            pass: node.pass,
            stale: false,
            value: None,
            changed: String::new(),
            gradient: None,
            before: None,
            arrivals: Vec::new(),
            open: false,
        }
    }

    /// A name that it has, or had last.
    pub fn name(&self) -> Option<&str> {
        self.names.first().or(self.former.as_ref()).map(String::as_str)
    }

    /// Its name, else its operator.
    pub fn label(&self) -> &str {
        self.name().unwrap_or(&self.op)
    }

    /// Its gradient as text: a sum such as `2 + 3` while the pass is under way, then the total; a shape for tensors.
    pub fn gradient_text(&self) -> Option<String> {
        if self.open && !self.arrivals.is_empty() && self.shape.is_empty() {
            let parts = self.before.iter().chain(self.arrivals.iter().map(|arrival| &arrival.value));
            let parts: Option<Vec<_>> = parts.map(|part| number::scalar(part).map(number::short)).collect();
            if let Some(parts) = parts {
                return Some(parts.join(" + ").replace("+ -", "\u{2212} "));
            }
        }
        self.gradient_so_far().map(|summary| number::brief(&summary))
    }

    /// Its gradient in numbers: the total, or the sum of what has arrived so far.
    pub fn gradient_so_far(&self) -> Option<Arc<Summary>> {
        if self.arrivals.is_empty() || (!self.open && self.gradient.is_some()) {
            return self.gradient.clone();
        }
        let mut parts = self.before.iter().chain(self.arrivals.iter().map(|arrival| &arrival.value));
        let first = parts.next()?.clone();
        Some(parts.fold(first, |sum, part| added(&sum, part)))
    }
}

/// The sum of two summaries of one shape. Means of blocks add as their tensors do; the extremes are taken from the sums.
fn added(a: &Arc<Summary>, b: &Summary) -> Arc<Summary> {
    if a.numbers.len() != b.numbers.len() || a.shape != b.shape {
        return a.clone();
    }
    let mut sum = Summary::clone(a);
    sum.text.clear();
    for (x, y) in sum.numbers.iter_mut().zip(&b.numbers) {
        x.0 += y.0;
    }
    let values = || sum.numbers.iter().map(|x| x.0).filter(|x| !x.is_nan());
    sum.min = Number(values().fold(f64::NAN, f64::min));
    sum.max = Number(values().fold(f64::NAN, f64::max));
    sum.mean.0 += b.mean.0;
    Arc::new(sum)
}

/// A text that the program printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The text, with its line ends.
    pub text: String,
    /// The line that printed it.
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
    /// The root of the current or last backward pass.
    pub root: Option<NodeId>,
    /// Nodes handed on and nodes of the pass, while it is under way.
    pub backward: Option<(u32, u32)>,
    /// Variables of the current function.
    pub variables: Vec<Variable>,
    /// What was printed.
    pub output: Vec<Printed>,
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

    /// Whether anything is recorded: then what is not stands out.
    pub fn has_tape(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node.kind, NodeKind::Leaf | NodeKind::Tracked))
    }

    fn node_mut(&mut self, id: NodeId) -> Option<&mut NodeView> {
        let i = *self.index.get(&id)?;
        let node = self.nodes.get_mut(i)?;
        // A later pass may have taken its place: what still happens to the old tensor is not shown.
        if node.id == id { Some(Arc::make_mut(node)) } else { None }
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

    fn begin_moment(&mut self, now: Now) {
        self.now = now;
        self.made.clear();
        self.stage = Stage::Under;
        self.paused = None;
        for node in &mut self.nodes {
            if node.arrivals.iter().any(|arrival| arrival.now) {
                Arc::make_mut(node).arrivals.iter_mut().for_each(|arrival| arrival.now = false);
            }
        }
    }

    /// Takes one more event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Loaded(device) => {
                self.device = Some(device.clone());
                self.stage = Stage::Under;
            }
            Event::Line(line) => {
                self.begin_moment(Now::Line);
                self.line = line.line;
                self.stack.clone_from(&line.stack);
            }
            Event::Node(node) => self.add(node),
            Event::Value { node, summary, changed } => self.value(*node, summary, changed),
            Event::Bindings(bindings) => {
                for binding in bindings {
                    self.bind(&binding.name, binding.node);
                }
            }
            Event::Variables(variables) => self.set_variables(variables),
            Event::BackwardStarted { node, seed, steps } => {
                self.begin_moment(Now::Seed(*node));
                self.root = Some(*node);
                self.backward = Some((0, *steps));
                for drawn in &mut self.nodes {
                    let drawn = Arc::make_mut(drawn);
                    drawn.arrivals.clear();
                    drawn.open = true;
                    // Only a leaf keeps what an earlier pass brought.
                    drawn.before = if drawn.kind == NodeKind::Leaf { drawn.gradient.clone() } else { None };
                    if drawn.kind != NodeKind::Leaf {
                        drawn.gradient = None;
                    }
                }
                if let Some(root) = self.node_mut(*node) {
                    root.gradient = Some(Arc::new(seed.clone()));
                }
            }
            Event::Backward(backward) => self.hand_on(backward),
            Event::Gradient { node, total, .. } => {
                if let Some(leaf) = self.node_mut(*node) {
                    leaf.gradient = Some(Arc::new(total.clone()));
                }
            }
            Event::BackwardFinished => {
                self.begin_moment(Now::Summed);
                self.close_pass();
            }
            Event::Pass(pass) => {
                self.pass = Some(*pass);
                for node in &mut self.nodes {
                    if node.pass.is_some_and(|made| made != *pass) && !node.stale {
                        Arc::make_mut(node).stale = true;
                    }
                }
            }
            Event::Condensed => self.condensed = true,
            Event::Output { text, line } => match self.output.last_mut() {
                Some(last) if last.line == *line && !last.text.ends_with('\n') => last.text.push_str(text),
                _ => self.output.push(Printed { text: text.clone(), line: *line }),
            },
            Event::Losses(points) => self.losses.extend_from_slice(points),
            Event::Progress(progress) => self.progress = Some(*progress),
            Event::Paused(paused) => {
                self.stage = Stage::Paused;
                self.paused = Some(paused.clone());
            }
            Event::Failed(diagnostic) => {
                self.stage = Stage::Failed;
                self.error = Some(Arc::new(diagnostic.clone()));
            }
            Event::Finished => {
                self.stage = Stage::Finished;
                self.close_pass();
            }
            Event::Stopped => self.stage = Stage::Stopped,
            Event::Stats(stats) => self.stats = Some(*stats),
        }
    }

    fn add(&mut self, node: &Node) {
        let mut drawn = NodeView::new(node);
        let i = match self.places.get(&node.place) {
            Some(&i) => i,
            None => {
                self.places.insert(node.place, self.nodes.len());
                self.nodes.len()
            }
        };
        match self.nodes.get_mut(i) {
            Some(old) => {
                // Until its own name comes, it goes by the name of its place.
                drawn.former = old.name().map(str::to_string);
                *old = Arc::new(drawn);
            }
            None => self.nodes.push(Arc::new(drawn)),
        }
        self.index.insert(node.id, i);
        self.touch(node.place);
    }

    fn touch(&mut self, place: u64) {
        if !self.made.contains(&place) {
            self.made.push(place);
        }
    }

    fn value(&mut self, id: NodeId, summary: &Summary, changed: &str) {
        let summary = Arc::new(summary.clone());
        // `a.grad.zero_()` changes the tensor behind a leaf's gradient.
        if let Some(&(_, leaf)) = self.gradients.iter().find(|(gradient, _)| *gradient == id)
            && !changed.is_empty()
            && let Some(leaf) = self.node_mut(leaf)
        {
            leaf.gradient = Some(summary.clone());
            leaf.arrivals.clear();
        }
        let Some(node) = self.node_mut(id) else { return };
        let place = node.place;
        node.value = Some(summary);
        if !changed.is_empty() {
            node.changed = changed.into();
            self.touch(place);
        }
    }

    fn bind(&mut self, name: &str, id: NodeId) {
        for node in &mut self.nodes {
            if node.id != id && node.names.iter().any(|bound| bound == name) {
                let node = Arc::make_mut(node);
                node.names.retain(|bound| bound != name);
                node.former = Some(name.into());
            }
        }
        if let Some(node) = self.node_mut(id)
            && !node.names.iter().any(|bound| bound == name)
        {
            node.names.push(name.into());
        }
    }

    fn set_variables(&mut self, variables: &[Variable]) {
        self.variables = variables.to_vec();
        for variable in variables {
            match (variable.node, variable.grad) {
                (Some(leaf), Some(gradient)) => {
                    self.gradients.retain(|(known, _)| *known != gradient);
                    self.gradients.push((gradient, leaf));
                }
                // `a.grad = None`: only where variables said before that there was one.
                (Some(leaf), None) if self.gradients.iter().any(|(_, known)| *known == leaf) => {
                    self.gradients.retain(|(_, known)| *known != leaf);
                    if let Some(node) = self.node_mut(leaf) {
                        node.gradient = None;
                        node.arrivals.clear();
                    }
                }
                _ => {}
            }
        }
    }

    fn hand_on(&mut self, backward: &Backward) {
        self.begin_moment(Now::Backward(Arc::new(backward.clone())));
        self.backward = Some((backward.step, backward.steps));
        if let Some(node) = self.node_mut(backward.node) {
            node.gradient = Some(Arc::new(backward.upstream.clone()));
        }
        for contribution in &backward.contributions {
            let arrival = Arrival {
                from: backward.node,
                input: contribution.input,
                value: Arc::new(contribution.value.clone()),
                now: true,
            };
            if let Some(node) = self.node_mut(contribution.to) {
                let after = |known: &Arrival| (known.from, known.input) <= (arrival.from, arrival.input);
                let place = node.arrivals.partition_point(after);
                node.arrivals.insert(place, arrival);
            }
        }
    }

    fn close_pass(&mut self) {
        if self.backward.take().is_none() {
            return;
        }
        for node in &mut self.nodes {
            let node = Arc::make_mut(node);
            node.open = false;
            node.before = None;
        }
    }
}
