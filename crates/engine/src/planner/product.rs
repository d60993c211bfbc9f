//! Products of matrices, and whatever is one when it is looked at by the right strides.

use super::{Combine, GROUP, Walk, fold, push, stage, temporary, tensor, wgsl_type, words};
use crate::plan::{GpuArg, GpuPlan, Slot};
use crate::{DType, Error, Layout, Result};

/// A factor: where its matrices lie, and in a matrix the elements along the result (rows of the first factor, columns of
/// the second) and along the inner dimension. Each of the three may be several dimensions with strides of their own.
pub(super) struct Factor {
    pub slot: Slot,
    pub offset: usize,
    pub batch: Layout,
    pub outer: Layout,
    pub inner: Layout,
}

/// Sizes with strides.
pub(super) fn strided<const N: usize>(dims: [(usize, usize); N]) -> Layout {
    Layout {
        shape: dims.iter().map(|(size, _)| *size).collect(),
        strides: dims.iter().map(|(_, stride)| *stride).collect(),
        offset: 0,
    }
}

/// `[…, m, k] × [… , k, n] → […, m, n]`, the batch dimensions already broadcast to one shape.
pub fn matmul(a: &GpuArg, b: &GpuArg) -> Result<GpuPlan> {
    let ((dtype, a), (_, b)) = (tensor(a)?, tensor(b)?);
    if dtype == DType::Bool {
        return Err(Error::runtime("\"addmm_impl_cpu_\" not implemented for 'Bool'"));
    }
    let rank = a.rank();
    let fits = rank >= 2 && b.rank() == rank && a.shape[..rank - 2] == b.shape[..rank - 2];
    if !fits || a.shape[rank - 1] != b.shape[rank - 2] {
        return Err(Error::runtime(format!(
            "mat1 and mat2 shapes cannot be multiplied ({} and {})",
            crate::layout::show(&a.shape),
            crate::layout::show(&b.shape)
        )));
    }
    let (row, column) = (rank - 2, rank - 1);
    let factor = |slot, l: &Layout, outer: usize, inner: usize| Factor {
        slot,
        offset: l.offset,
        batch: Layout { shape: l.shape[..row].to_vec(), strides: l.strides[..row].to_vec(), offset: 0 },
        outer: strided([(l.shape[outer], l.strides[outer])]),
        inner: strided([(l.shape[inner], l.strides[inner])]),
    };
    let mut plan = GpuPlan::default();
    product(&mut plan, dtype, &factor(Slot::Arg(0), a, row, column), &factor(Slot::Arg(1), b, column, row))?;
    Ok(plan)
}

/// Adds to a plan the product of two factors, `[batch, rows, columns]` in row-major order.
pub(super) fn product(plan: &mut GpuPlan, dtype: DType, a: &Factor, b: &Factor) -> Result<()> {
    let element = wgsl_type(dtype)?;
    let (batches, m, n, k) = (a.batch.count(), a.outer.count(), b.outer.count(), a.inner.count());
    let outputs = batches * m * n;
    if outputs == 0 {
        return Ok(());
    }
    // The parameters: the head, then what each walk needs.
    let batch = Walk::new(&[&a.batch, &b.batch], 12);
    let rows = Walk::new(&[&a.outer], 12 + batch.words.len());
    let columns = Walk::new(&[&b.outer], 12 + batch.words.len() + rows.words.len());
    let before = batch.words.len() + rows.words.len() + columns.words.len();
    let inner = Walk::new(&[&a.inner, &b.inner], 12 + before);

    // Large results go by tiles, where the device is no faster without. Others are too few invocations for a GPU unless
    // the inner dimension is split.
    let tiles = batches * m.div_ceil(64) * n.div_ceil(64);
    let pieces = batches * m.div_ceil(4) * n.div_ceil(4);
    let large = m >= 64 && n >= 64 && k >= 16 && tiles >= 16;
    let (shader, groups, splits) = if large {
        ("matmul_tile", tiles, 1)
    } else if (m == 1 || n == 1) && inner.rank() < 2 {
        let splits = (8192 / outputs).min(k / 32).max(1);
        ("matmul_dot", (outputs * splits).div_ceil(GROUP), splits)
    } else {
        let splits = (4096 / pieces).min(k / 64).max(1);
        ("matmul_direct", (pieces * splits).div_ceil(GROUP), splits)
    };
    let functions = [
        batch.function("batch_places"),
        rows.function("row_place"),
        columns.function("column_place"),
        inner.function("inner_places"),
    ];
    let defines = vec![("ELEMENT", element.to_owned()), ("PLACES", functions.concat())];
    let (length, [a_step, b_step]) = (inner.last(0).unwrap_or(1), [1, 2].map(|l| inner.last(l).unwrap_or(0)));
    // Whether neighbors along the inner dimension are neighbors in memory, and those along the result are not.
    let along = |step: usize, across: &Walk| usize::from(step == 1 && across.last(1) != Some(1));
    let head = [m, n, k, splits, a.offset, b.offset, batches, length, a_step, b_step];
    let head = head.into_iter().chain([along(a_step, &rows), along(b_step, &columns)]);
    let params = words(head.chain([batch, rows, columns, inner].into_iter().flat_map(|walk| walk.words)))?;
    let output = if splits == 1 { Slot::Out } else { temporary(plan, outputs * splits) };
    push(plan, shader, defines, vec![a.slot, b.slot], output, params, groups)?;
    if let (true, Some(dispatch)) = (large, plan.dispatches.last_mut()) {
        dispatch.rival = Some(("matmul_direct", [words([pieces.div_ceil(GROUP)])?[0], 1, 1]));
    }
    if splits > 1 {
        let (kept, reduced) = stage(outputs, splits, false);
        fold(plan, Combine::Sum, dtype, output, kept, reduced)?;
    }
    Ok(())
}
