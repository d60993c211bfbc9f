// out[i, .., j, ..] = input[i, .., index[i, .., j, ..], ..] along one dimension. An index outside of it gives 0.
//
// params: count, size of the dimension, its stride in the input, offset of the input, offset of the index; then the
// shape of the index and the strides, through which WALK, INPUT_PLACE (0 along the dimension) and INDEX_PLACE find an
// element.

@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read> indices: array<i32>;
@group(0) @binding(2) var<storage, read_write> output: array<u32>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    WALK
    let chosen = indices[params[1].x + INDEX_PLACE];
    var value = 0u;
    if chosen >= 0 && u32(chosen) < params[0].y {
        value = input[params[0].w + INPUT_PLACE + u32(chosen) * params[0].z];
    }
    output[i] = value;
}
