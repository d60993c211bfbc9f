//! `cargo xtask bench`: one training loop, here and in PyTorch, on this machine.

use crate::process::{cargo, command, output};
use crate::python::{python, torch_version};
use crate::setup::with;
use std::process::{Command, ExitCode};
use std::time::Instant;

pub const HELP: &str = "\
Time a training loop here, on cpu and on cuda, and in PyTorch if Python has it. The runs take turns, so that a machine
that slows down slows all of them; the table has the median, the fastest and the slowest run, and the ratio of the medians.

Usage: cargo xtask bench [--runs N] [FILE]

Options:
  --runs N   Runs of each [default: 5]
  FILE       The program [default: tests/programs/two_layer.py]

Ours is the whole process, starting included. PyTorch's is the program alone, without the time of `import torch`, on
its CPU. `cuda` is the GPU that wgpu finds; without one, a software driver.";

/// Runs the file, then prints its seconds, with the imports done before the clock starts.
const TORCH: &str = "\
import sys, time
import numpy, torch
code = compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')
start = time.perf_counter()
exec(code, {'__name__': '__main__'})
sys.stdout.flush()
print('seconds', time.perf_counter() - start)";

/// One thing to time.
struct Contestant {
    name: String,
    seconds: Vec<f64>,
    time: fn(&str) -> Result<f64, String>,
}

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let mut runs = 5_usize;
    let mut file = "tests/programs/two_layer.py".to_owned();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--runs" => {
                let given = rest.next().map(String::as_str).unwrap_or_default();
                runs = given.parse().ok().filter(|runs| *runs > 0).ok_or("--runs takes a number from 1")?;
            }
            other if other.starts_with('-') => return Err(crate::unknown(other, HELP)),
            other => file = other.to_owned(),
        }
    }
    crate::process::run(with(cargo(), &["build", "--release", "--package", "gradloom-cli"]))?;
    let mut contestants = vec![
        Contestant { name: "gradloom cpu".into(), seconds: vec![], time: |file| gradloom(file, "cpu") },
        Contestant { name: "gradloom cuda".into(), seconds: vec![], time: |file| gradloom(file, "cuda") },
    ];
    match torch_version() {
        Some(version) => contestants.push(Contestant {
            name: format!("PyTorch {version} cpu"),
            seconds: vec![],
            time: torch,
        }),
        None => println!("`{}` has no PyTorch: timing Gradloom alone", python()),
    }
    // The first round warms caches and drivers and does not count.
    for round in 0..=runs {
        for contestant in &mut contestants {
            let seconds = (contestant.time)(&file)?;
            if round > 0 {
                contestant.seconds.push(seconds);
            }
        }
        println!("round {round} of {runs}");
    }
    let reference = contestants.last().map_or(f64::NAN, |last| median(&last.seconds));
    println!("\n{:<22} {:>9} {:>9} {:>9} {:>7}", file, "median s", "fastest", "slowest", "ratio");
    for Contestant { name, seconds, .. } in &contestants {
        let fastest = seconds.iter().copied().fold(f64::INFINITY, f64::min);
        let slowest = seconds.iter().copied().fold(0.0, f64::max);
        let middle = median(seconds);
        println!("{name:<22} {middle:>9.3} {fastest:>9.3} {slowest:>9.3} {:>7.2}", middle / reference);
    }
    Ok(ExitCode::SUCCESS)
}

fn gradloom(file: &str, device: &str) -> Result<f64, String> {
    // The program itself and not `cargo run`, whose own start would count.
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".into());
    let program =
        std::path::Path::new(&target).join(format!("release/gradloom{}", std::env::consts::EXE_SUFFIX));
    let mut run = command(program);
    run.args(["run", file, "--device", device]);
    let start = Instant::now();
    succeeded(run)?;
    Ok(start.elapsed().as_secs_f64())
}

fn torch(file: &str) -> Result<f64, String> {
    let text = succeeded(with(command(python()), &["-c", TORCH, file]))?;
    let last = text.lines().rev().find_map(|line| line.strip_prefix("seconds "));
    last.and_then(|seconds| seconds.parse().ok()).ok_or_else(|| format!("{file} printed no time in PyTorch"))
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
