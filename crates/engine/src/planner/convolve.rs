//! Convolutions and pooling.

use super::product::{Factor, product, strided};
use super::{Defines, GROUP, push, temporary, wgsl_type, words};
use crate::ops::convolution::{Geometry, Role};
use crate::plan::{GpuPlan, Slot};
use crate::slide::{Slide, Window};
use crate::{DType, Layout, Result};

fn slide_words(slide: &Slide) -> impl Iterator<Item = usize> {
    [slide.stride, slide.padding, slide.dilation].into_iter().flatten()
}

/// The tensor that `role` names, of the other two, contiguous.
///
/// It is a product of matrices: with zeros around (and for the transposed convolution between) the elements of the one
/// plane, the elements that meet a weight lie at even strides, so that no window is copied.
pub fn convolve(role: Role, g: &Geometry, dtype: DType) -> Result<GpuPlan> {
    let Geometry { slide, batch, groups, inputs, outputs, image, kernel, output } = *g;
    let ([s0, s1], [d0, d1]) = (slide.stride, slide.dilation);
    let area = |plane: [usize; 2]| plane[0] * plane[1];
    let mut plan = GpuPlan::default();
    let (count, from) = match role {
        Role::Output => (batch * groups * outputs * area(output), image),
        Role::Image => (batch * groups * inputs * area(image), output),
        Role::Weight => (groups * outputs * inputs * area(kernel), image),
    };
    if count == 0 {
        return Ok(plan);
    }
    // What the second factor needs on each side of the plane, by direction.
    let reach = [0, 1].map(|i| slide.dilation[i] * kernel[i].saturating_sub(1));
    let spread = match role {
        Role::Output | Role::Weight => [0, 1].map(|i| Spread {
            start: slide.padding[i],
            step: 1,
            size: slide.stride[i] * output[i].saturating_sub(1) + reach[i] + 1,
        }),
        Role::Image => [0, 1].map(|i| {
            let start = reach[i].saturating_sub(slide.padding[i]);
            let last = (slide.stride[i] * output[i].saturating_sub(1)).max(image[i] + slide.padding[i] - 1);
            Spread { start, step: slide.stride[i], size: start + last + 1 }
        }),
    };
    let channels = groups * if role == Role::Image { outputs } else { inputs };
    let (slot, [height, width]) = spread_planes(&mut plan, batch * channels, from, spread)?;
    let (plane, cells) = (height * width, area(kernel));
    let weight = inputs * cells;
    // Batch, rows or columns, and inner dimensions: of the second argument, and of the plane.
    let window = || strided([(inputs, plane), (kernel[0], d0 * width), (kernel[1], d1)]);
    let by_group = || strided([(batch, 0), (groups, outputs * weight)]);
    let cell = |outer: usize, size: usize| strided([(outer, size), (kernel[0], kernel[1]), (kernel[1], 1)]);
    let (first, second, offset) = match role {
        Role::Output => (
            [by_group(), strided([(outputs, weight)]), cell(inputs, cells)],
            [
                strided([(batch, channels * plane), (groups, inputs * plane)]),
                strided([(output[0], s0 * width), (output[1], s1)]),
                window(),
            ],
            0,
        ),
        Role::Image => (
            [by_group(), strided([(inputs, cells)]), cell(outputs, weight)],
            [
                strided([(batch, channels * plane), (groups, outputs * plane)]),
                strided([(image[0], width), (image[1], 1)]),
                strided([(outputs, plane), (kernel[0], back(d0 * width)), (kernel[1], back(d1))]),
            ],
            (spread[0].start + slide.padding[0]) * width + spread[1].start + slide.padding[1],
        ),
        Role::Weight => (
            [
                strided([(groups, outputs * area(output))]),
                strided([(outputs, area(output))]),
                strided([(batch, groups * outputs * area(output)), (output[0], output[1]), (output[1], 1)]),
            ],
            [
                strided([(groups, inputs * plane)]),
                window(),
                strided([(batch, channels * plane), (output[0], s0 * width), (output[1], s1)]),
            ],
            0,
        ),
    };
    let factor =
        |slot, offset, [batch, outer, inner]: [Layout; 3]| Factor { slot, offset, batch, outer, inner };
    let (a, b) = (factor(Slot::Arg(1), 0, first), factor(slot, offset, second));
    product(&mut plan, dtype, &a, &b)?;
    Ok(plan)
}

/// A stride backward: the GPU's 32 bits wrap around.
fn back(stride: usize) -> usize {
    (stride as u32).wrapping_neg() as usize
}

/// Where the elements of a dimension are put among zeros.
#[derive(Clone, Copy)]
struct Spread {
    start: usize,
    step: usize,
    size: usize,
}

/// Puts the elements of the first argument's planes among zeros, a direction after the other, and returns where they are
/// and the sizes of a plane.
fn spread_planes(
    plan: &mut GpuPlan,
    planes: usize,
    mut plane: [usize; 2],
    spread: [Spread; 2],
) -> Result<(Slot, [usize; 2])> {
    let mut slot = Slot::Arg(0);
    for (i, Spread { start, step, size }) in spread.into_iter().enumerate() {
        // What is not reached may stay.
        if start == 0 && step == 1 && size <= plane[i] {
            continue;
        }
        let length = std::mem::replace(&mut plane[i], size);
        let inner = if i == 0 { plane[1] } else { 1 };
        let count = planes * plane[0] * plane[1];
        let to = temporary(plan, count);
        let params = words([count, inner, size, start, step, length])?;
        push(plan, "unslice", Defines::new(), vec![slot], to, params, count.div_ceil(GROUP))?;
        slot = to;
    }
    Ok((slot, plane))
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
