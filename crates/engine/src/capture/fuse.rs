//! Chains of elementwise operators become one kernel: their intermediate values never reach memory.

use std::borrow::Cow;
use std::fmt::Write;
use std::rc::Rc;

use crate::autograd::Saved;
use crate::device::cpu;
use crate::op::{CpuArg, Doc, Gradients, Meta, Operator};
use crate::plan::{GpuArg, GpuKernel};
use crate::planner::wgsl_type;
use crate::{Arg, Array, DType, Error, Layout, Result, Scalar, Tensor, layout};

use super::{Source, Step};

/// The name of a fused operator.
pub(super) const NAME: &str = "fused";

/// Tensors that one kernel of the GPU reads at most, and the words of its parameters.
const MOST_TENSORS: usize = 7;
const MOST_WORDS: usize = 64;
/// Operators in one kernel at most.
const MOST_PARTS: usize = 16;
/// Elements that the CPU takes through all operators before the next: they stay in its cache.
const BLOCK: usize = 2048;

/// Elementwise operators in sequence, the last one's result that of all.
#[derive(Debug)]
pub(super) struct Fused {
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    op: Rc<dyn Operator>,
    args: Vec<From>,
    dtype: DType,
}

/// Where an argument of a part comes from.
#[derive(Clone, Copy, Debug)]
enum From {
    /// An argument of the whole.
    Arg(usize),
    /// The result of an earlier part.
    Part(usize),
}

/// Joins each elementwise step whose result one other such step alone uses with that step. `uses` counts how often each
/// value is used.
pub(super) fn fuse(steps: &mut [Option<Step>], first: usize, uses: &[usize]) {
    let fits: Vec<bool> = steps.iter().map(|step| step.as_ref().is_some_and(elementwise)).collect();
    for at in 0..steps.len() {
        let Some(mut step) = steps[at].take() else { continue };
        if fits[at] {
            let mut made: Vec<usize> = step.values().filter(|&value| value >= first).collect();
            made.dedup();
            for value in made {
                let alone =
                    fits[value - first] && step.values().filter(|&v| v == value).count() == uses[value];
                let before = steps.get(value - first).and_then(Option::as_ref);
                if let Some(before) = before.filter(|before| alone && before.meta.shape == step.meta.shape)
                    && let Some(joined) = join(before, &step, value)
                {
                    steps[value - first] = None;
                    step = joined;
                }
            }
        }
        steps[at] = Some(step);
    }
}

/// Whether a step computes each element from the elements at the same place.
fn elementwise(step: &Step) -> bool {
    let op = &*step.op;
    let args: Vec<GpuArg> = step
        .args
        .iter()
        .map(|source| match source {
            Source::Value(_) => GpuArg::Tensor(step.meta.dtype, Layout::contiguous(&step.meta.shape)),
            Source::Constant(tensor) => GpuArg::Tensor(tensor.dtype(), tensor.layout().clone()),
            Source::Number(number) => GpuArg::Scalar(*number),
        })
        .collect();
    op.takes_strides()
        && op.places().is_none()
        && op.picks().is_none()
        && matches!(op.gpu(&args, &step.meta), Ok(GpuKernel::Pointwise(_)))
}

/// The step `last` with `before`, whose result is `value`, in the same kernel; `None` where that is more than a kernel
/// holds.
fn join(before: &Step, last: &Step, value: usize) -> Option<Step> {
    if before.device != last.device {
        return None;
    }
    let mut args: Vec<Source> = Vec::new();
    let mut place = |source: &Source| {
        let same = |held: &Source| match (held, source) {
            (Source::Value(a), Source::Value(b)) => a == b,
            (Source::Constant(a), Source::Constant(b)) => a.is(b),
            _ => false,
        };
        let found = args.iter().position(same);
        From::Arg(found.unwrap_or_else(|| {
            args.push(source.clone());
            args.len() - 1
        }))
    };
    let mut parts = parts(before, 0, &mut place);
    let shift = parts.len();
    let own = From::Part(shift - 1);
    parts.extend(self::parts(last, shift, &mut |source| match source {
        Source::Value(at) if *at == value => own,
        other => place(other),
    }));
    let tensors = args.iter().filter(|source| !matches!(source, Source::Number(_))).count();
    // Count, offset and a word for each argument; then sizes, and strides of every tensor.
    let words = 2 + args.len() + (tensors + 1) * last.meta.shape.len();
    if parts.len() > MOST_PARTS || tensors > MOST_TENSORS || words > MOST_WORDS {
        return None;
    }
    let fused = Rc::new(Fused { parts });
    Some(Step {
        op: fused.clone(),
        fused: Some(fused),
        args,
        meta: last.meta.clone(),
        device: last.device,
        site: last.site.clone(),
        root: last.root,
    })
}

/// What a step consists of, counted from `shift`; `place` says what becomes of its arguments.
fn parts(step: &Step, shift: usize, place: &mut dyn FnMut(&Source) -> From) -> Vec<Part> {
    let outer: Vec<From> = step.args.iter().map(place).collect();
    let Some(fused) = &step.fused else {
        return vec![Part { op: step.op.clone(), args: outer, dtype: step.meta.dtype }];
    };
    let moved = |from: &From| match from {
        From::Arg(at) => outer.get(*at).copied().unwrap_or(From::Arg(*at)),
        From::Part(at) => From::Part(at + shift),
    };
    let part = |part: &Part| Part { args: part.args.iter().map(moved).collect(), ..part.clone() };
    fused.parts.iter().map(part).collect()
}

const DOC: Doc = Doc {
    name: NAME,
    formula: "",
    shapes: "as its operators",
    derivative: &[],
    source: "https://docs.pytorch.org/docs/stable/torch.compiler.html",
};

impl Fused {
    /// The names of its operators.
    pub fn names(&self) -> String {
        let names: Vec<&str> = self.parts.iter().map(|part| part.op.doc().name).collect();
        names.join(" · ")
    }

    /// The results of the parts, one after the other; `arg` gives an argument of the whole.
    fn each<T: Clone>(
        &self,
        arg: &dyn Fn(usize) -> Option<T>,
        mut part: impl FnMut(&Part, &[T]) -> Result<T>,
    ) -> Result<T> {
        let missing = || Error::runtime("a fused operator has not all of its arguments");
        let mut done: Vec<T> = Vec::with_capacity(self.parts.len());
        for step in &self.parts {
            let found = step.args.iter().map(|from| match from {
                From::Arg(at) => arg(*at).ok_or_else(missing),
                From::Part(at) => done.get(*at).cloned().ok_or_else(missing),
            });
            let args = found.collect::<Result<Vec<T>>>()?;
            done.push(part(step, &args)?);
        }
        done.pop().ok_or_else(missing)
    }

    /// Its operators by name, with `x`, `y`, … for its arguments: `pow(sub(x, y), z)`.
    pub fn formula(&self) -> String {
        let names = ["x", "y", "z", "w", "u", "v"];
        let arg = |at: usize| Some(names.get(at).map_or_else(|| format!("x{at}"), |&name| name.to_owned()));
        let text = self.each(&arg, |part, args| Ok(format!("{}({})", part.op.doc().name, args.join(", "))));
        text.unwrap_or_default()
    }
}

impl Operator for Fused {
    fn doc(&self) -> &'static Doc {
        &DOC
    }

    fn infer(&self, args: &[Arg]) -> Result<Meta> {
        let dtype = self.parts.last().map_or(DType::F32, |part| part.dtype);
        Ok(Meta { shape: layout::broadcast_shapes(args.iter().map(Arg::shape))?, dtype })
    }

    fn takes_strides(&self) -> bool {
        true
    }

    fn cpu(&self, args: &[CpuArg], out: &Meta) -> Result<Array> {
        let count: usize = out.shape.iter().product();
        // Every argument becomes one number, or as many as the result has.
        let spread = args.iter().map(|arg| match arg {
            CpuArg::Tensor(array, layout) if layout.count() == 1 => Ok(CpuArg::Tensor(
                array.clone(),
                Layout { shape: vec![], strides: vec![], offset: layout.offset },
            )),
            CpuArg::Tensor(array, layout) if layout.shape == out.shape && layout.is_contiguous() => {
                let flat = Layout { shape: vec![count], strides: vec![1], offset: layout.offset };
                Ok(CpuArg::Tensor(array.clone(), flat))
            }
            CpuArg::Tensor(array, layout) => {
                let all = cpu::gather(array, &layout.broadcast(&out.shape)?);
                Ok(CpuArg::Tensor(all, Layout::contiguous(&[count])))
            }
            number => Ok(number.clone()),
        });
        let spread = spread.collect::<Result<Vec<CpuArg>>>()?;
        let mut result = cpu::zeros(out.dtype, 0);
        let mut start = 0;
        while start < count {
            let length = BLOCK.min(count - start);
            let cut = |at: usize| match spread.get(at)? {
                CpuArg::Tensor(array, layout) if layout.rank() == 1 => {
                    let block =
                        Layout { shape: vec![length], strides: vec![1], offset: layout.offset + start };
                    Some(CpuArg::Tensor(array.clone(), block))
                }
                other => Some(other.clone()),
            };
            let block = self.each(&cut, |part, args| {
                let meta = Meta { shape: vec![length], dtype: part.dtype };
                let array = part.op.cpu(args, &meta)?;
                Ok(CpuArg::Tensor(Rc::new(array), Layout::contiguous(&[length])))
            })?;
            if let CpuArg::Tensor(block, _) = block {
                append(&mut result, &block);
            }
            start += length;
        }
        Ok(result)
    }

    fn gpu(&self, args: &[GpuArg], out: &Meta) -> Result<GpuKernel> {
        let mut functions = String::new();
        let mut number = 0;
        // An argument of a part as it is called and as the part's kernel wants it described.
        let arg = |at: usize| args.get(at).map(|arg| (format!("x{at}"), arg.clone()));
        let (value, _) = self.each(&arg, |part, given| {
            let described: Vec<GpuArg> = given.iter().map(|(_, arg)| arg.clone()).collect();
            let meta = Meta { shape: out.shape.clone(), dtype: part.dtype };
            let GpuKernel::Pointwise(expression) = part.op.gpu(&described, &meta)? else {
                return Err(Error::runtime("an operator of this kind cannot be fused"));
            };
            let mut params = Vec::with_capacity(described.len());
            for (at, arg) in described.iter().enumerate() {
                params.push(format!("x{at}: {}", value_type(arg)?));
            }
            let (params, name) = (params.join(", "), format!("part{number}"));
            number += 1;
            let result = GpuArg::Tensor(part.dtype, Layout::contiguous(&out.shape));
            let kind = value_type(&result)?;
            // Writing to a string cannot fail.
            let _ = writeln!(functions, "fn {name}({params}) -> {kind} {{ return {kind}({expression}); }}");
            let given: Vec<&str> = given.iter().map(|(name, _)| &**name).collect();
            Ok((format!("{name}({})", given.join(", ")), result))
        })?;
        Ok(GpuKernel::Pointwise(Cow::Owned(functions + &value)))
    }

    fn differentiable(&self) -> bool {
        false
    }

    fn backward(&self, _saved: &Saved, _grad: &Tensor) -> Result<Gradients> {
        Err(Error::unsupported("a captured graph has its backward pass in itself"))
    }

    fn pointwise(&self) -> bool {
        true
    }
}

/// The WGSL type of an argument as an expression sees it.
fn value_type(arg: &GpuArg) -> Result<&'static str> {
    Ok(match arg {
        GpuArg::Tensor(DType::Bool, _) | GpuArg::Scalar(Scalar::Bool(_)) => "bool",
        GpuArg::Tensor(dtype, _) => wgsl_type(*dtype)?,
        GpuArg::Scalar(Scalar::Int(_)) => "i32",
        GpuArg::Scalar(Scalar::Float(_)) => "f32",
    })
}

fn append(to: &mut Array, block: &Array) {
    match (to, block) {
        (Array::Bool(to), Array::Bool(block)) => to.extend_from_slice(block),
        (Array::I64(to), Array::I64(block)) => to.extend_from_slice(block),
        (Array::F32(to), Array::F32(block)) => to.extend_from_slice(block),
        (Array::F64(to), Array::F64(block)) => to.extend_from_slice(block),
        _ => {}
    }
}
