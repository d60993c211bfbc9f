// Where in its plane the largest element under a moving window is, for each place of the window: the first of equal
// ones. BETTER: whether `v` takes the place of `best`; NaN does.
//
// params: count, 0; then down and across: image, kernel, places of the window, stride, padding, dilation.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let size = params[0].zw;
    let kernel = params[1].xy;
    let places = params[1].zw;
    let base = i / (places.x * places.y) * size.x * size.y;
    // From the edge of the padding: where the window starts, and which of its cells lie within the image.
    let start = vec2<u32>(i / places.y % places.x, i % places.y) * params[2].xy;
    let padding = params[2].zw;
    let dilation = params[3].xy;
    let first = (max(padding, start) - start + dilation - 1u) / dilation;
    let end = min(kernel, (max(size + padding, start) - start + dilation - 1u) / dilation);
    var found = false;
    var place = 0u;
    var best = ELEMENT();
    for (var down = first.x; down < end.x; down++) {
        let y = start.x + down * dilation.x - padding.x;
        for (var across = first.y; across < end.y; across++) {
            let x = start.y + across * dilation.y - padding.y;
            let v = input[base + y * size.y + x];
            if !found || BETTER {
                found = true;
                best = v;
                place = y * size.y + x;
            }
        }
    }
    output[i] = place;
}
