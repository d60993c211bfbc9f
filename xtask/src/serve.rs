//! `cargo xtask serve`.

use crate::process::command;
use crate::setup::{self, with};
use std::process::ExitCode;

pub const HELP: &str = "\
Set up what is missing, build the page and serve it; rebuild when a file changes.

Usage: cargo xtask serve [--release] [--port N]

Options:
  --release   Small and fast, as it is published (slower to build)
  --port N    The port [default: 8080]";

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let mut release = false;
    let mut port = 8080_u16;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--release" => release = true,
            "--port" => {
                let given = rest.next().map(String::as_str).unwrap_or_default();
                port =
                    given.parse().map_err(|_| format!("--port takes a number up to 65535, not `{given}`"))?;
            }
            other => return Err(crate::unknown(other, HELP)),
        }
    }
    setup::for_page()?;
    println!("── building; then the page is at http://localhost:{port}/");
    let mut serve = with(command("trunk"), &["serve", "--port", &port.to_string()]);
    if release {
        serve.arg("--release");
    }
    // Trunk takes NO_COLOR for a switch of its own and refuses "1".
    serve.env_remove("NO_COLOR");
    crate::process::run(serve).map(|()| ExitCode::SUCCESS)
}
