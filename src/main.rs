//! The page.

mod model;

fn main() {}
