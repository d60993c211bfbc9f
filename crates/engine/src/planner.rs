//! Plans for the GPU kernels that are not elementwise: pure functions of dtypes and layouts.
//!
//! Results are contiguous; inputs may have any strides. Every reduction runs over a tree fixed by the shapes alone, so
//! that a device gives the same bits every time. A strided copy needs no plan: it is the elementwise expression `x0`,
//! and concatenation is one such copy for each input into a part of the result.

use crate::plan::{Dispatch, GpuArg, GpuPlan, Slot};
use crate::{DType, Error, ErrorKind, Layout, Result};

/// Invocations in a workgroup, in every kernel but `matmul_tile`.
const GROUP: usize = 64;

/// Words of a shader and what replaces them.
type Defines = Vec<(&'static str, String)>;

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
fn stage(outputs: usize, chunks: usize, along: bool) -> (Layout, Layout) {
    let (row, step) = if along { (chunks, 1) } else { (1, outputs) };
    (
        Layout { shape: vec![outputs], strides: vec![row], offset: 0 },
        Layout { shape: vec![chunks], strides: vec![step], offset: 0 },
    )
}

fn fold(
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

/// `[…, m, k] × [… , k, n] → […, m, n]`, the batch dimensions already broadcast to one shape.
pub fn matmul(a: &GpuArg, b: &GpuArg) -> Result<GpuPlan> {
    let ((dtype, a), (_, b)) = (tensor(a)?, tensor(b)?);
    let element = match dtype {
        DType::Bool => return Err(Error::runtime("\"addmm_impl_cpu_\" not implemented for 'Bool'")),
        other => wgsl_type(other)?,
    };
    let rank = a.rank();
    let fits = rank >= 2 && b.rank() == rank && a.shape[..rank - 2] == b.shape[..rank - 2];
    if !fits || a.shape[rank - 1] != b.shape[rank - 2] {
        return Err(Error::runtime(format!(
            "mat1 and mat2 shapes cannot be multiplied ({} and {})",
            crate::layout::show(&a.shape),
            crate::layout::show(&b.shape)
        )));
    }
    let (m, k, n) = (a.shape[rank - 2], a.shape[rank - 1], b.shape[rank - 1]);
    let batch = |l: &Layout| Layout {
        shape: l.shape[..rank - 2].to_vec(),
        strides: l.strides[..rank - 2].to_vec(),
        offset: l.offset,
    };
    let batches: usize = a.shape[..rank - 2].iter().product();
    let outputs = batches * m * n;
    let mut plan = GpuPlan::default();
    if outputs == 0 {
        return Ok(plan);
    }

    // Large results go by tiles. Others are too few invocations for a GPU unless the inner dimension is split.
    let tiles = batches * m.div_ceil(64) * n.div_ceil(64);
    let pieces = batches * m.div_ceil(4) * n.div_ceil(4);
    let (shader, groups, splits) = if m >= 64 && n >= 64 && k >= 16 && tiles >= 16 {
        ("matmul_tile", tiles, 1)
    } else if m == 1 || n == 1 {
        let splits = (8192 / outputs).min(k / 32).max(1);
        ("matmul_dot", (outputs * splits).div_ceil(GROUP), splits)
    } else {
        let splits = (4096 / pieces).min(k / 64).max(1);
        ("matmul_direct", (pieces * splits).div_ceil(GROUP), splits)
    };
    let walk = Walk::new(&[&batch(a), &batch(b)], 12);
    let defines = vec![
        ("ELEMENT", element.to_owned()),
        ("WALK", walk.coordinates("batch")),
        ("BATCH_A", walk.place(0)),
        ("BATCH_B", walk.place(1)),
    ];
    let [a_row, a_step] = [a.strides[rank - 2], a.strides[rank - 1]];
    let [b_step, b_column] = [b.strides[rank - 2], b.strides[rank - 1]];
    let mut params =
        words([m, n, k, splits, a.offset, a_row, a_step, b.offset, b_step, b_column, batches, 0])?;
    params.extend(words(walk.words)?);
    let output = if splits == 1 { Slot::Out } else { temporary(&mut plan, outputs * splits) };
    push(&mut plan, shader, defines, vec![Slot::Arg(0), Slot::Arg(1)], output, params, groups)?;
    if splits > 1 {
        let (kept, reduced) = stage(outputs, splits, false);
        fold(&mut plan, Combine::Sum, dtype, output, kept, reduced)?;
    }
    Ok(plan)
}

/// `out[i, …, j, …] = input[i, …, index[i, …, j, …], …]`, where `j` and the index stand at `dim`: `torch.gather`.
/// The result has the index's shape. An index outside of the dimension gives 0.
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
/// [`scatter_add`] take it.
fn along(index: &Layout, shape: &[usize], dim: usize) -> Result<Layout> {
    if dim >= shape.len() || index.rank() > 1 {
        return Err(Error::index("index_select(): Index is supposed to be a vector"));
    }
    let (mut shape, mut strides) = (shape.to_vec(), vec![0; shape.len()]);
    shape[dim] = index.count();
    strides[dim] = index.strides.first().copied().unwrap_or(0);
    Ok(Layout { shape, strides, offset: index.offset })
}

/// `out = input; out[i, …, index[i, …, j, …], …] += src[i, …, j, …]` at `dim`: `torch.scatter_add`, with
/// the contributions to an element added in the order of `j`. An index outside of the dimension adds nothing.
pub fn scatter_add(input: &GpuArg, index: &GpuArg, src: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let ((dtype, input), (_, index), (_, src)) = (tensor(input)?, indices(index)?, tensor(src)?);
    let element = match dtype {
        DType::Bool => return Err(Error::runtime("scatter_add of booleans is not defined")),
        other => wgsl_type(other)?,
    };
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
    ];
    let length = if index.count() == 0 { 0 } else { index.shape[dim] };
    let mut params =
        words([count, length, index.strides[dim], src.strides[dim], input.offset, index.offset, src.offset])?;
    params.extend(words(walk.words.into_iter().chain(index.shape.iter().copied()))?);
    let inputs = vec![Slot::Arg(0), Slot::Arg(1), Slot::Arg(2)];
    push(&mut plan, "scatter_add", defines, inputs, Slot::Out, params, count.div_ceil(GROUP))?;
    Ok(plan)
}

/// [`scatter_add`] with a one-dimensional index that names whole slices: `torch.index_add`.
pub fn index_add(input: &GpuArg, index: &GpuArg, src: &GpuArg, dim: usize) -> Result<GpuPlan> {
    let (_, from) = tensor(src)?;
    let index = along(indices(index)?.1, &from.shape, dim)?;
    scatter_add(input, &GpuArg::Tensor(DType::I64, index), src, dim)
}

/// How a kernel finds the place of an element in several layouts of one shape: WGSL text, and the words of the
/// parameters that it reads.
pub(crate) struct Walk {
    rank: usize,
    at: usize,
    /// The shape, then the strides in each layout.
    pub words: Vec<usize>,
}

impl Walk {
    /// With as few dimensions as will do; the words lie from `at` on.
    pub fn new(layouts: &[&Layout], at: usize) -> Walk {
        let (shape, strides) = Layout::coalesce(layouts);
        Walk {
            rank: shape.len(),
            at,
            words: shape.into_iter().chain(strides.into_iter().flatten()).collect(),
        }
    }

    /// With the dimensions as they are, for a kernel that uses the coordinates `c0`, `c1`, … themselves.
    fn plain(layouts: &[&Layout], at: usize) -> Walk {
        let shape = layouts.first().map_or(&[][..], |layout| &layout.shape);
        let words = shape.iter().chain(layouts.iter().flat_map(|layout| &layout.strides)).copied().collect();
        Walk { rank: shape.len(), at, words }
    }

    /// How many dimensions it has.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// Statements that take a row-major index apart into `c0`, `c1`, ….
    pub fn coordinates(&self, index: &str) -> String {
        let mut text = String::new();
        let mut rest = index.to_owned();
        for dim in (0..self.rank).rev() {
            if dim == 0 {
                text += &format!("let c0 = {rest};\n");
            } else {
                let size = word(self.at + dim);
                text += &format!("let c{dim} = {rest} % {size};\nlet r{dim} = {rest} / {size};\n");
                rest = format!("r{dim}");
            }
        }
        text
    }

    /// The place in a layout, counted from its offset.
    pub fn place(&self, layout: usize) -> String {
        let strides = self.at + self.rank * (1 + layout);
        let terms: Vec<String> =
            (0..self.rank).map(|dim| format!("c{dim} * {}", word(strides + dim))).collect();
        if terms.is_empty() { "0u".to_owned() } else { format!("({})", terms.join(" + ")) }
    }
}

/// A word of the parameters in WGSL.
pub(crate) fn word(at: usize) -> String {
    format!("params[{}].{}", at / 4, ["x", "y", "z", "w"][at % 4])
}

/// What an element is on the GPU; `float64` is not there.
pub(crate) fn wgsl_type(dtype: DType) -> Result<&'static str> {
    match dtype {
        DType::F32 => Ok("f32"),
        DType::I64 => Ok("i32"),
        DType::Bool => Ok("u32"),
        DType::F64 => Err(crate::device::gpu::no_doubles()),
    }
}

/// Sizes as the GPU counts them.
pub(crate) fn words(sizes: impl IntoIterator<Item = usize>) -> Result<Vec<u32>> {
    let too_large =
        || Error::new(ErrorKind::Memory, "the GPU counts elements in 32 bits; this tensor has more");
    sizes.into_iter().map(|size| u32::try_from(size).map_err(|_| too_large())).collect()
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
    plan.dispatches.push(Dispatch { shader, defines, inputs, output, params, groups });
    Ok(())
}
