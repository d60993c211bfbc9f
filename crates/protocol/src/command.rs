use serde::{Deserialize, Serialize};

use crate::RunId;

/// Where tensors without a named device are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum DeviceChoice {
    /// The CPU, as in PyTorch.
    #[default]
    Cpu,
    /// The learner's GPU, `'cuda'` in a program.
    Gpu,
}

/// How far one [`Command::Step`] goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Granularity {
    /// To the next moment: a line, or one node of a backward pass. Enters functions.
    Into,
    /// To the next line of this function; a backward pass in one go.
    Over,
    /// To the line after the call of this function.
    Out,
}

/// What a page asks of a session. Commands of an unknown run are ignored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Starts a run, paused before the first line; ends the run before it.
    Load {
        /// The number of the new run; its events carry it.
        run: RunId,
        /// The file's name in tracebacks, `expression.py`.
        file: String,
        /// The program.
        source: String,
        /// Where tensors without a named device are made.
        device: DeviceChoice,
        /// A seed for what the program leaves unseeded; `None`: from the clock.
        seed: Option<u64>,
    },
    /// Runs to a breakpoint or to the end.
    Run {
        /// Which run.
        run: RunId,
    },
    /// Runs one step.
    Step {
        /// Which run.
        run: RunId,
        /// How far.
        granularity: Granularity,
    },
    /// Runs until this line is about to be executed.
    RunTo {
        /// Which run.
        run: RunId,
        /// From 1.
        line: u32,
    },
    /// Pauses within a time slice.
    Pause {
        /// Which run.
        run: RunId,
    },
    /// Ends the run; everything it held is released.
    Stop {
        /// Which run.
        run: RunId,
    },
    /// Lines to pause before, from 1; replaces the set.
    Breakpoints {
        /// Which run.
        run: RunId,
        /// The lines.
        lines: Vec<u32>,
    },
    /// Puts a file where programs find it, or takes it away. It stays for later runs.
    File {
        /// Its path, as a program names it.
        name: String,
        /// All of it; `None` takes it away.
        bytes: Option<Vec<u8>>,
    },
    /// Asks for all values of a tensor that is still alive: answered by [`crate::Event::Value`] with up to
    /// `rows` × `cols` numbers.
    Inspect {
        /// Which run.
        run: RunId,
        /// Which tensor.
        node: crate::NodeId,
        /// Rows of the answer at most.
        rows: u32,
        /// Columns of the answer at most.
        cols: u32,
    },
}
