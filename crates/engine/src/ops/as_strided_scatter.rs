//! A tensor with another one written into it.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Layout, Result, Tensor, layout, ops};

/// `x` with `y` at places given by sizes, strides and an offset, no two of them the same. It is how a tensor stands on
/// the tape after it was changed through a view.
#[derive(Debug, Clone)]
pub struct AsStridedScatter {
    /// The places, counted from the first element of `x`.
    pub places: Layout,
}

const DOC: Doc = Doc {
    name: "as_strided_scatter",
    formula: "x with y at the places",
    shapes: "any, and as many elements as places; the result has the sizes of x",
    derivative: &["g, 0 at the places", "g at the places"],
    source: "https://pytorch.org/docs/stable/generated/torch.as_strided_scatter.html",
};

impl Operator for AsStridedScatter {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y)] = args else {
            return Err(Error::type_("as_strided_scatter takes two tensors"));
        };
        let last = self.places.last();
        if y.shape() != self.places.shape || y.dtype() != x.dtype() || (y.count() > 0 && last >= x.count()) {
            return Err(Error::runtime(format!(
                "expected src to have a size equal to the slice of self. src size = {}, slice size = {}",
                layout::show(y.shape()),
                layout::show(&self.places.shape)
            )));
        }
        Ok(Meta { shape: x.shape().to_vec(), dtype: x.dtype() })
    }

    fn places(&self) -> Option<&Layout> {
        Some(&self.places)
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, whole), CpuArg::Tensor(y, part)] = args else {
            return Err(Error::type_("as_strided_scatter takes two tensors"));
        };
        let mut result = (*cpu::gather(x, whole)).clone();
        cpu::scatter(y, part, &mut result, &self.places);
        Ok(result)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let grad = if grad.layout().is_contiguous() { grad.clone() } else { ops::clone(grad)? };
        let rest = saved.when(0, || {
            let shape = &self.places.shape;
            let zeros = grad.engine().full("zeros", shape, 0.0.into(), grad.dtype(), grad.device())?;
            ops::as_strided_scatter(&grad, &zeros, &self.places)
        })?;
        let part = saved.when(1, || ops::as_strided(&grad, &self.places))?;
        Ok(vec![rest, part])
    }
}

/// `x` with `y` at places counted from its first element.
pub fn as_strided_scatter(x: &Tensor, y: &Tensor, places: &Layout) -> Result<Tensor> {
    ops::apply(AsStridedScatter { places: places.clone() }, &[x.into(), y.into()])
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let case = |shape: &[usize], strides: &[usize], offset, y: &[f64]| {
            let places = Layout { shape: shape.to_vec(), strides: strides.to_vec(), offset };
            Case::new(AsStridedScatter { places }, [x(), Case::tensor(shape, y)])
        };
        vec![
            case(&[2, 2], &[1, 3], 1, &[0.5, -1.5, 2.0, 0.75]),
            case(&[], &[], 4, &[1.25]),
            case(&[6], &[1], 0, &[0.5, -1.5, 2.0, 0.75, 1.0, -3.0]),
            case(&[0], &[1], 0, &[]),
        ]
    },
};
