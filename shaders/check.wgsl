// Notes the first index that does not lie in a dimension, for whoever reads next: whether there was one (their count), the
// index, the dimension, its size.
//
// params: count, offset of the indices, size of the dimension, the dimension; then shape and strides, through which WALK
// and PLACE find an index.

@group(0) @binding(0) var<storage, read> indices: array<i32>;
@group(0) @binding(1) var<storage, read_write> fault: array<atomic<u32>, 4>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    WALK
    let chosen = indices[params[0].y + PLACE];
    // A negative one is a large one.
    if u32(chosen) >= params[0].z && atomicAdd(&fault[0], 1u) == 0u {
        atomicStore(&fault[1], u32(chosen));
        atomicStore(&fault[2], params[0].w);
        atomicStore(&fault[3], params[0].z);
    }
}
