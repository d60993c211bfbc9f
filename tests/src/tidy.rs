//! The walls between the rooms, and the house rules that a machine can check. Each failure names the rule and the place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// For each package, the rooms that it may use; ARCHITECTURE.md has the same table.
const MAY_USE: &[(&str, &[&str])] = &[
    ("gradloom", &["gradloom-protocol", "gradloom-diagram", "gradloom-lessons"]),
    ("gradloom-shaders", &[]),
    ("gradloom-kernels", &[]),
    ("gradloom-engine", &["gradloom-kernels", "gradloom-shaders"]),
    ("gradloom-python", &["gradloom-engine"]),
    ("gradloom-protocol", &[]),
    ("gradloom-session", &["gradloom-python", "gradloom-engine", "gradloom-protocol"]),
    ("gradloom-diagram", &[]),
    ("gradloom-lessons", &[]),
    (
        "gradloom-cli",
        &["gradloom-session", "gradloom-lessons", "gradloom-protocol", "gradloom-python", "gradloom-engine"],
    ),
    ("gradloom-worker", &["gradloom-session", "gradloom-protocol"]),
    ("unicode_names2", &[]),
    ("unicode-normalization", &[]),
    ("xtask", &[]),
];

/// Files of more than 400 lines, each with its reason.
const LONG: &[(&str, &str)] = &[
    (
        "assets/css/base.css",
        "the theme's variables, the type and the parts that every place shares, in one cascade",
    ),
    ("crates/python/library/numpy.py", "one module, a name a line"),
    ("crates/python/library/tensorflow.py", "one module, a name a line"),
    ("crates/python/src/native.rs", "what tables of ours are made of, slot by slot"),
    ("tests/fixtures/onnx_nodes.py", "a rule for each of ONNX's operators, in one table"),
    ("crates/python/src/arith.rs", "the operators of all pairs of numbers and sequences, a match each"),
    ("crates/python/src/items.rs", "truth, length, subscripts and slices of every kind of value"),
    ("crates/python/src/iter.rs", "every kind of iterator with its one step"),
    ("crates/python/src/modules/math.rs", "one module of Python, a name a line"),
    ("crates/python/src/syntax/expr.rs", "the lowering of expressions, one match over ruff's tree"),
    ("crates/python/src/syntax/scope.rs", "the scopes of all names, one visitor over ruff's tree"),
    ("crates/python/src/types/mod.rs", "what Python's types share, a name a line"),
    ("crates/python/src/value.rs", "the value, one variant a kind, and what every variant answers"),
    ("assets/css/bench.css", "one cascade for cell, timeline and dock, which share their frame"),
];

/// The files that tell the rules and so name what the rules forbid.
const ABOUT_RULES: &[&str] = &["tests/src/tidy.rs"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every text file of the project: its path from the root, with slashes, and its text.
fn files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let hidden =
                name.starts_with('.') && ![".ci", ".cargo", ".github", ".gitignore"].contains(&name.as_str());
            if hidden || ["target", "dist", "node_modules", "__pycache__", "venv"].contains(&name.as_str()) {
                continue;
            }
            // A link may lead out of the project.
            let kind = path.symlink_metadata().unwrap();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file()
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                let parts = path.strip_prefix(root()).unwrap().components();
                let parts: Vec<String> =
                    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
                found.push((parts.join("/"), text));
            }
        }
    }
    assert!(found.len() > 50, "the project is larger than {} files: is the root right?", found.len());
    found.sort();
    found
}

/// Only the files with one of these endings.
fn ending(ends: &[&str]) -> Vec<(String, String)> {
    files().into_iter().filter(|(path, _)| ends.iter().any(|end| path.ends_with(end))).collect()
}

/// Rust without its comments and the contents of its strings, line for line.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        // What is left out; everything else is code.
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if c == '\'' {
            // '"' and '\"' are characters; 'a may be a lifetime.
            ["'\"'", "'\\\"'"].iter().find(|quote| rest.starts_with(**quote)).map_or(0, |quote| quote.len())
        } else if c == '"' {
            let end = rest.char_indices().skip(1).scan(false, |escaped, (at, c)| {
                let closes = c == '"' && !*escaped;
                *escaped = c == '\\' && !*escaped;
                Some((at, closes))
            });
            end.into_iter().find(|(_, closes)| *closes).map_or(rest.len(), |(at, _)| at + 1)
        } else if c == 'r' && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            let hashes = rest[1..].len() - rest[1..].trim_start_matches('#').len();
            let close = format!("\"{}", "#".repeat(hashes));
            match rest[1 + hashes..].strip_prefix('"') {
                Some(inner) => inner.find(&close).map_or(rest.len(), |at| 2 + hashes + at + close.len()),
                None => 0,
            }
        } else {
            0
        };
        if length == 0 {
            code.push(c);
        } else {
            code.extend(rest[..length].chars().filter(|c| *c == '\n'));
        }
        rest = &rest[length.max(c.len_utf8())..];
    }
    code
}

/// Whether a text has this word: not as a part of a longer name.
fn has_word(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        !text[..at].chars().next_back().is_some_and(part)
            && !text[at + word.len()..].chars().next().is_some_and(part)
    })
}

/// The places, `path:line`, where code of these files has one of these words.
fn places(files: &[(String, String)], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (number, line) in code(text).lines().enumerate() {
            if let Some(word) = words.iter().find(|word| has_word(line, word)) {
                found.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    found
}

fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}\n{}", found.join("\n"));
}

/// A manifest's package name and its dependencies. `kinds` are names of tables: `dependencies`, `dev-dependencies`, ….
fn manifest(text: &str, kinds: &[&str]) -> (String, BTreeSet<String>) {
    let mut table = String::new();
    let mut package = String::new();
    let mut dependencies = BTreeSet::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']').trim_start_matches('[').to_owned();
            // [dependencies.name], also behind [target.'cfg(…)'.…]
            if let Some((before, name)) = table.rsplit_once('.')
                && kinds.contains(&before.rsplit('.').next().unwrap_or(before))
                && !table.starts_with("workspace.")
            {
                dependencies.insert(name.to_owned());
            }
        } else if let Some((key, value)) = line.split_once('=') {
            let last = table.rsplit('.').next().unwrap_or(&table);
            if table == "package" && key.trim() == "name" {
                package = value.trim().trim_matches('"').to_owned();
            } else if kinds.contains(&last) && !table.starts_with("workspace.") && !line.starts_with('#') {
                dependencies
                    .insert(key.trim().split('.').next().unwrap_or_default().trim_matches('"').to_owned());
            }
        }
    }
    (package, dependencies)
}

fn manifests(kinds: &[&str]) -> Vec<(String, BTreeSet<String>)> {
    ending(&["Cargo.toml"]).iter().map(|(_, text)| manifest(text, kinds)).collect()
}

#[test]
fn each_room_uses_only_what_it_may() {
    let rooms = manifests(&["dependencies", "build-dependencies"]);
    let ours: BTreeSet<&str> = rooms.iter().map(|(name, _)| name.as_str()).collect();
    let mut seen = 0;
    for (name, uses) in &rooms {
        if name == "gradloom-tests" {
            continue;
        }
        let Some((_, may)) = MAY_USE.iter().find(|(room, _)| room == name) else {
            panic!("{name} is a new room: say in tests/src/tidy.rs and in ARCHITECTURE.md what it may use");
        };
        for used in uses.iter().filter(|used| ours.contains(used.as_str())) {
            assert!(may.contains(&used.as_str()), "{name} must not use {used}, see ARCHITECTURE.md");
            seen += 1;
        }
    }
    assert!(seen >= 8, "only {seen} uses of a room by another were found: are the manifests read right?");
}

#[test]
fn the_page_has_no_engine_and_the_worker_no_page() {
    let rooms = manifests(&["dependencies"]);
    let reach = |start: &str| {
        let mut reached = BTreeSet::new();
        let mut next = vec![start.to_owned()];
        while let Some(name) = next.pop() {
            let uses = rooms
                .iter()
                .find(|(room, _)| *room == name)
                .map(|(_, uses)| uses.clone())
                .unwrap_or_default();
            next.extend(uses.into_iter().filter(|used| reached.insert(used.clone())));
        }
        reached
    };
    let page = reach("gradloom");
    assert!(page.contains("leptos"));
    for heavy in [
        "gradloom-engine",
        "gradloom-python",
        "gradloom-session",
        "gradloom-shaders",
        "wgpu",
        "ruff_python_parser",
    ] {
        assert!(!page.contains(heavy), "the page must not link {heavy}");
    }
    let worker = reach("gradloom-worker");
    assert!(worker.contains("wgpu"));
    assert!(!worker.contains("leptos"), "the worker must not link leptos");
}

#[test]
fn every_dependency_has_its_reason() {
    let table = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let table = table.split_once("\n## Dependencies").expect("ARCHITECTURE.md has a table of dependencies").1;
    let rooms = manifests(&["dependencies", "build-dependencies", "dev-dependencies"]);
    let ours: BTreeSet<&str> = rooms.iter().map(|(name, _)| name.as_str()).collect();
    let used: BTreeSet<&str> = rooms.iter().flat_map(|(_, uses)| uses.iter().map(String::as_str)).collect();
    assert!(used.contains("wgpu"));
    for name in used.difference(&ours) {
        assert!(
            table.contains(&format!("`{name}`")),
            "{name} has no line in ARCHITECTURE.md's table of dependencies"
        );
    }
}

#[test]
fn only_the_gpu_device_names_wgpu() {
    let mut sources = ending(&[".rs"]);
    sources.retain(|(path, _)| !path.starts_with("crates/engine/src/device/gpu"));
    none(places(&sources, &["wgpu"]), "only crates/engine/src/device/gpu/ names wgpu:");
    for (path, text) in ending(&["Cargo.toml"]) {
        let (name, uses) = manifest(&text, &["dependencies", "dev-dependencies"]);
        assert!(!uses.contains("wgpu") || name == "gradloom-engine", "{path} names wgpu");
    }
}

#[test]
fn only_the_page_names_leptos() {
    let mut sources = ending(&[".rs"]);
    sources.retain(|(path, _)| !path.starts_with("src/"));
    none(places(&sources, &["leptos"]), "only src/ names leptos:");
    for (path, text) in ending(&["Cargo.toml"]) {
        let (name, uses) = manifest(&text, &["dependencies", "dev-dependencies"]);
        assert!(!uses.contains("leptos") || name == "gradloom", "{path} names leptos");
    }
}

#[test]
fn clock_dom_and_network_are_at_the_edges() {
    let inner = ["kernels", "engine", "python", "protocol", "session", "diagram", "lessons"]
        .map(|room| format!("crates/{room}/src/"));
    let mut sources = ending(&[".rs"]);
    sources.retain(|(path, _)| {
        inner.iter().any(|room| path.starts_with(room)) && !path.starts_with("crates/engine/src/device/gpu")
    });
    assert!(sources.len() > 20);
    let words = ["Instant", "SystemTime", "web_sys", "js_sys", "TcpStream", "TcpListener", "UdpSocket"];
    none(
        places(&sources, &words),
        "no clock, DOM or network in an inner room; let its caller pass in what it needs:",
    );
}

#[test]
fn long_files_have_a_reason() {
    let sources = ending(&[".rs", ".wgsl", ".mjs", ".py", ".css", ".html", ".toml", ".yml"]);
    for (path, reason) in LONG {
        assert!(!reason.is_empty());
        let lines = sources.iter().find(|(file, _)| file == path).map_or(0, |(_, text)| text.lines().count());
        assert!(lines > 400, "{path} has {lines} lines and needs no reason any more");
    }
    let long = sources
        .iter()
        .filter(|(path, text)| text.lines().count() > 400 && !LONG.iter().any(|(file, _)| file == path));
    let long = long.map(|(path, text)| format!("{path}: {} lines", text.lines().count()));
    none(long.collect(), "split these, or give the reason in tests/src/tidy.rs:");
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let forbidden = ["/home/", "/root/", "/Users/", "/work/", "C:\\Users"];
    let mut found = Vec::new();
    for (path, text) in files() {
        if ABOUT_RULES.contains(&path.as_str()) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            // Not "frame/work/…" within a longer relative path.
            let named = forbidden.iter().any(|place| {
                line.match_indices(place)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.'))
            });
            if named {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(found, "a path that exists on one machine only:");
}

#[test]
fn the_node_lock_file_names_no_registry() {
    let lock = std::fs::read_to_string(root().join("tests/browser/package-lock.json")).unwrap();
    assert!(lock.contains("\"playwright-core\""));
    assert!(
        !lock.contains("\"resolved\""),
        "package-lock.json has addresses: keep the setting in tests/browser/.npmrc"
    );
}

#[test]
fn every_exception_to_a_lint_has_a_reason() {
    let mut found = Vec::new();
    for (path, text) in ending(&[".rs"]) {
        if ABOUT_RULES.contains(&path.as_str()) {
            continue;
        }
        for start in ["[allow(", "[expect("] {
            for (at, _) in text.match_indices(start) {
                let attribute = text[at..].split_once(")]").map_or(&text[at..], |(attribute, _)| attribute);
                if text[..at].ends_with(['#', '!']) && !attribute.contains("reason =") {
                    found.push(format!("{path}:{}: {attribute}", text[..at].lines().count()));
                }
            }
        }
    }
    none(found, "say `reason = \"…\"`:");
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TODO", "FIXME", "XXX", "HACK"];
    let mut found = Vec::new();
    for (path, text) in ending(&[".rs", ".wgsl", ".mjs", ".py", ".css", ".html", ".toml", ".yml", ".md"]) {
        if ABOUT_RULES.contains(&path.as_str()) {
            continue;
        }
        let marked =
            text.lines().enumerate().filter(|(_, line)| marks.iter().any(|mark| has_word(line, mark)));
        found.extend(marked.map(|(number, line)| format!("{path}:{}: {}", number + 1, line.trim())));
    }
    none(found, "do it, or write an issue:");
}

#[test]
fn the_reader_of_code_reads_code() {
    assert_eq!(code("let a = b; // wgpu"), "let a = b; ");
    assert_eq!(code("say(\"wgpu // \\\" leptos\", wgpu::X)"), "say(, wgpu::X)");
    assert_eq!(code("//! wgpu"), "");
    assert_eq!(code("a(\"wgpu\nleptos\");\nb"), "a(\n);\nb");
    assert_eq!(code("x = r#\"a \" wgpu\"#; for 'a in y('\"', '\\\"', z)"), "x = ; for 'a in y(, , z)");
    assert_eq!(code("var"), "var");
    assert!(has_word("use wgpu::Device;", "wgpu"));
    assert!(!has_word("my_wgpu_name", "wgpu"));
    let text = "[package]\nname = \"p\"\n[dependencies]\na = \"1\"\nb.workspace = true\n# c = \"1\"\n\
                [target.'cfg(unix)'.dependencies]\nd = { version = \"1\" }\n[dependencies.e]\nversion = \"1\"\n\
                [dev-dependencies]\nf = \"1\"\n[workspace.dependencies]\ng = \"1\"\n";
    let (name, uses) = manifest(text, &["dependencies"]);
    assert_eq!(name, "p");
    assert_eq!(uses.into_iter().collect::<Vec<_>>(), ["a", "b", "d", "e"]);
}
