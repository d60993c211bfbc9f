//! Short programs, one part of the language each, print what CPython with PyTorch and NumPy prints, byte for byte.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use gradloom_engine::device::gpu::Gpu;
use gradloom_engine::{Device, Engine};
use gradloom_python::context::Host;
use gradloom_python::{Budget, Machine, Pause, Shelf};

/// A GPU, where there is one.
pub fn gpu() -> Option<Gpu> {
    pollster::block_on(Gpu::request()).ok()
}

/// A clock that is the same in every run: each look at it is a second later than the one before.
fn clock() -> f64 {
    thread_local! { static LOOKS: Cell<u32> = const { Cell::new(0) } }
    LOOKS.set(LOOKS.get() + 1);
    f64::from(LOOKS.get())
}

/// What a program prints, and, where it ends with an exception, that exception as the fixtures have it.
pub fn run(source: &str, engine: Engine) -> (String, Option<String>) {
    run_with(source, engine, Rc::new(Shelf::default()))
}

/// The same, with these files.
pub fn run_with(source: &str, engine: Engine, files: Rc<Shelf>) -> (String, Option<String>) {
    let host = Host { file: "program.py".to_owned(), clock, files, ..Host::new(engine.clone()) };
    let mut output = String::new();
    let mut machine = match Machine::new(source, host) {
        Ok(machine) => machine,
        Err(failure) => return (output, Some(failure.to_string())),
    };
    loop {
        let pause = machine.resume(Budget { instructions: 100_000 });
        output.extend(
            machine.take_output().into_iter().filter(|p| !p.figure && !p.error).map(|printed| printed.text),
        );
        match pause {
            Pause::Done => return (output, None),
            Pause::Error(failure) => {
                let mut lines: Vec<String> = failure
                    .frames
                    .iter()
                    .map(|f| format!("line {}, in {}", f.span.line, f.function))
                    .collect();
                lines.push(format!("{}: {}\n", failure.class, failure.message));
                return (output, Some(lines.join("\n")));
            }
            Pause::Wait(reads) => {
                for read in reads {
                    // What went wrong is told to the program, which asks again.
                    let _ = engine.wait(&read);
                }
            }
            Pause::Line(_) | Pause::Slice | Pause::Task(_) => {}
        }
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn programs() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder("programs"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "py"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    all.sort();
    all
}

fn expected(name: &str) -> (String, Option<String>) {
    let folder = folder("fixtures/programs");
    let output = std::fs::read_to_string(folder.join(format!("{name}.out"))).unwrap_or_default();
    (output, std::fs::read_to_string(folder.join(format!("{name}.err"))).ok())
}

#[test]
fn programs_print_what_python_prints() {
    let programs = programs();
    assert!(programs.len() >= 48, "only {} programs", programs.len());
    let mut failed = Vec::new();
    for (name, source) in &programs {
        let found = run(source, Engine::new(None, 0));
        let expected = expected(name);
        if found != expected {
            failed.push(format!(
                "== {name}: printed\n{}{:?}\nexpected\n{}{:?}",
                found.0, found.1, expected.0, expected.1
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} of {} programs differ\n{}",
        failed.len(),
        programs.len(),
        failed.join("\n")
    );
}

/// Programs that are not run on the GPU, each with the reason.
const CPU_ONLY: &[(&str, &str)] = &[
    ("default_dtype", "float64 lives on the CPU"),
    ("doc_linalg", "least squares are solved on the CPU"),
    ("doc_printing", "float64 lives on the CPU"),
    ("doc_tensor_arithmetic", "the same, and each device has its own sign of zero"),
    ("doc_tensor_creation", "float64 lives on the CPU"),
    ("doc_tensor_streams", "float64 lives on the CPU"),
    ("error_class", "classes that are not there are refused where nobody has to wait for them"),
    ("functional_refusals", "the same holds of values outside of a domain, and messages name the device"),
    ("gradient_checks", "float64, in which gradients are checked, lives on the CPU"),
    ("gradient_life", "all seventeen digits of a float32 are printed, and each device rounds its own way"),
    ("nn_moving", "float64 lives on the CPU"),
    ("tensor_dtypes", "float64 lives on the CPU"),
    ("tensor_scientific", "subnormal numbers may be flushed"),
];

/// The same programs with their tensors on the GPU: what they print differs by the device's name alone.
#[test]
fn programs_print_the_same_on_the_gpu() {
    let Some(gpu) = gpu() else {
        assert!(std::env::var_os("GRADLOOM_REQUIRE_GPU").is_none(), "no GPU was found");
        return;
    };
    let mut failed = Vec::new();
    for (name, source) in programs() {
        if !source.contains("torch") || CPU_ONLY.iter().any(|(skipped, _)| *skipped == name) {
            continue;
        }
        let engine = Engine::new(Some(gpu.clone()), 0);
        engine.set_default_device(Device::Gpu);
        let (output, error) = run(&source, engine);
        let (expected, expected_error) = expected(&name);
        if plain(&output) != plain(&expected) || error != expected_error {
            failed.push(format!(
                "== {name}: printed\n{output}{error:?}\nexpected\n{expected}{expected_error:?}"
            ));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// Without the device's name, and without the line breaks that it may have moved.
pub fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace(", device='cuda:0'", "")
}
