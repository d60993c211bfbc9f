//! `zlib`, as far as reading goes: what was deflated (RFC 1951), and the checksum of `gzip` and ZIP files.

use crate::error::{EXCEPTION, Exception, type_error};
use crate::native::{Module, Native, Result, TypeTable};
use crate::types::bytes::Bytes;
use crate::value::Value;

/// `zlib`
pub static ZLIB: Module = Module {
    name: "zlib",
    functions: &[
        Native::new("crc32", "data, value=, /", |cx, a| {
            let data = bytes(&a[0])?;
            let start = a.int_or(cx, 1, 0)?;
            cx.charge(data.len());
            Ok(Value::Int(i64::from(crc32(data, start as u32))))
        }),
        // `wbits` as in Python: negative for bare deflated data; else the data has zlib's head of two bytes.
        Native::new("decompress", "data, /, wbits=, bufsize=", |cx, a| {
            let data = bytes(&a[0])?;
            let head = if a.int_or(cx, 1, 15)? < 0 { 0 } else { 2 };
            let inflated = data.get(head..).and_then(inflate);
            let Some(inflated) = inflated else {
                let message = "Error -3 while decompressing data: it is cut or damaged";
                return Err(Exception::new(&ERROR, message).raise());
            };
            cx.charge(inflated.len());
            Ok(Bytes::value(inflated))
        }),
    ],
    types: &[&ERROR],
    ..Module::EMPTY
};

static ERROR: TypeTable =
    TypeTable { name: "error", module: "zlib", base: Some(&EXCEPTION), ..TypeTable::EMPTY };

fn bytes(value: &Value) -> Result<&[u8]> {
    match value.object::<Bytes>() {
        Some(bytes) => Ok(&bytes.0),
        None => Err(type_error(format!("a bytes-like object is required, not '{}'", value.type_name()))),
    }
}

fn crc32(data: &[u8], start: u32) -> u32 {
    // The remainders of all bytes by the polynomial 0xedb88320.
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    });
    let step = |crc: u32, byte: &u8| crc >> 8 ^ table.get((crc as u8 ^ byte) as usize).unwrap_or(&0);
    !data.iter().fold(!start, step)
}

/// Bytes that come out at most: no file is larger here.
const MOST: usize = 256 << 20;

/// What was deflated; `None` where it is no such thing.
pub(crate) fn inflate(data: &[u8]) -> Option<Vec<u8>> {
    let mut bits = Bits { data, at: 0, held: 0, count: 0 };
    let mut out = Vec::new();
    loop {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut out)?,
            1 => {
                let lengths: Vec<u8> = (0..288)
                    .map(|i| match i {
                        0..144 => 8,
                        144..256 => 9,
                        256..280 => 7,
                        _ => 8,
                    })
                    .collect();
                compressed(&mut bits, &mut out, &Code::new(&lengths), &Code::new(&[5; 30]))?;
            }
            2 => {
                let (literals, distances) = codes(&mut bits)?;
                compressed(&mut bits, &mut out, &literals, &distances)?;
            }
            _ => return None,
        }
        if last {
            return Some(out);
        }
    }
}

/// The bits of a text, the least significant of each byte first.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, count: u32) -> Option<u32> {
        while self.count < count {
            self.held |= u32::from(*self.data.get(self.at)?) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let bits = self.held & ((1 << count) - 1);
        self.held >>= count;
        self.count -= count;
        Some(bits)
    }
}

/// A prefix code in canonical form: how many codes of each length there are, and what they stand for, in their order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Code {
        let mut counts = [0; 16];
        let mut symbols: Vec<u16> = (0..lengths.len() as u16).collect();
        let length = |symbol: &u16| lengths.get(*symbol as usize).copied().unwrap_or(0);
        symbols.retain(|symbol| length(symbol) > 0);
        symbols.sort_by_key(length);
        for symbol in &symbols {
            if let Some(count) = counts.get_mut(length(symbol) as usize) {
                *count += 1;
            }
        }
        Code { counts, symbols }
    }

    fn read(&self, bits: &mut Bits) -> Option<usize> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in self.counts.iter().skip(1).map(|&count| u32::from(count)) {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get((index + code - first) as usize).map(|&s| usize::from(s));
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}

fn stored(bits: &mut Bits, out: &mut Vec<u8>) -> Option<()> {
    // The rest of the byte is not used; whole bytes are held never.
    (bits.held, bits.count) = (0, 0);
    let length = bits.take(16)?;
    (bits.take(16)? == length ^ 0xffff).then_some(())?;
    let end = bits.at.checked_add(length as usize)?;
    out.extend_from_slice(bits.data.get(bits.at..end)?);
    bits.at = end;
    (out.len() <= MOST).then_some(())
}

/// The codes that stand before a block.
fn codes(bits: &mut Bits) -> Option<(Code, Code)> {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let (literals, distances) = (bits.take(5)? as usize + 257, bits.take(5)? as usize + 1);
    let given = bits.take(4)? as usize + 4;
    let mut lengths = [0; 19];
    for place in ORDER.iter().take(given) {
        *lengths.get_mut(*place)? = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths);
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits)? {
            16 => (*lengths.last()?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (length as u8, 1),
        };
        lengths.extend(std::iter::repeat_n(length, times as usize));
    }
    Some((Code::new(lengths.get(..literals)?), Code::new(lengths.get(literals..literals + distances)?)))
}

fn compressed(bits: &mut Bits, out: &mut Vec<u8>, literals: &Code, distances: &Code) -> Option<()> {
    loop {
        match literals.read(bits)? {
            symbol @ 0..256 => out.push(symbol as u8),
            256 => return Some(()),
            symbol => {
                // Four lengths share each number of further bits, two distances do.
                let length = match symbol - 257 {
                    short @ 0..8 => short + 3,
                    28 => 258,
                    long @ 8..28 => {
                        let more = (long as u32 - 4) / 4;
                        ((4 + long % 4) << more) + bits.take(more)? as usize + 3
                    }
                    _ => return None,
                };
                let distance = match distances.read(bits)? {
                    near @ 0..4 => near + 1,
                    far @ 4..30 => {
                        let more = (far as u32 - 2) / 2;
                        ((2 + far % 2) << more) + bits.take(more)? as usize + 1
                    }
                    _ => return None,
                };
                let from = out.len().checked_sub(distance)?;
                (out.len() + length <= MOST).then_some(())?;
                for at in from..from + length {
                    let byte = *out.get(at)?;
                    out.push(byte);
                }
            }
        }
    }
}
