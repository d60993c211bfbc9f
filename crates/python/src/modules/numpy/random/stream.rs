//! The two streams of NumPy: the legacy one of `RandomState`, and that of `default_rng`.
//!
//! Source: <https://github.com/numpy/numpy/tree/main/numpy/random/src>

use std::cell::RefCell;
use std::rc::Rc;

use gradloom_engine::random::{Mt19937, Pcg64};

use crate::context::Context;
use crate::error::{runtime_error, type_error, value_error};
use crate::modules::torch::sequence;
use crate::native::{Args, Result};
use crate::value::Value;

/// A stream of random numbers.
pub enum Stream {
    /// `RandomState`: a Mersenne twister. The polar method makes two normal numbers at once; the second waits.
    Legacy(Box<Mt19937>, Option<f64>),
    /// `Generator`: PCG-64.
    New(Pcg64),
}

impl Stream {
    /// A legacy stream of one seed.
    pub fn legacy(seed: u32) -> Stream {
        Stream::Legacy(Box::new(Mt19937::new(seed)), None)
    }

    /// A double in [0, 1).
    pub fn uniform(&mut self) -> f64 {
        match self {
            Stream::Legacy(mt, _) => mt.next_f64(),
            Stream::New(pcg) => pcg.next_f64(),
        }
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        match self {
            Stream::New(pcg) => pcg.next_normal(),
            Stream::Legacy(mt, waiting) => {
                if let Some(second) = waiting.take() {
                    return second;
                }
                loop {
                    let x = 2.0 * mt.next_f64() - 1.0;
                    let y = 2.0 * mt.next_f64() - 1.0;
                    let square = x * x + y * y;
                    if square < 1.0 && square != 0.0 {
                        let factor = (-2.0 * square.ln() / square).sqrt();
                        *waiting = Some(factor * x);
                        return factor * y;
                    }
                }
            }
        }
    }

    /// A number of the exponential distribution with the mean 1.
    pub fn exponential(&mut self) -> f64 {
        match self {
            Stream::New(pcg) => pcg.next_exponential(),
            Stream::Legacy(mt, _) => -(-mt.next_f64()).ln_1p(),
        }
    }

    /// An integer from 0 to `most`.
    pub fn integer(&mut self, most: u64) -> u64 {
        match self {
            Stream::New(pcg) => pcg.below_or_at(most),
            Stream::Legacy(..) => self.fitting(most),
        }
    }

    /// An integer from 0 to `most`, by drawing bits until they fit: all integers of the legacy stream, and those by which
    /// either is shuffled.
    fn fitting(&mut self, most: u64) -> u64 {
        if most == 0 {
            return 0;
        }
        let mask = u64::MAX >> most.leading_zeros();
        loop {
            let bits = match self {
                Stream::Legacy(mt, _) if most <= u64::from(u32::MAX) => u64::from(mt.next_u32()),
                Stream::Legacy(mt, _) => {
                    let high = u64::from(mt.next_u32());
                    high << 32 | u64::from(mt.next_u32())
                }
                Stream::New(pcg) if most <= u64::from(u32::MAX) => u64::from(pcg.next_u32()),
                Stream::New(pcg) => pcg.next_u64(),
            };
            if bits & mask <= most {
                return bits & mask;
            }
        }
    }

    /// How many of `n` trials succeed, each with probability `p` of at most a half and `n · p` of at most 30: by
    /// inverting the distribution function.
    pub fn binomial(&mut self, n: i64, p: f64) -> i64 {
        let q = 1.0 - p;
        let (trials, start) = (n as f64, (n as f64 * q.ln()).exp());
        let bound = trials.min(trials * p + 10.0 * (trials * p * q + 1.0).sqrt()) as i64;
        let (mut x, mut chance, mut u) = (0, start, self.uniform());
        while u > chance {
            x += 1;
            if x > bound {
                (x, chance, u) = (0, start, self.uniform());
            } else {
                u -= chance;
                chance = ((n - x + 1) as f64 * p * chance) / (x as f64 * q);
            }
        }
        x
    }

    /// 0 to `count - 1`, shuffled.
    pub fn shuffled(&mut self, count: usize) -> Vec<i64> {
        let mut order: Vec<i64> = (0..count as i64).collect();
        exchange(&mut order, 1, |most| self.fitting(most));
        order
    }

    /// `size` different integers below `count`, in random order or not: by a shuffle of the tail, or by Floyd's way.
    pub fn distinct(&mut self, count: usize, size: usize, shuffle: bool) -> Vec<i64> {
        if let Stream::Legacy(..) = self {
            let mut order = self.shuffled(count);
            order.truncate(size);
            return order;
        }
        if count > 10_000 && size > count / if shuffle { 50 } else { 20 } {
            let mut order: Vec<i64> = (0..count as i64).collect();
            exchange(&mut order, count - size, |most| self.integer(most));
            return order.split_off(count - size);
        }
        let mut taken = std::collections::HashSet::new();
        let mut chosen = Vec::with_capacity(size);
        for j in (count - size) as u64..count as u64 {
            let drawn = self.integer(j);
            let value = if taken.insert(drawn) { drawn } else { j };
            taken.insert(value);
            chosen.push(value as i64);
        }
        if shuffle {
            exchange(&mut chosen, 1, |most| self.integer(most));
        }
        chosen
    }
}

/// Shuffles by exchanging the items from the last down to `first` with one before each.
fn exchange(order: &mut [i64], first: usize, mut integer: impl FnMut(u64) -> u64) {
    for i in (first.max(1)..order.len()).rev() {
        order.swap(i, integer(i as u64) as usize);
    }
}

/// A stream that several may hold.
pub type Shared = Rc<RefCell<Stream>>;

/// The program's stream, behind `np.random.rand` and its like.
struct Standard(Shared);

/// The stream of a method's object, else the program's; and the place of the first parameter after `self`.
pub fn stream(cx: &mut Context, args: &Args) -> Result<(Shared, usize)> {
    if let Some(own) = args[0].object::<super::StreamObject>()
        && args.native.params.starts_with("self")
    {
        return Ok((own.stream.clone(), 1));
    }
    let held = cx.state(|cx| Standard(Rc::new(RefCell::new(Stream::legacy(cx.seed as u32)))));
    held.map(|s| (s.0.clone(), 0)).ok_or_else(|| runtime_error("no random numbers"))
}

/// The words of a seed of any size, the lowest first.
fn words(cx: &mut Context, value: &Value) -> Result<Vec<u32>> {
    if let Some(items) = sequence(value) {
        let mut all = Vec::new();
        for item in &items {
            all.extend(words(cx, item)?);
        }
        return Ok(all);
    }
    if let Value::Big(big) = value {
        return big
            .to_biguint()
            .map(|n| n.to_u32_digits())
            .ok_or_else(|| value_error("expected non-negative integer"));
    }
    let seed = u64::try_from(cx.index(value)?).map_err(|_| value_error("expected non-negative integer"))?;
    let (low, high) = (seed as u32, (seed >> 32) as u32);
    Ok(if high == 0 { vec![low] } else { vec![low, high] })
}

/// The stream of `default_rng(seed)`.
pub fn fresh(cx: &mut Context, seed: Option<&Value>) -> Result<Stream> {
    let words = match seed {
        Some(seed) => words(cx, seed)?,
        None => {
            let chance = cx.seed ^ (cx.clock)().to_bits();
            vec![chance as u32, (chance >> 32) as u32]
        }
    };
    Ok(Stream::New(Pcg64::new(&words)))
}

/// The stream of `RandomState(seed)` and `np.random.seed(seed)`.
pub fn legacy(cx: &mut Context, seed: Option<&Value>) -> Result<Stream> {
    let Some(seed) = seed else { return Ok(Stream::legacy(cx.seed as u32)) };
    if sequence(seed).is_some() {
        let words = words(cx, seed)?;
        if words.is_empty() {
            return Err(value_error("Seed must be non-empty"));
        }
        return Ok(Stream::Legacy(Box::new(Mt19937::from_words(&words)), None));
    }
    if matches!(seed, Value::Float(_)) {
        return Err(type_error(
            "Cannot cast scalar from dtype('float64') to dtype('int64') according to the rule 'safe'",
        ));
    }
    let refuse = || value_error("Seed must be between 0 and 2**32 - 1");
    let number = if matches!(seed, Value::Big(_)) { return Err(refuse()) } else { cx.index(seed)? };
    Ok(Stream::legacy(u32::try_from(number).map_err(|_| refuse())?))
}
