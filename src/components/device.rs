use gradloom_protocol::DeviceChoice;
use leptos::ev;
use leptos::prelude::*;

use crate::bench::{Status, bench};
use crate::model::number::count;

/// The badge that tells where tensors are made, and behind it the details and the choice.
#[component]
pub fn Device() -> impl IntoView {
    let bench = bench();
    let open = RwSignal::new(false);
    let on_gpu =
        Memo::new(move |_| bench.device.with(|device| device.as_ref().is_some_and(|d| d.default != "cpu")));
    let kind = move || match bench.device.with(|device| device.is_none()) {
        true if bench.note.with(Option::is_some) && bench.status.get() == Status::Starting => "No session",
        true => "Starting",
        false if on_gpu.get() => "WebGPU",
        false => "CPU",
    };
    let name = move || {
        let gpu = bench.device.with(|device| device.as_ref().and_then(|d| d.gpu.clone()));
        gpu.filter(|_| on_gpu.get()).map(|gpu| format!("· {gpu}"))
    };
    let reason = move || {
        bench.device.with(|device| {
            let device = device.as_ref()?;
            Some(match &device.gpu {
                Some(gpu) => format!("GPU: {gpu}"),
                None if device.reason.is_empty() => "No GPU was found; everything runs on the CPU.".into(),
                None => format!("No GPU: {}", device.reason),
            })
        })
    };
    let has_gpu = move || bench.device.with(|device| device.as_ref().is_none_or(|d| d.gpu.is_some()));
    let counters = move || {
        bench.stats.get().map(|stats| {
            let row =
                |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
            view! {
                <dl>
                    {row("Kernels dispatched", count(stats.dispatches))}
                    {row("Command buffers submitted", count(stats.submits))}
                    {row("Read-backs", count(stats.reads))}
                    {row("Memory in tensors", bytes(stats.bytes))}
                    {row("Buffers made", count(stats.buffers))}
                    {row("Pipelines compiled", count(stats.pipelines))}
                </dl>
            }
        })
    };
    let choice = move |choice: DeviceChoice, id: &'static str, label: &'static str, hint: &'static str| {
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="device"
                    data-testid=id
                    prop:checked=move || bench.choice.get() == choice
                    disabled=move || choice == DeviceChoice::Gpu && !has_gpu()
                    on:change=move |_| bench.choose_device(choice)
                />
                <span>{label}<small>{hint}</small></span>
            </label>
        }
    };
    let close_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            open.set(false);
        }
    };
    view! {
        <div class="device" on:keydown=close_on_escape>
            <button
                type="button"
                class="badge"
                data-testid="device"
                data-device=move || bench.device.with(|d| d.as_ref().map(|d| d.default.clone()))
                aria-expanded=move || open.get().to_string()
                aria-controls="device-details"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span class="lamp" class:on=on_gpu aria-hidden="true"></span>
                <span>{kind}</span>
                {move || name().map(|name| view! { <span class="gpu">{name}</span> })}
            </button>
            <div id="device-details" class="popover" hidden=move || !open.get()>
                <p>{reason}</p>
                <fieldset>
                    <legend>"Tensors without a named device are made on"</legend>
                    {choice(DeviceChoice::Gpu, "device-gpu", "the GPU", "through WebGPU")}
                    {choice(DeviceChoice::Cpu, "device-cpu", "the CPU", "as in PyTorch")}
                </fieldset>
                {counters}
            </div>
        </div>
    }
}

fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{:.1} kB", n as f64 / 1e3),
        _ => format!("{:.1} MB", n as f64 / 1e6),
    }
}
