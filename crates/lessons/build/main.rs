//! Turns `content/` into a table in Rust and a file for each lesson, or says in one message what is wrong with it, and
//! where.
#![expect(clippy::print_stdout, reason = "a build script speaks to Cargo on its standard output")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

mod block;
#[path = "../src/content.rs"]
#[expect(dead_code, reason = "the build script makes the records and does not use them")]
mod content;
mod html;
mod parse;

use content::Block;
use parse::{Error, Lesson};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=content");
    println!("cargo::rerun-if-changed=files");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/content.rs");
    let mut errors = Vec::new();
    let lessons = read_all(Path::new("content"), &mut errors)?;
    for error in &errors {
        println!("cargo::error={error}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?);
    let mut table = String::from(
        "/// Every lesson, in the ladder's order.\n#[rustfmt::skip]\npub static LESSONS: &[Lesson] = &[\n",
    );
    let mut contents = String::from("#[rustfmt::skip]\nstatic CONTENTS: &[(&str, &[u8])] = &[\n");
    for lesson in &lessons {
        let bytes = postcard::to_allocvec(&lesson.content).map_err(io::Error::other)?;
        let asset = format!("{}-{:016x}.bin", lesson.slug, hash(&bytes));
        fs::write(out.join(&asset), bytes)?;
        // Writing to a string cannot fail.
        let _ = writeln!(contents, "({asset:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{asset}\"))),");
        table.push_str(&row(lesson, &asset));
    }
    let words = words(&lessons);
    let asset = format!("words-{:016x}.txt", hash(words.as_bytes()));
    fs::write(out.join(&asset), words)?;
    let _ = writeln!(contents, "({asset:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{asset}\"))),");
    let _ = writeln!(table, "];\n/// The name of the file with the words of all lessons, see [`Words`].");
    let _ = writeln!(table, "pub const WORDS: &str = {asset:?};");
    table.push_str("/// Every file that programs of lessons read, by its path.\n#[rustfmt::skip]\n");
    table.push_str("pub static FILES: &[File] = &[\n");
    contents.push_str("];\n#[rustfmt::skip]\nstatic FILE_CONTENTS: &[(&str, &[u8])] = &[\n");
    for path in files(Path::new("files"))? {
        let bytes = fs::read(Path::new("files").join(&path))?;
        // A name without ".gz": some servers would have the browser inflate such a file.
        let stem = path.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        let asset = format!("{stem}-{:016x}.bin", hash(&bytes));
        let _ = writeln!(table, "File {{ path: {path:?}, size: {}, asset: {asset:?} }},", bytes.len());
        let at =
            format!("include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))", format!("/files/{path}"));
        let _ = writeln!(contents, "({asset:?}, {at}),");
    }
    fs::write(out.join("lessons.rs"), table + "];\n")?;
    fs::write(out.join("contents.rs"), contents + "];\n")
}

/// The paths of all files in a folder, from it, with slashes.
fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            found.extend(files(&entry.path())?.into_iter().map(|inner| format!("{name}/{inner}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
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
        match parse::lesson(&page, name, &text, &|file| fs::read_to_string(folder.join(file))) {
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

/// The lesson's row of the table that `src/lib.rs` includes.
fn row(l: &Lesson, asset: &str) -> String {
    let steps: Vec<&str> = l.content.steps.iter().map(|step| step.title.as_str()).collect();
    let blocks = l.content.steps.iter().flat_map(|step| &step.blocks);
    let asks = blocks
        .filter(|block| matches!(block, Block::Predict(_) | Block::Exercise(_) | Block::Code(_)))
        .count();
    let file = l.content.programs.first().map_or("", |program| &program.file);
    format!(
        "Lesson {{ number: {}, slug: {:?}, title: {:?}, group: {:?}, goal: {:?}, file: {file:?}, steps: &{steps:?}, \
         asks: {asks}, asset: {asset:?} }},\n",
        l.number, l.slug, l.title, l.group, l.goal
    )
}

/// What can be searched: for each step a line with the lesson's number, the step's, and its words, each once. What answers a
/// question is left out.
fn words(lessons: &[Lesson]) -> String {
    let mut out = String::new();
    for (i, lesson) in lessons.iter().enumerate() {
        for (k, step) in lesson.content.steps.iter().enumerate() {
            let mut text = String::new();
            for block in &step.blocks {
                let (html, program) = match block {
                    Block::Html(html) => (html, None),
                    Block::Program { program, caption } => (caption, Some(program)),
                    Block::Points(points) => (&points.caption, Some(&points.program)),
                    Block::Predict(question) | Block::Exercise(question) => (&question.prompt, None),
                    Block::Code(challenge) => (&challenge.prompt, Some(&challenge.starter)),
                };
                // A tag is no word, and no two words are one.
                for part in html.split('<') {
                    text.push(' ');
                    text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
                }
                let source = program.and_then(|&program| lesson.content.programs.get(program as usize));
                text.push(' ');
                text.push_str(source.map_or("", |program| &program.source));
            }
            let text = text.to_lowercase();
            let words: BTreeSet<&str> = text
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| word.chars().count() > 2 && !word.chars().all(|c| c.is_ascii_digit()))
                .collect();
            let words: Vec<&str> = words.into_iter().collect();
            let _ = writeln!(out, "{i} {k} {}", words.join(" "));
        }
    }
    out
}

/// The 64-bit hash FNV-1a: for telling versions apart, not for security.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
