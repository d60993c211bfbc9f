//! `gradloom`: the session on a native device.
#![forbid(unsafe_code)]

mod conformance;
mod drive;
mod files;

use std::io::Write;
use std::process::ExitCode;

use gradloom_engine::Device;
use gradloom_protocol::{DeviceChoice, Event};

const HELP: &str = "\
gradloom runs PyTorch and NumPy programs on an engine of its own.

Usage:
  gradloom run FILE.py [--device cpu|cuda] [--seed N]
  gradloom trace FILE.py [--device cpu|cuda] [--seed N]
  gradloom conformance FILE.jsonl [--device cpu|cuda] [--json]

Commands:
  run          Prints what Python would print. An error prints a traceback to standard error; the exit status is then 1.
  trace        Writes what happens as JSON lines: each node, value and gradient, as the page receives them.
  conformance  Calls operators, a JSON line each, and compares values and gradients with those that PyTorch gave. Prints how
               many passed, failed and were skipped, by operator, with reasons; the exit status is 1 if one failed.

Options:
  --device D  Where tensors without a named device are made: cpu (the default) or cuda, which names this machine's GPU.
  --seed N    Seeds a program that sets no seed of its own; without it every run differs.
  --json      Writes the report of conformance as one JSON object.
  --help      This text.
  --version   The version.
";

#[derive(Clone, Copy, PartialEq)]
enum Act {
    Run,
    Trace,
    Conformance,
}

/// What the command line asked for.
struct Request {
    act: Act,
    file: String,
    device: DeviceChoice,
    seed: Option<u64>,
    json: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() || arguments.iter().any(|a| a == "--help" || a == "-h") {
        return say(HELP, ExitCode::from(if arguments.is_empty() { 2 } else { 0 }));
    }
    if arguments.iter().any(|a| a == "--version") {
        return say(&format!("gradloom {}\n", env!("CARGO_PKG_VERSION")), ExitCode::SUCCESS);
    }
    match parse(&arguments).and_then(|request| execute(&request)) {
        Ok(code) => code,
        Err(message) => {
            // Nothing is left to do where standard error is closed.
            let _ = writeln!(std::io::stderr(), "gradloom: {message}");
            ExitCode::from(2)
        }
    }
}

fn say(text: &str, code: ExitCode) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    code
}

fn parse(arguments: &[String]) -> Result<Request, String> {
    let mut words = arguments.iter();
    let act = match words.next().map(String::as_str) {
        Some("run") => Act::Run,
        Some("trace") => Act::Trace,
        Some("conformance") => Act::Conformance,
        other => return Err(format!("no command '{}'; see gradloom --help", other.unwrap_or_default())),
    };
    let mut request =
        Request { act, file: String::new(), device: DeviceChoice::Cpu, seed: None, json: false };
    while let Some(word) = words.next() {
        match word.split_once('=').map_or((word.as_str(), None), |(option, value)| (option, Some(value))) {
            ("--device", value) => {
                request.device = match value.or_else(|| words.next().map(String::as_str)) {
                    Some("cpu") => DeviceChoice::Cpu,
                    Some("cuda") => DeviceChoice::Gpu,
                    other => {
                        return Err(format!(
                            "--device takes cpu or cuda, not '{}'",
                            other.unwrap_or_default()
                        ));
                    }
                }
            }
            ("--json", None) if act == Act::Conformance => request.json = true,
            ("--seed", value) if act != Act::Conformance => {
                let text = value.or_else(|| words.next().map(String::as_str)).unwrap_or_default();
                request.seed = Some(
                    text.parse().map_err(|_| format!("--seed takes a whole number from 0, not '{text}'"))?,
                );
            }
            _ if word.starts_with("--") => return Err(format!("no option '{word}'; see gradloom --help")),
            _ if request.file.is_empty() => request.file = word.clone(),
            _ => return Err(format!("one file at a time, not also '{word}'")),
        }
    }
    if request.file.is_empty() { Err("which file? see gradloom --help".to_owned()) } else { Ok(request) }
}

fn execute(request: &Request) -> Result<ExitCode, String> {
    let source = std::fs::read_to_string(&request.file)
        .map_err(|e| format!("can't open file '{}': {e}", request.file))?;
    if request.act == Act::Conformance {
        let device = if request.device == DeviceChoice::Gpu { Device::Gpu } else { Device::Cpu };
        let passed = conformance::run(&source, device, request.json, &mut std::io::stdout().lock())?;
        return Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let trace = request.act == Act::Trace;
    let mut failed = false;
    let mut write = |event: &Event| -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        if trace {
            serde_json::to_writer(&mut out, event)?;
            out.write_all(b"\n")?;
        }
        match event {
            Event::Output { text, error: true, .. } if !trace => {
                drop(out);
                std::io::stderr().write_all(text.as_bytes())?;
            }
            Event::Output { text, .. } if !trace => {
                out.write_all(text.as_bytes())?;
                out.flush()?;
            }
            Event::Failed(diagnostic) => {
                failed = true;
                drop(out);
                std::io::stderr().write_all(diagnostic.traceback.as_bytes())?;
            }
            _ => {}
        }
        Ok(())
    };
    drive::run(&request.file, source, request.device, request.seed, trace, &mut write)?;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
