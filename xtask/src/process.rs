//! Running other programs.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A command that finds freshly installed Cargo tools, whether or not the shell's `PATH` has them.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", search_path());
    command
}

/// Cargo, the one that runs this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Where `cargo install` puts programs.
pub fn cargo_bin() -> Option<PathBuf> {
    let home = std::env::var_os("CARGO_INSTALL_ROOT").or_else(|| std::env::var_os("CARGO_HOME"));
    let home = home.map(PathBuf::from).or_else(|| {
        let user = std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" })?;
        Some(PathBuf::from(user).join(".cargo"))
    });
    home.map(|home| home.join("bin"))
}

fn search_path() -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = cargo_bin().into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(all).unwrap_or(path)
}

/// The file that a program's name stands for, if there is one.
pub fn find(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = search_path();
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// What a command printed, if it ran and succeeded.
pub fn output(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command as somebody would type it.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let first = |(index, word): (usize, &std::ffi::OsStr)| match index {
        0 => Path::new(word).file_stem().unwrap_or(word).to_string_lossy().into_owned(),
        _ => word.to_string_lossy().into_owned(),
    };
    words.enumerate().map(first).collect::<Vec<_>>().join(" ")
}

/// Runs a command with its output in view.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run(mut command: Command) -> Result<(), String> {
    let line = shown(&command);
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(error) => Err(format!("`{line}` could not be started: {error}")),
    }
}

/// Runs a command with its output in view and shows every line of its standard output to `each` as well.
///
/// # Errors
/// When it cannot be started or does not succeed.
pub fn run_reading(mut command: Command, mut each: impl FnMut(&str)) -> Result<(), String> {
    let line = shown(&command);
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`{line}` could not be started: {error}"))?;
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|count| count > 0) {
            let mut out = std::io::stdout().lock();
            // A closed terminal is no reason to stop counting.
            let _ = out.write_all(&bytes).and_then(|()| out.flush());
            each(&plain(&String::from_utf8_lossy(&bytes)));
            bytes.clear();
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{line}` failed ({status})")),
        Err(error) => Err(format!("`{line}` was lost: {error}")),
    }
}

/// A line without its colors and line end.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line.trim_end().chars();
    while let Some(c) = rest.next() {
        if c == '\u{1b}' {
            // ESC [ parameters letter
            rest.by_ref().skip(1).find(|c| c.is_ascii_alphabetic());
        } else {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn colors_are_taken_off() {
        assert_eq!(
            plain("test result: \u{1b}[32mok\u{1b}(B\u{1b}[m. 3 passed\r\n"),
            "test result: ok. 3 passed"
        );
        assert_eq!(plain("\u{1b}[1;31mx\u{1b}[0m"), "x");
    }
}
