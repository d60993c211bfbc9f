// out[j] = x[j] + y[j] * out[j - 1] along one dimension. One invocation a row, from its first element to its last, or
// back. Without y it is the running sum.
//
// params: rows, length of a row, elements inside the dimension, whether it runs back.
// ELEMENT, NUMBER: types of the input and of the result. WEIGHTS: the binding of y, if any; FACTOR: `y[place] * `.
// OUTPUT and PARAMS: the numbers of the bindings after it.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
WEIGHTS
@group(0) @binding(OUTPUT) var<storage, read_write> output: array<NUMBER>;
@group(0) @binding(PARAMS) var<uniform> params: array<vec4<u32>, 16>;

fn element(row: u32) {
    if row >= params[0].x {
        return;
    }
    let length = params[0].y;
    let inner = params[0].z;
    let start = row / inner * length * inner + row % inner;
    var held = NUMBER(0);
    for (var step = 0u; step < length; step++) {
        let place = start + inner * select(step, length - 1u - step, params[0].w == 1u);
        var next = NUMBER(input[place]);
        // The first has none before it, and 0 * inf would not be 0.
        if step > 0u {
            next += FACTOR held;
        }
        held = next;
        output[place] = next;
    }
}
