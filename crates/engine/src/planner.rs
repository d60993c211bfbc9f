//! Plans for the GPU kernels that are not elementwise: pure functions of dtypes and layouts.
//!
//! Results are contiguous; inputs may have any strides. Every reduction runs over a tree fixed by the shapes alone, so
//! that a device gives the same bits every time. A strided copy needs no plan: it is the elementwise expression `x0`,
//! and concatenation is one such copy for each input into a part of the result.

mod convolve;
mod moves;
mod order;
mod product;
mod reduce;
mod walk;

use crate::plan::{Dispatch, GpuArg, GpuPlan, Slot};
use crate::{DType, Error, Layout, Result};

use reduce::{fold, stage};

pub use convolve::{convolve, max_pool_backward, max_pool_indices};
pub use moves::{copies, scan};
pub use order::{argsort, extreme_so_far};
pub use product::matmul;
pub use reduce::{Combine, reduce};
pub(crate) use walk::{Walk, wgsl_type, word, words};

/// Invocations in a workgroup, in every kernel but `matmul_tile`.
const GROUP: usize = 64;

/// Words of a shader and what replaces them.
type Defines = Vec<(&'static str, String)>;

/// `out[i, …, j, …] = input[i, …, index[i, …, j, …], …]`, where `j` and the index stand at `dim`: `torch.gather`.
/// The result has the index's shape. An index outside of the dimension gives 0; [`crate::device::gpu::Gpu::check_places`]
/// tells of it.
pub fn gather(input: &GpuArg, index: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let ((dtype, input), (_, index)) = (tensor(input)?, indices(index)?);
    wgsl_type(dtype)?;
    if dim >= input.rank() || index.rank() != input.rank() {
        return Err(Error::runtime("Index tensor must have the same number of dimensions as input tensor"));
    }
    let mut plan = GpuPlan::default();
    let count = index.count();
    if count == 0 {
        return Ok(plan);
    }
    let mut rest = Layout { shape: index.shape.clone(), ..input.clone() };
    rest.strides[dim] = 0;
    let walk = Walk::new(&[&rest, index], 5);
    let defines =
        vec![("WALK", walk.coordinates("i")), ("INPUT_PLACE", walk.place(0)), ("INDEX_PLACE", walk.place(1))];
    let mut params = words([count, input.shape[dim], input.strides[dim], input.offset, index.offset])?;
    params.extend(words(walk.words)?);
    let inputs = vec![Slot::Arg(0), Slot::Arg(1)];
    push(&mut plan, "gather", defines, inputs, Slot::Out, params, count.div_ceil(GROUP))?;
    Ok(plan)
}

/// The slices of the input at `dim` that a one-dimensional index names, in its order: `torch.index_select`.
pub fn index_select(input: &GpuArg, index: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let (_, from) = tensor(input)?;
    gather(input, &GpuArg::Tensor(DType::I64, along(indices(index)?.1, &from.shape, dim)?), dim)
}

/// A one-dimensional index (or a single one) spread over all other dimensions of `shape`, as [`gather`] and
/// [`scatter`] take it.
fn along(index: &Layout, shape: &[usize], dim: usize) -> Result<Layout> {
    if dim >= shape.len() || index.rank() > 1 {
        return Err(Error::index("index_select(): Index is supposed to be a vector"));
    }
    let (mut shape, mut strides) = (shape.to_vec(), vec![0; shape.len()]);
    shape[dim] = index.count();
    strides[dim] = index.strides.first().copied().unwrap_or(0);
    Ok(Layout { shape, strides, offset: index.offset })
}

/// What happens to an element at the place where another is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Both are added.
    Add,
    /// The new one stands in its stead; of several the last.
    Replace,
    /// Both are multiplied.
    Multiply,
}

/// `out = input; out[i, …, index[i, …, j, …], …] = put(what is there, src[i, …, j, …])` at `dim`: `torch.scatter` and
/// `torch.scatter_add`, in the order of `j`. An index outside of the dimension changes nothing.
pub fn scatter(put: Put, input: &GpuArg, index: &GpuArg, src: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let ((dtype, input), (_, index), (_, src)) = (tensor(input)?, indices(index)?, tensor(src)?);
    let element = wgsl_type(dtype)?;
    if dim >= input.rank() || index.rank() != input.rank() || src.rank() != input.rank() {
        return Err(Error::runtime("Index tensor must have the same number of dimensions as self tensor"));
    }
    let count = input.count();
    let mut plan = GpuPlan::default();
    if count == 0 {
        return Ok(plan);
    }
    let spread = |layout: &Layout| {
        let mut spread = Layout { shape: input.shape.clone(), ..layout.clone() };
        spread.strides[dim] = 0;
        spread
    };
    let walk = Walk::plain(&[input, &spread(index), &spread(src)], 7);
    let limits = 7 + walk.words.len();
    let covered = (0..input.rank()).filter(|&d| d != dim && index.shape[d] < input.shape[d]);
    let covered: Vec<String> = covered.map(|d| format!("c{d} < {}", word(limits + d))).collect();
    let defines = vec![
        ("ELEMENT", element.to_owned()),
        ("WALK", walk.coordinates("i")),
        ("INPUT_PLACE", walk.place(0)),
        ("INDEX_PLACE", walk.place(1)),
        ("SOURCE_PLACE", walk.place(2)),
        ("COVERED", if covered.is_empty() { "true".to_owned() } else { covered.join(" && ") }),
        ("ALONG", format!("c{dim}")),
        (
            "COMBINE",
            match put {
                Put::Add if dtype == DType::Bool => "held | put",
                Put::Add => "held + put",
                Put::Replace => "put",
                Put::Multiply => "held * put",
            }
            .to_owned(),
        ),
    ];
    let length = if index.count() == 0 { 0 } else { index.shape[dim] };
    let mut params =
        words([count, length, index.strides[dim], src.strides[dim], input.offset, index.offset, src.offset])?;
    params.extend(words(walk.words.into_iter().chain(index.shape.iter().copied()))?);
    let inputs = vec![Slot::Arg(0), Slot::Arg(1), Slot::Arg(2)];
    push(&mut plan, "scatter", defines, inputs, Slot::Out, params, count.div_ceil(GROUP))?;
    Ok(plan)
}

/// [`scatter`] with a one-dimensional index that names whole slices: `torch.index_add`.
pub fn index_add(input: &GpuArg, index: &GpuArg, src: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let (_, from) = tensor(src)?;
    let index = along(indices(index)?.1, &from.shape, dim)?;
    scatter(Put::Add, input, &GpuArg::Tensor(DType::I64, index), src, dim)
}

fn tensor(arg: &GpuArg) -> Result<(DType, &Layout)> {
    match arg {
        GpuArg::Tensor(dtype, layout) => Ok((*dtype, layout)),
        GpuArg::Scalar(_) => Err(Error::type_("expected a tensor, not a number")),
    }
}

fn indices(arg: &GpuArg) -> Result<(DType, &Layout)> {
    match tensor(arg)? {
        (DType::I64, layout) => Ok((DType::I64, layout)),
        (other, _) => Err(Error::index(format!("expected an index of dtype int64, not {other}"))),
    }
}

fn temporary(plan: &mut GpuPlan, elements: usize) -> Slot {
    plan.temporaries.push(elements);
    Slot::Temp(plan.temporaries.len() - 1)
}

fn push(
    plan: &mut GpuPlan,
    shader: &'static str,
    defines: Defines,
    inputs: Vec<Slot>,
    output: Slot,
    params: Vec<u32>,
    groups: usize,
) -> Result<()> {
    let groups = [words([groups])?[0], 1, 1];
    plan.dispatches.push(Dispatch { shader, rival: None, defines, inputs, output, params, groups });
    Ok(())
}
