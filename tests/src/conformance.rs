//! PyTorch's values and gradients for calls of its functions, through the dialect's own names.

use std::path::Path;

use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::{Device, Engine};
use gradloom_python::conformance::{Case, Datum, check};
use gradloom_python::context::Host;
use serde_json::Value;

/// Calls of the database that are not run, each with the reason.
const SKIPPED: &[(&str, &str)] = &[];

fn lines(path: &Path) -> Vec<(String, Case)> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().filter(|l| !l.is_empty()).map(|line| case(&serde_json::from_str(line).unwrap())).collect()
}

fn case(line: &Value) -> (String, Case) {
    let list = |key: &str| line[key].as_array().into_iter().flatten().map(datum).collect();
    let keywords =
        line["kwargs"].as_object().into_iter().flatten().map(|(k, v)| (k.clone(), datum(v))).collect();
    let case = Case {
        op: line["op"].as_str().unwrap().to_owned(),
        args: list("args"),
        keywords,
        out: list("out"),
        cotangents: list("cotangents"),
        grads: list("grads"),
    };
    (line["id"].as_str().unwrap().to_owned(), case)
}

fn number(value: &Value) -> f64 {
    match value {
        Value::String(text) => text.parse().unwrap(),
        Value::Bool(b) => f64::from(u8::from(*b)),
        other => other.as_f64().unwrap(),
    }
}

fn datum(value: &Value) -> Datum {
    match value {
        Value::Null => Datum::None,
        Value::Bool(b) => Datum::Bool(*b),
        Value::Number(n) => n.as_i64().map_or_else(|| Datum::Float(n.as_f64().unwrap()), Datum::Int),
        Value::String(text) if matches!(text.as_str(), "nan" | "inf" | "-inf") => {
            Datum::Float(text.parse().unwrap())
        }
        Value::String(text) => Datum::Str(text.clone()),
        Value::Array(items) => Datum::List(items.iter().map(datum).collect()),
        Value::Object(object) => {
            let items = |v: &Value| v.as_array().into_iter().flatten().map(datum).collect();
            let (kind, inner) = object.iter().next().unwrap();
            match kind.as_str() {
                "tensor" => Datum::Tensor {
                    dtype: inner["dtype"].as_str().unwrap().to_owned(),
                    shape: inner["shape"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|n| n.as_u64().unwrap() as usize)
                        .collect(),
                    data: inner["data"].as_array().unwrap().iter().map(number).collect(),
                    requires_grad: inner["requires_grad"].as_bool().unwrap_or(false),
                },
                "list" => Datum::List(items(inner)),
                "tuple" => Datum::Tuple(items(inner)),
                "slice" => Datum::Slice(items(inner)),
                "ellipsis" => Datum::Ellipsis,
                "dtype" => Datum::DType(inner.as_str().unwrap().to_owned()),
                other => panic!("a value of the kind {other}"),
            }
        }
    }
}

fn run(gpu: Option<Gpu>, device: Device) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/engine/fixtures/operators.jsonl");
    let cases = lines(&path);
    assert!(cases.len() > 800, "only {} cases", cases.len());
    let engine = Engine::new(gpu, 0);
    let mut failed = Vec::new();
    for (id, case) in &cases {
        if SKIPPED.iter().any(|(skipped, _)| skipped == id) {
            continue;
        }
        let host =
            Host { engine: engine.clone(), file: String::new(), seed: 0, clock: || 0.0, args: Vec::new() };
        if let Err(difference) = check(host, device, case) {
            failed.push(format!("{id}: {difference}"));
        }
    }
    assert!(failed.is_empty(), "{} of {} calls differ:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

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
