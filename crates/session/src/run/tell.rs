//! What a run tells.

use gradloom_engine::{Made, Operand, Read, Record, Tensor};
use gradloom_protocol::{Event, LoopProgress, Number, Point};

use super::{Detail, GRADIENT, PROGRESS, Run, SHOWN, STATS};
use crate::nodes::push_value;

/// A point of the loss curve whose value is here; NaN where it could not be read.
pub(super) fn point(step: u64, read: &Read) -> Point {
    let value = read.get().and_then(Result::ok).and_then(|array| array.get(0));
    Point { step, value: Number(value.unwrap_or(f64::NAN)) }
}

/// The numbers of a tensor, on their way, if it is small enough to be shown.
fn shown(tensor: &Tensor) -> Option<Read> {
    (tensor.count() <= SHOWN).then(|| tensor.read().ok())?
}

impl Run {
    /// Takes what engine and machine have to tell.
    pub(super) fn absorb(&mut self) {
        for record in self.engine.take_log() {
            match &record {
                Record::Turn { line } => {
                    let loops = self.loops();
                    if let Some(pass) = self.passes.turn(*line, &loops, |line| self.source.trains(line)) {
                        self.begin_pass(pass);
                    }
                }
                Record::Backward { loss, .. } => {
                    let loops = self.loops();
                    self.passes.backward(&loops);
                    if let Some(read) = loss {
                        self.tell_loss(self.backwards, read.clone());
                    }
                    self.backwards += 1;
                }
                Record::Made(_) | Record::Changed { .. } => {
                    if self.detail == Detail::Condensed {
                        self.pass_log.push(record);
                    } else {
                        self.tell(record);
                    }
                }
            }
        }
        for printed in self.machine.take_output() {
            let (text, line, error) = (printed.text, printed.line, printed.error);
            self.queue.push(match printed.figure {
                true => Event::Figure { svg: text, line },
                false => Event::Output { text, line, error },
            });
        }
    }

    pub(super) fn begin_pass(&mut self, pass: u64) {
        if self.detail == Detail::Condensed {
            self.pass_log.clear();
        } else {
            self.nodes.begin_pass(pass);
            self.queue.push(Event::Pass(pass));
        }
    }

    /// A program that differentiates by hand has its loss in a variable of that name; at the line of its loop, which is
    /// about to begin the next turn or to end, it holds the value of the last one.
    pub(super) fn look_for_loss(&mut self, line: u32) {
        if self.backwards == 0
            && self.passes.line() == Some(line)
            && let Some(last) = self.passes.count().checked_sub(1)
            && let Some(read) = self.variables.loss(&self.machine)
        {
            self.tell_loss(last, read);
        }
    }

    /// A point of the loss curve: in its place among the events, or, where the run is condensed, as soon as it is here.
    pub(super) fn tell_loss(&mut self, step: u64, read: Read) {
        if self.detail == Detail::Condensed {
            self.losses.push_back((step, read));
        } else {
            self.losses.push_back((step, read));
            self.queue_losses();
        }
    }

    /// Gives the points that are on their way a place among the events.
    pub(super) fn queue_losses(&mut self) {
        let (steps, reads): (Vec<u64>, Vec<Read>) = self.losses.drain(..).unzip();
        if !reads.is_empty() {
            let held = reads.clone();
            self.queue.push_when(reads, move |_| {
                Event::Losses(steps.iter().zip(&held).map(|(&step, read)| point(step, read)).collect())
            });
        }
    }

    pub(super) fn tell(&mut self, record: Record) {
        match record {
            // A gradient is drawn with its leaf; it becomes a node of its own once something is computed from it.
            Record::Made(made) if made.op == GRADIENT => {
                self.gradients.insert(made.id, *made);
            }
            Record::Made(made) => {
                for arg in &made.args {
                    if let Operand::Tensor(id) = arg
                        && let Some(gradient) = self.gradients.remove(id)
                    {
                        self.tell_made(gradient);
                    }
                }
                self.tell_made(*made);
            }
            Record::Changed { id, op, value, .. } => {
                let tensor = self.nodes.tensor(id);
                let read = value.or_else(|| shown(tensor.as_ref()?));
                if let (Some(read), Some(tensor)) = (read, &tensor) {
                    push_value(&mut self.queue, id, read, tensor.shape().to_vec(), op);
                }
                // What shares the memory has other numbers now, too.
                for other in tensor.map_or_else(Vec::new, |tensor| self.nodes.sharing(&tensor)) {
                    if let Some(read) = shown(&other) {
                        push_value(&mut self.queue, other.id(), read, other.shape().to_vec(), op);
                    }
                }
            }
            Record::Turn { .. } | Record::Backward { .. } => {}
        }
    }

    pub(super) fn tell_made(&mut self, made: Made) {
        let node = self.nodes.node(&made, &self.source);
        let id = node.id;
        self.queue.push(Event::Node(node));
        let read = made.value.or_else(|| shown(&made.tensor.upgrade()?));
        if let Some(read) = read {
            push_value(&mut self.queue, id, read, made.shape, "");
        }
    }

    pub(super) fn tell_variables(&mut self) {
        if self.detail == Detail::Full {
            self.variables.tell(&self.machine, &mut self.nodes, &mut self.queue);
        }
    }

    pub(super) fn tell_progress(&mut self, now: bool) {
        let time = (self.clock)();
        if self.detail == Detail::Quiet || (!now && time - self.last_progress < PROGRESS) {
            return;
        }
        self.last_progress = time;
        let progress = match self.over {
            // The loop is behind the program; all of its turns are done, unless it was left early.
            true => self.progress.map(|p| {
                if self.passes.count() == p.total { LoopProgress { done: p.total, ..p } } else { p }
            }),
            false => self.machine.progress().map(|(line, done, total)| LoopProgress { line, done, total }),
        };
        if let Some(progress) = progress.filter(|_| progress != self.progress) {
            self.queue.push(Event::Progress(progress));
        }
        self.progress = progress.or(self.progress);
        if time - self.last_stats >= STATS {
            self.tell_stats();
        }
    }

    pub(super) fn tell_stats(&mut self) {
        self.last_stats = (self.clock)();
        if let (Some(gpu), true) = (&self.gpu, self.detail != Detail::Quiet) {
            self.queue.push(Event::Stats(crate::stats(gpu)));
        }
    }
}
