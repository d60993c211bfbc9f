//! Elements as the words of the GPU.

use crate::{Array, DType, Error, Result};

/// What a `float64` is told that wants to the GPU.
pub fn no_doubles() -> Error {
    Error::type_("float64 tensors live on the CPU only: WebGPU has no 64-bit floats")
        .help("make it float32 first: x.float().to('cuda')")
}

/// An integer in 32 bits.
pub(super) fn integer(value: i64) -> Result<u32> {
    let word = i32::try_from(value).map_err(|_| {
        Error::value(format!("int64 values are held in 32 bits on the GPU, and {value} does not fit"))
            .help("keep it on the CPU")
    })?;
    Ok(word.cast_unsigned())
}

/// The words of an array. Integers outside of 32 bits and `float64` are refused.
pub fn pack(array: &Array) -> Result<Vec<u32>> {
    match array {
        Array::F32(values) => Ok(values.iter().map(|x| x.to_bits()).collect()),
        Array::I64(values) => values.iter().map(|&x| integer(x)).collect(),
        Array::Bool(values) => Ok(values.iter().map(|&x| u32::from(x)).collect()),
        Array::F64(_) => Err(no_doubles()),
    }
}

/// The array of these words.
pub fn unpack(words: &[u32], dtype: DType) -> Array {
    match dtype {
        DType::F32 => Array::F32(words.iter().map(|&w| f32::from_bits(w)).collect()),
        DType::I64 => Array::I64(words.iter().map(|&w| i64::from(w.cast_signed())).collect()),
        DType::Bool => Array::Bool(words.iter().map(|&w| w != 0).collect()),
        DType::F64 => Array::F64(words.iter().map(|&w| f64::from(f32::from_bits(w))).collect()),
    }
}
