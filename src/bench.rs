//! The bench: what the learner does to a run, and what the run shows, as signals.

use std::sync::Arc;
use std::time::Duration;

use gradloom_diagram::Direction;
use gradloom_lessons::{LESSONS, Lesson};
use gradloom_protocol::{DeviceChoice, DeviceInfo, Event, PauseReason, Stats};
use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use web_sys::HtmlTextAreaElement;

use crate::client::{Client, Incoming};
use crate::model::log::{Log, Moment};
use crate::model::program::{self, Knob};
use crate::model::sheet::Sheet;
use crate::model::view::{Stage, View};
use crate::{address, dom, store};

/// Runs with at most this many moments are replayed at a calm pace.
const REPLAYED: usize = 60;
/// Between two moments of a replay.
const PACE: Duration = Duration::from_millis(330);
/// A run that takes longer is followed while it goes on.
const SOON: Duration = Duration::from_millis(400);
/// A run that takes longer can be paused and stopped.
const BUSY: Duration = Duration::from_millis(150);

/// What the run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The session is not there yet.
    Starting,
    /// Waiting for a command.
    Ready,
    /// The program is being executed.
    Running,
    /// Over: finished, failed, or stopped.
    Over,
}

/// What is pointed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    #[default]
    Nothing,
    /// A line of the program.
    Line(u32),
    /// A box of the graph.
    Place(u64),
}

/// What lights up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lit {
    /// Lines.
    pub lines: Vec<u32>,
    /// Boxes.
    pub places: Vec<u64>,
}

/// What the events that come in are for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Idle,
    /// One moment more.
    Stepping,
    /// To the end; still short enough to be replayed.
    Running,
    /// To the end; the view follows the newest events.
    Following,
    /// To the end, out of sight: the view changes when it is there.
    Live,
}

#[derive(Default)]
struct Inner {
    client: Option<Client>,
    log: Log,
    mode: Mode,
    /// Counts runs, so that a late timer of an old one does nothing.
    turn: u32,
    replay: Option<IntervalHandle>,
    sheet: Option<Sheet>,
    area: Option<HtmlTextAreaElement>,
}

/// All signals of the page. A copy is a handle to the same bench.
#[derive(Clone, Copy)]
pub struct Bench {
    /// Index of the lesson.
    pub lesson: RwSignal<usize>,
    /// Index of its current step.
    pub step: RwSignal<usize>,
    /// The program.
    pub text: RwSignal<String>,
    /// The program that the run was made from.
    pub loaded: RwSignal<String>,
    /// Where tensors without a named device are made.
    pub choice: RwSignal<DeviceChoice>,
    /// The devices, as the session told last.
    pub device: RwSignal<Option<DeviceInfo>>,
    /// The GPU's counters, as the session told last.
    pub stats: RwSignal<Option<Stats>>,
    /// What is shown.
    pub view: RwSignal<Arc<View>>,
    /// The timeline.
    pub moments: RwSignal<Arc<Vec<Moment>>>,
    /// Where on it: 0 is before the first moment.
    pub position: RwSignal<usize>,
    /// The last position.
    pub available: RwSignal<usize>,
    /// What the run is doing.
    pub status: RwSignal<Status>,
    /// Being executed for long enough that a learner may want to end it.
    pub busy: RwSignal<bool>,
    /// Whether it is being replayed.
    pub replaying: RwSignal<bool>,
    /// Where the boxes lie.
    pub sheet: RwSignal<Arc<Sheet>>,
    /// One line about something unexpected.
    pub note: RwSignal<Option<String>>,
    /// What was chosen.
    pub selected: RwSignal<Target>,
    /// What the pointer is on.
    pub hovered: RwSignal<Target>,
    /// Dark colors.
    pub dark: RwSignal<bool>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Bench {
    /// A bench with the lesson that the address names.
    pub fn new(direction: Direction) -> Bench {
        let (lesson, step) = address::read();
        Bench {
            lesson: RwSignal::new(lesson),
            step: RwSignal::new(step),
            text: RwSignal::new(stored_text(lesson)),
            loaded: RwSignal::new(String::new()),
            choice: RwSignal::new(DeviceChoice::Gpu),
            device: RwSignal::new(None),
            stats: RwSignal::new(None),
            view: RwSignal::default(),
            moments: RwSignal::default(),
            position: RwSignal::new(0),
            available: RwSignal::new(0),
            status: RwSignal::new(Status::Starting),
            busy: RwSignal::new(false),
            replaying: RwSignal::new(false),
            sheet: RwSignal::new(Arc::new(Sheet::new(direction))),
            note: RwSignal::new(None),
            selected: RwSignal::default(),
            hovered: RwSignal::default(),
            dark: RwSignal::new(false),
            inner: StoredValue::new_local(Inner::default()),
        }
    }

    /// Starts the session and loads the program.
    pub fn start(self) {
        let client = Client::new(move |incoming| match incoming {
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
        self.load();
    }

    fn client(self, act: impl FnOnce(&Client)) {
        let client = self.inner.with_value(|inner| inner.client.clone());
        if let Some(client) = client {
            act(&client);
        }
    }

    /// The lesson on the bench.
    pub fn current_lesson(self) -> Option<&'static Lesson> {
        LESSONS.get(self.lesson.get())
    }

    /// Whether the program has been changed since the run was made: what is shown is no longer what is written.
    pub fn stale(self) -> bool {
        self.loaded.with(|loaded| self.text.with(|text| text != loaded))
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
        let direction = self.sheet.with_untracked(|sheet| sheet.direction());
        self.inner.update_value(|inner| {
            inner.log = Log::default();
            inner.mode = Mode::Idle;
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
        let file = LESSONS.get(self.lesson.get_untracked()).map_or("program.py", |lesson| lesson.file);
        let choice = self.choice.get_untracked();
        self.client(|client| client.load(file, &text, choice));
        self.loaded.set(text);
    }

    /// Shows the log at the position.
    fn publish(self) {
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
                    waits |= mode == Mode::Stepping || paused.reason != PauseReason::Step
                }
                Event::Finished | Event::Failed(_) | Event::Stopped => over = true,
                _ => {}
            }
        }
        if over {
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
            Mode::Stepping if available > position => {
                self.set_mode(Mode::Idle);
                self.position.set(position + 1);
                self.publish();
            }
            Mode::Stepping if over => {
                self.set_mode(Mode::Idle);
                self.publish();
            }
            Mode::Stepping if waits => {
                self.set_status(Status::Running);
                self.client(Client::step);
            }
            Mode::Stepping => {}
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
                }
                self.position.set(available);
                self.publish();
            }
            Mode::Live if over => {
                self.set_mode(Mode::Idle);
                self.position.set(available);
                self.publish();
                // The knob has been turned further meanwhile.
                if self.loaded.with_untracked(|loaded| self.text.with_untracked(|text| text != loaded)) {
                    self.run_live();
                }
            }
            Mode::Live => {}
        }
    }

    fn mode(self) -> Mode {
        self.inner.with_value(|inner| inner.mode)
    }

    fn set_status(self, status: Status) {
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

    fn set_mode(self, mode: Mode) {
        self.inner.update_value(|inner| inner.mode = mode);
    }

    fn is_over(self) -> bool {
        self.status.get_untracked() == Status::Over
    }

    fn is_running(self) -> bool {
        self.status.get_untracked() == Status::Running || self.mode() == Mode::Live
    }

    /// Moves one moment on; runs that far where the run is not there yet.
    pub fn step_forward(self) {
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
        if position < self.available.get_untracked() {
            self.position.set(position + 1);
            self.publish();
        } else if !self.is_over() && !replaying {
            self.set_mode(Mode::Stepping);
            self.set_status(Status::Running);
            self.client(Client::step);
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
        if stale || self.is_over() {
            self.load();
        }
        self.set_mode(Mode::Running);
        self.set_status(Status::Running);
        self.client(Client::run);
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

    /// Ends the run.
    pub fn stop(self) {
        if self.replaying.get_untracked() {
            self.seek(self.available.get_untracked());
        } else {
            self.client(Client::stop);
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

    fn stop_replay(self) {
        let handle = self.inner.try_update_value(|inner| inner.replay.take()).flatten();
        if let Some(handle) = handle {
            handle.clear();
        }
        if self.replaying.get_untracked() {
            self.replaying.set(false);
        }
    }

    /// Tells the bench of the editor.
    pub fn set_area(self, area: HtmlTextAreaElement) {
        self.inner.update_value(|inner| inner.area = Some(area));
    }

    /// The editor.
    pub fn area(self) -> Option<HtmlTextAreaElement> {
        self.inner.with_value(|inner| inner.area.clone())
    }

    /// Puts another program into the editor, as if typed: undo brings the old one back.
    pub fn type_over(self, text: &str) {
        match self.area() {
            Some(area) => dom::type_over(&area, text),
            None => self.edit(text.into()),
        }
    }

    /// Chooses a target, or lets go of it.
    pub fn choose(self, target: Target) {
        self.selected
            .update(|selected| *selected = if *selected == target { Target::Nothing } else { target });
    }

    /// Takes a program from the editor.
    pub fn edit(self, text: String) {
        self.stop_replay();
        let Some(lesson) = LESSONS.get(self.lesson.get_untracked()) else { return };
        let kept = (text != lesson.program).then_some(text.as_str());
        store::set(&store::text_key(lesson.slug), kept);
        self.text.set(text);
    }

    /// Writes another number into the program and runs it again, out of sight, once for all turns of the knob that
    /// come while it runs.
    pub fn turn(self, knob: &Knob, value: f64) {
        let Some(text) = program::turned(&self.text.get_untracked(), knob, value) else { return };
        self.edit(text);
        self.run_live();
    }

    fn run_live(self) {
        let busy = self.inner.with_value(|inner| inner.mode == Mode::Live);
        if busy {
            return;
        }
        self.note.set(None);
        let direction = self.sheet.with_untracked(|sheet| sheet.direction());
        self.inner.update_value(|inner| {
            inner.log = Log::default();
            inner.sheet = Some(Sheet::new(direction));
            inner.mode = Mode::Live;
            inner.turn += 1;
        });
        self.send_load();
        self.client(Client::run);
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

    /// Opens a lesson at a step.
    pub fn open(self, lesson: usize, step: usize) {
        let other = self.lesson.get_untracked() != lesson;
        self.step.set(step);
        if other {
            self.lesson.set(lesson);
            self.text.set(stored_text(lesson));
            self.note.set(None);
            self.load();
        }
    }

    /// Chooses where tensors without a named device are made.
    pub fn choose_device(self, choice: DeviceChoice) {
        self.choice.set(choice);
        self.load();
    }

    /// Draws the graph the other way, for a window that has become narrow or wide.
    pub fn turn_sheet(self, direction: Direction) {
        if self.sheet.with_untracked(|sheet| sheet.direction()) == direction {
            return;
        }
        let mut sheet = Sheet::new(direction);
        self.inner.update_value(|inner| {
            sheet.grow(inner.log.newest());
            inner.sheet = Some(sheet.clone());
        });
        self.sheet.set(Arc::new(sheet));
    }

    /// What lights up with what is pointed at, else with what is chosen.
    pub fn lit(self) -> Lit {
        let target = match self.hovered.get() {
            Target::Nothing => self.selected.get(),
            target => target,
        };
        let mut lit = Lit::default();
        if target == Target::Nothing || self.stale() {
            return lit;
        }
        self.view.with(|view| match target {
            Target::Line(line) => {
                lit.lines.push(line);
                let here = view.nodes.iter().filter(|node| (node.lines.0..=node.lines.1).contains(&line));
                lit.places.extend(here.map(|node| node.place));
            }
            Target::Place(place) => {
                lit.places.push(place);
                if let Some(node) = view.at(place) {
                    lit.lines.extend((node.lines.0..=node.lines.1).filter(|line| *line > 0).take(40));
                }
            }
            Target::Nothing => {}
        });
        lit
    }

    /// Whether the end that is shown is the end of the run.
    pub fn shows_end(self) -> bool {
        self.view.with(|view| matches!(view.stage, Stage::Finished | Stage::Failed | Stage::Stopped))
    }
}

fn stored_text(lesson: usize) -> String {
    let Some(lesson) = LESSONS.get(lesson) else { return String::new() };
    store::get(&store::text_key(lesson.slug)).unwrap_or_else(|| lesson.program.into())
}
