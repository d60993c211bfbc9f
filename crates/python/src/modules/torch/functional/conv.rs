//! Convolutions.

use gradloom_engine::slide::{Slide, plane};
use gradloom_engine::{Tensor, layout, ops};

use super::window::{by, counts, pair, signed, slide};
use crate::context::Context;
use crate::error::runtime_error;
use crate::modules::torch::args::{named, numeric, tensor};
use crate::native::{Args, Native, Result};
use crate::value::Value;

fn misfit(_function: &str, name: &str, rank: usize, given: &[i64]) -> String {
    format!(
        "expected {name} to be a single integer value or a list of {rank} values to match the convolution dimensions, but got \
         {name}={given:?}"
    )
}

/// The operands of a convolution over `rank` dimensions, with a batch.
struct Operands<'a> {
    x: Tensor,
    weight: &'a Tensor,
    bias: Option<&'a Tensor>,
    rank: usize,
    batched: bool,
}

/// Parameters `input, weight, bias=`.
fn operands<'a>(args: &Args<'a>, rank: usize) -> Result<Operands<'a>> {
    let (x, weight) = (tensor(args, 0)?, tensor(args, 1)?);
    let bias = args.some(2).map(|_| tensor(args, 2)).transpose()?;
    if x.rank() != rank + 1 && x.rank() != rank + 2 {
        return Err(runtime_error(format!(
            "Expected {}D (unbatched) or {}D (batched) input to {}, but got input of size: {}",
            rank + 1,
            rank + 2,
            args.native.name,
            layout::show(x.shape())
        )));
    }
    if weight.rank() != rank + 2 {
        return Err(runtime_error(match weight.rank() {
            0..3 => "weight should have at least three dimensions".to_owned(),
            wanted => format!(
                "Expected {wanted}-dimensional input for {wanted}-dimensional weight{}, but got {}-dimensional input of size {} \
                 instead",
                layout::show(weight.shape()),
                x.rank(),
                layout::show(x.shape())
            ),
        }));
    }
    let batched = x.rank() == rank + 2;
    let x = if batched { x.clone() } else { ops::unsqueeze(x, 0)? };
    Ok(Operands { x, weight, bias, rank, batched })
}

/// Steps that move forward; `groups` as well.
fn check(stride: [i64; 2], padding: [i64; 2], dilation: [i64; 2], groups: i64) -> Result<usize> {
    if stride.iter().any(|&n| n <= 0) {
        return Err(runtime_error("non-positive stride is not supported"));
    }
    if padding.iter().any(|&n| n < 0) {
        return Err(runtime_error("negative padding is not supported"));
    }
    if dilation.iter().any(|&n| n <= 0) {
        return Err(runtime_error("dilation should be greater than zero"));
    }
    usize::try_from(groups)
        .ok()
        .filter(|&n| n > 0)
        .ok_or_else(|| runtime_error("non-positive groups is not supported"))
}

/// Refuses a bias that does not give one number to each of `channels`.
fn check_bias(o: &Operands, transposed: bool, channels: usize) -> Result<()> {
    let Some(bias) = o.bias else { return Ok(()) };
    if bias.shape() != [channels] {
        return Err(runtime_error(format!(
            "Given {}weight of size {}, expected bias to be 1-dimensional with {channels} elements, but got bias of size {} \
             instead",
            if transposed { "transposed=1, " } else { "" },
            layout::show(o.weight.shape()),
            layout::show(bias.shape())
        )));
    }
    if bias.dtype() != o.x.dtype() {
        return Err(runtime_error(format!(
            "Input type ({}) and bias type ({}) should be the same",
            numeric(o.x.dtype()),
            numeric(bias.dtype())
        )));
    }
    Ok(())
}

/// Adds the bias and takes the batch away again, if there was none.
fn finish(o: &Operands, mut out: Tensor) -> Result {
    if let Some(bias) = o.bias {
        let mut shape = vec![1; o.rank + 1];
        shape[0] = bias.count();
        out = named(ops::add(out, ops::view(bias, &shape)?)?, "convolution");
    }
    if !o.batched {
        out = named(ops::squeeze(&out, Some(&[0]))?, "SqueezeBackward1");
    }
    Ok(Value::Tensor(out))
}

/// Parameters `input, weight, bias=, stride=, padding=, dilation=, groups=`.
fn conv(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let o = operands(args, rank)?;
    let stride = pair(cx, args, 3, rank, 1, misfit)?.unwrap_or([1; 2]);
    let dilation = pair(cx, args, 5, rank, 1, misfit)?.unwrap_or([1; 2]);
    let groups = args.int_or(cx, 6, 1)?;
    let (same, padding) = match args.some(4) {
        Some(Value::Str(text)) if &**text == "same" => (true, None),
        Some(Value::Str(text)) if &**text == "valid" => (false, None),
        Some(Value::Str(text)) => return Err(runtime_error(format!("Invalid padding string: '{text}'"))),
        _ => (false, pair(cx, args, 4, rank, 0, misfit)?),
    };
    let padding = padding.unwrap_or([0; 2]);
    let groups = check(stride, padding, dilation, groups)?;
    let (image, kernel) = (plane(o.x.shape(), rank).1, plane(o.weight.shape(), rank).1);
    let mut slide = slide(stride, padding, dilation);
    let mut size = slide.places(image, kernel);
    if same {
        if stride != [1; 2] {
            return Err(runtime_error("padding='same' is not supported for strided convolutions"));
        }
        // What does not part evenly goes to the far side.
        slide.padding = slide.reach(kernel).map(|reach| (reach - 1) / 2);
        size = image;
    }
    check_bias(&o, false, o.weight.shape()[0])?;
    let out = ops::convolution(&o.x, o.weight, slide, groups, size)?;
    if size.contains(&0) {
        let padded = [0, 1].map(|d| image[d] as i64 + 2 * padding[d]);
        return Err(runtime_error(format!(
            "Calculated padded input size per channel: ({}). Kernel size: ({}). Kernel size can't be greater than actual input \
             size",
            by(padded, rank),
            by(signed(slide.reach(kernel)), rank)
        )));
    }
    finish(&o, out)
}

/// Parameters `input, weight, bias=, stride=, padding=, output_padding=, groups=, dilation=`.
fn conv_transpose(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let o = operands(args, rank)?;
    let stride = pair(cx, args, 3, rank, 1, misfit)?.unwrap_or([1; 2]);
    let padding = pair(cx, args, 4, rank, 0, misfit)?.unwrap_or([0; 2]);
    let more = pair(cx, args, 5, rank, 0, misfit)?.unwrap_or([0; 2]);
    let groups = args.int_or(cx, 6, 1)?;
    let dilation = pair(cx, args, 7, rank, 1, misfit)?.unwrap_or([1; 2]);
    let groups = check(stride, padding, dilation, groups)?;
    if more.iter().any(|&n| n < 0) {
        return Err(runtime_error("negative output_padding is not supported"));
    }
    check_bias(&o, true, o.weight.shape()[1].saturating_mul(groups))?;
    if (0..2).any(|d| more[d] >= stride[d] && more[d] >= dilation[d]) {
        let each = |name: &str, n: [i64; 2]| format!("{name}_height: {} {name}_width: {}", n[0], n[1]);
        return Err(runtime_error(format!(
            "output padding must be smaller than either stride or dilation, but got {} {} {}",
            each("output_padding", more),
            each("stride", stride),
            each("dilation", dilation)
        )));
    }
    let (from, kernel) = (signed(plane(o.x.shape(), rank).1), signed(plane(o.weight.shape(), rank).1));
    let size = [0, 1].map(|d| {
        let places = from[d].saturating_sub(1).saturating_mul(stride[d]);
        let reach = kernel[d].saturating_sub(1).saturating_mul(dilation[d]).saturating_add(1);
        let padding = padding[d].saturating_mul(2);
        places.saturating_add(reach).saturating_add(more[d]).saturating_sub(padding)
    });
    if size.iter().any(|&n| n < 1) {
        return Err(runtime_error(format!(
            "Given input size per channel: ({}). Calculated output size per channel: ({}). Output size is too small",
            by(from, rank),
            by(size, rank)
        )));
    }
    let slide: Slide = slide(stride, padding, dilation);
    finish(&o, named(ops::conv_transpose(&o.x, o.weight, slide, groups, counts(size))?, "convolution"))
}

const PARAMS: &str = "input, weight, bias=, stride=, padding=, dilation=, groups=";
const TRANSPOSE_PARAMS: &str = "input, weight, bias=, stride=, padding=, output_padding=, groups=, dilation=";

/// Functions, of `torch` as well.
pub const CONV: &[Native] = &[
    Native::new("conv1d", PARAMS, |cx, args| conv(cx, args, 1)),
    Native::new("conv2d", PARAMS, |cx, args| conv(cx, args, 2)),
    Native::new("conv_transpose1d", TRANSPOSE_PARAMS, |cx, args| conv_transpose(cx, args, 1)),
    Native::new("conv_transpose2d", TRANSPOSE_PARAMS, |cx, args| conv_transpose(cx, args, 2)),
];
