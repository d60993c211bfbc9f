//! Where the largest element under a moving window is.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::slide::{Slide, Window};
use crate::{Arg, Array, DType, Error, Result};

/// The first place of the largest element under the window, for each place of the window: the row-major number in the
/// plane. NaN counts as the largest.
#[derive(Debug, Clone, Copy)]
pub struct MaxPoolIndices(
    /// The window.
    pub Window,
);

const DOC: Doc = Doc {
    name: "max_pool_indices",
    formula: "argmax x under the window",
    shapes: "any with a plane behind; the result has the plane of the window's places",
    derivative: &["0"],
    source: "https://pytorch.org/docs/stable/generated/torch.nn.functional.max_pool2d.html",
};

impl Operator for MaxPoolIndices {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("max_pool takes one tensor")) };
        if x.dtype() == DType::Bool {
            return Err(Error::unsupported(format!(
                "\"max_pool{}d\" not implemented for 'Bool'",
                self.0.rank
            )));
        }
        Ok(Meta { shape: self.0.result(x.shape()), dtype: DType::I64 })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, layout)] = args else {
            return Err(Error::type_("max_pool takes one tensor"));
        };
        Ok(cpu::max_pool_indices(&self.0, self.0.image(&layout.shape), &cpu::gather(x, layout)))
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let [GpuArg::Tensor(dtype, layout)] = args else {
            return Err(Error::type_("max_pool takes one tensor"));
        };
        let count = out.shape.iter().product();
        Ok(GpuKernel::Plan(planner::max_pool_indices(&self.0, self.0.image(&layout.shape), count, *dtype)?))
    }

    fn differentiable(&self) -> bool {
        false
    }

    fn backward(&self, _saved: &Saved, _grad: &crate::Tensor) -> Result<Gradients> {
        Ok(vec![None])
    }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let values = [1.0, -2.0, 3.5, 0.25, -0.5, 4.0, 4.0, 2.0, -1.0, 0.0, 3.0, 1.5];
        let case = |rank, kernel, slide: Slide, shape: &[usize]| {
            let mut window = Window { rank, kernel, slide, size: [0; 2] };
            window.size = slide.places(window.image(shape), kernel);
            let count = shape.iter().product();
            Case::new(MaxPoolIndices(window), [Case::tensor(shape, &values[..count])])
        };
        let wide = Slide { stride: [2, 1], padding: [1, 0], dilation: [1, 2] };
        vec![
            case(2, [2, 2], Slide::PLAIN, &[1, 3, 4]),
            case(2, [2, 2], wide, &[3, 4]),
            case(1, [1, 3], Slide { stride: [1, 2], padding: [0, 1], dilation: [1; 2] }, &[2, 6]),
            case(2, [1, 1], Slide::PLAIN, &[0, 2, 2]),
        ]
    },
};
