//! The WGSL kernels, embedded.
