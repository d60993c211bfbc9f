//! Values on the CPU.

use crate::DType;

/// The values of a tensor, row-major, on the CPU.
#[derive(Clone, Debug, PartialEq)]
pub enum Array {
    /// `torch.bool`.
    Bool(Vec<bool>),
    /// `torch.int64`.
    I64(Vec<i64>),
    /// `torch.float32`.
    F32(Vec<f32>),
    /// `torch.float64`.
    F64(Vec<f64>),
}

/// Runs `$body` with `$values` bound to the vector inside, whatever its element type.
#[macro_export]
macro_rules! with_array {
    ($array:expr, $values:ident => $body:expr) => {
        match $array {
            $crate::Array::Bool($values) => $body,
            $crate::Array::I64($values) => $body,
            $crate::Array::F32($values) => $body,
            $crate::Array::F64($values) => $body,
        }
    };
}

impl Array {
    /// What an element is.
    pub fn dtype(&self) -> DType {
        match self {
            Array::Bool(_) => DType::Bool,
            Array::I64(_) => DType::I64,
            Array::F32(_) => DType::F32,
            Array::F64(_) => DType::F64,
        }
    }

    /// How many elements.
    pub fn len(&self) -> usize {
        with_array!(self, v => v.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `i` as a double; `None` outside. Integers above 2⁵³ are rounded.
    pub fn get(&self, i: usize) -> Option<f64> {
        match self {
            Array::Bool(v) => v.get(i).map(|&x| f64::from(u8::from(x))),
            Array::I64(v) => v.get(i).map(|&x| x as f64),
            Array::F32(v) => v.get(i).map(|&x| f64::from(x)),
            Array::F64(v) => v.get(i).copied(),
        }
    }

    /// Element `i` as a Python number; `None` outside.
    pub fn scalar(&self, i: usize) -> Option<Scalar> {
        match self {
            Array::Bool(v) => v.get(i).map(|&x| Scalar::Bool(x)),
            Array::I64(v) => v.get(i).map(|&x| Scalar::Int(x)),
            Array::F32(v) => v.get(i).map(|&x| Scalar::Float(f64::from(x))),
            Array::F64(v) => v.get(i).map(|&x| Scalar::Float(x)),
        }
    }

    /// All elements as doubles.
    pub fn to_f64(&self) -> Vec<f64> {
        (0..self.len()).filter_map(|i| self.get(i)).collect()
    }
}

/// A Python number as an operand or as an element.
// The tag takes a word, so that no variant lies beside it in the same word: then a move is fewer instructions.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u32)]
pub enum Scalar {
    /// `True`, `False`.
    Bool(bool),
    /// An integer.
    Int(i64),
    /// A float.
    Float(f64),
}

impl Scalar {
    /// As a double.
    pub fn to_f64(self) -> f64 {
        match self {
            Scalar::Bool(x) => f64::from(u8::from(x)),
            Scalar::Int(x) => x as f64,
            Scalar::Float(x) => x,
        }
    }

    /// The dtype that it promotes as.
    pub fn dtype(self) -> DType {
        match self {
            Scalar::Bool(_) => DType::Bool,
            Scalar::Int(_) => DType::I64,
            Scalar::Float(_) => DType::F64,
        }
    }
}

impl From<f64> for Scalar {
    fn from(x: f64) -> Self {
        Scalar::Float(x)
    }
}

impl From<i64> for Scalar {
    fn from(x: i64) -> Self {
        Scalar::Int(x)
    }
}

impl From<bool> for Scalar {
    fn from(x: bool) -> Self {
        Scalar::Bool(x)
    }
}
