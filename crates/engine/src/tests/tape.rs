//! The tape: order, sums, refusals, length.

use super::*;
use crate::autograd::{self, BackwardPass, Options, Step, local_derivative};
use crate::ops;

#[test]
fn the_first_lesson_has_its_numbers() {
    let engine = engine();
    let (a, b) = (leaf(&engine, &[], &[2.0]), leaf(&engine, &[], &[1.0]));
    let c = ops::add(&a, &b).unwrap();
    let d = ops::add(&b, 1.0).unwrap();
    let e = ops::mul(&c, &d).unwrap();
    assert_eq!([values(&c), values(&d), values(&e)].concat(), [3.0, 2.0, 6.0]);

    let mut pass = BackwardPass::new(&e, None, Options::default()).unwrap();
    assert_eq!(pass.steps(), 3);
    let mut arrived = Vec::new();
    let mut order = Vec::new();
    let mut locals = Vec::new();
    loop {
        if let Some(node) = pass.peek() {
            let local = local_derivative(node, &engine).unwrap();
            locals.push(local.into_iter().flatten().map(|t| values(&t)[0]).collect::<Vec<_>>());
        }
        match pass.step().unwrap() {
            Some(Step::Node(step)) => {
                order.push(step.node.id());
                let to_b = step.contributions.iter().filter(|c| c.to == b.id());
                arrived.extend(to_b.map(|c| values(&c.value)[0]));
            }
            Some(Step::Leaf(_) | Step::Taken) => {}
            None => break,
        }
    }
    // PyTorch runs the node recorded last first: e, then d, then c.
    assert_eq!(order, [e.id(), d.id(), c.id()]);
    assert_eq!(locals, [vec![2.0, 3.0], vec![1.0], vec![1.0, 1.0]]);
    assert_eq!(arrived, [3.0, 2.0]);
    assert_eq!((grad(&a), grad(&b)), (vec![2.0], vec![5.0]));
}

#[test]
fn gradients_add_up_over_passes_and_in_separate_storages() {
    let engine = engine();
    let (a, b) = (leaf(&engine, &[2], &[1.0, 2.0]), leaf(&engine, &[2], &[3.0, 4.0]));
    let run = || autograd::backward(&ops::sum(&ops::add(&a, &b).unwrap(), &[], false).unwrap()).unwrap();
    run();
    run();
    assert_eq!(grad(&a), [2.0, 2.0]);
    a.grad().unwrap().zero_().unwrap();
    assert_eq!((grad(&a), grad(&b)), (vec![0.0, 0.0], vec![2.0, 2.0]));
}

#[test]
fn a_second_pass_is_refused_unless_asked_for() {
    let engine = engine();
    let x = leaf(&engine, &[], &[3.0]);
    let y = ops::mul(&x, &x).unwrap();
    let mut pass = BackwardPass::new(&y, None, Options { retain_graph: true, create_graph: false }).unwrap();
    while pass.step().unwrap().is_some() {}
    autograd::backward(&y).unwrap();
    assert_eq!(grad(&x), [12.0]);
    let error = autograd::backward(&y).unwrap_err();
    assert!(error.message.starts_with("Trying to backward through the graph a second time"), "{error}");
}

#[test]
fn a_long_chain_needs_no_stack() {
    let engine = engine();
    let x = leaf(&engine, &[], &[1.0]);
    let mut y = ops::mul(&x, 1.0).unwrap();
    for _ in 0..100_000 {
        y = ops::mul(&y, 1.0).unwrap();
    }
    autograd::backward(&y).unwrap();
    assert_eq!(grad(&x), [1.0]);
    let mut kept = ops::mul(&x, &x).unwrap();
    for _ in 0..100_000 {
        kept = ops::mul(&kept, &x).unwrap();
    }
    drop(kept);
}

#[test]
fn everything_is_released_with_its_last_handle() {
    let engine = engine();
    let x = leaf(&engine, &[100], &[0.5; 100]);
    let before = engine.cpu_bytes();
    for _ in 0..3 {
        let y = ops::sum(&ops::exp(ops::sigmoid(&x).unwrap()).unwrap(), &[], false).unwrap();
        autograd::backward(&y).unwrap();
        x.set_grad(None).unwrap();
    }
    assert_eq!(engine.cpu_bytes(), before);
}

#[test]
fn what_does_not_fit_is_refused_before_it_is_made() {
    let engine = engine();
    let error = engine.full("zeros", &[1_000_000_000_000], 0.0.into(), DType::F32, Device::Cpu).unwrap_err();
    assert!(error.message.contains("you tried to allocate 4000000000000 bytes"), "{error}");
    let a = leaf(&engine, &[2, 3], &[0.0; 6]);
    let error = ops::mm(&a, &a).unwrap_err();
    assert_eq!(error.message, "mm: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)");
    assert_eq!(error.op, "mm");
}

#[test]
fn points_without_a_derivative_follow_pytorch() {
    let engine = engine();
    let at = |f: fn(&Tensor) -> crate::Result<Tensor>, x: f32| {
        let x = leaf(&engine, &[], &[x]);
        autograd::backward(&f(&x).unwrap()).unwrap();
        grad(&x)[0]
    };
    assert_eq!(at(|x| ops::relu(x), 0.0), 0.0);
    assert_eq!(at(|x| ops::abs(x), 0.0), 0.0);
    assert_eq!(at(|x| ops::sqrt(x), 0.0), f64::INFINITY);
    assert_eq!(at(|x| ops::clamp(x, Some(0.0.into()), None), 0.0), 0.0);
    assert_eq!(at(|x| ops::maximum(x, 0.0), 0.0), 0.5);
    assert_eq!(at(|x| ops::pow(x, 0.0), 0.0), 0.0);
    assert!(at(|x| ops::where_(ops::gt(x, 0.0)?, ops::sqrt(x)?, 0.0), 0.0).is_nan());
    let x = leaf(&engine, &[4], &[3.0, 1.0, 3.0, 2.0]);
    autograd::backward(&ops::amax(&x, &[], false).unwrap()).unwrap();
    assert_eq!(grad(&x), [0.5, 0.0, 0.5, 0.0]);
}
