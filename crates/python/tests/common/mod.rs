//! Running programs in tests.

use gradloom_engine::Engine;
use gradloom_python::context::Host;
use gradloom_python::{Budget, Failure, Machine, Pause};

/// A machine for a program, on the CPU.
#[allow(clippy::result_large_err, reason = "it is a test")]
pub fn machine(source: &str) -> Result<Machine, Failure> {
    let host = Host { file: "main.py".into(), ..Host::new(Engine::new(None, 0)) };
    Machine::new(source, host)
}

/// What a program printed, and how it ended: `None` where it did not come to its end within the budget.
pub fn run(source: &str, slices: u32) -> (String, Option<Result<(), Failure>>) {
    let mut machine = match machine(source) {
        Ok(machine) => machine,
        Err(failure) => return (String::new(), Some(Err(failure))),
    };
    let mut output = String::new();
    for _ in 0..slices {
        let pause = machine.resume(Budget { instructions: 100_000 });
        output.extend(machine.take_output().into_iter().filter(|p| !p.figure).map(|p| p.text));
        match pause {
            Pause::Done => return (output, Some(Ok(()))),
            Pause::Error(failure) => return (output, Some(Err(failure))),
            _ => {}
        }
    }
    (output, None)
}
