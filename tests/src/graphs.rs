//! Static graphs: captured in their first run, planned, replayed.

use gradloom_engine::{Device, Engine};
use gradloom_protocol::{DeviceChoice, Event, Node};

use crate::memory::finish;
use crate::programs::gpu;
use crate::session::Driven;

/// Descent on (w - y)², where x is the unit matrix: w after t runs is y · (1 - 0.75ᵗ).
const DESCENT: &str = "\
import tensorflow as tf
x = tf.placeholder(tf.float32, shape=(None, 3))
y = tf.placeholder(tf.float32, shape=(None, 1))
w = tf.Variable(tf.zeros((3, 1)))
loss = tf.reduce_sum((tf.matmul(x, w) - y) ** 2.0)
grad_w, = tf.gradients(loss, [w])
new_w = w.assign(w - 0.125 * grad_w)
options = tf.OptimizerOptions(opt_level=tf.OptimizerOptions.LEVEL)
with tf.Session(config=tf.ConfigProto(graph_options=tf.GraphOptions(optimizer_options=options))) as sess:
    sess.run(tf.global_variables_initializer())
    feed = {x: [[1., 0., 0.], [0., 1., 0.], [0., 0., 1.]], y: [[1.], [2.], [-4.]]}
    for t in range(RUNS):
        FETCH
";

fn descent(level: &str, runs: usize, fetch: &str) -> String {
    DESCENT.replace("LEVEL", level).replace("RUNS", &runs.to_string()).replace("FETCH", fetch)
}

#[test]
fn a_planned_graph_computes_the_same() {
    let expected = "[ 0.25  0.5  -1.  ]\n[ 0.4375  0.875  -1.75  ]\n[ 0.578125  1.15625  -2.3125  ]\n";
    for level in ["L0", "L1"] {
        let program = descent(level, 3, "print(sess.run(new_w, feed_dict=feed).ravel())");
        for device in [DeviceChoice::Cpu, DeviceChoice::Gpu] {
            let mut driven = Driven::new(&program, device);
            driven.run();
            assert_eq!(driven.output(), expected, "{level} on {device:?}");
        }
    }
}

#[test]
fn the_nodes_of_a_planned_graph_stand_where_they_were_written() {
    let mut driven =
        Driven::new(&descent("L1", 3, "w_value = sess.run(new_w, feed_dict=feed)"), DeviceChoice::Cpu);
    driven.run();
    let in_pass = |pass: u64| -> Vec<&Node> {
        let nodes =
            driven.events.iter().filter_map(|e| if let Event::Node(node) = e { Some(node) } else { None });
        nodes.filter(|node| node.pass == Some(pass)).collect()
    };
    let told = |node: &&Node| (node.op.clone(), node.span.line);
    let expected = [
        ("feed", 13),
        ("feed", 13),
        ("mm", 5),
        // g · (2 · (x - y) ¹, and 0 where the exponent is 0)
        ("fused", 6),
        ("permute", 6),
        ("mm", 6),
        ("fused", 7),
        ("fetch", 13),
    ];
    // The first run is the one that was captured.
    for pass in [0, 1] {
        let found: Vec<_> = in_pass(pass).iter().map(told).collect();
        assert_eq!(found, expected.map(|(op, line)| (op.to_owned(), line)), "pass {pass}");
    }
    let update = in_pass(1).into_iter().rfind(|node| node.op == "fused").unwrap();
    assert_eq!(update.formula, "sub(z, mul(x, y))");
    assert_eq!(
        update.stack.iter().map(|f| (&*f.function, f.line)).collect::<Vec<_>>(),
        [("<module>", 13), ("Session.run", 7)]
    );
    assert_eq!(driven.named("new_w"), update.id);
}

/// Kernels that a run takes, and buffers and bind groups that it needs beyond those of the runs before.
fn costs(level: &str, engine: &Engine) -> (u64, u64) {
    let counters = |runs: usize| {
        let source = descent(level, runs, "sess.run(new_w, feed_dict=feed)");
        let gpu = engine.gpu().unwrap();
        let before = gpu.counters();
        finish(&source, engine);
        let after = gpu.counters();
        let created = after.bind_groups_created + after.buffers_created + after.pipelines_created;
        let held = before.bind_groups_created + before.buffers_created + before.pipelines_created;
        (after.dispatches - before.dispatches, created - held)
    };
    let (few, _) = counters(20);
    let (many, created) = counters(30);
    ((many - few) / 10, created)
}

#[test]
fn a_planned_graph_takes_fewer_kernels() {
    let Some(gpu) = gpu() else { return };
    let engine = Engine::new(Some(gpu), 0);
    engine.set_default_device(Device::Gpu);
    // Two products, and one kernel for each chain of elementwise operators between and behind them.
    assert_eq!(costs("L1", &engine), (4, 0));
    assert_eq!(costs("L0", &engine).0, 14);
}
