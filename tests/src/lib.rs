//! Tests of the whole. Those of one room stand in that room.

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod graphs;
#[cfg(test)]
mod kept;
#[cfg(test)]
mod lessons;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod session;
#[cfg(test)]
mod steps;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod windows;
