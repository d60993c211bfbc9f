//! Operations on the bits of integers.

use super::{BROADCAST, Function, functions};
use crate::op::{Doc, Promotion};

/// `x & y`
pub static AND: Function = Function {
    doc: Doc {
        name: "bitwise_and",
        formula: "x & y",
        shapes: BROADCAST,
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.bitwise_and.html",
    },
    promotion: Promotion::Arithmetic,
    whole: Some((|[x, y, ..]| x & y, "x0 & x1")),
    points: &[&[-2.0, 7.0, 0.0, 5.0, -9.0, 12.0], &[3.0, -6.0, 10.0]],
    ..Function::ROW
};

/// `x | y`
pub static OR: Function = Function {
    doc: Doc {
        name: "bitwise_or",
        formula: "x | y",
        shapes: BROADCAST,
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.bitwise_or.html",
    },
    promotion: Promotion::Arithmetic,
    whole: Some((|[x, y, ..]| x | y, "x0 | x1")),
    points: &[&[-2.0, 7.0, 0.0, 5.0, -9.0, 12.0], &[3.0, -6.0, 10.0]],
    ..Function::ROW
};

/// `x ^ y`
pub static XOR: Function = Function {
    doc: Doc {
        name: "bitwise_xor",
        formula: "x ^ y",
        shapes: BROADCAST,
        derivative: &["0", "0"],
        source: "https://pytorch.org/docs/stable/generated/torch.bitwise_xor.html",
    },
    promotion: Promotion::Arithmetic,
    whole: Some((|[x, y, ..]| x ^ y, "x0 ^ x1")),
    points: &[&[-2.0, 7.0, 0.0, 5.0, -9.0, 12.0], &[3.0, -6.0, 10.0]],
    ..Function::ROW
};

functions! {
    /// `x & y, of integers`, elementwise.
    bitwise_and(x, y) => AND;
    /// `x | y, of integers`, elementwise.
    bitwise_or(x, y) => OR;
    /// `x ^ y, of integers`, elementwise.
    bitwise_xor(x, y) => XOR;
}
