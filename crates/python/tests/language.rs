//! Programs print what CPython prints: `expected.py` made the expected outputs.

mod common;

use std::fs;
use std::path::Path;

#[test]
fn programs_print_what_cpython_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "py") {
            continue;
        }
        count += 1;
        let expected = fs::read_to_string(path.with_extension("out")).unwrap();
        let (printed, end) = common::run(&fs::read_to_string(&path).unwrap(), 1000);
        for (i, (ours, theirs)) in printed.lines().zip(expected.lines()).enumerate() {
            assert_eq!(ours, theirs, "{} line {} of the output", path.display(), i + 1);
        }
        if let Some(Err(failure)) = &end {
            panic!("{}: {failure}", path.display());
        }
        assert!(end.is_some(), "{} did not end", path.display());
        assert_eq!(printed, expected, "{}", path.display());
    }
    assert!(count >= 8, "only {count} programs were found");
}

#[test]
fn errors_read_as_cpython_writes_them() {
    let programs = include_str!("errors.txt").trim_end().split("\n#---\n");
    let expected: Vec<&str> = include_str!("errors.out").trim_end().split("\n#---\n").collect();
    let mut count = 0;
    for (i, program) in programs.enumerate() {
        let (_, end) = common::run(&format!("{program}\n"), 1000);
        let text = match end {
            Some(Err(failure)) => failure.to_string(),
            _ => String::new(),
        };
        assert_eq!(text, expected[i], "program {i}:\n{program}");
        count += 1;
    }
    assert_eq!(count, expected.len());
}
