//! Borders: `torch.nn.functional.pad`.

use gradloom_engine::{Scalar, ops};

use crate::context::Context;
use crate::error::{runtime_error, type_error};
use crate::native::{Args, Native, Result};
use crate::value::Value;

use super::super::args::{integers, scalar, tensor};

fn pad(cx: &mut Context, args: &Args) -> Result {
    let numbers = integers(cx, std::slice::from_ref(&args[1]))?;
    if numbers.len() % 2 != 0 {
        return Err(runtime_error(format!(
            "Padding length must be divisible by 2, but got {}",
            numbers.len()
        )));
    }
    let sides: Vec<(i64, i64)> =
        numbers.as_chunks::<2>().0.iter().map(|&[before, behind]| (before, behind)).collect();
    let mode = args.some(2).map_or(Ok("constant"), |_| args.str(2))?;
    let value = args.some(3).map(|v| scalar(cx, v)).transpose()?;
    let padding = match (mode, value) {
        ("constant", value) => ops::Padding::Constant(value.unwrap_or(Scalar::Float(0.0))),
        ("reflect" | "replicate" | "circular", Some(value)) if value.to_f64() != 0.0 => {
            return Err(type_error(format!("Padding mode \"{mode}\" doesn't take in value argument")));
        }
        ("reflect", _) => ops::Padding::Reflect,
        ("replicate", _) => ops::Padding::Replicate,
        ("circular", _) => ops::Padding::Circular,
        (other, _) => {
            return Err(runtime_error(format!("Unrecognised padding mode {other}")));
        }
    };
    Ok(Value::Tensor(ops::pad(tensor(args, 0)?, &sides, padding)?))
}

/// Its row.
pub const PAD: &[Native] = &[Native::new("pad", "input, pad, mode=, value=", pad)];
