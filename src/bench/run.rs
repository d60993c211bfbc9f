//! What a learner does to a run: load, step, run, pause, stop, replay; and what its events do to the signals.

use std::sync::Arc;
use std::time::Duration;

use gradloom_protocol::{Command, Event, Granularity, PauseReason};
use leptos::leptos_dom::helpers::set_interval_with_handle;
use leptos::prelude::*;

use super::{Bench, Mode, Status, Target};
use crate::client::{Client, Incoming};
use crate::dom;
use crate::model::log::Log;
use crate::model::sheet::Sheet;

/// Runs with at most this many moments are replayed at a calm pace.
const REPLAYED: usize = 60;
/// Between two moments of a replay.
const PACE: Duration = Duration::from_millis(330);
/// A run that takes longer is followed while it goes on.
const SOON: Duration = Duration::from_millis(400);
/// Milliseconds between two views of a run that is followed.
const FOLLOWED: f64 = 120.0;
/// A run that takes longer can be paused and stopped.
const BUSY: Duration = Duration::from_millis(150);

impl Bench {
    /// Starts the session and loads the program.
    pub fn start(self) {
        let client = Client::new(self.files.get_value(), true, move |incoming| match incoming {
            Incoming::Events(events) => self.receive(events),
            Incoming::Restarted(why) => {
                self.note.set(Some(why.into()));
                self.load();
            }
            Incoming::Broken(why) => {
                self.note.set(Some(why));
                self.set_status(Status::Starting);
            }
        });
        self.inner.update_value(|inner| inner.client = Some(client));
        self.follow_address();
    }

    pub(super) fn client(self, act: impl FnOnce(&Client)) {
        let client = self.inner.with_value(|inner| inner.client.clone());
        if let Some(client) = client {
            act(&client);
        }
    }

    /// Loads the program as a new run, before its first line.
    pub fn load(self) {
        self.stop_replay();
        if self.status.get_untracked() == Status::Running {
            // A worker that does not hear this is replaced, and the program loaded into the new one.
            self.client(Client::stop);
        }
        self.selected.set(Target::Nothing);
        self.hovered.set(Target::Nothing);
        self.keep_curve();
        let direction = self.sheet.with_untracked(|sheet| sheet.direction());
        self.inner.update_value(|inner| {
            inner.log = Log::default();
            inner.mode = Mode::Idle;
            (inner.stopping, inner.live, inner.again) = (false, false, false);
            inner.turn += 1;
            inner.sheet = Some(Sheet::new(direction));
        });
        self.send_load();
        self.set_status(Status::Starting);
        self.position.set(0);
        self.publish();
    }

    fn send_load(self) {
        let text = self.text.get_untracked();
        let file = self.opened.with_untracked(|opened| opened.file.clone());
        let choice = self.choice.get_untracked();
        let lines = self.breakpoints.get_untracked();
        self.client(|client| {
            client.load(&file, &text, choice, None);
            if !lines.is_empty() {
                client.command(|run| Command::Breakpoints { run, lines });
            }
        });
        self.loaded.set(text);
    }

    /// Shows the log at the position.
    pub(super) fn publish(self) {
        let shown = self.inner.try_update_value(|inner| {
            if let Some(sheet) = inner.sheet.as_mut()
                && (sheet.grow(inner.log.newest()) || inner.log.moments().is_empty())
            {
                self.sheet.set(Arc::new(sheet.clone()));
            }
            let position = self.position.get_untracked().min(inner.log.available());
            (inner.log.view(position), inner.log.moments(), inner.log.available(), position)
        });
        let Some((view, moments, available, position)) = shown else { return };
        self.moments.set(moments);
        self.available.set(available);
        self.position.set(position);
        self.view.set(Arc::new(view));
    }

    fn receive(self, events: Vec<Event>) {
        let (mut waits, mut over) = (false, false);
        let mode = self.mode();
        for event in &events {
            match event {
                Event::Loaded(device) => {
                    self.device.set(Some(device.clone()));
                    if mode == Mode::Idle {
                        self.set_status(Status::Ready);
                    }
                }
                Event::Stats(stats) => self.stats.set(Some(*stats)),
                // The end of a step before is no answer to Run.
                Event::Paused(paused) => {
                    waits |=
                        matches!(mode, Mode::Idle | Mode::Stepping(_)) || paused.reason != PauseReason::Step;
                }
                Event::Finished | Event::Failed(_) | Event::Stopped => over = true,
                _ => {}
            }
        }
        let stopping =
            self.inner.try_update_value(|inner| (waits || over) && std::mem::take(&mut inner.stopping));
        if stopping == Some(true) && !over {
            self.client(Client::stop);
        } else if over {
            self.set_status(Status::Over);
        } else if waits {
            self.set_status(Status::Ready);
        }
        let now = self.inner.try_update_value(|inner| {
            events.into_iter().for_each(|event| inner.log.push(event));
            (inner.log.available(), inner.log.newest().condensed)
        });
        let Some((available, condensed)) = now else { return };
        let position = self.position.get_untracked();
        match mode {
            // Before the first line, or after a late answer: nothing moves.
            Mode::Idle => self.publish(),
            // Values may come later than what has them: a step is shown when it is over.
            Mode::Stepping(granularity) if available > position && (waits || over) => {
                self.set_mode(Mode::Idle);
                let one = granularity == Granularity::Into;
                self.position.set(if one { position + 1 } else { available });
                self.publish();
            }
            Mode::Stepping(_) if over => {
                self.set_mode(Mode::Idle);
                self.publish();
            }
            Mode::Stepping(granularity) if waits => {
                self.set_status(Status::Running);
                self.client(|client| client.command(|run| Command::Step { run, granularity }));
            }
            Mode::Stepping(_) => {}
            Mode::Running if over => {
                self.set_mode(Mode::Idle);
                if available > REPLAYED || condensed || dom::prefers_less_motion() {
                    self.position.set(available);
                    self.publish();
                } else {
                    self.publish();
                    self.replay();
                }
            }
            Mode::Running if waits || available > REPLAYED || condensed => {
                self.set_mode(if waits { Mode::Idle } else { Mode::Following });
                self.position.set(available);
                self.publish();
            }
            Mode::Running => {}
            Mode::Following => {
                if over || waits {
                    self.set_mode(Mode::Idle);
                } else if !self.is_due() {
                    return;
                }
                self.position.set(available);
                self.publish();
            }
            Mode::Live if over => {
                self.set_mode(Mode::Idle);
                self.position.set(available);
                self.publish();
            }
            Mode::Live => {}
        }
        let again = self.inner.try_update_value(|inner| {
            let was_live = (over || waits) && std::mem::take(&mut inner.live);
            was_live && std::mem::take(&mut inner.again) && over
        });
        if again == Some(true) {
            self.run_live();
        }
    }

    /// Whether the view that follows a run is old enough to be made anew: drawing takes time from the run.
    fn is_due(self) -> bool {
        let now = js_sys::Date::now();
        let due = self.inner.try_update_value(|inner| {
            let due = now - inner.followed >= FOLLOWED;
            if due {
                inner.followed = now;
            }
            due
        });
        due.unwrap_or(true)
    }

    fn mode(self) -> Mode {
        self.inner.with_value(|inner| inner.mode)
    }

    pub(super) fn set_status(self, status: Status) {
        self.status.set(status);
        if status != Status::Running {
            self.busy.set(false);
            return;
        }
        let turn = self.inner.with_value(|inner| inner.turn);
        let check = move || {
            let same = self.inner.with_value(|inner| inner.turn == turn);
            if same && self.status.get_untracked() == Status::Running {
                self.busy.set(true);
            }
        };
        set_timeout(check, BUSY);
    }

    pub(super) fn set_mode(self, mode: Mode) {
        self.inner.update_value(|inner| inner.mode = mode);
    }

    pub(super) fn is_over(self) -> bool {
        self.status.get_untracked() == Status::Over
    }

    pub(super) fn is_running(self) -> bool {
        self.status.get_untracked() == Status::Running || self.mode() == Mode::Live
    }

    /// Runs to the end: on from here, or, at the end, from the start. During a replay: shows the end at once.
    pub fn run(self) {
        self.note.set(None);
        if self.replaying.get_untracked() {
            self.seek(self.available.get_untracked());
            return;
        }
        if self.is_running() {
            return;
        }
        let (position, available) = (self.position.get_untracked(), self.available.get_untracked());
        let stale = untrack(|| self.stale());
        if !stale && self.is_over() && position < available && available <= REPLAYED {
            self.replay();
            return;
        }
        self.set_out(|client| client.command(|run| Command::Run { run }));
    }

    /// Sends the run on its way, from the start where it is over or the program was edited.
    pub(super) fn set_out(self, go: impl FnOnce(&Client)) {
        if untrack(|| self.stale()) || self.is_over() {
            self.load();
        }
        self.set_mode(Mode::Running);
        self.set_status(Status::Running);
        self.client(go);
        let turn = self.inner.with_value(|inner| inner.turn);
        let follow = move || {
            let late = self.inner.with_value(|inner| inner.turn == turn && inner.mode == Mode::Running);
            if late {
                self.set_mode(Mode::Following);
                self.position.set(self.inner.with_value(|inner| inner.log.available()));
                self.publish();
            }
        };
        set_timeout(follow, SOON);
    }

    /// Pauses the run or its replay.
    pub fn pause(self) {
        if self.replaying.get_untracked() {
            self.stop_replay();
        } else {
            self.client(Client::pause);
        }
    }

    /// Ends the run, once it has paused: what is shown then is the pass that it was at.
    pub fn stop(self) {
        if self.replaying.get_untracked() {
            self.seek(self.available.get_untracked());
        } else {
            self.inner.update_value(|inner| inner.stopping = true);
            self.client(Client::pause);
        }
    }

    fn replay(self) {
        self.stop_replay();
        let tick = move || {
            let (position, available) = (self.position.get_untracked(), self.available.get_untracked());
            if position < available {
                self.position.set(position + 1);
                self.publish();
            }
            if position + 1 >= available {
                self.stop_replay();
            }
        };
        if dom::prefers_less_motion() {
            self.position.set(self.available.get_untracked());
            self.publish();
            return;
        }
        self.replaying.set(true);
        let handle = set_interval_with_handle(tick, PACE).ok();
        self.inner.update_value(|inner| inner.replay = handle);
        tick();
    }

    pub(super) fn stop_replay(self) {
        let handle = self.inner.try_update_value(|inner| inner.replay.take()).flatten();
        if let Some(handle) = handle {
            handle.clear();
        }
        if self.replaying.get_untracked() {
            self.replaying.set(false);
        }
    }

    /// Runs the program out of sight: the view changes when it is over.
    pub fn run_live(self) {
        // Turned further while it runs: once more when it is over, also where it takes so long that it is followed.
        let busy = self.inner.try_update_value(|inner| {
            inner.again = std::mem::replace(&mut inner.live, true);
            inner.again
        });
        if busy == Some(true) {
            return;
        }
        self.note.set(None);
        self.keep_curve();
        let direction = self.sheet.with_untracked(|sheet| sheet.direction());
        self.inner.update_value(|inner| {
            inner.log = Log::default();
            inner.sheet = Some(Sheet::new(direction));
            inner.mode = Mode::Live;
            inner.turn += 1;
        });
        self.send_load();
        self.client(|client| client.command(|run| Command::Run { run }));
        let turn = self.inner.with_value(|inner| inner.turn);
        let follow = move || {
            let late = self.inner.with_value(|inner| inner.turn == turn && inner.mode == Mode::Live);
            if late {
                self.set_mode(Mode::Following);
                self.set_status(Status::Running);
            }
        };
        set_timeout(follow, SOON);
    }
}
