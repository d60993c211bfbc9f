use gradloom_protocol::DeviceChoice;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, Node};

use crate::bench::{Bench, Status};
use crate::model::number::{count, fixed};
use crate::ui::{El, button, el, memo, on_window};

/// The badge that tells where tensors are made, and behind it the details and the choice.
pub fn device(bench: Bench) -> El {
    let open = RwSignal::new(false);
    let on_gpu =
        memo(move || bench.device.with(|device| device.as_ref().is_some_and(|d| d.default != "cpu")));
    let kind = move || match bench.device.with(|device| device.is_none()) {
        true if bench.note.with(Option::is_some) && bench.status.get() == Status::Starting => "No session",
        true => "Starting",
        false if on_gpu.get() => "WebGPU",
        false => "CPU",
    };
    let name = move || {
        let gpu = bench.device.with(|device| device.as_ref().and_then(|d| d.gpu.clone()));
        gpu.filter(|name| on_gpu.get() && name != "WebGPU")
            .map(|gpu| el("span").class("gpu").put(format!("· {gpu}")))
    };
    let work = move || match bench.stats.get().filter(|_| on_gpu.get()) {
        Some(stats) => format!("· {} dispatches · {}", count(stats.dispatches), bytes(stats.bytes)),
        None => String::new(),
    };
    let badge = button("badge")
        .test("device")
        .live("data-device", move || bench.device.with(|d| d.as_ref().map(|d| d.default.clone())))
        .live("aria-expanded", move || open.get().to_string())
        .set("aria-controls", "device-details")
        .click(move || open.update(|open| *open = !*open))
        .put(el("span").class("lamp").toggle("on", move || on_gpu.get()).set("aria-hidden", "true"))
        .put(el("span").say(kind))
        .part(name)
        .put(el("span").class("gpu work").test("work").say(work));
    let choices = el("fieldset")
        .put(el("legend").put("Tensors without a named device are made on"))
        .put(choice(bench, DeviceChoice::Gpu, "device-gpu", "the GPU", "through WebGPU"))
        .put(choice(bench, DeviceChoice::Cpu, "device-cpu", "the CPU", "as in PyTorch"));
    let details = el("div")
        .set("id", "device-details")
        .class("popover")
        .live("hidden", move || !open.get())
        .put(el("p").say(move || reason(bench)))
        .put(choices)
        .part(move || counters(bench));
    let whole = el("div").class("device");
    if let Some(whole) = whole.is::<Node>() {
        on_window("pointerdown", move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
            if !whole.contains(target.as_ref()) {
                open.set(false);
            }
        });
    }
    whole
        .on("keydown", move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                open.set(false);
            }
        })
        .put(badge)
        .put(details)
}

fn reason(bench: Bench) -> String {
    bench.device.with(|device| match device {
        None => "The session is starting.".into(),
        Some(device) => match &device.gpu {
            Some(gpu) => format!("GPU: {gpu}"),
            None if device.reason.is_empty() => "No GPU was found; everything runs on the CPU.".into(),
            None => format!("No GPU: {}", device.reason),
        },
    })
}

fn choice(bench: Bench, choice: DeviceChoice, id: &str, label: &str, hint: &str) -> El {
    let has_gpu = move || bench.device.with(|device| device.as_ref().is_none_or(|d| d.gpu.is_some()));
    // Without a GPU the CPU is what happens, whatever was chosen.
    let chosen = move || match has_gpu() {
        true => bench.choice.get() == choice,
        false => choice == DeviceChoice::Cpu,
    };
    let input = el("input")
        .set("type", "radio")
        .set("name", "device")
        .test(id)
        .prop("checked", chosen)
        .live("disabled", move || choice == DeviceChoice::Gpu && !has_gpu())
        .on("change", move |_: Event| bench.choose_device(choice));
    el("label").class("choice").put(input).put(el("span").put(label).put(el("small").put(hint)))
}

fn counters(bench: Bench) -> Option<El> {
    let stats = bench.stats.get()?;
    let row = |name: &str, value: String| el("div").put(el("dt").put(name)).put(el("dd").put(value));
    Some(
        el("dl")
            .put(row("Kernels dispatched", count(stats.dispatches)))
            .put(row("Command buffers submitted", count(stats.submits)))
            .put(row("Read-backs", count(stats.reads)))
            .put(row("Memory in tensors", bytes(stats.bytes)))
            .put(row("Buffers made", count(stats.buffers)))
            .put(row("Pipelines compiled", count(stats.pipelines))),
    )
}

fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} kB", fixed(n as f64 / 1e3, 1)),
        _ => format!("{} MB", fixed(n as f64 / 1e6, 1)),
    }
}
