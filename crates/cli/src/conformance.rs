//! `gradloom conformance`: calls with the values and gradients that PyTorch gives for them.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gradloom_engine::{Device, Engine};
use gradloom_python::conformance::{Verdict, check, read};
use gradloom_python::context::Host;
use gradloom_session::Gpu;
use serde_json::{Value, json};

/// How the vectors of one operator went: the number passed, and each of the others with its reason.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: Vec<(String, String)>,
    skipped: Vec<(String, String)>,
}

/// Runs a file of vectors and writes what came of them, operator by operator. Whether none failed.
///
/// # Errors
///
/// No GPU is there, or the report cannot be written.
pub fn run(text: &str, device: Device, as_json: bool, out: &mut dyn Write) -> Result<bool, String> {
    let gpu = match device {
        Device::Cpu => None,
        Device::Gpu => {
            Some(pollster::block_on(Gpu::request()).map_err(|error| format!("--device cuda: {error}"))?)
        }
    };
    let engine = Engine::new(gpu, 0);
    engine.set_default_device(device);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let (op, id, verdict) = match read(line) {
            // A panic is a bug of one operator; the others are run all the same.
            Ok(case) => {
                let run = || pollster::block_on(check(host(&engine), device, &case));
                let verdict = catch_unwind(AssertUnwindSafe(run));
                (case.op, case.id, verdict.unwrap_or_else(|_| Verdict::Failed("it panics".to_owned())))
            }
            Err(error) => ("(unreadable)".to_owned(), format!("line {}", number + 1), Verdict::Failed(error)),
        };
        let tally = tallies.entry(op).or_default();
        match verdict {
            Verdict::Passed => tally.passed += 1,
            Verdict::Failed(reason) => tally.failed.push((id, reason)),
            Verdict::Skipped(reason) => tally.skipped.push((id, reason)),
        }
    }
    let write = if as_json { write_json } else { write_text };
    write(&tallies, device, out).map_err(|error| format!("cannot write: {error}"))?;
    Ok(tallies.values().all(|tally| tally.failed.is_empty()))
}

fn host(engine: &Engine) -> Host {
    Host::new(engine.clone())
}

fn total(tallies: &BTreeMap<String, Tally>, count: fn(&Tally) -> usize) -> usize {
    tallies.values().map(count).sum()
}

fn write_text(tallies: &BTreeMap<String, Tally>, device: Device, out: &mut dyn Write) -> io::Result<()> {
    let counts = |passed: usize, failed: usize, skipped: usize| {
        format!("{passed:>6} passed {failed:>6} failed {skipped:>6} skipped")
    };
    let label = format!("total, {device}");
    let width = tallies.keys().chain([&label]).map(String::len).max().unwrap_or(0);
    for (op, tally) in tallies {
        let line = counts(tally.passed, tally.failed.len(), tally.skipped.len());
        writeln!(out, "{op:<width$} {line}")?;
        for (kind, list) in [("failed", &tally.failed), ("skipped", &tally.skipped)] {
            for (id, reason) in list {
                writeln!(out, "  {kind} {id}: {reason}")?;
            }
        }
    }
    let line = counts(
        total(tallies, |t| t.passed),
        total(tallies, |t| t.failed.len()),
        total(tallies, |t| t.skipped.len()),
    );
    writeln!(out, "{label:<width$} {line}")
}

fn write_json(tallies: &BTreeMap<String, Tally>, device: Device, out: &mut dyn Write) -> io::Result<()> {
    let list = |list: &[(String, String)]| -> Vec<Value> {
        list.iter().map(|(id, reason)| json!({"id": id, "reason": reason})).collect()
    };
    let operators: Vec<Value> = tallies
        .iter()
        .map(|(op, tally)| {
            json!({"op": op, "passed": tally.passed, "failed": list(&tally.failed), "skipped": list(&tally.skipped)})
        })
        .collect();
    let report = json!({
        "device": device.to_string(),
        "passed": total(tallies, |t| t.passed),
        "failed": total(tallies, |t| t.failed.len()),
        "skipped": total(tallies, |t| t.skipped.len()),
        "operators": operators,
    });
    writeln!(out, "{report}")
}
