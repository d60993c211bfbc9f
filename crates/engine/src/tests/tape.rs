//! The tape: order, sums, refusals, length.

use super::*;
use std::rc::Rc;

use crate::autograd::{self, BackwardPass, Goal, HookPoint, Node, Options, Step, Turn, local_derivative};
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

fn finish(mut pass: BackwardPass) -> BackwardPass {
    while pass.step().unwrap().is_some() {}
    pass
}

#[test]
fn a_pass_brings_what_was_asked_for() {
    let engine = engine();
    let (a, b, unused) = (leaf(&engine, &[], &[2.0]), leaf(&engine, &[], &[3.0]), leaf(&engine, &[], &[1.0]));
    let (p, q) = (ops::mul(&a, &b).unwrap(), ops::mul(&a, &a).unwrap());
    let r = ops::mul(&p, 5.0).unwrap();
    let keep = Options { retain_graph: true, create_graph: false };
    let roots = [(r.clone(), None), (q.clone(), Some(leaf(&engine, &[], &[10.0])))];
    let goal = Goal::Collect(vec![a.clone(), p.clone(), unused.clone(), r.clone()]);
    let pass = finish(BackwardPass::of(&roots, goal, keep).unwrap());
    let found: Vec<_> = pass.gradients().into_iter().map(|g| g.map(|g| values(&g))).collect();
    assert_eq!(found, [Some(vec![55.0]), Some(vec![5.0]), None, Some(vec![1.0])]);
    assert!(a.grad().is_none() && b.grad().is_none());

    let pass = BackwardPass::of(&roots, Goal::Into(vec![a.clone(), p.clone()]), keep).unwrap();
    assert_eq!(pass.steps(), 3, "nothing runs that is not needed");
    finish(pass);
    assert_eq!((grad(&a), grad(&p)), (vec![55.0], vec![5.0]));
    assert!(b.grad().is_none());
    finish(BackwardPass::new(&r, None, keep).unwrap());
    assert_eq!((grad(&a), grad(&p), grad(&b)), (vec![70.0], vec![10.0], vec![10.0]));
}

#[test]
fn a_leaf_is_updated_as_soon_as_it_has_received_everything() {
    let engine = engine();
    let (a, b, c) = (leaf(&engine, &[], &[2.0]), leaf(&engine, &[], &[3.0]), leaf(&engine, &[], &[4.0]));
    let p = ops::mul(&a, &b).unwrap();
    let q = ops::mul(&p, &c).unwrap();
    let mut pass = BackwardPass::new(&q, None, Options::default()).unwrap();
    let mut order = Vec::new();
    while let Some(step) = pass.step().unwrap() {
        order.push(match step {
            Step::Node(step) => step.id,
            Step::Leaf(step) => step.leaf.id(),
            Step::Taken => 0,
        });
    }
    assert_eq!(order, [q.id(), c.id(), p.id(), a.id(), b.id()]);
}

#[test]
fn a_function_of_the_program_is_run_by_its_driver() {
    let engine = engine();
    let (x, n) = (leaf(&engine, &[2], &[1.0, 2.0]), leaf(&engine, &[], &[3.0]));
    let outputs =
        || engine.no_grad(|| [(ops::mul(&x, 2.0).unwrap(), true), (ops::mul(&x, 3.0).unwrap(), true)]);
    let made = outputs();
    let inputs = [Some(x.clone()), None, Some(n.clone())];
    let saved = [Some(x.clone()), Some(made[0].0.clone()), None];
    let node = Node::function("TwiceBackward", Rc::new(7), &inputs, &made, &saved).unwrap();
    let [(double, _), (triple, _)] = made;
    assert_eq!((double.output_nr(), triple.output_nr(), node.name()), (0, 1, "TwiceBackward"));
    assert_eq!(node.payload().unwrap().downcast_ref::<i32>(), Some(&7));
    let kept = node.saved_tensors(&engine).unwrap();
    assert!(kept[0].as_ref().unwrap().is(&x) && kept[2].is_none());
    assert!(Rc::ptr_eq(&kept[1].as_ref().unwrap().node().unwrap(), &node));

    let mut pass =
        BackwardPass::new(&ops::sum(&triple, &[], false).unwrap(), None, Options::default()).unwrap();
    assert!(matches!(pass.step().unwrap(), Some(Step::Node(_))));
    assert!(matches!(pass.turn(), Some(Turn::Node(next)) if Rc::ptr_eq(&next, &node)));
    let arrived = pass.arrived();
    assert!(arrived[0].is_none());
    assert_eq!(values(arrived[1].as_ref().unwrap()), [1.0, 1.0]);
    assert!(pass.step().is_err(), "the engine does not know what the function does");
    let wrong = pass.supply(vec![Some(leaf(&engine, &[3], &[0.0; 3]))]).err().unwrap();
    assert_eq!(
        wrong.message,
        "Function TwiceBackward returned an invalid gradient at index 0 - got [3] but expected shape compatible with [2]"
    );
    pass.supply(vec![arrived[1].clone(), None, None]).unwrap();
    finish(pass);
    assert_eq!(grad(&x), [1.0, 1.0]);
    assert!(n.grad().is_none());
    let freed = node.saved_tensors(&engine).err().unwrap();
    assert!(freed.message.starts_with("Trying to backward through the graph a second time"));
}

#[test]
fn hooks_are_kept_in_order_and_go_with_their_node() {
    let engine = engine();
    let x = leaf(&engine, &[], &[2.0]);
    let y = ops::mul(&x, 3.0).unwrap();
    let hooks = y.hooks();
    let first = hooks.add(HookPoint::Arrived(0), Rc::new("first"));
    hooks.add(HookPoint::Arrived(0), Rc::new("second"));
    x.hooks().add(HookPoint::Arrived(0), Rc::new("leaf"));
    let mut pass = BackwardPass::new(&y, None, Options::default()).unwrap();
    let names = |pass: &BackwardPass| -> Vec<&str> {
        pass.hooks().iter().map(|(_, hook)| *hook.downcast_ref::<&str>().unwrap()).collect()
    };
    assert_eq!(names(&pass), ["first", "second"]);
    hooks.remove(first);
    assert_eq!(names(&pass), ["second"]);
    pass.replace(0, leaf(&engine, &[], &[10.0]));
    pass.step().unwrap();
    assert_eq!(names(&pass), ["leaf"]);
    finish(pass);
    assert_eq!(grad(&x), [30.0]);
}

#[test]
fn a_training_loop_holds_no_more_after_many_steps() {
    let engine = engine();
    let w = leaf(&engine, &[20, 10], &[0.01; 200]);
    let x = engine.tensor(Array::F32(vec![0.5; 80]), &[4, 20], Device::Cpu).unwrap();
    let step = || {
        let y = ops::mm(&x, &w).unwrap();
        ops::select(&y, 0, 0).unwrap().mul_(2.0).unwrap();
        y.retain_grad().unwrap();
        y.hooks().add(HookPoint::Arrived(0), Rc::new(7));
        autograd::backward(&ops::sum(&ops::pow(&y, 2.0).unwrap(), &[], false).unwrap()).unwrap();
        engine.no_grad(|| w.sub_(ops::mul(w.grad().unwrap(), 1e-3).unwrap())).unwrap();
        w.grad().unwrap().zero_().unwrap();
        engine.cpu_bytes()
    };
    let after = |steps: usize| (0..steps).fold(0, |_, _| step());
    let early = after(10);
    assert_eq!(after(300), early);
}

#[test]
fn circles_of_nodes_and_functions_are_let_go_without_recursion() {
    let engine = engine();
    let x = leaf(&engine, &[], &[1.0]);
    let before = engine.cpu_bytes();
    let mut y = ops::mul(&x, 1.0).unwrap();
    for _ in 0..30_000 {
        // The function holds its input by what it was given, by its edge and by what it keeps.
        let out = engine.no_grad(|| ops::mul(&y, 1.0)).unwrap();
        let saved = [Some(y.clone())];
        Node::function("HoldBackward", Rc::new(y.clone()), &saved, &[(out.clone(), true)], &saved).unwrap();
        y = out;
    }
    drop(y);
    assert_eq!(engine.cpu_bytes(), before);
}
