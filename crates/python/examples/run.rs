//! Runs a program on the CPU and prints what it prints: `cargo run -p gradloom-python --example run FILE.py`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "printing is what it is for")]

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use gradloom_engine::Engine;
use gradloom_python::context::Host;
use gradloom_python::{Budget, Machine, Pause};

fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |d| d.as_secs_f64())
}

fn main() -> ExitCode {
    let Some(file) = std::env::args().nth(1) else {
        eprintln!("usage: run FILE.py");
        return ExitCode::from(2);
    };
    let source = match std::fs::read_to_string(&file) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("{file}: {error}");
            return ExitCode::from(2);
        }
    };
    let host = Host { file, clock: now, ..Host::new(Engine::new(None, 0)) };
    let mut machine = match Machine::new(&source, host) {
        Ok(machine) => machine,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::from(1);
        }
    };
    loop {
        let pause = machine.resume(Budget { instructions: 1_000_000 });
        for printed in machine.take_output().into_iter().filter(|p| !p.figure) {
            if printed.error {
                eprint!("{}", printed.text);
            } else {
                print!("{}", printed.text);
            }
        }
        match pause {
            Pause::Done => return ExitCode::SUCCESS,
            Pause::Error(failure) => {
                eprintln!("{failure}");
                return ExitCode::from(failure.status as u8);
            }
            _ => {}
        }
    }
}
