//! A layered drawing of a computation graph that grows, and never moves what is drawn.
//!
//! Nodes are added in the order in which a program makes them, so a node comes after its inputs. Each lies in a *layer*: a leaf in
//! the first one, any other node in the layer after its last input (or in a later one that is wide enough). Within its layer it takes
//! the free place nearest to the inputs just before it, counting crossings. An edge that spans several layers reserves a *lane*
//! through each layer between, so no edge ever runs through a box, and no box is put on an edge. Whatever has been placed keeps its
//! rectangle and its route to the bit, however the graph goes on: a new node costs time in proportion to its layer and the length of
//! its edges, not to the whole graph, and the same sequence of calls always gives the same drawing.
//!
//! The crate is geometry only: it knows neither the page nor what a node means.
//!
//! ```
//! use gradloom_diagram::{Diagram, Options, Size};
//!
//! let size = Size { width: 124.0, height: 64.0 };
//! let mut diagram = Diagram::new(Options::default());
//! diagram.add(1, size, &[])?; // a
//! diagram.add(2, size, &[])?; // b
//! let c = diagram.add(3, size, &[1, 2])?; // c = a + b
//! assert_eq!(diagram.node(3), Some(c));
//! assert_eq!(diagram.edges().count(), 2);
//! # Ok::<(), gradloom_diagram::Refusal>(())
//! ```

mod column;
mod connect;
mod edge;
mod geometry;
mod options;
mod route;

pub use edge::Edge;
pub use geometry::{Fit, Point, Rect, Size, fit, within};
pub use options::{Direction, Options};

use column::{Column, Spacing};
use std::collections::BTreeMap;
use std::fmt;

/// Free places weighed on either side of the wanted one.
const PLACES: usize = 5;
/// What a crossing costs when a place is chosen, in pixels of distance.
const CROSSING: f32 = 40.0;

/// Why a node was not added. The diagram is as it was before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The key belongs to a node already.
    Duplicate(u64),
    /// The input with this key has not been added.
    UnknownInput(u64),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate(key) => write!(f, "node {key} is in the diagram already"),
            Self::UnknownInput(key) => write!(f, "input {key} is not in the diagram"),
        }
    }
}

impl std::error::Error for Refusal {}

/// A placed node. `along` and `across` are relative to the flow: x and y from left to right, y and x top down.
#[derive(Clone, Debug)]
struct Node {
    key: u64,
    layer: usize,
    /// Where it starts along the flow, and how long it is.
    along: (f32, f32),
    /// Where its center lies across the flow, and how wide it is.
    across: (f32, f32),
    /// (offset, aim) of the edges that have left, relative to the center.
    exits: Vec<(f32, f32)>,
    /// How many edges through other layers have left.
    long: usize,
    /// The lanes of the last of them, from the layer after this one on, and the offset at which it left.
    trunk: Vec<f32>,
    trunk_exit: f32,
    /// Its incoming edges are `edges[edges_from..][..inputs]`.
    edges_from: usize,
    inputs: usize,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    /// Added by [`Diagram::hold`], not placed yet.
    Held(Size),
    /// At this index of `nodes`.
    Placed(usize),
}

/// A growing diagram; see the crate's documentation.
#[derive(Clone, Debug)]
pub struct Diagram {
    options: Options,
    columns: Vec<Column>,
    nodes: Vec<Node>,
    entries: BTreeMap<u64, Entry>,
    edges: Vec<Edge>,
    bounds: Option<Rect>,
}

impl Diagram {
    /// An empty diagram.
    pub fn new(options: Options) -> Self {
        Self {
            options: options.tame(),
            columns: Vec::new(),
            nodes: Vec::new(),
            entries: BTreeMap::new(),
            edges: Vec::new(),
            bounds: None,
        }
    }

    /// Places a node and routes the edges from its inputs; returns its rectangle, which never changes.
    ///
    /// Without inputs it is a leaf, stacked in the first layer. An input may occur several times (`x * x`): each occurrence is an
    /// edge of its own. Sides of the size are clamped to 4..=2048. Held inputs are placed now, just before this node.
    pub fn add(&mut self, key: u64, size: Size, inputs: &[u64]) -> Result<Rect, Refusal> {
        self.add_after(key, size, inputs, None)
    }

    /// The same; a node with inputs stands in no layer before that of `after`.
    pub fn add_after(
        &mut self,
        key: u64,
        size: Size,
        inputs: &[u64],
        after: Option<u64>,
    ) -> Result<Rect, Refusal> {
        if self.contains(key) {
            return Err(Refusal::Duplicate(key));
        }
        let mut layer = after.and_then(|key| self.layer(key)).filter(|_| !inputs.is_empty());
        let mut held = Vec::new();
        for &input in inputs {
            match self.entries.get(&input) {
                None => return Err(Refusal::UnknownInput(input)),
                Some(&Entry::Placed(i)) => {
                    layer = layer.max(self.nodes.get(i).map(|node| node.layer + 1));
                }
                Some(&Entry::Held(size)) => held.push((input, size)),
            }
        }
        let (length, width) = self.flow(size);
        let layer = match layer {
            Some(layer) => self.fitting(layer, length),
            None if inputs.is_empty() => {
                let node = self.leaf(key, size);
                return Ok(self.rect(node));
            }
            None => {
                // All inputs are held: they come to light as leaves do.
                for (key, size) in held.drain(..) {
                    if self.index(key).is_none() {
                        self.leaf(key, size);
                    }
                }
                self.fitting(1, length)
            }
        };
        self.open(layer);
        let sources = self.placed(inputs);
        let across = self.place_near_inputs(layer, width, &sources);
        let node = self.insert(key, layer, (length, width), across);
        for (key, size) in held {
            if self.index(key).is_none() {
                self.pull_in(key, size, layer, across);
            }
        }
        let sources = self.placed(inputs);
        self.connect(node, &sources);
        Ok(self.rect(node))
    }

    /// Registers a node without inputs that is shown only with its first user, in the layer just before it: a constant in an
    /// expression, a long way into a program. Until then [`Diagram::node`] does not know it.
    pub fn hold(&mut self, key: u64, size: Size) -> Result<(), Refusal> {
        if self.contains(key) {
            return Err(Refusal::Duplicate(key));
        }
        self.entries.insert(key, Entry::Held(size));
        Ok(())
    }

    /// Whether the key has been added or is held.
    pub fn contains(&self, key: u64) -> bool {
        self.entries.contains_key(&key)
    }

    /// The rectangle of a placed node.
    pub fn node(&self, key: u64) -> Option<Rect> {
        Some(self.rect(self.index(key)?))
    }

    /// The layer of a placed node, counted from 0 along the flow; greater than those of its inputs.
    pub fn layer(&self, key: u64) -> Option<usize> {
        Some(self.nodes.get(self.index(key)?)?.layer)
    }

    /// All placed nodes, in the order in which they were placed.
    pub fn nodes(&self) -> impl Iterator<Item = (u64, Rect)> {
        self.nodes.iter().enumerate().map(|(i, node)| (node.key, self.rect(i)))
    }

    /// All edges, in the order in which they were routed.
    pub fn edges(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter()
    }

    /// The edges into a node, by input; empty for a leaf or an unknown key.
    pub fn edges_into(&self, key: u64) -> &[Edge] {
        let node = self.index(key).and_then(|i| self.nodes.get(i));
        node.and_then(|node| self.edges.get(node.edges_from..node.edges_from + node.inputs))
            .unwrap_or_default()
    }

    /// The rectangle around all nodes and edges, with the options' margin; without nodes it is just the margin around the origin.
    pub fn bounds(&self) -> Rect {
        self.bounds.unwrap_or_default().grow(self.options.margin)
    }

    fn index(&self, key: u64) -> Option<usize> {
        match self.entries.get(&key)? {
            Entry::Placed(i) => Some(*i),
            Entry::Held(_) => None,
        }
    }

    fn placed(&self, inputs: &[u64]) -> Vec<usize> {
        inputs.iter().filter_map(|&key| self.index(key)).collect()
    }

    fn spacing(&self) -> Spacing {
        Spacing { node: self.options.node_gap, lane: self.options.lane_gap }
    }

    /// A size as (along, across) the flow, clamped.
    fn flow(&self, size: Size) -> (f32, f32) {
        let size = size.tame(self.options.node);
        match self.options.direction {
            Direction::LeftToRight => (size.width, size.height),
            Direction::TopDown => (size.height, size.width),
        }
    }

    fn point(&self, along: f32, across: f32) -> Point {
        match self.options.direction {
            Direction::LeftToRight => Point { x: along, y: across },
            Direction::TopDown => Point { x: across, y: along },
        }
    }

    fn rect(&self, node: usize) -> Rect {
        let Some(node) = self.nodes.get(node) else {
            return Rect::default();
        };
        let corner = self.point(node.along.0, node.across.0 - node.across.1 / 2.0);
        let size = self.point(node.along.1, node.across.1);
        Rect { x: corner.x, y: corner.y, width: size.x, height: size.y }
    }

    fn cover(&mut self, rect: Rect) {
        self.bounds = Some(self.bounds.map_or(rect, |all| all.union(&rect)));
    }

    /// The first layer from `layer` on that is long enough, or still open.
    fn fitting(&self, layer: usize, length: f32) -> usize {
        let open = self.columns.len().saturating_sub(1);
        (layer..open)
            .find(|&i| self.columns.get(i).is_some_and(|c| length <= c.extent))
            .unwrap_or(layer.max(open))
    }

    /// Makes layers up to `layer`. A layer's extent is final once there is a next one.
    fn open(&mut self, layer: usize) {
        let (usual, _) = self.flow(self.options.node);
        while self.columns.len() <= layer {
            let start = self.columns.last().map_or(0.0, |column| column.end() + self.options.layer_gap);
            self.columns.push(Column::new(start, usual));
        }
    }

    /// Stacks a leaf in the first layer.
    fn leaf(&mut self, key: u64, size: Size) -> usize {
        self.open(0);
        let (length, width) = self.flow(size);
        let last = self.columns.first().and_then(|column| column.span());
        let across = last.map_or(0.0, |(_, end)| end + self.options.node_gap + width / 2.0);
        self.insert(key, 0, (length, width), across)
    }

    /// Places a held node in the last layer before `layer` that is long enough, beside the user's center.
    fn pull_in(&mut self, key: u64, size: Size, layer: usize, user: f32) {
        let (length, width) = self.flow(size);
        let fits = |i: &usize| self.columns.get(*i).is_some_and(|c| length <= c.extent);
        let layer = (0..layer).rev().find(fits).unwrap_or(0);
        let across = self.place(layer, width, user, |column, v| column.crossings(None, v, user));
        self.insert(key, layer, (length, width), across);
    }

    /// The place in a layer nearest to the mean of the inputs in the layer just before it, or of all inputs if there is none.
    ///
    /// Inputs from far away do not pull: what is computed step by step stays in one row, and weights come in from the side.
    fn place_near_inputs(&self, layer: usize, width: f32, sources: &[usize]) -> f32 {
        let centers = |near: bool| {
            let node = |&i: &usize| self.nodes.get(i);
            let centers: Vec<f32> = sources
                .iter()
                .filter_map(node)
                .filter(|node| !near || node.layer + 1 == layer)
                .map(|node| node.across.0)
                .collect();
            (!centers.is_empty()).then(|| centers.iter().sum::<f32>() / centers.len() as f32)
        };
        // Whole pixels keep lines and letters crisp.
        let wanted = centers(true).or_else(|| centers(false));
        let wanted = wanted.unwrap_or(0.0).round();
        let before = layer.checked_sub(1).and_then(|i| self.columns.get(i));
        self.place(layer, width, wanted, |_, v| {
            let crossings = |&i: &usize| {
                let from = self.nodes.get(i).map_or(wanted, |node| node.across.0);
                before.map_or(0, |column| column.crossings(Some(i), from, v))
            };
            sources.iter().map(crossings).sum()
        })
    }

    /// The free place for a box that costs least: distance from `wanted`, plus [`CROSSING`] for each crossing.
    fn place(&self, layer: usize, width: f32, wanted: f32, crossings: impl Fn(&Column, f32) -> usize) -> f32 {
        let Some(column) = self.columns.get(layer) else {
            return wanted;
        };
        column
            .free_near(wanted, width, false, self.spacing(), PLACES)
            .map(|v| {
                let cost = (v - wanted).abs() + CROSSING * crossings(column, v) as f32;
                (cost, v)
            })
            // Of equal places the first, which is the lower one.
            .min_by(|(a, _), (b, _)| a.total_cmp(b))
            .map_or(wanted, |(_, v)| v)
    }

    /// Puts a box into a layer, without edges.
    fn insert(&mut self, key: u64, layer: usize, (length, width): (f32, f32), across: f32) -> usize {
        let (usual, _) = self.flow(self.options.node);
        let last = layer + 1 == self.columns.len();
        let mut start = 0.0;
        if let Some(column) = self.columns.get_mut(layer) {
            column.take(across, width, false);
            if last {
                column.extent = column.extent.max(length);
            }
            // Short boxes are centered; only in the first layer can one be too long, and it grows away from the flow.
            start = (column.start + (usual - length).max(0.0) / 2.0).min(column.end() - length);
        }
        let index = self.nodes.len();
        self.nodes.push(Node {
            key,
            layer,
            along: (start, length),
            across: (across, width),
            exits: Vec::new(),
            long: 0,
            trunk: Vec::new(),
            trunk_exit: 0.0,
            edges_from: self.edges.len(),
            inputs: 0,
        });
        self.entries.insert(key, Entry::Placed(index));
        self.cover(self.rect(index));
        index
    }
}
