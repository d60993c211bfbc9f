use crate::ui::{El, svg};

/// An icon of 16 × 16 drawn with one path; decoration, so hidden from screen readers.
pub fn icon(path: &str) -> El {
    svg("svg")
        .class("i")
        .set("viewBox", "0 0 16 16")
        .set("width", "16")
        .set("height", "16")
        .set("aria-hidden", "true")
        .put(svg("path").set("d", path))
}

pub const SUN: &str = "M8 5a3 3 0 100 6 3 3 0 000-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M3 13l1.1-1.1M11.9 4.1L13 3";
pub const MOON: &str = "M13.5 9.8A6 6 0 116.2 2.5a4.8 4.8 0 007.3 7.3z";
pub const HELP: &str = "M5.6 5.8a2.5 2.5 0 114 2c-1 .7-1.6 1.2-1.6 2.4M8 12.9v.1";
pub const RESTORE: &str = "M3 8a5 5 0 105-5c-1.8 0-3 .8-4.2 2.2M3.5 2.5v3h3";
pub const FIT: &str = "M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10";
pub const PLUS: &str = "M8 3v10M3 8h10";
pub const MINUS: &str = "M3 8h10";
pub const BACK: &str = "M10 3.5L5 8l5 4.5z";
pub const STEP: &str = "M6 3.5L11 8l-5 4.5z";
pub const RUN: &str = "M4.5 3l8 5-8 5z";
pub const PAUSE: &str = "M4 3h2.5v10H4zM9.5 3H12v10H9.5z";
pub const STOP: &str = "M4 4h8v8H4z";
pub const END: &str = "M4 3.5L9 8l-5 4.5zM11 3.5h1.5v9H11z";
pub const CLOSE: &str = "M4 4l8 8M12 4l-8 8";
pub const NEXT: &str = "M3 8h10M9 4l4 4-4 4";
pub const PREVIOUS: &str = "M13 8H3M7 4L3 8l4 4";
pub const MORE: &str = "M3.5 8v.1M8 8v.1M12.5 8v.1";
pub const UNDO: &str = "M4 7h6a3 3 0 010 6H7M6.5 4L3.5 7l3 3";
pub const LIST: &str = "M2.5 4h11M2.5 8h11M2.5 12h7";
pub const OVER: &str = "M3 9a5 5 0 019-2.5M12.5 3v3.7H8.8M8 12.5v.1";
pub const OUT: &str = "M8 10V3M5 6l3-3 3 3M8 13.5v.1";
