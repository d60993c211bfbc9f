//! `loss.backward()`: a pass in steps, between which the machine can pause, code of the program can run, and a driver
//! can look.

use std::any::Any;
use std::rc::Rc;

use gradloom_engine::autograd::{
    BackwardPass, Goal, HookPoint, LeafStep, Node, NodeStep, Options, Step, Turn, local_derivative,
};
use gradloom_engine::{Tensor, TensorId, Trace};

use crate::context::{Context, Task, TaskState};
use crate::error::runtime_error;
use crate::native::Result;
use crate::value::Value;

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
pub(super) enum Unused {
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

/// Runs a pass.
pub(super) fn start(
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
