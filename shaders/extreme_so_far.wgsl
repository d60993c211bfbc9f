// For each element along a dimension, where the most extreme one up to it is; of equal ones the last.
//
// params: rows, size of the dimension, elements between neighbors along it. KEEPS: whether `y` stays although `x` comes.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
@group(0) @binding(1) var<storage, read_write> output: array<u32>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn element(row: u32) {
    if row >= params[0].x {
        return;
    }
    let inner = params[0].z;
    var at = row / inner * params[0].y * inner + row % inner;
    var best = 0u;
    var y = input[at];
    for (var i = 0u; i < params[0].y; i++) {
        let x = input[at];
        if !(KEEPS) {
            best = i;
            y = x;
        }
        output[at] = best;
        at += inner;
    }
}
