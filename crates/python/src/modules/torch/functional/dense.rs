//! Products with weights, and rows of them.

use gradloom_engine::{Array, DType, ErrorKind, Scalar, Tensor, layout, ops};

use crate::context::Context;
use crate::error::{ASSERTION_ERROR, Exception, runtime_error, unsupported};
use crate::modules::torch::args::{named, tensor};
use crate::modules::torch::linear::linear;
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// `out[…, k] = Σ over i, j of a[…, i] · weight[k, i, j] · b[…, j] + bias[k]`: the parameters
/// `input1, input2, weight, bias=`.
fn bilinear(_cx: &mut Context, args: &Args) -> Result {
    let (a, b, weight) = (tensor(args, 0)?, tensor(args, 1)?, tensor(args, 2)?);
    let bias = args.some(3).map(|_| tensor(args, 3)).transpose()?;
    let ([lead @ .., i], [other @ .., j], &[outputs, rows, columns]) = (a.shape(), b.shape(), weight.shape())
    else {
        return Err(runtime_error(format!(
            "bilinear(): expected inputs with at least one dimension and a weight of three, but got {}, {} and {}",
            layout::show(a.shape()),
            layout::show(b.shape()),
            layout::show(weight.shape())
        )));
    };
    if lead.len() != other.len() {
        return Err(runtime_error(format!(
            "bilinear(): input dimensions do not match: got {} and {}",
            a.rank(),
            b.rank()
        )));
    }
    if let Some((dim, (x, y))) = lead.iter().zip(other).enumerate().find(|(_, (x, y))| x != y) {
        return Err(runtime_error(format!(
            "bilinear(): input batch dimensions do not match at dim {dim}: got {x} and {y}"
        )));
    }
    for (name, found, expected) in [("input1", *i, rows), ("input2", *j, columns)] {
        if found != expected {
            return Err(runtime_error(format!(
                "bilinear(): {name} size does not match weight size: got {found} but expected {expected}"
            )));
        }
    }
    if let Some(bias) = bias
        && bias.count() != outputs
    {
        return Err(runtime_error(format!(
            "bilinear(): bias size does not match weight size: got {} but expected {outputs}",
            bias.count()
        )));
    }
    let batch: usize = lead.iter().product();
    // a @ weight over i, then times b summed over j.
    let turned = ops::reshape(&ops::permute(weight, &[1, 0, 2])?, &[rows, outputs * columns])?;
    let left = ops::mm(&ops::reshape(a, &[batch, rows])?, &turned)?;
    let left = ops::reshape(&left, &[batch, outputs, columns])?;
    let right = ops::reshape(b, &[batch, 1, columns])?;
    let sums = ops::sum(&ops::mul(left, right)?, &[2], false)?;
    let out = named(ops::reshape(&sums, &[lead, &[outputs]].concat())?, "view");
    Ok(Value::Tensor(match bias {
        Some(bias) => ops::add(out, bias)?,
        None => out,
    }))
}

/// The rows of a matrix that integers name: the parameters
/// `input, weight, padding_idx=, max_norm=, norm_type=, scale_grad_by_freq=, sparse=`.
fn embedding(cx: &mut Context, args: &Args) -> Result {
    let (index, weight) = (tensor(args, 0)?, tensor(args, 1)?);
    let padding = args.some(2).map(|v| cx.index(v)).transpose()?;
    let most = args.some(3).map(|v| cx.float(v)).transpose()?;
    let norm = args.float_or(cx, 4, 2.0)?;
    if args.truth_or(cx, 5, false)? {
        return Err(unsupported("embedding(): scale_grad_by_freq is not supported"));
    }
    let &[rows, columns] = weight.shape() else { return Err(runtime_error("'weight' must be 2-D")) };
    if index.dtype() != DType::I64 {
        return Err(runtime_error(format!(
            "Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got \
             torch.{}Tensor instead (while checking arguments for embedding)",
            index.dtype().scalar_name()
        )));
    }
    let padding = match padding {
        None => None,
        Some(p) if (-(rows as i64)..rows as i64).contains(&p) => Some(p.rem_euclid(rows as i64)),
        Some(_) => {
            return Err(Exception::new(&ASSERTION_ERROR, "Padding_idx must be within num_embeddings").raise());
        }
    };
    let flat = ops::reshape(index, &[index.count()])?;
    let look_up = |weight: &Tensor| {
        ops::index_select(weight, 0, &flat).map_err(|mut error| {
            if error.kind == ErrorKind::Index {
                error.help =
                    format!("{}; the weight has {rows} rows, from 0 to {}", error.message, rows as i64 - 1);
                error.message = "index out of range in self".to_owned();
            }
            error
        })
    };
    if let Some(most) = most {
        cx.engine.clone().no_grad(|| shorten(weight, &flat, &look_up(weight)?, most, norm))?;
    }
    let mut out = look_up(weight)?;
    if let Some(padding) = padding {
        let silent = ops::reshape(&ops::eq(&flat, padding)?, &[flat.count(), 1])?;
        out = ops::where_(silent, ops::detach(&out), out)?;
    }
    let shape = [index.shape(), &[columns]].concat();
    Ok(Value::Tensor(named(ops::reshape(&out, &shape)?, "embedding")))
}

/// Shortens the rows that are named, in place, where their norm is over `most`.
fn shorten(weight: &Tensor, index: &Tensor, rows: &Tensor, most: f64, norm: f64) -> Result<()> {
    let lengths = if norm == f64::INFINITY {
        ops::amax(&ops::abs(rows)?, &[1], true)?
    } else {
        ops::pow(ops::sum(&ops::pow(ops::abs(rows)?, norm)?, &[1], true)?, 1.0 / norm)?
    };
    let over = ops::gt(&lengths, most)?;
    let factors = ops::where_(over, ops::div(most, ops::add(&lengths, 1e-7)?)?, 1.0)?;
    // A row that is named twice is written twice with the same values.
    let engine = weight.engine();
    let ones =
        engine.full("ones", &[index.count(), 1], Scalar::Float(1.0), weight.dtype(), weight.device())?;
    let zeros =
        engine.full("zeros", &[weight.shape()[0], 1], Scalar::Float(0.0), weight.dtype(), weight.device())?;
    let times = ops::index_add(&zeros, 0, index, &ones)?;
    let total = ops::index_add(&zeros, 0, index, &factors)?;
    let mean = ops::where_(ops::gt(&times, 0.0)?, ops::div(total, &times)?, 1.0)?;
    Ok(weight.copy_(ops::mul(weight, mean)?)?)
}

/// Parameters `tensor, num_classes=`.
fn one_hot(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let classes = args.int_or(cx, 1, -1)?;
    if x.dtype() != DType::I64 {
        return Err(runtime_error("one_hot is only applicable to index tensor of type LongTensor."));
    }
    let values = cx.host(x)?;
    let Array::I64(values) = &*values else { return Err(runtime_error("one_hot takes integers")) };
    let refuse = |what: &str| Err(runtime_error(format!("Class values must be {what}.")));
    let most = values.iter().max().copied();
    if values.iter().any(|&v| v < 0) {
        return refuse("non-negative");
    }
    let classes = match (classes, most) {
        (-1, Some(most)) => most.saturating_add(1),
        (-1, None) => return Err(runtime_error("Can not infer total number of classes from empty tensor.")),
        (classes, Some(most)) if most >= classes => return refuse("smaller than num_classes"),
        (classes, None) if classes <= 0 => {
            return Err(runtime_error("Can not infer total number of classes from empty tensor."));
        }
        (classes, _) => classes,
    };
    let count = usize::try_from(classes).unwrap_or(usize::MAX);
    cx.engine.check_budget(&[x.count().max(1), count], DType::I64)?;
    let numbers = cx.engine.tensor(Array::I64((0..classes).collect()), &[count], x.device())?;
    let hot = ops::eq(ops::unsqueeze(x, -1)?, numbers)?;
    Ok(Value::Tensor(ops::cast(&hot, DType::I64)?))
}

/// Functions.
pub const DENSE: &[Native] = &[
    Native::new(
        "embedding",
        "input, weight, padding_idx=, max_norm=, norm_type=, scale_grad_by_freq=, sparse=",
        embedding,
    ),
    Native::new("linear", "input, weight, bias=", linear),
    Native::new("one_hot", "tensor, num_classes=", one_hot),
];

/// Functions, of `torch` as well.
pub const PRODUCTS: &[Native] = &[Native::new("bilinear", "input1, input2, weight, bias=", bilinear)];
