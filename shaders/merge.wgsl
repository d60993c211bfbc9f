// One pass of a merge sort along a dimension: runs of `width` places in order become runs of twice that. An element's
// new place is its place in its own run and the number of elements of the neighboring run that come before it, found by
// halving. Equal elements keep their order.
//
// params: count, size of the dimension, elements between neighbors along it, width. ORDER: the binding of the places that
// the pass before left, if any; OUTPUT and PARAMS: the numbers of the bindings after it. OWN: the element that stands at
// `along`; OTHER: the one at `middle`. BEFORE: whether `x` comes before `y`; AFTER: whether `y` comes before `x`.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
ORDER
@group(0) @binding(OUTPUT) var<storage, read_write> output: array<u32>;
@group(0) @binding(PARAMS) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let size = params[0].y;
    let inner = params[0].z;
    let width = params[0].w;
    let along = i / inner % size;
    let base = i - along * inner;
    let own = OWN;
    let x = input[base + own * inner];
    let run = along / width;
    let start = min((run ^ 1u) * width, size);
    var low = start;
    var high = min(start + width, size);
    while low < high {
        let middle = (low + high) / 2u;
        let y = input[base + OTHER * inner];
        var first = AFTER;
        if (run & 1u) == 1u {
            first = !(BEFORE);
        }
        if first {
            low = middle + 1u;
        } else {
            high = middle;
        }
    }
    output[base + ((run & ~1u) * width + along % width + low - start) * inner] = own;
}
