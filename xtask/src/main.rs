//! The project's own commands: `cargo xtask serve`, `test`, `size`, `bench`, `fixtures`.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line program speaks through its output"
)]

mod bench;
mod process;
mod python;
mod serve;
mod setup;
mod size;
mod stamp;
mod system;
mod test;

use std::io::Write;
use std::process::ExitCode;

const HELP: &str = "\
Gradloom's own commands.

Usage: cargo xtask <COMMAND> [OPTIONS]

Commands:
  serve      Set up what is missing, build the page and serve it
  test       Set up what is missing and run every test
  size       Check what the browser downloads against the budget
  bench      Time a training loop here and in PyTorch
  fixtures   Compute the tests' reference values with PyTorch again
  stamp      Name the worker's files after their content (Trunk calls it)

`cargo xtask <COMMAND> --help` tells more.";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("--help", &[][..]),
    };
    type Run = fn(&[String]) -> Result<ExitCode, String>;
    let (help, run): (&str, Run) = match command {
        "serve" => (serve::HELP, serve::run),
        "test" => (test::HELP, test::run),
        "size" => (size::HELP, size::run),
        "bench" => (bench::HELP, bench::run),
        "fixtures" => (python::HELP, python::fixtures),
        "stamp" => (stamp::HELP, stamp::run),
        "--help" | "-h" | "help" => {
            say(HELP);
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("There is no command `{other}`.\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    if rest.iter().any(|argument| argument == "--help" || argument == "-h") {
        say(help);
        return ExitCode::SUCCESS;
    }
    // Everything below names files from the root of the repository, wherever the command was typed.
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let result = match std::env::set_current_dir(&root) {
        Ok(()) => run(rest),
        Err(error) => Err(format!("cannot enter {}: {error}", root.display())),
    };
    result.unwrap_or_else(|message| {
        eprintln!("{message}");
        ExitCode::FAILURE
    })
}

/// Prints a help text; nobody reading it to the end is no failure.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Refuses the first argument that a command does not know.
fn unknown(argument: &str, help: &str) -> String {
    format!("Do not know what `{argument}` means here.\n\n{help}")
}
