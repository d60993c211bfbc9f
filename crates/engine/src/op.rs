//! What an operator is.
//!
//! An operator is one struct in one file of [`crate::ops`], its attributes its fields. It implements either
//! [`Pointwise`], for what works element by element, or [`Operator`] itself. From the registry alone it is then
//! tested: shape rule against result, gradients by finite differences, GPU against CPU.

use std::fmt::Debug;
use std::rc::Rc;

use crate::autograd::Saved;
use crate::element::Real;
use crate::layout::broadcast_shapes;
use crate::plan::{GpuArg, GpuKernel};
use crate::slide::Sliding;
use crate::{Array, DType, Error, Layout, Result, Scalar, Tensor};

/// What a reader of an operator wants to know. `x`, `y`, `z` are its inputs, `out` its result, `g` the gradient that
/// arrives at the result.
#[derive(Debug)]
pub struct Doc {
    /// PyTorch's name.
    pub name: &'static str,
    /// What it computes: `x + y`.
    pub formula: &'static str,
    /// Which shapes go in and come out.
    pub shapes: &'static str,
    /// What each input receives in the backward pass, one a line of the array, the last one for all inputs from there on;
    /// for elementwise operators `g` times the local derivative.
    pub derivative: &'static [&'static str],
    /// Where that is defined.
    pub source: &'static str,
}

/// Shape and dtype of a tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meta {
    /// Sizes.
    pub shape: Vec<usize>,
    /// What an element is.
    pub dtype: DType,
}

/// An argument of an operator.
#[derive(Clone, Debug)]
pub enum Arg {
    /// A tensor.
    Tensor(Tensor),
    /// A Python number: the constant of `b + 1`, the bound of a clamp.
    Scalar(Scalar),
}

impl Arg {
    /// Its shape; a number has none.
    pub fn shape(&self) -> &[usize] {
        match self {
            Arg::Tensor(t) => t.shape(),
            Arg::Scalar(_) => &[],
        }
    }

    /// Its dtype; a Python float counts as `float64`.
    pub fn dtype(&self) -> DType {
        match self {
            Arg::Tensor(t) => t.dtype(),
            Arg::Scalar(s) => s.dtype(),
        }
    }

    /// The tensor, if it is one.
    pub fn tensor(&self) -> Option<&Tensor> {
        match self {
            Arg::Tensor(t) => Some(t),
            Arg::Scalar(_) => None,
        }
    }
}

impl From<&Tensor> for Arg {
    fn from(t: &Tensor) -> Self {
        Arg::Tensor(t.clone())
    }
}

impl From<Tensor> for Arg {
    fn from(t: Tensor) -> Self {
        Arg::Tensor(t)
    }
}

impl<T: Into<Scalar>> From<T> for Arg {
    fn from(number: T) -> Self {
        Arg::Scalar(number.into())
    }
}

/// In which dtype an operator computes, given those of its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promotion {
    /// Each argument as it is.
    None,
    /// Where all arguments meet, see [`crate::dtype::promote`].
    Arithmetic,
    /// The same, but integers and booleans become `float32`.
    Float,
    /// Arguments meet; the result is `bool`.
    Compare,
    /// The arguments from the second on meet; the first is a condition.
    Select,
}

/// What the tape keeps for the backward pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Which arguments.
    pub args: &'static [usize],
    /// The result.
    pub output: bool,
}

impl Keep {
    /// Nothing but shapes.
    pub const NOTHING: Keep = Keep { args: &[], output: false };
    /// The result.
    pub const OUTPUT: Keep = Keep { args: &[], output: true };

    /// These arguments.
    pub const fn args(args: &'static [usize]) -> Keep {
        Keep { args, output: false }
    }
}

/// Along which dimension an operator picks places, and how it refuses one outside of it.
#[derive(Clone, Copy, Debug)]
pub struct Picks {
    /// The dimension.
    pub dim: usize,
    /// The refusal of a place, of the dimension and its size.
    pub refusal: fn(i64, usize, usize) -> Error,
}

/// An argument of a CPU kernel: a tensor's whole storage with its layout, or a number.
#[derive(Clone, Debug)]
pub enum CpuArg {
    /// A tensor.
    Tensor(Rc<Array>, Layout),
    /// A number.
    Scalar(Scalar),
}

/// [`Operator::needed`] of a product: each factor for the gradient of the other.
pub(crate) fn crosswise(i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
    i.is_none_or(|i| asked(1 - i.min(1)))
}

/// What each argument receives, in order; `None` where nothing flows or nothing was asked for.
pub type Gradients = Vec<Option<Tensor>>;

/// An operator with its attributes.
pub trait Operator: Debug {
    /// Its documentation.
    fn doc(&self) -> &'static Doc;

    /// What it computes of these arguments, where that says less than all it can.
    fn formula(&self, _args: &[Arg]) -> &'static str {
        self.doc().formula
    }

    /// In which dtype it computes.
    fn promotion(&self) -> Promotion {
        Promotion::None
    }

    /// Shape and dtype of the result, or a refusal with both shapes.
    fn infer(&self, args: &[Arg]) -> Result<Meta>;

    /// For an operator that returns a view of its first argument: where the result lies in the same storage.
    /// `None`: it computes.
    fn view(&self, _input: &Layout) -> Option<Result<Layout>> {
        None
    }

    /// For an operator that others compute: its result, made of them while nothing is recorded, and no part of an
    /// argument. On the tape it is one node all the same.
    fn compose(&self, _args: &[Arg]) -> Option<Result<Tensor>> {
        None
    }

    /// For an operator that moves a window over its first argument: how.
    fn sliding(&self, _args: &[Arg]) -> Option<Sliding> {
        None
    }

    /// For an operator whose result is its first argument with the second written into it: at which places.
    fn places(&self) -> Option<&Layout> {
        None
    }

    /// For an operator whose second argument names places along a dimension of the first.
    fn picks(&self) -> Option<Picks> {
        None
    }

    /// Whether the kernels take tensors of any strides; otherwise they are given contiguous ones.
    fn takes_strides(&self) -> bool {
        false
    }

    /// The specification: the values of the result, row-major. A view computes nothing.
    fn cpu(&self, _args: &[CpuArg], _out: &Meta) -> Result<Array> {
        Err(Error::unsupported("a view computes nothing"))
    }

    /// The same on the GPU.
    fn gpu(&self, _args: &[GpuArg], _out: &Meta) -> Result<GpuKernel> {
        Err(Error::unsupported("a view computes nothing"))
    }

    /// Whether gradients flow through it at all.
    fn differentiable(&self) -> bool {
        true
    }

    /// What its backward rule needs.
    fn keep(&self) -> Keep {
        Keep::NOTHING
    }

    /// Whether what [`Operator::keep`] names is needed after all: argument `i` (the result: `None`), when gradients are
    /// asked for by these arguments. What nobody needs may change in place.
    fn needed(&self, _i: Option<usize>, _asked: &dyn Fn(usize) -> bool) -> bool {
        true
    }

    /// What each argument receives when `grad` arrives at the result. Broadcasting is undone by the caller.
    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients>;

    /// Whether every element of the result depends on the elements at the same place alone, so that a local
    /// derivative can be shown as a tensor.
    fn pointwise(&self) -> bool {
        false
    }
}

/// An operator that works element by element; everything but its formula and derivative follows.
pub trait Pointwise: Debug + 'static {
    /// Its documentation.
    const DOC: Doc;
    /// How many arguments.
    const ARITY: usize;
    /// In which dtype it computes.
    const PROMOTION: Promotion = Promotion::Arithmetic;
    /// What its backward rule needs.
    const KEEP: Keep = Keep::NOTHING;
    /// Whether gradients flow through it.
    const DIFFERENTIABLE: bool = true;

    /// One element of the result from one element of each argument; a truth value is 1 or 0.
    fn value<T: Real>(&self, x: &[T]) -> T;

    /// The same in WGSL, in `x0`, `x1`, …, for arguments of this dtype.
    fn wgsl(&self, dtype: DType) -> &'static str;

    /// What it computes of these arguments, where that says less than all it can.
    fn formula(&self, _args: &[Arg]) -> &'static str {
        Self::DOC.formula
    }

    /// Refuses arguments that broadcast but make no sense.
    fn check(&self, _args: &[Arg]) -> Result<()> {
        Ok(())
    }

    /// See [`Operator::needed`].
    fn needed(&self, _i: Option<usize>, _asked: &dyn Fn(usize) -> bool) -> bool {
        true
    }

    /// What each argument receives.
    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients>;
}

/// The dtype in which promoted arguments meet, those before `from` left out.
pub(crate) fn computed_dtype(args: &[Arg], from: usize) -> DType {
    let tensors = args.iter().skip(from).find_map(|a| a.tensor().map(Tensor::dtype));
    tensors.unwrap_or_else(|| {
        let numbers = args.iter().skip(from).map(|a| (a.dtype(), crate::dtype::Weight::Number));
        crate::dtype::promote(numbers, DType::F32)
    })
}

/// Shape and dtype of an operator that works element by element. Apart from the operators, so that it is there once.
fn broadcast(name: &str, arity: usize, promotion: Promotion, args: &[Arg]) -> Result<Meta> {
    if args.len() != arity {
        return Err(Error::type_(format!("{name} takes {arity} arguments, not {}", args.len())));
    }
    let shape = broadcast_shapes(args.iter().map(Arg::shape))?;
    let dtype = match promotion {
        Promotion::Compare => DType::Bool,
        promotion => computed_dtype(args, usize::from(promotion == Promotion::Select)),
    };
    Ok(Meta { shape, dtype })
}

/// The dtype of the last argument that is a tensor: a condition stands first.
fn last_dtype(args: &[GpuArg], out: &Meta) -> DType {
    let tensors = args.iter().rev();
    let mut dtypes =
        tensors.filter_map(|a| if let GpuArg::Tensor(dtype, _) = a { Some(*dtype) } else { None });
    dtypes.next().unwrap_or(out.dtype)
}

impl<P: Pointwise> Operator for P {
    fn doc(&self) -> &'static Doc {
        const { &P::DOC }
    }

    fn formula(&self, args: &[Arg]) -> &'static str {
        Pointwise::formula(self, args)
    }

    fn promotion(&self) -> Promotion {
        P::PROMOTION
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let meta = broadcast(P::DOC.name, P::ARITY, P::PROMOTION, args)?;
        self.check(args)?;
        Ok(meta)
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        crate::device::cpu::pointwise(self, args, out)
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        Ok(GpuKernel::pointwise(self.wgsl(last_dtype(args, out))))
    }

    fn differentiable(&self) -> bool {
        P::DIFFERENTIABLE
    }

    fn keep(&self) -> Keep {
        P::KEEP
    }

    fn needed(&self, i: Option<usize>, asked: &dyn Fn(usize) -> bool) -> bool {
        Pointwise::needed(self, i, asked)
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        Pointwise::backward(self, saved, grad)
    }

    fn pointwise(&self) -> bool {
        true
    }
}
