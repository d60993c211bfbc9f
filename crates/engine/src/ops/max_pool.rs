//! The largest elements under a moving window, once it is known where they are.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::slide::{Moves, Slide, Sliding, Window};
use crate::{Arg, Array, DType, Error, Result, Tensor, layout, ops};

use super::max_pool_backward::MaxPoolBackward;
use super::max_pool_indices::MaxPoolIndices;

/// The elements of each plane of `x` that the same plane of `y` names by their row-major numbers.
#[derive(Debug, Clone, Copy)]
pub struct MaxPool(
    /// The window.
    pub Window,
);

const DOC: Doc = Doc {
    name: "max_pool",
    formula: "x[y] in each plane",
    shapes: "any with a plane behind, and places in it; the result has the shape of the places",
    derivative: &["g added up at the places that y names", "0"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html",
};

impl Operator for MaxPool {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y)] = args else {
            return Err(Error::type_("max_pool takes two tensors"));
        };
        if y.shape() != self.0.result(x.shape()) || y.dtype() != DType::I64 {
            return Err(Error::runtime(format!(
                "max_pool: places of shape {} do not fit an input of shape {}",
                layout::show(y.shape()),
                layout::show(x.shape())
            )));
        }
        Ok(Meta { shape: y.shape().to_vec(), dtype: x.dtype() })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, from), CpuArg::Tensor(y, at)] = args else {
            return Err(Error::type_("max_pool takes two tensors"));
        };
        Ok(cpu::max_pool(&self.0, self.0.image(&from.shape), &cpu::gather(x, from), &cpu::gather(y, at)))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [GpuArg::Tensor(dtype, x), GpuArg::Tensor(_, y)] = args else {
            return Err(Error::type_("max_pool takes two tensors"));
        };
        let (image, places) = (self.0.image(&x.shape), self.0.size);
        // A plane as one dimension.
        let flat = |dtype: DType, plane: [usize; 2], count: usize| {
            let area = plane[0] * plane[1];
            let planes = count.checked_div(area).unwrap_or(0);
            GpuArg::Tensor(dtype, crate::Layout::contiguous(&[planes, area]))
        };
        let (x, y) = (flat(*dtype, image, x.count()), flat(DType::I64, places, y.count()));
        Ok(GpuKernel::Plan(planner::gather(&x, &y, 1)?))
    }

    fn sliding(&self, _args: &[Arg]) -> Option<Sliding> {
        Some(Sliding { moves: Moves::Largest, window: self.0 })
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let image = self.0.image(saved.shape(0));
        let sum =
            ops::apply(MaxPoolBackward { window: self.0, image }, &[grad.into(), saved.tensor(1)?.into()])?;
        Ok(vec![Some(sum), None])
    }
}

/// The largest element under the window for each of its places, and where in its plane it is.
pub fn max_pool(x: &Tensor, window: Window) -> Result<(Tensor, Tensor)> {
    let indices = ops::apply(MaxPoolIndices(window), &[x.into()])?;
    Ok((ops::apply(MaxPool(window), &[x.into(), (&indices).into()])?, indices))
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = [1.0, -2.0, 3.5, 0.25, -0.5, 4.0, 4.0, 2.0, -1.0, 0.0, 3.0, 1.5];
        let window = |rank, kernel, size| Window { rank, kernel, slide: Slide::PLAIN, size };
        vec![
            Case::new(
                MaxPool(window(2, [2, 2], [2, 1])),
                [Case::tensor(&[2, 3, 2], &x), Case::index(&[2, 2, 1], &[2, 5, 0, 4])],
            ),
            Case::new(
                MaxPool(window(1, [1, 3], [1, 4])),
                [Case::tensor(&[2, 6], &x), Case::index(&[2, 4], &[2, 2, 4, 5, 0, 3, 4, 4])],
            ),
            Case::new(
                MaxPool(window(2, [1, 1], [2, 1])),
                [Case::tensor(&[0, 2, 1], &[]), Case::index(&[0, 2, 1], &[])],
            ),
        ]
    },
};
