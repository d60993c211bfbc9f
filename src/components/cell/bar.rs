use std::time::Duration;

use leptos::prelude::*;
use web_sys::Event;

use super::super::icon::{self, icon};
use super::super::menu::menu;
use crate::bench::Bench;
use crate::model::notebook;
use crate::ui::{El, button, el, memo};
use crate::{dom, export, store};

/// The line above the program: which one it is, whether it was changed, and what can be done with it.
pub fn bar(bench: Bench) -> El {
    let edited = memo(move || bench.opened.with(|opened| bench.text.with(|text| *text != opened.original)));
    let mark = move || match (edited.get(), bench.stale()) {
        (_, true) => "edited: run again",
        (true, false) => "edited",
        _ => "",
    };
    let says = RwSignal::new("");
    let tell = move |text: &'static str| {
        says.set(text);
        set_timeout(move || says.set(""), Duration::from_secs(3));
    };
    let copy = move || {
        dom::copy(&bench.text.get_untracked());
        tell("copied");
    };
    let share = move || {
        bench.share(move |address| match address {
            Some(address) => {
                dom::copy(&address);
                bench.shared.set(Some(address));
                tell("address copied");
            }
            None => tell("this browser cannot pack a program"),
        });
    };
    let tool = |id: &str, path: &str, text: &str| {
        button("tool").test(id).set("aria-label", text).set("title", text).put(icon(path))
    };
    let restore_button = move || {
        edited.get().then(|| {
            tool("restore", icon::RESTORE, "Restore the original (your version can be brought back)")
                .click(move || bench.restore())
        })
    };
    let kept = move || {
        let opened = bench.opened.get();
        let edited = edited.get();
        (!edited && store::get(&opened.before()).is_some()).then(|| {
            tool("bring-back", icon::UNDO, "Bring your version back").click(move || bench.bring_back())
        })
    };
    let file = move || bench.opened.with_untracked(|opened| opened.file.clone());
    let save_py = move || export::save(&file(), "text/x-python", &bench.text.get_untracked());
    let save_notebook = move || {
        let lesson = bench.lesson_title();
        let text = notebook::notebook(&lesson, &bench.text.get_untracked());
        let name = file();
        let name = name.strip_suffix(".py").unwrap_or(&name);
        export::save(&format!("{name}.ipynb"), "application/x-ipynb+json", &text);
    };
    let more = menu("take-away", icon::MORE, "Share and take away", move || {
        let item = |id: &str, text: &str| button("item").test(id).put(text);
        vec![
            item("copy", "Copy the program").click(copy),
            item("share", "Copy an address with this program").click(share),
            item("save-py", "Save as .py").click(save_py),
            item("save-ipynb", "Save as notebook .ipynb").click(save_notebook),
        ]
    });
    el("div")
        .class("bar")
        .part(move || title(bench))
        .put(el("span").class("mark").toggle("stale", move || bench.stale()).test("edited").say(mark))
        .put(el("span").class("space"))
        .put(el("span").class("hint").set("role", "status").test("cell-status").say(move || says.get()))
        .part(kept)
        .part(restore_button)
        .put(more)
}

/// The name of the program; where the lesson has several, a choice of them.
fn title(bench: Bench) -> El {
    let opened = bench.opened.get();
    let files: Vec<String> = bench.content.with(|content| {
        content.as_ref().map_or_else(Vec::new, |c| c.programs.iter().map(|p| p.file.clone()).collect())
    });
    if files.len() < 2 && opened.index.is_some() {
        return el("h2").put(opened.file.as_str());
    }
    let mut options: Vec<El> = files
        .iter()
        .enumerate()
        .map(|(i, file)| {
            let option = el("option").set("value", i.to_string()).put(file.as_str());
            if opened.index == Some(i) { option.set("selected", "") } else { option }
        })
        .collect();
    if opened.index.is_none() {
        options.push(el("option").set("value", "").set("selected", "").put(opened.file.as_str()));
    }
    let choose = move |event: Event| {
        if let Ok(index) = dom::value(&event).parse() {
            bench.open_program(index);
        }
    };
    let select = el("select").set("aria-label", "Program in the cell").test("programs").on("change", choose);
    el("h2").put(select.put(options))
}
