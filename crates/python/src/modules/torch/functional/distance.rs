//! Distances and norms of vectors.

use gradloom_engine::ops;

use crate::context::Context;
use crate::modules::torch::args::{dims, tensor};
use crate::native::{Args, Native, Result};
use crate::value::Value;

fn cosine_similarity(cx: &mut Context, args: &Args) -> Result {
    let (dim, eps) = (args.int_or(cx, 2, 1)?, args.float_or(cx, 3, 1e-8)?);
    Ok(Value::Tensor(ops::cosine_similarity(tensor(args, 0)?, tensor(args, 1)?, dim, eps)?))
}

fn pairwise_distance(cx: &mut Context, args: &Args) -> Result {
    let (p, eps) = (args.float_or(cx, 2, 2.0)?, args.float_or(cx, 3, 1e-6)?);
    let keepdim = args.truth_or(cx, 4, false)?;
    Ok(Value::Tensor(ops::pairwise_distance(tensor(args, 0)?, tensor(args, 1)?, p, eps, keepdim)?))
}

fn normalize(cx: &mut Context, args: &Args) -> Result {
    let (p, eps) = (args.float_or(cx, 1, 2.0)?, args.float_or(cx, 3, 1e-12)?);
    let dims = match args.some(2) {
        None => vec![1],
        dim => dims(cx, dim)?,
    };
    Ok(Value::Tensor(ops::normalize(tensor(args, 0)?, p, &dims, eps)?))
}

/// Functions of `torch` and of `torch.nn.functional`.
pub const DISTANCE: &[Native] = &[
    Native::new("cosine_similarity", "x1, x2, dim=, eps=", cosine_similarity),
    Native::new("pairwise_distance", "x1, x2, p=, eps=, keepdim=", pairwise_distance),
];

/// Functions of `torch.nn.functional` alone.
pub const NORMALIZE: &[Native] = &[Native::new("normalize", "input, p=, dim=, eps=", normalize)];
