//! Elements moved or joined along a dimension.

use super::{GROUP, Walk, push, tensor, wgsl_type, words};
use crate::plan::{GpuArg, GpuPlan, Slot};
use crate::{Error, Layout, Result};

/// Each argument copied to its place in the result, strides on both sides: `torch.cat`. Together the places are all of
/// the result.
pub fn copies(parts: &[GpuArg], places: &[Layout]) -> Result<GpuPlan> {
    let mut plan = GpuPlan::default();
    for (i, (part, place)) in parts.iter().zip(places).enumerate() {
        let (dtype, from) = tensor(part)?;
        wgsl_type(dtype)?;
        let count = from.count();
        if count == 0 {
            continue;
        }
        let walk = Walk::new(&[from, place], 3);
        let defines = vec![("WALK", walk.coordinates("i")), ("FROM", walk.place(0)), ("TO", walk.place(1))];
        let mut params = words([count, from.offset, place.offset])?;
        params.extend(words(walk.words)?);
        push(&mut plan, "copy", defines, vec![Slot::Arg(i)], Slot::Out, params, count.div_ceil(GROUP))?;
    }
    Ok(plan)
}

/// `out[j] = x[j] + y[j] · out[j - 1]` along a dimension of contiguous arguments, or without `y` the running sum; from the
/// last element if `reverse`. An invocation takes a row.
pub fn scan(args: &[GpuArg], shape: &[usize], dim: usize, reverse: bool) -> Result<GpuPlan> {
    let Some(&length) = shape.get(dim) else { return Err(Error::type_("scan takes a tensor")) };
    let inner: usize = shape[dim + 1..].iter().product();
    let count: usize = shape.iter().product();
    let mut plan = GpuPlan::default();
    if count == 0 {
        return Ok(plan);
    }
    let mut types = Vec::new();
    for arg in args {
        types.push(wgsl_type(tensor(arg)?.0)?);
    }
    let element = types.first().copied().unwrap_or("f32");
    let number = if element == "u32" { "i32" } else { element };
    let (weights, factor) = match types.get(1) {
        None => (String::new(), String::new()),
        Some(of) => (
            format!("@group(0) @binding(1) var<storage, read> weights: array<{of}>;"),
            format!("{number}(weights[place]) * "),
        ),
    };
    let defines = vec![
        ("ELEMENT", element.to_owned()),
        ("NUMBER", number.to_owned()),
        ("WEIGHTS", weights),
        ("FACTOR", factor),
        ("OUTPUT", args.len().to_string()),
        ("PARAMS", (args.len() + 1).to_string()),
    ];
    let rows = count / length;
    let params = words([rows, length, inner, usize::from(reverse)])?;
    let inputs = (0..args.len()).map(Slot::Arg).collect();
    push(&mut plan, "scan", defines, inputs, Slot::Out, params, rows.div_ceil(GROUP))?;
    Ok(plan)
}
