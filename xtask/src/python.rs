//! `cargo xtask fixtures`, and finding a Python with PyTorch.

use crate::process::{command, output, run};
use crate::setup::with;
use std::process::ExitCode;

pub const HELP: &str = "\
Compute the tests' reference values with PyTorch again: runs tests/fixtures/make.py, which writes tests/fixtures/.
The values are committed; this is needed only when an operator or a case is new.

Usage: cargo xtask fixtures [ARGUMENTS OF make.py]

It takes `python3`, or the Python that GRADLOOM_PYTHON names. One with PyTorch:
  python3 -m venv venv && venv/bin/pip install torch numpy && GRADLOOM_PYTHON=venv/bin/python cargo xtask fixtures";

/// The Python to use.
pub fn python() -> String {
    std::env::var("GRADLOOM_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// The version of PyTorch that `python()` can import.
pub fn torch_version() -> Option<String> {
    let version = output(with(command(python()), &["-c", "import torch; print(torch.__version__)"]))?;
    Some(version.trim().to_owned())
}

pub fn fixtures(arguments: &[String]) -> Result<ExitCode, String> {
    let python = python();
    let version = torch_version().ok_or_else(|| {
        format!(
            "`{python}` has no PyTorch: python3 -m venv venv && venv/bin/pip install torch numpy && \
             GRADLOOM_PYTHON=venv/bin/python cargo xtask fixtures"
        )
    })?;
    println!("── fixtures by PyTorch {version}");
    let mut make = with(command(python), &["tests/fixtures/make.py"]);
    make.args(arguments);
    run(make).map(|()| ExitCode::SUCCESS)
}
