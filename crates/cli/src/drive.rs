//! A session on a native device, from its first event to its last.

use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use gradloom_protocol::{Command, DeviceChoice, Event};
use gradloom_session::{Gpu, Next, Session};

use crate::files::Disk;

/// Runs a program and hands out its events as they come. Without `trace` only what the program prints is of interest,
/// and the session is told so.
pub fn run(
    file: &str,
    source: String,
    device: DeviceChoice,
    seed: Option<u64>,
    trace: bool,
    write: &mut dyn FnMut(&Event) -> std::io::Result<()>,
) -> Result<(), String> {
    // Starting a GPU takes a while and some drivers talk; a program that cannot ask for one does without.
    let wanted = device == DeviceChoice::Gpu || source.contains("cuda");
    let gpu = match wanted {
        true => pollster::block_on(Gpu::request()).map_err(|error| error.to_string()),
        false => Err("the program names no GPU".to_owned()),
    };
    if let (DeviceChoice::Gpu, Err(reason)) = (device, &gpu) {
        return Err(format!("--device cuda: {reason}"));
    }
    let mut session = Session::new(gpu, seconds);
    session.set_quiet(!trace);
    session.set_files(Rc::new(Disk));
    session.handle(Command::Load { run: 1, file: file.to_owned(), source, device, seed });
    session.handle(Command::Run { run: 1 });
    loop {
        let next = session.advance();
        for message in session.take_events() {
            write(&message.event).map_err(|e| format!("cannot write: {e}"))?;
        }
        if let Some(gpu) = session.gpu() {
            pollster::block_on(gpu.try_rivals(seconds));
        }
        match next {
            Next::Busy => {}
            Next::Waiting => {
                if let Some(gpu) = session.gpu() {
                    gpu.flush();
                    gpu.wait();
                }
            }
            Next::Idle => return Ok(()),
        }
    }
}

fn seconds() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |d| d.as_secs_f64())
}
