//! Kernels that have a rival.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::planner;

use super::*;

const SIZES: [usize; 4] = [2, 260, 70, 261];

/// A stack of two products, the second factor transposed, with a last tile that is not full.
fn product(gpu: &Gpu) -> Vec<u32> {
    let [batches, m, k, n] = SIZES;
    let x = Layout::contiguous(&[batches, m, k]);
    let y = Layout { shape: vec![batches, k, n], strides: vec![k * n, 1, k], offset: 0 };
    let arg = |layout: &Layout| GpuArg::Tensor(DType::F32, layout.clone());
    let plan = planner::matmul(&arg(&x), &arg(&y)).unwrap();
    assert!(plan.dispatches[0].rival.is_some());
    let left = gpu.upload(&bits(&(0..batches * m * k).map(left).collect::<Vec<_>>())).unwrap();
    let right = gpu.upload(&bits(&(0..batches * k * n).map(right).collect::<Vec<_>>())).unwrap();
    let out = gpu.allocate(batches * m * n).unwrap();
    let meta = Meta { shape: vec![batches, m, n], dtype: DType::F32 };
    gpu.execute(&plan, &[Some(&left), Some(&right)], &[DType::F32; 2], &meta, &out).unwrap();
    fetch(gpu, &out)
}

/// Small whole numbers, whose sums a float32 holds exactly.
fn left(i: usize) -> f32 {
    (i % 7) as f32 - 3.0
}

fn right(i: usize) -> f32 {
    (i % 5) as f32 - 2.0
}

#[test]
fn both_kernels_give_the_product() {
    let Some(gpu) = gpu() else { return };
    let [batches, m, k, n] = SIZES;
    let mut expected = vec![0.0; batches * m * n];
    for (at, sum) in expected.iter_mut().enumerate() {
        let (batch, row, column) = (at / (m * n), at / n % m, at % n);
        *sum = (0..k).map(|p| left((batch * m + row) * k + p) * right((batch * n + column) * k + p)).sum();
    }
    for rival in [false, true] {
        gpu.0.trial.decided.set(Some(rival));
        assert!(floats(&product(&gpu)) == expected, "rival: {rival}");
    }
}

#[test]
fn the_trial_is_held_once_and_leaves_nothing() {
    let Some(gpu) = gpu() else { return };
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
    pollster::block_on(gpu.try_rivals(clock));
    let untouched = gpu.counters();
    assert_eq!(untouched.dispatches, 0);
    let first = product(&gpu);
    let one = gpu.counters();
    assert_eq!(one.pipelines_created, 1);
    pollster::block_on(gpu.try_rivals(clock));
    let tried = gpu.counters();
    assert_eq!(tried.pipelines_created, 2);
    assert!(tried.dispatches >= one.dispatches + 4);
    assert_eq!((tried.live_buffers, tried.live_bytes), (one.live_buffers, one.live_bytes));
    // Whoever won: the same numbers, nothing compiled, no second trial.
    assert!(product(&gpu) == first);
    pollster::block_on(gpu.try_rivals(clock));
    let last = gpu.counters();
    assert_eq!((last.dispatches, last.pipelines_created), (tried.dispatches + 1, 2));
}
