// out = input; then out[i, .., index[i, .., j, ..], ..] = COMBINE(what is there, src[i, .., j, ..]) along one dimension.
// There are no atomic floats: each element of the result looks for its contributions, in order, so that the same input
// gives the same bits every time.
//
// params: count, size of the dimension in the index, its stride in the index and in the source; offsets of input,
// index and source; then the shape of the result and the strides, through which WALK, INPUT_PLACE, INDEX_PLACE and
// SOURCE_PLACE (0 along the dimension) find an element, and the shape of the index, with which COVERED compares the
// coordinates. ALONG: the coordinate along the dimension. COMBINE: the new value from `held` and `put`.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> indices: array<i32>;
@group(0) @binding(2) var<storage, read> source: array<ELEMENT>;
@group(0) @binding(3) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(4) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    WALK
    var held = input[params[1].x + INPUT_PLACE];
    if COVERED {
        var at_index = params[1].y + INDEX_PLACE;
        var at_source = params[1].z + SOURCE_PLACE;
        for (var j = 0u; j < params[0].y; j++) {
            if indices[at_index] == i32(ALONG) {
                let put = source[at_source];
                held = COMBINE;
            }
            at_index += params[0].z;
            at_source += params[0].w;
        }
    }
    output[i] = held;
}
