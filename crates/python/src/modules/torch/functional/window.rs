//! Windows that move over planes, as PyTorch's arguments give them.

use gradloom_engine::slide::Slide;

use crate::context::Context;
use crate::error::runtime_error;
use crate::modules::torch::args::{integers, sequence, wrong};
use crate::native::{Args, Result};
use crate::value::Value;

/// Refuses a number of integers that does not fit: from the parameter's name, the dimensions of a plane, and what was
/// given.
pub type Misfit = fn(&str, &str, usize, &[i64]) -> String;

/// The largest size or step: sums of a few of them can be counted in 32 bits.
const MOST: u64 = (1 << 30) - 1;

/// Parameter `i` as one integer for all dimensions of a plane, or one for each: down and across. On a line
/// (`rank` 1) the first is `flat`. `None` where the parameter was left out, is `None` or empty.
pub fn pair(
    cx: &mut Context,
    args: &Args,
    i: usize,
    rank: usize,
    flat: i64,
    misfit: Misfit,
) -> Result<Option<[i64; 2]>> {
    let found = any_pair(cx, args, i, rank, flat, misfit)?;
    found.iter().try_for_each(|pair| bounded(args, i, pair))?;
    Ok(found)
}

/// Refuses what is too large for parameter `i`.
pub fn bounded(args: &Args, i: usize, pair: &[i64; 2]) -> Result<()> {
    match pair.iter().find(|n| n.unsigned_abs() > MOST) {
        Some(large) => Err(runtime_error(format!(
            "{}(): {large} is too large for {}: at most {MOST}",
            args.native.name,
            args.name(i)
        ))),
        None => Ok(()),
    }
}

/// The same of any size.
pub fn any_pair(
    cx: &mut Context,
    args: &Args,
    i: usize,
    rank: usize,
    flat: i64,
    misfit: Misfit,
) -> Result<Option<[i64; 2]>> {
    let Some(value) = args.some(i) else { return Ok(None) };
    if !matches!(value, Value::Int(_)) && sequence(value).is_none() {
        return Err(wrong(args, i, "tuple of ints", value));
    }
    let given = integers(cx, std::slice::from_ref(value))?;
    match (rank, given.as_slice()) {
        (_, []) => Ok(None),
        (1, &[n]) => Ok(Some([flat, n])),
        (_, &[n]) => Ok(Some([n, n])),
        (2, &[down, across]) => Ok(Some([down, across])),
        (_, given) => Err(runtime_error(misfit(args.native.name, args.name(i), rank, given))),
    }
}

/// Sizes and steps as the engine counts them. What is negative becomes 0, what is too large the largest number there
/// is, which the engine refuses as a size.
pub fn counts(numbers: [i64; 2]) -> [usize; 2] {
    numbers.map(count)
}

/// The same of one number.
pub fn count(number: i64) -> usize {
    usize::try_from(number.max(0)).unwrap_or(usize::MAX)
}

/// How a window moves, of numbers that were checked.
pub fn slide(stride: [i64; 2], padding: [i64; 2], dilation: [i64; 2]) -> Slide {
    Slide { stride: counts(stride), padding: counts(padding), dilation: counts(dilation) }
}

/// The numbers of a plane's dimensions, as in messages: `3 x 4`, or `4` on a line.
pub fn by(plane: [i64; 2], rank: usize) -> String {
    if rank == 1 { plane[1].to_string() } else { format!("{} x {}", plane[0], plane[1]) }
}

/// Sizes as integers.
pub fn signed(sizes: [usize; 2]) -> [i64; 2] {
    sizes.map(|n| i64::try_from(n).unwrap_or(i64::MAX))
}
