//! One layer: what is taken across the flow, and what is free.

use crate::within;

/// Something that takes room in a layer: a box, or the lane of an edge that passes through.
#[derive(Clone, Copy, Debug)]
struct Item {
    low: f32,
    high: f32,
    lane: bool,
}

/// The distances kept between things in one layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spacing {
    /// Between two boxes.
    pub(crate) node: f32,
    /// Between a lane and a box, or two lanes.
    pub(crate) lane: f32,
}

/// An edge's piece in the room after a layer, as its ends across the flow.
#[derive(Clone, Copy, Debug)]
struct Wire {
    source: usize,
    from: f32,
    to: f32,
}

/// A layer and the room between it and the next one.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Where it starts along the flow.
    pub(crate) start: f32,
    /// Its extent along the flow; final once the next layer exists.
    pub(crate) extent: f32,
    /// Sorted, apart from each other.
    items: Vec<Item>,
    wires: Vec<Wire>,
}

/// Crossings are counted against this many of the latest wires, so that one crowded layer does not cost quadratic time.
const WIRES: usize = 128;

impl Column {
    pub(crate) fn new(start: f32, extent: f32) -> Self {
        Self { start, extent, items: Vec::new(), wires: Vec::new() }
    }

    /// Where it ends along the flow.
    pub(crate) fn end(&self) -> f32 {
        self.start + self.extent
    }

    /// The outermost things across the flow: where the first begins and the last ends.
    pub(crate) fn span(&self) -> Option<(f32, f32)> {
        Some((self.items.first()?.low, self.items.last()?.high))
    }

    fn clearance(item: &Item, lane: bool, spacing: Spacing) -> f32 {
        if lane || item.lane { spacing.lane } else { spacing.node }
    }

    /// The range of free centers, for something of this extent, before the item `i` and after the one before it.
    fn room(&self, i: usize, extent: f32, lane: bool, spacing: Spacing) -> Option<(f32, f32)> {
        let before = i.checked_sub(1).and_then(|i| self.items.get(i));
        let low = before.map_or(f32::NEG_INFINITY, |item| {
            item.high + Self::clearance(item, lane, spacing) + extent / 2.0
        });
        let high = self
            .items
            .get(i)
            .map_or(f32::INFINITY, |item| item.low - Self::clearance(item, lane, spacing) - extent / 2.0);
        (low <= high).then_some((low, high))
    }

    /// Free centers near `wanted`, one in each free range: the range around it, and up to `each_way` on either side.
    pub(crate) fn free_near(
        &self,
        wanted: f32,
        extent: f32,
        lane: bool,
        spacing: Spacing,
        each_way: usize,
    ) -> impl Iterator<Item = f32> {
        let here = self.items.partition_point(|item| item.low < wanted);
        let center = move |i: usize| {
            let (low, high) = self.room(i, extent, lane, spacing)?;
            Some(within(wanted, low, high))
        };
        let after = (here + 1..=self.items.len()).filter_map(center).take(each_way);
        let before = (0..here).rev().filter_map(center).take(each_way);
        center(here).into_iter().chain(after).chain(before)
    }

    /// Whether a lane may pass at `v`.
    pub(crate) fn lane_fits(&self, v: f32, spacing: Spacing) -> bool {
        let i = self.items.partition_point(|item| item.low < v);
        self.room(i, 0.0, true, spacing).is_some_and(|(low, high)| low <= v && v <= high)
    }

    /// The free lane nearest to `v` at or below it (greater, `down`), or at or above it.
    pub(crate) fn lane_beyond(&self, v: f32, down: bool, spacing: Spacing) -> f32 {
        let here = self.items.partition_point(|item| item.low < v);
        let fitting = |i: usize| {
            let (low, high) = self.room(i, 0.0, true, spacing)?;
            let lane = if down { v.max(low) } else { v.min(high) };
            (low <= lane && lane <= high).then_some(lane)
        };
        // The outermost ranges have no end, so there is always one.
        let found = if down {
            (here..=self.items.len()).find_map(fitting)
        } else {
            (0..=here).rev().find_map(fitting)
        };
        found.unwrap_or(v)
    }

    /// Takes the room of the extent around `center`.
    pub(crate) fn take(&mut self, center: f32, extent: f32, lane: bool) {
        let low = center - extent / 2.0;
        let i = self.items.partition_point(|item| item.low < low);
        let high = low + extent;
        self.items.insert(i, Item { low, high, lane });
    }

    /// Records an edge's piece in the room after this layer.
    pub(crate) fn wire(&mut self, source: usize, from: f32, to: f32) {
        self.wires.push(Wire { source, from, to });
    }

    /// How many of the latest wires a new one would cross; wires of one source fan out and do not count.
    pub(crate) fn crossings(&self, source: Option<usize>, from: f32, to: f32) -> usize {
        let crosses = |wire: &&Wire| Some(wire.source) != source && (wire.from - from) * (wire.to - to) < 0.0;
        self.wires.iter().rev().take(WIRES).filter(crosses).count()
    }
}
