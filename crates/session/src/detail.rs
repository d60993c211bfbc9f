//! How much of a run is told.
//!
//! A short program is told moment by moment. A long training loop is told so for its first pass; later passes are
//! counted, and the one in which the run pauses or ends is told again, so that the graph shows where it stands.

use gradloom_python::machine::Loop;

/// Moments that a run may have before its loop is condensed, where the loop's length is known.
const MOMENTS: u64 = 240;
/// Moments before it is condensed in any case.
const MOST: u64 = 1500;

/// Turns of a loop that is short.
const SHORT: u64 = 16;

/// Which loop is the training loop, and which pass of it runs.
///
/// It is the innermost loop around the first `backward()`; until there was one, the outermost loop.
#[derive(Default)]
pub struct Passes {
    line: Option<u32>,
    fixed: bool,
    count: u64,
}

impl Passes {
    /// The training loop's line, from 1.
    pub fn line(&self) -> Option<u32> {
        self.line
    }

    /// Passes begun.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The loop at this line begins a turn while these loops run: the number of the pass that begins, from 0. A short
    /// loop that trains nothing is no training loop: all of its turns are drawn.
    pub fn turn(&mut self, line: u32, loops: &[Loop], trains: impl Fn(u32) -> bool) -> Option<u64> {
        if !self.fixed {
            let long = |l: &&Loop| l.total.is_none_or(|total| total > SHORT) || trains(l.line);
            self.line = loops.first().filter(long).map(|l| l.line).or(self.line);
        }
        if self.line != Some(line) {
            return None;
        }
        self.count += 1;
        Some(self.count - 1)
    }

    /// A backward pass begins inside of these loops.
    pub fn backward(&mut self, loops: &[Loop]) {
        if let (false, Some(inner)) = (self.fixed, loops.last()) {
            self.fixed = true;
            self.line = Some(inner.line);
        }
    }

    /// Whether the rest of the run is to be condensed, after so many moments.
    pub fn too_long(&self, loops: &[Loop], moments: u64) -> bool {
        if moments >= MOST {
            return true;
        }
        let Some(training) = loops.iter().find(|l| Some(l.line) == self.line) else { return false };
        match (training.total, self.count) {
            (_, 0 | 1) => false,
            (Some(total), count) => moments / (count - 1) * total > MOMENTS,
            (None, _) => moments > MOMENTS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(line: u32, turns: u64, total: u64) -> Loop {
        Loop { line, turns, total: Some(total) }
    }

    #[test]
    fn passes_follow_the_loop_around_backward() {
        let mut passes = Passes::default();
        let nested = [turn(3, 1, 2), turn(4, 1, 5)];
        assert_eq!(passes.turn(3, &nested, |_| true), Some(0));
        assert_eq!(passes.turn(4, &nested, |_| true), None);
        passes.backward(&nested);
        assert_eq!(passes.turn(4, &nested, |_| true), Some(1));
        assert_eq!(passes.turn(3, &nested, |_| true), None);
    }

    #[test]
    fn a_short_loop_that_trains_nothing_has_no_passes() {
        let mut passes = Passes::default();
        assert_eq!(passes.turn(3, &[turn(3, 1, 5)], |_| false), None);
        assert_eq!(passes.line(), None);
        assert_eq!(passes.turn(8, &[turn(8, 1, 5)], |line| line == 8), Some(0));
    }

    #[test]
    fn long_loops_are_condensed_after_their_first_pass() {
        let mut passes = Passes::default();
        passes.turn(9, &[turn(9, 1, 500)], |_| false);
        assert!(!passes.too_long(&[turn(9, 1, 500)], 30));
        passes.turn(9, &[turn(9, 2, 500)], |_| false);
        assert!(passes.too_long(&[turn(9, 2, 500)], 30));
        assert!(!passes.too_long(&[turn(9, 2, 5)], 30));
    }
}
