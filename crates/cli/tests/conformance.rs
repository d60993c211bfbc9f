//! The command `gradloom conformance`, from its arguments to its exit status.
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output};

const GOOD: &str = r#"{"id":"add/1","op":"torch.add","args":[{"tensor":{"dtype":"float32","shape":[2],"data":[1.0,"inf"],"requires_grad":true}},2],"kwargs":{"alpha":3},"out":[{"tensor":{"dtype":"float32","shape":[2],"data":[7.0,"inf"]}}],"cotangents":[{"tensor":{"dtype":"float32","shape":[2],"data":[0.5,1.0]}}],"grads":[{"tensor":{"dtype":"float32","shape":[2],"data":[0.5,1.0]}}]}"#;

fn conformance(name: &str, lines: &[&str], options: &[&str]) -> (Output, String) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(lines.join("\n").as_bytes()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_gradloom"));
    let output = command.arg("conformance").arg(&path).args(options).output().unwrap();
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output, text)
}

#[test]
fn what_agrees_passes() {
    let (output, text) = conformance("good.jsonl", &[GOOD, "", GOOD], &[]);
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains("torch.add       2 passed      0 failed      0 skipped\ntotal, cpu      2 passed"),
        "{text}"
    );
}

#[test]
fn what_differs_fails_with_the_first_difference() {
    let wrong_value = GOOD.replace("[7.0,", "[7.5,");
    let wrong_gradient = GOOD.replace(r#""data":[0.5,1.0]}}]}"#, r#""data":[0.5,1.5]}}]}"#);
    let unknown = GOOD.replace("torch.add", "torch.no_such_operator");
    let skipped = GOOD.replace(
        r#""dtype":"float32","shape":[2],"data":[1.0"#,
        r#""dtype":"complex64","shape":[2],"data":[1.0"#,
    );
    let (output, text) =
        conformance("wrong.jsonl", &[GOOD, &wrong_value, &wrong_gradient, &unknown, &skipped], &[]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("failed add/1: output 0: element 0 is 7, not 7.5"), "{text}");
    assert!(text.contains("failed add/1: gradient 0: element 1 is 1, not 1.5"), "{text}");
    assert!(text.contains("skipped add/1: the dtype complex64 is not there"), "{text}");
    assert!(text.contains("1 passed      3 failed      1 skipped"), "{text}");
}

#[test]
fn a_malformed_line_is_a_failure() {
    let lines = [
        "{",
        "[]",
        r#"{"id":"x/1"}"#,
        r#"{"id":"x/1","op":"torch.neg","args":[{"tensor":{"dtype":"float32","shape":[3],"data":[1]}}]}"#,
        r#"{"id":"x/1","op":"torch.neg","args":[{"what":1}]}"#,
        GOOD,
    ];
    let (output, text) = conformance("malformed.jsonl", &lines, &["--json"]);
    assert_eq!(output.status.code(), Some(1), "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&report["passed"], &report["failed"]), (&1.into(), &5.into()), "{text}");
    let failed = &report["operators"][0]["failed"];
    assert_eq!(failed[2]["reason"], "no \"op\"");
    assert_eq!(
        failed[3],
        serde_json::json!({"id": "line 4", "reason": "args: 1 numbers in a tensor of shape [3]"})
    );
}
