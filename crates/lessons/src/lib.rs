//! The lessons as finished data: prose as HTML with its formulas as MathML, programs as text, questions with their
//! answers, exercises with their checks.
//!
//! Everything is made at build time from `content/NN-slug/`, whose format `content/README.md` describes; adding a lesson
//! means adding files there. A page carries the table [`LESSONS`] and fetches the rest, one file a lesson
//! ([`Lesson::asset`], read by [`Content::read`]); the binary of this crate writes those files. Elsewhere than in a
//! browser the content is there as well: [`Lesson::content`]. Files that programs read ([`FILES`]) are fetched in the same
//! way, when a program names them.
//!
//! ```
//! let lesson = gradloom_lessons::lesson("expression").expect("lesson 1 is always there");
//! assert_eq!((lesson.number, lesson.file), (1, "expression.py"));
//! assert_eq!(lesson.content().programs[0].file, "expression.py");
//! ```

mod answer;
#[cfg(test)]
#[path = "../build/block.rs"]
mod block;
mod content;
#[cfg(test)]
#[path = "../build/html.rs"]
mod html;
#[cfg(test)]
#[path = "../build/parse.rs"]
mod parse;

pub use answer::Verdict;
pub use content::{Answer, Block, Challenge, Content, Points, Program, Question, Step};

/// One lesson of the ladder: what a page needs to know of it before it is opened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lesson {
    /// Its number on the ladder, from 1.
    pub number: u8,
    /// Its name in addresses, such as `expression`: lower-case letters, digits and hyphens.
    pub slug: &'static str,
    /// Its title, as plain text.
    pub title: &'static str,
    /// The part of the ladder that it stands in, as plain text; neighbors with the same text form a group.
    pub group: &'static str,
    /// What the learner can do or understand afterwards: one sentence of plain text.
    pub goal: &'static str,
    /// The name of the file of the program that it opens with, such as `expression.py`.
    pub file: &'static str,
    /// The headings of its steps.
    pub steps: &'static [&'static str],
    /// How many questions and exercises it has.
    pub asks: u32,
    /// The name of the file with its content: the slug and a hash, so that it can be cached for ever.
    pub asset: &'static str,
}

impl Lesson {
    /// Whether this is the playground, which has no number to be shown and need not ask anything.
    pub fn is_playground(&self) -> bool {
        self.slug == PLAYGROUND
    }

    /// Its content, as bytes for [`Content::read`].
    #[cfg(not(target_arch = "wasm32"))]
    pub fn bytes(&self) -> &'static [u8] {
        CONTENTS.iter().find(|(asset, _)| *asset == self.asset).map_or(&[], |(_, bytes)| bytes)
    }

    /// Its content.
    ///
    /// # Panics
    ///
    /// Never: the bytes were written by this crate's build script from the same records.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn content(&self) -> Content {
        Content::read(self.bytes()).expect("the build script wrote this")
    }
}

/// A file that programs read, such as a data set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct File {
    /// Where programs find it, such as `digits/train-images-idx3-ubyte.gz`.
    pub path: &'static str,
    /// Its bytes.
    pub size: u32,
    /// The name of the file with its content, with a hash in it, so that it can be cached for ever.
    pub asset: &'static str,
}

impl File {
    /// Whether a program names it: its name, or its folder with a slash behind.
    ///
    /// ```
    /// let named = |text: &str| gradloom_lessons::FILES.iter().filter(|file| file.is_named_in(text)).count();
    /// assert_eq!(named("folder = 'digits/'"), 5);
    /// assert_eq!(named("Path('digits') / 'train-labels-idx1-ubyte.gz'"), 1);
    /// assert_eq!(named("digits = 10"), 0);
    /// ```
    pub fn is_named_in(&self, program: &str) -> bool {
        let name = self.path.rfind('/').map_or(0, |end| end + 1);
        let (folder, name) = self.path.split_at(name);
        program.contains(name) || !folder.is_empty() && program.contains(folder)
    }

    /// All of it.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn bytes(&self) -> &'static [u8] {
        FILE_CONTENTS.iter().find(|(asset, _)| *asset == self.asset).map_or(&[], |(_, bytes)| bytes)
    }
}

impl Content {
    /// Reads what the file [`Lesson::asset`] holds; `None` for the bytes of another version, or of something else.
    pub fn read(bytes: &[u8]) -> Option<Content> {
        postcard::from_bytes(bytes).ok()
    }
}

/// The words of every step of every lesson, but those that answer a question: what [`WORDS`] holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words(String);

impl Words {
    /// From the bytes of the file.
    pub fn read(bytes: Vec<u8>) -> Words {
        Words(String::from_utf8(bytes).unwrap_or_default())
    }

    /// All of them.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn bytes() -> &'static [u8] {
        CONTENTS.iter().find(|(asset, _)| *asset == WORDS).map_or(&[], |(_, bytes)| bytes)
    }

    /// The steps in which all of these, in lower case, are a word or begin one, as indices of lesson and step.
    pub fn find(&self, wanted: &[&str]) -> Vec<(usize, usize)> {
        let step = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            let (lesson, step, words) = (parts.next()?, parts.next()?, parts.next()?);
            let begins = |wanted: &&str| words.split(' ').any(|word| word.starts_with(wanted));
            let found = wanted.iter().all(begins);
            found.then_some((lesson.parse().ok()?, step.parse().ok()?))
        };
        self.0.lines().filter_map(step).collect()
    }
}

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));
#[cfg(not(target_arch = "wasm32"))]
include!(concat!(env!("OUT_DIR"), "/contents.rs"));

/// The name of the playground in addresses.
pub const PLAYGROUND: &str = "playground";

/// The lesson with this name in its address.
pub fn lesson(slug: &str) -> Option<&'static Lesson> {
    LESSONS.iter().find(|lesson| lesson.slug == slug)
}

#[cfg(test)]
mod tests;
