//! `np.random`: the legacy streams of `RandomState`, bit for bit.
//!
//! Source: <https://github.com/numpy/numpy/blob/main/numpy/random/src/legacy/legacy-distributions.c>

use gradloom_engine::random::Mt19937;
use gradloom_engine::{Array, DType, Device};

use crate::context::Context;
use crate::error::value_error;
use crate::native::{Args, Module, Native, Result};
use crate::value::Value;

use super::array::{NdArray, shape, to_tensor};
use super::ufunc::wrap;

/// The program's stream.
struct RandomState {
    mt: Mt19937,
    /// The polar method makes two normal numbers at once; the second waits here.
    gauss: Option<f64>,
}

impl RandomState {
    fn new(seed: u32) -> RandomState {
        RandomState { mt: Mt19937::new(seed), gauss: None }
    }

    fn gauss(&mut self) -> f64 {
        if let Some(waiting) = self.gauss.take() {
            return waiting;
        }
        loop {
            let x = 2.0 * self.mt.next_f64() - 1.0;
            let y = 2.0 * self.mt.next_f64() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.gauss = Some(factor * x);
                return factor * y;
            }
        }
    }

    /// An integer from 0 to `most`, by drawing until one fits.
    fn bounded(&mut self, most: u64) -> u64 {
        if most == 0 {
            return 0;
        }
        let mask = u64::MAX >> most.leading_zeros();
        loop {
            let bits = if most <= u64::from(u32::MAX) {
                u64::from(self.mt.next_u32())
            } else {
                let high = u64::from(self.mt.next_u32());
                high << 32 | u64::from(self.mt.next_u32())
            };
            if bits & mask <= most {
                return bits & mask;
            }
        }
    }
}

fn with<T: Default>(cx: &mut Context, act: impl FnOnce(&mut RandomState) -> T) -> T {
    cx.state(|cx| RandomState::new(cx.seed as u32)).map(act).unwrap_or_default()
}

/// Draws for a shape; one number where no shape was given.
fn draw(
    cx: &mut Context,
    name: &'static str,
    size: Option<Vec<usize>>,
    mut next: impl FnMut(&mut RandomState) -> f64,
) -> Result {
    let Some(shape) = size else {
        let x = with(cx, next);
        return Ok(Value::Float(x));
    };
    cx.engine.check_budget(&shape, DType::F64)?;
    let count = shape.iter().product();
    cx.charge(count);
    let values = with(cx, |state| (0..count).map(|_| next(state)).collect::<Vec<f64>>());
    Ok(Value::new_object(NdArray(cx.engine.created(name, Array::F64(values), &shape, Device::Cpu)?)))
}

/// A shape from parameter `i`, where it was given.
fn size(cx: &mut Context, args: &Args, i: usize) -> Result<Option<Vec<usize>>> {
    args.some(i).map(|v| shape(cx, std::slice::from_ref(v))).transpose()
}

/// A shape from sizes one by one; none of them: one number.
fn sizes(cx: &mut Context, args: &Args) -> Result<Option<Vec<usize>>> {
    let given = args.rest(0);
    if given.is_empty() { Ok(None) } else { shape(cx, given).map(Some) }
}

fn seed(cx: &mut Context, args: &Args) -> Result {
    let seed = match args.some(0) {
        None => cx.seed as u32,
        Some(value) => u32::try_from(cx.index(value)?)
            .map_err(|_| value_error("Seed must be between 0 and 2**32 - 1"))?,
    };
    if let Some(state) = cx.state(|_| RandomState::new(seed)) {
        *state = RandomState::new(seed);
    }
    Ok(Value::None)
}

fn randint(cx: &mut Context, args: &Args) -> Result {
    let first = args.int(cx, 0)?;
    let (low, high) = match args.some(1) {
        None => (0, first),
        Some(high) => (first, cx.index(high)?),
    };
    if low >= high {
        return Err(value_error(if args.some(1).is_none() { "high <= 0" } else { "low >= high" }));
    }
    let most = high.wrapping_sub(low) as u64 - 1;
    let size = size(cx, args, 2)?;
    let next = |state: &mut RandomState| low.wrapping_add(state.bounded(most) as i64);
    let Some(shape) = size else {
        return Ok(Value::Int(with(cx, next)));
    };
    cx.engine.check_budget(&shape, DType::I64)?;
    let count = shape.iter().product();
    cx.charge(count);
    let values = with(cx, |state| (0..count).map(|_| next(state)).collect::<Vec<i64>>());
    Ok(Value::new_object(NdArray(cx.engine.created("randint", Array::I64(values), &shape, Device::Cpu)?)))
}

fn uniform(cx: &mut Context, args: &Args) -> Result {
    let (low, high) = (args.float_or(cx, 0, 0.0)?, args.float_or(cx, 1, 1.0)?);
    let size = size(cx, args, 2)?;
    draw(cx, "uniform", size, |state| low + (high - low) * state.mt.next_f64())
}

fn normal(cx: &mut Context, args: &Args) -> Result {
    let (mean, deviation) = (args.float_or(cx, 0, 0.0)?, args.float_or(cx, 1, 1.0)?);
    if deviation < 0.0 {
        return Err(value_error("scale < 0"));
    }
    let size = size(cx, args, 2)?;
    draw(cx, "normal", size, |state| mean + deviation * state.gauss())
}

fn permutation(cx: &mut Context, args: &Args) -> Result {
    let whole = match &args[0] {
        Value::Int(n) => {
            let count = usize::try_from(*n).unwrap_or(0);
            cx.engine.check_budget(&[count], DType::I64)?;
            cx.engine.created(
                "permutation",
                Array::I64((0..count as i64).collect()),
                &[count],
                Device::Cpu,
            )?
        }
        other => to_tensor(cx, other)?,
    };
    let count = whole.shape().first().copied().unwrap_or(0);
    cx.charge(count);
    let order = with(cx, |state| {
        let mut order: Vec<i64> = (0..count as i64).collect();
        for i in (1..count).rev() {
            let j = state.bounded(i as u64) as usize;
            order.swap(i, j);
        }
        order
    });
    let order = cx.engine.tensor(Array::I64(order), &[count], Device::Cpu)?;
    let out = gradloom_engine::ops::index_select(&whole, 0, &order)?;
    wrap(cx, out)
}

/// `np.random`
pub static RANDOM: Module = Module {
    name: "numpy.random",
    functions: &[
        Native::new("normal", "loc=, scale=, size=", normal),
        Native::new("permutation", "x", permutation),
        Native::new("rand", "*d", |cx, args| {
            let size = sizes(cx, args)?;
            draw(cx, "rand", size, |state| state.mt.next_f64())
        }),
        Native::new("randint", "low, high=, size=", randint),
        Native::new("randn", "*d", |cx, args| {
            let size = sizes(cx, args)?;
            draw(cx, "randn", size, RandomState::gauss)
        }),
        Native::new("random", "size=", |cx, args| {
            let size = size(cx, args, 0)?;
            draw(cx, "random", size, |state| state.mt.next_f64())
        }),
        Native::new("random_sample", "size=", |cx, args| {
            let size = size(cx, args, 0)?;
            draw(cx, "random_sample", size, |state| state.mt.next_f64())
        }),
        Native::new("seed", "seed=", seed),
        Native::new("standard_normal", "size=", |cx, args| {
            let size = size(cx, args, 0)?;
            draw(cx, "standard_normal", size, RandomState::gauss)
        }),
        Native::new("uniform", "low=, high=, size=", uniform),
    ],
    ..Module::EMPTY
};
