//! What a page may choose about the drawing.

use crate::{Size, within};

/// Which way the values flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Inputs at the left, results at the right.
    #[default]
    LeftToRight,
    /// Inputs at the top, results at the bottom: for narrow windows.
    TopDown,
}

/// Direction and distances, in CSS pixels before zoom. Distances are clamped to 2..=1024.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Which way the values flow.
    pub direction: Direction,
    /// The room for a box along the flow in every layer, however short its boxes are; they are centered in it. Longer boxes widen the
    /// last layer, but a layer before it is fixed, and what does not fit there goes to a later one: choose it generously.
    pub node: Size,
    /// Between two layers, where edges bend.
    pub layer_gap: f32,
    /// Between two boxes in one layer.
    pub node_gap: f32,
    /// Between an edge and a box that it passes, or another edge that it runs beside.
    pub lane_gap: f32,
    /// Around the whole.
    pub margin: f32,
}

impl Options {
    /// The usual distances for a direction: room between layers for the numbers on the edges.
    pub fn new(direction: Direction) -> Self {
        let (layer_gap, node_gap) = match direction {
            Direction::LeftToRight => (112.0, 44.0),
            Direction::TopDown => (76.0, 32.0),
        };
        Self {
            direction,
            node: Size { width: 124.0, height: 64.0 },
            layer_gap,
            node_gap,
            lane_gap: 16.0,
            margin: 24.0,
        }
    }

    /// These options with every number in its range; one that is not a number takes its usual value.
    pub(crate) fn tame(self) -> Self {
        let usual = Self::new(self.direction);
        let distance =
            |distance: f32, usual: f32| within(if distance.is_nan() { usual } else { distance }, 2.0, 1024.0);
        Self {
            direction: self.direction,
            node: self.node.tame(usual.node),
            layer_gap: distance(self.layer_gap, usual.layer_gap),
            node_gap: distance(self.node_gap, usual.node_gap),
            lane_gap: distance(self.lane_gap, usual.lane_gap),
            margin: distance(self.margin, usual.margin),
        }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self::new(Direction::default())
    }
}
