//! The GPU against the CPU: every operator, its gradients, and views written through.

use super::*;
use crate::autograd::{self, BackwardPass, Options};
use crate::device::gpu::Gpu;
use crate::registry::{CaseArg, cases};
use crate::{Arg, Result, Scalar, ops};

/// An engine with a GPU; `None` where there is none, and where that is allowed.
pub(super) fn gpu_engine() -> Option<Engine> {
    match pollster::block_on(Gpu::request()) {
        Ok(gpu) => Some(Engine::new(Some(gpu), 0)),
        Err(error) => {
            assert!(
                std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(),
                "no GPU, and GRADLOOM_REQUIRE_GPU is set: {error}"
            );
            None
        }
    }
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6 + tolerance * b.abs()
}

/// What is done once the values that it waits for are here.
fn settled<T>(engine: &Engine, mut act: impl FnMut() -> Result<T>) -> T {
    loop {
        match act() {
            Err(error) => match error.take_pending() {
                Some(read) => drop(engine.wait(&read)),
                None => panic!("{error}"),
            },
            Ok(found) => return found,
        }
    }
}

/// Value and gradients of a case on one device, all as doubles.
fn run(engine: &Engine, case: &crate::registry::Case, device: Device) -> Vec<Vec<f64>> {
    let args: Vec<Arg> =
        case.args.iter().map(|a: &CaseArg| a.make(engine, DType::F32, device).unwrap()).collect();
    for tensor in args.iter().filter_map(Arg::tensor).filter(|t| t.dtype().is_float()) {
        tensor.set_requires_grad(case.op.differentiable()).unwrap();
    }
    let out = settled(engine, || engine.apply(case.op.clone(), &args));
    let mut results = vec![values(&out)];
    if out.requires_grad() {
        let weighted = ops::mul(
            &out,
            ops::add(ops::cos(ops::mul(ops::detach(&out), 3.0).unwrap()).unwrap(), 1.5).unwrap(),
        )
        .unwrap();
        let root = ops::sum(&weighted, &[], false).unwrap();
        let mut pass = BackwardPass::new(&root, None, Options::default()).unwrap();
        while settled(engine, || pass.step()).is_some() {}
        results.extend(args.iter().filter_map(|a| a.tensor()?.grad()).map(|g| values(&g)));
    }
    results
}

#[test]
fn operators_agree_on_both_devices() {
    let Some(engine) = gpu_engine() else { return };
    for case in cases() {
        let (cpu, gpu) = (run(&engine, &case, Device::Cpu), run(&engine, &case, Device::Gpu));
        assert_eq!(cpu.len(), gpu.len());
        for (c, g) in cpu.iter().flatten().zip(gpu.iter().flatten()) {
            assert!(close(*g, *c, 2e-6), "{:?} of {:?}: {g} on the GPU, {c} on the CPU", case.op, case.args);
        }
    }
}

fn indices(engine: &Engine, values: &[i64]) -> Tensor {
    engine.tensor(Array::I64(values.to_vec()), &[values.len()], Device::Gpu).unwrap()
}

#[test]
fn places_that_are_known_are_refused_at_once_on_the_gpu() {
    let Some(engine) = gpu_engine() else { return };
    let x = engine.full("ones", &[3, 2], Scalar::Int(1), DType::F32, Device::Gpu).unwrap();
    let (inside, outside) = (indices(&engine, &[0, 2]), indices(&engine, &[0, 3]));
    assert_eq!(values(&ops::index_select(&x, 0, &inside).unwrap()), [1.0; 4]);
    // PyTorch's words on the CPU.
    let error = ops::index_select(&x, 0, &outside).unwrap_err();
    assert_eq!((error.kind, &*error.message), (crate::ErrorKind::Index, "index out of range in self"));
    let source = engine.full("ones", &[2, 2], Scalar::Int(1), DType::F32, Device::Gpu).unwrap();
    let error = ops::index_add(&x, 0, &outside, &source).unwrap_err();
    assert_eq!(error.message, "index 3 is out of bounds for dimension 0 with size 3");
    let row = ops::reshape(&outside, &[1, 2]).unwrap();
    let error = ops::scatter(&x, 0, &row, 2.0, crate::planner::Put::Replace).unwrap_err();
    assert_eq!(error.message, "index 3 is out of bounds for dimension 0 with size 3");
    assert!(ops::gather(&x, 0, &row).is_err());
    let error =
        ops::nll_loss(&x, &indices(&engine, &[0, 1, 2]), None, -100, ops::Reduction::Mean).unwrap_err();
    assert_eq!((error.kind, &*error.message), (crate::ErrorKind::Index, "Target 2 is out of bounds."));
    // Only what a view shows counts.
    let first = ops::slice(&outside, 0, 0, 1, 1).unwrap();
    assert_eq!(values(&ops::index_select(&x, 0, &first).unwrap()), [1.0; 2]);
}

#[test]
fn places_that_the_gpu_computed_are_refused_when_values_are_read() {
    let Some(engine) = gpu_engine() else { return };
    let x = engine.full("ones", &[3, 2], Scalar::Int(1), DType::F32, Device::Gpu).unwrap();
    let computed = |offset: i64| ops::add(indices(&engine, &[0, 2, 1]), offset).unwrap();
    assert_eq!(ops::index_select(&x, 0, &computed(0)).unwrap().values().unwrap().len(), 6);
    let picked = ops::index_select(&x, 0, &computed(-1)).unwrap();
    let error = picked.values().unwrap_err();
    assert_eq!(error.kind, crate::ErrorKind::Index);
    assert_eq!(error.message, "index -1 is out of bounds for dimension 0 with size 3");
    // It is told once more, by whatever comes next, and then no longer.
    let again = ops::add(&x, 1.0).unwrap_err();
    assert_eq!(again.message, error.message);
    assert_eq!(values(&ops::add(&x, 1.0).unwrap()), [2.0; 6]);
    // Another engine on the same GPU knows nothing of it.
    let _unread = ops::index_select(&x, 0, &computed(1)).unwrap();
    let other = Engine::new(Some(engine.gpu().unwrap().clone()), 0);
    let y = other.full("ones", &[3], Scalar::Int(1), DType::F32, Device::Gpu).unwrap();
    let place = ops::add(other.tensor(Array::I64(vec![0]), &[1], Device::Gpu).unwrap(), 1i64).unwrap();
    assert_eq!(values(&ops::index_select(&y, 0, &place).unwrap()), [1.0]);
}

#[test]
fn views_on_the_gpu_share_their_storage() {
    let Some(engine) = gpu_engine() else { return };
    let x = engine.full("zeros", &[2, 3], Scalar::Int(0), DType::F32, Device::Gpu).unwrap();
    let before = ops::detach_copy(&x);
    ops::select(&x, 0, 1).unwrap().fill_(Scalar::Float(7.0)).unwrap();
    ops::select(&ops::t(&x).unwrap(), 0, 2).unwrap().add_(1.0).unwrap();
    ops::view(&x, &[6]).unwrap().mul_(2.0).unwrap();
    assert_eq!(values(&x), [0.0, 0.0, 2.0, 14.0, 14.0, 16.0]);
    assert_eq!(values(&before), [0.0; 6], "a copy that was made before is not written through");
    assert_eq!(
        values(&ops::t(&x).unwrap()),
        [0.0, 14.0, 0.0, 14.0, 2.0, 16.0],
        "a transposed view is read in its order"
    );
}

#[test]
fn a_training_loop_makes_nothing_new_after_its_first_steps() {
    let Some(engine) = gpu_engine() else { return };
    let uniform = |shape: &[usize]| {
        let values = engine.generator().borrow_mut().rand(shape.iter().product(), DType::F32).unwrap();
        engine.tensor(values, shape, Device::Gpu).unwrap()
    };
    let (x, w) = (uniform(&[16, 8]), uniform(&[8, 4]));
    w.set_requires_grad(true).unwrap();
    let step = || {
        let y = ops::clamp(&ops::mm(&x, &w).unwrap(), Some(0.0.into()), None).unwrap();
        autograd::backward(&ops::sum(&ops::pow(y, 2i64).unwrap(), &[], false).unwrap()).unwrap();
        engine.no_grad(|| w.sub_(ops::mul(w.grad().unwrap(), 1e-4).unwrap())).unwrap();
        w.grad().unwrap().zero_().unwrap();
        engine.flush();
    };
    (0..20).for_each(|_| step());
    let gpu = engine.gpu().unwrap();
    gpu.wait();
    let warm = gpu.counters();
    (0..200).for_each(|_| step());
    gpu.wait();
    let after = gpu.counters();
    assert_eq!(after.buffers_created, warm.buffers_created, "buffers");
    assert_eq!(after.bind_groups_created, warm.bind_groups_created, "bind groups");
    assert_eq!(after.pipelines_created, warm.pipelines_created, "pipelines");
    assert_eq!(after.live_buffers, warm.live_buffers, "live buffers");
    assert_eq!(after.submits - warm.submits, 200, "one submit a step");
}

#[test]
fn what_does_not_fit_is_refused_on_the_gpu_too() {
    let Some(engine) = gpu_engine() else { return };
    let before = engine.gpu().unwrap().counters();
    let zero = Scalar::Int(0);
    let error = engine.full("zeros", &[1_000_000_000_000], zero, DType::F32, Device::Gpu).unwrap_err();
    assert!(error.message.contains("out of memory"), "{error}");
    assert_eq!(engine.gpu().unwrap().counters().live_bytes, before.live_bytes);
}
