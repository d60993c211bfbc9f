//! A set whose elements come in CPython's order: the same table, the same probes, the same growth.
//!
//! Source: `Objects/setobject.c` of CPython 3.11.

use crate::native::Result;
use crate::value::Value;

#[derive(Default, Clone)]
struct Slot {
    hash: u64,
    /// [`Value::Unbound`] where there is no element.
    key: Value,
    /// Whether an element was removed here.
    dummy: bool,
}

/// Elements in CPython's order. Hashing and comparing may need the program, so both come from outside.
#[derive(Clone)]
pub struct Set {
    table: Vec<Slot>,
    /// Slots in use, by elements or by the marks of removed ones.
    fill: usize,
    used: usize,
}

impl Default for Set {
    fn default() -> Set {
        Set { table: vec![Slot::default(); 8], fill: 0, used: 0 }
    }
}

const LINEAR: usize = 9;

impl Set {
    /// How many elements.
    pub fn len(&self) -> usize {
        self.used
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// Goes the way of a hash until `stop` says which slot it is.
    fn probe(&self, hash: u64, mut stop: impl FnMut(&Slot) -> Result<bool>) -> Result<usize> {
        let mask = self.table.len() - 1;
        let mut perturb = hash;
        let mut i = hash as usize & mask;
        loop {
            let run = if i + LINEAR <= mask { LINEAR } else { 0 };
            for at in i..=i + run {
                if let Some(slot) = self.table.get(at)
                    && stop(slot)?
                {
                    return Ok(at);
                }
            }
            perturb >>= 5;
            i = i.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// Where an element is. `equal` compares it with elements of the same hash.
    pub fn find(&self, hash: u64, mut equal: impl FnMut(&Value) -> Result<bool>) -> Result<Option<usize>> {
        let at = self.probe(hash, |slot| {
            if slot.key.is_bound() { Ok(slot.hash == hash && equal(&slot.key)?) } else { Ok(!slot.dummy) }
        })?;
        Ok(self.table.get(at).filter(|s| s.key.is_bound()).map(|_| at))
    }

    /// Adds an element that is not there.
    pub fn push(&mut self, hash: u64, key: Value) {
        // CPython goes on to the first slot that was never used.
        let Ok(at) = self.probe(hash, |slot| Ok(!slot.key.is_bound() && !slot.dummy)) else { return };
        if let Some(slot) = self.table.get_mut(at) {
            *slot = Slot { hash, key, dummy: false };
        }
        self.fill += 1;
        self.used += 1;
        if self.fill * 5 >= (self.table.len() - 1) * 3 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    fn resize(&mut self, least: usize) {
        let mut size = 8;
        while size <= least {
            size <<= 1;
        }
        let old = std::mem::replace(&mut self.table, vec![Slot::default(); size]);
        self.fill = self.used;
        for slot in old.into_iter().filter(|s| s.key.is_bound()) {
            let Ok(at) = self.probe(slot.hash, |s| Ok(!s.key.is_bound())) else { return };
            if let Some(place) = self.table.get_mut(at) {
                *place = slot;
            }
        }
    }

    /// Makes room as CPython does before it takes over another set's elements.
    pub fn reserve_for(&mut self, more: usize) {
        if (self.fill + more) * 5 >= (self.table.len() - 1) * 3 {
            self.resize((self.used + more) * 2);
        }
    }

    /// The same elements in a new set, where their order may differ.
    pub fn copied(&self) -> Set {
        let mut copy = Set::default();
        copy.reserve_for(self.used);
        if copy.table.len() == self.table.len() && self.fill == self.used {
            return self.clone();
        }
        for (hash, key) in self.hashed() {
            let Ok(at) = copy.probe(hash, |s| Ok(!s.key.is_bound())) else { continue };
            if let Some(place) = copy.table.get_mut(at) {
                *place = Slot { hash, key: key.clone(), dummy: false };
            }
            copy.fill += 1;
            copy.used += 1;
        }
        copy
    }

    /// Makes the table smaller after many elements were removed.
    pub fn tidy(&mut self) {
        if self.fill - self.used > (self.table.len() - 1) / 4 {
            self.resize(if self.used > 50_000 { self.used * 2 } else { self.used * 4 });
        }
    }

    /// Removes the element at a place that [`Set::find`] gave.
    pub fn remove(&mut self, at: usize) -> Option<Value> {
        let slot = self.table.get_mut(at).filter(|s| s.key.is_bound())?;
        slot.dummy = true;
        self.used -= 1;
        Some(std::mem::take(&mut slot.key))
    }

    /// The first element at or after a place, with its own.
    pub fn next(&self, from: usize) -> Option<(usize, &Value)> {
        let (skip, slot) = self.table.get(from..)?.iter().enumerate().find(|(_, s)| s.key.is_bound())?;
        Some((from + skip, &slot.key))
    }

    /// All elements.
    pub fn iter(&self) -> impl Iterator<Item = &Value> {
        self.table.iter().map(|s| &s.key).filter(|k| k.is_bound())
    }

    /// All elements with their hashes.
    pub fn hashed(&self) -> impl Iterator<Item = (u64, &Value)> {
        self.table.iter().filter(|s| s.key.is_bound()).map(|s| (s.hash, &s.key))
    }

    /// All elements.
    pub fn into_values(self) -> impl Iterator<Item = Value> {
        self.table.into_iter().map(|s| s.key).filter(Value::is_bound)
    }
}
