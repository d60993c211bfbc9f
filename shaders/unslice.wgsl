// out[.., start + step * j, ..] = input[.., j, ..] along one dimension, 0 elsewhere. One thread an element of the
// result, which looks whether a place of the input falls on it. Words are moved as they are, whatever the dtype.
//
// params: count, elements inside the dimension, its size in the result, start, step, its size in the input.

@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let inner = params[0].y;
    let size = params[0].z;
    let start = params[0].w;
    let step = params[1].x;
    let length = params[1].y;
    let place = (i / inner) % size;
    var value = 0u;
    if place >= start && (place - start) % step == 0u && (place - start) / step < length {
        value = input[(i / (inner * size) * length + (place - start) / step) * inner + i % inner];
    }
    output[i] = value;
}
