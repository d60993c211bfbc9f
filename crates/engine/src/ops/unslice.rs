//! The reverse of a slice: zeros around it.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{Dispatch, GpuArg, GpuKernel, GpuPlan, Slot};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Layout, Result, Tensor, ops};

/// `x` put at `start`, `start + step`, … of a dimension of `size` zeros; what a slice's backward rule needs.
#[derive(Debug, Clone, Copy)]
pub struct Unslice {
    /// The dimension.
    pub dim: usize,
    /// The first place.
    pub start: usize,
    /// From place to place, at least 1.
    pub step: usize,
    /// The size of the dimension in the result.
    pub size: usize,
}

const DOC: Doc = Doc {
    name: "slice_backward",
    formula: "x among zeros",
    shapes: "any; the result differs in one size",
    derivative: &["g at the places of x"],
    source: "https://github.com/pytorch/pytorch/blob/main/aten/src/ATen/native/native_functions.yaml (slice_backward)",
};

impl Operator for Unslice {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("slice_backward takes one tensor")) };
        let mut shape = x.shape().to_vec();
        match shape.get_mut(self.dim) {
            Some(size) if *size == 0 || self.start + (*size - 1) * self.step < self.size => *size = self.size,
            _ => return Err(Error::index("slice_backward: the places lie outside of the result")),
        }
        Ok(Meta { shape, dtype: x.dtype() })
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else {
            return Err(Error::type_("slice_backward takes one tensor"));
        };
        let mut result = cpu::zeros(out.dtype, out.shape.iter().product());
        let mut place = Layout::contiguous(&out.shape);
        place.offset = self.start * place.strides[self.dim];
        place.strides[self.dim] *= self.step;
        place.shape[self.dim] = layout.shape[self.dim];
        cpu::scatter(array, layout, &mut result, &place);
        Ok(result)
    }

    /// One thread an element of the result, which looks whether a place of `x` falls on it.
    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let [GpuArg::Tensor(_, layout)] = args else {
            return Err(Error::type_("slice_backward takes one tensor"));
        };
        let count: usize = out.shape.iter().product();
        let inner: usize = out.shape[self.dim + 1..].iter().product();
        let params = [count, inner, self.size, self.start, self.step, layout.shape[self.dim]];
        Ok(GpuKernel::Plan(GpuPlan {
            temporaries: vec![],
            dispatches: vec![Dispatch {
                shader: "unslice",
                rival: None,
                defines: vec![],
                inputs: vec![Slot::Arg(0)],
                output: Slot::Out,
                params: params.iter().map(|&n| n as u32).collect(),
                groups: [count.div_ceil(64) as u32, 1, 1],
            }],
        }))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let length = saved.shape(0)[self.dim];
        Ok(vec![Some(ops::slice(grad, self.dim as i64, self.start, self.step, length)?)])
    }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        vec![
            Case::new(Unslice { dim: 0, start: 1, step: 2, size: 5 }, [x()]),
            Case::new(Unslice { dim: 1, start: 0, step: 1, size: 3 }, [x()]),
            Case::new(Unslice { dim: 1, start: 1, step: 1, size: 2 }, [Case::tensor(&[2, 0], &[])]),
        ]
    },
};
