//! Tests of the whole. Those of one room stand in that room.

#[cfg(test)]
mod tidy;
