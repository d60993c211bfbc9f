//! Several numbers at once.

use std::num::Wrapping;

use wide::{f32x4, f64x2};

/// A number of which a vector of 128 bits holds [`WIDTH`](Lanes::WIDTH).
pub trait Lanes: Copy + Default {
    /// So many side by side.
    type Vector: Copy;
    /// How many.
    const WIDTH: usize;

    fn splat(x: Self) -> Self::Vector;
    /// The first numbers of a slice; zeros where there are none.
    fn load(from: &[Self]) -> Self::Vector;
    /// As many as there is room for.
    fn store(vector: Self::Vector, to: &mut [Self]);
    fn add(x: Self::Vector, y: Self::Vector) -> Self::Vector;
    fn multiply(x: Self::Vector, y: Self::Vector) -> Self::Vector;
    fn plus(self, y: Self) -> Self;
    fn minus(self) -> Self;
}

macro_rules! lanes {
    ($t:ty, $vector:ty, $width:literal) => {
        impl Lanes for $t {
            type Vector = $vector;
            const WIDTH: usize = $width;

            #[inline(always)]
            fn splat(x: Self) -> $vector {
                <$vector>::splat(x)
            }

            #[inline(always)]
            fn load(from: &[Self]) -> $vector {
                if let Some(lanes) = from.first_chunk::<$width>() {
                    return <$vector>::from(*lanes);
                }
                let mut lanes = [0.0; $width];
                for (lane, &x) in lanes.iter_mut().zip(from) {
                    *lane = x;
                }
                <$vector>::from(lanes)
            }

            #[inline(always)]
            fn store(vector: $vector, to: &mut [Self]) {
                let lanes = vector.to_array();
                if let Some(to) = to.first_chunk_mut::<$width>() {
                    *to = lanes;
                    return;
                }
                for (to, lane) in to.iter_mut().zip(lanes) {
                    *to = lane;
                }
            }

            #[inline(always)]
            fn add(x: $vector, y: $vector) -> $vector {
                x + y
            }

            #[inline(always)]
            fn multiply(x: $vector, y: $vector) -> $vector {
                x * y
            }

            #[inline(always)]
            fn plus(self, y: Self) -> Self {
                self + y
            }

            #[inline(always)]
            fn minus(self) -> Self {
                -self
            }
        }
    };
}

lanes!(f32, f32x4, 4);
lanes!(f64, f64x2, 2);

// A product of 64 bits has no vectors.
impl Lanes for i64 {
    type Vector = Wrapping<i64>;
    const WIDTH: usize = 1;

    fn splat(x: i64) -> Wrapping<i64> {
        Wrapping(x)
    }

    fn load(from: &[i64]) -> Wrapping<i64> {
        Wrapping(from.first().copied().unwrap_or_default())
    }

    fn store(vector: Wrapping<i64>, to: &mut [i64]) {
        if let Some(to) = to.first_mut() {
            *to = vector.0;
        }
    }

    fn add(x: Wrapping<i64>, y: Wrapping<i64>) -> Wrapping<i64> {
        x + y
    }

    fn multiply(x: Wrapping<i64>, y: Wrapping<i64>) -> Wrapping<i64> {
        x * y
    }

    fn plus(self, y: i64) -> i64 {
        self.wrapping_add(y)
    }

    fn minus(self) -> i64 {
        self.wrapping_neg()
    }
}
