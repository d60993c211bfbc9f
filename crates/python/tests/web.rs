//! PyTorch's values and gradients in a browser, on the processor and on the GPU, through the dialect's own names.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::{Device, Engine};
use gradloom_python::conformance::{NO_DOUBLES, Verdict, check, read};
use gradloom_python::context::Host;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

async fn run(gpu: Option<Gpu>, device: Device) {
    let vectors = include_str!("../../../tests/fixtures/conformance.jsonl");
    assert!(vectors.lines().count() >= 259);
    let engine = Engine::new(gpu, 0);
    let mut failed = Vec::new();
    for line in vectors.lines() {
        let case = read(line).unwrap();
        let host = Host::new(engine.clone());
        match check(host, device, &case).await {
            Verdict::Passed => {}
            Verdict::Skipped(reason) if device == Device::Gpu && reason == NO_DOUBLES => {}
            other => failed.push(format!("{}: {other:?}", case.id)),
        }
    }
    assert!(failed.is_empty(), "{} calls differ:\n{}", failed.len(), failed.join("\n"));
}

#[wasm_bindgen_test]
async fn operators_agree_with_pytorch_on_the_cpu() {
    run(None, Device::Cpu).await;
}

#[wasm_bindgen_test]
async fn operators_agree_with_pytorch_on_the_gpu() {
    run(Some(Gpu::request().await.unwrap()), Device::Gpu).await;
}
