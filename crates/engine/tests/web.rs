//! The GPU in a browser: the same checks, and every operator against the CPU.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod checks;

use std::cell::OnceCell;

use gradloom_engine::autograd::{BackwardPass, Options};
use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::registry::{Case, cases};
use gradloom_engine::{Arg, Array, DType, Device, Engine, Read, Result, Tensor, ops};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

thread_local! {
    static GPU: OnceCell<Gpu> = const { OnceCell::new() };
}

/// The GPU, one for all tests: a browser has a few to give.
async fn gpu() -> Gpu {
    if let Some(gpu) = GPU.with(|held| held.get().cloned()) {
        return gpu;
    }
    let gpu = Gpu::request().await.unwrap();
    GPU.with(|held| held.get_or_init(|| gpu).clone())
}

macro_rules! web {
    ($module:ident :: $name:ident) => {
        #[wasm_bindgen_test]
        async fn $name() {
            checks::$module::$name(&gpu().await).await;
        }
    };
}

every_check!(web);

async fn arrived(engine: &Engine, read: &Read) -> Vec<f64> {
    engine.flush();
    loop {
        if let Some(array) = read.get() {
            return array.unwrap().to_f64();
        }
        engine.gpu().unwrap().settled().await;
    }
}

async fn values(engine: &Engine, tensor: &Tensor) -> Vec<f64> {
    arrived(engine, &tensor.read().unwrap()).await
}

/// What is done once the values that it waits for are here.
async fn settled<T>(engine: &Engine, mut act: impl FnMut() -> Result<T>) -> T {
    loop {
        match act() {
            Err(error) => drop(arrived(engine, &error.take_pending().unwrap()).await),
            Ok(found) => return found,
        }
    }
}

/// Value and gradients of a case on one device, all as doubles.
async fn run(engine: &Engine, case: &Case, device: Device) -> Vec<f64> {
    let args: Vec<Arg> = case.args.iter().map(|arg| arg.make(engine, DType::F32, device).unwrap()).collect();
    for tensor in args.iter().filter_map(Arg::tensor).filter(|tensor| tensor.dtype().is_float()) {
        tensor.set_requires_grad(case.op.differentiable()).unwrap();
    }
    let out = settled(engine, || engine.apply(case.op.clone(), &args)).await;
    let mut results = values(engine, &out).await;
    if out.requires_grad() {
        let root = ops::sum(&ops::mul(&out, &out).unwrap(), &[], false).unwrap();
        let mut pass = BackwardPass::new(&root, None, Options::default()).unwrap();
        while settled(engine, || pass.step()).await.is_some() {}
        for gradient in args.iter().filter_map(|arg| arg.tensor()?.grad()) {
            results.extend(values(engine, &gradient).await);
        }
    }
    results
}

#[wasm_bindgen_test]
async fn operators_agree_on_both_devices() {
    let engine = Engine::new(Some(gpu().await), 0);
    for case in cases() {
        let (cpu, gpu) = (run(&engine, &case, Device::Cpu).await, run(&engine, &case, Device::Gpu).await);
        assert_eq!(cpu.len(), gpu.len(), "{:?}", case.op);
        for (c, g) in cpu.iter().zip(&gpu) {
            let close = g == c || (g.is_nan() && c.is_nan()) || (g - c).abs() <= 2e-6 + 2e-6 * c.abs();
            assert!(close, "{:?} of {:?}: {g} on the GPU, {c} on the CPU", case.op, case.args);
        }
    }
}

/// Many batches without a wait between them: the browser reports each as done, and the values come.
#[wasm_bindgen_test]
async fn work_in_flight_is_counted_down() {
    let gpu = gpu().await;
    let engine = Engine::new(Some(gpu.clone()), 0);
    let mut x = engine.tensor(Array::F32(vec![1.0; 1000]), &[1000], Device::Gpu).unwrap();
    for _ in 0..50 {
        x = ops::add(&x, 1.0).unwrap();
        engine.flush();
    }
    assert!(gpu.busy() > 0);
    assert_eq!(values(&engine, &x).await, [51.0; 1000]);
    while gpu.busy() > 0 {
        gpu.settled().await;
    }
}
