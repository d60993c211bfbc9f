//! Buffers, read-backs, batches, and that a loop that repeats itself creates nothing.

use super::*;
use crate::planner::{self, Combine};
use crate::{ErrorKind, Scalar};

fn tensor(layout: &Layout) -> GpuArg {
    GpuArg::Tensor(DType::F32, layout.clone())
}

/// A step of a small network: a product, an activation, a sum, an update in place, one number read.
fn step(gpu: &Gpu, x: &GpuBuffer, w: &GpuBuffer) -> GpuRead {
    let (xl, wl) = (Layout::contiguous(&[8, 200]), Layout::contiguous(&[200, 5]));
    let hl = Layout::contiguous(&[8, 5]);
    let meta = |layout: &Layout| Meta { shape: layout.shape.clone(), dtype: DType::F32 };
    let h = gpu.allocate(40).unwrap();
    let plan = planner::matmul(&tensor(&xl), &tensor(&wl)).unwrap();
    gpu.execute(&plan, &[Some(x), Some(w)], &[DType::F32; 2], &meta(&hl), &h).unwrap();
    let y = gpu.allocate(40).unwrap();
    gpu.pointwise("tanh_(x0)", &[(tensor(&hl), Some(&h))], &meta(&hl), &y, &hl).unwrap();
    drop(h);
    let loss = gpu.allocate(1).unwrap();
    let plan = planner::reduce(Combine::SumSquares, &tensor(&hl), &[0, 1]).unwrap();
    let scalar = Layout::contiguous(&[]);
    gpu.execute(&plan, &[Some(&y)], &[DType::F32], &meta(&scalar), &loss).unwrap();
    let rate = (GpuArg::Scalar(Scalar::Float(0.001)), None);
    let args = [(tensor(&wl), Some(w)), (tensor(&scalar), Some(&loss)), rate];
    gpu.pointwise("x0 - x1 * x2", &args, &meta(&wl), w, &wl).unwrap();
    gpu.read(&loss, 0, 1).unwrap()
}

#[test]
fn a_loop_that_repeats_itself_creates_nothing() {
    let Some(gpu) = gpu() else { return };
    let x = gpu.upload(&bits(&[0.01; 1600])).unwrap();
    let w = gpu.upload(&bits(&[0.1; 1000])).unwrap();
    let mut losses = Vec::new();
    let mut after = Vec::new();
    for _ in 0..12 {
        let read = step(&gpu, &x, &w);
        gpu.flush();
        gpu.wait();
        losses.push(f32::from_bits(read.take().unwrap().unwrap()[0]));
        after.push(gpu.counters());
    }
    // tanh(200 · 0.01 · 0.1)² · 40, by hand.
    assert!((f64::from(losses[0]) - 0.2f64.tanh().powi(2) * 40.0).abs() < 1e-5, "{losses:?}");
    assert!(losses.windows(2).all(|pair| pair[1] < pair[0]), "{losses:?}");
    let (early, late) = (after[2], after[11]);
    assert_eq!(late.buffers_created, early.buffers_created);
    assert_eq!(late.bind_groups_created, early.bind_groups_created);
    assert_eq!(late.pipelines_created, early.pipelines_created);
    assert_eq!(late.live_bytes, early.live_bytes);
    // The product is split along its long inner dimension: two kernels. One submit and one read each time.
    assert_eq!(late.dispatches - early.dispatches, 9 * 5);
    assert_eq!(late.submits - early.submits, 9);
    assert_eq!(late.reads - early.reads, 9);
    assert_eq!(late.live_buffers, 2);
}

/// The same with everything in one batch: reads do not cut it.
#[test]
fn steps_travel_together() {
    let Some(gpu) = gpu() else { return };
    let x = gpu.upload(&bits(&[0.01; 1600])).unwrap();
    let w = gpu.upload(&bits(&[0.1; 1000])).unwrap();
    let reads: Vec<GpuRead> = (0..20).map(|_| step(&gpu, &x, &w)).collect();
    assert_eq!(gpu.counters().submits, 0);
    assert!(reads.iter().all(|read| read.take().is_none()));
    gpu.flush();
    gpu.wait();
    assert_eq!(gpu.counters().submits, 1);
    let together: Vec<u32> = reads.iter().map(|read| read.take().unwrap().unwrap()[0]).collect();

    let w = gpu.upload(&bits(&[0.1; 1000])).unwrap();
    let alone: Vec<u32> = (0..20)
        .map(|_| {
            let read = step(&gpu, &x, &w);
            gpu.flush();
            gpu.wait();
            read.take().unwrap().unwrap()[0]
        })
        .collect();
    assert_eq!(together, alone);
    assert_eq!(gpu.busy(), 0);
}

#[test]
fn a_read_is_of_its_moment() {
    let Some(gpu) = gpu() else { return };
    let layout = Layout::contiguous(&[4]);
    let meta = Meta { shape: vec![4], dtype: DType::I64 };
    let x = gpu.upload(&[1, 2, 3, 4]).unwrap();
    let mut reads = Vec::new();
    for _ in 0..5 {
        reads.push(gpu.read(&x, 1, 2).unwrap());
        let arg = (GpuArg::Tensor(DType::I64, layout.clone()), Some(&x));
        gpu.pointwise("x0 * 10", &[arg], &meta, &x, &layout).unwrap();
    }
    gpu.flush();
    gpu.wait();
    for (read, factor) in reads.iter().zip([1, 10, 100, 1000, 10_000]) {
        assert_eq!(read.take().unwrap().unwrap(), [2 * factor, 3 * factor]);
    }
    assert!(reads[0].take().unwrap().is_err());
    assert!(gpu.read(&x, 3, 2).is_err());
    assert_eq!(gpu.read(&x, 4, 0).unwrap().take().unwrap().unwrap(), []);
}

/// Memory that recorded work still reads is not overwritten by an upload, and comes back afterwards.
#[test]
fn uploads_do_not_overtake() {
    let Some(gpu) = gpu() else { return };
    let layout = Layout::contiguous(&[4]);
    let meta = Meta { shape: vec![4], dtype: DType::I64 };
    let sum = gpu.upload(&[0; 4]).unwrap();
    for round in 0..3 {
        for k in 1..=5u32 {
            let x = gpu.upload(&[k, 10 * k, 100 * k, round]).unwrap();
            let args = [&sum, &x].map(|buffer| (GpuArg::Tensor(DType::I64, layout.clone()), Some(buffer)));
            gpu.pointwise("x0 + x1", &args, &meta, &sum, &layout).unwrap();
        }
        gpu.flush();
    }
    assert_eq!(fetch(&gpu, &sum), [45, 450, 4500, 15]);
    // `sum`, five for the uploads of one batch; one for parameters, one for the read.
    assert_eq!(gpu.counters().buffers_created, 8);
}

#[test]
fn freed_memory_is_used_again() {
    let Some(gpu) = gpu() else { return };
    for _ in 0..10 {
        let a = gpu.allocate(1000).unwrap();
        let b = gpu.allocate(900).unwrap();
        assert_eq!(gpu.counters().live_buffers, 2);
        drop((a, b));
    }
    assert_eq!(gpu.counters().buffers_created, 2);
    assert_eq!(gpu.counters().live_bytes, 0);
}

#[test]
fn a_budget_is_checked_beforehand() {
    let Some(gpu) = gpu() else { return };
    gpu.set_budget(1 << 20);
    let held = gpu.allocate(128 << 10).unwrap();
    let error = gpu.allocate(192 << 10).err().unwrap();
    assert_eq!(error.kind, ErrorKind::Memory);
    assert_eq!(
        error.message,
        "CUDA out of memory. Tried to allocate 768.00 KiB. Of 1.00 MiB that may be used, 512.00 KiB are in use."
    );
    // What lies idle makes room.
    drop(held);
    let _held = gpu.allocate(256 << 10).unwrap();
    gpu.set_budget(2 << 30);
    let error = gpu.allocate(usize::MAX / 8).err().unwrap();
    assert!(error.message.starts_with("CUDA out of memory. Tried to allocate "), "{error}");
    gpu.flush();
    assert_eq!(fetch(&gpu, &gpu.upload(&[5]).unwrap()), [5]);
}

#[test]
fn long_recordings_are_handed_over_in_parts() {
    let Some(gpu) = gpu() else { return };
    let layout = Layout::contiguous(&[2]);
    let meta = Meta { shape: vec![2], dtype: DType::I64 };
    let x = gpu.upload(&[0, 1]).unwrap();
    for _ in 0..1000 {
        let arg = (GpuArg::Tensor(DType::I64, layout.clone()), Some(&x));
        gpu.pointwise("x0 + 1", &[arg], &meta, &x, &layout).unwrap();
    }
    assert_eq!(gpu.counters().submits, 3);
    assert_eq!(gpu.counters().bind_groups_created, 1);
    assert_eq!(fetch(&gpu, &x), [1000, 1001]);
}

/// A kernel that does not compile is an error, and the next call works.
#[test]
fn a_refusal_of_the_driver_is_an_error() {
    let Some(gpu) = gpu() else { return };
    let layout = Layout::contiguous(&[2]);
    let meta = Meta { shape: vec![2], dtype: DType::F32 };
    let x = gpu.upload(&[0, 0]).unwrap();
    let y = gpu.allocate(2).unwrap();
    let _ = gpu.pointwise("x0 + nothing", &[(tensor(&layout), Some(&x))], &meta, &y, &layout);
    let read = gpu.read(&y, 0, 2);
    gpu.flush();
    gpu.wait();
    let error = read.and_then(|read| read.take().unwrap()).unwrap_err();
    assert!(error.message.starts_with("the GPU refused: "), "{error}");
    while gpu.allocate(1).is_err() {}
    gpu.pointwise("x0 + 1.0", &[(tensor(&layout), Some(&x))], &meta, &y, &layout).unwrap();
    assert_eq!(floats(&fetch(&gpu, &y)), [1.0, 1.0]);
}

#[test]
fn a_driver_can_wait_for_what_is_on_its_way() {
    let Some(gpu) = gpu() else { return };
    let x = gpu.upload(&[3]).unwrap();
    let read = gpu.read(&x, 0, 1).unwrap();
    gpu.flush();
    let words = pollster::block_on(async {
        loop {
            if let Some(words) = read.take() {
                break words;
            }
            gpu.settled().await;
        }
    });
    assert_eq!(words.unwrap(), [3]);
    pollster::block_on(gpu.settled());
}

#[test]
fn a_lost_device_is_an_error() {
    let Some(gpu) = gpu() else { return };
    let x = gpu.upload(&[3]).unwrap();
    let read = gpu.read(&x, 0, 1).unwrap();
    gpu.0.device.destroy();
    gpu.flush();
    gpu.wait();
    let error = read.take().unwrap().unwrap_err();
    assert!(error.message.starts_with("the connection to the GPU was lost: "), "{error}");
    assert_eq!(gpu.allocate(1).err(), Some(error.clone()));
    assert_eq!(gpu.upload(&[1]).err(), Some(error));
    assert_eq!(gpu.busy(), 0);
    pollster::block_on(gpu.settled());
}
