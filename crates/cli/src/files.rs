//! The files of this machine, as a program on the command line finds them.

use std::fs;
use std::io::{Result, Write};

use gradloom_session::Files;

/// Paths from the folder that the command runs in.
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Result<Vec<u8>> {
        fs::read(path)
    }

    fn write(&self, path: &str, bytes: &[u8], append: bool) -> Result<()> {
        if append {
            let mut file = fs::OpenOptions::new().append(true).create(true).open(path)?;
            return file.write_all(bytes);
        }
        fs::write(path, bytes)
    }

    fn remove(&self, path: &str) -> Result<()> {
        fs::remove_file(path)
    }

    fn list(&self, folder: &str) -> Result<Vec<String>> {
        let entries = fs::read_dir(if folder.is_empty() { "." } else { folder })?;
        let name = |entry: fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) { name + "/" } else { name }
        };
        let mut names: Vec<String> = entries.flatten().map(name).collect();
        names.sort();
        Ok(names)
    }

    fn make_folder(&self, path: &str) -> Result<()> {
        fs::create_dir_all(path)
    }
}
