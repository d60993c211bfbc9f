//! The matrix product.

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Promotion};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner;
use crate::registry::{Case, Entry};
use crate::{Arg, Array, Error, Result, Tensor, layout, ops};

/// `x @ y` of `[…, m, k]` and `[…, k, n]` with equal leading sizes.
#[derive(Debug, Clone, Copy)]
pub struct MatMul;

const DOC: Doc = Doc {
    name: "mm",
    formula: "x @ y",
    shapes: "[…, m, k] and […, k, n] give […, m, n]; leading sizes are equal",
    derivative: &["g @ yᵀ", "xᵀ @ g"],
    source: "https://pytorch.org/docs/stable/generated/torch.matmul.html",
};

impl Operator for MatMul {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn promotion(&self) -> Promotion {
        Promotion::None
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let [Arg::Tensor(x), Arg::Tensor(y)] = args else {
            return Err(Error::type_("a matrix product takes two tensors"));
        };
        let (xs, ys) = (x.shape(), y.shape());
        let rank = xs.len();
        if x.dtype() != y.dtype() {
            return Err(Error::runtime(format!(
                "expected m1 and m2 to have the same dtype, but got: {} != {}",
                c_name(x.dtype()),
                c_name(y.dtype())
            ))
            .help("convert one with .to(other.dtype)"));
        }
        if rank < 2 || ys.len() != rank || xs[..rank - 2] != ys[..rank - 2] {
            return Err(Error::runtime(format!(
                "matrix product of shapes {} and {}: both need two dimensions and equal leading sizes",
                layout::show(xs),
                layout::show(ys)
            )));
        }
        if xs[rank - 1] != ys[rank - 2] {
            return Err(Error::runtime(format!(
                "mm: mat1 and mat2 shapes cannot be multiplied ({}x{} and {}x{})",
                xs[rank - 2],
                xs[rank - 1],
                ys[rank - 2],
                ys[rank - 1]
            ))
            .help(format!(
                "the {} columns of the first must meet as many rows of the second, not {}",
                xs[rank - 1],
                ys[rank - 2]
            )));
        }
        let mut shape = xs.to_vec();
        shape[rank - 1] = ys[rank - 1];
        Ok(Meta { shape, dtype: x.dtype() })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], _out: &Meta) -> Result<Array> {
        let [x, y] = args else { return Err(Error::type_("a matrix product takes two tensors")) };
        cpu::matmul(x, y)
    }

    fn gpu(&self, args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        let [x, y] = args else { return Err(Error::type_("a matrix product takes two tensors")) };
        Ok(GpuKernel::Plan(planner::matmul(x, y)?))
    }

    fn keep(&self) -> Keep {
        Keep::args(&[0, 1])
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        crate::op::crosswise(i, asked)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Ok(vec![
            saved.when(0, || ops::mm(grad, &ops::transpose(&saved.tensor(1)?, -2, -1)?))?,
            saved.when(1, || ops::mm(&ops::transpose(&saved.tensor(0)?, -2, -1)?, grad))?,
        ])
    }
}

/// How PyTorch's message names a dtype here: as C++ does.
fn c_name(dtype: crate::DType) -> &'static str {
    match dtype {
        crate::DType::Bool => "bool",
        crate::DType::I64 => "long",
        crate::DType::F32 => "float",
        crate::DType::F64 => "double",
    }
}

/// `x @ y` of two matrices, or of stacks of them with equal leading sizes.
pub fn mm(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    ops::apply(MatMul, &[x.into(), y.into()])
}

/// `torch.matmul`: a vector counts as a row on the left and as a column on the right, leading sizes broadcast.
pub fn matmul(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    if x.rank() == 0 || y.rank() == 0 {
        return Err(Error::runtime(format!(
            "both arguments to matmul need to be at least 1D, but they are {}D and {}D",
            x.rank(),
            y.rank()
        )));
    }
    if x.rank() == 1 && y.rank() == 1 && x.shape() != y.shape() {
        return Err(Error::runtime(format!(
            "inconsistent tensor size, expected tensor [{}] and src [{}] to have the same number of elements, but got {} and {} \
             elements respectively",
            x.count(),
            y.count(),
            x.count(),
            y.count()
        )));
    }
    let left = if x.rank() == 1 { ops::reshape(x, &[1, x.count()])? } else { x.clone() };
    let right = if y.rank() == 1 { ops::reshape(y, &[y.count(), 1])? } else { y.clone() };
    let (ls, rs) = (left.shape(), right.shape());
    let lead = layout::broadcast_shapes([&ls[..ls.len() - 2], &rs[..rs.len() - 2]])?;
    let spread = |t: &Tensor| {
        let shape: Vec<usize> = lead.iter().chain(&t.shape()[t.rank() - 2..]).copied().collect();
        if t.shape() == shape { Ok(t.clone()) } else { ops::expand(t, &shape) }
    };
    let out = mm(&spread(&left)?, &spread(&right)?)?;
    let mut shape = lead;
    shape.extend((x.rank() > 1).then(|| ls[ls.len() - 2]));
    shape.extend((y.rank() > 1).then(|| rs[rs.len() - 1]));
    if out.shape() == shape { Ok(out) } else { ops::reshape(&out, &shape) }
}

/// Its line of the registry.
pub const ENTRY: Entry = Entry {
    doc: &DOC,
    cases: || {
        let a = || Case::tensor(&[2, 3], &[1.0, -2.0, 3.5, 0.25, -0.5, 4.0]);
        let b = || Case::tensor(&[3, 2], &[0.5, 1.5, -1.0, 2.0, 0.75, -0.25]);
        vec![
            Case::new(MatMul, [a(), b()]),
            Case::new(MatMul, [b(), a()]),
            Case::new(MatMul, [a(), Case::tensor(&[3, 1], &[1.0, 2.0, -3.0])]),
            Case::new(MatMul, [Case::tensor(&[0, 3], &[]), b()]),
            Case::new(MatMul, [Case::tensor(&[2, 0], &[]), Case::tensor(&[0, 2], &[])]),
            Case::new(
                MatMul,
                [
                    Case::tensor(&[2, 1, 2], &[1.0, 2.0, 3.0, -1.0]),
                    Case::tensor(&[2, 2, 1], &[0.5, -1.5, 2.0, 1.0]),
                ],
            ),
        ]
    },
};
