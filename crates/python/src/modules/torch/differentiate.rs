//! `torch.autograd.backward` and `grad`: what they are asked for.

use gradloom_engine::Tensor;
use gradloom_engine::autograd::{Goal, Options};

use crate::context::Context;
use crate::error::{runtime_error, type_error, value_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{sequence, tensor};
use super::backward::{Unused, start};
use super::function;

/// Parameters from `i` on: `retain_graph=, create_graph=`.
fn options(cx: &mut Context, args: &Args, i: usize) -> Result<Options> {
    let create_graph = args.truth_or(cx, i + 1, false)?;
    let retain_graph = match args.some(i) {
        Some(value) => cx.truth(value)?,
        None => create_graph,
    };
    Ok(Options { retain_graph, create_graph })
}

/// A tensor, or a sequence of them.
fn tensors(args: &Args, i: usize) -> Result<Vec<Tensor>> {
    match sequence(&args[i]) {
        None => tensor(args, i).map(|t| vec![t.clone()]),
        Some(items) => items
            .iter()
            .map(|item| match item {
                Value::Tensor(t) => Ok(t.clone()),
                other => Err(super::args::wrong(args, i, "Tensor", other)),
            })
            .collect(),
    }
}

/// The roots of parameter `i`, each with its gradient in parameter `k`.
fn roots(args: &Args, i: usize, k: usize) -> Result<Vec<(Tensor, Option<Tensor>)>> {
    let roots = tensors(args, i)?;
    let seeds = match args.some(k) {
        None => vec![Value::None; roots.len()],
        Some(seed @ Value::Tensor(_)) => vec![seed.clone()],
        Some(other) => sequence(other)
            .ok_or_else(|| type_error(format!("'{}' object is not iterable", other.type_name())))?,
    };
    if seeds.len() != roots.len() {
        let (many, few) = (roots.len(), seeds.len());
        return Err(runtime_error(format!("got {many} tensors and {few} gradients")));
    }
    let seeds = seeds.into_iter().map(|seed| match seed {
        Value::None => Ok(None),
        Value::Tensor(seed) => Ok(Some(seed)),
        other => {
            let kind = other.type_name();
            Err(type_error(format!("gradients can be either Tensors or None, but got {kind}")))
        }
    });
    roots.into_iter().zip(seeds).map(|(root, seed)| Ok((root, seed?))).collect()
}

/// The tensors of parameter `i`, which must ask for a gradient.
fn wanted(args: &Args, i: usize) -> Result<Vec<Tensor>> {
    let wanted = tensors(args, i)?;
    match wanted.iter().all(Tensor::requires_grad) {
        true => Ok(wanted),
        false => Err(runtime_error("One of the differentiated Tensors does not require grad")),
    }
}

/// What `inputs=` says, parameter `i`.
fn goal(args: &Args, i: usize) -> Result<Goal> {
    if args.some(i).is_none() {
        return Ok(Goal::Leaves);
    }
    let inputs = wanted(args, i)?;
    match inputs.is_empty() {
        true => Err(runtime_error("`inputs` argument to `backward()` cannot be empty.")),
        false => Ok(Goal::Into(inputs)),
    }
}

/// `x.backward(gradient=, retain_graph=, create_graph=, inputs=)`
pub const BACKWARD: Native =
    Native::new("backward", "self, gradient=, retain_graph=, create_graph=, inputs=", |cx, args| {
        let options = options(cx, args, 2)?;
        start(cx, roots(args, 0, 1)?, options, goal(args, 4)?, Unused::None)
    });

/// Functions of `torch.autograd`.
pub const AUTOGRAD: &[Native] = &[
    Native::new(
        "backward",
        "tensors, grad_tensors=, retain_graph=, create_graph=, grad_variables=, inputs=",
        |cx, args| {
            let options = options(cx, args, 2)?;
            start(cx, roots(args, 0, 1)?, options, goal(args, 5)?, Unused::None)
        },
    ),
    Native::new(
        "grad",
        "outputs, inputs, grad_outputs=, retain_graph=, create_graph=, only_inputs=, allow_unused=, is_grads_batched=, \
         materialize_grads=",
        |cx, args| {
            let options = options(cx, args, 3)?;
            let allowed = args.some(6).map(|v| cx.truth(v)).transpose()?;
            if args.truth_or(cx, 7, false)? {
                return Err(crate::error::unsupported(
                    "grad() with is_grads_batched=True is not supported here",
                ));
            }
            let unused = match (args.truth_or(cx, 8, false)?, allowed) {
                (true, Some(false)) => {
                    return Err(value_error(
                        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: \
                         allow_unused=False.",
                    ));
                }
                (true, _) => Unused::Zeros,
                (false, Some(true)) => Unused::None,
                (false, _) => Unused::Refused,
            };
            let inputs = wanted(args, 1)?;
            if inputs.is_empty() {
                return Err(value_error("grad requires non-empty inputs."));
            }
            start(cx, roots(args, 0, 2)?, options, Goal::Collect(inputs), unused)
        },
    ),
    function::EXTEND,
    function::RECORD,
    function::SAVED,
];
