//! The two devices: the CPU, whose kernels are the specification, and the GPU.

pub mod cpu;
pub mod gpu;

use std::fmt;

/// Where values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Device {
    /// `cpu`.
    #[default]
    Cpu,
    /// `cuda`, which names the WebGPU device here.
    Gpu,
}

impl fmt::Display for Device {
    /// As in PyTorch's messages: `cpu`, `cuda:0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Device::Cpu => "cpu",
            Device::Gpu => "cuda:0",
        })
    }
}
