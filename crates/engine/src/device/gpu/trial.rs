//! Which of two kernels that store the same is faster on this device: both are timed, once.
//!
//! A GPU's workgroup memory and barriers pay on most hardware and cost on some, software drivers among them. No list of
//! devices tells which; a trial of some milliseconds does.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::plan::Dispatch;
use crate::{Error, Result};

use super::pool::Slab;
use super::{Gpu, GpuBuffer};

/// Seconds that one measurement should last, for a clock of a tenth of a millisecond.
const ENOUGH: f64 = 0.004;

/// The most repetitions in one measurement.
const MOST: u32 = 64;

/// Seconds from which on one run is measurement enough, compiling included.
const LONG: f64 = 0.1;

/// The trial of this device.
#[derive(Default)]
pub(super) struct Trial {
    /// The first kernel that has a rival: both are tried with its sizes.
    waiting: RefCell<Option<Entrant>>,
    /// Whether rivals are faster; `None` before the trial.
    pub decided: Cell<Option<bool>>,
}

struct Entrant {
    dispatch: Dispatch,
    inputs: Vec<usize>,
    output: usize,
}

impl Trial {
    /// Whether kernels give way to their rivals. Before the trial they do not.
    pub fn rival_wins(&self) -> bool {
        self.decided.get() == Some(true)
    }

    /// Remembers a kernel that has a rival, if none was tried yet.
    pub fn note(&self, dispatch: &Dispatch, inputs: &[&GpuBuffer], output: &GpuBuffer) {
        if dispatch.rival.is_some() && self.decided.get().is_none() {
            self.waiting.borrow_mut().get_or_insert_with(|| Entrant {
                dispatch: dispatch.clone(),
                inputs: inputs.iter().map(|input| input.elements()).collect(),
                output: output.elements(),
            });
        }
    }
}

impl Gpu {
    /// Records one kernel of a plan, or its rival if there is one.
    pub(super) fn run(
        &self,
        dispatch: &Dispatch,
        rival: bool,
        inputs: &[&GpuBuffer],
        output: &GpuBuffer,
    ) -> Result<()> {
        let (shader, groups) = dispatch.rival.filter(|_| rival).unwrap_or((dispatch.shader, dispatch.groups));
        let slabs: Vec<&Rc<Slab>> = inputs.iter().map(|input| &input.slab).collect();
        let mut key = shader.to_owned();
        for (_, replacement) in &dispatch.defines {
            key.push('\u{1f}');
            key.push_str(replacement);
        }
        let source = || {
            let text = gradloom_shaders::source(shader)
                .ok_or_else(|| Error::runtime(format!("there is no kernel {shader}")))?;
            Ok(gradloom_shaders::assemble(text, &dispatch.defines))
        };
        let groups = groups.iter().map(|&n| u64::from(n)).product();
        self.dispatch(&key, source, &slabs, &output.slab, &dispatch.params, groups)
    }

    /// If a kernel was recorded that has a rival and none was tried before, times both on buffers of the same size and keeps
    /// to the faster one from now on; where there is no room for the buffers, kernels stay as they are. `clock` tells
    /// seconds since any moment. A driver calls this between two turns; most calls return at once. One that is dropped before
    /// its end leaves the trial to the next kernel.
    pub async fn try_rivals(&self, clock: fn() -> f64) {
        let entrant = self.0.trial.waiting.take();
        if let Some(entrant) = entrant {
            let faster = self.rival_is_faster(&entrant, clock).await.unwrap_or(false);
            self.0.trial.decided.set(Some(faster));
        }
    }

    // What failed before is for the program's next call: nothing here asks the driver for errors.
    async fn rival_is_faster(&self, entrant: &Entrant, clock: fn() -> f64) -> Result<bool> {
        let inputs =
            entrant.inputs.iter().map(|&elements| self.scratch(elements)).collect::<Result<Vec<_>>>()?;
        let inputs: Vec<&GpuBuffer> = inputs.iter().collect();
        let output = self.scratch(entrant.output)?;
        let time = async |rival: bool, repeats: u32| -> Result<f64> {
            let start = clock();
            for _ in 0..repeats {
                self.run(&entrant.dispatch, rival, &inputs, &output)?;
            }
            self.finish().await;
            Ok((clock() - start) / f64::from(repeats))
        };
        self.finish().await;
        // The first run compiles, and does not count unless it was long.
        let (mut own, mut rival) = (time(false, 1).await?, time(true, 1).await?);
        if own.min(rival) >= LONG {
            return Ok(rival < own);
        }
        (own, rival) = (f64::INFINITY, f64::INFINITY);
        let mut repeats = 1;
        loop {
            own = own.min(time(false, repeats).await?);
            rival = rival.min(time(true, repeats).await?);
            if own.min(rival) * f64::from(repeats) >= ENOUGH || repeats >= MOST {
                return Ok(rival < own);
            }
            repeats *= 4;
        }
    }

    /// Hands over what is recorded and waits until it is done.
    async fn finish(&self) {
        self.flush();
        while self.busy() > 0 {
            self.settled().await;
        }
    }
}
