//! Edges into a node that has just been placed: lanes, ends, curves.

use crate::{Diagram, Edge, Node, Point, Rect, route};

/// Long edges of one node that get lanes of their own; later ones follow the last of these as far as it goes, so that a weight used
/// in a thousand steps does not fill the drawing.
const OWN_LANES: usize = 4;

/// What is known of an edge before its ends on the boxes are.
#[derive(Clone, Debug, Default)]
struct Lanes {
    source: usize,
    /// One lane for each layer between.
    through: Vec<f32>,
    /// Where it comes from, across the flow, when it reaches the target's layer.
    arrival: f32,
    /// Whether it follows an earlier edge of the same source.
    shared: bool,
}

impl Diagram {
    /// Routes the edges from `sources`, in the order of the inputs, to the last node.
    pub(crate) fn connect(&mut self, node: usize, sources: &[usize]) {
        let Some(target) = self.nodes.get(node).cloned() else {
            return;
        };
        let lanes: Vec<Lanes> = sources.iter().map(|&source| self.reserve(source, &target)).collect();
        // Edges enter in the order in which they arrive, so that they do not cross before the box.
        let (center, width) = target.across;
        let entry = |(input, lane): (usize, &Lanes)| {
            let arrivals = lanes.iter().map(|l| l.arrival).enumerate();
            let before = arrivals.filter(|(i, a)| a.total_cmp(&lane.arrival).then(i.cmp(&input)).is_lt());
            center + route::entry(width, before.count(), lanes.len())
        };
        let entries: Vec<f32> = lanes.iter().enumerate().map(entry).collect();
        if let Some(node) = self.nodes.get_mut(node) {
            node.edges_from = self.edges.len();
            node.inputs = lanes.len();
        }
        for (port, (lanes, entry)) in lanes.iter().zip(entries).enumerate() {
            self.draw(&target, port, lanes, entry);
        }
    }

    /// Takes the lanes for an edge through the layers between.
    fn reserve(&mut self, source: usize, target: &Node) -> Lanes {
        let spacing = self.spacing();
        let Some(from) = self.nodes.get_mut(source) else {
            return Lanes::default();
        };
        let mut lanes = Lanes { source, arrival: from.across.0, ..Lanes::default() };
        let first = from.layer + 1;
        let layers = target.layer.saturating_sub(first);
        if layers == 0 {
            return lanes;
        }
        from.long += 1;
        lanes.shared = from.long > OWN_LANES;
        if lanes.shared {
            lanes.through.extend(from.trunk.iter().take(layers));
        }
        let start = lanes.through.last().copied().unwrap_or(from.across.0);
        if let Some(columns) = self.columns.get_mut(first + lanes.through.len()..target.layer) {
            let new = route::lanes(columns, start, target.across.0, spacing);
            for (column, &v) in columns.iter_mut().zip(&new) {
                column.take(v, 0.0, true);
            }
            lanes.through.extend(new);
        }
        if !lanes.shared || lanes.through.len() > from.trunk.len() {
            from.trunk.clone_from(&lanes.through);
        }
        lanes.arrival = lanes.through.last().copied().unwrap_or(start);
        lanes
    }

    /// Draws an edge over its lanes to the place `entry` on the target's side.
    fn draw(&mut self, target: &Node, port: usize, lanes: &Lanes, entry: f32) {
        let Some(from) = self.nodes.get_mut(lanes.source) else {
            return;
        };
        let (center, width) = from.across;
        let exit = if lanes.shared {
            from.trunk_exit
        } else {
            let aim = lanes.through.first().copied().unwrap_or(entry) - center;
            let exit = route::exit(width, aim, &from.exits);
            from.exits.push((exit, aim));
            if !lanes.through.is_empty() {
                from.trunk_exit = exit;
            }
            exit
        };
        let (key, layer) = (from.key, from.layer);
        let mut v = center + exit;
        let mut corners = vec![(from.along.0 + from.along.1, v)];
        let next = lanes.through.iter().copied().chain([entry]);
        for (i, next) in next.enumerate() {
            if let Some(column) = self.columns.get_mut(layer + i) {
                column.wire(lanes.source, v, next);
                corners.push((column.end(), v));
            }
            if let Some(column) = self.columns.get(layer + i + 1) {
                corners.push((column.start, next));
            }
            v = next;
        }
        corners.push((target.along.0, entry));
        let route = self.curves(&corners);
        if let Some(around) = Rect::around(&route) {
            self.cover(around);
        }
        self.edges.push(Edge { from: key, to: target.key, port, route });
    }

    /// Straight pieces within layers, S-shaped ones between them, through corners given as (along, across).
    fn curves(&self, corners: &[(f32, f32)]) -> Vec<Point> {
        let mut straightened: Vec<(f32, f32)> = Vec::with_capacity(corners.len());
        for &corner in corners {
            match straightened.as_slice() {
                [.., last] if *last == corner => continue,
                [.., a, b] if a.1 == b.1 && b.1 == corner.1 => {
                    straightened.pop();
                }
                _ => {}
            }
            straightened.push(corner);
        }
        let mut route = Vec::with_capacity(3 * straightened.len());
        let start = straightened.first().map(|&(u, v)| self.point(u, v));
        route.extend(start);
        for (&(u, v), &(w, z)) in straightened.iter().zip(straightened.iter().skip(1)) {
            // Level at both ends; upright in the middle if it is a bend.
            let middle = (u + w) / 2.0;
            route.extend([self.point(middle, v), self.point(middle, z), self.point(w, z)]);
        }
        route
    }
}
