//! The four dtypes, and how two of them meet.

use std::fmt;

/// What an element is.
///
/// The order is that of promotion: a result takes the larger of its inputs' dtypes, see [`promote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DType {
    /// `torch.bool`; on the GPU a `u32` of 0 or 1.
    Bool,
    /// `torch.int64`; on the GPU held in 32 bits, see [`crate::device::gpu`].
    I64,
    /// `torch.float32`.
    F32,
    /// `torch.float64`; on the CPU only.
    F64,
}

impl DType {
    /// PyTorch's name without its module: `float32`.
    pub fn name(self) -> &'static str {
        match self {
            DType::Bool => "bool",
            DType::I64 => "int64",
            DType::F32 => "float32",
            DType::F64 => "float64",
        }
    }

    /// PyTorch's name in error messages: `Float`, `Double`, `Long`, `Bool`.
    pub fn scalar_name(self) -> &'static str {
        match self {
            DType::Bool => "Bool",
            DType::I64 => "Long",
            DType::F32 => "Float",
            DType::F64 => "Double",
        }
    }

    /// Bytes of an element on the CPU.
    pub fn size(self) -> usize {
        match self {
            DType::Bool => 1,
            DType::F32 => 4,
            DType::I64 | DType::F64 => 8,
        }
    }

    /// Whether gradients exist for it.
    pub fn is_float(self) -> bool {
        matches!(self, DType::F32 | DType::F64)
    }

    fn category(self) -> u8 {
        match self {
            DType::Bool => 0,
            DType::I64 => 1,
            DType::F32 | DType::F64 => 2,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How much an operand weighs in [`promote`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A Python number.
    Number,
    /// A tensor without dimensions.
    Scalar,
    /// A tensor with dimensions.
    Tensor,
}

/// The dtype in which operands meet, PyTorch's rule: the largest dtype among the tensors with dimensions, unless a
/// lighter operand (0-dim tensor, then Python number) is of a higher category (bool < integer < float); a Python
/// float that raises the category gives the default dtype.
///
/// Source: <https://pytorch.org/docs/stable/tensor_attributes.html#type-promotion-doc>
pub fn promote(operands: impl IntoIterator<Item = (DType, Weight)>, default: DType) -> DType {
    let mut best: [Option<DType>; 3] = [None; 3];
    for (dtype, weight) in operands {
        let slot = &mut best[weight as usize];
        *slot = Some(slot.map_or(dtype, |held| held.max(dtype)));
    }
    let [number, scalar, tensor] = best;
    let heavier = |light: Option<DType>, heavy: Option<DType>| match (light, heavy) {
        (Some(l), Some(h)) => Some(if l.category() > h.category() { l } else { h }),
        (light, heavy) => heavy.or(light),
    };
    let numbers = number.map(|d| if d.is_float() { default } else { d });
    heavier(heavier(numbers, scalar), tensor).unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_meet_as_in_pytorch() {
        use DType::*;
        use Weight::*;
        assert_eq!(promote([(I64, Tensor), (F64, Number)], F32), F32);
        assert_eq!(promote([(F32, Tensor), (F64, Scalar)], F32), F32);
        assert_eq!(promote([(F32, Tensor), (F64, Tensor)], F32), F64);
        assert_eq!(promote([(Bool, Tensor), (I64, Number)], F32), I64);
        assert_eq!(promote([(I64, Tensor), (F64, Scalar)], F32), F64);
        assert_eq!(promote([(F64, Scalar), (F64, Number)], F32), F64);
        assert_eq!(promote([(I64, Tensor), (F64, Number)], F64), F64);
        assert_eq!(promote([(F32, Tensor), (F64, Number)], F64), F32);
    }
}
