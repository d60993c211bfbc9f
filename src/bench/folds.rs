//! Which boxes around nodes are closed.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;

use super::Bench;
use crate::model::groups::{Group, Groups};
use crate::model::view::View;

/// Graphs with more nodes than this start with their boxes closed.
const MANY: usize = 80;

/// The boxes around nodes, and which of them are closed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Folds {
    groups: Groups,
    index: BTreeMap<u64, usize>,
    closed: BTreeSet<u64>,
}

impl Folds {
    /// The boxes of a view; `chosen` holds what the learner closed (`true`) and opened.
    fn of(view: &View, chosen: &BTreeMap<u64, bool>) -> Folds {
        let groups = Groups::of(view);
        let many = view.nodes.len() > MANY;
        // One by one: made of an iterator, a map sorts first, and sorting is a lot of code.
        let (mut index, mut closed) = (BTreeMap::new(), BTreeSet::new());
        for (i, group) in groups.all.iter().enumerate() {
            index.insert(group.key, i);
            if chosen.get(&group.key).copied().unwrap_or(many) {
                closed.insert(group.key);
            }
        }
        Folds { groups, index, closed }
    }

    /// The box with this key.
    pub fn group(&self, key: u64) -> Option<&Group> {
        self.index.get(&key).and_then(|&i| self.groups.all.get(i))
    }

    /// The box around a box.
    pub fn outer(&self, key: u64) -> Option<&Group> {
        self.groups.all.get(self.group(key)?.parent?)
    }

    /// The boxes around a place, from the outermost, each with whether it is closed.
    pub fn path(&self, place: u64) -> Vec<(u64, bool)> {
        let around = self.groups.around(place);
        let groups = around.into_iter().filter_map(|i| self.groups.all.get(i));
        groups.map(|group| (group.key, self.closed.contains(&group.key))).collect()
    }

    /// The outermost closed box around a place.
    pub fn closed_around(&self, place: u64) -> Option<u64> {
        self.path(place).into_iter().find(|(_, closed)| *closed).map(|(key, _)| key)
    }

    /// Whether a closed box lies over a place.
    pub fn hides(&self, place: u64) -> bool {
        self.closed_around(place).is_some()
    }

    fn seen(&self, group: &Group) -> bool {
        let mut parent = group.parent;
        while let Some(outer) = parent.and_then(|i| self.groups.all.get(i)) {
            if self.closed.contains(&outer.key) {
                return false;
            }
            parent = outer.parent;
        }
        true
    }

    /// The closed boxes that are seen.
    pub fn closed(&self) -> Vec<u64> {
        let closed =
            self.groups.all.iter().filter(|group| self.closed.contains(&group.key) && self.seen(group));
        closed.map(|group| group.key).collect()
    }

    /// The open boxes that are seen.
    pub fn open(&self) -> Vec<u64> {
        let open =
            self.groups.all.iter().filter(|group| !self.closed.contains(&group.key) && self.seen(group));
        open.map(|group| group.key).collect()
    }

    /// How many boxes inside of a box lie in one another.
    pub fn frames_inside(&self, key: u64) -> usize {
        let Some(index) = self.index.get(&key).copied() else { return 0 };
        let depth = |group: &Group| group.depth;
        let own = self.groups.all.get(index).map_or(0, depth);
        // What is inside follows a box, up to the next one that is not deeper.
        let inside = self.groups.all.iter().skip(index + 1).take_while(|group| group.depth > own);
        inside.map(depth).max().map_or(0, |deepest| deepest - own)
    }
}

impl Bench {
    /// Keeps the boxes in step with the view.
    pub fn watch_folds(self) {
        crate::ui::effect(move || {
            let folds = self.folded.with(|chosen| self.view.with(|view| Folds::of(view, chosen)));
            if self.folds.with_untracked(|known| *known != folds) {
                self.folds.set(folds);
            }
        });
    }

    /// Closes or opens a box.
    pub fn fold(self, key: u64) {
        let closed = self.folds.with_untracked(|folds| folds.closed.contains(&key));
        self.folded.update(|chosen| {
            chosen.insert(key, !closed);
        });
    }

    /// Closes or opens all boxes.
    pub fn fold_all(self, closed: bool) {
        let keys: Vec<u64> = self.folds.with_untracked(|folds| folds.index.keys().copied().collect());
        self.folded.update(|chosen| chosen.extend(keys.into_iter().map(|key| (key, closed))));
    }

    /// The innermost box around a place that is not hidden by another.
    pub fn innermost_group(self, place: u64) -> Option<u64> {
        self.folds.with_untracked(|folds| folds.path(place).last().map(|(key, _)| *key))
    }
}
