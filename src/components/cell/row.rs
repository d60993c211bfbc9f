use leptos::prelude::*;
use web_sys::{Event, MouseEvent};

use super::Marks;
use crate::bench::{Bench, Target};
use crate::model::highlight::Style;
use crate::ui::{El, el};

/// A line of the program with its number and its marks.
pub fn row(bench: Bench, number: u32, pieces: Vec<(Style, String)>, marks: Marks) -> El {
    let plain: String = pieces.iter().map(|(_, text)| text.as_str()).collect();
    let is_now = move || marks.now.get() == number;
    let is_gradient = move || !is_now() && marks.gradient.with(|lines| lines.contains(&number));
    let fault = move || marks.fault.with(|fault| fault.clone().filter(|fault| fault.line == number));
    let squiggle = move || {
        fault().map(|fault| {
            let (from, to) = fault.columns;
            let before: String = plain.chars().take(from).collect();
            let mut wrong: String = plain.chars().skip(from).take(to - from).collect();
            if wrong.trim().is_empty() {
                wrong = "\u{a0}".into();
            }
            el("span").class("squiggle").put(before).put(el("u").put(wrong))
        })
    };
    let message = move || {
        fault().map(|fault| {
            let help = (!fault.error.help.is_empty()).then(|| el("em").put(fault.error.help.as_str()));
            el("span")
                .class("message")
                .test("error-at")
                .set("data-line", number.to_string())
                .put(el("b").put(fault.error.kind.as_str()))
                .put(format!(": {}", fault.error.message))
                .put(help)
        })
    };
    let mut code = el("span").class("code").part(squiggle);
    for (style, text) in pieces {
        code = match style {
            Style::Plain => code.put(text),
            style => code.put(el("span").class(style.class()).put(text)),
        };
    }
    let stops = move || bench.breakpoints.with(|lines| lines.contains(&number));
    let no = el("span")
        .class("no")
        .set("title", "Click: breakpoint. Shift and click: run to this line.")
        .toggle("stop", stops)
        .on("mouseenter", move |_: Event| bench.hovered.set(Target::Line(number)))
        .on("mouseleave", move |_: Event| bench.hovered.set(Target::Nothing))
        .on("click", move |event: MouseEvent| match event.shift_key() {
            true => bench.run_to(number),
            false => bench.toggle_breakpoint(number),
        })
        .put(number.to_string());
    el("div")
        .class("row")
        .set("data-line", number.to_string())
        .live("data-stop", move || stops().then_some("true"))
        .toggle("look", move || marks.look.with(|(first, last)| (*first..=*last).contains(&number)))
        .toggle("now", is_now)
        .toggle("lit", move || marks.lit.with(|lit| lit.lines.contains(&number)))
        .toggle("gradient", is_gradient)
        .toggle("wrong", move || {
            marks.fault.with(|fault| fault.as_ref().is_some_and(|fault| fault.line == number))
        })
        .put(no)
        // An empty line is as high as any other.
        .put(code.put("\u{200b}"))
        .part(message)
}
