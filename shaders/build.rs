//! Makes tables of the kernels: `NAME.wgsl` here and in `common/`, without their comments, which only readers need.

use std::fmt::Write;
use std::path::Path;

fn main() {
    let root = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let mut out = String::new();
    for (constant, what, folder) in [
        ("KERNELS", "The kernels by name.", ""),
        ("COMMON", "Functions that they may call, by file.", "common"),
    ] {
        let folder = Path::new(&root).join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .expect("the kernels stand beside this script")
            .filter_map(|entry| entry.ok().map(|e| e.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "wgsl"))
            .collect();
        files.sort();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "/// {what}\npub const {constant}: &[(&str, &str)] = &[");
        for path in files {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(&path).expect("a kernel can be read");
            let _ = writeln!(out, "({name:?}, {:?}),", without_comments(&text));
        }
        out.push_str("];\n");
    }
    let to = Path::new(&std::env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs");
    std::fs::write(to, out).expect("the output directory can be written");
}

fn without_comments(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let code = line.split("//").next().unwrap_or_default().trim_end();
        if !code.is_empty() {
            plain.push_str(code);
            plain.push('\n');
        }
    }
    plain
}
