//! Picking elements by lists of places, and putting others in their stead.

use gradloom_engine::{Array, Tensor, layout, ops};

use crate::context::Context;
use crate::error::value_error;
use crate::native::Result;

use super::args::named;
use super::index::Plan;

impl Plan {
    /// Whether the dimensions with places lie side by side, so that the result's stand in their stead.
    fn adjacent(&self) -> bool {
        self.dims.windows(2).all(|pair| pair[1] == pair[0] + 1)
    }

    /// The dimensions without places.
    fn rest(&self) -> Vec<usize> {
        (0..self.view.rank()).filter(|d| !self.dims.contains(d)).collect()
    }

    /// Where each pick lies among the dimensions with places, row-major.
    fn flat(&self) -> Vec<i64> {
        let count: usize = self.shape.iter().product();
        (0..count)
            .map(|i| {
                self.dims.iter().zip(&self.places).fold(0, |at, (&dim, column)| {
                    at * self.view.shape()[dim] as i64 + column.get(i).copied().unwrap_or(0)
                })
            })
            .collect()
    }

    /// The order of dimensions that brings those with places to the front.
    fn order(&self) -> Vec<i64> {
        self.dims.iter().copied().chain(self.rest()).map(|d| d as i64).collect()
    }

    /// The picks, in a tensor of their own.
    pub fn gather(&self, cx: &mut Context) -> Result<Tensor> {
        let rest: Vec<usize> = self.rest().iter().map(|&d| self.view.shape()[d]).collect();
        let picked: usize = self.dims.iter().map(|&d| self.view.shape()[d]).product();
        let whole: Vec<usize> = std::iter::once(picked).chain(rest.iter().copied()).collect();
        let front = ops::reshape(&ops::permute(&self.view, &self.order())?, &whole)?;
        let flat = self.flat();
        let index = cx.engine.tensor(Array::I64(flat.clone()), &[flat.len()], self.view.device())?;
        let taken = ops::index_select(&front, 0, &index)?;
        let shape: Vec<usize> = self.shape.iter().chain(&rest).copied().collect();
        let out = ops::reshape(&taken, &shape)?;
        let lead = self.dims.first().copied().unwrap_or(0);
        if !self.adjacent() || lead == 0 {
            return Ok(named(out, "index"));
        }
        // The picks go behind the dimensions that stand before theirs.
        let picks = self.shape.len();
        let order: Vec<i64> = (picks..picks + lead)
            .chain(0..picks)
            .chain(picks + lead..shape.len())
            .map(|d| d as i64)
            .collect();
        Ok(named(ops::permute(&out, &order)?, "index"))
    }

    /// A mask of the view's shape that is true at the picks, and a tensor that has their new values there.
    pub fn scatter(&self, cx: &mut Context, value: &Tensor) -> Result<(Tensor, Tensor)> {
        let mut target: Vec<usize> = self.shape.clone();
        let rest = self.rest();
        let at = if self.adjacent() { self.dims.first().copied().unwrap_or(0) } else { 0 };
        let before = if self.adjacent() { at } else { 0 };
        let sizes: Vec<usize> = rest.iter().map(|&d| self.view.shape()[d]).collect();
        target.splice(0..0, sizes[..before].iter().copied());
        target.extend_from_slice(&sizes[before..]);
        let spread = layout::Layout::contiguous(value.shape()).broadcast(&target).map_err(|_| {
            value_error(format!(
                "shape mismatch: value tensor of shape {} cannot be broadcast to indexing result of shape {}",
                layout::show(value.shape()),
                layout::show(&target)
            ))
        })?;
        let values = cx.host(value)?;
        let count = self.view.count();
        let mut mask = vec![false; count];
        let mut new = vec![0.0; count];
        let strides = layout::row_major(self.view.shape());
        let target_layout = layout::Layout::contiguous(&target);
        let picks = self.shape.len();
        cx.charge(spread.count());
        for (i, from) in spread.positions().enumerate() {
            let coordinate = |d: usize| i / target_layout.strides[d] % target[d].max(1);
            let pick = (before..before + picks).fold(0, |pick, d| pick * target[d] + coordinate(d));
            let mut place = 0;
            for (&dim, column) in self.dims.iter().zip(&self.places) {
                place += column.get(pick).copied().unwrap_or(0) as usize * strides[dim];
            }
            for (k, &dim) in rest.iter().enumerate() {
                let d = if k < before { k } else { k + picks };
                place += coordinate(d) * strides[dim];
            }
            if let (Some(flag), Some(slot)) = (mask.get_mut(place), new.get_mut(place)) {
                *flag = true;
                *slot = values.get(from).unwrap_or_default();
            }
        }
        let device = self.view.device();
        let new = gradloom_engine::device::cpu::convert(&Array::F64(new), self.view.dtype());
        let mask = cx.engine.tensor(Array::Bool(mask), self.view.shape(), device)?;
        Ok((mask, cx.engine.tensor(new, self.view.shape(), device)?))
    }
}
