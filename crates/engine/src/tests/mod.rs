//! Tests that walk the registry, and tests of the tape.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

#[cfg(not(target_arch = "wasm32"))]
mod devices;
#[cfg(not(target_arch = "wasm32"))]
mod graphs;
mod inplace;
mod registry;
mod tape;
mod views;

use crate::{Array, DType, Device, Engine, Tensor};

/// An engine without a GPU.
fn engine() -> Engine {
    Engine::new(None, 0)
}

/// A float64 tensor of these values.
fn doubles(engine: &Engine, shape: &[usize], values: &[f64]) -> Tensor {
    engine.tensor(Array::F64(values.to_vec()), shape, Device::Cpu).unwrap()
}

/// A float32 leaf that asks for a gradient.
fn leaf(engine: &Engine, shape: &[usize], values: &[f32]) -> Tensor {
    let t = engine.tensor(Array::F32(values.to_vec()), shape, Device::Cpu).unwrap();
    t.set_requires_grad(true).unwrap();
    t
}

fn values(t: &Tensor) -> Vec<f64> {
    t.values().unwrap().to_f64()
}

fn grad(t: &Tensor) -> Vec<f64> {
    values(&t.grad().unwrap())
}

#[test]
fn dtypes_have_pytorchs_names() {
    assert_eq!(
        [DType::F32, DType::F64, DType::I64, DType::Bool].map(DType::name),
        ["float32", "float64", "int64", "bool"]
    );
}
