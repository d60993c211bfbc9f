//! A dictionary in the order of insertion.

use crate::native::Result;
use crate::value::Value;

struct Entry {
    hash: u64,
    /// [`Value::Unbound`] where the entry was removed.
    key: Value,
    value: Value,
}

/// Keys with values, in the order of insertion. Hashing and comparing keys may need the program, so both come from
/// outside: see [`crate::Context::dict_get`].
#[derive(Default)]
pub struct Dict {
    entries: Vec<Entry>,
    /// Open addressing: position in `entries` plus 1; 0 is free. Empty while there are few entries.
    table: Vec<u32>,
    live: usize,
}

/// Up to so many entries are searched one after the other.
const FEW: usize = 8;

impl Dict {
    /// How many entries.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Where a key stands. `equal` compares it with keys of the same hash.
    pub fn find(&self, hash: u64, mut equal: impl FnMut(&Value) -> Result<bool>) -> Result<Option<usize>> {
        if self.table.is_empty() {
            for (at, entry) in self.entries.iter().enumerate() {
                if entry.hash == hash && entry.key.is_bound() && equal(&entry.key)? {
                    return Ok(Some(at));
                }
            }
            return Ok(None);
        }
        let mask = self.table.len() - 1;
        let mut slot = spread(hash) & mask;
        loop {
            let at = match self.table.get(slot) {
                Some(&at) if at > 0 => at as usize - 1,
                _ => return Ok(None),
            };
            if let Some(entry) = self.entries.get(at)
                && entry.hash == hash
                && entry.key.is_bound()
                && equal(&entry.key)?
            {
                return Ok(Some(at));
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The value at a place that [`Dict::find`] gave.
    pub fn value(&self, at: usize) -> Option<&Value> {
        self.entries.get(at).map(|e| &e.value)
    }

    /// Replaces the value there and gives back the old one.
    pub fn replace(&mut self, at: usize, value: Value) -> Value {
        self.entries.get_mut(at).map(|e| std::mem::replace(&mut e.value, value)).unwrap_or_default()
    }

    /// Adds a key that is not there.
    pub fn push(&mut self, hash: u64, key: Value, value: Value) {
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        if self.entries.len() > FEW || !self.table.is_empty() {
            if self.entries.len() * 3 > self.table.len() * 2 {
                self.rebuild();
            } else {
                self.link(self.entries.len() - 1, hash);
            }
        }
    }

    /// Removes the entry there and gives it back.
    pub fn remove(&mut self, at: usize) -> Option<(Value, Value)> {
        let entry = self.entries.get_mut(at).filter(|e| e.key.is_bound())?;
        let removed = (std::mem::take(&mut entry.key), std::mem::take(&mut entry.value));
        self.live -= 1;
        if self.live == 0 {
            self.entries.clear();
            self.table.clear();
        } else if self.table.is_empty() && at + 1 == self.entries.len() {
            self.entries.pop();
        }
        Some(removed)
    }

    /// Removes the last entry and gives it back.
    pub fn pop(&mut self) -> Option<(Value, Value)> {
        let at = self.entries.iter().rposition(|e| e.key.is_bound())?;
        self.remove(at)
    }

    /// The first entry at or after a position, with its own.
    pub fn next(&self, from: usize) -> Option<(usize, &Value, &Value)> {
        let rest = self.entries.get(from..)?;
        let (skip, entry) = rest.iter().enumerate().find(|(_, e)| e.key.is_bound())?;
        Some((from + skip, &entry.key, &entry.value))
    }

    /// All entries.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Value, &Value)> {
        self.entries.iter().filter(|e| e.key.is_bound()).map(|e| (&e.key, &e.value))
    }

    /// All entries with the hashes of their keys.
    pub fn hashed(&self) -> impl Iterator<Item = (u64, &Value, &Value)> {
        self.entries.iter().filter(|e| e.key.is_bound()).map(|e| (e.hash, &e.key, &e.value))
    }

    /// Keys and values, one after the other.
    pub fn into_values(self) -> impl Iterator<Item = Value> {
        self.entries.into_iter().flat_map(|e| [e.key, e.value])
    }

    /// The value of a text key.
    pub fn get_str(&self, name: &str) -> Option<&Value> {
        let hash = crate::hash::text(name);
        let at = self.find(hash, |key| Ok(key.as_str() == Some(name))).ok()??;
        self.value(at)
    }

    /// Sets the value of a text key and gives back the old one.
    pub fn set_str(&mut self, name: &str, value: Value) -> Value {
        let hash = crate::hash::text(name);
        match self.find(hash, |key| Ok(key.as_str() == Some(name))) {
            Ok(Some(at)) => self.replace(at, value),
            _ => {
                self.push(hash, Value::str(name), value);
                Value::Unbound
            }
        }
    }

    /// Removes a text key and gives back its value.
    pub fn remove_str(&mut self, name: &str) -> Option<Value> {
        let hash = crate::hash::text(name);
        let at = self.find(hash, |key| Ok(key.as_str() == Some(name))).ok()??;
        self.remove(at).map(|(_, value)| value)
    }

    fn rebuild(&mut self) {
        if self.live < self.entries.len() {
            self.entries.retain(|e| e.key.is_bound());
        }
        let size = (self.entries.len() * 2).next_power_of_two().max(16) * 2;
        self.table.clear();
        self.table.resize(size, 0);
        for at in 0..self.entries.len() {
            let hash = self.entries.get(at).map_or(0, |e| e.hash);
            self.link(at, hash);
        }
    }

    fn link(&mut self, at: usize, hash: u64) {
        let mask = self.table.len() - 1;
        let mut slot = spread(hash) & mask;
        while let Some(held) = self.table.get_mut(slot) {
            if *held == 0 {
                *held = at as u32 + 1;
                return;
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Consecutive integers should not fill consecutive places.
fn spread(hash: u64) -> usize {
    (hash.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20) as usize
}
