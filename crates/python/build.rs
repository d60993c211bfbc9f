//! Makes modules of the texts in `library/`: a file `a.b.py` is the module `a.b`.

use std::fmt::Write;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=library");
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut files: Vec<_> = std::fs::read_dir(Path::new(&root).join("library"))
        .expect("the libraries stand beside this script")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .collect();
    files.sort();
    let names: Vec<String> =
        files.iter().filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    let mut out = String::new();
    for (path, name) in files.iter().zip(&names) {
        let text = std::fs::read_to_string(path).expect("a library can be read");
        let inside =
            names.iter().filter(|n| n.strip_prefix(&format!("{name}.")).is_some_and(|r| !r.contains('.')));
        let inside: String = inside.map(|n| format!("&{}, ", constant(n))).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            out,
            "/// `{name}`\npub static {}: Module = Module {{ name: {name:?}, source: {:?}, modules: &[{inside}], \
             ..Module::EMPTY }};\n",
            constant(name),
            shortened(&text),
        );
    }
    let all: String = names.iter().map(|n| format!("&{}, ", constant(n))).collect();
    let _ = writeln!(out, "/// All of them.\npub static LIBRARIES: &[&Module] = &[{all}];");
    let to = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join("library.rs");
    std::fs::write(to, out).expect("the output directory can be written");
}

fn constant(name: &str) -> String {
    name.replace('.', "_").to_uppercase()
}

/// The text without what only its readers need: empty lines, lines that are a comment or a docstring of one line, and
/// three quarters of the indentation.
fn shortened(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let bare = line.trim();
        let note =
            bare.starts_with('#') || bare.len() > 5 && bare.starts_with("\"\"\"") && bare.ends_with("\"\"\"");
        if !bare.is_empty() && !note {
            let indent = line.len() - line.trim_start().len();
            out.extend(std::iter::repeat_n(' ', indent.div_ceil(4)));
            out.push_str(line.trim());
            out.push('\n');
        }
    }
    out
}
