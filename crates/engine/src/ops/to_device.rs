//! A copy on the other device.

use crate::autograd::Saved;
use crate::op::{Doc, Gradients, Meta, Operator};
use crate::{Arg, Device, Error, Result, Tensor, ops};

/// `x` on another device. The engine moves the values; the operator stands on the tape for the way back.
#[derive(Debug, Clone, Copy)]
pub struct ToDevice {
    /// Where the argument was.
    pub from: Device,
}

const DOC: Doc = Doc {
    name: "to",
    formula: "x",
    shapes: "any; the result has the same",
    derivative: &["g on the device of x"],
    source: "https://pytorch.org/docs/stable/generated/torch.Tensor.to.html",
};

impl Operator for ToDevice {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x)] = args else { return Err(Error::type_("to takes one tensor")) };
        Ok(Meta { shape: x.shape().to_vec(), dtype: x.dtype() })
    }

    fn backward(&self, _saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![Some(ops::to_device(grad, self.from)?)])
    }
}

/// `x` on a device; `x` itself where it is there. From the GPU this needs the values: see
/// [`crate::ErrorKind::Pending`].
pub fn to_device(x: &Tensor, device: Device) -> Result<Tensor> {
    if x.device() == device {
        Ok(x.clone())
    } else {
        x.engine().transfer(x, device, ToDevice { from: x.device() })
    }
}
