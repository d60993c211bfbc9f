//! Elements put at places along a dimension, by their numbers.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Picks};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::{self, Put};
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Result, Scalar, Tensor, layout, ops};

use super::gather::check_index;

/// `x` with `z[i, …, j, …]` put at `[i, …, y[i, …, j, …], …]`.
#[derive(Debug, Clone, Copy)]
pub struct Scatter {
    /// The dimension.
    pub dim: usize,
    /// What becomes of the element that is there.
    pub put: Put,
}

const SHAPES: &str = "x […, n, …], y […, m, …] of integers from 0 to n - 1, elsewhere no larger than x, and z of y's shape; \
                      the result has x's";

const ADD: Doc = Doc {
    name: "scatter_add",
    formula: "x with z added at y",
    shapes: SHAPES,
    derivative: &["g", "0", "the elements of g that y names"],
    source: "https://pytorch.org/docs/stable/generated/torch.scatter_add.html",
};

const REPLACE: Doc = Doc {
    name: "scatter",
    formula: "x with z at y",
    shapes: SHAPES,
    derivative: &["g, 0 at the places that y names", "0", "the elements of g that y names"],
    source: "https://pytorch.org/docs/stable/generated/torch.scatter.html",
};

impl Operator for Scatter {
    fn doc(&self) -> &'static Doc {
        if self.put == Put::Add { &ADD } else { &REPLACE }
    }

    fn formula(&self, _args: &[Arg]) -> &'static str {
        if self.put == Put::Multiply { "x times z at y" } else { self.doc().formula }
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y), Arg::Tensor(z)] = args else {
            return Err(Error::type_("scatter takes three tensors"));
        };
        check_index(self.doc().name, x.shape(), y, self.dim)?;
        if z.dtype() != x.dtype() {
            return Err(Error::runtime("scatter(): Expected self.dtype to be equal to src.dtype"));
        }
        if z.rank() != y.rank() {
            return Err(Error::runtime("Index tensor must have the same number of dimensions as src tensor"));
        }
        if z.shape() != y.shape() {
            return Err(Error::runtime(format!(
                "Expected index {} to be no larger than self {} apart from dimension {} and to be no larger size than src {}",
                layout::show(y.shape()),
                layout::show(x.shape()),
                self.dim,
                layout::show(z.shape())
            )));
        }
        Ok(Meta { shape: x.shape().to_vec(), dtype: x.dtype() })
    }

    fn picks(&self) -> Option<Picks> {
        Some(Picks { dim: self.dim, refusal: cpu::places::outside })
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [CpuArg::Tensor(x, to), CpuArg::Tensor(y, index), CpuArg::Tensor(z, from)] = args else {
            return Err(Error::type_("scatter takes three tensors"));
        };
        let places = cpu::places::along(y, index, &to.shape, self.dim)?;
        let mut result = (*cpu::gather(x, to)).clone();
        cpu::places::put(self.put, &mut result, &places, &cpu::gather(z, from))?;
        Ok(result)
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x, y, z] = args else { return Err(Error::type_("scatter takes three tensors")) };
        Ok(GpuKernel::Plan(planner::scatter(self.put, x, y, z, self.dim)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[1])
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        let (dim, index) = (self.dim as i64, saved.tensor(1)?);
        let to_x = match self.put {
            Put::Add => Some(grad.clone()),
            Put::Replace => saved.when(0, || scatter(grad, dim, &index, Scalar::Float(0.0), Put::Replace))?,
            Put::Multiply => {
                return Err(Error::unsupported(
                    "the derivative for 'aten::scatter.reduce' is not implemented",
                )
                .help("use reduce='add', or multiply with a tensor of factors"));
            }
        };
        Ok(vec![to_x, None, saved.when(2, || ops::gather(grad, dim, &index))?])
    }
}

/// `x` with `source` put at the places along `dim` that the index names. The source may be a number, or larger than the
/// index.
pub fn scatter(x: &Tensor, dim: i64, index: &Tensor, source: impl Into<Arg>, put: Put) -> Result<Tensor> {
    let at = layout::resolve_dim(dim, x.rank())?;
    let lift = |t: &Tensor| if t.rank() == 0 { ops::reshape(t, &[1]) } else { Ok(t.clone()) };
    let (lifted, index) = (lift(x)?, lift(index)?);
    let source = match source.into() {
        Arg::Tensor(source) => {
            let mut source = lift(&source)?;
            if source.rank() == index.rank() && index.count() > 0 {
                for (d, &size) in index.shape().iter().enumerate() {
                    if size < source.shape()[d] {
                        source = ops::slice(&source, d as i64, 0, 1, size)?;
                    }
                }
            }
            source
        }
        Arg::Scalar(number) => x
            .engine()
            .full("full", &[1], number, x.dtype(), x.device())
            .and_then(|t| ops::expand(&ops::reshape(&t, &vec![1; index.rank()])?, index.shape()))?,
    };
    if index.count() == 0 && source.shape() != index.shape() {
        // Nothing is put, whatever the source is.
        return ops::clone(x);
    }
    let out = ops::apply(Scatter { dim: at, put }, &[lifted.into(), index.into(), source.into()])?;
    if x.rank() == 0 { ops::reshape(&out, &[]) } else { Ok(out) }
}

/// `x` with `source` added at the places along `dim` that the index names.
pub fn scatter_add(x: &Tensor, dim: i64, index: &Tensor, source: &Tensor) -> Result<Tensor> {
    scatter(x, dim, index, source, Put::Add)
}

fn cases(put: Put) -> Vec<Case> {
    let x = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
    let z = || Case::tensor(&[2, 2], &[0.5, -1.5, 2.0, 0.75]);
    vec![
        Case::new(Scatter { dim: 1, put }, [x(), Case::index(&[2, 2], &[2, 0, 1, 2]), z()]),
        Case::new(Scatter { dim: 0, put }, [x(), Case::index(&[2, 2], &[1, 0, 0, 1]), z()]),
        Case::new(
            Scatter { dim: 0, put },
            [x(), Case::index(&[1, 2], &[1, 1]), Case::tensor(&[1, 2], &[0.5, -1.5])],
        ),
    ]
}

/// The adding one's line of the registry.
pub const ADD_ENTRY: Entry = Entry {
    doc: &ADD,
    cases: || {
        let z = Case::tensor(&[1, 3], &[0.5, -1.5, 2.0]);
        let mut cases = cases(Put::Add);
        cases.push(Case::new(
            Scatter { dim: 1, put: Put::Add },
            [Case::tensor(&[2, 2], &[1.0, -2.0, 3.5, 0.25]), Case::index(&[1, 3], &[1, 1, 0]), z],
        ));
        cases
    },
};
/// The replacing one's line of the registry.
pub const REPLACE_ENTRY: Entry = Entry { doc: &REPLACE, cases: || cases(Put::Replace) };
