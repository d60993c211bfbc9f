//! `cargo xtask stamp`: names the worker's files after their content, and tells the service worker all files.
//!
//! Trunk puts a hash into the names of the page's files but not of a worker's, so a browser or a proxy that caches would
//! go on running the old worker with a new page. This runs as Trunk's `post_build` hook, on the files it has just made.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub const HELP: &str = "\
Name the worker's files after their content, write the new names into index.html, and write the list of all files into
offline.js, which keeps them for use without a network. Trunk calls this after each build.

Usage: cargo xtask stamp [FOLDER]

FOLDER is Trunk's TRUNK_STAGING_DIR if it is not given.";

/// The worker's files, as Trunk names them.
const FILES: [&str; 3] = ["worker_bg.wasm", "worker.js", "worker_loader.js"];

const SERVICE_WORKER: &str = "offline.js";

pub fn run(arguments: &[String]) -> Result<ExitCode, String> {
    let given = arguments.first().map(PathBuf::from);
    let folder = given.or_else(|| std::env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from));
    stamp(&folder.ok_or("No folder: neither an argument nor TRUNK_STAGING_DIR.")?)?;
    Ok(ExitCode::SUCCESS)
}

fn stamp(folder: &Path) -> Result<(), String> {
    let at = |name: &str| folder.join(name);
    let read = |name: &str| std::fs::read(at(name)).map_err(|error| format!("cannot read {name}: {error}"));
    let mut hash = Fnv::new();
    for name in FILES {
        hash.update(&read(name)?);
    }
    let version = format!("{:016x}", hash.0);
    // The script that Trunk wrote to start the worker names the other two; the page names the script.
    for name in ["worker_loader.js", "index.html"] {
        let text = String::from_utf8(read(name)?).map_err(|error| format!("{name} is no text: {error}"))?;
        let stamped = renamed(&text, &version);
        if stamped == text {
            return Err(format!("{name} does not name the worker's files {FILES:?}"));
        }
        std::fs::write(at(name), stamped).map_err(|error| format!("cannot write {name}: {error}"))?;
    }
    for name in FILES {
        std::fs::rename(at(name), at(&renamed(name, &version)))
            .map_err(|error| format!("cannot rename {name}: {error}"))?;
    }
    list(folder)
}

/// Writes the list of all files, and a version that changes with any of them, into the service worker.
fn list(folder: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    gather(folder, "", &mut files).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    files.retain(|(name, _)| name != SERVICE_WORKER);
    files.sort();
    let mut hash = Fnv::new();
    for (name, bytes) in &files {
        hash.update(name.as_bytes());
        hash.update(bytes);
    }
    let names: Vec<String> = files
        .iter()
        .map(|(name, _)| format!("{:?}", if name == "index.html" { "./" } else { name }))
        .collect();
    let at = folder.join(SERVICE_WORKER);
    let text =
        std::fs::read_to_string(&at).map_err(|error| format!("cannot read {SERVICE_WORKER}: {error}"))?;
    let listed = text
        .replace("const FILES = [];", &format!("const FILES = [{}];", names.join(", ")))
        .replace("\"development\"", &format!("\"{:016x}\"", hash.0));
    std::fs::write(at, listed).map_err(|error| format!("cannot write {SERVICE_WORKER}: {error}"))
}

/// All files below a folder, with their paths from there and their bytes.
fn gather(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        match path.is_dir() {
            true => gather(&path, &format!("{name}/"), files)?,
            false => files.push((name, std::fs::read(&path)?)),
        }
    }
    Ok(())
}

/// A text with the worker's files under their new names, which starts the worker as it wants to be started.
fn renamed(text: &str, version: &str) -> String {
    let named = FILES.iter().fold(text.to_owned(), |text, file| {
        text.replace(file, &file.replacen("worker", &format!("worker-{version}"), 1))
    });
    // Trunk calls it as wasm-bindgen no longer wants to be called, and says so in every learner's console.
    named.replace("wasm_bindgen(\"", "wasm_bindgen({module_or_path:\"").replace(".wasm\")", ".wasm\"})")
}

/// The 64-bit hash FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>): for telling versions apart, not for security.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fnv, renamed, stamp};

    #[test]
    fn the_hash_is_fnv_1a() {
        // From the test vectors in the draft RFC draft-eastlake-fnv.
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            let mut fnv = Fnv::new();
            fnv.update(text.as_bytes());
            assert_eq!(fnv.0, hash, "{text}");
        }
    }

    #[test]
    fn every_name_changes_once() {
        let loader = r#"importScripts("./worker.js");wasm_bindgen("./worker_bg.wasm");"#;
        let stamped = renamed(loader, "7");
        assert_eq!(
            stamped,
            r#"importScripts("./worker-7.js");wasm_bindgen({module_or_path:"./worker-7_bg.wasm"});"#
        );
        assert_eq!(renamed("content=./worker_loader.js>", "7"), "content=./worker-7_loader.js>");
    }

    #[test]
    fn other_content_gets_other_names() {
        let folder = std::env::temp_dir().join(format!("gradloom-stamp-{}", std::process::id()));
        let names = |wasm: &str| {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("worker_bg.wasm"), wasm).unwrap();
            std::fs::write(folder.join("worker.js"), "let wasm_bindgen;").unwrap();
            std::fs::write(folder.join("worker_loader.js"), "importScripts('./worker.js')").unwrap();
            std::fs::write(folder.join("index.html"), "<meta content=worker_loader.js>").unwrap();
            std::fs::write(folder.join("offline.js"), "const FILES = [];\nconst VERSION = \"development\";")
                .unwrap();
            stamp(&folder).unwrap();
            let listed = std::fs::read_to_string(folder.join("offline.js")).unwrap();
            let html = std::fs::read_to_string(folder.join("index.html")).unwrap();
            let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name());
            let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
            names.sort();
            std::fs::remove_dir_all(&folder).unwrap();
            assert_eq!(names.len(), 5);
            assert!(html.contains(&names[4]), "{html} names {names:?}");
            let quoted: Vec<String> = names[2..].iter().map(|name| format!("{name:?}")).collect();
            let expected = format!("const FILES = [\"./\", {}];", quoted.join(", "));
            assert!(listed.starts_with(&expected), "{listed} lists {expected}");
            assert!(!listed.contains("development"));
            names.push(listed);
            names
        };
        let one = names("one");
        assert_eq!(one, names("one"));
        assert_ne!(one, names("two"));
    }
}
