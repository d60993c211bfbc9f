//! Tests on the driver at hand, a software one in most places. Without any they pass, unless
//! GRADLOOM_REQUIRE_GPU is set.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod memory;
mod rivals;
mod sources;

use super::*;

/// A GPU, or the reason why the test does nothing.
pub(super) fn gpu() -> Option<Gpu> {
    match pollster::block_on(Gpu::request()) {
        Ok(gpu) => Some(gpu),
        Err(error) => {
            assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "{error}");
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

/// The words of a buffer.
pub(super) fn fetch(gpu: &Gpu, buffer: &GpuBuffer) -> Vec<u32> {
    let read = gpu.read(buffer, 0, buffer.elements()).unwrap();
    gpu.flush();
    gpu.wait();
    read.take().expect("the read is here").unwrap()
}
