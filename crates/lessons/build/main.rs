//! Turns `content/` into Rust constants, or says in one message what is wrong with it, and where.
#![expect(clippy::print_stdout, reason = "a build script speaks to Cargo on its standard output")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

mod html;
mod parse;

use parse::{Block, Error, Lesson, Question};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=content");
    println!("cargo::rerun-if-changed=build");
    let mut errors = Vec::new();
    let lessons = read_all(Path::new("content"), &mut errors)?;
    for error in &errors {
        println!("cargo::error={error}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?);
    fs::write(out.join("lessons.rs"), emit(&lessons))
}

/// Reads every lesson, in the ladder's order; what is wrong goes to `errors`, with the place.
fn read_all(content: &Path, errors: &mut Vec<Error>) -> io::Result<Vec<Lesson>> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(content)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    folders.retain(|path| path.is_dir());
    folders.sort();
    let mut lessons: Vec<Lesson> = Vec::new();
    for folder in folders {
        let page = folder.join("lesson.md");
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let text = match fs::read_to_string(&page) {
            Ok(text) => text,
            Err(error) => {
                errors.push(Error::new(&page, 0, format!("the lesson's text cannot be read: {error}")));
                continue;
            }
        };
        match parse::lesson(&page, name, &text, |file| fs::read_to_string(folder.join(file))) {
            Ok(lesson) => match lessons.iter().find(|l| l.number == lesson.number || l.slug == lesson.slug) {
                Some(other) => errors.push(Error::new(
                    &folder,
                    0,
                    format!("the number or the name is taken by lesson {} ({})", other.number, other.slug),
                )),
                None => lessons.push(lesson),
            },
            Err(error) => errors.push(error),
        }
    }
    Ok(lessons)
}

/// The lessons as the Rust text that `src/lib.rs` includes.
fn emit(lessons: &[Lesson]) -> String {
    let mut out = String::from(
        "/// Every lesson, in the ladder's order.\n#[rustfmt::skip]\npub static LESSONS: &[Lesson] = &[\n",
    );
    for l in lessons {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "Lesson {{ number: {}, slug: {:?}, title: {:?}, group: {:?}, goal: {:?}, file: {:?}, program: {:?}, steps: &[",
            l.number, l.slug, l.title, l.group, l.goal, l.file, l.program
        );
        for step in &l.steps {
            let _ = writeln!(out, "  Step {{ title: {:?}, blocks: &[", step.title);
            for block in &step.blocks {
                let _ = match block {
                    Block::Html(html) => writeln!(out, "    Block::Html({html:?}),"),
                    Block::Predict(q) => writeln!(out, "    Block::Predict({}),", question(q)),
                    Block::Exercise(q) => writeln!(out, "    Block::Exercise({}),", question(q)),
                };
            }
            out.push_str("  ] },\n");
        }
        out.push_str("] },\n");
    }
    out.push_str("];\n");
    out
}

fn question(q: &Question) -> String {
    format!(
        "Question {{ prompt: {:?}, answer: {:?}, tolerance: {:?}, explanation: {:?}, solution: {:?} }}",
        q.prompt, q.answer, q.tolerance, q.explanation, q.solution
    )
}
