//! What an operator asks of the GPU, as data: which kernels over which buffers. No handle of the GPU appears here.

use std::borrow::Cow;

use crate::{Arg, DType, Layout, Meta, Result};

/// An argument of a GPU kernel.
#[derive(Clone, Debug)]
pub enum GpuArg {
    /// A tensor: its dtype, and where its elements lie in its buffer.
    Tensor(DType, Layout),
    /// A Python number, already in the dtype of the computation.
    Scalar(crate::Scalar),
}

/// How an operator runs on the GPU.
#[derive(Clone, Debug)]
pub enum GpuKernel {
    /// One WGSL expression in `x0`, `x1`, … (the arguments, of the WGSL types `f32`, `i32` or `bool`), spliced into
    /// the template of elementwise kernels. Arguments broadcast and may have any strides; numbers are parameters.
    /// It may call what `shaders/common/` defines. Lines before the expression's define functions that it calls.
    Pointwise(Cow<'static, str>),
    /// Named WGSL files in sequence.
    Plan(GpuPlan),
}

impl GpuKernel {
    /// An expression that is written down somewhere.
    pub const fn pointwise(expression: &'static str) -> GpuKernel {
        GpuKernel::Pointwise(Cow::Borrowed(expression))
    }
}

/// Kernels in sequence.
#[derive(Clone, Debug, Default)]
pub struct GpuPlan {
    /// Elements of each temporary buffer, 4 bytes an element.
    pub temporaries: Vec<usize>,
    /// The kernels, in order.
    pub dispatches: Vec<Dispatch>,
}

/// A buffer of a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The buffer of an argument.
    Arg(usize),
    /// The result.
    Out,
    /// A temporary.
    Temp(usize),
}

/// One kernel over its buffers.
#[derive(Clone, Debug)]
pub struct Dispatch {
    /// The WGSL file, by its name in `shaders/` without the ending: `matmul`.
    pub shader: &'static str,
    /// Another kernel for the same buffers and parameters, with its workgroups, that stores the same. Which is faster is up
    /// to the device: see `Gpu::try_rivals`.
    pub rival: Option<(&'static str, [u32; 3])>,
    /// Words of the shader replaced before it is compiled (part of the pipeline's key): `("COMBINE", "a + b")`.
    pub defines: Vec<(&'static str, String)>,
    /// Bound read-only as `@binding(0)`, `@binding(1)`, ….
    pub inputs: Vec<Slot>,
    /// Bound read-write after the inputs.
    pub output: Slot,
    /// Bound last, a uniform of 64 words (`array<vec4<u32>, 16>`).
    pub params: Vec<u32>,
    /// Workgroups, by dimension; `x` may exceed the device's limit and is then folded into `y`, see
    /// `shaders/common/`.
    pub groups: [u32; 3],
}

/// Builds the plan of an operator. A function of dtypes and layouts alone, so that it can be tested without a GPU.
pub type Planner = fn(&[GpuArg], &Meta) -> Result<GpuPlan>;

impl GpuArg {
    /// The layout of a tensor argument.
    pub fn layout(&self) -> Option<&Layout> {
        match self {
            GpuArg::Tensor(_, layout) => Some(layout),
            GpuArg::Scalar(_) => None,
        }
    }
}

impl From<&Arg> for GpuArg {
    fn from(arg: &Arg) -> Self {
        match arg {
            Arg::Tensor(t) => GpuArg::Tensor(t.dtype(), t.layout().clone()),
            Arg::Scalar(s) => GpuArg::Scalar(*s),
        }
    }
}
