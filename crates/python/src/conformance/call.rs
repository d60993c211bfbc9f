//! How a call is made.

use gradloom_engine::{DType, Tensor};

use super::Case;
use crate::modules::torch::TENSOR;
use crate::value::Value;

/// What makes the call: its arguments are put in the place of the first two.
pub fn program(case: &Case) -> String {
    let (place, name) = case.op.rsplit_once('.').unwrap_or(("builtins", &case.op));
    let call = match place {
        // `torch.Tensor.T` is an attribute.
        "torch.Tensor" if case.args.len() == 1 && TENSOR.method(name).is_none() => {
            format!("_ = getattr(args[0], {name:?})\nresult = _(**keywords) if callable(_) else _")
        }
        _ => format!("result = {}(*args, **keywords)", case.op),
    };
    let module = place.strip_suffix(".Tensor").unwrap_or(place);
    format!("import {module}\n{call}\n")
}

/// PyTorch's test database has `where(input, condition, other)`, `embedding(weight, input)`, `einsum(operands, equation)`.
pub fn ordered(op: &str, mut args: Vec<Value>) -> Vec<Value> {
    let dtype = |v: Option<&Value>| v.and_then(Value::as_tensor).map(Tensor::dtype);
    let (first, second) = (dtype(args.first()), dtype(args.get(1)));
    let only_second = |wanted| first != Some(wanted) && second == Some(wanted);
    let turned = match op {
        // Three truth values are in the database's order, too.
        "torch.where" => {
            only_second(DType::Bool)
                || (args.len() == 3 && args.iter().all(|v| dtype(Some(v)) == Some(DType::Bool)))
        }
        "torch.nn.functional.embedding" => only_second(DType::I64),
        "torch.einsum" => matches!(args.get(1), Some(Value::Str(_))),
        _ => false,
    };
    if turned {
        args.swap(0, 1);
    }
    args
}
