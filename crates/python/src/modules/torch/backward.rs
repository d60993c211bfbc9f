//! `loss.backward()`: a pass in steps, between which the machine can pause and a driver can look.

use std::any::Any;
use std::rc::Rc;

use gradloom_engine::autograd::{BackwardPass, LeafStep, NodeStep, Options, Step, local_derivative};
use gradloom_engine::{Tensor, TensorId, Trace, ops};

use crate::context::{Context, Task, TaskState};
use crate::error::{runtime_error, unsupported};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{sequence, tensor};

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

/// What a pass is to bring.
enum Goal {
    /// `.grad` of all leaves.
    Leaves,
    /// The gradients of these tensors, summed up so far: `autograd.grad`.
    Wanted(Vec<(Tensor, Option<Tensor>)>, bool),
}

struct Backward {
    root: Tensor,
    seed: Option<Tensor>,
    options: Options,
    goal: Goal,
    pass: Option<BackwardPass>,
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

fn report(report: BackwardReport) -> Result<TaskState> {
    Ok(TaskState::Continue(Some(Rc::new(report) as Rc<dyn Any>)))
}

impl Task for Backward {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        let (followed, values) = followed(cx);
        let pass = match &mut self.pass {
            Some(pass) => pass,
            slot @ None => {
                let pass = slot.insert(BackwardPass::new(&self.root, self.seed.as_ref(), self.options)?);
                let (root, seed, steps) = (pass.root(), pass.seed().clone(), pass.steps());
                self.goal.receive(cx, root, &seed, self.options)?;
                return report(BackwardReport::Started { root, seed, steps });
            }
        };
        for _ in 0..if followed { 1 } else { NODES } {
            if self.finished || self.goal.is_reached(pass) {
                if followed && !self.finished {
                    self.finished = true;
                    return report(BackwardReport::Finished);
                }
                return self.goal.result();
            }
            if values && self.locals.is_none() {
                self.locals = pass.peek().and_then(|node| local_derivative(node, &cx.engine));
            }
            cx.charge(20);
            match pass.step()? {
                Some(Step::Node(step)) => {
                    for contribution in &step.contributions {
                        self.goal.receive(cx, contribution.to, &contribution.value, self.options)?;
                    }
                    if followed {
                        return report(BackwardReport::Node { step, locals: self.locals.take() });
                    }
                }
                Some(Step::Leaf(step)) if followed => return report(BackwardReport::Leaf(step)),
                Some(Step::Leaf(_)) | None => {}
            }
        }
        Ok(TaskState::Continue(None))
    }
}

impl Goal {
    /// Whether nothing is left to do. A pass for some tensors ends before it touches any `.grad`.
    fn is_reached(&self, pass: &BackwardPass) -> bool {
        match self {
            Goal::Leaves => pass.is_done(),
            Goal::Wanted(..) => pass.peek().is_none(),
        }
    }

    fn receive(&mut self, cx: &mut Context, to: TensorId, value: &Tensor, options: Options) -> Result<()> {
        let Goal::Wanted(wanted, _) = self else { return Ok(()) };
        for (_, sum) in wanted.iter_mut().filter(|(tensor, _)| tensor.id() == to) {
            let traced = if options.create_graph { None } else { Some(cx.engine.set_trace(Trace::Off)) };
            let enabled = cx.engine.set_grad_enabled(options.create_graph);
            let added = match &*sum {
                Some(held) => ops::add(held, value),
                None => Ok(value.clone()),
            };
            cx.engine.set_grad_enabled(enabled);
            if let Some(trace) = traced {
                cx.engine.set_trace(trace);
            }
            *sum = Some(added?);
        }
        Ok(())
    }

    fn result(&self) -> Result<TaskState> {
        let Goal::Wanted(wanted, allow_unused) = self else { return Ok(TaskState::Done(Value::None)) };
        let mut found = Vec::new();
        for (_, sum) in wanted {
            found.push(match sum {
                Some(sum) => Value::Tensor(sum.clone()),
                None if *allow_unused => Value::None,
                None => {
                    return Err(runtime_error(
                        "One of the differentiated Tensors appears to not have been used in the graph. Set allow_unused=True if \
                         this is the desired behavior.",
                    ));
                }
            });
        }
        Ok(TaskState::Done(Value::tuple(found)))
    }
}

fn start(cx: &mut Context, root: &Tensor, seed: Option<Tensor>, options: Options, goal: Goal) -> Result {
    let mut goal = Some(goal);
    cx.run(|| {
        Box::new(Backward {
            root: root.clone(),
            seed,
            options,
            goal: goal.take().unwrap_or(Goal::Leaves),
            pass: None,
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

fn seed(args: &Args, i: usize) -> Result<Option<Tensor>> {
    match args.some(i) {
        None => Ok(None),
        Some(value) => match sequence(value).as_deref() {
            Some([Value::None]) => Ok(None),
            Some([Value::Tensor(t)]) => Ok(Some(t.clone())),
            Some(_) => Err(runtime_error("grad_outputs must be one tensor for the one output")),
            None => tensor(args, i).map(|t| Some(t.clone())),
        },
    }
}

/// `x.backward(gradient=, retain_graph=, create_graph=)`
pub const BACKWARD: Native =
    Native::new("backward", "self, gradient=, retain_graph=, create_graph=", |cx, args| {
        let options = options(cx, args, 2)?;
        start(cx, tensor(args, 0)?, seed(args, 1)?, options, Goal::Leaves)
    });

/// The tensor itself, or the only one of a sequence.
fn only(args: &Args, i: usize) -> Result<Tensor> {
    match sequence(&args[i]).as_deref() {
        Some([Value::Tensor(t)]) => Ok(t.clone()),
        Some(_) => Err(unsupported("several outputs at once are not supported here: add them up first")),
        None => tensor(args, i).cloned(),
    }
}

/// Functions of `torch.autograd`.
pub const AUTOGRAD: &[Native] = &[
    Native::new("backward", "tensors, grad_tensors=, retain_graph=, create_graph=", |cx, args| {
        let options = options(cx, args, 2)?;
        start(cx, &only(args, 0)?, seed(args, 1)?, options, Goal::Leaves)
    }),
    Native::new(
        "grad",
        "outputs, inputs, grad_outputs=, retain_graph=, create_graph=, only_inputs=, allow_unused=",
        |cx, args| {
            let options = options(cx, args, 3)?;
            let inputs = match sequence(&args[1]) {
                Some(items) => items,
                None => vec![args[1].clone()],
            };
            let mut wanted = Vec::new();
            for input in &inputs {
                match input {
                    Value::Tensor(t) if t.requires_grad() => wanted.push((t.clone(), None)),
                    Value::Tensor(_) => {
                        return Err(runtime_error("One of the differentiated Tensors does not require grad"));
                    }
                    other => return Err(super::args::wrong(args, 1, "Tensor", other)),
                }
            }
            let allow_unused = args.truth_or(cx, 6, false)?;
            start(cx, &only(args, 0)?, seed(args, 2)?, options, Goal::Wanted(wanted, allow_unused))
        },
    ),
];
