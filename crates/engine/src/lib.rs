//! Tensors, operators and autograd on the CPU and on the GPU.
//!
//! The semantics are PyTorch's: eager, dynamic. What follows runs.
//!
//! # Tensors
//!
//! An [`Engine`] holds the devices. A [`Tensor`] is a handle to values in a storage, seen through a [`Layout`]: sizes,
//! strides, an offset. A view shares the storage of what it shows, so writing through one is seen in both.
//!
//! ```
//! use gradloom_engine::{Array, Device, Engine, Result, ops};
//!
//! # fn main() -> Result<()> {
//! let engine = Engine::new(None, 0); // no GPU; seed 0
//! let x = engine.tensor(Array::F32(vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), &[2, 3], Device::Cpu)?;
//! let row = ops::select(&x, 0, 1)?; // x[1], a view
//! row.mul_(10.0)?;
//! let columns = ops::sum(&x, &[0], false)?;
//! assert_eq!(columns.values()?.to_f64(), [41.0, 52.0, 63.0]);
//!
//! // Sizes broadcast from the right; what does not fit is refused by a value that says why.
//! let wrong = ops::add(&x, &ops::t(&x)?).unwrap_err();
//! assert_eq!(wrong.message, "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1");
//! # Ok(())
//! # }
//! ```
//!
//! # Autograd
//!
//! An operation on a tensor that asks for a gradient leaves an [`autograd::Node`] behind. A backward pass walks them from
//! the last to the first; [`autograd::backward`] does so at once, an [`autograd::BackwardPass`] one node at a time.
//!
//! ```
//! # use gradloom_engine::{Array, Device, Engine, Result, Tensor, autograd, ops};
//! # use gradloom_engine::autograd::{BackwardPass, Options, Step};
//! # fn main() -> Result<()> {
//! # let engine = Engine::new(None, 0);
//! let scalar = |x: f32| -> Result<Tensor> {
//!     let tensor = engine.tensor(Array::F32(vec![x]), &[], Device::Cpu)?;
//!     tensor.set_requires_grad(true)?;
//!     Ok(tensor)
//! };
//! let (a, b) = (scalar(2.0)?, scalar(1.0)?);
//! let e = ops::mul(ops::add(&a, &b)?, ops::add(&b, 1.0)?)?; // e = (a + b) · (b + 1)
//!
//! let mut pass = BackwardPass::new(&e, None, Options { retain_graph: true, create_graph: false })?;
//! let mut names = Vec::new();
//! while let Some(step) = pass.step()? {
//!     if let Step::Node(step) = step {
//!         names.push(step.node.name());
//!     }
//! }
//! assert_eq!(names, ["mul", "add", "add"]);
//! assert_eq!(b.grad().unwrap().values()?.to_f64(), [5.0]); // 2 along one way, 3 along the other
//!
//! // A pass can be recorded itself: ∂²e/∂a∂b = 1.
//! let recorded = Options { retain_graph: true, create_graph: true };
//! let first = autograd::grad(&e, &[a.clone()], recorded)?.remove(0).unwrap();
//! let second = autograd::grad(&first, &[b.clone()], Options::default())?.remove(0).unwrap();
//! assert_eq!(second.values()?.to_f64(), [1.0]);
//!
//! // Leaves are updated off the tape.
//! engine.no_grad(|| b.sub_(ops::mul(b.grad().unwrap(), 0.1)?))?;
//! assert_eq!(b.values()?.to_f64(), [0.5]);
//! # Ok(())
//! # }
//! ```
//!
//! # Devices
//!
//! The same operations run on the CPU, whose kernels are the specification, and in WebGPU. GPU work is recorded and
//! handed over when somebody needs a number: [`Tensor::host`] says whether values are on this side, and otherwise for
//! which [`Read`] to wait. Natively [`Tensor::values`] waits itself.
//!
//! ```
//! # use gradloom_engine::{Array, Device, Engine, Result, ops};
//! # fn main() -> Result<()> {
//! use gradloom_engine::device::gpu::Gpu;
//!
//! let gpu = pollster::block_on(Gpu::request()).ok(); // None where there is no GPU
//! let engine = Engine::new(gpu, 0);
//! let device = if engine.has_gpu() { Device::Gpu } else { Device::Cpu };
//! let x = engine.tensor(Array::F32(vec![3.0, 4.0]), &[2], device)?;
//! let length = ops::sqrt(ops::sum(&ops::mul(&x, &x)?, &[], false)?)?;
//! assert_eq!(length.values()?.to_f64(), [5.0]);
//!
//! // Memory is asked for before it is taken.
//! assert!(engine.full("zeros", &[1_000_000_000_000], 0.0.into(), x.dtype(), device).is_err());
//! # Ok(())
//! # }
//! ```
//!
//! An operator is one file in [`ops`] and one line of the [`registry`]; from that line alone it is tested.

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
mod capture;
mod engine;
mod error;
mod grad;
mod inplace;
mod record;
mod site;
mod storage;
mod tensor;

pub use array::{Array, Scalar};
pub use capture::Captured;
pub use device::Device;
pub use dtype::DType;
pub use engine::Engine;
pub use error::{Error, ErrorKind, Refusal, Result};
pub use layout::Layout;
pub use op::{Arg, Meta, Operator};
pub use record::{Made, Operand, Record, Trace};
pub use site::{CallSite, Site};
pub use storage::{Read, Storage};
pub use tensor::{Tensor, TensorId, ViewOrigin, WeakTensor};

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
