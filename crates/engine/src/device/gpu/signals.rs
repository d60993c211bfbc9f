//! What the driver says by itself: work is done, something failed, the device is gone.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

use crate::{Error, ErrorKind, Result};

/// Shared with callbacks that may come from another thread.
#[derive(Default)]
pub(super) struct Signals {
    submits: AtomicUsize,
    maps: AtomicUsize,
    events: AtomicU64,
    faults: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    lost: Option<String>,
    fault: Option<Error>,
    last: Option<Error>,
    wakers: Vec<Waker>,
}

impl Signals {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn submit_began(&self) {
        self.submits.fetch_add(1, Ordering::Relaxed);
    }

    pub fn submit_ended(&self) {
        self.submits.fetch_sub(1, Ordering::Relaxed);
        self.wake();
    }

    pub fn map_began(&self) {
        self.maps.fetch_add(1, Ordering::Relaxed);
    }

    pub fn map_ended(&self) {
        self.maps.fetch_sub(1, Ordering::Relaxed);
        self.wake();
    }

    /// Submits that are not done; none once the device is gone.
    pub fn submits(&self) -> usize {
        if self.state().lost.is_some() { 0 } else { self.submits.load(Ordering::Relaxed) }
    }

    /// Whether nothing is on its way.
    pub fn idle(&self) -> bool {
        self.submits() == 0 && (self.state().lost.is_some() || self.maps.load(Ordering::Relaxed) == 0)
    }

    /// How often something arrived.
    pub fn events(&self) -> u64 {
        self.events.load(Ordering::Relaxed)
    }

    pub fn watch(&self, waker: &Waker) {
        let wakers = &mut self.state().wakers;
        if !wakers.iter().any(|held| held.will_wake(waker)) {
            wakers.push(waker.clone());
        }
    }

    fn wake(&self) {
        self.events.fetch_add(1, Ordering::Relaxed);
        let wakers = std::mem::take(&mut self.state().wakers);
        for waker in wakers {
            waker.wake();
        }
    }

    /// An error that no call returned.
    pub fn fault(&self, message: String) {
        self.note(Error::runtime(message));
    }

    pub fn out_of_memory(&self) {
        let message = "CUDA out of memory: the GPU's driver has none left";
        self.note(Error::new(ErrorKind::Memory, message));
    }

    /// Keeps an error for the next call, and for the values that were asked for before.
    pub fn note(&self, error: Error) {
        self.faults.fetch_add(1, Ordering::Relaxed);
        let mut state = self.state();
        state.last = Some(error.clone());
        state.fault = Some(error);
        drop(state);
        self.wake();
    }

    /// How many errors so far.
    pub fn faults(&self) -> u64 {
        self.faults.load(Ordering::Relaxed)
    }

    /// The error since the count stood at `before`, if there was one.
    pub fn fault_since(&self, before: u64) -> Option<Error> {
        if self.faults() == before { None } else { self.state().last.clone() }
    }

    pub fn lose(&self, message: String) {
        self.state().lost = Some(message);
        self.wake();
    }

    /// Why the device is of no use any more.
    pub fn lost(&self) -> Option<Error> {
        let reason = self.state().lost.clone()?;
        Some(
            Error::runtime(format!("the connection to the GPU was lost: {reason}"))
                .help("run the program again, or on the CPU"),
        )
    }

    /// The error to return, each fault once, a lost device always.
    pub fn check(&self) -> Result<()> {
        if let Some(error) = self.lost() {
            return Err(error);
        }
        match self.state().fault.take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}
