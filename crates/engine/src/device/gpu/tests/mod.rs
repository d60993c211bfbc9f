//! Tests on the driver at hand, a software one in most places. Without any they say so and pass, unless
//! GRADLOOM_REQUIRE_GPU is set.

mod functions;
mod memory;
mod plans;
mod pointwise;
mod sources;

use super::*;
use crate::plan::GpuArg;

/// A GPU, or the reason why the test does nothing.
pub(super) fn gpu() -> Option<Gpu> {
    match pollster::block_on(Gpu::request()) {
        Ok(gpu) => Some(gpu),
        Err(error) => {
            assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "{error}");
            eprintln!("not tested: {error}");
            None
        }
    }
}

pub(super) fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

pub(super) fn floats(words: &[u32]) -> Vec<f32> {
    words.iter().map(|&w| f32::from_bits(w)).collect()
}

pub(super) fn words_of(values: &[i32]) -> Vec<u32> {
    values.iter().map(|x| x.cast_unsigned()).collect()
}

/// The words of a buffer.
pub(super) fn fetch(gpu: &Gpu, buffer: &GpuBuffer) -> Vec<u32> {
    let read = gpu.read(buffer, 0, buffer.elements()).unwrap();
    gpu.flush();
    gpu.wait();
    read.take().expect("the read is here").unwrap()
}

/// An argument in a test: words with their place, or a number.
pub(super) enum Given<'a> {
    Words(DType, Layout, &'a [u32]),
    Number(crate::Scalar),
}

/// Evaluates an expression into a contiguous result.
pub(super) fn eval(
    gpu: &Gpu,
    expr: &'static str,
    given: &[Given<'_>],
    dtype: DType,
    shape: &[usize],
) -> Vec<u32> {
    let mut buffers = Vec::new();
    for given in given {
        buffers.push(match given {
            Given::Words(_, _, words) => Some(gpu.upload(words).unwrap()),
            Given::Number(_) => None,
        });
    }
    let args: Vec<(GpuArg, Option<&GpuBuffer>)> = given
        .iter()
        .zip(&buffers)
        .map(|(given, buffer)| match given {
            Given::Words(dtype, layout, _) => (GpuArg::Tensor(*dtype, layout.clone()), buffer.as_ref()),
            Given::Number(x) => (GpuArg::Scalar(*x), None),
        })
        .collect();
    let meta = Meta { shape: shape.to_vec(), dtype };
    let out = gpu.allocate(shape.iter().product()).unwrap();
    gpu.pointwise(expr, &args, &meta, &out, &Layout::contiguous(shape)).unwrap();
    fetch(gpu, &out)
}

/// One function of floats.
pub(super) fn map(gpu: &Gpu, expr: &'static str, x: &[f32]) -> Vec<f32> {
    let layout = Layout::contiguous(&[x.len()]);
    floats(&eval(gpu, expr, &[Given::Words(DType::F32, layout, &bits(x))], DType::F32, &[x.len()]))
}
