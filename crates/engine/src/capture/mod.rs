//! Capture: the operators that a computation applies, kept as a static graph, planned once and replayed.
//!
//! [`Engine::start_capture`] begins to listen; what is computed from its inputs then runs as always and becomes a graph
//! besides, backward passes included, since their rules are operators too. [`Engine::end_capture`] plans it: what leads
//! to no output is dropped, what does not depend on an input is a constant, chains of elementwise operators become one
//! kernel, and every value is let go of after its last use. [`Captured::run`] then computes the outputs of other inputs of
//! the same shapes, without the tape and without the program.
//!
//! A graph can say only what operators say. Where the program looks at a value, draws random numbers or changes a tensor
//! in place, there is no graph of it, and the capture ends with the reason.

mod fuse;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::op::{Arg, Meta, Operator};
use crate::record::Trace;
use crate::storage::Buffer;
use crate::{DType, Device, Engine, Error, Layout, Record, Result, Scalar, Site, Tensor, ops};

/// Where an argument of a step comes from.
#[derive(Clone)]
enum Source {
    /// A value of the graph: an input, or the result of a step.
    Value(usize),
    /// The same tensor in every run.
    Constant(Tensor),
    /// A number.
    Number(Scalar),
}

/// An operator of the graph.
struct Step {
    op: Rc<dyn Operator>,
    /// The same, where it is several in one.
    fused: Option<Rc<fuse::Fused>>,
    args: Vec<Source>,
    meta: Meta,
    device: Device,
    site: Site,
    /// A backward pass began at its result.
    root: bool,
}

impl Step {
    fn values(&self) -> impl Iterator<Item = usize> + '_ {
        self.args.iter().filter_map(|source| if let Source::Value(at) = source { Some(*at) } else { None })
    }
}

/// A computation that is being listened to.
pub(crate) struct Capture {
    site: Site,
    inputs: Vec<Tensor>,
    steps: Vec<Step>,
    /// Which values lie in a buffer, by the buffer's address. Saved tensors are other handles of the same buffer. The
    /// buffers are held, so that no address is used twice.
    places: BTreeMap<usize, (Buffer, Vec<(Layout, usize)>)>,
    refused: Option<&'static str>,
}

fn address(buffer: &Buffer) -> usize {
    match buffer {
        Buffer::Cpu(array) => Rc::as_ptr(array) as usize,
        Buffer::Gpu(buffer) => Rc::as_ptr(buffer) as usize,
    }
}

impl Capture {
    fn new(site: Site, inputs: Vec<Tensor>) -> Capture {
        let (places, steps) = (BTreeMap::new(), Vec::new());
        let mut capture = Capture { site, inputs: inputs.clone(), steps, places, refused: None };
        for (at, input) in inputs.iter().enumerate() {
            capture.place(input, at);
        }
        capture
    }

    fn place(&mut self, tensor: &Tensor, value: usize) {
        let buffer = tensor.storage().buffer();
        let held = self.places.entry(address(&buffer)).or_insert_with(|| (buffer, Vec::new()));
        held.1.push((tensor.layout().clone(), value));
    }

    /// What a tensor is in the graph.
    fn source(&self, tensor: &Tensor) -> Result<Source, &'static str> {
        let Some((_, held)) = self.places.get(&address(&tensor.storage().buffer())) else {
            return Ok(Source::Constant(tensor.clone()));
        };
        let found = held.iter().find(|(layout, _)| layout == tensor.layout());
        found.map(|(_, value)| Source::Value(*value)).ok_or("a view that no operator made")
    }

    /// Nothing becomes of it; what it held is let go of.
    fn refuse(&mut self, reason: &'static str) {
        self.refused.get_or_insert(reason);
        self.places.clear();
        self.steps.clear();
    }

    fn note(&mut self, step: Step, out: &Tensor) {
        // What depends on no input is the same in every run.
        if step.values().next().is_some() {
            let value = self.inputs.len() + self.steps.len();
            self.steps.push(step);
            self.place(out, value);
        }
    }
}

/// A planned graph.
pub struct Captured {
    /// Where it was captured.
    site: Site,
    inputs: Vec<(Vec<usize>, DType, Device)>,
    steps: Vec<Step>,
    outputs: Vec<Source>,
    watched: Vec<Option<Source>>,
    /// For each step the values that nobody needs after it.
    last: Vec<Vec<usize>>,
}

impl Engine {
    /// Begins to listen to what is computed from these tensors. Returns what is to be used in their place. A capture that
    /// was under way is given up.
    pub fn start_capture(&self, inputs: &[Tensor]) -> Result<Vec<Tensor>> {
        // Memory of their own, so that two inputs with the same values today remain two.
        let own = |x: &Tensor| self.no_grad(|| ops::clone(ops::detach(x)));
        let traced = self.set_trace(Trace::Off);
        let copies: Result<Vec<Tensor>> = inputs.iter().map(own).collect();
        self.set_trace(traced);
        let copies = copies?;
        // Whoever draws it sees the inputs themselves.
        copies.iter().zip(inputs).for_each(|(copy, input)| copy.set_id(input.id()));
        *self.capture() = Some(Capture::new(self.site(), copies.clone()));
        Ok(copies)
    }

    /// Ends the capture: the graph of these outputs. Or why there is none. Of the `watched` tensors it tells in each run what
    /// they are, where it computes them; it computes nothing for their sake.
    pub fn end_capture(&self, outputs: &[Tensor], watched: &[Tensor]) -> Result<Captured> {
        let Some(capture) = self.capture().take() else {
            return Err(Error::runtime("no capture is under way"));
        };
        let sources = outputs.iter().map(|out| capture.source(out)).collect::<Result<Vec<_>, _>>();
        match (capture.refused, sources) {
            (None, Ok(outputs)) => {
                let watched = watched.iter().map(|x| capture.source(x).ok()).collect();
                Ok(Captured::plan(capture, outputs, watched))
            }
            (Some(reason), _) | (None, Err(reason)) => {
                Err(Error::runtime(format!("this computation is no static graph: it has {reason}")))
            }
        }
    }

    /// What happens now has no place in a graph.
    pub(crate) fn refuse_capture(&self, reason: &'static str) {
        if let Some(capture) = &mut *self.capture() {
            capture.refuse(reason);
        }
    }

    /// A backward pass begins.
    pub(crate) fn captured_root(&self, root: &Tensor) {
        if let Some(capture) = &mut *self.capture()
            && let Ok(Source::Value(at)) = capture.source(root)
            && let Some(step) = at.checked_sub(capture.inputs.len()).and_then(|at| capture.steps.get_mut(at))
        {
            step.root = true;
        }
    }

    /// An operator was applied.
    pub(crate) fn captured(&self, op: &Rc<dyn Operator>, args: &[Arg], out: &Tensor) {
        let mut held = self.capture();
        let Some(capture) = held.as_mut().filter(|capture| capture.refused.is_none()) else { return };
        let sources = args.iter().map(|arg| match arg {
            Arg::Tensor(tensor) => capture.source(tensor),
            Arg::Scalar(number) => Ok(Source::Number(*number)),
        });
        match sources.collect() {
            Ok(args) => {
                let meta = Meta { shape: out.shape().to_vec(), dtype: out.dtype() };
                let (device, site) = (out.device(), out.site().clone());
                capture
                    .note(Step { op: op.clone(), fused: None, args, meta, device, site, root: false }, out);
            }
            Err(reason) => capture.refuse(reason),
        }
    }
}

impl Captured {
    fn plan(capture: Capture, outputs: Vec<Source>, watched: Vec<Option<Source>>) -> Captured {
        let first = capture.inputs.len();
        let inputs =
            capture.inputs.iter().map(|x| (x.shape().to_vec(), x.dtype(), x.device())).collect::<Vec<_>>();
        let mut steps: Vec<Option<Step>> = capture.steps.into_iter().map(Some).collect();
        let mut uses = vec![0; first + steps.len()];
        for output in &outputs {
            if let Source::Value(at) = output {
                uses[*at] += 1;
            }
        }
        for at in (0..steps.len()).rev() {
            match &steps[at] {
                Some(step) if uses[first + at] > 0 => step.values().for_each(|value| uses[value] += 1),
                _ => steps[at] = None,
            }
        }
        fuse::fuse(&mut steps, first, &uses);

        let computed = |source: &Source| match source {
            Source::Value(at) => at.checked_sub(first).is_none_or(|at| steps[at].is_some()),
            _ => true,
        };
        let watched: Vec<Option<Source>> =
            watched.into_iter().map(|source| source.filter(computed)).collect();

        // The values are counted anew, without those that nobody computes any more.
        let mut numbers: Vec<usize> = (0..first).collect();
        let mut next = first;
        for step in &steps {
            numbers.push(next);
            next += usize::from(step.is_some());
        }
        let mut steps: Vec<Step> = steps.into_iter().flatten().collect();
        let renumber = |source: Source| match source {
            Source::Value(at) => Source::Value(numbers[at]),
            other => other,
        };
        for step in &mut steps {
            step.args = std::mem::take(&mut step.args).into_iter().map(renumber).collect();
        }
        let outputs: Vec<Source> = outputs.into_iter().map(renumber).collect();
        let watched = watched.into_iter().map(|source| source.map(renumber)).collect();
        let mut needed = vec![false; next];
        outputs.iter().for_each(|source| {
            if let Source::Value(at) = source {
                needed[*at] = true;
            }
        });
        let mut last = vec![Vec::new(); steps.len()];
        for (at, step) in steps.iter().enumerate().rev() {
            for value in step.values() {
                if !std::mem::replace(&mut needed[value], true) {
                    last[at].push(value);
                }
            }
        }
        Captured { site: capture.site, inputs, steps, outputs, watched, last }
    }

    /// The names of its operators, in their order; those of one kernel are joined by a middle dot.
    pub fn names(&self) -> Vec<String> {
        let name = |step: &Step| match &step.fused {
            Some(fused) => fused.names(),
            None => step.op.doc().name.to_owned(),
        };
        self.steps.iter().map(name).collect()
    }

    /// Whether it can take these inputs: as many, of the same shapes, dtypes and devices.
    fn check(&self, inputs: &[Tensor]) -> Result<()> {
        let fits = |(x, (shape, dtype, device)): (&Tensor, &(Vec<usize>, DType, Device))| {
            x.shape() == shape && x.dtype() == *dtype && x.device() == *device
        };
        if inputs.len() == self.inputs.len() && inputs.iter().zip(&self.inputs).all(fits) {
            return Ok(());
        }
        Err(Error::runtime("the graph was captured with inputs of other shapes, dtypes or devices")
            .help("capture it again with these"))
    }

    /// The outputs of these inputs, and what is watched, as long as the engine's work is told. Nothing of it is on the tape.
    pub fn run(&self, engine: &Engine, inputs: &[Tensor]) -> Result<(Vec<Tensor>, Vec<Option<Tensor>>)> {
        self.check(inputs)?;
        let site = engine.site();
        let done = engine.no_grad(|| self.replay(engine, inputs, &site));
        engine.set_site(site);
        done
    }

    fn replay(
        &self,
        engine: &Engine,
        inputs: &[Tensor],
        site: &Site,
    ) -> Result<(Vec<Tensor>, Vec<Option<Tensor>>)> {
        let told = engine.trace() != Trace::Off;
        let mut values: Vec<Option<Tensor>> = Vec::with_capacity(inputs.len() + self.steps.len());
        for input in inputs {
            let dense = input.layout().is_contiguous() && input.layout().offset == 0;
            values.push(Some(if dense { input.clone() } else { ops::clone(input)? }));
        }
        let find = |values: &[Option<Tensor>], source: &Source| {
            let missing = || Error::runtime("a value of the graph is gone before it is used");
            Ok(match source {
                Source::Value(at) => Arg::Tensor(values.get(*at).cloned().flatten().ok_or_else(missing)?),
                Source::Constant(tensor) => Arg::from(tensor),
                Source::Number(number) => Arg::Scalar(*number),
            })
        };
        for (step, last) in self.steps.iter().zip(&self.last) {
            if told {
                engine.set_site(step.site.moved(&self.site, site));
            }
            let args = step.args.iter().map(|source| find(&values, source)).collect::<Result<Vec<_>>>()?;
            let (op, name) = (&*step.op, step.op.doc().name);
            let out = engine.result(op, &args, &step.meta, step.device).map_err(|e| e.in_op(name))?;
            if told {
                let formula = match &step.fused {
                    Some(fused) => Cow::Owned(fused.formula()),
                    None => Cow::Borrowed(op.formula(&args)),
                };
                engine.log(Record::made(engine, &out, name, formula, &args, false));
                if step.root {
                    engine.log(Record::backward(&out));
                }
            } else {
                last.iter().for_each(|&value| values[value] = None);
            }
            values.push(Some(out));
        }
        let outputs = self.outputs.iter().map(|source| match find(&values, source)? {
            Arg::Tensor(tensor) => Ok(tensor),
            Arg::Scalar(_) => Err(Error::runtime("a number is no output of a graph")),
        });
        let outputs = outputs.collect::<Result<Vec<Tensor>>>()?;
        let watched = self.watched.iter().map(|source| match find(&values, source.as_ref()?) {
            Ok(Arg::Tensor(tensor)) => Some(tensor),
            _ => None,
        });
        Ok((outputs, if told { watched.collect() } else { Vec::new() }))
    }
}
