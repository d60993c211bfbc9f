//! What stands on the bench: a lesson, a step of it, and a program in the cell.

use std::sync::Arc;

use gradloom_lessons::{Content, LESSONS, PLAYGROUND};
use leptos::prelude::*;

use super::Bench;
use crate::address::{self, Address};
use crate::{net, pack, store};

/// A program in the cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    /// The name of its file.
    pub file: String,
    /// As it was before the learner changed anything.
    pub original: String,
    /// Under which the changed text is kept.
    pub key: String,
    /// Its index in the lesson; `None` for one that somebody shared.
    pub index: Option<usize>,
}

impl Opened {
    /// Under which the learner's version is kept when the original is restored.
    pub fn before(&self) -> String {
        format!("{}.before", self.key)
    }
}

impl Bench {
    /// Restores the original; the learner's version is kept and can be brought back, also after a reload.
    pub fn restore(self) {
        let opened = self.opened.get_untracked();
        store::set(&opened.before(), Some(&self.text.get_untracked()));
        self.type_over(&opened.original);
    }

    /// Brings back the version that was there before the original was restored.
    pub fn bring_back(self) {
        let kept = store::get(&self.opened.with_untracked(|opened| opened.before()));
        if let Some(kept) = kept {
            self.type_over(&kept);
        }
    }

    /// Opens what the page's address names: a lesson, a step, a program of the lesson or a shared one.
    pub fn follow_address(self) {
        let Address { lesson, step, program, code } = address::read();
        let other = self.lesson.get_untracked() != lesson || self.content.with_untracked(Option::is_none);
        self.step.set(step);
        if other {
            self.lesson.set(lesson);
            self.content.set(None);
            self.note.set(None);
        }
        self.with_content(lesson, move |content| {
            if other {
                self.content.set(Some(content.clone()));
            }
            if let Some(code) = code {
                self.open_shared(&code);
                return;
            }
            let wanted = program.and_then(|file| content.programs.iter().position(|p| p.file == file));
            let open = self.opened.with_untracked(|opened| opened.index);
            if other || wanted.is_some() && wanted != open {
                self.open_program(wanted.unwrap_or(0));
            }
        });
    }

    /// Does something with a lesson's content, once it is here and unless the learner went on to another lesson.
    fn with_content(self, lesson: usize, then: impl FnOnce(Arc<Content>) + 'static) {
        if let Some(known) = self.inner.with_value(|inner| inner.contents.get(&lesson).cloned()) {
            then(known);
            return;
        }
        let Some(asset) = LESSONS.get(lesson).map(|lesson| lesson.asset) else { return };
        net::fetch(&format!("lessons/{asset}"), move |bytes| {
            let content = bytes.and_then(|bytes| Content::read(&bytes)).map(Arc::new);
            if let Some(content) = &content {
                self.inner.update_value(|inner| {
                    inner.contents.insert(lesson, content.clone());
                });
            }
            if self.lesson.get_untracked() != lesson {
                return;
            }
            match content {
                Some(content) => then(content),
                None => self.note.set(Some("The lesson did not arrive: reload the page.".into())),
            }
        });
    }

    /// Puts a program of the lesson into the cell, as the learner left it.
    pub fn open_program(self, index: usize) {
        let lesson = self.lesson.get_untracked();
        let program = self.content.with_untracked(|content| {
            content.as_ref().and_then(|content| content.programs.get(index).cloned())
        });
        let (Some(program), Some(slug)) = (program, LESSONS.get(lesson).map(|lesson| lesson.slug)) else {
            return;
        };
        let key = match index {
            0 => format!("text.{slug}"),
            _ => format!("text.{slug}/{}", program.file),
        };
        self.put(Opened { file: program.file, original: program.source, key, index: Some(index) });
        self.write_address();
    }

    /// Puts a program that belongs to the lesson's text into the cell, beside the lesson's own and under a name of its
    /// own, so that no text of the learner's is overwritten.
    pub fn open_other(self, file: &str, source: &str) {
        let slug = LESSONS.get(self.lesson.get_untracked()).map_or("", |lesson| lesson.slug);
        let key = format!("text.{slug}/{file}");
        self.put(Opened { file: file.into(), original: source.into(), key, index: None });
    }

    /// Puts a program that somebody shared into the cell. It is not run before the learner says so.
    fn open_shared(self, code: &str) {
        // Another shared program must not be shown with the changes made to the last one.
        let key = format!("text.shared/{}", code.get(..24).unwrap_or(code));
        pack::unpack(code, move |text| match text {
            Some(original) => {
                self.put(Opened { file: "shared.py".into(), original, key, index: None });
                self.note.set(Some("This program was shared with you: read it before you run it.".into()));
            }
            None => {
                self.open_program(0);
                self.note.set(Some(
                    "The address holds no complete program: was it cut when it was copied?".into(),
                ));
            }
        });
    }

    fn put(self, opened: Opened) {
        let text = store::get(&opened.key).unwrap_or_else(|| opened.original.clone());
        self.opened.set(Arc::new(opened));
        self.breakpoints.set(Vec::new());
        self.text.set(text);
        self.load();
        self.drop_curves();
        self.folded.update(|chosen| chosen.clear());
    }

    /// Makes a step the current one.
    pub fn go_to_step(self, step: usize) {
        if self.step.get_untracked() != step {
            self.step.set(step);
            self.write_address();
        }
    }

    /// Writes what is on the bench into the page's address.
    fn write_address(self) {
        let program = self.opened.with_untracked(|opened| match opened.index {
            Some(0) | None => None,
            Some(_) => Some(opened.file.clone()),
        });
        let (lesson, step) = (self.lesson.get_untracked(), self.step.get_untracked());
        let code =
            address::read().code.filter(|_| self.opened.with_untracked(|opened| opened.index.is_none()));
        Address { lesson, step, program, code }.write();
    }

    /// Makes an address that holds the program in the cell.
    pub fn share(self, then: impl FnOnce(Option<String>) + 'static) {
        let playground = LESSONS.iter().position(|lesson| lesson.slug == PLAYGROUND);
        let lesson = playground.unwrap_or_else(|| self.lesson.get_untracked());
        pack::pack(&self.text.get_untracked(), move |code| {
            then(code.and_then(|code| {
                let href = window().location().href().ok()?;
                let page = href.split('#').next().unwrap_or_default();
                Some(format!("{page}{}", Address { lesson, code: Some(code), ..Address::default() }.text()))
            }));
        });
    }
}
