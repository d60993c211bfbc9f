//! Products with weights.

use crate::modules::torch::linear::linear;
use crate::native::Native;

/// Functions.
pub const DENSE: &[Native] = &[Native::new("linear", "input, weight, bias=", linear)];
