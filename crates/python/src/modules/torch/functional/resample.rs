//! New sizes: each element along a dimension becomes a weighted sum of a few of the old ones.

use gradloom_engine::{Array, DType, Tensor, device::cpu, layout, ops};

use super::pool::averaged;
use super::window::count;
use crate::context::Context;
use crate::error::{runtime_error, unsupported, value_error};
use crate::modules::torch::args::{named, sequence, tensor, wrong};
use crate::native::{Args, Native, Result};
use crate::value::Value;

/// For each new element which old ones it is made of, and with which weights.
pub type Taps = Vec<Vec<(usize, f64)>>;

/// Bins of nearly equal size that cover `length` elements, some of them twice, and the mean of each.
pub fn bins(length: usize, count: usize) -> Taps {
    let bin = |i: usize| {
        let (start, end) = (i * length / count, ((i + 1) * length).div_ceil(count));
        (start..end).map(|at| (at, 1.0 / (end - start) as f64)).collect()
    };
    (0..count).map(bin).collect()
}

/// Refuses to make so many elements of so many before their weights take the memory.
pub fn afford(cx: &mut Context, length: usize, count: usize) -> Result<()> {
    cx.charge(length.max(count));
    Ok(cx.engine.check_budget(&[length.max(count), 16], DType::I64)?)
}

/// The new elements along dimension `dim`.
pub fn resample(cx: &mut Context, x: &Tensor, dim: usize, taps: &Taps) -> Result<Tensor> {
    let each = taps.iter().map(Vec::len).max().unwrap_or(1);
    let count = taps.len() * each;
    cx.engine.check_budget(&[count], DType::I64)?;
    let mut index = Vec::with_capacity(count);
    let mut weights = Vec::with_capacity(count);
    for taps in taps {
        // Those that need fewer take their last once more, for nothing.
        let last = taps.last().map_or(0, |tap| tap.0);
        for tap in 0..each {
            let (at, weight) = taps.get(tap).copied().unwrap_or((last, 0.0));
            index.push(at as i64);
            weights.push(weight);
        }
    }
    let index = cx.engine.tensor(Array::I64(index), &[count], x.device())?;
    let picked = ops::index_select(x, dim as i64, &index)?;
    if weights.iter().all(|&w| w == 1.0) && each == 1 {
        return Ok(picked);
    }
    let mut shape = x.shape().to_vec();
    shape[dim] = taps.len();
    shape.insert(dim + 1, each);
    let mut spread = vec![1; shape.len() - dim];
    spread[0] = taps.len();
    spread[1] = each;
    let weights = cpu::convert(&Array::F64(weights), x.dtype());
    let weights = cx.engine.tensor(weights, &spread, x.device())?;
    Ok(ops::sum(&ops::mul(ops::reshape(&picked, &shape)?, weights)?, &[dim as i64 + 1], false)?)
}

/// Parameter `i` as one size for all of `rank` dimensions, or one for each; `None` in it leaves a size as it is.
pub fn sizes(cx: &mut Context, args: &Args, i: usize, rank: usize) -> Result<Vec<Option<i64>>> {
    let value = &args[i];
    let given = match (value, sequence(value)) {
        (_, Some(items)) if items.len() == rank => items,
        (Value::Int(_), _) => vec![value.clone(); rank],
        (_, Some(items)) => {
            return Err(runtime_error(format!(
                "{}: {} must be {rank}, but got {} of them",
                args.native.name,
                args.name(i),
                items.len()
            )));
        }
        (Value::None, _) => vec![Value::None; rank],
        (other, _) => return Err(wrong(args, i, "tuple of ints", other)),
    };
    given.iter().map(|v| if v.is_none() { Ok(None) } else { cx.index(v).map(Some) }).collect()
}

/// How the elements between the old ones are found.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Nearest,
    NearestExact,
    Linear,
    Cubic,
    Area,
}

/// The modes by their names, with how many dimensions they take (0: any) and the names of their nodes, for any on a
/// plane.
const MODES: &[(&str, Mode, usize, &str)] = &[
    ("nearest", Mode::Nearest, 0, "UpsampleNearest2DBackward0"),
    ("nearest-exact", Mode::NearestExact, 0, "UpsampleNearestExact2DBackward0"),
    ("linear", Mode::Linear, 1, "UpsampleLinear1DBackward0"),
    ("bilinear", Mode::Linear, 2, "UpsampleBilinear2DBackward0"),
    ("trilinear", Mode::Linear, 3, "UpsampleTrilinear3DBackward0"),
    ("bicubic", Mode::Cubic, 2, "UpsampleBicubic2DBackward0"),
    ("area", Mode::Area, 0, "AdaptiveAvgPool2DBackward0"),
];

/// From `length` elements to `size`; `scale` is how far the old ones are apart where the program named it.
fn taps(mode: Mode, length: usize, size: usize, scale: Option<f64>, aligned: bool) -> Taps {
    if mode == Mode::Area {
        return bins(length, size);
    }
    let last = length.saturating_sub(1);
    let step = match scale {
        _ if aligned && size <= 1 => 0.0,
        _ if aligned => last as f64 / (size - 1) as f64,
        Some(scale) => 1.0 / scale,
        None => length as f64 / size as f64,
    };
    let tap = |i: usize| {
        let centered = if aligned { step * i as f64 } else { step * (i as f64 + 0.5) - 0.5 };
        match mode {
            // PyTorch finds the nearest in single precision.
            Mode::Nearest => vec![(((i as f32 * step as f32) as usize).min(last), 1.0)],
            Mode::NearestExact => vec![((((i as f32 + 0.5) * step as f32) as usize).min(last), 1.0)],
            Mode::Cubic => {
                let (floor, t) = (centered.floor(), centered - centered.floor());
                let at = |k: f64| (floor + k).clamp(0.0, last as f64) as usize;
                // Keys' kernel with a = -0.75.
                let near = |t: f64| (1.25 * t - 2.25) * t * t + 1.0;
                let far = |t: f64| ((-0.75 * t + 3.75) * t - 6.0) * t + 3.0;
                vec![
                    (at(-1.0), far(t + 1.0)),
                    (at(0.0), near(t)),
                    (at(1.0), near(1.0 - t)),
                    (at(2.0), far(2.0 - t)),
                ]
            }
            Mode::Linear | Mode::Area => {
                let source = centered.max(0.0);
                let low = (source as usize).min(last);
                let t = (source - low as f64).clamp(0.0, 1.0);
                vec![(low, 1.0 - t), ((low + 1).min(last), t)]
            }
        }
    };
    (0..size).map(tap).collect()
}

/// Parameters `input, size=, scale_factor=, mode=, align_corners=, recompute_scale_factor=, antialias=`.
fn interpolate(cx: &mut Context, args: &Args) -> Result {
    let x = tensor(args, 0)?;
    let name = if args.get(3).is_some() { args.str(3)? } else { "nearest" };
    let rank = x.rank().saturating_sub(2);
    let Some(&(_, mode, needs, node)) =
        MODES.iter().find(|(held, ..)| *held == name).filter(|_| (1..=3).contains(&rank))
    else {
        return Err(unsupported(format!(
            "Input Error: Only 3D, 4D and 5D input Tensors supported (got {}D) for the modes: nearest | linear | bilinear | \
             bicubic | trilinear | lanczos | area | nearest-exact (got {name})",
            x.rank()
        )));
    };
    let aligned = args.some(4).map(|v| cx.truth(v)).transpose()?;
    if aligned.is_some() && !matches!(mode, Mode::Linear | Mode::Cubic) {
        return Err(value_error(
            "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear",
        ));
    }
    if needs != 0 && needs != rank {
        return Err(unsupported(format!(
            "Got {}D input, but {name} mode needs {}D input",
            x.rank(),
            needs + 2
        )));
    }
    if args.truth_or(cx, 6, false)? {
        return Err(unsupported("interpolate(): antialias is not supported"));
    }
    let image = &x.shape()[2..];
    let mut scales = vec![None; rank];
    let wanted: Vec<i64> = match (args.some(1), args.some(2)) {
        (None, None) => return Err(value_error("either size or scale_factor should be defined")),
        (Some(_), Some(_)) => return Err(value_error("only one of size or scale_factor should be defined")),
        (Some(size), None) => {
            let given = sequence(size).map_or(rank, |items| items.len());
            if given != rank {
                return Err(mismatch(cx, image, ["output", "output size of", "(o1, o2, ...,oK)"], size)?);
            }
            let sizes = sizes(cx, args, 1, rank)?;
            sizes.iter().zip(image).map(|(size, &own)| size.unwrap_or(own as i64)).collect()
        }
        (None, Some(factor)) => {
            let factors = match sequence(factor) {
                Some(items) if items.len() == rank => items,
                Some(_) => {
                    return Err(mismatch(
                        cx,
                        image,
                        ["scale_factor", "scale_factor of shape", "(s1, s2, ...,sK)"],
                        factor,
                    )?);
                }
                None => vec![factor.clone(); rank],
            };
            let factors = factors.iter().map(|v| cx.float(v)).collect::<Result<Vec<_>>>()?;
            if !args.truth_or(cx, 5, false)? {
                scales = factors.iter().copied().map(Some).collect();
            }
            factors.iter().zip(image).map(|(factor, &own)| (own as f64 * factor).floor() as i64).collect()
        }
    };
    let wanted: Vec<usize> = wanted.iter().map(|&n| count(n)).collect();
    if wanted.contains(&0) || image.contains(&0) {
        return Err(runtime_error(format!(
            "Input and output sizes should be greater than 0, but got input {} output {}",
            layout::show(image),
            layout::show(&wanted)
        )));
    }
    if mode == Mode::Area {
        return Ok(Value::Tensor(named(averaged(cx, x, &wanted)?, node)));
    }
    let mut out = x.clone();
    for (d, (&size, &own)) in wanted.iter().zip(image).enumerate() {
        afford(cx, own, size)?;
        let taps = taps(mode, own, size, scales.get(d).copied().flatten(), aligned.unwrap_or(false));
        out = resample(cx, &out, 2 + d, &taps)?;
    }
    Ok(Value::Tensor(named(out, node)))
}

/// Sizes or factors that are not as many as the image has dimensions; what they are called, in three ways.
fn mismatch(cx: &mut Context, image: &[usize], names: [&str; 3], given: &Value) -> Result<crate::Interrupt> {
    let (given, [what, of, form]) = (cx.repr(given)?, names);
    let name = of.trim_end_matches(" of").trim_end_matches(" of shape");
    Ok(value_error(format!(
        "Input and {what} must have the same number of spatial dimensions, but got input with spatial dimensions of {} and {of} \
         {given}. Please provide input tensor in (N, C, d1, d2, ...,dK) format and {name} in {form} format.",
        layout::show(image)
    )))
}

/// Functions.
pub const RESAMPLE: &[Native] = &[
    Native::new(
        "interpolate",
        "input, size=, scale_factor=, mode=, align_corners=, recompute_scale_factor=, antialias=",
        interpolate,
    ),
    Native::new("upsample", "input, size=, scale_factor=, mode=, align_corners=", interpolate),
];
