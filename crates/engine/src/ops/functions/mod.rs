//! Functions of numbers, a row each: what takes an element of every argument and has no kernel of its own but an
//! expression. One operator, [`Elementwise`], applies them all, so that a further row costs the program next to
//! nothing.

pub mod bits;
pub mod exponential;
pub mod gaussian;
pub mod hyperbolic;
pub mod mixing;
pub mod piecewise;
pub mod residual;
pub mod rounding;
pub mod smooth;
pub mod trigonometric;

use std::fmt;

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Keep, Meta, Operator, Promotion, computed_dtype};
use crate::plan::{GpuArg, GpuKernel};
use crate::registry::{Case, CaseArg};
use crate::{Arg, Array, DType, Device, Error, Result, Tensor, layout};

/// Arguments of a function at most.
pub const ARGS: usize = 4;

/// How a function is computed in one kind of numbers: the specification, and the same in WGSL, in `x0`, `x1`, ….
pub type Kernel<T> = (fn([T; ARGS]) -> T, &'static str);

/// What one argument receives when `grad` arrives at the result.
pub type Flow = fn(&Saved, &Tensor) -> Result<Tensor>;

/// A function of numbers. It has as many arguments as its documentation has derivatives.
pub struct Function {
    /// Its documentation.
    pub doc: Doc,
    /// `Float` takes integers as `float32`, `Arithmetic` as they are, where it can.
    pub promotion: Promotion,
    /// Of floats, computed in double precision.
    pub float: Option<Kernel<f64>>,
    /// Of integers.
    pub whole: Option<Kernel<i64>>,
    /// What `flows` needs.
    pub keep: Keep,
    /// The gradients of the arguments, in order; those after the last receive none.
    pub flows: &'static [Flow],
    /// For the generic tests: values of each argument away from the points without a derivative. One value is a
    /// number, three a row, six two rows of three.
    pub points: &'static [&'static [f64]],
}

impl Function {
    /// What a row may leave out: takes integers as floats, keeps its arguments, has no gradient.
    pub(crate) const ROW: Function = Function {
        doc: Doc { name: "", formula: "", shapes: SAME, derivative: &[], source: "" },
        promotion: Promotion::Float,
        float: None,
        whole: None,
        keep: Keep::args(&[0, 1, 2, 3]),
        flows: &[],
        points: &[],
    };

    /// Applies it.
    pub fn apply(&'static self, args: &[Arg]) -> Result<Tensor> {
        // A Python number does not make floats of a tensor of integers here.
        if self.promotion == Promotion::Arithmetic
            && let Some(dtype) = args.iter().filter_map(|a| a.tensor().map(Tensor::dtype)).max()
        {
            self.takes(dtype, args)?;
        }
        super::apply(Elementwise(self), args)
    }

    /// Refuses a dtype in which it cannot be computed.
    fn takes(&self, dtype: DType, args: &[Arg]) -> Result<()> {
        let known = match dtype {
            DType::F32 | DType::F64 => self.float.is_some(),
            DType::I64 => self.whole.is_some(),
            DType::Bool => false,
        };
        if known {
            return Ok(());
        }
        let gpu = args.iter().filter_map(Arg::tensor).any(|t| t.device() == Device::Gpu);
        let device = if gpu { "cuda" } else { "cpu" };
        let message = format!("\"{}_{device}\" not implemented for '{}'", self.doc.name, dtype.scalar_name());
        let help = if dtype.is_float() { ".long()" } else { ".float()" };
        Err(Error::unsupported(message).help(format!("convert it first, with {help}")).in_op(self.doc.name))
    }

    /// How many arguments it takes.
    pub fn arity(&self) -> usize {
        self.doc.derivative.len()
    }

    /// Inputs for the generic tests.
    pub fn cases(&'static self) -> Vec<Case> {
        let case = |args: Vec<CaseArg>| Case { op: std::rc::Rc::new(Elementwise(self)), args };
        let all = |make: &dyn Fn(&[f64]) -> CaseArg| self.points.iter().map(|values| make(values)).collect();
        // The first argument of another shape, the others as single numbers.
        let with_first = |first: CaseArg| {
            let rest = self.points.iter().skip(1);
            let last = |values: &&'static [f64]| values.last().copied().unwrap_or_default();
            [first].into_iter().chain(rest.map(|values| Case::number(last(values)))).collect()
        };
        let mut cases = Vec::new();
        if self.float.is_some() {
            cases.push(case(all(&|values| match values {
                [number] => Case::number(*number),
                _ => Case::tensor(shape_of(values), values),
            })));
            if let Some(first) = self.points.first() {
                cases.push(case(with_first(Case::tensor(&[], first.get(..1).unwrap_or_default()))));
            }
            cases.push(case(with_first(Case::tensor(&[0, 3], &[]))));
        }
        if self.whole.is_some() {
            cases.push(case(all(&|values| {
                let values: Vec<i64> = values.iter().map(|&x| x as i64).collect();
                Case::index(shape_of(&values), &values)
            })));
        }
        cases
    }
}

fn shape_of<T>(values: &[T]) -> &'static [usize] {
    match values.len() {
        1 => &[],
        3 => &[3],
        _ => &[2, 3],
    }
}

const SAME: &str = "any; the result has the same";
const BROADCAST: &str = "any that broadcast; the result has the broadcast shape";

/// A function applied to every element.
#[derive(Clone, Copy)]
pub struct Elementwise(pub &'static Function);

impl fmt::Debug for Elementwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.doc.name)
    }
}

impl Operator for Elementwise {
    fn doc(&self) -> &'static Doc {
        &self.0.doc
    }

    fn promotion(&self) -> Promotion {
        self.0.promotion
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let name = self.0.doc.name;
        if args.len() != self.0.arity() {
            let wanted = self.0.arity();
            return Err(Error::type_(format!("{name} takes {wanted} arguments, not {}", args.len())));
        }
        let dtype = computed_dtype(args, 0);
        self.0.takes(dtype, args)?;
        Ok(Meta { shape: layout::broadcast_shapes(args.iter().map(Arg::shape))?, dtype })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        cpu::function(self.0, args, out)
    }

    fn gpu(&self, _args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let expression = match out.dtype {
            DType::I64 => self.0.whole.map(|kernel| kernel.1),
            _ => self.0.float.map(|kernel| kernel.1),
        };
        let missing = || Error::unsupported(format!("{} takes no {}", self.0.doc.name, out.dtype));
        expression.map(GpuKernel::pointwise).ok_or_else(missing)
    }

    fn differentiable(&self) -> bool {
        !self.0.flows.is_empty()
    }

    fn keep(&self) -> Keep {
        self.0.keep
    }

    fn backward(&self, saved: &Saved, grad: &Tensor) -> Result<Gradients> {
        (0..saved.len())
            .map(|i| match self.0.flows.get(i) {
                Some(flow) => saved.when(i, || flow(saved, grad)),
                None => Ok(None),
            })
            .collect()
    }

    fn pointwise(&self) -> bool {
        true
    }
}

/// Functions of Rust for rows of the tables.
macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident($($arg:ident),*) => $function:ident;)*) => {
        $(
            $(#[$doc])*
            pub fn $name($($arg: impl Into<crate::Arg>),*) -> crate::Result<crate::Tensor> {
                $function.apply(&[$($arg.into()),*])
            }
        )*
    };
}
use functions;

/// All rows.
pub const FUNCTIONS: &[&Function] = &[
    &hyperbolic::ACOSH,
    &hyperbolic::ASINH,
    &hyperbolic::ATANH,
    &hyperbolic::COSH,
    &hyperbolic::SINH,
    &trigonometric::ACOS,
    &trigonometric::ASIN,
    &trigonometric::ATAN2,
    &trigonometric::SINC,
    &exponential::EXP2,
    &exponential::HYPOT,
    &exponential::LOG10,
    &exponential::LOGADDEXP,
    &exponential::XLOGY,
    &gaussian::ERF,
    &gaussian::ERFC,
    &gaussian::ERFINV,
    &gaussian::GELU,
    &gaussian::GELU_TANH,
    &rounding::FMOD,
    &rounding::FRAC,
    &rounding::TRUNC,
    &rounding::TRUNC_DIVIDE,
    &bits::AND,
    &bits::OR,
    &bits::XOR,
    &mixing::LERP,
    &mixing::NAN_TO_NUM,
    &smooth::CELU,
    &smooth::ELU,
    &smooth::LOG_SIGMOID,
    &smooth::MISH,
    &smooth::SELU,
    &smooth::SILU,
    &smooth::SOFTPLUS,
    &piecewise::HARDSHRINK,
    &piecewise::HARDSIGMOID,
    &piecewise::HARDSWISH,
    &piecewise::HARDTANH,
    &piecewise::LEAKY_RELU,
    &piecewise::PRELU,
    &piecewise::SOFTSHRINK,
    &piecewise::THRESHOLD,
    &residual::BINARY_CROSS_ENTROPY,
    &residual::HUBER,
    &residual::SMOOTH_L1,
];

/// The function of this name.
pub fn function(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|f| f.doc.name == name).copied()
}
