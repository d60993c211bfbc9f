// Each element of the image looks at the places of the window that cover it, and adds up what comes from those whose
// largest element it was. Parameters as in max_pool_indices.wgsl.

@group(0) @binding(0) var<storage, read> grad: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> indices: array<u32>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let size = params[0].zw;
    let kernel = params[1].xy;
    let places = params[1].zw;
    let stride = params[2].xy;
    let own = i % (size.x * size.y);
    let base = i / (size.x * size.y) * places.x * places.y;
    let dilation = params[3].xy;
    // From the edge of the padding: where the element lies, and which cells of the window can cover it.
    let start = vec2<u32>(own / size.y, own % size.y) + params[2].zw;
    let last = (places - 1u) * stride;
    let first = (max(start, last) - last + dilation - 1u) / dilation;
    let end = min(kernel, start / dilation + 1u);
    var sum = ELEMENT();
    for (var down = first.x; down < end.x; down++) {
        let y = start.x - down * dilation.x;
        if y % stride.x != 0u {
            continue;
        }
        for (var across = first.y; across < end.y; across++) {
            let x = start.y - across * dilation.y;
            let place = base + y / stride.x * places.y + x / stride.y;
            if x % stride.y == 0u && indices[place] == own {
                sum += grad[place];
            }
        }
    }
    output[i] = sum;
}
