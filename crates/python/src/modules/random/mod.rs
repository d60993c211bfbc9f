//! `random`: Python's streams, number for number.
//!
//! Source: `Lib/random.py` and `Modules/_randommodule.c` of CPython 3.11.

mod sha512;

use std::cell::RefCell;
use std::rc::Rc;

use gradloom_engine::random::Mt19937;

use crate::context::Context;
use crate::error::{index_error, runtime_error, type_error, value_error};
use crate::modules::tables::functions_and_methods;
use crate::native::{Args, Module, Native, Result, TypeTable};
use crate::value::{Object, Range, Value};

functions_and_methods![FUNCTIONS, METHODS:
    "choice", "seq" => choice,
    "choices", "population, weights=, *, cum_weights=, k=" => choices,
    "expovariate", "lambd=" => |cx, args| {
        let (stream, from) = stream(cx, args)?;
        let rate = args.float_or(cx, from, 1.0)?;
        let u = stream.borrow_mut().mt.next_f64();
        Ok(Value::Float(-(1.0 - u).ln() / rate))
    },
    "gauss", "mu=, sigma=" => |cx, args| scaled(cx, args, Stream::gauss),
    "getrandbits", "k, /" => |cx, args| {
        let (stream, from) = stream(cx, args)?;
        let k = args.int(cx, from)?;
        if !(0..=64).contains(&k) {
            return Err(value_error("number of bits must be between 0 and 64 here"));
        }
        let bits = stream.borrow_mut().bits(k as u32);
        Ok(Value::big(bits.into()))
    },
    "getstate", "" => |cx, args| {
        let (stream, _) = stream(cx, args)?;
        let held = stream.borrow().clone();
        Ok(Value::new_object(State(held)))
    },
    "lognormvariate", "mu=, sigma=" => |cx, args| match scaled(cx, args, Stream::normal)? {
        Value::Float(x) => Ok(Value::Float(x.exp())),
        other => Ok(other),
    },
    "normalvariate", "mu=, sigma=" => |cx, args| scaled(cx, args, Stream::normal),
    "randint", "a, b" => randint,
    "random", "" => |cx, args| {
        let (stream, _) = stream(cx, args)?;
        let x = stream.borrow_mut().mt.next_f64();
        Ok(Value::Float(x))
    },
    "randrange", "start, stop=, step=" => randrange,
    "sample", "population, k, *, counts=" => sample,
    "seed", "a=, version=" => |cx, args| {
        let (stream, from) = stream(cx, args)?;
        let new = Stream::seeded(cx, args.some(from))?;
        *stream.borrow_mut() = new;
        Ok(Value::None)
    },
    "setstate", "state" => |cx, args| {
        let (stream, from) = stream(cx, args)?;
        let Some(State(held)) = args[from].object() else {
            return Err(type_error("setstate() takes what getstate() returned"));
        };
        *stream.borrow_mut() = held.clone();
        Ok(Value::None)
    },
    "shuffle", "x" => shuffle,
    "triangular", "low=, high=, mode=" => triangular,
    "uniform", "a, b" => |cx, args| {
        let (stream, from) = stream(cx, args)?;
        let (low, high) = (args.float(cx, from)?, args.float(cx, from + 1)?);
        let u = stream.borrow_mut().mt.next_f64();
        Ok(Value::Float(low + (high - low) * u))
    },
];

/// `random`.
pub static RANDOM: Module =
    Module { name: "random", functions: FUNCTIONS, types: &[&RANDOM_TYPE], ..Module::EMPTY };

/// `random.Random`: a stream of its own.
static RANDOM_TYPE: TypeTable = TypeTable {
    name: "Random",
    module: "random",
    open: true,
    new: Some(Native::new("Random", "x=", |cx, args| {
        let stream = Stream::seeded(cx, args.some(0))?;
        Ok(Value::new_object(RandomObject(Rc::new(RefCell::new(stream)))))
    })),
    methods: METHODS,
    ..TypeTable::EMPTY
};

struct RandomObject(Rc<RefCell<Stream>>);

impl Object for RandomObject {
    fn table(&self) -> &'static TypeTable {
        &RANDOM_TYPE
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

/// What `getstate` returns: to be handed back, and nothing else.
struct State(Stream);

impl Object for State {
    fn table(&self) -> &'static TypeTable {
        static STATE: TypeTable = TypeTable { name: "state", module: "random", ..TypeTable::EMPTY };
        &STATE
    }
    fn as_any(&self) -> &dyn std::any::Any {
        self
    }
}

#[derive(Clone)]
struct Stream {
    mt: Mt19937,
    next_gauss: Option<f64>,
}

impl Stream {
    fn new(words: &[u32]) -> Stream {
        let used = words.iter().rposition(|&w| w != 0).map_or(1, |last| last + 1);
        let words = if words.is_empty() { &[0] } else { words };
        Stream { mt: Mt19937::from_words(words.get(..used).unwrap_or(words)), next_gauss: None }
    }

    fn of(seed: u64) -> Stream {
        Stream::new(&[seed as u32, (seed >> 32) as u32])
    }

    /// A seed's size counts, not its sign; a text's is its bytes and their digest as one large number.
    fn seeded(cx: &mut Context, seed: Option<&Value>) -> Result<Stream> {
        Ok(match seed {
            None => Stream::of(cx.seed ^ (cx.clock)().to_bits()),
            Some(Value::Int(i)) => Stream::of(i.unsigned_abs()),
            Some(Value::Bool(b)) => Stream::of(u64::from(*b)),
            Some(Value::Big(big)) => Stream::new(&big.magnitude().to_u32_digits()),
            Some(number @ Value::Float(_)) => Stream::of(cx.hash(number)?.cast_signed().unsigned_abs()),
            Some(Value::Str(text)) => {
                let mut bytes = text.as_bytes().to_vec();
                bytes.extend(sha512::sha512(text.as_bytes()));
                let word = |part: &[u8]| part.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
                Stream::new(&bytes.rchunks(4).map(word).collect::<Vec<u32>>())
            }
            Some(_) => {
                return Err(type_error(
                    "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.",
                ));
            }
        })
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

    /// A standard normal number of Box and Muller's pairs.
    fn gauss(&mut self) -> f64 {
        if let Some(z) = self.next_gauss.take() {
            return z;
        }
        let angle = self.mt.next_f64() * std::f64::consts::TAU;
        let radius = (-2.0 * (1.0 - self.mt.next_f64()).ln()).sqrt();
        self.next_gauss = Some(angle.sin() * radius);
        angle.cos() * radius
    }

    /// A standard normal number by Kinderman and Monahan's ratio of uniform ones.
    fn normal(&mut self) -> f64 {
        let magic = 4.0 * (-0.5_f64).exp() / 2.0_f64.sqrt();
        loop {
            let u = self.mt.next_f64();
            let v = 1.0 - self.mt.next_f64();
            let z = magic * (u - 0.5) / v;
            if z * z / 4.0 <= -v.ln() {
                return z;
            }
        }
    }
}

/// The program's stream, behind `random.random` and its like.
struct Standard(Rc<RefCell<Stream>>);

/// The stream of a method's object, else the program's; and the place of the first parameter after `self`.
fn stream(cx: &mut Context, args: &Args) -> Result<(Rc<RefCell<Stream>>, usize)> {
    if args.native.params.starts_with("self")
        && let Some(own) = args[0].object::<RandomObject>()
    {
        return Ok((own.0.clone(), 1));
    }
    let held = cx.state(|cx| Standard(Rc::new(RefCell::new(Stream::of(cx.seed)))));
    held.map(|s| (s.0.clone(), 0)).ok_or_else(|| runtime_error("no random numbers"))
}

/// Parameters `mu=, sigma=`.
fn scaled(cx: &mut Context, args: &Args, draw: fn(&mut Stream) -> f64) -> Result {
    let (stream, from) = stream(cx, args)?;
    let (mu, sigma) = (args.float_or(cx, from, 0.0)?, args.float_or(cx, from + 1, 1.0)?);
    let z = draw(&mut stream.borrow_mut());
    Ok(Value::Float(mu + z * sigma))
}

fn triangular(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let (low, high) = (args.float_or(cx, from, 0.0)?, args.float_or(cx, from + 1, 1.0)?);
    let peak = match args.some(from + 2) {
        None => 0.5,
        Some(_) if high == low => return Ok(Value::Float(low)),
        Some(mode) => (cx.float(mode)? - low) / (high - low),
    };
    let u = stream.borrow_mut().mt.next_f64();
    let (low, high, u, peak) = if u > peak { (high, low, 1.0 - u, 1.0 - peak) } else { (low, high, u, peak) };
    Ok(Value::Float(low + (high - low) * (u * peak).sqrt()))
}

fn randint(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let (low, high) = (args.int(cx, from)?, args.int(cx, from + 1)?);
    if high < low {
        return Err(value_error(format!(
            "empty range for randrange() ({low}, {}, {})",
            high + 1,
            high + 1 - low
        )));
    }
    let below = stream.borrow_mut().below(high.abs_diff(low).saturating_add(1));
    Ok(Value::Int(low.wrapping_add(below.cast_signed())))
}

fn randrange(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let first = args.int(cx, from)?;
    let (start, stop) = match args.some(from + 1) {
        Some(stop) => (first, cx.index(stop)?),
        None => (0, first),
    };
    let step = args.int_or(cx, from + 2, 1)?;
    if step == 0 {
        return Err(value_error("zero step for randrange()"));
    }
    let range = Range { start, stop, step };
    if range.is_empty() {
        return Err(value_error(if args.get(from + 1).is_some() {
            format!("empty range for randrange() ({start}, {stop}, {})", stop.saturating_sub(start))
        } else {
            "empty range for randrange()".to_owned()
        }));
    }
    let at = stream.borrow_mut().below(range.len());
    Ok(Value::Int(range.at(at)))
}

fn choice(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let n = cx.len(&args[from])?;
    if n == 0 {
        return Err(index_error("Cannot choose from an empty sequence"));
    }
    let at = cx.once(|_| Ok(Value::from(stream.borrow_mut().below(n as u64) as usize)))?;
    cx.getitem(&args[from], &at)
}

fn shuffle(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let Value::List(list) = &args[from] else { return Err(type_error("shuffle() needs a list")) };
    let mut items = list.items.borrow_mut();
    let mut stream = stream.borrow_mut();
    for i in (1..items.len()).rev() {
        let j = stream.below(i as u64 + 1) as usize;
        items.swap(i, j);
    }
    cx.charge(items.len());
    Ok(Value::None)
}

fn choices(cx: &mut Context, args: &Args) -> Result {
    let (stream, from) = stream(cx, args)?;
    let population = cx.collect(&args[from])?;
    let n = population.len();
    if n == 0 {
        return Err(index_error("list index out of range"));
    }
    let (weights, running) = (args.some(from + 1), args.some(from + 2));
    if weights.is_some() && running.is_some() {
        return Err(type_error("Cannot specify both weights and cumulative weights"));
    }
    let mut sums: Vec<f64> = Vec::new();
    if let Some(given) = weights.or(running) {
        for weight in cx.collect(given)? {
            let weight = cx.float(&weight)?;
            let before = if weights.is_some() { sums.last().copied().unwrap_or(0.0) } else { 0.0 };
            sums.push(before + weight);
        }
        if sums.len() != n {
            return Err(value_error("The number of weights does not match the population"));
        }
        if sums.last().is_none_or(|&total| total <= 0.0) {
            return Err(value_error("Total of weights must be greater than zero"));
        }
        if sums.last().is_some_and(|total| !total.is_finite()) {
            return Err(value_error("Total of weights must be finite"));
        }
    }
    let k = args.int_or(cx, from + 3, 1)?.max(0) as usize;
    cx.check_length(k as u64)?;
    cx.charge(k);
    let mut stream = stream.borrow_mut();
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
    let (stream, from) = stream(cx, args)?;
    if matches!(args[from], Value::Set(_) | Value::Dict(_)) {
        return Err(type_error("Population must be a sequence.  For dicts or sets, use sorted(d)."));
    }
    let mut pool = cx.collect(&args[from])?;
    if let Some(counts) = args.some(from + 2) {
        let mut repeated = Vec::new();
        let counts = cx.collect(counts)?;
        if counts.len() != pool.len() {
            return Err(value_error("The number of counts does not match the population"));
        }
        for (item, count) in pool.iter().zip(&counts) {
            let count =
                usize::try_from(cx.index(count)?).map_err(|_| value_error("Counts must be non-negative"))?;
            cx.check_length(repeated.len().saturating_add(count) as u64)?;
            repeated.extend(std::iter::repeat_n(item.clone(), count));
        }
        pool = repeated;
    }
    let n = pool.len();
    let k = usize::try_from(args.int(cx, from + 1)?).ok().filter(|&k| k <= n);
    let Some(k) = k else { return Err(value_error("Sample larger than population or is negative")) };
    let mut small = 21;
    if k > 5 {
        small += 4_usize.saturating_pow(((k as f64 * 3.0).ln() / 4.0_f64.ln()).ceil() as u32);
    }
    cx.charge(n);
    let mut stream = stream.borrow_mut();
    let mut chosen = Vec::with_capacity(k);
    if n <= small {
        for i in 0..k {
            let j = stream.below((n - i) as u64) as usize;
            chosen.push(pool.get(j).cloned().unwrap_or_default());
            pool.swap(j, n - i - 1);
        }
    } else {
        let mut taken = std::collections::HashSet::new();
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
