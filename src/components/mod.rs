//! What is drawn, one file a part of the page.

mod announce;
pub mod app;
mod card;
mod cell;
mod challenge;
mod contents;
mod device;
mod divider;
mod graph;
mod header;
mod help;
mod icon;
mod inspector;
mod knobs;
mod memory;
mod menu;
mod output;
mod panels;
mod passes;
mod plot;
mod points;
mod prose;
mod question;
mod rail;
mod tensor;
mod timeline;
mod variables;
