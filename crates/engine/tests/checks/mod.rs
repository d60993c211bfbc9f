//! Checks of the GPU through its public interface, natively and in a browser: the functions of `shaders/common`, the
//! template of elementwise kernels, and the plans, against plain loops and published values.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

pub mod functions;
pub mod plans;
pub mod pointwise;

use gradloom_engine::device::gpu::{Gpu, GpuBuffer, pack, unpack};
use gradloom_engine::plan::{GpuArg, GpuPlan};
use gradloom_engine::{DType, Layout, Meta, Scalar};

/// Hands the name of every check to a macro, so that no driver of them can leave one out.
#[macro_export]
macro_rules! every_check {
    ($test:ident) => {
        $test!(functions::functions_are_accurate);
        $test!(functions::powers_are_accurate);
        $test!(functions::powers_have_the_edges_of_c);
        $test!(functions::the_error_function_is_accurate);
        $test!(functions::edges_are_those_of_ieee);
        $test!(functions::division_by_zero_is_infinite);
        $test!(functions::division_rounds_as_in_pytorch);
        $test!(functions::integers_have_functions_of_their_own);
        $test!(pointwise::arguments_have_any_layout);
        $test!(pointwise::eight_dimensions_work);
        $test!(pointwise::dtypes_convert);
        $test!(pointwise::numbers_are_parameters);
        $test!(pointwise::results_go_through_views);
        $test!(pointwise::arguments_may_lie_in_the_result);
        $test!(pointwise::empty_results_are_no_work);
        $test!(pointwise::groups_fold_into_two_dimensions);
        $test!(pointwise::doubles_stay_on_the_cpu);
        $test!(plans::sums_and_extremes_match_loops);
        $test!(plans::a_reduction_gives_the_same_bits_every_time);
        $test!(plans::integers_and_booleans_reduce);
        $test!(plans::nan_travels_through_reductions);
        $test!(plans::empty_reductions_have_their_values);
        $test!(plans::products_match_loops);
        $test!(plans::products_take_any_strides);
        $test!(plans::integers_multiply);
        $test!(plans::gathering_follows_the_index);
        $test!(plans::scattering_adds_up);
    };
}

pub fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|x| x.to_bits()).collect()
}

pub fn floats(words: &[u32]) -> Vec<f32> {
    words.iter().map(|&w| f32::from_bits(w)).collect()
}

pub fn words_of(values: &[i32]) -> Vec<u32> {
    values.iter().map(|x| x.cast_unsigned()).collect()
}

/// The words of a buffer.
pub async fn fetch(gpu: &Gpu, buffer: &GpuBuffer) -> Vec<u32> {
    let read = gpu.read(buffer, 0, buffer.elements()).unwrap();
    gpu.flush();
    loop {
        if let Some(words) = read.take() {
            return words.unwrap();
        }
        gpu.settled().await;
    }
}

/// An argument in a test: words with their place, or a number.
pub enum Given<'a> {
    Words(DType, Layout, &'a [u32]),
    Number(Scalar),
}

/// Evaluates an expression into a contiguous result.
pub async fn eval(
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
    fetch(gpu, &out).await
}

/// One function of floats.
pub async fn map(gpu: &Gpu, expr: &'static str, x: &[f32]) -> Vec<f32> {
    let layout = Layout::contiguous(&[x.len()]);
    floats(&eval(gpu, expr, &[Given::Words(DType::F32, layout, &bits(x))], DType::F32, &[x.len()]).await)
}
