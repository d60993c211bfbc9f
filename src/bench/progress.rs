//! Which questions the learner has answered.

use gradloom_lessons::LESSONS;
use leptos::prelude::*;

use super::Bench;
use crate::store;

/// A question: the lesson's index, the step's, the block's.
pub type Ask = (u16, u16, u16);

/// As it was kept: for each lesson `step.block`, separated by spaces.
pub fn stored() -> Vec<Ask> {
    let mut done = Vec::new();
    for (i, lesson) in LESSONS.iter().enumerate() {
        let kept = store::get(&format!("done.{}", lesson.slug)).unwrap_or_default();
        done.extend(kept.split(' ').filter_map(|ask| {
            let (step, block) = ask.split_once('.')?;
            Some((i as u16, step.parse().ok()?, block.parse().ok()?))
        }));
    }
    done
}

impl Bench {
    /// The question is answered, now and on later visits.
    pub fn finish(self, ask: Ask) {
        if self.done.with_untracked(|done| done.contains(&ask)) {
            return;
        }
        self.done.update(|done| done.push(ask));
        let Some(lesson) = LESSONS.get(ask.0 as usize) else { return };
        let kept = self.done.with_untracked(|done| {
            let of_lesson = done.iter().filter(|(lesson, ..)| *lesson == ask.0);
            of_lesson.map(|(_, step, block)| format!("{step}.{block}")).collect::<Vec<_>>().join(" ")
        });
        store::set(&format!("done.{}", lesson.slug), Some(&kept));
    }

    /// How many of a lesson's questions are answered, and how many there are.
    pub fn progress(self, lesson: usize) -> (usize, usize) {
        let done = self.done.with(|done| done.iter().filter(|ask| ask.0 as usize == lesson).count());
        let all = LESSONS.get(lesson).map_or(0, |lesson| lesson.asks as usize);
        (done.min(all), all)
    }
}
