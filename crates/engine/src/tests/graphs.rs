//! Random graphs: the same program on both devices gives the same values and gradients.

use super::devices::gpu_engine;
use super::*;
use crate::random::Generator;
use crate::{Read, Result, autograd, ops};

/// Graphs in a normal run; `GRADLOOM_GRAPHS` asks for another number, 10000 for all.
const GRAPHS: u64 = 2000;
/// Graphs whose results come back from the GPU together.
const BATCH: u64 = 50;

/// Numbers that decide about a graph.
struct Dice(Generator);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        match self.0.rand(1, DType::F64).unwrap() {
            Array::F64(x) => ((x[0] * n as f64) as usize).min(n - 1),
            _ => 0,
        }
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// A tensor like `x` with the values in [-1, 1], so that no graph grows out of what float32 can tell apart.
fn bounded(x: Tensor) -> Result<Tensor> {
    ops::sin(&x)
}

/// One more operation, on tensors picked from those there are.
fn grow(dice: &mut Dice, pool: &[Tensor]) -> Result<Tensor> {
    let x = dice.pick(pool).clone();
    let y = dice.pick(pool).clone();
    let fits = crate::layout::broadcast_shapes([x.shape(), y.shape()]).is_ok();
    let y = if fits { y } else { x.clone() };
    let dim = |dice: &mut Dice, x: &Tensor| dice.below(x.rank().max(1)) as i64;
    match dice.below(22) {
        0 => ops::add(&x, &y),
        1 => ops::sub(&x, ops::mul(&y, 0.5)?),
        2 => ops::mul(&x, &y),
        3 => ops::div(&x, ops::add(ops::mul(&y, &y)?, 1.5)?),
        4 => ops::tanh(&x),
        5 => ops::sigmoid(&x),
        6 => ops::exp(bounded(x)?),
        7 => ops::log(ops::add(ops::mul(&x, &x)?, 1.0)?),
        8 => ops::sqrt(ops::add(ops::mul(&x, &x)?, 0.5)?),
        9 => ops::cos(&x),
        10 => ops::relu(ops::add(&x, 0.0123)?),
        11 => ops::maximum(&x, 0.0321),
        12 => ops::pow(bounded(x)?, 3i64),
        13 if x.rank() > 0 => ops::sum(&x, &[dim(dice, &x)], dice.below(2) == 0),
        14 if x.rank() > 0 => ops::mean(&x, &[dim(dice, &x)], true),
        15 if x.rank() > 1 => ops::transpose(&x, 0, 1),
        16 if x.rank() == 2 => ops::matmul(&x, &ops::transpose(&x, 0, 1)?),
        17 if x.rank() > 0 && x.shape()[0] > 0 => {
            let at = dice.below(x.shape()[0]) as i64;
            ops::select(&x, 0, at)
        }
        18 if x.rank() > 0 && x.shape()[0] > 1 => ops::slice(&x, 0, 0, 2, x.shape()[0].div_ceil(2)),
        // Changes in place, of the whole and of a view.
        19 => {
            let copy = ops::clone(&x)?;
            copy.mul_(0.75)?;
            copy.add_(0.125)?;
            Ok(copy)
        }
        20 if x.rank() > 0 && x.shape()[0] > 0 => {
            let copy = ops::clone(&x)?;
            let row = ops::select(&copy, 0, dice.below(x.shape()[0]) as i64)?;
            row.mul_(ops::add(ops::mul(&row, 0.25)?, 1.0)?)?;
            Ok(copy)
        }
        21 if x.rank() > 0 && x.count() > 1 => {
            let copy = ops::mul(&x, 1.5)?;
            let flat = ops::view(&copy, &[x.count()])?;
            let number = ops::select(&ops::reshape(&x, &[x.count()])?, 0, 0)?;
            ops::slice(&flat, 0, 1, 1, x.count() - 1)?.copy_(number)?;
            Ok(copy)
        }
        _ => bounded(x),
    }
}

/// Leaves of a graph.
fn leaves(dice: &mut Dice, engine: &Engine, device: Device) -> Result<Vec<Tensor>> {
    let shapes: [&[usize]; 5] = [&[], &[3], &[2, 3], &[3, 1], &[2, 2, 3]];
    let mut leaves = Vec::new();
    for _ in 0..1 + dice.below(3) {
        let shape = *dice.pick(&shapes);
        let Array::F64(values) = dice.0.rand(shape.iter().product(), DType::F64)? else { continue };
        let values = values.iter().map(|x| (x * 2.0 - 1.0) as f32).collect();
        let leaf = engine.tensor(Array::F32(values), shape, device)?;
        leaf.set_requires_grad(true)?;
        leaves.push(leaf);
    }
    Ok(leaves)
}

/// A number computed from the leaves, in the way that the dice decide.
fn loss(dice: &mut Dice, leaves: &[Tensor]) -> Result<Tensor> {
    let mut pool = leaves.to_vec();
    for _ in 0..3 + dice.below(10) {
        let next = grow(dice, &pool)?;
        pool.push(next);
    }
    let mut loss = ops::sum(&bounded(pool[pool.len() - 1].clone())?, &[], false)?;
    for other in pool.iter().rev().skip(1).take(2) {
        loss = ops::add(loss, ops::mean(&bounded(other.clone())?, &[], false)?)?;
    }
    Ok(loss)
}

/// A graph of this seed on a device: its value and the gradients of its leaves.
fn graph(engine: &Engine, seed: u64, device: Device) -> Result<Vec<Tensor>> {
    let mut dice = Dice(Generator::new(seed));
    let leaves = leaves(&mut dice, engine, device)?;
    let loss = loss(&mut dice, &leaves)?;
    autograd::backward(&loss)?;
    let gradients = leaves.iter().filter_map(Tensor::grad);
    Ok(std::iter::once(loss).chain(gradients).collect())
}

/// Value and gradients of these leaves, whose growth the dice of a seed decide; what has no gradient is left out.
fn value_and_gradients(seed: u64, leaves: &[Tensor]) -> Result<Vec<Tensor>> {
    let loss = loss(&mut Dice(Generator::new(seed)), leaves)?;
    let gradients = autograd::grad(&loss, leaves, autograd::Options::default())?;
    Ok(std::iter::once(loss).chain(gradients.into_iter().flatten()).collect())
}

#[test]
fn a_captured_graph_computes_what_the_operators_compute() {
    let Some(engine) = gpu_engine() else { return };
    let (mut replayed, mut refused, mut fused) = (0, 0, 0);
    for seed in 0..400 {
        let device = if seed % 4 == 0 { Device::Gpu } else { Device::Cpu };
        let first = leaves(&mut Dice(Generator::new(seed)), &engine, device).unwrap();
        let inputs = engine.start_capture(&first).unwrap();
        inputs.iter().for_each(|input| input.set_requires_grad(true).unwrap());
        let outputs = value_and_gradients(seed, &inputs).unwrap();
        let captured = match engine.end_capture(&outputs, &[]) {
            Ok(captured) => captured,
            Err(error) => {
                assert!(error.message.contains("change in place"), "graph {seed}: {error}");
                refused += 1;
                continue;
            }
        };
        fused += captured.names().iter().filter(|name| name.contains(" · ")).count();
        for times in [1.0, -0.5] {
            let others: Vec<Tensor> =
                first.iter().map(|x| ops::mul(ops::detach(x), times).unwrap()).collect();
            let there = captured.run(&engine, &others).unwrap().0;
            others.iter().for_each(|other| other.set_requires_grad(true).unwrap());
            let here = value_and_gradients(seed, &others).unwrap();
            assert_eq!(here.len(), there.len(), "graph {seed}");
            for (eager, graph) in here.iter().zip(&there) {
                let (eager, graph) = (values(eager), values(graph));
                // A GPU may contract a product and a sum within one kernel.
                let most = if device == Device::Cpu { 0.0 } else { 2e-4 };
                let scale = eager.iter().fold(1.0, |most: f64, x| most.max(x.abs()));
                for (e, g) in eager.iter().zip(&graph) {
                    assert!((e - g).abs() <= most * scale, "graph {seed}: {g} replayed, {e} at first");
                    replayed += 1;
                }
            }
        }
    }
    assert!(replayed > 1000 && fused > 100 && refused > 10, "{replayed}, {fused}, {refused}");
}

#[test]
fn random_graphs_agree_on_both_devices() {
    let Some(engine) = gpu_engine() else { return };
    let asked = std::env::var("GRADLOOM_GRAPHS").ok().and_then(|n| n.parse().ok());
    let graphs: u64 = asked.unwrap_or(GRAPHS);
    let mut compared = 0;
    for first in (0..graphs).step_by(BATCH as usize) {
        let seeds = first..(first + BATCH).min(graphs);
        let there: Vec<Vec<Read>> = seeds
            .clone()
            .map(|seed| {
                let found = graph(&engine, seed, Device::Gpu).unwrap_or_else(|e| panic!("graph {seed}: {e}"));
                found.iter().map(|t| t.read().unwrap()).collect()
            })
            .collect();
        engine.flush();
        engine.gpu().unwrap().wait();
        for (seed, reads) in seeds.zip(there) {
            let here = graph(&engine, seed, Device::Cpu).unwrap();
            assert_eq!(here.len(), reads.len(), "graph {seed}");
            for (cpu, gpu) in here.iter().zip(reads) {
                let (cpu, gpu) = (values(cpu), engine.wait(&gpu).unwrap().to_f64());
                let scale = cpu.iter().fold(1.0, |most: f64, x| most.max(x.abs()));
                for (c, g) in cpu.iter().zip(&gpu) {
                    assert!((c - g).abs() <= 2e-4 * scale, "graph {seed}: {g} on the GPU, {c} on the CPU");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared as u64 >= graphs, "{compared} numbers compared");
}
