//! Finding a GPU.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::{Error, ErrorKind, Result};

use super::pool::Pool;
use super::readback::Readback;
use super::recorder::Recorder;
use super::signals::Signals;
use super::trial::Trial;
use super::{Gpu, Inner};

impl Gpu {
    /// Asks the browser, or natively the driver, for its fastest GPU. Where there is none the error says so.
    pub async fn request() -> Result<Gpu> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
            backends: wgpu::Backends::BROWSER_WEBGPU
                | wgpu::Backends::VULKAN
                | wgpu::Backends::METAL
                | wgpu::Backends::DX12,
            flags: wgpu::InstanceFlags::empty(),
            ..wgpu::InstanceDescriptor::new_without_display_handle()
        });
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = instance.request_adapter(&options).await.map_err(|error| none(&error.to_string()))?;
        let (device, queue) = match open(&adapter, limits(&adapter.limits())).await {
            Ok(opened) => opened,
            // An adapter that promises more than it keeps still has what WebGPU guarantees.
            Err(_) => {
                open(&adapter, wgpu::Limits::default()).await.map_err(|error| none(&error.to_string()))?
            }
        };

        let signals = Arc::new(Signals::default());
        let listener = signals.clone();
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| match error {
            wgpu::Error::OutOfMemory { .. } => listener.out_of_memory(),
            other => listener.fault(format!("the GPU refused: {other}")),
        }));
        let listener = signals.clone();
        device.set_device_lost_callback(move |reason, message| {
            listener.lose(if message.is_empty() { format!("{reason:?}") } else { message });
        });

        let info = adapter.get_info();
        let named = [&info.name, &info.driver, &info.driver_info].map(|text| text.to_lowercase());
        let plays = |program: &str| named.iter().any(|text| text.contains(program));
        let software = info.device_type == wgpu::DeviceType::Cpu || plays("swiftshader") || plays("llvmpipe");
        let name = [&info.name, &info.driver_info, &info.driver].into_iter().find(|text| !text.is_empty());
        Ok(Gpu(Rc::new(Inner {
            name: name.map_or_else(|| "WebGPU".to_owned(), Clone::clone),
            software,
            pool: RefCell::new(Pool::new(&device.limits())),
            recorder: RefCell::new(Recorder::new(&device)),
            readback: RefCell::new(Readback::new(&device.limits())),
            watch: RefCell::default(),
            trial: Trial::default(),
            device,
            queue,
            signals,
        })))
    }
}

fn none(reason: &str) -> Error {
    Error::new(ErrorKind::Runtime, format!("there is no GPU to use: {reason}"))
        .help("a browser with WebGPU has one; programs run on the CPU as well")
}

/// WebGPU's guaranteed limits, and of those that matter here whatever the adapter offers.
fn limits(offered: &wgpu::Limits) -> wgpu::Limits {
    let plain = wgpu::Limits::default();
    wgpu::Limits {
        max_buffer_size: offered.max_buffer_size.max(plain.max_buffer_size),
        max_storage_buffer_binding_size: offered
            .max_storage_buffer_binding_size
            .max(plain.max_storage_buffer_binding_size),
        max_storage_buffers_per_shader_stage: offered
            .max_storage_buffers_per_shader_stage
            .max(plain.max_storage_buffers_per_shader_stage),
        ..plain
    }
}

async fn open(
    adapter: &wgpu::Adapter,
    required_limits: wgpu::Limits,
) -> Result<(wgpu::Device, wgpu::Queue), wgpu::RequestDeviceError> {
    adapter
        .request_device(&wgpu::DeviceDescriptor {
            label: Some("gradloom"),
            required_limits,
            memory_hints: wgpu::MemoryHints::MemoryUsage,
            ..Default::default()
        })
        .await
}
