//! Convolutions and pooling.

use super::{Combine, Defines, GROUP, fold, push, stage, temporary, wgsl_type, words};
use crate::ops::convolution::{Geometry, Role};
use crate::plan::{GpuPlan, Slot};
use crate::slide::{Slide, Window};
use crate::{DType, Result};

fn slide_words(slide: &Slide) -> impl Iterator<Item = usize> {
    [slide.stride, slide.padding, slide.dilation].into_iter().flatten()
}

/// The tensor that `role` names, of the other two, contiguous.
pub fn convolve(role: Role, g: &Geometry, dtype: DType) -> Result<GpuPlan> {
    let area = |plane: [usize; 2]| plane[0] * plane[1];
    let (shader, count) = match role {
        Role::Output => ("convolve", g.batch * g.groups * g.outputs * area(g.output)),
        Role::Image => ("convolve_image", g.batch * g.groups * g.inputs * area(g.image)),
        Role::Weight => ("convolve_weight", g.groups * g.outputs * g.inputs * area(g.kernel)),
    };
    let mut plan = GpuPlan::default();
    if count == 0 {
        return Ok(plan);
    }
    // A weight has few elements, each of them a long sum: it is parted among several invocations.
    let lines = g.batch * g.output[0];
    let splits = if role == Role::Weight { (8192 / count).min(lines).max(1) } else { 1 };
    let params = [count, splits, g.batch, g.groups, g.inputs, g.outputs];
    let planes = [g.image, g.kernel, g.output].into_iter().flatten();
    let params = words(params.into_iter().chain(planes).chain(slide_words(&g.slide)))?;
    let output = if splits == 1 { Slot::Out } else { temporary(&mut plan, count * splits) };
    let defines = vec![("ELEMENT", wgsl_type(dtype)?.to_owned())];
    let groups = (count * splits).div_ceil(GROUP);
    push(&mut plan, shader, defines, vec![Slot::Arg(0), Slot::Arg(1)], output, params, groups)?;
    if splits > 1 {
        let (kept, reduced) = stage(count, splits, false);
        fold(&mut plan, Combine::Sum, dtype, output, kept, reduced)?;
    }
    Ok(plan)
}

/// Where the largest elements under the window are, `count` of them; the input is contiguous.
pub fn max_pool_indices(window: &Window, image: [usize; 2], count: usize, dtype: DType) -> Result<GpuPlan> {
    let better = if dtype == DType::F32 { "is_nan(v) || gt_(v, best)" } else { "v > best" };
    let defines = vec![("ELEMENT", wgsl_type(dtype)?.to_owned()), ("BETTER", better.to_owned())];
    pool("max_pool_indices", defines, vec![Slot::Arg(0)], window, image, count)
}

/// The planes of zeros with the first argument added at the places that the second names; `count` elements in all.
pub fn max_pool_backward(window: &Window, image: [usize; 2], count: usize, dtype: DType) -> Result<GpuPlan> {
    let defines = vec![("ELEMENT", wgsl_type(dtype)?.to_owned())];
    pool("max_pool_backward", defines, vec![Slot::Arg(0), Slot::Arg(1)], window, image, count)
}

fn pool(
    shader: &'static str,
    defines: Defines,
    inputs: Vec<Slot>,
    window: &Window,
    image: [usize; 2],
    count: usize,
) -> Result<GpuPlan> {
    let mut plan = GpuPlan::default();
    if count > 0 {
        let planes = [[count, 0], image, window.kernel, window.size].into_iter().flatten();
        let params = words(planes.chain(slide_words(&window.slide)))?;
        push(&mut plan, shader, defines, inputs, Slot::Out, params, count.div_ceil(GROUP))?;
    }
    Ok(plan)
}
