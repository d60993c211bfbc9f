//! How an event changes what is shown.

use std::sync::Arc;

use gradloom_protocol::{Backward, Event, Input, Node, NodeId, NodeKind, Summary, Variable};

use super::{Drawing, Now, PASSES, Printed, Stage, View};
use crate::model::node::{self, Arrival, NodeView};

/// More cells than this along a side come only when a tensor is looked at closely.
const CELLS: u32 = 32;

impl View {
    fn node_mut(&mut self, id: NodeId) -> Option<&mut NodeView> {
        let i = *self.index.get(&id)?;
        let node = self.nodes.get_mut(i)?;
        // A later pass may have taken its place: what still happens to the old tensor is not shown.
        if node.id == id { Some(Arc::make_mut(node)) } else { None }
    }

    fn begin_moment(&mut self, now: Now) {
        self.now = now;
        self.made.clear();
        self.whole = false;
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
            Event::Gradient { node, arrived, total } => {
                if let Some(leaf) = self.node_mut(*node) {
                    leaf.gradient = Some(Arc::new(total.clone()));
                    leaf.before = node::held(arrived, total).map(Arc::new);
                }
            }
            Event::BackwardFinished => {
                self.begin_moment(Now::Summed);
                self.close_pass();
            }
            Event::Pass(pass) => {
                self.pass = Some(*pass);
                if self.condensed {
                    self.whole = true;
                    self.made.clear();
                }
                for node in &mut self.nodes {
                    if node.pass.is_some_and(|made| made != *pass) && !node.stale {
                        Arc::make_mut(node).stale = true;
                    }
                }
            }
            Event::Condensed => self.condensed = true,
            Event::Output { text, line, .. } => match self.output.last_mut() {
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
            // The page's files are no part of what is shown.
            Event::File { .. } => {}
            Event::Stats(stats) => self.stats = Some(*stats),
            Event::Figure { svg, line } => {
                self.figures.push(Drawing { svg: svg.as_str().into(), line: *line });
            }
        }
    }

    fn add(&mut self, node: &Node) {
        let mut drawn = NodeView::new(node);
        if let Some(pass) = node.pass
            && self.passes.len() < PASSES
        {
            match self.passes.last_mut() {
                Some((last, places)) if *last == pass => places.push(node.place),
                _ => self.passes.push((pass, vec![node.place])),
            }
        }
        // The memory that a parameter was made on says nothing that the parameter does not say.
        if node.kind == NodeKind::Leaf
            && let [Input::Node(id)] = node.inputs.as_slice()
            && let Some(blank) = self.node_mut(*id)
            && blank.op == "empty"
            && blank.storage == node.storage
        {
            blank.hidden = true;
            let place = blank.place;
            self.made.retain(|made| *made != place);
        }
        // A gradient that is computed with takes part in the graph.
        for input in &node.inputs {
            if let Input::Node(id) = input
                && let Some(input) = self.node_mut(*id)
                && input.op == "grad"
            {
                input.hidden = false;
            }
        }
        let next = self.nodes.len();
        let i = *self.places.entry(node.place).or_insert(next);
        match self.nodes.get_mut(i) {
            Some(old) => {
                drawn.hidden &= old.hidden;
                if old.id == node.id {
                    // Told again, because it became a leaf.
                    drawn.names.clone_from(&old.names);
                    drawn.value.clone_from(&old.value);
                    drawn.gradient.clone_from(&old.gradient);
                }
                // Until its own name comes, it goes by the name of its place.
                drawn.former = old.name().map(str::to_string);
                *old = Arc::new(drawn);
            }
            None => self.nodes.push(Arc::new(drawn)),
        }
        self.index.insert(node.id, i);
        if self.at(node.place).is_some_and(|node| !node.hidden) {
            self.touch(node.place);
        }
    }

    fn touch(&mut self, place: u64) {
        if !self.whole && !self.made.contains(&place) {
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
            leaf.before = None;
        }
        let Some(node) = self.node_mut(id) else { return };
        let place = node.place;
        if changed.is_empty() && (summary.rows > CELLS || summary.cols > CELLS) {
            node.detail = Some(summary);
            return;
        }
        node.detail = None;
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
                    if let Some(node) = self.node_mut(gradient)
                        && node.name().is_none()
                    {
                        node.former = Some(format!("{}.grad", variable.name));
                    }
                }
                // `a.grad = None`: only where variables said before that there was one.
                (Some(leaf), None) if self.gradients.iter().any(|(_, known)| *known == leaf) => {
                    self.gradients.retain(|(_, known)| *known != leaf);
                    if let Some(node) = self.node_mut(leaf) {
                        node.gradient = None;
                        node.arrivals.clear();
                        node.before = None;
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
            node.freed |= backward.freed;
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
        }
    }
}
