//! PyTorch's values and gradients for calls of its functions, through the dialect's own names.

use std::path::Path;

use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::{Device, Engine};
use gradloom_python::conformance::{NO_DOUBLES, Verdict, check, read};
use gradloom_python::context::Host;

fn run(gpu: Option<Gpu>, device: Device) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let engine = Engine::new(gpu, 0);
    let mut failed = Vec::new();
    for (file, least) in FILES {
        let path = root.join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(text.lines().count() >= *least, "{file} has only {} lines", text.lines().count());
        for line in text.lines() {
            let case = read(line).unwrap_or_else(|e| panic!("{file}: {e}: {line}"));
            let host = Host::new(engine.clone());
            match pollster::block_on(check(host, device, &case)) {
                Verdict::Passed => {}
                Verdict::Skipped(reason) if device == Device::Gpu && reason == NO_DOUBLES => {}
                Verdict::Failed(reason) => failed.push(format!("{}: {reason}", case.id)),
                Verdict::Skipped(reason) => failed.push(format!("{}: skipped: {reason}", case.id)),
            }
        }
    }
    assert!(failed.is_empty(), "{} calls differ:\n{}", failed.len(), failed.join("\n"));
}

/// Files of vectors, with the number of lines that each has at least.
const FILES: &[(&str, usize)] = &[
    ("crates/engine/fixtures/operators.jsonl", 800),
    ("crates/engine/fixtures/functions.jsonl", 300),
    ("tests/fixtures/onnx.jsonl", 450),
    ("tests/fixtures/conformance.jsonl", 370),
];

#[test]
fn operators_agree_with_pytorch_on_the_cpu() {
    run(None, Device::Cpu);
}

#[test]
fn operators_agree_with_pytorch_on_the_gpu() {
    match crate::programs::gpu() {
        Some(gpu) => run(Some(gpu), Device::Gpu),
        None => assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "no GPU was found"),
    }
}
