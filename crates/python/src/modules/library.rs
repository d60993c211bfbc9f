//! The modules written in the dialect, one for each text in `library/`.

use crate::native::Module;

include!(concat!(env!("OUT_DIR"), "/library.rs"));
