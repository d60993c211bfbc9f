//! Runs a learner's program out of sight, in a worker of its own: what is on the bench stays as it is.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gradloom_lessons::Challenge;
use gradloom_protocol::{Command, Event};
use leptos::prelude::*;

use crate::bench::Bench;
use crate::client::{Client, Incoming};

/// A program that is checked must end within this time.
const LIMIT: Duration = Duration::from_secs(60);

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
    /// Say more to the session.
    Send(fn(u32) -> Command),
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
    let handler = {
        let (client, end) = (client.clone(), end.clone());
        move |incoming: Incoming| match incoming {
            Incoming::Events(events) => {
                for event in &events {
                    let verdict = (judge.borrow_mut())(event);
                    match verdict {
                        Judgment::Wait => {}
                        Judgment::Send(command) => {
                            if let Some(client) = client.borrow().as_ref() {
                                client.command(command);
                            }
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
    let hidden = Client::new(handler);
    hidden.load(file, program, bench.choice.get_untracked());
    hidden.command(|run| Command::Run { run });
    *client.borrow_mut() = Some(hidden);
    let late = format!("It did not end within {} seconds and was stopped.", LIMIT.as_secs());
    set_timeout(move || end(Err(late)), LIMIT);
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
