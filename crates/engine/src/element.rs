//! The element types of CPU kernels.

use std::fmt::Debug;

use crate::{Array, DType, Scalar};

/// An element of an [`Array`].
pub trait Element: Copy + Default + PartialEq + PartialOrd + Debug + 'static {
    /// Its dtype.
    const DTYPE: DType;
    /// The values of an array of this dtype.
    fn slice(array: &Array) -> Option<&[Self]>;
    /// The same, to write.
    fn slice_mut(array: &mut Array) -> Option<&mut Vec<Self>>;
    /// An array of these values.
    fn array(values: Vec<Self>) -> Array;
    /// Converted as by `Tensor.to`: a float to an integer toward zero, anything but 0 is `True`.
    fn from_scalar(x: Scalar) -> Self;
    /// As a Python number.
    fn scalar(self) -> Scalar;
}

macro_rules! element {
    ($t:ty, $variant:ident, $scalar:ident, $x:ident => $from:expr, $s:ident => $to:expr) => {
        impl Element for $t {
            const DTYPE: DType = DType::$variant;
            fn slice(array: &Array) -> Option<&[Self]> {
                if let Array::$variant(v) = array { Some(v) } else { None }
            }
            fn slice_mut(array: &mut Array) -> Option<&mut Vec<Self>> {
                if let Array::$variant(v) = array { Some(v) } else { None }
            }
            fn array(values: Vec<Self>) -> Array {
                Array::$variant(values)
            }
            #[inline]
            fn from_scalar($x: Scalar) -> Self {
                $from
            }
            #[inline]
            fn scalar(self) -> Scalar {
                let $s = self;
                Scalar::$scalar($to)
            }
        }
    };
}

element!(bool, Bool, Bool, x => match x { Scalar::Bool(b) => b, other => other.to_f64() != 0.0 }, s => s);
element!(i64, I64, Int, x => match x { Scalar::Bool(b) => i64::from(b), Scalar::Int(i) => i, Scalar::Float(f) => f as i64 }, s => s);
element!(f32, F32, Float, x => match x { Scalar::Int(i) => i as f32, other => other.to_f64() as f32 }, s => f64::from(s));
element!(f64, F64, Float, x => x.to_f64(), s => s);

/// What arithmetic is done in: `float32`, `float64` and `int64`. Integers wrap; their transcendental functions go
/// through `float64` (an operator promotes before it comes to that).
pub trait Real: Element + gradloom_kernels::Loops {
    /// From a double.
    fn from_f64(x: f64) -> Self;
    /// To a double.
    fn to_f64(self) -> f64;
    /// Whether it is NaN.
    fn is_nan(self) -> bool;
    /// Smallest value: −∞ for floats.
    const LOWEST: Self;
    /// Largest value: +∞ for floats.
    const HIGHEST: Self;
    /// `self + y`, wrapping.
    fn plus(self, y: Self) -> Self;
    /// `self - y`, wrapping.
    fn minus(self, y: Self) -> Self;
    /// `self * y`, wrapping.
    fn times(self, y: Self) -> Self;
    /// `self / y`; for integers toward zero, and 0 for a zero divisor (an operator promotes or refuses before).
    fn over(self, y: Self) -> Self;
    /// `-self`, wrapping.
    fn negate(self) -> Self;
    /// `self ** y`.
    fn pow(self, y: Self) -> Self;
    /// A function of doubles, rounded once.
    fn map(self, f: fn(f64) -> f64) -> Self {
        Self::from_f64(f(self.to_f64()))
    }
    /// 1 or 0.
    fn truth(x: bool) -> Self {
        Self::from_f64(f64::from(u8::from(x)))
    }
    /// 0.
    fn zero() -> Self {
        Self::from_f64(0.0)
    }
    /// 1.
    fn one() -> Self {
        Self::from_f64(1.0)
    }
}

macro_rules! real_float {
    ($t:ident) => {
        impl Real for $t {
            const LOWEST: Self = <$t>::NEG_INFINITY;
            const HIGHEST: Self = <$t>::INFINITY;
            #[inline]
            fn from_f64(x: f64) -> Self {
                x as $t
            }
            #[inline]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }
            #[inline]
            fn is_nan(self) -> bool {
                <$t>::is_nan(self)
            }
            #[inline]
            fn plus(self, y: Self) -> Self {
                self + y
            }
            #[inline]
            fn minus(self, y: Self) -> Self {
                self - y
            }
            #[inline]
            fn times(self, y: Self) -> Self {
                self * y
            }
            #[inline]
            fn over(self, y: Self) -> Self {
                self / y
            }
            #[inline]
            fn negate(self) -> Self {
                -self
            }
            #[inline]
            fn pow(self, y: Self) -> Self {
                // Small integer powers by multiplication, as PyTorch's kernels do: exact where powf may not be.
                // In float64, where NumPy's arrays live, its way: only squares.
                if y == 2.0 {
                    self * self
                } else if y == 3.0 && size_of::<$t>() < size_of::<f64>() {
                    self * self * self
                } else {
                    f64::from(self).powf(f64::from(y)) as $t
                }
            }
        }
    };
}

real_float!(f32);
real_float!(f64);

impl Real for i64 {
    const LOWEST: Self = i64::MIN;
    const HIGHEST: Self = i64::MAX;
    fn from_f64(x: f64) -> Self {
        x as i64
    }
    fn to_f64(self) -> f64 {
        self as f64
    }
    fn is_nan(self) -> bool {
        false
    }
    fn plus(self, y: Self) -> Self {
        self.wrapping_add(y)
    }
    fn minus(self, y: Self) -> Self {
        self.wrapping_sub(y)
    }
    fn times(self, y: Self) -> Self {
        self.wrapping_mul(y)
    }
    fn over(self, y: Self) -> Self {
        self.checked_div(y).unwrap_or_default()
    }
    fn negate(self) -> Self {
        self.wrapping_neg()
    }
    fn pow(self, y: Self) -> Self {
        match u32::try_from(y) {
            Ok(y) => self.wrapping_pow(y),
            // A negative exponent: 1, -1 or 0; PyTorch refuses the scalar ones before it comes here.
            Err(_) => match self {
                1 => 1,
                -1 => 1 - 2 * (y & 1),
                _ => 0,
            },
        }
    }
}
