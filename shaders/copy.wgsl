// Elements of one tensor to a part of another, any strides on both sides. Words are moved as they are.
//
// params: count, offset of the input, offset of the part; then the shape and both strides, through which WALK, FROM and
// TO find an element.

@group(0) @binding(0) var<storage, read> input: array<u32>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    WALK
    output[params[0].z + TO] = input[params[0].y + FROM];
}
