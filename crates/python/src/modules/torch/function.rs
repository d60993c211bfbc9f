//! `torch.autograd.Function`: what the class in `library/torch.autograd.py` needs of the tape.

use std::any::Any;
use std::rc::{Rc, Weak};

use gradloom_engine::autograd::{self, Node};
use gradloom_engine::{Scalar, Tensor, Trace, ViewOrigin, ops};

use crate::class::Class;
use crate::context::Context;
use crate::error::{runtime_error, type_error};
use crate::native::{Native, Result, TypeTable};
use crate::value::Value;

use super::args::sequence;
use super::backward::Gradients;
use super::hooks::announce;
use super::objects::object;

/// What stands behind a node of the program's own: the class, and the context that goes to its `backward`.
struct Applied {
    class: Value,
    context: Value,
    /// For each value that `forward` returned, which output of the node it is.
    outputs: Vec<Option<usize>>,
}

/// The context of a node of the program's own.
pub fn context(node: &Node) -> Option<&Value> {
    node.payload()?.downcast_ref::<Applied>().map(|applied| &applied.context)
}

/// A node as its context knows it: the node holds the context.
struct OwnNode(Weak<Node>);
object!(OwnNode, OWN_NODE);

static OWN_NODE: TypeTable = TypeTable { name: "node", ..TypeTable::EMPTY };

fn is_one_of(tensor: &Tensor, values: &[Value]) -> bool {
    values.iter().any(|value| value.as_tensor().is_some_and(|t| t.is(tensor)))
}

/// `_extend(cls, name)`: a class of that name that is nothing but an extension of another.
pub const EXTEND: Native = Native::new("_extend", "cls, name", |_, args| {
    let Value::Class(base) = &args[0] else { return Ok(args[0].clone()) };
    let name: Rc<str> = Rc::from(args.str(1)?);
    Ok(Value::new_class(Class {
        name: name.clone(),
        module: base.module.clone(),
        qualified: name,
        line: std::iter::once(base).chain(&base.line).cloned().collect(),
        bases: vec![args[0].clone()],
        native: base.native,
        meta: base.meta.clone(),
        slots: None,
        names: Default::default(),
    }))
});

/// `_record(ctx, cls, args, outputs, saved, constant, dirty)`: puts a call of the class on the tape. Returns the outputs
/// as the program is to see them, and the node as the context is to know it.
pub const RECORD: Native =
    Native::new("_record", "ctx, cls, args, outputs, saved, constant, dirty", |cx, args| {
        let items = |i: usize| sequence(&args[i]).unwrap_or_default();
        let (inputs, saved, constant, dirty) = (items(2), items(4), items(5), items(6));
        let several = matches!(&args[3], Value::Tuple(_));
        let returned = if several { items(3) } else { vec![args[3].clone()] };
        let tensors: Vec<Option<Tensor>> = inputs.iter().map(|v| v.as_tensor().cloned()).collect();
        let mut kept = Vec::new();
        for (i, value) in saved.iter().enumerate() {
            kept.push(match value {
                Value::None => None,
                Value::Tensor(t) => Some(t.clone()),
                other => {
                    return Err(type_error(format!(
                        "save_for_backward can only save variables, but argument {i} is of type {}",
                        other.type_name()
                    )));
                }
            });
        }
        let asks = cx.engine.grad_enabled() && tensors.iter().flatten().any(Tensor::requires_grad);
        if !asks {
            return Ok(Value::tuple(vec![args[3].clone(), Value::None]));
        }
        for tensor in dirty.iter().filter_map(Value::as_tensor) {
            if tensor.is_leaf() && tensor.requires_grad() {
                return Err(runtime_error(
                    "a leaf Variable that requires grad has been used in an in-place operation.",
                ));
            }
            if tensor.base().is_some() {
                return Err(crate::error::unsupported(
                    "mark_dirty() of a view is not supported here: change a clone",
                ));
            }
        }
        let (mut outputs, mut shown, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for value in &returned {
            let Value::Tensor(tensor) = value else {
                shown.push(value.clone());
                places.push(None);
                continue;
            };
            let counts = tensor.dtype().is_float() && !is_one_of(tensor, &constant);
            let changed = is_one_of(tensor, &dirty);
            // An input returned as it is, or a tensor from elsewhere, is shown by a tensor of its own.
            let foreign = !changed && (is_one_of(tensor, &inputs) || !tensor.is_leaf());
            let out = match (foreign, counts) {
                (false, _) => tensor.clone(),
                (true, false) => ops::detach(tensor),
                (true, true) => cx.engine.no_grad(|| ops::view(tensor, tensor.shape()))?,
            };
            if counts && !changed {
                out.set_view_origin(ViewOrigin::Function);
            }
            places.push(Some(outputs.len()));
            outputs.push((out.clone(), counts));
            shown.push(Value::Tensor(out));
        }
        let class = cx.getattr(&args[1], "__name__")?;
        let name = autograd::name(&format!("{}Backward", class.as_str().unwrap_or_default()));
        let applied = Applied { class: args[1].clone(), context: args[0].clone(), outputs: places };
        let any = outputs.iter().any(|(_, counts)| *counts);
        let node = match any {
            true => Node::function(name, Rc::new(applied), &tensors, &outputs, &kept),
            false => None,
        };
        let node = node.map_or(Value::None, |node| Value::new_object(OwnNode(Rc::downgrade(&node))));
        let shown = match (several, shown.first()) {
            (false, Some(only)) => only.clone(),
            _ => Value::tuple(shown),
        };
        Ok(Value::tuple(vec![shown, node]))
    });

/// `_saved_tensors(node)`: what the node kept.
pub const SAVED: Native = Native::new("_saved_tensors", "node", |cx, args| {
    let node = args[0].object::<OwnNode>().and_then(|own| own.0.upgrade());
    let kept = node.map(|node| node.saved_tensors(&cx.engine)).transpose()?.unwrap_or_default();
    Ok(Value::tuple(kept.into_iter().map(|t| t.map_or(Value::None, Value::Tensor)).collect()))
});

/// Calls `backward` of a node of the program's own, and checks what it returns.
pub fn backward(
    cx: &mut Context,
    node: &Rc<Node>,
    payload: &Rc<dyn Any>,
    arrived: Gradients,
) -> Result<Gradients> {
    let Some(applied) = payload.downcast_ref::<Applied>() else { return Ok(Vec::new()) };
    announce(cx, arrived.iter().flatten())?;
    let zeros = cx.getattr(&applied.context, "_zeros")?;
    let zeros = cx.truth(&zeros)?;
    let mut args = vec![applied.context.clone()];
    for place in &applied.outputs {
        let gradient = place.and_then(|i| arrived.get(i).cloned().flatten());
        let port = place.and_then(|i| node.outputs().get(i)).filter(|_| zeros);
        args.push(match (gradient, port) {
            (Some(gradient), _) => Value::Tensor(gradient),
            (None, None) => Value::None,
            (None, Some(port)) => {
                let traced = cx.engine.set_trace(Trace::Off);
                let (shape, dtype) = (&port.meta.shape, port.meta.dtype);
                let made = cx.engine.full("zeros", shape, Scalar::Int(0), dtype, port.device);
                cx.engine.set_trace(traced);
                Value::Tensor(made?)
            }
        });
    }
    let function = cx.getattr(&applied.class, "backward")?;
    let returned = cx.call(&function, args)?;
    let mut values = match &returned {
        Value::Tuple(tuple) => tuple.items.clone(),
        _ => vec![returned],
    };
    let (name, expected, got) = (node.name(), node.inputs().len(), values.len());
    if values.iter().skip(expected).all(Value::is_none) {
        values.truncate(expected);
    }
    if values.len() != expected {
        return Err(runtime_error(format!(
            "function {name} returned an incorrect number of gradients (expected {expected}, got {got})"
        )));
    }
    let checked = values.into_iter().zip(node.inputs()).enumerate().map(|(i, (value, input))| match value {
        Value::None => Ok(None),
        Value::Tensor(_) if input.is_none() => Err(runtime_error(format!(
            "function {name} returned a gradient different than None at position {}, but the corresponding forward input was \
             not a Variable",
            i + 1
        ))),
        Value::Tensor(gradient) => Ok(Some(gradient)),
        other => Err(runtime_error(format!("expected Variable or None (got {})", other.type_name()))),
    });
    checked.collect()
}
