//! Reductions: rows are folded in stages until one number is left of each.

use super::{Defines, GROUP, Walk, push, temporary, tensor, wgsl_type, words};
use crate::plan::{GpuArg, GpuPlan, Slot};
use crate::{DType, Error, Layout, Result};

/// What a reduction does with its elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    /// Sum; of nothing 0. Integers and booleans give `int64`.
    Sum,
    /// Sum of squares.
    SumSquares,
    /// Product; of nothing 1. Integers and booleans give `int64`.
    Prod,
    /// Largest; NaN travels.
    Max,
    /// Smallest; NaN travels.
    Min,
    /// Row-major index, among the reduced dimensions, of the first largest; NaN counts as the largest.
    ArgMax,
    /// The same of the smallest; NaN counts as the smallest.
    ArgMin,
    /// Whether all are true, `bool`; of nothing true.
    All,
    /// Whether any is true, `bool`; of nothing false.
    Any,
}

/// Reduces the dimensions `dims` of the first argument. The result lacks them.
pub fn reduce(combine: Combine, input: &GpuArg, dims: &[usize]) -> Result<GpuPlan> {
    let (dtype, layout) = tensor(input)?;
    let part = |reduced: bool| {
        let chosen = || (0..layout.rank()).filter(move |dim| dims.contains(dim) == reduced);
        let shape = chosen().map(|dim| layout.shape[dim]).collect();
        Layout { shape, strides: chosen().map(|dim| layout.strides[dim]).collect(), offset: layout.offset }
    };
    let (kept, reduced) = (part(false), part(true));
    let mut plan = GpuPlan::default();
    if kept.count() == 0 {
        return Ok(plan);
    }
    if matches!(combine, Combine::ArgMax | Combine::ArgMin) {
        argument(&mut plan, combine, dtype, &kept, &reduced)?;
    } else {
        fold(&mut plan, combine, dtype, Slot::Arg(0), kept, reduced)?;
    }
    Ok(plan)
}

/// How many elements an invocation takes: all of a short row or where there are many rows, else about the square root,
/// so that two dispatches do.
fn chunks(outputs: usize, length: usize) -> usize {
    if length <= 128 || (outputs >= 16_384 && length <= 4096) {
        return 1;
    }
    length.div_ceil(length.isqrt().clamp(32, 512))
}

/// Whether neighboring invocations take neighboring chunks of a row rather than neighboring rows.
fn along_row(kept: &Layout, reduced: &Layout) -> bool {
    let inner = |layout: &Layout| layout.strides.last().copied().unwrap_or(usize::MAX);
    inner(reduced) <= inner(kept)
}

/// The words that a row's place is found with, from `at` on, and the defines that do it.
fn rows(kept: &Layout, reduced: &Layout, at: usize, along: bool) -> Result<(Vec<u32>, Defines)> {
    let outer = Walk::new(&[kept], at);
    let inner = Walk::new(&[reduced], at + outer.words.len());
    let (row, chunk) = if along { ("i / chunks", "i % chunks") } else { ("i % outputs", "i / outputs") };
    let defines = vec![
        ("ROW_WALK", outer.coordinates("row")),
        ("ROW_PLACE", outer.place(0)),
        ("WALK", inner.coordinates("index")),
        ("PLACE", inner.place(0)),
        ("ROW", row.to_owned()),
        ("CHUNK", chunk.to_owned()),
    ];
    Ok((words(outer.words.into_iter().chain(inner.words))?, defines))
}

/// What an earlier stage left: as many rows as before, shorter.
pub(super) fn stage(outputs: usize, chunks: usize, along: bool) -> (Layout, Layout) {
    let (row, step) = if along { (chunks, 1) } else { (1, outputs) };
    (
        Layout { shape: vec![outputs], strides: vec![row], offset: 0 },
        Layout { shape: vec![chunks], strides: vec![step], offset: 0 },
    )
}

pub(super) fn fold(
    plan: &mut GpuPlan,
    combine: Combine,
    dtype: DType,
    mut input: Slot,
    mut kept: Layout,
    mut reduced: Layout,
) -> Result<()> {
    let outputs = kept.count();
    let mut element = wgsl_type(dtype)?;
    let summed = if dtype == DType::F32 { "f32" } else { "i32" };
    let result = match combine {
        Combine::Sum | Combine::SumSquares | Combine::Prod => summed,
        Combine::All | Combine::Any => "u32",
        _ => element,
    };
    let mut load = match combine {
        Combine::Sum | Combine::Prod => format!("{summed}(x)"),
        Combine::SumSquares => format!("{summed}(x) * {summed}(x)"),
        Combine::All | Combine::Any if element == "f32" => "u32(truth_(x))".to_owned(),
        Combine::All | Combine::Any => "u32(x != 0)".to_owned(),
        _ => "x".to_owned(),
    };
    let float = result == "f32";
    let (join, identity) = match combine {
        Combine::Sum | Combine::SumSquares => ("a + b", "0"),
        Combine::Prod => ("a * b", "1"),
        Combine::Max if float => ("max_(a, b)", "-inf()"),
        Combine::Max if result == "i32" => ("max(a, b)", "bitcast<i32>(0x80000000u)"),
        Combine::Max | Combine::Any => ("max(a, b)", "0"),
        Combine::Min if float => ("min_(a, b)", "inf()"),
        Combine::Min if result == "i32" => ("min(a, b)", "0x7fffffff"),
        _ => ("min(a, b)", "1"),
    };
    loop {
        let length = reduced.count();
        let along = along_row(&kept, &reduced);
        let (shader, chunks, invocations) = if length > 128 && (along || outputs < GROUP) {
            ("reduce_group", length.div_ceil(32 * GROUP), GROUP)
        } else {
            ("reduce", chunks(outputs, length), 1)
        };
        let (places, mut defines) = rows(&kept, &reduced, 4, along)?;
        defines.extend([
            ("ELEMENT", element.to_owned()),
            ("RESULT", result.to_owned()),
            ("LOAD", std::mem::replace(&mut load, "x".to_owned())),
            ("COMBINE", join.to_owned()),
            ("IDENTITY", identity.to_owned()),
        ]);
        let mut params = words([outputs, chunks, length, kept.offset])?;
        params.extend(places);
        let output = if chunks == 1 { Slot::Out } else { temporary(plan, outputs * chunks) };
        let groups = (outputs * chunks * invocations).div_ceil(GROUP);
        push(plan, shader, defines, vec![input], output, params, groups)?;
        if chunks == 1 {
            return Ok(());
        }
        (kept, reduced) = stage(outputs, chunks, along);
        input = output;
        element = result;
    }
}

fn argument(
    plan: &mut GpuPlan,
    combine: Combine,
    dtype: DType,
    kept: &Layout,
    reduced: &Layout,
) -> Result<()> {
    let element = wgsl_type(dtype)?;
    let (outputs, mut length) = (kept.count(), reduced.count());
    if length == 0 {
        return Err(Error::index("argmax(): Expected reduction dim to be specified for input.numel() == 0."));
    }
    let ahead = match (combine, element) {
        (Combine::ArgMax, "f32") => "(is_nan(x) && !is_nan(y)) || gt_(x, y)",
        (_, "f32") => "(is_nan(x) && !is_nan(y)) || lt_(x, y)",
        (Combine::ArgMax, _) => "x > y",
        _ => "x < y",
    };
    let mut earlier: Option<(Slot, [usize; 2])> = None;
    loop {
        let chunks = chunks(outputs, length);
        let along = along_row(kept, reduced);
        let (places, mut defines) = rows(kept, reduced, 6, along)?;
        let last = if earlier.is_some() { 2 } else { 1 };
        let (binding, candidate) = match earlier {
            None => ("", "place"),
            Some(_) => (
                "@group(0) @binding(1) var<storage, read> candidates: array<u32>;",
                "candidates[row * params[1].x + place * params[1].y]",
            ),
        };
        defines.extend([
            ("ELEMENT", element.to_owned()),
            ("AHEAD", ahead.to_owned()),
            ("CANDIDATES", binding.to_owned()),
            ("CANDIDATE", candidate.to_owned()),
            ("OUTPUT", last.to_string()),
            ("PARAMS", (last + 1).to_string()),
        ]);
        let [row, step] = earlier.map_or([0, 0], |(_, strides)| strides);
        let mut params = words([outputs, chunks, length, kept.offset, row, step])?;
        params.extend(places);
        let inputs = [Some(Slot::Arg(0)), earlier.map(|(slot, _)| slot)].into_iter().flatten().collect();
        let output = if chunks == 1 { Slot::Out } else { temporary(plan, outputs * chunks) };
        push(plan, "reduce_arg", defines, inputs, output, params, (outputs * chunks).div_ceil(GROUP))?;
        if chunks == 1 {
            return Ok(());
        }
        let strides = if along { [chunks, 1] } else { [1, outputs] };
        earlier = Some((output, strides));
        length = chunks;
    }
}
