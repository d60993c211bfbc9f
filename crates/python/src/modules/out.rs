//! Where results go: `out=` and `where=`.

use crate::call::CallArgs;
use crate::context::Context;
use crate::error::{runtime_error, value_error};
use crate::native::{Native, Result};
use crate::value::Value;

use super::{numpy, torch};

/// Whether it is a function of tensors or arrays, which takes `out=`.
fn takes_out(native: &'static Native) -> bool {
    [torch::TORCH.functions, numpy::NUMPY.functions]
        .iter()
        .any(|table| table.as_ptr_range().contains(&&raw const *native))
}

/// Functions that take no `out=` of another dtype than that of their result.
const EXACT: &[&str] = &[
    "addmm", "amax", "amin", "argmax", "argmin", "bmm", "gather", "matmul", "mm", "mv", "scatter", "softmax",
    "tril", "triu",
];

/// Puts the result of a function into what was given as `out=`.
pub(crate) fn put_out(cx: &mut Context, native: &'static Native, out: Value, result: Value) -> Result {
    if let (Value::Tuple(outs), false) = (&out, result.tensor().is_some()) {
        for (i, out) in outs.items.iter().enumerate() {
            let part = cx.getitem(&result, &Value::from(i))?;
            put_out(cx, native, out.clone(), part)?;
        }
        return Ok(out);
    }
    let (Some(into), false) = (out.tensor(), out.is_none()) else { return Ok(result) };
    let from = match result.tensor() {
        Some(from) => from.clone(),
        None => numpy::to_tensor(cx, &result)?,
    };
    let (wanted, given) = (from.dtype(), into.dtype());
    if wanted != given && result.tensor().is_some() && EXACT.contains(&native.name) {
        return Err(runtime_error(match native.name {
            "amax" | "amin" => format!(
                "Expected the dtype for input and out to match, but got {} for input's dtype and {} for out's dtype.",
                wanted.scalar_name(),
                given.scalar_name()
            ),
            _ => {
                let (wanted, given) = (torch::numeric(wanted), torch::numeric(given));
                format!("Expected out tensor to have dtype {wanted}, but got {given} instead")
            }
        }));
    }
    if from.shape() != into.shape() && numpy::arity(native).is_some() {
        numpy::check_shapes(from.shape(), into.shape())?;
        return Err(value_error(format!(
            "non-broadcastable output operand with shape {} doesn't match the broadcast shape {}",
            numpy::tuple_text(into.shape()),
            numpy::tuple_text(from.shape())
        )));
    }
    if from.shape() != into.shape() {
        return Err(value_error(format!(
            "out= has the shape {}, the result {}: give an `out` of the result's shape",
            gradloom_engine::layout::show(into.shape()),
            gradloom_engine::layout::show(from.shape())
        )));
    }
    let into = into.clone();
    cx.engine.no_grad(|| into.copy_(&from))?;
    Ok(out)
}

/// Where a call says that its result goes, and what is left of it without that.
pub(crate) struct Target {
    pub inputs: usize,
    pub names: Vec<Value>,
    pub named: Vec<Value>,
    pub out: Value,
    pub mask: Option<Value>,
}

/// `out=`, and of NumPy's functions element by element what comes after their inputs, and `where=`.
pub(crate) fn target(native: &'static Native, args: &CallArgs) -> Option<Target> {
    let arity = numpy::arity(native);
    let inputs = arity.unwrap_or(usize::MAX);
    let word = |word| args.names.iter().position(|n| n.as_str() == Some(word));
    let (out, mask) = (word("out"), word("where").filter(|_| arity.is_some()));
    let beyond = args.positional.get(inputs);
    if (out.is_none() && mask.is_none() && beyond.is_none()) || !takes_out(native) {
        return None;
    }
    let kept = |values: &[Value]| {
        let places = values.iter().enumerate().filter(|(i, _)| Some(*i) != out && Some(*i) != mask);
        places.map(|(_, value)| value.clone()).collect()
    };
    let named = |at: Option<usize>| at.and_then(|i| args.named.get(i)).cloned();
    Some(Target {
        inputs,
        names: kept(args.names),
        named: kept(args.named),
        out: named(out).or(beyond.cloned()).unwrap_or(Value::None),
        mask: named(mask),
    })
}
