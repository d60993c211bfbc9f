//! Backward passes and failures as events.

use std::any::Any;
use std::rc::Rc;

use gradloom_engine::autograd::NodeStep;
use gradloom_engine::{Array, Read, Tensor};
use gradloom_protocol::{Backward, Contribution, Diagnostic, Event, Frame, Summary};
use gradloom_python::machine::Machine;
use gradloom_python::{BackwardReport, Failure};

use crate::queue::Queue;
use crate::source::Source;
use crate::summary::{CELLS, summarize};

fn summary(array: &Array, shape: &[usize]) -> Summary {
    summarize(array, shape, CELLS, CELLS)
}

/// Tells a step of a backward pass; whether it is a moment of the timeline.
pub fn backward(report: &Rc<dyn Any>, queue: &mut Queue, progress: &mut (u32, u32)) -> bool {
    match report.downcast_ref::<BackwardReport>() {
        None => false,
        Some(BackwardReport::Started { root, seed, steps }) => {
            *progress = (0, *steps as u32);
            let (node, steps, shape) = (*root, *steps as u32, seed.shape().to_vec());
            tell(queue, &[seed], move |a| Event::BackwardStarted {
                node,
                seed: summary(&a[0], &shape),
                steps,
            })
        }
        Some(BackwardReport::Node { step, locals }) => {
            progress.0 += 1;
            node(step, locals.as_deref().unwrap_or_default(), *progress, queue)
        }
        Some(BackwardReport::Leaf(step)) => {
            let (node, shape) = (step.leaf.id(), step.total.shape().to_vec());
            tell(queue, &[&step.arrived, &step.total], move |a| Event::Gradient {
                node,
                arrived: summary(&a[0], &shape),
                total: summary(&a[1], &shape),
            });
            false
        }
        Some(BackwardReport::Finished) => {
            queue.push(Event::BackwardFinished);
            true
        }
    }
}

/// Tells an event made of the values of tensors.
fn tell(queue: &mut Queue, tensors: &[&Tensor], make: impl FnOnce(&[Rc<Array>]) -> Event + 'static) -> bool {
    let reads: Result<Vec<Read>, _> = tensors.iter().map(|t| t.read()).collect();
    // A value that cannot be read is not shown; the program itself goes on.
    if let Ok(reads) = reads {
        queue.push_when(reads, make);
    }
    true
}

fn node(step: &NodeStep, locals: &[Option<Tensor>], (at, steps): (u32, u32), queue: &mut Queue) -> bool {
    let mut tensors = vec![&step.upstream];
    let mut edges = Vec::new();
    let rules = step.node.op().map_or(&[][..], |op| op.doc().derivative);
    for c in &step.contributions {
        let local = locals.get(c.input).and_then(Option::as_ref);
        edges.push((
            c.input,
            c.to,
            c.value.shape().to_vec(),
            local.map(|l| l.shape().to_vec()),
            rules.get(c.input).or(rules.last()),
        ));
        tensors.push(&c.value);
        tensors.extend(local);
    }
    let (id, shape, freed) = (step.id, step.upstream.shape().to_vec(), step.node.is_freed());
    tell(queue, &tensors, move |arrays| {
        let mut rest = arrays.iter().skip(1);
        let mut next = |shape: &[usize]| rest.next().map(|a| summary(a, shape));
        let contributions = edges
            .iter()
            .filter_map(|(input, to, shape, local, rule)| {
                let value = next(shape)?;
                let local = local.as_ref().and_then(|shape| next(shape));
                let rule = rule.copied().unwrap_or_default().to_owned();
                Some(Contribution { input: *input as u32, to: *to, local, rule, value })
            })
            .collect();
        Event::Backward(Backward {
            node: id,
            upstream: summary(&arrays[0], &shape),
            contributions,
            freed,
            step: at,
            steps,
        })
    })
}

/// The call stack, outermost first.
pub fn stack(machine: &Machine) -> Vec<Frame> {
    machine
        .call_stack()
        .into_iter()
        .map(|(function, line)| Frame { function: function.to_string(), line })
        .collect()
}

/// A failure with its place.
pub fn diagnostic(failure: &Failure, source: &Source) -> Diagnostic {
    Diagnostic {
        kind: failure.class.clone(),
        message: failure.message.clone(),
        help: failure.help.clone(),
        span: (failure.span.line > 0).then(|| source.span(failure.span.start, failure.span.end)),
        stack: failure
            .frames
            .iter()
            .map(|f| Frame { function: f.function.to_string(), line: f.span.line })
            .collect(),
        traceback: failure.text.clone(),
    }
}
