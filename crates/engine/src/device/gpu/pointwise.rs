//! The template of elementwise kernels, filled in.

use crate::plan::GpuArg;
use crate::planner::{Walk, wgsl_type, word, words};
use crate::{DType, Error, Layout, Result, Scalar};

use super::words::integer;

/// How an argument reaches the kernel. Together with dtypes and the number of dimensions this is what a pipeline is
/// compiled for; sizes, strides and numbers are parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Access {
    /// A parameter.
    Number,
    /// One element for all.
    Single,
    /// Element `i`.
    Dense,
    /// By strides, the `n`-th of the walk.
    Strided(usize),
    /// From the place in the result where the new value goes.
    Place,
}

/// A kernel for one combination of arguments.
pub(super) struct Kernel {
    args: Vec<(Access, &'static str)>,
    out: Access,
    result: DType,
    walk: Walk,
    /// Which arguments are bound, in order.
    pub inputs: Vec<usize>,
    /// Count, offset of the result, then for each argument its offset or its value; then the walk.
    pub params: Vec<u32>,
}

impl Kernel {
    /// Arguments come with the number of their buffer, if they have one.
    pub fn new(
        args: &[(&GpuArg, Option<u64>)],
        result: DType,
        out_buffer: u64,
        out: &Layout,
    ) -> Result<Kernel> {
        wgsl_type(result)?;
        let mut spread: Vec<Option<Layout>> = Vec::with_capacity(args.len());
        for (arg, _) in args {
            spread.push(match arg.layout() {
                Some(layout) => Some(layout.broadcast(&out.shape)?),
                None => None,
            });
        }
        let single =
            |layout: &Layout| (0..out.rank()).all(|dim| out.shape[dim] == 1 || layout.strides[dim] == 0);
        let dense = |layout: &Layout| {
            let (alone, strides) = Layout::coalesce(&[layout]);
            alone.is_empty() || (alone.len() == 1 && strides[0] == [1])
        };

        let mut strided: Vec<&Layout> = Vec::new();
        let mut place = |layout| {
            strided.push(layout);
            Access::Strided(strided.len() - 1)
        };
        let at_out = if dense(out) { Access::Dense } else { place(out) };
        let mut kernel = Kernel {
            args: Vec::with_capacity(args.len()),
            out: at_out,
            result,
            walk: Walk::new(&[], 0),
            inputs: Vec::new(),
            params: words([out.count(), out.offset])?,
        };
        for (at, ((arg, buffer), layout)) in args.iter().zip(&spread).enumerate() {
            let (access, element, parameter) = match (arg, layout) {
                (GpuArg::Tensor(dtype, _), Some(layout)) => {
                    let access = if *buffer == Some(out_buffer) {
                        Access::Place
                    } else if single(layout) {
                        Access::Single
                    } else if dense(layout) {
                        Access::Dense
                    } else {
                        place(layout)
                    };
                    (access, wgsl_type(*dtype)?, words([layout.offset])?[0])
                }
                (GpuArg::Scalar(Scalar::Float(x)), _) => (Access::Number, "f32", (*x as f32).to_bits()),
                (GpuArg::Scalar(Scalar::Int(x)), _) => (Access::Number, "i32", integer(narrow(*x))?),
                (GpuArg::Scalar(Scalar::Bool(x)), _) => (Access::Number, "u32", u32::from(*x)),
                (GpuArg::Tensor(..), None) => return Err(super::missing_buffer()),
            };
            if !matches!(access, Access::Number | Access::Place) {
                kernel.inputs.push(at);
            }
            kernel.args.push((access, element));
            kernel.params.push(parameter);
        }
        if !strided.is_empty() {
            kernel.walk = Walk::new(&strided, kernel.params.len());
            kernel.params.extend(words(kernel.walk.words.iter().copied())?);
        }
        if kernel.params.len() > 64 || kernel.inputs.len() > 7 {
            return Err(Error::unsupported(
                "an elementwise operation of this many strided tensors does not fit the GPU",
            )
            .help("make them contiguous first: x.contiguous()"));
        }
        Ok(kernel)
    }

    /// What tells its pipeline apart.
    pub fn key(&self, expr: &str) -> String {
        let mut key = format!("{expr}|{}{}", self.result.name(), self.walk.rank());
        for (access, element) in &self.args {
            key.push_str(element);
            access.mark(&mut key);
        }
        self.out.mark(&mut key);
        key
    }

    /// Its WGSL.
    pub fn source(&self, expr: &str) -> Result<String> {
        let (functions, expr) = expr.rsplit_once('\n').unwrap_or(("", expr));
        let mut bindings = format!("{functions}\n");
        let mut bound = 0;
        let mut loads = self.walk.coordinates("i");
        let output = self.place(self.out, 1);
        for (at, &(access, element)) in self.args.iter().enumerate() {
            let parameter = 2 + at;
            let raw = match access {
                Access::Number => match element {
                    "u32" => word(parameter),
                    _ => format!("bitcast<{element}>({})", word(parameter)),
                },
                Access::Place => format!("output[{output}]"),
                _ => {
                    bindings += &format!(
                        "@group(0) @binding({bound}) var<storage, read> in{at}: array<{element}>;\n"
                    );
                    bound += 1;
                    format!("in{at}[{}]", self.place(access, parameter))
                }
            };
            let value = if element == "u32" { format!("({raw} != 0u)") } else { raw };
            loads += &format!("let x{at} = {value};\n");
        }
        let result = wgsl_type(self.result)?;
        bindings +=
            &format!("@group(0) @binding({bound}) var<storage, read_write> output: array<{result}>;\n");
        bindings +=
            &format!("@group(0) @binding({}) var<uniform> params: array<vec4<u32>, 16>;\n", bound + 1);
        let stored = match self.result {
            DType::Bool => format!("u32(bool({expr}))"),
            _ => format!("{result}({expr})"),
        };
        let defines = [("BINDINGS", bindings), ("LOADS", loads), ("PLACE", output), ("STORED", stored)];
        let template = gradloom_shaders::source("pointwise")
            .ok_or_else(|| Error::runtime("there is no template of elementwise kernels"))?;
        Ok(gradloom_shaders::assemble(template, &defines))
    }

    /// Where an element lies in its buffer.
    fn place(&self, access: Access, parameter: usize) -> String {
        let offset = word(parameter);
        match access {
            Access::Dense => format!("{offset} + i"),
            Access::Strided(at) => format!("{offset} + {}", self.walk.place(at)),
            _ => offset,
        }
    }
}

/// The bounds of `int64` stand for no bound at all: in 32 bits, for the bounds of those.
fn narrow(x: i64) -> i64 {
    match x {
        i64::MAX => i32::MAX.into(),
        i64::MIN => i32::MIN.into(),
        other => other,
    }
}

impl Access {
    fn mark(self, key: &mut String) {
        key.push(match self {
            Access::Number => 'n',
            Access::Single => 's',
            Access::Dense => 'd',
            Access::Strided(_) => 'w',
            Access::Place => 'p',
        });
    }
}
