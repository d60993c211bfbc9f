//! Compiled kernels.

use std::collections::HashMap;

use crate::Result;

use super::recorder::PARAM_BYTES;

/// Pipelines by what they were made from, and the layouts of their bindings by the number of inputs.
#[derive(Default)]
pub(super) struct Pipelines {
    by_key: HashMap<String, usize>,
    compiled: Vec<wgpu::ComputePipeline>,
    layouts: HashMap<usize, (wgpu::BindGroupLayout, wgpu::PipelineLayout)>,
}

impl Pipelines {
    /// The number of the pipeline with this key; `source` is asked for its text once.
    pub fn find(
        &mut self,
        device: &wgpu::Device,
        key: &str,
        inputs: usize,
        source: impl FnOnce() -> Result<String>,
    ) -> Result<usize> {
        if let Some(&at) = self.by_key.get(key) {
            return Ok(at);
        }
        let text = source()?;
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(key),
            source: wgpu::ShaderSource::Wgsl(text.into()),
        });
        let (_, layout) = self.layouts(device, inputs);
        let pipeline = device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(key),
            layout: Some(layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions {
                // No kernel relies on workgroup memory being zero.
                zero_initialize_workgroup_memory: false,
                ..Default::default()
            },
            cache: None,
        });
        self.compiled.push(pipeline);
        self.by_key.insert(key.to_owned(), self.compiled.len() - 1);
        Ok(self.compiled.len() - 1)
    }

    pub fn get(&self, at: usize) -> Option<&wgpu::ComputePipeline> {
        self.compiled.get(at)
    }

    pub fn count(&self) -> u64 {
        self.compiled.len() as u64
    }

    /// So many read-only buffers, one to write, and a window of parameters.
    pub fn layouts(
        &mut self,
        device: &wgpu::Device,
        inputs: usize,
    ) -> &(wgpu::BindGroupLayout, wgpu::PipelineLayout) {
        self.layouts.entry(inputs).or_insert_with(|| {
            let entries: Vec<wgpu::BindGroupLayoutEntry> = (0..inputs + 2)
                .map(|binding| {
                    let uniform = binding == inputs + 1;
                    wgpu::BindGroupLayoutEntry {
                        binding: binding as u32,
                        visibility: wgpu::ShaderStages::COMPUTE,
                        ty: wgpu::BindingType::Buffer {
                            ty: if uniform {
                                wgpu::BufferBindingType::Uniform
                            } else {
                                wgpu::BufferBindingType::Storage { read_only: binding < inputs }
                            },
                            has_dynamic_offset: uniform,
                            min_binding_size: if uniform {
                                std::num::NonZeroU64::new(PARAM_BYTES)
                            } else {
                                None
                            },
                        },
                        count: None,
                    }
                })
                .collect();
            let bindings = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                label: None,
                entries: &entries,
            });
            let pipeline = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: None,
                bind_group_layouts: &[Some(&bindings)],
                immediate_size: 0,
            });
            (bindings, pipeline)
        })
    }
}
