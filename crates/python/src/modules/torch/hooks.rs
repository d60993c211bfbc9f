//! Functions of the program that are called in a backward pass.

use std::rc::{Rc, Weak};

use gradloom_engine::Tensor;
use gradloom_engine::autograd::{Hook, HookPoint, Hooks};

use crate::context::Context;
use crate::error::{runtime_error, type_error};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::Value;

use super::args::{sequence, tensor};
use super::backward::Gradients;
use super::grad::GradFn;
use super::objects::object;

/// What removes a hook.
pub struct Handle {
    hooks: Weak<Hooks>,
    id: u64,
}
object!(Handle, HANDLE);

fn remove(_cx: &mut Context, handle: &Value) {
    if let Some(handle) = handle.object::<Handle>()
        && let Some(hooks) = handle.hooks.upgrade()
    {
        hooks.remove(handle.id);
    }
}

/// The type of handles.
pub static HANDLE: TypeTable = TypeTable {
    name: "RemovableHandle",
    module: "torch.utils.hooks",
    enter: Some(|_, v| Ok(v.clone())),
    exit: Some(|cx, v, _| {
        remove(cx, v);
        Ok(false)
    }),
    methods: &[Native::new("remove", "self", |cx, args| {
        remove(cx, &args[0]);
        Ok(Value::None)
    })],
    ..TypeTable::EMPTY
};

/// Registers a function of the program.
fn add(hooks: &Rc<Hooks>, point: HookPoint, function: &Value) -> Value {
    let id = hooks.add(point, Rc::new(function.clone()));
    Value::new_object(Handle { hooks: Rc::downgrade(hooks), id })
}

/// Methods of tensors.
pub const TENSOR_HOOKS: &[Native] = &[
    Native::new("register_hook", "self, hook", |_, args| {
        let x = tensor(args, 0)?;
        if !x.requires_grad() {
            return Err(runtime_error("cannot register a hook on a tensor that doesn't require gradient"));
        }
        Ok(add(&x.hooks(), HookPoint::Arrived(x.output_nr()), &args[1]))
    }),
    Native::new("register_post_accumulate_grad_hook", "self, hook", |_, args| {
        let x = tensor(args, 0)?;
        if !x.requires_grad() {
            return Err(runtime_error("cannot register a hook on a tensor that doesn't require gradient"));
        }
        if !x.is_leaf() {
            return Err(runtime_error("post accumulate grad hooks cannot be registered on non-leaf tensors"));
        }
        Ok(add(&x.hooks(), HookPoint::Accumulated, &args[1]))
    }),
];

fn register(args: &Args, point: HookPoint) -> Result {
    match args[0].object::<GradFn>() {
        Some(GradFn::Node(node)) => Ok(add(&node.hooks(), point, &args[1])),
        _ => Err(crate::error::unsupported("hooks of AccumulateGrad are not supported here")),
    }
}

/// Methods of nodes.
pub const NODE_HOOKS: &[Native] = &[
    Native::new("register_hook", "self, fn", |_, args| register(args, HookPoint::After)),
    Native::new("register_prehook", "self, fn", |_, args| register(args, HookPoint::Before)),
];

/// Calls a hook.
pub fn call(cx: &mut Context, hook: &Hook, args: Vec<Value>) -> Result {
    match hook.downcast_ref::<Value>() {
        Some(function) => cx.call(function, args),
        None => Ok(Value::None),
    }
}

/// Makes gradients known to whoever draws, as tensors that the program now has in its hands.
pub fn announce<'a>(cx: &mut Context, gradients: impl Iterator<Item = &'a Tensor>) -> Result<()> {
    cx.once(|cx| {
        gradients.for_each(|gradient| cx.engine.announce(gradient, "grad"));
        Ok(Value::None)
    })?;
    Ok(())
}

/// Calls the hooks of outputs with what arrived there; what they return takes its place.
pub fn arrived(cx: &mut Context, hooks: Vec<(usize, Hook)>, mut arrived: Gradients) -> Result<Gradients> {
    announce(cx, arrived.clone().iter().flatten())?;
    for (i, hook) in hooks {
        let Some(Some(held)) = arrived.get_mut(i) else { continue };
        match call(cx, &hook, vec![Value::Tensor(held.clone())])? {
            Value::None => {}
            Value::Tensor(new) if new.shape() == held.shape() => *held = new,
            Value::Tensor(_) => {
                let name = match hook.downcast_ref::<Value>() {
                    Some(function) => cx.find_attr(function, "__name__")?,
                    None => None,
                };
                let name = name.as_ref().and_then(Value::as_str).unwrap_or("hook");
                return Err(runtime_error(format!("hook '{name}' has changed the size of value")));
            }
            other => {
                let kind = other.type_name();
                return Err(type_error(format!("expected Variable, but hook returned '{kind}'")));
            }
        }
    }
    Ok(arrived)
}

fn tuple(gradients: &Gradients) -> Value {
    let value = |g: &Option<Tensor>| g.clone().map_or(Value::None, Value::Tensor);
    Value::tuple(gradients.iter().map(value).collect())
}

/// Calls the hooks around a node: with what arrived, or with what it computed of it. A tuple that they return takes the
/// place of the first.
pub fn around(
    cx: &mut Context,
    hooks: &[Hook],
    mut gradients: Gradients,
    arrived: Option<Gradients>,
) -> Result<Gradients> {
    announce(cx, gradients.clone().iter().flatten())?;
    for hook in hooks {
        let args = std::iter::once(&gradients).chain(&arrived).map(tuple).collect();
        let returned = call(cx, hook, args)?;
        if returned.is_none() {
            continue;
        }
        let items = sequence(&returned).unwrap_or_else(|| vec![returned.clone()]);
        if items.len() != gradients.len() {
            return Err(runtime_error(format!(
                "hook has returned an incorrect number of values (got {}, but expected {})",
                items.len(),
                gradients.len()
            )));
        }
        for (held, item) in gradients.iter_mut().zip(items) {
            *held = match item {
                Value::Tensor(new) => Some(new),
                Value::None => None,
                other => {
                    let kind = other.type_name();
                    return Err(type_error(format!("expected Variable, but hook returned '{kind}'")));
                }
            };
        }
    }
    Ok(gradients)
}
