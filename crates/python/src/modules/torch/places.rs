//! Picking elements by lists of places, and putting others in their stead.

use gradloom_engine::planner::Put;
use gradloom_engine::{Arg, Array, Tensor, layout, ops};

use crate::context::Context;
use crate::error::runtime_error;
use crate::native::Result;

use super::args::named;
use super::index::Plan;

fn signed(order: impl IntoIterator<Item = usize>) -> Vec<i64> {
    order.into_iter().map(|d| d as i64).collect()
}

impl Plan {
    /// The dimensions without places.
    fn rest(&self) -> Vec<usize> {
        (0..self.view.rank()).filter(|d| !self.dims.contains(d)).collect()
    }

    /// The sizes of the dimensions without places.
    fn rest_sizes(&self) -> Vec<usize> {
        self.rest().iter().map(|&d| self.view.shape()[d]).collect()
    }

    /// How many dimensions of the result stand before those of the picks: where the dimensions with places lie side by
    /// side, the picks stand in their stead, else in front.
    fn lead(&self) -> usize {
        let adjacent = self.dims.windows(2).all(|pair| pair[1] == pair[0] + 1);
        if adjacent { self.dims.first().copied().unwrap_or(0) } else { 0 }
    }

    /// Where each pick lies among the dimensions with places, row-major.
    fn flat(&self, cx: &mut Context) -> Result<Tensor> {
        let count: usize = self.shape.iter().product();
        let flat = (0..count).map(|i| {
            self.dims.iter().zip(&self.places).fold(0, |at, (&dim, column)| {
                at * self.view.shape()[dim] as i64 + column.get(i).copied().unwrap_or(0)
            })
        });
        Ok(cx.engine.tensor(Array::I64(flat.collect()), &[count], self.view.device())?)
    }

    /// The order of dimensions that brings those with places to the front.
    fn order(&self) -> Vec<usize> {
        self.dims.iter().copied().chain(self.rest()).collect()
    }

    /// The view with all dimensions with places as its first one.
    fn front(&self) -> Result<Tensor> {
        let picked: usize = self.dims.iter().map(|&d| self.view.shape()[d]).product();
        let whole: Vec<usize> = std::iter::once(picked).chain(self.rest_sizes()).collect();
        Ok(ops::reshape(&ops::permute(&self.view, &signed(self.order()))?, &whole)?)
    }

    /// The order of dimensions that brings the picks from the front to their place.
    fn back(&self) -> Vec<usize> {
        let (picks, lead) = (self.shape.len(), self.lead());
        (picks..picks + lead).chain(0..picks).chain(picks + lead..picks + self.rest().len()).collect()
    }

    /// The picks, in a tensor of their own.
    pub fn gather(&self, cx: &mut Context) -> Result<Tensor> {
        let index = self.flat(cx)?;
        if let [dim] = *self.dims {
            let taken = ops::index_select(&self.view, dim as i64, &index)?;
            let mut shape = self.view.shape().to_vec();
            shape.splice(dim..=dim, self.shape.iter().copied());
            let out = if self.shape.len() == 1 { taken } else { ops::reshape(&taken, &shape)? };
            return Ok(named(out, "index"));
        }
        let taken = ops::index_select(&self.front()?, 0, &index)?;
        let shape: Vec<usize> = self.shape.iter().copied().chain(self.rest_sizes()).collect();
        let out = ops::reshape(&taken, &shape)?;
        Ok(named(if self.lead() == 0 { out } else { ops::permute(&out, &signed(self.back()))? }, "index"))
    }

    /// The view with `value`, which broadcasts to what [`Plan::gather`] gives, put at the picks.
    pub fn put(&self, cx: &mut Context, value: Arg, how: Put) -> Result<Tensor> {
        let index = self.flat(cx)?;
        let (count, rest) = (index.count(), self.rest_sizes());
        let source = match value {
            Arg::Scalar(_) => value,
            Arg::Tensor(value) => {
                let mut target = rest.clone();
                target.splice(self.lead()..self.lead(), self.shape.iter().copied());
                let spread = ops::expand(&value, &target).map_err(|_| {
                    runtime_error(format!(
                        "shape mismatch: value tensor of shape {} cannot be broadcast to indexing result of shape {}",
                        layout::show(value.shape()),
                        layout::show(&target)
                    ))
                })?;
                let turned = ops::permute(&spread, &signed(inverse(&self.back())))?;
                let shape: Vec<usize> = std::iter::once(count).chain(rest).collect();
                ops::reshape(&turned, &shape)?.into()
            }
        };
        let put = ops::index_put_slices(&self.front()?, 0, &index, source, how)?;
        let order = self.order();
        let sizes: Vec<usize> = order.iter().map(|&d| self.view.shape()[d]).collect();
        Ok(ops::permute(&ops::reshape(&put, &sizes)?, &signed(inverse(&order)))?)
    }
}

/// The order that undoes an order.
fn inverse(order: &[usize]) -> Vec<usize> {
    (0..order.len()).filter_map(|place| order.iter().position(|&d| d == place)).collect()
}
