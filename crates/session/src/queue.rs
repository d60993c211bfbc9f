//! Events in their order, some of which wait for values from the GPU.

use std::collections::VecDeque;
use std::rc::Rc;

use gradloom_engine::{Array, Read, Result};
use gradloom_protocol::Event;

type Make = Box<dyn FnOnce(&[Rc<Array>]) -> Event>;

enum Entry {
    Ready(Box<Event>),
    Waits(Vec<Read>, Make),
}

/// Events leave in the order in which they came, each once its values are here.
#[derive(Default)]
pub struct Queue(VecDeque<Entry>);

impl Queue {
    /// An event that is complete.
    pub fn push(&mut self, event: Event) {
        self.0.push_back(Entry::Ready(Box::new(event)));
    }

    /// An event made of values on their way.
    pub fn push_when(&mut self, reads: Vec<Read>, make: impl FnOnce(&[Rc<Array>]) -> Event + 'static) {
        self.0.push_back(Entry::Waits(reads, Box::new(make)));
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the first event can leave.
    pub fn is_ready(&self) -> bool {
        match self.0.front() {
            Some(Entry::Waits(reads, _)) => reads.iter().all(|read| read.get().is_some()),
            Some(Entry::Ready(_)) | None => true,
        }
    }

    /// The events whose values are here. An event whose values cannot be read is left out: what it shows is gone, and
    /// the program that needs the same values is told so where it reads them.
    pub fn drain(&mut self, out: &mut Vec<Event>) {
        while let Some(entry) = self.0.pop_front() {
            match entry {
                Entry::Ready(event) => out.push(*event),
                Entry::Waits(reads, make) => {
                    let values: Option<Vec<Result<Rc<Array>>>> = reads.iter().map(Read::get).collect();
                    match values.map(|v| v.into_iter().collect::<Result<Vec<_>>>()) {
                        None => {
                            self.0.push_front(Entry::Waits(reads, make));
                            return;
                        }
                        Some(Ok(arrays)) => out.push(make(&arrays)),
                        Some(Err(_)) => {}
                    }
                }
            }
        }
    }
}
