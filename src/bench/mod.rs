//! The bench: what the learner does to a run, and what the run shows, as signals.

mod curves;
mod folds;
mod open;
mod progress;
mod run;
mod step;

use std::collections::BTreeMap;
use std::sync::Arc;

use gradloom_diagram::Direction;
use gradloom_lessons::{Content, LESSONS, Lesson};
use gradloom_protocol::{DeviceChoice, DeviceInfo, Granularity, Stats};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;
use web_sys::{FileList, HtmlTextAreaElement};

use crate::client::Client;
use crate::files::Files;
use crate::model::log::{Log, Moment};
use crate::model::program::{self, Knob};
use crate::model::sheet::Sheet;
use crate::model::view::{Stage, View};
pub use curves::Curve;
pub use folds::Folds;
pub use open::Opened;
pub use progress::Ask;

use crate::{address, dom, store};

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
    /// One step more.
    Stepping(Granularity),
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
    /// To be ended as soon as it has paused.
    stopping: bool,
    /// A run out of sight is under way, and whether another one is to follow it.
    live: bool,
    again: bool,
    /// Counts runs, so that a late timer of an old one does nothing.
    turn: u32,
    /// When the view was last made anew for a run that is followed.
    followed: f64,
    replay: Option<IntervalHandle>,
    sheet: Option<Sheet>,
    area: Option<HtmlTextAreaElement>,
    /// Lessons that have been fetched.
    contents: BTreeMap<usize, Arc<Content>>,
}

/// All signals of the page. A copy is a handle to the same bench.
#[derive(Clone, Copy)]
pub struct Bench {
    /// Index of the lesson.
    pub lesson: RwSignal<usize>,
    /// Index of its current step.
    pub step: RwSignal<usize>,
    /// The lesson's text and programs, once they are here.
    pub content: RwSignal<Option<Arc<Content>>>,
    /// Questions that have been answered.
    pub done: RwSignal<Vec<Ask>>,
    /// Which program is in the cell.
    pub opened: RwSignal<Arc<Opened>>,
    /// The program.
    pub text: RwSignal<String>,
    /// The program that the run was made from.
    pub loaded: RwSignal<String>,
    /// Lines to pause before.
    pub breakpoints: RwSignal<Vec<u32>>,
    /// The address of the program that was shared last.
    pub shared: RwSignal<Option<String>>,
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
    /// The boxes around nodes.
    pub folds: RwSignal<Folds>,
    /// Boxes that the learner closed (`true`) or opened.
    folded: RwSignal<BTreeMap<u64, bool>>,
    /// The loss curves of earlier runs, the newest first.
    pub curves: RwSignal<Vec<Curve>>,
    /// Counts the runs with a curve.
    pub run_number: RwSignal<usize>,
    /// One line about something unexpected.
    pub note: RwSignal<Option<String>>,
    /// What was chosen.
    pub selected: RwSignal<Target>,
    /// What the pointer is on.
    pub hovered: RwSignal<Target>,
    /// Dark colors.
    pub dark: RwSignal<bool>,
    /// The files of the programs.
    pub files: StoredValue<Files, LocalStorage>,
    inner: StoredValue<Inner, LocalStorage>,
}

impl Bench {
    /// A bench with the lesson that the address names.
    pub fn new(direction: Direction) -> Bench {
        let address = address::read();
        Bench {
            lesson: RwSignal::new(address.lesson),
            step: RwSignal::new(address.step),
            content: RwSignal::new(None),
            done: RwSignal::new(progress::stored()),
            opened: RwSignal::default(),
            text: RwSignal::new(String::new()),
            loaded: RwSignal::new(String::new()),
            breakpoints: RwSignal::default(),
            shared: RwSignal::new(None),
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
            folds: RwSignal::default(),
            folded: RwSignal::default(),
            curves: RwSignal::default(),
            run_number: RwSignal::new(1),
            note: RwSignal::new(None),
            selected: RwSignal::default(),
            hovered: RwSignal::default(),
            dark: RwSignal::new(false),
            files: StoredValue::new_local(Files::new()),
            inner: StoredValue::new_local(Inner::default()),
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

    /// Tells the bench of the editor.
    pub fn set_area(self, area: HtmlTextAreaElement) {
        self.inner.update_value(|inner| inner.area = Some(area));
    }

    /// The editor.
    pub fn area(self) -> Option<HtmlTextAreaElement> {
        self.inner.with_value(|inner| inner.area.clone())
    }

    /// Lesson and number, for people.
    pub fn lesson_title(self) -> String {
        LESSONS.get(self.lesson.get_untracked()).map_or_else(String::new, |lesson| lesson.title.into())
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
        self.opened.with_untracked(|opened| {
            let kept = (text != opened.original).then_some(text.as_str());
            store::set(&opened.key, kept);
        });
        self.text.set(text);
    }

    /// Writes another number into the program and runs it again, out of sight, once for all turns of the knob that
    /// come while it runs.
    pub fn turn(self, knob: &Knob, value: f64) {
        if let Some(text) = program::turned(&self.text.get_untracked(), knob, value) {
            self.rewrite(text);
        }
    }

    /// Whether the turns of its loop are passes of a training.
    pub fn trains(self) -> bool {
        self.loaded.with(|text| program::trains(text))
    }

    /// Whether its program shows figures.
    pub fn draws(self) -> bool {
        self.text.with(|text| program::draws(text))
    }

    /// Puts another text into the cell and runs it, out of sight.
    pub fn rewrite(self, text: String) {
        self.edit(text);
        self.run_live();
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
                let here = view.drawn().filter(|node| (node.lines.0..=node.lines.1).contains(&line));
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

    /// Takes files that the learner chose or dropped.
    pub fn bring(self, list: &FileList) {
        self.files.with_value(|files| files.bring(list, move |why| self.note.set(Some(why))));
    }

    /// Whether the program reads or writes files, or the learner has some.
    pub fn uses_files(self) -> bool {
        let names = ["open(", "load(", "save(", "txt("];
        self.text.with(|text| names.iter().any(|name| text.contains(name)))
            || self.files.with_value(Files::listed).iter().any(|file| file.own)
    }

    /// Whether the end that is shown is the end of the run.
    pub fn shows_end(self) -> bool {
        self.view.with(|view| matches!(view.stage, Stage::Finished | Stage::Failed | Stage::Stopped))
    }
}
