//! `sum`, `min`, `max`, `any`, `all`: going over an iterable in steps, so that it need not fit and may run code of the
//! program.

use crate::context::{Context, Task, TaskState};
use crate::iter::is_plain;
use crate::native::{BinaryOp, CompareOp, Result};
use crate::value::Value;

/// What is done with the values.
pub(super) enum Reduction {
    /// Adds them to the result.
    Sum,
    /// Keeps the one that compares so with all others, by a key where there is one.
    Extreme(CompareOp, Option<Value>),
    /// Looks for one whose truth is this.
    Any(bool),
}

/// What the next step does.
enum Phase {
    Fetch,
    Measure,
    Combine,
}

struct Reduce {
    iterator: Value,
    reduction: Reduction,
    phase: Phase,
    item: Value,
    measure: Value,
    /// The sum, or the best value so far.
    result: Value,
    best: Value,
}

/// As many values of the simplest kind are taken in one step.
const AT_ONCE: usize = 4096;

/// Goes over an iterable. The result is [`Value::Unbound`] where there is none.
pub(super) fn reduce(cx: &mut Context, iterable: &Value, reduction: Reduction, start: Value) -> Result {
    let iterator = cx.iter(iterable)?;
    let task = || {
        Box::new(Reduce {
            iterator,
            reduction,
            phase: Phase::Fetch,
            item: Value::Unbound,
            measure: Value::Unbound,
            result: start,
            best: Value::Unbound,
        }) as Box<dyn Task>
    };
    match cx.run(task)? {
        Value::Tuple(one) => Ok(one.items.first().cloned().unwrap_or_default()),
        other => Ok(other),
    }
}

impl Reduce {
    /// Done; in a tuple, because the result may be no value at all.
    fn done(&mut self) -> TaskState {
        let result = std::mem::take(&mut self.result);
        TaskState::Done(Value::tuple(Some(result).filter(Value::is_bound).into_iter().collect()))
    }

    /// Adds numbers while nothing can be asked.
    fn add_numbers(&mut self, cx: &mut Context) -> Result<Option<TaskState>> {
        let number =
            |v: &Value| matches!(v, Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Big(_));
        if !matches!(self.reduction, Reduction::Sum) || !number(&self.result) || !is_plain(&self.iterator, 20)
        {
            return Ok(None);
        }
        for _ in 0..AT_ONCE {
            let item = cx.next_last(&self.iterator)?;
            if !item.is_bound() {
                return Ok(Some(self.done()));
            }
            if !number(&item) {
                self.item = item;
                self.phase = Phase::Combine;
                break;
            }
            self.result = cx.binary(BinaryOp::Add, &self.result, &item)?;
        }
        cx.charge(AT_ONCE);
        Ok(Some(TaskState::Continue(None)))
    }
}

impl Task for Reduce {
    fn step(&mut self, cx: &mut Context) -> Result<TaskState> {
        match self.phase {
            Phase::Fetch => {
                if let Some(state) = self.add_numbers(cx)? {
                    return Ok(state);
                }
                let item = cx.next_last(&self.iterator)?;
                if !item.is_bound() {
                    return Ok(self.done());
                }
                self.item = item;
                self.phase = Phase::Measure;
            }
            Phase::Measure => {
                self.measure = match &self.reduction {
                    Reduction::Extreme(_, Some(key)) => cx.call(key, vec![self.item.clone()])?,
                    _ => self.item.clone(),
                };
                self.phase = Phase::Combine;
            }
            Phase::Combine => {
                match &self.reduction {
                    Reduction::Sum => self.result = cx.binary(BinaryOp::Add, &self.result, &self.item)?,
                    Reduction::Any(wanted) => {
                        if cx.truth(&self.item)? == *wanted {
                            self.result = Value::Bool(*wanted);
                            return Ok(self.done());
                        }
                    }
                    Reduction::Extreme(op, _) => {
                        let better = if self.result.is_bound() {
                            let better = cx.compare(*op, &self.measure, &self.best)?;
                            cx.truth(&better)?
                        } else {
                            true
                        };
                        if better {
                            self.best = std::mem::take(&mut self.measure);
                            self.result = std::mem::take(&mut self.item);
                        }
                    }
                }
                self.phase = Phase::Fetch;
            }
        }
        Ok(TaskState::Continue(None))
    }
}
