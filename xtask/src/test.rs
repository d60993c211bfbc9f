//! `cargo xtask test`: every test there is, in stages.

use crate::process::{self, cargo, command, run_reading};
use crate::setup::{self, with};
use crate::{size, system};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

pub const HELP: &str = "\
Set up what is missing and run every test. All stages run, even after one has failed; those that need its result do not.

Usage: cargo xtask test [--fast] [STAGE[:PATTERN]...]

Options:
  --fast   Only the stages that need no browser: fmt, clippy, native, doc

Stages, in order:
  fmt          the formatter
  clippy       the linter, native
  clippy-web   the linter, for WebAssembly
  native       unit and end-to-end tests; those of the GPU need a Vulkan driver   [:PATTERN]
  doc          the documentation builds without a warning
  web          the operators in Chromium, by wasm-pack                            [:PATTERN]
  build        the page as it is published
  size         what the browser downloads, against its budget
  browser      the page in Chromium, by Playwright                                [:PATTERN]

Examples:
  cargo xtask test
  cargo xtask test fmt clippy native:backward
  cargo xtask test build browser:lesson";

const WASM: &str = "wasm32-unknown-unknown";

/// The packages that exist only in the browser. They are linted and documented for WebAssembly.
const WEB_ONLY: [&str; 4] = ["--exclude", "gradloom", "--exclude", "gradloom-worker"];

/// What a stage counted. A stage without tests of its own is one test.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Count {
    passed: u64,
    failed: u64,
}

struct Stage {
    name: &'static str,
    /// Whether it is part of `--fast`.
    fast: bool,
    /// The stage whose result it reads.
    after: Option<&'static str>,
    /// Runs it; the pattern is empty if none was given. The count is of the tests it saw, if it has any.
    run: fn(pattern: &str, count: &mut Count) -> Result<(), String>,
}

const STAGES: [Stage; 9] = [
    Stage { name: "fmt", fast: true, after: None, run: fmt },
    Stage { name: "clippy", fast: true, after: None, run: clippy },
    Stage { name: "clippy-web", fast: false, after: None, run: clippy_web },
    Stage { name: "native", fast: true, after: None, run: native },
    Stage { name: "doc", fast: true, after: None, run: doc },
    Stage { name: "web", fast: false, after: None, run: web },
    Stage { name: "build", fast: false, after: None, run: build },
    Stage { name: "size", fast: false, after: Some("build"), run: check_size },
    Stage { name: "browser", fast: false, after: Some("build"), run: browser },
];

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let selected = select(arguments)?;
    let start = Instant::now();
    set_up(&selected)?;
    println!("── set up in {}", seconds(start.elapsed()));

    let mut total = Count::default();
    let mut lines = Vec::new();
    let mut failures: Vec<(&str, String)> = Vec::new();
    for (stage, pattern) in &selected {
        println!("\n── {}", stage.name);
        let start = Instant::now();
        let mut count = Count::default();
        let broken = stage.after.filter(|needed| failures.iter().any(|(name, _)| name == needed));
        let result = match broken {
            Some(needed) => Err(format!("not run: {needed} failed")),
            None => (stage.run)(pattern, &mut count),
        };
        let count = settled(count, result.is_ok());
        total.passed += count.passed;
        total.failed += count.failed;
        let mark = if result.is_ok() { "ok    " } else { "FAILED" };
        let line = format!("{mark} {:<11} {:>9}  {}", stage.name, seconds(start.elapsed()), told(count));
        println!("── {line}");
        lines.push(line);
        if let Err(error) = result {
            println!("{error}");
            failures.push((stage.name, error));
        }
    }

    println!("\n── summary, {}", seconds(start.elapsed()));
    for line in lines {
        println!("{line}");
    }
    for (name, error) in &failures {
        println!("{name}: {error}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The stages that the arguments name, each with its pattern.
fn select(arguments: &[String]) -> Result<Vec<(&'static Stage, String)>, String> {
    let mut fast = false;
    let mut named = Vec::new();
    for argument in arguments {
        if argument == "--fast" {
            fast = true;
            continue;
        }
        let (name, pattern) = argument.split_once(':').unwrap_or((argument, ""));
        if !STAGES.iter().any(|stage| stage.name == name) {
            return Err(crate::unknown(argument, HELP));
        }
        if !pattern.is_empty() && !["native", "web", "browser"].contains(&name) {
            return Err(format!("The stage {name} takes no pattern.\n\n{HELP}"));
        }
        named.push((name, pattern));
    }
    let wanted = |stage: &'static Stage| {
        let pattern =
            named.iter().find(|(name, _)| *name == stage.name).map(|(_, pattern)| (*pattern).to_owned());
        let pattern = if named.is_empty() { Some(String::new()) } else { pattern };
        pattern.filter(|_| stage.fast || !fast).map(|pattern| (stage, pattern))
    };
    Ok(STAGES.iter().filter_map(wanted).collect())
}

/// Installs what these stages need, all of it before the first one runs.
fn set_up(selected: &[(&Stage, String)]) -> Result<(), String> {
    let any = |names: &[&str]| selected.iter().any(|(stage, _)| names.contains(&stage.name));
    if any(&["fmt", "clippy", "clippy-web"]) {
        setup::components()?;
    }
    if any(&["clippy-web", "web", "build"]) {
        setup::for_page()?;
    }
    if any(&["web"]) {
        setup::wasm_pack()?;
    }
    if any(&["native"]) {
        system::vulkan()?;
    }
    if any(&["web", "browser"]) {
        system::browser()?;
    }
    if any(&["size", "browser"]) {
        system::node()?;
    }
    Ok(())
}

/// What a stage adds to the total: a failure that no test reports (it did not compile, it crashed) is one as well.
fn settled(count: Count, ok: bool) -> Count {
    match (count, ok) {
        (Count { passed: 0, failed: 0 }, true) => Count { passed: 1, failed: 0 },
        (Count { failed: 0, passed }, false) => Count { passed, failed: 1 },
        _ => count,
    }
}

/// "3 passed" and, if there are any, the failed ones. With a semicolon: the last line of all is the only one with a comma.
fn told(count: Count) -> String {
    let failed = if count.failed > 0 { format!("; {} failed", count.failed) } else { String::new() };
    format!("{} passed{failed}", count.passed)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// Cargo with colors as on a terminal, although its output is read here.
fn colored_cargo(arguments: &[&str]) -> Command {
    let mut cargo = with(cargo(), arguments);
    if std::io::IsTerminal::is_terminal(&std::io::stdout()) && std::env::var_os("NO_COLOR").is_none() {
        cargo.env("CARGO_TERM_COLOR", "always");
    }
    // On a build machine nothing is compiled twice, so what incremental builds would keep is only in the way.
    if std::env::var_os("CI").is_some() {
        cargo.env("CARGO_INCREMENTAL", "0");
    }
    cargo
}

fn deny_warnings() -> &'static [&'static str] {
    if setup::compiler_is_ours() { &["--", "-D", "warnings"] } else { &[] }
}

fn fmt(_: &str, _: &mut Count) -> Result<(), String> {
    process::run(with(cargo(), &["fmt", "--all", "--check"]))
}

fn clippy(_: &str, _: &mut Count) -> Result<(), String> {
    let mut clippy = colored_cargo(&["clippy", "--workspace", "--all-targets"]);
    clippy.args(WEB_ONLY).args(deny_warnings());
    process::run(clippy)
}

fn clippy_web(_: &str, _: &mut Count) -> Result<(), String> {
    let mut clippy = colored_cargo(&["clippy", "--target", WASM, "--all-targets"]);
    clippy.args(["--package", "gradloom", "--package", "gradloom-worker", "--package", "gradloom-engine"]);
    clippy.args(deny_warnings());
    process::run(clippy)
}

fn native(pattern: &str, count: &mut Count) -> Result<(), String> {
    // With the page: what it shows is computed by functions that need no browser, and tested here.
    let mut test = colored_cargo(&["test", "--workspace", "--exclude", "gradloom-worker", "--no-fail-fast"]);
    if !pattern.is_empty() {
        test.args(["--", pattern]);
    }
    // Without an adapter the GPU's tests fail rather than pass by doing nothing.
    test.env("GRADLOOM_REQUIRE_GPU", "1");
    run_reading(test, |line| count_rust(line, count))
}

fn doc(_: &str, _: &mut Count) -> Result<(), String> {
    let mut doc = colored_cargo(&["doc", "--no-deps", "--workspace"]);
    doc.args(WEB_ONLY);
    let mut web = colored_cargo(&["doc", "--no-deps", "--target", WASM]);
    web.args(["--package", "gradloom", "--package", "gradloom-worker"]);
    for mut command in [doc, web] {
        if setup::compiler_is_ours() {
            command.env("RUSTDOCFLAGS", "-D warnings");
        }
        process::run(command)?;
    }
    Ok(())
}

fn web(pattern: &str, count: &mut Count) -> Result<(), String> {
    let driver = system::browser()?.driver;
    let rooms: [&[&str]; 2] = [&["crates/engine"], &["crates/python", "--features", "conformance"]];
    for room in rooms {
        let mut test = with(command("wasm-pack"), &["test", "--headless", "--chrome", "--chromedriver"]);
        test.arg(&driver).args(room).args(["--test", "web"]);
        if !pattern.is_empty() {
            test.args(["--", pattern]);
        }
        // Seconds for all tests of a file together: a software GPU on a busy machine is slow.
        test.env("WASM_BINDGEN_TEST_TIMEOUT", "600");
        run_reading(test, |line| count_rust(line, count))?;
    }
    some(*count)
}

fn build(_: &str, _: &mut Count) -> Result<(), String> {
    size::build()
}

fn check_size(_: &str, _: &mut Count) -> Result<(), String> {
    size::check()
}

fn browser(pattern: &str, count: &mut Count) -> Result<(), String> {
    let mut test = with(command("node"), &["tests/browser/run.mjs"]);
    if !pattern.is_empty() {
        test.arg(pattern);
    }
    test.env("GRADLOOM_CHROMIUM", system::browser()?.program);
    run_reading(test, |line| count_node(line, count))?;
    some(*count)
}

/// A run that found no test has tested nothing.
fn some(count: Count) -> Result<(), String> {
    if count == Count::default() { Err("no test ran".into()) } else { Ok(()) }
}

/// Adds `test result: ok. 3 passed; 0 failed; …`, the line of Rust's test programs.
fn count_rust(line: &str, count: &mut Count) {
    let Some(result) = line.trim_start().strip_prefix("test result: ") else { return };
    let before = |word: &str| {
        let mut words = result.split([' ', ';']).filter(|word| !word.is_empty()).peekable();
        while let Some(number) = words.next() {
            if words.peek() == Some(&word) {
                return number.parse().unwrap_or(0);
            }
        }
        0
    };
    count.passed += before("passed");
    count.failed += before("failed");
}

/// Adds `# pass 3` and `# fail 1`, the last lines of Node's test runner.
fn count_node(line: &str, count: &mut Count) {
    let number = |prefix: &str| line.strip_prefix(prefix).and_then(|number| number.parse::<u64>().ok());
    count.passed += number("# pass ").unwrap_or(0);
    count.failed += number("# fail ").unwrap_or(0) + number("# cancelled ").unwrap_or(0);
}

#[cfg(test)]
mod tests {
    use super::{Count, count_node, count_rust, select, settled};

    fn count(read: fn(&str, &mut Count), lines: &[&str]) -> Count {
        let mut count = Count::default();
        lines.iter().for_each(|line| read(line, &mut count));
        count
    }

    #[test]
    fn results_are_counted() {
        let lines = [
            "running 3 tests",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
            "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
        ];
        assert_eq!(count(count_rust, &lines), Count { passed: 15, failed: 2 });
        let lines = ["# tests 4", "# pass 3", "# fail 1", "# cancelled 0", "# skipped 2"];
        assert_eq!(count(count_node, &lines), Count { passed: 3, failed: 1 });
    }

    #[test]
    fn a_stage_that_breaks_is_a_failure() {
        assert_eq!(settled(Count::default(), true), Count { passed: 1, failed: 0 });
        assert_eq!(settled(Count::default(), false), Count { passed: 0, failed: 1 });
        assert_eq!(settled(Count { passed: 7, failed: 0 }, false), Count { passed: 7, failed: 1 });
        assert_eq!(settled(Count { passed: 7, failed: 2 }, false), Count { passed: 7, failed: 2 });
    }

    #[test]
    fn stages_are_selected_in_their_order() {
        let names = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
            select(&arguments).map(|stages| {
                stages
                    .iter()
                    .map(|(stage, pattern)| format!("{}:{pattern}", stage.name))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        assert_eq!(names(&["--fast"]).unwrap(), "fmt: clippy: native: doc:");
        assert_eq!(names(&["native:add", "fmt"]).unwrap(), "fmt: native:add");
        assert_eq!(names(&[]).unwrap().split(' ').count(), 9);
        assert!(names(&["nativ"]).is_err());
        assert!(names(&["fmt:x"]).is_err());
    }
}
