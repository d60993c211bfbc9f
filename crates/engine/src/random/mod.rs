//! Random numbers: the Mersenne twister behind PyTorch, NumPy and Python, and PyTorch's streams from it.
//!
//! A GPU tensor is drawn on the CPU and uploaded, so that a seed gives the same numbers everywhere.

mod normal;
mod pcg;

pub use pcg::Pcg64;

use crate::{Array, DType, Error, Result};

const N: usize = 624;
const M: usize = 397;

/// MT19937.
///
/// Source: Matsumoto, Nishimura, *Mersenne Twister*, ACM TOMACS 8 (1998).
#[derive(Clone)]
pub struct Mt19937 {
    state: [u32; N],
    next: usize,
}

impl Mt19937 {
    /// Seeded with one word: PyTorch's `manual_seed`, NumPy's `seed`.
    pub fn new(seed: u32) -> Self {
        let mut state = [0; N];
        let mut word = seed;
        for (i, slot) in (0u32..).zip(state.iter_mut()) {
            if i > 0 {
                word = (word ^ (word >> 30)).wrapping_mul(1_812_433_253).wrapping_add(i);
            }
            *slot = word;
        }
        Mt19937 { state, next: N }
    }

    /// Seeded with several words: Python's `random.seed`.
    pub fn from_words(key: &[u32]) -> Self {
        let mut mt = Mt19937::new(19_650_218);
        let s = &mut mt.state;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let word = key.get(j).copied().unwrap_or(0);
            s[i] = (s[i] ^ (s[i - 1] ^ (s[i - 1] >> 30)).wrapping_mul(1_664_525))
                .wrapping_add(word)
                .wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                s[0] = s[N - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            s[i] = (s[i] ^ (s[i - 1] ^ (s[i - 1] >> 30)).wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                s[0] = s[N - 1];
                i = 1;
            }
        }
        s[0] = 0x8000_0000;
        mt
    }

    /// The next 32 bits.
    pub fn next_u32(&mut self) -> u32 {
        if self.next >= N {
            for i in 0..N {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % N] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + M) % N] ^ (y >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A double in [0, 1) of 53 bits, as NumPy's and Python's `random()`.
    pub fn next_f64(&mut self) -> f64 {
        let a = u64::from(self.next_u32() >> 5);
        let b = u64::from(self.next_u32() >> 6);
        (a * 67_108_864 + b) as f64 / 9_007_199_254_740_992.0
    }
}

/// PyTorch's generator on the CPU.
#[derive(Clone)]
pub struct Generator {
    mt: Mt19937,
    seed: u64,
    cached: Option<f64>,
}

impl Generator {
    /// `torch.manual_seed(seed)`.
    pub fn new(seed: u64) -> Self {
        Generator { mt: Mt19937::new(seed as u32), seed, cached: None }
    }

    /// `torch.initial_seed()`.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.mt.next_u32());
        high << 32 | u64::from(self.mt.next_u32())
    }

    fn uniform_f32(&mut self) -> f32 {
        (self.mt.next_u32() & 0x00ff_ffff) as f32 / 16_777_216.0
    }

    fn uniform_f64(&mut self) -> f64 {
        (self.next_u64() & ((1 << 53) - 1)) as f64 / 9_007_199_254_740_992.0
    }

    /// `torch.rand`: `count` numbers in [0, 1).
    pub fn rand(&mut self, count: usize, dtype: DType) -> Result<Array> {
        self.uniform(0.0, 1.0, count, dtype)
    }

    /// `uniform_`: `count` numbers in [from, to).
    pub fn uniform(&mut self, from: f64, to: f64, count: usize, dtype: DType) -> Result<Array> {
        match dtype {
            DType::F32 => {
                let (from, span) = (from as f32, to as f32 - from as f32);
                // Rounded once, as by PyTorch's fused multiplication and addition: in double precision the product is exact.
                let place = |x: f32| (f64::from(x) * f64::from(span) + f64::from(from)) as f32;
                Ok(Array::F32((0..count).map(|_| place(self.uniform_f32())).collect()))
            }
            DType::F64 => {
                Ok(Array::F64((0..count).map(|_| self.uniform_f64().mul_add(to - from, from)).collect()))
            }
            other => Err(unimplemented("check_uniform_bounds", other)),
        }
    }

    /// `torch.randn`: `count` standard normal numbers.
    pub fn randn(&mut self, count: usize, dtype: DType) -> Result<Array> {
        self.normal(0.0, 1.0, count, dtype)
    }

    /// `normal_`: `count` normal numbers. Sixteen and more are made in blocks by Box and Muller's formula, fewer one by
    /// one in double precision.
    pub fn normal(&mut self, mean: f64, deviation: f64, count: usize, dtype: DType) -> Result<Array> {
        match dtype {
            DType::F32 if count >= 16 => {
                let (mean, deviation) = (mean as f32, deviation as f32);
                Ok(Array::F32(blocks(
                    count,
                    || self.uniform_f32(),
                    |b| normal::block_f32(b, mean, deviation),
                )))
            }
            DType::F64 if count >= 16 => Ok(Array::F64(blocks(
                count,
                || self.uniform_f64(),
                |b| normal::block_f64(b, mean, deviation),
            ))),
            DType::F32 | DType::F64 => {
                let values = (0..count).map(|_| self.one_normal() * deviation + mean).collect();
                Ok(crate::device::cpu::convert(&Array::F64(values), dtype))
            }
            other => Err(unimplemented("normal_kernel_cpu", other)),
        }
    }

    /// `torch.randint`: `count` integers from `low` to below `high`.
    pub fn randint(&mut self, low: i64, high: i64, count: usize) -> Result<Array> {
        if high <= low {
            return Err(Error::runtime(format!(
                "random_ expects 'from' to be less than 'to', but got from={low} >= to={high}"
            )));
        }
        let range = high.wrapping_sub(low) as u64;
        Ok(Array::I64((0..count).map(|_| low.wrapping_add(self.below(range) as i64)).collect()))
    }

    /// An integer below `range`; a range of 2²⁸ and more takes 64 bits.
    fn below(&mut self, range: u64) -> u64 {
        if range >= 1 << 28 { self.next_u64() % range } else { u64::from(self.mt.next_u32()) % range }
    }

    /// `random_()`: `count` integers that `dtype` holds exactly.
    pub fn random(&mut self, count: usize, dtype: DType) -> Array {
        let values = (0..count).map(|_| match dtype {
            DType::Bool => i64::from(self.mt.next_u32() & 1),
            DType::I64 => (self.next_u64() & u64::MAX >> 1).cast_signed(),
            DType::F32 => i64::from(self.mt.next_u32() % ((1 << 24) + 1)),
            DType::F64 => (self.next_u64() % ((1 << 53) + 1)).cast_signed(),
        });
        crate::device::cpu::convert(&Array::I64(values.collect()), dtype)
    }

    /// `torch.bernoulli(p)`: for each probability 1 or 0, in its dtype.
    pub fn bernoulli_each(&mut self, p: &Array) -> Result<Array> {
        match p {
            Array::F32(p) => {
                Ok(Array::F32(p.iter().map(|&p| f32::from(u8::from(self.uniform_f32() < p))).collect()))
            }
            Array::F64(p) => {
                Ok(Array::F64(p.iter().map(|&p| f64::from(u8::from(self.uniform_f64() < p))).collect()))
            }
            other => Err(unimplemented("bernoulli_tensor_cpu_p_", other.dtype())),
        }
    }

    /// `exponential_(rate)`: `count` numbers.
    pub fn exponential(&mut self, rate: f64, count: usize, dtype: DType) -> Result<Array> {
        if !dtype.is_float() {
            return Err(unimplemented("exponential_kernel_cpu", dtype));
        }
        let values = (0..count).map(|_| -1.0 / rate * (-self.uniform_f64()).ln_1p()).collect();
        Ok(crate::device::cpu::convert(&Array::F64(values), dtype))
    }

    /// Numbers in [0, 1) of double precision, as drawing with replacement takes them.
    pub fn uniforms(&mut self, count: usize) -> Vec<f64> {
        (0..count).map(|_| self.uniform_f64()).collect()
    }

    /// `torch.Tensor.bernoulli_`: `count` truth values, each true with probability `p`.
    pub fn bernoulli(&mut self, p: f64, count: usize) -> Array {
        Array::Bool((0..count).map(|_| self.uniform_f64() < p).collect())
    }

    /// `torch.randperm`: 0 to `count - 1` shuffled.
    pub fn randperm(&mut self, count: usize) -> Array {
        let mut values: Vec<i64> = (0..count as i64).collect();
        for i in 0..count.saturating_sub(1) {
            let j = self.mt.next_u32() as usize % (count - i);
            values.swap(i, i + j);
        }
        Array::I64(values)
    }

    fn one_normal(&mut self) -> f64 {
        if let Some(value) = self.cached.take() {
            return value;
        }
        let (u1, u2) = (self.uniform_f64(), self.uniform_f64());
        let radius = (-2.0 * (-u2).ln_1p()).sqrt();
        let theta = std::f64::consts::TAU * u1;
        self.cached = Some(radius * theta.sin());
        radius * theta.cos()
    }
}

fn unimplemented(kernel: &str, dtype: DType) -> Error {
    Error::unsupported(format!("\"{kernel}\" not implemented for '{}'", dtype.scalar_name()))
}

/// Uniform numbers, at least sixteen, each sixteen of which `make` turns into normal ones; where they do not come out
/// even, the last sixteen are drawn anew.
fn blocks<T>(count: usize, mut draw: impl FnMut() -> T, make: impl Fn(&mut [T])) -> Vec<T> {
    let mut values: Vec<T> = (0..count).map(|_| draw()).collect();
    values.chunks_exact_mut(16).for_each(&make);
    if !count.is_multiple_of(16)
        && let Some(tail) = values.get_mut(count.saturating_sub(16)..)
    {
        tail.iter_mut().for_each(|x| *x = draw());
        make(tail);
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(array: Array, expected: &[f64]) {
        let values = array.to_f64();
        assert!(
            values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 5e-5),
            "{values:?} is not {expected:?}"
        );
    }

    #[test]
    fn the_twister_is_the_reference() {
        // mt19937ar.out: init_by_array({0x123, 0x234, 0x345, 0x456}).
        let mut mt = Mt19937::from_words(&[0x123, 0x234, 0x345, 0x456]);
        assert_eq!([mt.next_u32(), mt.next_u32(), mt.next_u32()], [1_067_595_299, 955_945_823, 477_289_528]);
        // The C++ standard, [rand.predef]: the 10000th output of a default-constructed mt19937 (seed 5489).
        let mut mt = Mt19937::new(5489);
        let last = (0..10_000).map(|_| mt.next_u32()).last();
        assert_eq!(last, Some(4_123_659_995));
    }

    #[test]
    fn streams_are_pytorchs() {
        // torch.manual_seed(0); torch.randn(4)
        close(Generator::new(0).randn(4, DType::F32).unwrap(), &[1.5410, -0.2934, -2.1788, 0.5684]);
        // torch.manual_seed(0); torch.randn(17)
        let seventeen = [
            -1.1258, -1.1524, -0.2506, -0.4339, 0.8487, 0.6920, -0.3160, -2.1152, 0.3223, -1.2633, 0.3500,
            0.3081, 0.1198, 1.2377,
        ];
        let drawn = Generator::new(0).randn(16, DType::F32).unwrap();
        close(drawn, &seventeen);
        // torch.manual_seed(0); torch.rand(3)
        close(Generator::new(0).rand(3, DType::F32).unwrap(), &[0.4963, 0.7682, 0.0885]);
        // torch.manual_seed(0); torch.empty(12).bernoulli_(0.7)
        let truths = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map(|x| x == 1);
        assert_eq!(Generator::new(0).bernoulli(0.7, 12), Array::Bool(truths.to_vec()));
        // torch.manual_seed(0); torch.randint(10, (5,))
        assert_eq!(Generator::new(0).randint(0, 10, 5).unwrap(), Array::I64(vec![4, 9, 3, 0, 3]));
    }
}
