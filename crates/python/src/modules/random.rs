//! `random`: Python's streams, number for number.
//!
//! Source: `Lib/random.py` and `Modules/_randommodule.c` of CPython 3.11.

use gradloom_engine::random::Mt19937;

use crate::context::Context;
use crate::error::{index_error, type_error, unsupported, value_error};
use crate::native::{Args, Module, Native, Result};
use crate::value::Value;

/// `random`.
pub static RANDOM: Module = Module {
    name: "random",
    functions: &[
        Native::new("seed", "a=", |cx, a| {
            let seed = match a.some(0) {
                None => i128::from(cx.seed),
                Some(Value::Int(i)) => i128::from(*i),
                Some(Value::Bool(b)) => i128::from(*b),
                Some(other) => {
                    let kind = other.type_name();
                    return Err(unsupported(format!(
                        "a seed of type '{kind}' is not supported here: give an int"
                    )));
                }
            };
            let stream = stream(cx)?;
            *stream = Stream::new(seed.unsigned_abs() as u64);
            Ok(Value::None)
        }),
        Native::new("random", "", |cx, _| Ok(Value::Float(stream(cx)?.mt.next_f64()))),
        Native::new("uniform", "a, b", |cx, a| {
            let (low, high) = (a.float(cx, 0)?, a.float(cx, 1)?);
            Ok(Value::Float(low + (high - low) * stream(cx)?.mt.next_f64()))
        }),
        Native::new("randint", "a, b", |cx, a| {
            let (low, high) = (a.int(cx, 0)?, a.int(cx, 1)?);
            if high < low {
                return Err(value_error(format!(
                    "empty range for randrange() ({low}, {}, {})",
                    high + 1,
                    high + 1 - low
                )));
            }
            let below = stream(cx)?.below(high.abs_diff(low).saturating_add(1));
            Ok(Value::Int(low.wrapping_add(below as i64)))
        }),
        Native::new("randrange", "start, stop=, step=", randrange),
        Native::new("getrandbits", "k, /", |cx, a| {
            let k = a.int(cx, 0)?;
            if !(0..=64).contains(&k) {
                return Err(value_error("number of bits must be between 0 and 64 here"));
            }
            let bits = stream(cx)?.bits(k as u32);
            Ok(Value::big(bits.into()))
        }),
        Native::new("choice", "seq", |cx, a| {
            let n = cx.len(&a[0])?;
            if n == 0 {
                return Err(index_error("Cannot choose from an empty sequence"));
            }
            let at = cx.once(|cx| Ok(Value::from(stream(cx)?.below(n as u64) as usize)))?;
            cx.getitem(&a[0], &at)
        }),
        Native::new("choices", "population, weights=, *, cum_weights=, k=", choices),
        Native::new("shuffle", "x", |cx, a| {
            let Value::List(list) = &a[0] else { return Err(type_error("shuffle() needs a list")) };
            let n = list.items.borrow().len();
            for i in (1..n).rev() {
                let j = stream(cx)?.below(i as u64 + 1) as usize;
                list.items.borrow_mut().swap(i, j);
            }
            cx.charge(n);
            Ok(Value::None)
        }),
        Native::new("sample", "population, k", sample),
        Native::new("gauss", "mu=, sigma=", |cx, a| {
            let (mu, sigma) = (a.float_or(cx, 0, 0.0)?, a.float_or(cx, 1, 1.0)?);
            let stream = stream(cx)?;
            let z = match stream.next_gauss.take() {
                Some(z) => z,
                None => {
                    let angle = stream.mt.next_f64() * std::f64::consts::TAU;
                    let radius = (-2.0 * (1.0 - stream.mt.next_f64()).ln()).sqrt();
                    stream.next_gauss = Some(angle.sin() * radius);
                    angle.cos() * radius
                }
            };
            Ok(Value::Float(mu + z * sigma))
        }),
        Native::new("normalvariate", "mu=, sigma=", |cx, a| {
            let (mu, sigma) = (a.float_or(cx, 0, 0.0)?, a.float_or(cx, 1, 1.0)?);
            let magic = 4.0 * (-0.5_f64).exp() / 2.0_f64.sqrt();
            let mt = &mut stream(cx)?.mt;
            loop {
                let u = mt.next_f64();
                let v = 1.0 - mt.next_f64();
                let z = magic * (u - 0.5) / v;
                if z * z / 4.0 <= -v.ln() {
                    return Ok(Value::Float(mu + z * sigma));
                }
            }
        }),
        Native::new("expovariate", "lambd=", |cx, a| {
            let rate = a.float_or(cx, 0, 1.0)?;
            let u = stream(cx)?.mt.next_f64();
            Ok(Value::Float(-(1.0 - u).ln() / rate))
        }),
    ],
    ..Module::EMPTY
};

struct Stream {
    mt: Mt19937,
    next_gauss: Option<f64>,
}

impl Stream {
    fn new(seed: u64) -> Stream {
        let words = [seed as u32, (seed >> 32) as u32];
        let n = if words[1] == 0 { 1 } else { 2 };
        Stream { mt: Mt19937::from_words(words.get(..n).unwrap_or_default()), next_gauss: None }
    }

    /// So many random bits, at most 64.
    fn bits(&mut self, k: u32) -> u64 {
        match k {
            0 => 0,
            1..=32 => u64::from(self.mt.next_u32() >> (32 - k)),
            _ => {
                let low = u64::from(self.mt.next_u32());
                let high = u64::from(self.mt.next_u32() >> (64 - k));
                high << 32 | low
            }
        }
    }

    /// A random integer below n, which is not 0.
    fn below(&mut self, n: u64) -> u64 {
        let k = 64 - n.leading_zeros();
        loop {
            let r = self.bits(k);
            if r < n {
                return r;
            }
        }
    }
}

fn stream(cx: &mut Context) -> Result<&mut Stream> {
    cx.state(|cx| Stream::new(cx.seed)).ok_or_else(|| crate::error::runtime_error("no random numbers"))
}

fn randrange(cx: &mut Context, args: &Args) -> Result {
    let first = args.int(cx, 0)?;
    let (start, stop) = match args.some(1) {
        Some(stop) => (first, cx.index(stop)?),
        None => (0, first),
    };
    let step = args.int_or(cx, 2, 1)?;
    if step == 0 {
        return Err(value_error("zero step for randrange()"));
    }
    let range = crate::value::Range { start, stop, step };
    if range.is_empty() {
        return Err(value_error(if args.get(1).is_some() {
            format!("empty range for randrange() ({start}, {stop}, {})", stop.saturating_sub(start))
        } else {
            "empty range for randrange()".to_owned()
        }));
    }
    let at = stream(cx)?.below(range.len());
    Ok(Value::Int(range.at(at)))
}

fn choices(cx: &mut Context, args: &Args) -> Result {
    let population = cx.collect(&args[0])?;
    let n = population.len();
    if n == 0 {
        return Err(index_error("Cannot choose from an empty population"));
    }
    let mut sums: Vec<f64> = Vec::new();
    if let Some(weights) = args.some(1).or(args.some(2)) {
        for weight in cx.collect(weights)? {
            let weight = cx.float(&weight)?;
            let before = if args.some(1).is_some() { sums.last().copied().unwrap_or(0.0) } else { 0.0 };
            sums.push(before + weight);
        }
        if sums.len() != n {
            return Err(value_error("The number of weights does not match the population"));
        }
        if sums.last().is_none_or(|&total| total <= 0.0) {
            return Err(value_error("Total of weights must be greater than zero"));
        }
    }
    let k = args.int_or(cx, 3, 1)?.max(0) as usize;
    cx.check_length(k as u64)?;
    cx.charge(k);
    let stream = stream(cx)?;
    let mut chosen = Vec::with_capacity(k);
    for _ in 0..k {
        let u = stream.mt.next_f64();
        let at = match sums.last() {
            Some(total) => sums.partition_point(|&s| s <= u * total).min(n - 1),
            None => (u * n as f64) as usize,
        };
        chosen.push(population.get(at).cloned().unwrap_or_default());
    }
    Ok(Value::list(chosen))
}

fn sample(cx: &mut Context, args: &Args) -> Result {
    if matches!(args[0], Value::Set(_) | Value::Dict(_)) {
        return Err(type_error("Population must be a sequence.  For dicts or sets, use sorted(d)."));
    }
    let mut pool = cx.collect(&args[0])?;
    let n = pool.len();
    let k = args.int(cx, 1)?;
    let k = usize::try_from(k).ok().filter(|&k| k <= n);
    let Some(k) = k else { return Err(value_error("Sample larger than population or is negative")) };
    let mut small = 21;
    if k > 5 {
        small += 4_usize.saturating_pow(((k as f64 * 3.0).ln() / 4.0_f64.ln()).ceil() as u32);
    }
    cx.charge(n);
    let stream = stream(cx)?;
    let mut chosen = Vec::with_capacity(k);
    if n <= small {
        for i in 0..k {
            let j = stream.below((n - i) as u64) as usize;
            chosen.push(pool.get(j).cloned().unwrap_or_default());
            pool.swap(j, n - i - 1);
        }
    } else {
        let mut taken = std::collections::BTreeSet::new();
        for _ in 0..k {
            let mut j = stream.below(n as u64);
            while !taken.insert(j) {
                j = stream.below(n as u64);
            }
            chosen.push(pool.get(j as usize).cloned().unwrap_or_default());
        }
    }
    Ok(Value::list(chosen))
}
