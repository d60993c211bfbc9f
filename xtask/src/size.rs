//! `cargo xtask size`: what the browser downloads, against its budget.

use crate::process::{command, output};
use crate::setup::{self, with};
use std::process::ExitCode;

pub const HELP: &str = "\
Check what the browser downloads against the budget: everything in dist/ except its content (fonts and
lessons), compressed with brotli.

Usage: cargo xtask size [--built]

Options:
  --built   Take dist/ as it is, do not build it first";

/// Bytes of brotli for the whole page, its content apart. A ratchet where the page is now, with everything that the dialect
/// and the engine have; the goal is 600,000.
const BUDGET: u64 = 1_021_000;

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let mut built = false;
    for argument in arguments {
        match argument.as_str() {
            "--built" => built = true,
            other => return Err(crate::unknown(other, HELP)),
        }
    }
    if !built {
        setup::for_page()?;
        build()?;
    }
    check()?;
    Ok(ExitCode::SUCCESS)
}

/// Builds the page into dist/ as it is published.
///
/// # Errors
/// When it does not build.
pub fn build() -> Result<(), String> {
    let mut build = with(command("trunk"), &["build", "--release"]);
    // Trunk takes NO_COLOR for a switch of its own and refuses "1".
    build.env_remove("NO_COLOR");
    crate::process::run(build)
}

/// Prints the table of sizes.
///
/// # Errors
/// When dist/ is over the budget, or cannot be measured.
pub fn check() -> Result<(), String> {
    let script = "tests/browser/sizes.mjs";
    let measured = output(with(command("node"), &[script, "dist"])).ok_or_else(|| {
        format!("`node {script} dist` failed: it needs Node 18 or newer, and dist/ (`trunk build --release`)")
    })?;
    let files = parse(&measured)?;
    let (table, total) = table(&files);
    println!("{table}");
    if total > BUDGET {
        return Err(format!(
            "The page is {} bytes over its budget of {BUDGET} bytes of brotli.",
            total - BUDGET
        ));
    }
    Ok(())
}

/// One file of dist/.
#[derive(Debug, PartialEq)]
struct File {
    raw: u64,
    brotli: u64,
    path: String,
}

/// Lines of `raw TAB brotli TAB path`.
fn parse(text: &str) -> Result<Vec<File>, String> {
    let line = |line: &str| {
        let mut parts = line.splitn(3, '\t');
        let raw = parts.next()?.parse().ok()?;
        let brotli = parts.next()?.parse().ok()?;
        Some(File { raw, brotli, path: parts.next()?.to_owned() })
    };
    let files =
        text.lines().map(|text| line(text).ok_or_else(|| format!("cannot read the size in `{text}`")));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    // An empty folder is under every budget.
    if files.iter().filter(|file| file.path.ends_with(".wasm")).count() < 2 {
        return Err(
            "dist/ has not the wasm of the page and of the worker: run `trunk build --release`.".into()
        );
    }
    Ok(files)
}

/// The table and the bytes that count.
fn table(files: &[File]) -> (String, u64) {
    let content = |file: &&File| ["fonts/", "lessons/"].iter().any(|folder| file.path.starts_with(folder));
    let mut text = format!("{:>10} {:>10}  file\n", "bytes", "brotli");
    let mut counted: Vec<&File> = files.iter().filter(|file| !content(file)).collect();
    counted.sort_by_key(|file| std::cmp::Reverse(file.brotli));
    for file in &counted {
        text += &format!("{:>10} {:>10}  {}\n", file.raw, file.brotli, file.path);
    }
    let raw: u64 = counted.iter().map(|file| file.raw).sum();
    let total: u64 = counted.iter().map(|file| file.brotli).sum();
    let apart: u64 = files.iter().filter(content).map(|file| file.raw).sum();
    text += &format!("{raw:>10} {total:>10}  in all, of {BUDGET} (content apart: {apart} bytes)");
    (text, total)
}

#[cfg(test)]
mod tests {
    use super::{BUDGET, parse, table};

    #[test]
    fn content_does_not_count() {
        let files =
            parse("10\t4\ta.wasm\n20\t5\tb_bg.wasm\n3\t2\tindex.html\n100\t90\tfonts/x.woff2\n").unwrap();
        let (text, total) = table(&files);
        assert_eq!(total, 11);
        let last = format!("33         11  in all, of {BUDGET} (content apart: 100 bytes)");
        assert!(text.ends_with(&last), "{text}");
    }

    #[test]
    fn an_empty_folder_is_not_small() {
        assert!(parse("").is_err());
        assert!(parse("10\t4\ta.wasm\n").is_err());
        assert!(parse("ten\t4\ta.wasm\n").is_err());
    }
}
