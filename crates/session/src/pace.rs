//! How much to do before looking up.
//!
//! Recording work for a GPU is much faster than doing it. Were a slice always the same, a slow GPU would fall seconds
//! behind, and a pause would be answered only when it caught up.

/// Seconds that the GPU may take for what one slice recorded.
const GOAL: f64 = 0.03;
const FEWEST: f64 = 100.0;
const MOST: f64 = 20_000.0;

/// The length of the next slice.
pub struct Pace {
    instructions: f64,
    submitted: Option<f64>,
}

impl Default for Pace {
    fn default() -> Self {
        Pace { instructions: 2_000.0, submitted: None }
    }
}

impl Pace {
    /// Instructions before the machine looks up.
    pub fn instructions(&self) -> u64 {
        self.instructions as u64
    }

    /// Seconds before the session looks up: one look only, where the GPU is what takes the time.
    pub fn slice(&self) -> f64 {
        if self.instructions < MOST / 2.0 { 0.0 } else { 0.008 }
    }

    /// Work was handed over.
    pub fn submitted(&mut self, now: f64) {
        self.submitted.get_or_insert(now);
    }

    /// So many submissions are on their way now.
    pub fn observe(&mut self, in_flight: usize, now: f64) {
        let Some(since) = self.submitted else { return };
        let took = now - since;
        if in_flight == 0 {
            self.submitted = None;
        }
        if in_flight == 0 && took < GOAL {
            self.instructions = (self.instructions * 1.5).min(MOST);
        } else if took > GOAL * 2.0 {
            self.instructions = (self.instructions * 0.7).max(FEWEST);
            self.submitted = Some(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_gpu_gets_less_at_a_time() {
        let mut slow = Pace::default();
        for i in 0..20 {
            slow.submitted(f64::from(i));
            slow.observe(1, f64::from(i) + 0.5);
        }
        assert_eq!(slow.instructions(), 100);
        let mut fast = Pace::default();
        for i in 0..20 {
            fast.submitted(f64::from(i));
            fast.observe(0, f64::from(i) + 0.001);
        }
        assert_eq!((fast.instructions(), fast.slice()), (20_000, 0.008));
    }
}
