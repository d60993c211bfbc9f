//! `loss.backward()`: a pass in steps, between which the machine can pause, code of the program can run, and a driver
//! can look.

use std::any::Any;
use std::rc::Rc;

use gradloom_engine::autograd::{
    BackwardPass, Goal, HookPoint, LeafStep, Node, NodeStep, Options, Step, Turn, local_derivative,
};
use gradloom_engine::{Tensor, TensorId, Trace};

use crate::context::{Context, Task, TaskState};
use crate::error::{runtime_error, type_error, value_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{sequence, tensor};
use super::function;
use super::hooks;

/// What a step of a backward pass did, for a driver that follows: the report of its task.
pub enum BackwardReport {
    /// The pass begins.
    Started {
        /// Where it begins.
        root: TensorId,
        /// With which gradient.
        seed: Tensor,
        /// How many nodes it reaches.
        steps: usize,
    },
    /// A node handed its gradient on.
    Node {
        /// What arrived, and what went where.
        step: NodeStep,
        /// For an elementwise operator its derivatives by its inputs.
        locals: Option<Vec<Option<Tensor>>>,
    },
    /// A leaf's `.grad` was updated.
    Leaf(LeafStep),
    /// The pass is over.
    Finished,
}

/// Nodes in a step when nobody looks.
const NODES: usize = 32;

/// What a result says of an input that the outputs do not depend on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unused {
    Refused,
    None,
    Zeros,
}

/// Gradients, one for each input of a node.
pub(super) type Gradients = Vec<Option<Tensor>>;

/// Where the turn of a node or a leaf stands.
enum Stage {
    /// Everything has arrived.
    Arrived,
    /// The hooks of its tensor were called.
    Hooked,
    /// The hooks before a node were called.
    Ready,
    /// A node has computed its gradients.
    Computed(Gradients),
    /// A leaf was updated.
    Accumulated(Tensor),
}

struct Backward {
    roots: Vec<(Tensor, Option<Tensor>)>,
    goal: Goal,
    options: Options,
    unused: Unused,
    pass: Option<BackwardPass>,
    stage: Stage,
    /// Whether operations were recorded before code of the program was called.
    mode: Option<bool>,
    finished: bool,
    /// Computed before their node runs, in case its step has to wait.
    locals: Option<Vec<Option<Tensor>>>,
}

/// Whether somebody looks, and whether at values too.
fn followed(cx: &Context) -> (bool, bool) {
    let trace = cx.engine.set_trace(Trace::Off);
    cx.engine.set_trace(trace);
    (trace != Trace::Off, matches!(trace, Trace::Values(_)))
}

fn report(report: BackwardReport) -> TaskState {
    TaskState::Continue(Some(Rc::new(report) as Rc<dyn Any>))
}

impl Task for Backward {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        let (followed, values) = followed(cx);
        if self.pass.is_none() {
            let pass = BackwardPass::of(&self.roots, self.goal.clone(), self.options)?;
            let (root, seed, steps) = (pass.root(), pass.seed().clone(), pass.steps());
            self.pass = Some(pass);
            return Ok(report(BackwardReport::Started { root, seed, steps }));
        }
        for _ in 0..if followed { 1 } else { NODES } {
            if let Some(state) = self.advance(cx, followed, values)? {
                return Ok(state);
            }
        }
        Ok(TaskState::Continue(None))
    }

    fn abandon(&mut self, cx: &mut Context) {
        if let Some(before) = self.mode.take() {
            cx.engine.set_grad_enabled(before);
        }
    }
}

/// Runs `act`, which calls code of the program, with operations recorded or not as the pass is; the mode is as before
/// once `act` has come to its end.
fn within<T>(
    mode: &mut Option<bool>,
    options: Options,
    cx: &mut Context,
    act: impl FnOnce(&mut Context) -> Result<T>,
) -> Result<T> {
    let before = cx.engine.set_grad_enabled(options.create_graph);
    mode.get_or_insert(before);
    let result = act(cx)?;
    if let Some(before) = mode.take() {
        cx.engine.set_grad_enabled(before);
    }
    Ok(result)
}

impl Backward {
    /// The next thing to do; with a state where the machine is to see to others first. What calls code of the program
    /// is a step of its own, so that its answers are forgotten when it is done.
    fn advance(&mut self, cx: &mut Context, followed: bool, values: bool) -> Result<Option<TaskState>> {
        let options = self.options;
        let Some(pass) = &mut self.pass else { return Ok(None) };
        if let Stage::Accumulated(leaf) = &self.stage {
            within(&mut self.mode, options, cx, |cx| {
                for hook in leaf.hooks_at(HookPoint::Accumulated) {
                    hooks::call(cx, &hook, vec![Value::Tensor(leaf.clone())])?;
                }
                Ok(())
            })?;
            self.stage = Stage::Arrived;
            return Ok(Some(TaskState::Continue(None)));
        }
        let Some(turn) = pass.turn() else {
            if followed && !std::mem::replace(&mut self.finished, true) {
                return Ok(Some(report(BackwardReport::Finished)));
            }
            return self.result(cx).map(|value| Some(TaskState::Done(value)));
        };
        let hooked = |node: &Node, point| Some(node.hooks_at(point)).filter(|hooks| !hooks.is_empty());
        match (&self.stage, &turn) {
            (Stage::Arrived, _) => {
                let hooks = pass.hooks();
                let any = !hooks.is_empty();
                if any {
                    let arrived = pass.arrived();
                    let arrived =
                        within(&mut self.mode, options, cx, |cx| hooks::arrived(cx, hooks, arrived))?;
                    replace(pass, arrived);
                }
                self.stage = Stage::Hooked;
                return Ok(any.then_some(TaskState::Continue(None)));
            }
            (Stage::Hooked, Turn::Node(node)) => {
                let hooks = hooked(node, HookPoint::Before);
                let any = hooks.is_some();
                if let Some(hooks) = hooks {
                    let arrived = pass.arrived();
                    let arrived =
                        within(&mut self.mode, options, cx, |cx| hooks::around(cx, &hooks, arrived, None))?;
                    replace(pass, arrived);
                }
                self.stage = Stage::Ready;
                return Ok(any.then_some(TaskState::Continue(None)));
            }
            (Stage::Ready, Turn::Node(node)) => {
                cx.charge(20);
                if let Some(payload) = node.payload() {
                    let (node, payload, arrived) = (node.clone(), payload.clone(), pass.arrived());
                    let gradients = within(&mut self.mode, options, cx, |cx| {
                        function::backward(cx, &node, &payload, arrived)
                    })?;
                    self.stage = Stage::Computed(gradients);
                    return Ok(Some(TaskState::Continue(None)));
                }
                if values && self.locals.is_none() {
                    self.locals = pass.peek().and_then(|node| local_derivative(node, &cx.engine));
                }
                if hooked(node, HookPoint::After).is_some() {
                    self.stage = Stage::Computed(pass.compute()?);
                    return Ok(Some(TaskState::Continue(None)));
                }
            }
            _ => {}
        }
        let mut asked = false;
        let step = match (&self.stage, &turn) {
            (Stage::Computed(gradients), Turn::Node(node)) => {
                let mut gradients = gradients.clone();
                if let Some(hooks) = hooked(node, HookPoint::After) {
                    asked = true;
                    let arrived = pass.arrived();
                    gradients = within(&mut self.mode, options, cx, |cx| {
                        hooks::around(cx, &hooks, gradients, Some(arrived))
                    })?;
                }
                pass.supply(gradients)?
            }
            _ => pass.step()?,
        };
        self.stage = Stage::Arrived;
        Ok(match step {
            Some(Step::Node(step)) if followed => {
                Some(report(BackwardReport::Node { step, locals: self.locals.take() }))
            }
            Some(Step::Leaf(step)) => {
                let hooked = !step.leaf.hooks_at(HookPoint::Accumulated).is_empty();
                if hooked {
                    self.stage = Stage::Accumulated(step.leaf.clone());
                }
                match followed {
                    true => Some(report(BackwardReport::Leaf(step))),
                    false => hooked.then_some(TaskState::Continue(None)),
                }
            }
            _ => asked.then_some(TaskState::Continue(None)),
        })
    }

    fn result(&self, cx: &mut Context) -> Result {
        let (Some(pass), Goal::Collect(inputs)) = (&self.pass, &self.goal) else { return Ok(Value::None) };
        let mut found = Vec::new();
        for (i, (gradient, input)) in pass.gradients().into_iter().zip(inputs).enumerate() {
            found.push(match (gradient, self.unused) {
                (Some(gradient), _) => Value::Tensor(gradient),
                (None, Unused::None) => Value::None,
                (None, Unused::Zeros) => {
                    let shape = input.shape();
                    let zero = gradloom_engine::Scalar::Int(0);
                    let zeros = cx.engine.full("zeros_like", shape, zero, input.dtype(), input.device())?;
                    Value::Tensor(zeros)
                }
                (None, Unused::Refused) => {
                    return Err(runtime_error(format!(
                        "The differentiated Tensor at index {i} appears to not have been used in the graph. Set allow_unused=True \
                         if this is the desired behavior.",
                    )));
                }
            });
        }
        Ok(Value::tuple(found))
    }
}

/// Puts what hooks made of it in the place of what arrived.
fn replace(pass: &mut BackwardPass, arrived: Gradients) {
    for (i, gradient) in arrived.into_iter().enumerate() {
        if let Some(gradient) = gradient {
            pass.replace(i, gradient);
        }
    }
}

fn start(
    cx: &mut Context,
    roots: Vec<(Tensor, Option<Tensor>)>,
    options: Options,
    goal: Goal,
    unused: Unused,
) -> Result {
    cx.run(|| {
        Box::new(Backward {
            roots,
            options,
            goal,
            unused,
            pass: None,
            stage: Stage::Arrived,
            mode: None,
            finished: false,
            locals: None,
        })
    })
}

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
