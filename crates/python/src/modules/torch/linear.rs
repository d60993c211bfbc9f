//! Products of vectors and matrices.

use gradloom_engine::{Arg, Scalar, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{runtime_error, type_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::args::{dims, named, scalar, sequence, tensor};

/// `x @ y`, with the node's name as PyTorch chooses it by the shapes.
pub fn matmul(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    if x.rank() == 2 && y.rank() == 1 && x.shape().last() != y.shape().first() {
        return Err(mismatch(x, y));
    }
    let out = ops::matmul(x, y)?;
    Ok(match (x.rank(), y.rank()) {
        (2, 2) => out,
        (1, 1) => named(out, "dot"),
        (2, 1) => named(out, "mv"),
        (1, 2) => named(out, "SqueezeBackward4"),
        _ => named(out, "UnsafeViewBackward0"),
    })
}

fn mismatch(x: &Tensor, y: &Tensor) -> crate::Interrupt {
    runtime_error(format!(
        "size mismatch, got input ({}), mat ({}x{}), vec ({})",
        x.shape().first().unwrap_or(&0),
        x.shape().first().unwrap_or(&0),
        x.shape().last().unwrap_or(&0),
        y.count()
    ))
}

fn mm(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    for (name, t) in [("self", x), ("mat2", y)] {
        if t.rank() != 2 {
            return Err(runtime_error(format!("mm: {name} must be a matrix, got {}-D tensor", t.rank())));
        }
    }
    Ok(Value::Tensor(ops::mm(x, y)?))
}

fn bmm(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 3 || y.rank() != 3 {
        return Err(runtime_error("batch1 must be a 3D tensor"));
    }
    let (xs, ys) = (x.shape(), y.shape());
    if xs[0] != ys[0] || xs[2] != ys[1] {
        return Err(runtime_error(format!(
            "Expected size for first two dimensions of batch2 tensor to be: [{}, {}] but got: [{}, {}].",
            xs[0], xs[2], ys[0], ys[1]
        )));
    }
    Ok(Value::Tensor(named(ops::mm(x, y)?, "bmm")))
}

fn mv(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 2 || y.rank() != 1 {
        return Err(runtime_error(format!(
            "vector + matrix @ vector expected, got {}, {}, {}",
            1,
            x.rank(),
            y.rank()
        )));
    }
    Ok(Value::Tensor(matmul(x, y)?))
}

fn dot(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() != 1 || y.rank() != 1 {
        return Err(runtime_error(format!(
            "1D tensors expected, but got {}D and {}D tensors",
            x.rank(),
            y.rank()
        )));
    }
    Ok(Value::Tensor(matmul(x, y)?))
}

fn outer(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    for (name, t) in [("self", x), ("vec2", y)] {
        if t.rank() != 1 {
            return Err(runtime_error(format!(
                "outer: Expected 1-D argument {name}, but got {}-D",
                t.rank()
            )));
        }
    }
    Ok(Value::Tensor(ops::mul(ops::unsqueeze(x, 1)?, y)?))
}

/// `beta · input + alpha · a @ b`: the parameters `input, a, b, *, beta=, alpha=`, of these ranks.
fn add_product(cx: &mut Context, args: &Args, name: &'static str, ranks: [usize; 2]) -> Result {
    let (bias, x, y) = (tensor(args, 0)?, tensor(args, 1)?, tensor(args, 2)?);
    for (i, rank) in ranks.into_iter().enumerate() {
        let found = tensor(args, i + 1)?.rank();
        if found != rank {
            return Err(runtime_error(format!(
                "{name}: argument '{}' must have {rank} dimensions, got {found}-D tensor",
                args.name(i + 1)
            )));
        }
    }
    // Integers are multiplied by integers.
    let fitted = |s: Scalar| if bias.dtype().is_float() { s } else { Scalar::Int(s.to_f64() as i64) };
    let mut factor = |i: usize| args.some(i).map(|v| scalar(cx, v).map(fitted)).transpose();
    let (beta, alpha) = (factor(3)?, factor(4)?);
    let mut product = matmul(x, y)?;
    if name == "addbmm" {
        product = ops::sum(&product, &[0], false)?;
    }
    let shape = layout::broadcast_shapes([bias.shape(), product.shape()])?;
    if shape != product.shape() {
        return Err(runtime_error(format!(
            "The expanded size of the tensor ({}) must match the existing size ({})",
            layout::show(product.shape()),
            layout::show(bias.shape())
        )));
    }
    if let Some(alpha) = alpha {
        product = ops::mul(product, Arg::Scalar(alpha))?;
    }
    let bias = match beta {
        // Not even NaN or an infinity travels from there.
        Some(beta) if beta.to_f64() == 0.0 => {
            let finite = ops::lt(ops::abs(bias)?, f64::INFINITY)?;
            ops::where_(finite, ops::mul(bias, Arg::Scalar(beta))?, Arg::Scalar(ops::zero(bias.dtype())))?
        }
        Some(beta) => ops::mul(bias, Arg::Scalar(beta))?,
        None => bias.clone(),
    };
    Ok(Value::Tensor(named(ops::add(bias, product)?, name)))
}

/// `addmm`
pub fn addmm(cx: &mut Context, args: &Args) -> Result {
    add_product(cx, args, "addmm", [2, 2])
}

/// `addmv`
pub fn addmv(cx: &mut Context, args: &Args) -> Result {
    add_product(cx, args, "addmv", [2, 1])
}

/// `baddbmm`
pub fn baddbmm(cx: &mut Context, args: &Args) -> Result {
    add_product(cx, args, "baddbmm", [3, 3])
}

/// The sum of products over the last dimension of both.
fn inner(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    if x.rank() == 0 || y.rank() == 0 {
        return Ok(Value::Tensor(ops::mul(x, y)?));
    }
    if x.shape().last() != y.shape().last() {
        return Err(runtime_error(format!(
            "inner() the last dimension must match on both input tensors but got shapes {} and {}",
            layout::show(x.shape()),
            layout::show(y.shape())
        )));
    }
    match (x.rank(), y.rank()) {
        (1, 1) => Ok(Value::Tensor(matmul(x, y)?)),
        _ => Ok(Value::Tensor(ops::tensordot(x, y, &[-1], &[-1])?)),
    }
}

/// The letter that stands for a number in a list of places.
fn letter(place: i64) -> Result<char> {
    let place = u8::try_from(place).ok().filter(|&p| p < 52);
    let refusal = "einsum(): subscripts in lists must be within the range [0, 52)";
    place
        .map(|p| char::from(if p < 26 { b'A' + p } else { b'a' + p - 26 }))
        .ok_or_else(|| runtime_error(refusal))
}

fn einsum(cx: &mut Context, args: &Args) -> Result {
    // Tensors and lists of numbers in turns, those of the result at the end, instead of letters.
    if args[0].as_tensor().is_some() {
        let parts = [std::slice::from_ref(&args[0]), args.rest(1)].concat();
        let mut terms = Vec::new();
        let mut operands = Vec::new();
        for pair in parts.chunks(2) {
            let (places, operand) = match pair {
                [operand, places] => (places, Some(operand.clone())),
                [places] => (places, None),
                _ => continue,
            };
            let mut term = if operand.is_none() { "->".to_owned() } else { String::new() };
            for place in sequence(places).unwrap_or_default() {
                match place {
                    Value::Ellipsis => term.push_str("..."),
                    other => term.push(letter(cx.index(&other)?)?),
                }
            }
            terms.push(term);
            operands.extend(operand);
        }
        let equation = Value::from(terms.join(",").replace(",->", "->"));
        let values = [equation, Value::tuple(operands)];
        return einsum(cx, &Args { native: args.native, values: &values });
    }
    let given = args.rest(1);
    let listed = match given {
        [one] => sequence(one),
        _ => None,
    };
    let operands = listed.as_deref().unwrap_or(given).iter().map(|v| {
        v.as_tensor().cloned().ok_or_else(|| {
            type_error(format!("einsum(): argument 'operands' must be tensors, not {}", v.type_name()))
        })
    });
    let operands = operands.collect::<Result<Vec<_>>>()?;
    cx.charge(operands.len());
    Ok(Value::Tensor(ops::einsum(args.str(0)?, &operands)?))
}

/// `dims` is how many last dimensions of the one meet as many first ones of the other, or two lists of dimensions.
fn tensordot(cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    let lists = args.some(2).and_then(sequence);
    let (left, right) = match lists.as_deref() {
        Some([left, right]) => (dims(cx, Some(left))?, dims(cx, Some(right))?),
        Some(_) => {
            return Err(runtime_error("tensordot expects dims to be int or tuple[list[int], list[int]]"));
        }
        None => {
            let count = args.int_or(cx, 2, 2)?;
            let most = x.rank().min(y.rank()) as i64;
            if !(0..=most).contains(&count) {
                return Err(runtime_error(format!(
                    "tensordot expects dims >= 0 and not more than both tensors have, but got dims={count}"
                )));
            }
            ((x.rank() as i64 - count..x.rank() as i64).collect(), (0..count).collect())
        }
    };
    Ok(Value::Tensor(ops::tensordot(x, y, &left, &right)?))
}

/// Every element of the one times all of the other, block by block.
fn kron(_cx: &mut Context, args: &Args) -> Result {
    let (x, y) = (tensor(args, 0)?, tensor(args, 1)?);
    let rank = x.rank().max(y.rank());
    let size = |t: &gradloom_engine::Tensor, dim: usize| {
        (dim + t.rank()).checked_sub(rank).and_then(|d| t.shape().get(d).copied()).unwrap_or(1)
    };
    let shape = |pair: &dyn Fn(usize) -> [usize; 2]| (0..rank).flat_map(pair).collect::<Vec<_>>();
    let left = ops::reshape(x, &shape(&|dim| [size(x, dim), 1]))?;
    let right = ops::reshape(y, &shape(&|dim| [1, size(y, dim)]))?;
    let joined: Vec<usize> = (0..rank).map(|dim| size(x, dim).saturating_mul(size(y, dim))).collect();
    Ok(Value::Tensor(ops::reshape(&ops::mul(left, right)?, &joined)?))
}

/// `input @ weightᵀ + bias`: the parameters `input, weight, bias=`.
pub fn linear(_cx: &mut Context, args: &Args) -> Result {
    let (x, weight) = (tensor(args, 0)?, tensor(args, 1)?);
    let bias = args.some(2).map(|_| tensor(args, 2)).transpose()?;
    let (Some(&features), Some(&expected)) = (x.shape().last(), weight.shape().last()) else {
        return Err(runtime_error("both arguments to linear need to be at least 1D"));
    };
    if features != expected && weight.rank() == 2 {
        let rows = x.count().checked_div(features).unwrap_or(0);
        let name = if bias.is_some() { "addmm: " } else { "mm: " };
        return Err(runtime_error(format!(
            "{name}mat1 and mat2 shapes cannot be multiplied ({rows}x{features} and {expected}x{})",
            weight.shape()[0]
        )));
    }
    if weight.rank() > 2 || weight.rank() == 0 {
        return Err(runtime_error(format!(
            "linear: weight must be a matrix, got {}",
            layout::show(weight.shape())
        )));
    }
    let turned = if weight.rank() == 2 { ops::t(weight)? } else { weight.clone() };
    let product = matmul(x, &turned)?;
    Ok(Value::Tensor(match bias {
        None => product,
        Some(bias) => named(ops::add(product, bias)?, if x.rank() == 2 { "addmm" } else { "add" }),
    }))
}

/// Functions that are methods as well.
pub const LINEAR: &[Native] = &[
    Native::new("addbmm", "input, batch1, batch2, *, beta=, alpha=", |cx, args| {
        add_product(cx, args, "addbmm", [3, 3])
    }),
    Native::new("addmm", "input, mat1, mat2, *, beta=, alpha=", addmm),
    Native::new("addmv", "input, mat, vec, *, beta=, alpha=", addmv),
    Native::new("baddbmm", "input, batch1, batch2, *, beta=, alpha=", baddbmm),
    Native::new("bmm", "input, mat2", bmm),
    Native::new("dot", "input, tensor", dot),
    Native::new("ger", "input, vec2", outer),
    Native::new("inner", "input, other", inner),
    Native::new("kron", "input, other", kron),
    Native::new("matmul", "input, other", |_, args| {
        Ok(Value::Tensor(matmul(tensor(args, 0)?, tensor(args, 1)?)?))
    }),
    Native::new("mm", "input, mat2", mm),
    Native::new("mv", "input, vec", mv),
    Native::new("outer", "input, vec2", outer),
    Native::new("vdot", "input, other", dot),
];

/// Functions only.
pub const LINEAR_FUNCTIONS: &[Native] = &[
    Native::new("einsum", "equation, *operands", einsum),
    Native::new("tensordot", "a, b, dims=", tensordot),
];
