//! Order along a dimension: sorting, and the largest so far.

use super::{Defines, GROUP, push, temporary, tensor, wgsl_type, words};
use crate::plan::{GpuArg, GpuPlan, Slot};
use crate::{DType, Layout, Result};

/// Whether `a` comes before `b` in this order, NaN being the largest.
fn before(dtype: DType, descending: bool, a: &str, b: &str) -> String {
    match (dtype, descending) {
        (DType::F32 | DType::F64, false) => format!("(lt_({a}, {b}) || (is_nan({b}) && !is_nan({a})))"),
        (DType::F32 | DType::F64, true) => format!("(lt_({b}, {a}) || (is_nan({a}) && !is_nan({b})))"),
        (_, false) => format!("({a} < {b})"),
        (_, true) => format!("({b} < {a})"),
    }
}

/// The size of a dimension and the number of elements between neighbors along it, row-major.
fn along(layout: &Layout, dim: usize) -> (usize, usize) {
    let size = layout.shape.get(dim).copied().unwrap_or(1);
    (size, layout.shape.iter().skip(dim + 1).product())
}

/// Where the elements of a contiguous input would stand in order along `dim`, equal ones in the order they have.
pub fn argsort(input: &GpuArg, dim: usize, descending: bool) -> Result<GpuPlan> {
    let (dtype, layout) = tensor(input)?;
    let (size, inner) = along(layout, dim);
    let count = layout.count();
    let mut plan = GpuPlan::default();
    if count == 0 {
        return Ok(plan);
    }
    let mut held: Option<Slot> = None;
    let mut width = 1;
    loop {
        let last = width * 2 >= size;
        // Two temporaries take turns.
        let output = match held {
            _ if last => Slot::Out,
            Some(Slot::Temp(0)) if plan.temporaries.len() == 1 => temporary(&mut plan, count),
            Some(Slot::Temp(0)) => Slot::Temp(1),
            Some(_) => Slot::Temp(0),
            None => temporary(&mut plan, count),
        };
        let (order, own, other, binding) = match held {
            None => ("", "along", "middle", 1),
            Some(_) => (
                "@group(0) @binding(1) var<storage, read> order: array<u32>;",
                "order[i]",
                "order[base + middle * inner]",
                2,
            ),
        };
        let defines: Defines = vec![
            ("ELEMENT", wgsl_type(dtype)?.to_owned()),
            ("ORDER", order.to_owned()),
            ("OWN", own.to_owned()),
            ("OTHER", other.to_owned()),
            ("OUTPUT", binding.to_string()),
            ("PARAMS", (binding + 1).to_string()),
            ("BEFORE", before(dtype, descending, "x", "y")),
            ("AFTER", before(dtype, descending, "y", "x")),
        ];
        let inputs = std::iter::once(Slot::Arg(0)).chain(held).collect();
        let params = words([count, size, inner, width])?;
        push(&mut plan, "merge", defines, inputs, output, params, count.div_ceil(GROUP))?;
        if last {
            return Ok(plan);
        }
        held = Some(output);
        width *= 2;
    }
}

/// Where, for each element of a contiguous input, the largest (or smallest) one up to it along `dim` is.
pub fn extreme_so_far(input: &GpuArg, dim: usize, largest: bool) -> Result<GpuPlan> {
    let (dtype, layout) = tensor(input)?;
    let (size, inner) = along(layout, dim);
    let mut plan = GpuPlan::default();
    if layout.count() == 0 {
        return Ok(plan);
    }
    let rows = layout.count() / size;
    let element = wgsl_type(dtype)?;
    let keeps = match (element, largest) {
        ("f32", true) => "!is_nan(x) && (is_nan(y) || lt_(x, y))",
        ("f32", false) => "!is_nan(x) && (is_nan(y) || lt_(y, x))",
        (_, true) => "x < y",
        (_, false) => "y < x",
    };
    let defines = vec![("ELEMENT", element.to_owned()), ("KEEPS", keeps.to_owned())];
    let params = words([rows, size, inner])?;
    push(&mut plan, "extreme_so_far", defines, vec![Slot::Arg(0)], Slot::Out, params, rows.div_ceil(GROUP))?;
    Ok(plan)
}
