//! What a learner takes away: programs, drawings, and pictures of them.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Blob, BlobPropertyBag, CanvasRenderingContext2d, Element, HtmlAnchorElement, HtmlCanvasElement,
    HtmlImageElement, Url, XmlSerializer,
};

use leptos::prelude::{document, window};

use crate::model::base64;
use crate::model::number::fixed;

/// What of its looks an element of a drawing takes along: the style sheet stays behind.
const LOOKS: [&str; 14] = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
    "image-rendering",
    "display",
];
/// Pixels of a picture for each unit of its drawing.
const SCALE: f64 = 2.0;

/// Saves a text as a file.
pub fn save(name: &str, kind: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    save_address(name, &address);
    // Refused only for what is no such address.
    let _ = Url::revoke_object_url(&address);
}

/// Saves bytes as a file.
pub fn save_bytes(name: &str, bytes: &js_sys::Uint8Array) {
    let Ok(blob) = Blob::new_with_u8_array_sequence(&Array::of1(bytes)) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    save_address(name, &address);
    // Refused only for what is no such address.
    let _ = Url::revoke_object_url(&address);
}

fn save_address(name: &str, address: &str) {
    let link = document().create_element("a").ok().and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link else { return };
    link.set_href(address);
    link.set_download(name);
    link.click();
}

/// A drawing on the page as a file of its own, cut to a view box; its looks are written into its elements.
pub fn drawing(svg: &Element, view_box: (f64, f64, f64, f64), background: &str) -> Option<String> {
    let copy: Element = svg.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let (from, to) = (svg.query_selector_all("*").ok()?, copy.query_selector_all("*").ok()?);
    for i in 0..from.length() {
        let (Some(from), Some(to)) = (from.item(i), to.item(i)) else { continue };
        let (Ok(from), Ok(to)) = (from.dyn_into::<Element>(), to.dyn_into::<Element>()) else { continue };
        let Ok(Some(looks)) = window().get_computed_style(&from) else { continue };
        for name in LOOKS {
            let value = looks.get_property_value(name).unwrap_or_default();
            let _ = to.set_attribute(name, &value);
        }
        for name in ["class", "style", "tabindex", "role"] {
            let _ = to.remove_attribute(name);
        }
    }
    // The camera: the file shows the sheet itself.
    if let Ok(Some(sheet)) = copy.query_selector("g") {
        let _ = sheet.remove_attribute("transform");
    }
    let (x, y, width, height) = view_box;
    for (name, value) in [
        ("xmlns", "http://www.w3.org/2000/svg".to_string()),
        ("viewBox", [x, y, width, height].map(|x| fixed(x, 0)).join(" ")),
        ("width", fixed(width, 0)),
        ("height", fixed(height, 0)),
        ("style", format!("background:{background}")),
    ] {
        let _ = copy.set_attribute(name, &value);
    }
    XmlSerializer::new().ok()?.serialize_to_string(&copy).ok()
}

/// Saves a drawing as a picture.
pub fn save_picture(name: &str, svg: String, size: (f64, f64), background: String) {
    let name = name.to_string();
    spawn_local(async move {
        // A browser that draws no pictures saves none; the drawing itself can still be had.
        let _ = picture(&name, &svg, size, &background).await;
    });
}

async fn picture(name: &str, svg: &str, size: (f64, f64), background: &str) -> Result<(), JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&format!("data:image/svg+xml;base64,{}", base64::encode(svg.as_bytes(), base64::DATA)));
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    let (width, height) = (size.0 * SCALE, size.1 * SCALE);
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let Some(context) = canvas.get_context("2d")? else { return Ok(()) };
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.set_fill_style_str(background);
    context.fill_rect(0.0, 0.0, width, height);
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    save_address(name, &canvas.to_data_url()?);
    Ok(())
}

/// The color behind everything.
pub fn paper() -> String {
    let body = document().body().and_then(|body| window().get_computed_style(&body).ok().flatten());
    body.and_then(|looks| looks.get_property_value("background-color").ok()).unwrap_or_else(|| "white".into())
}
