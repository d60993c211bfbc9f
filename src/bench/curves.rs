//! The loss curves of earlier runs, to be compared with the present one.

use std::sync::Arc;

use gradloom_protocol::{Command, NodeId, Point};
use leptos::prelude::*;

use super::Bench;

/// Earlier curves that are kept.
const KEPT: usize = 3;
/// Rows and columns of a tensor that is looked at closely.
const ROWS: u32 = 128;
const COLUMNS: u32 = 1024;

/// The curve of an earlier run.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// `run 2`.
    pub name: String,
    /// Its points.
    pub points: Arc<Vec<Point>>,
}

impl Bench {
    /// Keeps the curve of the run that is about to be dropped.
    pub(super) fn keep_curve(self) {
        let points = self.inner.with_value(|inner| inner.log.newest().losses.clone());
        if points.len() < 2 {
            return;
        }
        let number = self.run_number.get_untracked();
        self.run_number.set(number + 1);
        self.curves.update(|curves| {
            curves.insert(0, Curve { name: format!("run {number}"), points: Arc::new(points) });
            curves.truncate(KEPT);
        });
    }

    /// Forgets earlier curves.
    pub fn drop_curves(self) {
        self.run_number.set(1);
        self.curves.set(Vec::new());
    }

    /// Asks the session for more cells of a tensor.
    pub fn look_closely(self, node: NodeId) {
        self.client(|client| client.command(|run| Command::Inspect { run, node, rows: ROWS, cols: COLUMNS }));
    }

    /// Asks for every cell of a tensor, as rows of its last dimension.
    pub fn look_at_cells(self, node: NodeId) {
        let rows = crate::model::sliding::MOST as u32;
        self.client(|client| client.command(|run| Command::Inspect { run, node, rows, cols: rows }));
    }

    /// What the values and the gradients at a place were, from the start of the run on.
    pub fn history(self, place: u64) -> (Vec<Point>, Vec<Point>) {
        self.inner.with_value(|inner| inner.log.history(place))
    }

    /// Shows the end of a pass.
    pub fn go_to_pass(self, pass: u64) {
        if let Some(position) = self.inner.with_value(|inner| inner.log.end_of_pass(pass)) {
            self.seek(position);
        }
    }
}
