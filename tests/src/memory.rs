//! What programs hold: no more after many steps of training than after a few, and never what does not fit.

use gradloom_engine::{Device, Engine};
use gradloom_python::{Budget, Host, Machine, Pause};

use crate::programs::{gpu, run};

/// Training with everything that could hold on to an old step: a function of the program's own with a context, hooks,
/// views written through, gradients of gradients, kept gradients.
const TRAINING: &str = "\
import torch
class Twice(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * 2
        ctx.save_for_backward(x, y)
        ctx.size = x.numel()
        return y
    @staticmethod
    def backward(ctx, g):
        x, y = ctx.saved_tensors
        return g * 2 + 0 * (y - x)
torch.manual_seed(0)
x = torch.randn(8, 20)
w = torch.randn(20, 5, requires_grad=True)
seen = []
for step in range(STEPS):
    h = Twice.apply(x @ w)
    h.retain_grad()
    h.register_hook(lambda g: seen.append(step) if step < 3 else None)
    out = h.clone()
    out[0] *= 2
    out.view(-1)[3:9].mul_(out.detach().mean())
    loss = (out ** 2).mean()
    (g,) = torch.autograd.grad(loss, w, create_graph=True)
    (loss + 0.01 * (g ** 2).sum()).backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad = None
print(seen)
";

/// The same with no more than training needs, for a driver that computes everything in software.
const SMALL: &str = "\
import torch
torch.manual_seed(0)
x = torch.randn(8, 5)
w = torch.randn(5, 1, requires_grad=True)
for step in range(STEPS):
    loss = (x @ w).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.01 * w.grad
    w.grad = None
";

/// Runs a program to its end; its variables are still there.
pub(crate) fn finish(source: &str, engine: &Engine) -> Machine {
    let host = Host { file: "training.py".to_owned(), ..Host::new(engine.clone()) };
    let mut machine = Machine::new(source, host).unwrap_or_else(|e| panic!("{e}"));
    loop {
        match machine.resume(Budget { instructions: 100_000 }) {
            Pause::Done => return machine,
            Pause::Error(failure) => panic!("{}", failure.text),
            Pause::Wait(reads) => reads.iter().for_each(|read| drop(engine.wait(read))),
            _ => {}
        }
    }
}

/// Bytes on the CPU and buffers on the GPU that the program holds at its end, its variables still there.
fn held(program: &str, steps: usize, engine: &Engine, device: Device) -> (usize, u64) {
    engine.set_default_device(device);
    let _machine = finish(&program.replace("STEPS", &steps.to_string()), engine);
    engine.flush();
    let buffers = engine.gpu().map_or(0, |gpu| {
        gpu.wait();
        gpu.counters().live_buffers
    });
    (engine.cpu_bytes(), buffers)
}

#[test]
fn training_holds_no_more_after_many_steps() {
    let cpu = Engine::new(None, 0);
    assert_eq!(held(TRAINING, 10, &cpu, Device::Cpu), held(TRAINING, 10_000, &cpu, Device::Cpu));
    if let Some(gpu) = gpu() {
        let engine = Engine::new(Some(gpu), 0);
        for (program, steps) in [(TRAINING, 100), (SMALL, 10_000)] {
            let few = held(program, 10, &engine, Device::Gpu);
            assert_eq!(few, held(program, steps, &engine, Device::Gpu));
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_at_once() {
    let source = "import torch\ntry:\n    torch.zeros(10**12)\nexcept RuntimeError as e:\n    print(e)\n\
                  try:\n    torch.ones(10**6, 1).expand(10**6, 10**6) + 1\nexcept RuntimeError as e:\n    print('too large')\n";
    let (printed, failure) = run(source, Engine::new(None, 0));
    assert_eq!(failure, None);
    let bytes = "DefaultCPUAllocator: can't allocate memory: you tried to allocate 4000000000000 bytes.";
    assert_eq!(printed, format!("{bytes}\ntoo large\n"));
    let Some(gpu) = gpu() else { return };
    let engine = Engine::new(Some(gpu), 0);
    engine.set_default_device(Device::Gpu);
    let (printed, failure) = run(source, engine);
    assert_eq!(failure, None);
    assert!(printed.starts_with("CUDA out of memory. Tried to allocate "), "{printed}");
    assert!(printed.ends_with("too large\n"), "{printed}");
}

#[test]
fn a_program_that_is_over_holds_nothing() {
    let circles = [
        "def f():\n    x = torch.ones(1000)\n    def g(n):\n        return x if n == 0 else g(n - 1)\n    return g\nk = f()\nk(3)",
        "class Node:\n    def __init__(self, parent):\n        self.parent, self.children, self.x = parent, [], torch.ones(1000)\n        if parent: parent.children.append(self)\nroot = Node(None)\nNode(root)",
        "class A:\n    x = torch.ones(1000)\nclass B(A):\n    def __init__(self):\n        super().__init__()\nB.all = [B()]",
        "model = torch.nn.Linear(100, 100)\nmodel.register_forward_hook(lambda m, i, o: None)\nmodel.me = [model]\nmodel(torch.ones(100)).sum().backward()",
    ];
    for circle in circles {
        let engine = Engine::new(None, 0);
        for _ in 0..3 {
            assert_eq!(run(&format!("import torch\n{circle}\n"), engine.clone()), (String::new(), None));
            assert_eq!(engine.cpu_bytes(), 0, "{circle}");
        }
    }
}
