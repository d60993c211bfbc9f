//! Pooling: the largest or the mean under a window that moves, and means over a given number of bins.

use gradloom_engine::slide::{Window, plane};
use gradloom_engine::{DType, Tensor, layout, ops};

use super::resample::{afford, bins, resample, sizes};
use super::window::{any_pair, bounded, counts, pair, signed, slide};
use crate::context::Context;
use crate::error::{runtime_error, unsupported};
use crate::modules::torch::args::{named, tensor};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// Refuses a number of integers that is not that of the dimensions.
pub fn misfit(function: &str, name: &str, rank: usize, given: &[i64]) -> String {
    match (rank, name) {
        (1, _) => format!("{function}() argument '{name}' should contain one int (got {})", given.len()),
        (_, "stride") => {
            format!("{function}: stride must either be omitted, a single int, or a tuple of two ints")
        }
        _ => format!("{function}: {name} must either be a single int, or a tuple of two ints"),
    }
}

/// Refuses numbers that no window has.
fn check_window(args: &Args, kernel: [i64; 2], [stride, padding, dilation]: [[i64; 2]; 3]) -> Result<()> {
    // The largest on a line is found by a function of its own in PyTorch, with words of its own.
    let line = args.native.name == "max_pool1d";
    for (name, given) in [("kernel_size", kernel), ("stride", stride), ("dilation", dilation)] {
        let Some(wrong) = given.into_iter().find(|&n| n <= 0) else { continue };
        return Err(runtime_error(match name {
            _ if line => format!("max_pool1d() {name} must be greater than zero, but got {wrong}"),
            "kernel_size" if !stride.contains(&0) => {
                format!("kernel size should be greater than zero, but got kH: {} kW: {}", given[0], given[1])
            }
            "dilation" => format!(
                "dilation should be greater than zero, but got dilationH: {} dilationW: {}",
                given[0], given[1]
            ),
            _ => "stride should not be zero".to_owned(),
        }));
    }
    for d in 0..2 {
        let (pad, kernel, dilation) = (padding[d], kernel[d], dilation[d]);
        if pad < 0 {
            return Err(runtime_error(format!("pad must be non-negative, but got pad: {pad}")));
        }
        let Some(reach) = (kernel - 1).checked_mul(dilation).and_then(|n| n.checked_add(1)) else {
            return Err(runtime_error(format!(
                "effective kernel size overflows, but got kernel_size={kernel} and dilation={dilation}"
            )));
        };
        if pad > reach / 2 {
            return Err(runtime_error(format!(
                "pad should be at most half of effective kernel size, but got pad={pad}, kernel_size={kernel} and \
                 dilation={dilation}"
            )));
        }
    }
    Ok(())
}

/// The window of numbers given, checked, over the planes of `x`.
fn window(
    args: &Args,
    x: &Tensor,
    rank: usize,
    kernel: [i64; 2],
    [stride, padding, dilation]: [[i64; 2]; 3],
    ceil: bool,
) -> Result<Window> {
    check_window(args, kernel, [stride, padding, dilation])?;
    let (image, kernel) = (plane(x.shape(), rank).1, counts(kernel));
    let slide = slide(stride, padding, dilation);
    let mut size = slide.places(image, kernel);
    if ceil {
        // One more place where something is left over, unless it would start behind the image.
        let (own, reach) = (signed(image), signed(slide.reach(kernel)));
        size = counts([0, 1].map(|d| {
            let room = own[d] + 2 * padding[d] - reach[d];
            let places = (room + stride[d] - 1).div_euclid(stride[d]) + 1;
            places - i64::from((places - 1).saturating_mul(stride[d]) >= own[d] + padding[d])
        }));
    }
    if size.contains(&0) {
        let channels = x.rank().checked_sub(rank + 1).and_then(|d| x.shape().get(d)).copied().unwrap_or(1);
        let show = |plane: [usize; 2]| format!("({channels}x{}x{})", plane[0], plane[1]);
        return Err(runtime_error(format!(
            "Given input size: {}. Calculated output size: {}. Output size is too small",
            show(image),
            show(size)
        )));
    }
    Ok(Window { rank, kernel, slide, size })
}

/// Parameters `input, kernel_size, stride=, padding=, dilation=, ceil_mode=`; values and places.
fn largest(cx: &mut Context, args: &Args, rank: usize) -> Result<(Tensor, Tensor)> {
    let x = tensor(args, 0)?;
    // The largest on a line is refused by the number of its places, whatever the sizes.
    let line = args.native.name == "max_pool1d";
    let pair = if line { any_pair } else { pair };
    let kernel = pair(cx, args, 1, rank, 1, misfit)?.unwrap_or([0; 2]);
    let stride = pair(cx, args, 2, rank, 1, misfit)?.unwrap_or(kernel);
    let padding = pair(cx, args, 3, rank, 0, misfit)?.unwrap_or([0; 2]);
    let dilation = pair(cx, args, 4, rank, 1, misfit)?.unwrap_or([1; 2]);
    let ceil = args.truth_or(cx, 5, false)?;
    let full = x.shape().get(x.rank().saturating_sub(rank + 1)..).unwrap_or_default();
    let fits = x.rank() == rank + 1 || x.rank() == rank + 2;
    if rank == 2 && !fits {
        return Err(runtime_error("non-empty 3D or 4D (batch mode) tensor expected for input"));
    }
    if rank == 2 {
        check_window(args, kernel, [stride, padding, dilation])?;
    }
    if !fits || full.contains(&0) {
        return Err(runtime_error(format!(
            "{}Expected {}D or {}D (batch mode) tensor with optional 0 dim batch size for input, but got:{}",
            if rank == 1 { "max_pool1d: " } else { "" },
            rank + 1,
            rank + 2,
            layout::show(x.shape())
        )));
    }
    if line {
        check_window(args, kernel, [stride, padding, dilation])?;
        let [_, own] = signed(plane(x.shape(), rank).1);
        let room = own
            .saturating_add(padding[1].saturating_mul(2))
            .saturating_sub((kernel[1] - 1) * dilation[1] + 1);
        let room = if ceil { room.saturating_add(stride[1] - 1) } else { room };
        let places = room.div_euclid(stride[1]) + 1;
        if places < 1 {
            return Err(runtime_error(format!("max_pool1d() Invalid computed output size: {places}")));
        }
        // What has places is no larger than other windows.
        for (i, numbers) in [kernel, stride, padding, dilation].iter().enumerate() {
            bounded(args, i + 1, numbers)?;
        }
    }
    let window = window(args, x, rank, kernel, [stride, padding, dilation], ceil)?;
    let (values, places) = ops::max_pool(x, window)?;
    let name = if rank == 1 { "SqueezeBackward1" } else { "MaxPool2DWithIndicesBackward0" };
    Ok((named(values, name), places))
}

/// The same with `return_indices=` behind.
fn max_pool(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let both = args.truth_or(cx, 6, false)?;
    let (values, places) = largest(cx, args, rank)?;
    let values = Value::Tensor(values);
    Ok(if both { Value::tuple(vec![values, Value::Tensor(places)]) } else { values })
}

fn max_pool_with_indices(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let (values, places) = largest(cx, args, rank)?;
    Ok(Value::tuple(vec![Value::Tensor(values), Value::Tensor(places)]))
}

/// Parameters `input, kernel_size, stride=, padding=, ceil_mode=, count_include_pad=, divisor_override=`.
fn avg_pool(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let x = tensor(args, 0)?;
    let kernel = pair(cx, args, 1, rank, 1, misfit)?.unwrap_or([0; 2]);
    let stride = pair(cx, args, 2, rank, 1, misfit)?.unwrap_or(kernel);
    let padding = pair(cx, args, 3, rank, 0, misfit)?.unwrap_or([0; 2]);
    let ceil = args.truth_or(cx, 4, false)?;
    let with_padding = args.truth_or(cx, 5, true)?;
    let divisor = args.some(6).map(|v| cx.index(v)).transpose()?;
    check_rank(args, x, rank)?;
    if divisor == Some(0) {
        return Err(runtime_error("divisor must be not zero"));
    }
    let window = window(args, x, rank, kernel, [stride, padding, [1; 2]], ceil)?;
    let as_type = x.dtype();
    let x = &if as_type.is_float() { x.clone() } else { ops::cast(x, DType::F32)? };
    let out = ops::avg_pool(x, window, with_padding, divisor.map(|n| n as f64))?;
    // Means of integers are cut off.
    let out = ops::cast(&out, as_type)?;
    Ok(Value::Tensor(named(out, if rank == 1 { "SqueezeBackward1" } else { "AvgPool2DBackward0" })))
}

fn check_rank(args: &Args, x: &Tensor, rank: usize) -> Result<()> {
    let name = args.native.name;
    if x.rank() != rank + 1 && x.rank() != rank + 2 {
        return Err(runtime_error(format!(
            "{name}(): Expected {}D or {}D tensor, but got {}",
            rank + 1,
            rank + 2,
            layout::show(x.shape())
        )));
    }
    let whole = x.dtype() == DType::I64 && name.starts_with("avg_pool");
    if !x.dtype().is_float() && !whole {
        return Err(unsupported(format!("\"{name}\" not implemented for '{}'", x.dtype().scalar_name())));
    }
    Ok(())
}

/// Parameters `input, output_size`.
fn adaptive_avg_pool(cx: &mut Context, args: &Args, rank: usize) -> Result {
    let x = tensor(args, 0)?;
    check_rank(args, x, rank)?;
    let own = plane(x.shape(), rank).1;
    let given = sizes(cx, args, 1, rank)?;
    let mut wanted = signed(own);
    for (size, given) in wanted.iter_mut().rev().zip(given.iter().rev()) {
        *size = given.unwrap_or(*size);
    }
    if wanted.iter().any(|&n| n < 0) {
        return Err(runtime_error(format!(
            "{}: elements of output_size must be greater than or equal to 0 but received {{{}, {}}}",
            args.native.name, wanted[0], wanted[1]
        )));
    }
    if let Some(empty) = (x.rank() - rank..x.rank()).find(|&d| x.shape()[d] == 0) {
        return Err(runtime_error(format!(
            "{}(): Expected input to have non-zero size for non-batch dimensions, but input has sizes {} with dimension {empty} \
             being empty",
            args.native.name,
            layout::show(x.shape())
        )));
    }
    if rank == 2 && wanted == [1, 1] {
        return Ok(Value::Tensor(named(ops::mean(x, &[-2, -1], true)?, "MeanBackward1")));
    }
    let out = averaged(cx, x, counts(wanted).get(2 - rank..).unwrap_or_default())?;
    let name = if rank == 1 { "SqueezeBackward1" } else { "AdaptiveAvgPool2DBackward0" };
    Ok(Value::Tensor(named(out, name)))
}

/// The means over bins of the last dimensions, so many in each.
pub fn averaged(cx: &mut Context, x: &Tensor, sizes: &[usize]) -> Result<Tensor> {
    let mut out = x.clone();
    for (at, &size) in sizes.iter().enumerate() {
        let dim = x.rank() - sizes.len() + at;
        if size != x.shape()[dim] {
            afford(cx, x.shape()[dim], size)?;
            out = resample(cx, &out, dim, &bins(x.shape()[dim], size))?;
        }
    }
    Ok(if out.is(x) { ops::clone(x)? } else { out })
}

const MAX: &str = "input, kernel_size, stride=, padding=, dilation=, ceil_mode=, return_indices=";

/// Functions, of `torch` as well.
pub const POOL: &[Native] = &[
    Native::new("adaptive_avg_pool1d", "input, output_size", |cx, args| adaptive_avg_pool(cx, args, 1)),
    Native::new(
        "avg_pool1d",
        "input, kernel_size, stride=, padding=, ceil_mode=, count_include_pad=",
        |cx, args| avg_pool(cx, args, 1),
    ),
    Native::new("max_pool1d", MAX, |cx, args| max_pool(cx, args, 1)),
    Native::new("max_pool2d", MAX, |cx, args| max_pool(cx, args, 2)),
];

/// Functions of `torch.nn.functional` alone.
pub const PLANES: &[Native] = &[
    Native::new("adaptive_avg_pool2d", "input, output_size", |cx, args| adaptive_avg_pool(cx, args, 2)),
    Native::new(
        "avg_pool2d",
        "input, kernel_size, stride=, padding=, ceil_mode=, count_include_pad=, divisor_override=",
        |cx, args| avg_pool(cx, args, 2),
    ),
    Native::new("max_pool1d_with_indices", MAX, |cx, args| max_pool_with_indices(cx, args, 1)),
    Native::new("max_pool2d_with_indices", MAX, |cx, args| max_pool_with_indices(cx, args, 2)),
];
