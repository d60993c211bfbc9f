//! Runs a learner's program out of sight, in a worker of its own: what is on the bench stays as it is.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gradloom_lessons::Challenge;
use gradloom_protocol::{Command, DeviceChoice, Event};
use leptos::prelude::*;

use crate::bench::Bench;
use crate::client::{Client, Incoming};
use crate::model::nudge::Plan;
use crate::model::number;

/// A program that is checked must end within this time.
const LIMIT: Duration = Duration::from_secs(60);

/// The seed of hidden runs.
const SEED: u64 = 20;

/// What came of a check.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It ended without an exception.
    Passed,
    /// It did not; why, for the learner.
    Failed(String),
}

/// What a hidden run is to do with an event.
pub enum Judgment<T> {
    /// Go on.
    Wait,
    /// Run another program.
    Next(String),
    /// It is over.
    Over(T),
}

/// Runs a program in a worker of its own until `judge` says that it is over; what it said then goes to `then`. Ends the
/// worker in any case, after [`LIMIT`] with what `late` says.
pub fn run_hidden<T: 'static>(
    bench: Bench,
    file: &str,
    program: &str,
    mut judge: impl FnMut(&Event) -> Judgment<T> + 'static,
    late: impl FnOnce(String) -> T + 'static,
    then: impl FnOnce(T) + 'static,
) {
    let client: Rc<RefCell<Option<Client>>> = Rc::default();
    let end = {
        let client = client.clone();
        let done = RefCell::new(Some((late, then)));
        Rc::new(move |result: Result<T, String>| {
            let Some((late, then)) = done.borrow_mut().take() else { return };
            // Ended a moment later: it may be the one who calls.
            let client = client.clone();
            let end = move || client.borrow_mut().take().iter().for_each(Client::end);
            set_timeout(end, Duration::ZERO);
            then(result.unwrap_or_else(late));
        })
    };
    let judge = RefCell::new(judge_box(move |event| judge(event)));
    let choice = bench.choice.get_untracked();
    let handler = {
        let (client, end, file) = (client.clone(), end.clone(), file.to_string());
        move |incoming: Incoming| match incoming {
            Incoming::Events(events) => {
                for event in &events {
                    let verdict = (judge.borrow_mut())(event);
                    match verdict {
                        Judgment::Wait => {}
                        Judgment::Next(program) => {
                            if let Some(client) = client.borrow().as_ref() {
                                start(client, &file, &program, choice);
                            }
                            return;
                        }
                        Judgment::Over(result) => {
                            end(Ok(result));
                            return;
                        }
                    }
                }
            }
            Incoming::Restarted(why) => end(Err(why.into())),
            Incoming::Broken(why) => end(Err(why)),
        }
    };
    let hidden = Client::new(bench.files.get_value(), false, handler);
    start(&hidden, file, program, choice);
    *client.borrow_mut() = Some(hidden);
    let late = format!("It did not end within {} seconds and was stopped.", LIMIT.as_secs());
    set_timeout(move || end(Err(late)), LIMIT);
}

fn start(client: &Client, file: &str, program: &str, choice: DeviceChoice) {
    // Always the same seed: two runs differ by nothing but what was changed.
    client.load(file, program, choice, Some(SEED));
    client.command(|run| Command::Run { run });
}

type Judge<T> = Box<dyn FnMut(&Event) -> Judgment<T>>;

fn judge_box<T>(judge: impl FnMut(&Event) -> Judgment<T> + 'static) -> Judge<T> {
    Box::new(judge)
}

/// Checks the program in the cell.
pub fn check(bench: Bench, code: &Challenge, then: impl FnOnce(Outcome) + 'static) {
    let (program, own) = bench.text.with_untracked(|text| code.with_check(text));
    let file = bench.opened.with_untracked(|opened| opened.file.clone());
    let judge = move |event: &Event| match event {
        Event::Finished => Judgment::Over(Outcome::Passed),
        Event::Failed(error) => {
            let line = error.span.map_or(0, |span| span.line);
            Judgment::Over(Outcome::Failed(match error.kind.as_str() {
                "AssertionError" if line > own && !error.message.is_empty() => error.message.clone(),
                kind if (1..=own).contains(&line) => format!("Line {line}: {kind}: {}", error.message),
                kind => format!("{kind}: {}", error.message),
            }))
        }
        _ => Judgment::Wait,
    };
    run_hidden(bench, &file, &program, judge, Outcome::Failed, then);
}

/// A gradient beside what a nudge of the same number did to the loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Which number of the flattened tensor.
    pub place: usize,
    /// What backward says.
    pub gradient: f64,
    /// (L(x + h) − L(x − h)) / 2h.
    pub difference: f64,
    /// Whether they agree as far as `float32` can tell.
    pub agree: bool,
}

/// Half of the distance between the two losses.
const NUDGE: (&str, f64) = ("0.01", 0.01);

/// Measures the derivative of the loss by some numbers of a tensor and compares them with its gradient.
pub fn measure(
    bench: Bench,
    plan: Plan,
    places: Vec<usize>,
    then: impl FnOnce(Result<Vec<Measured>, String>) + 'static,
) {
    // The gradients first, then for each place the loss above and the one below.
    let mut gradients: Vec<f64> = Vec::new();
    let mut losses: Vec<f64> = Vec::new();
    let mut printed = String::new();
    let first = plan.gradients(&places);
    let judge = move |event: &Event| match event {
        Event::Output { text, .. } => {
            printed.push_str(text);
            Judgment::Wait
        }
        Event::Failed(error) => Judgment::Over(Err(format!("{}: {}", error.kind, error.message))),
        Event::Finished => {
            // The learner's program may print as well: what was asked for comes last.
            let wanted = if gradients.is_empty() { places.len() } else { 1 };
            let lines: Vec<&str> = printed.lines().collect();
            let last = lines.get(lines.len().saturating_sub(wanted)..).unwrap_or_default();
            let numbers: Option<Vec<f64>> = last.iter().map(|line| number::parse(line.trim())).collect();
            let Some(numbers) = numbers.filter(|numbers| numbers.len() == wanted) else {
                return Judgment::Over(Err("The loss is not a plain number.".into()));
            };
            match gradients.is_empty() {
                true => gradients = numbers,
                false => losses.extend(numbers),
            }
            printed.clear();
            match places.get(losses.len() / 2) {
                Some(place) => {
                    let sign = if losses.len().is_multiple_of(2) { "" } else { "-" };
                    Judgment::Next(plan.loss(*place, &format!("{sign}{}", NUDGE.0)))
                }
                None => Judgment::Over(Ok(compare(&places, &gradients, &losses))),
            }
        }
        _ => Judgment::Wait,
    };
    run_hidden(bench, "program.py", &first, judge, Err, then);
}

fn compare(places: &[usize], gradients: &[f64], losses: &[f64]) -> Vec<Measured> {
    let rows = places.iter().zip(gradients).zip(losses.chunks_exact(2));
    rows.map(|((&place, &gradient), pair)| {
        let (above, below) = (pair.first().copied().unwrap_or(0.0), pair.get(1).copied().unwrap_or(0.0));
        let difference = (above - below) / (2.0 * NUDGE.1);
        // A float32 loss is known to about one part in 2²³, and its curve bends over the distance.
        let noise = 4.0 * above.abs().max(below.abs()) * f64::from(f32::EPSILON) / NUDGE.1;
        let size = gradient.abs().max(difference.abs());
        Measured {
            place,
            gradient,
            difference,
            agree: (gradient - difference).abs() <= noise + 0.02 * size + 1e-4,
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_gradient_does_not_agree() {
        // L(x) = x³ at 2 and at 1: 12.0001 and 3.0001 measured.
        let losses = [2.01f64.powi(3), 1.99f64.powi(3), 1.01f64.powi(3), 0.99f64.powi(3)];
        let told = compare(&[0, 1], &[12.0, 2.0], &losses);
        assert_eq!(told.iter().map(|row| row.agree).collect::<Vec<_>>(), [true, false]);
        assert!((told[0].difference - 12.0001).abs() < 1e-9);
    }
}
