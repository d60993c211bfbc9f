//! What each element receives from the windows whose largest it was.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::slide::{Slide, Window, plane, with_plane};
use crate::{Arg, Array, DType, Error, Result, Tensor, ops};

use super::max_pool::MaxPool;

/// Planes of zeros, and each element of `x` added at the place that `y` names for it.
#[derive(Debug, Clone, Copy)]
pub struct MaxPoolBackward {
    /// The window; each element lies under it at the place that it comes from.
    pub window: Window,
    /// The plane of the result.
    pub image: [usize; 2],
}

const DOC: Doc = Doc {
    name: "max_pool_backward",
    formula: "x added up at y in each plane",
    shapes: "two of one shape; the result has the plane of the image",
    derivative: &["g[y] in each plane", "0"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html",
};

impl Operator for MaxPoolBackward {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y)] = args else {
            return Err(Error::type_("max_pool_backward takes two tensors"));
        };
        let (lead, size) = plane(x.shape(), self.window.rank);
        let fits = x.shape() == y.shape() && size == self.window.size;
        if !fits || y.dtype() != DType::I64 || x.dtype() == DType::Bool {
            return Err(Error::runtime(
                "max_pool_backward: a number and its place for each place of the window",
            ));
        }
        Ok(Meta { shape: with_plane(lead, self.image, self.window.rank), dtype: x.dtype() })
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, lx), CpuArg::Tensor(y, ly)] = args else {
            return Err(Error::type_("max_pool_backward takes two tensors"));
        };
        let count = out.shape.iter().product();
        let (x, y) = (cpu::gather(x, lx), cpu::gather(y, ly));
        Ok(cpu::max_pool_backward(&self.window, self.image, &x, &y, count))
    }

    fn gpu(&self, _args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let count = out.shape.iter().product();
        Ok(GpuKernel::Plan(planner::max_pool_backward(&self.window, self.image, count, out.dtype)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let picked = ops::apply(MaxPool(self.window), &[grad.into(), saved.tensor(1)?.into()])?;
        Ok(vec![Some(picked), None])
    }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let window = |rank, kernel, size| Window { rank, kernel, slide: Slide::PLAIN, size };
        vec![
            Case::new(
                MaxPoolBackward { window: window(2, [2, 2], [2, 1]), image: [3, 2] },
                [Case::tensor(&[2, 2, 1], &[1.0, -2.0, 3.5, 0.25]), Case::index(&[2, 2, 1], &[2, 2, 0, 4])],
            ),
            Case::new(
                MaxPoolBackward { window: window(1, [1, 3], [1, 4]), image: [1, 6] },
                [Case::tensor(&[4], &[1.0, -2.0, 3.5, 0.25]), Case::index(&[4], &[2, 2, 2, 3])],
            ),
            Case::new(
                MaxPoolBackward { window: window(1, [1, 3], [1, 4]), image: [1, 6] },
                [Case::tensor(&[1, 4], &[1.0, -2.0, 3.5, 0.25]), Case::index(&[1, 4], &[0, 1, 4, 3])],
            ),
            Case::new(
                MaxPoolBackward { window: window(1, [1, 2], [1, 2]), image: [1, 3] },
                [Case::tensor(&[1, 2, 2], &[1.0, -2.0, 3.5, 0.25]), Case::index(&[1, 2, 2], &[1, 1, 0, 2])],
            ),
            Case::new(
                MaxPoolBackward { window: window(2, [1, 1], [1, 2]), image: [1, 2] },
                [Case::tensor(&[0, 1, 2], &[]), Case::index(&[0, 1, 2], &[])],
            ),
        ]
    },
};
