//! Streams of random numbers: the program's, and those that it makes itself.

use std::cell::RefCell;

use gradloom_engine::Array;
use gradloom_engine::random::Generator;

use crate::context::Context;
use crate::error::{Interrupt, type_error, unsupported};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::Value;

use super::args::wrong;
use super::objects::object;

/// `torch.Generator`: a stream of its own, or the program's.
pub struct GeneratorObject(Option<RefCell<Generator>>);
object!(GeneratorObject, GENERATOR);

/// The program's stream, `torch.default_generator`.
pub fn standard() -> Value {
    Value::new_object(GeneratorObject(None))
}

impl GeneratorObject {
    fn with<T>(&self, cx: &Context, act: impl FnOnce(&mut Generator) -> T) -> T {
        match &self.0 {
            Some(own) => act(&mut own.borrow_mut()),
            None => act(&mut cx.engine.generator().borrow_mut()),
        }
    }
}

/// Does something with the generator in parameter `i`, else with the program's.
pub fn with<T>(cx: &Context, args: &Args, i: usize, act: impl FnOnce(&mut Generator) -> T) -> Result<T> {
    match args.some(i) {
        None => Ok(GeneratorObject(None).with(cx, act)),
        Some(given) => match given.object::<GeneratorObject>() {
            Some(generator) => Ok(generator.with(cx, act)),
            None => Err(wrong(args, i, "torch.Generator", given)),
        },
    }
}

/// Draws from the generator in parameter `i`, else from the program's.
pub fn draw(
    cx: &Context,
    args: &Args,
    i: usize,
    make: impl FnOnce(&mut Generator) -> gradloom_engine::Result<Array>,
) -> Result<Array> {
    with(cx, args, i, make)?.map_err(|e| match e.message.contains("not implemented for") {
        true => unsupported(e.message.as_str()),
        false => Interrupt::from(e),
    })
}

/// What `get_state` returns: to be handed back, and nothing else.
struct State(Generator);
object!(State, STATE);

static STATE: TypeTable = TypeTable { name: "GeneratorState", module: "torch", ..TypeTable::EMPTY };

/// A seed as PyTorch takes it: negative ones count from 2⁶⁴ down.
fn seed(cx: &mut Context, value: &Value) -> Result<u64> {
    match value.as_f64() {
        Some(large)
            if matches!(value, Value::Big(_)) && (0.0..=18_446_744_073_709_551_615.0).contains(&large) =>
        {
            let text = cx.str(value)?;
            text.parse().map_err(|_| type_error("a seed is an integer of 64 bits"))
        }
        _ => Ok(cx.index(value)?.cast_unsigned()),
    }
}

/// A seed that nobody chose.
fn fresh(cx: &Context) -> u64 {
    cx.seed.rotate_left(32) ^ (cx.clock)().to_bits()
}

fn number(seed: u64) -> Value {
    Value::big(seed.into())
}

/// The generator behind parameter 0 of a method; that of the program where there is none.
fn this(args: &Args, of: usize) -> usize {
    if args.native.params.starts_with("self") { of } else { usize::MAX }
}

fn manual_seed(cx: &mut Context, args: &Args) -> Result {
    let method = this(args, 0);
    let seed = seed(cx, if method == 0 { &args[1] } else { &args[0] })?;
    with(cx, args, method, |g| *g = Generator::new(seed))?;
    Ok(if method == 0 { args[0].clone() } else { standard() })
}

fn initial_seed(cx: &mut Context, args: &Args) -> Result {
    Ok(number(with(cx, args, this(args, 0), |g| g.seed())?))
}

fn reseed(cx: &mut Context, args: &Args) -> Result {
    let seed = fresh(cx);
    with(cx, args, this(args, 0), |g| *g = Generator::new(seed))?;
    Ok(number(seed))
}

fn get_state(cx: &mut Context, args: &Args) -> Result {
    let held = with(cx, args, this(args, 0), |g| g.clone())?;
    Ok(Value::new_object(State(held)))
}

fn set_state(cx: &mut Context, args: &Args) -> Result {
    let method = this(args, 0);
    let given = if method == 0 { &args[1] } else { &args[0] };
    let Some(state) = given.object::<State>() else {
        return Err(type_error("expected a state that get_state() or torch.get_rng_state() gave"));
    };
    let state = state.0.clone();
    with(cx, args, method, |g| *g = state)?;
    Ok(if method == 0 { args[0].clone() } else { Value::None })
}

/// The type of generators.
pub static GENERATOR: TypeTable = TypeTable {
    name: "Generator",
    module: "torch._C",
    // PyTorch's default seed of a generator.
    new: Some(Native::new("Generator", "device=", |_, _| {
        Ok(Value::new_object(GeneratorObject(Some(RefCell::new(Generator::new(67_280_421_310_721))))))
    })),
    methods: &[
        Native::new("get_state", "self", get_state),
        Native::new("initial_seed", "self", initial_seed),
        Native::new("manual_seed", "self, seed", manual_seed),
        Native::new("seed", "self", reseed),
        Native::new("set_state", "self, new_state", set_state),
    ],
    ..TypeTable::EMPTY
};

/// Functions.
pub const SEEDS: &[Native] = &[
    Native::new("get_rng_state", "", get_state),
    Native::new("initial_seed", "", initial_seed),
    Native::new("manual_seed", "seed", manual_seed),
    Native::new("seed", "", reseed),
    Native::new("set_rng_state", "new_state", set_state),
];
