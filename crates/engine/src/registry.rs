//! Every operator, once. The generic tests, the documentation and the browser's tests walk this list.

use std::rc::Rc;

use crate::op::{Doc, Operator};
use crate::{Arg, Array, DType, Device, Engine, Result, Scalar, Tensor, ops};

/// An operator's line of the registry.
pub struct Entry {
    /// Its documentation.
    pub doc: &'static Doc,
    /// Small inputs, awkward shapes, away from the points without a derivative: what the generic tests run over.
    pub cases: fn() -> Vec<Case>,
}

/// An operator with its attributes, and inputs for it.
#[derive(Clone)]
pub struct Case {
    /// The operator.
    pub op: Rc<dyn Operator>,
    /// Its inputs.
    pub args: Vec<CaseArg>,
}

/// An input of a case.
#[derive(Clone, Debug)]
pub enum CaseArg {
    /// A tensor of floats that asks for a gradient.
    Tensor(Vec<usize>, Vec<f64>),
    /// A tensor of truth values.
    Mask(Vec<usize>, Vec<bool>),
    /// A tensor of integers.
    Index(Vec<usize>, Vec<i64>),
    /// A number.
    Number(f64),
}

impl Case {
    /// A case.
    pub fn new<const N: usize>(op: impl Operator + 'static, args: [CaseArg; N]) -> Case {
        Case { op: Rc::new(op), args: args.into() }
    }

    /// A tensor of these values, row-major.
    pub fn tensor(shape: &[usize], values: &[f64]) -> CaseArg {
        CaseArg::Tensor(shape.to_vec(), values.to_vec())
    }

    /// A tensor of truth values.
    pub fn mask(shape: &[usize], values: &[bool]) -> CaseArg {
        CaseArg::Mask(shape.to_vec(), values.to_vec())
    }

    /// A tensor of integers.
    pub fn index(shape: &[usize], values: &[i64]) -> CaseArg {
        CaseArg::Index(shape.to_vec(), values.to_vec())
    }

    /// A Python number.
    pub fn number(value: f64) -> CaseArg {
        CaseArg::Number(value)
    }
}

impl CaseArg {
    /// Sizes; a number has none.
    pub fn shape(&self) -> &[usize] {
        match self {
            CaseArg::Tensor(shape, _) | CaseArg::Mask(shape, _) | CaseArg::Index(shape, _) => shape,
            CaseArg::Number(_) => &[],
        }
    }

    /// With `to` in the place of every size `from`, which is larger, and as many of the elements as there is room for.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn resized(&self, from: usize, to: usize) -> CaseArg {
        let shape: Vec<usize> =
            self.shape().iter().map(|&size| if size == from { to } else { size }).collect();
        let count = shape.iter().product();
        match self {
            CaseArg::Tensor(_, values) => CaseArg::Tensor(shape, values[..count].to_vec()),
            CaseArg::Mask(_, values) => CaseArg::Mask(shape, values[..count].to_vec()),
            CaseArg::Index(_, values) => CaseArg::Index(shape, values[..count].to_vec()),
            CaseArg::Number(x) => CaseArg::Number(*x),
        }
    }

    /// The argument on an engine; float tensors take `dtype`.
    pub fn make(&self, engine: &Engine, dtype: DType, device: Device) -> Result<Arg> {
        let tensor =
            |array: Array, shape: &[usize]| -> Result<Tensor> { engine.tensor(array, shape, device) };
        Ok(match self {
            CaseArg::Number(x) => Arg::Scalar(Scalar::Float(*x)),
            CaseArg::Mask(shape, values) => tensor(Array::Bool(values.clone()), shape)?.into(),
            CaseArg::Index(shape, values) => tensor(Array::I64(values.clone()), shape)?.into(),
            CaseArg::Tensor(shape, values) => {
                let array = crate::device::cpu::convert(&Array::F64(values.clone()), dtype);
                tensor(array, shape)?.into()
            }
        })
    }
}

/// Every operator's documentation with its cases: those with a kernel of their own, then the functions of numbers.
pub fn operators() -> impl Iterator<Item = (&'static Doc, Vec<Case>)> {
    let functions = ops::functions::FUNCTIONS.iter().map(|f| (&f.doc, f.cases()));
    OPERATORS.iter().map(|entry| (entry.doc, (entry.cases)())).chain(functions)
}

/// The cases of all of them.
pub fn cases() -> impl Iterator<Item = Case> {
    operators().flat_map(|(_, cases)| cases)
}

/// The operators that have a kernel of their own; [`operators`] are all.
pub const OPERATORS: &[Entry] = &[
    ops::abs::ENTRY,
    ops::add::ENTRY,
    ops::extreme::AMAX_ENTRY,
    ops::extreme::AMIN_ENTRY,
    ops::argmax::ENTRY,
    ops::as_strided::ENTRY,
    ops::as_strided_scatter::ENTRY,
    ops::argsort::ENTRY,
    ops::atan::ENTRY,
    ops::avg_pool::ENTRY,
    ops::cast::ENTRY,
    ops::cat::ENTRY,
    ops::ceil::ENTRY,
    ops::clamp::ENTRY,
    ops::clone::ENTRY,
    ops::convolution::ENTRY,
    ops::convolution::TRANSPOSE_ENTRY,
    ops::convolution::WEIGHT_ENTRY,
    ops::cos::ENTRY,
    ops::diagonal::ENTRY,
    ops::div::ENTRY,
    ops::eq::ENTRY,
    ops::exp::ENTRY,
    ops::expand::ENTRY,
    ops::expm1::ENTRY,
    ops::extreme_so_far::CUMMAX_ENTRY,
    ops::extreme_so_far::CUMMIN_ENTRY,
    ops::fill::ENTRY,
    ops::floor::ENTRY,
    ops::floor_divide::ENTRY,
    ops::gather::ENTRY,
    ops::ge::ENTRY,
    ops::gt::ENTRY,
    ops::index_add::ENTRY,
    ops::index_select::ENTRY,
    ops::indicator::ENTRY,
    ops::le::ENTRY,
    ops::log::ENTRY,
    ops::log1p::ENTRY,
    ops::log2::ENTRY,
    ops::lt::ENTRY,
    ops::matmul::ENTRY,
    ops::max_pool::ENTRY,
    ops::max_pool_backward::ENTRY,
    ops::max_pool_indices::ENTRY,
    ops::maximum::ENTRY,
    ops::minimum::ENTRY,
    ops::mul::ENTRY,
    ops::ne::ENTRY,
    ops::neg::ENTRY,
    ops::nll_loss::ENTRY,
    ops::permute::ENTRY,
    ops::pow::ENTRY,
    ops::prod::ENTRY,
    ops::reciprocal::ENTRY,
    ops::relu::ENTRY,
    ops::remainder::ENTRY,
    ops::reshape::ENTRY,
    ops::round::ENTRY,
    ops::rsqrt::ENTRY,
    ops::scatter::ADD_ENTRY,
    ops::scatter::REPLACE_ENTRY,
    ops::scan::ENTRY,
    ops::sigmoid::ENTRY,
    ops::sign::ENTRY,
    ops::sin::ENTRY,
    ops::slice::ENTRY,
    ops::softmax::ENTRY,
    ops::softmax::LOG_ENTRY,
    ops::sqrt::ENTRY,
    ops::sub::ENTRY,
    ops::sum::ENTRY,
    ops::svd::ENTRY,
    ops::tan::ENTRY,
    ops::tanh::ENTRY,
    ops::unslice::ENTRY,
    ops::where_::ENTRY,
];
