//! Writes the content of every lesson, and the files that programs read, into a folder, for the page to fetch. Trunk calls it before each
//! build: `cargo run --package gradloom-lessons [FOLDER]`.

use std::io;
use std::path::PathBuf;

fn main() -> io::Result<()> {
    let given = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = given
        .or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(|dist| PathBuf::from(dist).join("lessons")));
    let folder =
        folder.ok_or_else(|| io::Error::other("no folder: neither an argument nor TRUNK_STAGING_DIR"))?;
    std::fs::create_dir_all(&folder)?;
    for lesson in gradloom_lessons::LESSONS {
        std::fs::write(folder.join(lesson.asset), lesson.bytes())?;
    }
    std::fs::write(folder.join(gradloom_lessons::WORDS), gradloom_lessons::Words::bytes())?;
    for file in gradloom_lessons::FILES {
        std::fs::write(folder.join(file.asset), file.bytes())?;
    }
    Ok(())
}
