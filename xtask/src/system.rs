//! What the tests need from the operating system: Chromium and its driver, a Vulkan driver, Node.

use crate::process::{command, find, output, run};
use crate::setup::{step, with};
use std::path::{Path, PathBuf};

/// Where the tests' helpers are on this machine.
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// The matching chromedriver.
    pub driver: PathBuf,
}

/// The folder with the browser tests and their package.json.
pub const BROWSER_TESTS: &str = "tests/browser";

/// A Vulkan driver for wgpu's native tests; without a GPU, the software driver of Mesa.
///
/// # Errors
/// When there is none and none can be installed; the message says what to do.
pub fn vulkan() -> Result<(), String> {
    // macOS has Metal and Windows has DirectX 12: nothing to install.
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let mut missing = Vec::new();
    if !has_vulkan_loader() {
        missing.push("libvulkan1");
    }
    if !has_vulkan_driver() {
        missing.push("mesa-vulkan-drivers");
    }
    packages(&missing)?;
    if has_vulkan_loader() && has_vulkan_driver() {
        return Ok(());
    }
    Err("No Vulkan driver: the GPU tests need one, for example Mesa's lavapipe.".into())
}

/// Node and npm, and the packages of the browser tests.
///
/// # Errors
/// When they are missing and cannot be installed; the message says what to do.
pub fn node() -> Result<(), String> {
    let missing: Vec<&str> = [("node", "nodejs"), ("npm", "npm")]
        .iter()
        .filter(|tool| find(tool.0).is_none())
        .map(|tool| tool.1)
        .collect();
    packages(&missing)?;
    let version = output(with(command("node"), &["--version"])).unwrap_or_default();
    let major: u32 =
        version.trim_start_matches('v').split('.').next().and_then(|text| text.parse().ok()).unwrap_or(0);
    if major < 18 {
        let found =
            if version.is_empty() { "none was found".into() } else { format!("this is {}", version.trim()) };
        return Err(format!("The browser tests need Node 18 or newer; {found}. See https://nodejs.org."));
    }
    let folder = Path::new(BROWSER_TESTS);
    // npm writes this file last, so an older one means that the lock file has changed since.
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    step("npm ci, for the browser tests");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut install = with(command(npm), &["ci", "--no-audit", "--no-fund"]);
    install.current_dir(folder);
    run(install)
}

/// Chromium and its driver.
///
/// # Errors
/// When they are missing and cannot be installed; the message says what to do.
pub fn browser() -> Result<Browser, String> {
    let mut missing = Vec::new();
    if chromium().is_none() {
        missing.push("chromium");
    }
    if find("chromedriver").is_none() {
        missing.push("chromium-driver");
    }
    packages(&missing)?;
    match (chromium(), find("chromedriver")) {
        (Some(program), Some(driver)) => Ok(Browser { program, driver }),
        (None, _) => Err("No Chromium in PATH: install it, or name it in GRADLOOM_CHROMIUM.".into()),
        (_, None) => Err("No chromedriver in PATH: install the one of the same version as Chromium.".into()),
    }
}

fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("GRADLOOM_CHROMIUM").map(PathBuf::from);
    let known = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    named.filter(|file| file.is_file()).or_else(|| known.iter().find_map(|name| find(name)))
}

fn has_vulkan_loader() -> bool {
    let cache = output(with(command(find("ldconfig").unwrap_or("/sbin/ldconfig".into())), &["-p"]));
    cache.is_some_and(|cache| cache.contains("libvulkan.so.1"))
}

fn has_vulkan_driver() -> bool {
    if ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"].iter().any(|name| std::env::var_os(name).is_some()) {
        return true;
    }
    let folders = ["/usr/share/vulkan/icd.d", "/usr/local/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
    let described =
        |folder: &str| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    folders.into_iter().any(described)
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    file.metadata().ok()?.modified().ok()
}

/// Installs packages of Debian or Ubuntu.
fn packages(names: &[&str]) -> Result<(), String> {
    if names.is_empty() {
        return Ok(());
    }
    let list = names.join(" ");
    let remedy = format!("apt-get install {list}");
    if find("apt-get").is_none() {
        return Err(format!("Missing: {list} (names of the Debian packages). Install them, then try again."));
    }
    let root = output(with(command("id"), &["-u"])).is_some_and(|id| id.trim() == "0");
    let sudo = !root && output(with(command("sudo"), &["-n", "true"])).is_some();
    if !root && !sudo {
        return Err(format!("Missing: {list}. Run `sudo {remedy}`, then try again."));
    }
    step(&format!("installing {list}"));
    let apt = |arguments: &[&str]| {
        let mut apt = if sudo { with(command("sudo"), &["-n", "env"]) } else { command("env") };
        apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]).args(arguments);
        run(apt)
    };
    // Stale lists name files that are gone; lists that cannot be refreshed may still do.
    if let Err(error) = apt(&["update"]) {
        println!("{error}; trying with the lists that are there");
    }
    let mut install = vec!["install", "-y", "--no-install-recommends"];
    install.extend(names);
    apt(&install).map_err(|error| format!("{error}\nMissing: {list}. Run `sudo {remedy}`, then try again."))
}
