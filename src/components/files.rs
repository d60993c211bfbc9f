use leptos::prelude::*;
use web_sys::{DragEvent, Event, HtmlInputElement};

use crate::bench::Bench;
use crate::export;
use crate::files::Listed;
use crate::model::number::count;
use crate::ui::{El, button, el, on_window};

/// The files of the programs: to be brought along, taken away and removed.
pub fn files(bench: Bench) -> El {
    let bring = el("input")
        .set("type", "file")
        .set("multiple", "")
        .set("id", "bring")
        .class("sr-only")
        .test("bring")
        .on("change", move |event: Event| {
            let Some(input) =
                event.target().and_then(|t| wasm_bindgen::JsCast::dyn_into::<HtmlInputElement>(t).ok())
            else {
                return;
            };
            if let Some(list) = input.files() {
                bench.bring(&list);
            }
            // The same file may be chosen again once it has changed.
            input.set_value("");
        });
    let label = el("label").class("button").set("for", "bring").put("Bring a file");
    let hint = "Or drop it on the page. A file stays in this browser and is sent nowhere; programs open it by its name.";
    // The learner's own first.
    let list = move || {
        let mut list = bench.files.with_value(|files| files.listed()).to_vec();
        list.sort_by_key(|file| !file.own);
        list
    };
    let head = ["Name", "Bytes", "From", ""].map(|text| el("th").set("scope", "col").put(text));
    el("div")
        .class("files")
        .test("files")
        .put(el("div").class("bring").put([bring, label, el("p").class("hint").put(hint)]))
        .put(
            el("table")
                .live("hidden", move || list().is_empty())
                .put(el("thead").put(el("tr").put(head)))
                .put(el("tbody").each(list, move |file: &Listed| row(bench, file))),
        )
}

fn row(bench: Bench, file: &Listed) -> El {
    let path = file.path.clone();
    let save = {
        let path = path.clone();
        move || {
            let bytes = bench.files.with_value(|files| files.bytes(&path));
            let name = path.rsplit('/').next().unwrap_or_default();
            if let Some(bytes) = bytes {
                export::save_bytes(name, &bytes);
            }
        }
    };
    let remove = {
        let path = path.clone();
        move || bench.files.with_value(|files| files.remove(&path))
    };
    let name = format!("Save {path}");
    let save = button("link").set("aria-label", name).click(save).put("Save");
    let name = format!("Remove {path}");
    let remove = file.own.then(|| button("link").set("aria-label", name).click(remove).put("Remove"));
    el("tr")
        .test("file")
        .set("data-path", &path)
        .put(el("th").set("scope", "row").put(path))
        .put(el("td").class("size").put(count(file.size.into())))
        .put(el("td").class("from").put(if file.own { "you" } else { "lesson" }))
        .put(el("td").class("acts").put(save).put(remove))
}

/// Files dropped anywhere on the page are brought along.
pub fn drops(bench: Bench) {
    on_window("dragover", |event: DragEvent| event.prevent_default());
    on_window("drop", move |event: DragEvent| {
        event.prevent_default();
        if let Some(list) = event.data_transfer().and_then(|data| data.files()) {
            bench.bring(&list);
        }
    });
}
