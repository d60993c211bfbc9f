//! Installing what the build needs: the pinned command-line tools and the WebAssembly target.

use crate::process::{cargo, cargo_bin, command, output, run};

/// A command-line tool that Cargo installs.
struct Tool {
    /// The crate that has it.
    package: &'static str,
    /// The program, which answers `--version` with its name and version.
    program: &'static str,
    version: String,
    /// More arguments of `cargo install`.
    arguments: &'static [&'static str],
    /// How much the compiler shall do: a tool that runs once a build need not be fast.
    opt_level: &'static str,
}

/// What building the page takes.
///
/// # Errors
/// When something is missing and cannot be installed; the message says what to do.
pub fn for_page() -> Result<(), String> {
    target()?;
    install(&Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: locked_version("wasm-bindgen")?,
        // Not --locked: its own lock file can name a version that is not published yet.
        arguments: &[],
        opt_level: "2",
    })?;
    install(&Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".into(),
        arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        opt_level: "0",
    })
}

/// The formatter and the linter.
///
/// # Errors
/// When something is missing and cannot be installed; the message says what to do.
pub fn components() -> Result<(), String> {
    for component in ["rustfmt", "clippy"] {
        let program = if component == "clippy" { "cargo-clippy" } else { component };
        if output(with(command(program), &["--version"])).is_none() {
            step(&format!("adding the Rust component {component}"));
            run(with(command("rustup"), &["component", "add", component])).map_err(|error| {
                format!("{error}\nInstall {component} for this Rust toolchain, then try again.")
            })?;
        }
    }
    Ok(())
}

/// What runs Rust's tests in a browser.
///
/// # Errors
/// When it is missing and cannot be installed; the message says what to do.
pub fn wasm_pack() -> Result<(), String> {
    install(&Tool {
        package: "wasm-pack",
        program: "wasm-pack",
        version: "0.15.1".into(),
        arguments: &[],
        opt_level: "0",
    })
}

/// Says what is being set up.
pub fn step(text: &str) {
    println!("── setup: {text}");
}

/// The command with these arguments.
pub fn with(mut command: std::process::Command, arguments: &[&str]) -> std::process::Command {
    command.args(arguments);
    command
}

fn target() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = output(with(command(rustc), &["--print", "target-libdir", "--target", TARGET]));
    if folder.is_some_and(|folder| std::path::Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    step(&format!("adding the Rust target {TARGET}"));
    run(with(command("rustup"), &["target", "add", TARGET])).map_err(|error| {
        format!("{error}\nThe page needs Rust's target {TARGET}: install rustup (https://rustup.rs), then try again.")
    })
}

fn install(tool: &Tool) -> Result<(), String> {
    if installed_version(tool.program).as_deref() == Some(&tool.version) {
        return Ok(());
    }
    let Tool { package, version, .. } = tool;
    step(&format!("installing {package} {version} (once; some minutes)"));
    let mut install = with(cargo(), &["install", package, "--version", version, "--force"]);
    install.args(tool.arguments);
    // In a folder of its own, outside the workspace: its build must not wait for ours nor share its settings.
    install.current_dir(std::env::temp_dir()).env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
    install
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", tool.opt_level);
    run(install).map_err(|error| {
        format!(
            "{error}\n{package} {version} could not be installed. It needs the network and a C compiler \
             (Debian: apt-get install build-essential)."
        )
    })?;
    match installed_version(tool.program) {
        Some(found) if found == tool.version => Ok(()),
        Some(found) => {
            Err(format!("{} is still {found}, not {version}: is another one first in PATH?", tool.program))
        }
        None => Err(format!(
            "{} was installed into {} but does not run",
            tool.program,
            cargo_bin().unwrap_or_default().display()
        )),
    }
}

/// The version that a program says it is: the first word of `--version` that starts with a digit.
fn installed_version(program: &str) -> Option<String> {
    let text = output(with(command(program), &["--version"]))?;
    text.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(str::to_owned)
}

/// The version of a package in Cargo.lock: the library and the tool must be the same.
fn locked_version(package: &str) -> Result<String, String> {
    let lock =
        std::fs::read_to_string("Cargo.lock").map_err(|error| format!("cannot read Cargo.lock: {error}"))?;
    version_in_lock(&lock, package).ok_or_else(|| format!("Cargo.lock does not name {package}"))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

/// The minor version of a Rust release, `95` of `1.95.0`.
pub fn minor(version: &str) -> Option<u32> {
    version.trim().split('.').nth(1)?.parse().ok()
}

/// Whether the compiler is the release that `rust-version` in Cargo.toml names. A newer one knows lints that nobody
/// here has seen yet: they are shown, and do not fail.
pub fn compiler_is_ours() -> bool {
    let manifest = std::fs::read_to_string("Cargo.toml").unwrap_or_default();
    let ours = manifest.lines().find_map(|line| line.strip_prefix("rust-version = \""));
    let version = output(with(command("rustc"), &["--version"]));
    let theirs = version.as_deref().and_then(|text| text.split_whitespace().nth(1));
    match (ours.and_then(|text| minor(text.trim_end_matches('"'))), theirs.and_then(minor)) {
        (Some(ours), Some(theirs)) => theirs <= ours,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{minor, version_in_lock};

    #[test]
    fn versions_are_read() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"0.1.0\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "bindgen"), None);
        assert_eq!(minor("1.95"), Some(95));
        assert_eq!(minor("1.101.0-nightly"), Some(101));
    }
}
