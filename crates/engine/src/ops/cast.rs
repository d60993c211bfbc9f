//! Conversion to another dtype.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, DType, Error, Result, Tensor, ops};

/// `x` as another dtype: a float to an integer toward zero, anything but 0 is `True`.
#[derive(Debug, Clone, Copy)]
pub struct Cast {
    /// The dtype of the result.
    pub dtype: DType,
}

const DOC: Doc = Doc {
    name: "to",
    formula: "x",
    shapes: "any; the result has the same",
    derivative: &["g as the dtype of x"],
    source: "https://pytorch.org/docs/stable/generated/torch.Tensor.to.html",
};

impl Operator for Cast {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("to takes one tensor")) };
        Ok(Meta { shape: x.shape().to_vec(), dtype: self.dtype })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(array, layout)] = args else { return Err(Error::type_("to takes one tensor")) };
        Ok(cpu::convert(&cpu::gather(array, layout), self.dtype))
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [GpuArg::Tensor(from, _)] = args else { return Err(Error::type_("to takes one tensor")) };
        Ok(GpuKernel::pointwise(match (from, self.dtype) {
            (DType::Bool, DType::F32) => "select(0.0, 1.0, x0)",
            (DType::Bool, DType::I64) => "select(0i, 1i, x0)",
            (DType::I64, DType::Bool) => "x0 != 0",
            (DType::I64, _) => "f32(x0)",
            (DType::F32, DType::Bool) => "x0 != 0.0 || is_nan(x0)",
            (DType::F32, DType::I64) => "i32(x0)",
            _ => "x0",
        }))
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::cast(grad, saved.dtype(0))?)])
    }
}

/// `x` as another dtype; `x` itself where it has it.
pub fn cast(x: &Tensor, dtype: DType) -> Result<Tensor> {
    if x.dtype() == dtype { Ok(x.clone()) } else { ops::apply(Cast { dtype }, &[x.into()]) }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 2], &[-1.5, 0.0, 0.75, 2.5]);
        vec![
            Case::new(Cast { dtype: DType::I64 }, [x()]),
            Case::new(Cast { dtype: DType::Bool }, [x()]),
            Case::new(Cast { dtype: DType::F32 }, [x()]),
            Case::new(Cast { dtype: DType::I64 }, [Case::tensor(&[3, 1], &[-1.5, 0.75, 2.5])]),
            Case::new(Cast { dtype: DType::Bool }, [Case::tensor(&[4], &[-1.5, 0.0, 0.75, 2.5])]),
        ]
    },
};
