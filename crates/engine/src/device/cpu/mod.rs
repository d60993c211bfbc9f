//! The CPU kernels: readable, generic over the element, the specification of the GPU's.

mod convolve;
mod matmul;
pub mod order;
pub mod places;
mod pointwise;
mod pool;
mod reduce;
mod svd;

use std::rc::Rc;

pub use convolve::convolve;
pub use matmul::matmul;
pub use pointwise::{function, pointwise};
pub use pool::{max_pool, max_pool_backward, max_pool_indices};
pub use reduce::{Fold, arg_extreme, reduce};
pub use svd::{Svd, svd};

use crate::element::Element;
use crate::op::CpuArg;
use crate::{Array, DType, Layout, Scalar, with_array};

/// `count` times the number `value`, converted.
pub fn repeat(value: Scalar, count: usize, dtype: DType) -> Array {
    match dtype {
        DType::Bool => Array::Bool(vec![bool::from_scalar(value); count]),
        DType::I64 => Array::I64(vec![i64::from_scalar(value); count]),
        DType::F32 => Array::F32(vec![f32::from_scalar(value); count]),
        DType::F64 => Array::F64(vec![f64::from_scalar(value); count]),
    }
}

/// `count` zeros.
pub fn zeros(dtype: DType, count: usize) -> Array {
    repeat(Scalar::Int(0), count, dtype)
}

/// The elements of a layout, row-major; the array itself where it holds just them.
pub fn gather(array: &Rc<Array>, layout: &Layout) -> Rc<Array> {
    if layout.is_contiguous() && layout.offset == 0 && layout.count() == array.len() {
        return array.clone();
    }
    fn pick<T: Element>(values: &[T], layout: &Layout) -> Array {
        if layout.is_contiguous() {
            return T::array(values.iter().skip(layout.offset).take(layout.count()).copied().collect());
        }
        T::array(layout.positions().filter_map(|p| values.get(p).copied()).collect())
    }
    Rc::new(with_array!(&**array, v => pick(v, layout)))
}

/// Writes the elements of `source`, seen by its layout, to the places of `target`'s layout. Shapes and dtypes agree.
pub fn scatter(source: &Rc<Array>, source_layout: &Layout, target: &mut Array, target_layout: &Layout) {
    fn put<T: Element>(source: &Array, target: &mut Array, layout: &Layout) {
        if let (Some(source), Some(target)) = (T::slice(source), T::slice_mut(target)) {
            for (place, &value) in layout.positions().zip(source) {
                if let Some(slot) = target.get_mut(place) {
                    *slot = value;
                }
            }
        }
    }
    let dense = gather(source, source_layout);
    match target.dtype() {
        DType::Bool => put::<bool>(&dense, target, target_layout),
        DType::I64 => put::<i64>(&dense, target, target_layout),
        DType::F32 => put::<f32>(&dense, target, target_layout),
        DType::F64 => put::<f64>(&dense, target, target_layout),
    }
}

/// The elements converted to another dtype.
pub fn convert(array: &Array, dtype: DType) -> Array {
    fn from<T: Element>(values: &[T], dtype: DType) -> Array {
        match dtype {
            DType::Bool => Array::Bool(values.iter().map(|x| bool::from_scalar(x.scalar())).collect()),
            DType::I64 => Array::I64(values.iter().map(|x| i64::from_scalar(x.scalar())).collect()),
            DType::F32 => Array::F32(values.iter().map(|x| f32::from_scalar(x.scalar())).collect()),
            DType::F64 => Array::F64(values.iter().map(|x| f64::from_scalar(x.scalar())).collect()),
        }
    }
    if array.dtype() == dtype {
        return array.clone();
    }
    with_array!(array, v => from(v, dtype))
}

/// The elements of an argument as `T`, row-major over `shape` (to which it broadcasts).
pub(crate) fn values<T: Element>(arg: &CpuArg, shape: &[usize]) -> Vec<T> {
    let count = shape.iter().product();
    match arg {
        CpuArg::Scalar(s) => vec![T::from_scalar(*s); count],
        CpuArg::Tensor(array, layout) => match layout.broadcast(shape) {
            Ok(layout) => {
                let dense = gather(array, &layout);
                match T::slice(&dense) {
                    Some(values) => values.to_vec(),
                    None => T::slice(&convert(&dense, T::DTYPE)).unwrap_or_default().to_vec(),
                }
            }
            Err(_) => vec![T::default(); count],
        },
    }
}
