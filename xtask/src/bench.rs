//! `cargo xtask bench`: the programs of xtask/bench/, here and in Python, on this machine.

use crate::process::{cargo, command, output};
use crate::python::{python, torch_version};
use crate::setup::with;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

pub const HELP: &str = "\
Time programs here, on cpu and on cuda, and in Python with PyTorch. The runs take turns, so that a machine that slows
down slows all of them; the table has the median of each and its ratio to Python's.

Usage: cargo xtask bench [--runs N] [FILES]

Options:
  --runs N   Runs of each [default: 5]
  FILES      Programs that print a line `seconds X` [default: xtask/bench/*.py]

A program takes its own time, after its imports and a warm-up. `cuda` is the GPU that wgpu finds; without one, a
software driver. Python's is PyTorch on its CPU, of `python3` or the Python that GRADLOOM_PYTHON names.";

/// How a program is run somewhere.
type Place = fn(&Path) -> Command;

/// Where programs run; the last is what the others are compared with.
const PLACES: [(&str, Place); 3] = [
    ("gradloom cpu", |file| gradloom(file, "cpu")),
    ("gradloom cuda", |file| gradloom(file, "cuda")),
    ("python", |file| {
        let mut run = command(python());
        run.arg(file);
        run
    }),
];

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let mut runs = 5_usize;
    let mut files = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--runs" => {
                let given = rest.next().map(String::as_str).unwrap_or_default();
                runs = given.parse().ok().filter(|runs| *runs > 0).ok_or("--runs takes a number from 1")?;
            }
            other if other.starts_with('-') => return Err(crate::unknown(other, HELP)),
            other => files.push(PathBuf::from(other)),
        }
    }
    if files.is_empty() {
        let folder = std::fs::read_dir("xtask/bench").map_err(|error| format!("xtask/bench: {error}"))?;
        files = folder.flatten().map(|entry| entry.path()).collect();
        files.sort();
    }
    crate::process::run(with(cargo(), &["build", "--release", "--package", "gradloom-cli"]))?;
    let places = match torch_version() {
        Some(version) => {
            println!("python: PyTorch {version}");
            &PLACES[..]
        }
        None => {
            println!("`{}` has no PyTorch: timing Gradloom alone", python());
            &PLACES[..2]
        }
    };
    let heads: String = places.iter().map(|(name, _)| format!("{name:>24}")).collect();
    println!("{:<16}{heads}", "median s (ratio)");
    for file in &files {
        let mut seconds = vec![Vec::new(); places.len()];
        // The first round warms caches and drivers and does not count.
        for round in 0..=runs {
            for ((_, place), seconds) in places.iter().zip(&mut seconds) {
                let taken = time(place(file))?;
                if round > 0 {
                    seconds.push(taken);
                }
            }
        }
        let medians: Vec<f64> = seconds.iter().map(|seconds| median(seconds)).collect();
        let reference = medians.last().copied().unwrap_or(f64::NAN);
        let cell = |median: &f64| format!("{median:>15.3} ({:>6.2})", median / reference);
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        println!("{name:<16}{}", medians.iter().map(cell).collect::<String>());
    }
    Ok(ExitCode::SUCCESS)
}

fn gradloom(file: &Path, device: &str) -> Command {
    // The program itself and not `cargo run`, whose own start would count.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let program = Path::new(&target).join(format!("release/gradloom{}", std::env::consts::EXE_SUFFIX));
    let mut run = command(program);
    run.arg("run").arg(file).args(["--device", device]);
    run
}

/// The seconds that a program says it took.
fn time(command: Command) -> Result<f64, String> {
    let line = crate::process::shown(&command);
    let text = succeeded(command)?;
    let last = text.lines().rev().find_map(|line| line.strip_prefix("seconds "));
    last.and_then(|seconds| seconds.parse().ok()).ok_or_else(|| format!("`{line}` printed no time"))
}

fn succeeded(command: Command) -> Result<String, String> {
    let line = crate::process::shown(&command);
    output(command).ok_or_else(|| format!("`{line}` failed"))
}

/// The middle value; of an even number, the mean of the middle two. NaN of none.
fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(half), half.checked_sub(1).and_then(|below| sorted.get(below))) {
        (1, Some(middle), _) => *middle,
        (0, Some(above), Some(below)) => (above + below) / 2.0,
        _ => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn medians_by_hand() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 9.0]), 3.0);
        assert!(median(&[]).is_nan());
    }
}
