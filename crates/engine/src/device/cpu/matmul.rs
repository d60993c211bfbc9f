//! The matrix product.

use std::rc::Rc;

use crate::element::Real;
use crate::op::CpuArg;
use crate::{Array, DType, Error, Layout, Result};

/// `[batch…, m, k] @ [batch…, k, n]`, batch sizes equal, any strides.
pub fn matmul(a: &CpuArg, b: &CpuArg) -> Result<Array> {
    let (CpuArg::Tensor(a, la), CpuArg::Tensor(b, lb)) = (a, b) else {
        return Err(Error::type_("a matrix product takes two tensors"));
    };
    Ok(match a.dtype() {
        DType::F32 => run::<f32>(a, la, b, lb),
        DType::F64 => run::<f64>(a, la, b, lb),
        DType::I64 | DType::Bool => run::<i64>(a, la, b, lb),
    })
}

fn run<T: Real>(a: &Rc<Array>, la: &Layout, b: &Rc<Array>, lb: &Layout) -> Array {
    let (a, b) = (super::gather(a, la), super::gather(b, lb));
    let (Some(a), Some(b)) = (T::slice(&a), T::slice(&b)) else { return T::array(Vec::new()) };
    let rank = la.rank();
    let (m, k, n) = (la.shape[rank - 2], la.shape[rank - 1], lb.shape[rank - 1]);
    let batches: usize = la.shape[..rank - 2].iter().product();
    let mut out = vec![T::zero(); batches * m * n];
    if m * k * n == 0 {
        return T::array(out);
    }
    for ((out, a), b) in out.chunks_exact_mut(m * n).zip(a.chunks_exact(m * k)).zip(b.chunks_exact(k * n)) {
        T::matmul(a, b, out, k, n);
    }
    T::array(out)
}
