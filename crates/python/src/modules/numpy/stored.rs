//! Numbers as bytes: what files hold. An array has one of four dtypes; a file may hold integers of fewer bytes, and of the
//! other byte order, which become `int64` when they are read.

use gradloom_engine::{Array, DType, Device};

use crate::context::Context;
use crate::error::{type_error, value_error};
use crate::modules::torch::object;
use crate::native::{Args, CompareOp, Native, Result, TypeTable};
use crate::types::bytes::Bytes;
use crate::value::Value;

use super::array::{NdArray, to_tensor};
use super::scalar::dtype;

/// How a number lies in a file: `i`, `u`, `f` or `b` (a truth value), its bytes, and their order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    kind: char,
    size: usize,
    big: bool,
}
object!(Stored, STORED);

/// The type of dtypes that only files have.
static STORED: TypeTable = TypeTable {
    name: "dtype",
    module: "numpy",
    methods: &[Native::new("newbyteorder", "self, new_order=, /", |_, a| {
        let stored = a[0].object::<Stored>().copied().unwrap_or(Stored { kind: 'u', size: 1, big: false });
        let big = match a.get(1).map_or(Ok("S"), |_| a.str(1))? {
            ">" | "B" | "big" => true,
            "<" | "L" | "little" | "=" | "N" => false,
            _ => !stored.big,
        };
        Ok(Value::new_object(Stored { big, ..stored }))
    })],
    repr: Some(|_, v| {
        Ok(format!("dtype('{}')", v.object::<Stored>().map_or_else(String::new, Stored::name)))
    }),
    str: Some(|_, v| Ok(v.object::<Stored>().map_or_else(String::new, Stored::name))),
    compare: Some(|_, op, a, b| {
        let equal = read(a).ok().is_some_and(|x| read(b).ok() == Some(x));
        Ok(match op {
            CompareOp::Eq => Some(Value::Bool(equal)),
            CompareOp::Ne => Some(Value::Bool(!equal)),
            _ => None,
        })
    }),
    ..TypeTable::EMPTY
};

impl Stored {
    /// `np.uint8`, `np.int32` and their like.
    pub const fn new(kind: char, size: usize) -> Stored {
        Stored { kind, size, big: false }
    }

    fn name(&self) -> String {
        match (self.kind, self.size) {
            ('u', 1) => "uint8".to_owned(),
            ('i', 1) => "int8".to_owned(),
            (kind, size) => format!("{}{kind}{size}", if self.big { '>' } else { '<' }),
        }
    }

    fn dtype(self) -> DType {
        match (self.kind, self.size) {
            ('b', _) => DType::Bool,
            ('f', 4) => DType::F32,
            ('f', _) => DType::F64,
            _ => DType::I64,
        }
    }

    fn numbers(self, bytes: &[u8]) -> Array {
        let parts = bytes.chunks_exact(self.size);
        // The bytes of a number, the least significant first.
        let word = |part: &[u8]| {
            let mut word = [0; 8];
            for (i, byte) in word.iter_mut().zip(0..self.size) {
                let at = if self.big { self.size - 1 - byte } else { byte };
                *i = part.get(at).copied().unwrap_or(0);
            }
            u64::from_le_bytes(word)
        };
        let unused = 64 - 8 * self.size as u32;
        match self.kind {
            'b' => Array::Bool(parts.map(|p| word(p) != 0).collect()),
            'f' if self.size == 4 => Array::F32(parts.map(|p| f32::from_bits(word(p) as u32)).collect()),
            'f' => Array::F64(parts.map(|p| f64::from_bits(word(p))).collect()),
            'i' => Array::I64(parts.map(|p| (word(p) << unused) as i64 >> unused).collect()),
            _ => Array::I64(parts.map(|p| word(p) as i64).collect()),
        }
    }
}

/// An integer of a size that only files have, by its type or its name.
pub fn only_there(value: &Value) -> Option<Stored> {
    let named = match value {
        Value::Str(name) => by_name(name),
        _ => None,
    };
    let found = value.object::<Stored>().copied().or(named);
    found.filter(|s| matches!(s.kind, 'i' | 'u') && (s.kind, s.size) != ('i', 8))
}

fn by_name(name: &str) -> Option<Stored> {
    let code = name.trim_start_matches(['<', '>', '=', '|']);
    let big = name.starts_with('>');
    let known = match code {
        "u1" | "uint8" | "B" => Some(('u', 1)),
        "i1" | "int8" | "b" => Some(('i', 1)),
        "u2" | "uint16" | "H" => Some(('u', 2)),
        "i2" | "int16" | "h" => Some(('i', 2)),
        "u4" | "uint32" | "I" => Some(('u', 4)),
        "i4" | "int32" | "i" => Some(('i', 4)),
        "u8" | "uint64" | "Q" => Some(('u', 8)),
        "i8" | "int64" | "q" => Some(('i', 8)),
        "f4" | "float32" | "f" => Some(('f', 4)),
        "f8" | "float64" | "d" => Some(('f', 8)),
        "b1" | "bool" | "?" => Some(('b', 1)),
        _ => None,
    };
    known.map(|(kind, size)| Stored { kind, size, big })
}

/// What a dtype says about a file.
fn read(value: &Value) -> Result<Stored> {
    if let Some(stored) = value.object::<Stored>() {
        return Ok(*stored);
    }
    if let Value::Str(name) = value {
        return by_name(name).ok_or_else(|| type_error(format!("data type '{name}' not understood")));
    }
    Ok(match dtype(value)? {
        DType::Bool => Stored::new('b', 1),
        DType::I64 => Stored::new('i', 8),
        DType::F32 => Stored::new('f', 4),
        DType::F64 => Stored::new('f', 8),
    })
}

/// `np.dtype(x)`, where `x` is one that only files have.
pub fn only_in_files(value: &Value) -> Option<Value> {
    match dtype(value) {
        Ok(_) => None,
        Err(_) => read(value).ok().map(Value::new_object),
    }
}

/// Why an array cannot have such a dtype.
pub fn refusal(stored: &Stored) -> crate::Interrupt {
    let name = stored.name();
    type_error(format!(
        "an array of {name} is not supported here: use int64, which np.frombuffer also makes of it"
    ))
}

fn frombuffer(cx: &mut Context, args: &Args) -> Result {
    let stored = args.some(1).map_or(Ok(Stored::new('f', 8)), read)?;
    let Some(bytes) = args[0].object::<Bytes>().map(|b| b.0.as_slice()) else {
        return Err(type_error(format!("a bytes-like object is required, not '{}'", args[0].type_name())));
    };
    let (count, offset) = (args.int_or(cx, 2, -1)?, args.int_or(cx, 3, 0)?);
    let rest = usize::try_from(offset).ok().and_then(|at| bytes.get(at..));
    let Some(rest) = rest else {
        let most = bytes.len();
        return Err(value_error(format!(
            "offset must be non-negative and no greater than buffer length ({most})"
        )));
    };
    let count = match usize::try_from(count) {
        Ok(count) => count,
        Err(_) if rest.len() % stored.size == 0 => rest.len() / stored.size,
        Err(_) => return Err(value_error("buffer size must be a multiple of element size")),
    };
    let Some(wanted) = count.checked_mul(stored.size).and_then(|n| rest.get(..n)) else {
        return Err(value_error("buffer is smaller than requested size"));
    };
    cx.engine.check_budget(&[count], stored.dtype())?;
    cx.charge(count);
    let values = stored.numbers(wanted);
    Ok(Value::new_object(NdArray(cx.engine.created("frombuffer", values, &[count], Device::Cpu)?)))
}

/// `a.tobytes()`
pub fn tobytes(cx: &mut Context, args: &Args) -> Result {
    let tensor = to_tensor(cx, &args[0])?;
    cx.charge(tensor.count());
    Ok(Bytes::value(match &*cx.host(&tensor)? {
        Array::Bool(v) => v.iter().map(|&x| u8::from(x)).collect::<Vec<u8>>(),
        Array::I64(v) => v.iter().flat_map(|x| x.to_le_bytes()).collect(),
        Array::F32(v) => v.iter().flat_map(|x| x.to_le_bytes()).collect(),
        Array::F64(v) => v.iter().flat_map(|x| x.to_le_bytes()).collect(),
    }))
}

/// `np.fromstring(text, sep=',')`: numbers between separators; white space stands for any.
fn fromstring(cx: &mut Context, args: &Args) -> Result {
    let as_type = args.some(1).map_or(Ok(DType::F64), dtype)?;
    let sep = args.get(3).map_or(Ok(""), |_| args.str(3))?;
    let text = args.str(0)?;
    if sep.is_empty() {
        return Err(value_error("The binary mode of fromstring is removed, use frombuffer instead"));
    }
    let wrong = |part: &str| {
        value_error(format!("could not convert string {} to {}", crate::repr::quote(part), as_type.name()))
    };
    let mut numbers = Vec::new();
    let mut add = |part: &str| match crate::float::parse(part) {
        Some(x) => {
            numbers.push(x);
            Ok(())
        }
        None => Err(wrong(part.trim())),
    };
    match sep.trim() {
        "" => text.split_ascii_whitespace().try_for_each(&mut add)?,
        sep => text.split(sep).try_for_each(&mut add)?,
    }
    cx.charge(text.len() / 4);
    cx.engine.check_budget(&[numbers.len()], as_type)?;
    let count = numbers.len();
    let values = gradloom_engine::device::cpu::convert(&Array::F64(numbers), as_type);
    Ok(Value::new_object(NdArray(cx.engine.created("fromstring", values, &[count], Device::Cpu)?)))
}

/// Functions.
pub const STORED_FUNCTIONS: &[Native] = &[
    Native::new("frombuffer", "buffer, dtype=, count=, offset=", frombuffer),
    Native::new("fromstring", "string, dtype=, count=, sep=", fromstring),
];
