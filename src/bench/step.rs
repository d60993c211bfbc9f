//! One step, one line, one moment at a time.

use gradloom_protocol::{Command, Granularity};
use leptos::prelude::*;

use super::{Bench, Mode, Status};

impl Bench {
    /// Moves one moment on; runs that far where the run is not there yet.
    pub fn step_forward(self) {
        self.step_by(Granularity::Into);
    }

    /// Moves on to the next line of this function, a backward pass and calls in one go.
    pub fn step_over(self) {
        self.step_by(Granularity::Over);
    }

    /// Moves on to the line after the call of this function.
    pub fn step_out(self) {
        self.step_by(Granularity::Out);
    }

    fn step_by(self, granularity: Granularity) {
        self.note.set(None);
        let replaying = self.replaying.get_untracked();
        self.stop_replay();
        if self.is_running() {
            return;
        }
        if untrack(|| self.stale()) {
            self.load();
        }
        let position = self.position.get_untracked();
        let told = self.inner.with_value(|inner| inner.log.after(position, granularity));
        if let Some(told) = told {
            self.position.set(told);
            self.publish();
        } else if !self.is_over() && !replaying {
            // What has been told and was not looked at yet is part of the step.
            if granularity != Granularity::Into {
                self.position.set(self.available.get_untracked());
            }
            self.set_mode(Mode::Stepping(granularity));
            self.set_status(Status::Running);
            self.client(|client| client.command(|run| Command::Step { run, granularity }));
        } else {
            self.seek(self.available.get_untracked());
        }
    }

    /// Pauses before this line from now on, or no longer.
    pub fn toggle_breakpoint(self, line: u32) {
        self.breakpoints.update(|lines| match lines.iter().position(|known| *known == line) {
            Some(known) => drop(lines.remove(known)),
            None => lines.push(line),
        });
        let lines = self.breakpoints.get_untracked();
        self.client(|client| client.command(|run| Command::Breakpoints { run, lines }));
    }

    /// Runs until this line is about to be executed.
    pub fn run_to(self, line: u32) {
        if !self.is_running() {
            self.set_out(|client| client.command(|run| Command::RunTo { run, line }));
        }
    }

    /// Shows the moment before.
    pub fn step_back(self) {
        self.seek(self.position.get_untracked().saturating_sub(1));
    }

    /// Shows any moment that has been.
    pub fn seek(self, position: usize) {
        if self.is_running() {
            return;
        }
        self.stop_replay();
        self.position.set(position);
        self.publish();
    }
}
