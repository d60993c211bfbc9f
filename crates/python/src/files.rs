//! The files of a program: whatever the driver of the machine says that they are.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Error, ErrorKind, Result};

/// Where `open`, `torch.save` and their like find files.
pub trait Files {
    /// All of a file.
    fn read(&self, path: &str) -> Result<Vec<u8>>;
    /// Makes a file, or makes it longer.
    fn write(&self, path: &str, bytes: &[u8], append: bool) -> Result<()>;
    /// Removes a file.
    fn remove(&self, path: &str) -> Result<()>;
    /// What is in a folder, by name; a folder's own name ends with `/`.
    fn list(&self, folder: &str) -> Result<Vec<String>>;
    /// Makes a folder, and those around it.
    fn make_folder(&self, path: &str) -> Result<()>;
}

/// Files in memory. They stay as long as the shelf: one run can read what another wrote.
#[derive(Default)]
pub struct Shelf {
    /// A folder that was made is a name with a slash at its end; others are there with the files in them.
    files: RefCell<BTreeMap<String, Vec<u8>>>,
    written: RefCell<BTreeSet<String>>,
}

/// Bytes of all files together at most.
const MOST: usize = 256 << 20;

impl Shelf {
    /// Puts a file there, or takes it away, without counting it as written by a program.
    pub fn put(&self, path: &str, bytes: Option<Vec<u8>>) {
        let mut files = self.files.borrow_mut();
        match bytes {
            Some(bytes) => files.insert(plain(path), bytes),
            None => files.remove(&plain(path)),
        };
    }

    /// What programs wrote or removed since the last call: each file as it is now, `None` where it is gone.
    pub fn take_written(&self) -> Vec<(String, Option<Vec<u8>>)> {
        let written = std::mem::take(&mut *self.written.borrow_mut());
        let files = self.files.borrow();
        written.into_iter().map(|path| (path.clone(), files.get(&path).cloned())).collect()
    }
}

/// A path without what makes no difference here: `./a//b` and `/a/b` are `a/b`, and so is `a/c/../b`.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn is_folder(files: &BTreeMap<String, Vec<u8>>, path: &str) -> bool {
    path.is_empty()
        || files.keys().any(|name| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<Vec<u8>> {
        let (files, path) = (self.files.borrow(), plain(path));
        match files.get(&path) {
            Some(bytes) => Ok(bytes.clone()),
            None if is_folder(&files, &path) => Err(ErrorKind::IsADirectory.into()),
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn write(&self, path: &str, bytes: &[u8], append: bool) -> Result<()> {
        let path = plain(path);
        let mut files = self.files.borrow_mut();
        if is_folder(&files, &path) {
            return Err(ErrorKind::IsADirectory.into());
        }
        let held: usize = files.values().map(Vec::len).sum();
        if held + bytes.len() > MOST {
            return Err(Error::new(ErrorKind::StorageFull, "all files together hold 256 MiB here"));
        }
        let file = files.entry(path.clone()).or_default();
        if !append {
            file.clear();
        }
        file.extend_from_slice(bytes);
        self.written.borrow_mut().insert(path);
        Ok(())
    }

    fn remove(&self, path: &str) -> Result<()> {
        let path = plain(path);
        match self.files.borrow_mut().remove(&path) {
            Some(_) => {
                self.written.borrow_mut().insert(path);
                Ok(())
            }
            None => Err(ErrorKind::NotFound.into()),
        }
    }

    fn make_folder(&self, path: &str) -> Result<()> {
        self.files.borrow_mut().insert(plain(path) + "/", Vec::new());
        Ok(())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>> {
        let start = match plain(folder) {
            root if root.is_empty() => root,
            folder => folder + "/",
        };
        let files = self.files.borrow();
        let inside = files.keys().filter_map(|name| name.strip_prefix(start.as_str()));
        let mut names: BTreeSet<&str> =
            inside.map(|rest| rest.find('/').and_then(|end| rest.get(..=end)).unwrap_or(rest)).collect();
        if names.is_empty() && !start.is_empty() {
            return Err(ErrorKind::NotFound.into());
        }
        names.remove("");
        Ok(names.into_iter().map(str::to_owned).collect())
    }
}
