//! What is true of every operator.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::autograd::{self, BackwardPass, Options};
use crate::registry::{Case, CaseArg, cases, operators};
use crate::{Arg, Result, ops};

/// The cases of all operators that have a derivative, with as many shapes as their operators take: every size in turn is made
/// smaller wherever it stands, down to 1 and to nothing.
fn differentiable_cases() -> Vec<Case> {
    let smaller = |case: &Case| {
        let mut sizes: Vec<usize> = case.args.iter().flat_map(|arg| arg.shape().to_vec()).collect();
        sizes.sort_unstable();
        sizes.dedup();
        let pairs = sizes.into_iter().flat_map(|from| [0, 1, 2].map(|to| (from, to)));
        let made = pairs.filter(|(from, to)| to < from).map(|(from, to)| Case {
            op: case.op.clone(),
            args: case.args.iter().map(|arg| arg.resized(from, to)).collect(),
        });
        // What an operator refuses is no case of it; nor is a place at which it has no value.
        let valid = |case: &Case| {
            let engine = engine();
            let out = engine.apply(case.op.clone(), &make(&engine, case));
            out.is_ok_and(|out| values(&out).iter().all(|x| x.is_finite()))
        };
        made.filter(valid).collect::<Vec<_>>()
    };
    cases().filter(|c| c.op.differentiable()).flat_map(|case| [smaller(&case), vec![case]].concat()).collect()
}

/// Arguments on the CPU; the float tensors among them ask for a gradient where the operator has one.
fn make(engine: &Engine, case: &Case) -> Vec<Arg> {
    let args: Vec<Arg> = case.args.iter().map(|a| a.make(engine, DType::F64, Device::Cpu).unwrap()).collect();
    for tensor in args.iter().filter_map(Arg::tensor).filter(|t| t.dtype().is_float()) {
        tensor.set_requires_grad(case.op.differentiable()).unwrap();
    }
    args
}

/// A fixed direction that no symmetry of an operator cancels.
fn direction(engine: &Engine, shape: &[usize]) -> Tensor {
    let count: usize = shape.iter().product();
    doubles(engine, shape, &(0..count).map(|i| 0.5 + ((i * 7 + 3) % 11) as f64 / 8.0).collect::<Vec<_>>())
}

/// `Σ direction · out`: a scalar whose gradient is that of the operator.
fn probe(engine: &Engine, case: &Case, args: &[Arg]) -> Result<Tensor> {
    let out = engine.apply(case.op.clone(), args)?;
    let weight = direction(engine, out.shape());
    ops::sum(&ops::mul(out, weight)?, &[], false)
}

/// The same with one element of one argument moved.
fn moved(case: &Case, arg: usize, element: usize, by: f64, measure: &dyn Fn(&Engine, &[Arg]) -> f64) -> f64 {
    let engine = engine();
    let mut inputs = case.args.clone();
    if let CaseArg::Tensor(_, values) = &mut inputs[arg] {
        values[element] += by;
    }
    let args = make(&engine, &Case { op: case.op.clone(), args: inputs });
    measure(&engine, &args)
}

/// Compares `gradients` of `measure` with central differences.
fn check(case: &Case, gradients: &[Option<Vec<f64>>], measure: &dyn Fn(&Engine, &[Arg]) -> f64, order: &str) {
    let step = 1e-5;
    for (i, arg) in case.args.iter().enumerate() {
        let CaseArg::Tensor(_, at) = arg else { continue };
        for element in 0..at.len() {
            let numeric = (moved(case, i, element, step, measure) - moved(case, i, element, -step, measure))
                / (2.0 * step);
            let exact = gradients[i].as_ref().map_or(0.0, |g| g[element]);
            let error = (numeric - exact).abs() / (1.0 + exact.abs());
            assert!(
                error < 1e-6,
                "{order} derivative of {:?} by element {element} of argument {i}: {exact}, by differences {numeric}",
                case.op
            );
        }
    }
}

fn gradients(args: &[Arg]) -> Vec<Option<Vec<f64>>> {
    args.iter().map(|a| a.tensor().and_then(Tensor::grad).map(|g| values(&g))).collect()
}

#[test]
fn results_have_the_inferred_shape() {
    let engine = engine();
    for case in cases() {
        let args = make(&engine, &case);
        let meta = case.op.infer(&args).unwrap();
        let out = engine.apply(case.op.clone(), &args).unwrap();
        assert_eq!((out.shape(), out.dtype()), (&*meta.shape, meta.dtype), "{:?}", case.op);
        assert_eq!(out.values().unwrap().len(), out.count(), "{:?}", case.op);
    }
}

#[test]
fn gradients_are_the_limits_of_differences() {
    let measure = |engine: &Engine, case: &Case, args: &[Arg]| values(&probe(engine, case, args).unwrap())[0];
    let mut checked: HashMap<&str, HashSet<Vec<Vec<usize>>>> = HashMap::new();
    for case in differentiable_cases() {
        let engine = engine();
        let args = make(&engine, &case);
        let root = probe(&engine, &case, &args).unwrap();
        if case.op.infer(&args).unwrap().dtype == DType::F32 {
            continue; // a difference of float32 values is too coarse
        }
        if root.requires_grad() {
            autograd::backward(&root).unwrap();
        }
        check(&case, &gradients(&args), &|e, a| measure(e, &case, a), "first");
        let shapes = case.args.iter().map(|arg| arg.shape().to_vec()).collect();
        checked.entry(case.op.doc().name).or_default().insert(shapes);
    }
    let lacking: Vec<String> = checked.iter().filter_map(|(name, shapes)| lacks(name, shapes)).collect();
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

/// What is missing among the shapes over which an operator was differentiated.
fn lacks(name: &str, shapes: &HashSet<Vec<Vec<usize>>>) -> Option<String> {
    let has = |of: &dyn Fn(&[usize]) -> bool| shapes.iter().flatten().any(|shape| of(shape));
    let broadcast = |all: &Vec<Vec<usize>>| all.iter().any(|shape| *shape != all[0]);
    // Their second argument says something of each element of the first.
    let takes_several =
        !["scan", "max_pool_backward"].contains(&name) && shapes.iter().any(|all| all.len() > 1);
    let missing = [
        ("five shapes", shapes.len() < 5),
        ("an empty one", !has(&|shape| shape.contains(&0))),
        ("one of size 1", !has(&|shape| shape.contains(&1))),
        ("two that differ", takes_several && !shapes.iter().any(broadcast)),
    ];
    let missing: Vec<&str> = missing.iter().filter(|(_, lacks)| *lacks).map(|(what, _)| *what).collect();
    (!missing.is_empty()).then(|| format!("{name} lacks {}: {shapes:?}", missing.join(", ")))
}

/// The gradient of `Σ w · grad`, where grad is the recorded first gradient of all arguments.
fn second(engine: &Engine, case: &Case, args: &[Arg]) -> Option<Tensor> {
    let root = probe(engine, case, args).unwrap();
    if !root.requires_grad() {
        return None;
    }
    let mut pass =
        BackwardPass::new(&root, None, Options { create_graph: true, retain_graph: true }).unwrap();
    while pass.step().unwrap().is_some() {}
    let mut sum: Option<Tensor> = None;
    for grad in args.iter().filter_map(|a| a.tensor()?.grad()) {
        let part = ops::sum(&ops::mul(&grad, direction(engine, grad.shape())).unwrap(), &[], false).unwrap();
        sum = Some(sum.map_or_else(|| part.clone(), |s| ops::add(s, &part).unwrap()));
    }
    sum
}

#[test]
fn second_gradients_are_the_limits_of_differences() {
    let mut checked = 0;
    for case in differentiable_cases() {
        let engine = engine();
        let args = make(&engine, &case);
        if case.op.infer(&args).unwrap().dtype == DType::F32 {
            continue;
        }
        let Some(root) = second(&engine, &case, &args) else { continue };
        for tensor in args.iter().filter_map(Arg::tensor) {
            tensor.set_grad(None).unwrap();
        }
        if root.requires_grad() {
            autograd::backward(&root).unwrap();
        }
        let measure = |e: &Engine, a: &[Arg]| second(e, &case, a).map_or(0.0, |t| values(&t)[0]);
        check(&case, &gradients(&args), &measure, "second");
        checked += 1;
    }
    assert!(checked > 1000, "only {checked} cases have a second derivative");
}

#[test]
fn documentation_is_complete() {
    let mut names = HashSet::new();
    for (doc, cases) in operators() {
        assert!(names.insert(doc.name), "{} stands twice", doc.name);
        assert!(
            doc.source.starts_with("https://") && !doc.formula.is_empty() && !doc.shapes.is_empty(),
            "{}",
            doc.name
        );
        for case in &cases {
            // The last one stands for all arguments from there on; an argument may be left out.
            let any_number = ["cat", "scan"].contains(&doc.name) && !doc.derivative.is_empty();
            assert!(
                any_number || doc.derivative.len() == case.args.len(),
                "{} has a derivative for each argument",
                doc.name
            );
        }
        assert!(!cases.is_empty(), "{} has no case", doc.name);
    }
}
