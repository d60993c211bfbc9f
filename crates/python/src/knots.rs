//! References are counted, so what refers to itself in a circle is never let go of: a closure that calls itself, a
//! child that knows its parent, a class with `super()` in a method. When a machine is over, the circles are cut here.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::class::{Class, Instance};
use crate::value::Variable;

/// A link that a circle may go through.
pub(crate) trait Knot {
    /// Lets go of what it refers to.
    fn untie(&self);
}

impl Knot for Variable {
    fn untie(&self) {
        drop(self.value.take());
    }
}

impl Knot for Instance {
    fn untie(&self) {
        drop(self.names.take());
    }
}

impl Knot for Class {
    fn untie(&self) {
        drop(self.names.take());
    }
}

/// The knots of a machine.
#[derive(Default)]
pub(crate) struct Knots {
    all: Vec<Weak<dyn Knot>>,
    /// How many there may be before those that are gone are looked for.
    room: usize,
}

thread_local! {
    /// Those of the machine that runs.
    static TIED: RefCell<Knots> = RefCell::default();
}

impl Knots {
    /// Exchanges these with those of the machine that runs.
    pub fn swap(&mut self) {
        TIED.with_borrow_mut(|tied| std::mem::swap(self, tied));
    }
}

/// To be told of each one that is made.
pub(crate) fn tie(knot: &Rc<impl Knot + 'static>) {
    let knot: Weak<dyn Knot> = Rc::downgrade(knot) as Weak<dyn Knot>;
    TIED.with_borrow_mut(|tied| {
        if tied.all.len() >= tied.room {
            tied.all.retain(|knot| knot.strong_count() > 0);
            tied.room = 2 * tied.all.len().max(500);
        }
        tied.all.push(knot);
    });
}

impl Drop for Knots {
    fn drop(&mut self) {
        self.all.iter().filter_map(Weak::upgrade).for_each(|knot| knot.untie());
    }
}
