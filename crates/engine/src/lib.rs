//! Tensors, operators and autograd on the CPU and on the GPU.
//!
//! The semantics are PyTorch's: eager, dynamic. [`Engine`] holds the devices, [`Tensor`] is a handle, an operator is
//! one file in [`ops`] and one line of the [`registry`]. GPU work is recorded and handed over when somebody needs a
//! number; see [`Tensor::read`].
//!
//! ```
//! use gradloom_engine::{Array, Device, Engine, autograd, ops};
//!
//! # fn main() -> gradloom_engine::Result<()> {
//! let engine = Engine::new(None, 0);
//! let a = engine.tensor(Array::F32(vec![2.0]), &[], Device::Cpu)?;
//! let b = engine.tensor(Array::F32(vec![1.0]), &[], Device::Cpu)?;
//! a.set_requires_grad(true)?;
//! b.set_requires_grad(true)?;
//! let e = ops::mul(ops::add(&a, &b)?, ops::add(&b, 1.0)?)?;
//! autograd::backward(&e)?;
//! assert_eq!(b.grad().unwrap().values()?.to_f64(), [5.0]);
//! # Ok(())
//! # }
//! ```

pub mod autograd;
pub mod device;
pub mod dtype;
pub mod element;
pub mod layout;
pub mod op;
pub mod ops;
pub mod plan;
pub mod planner;
pub mod random;
pub mod registry;
pub mod slide;

mod apply;
mod array;
mod engine;
mod error;
mod inplace;
mod record;
mod site;
mod storage;
mod tensor;

pub use array::{Array, Scalar};
pub use device::Device;
pub use dtype::DType;
pub use engine::Engine;
pub use error::{Error, ErrorKind, Result};
pub use layout::Layout;
pub use op::{Arg, Meta, Operator};
pub use record::{Made, Operand, Record, Trace};
pub use site::{CallSite, Site};
pub use storage::{Read, Storage};
pub use tensor::{HostError, Tensor, TensorId, ViewOrigin, WeakTensor};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
