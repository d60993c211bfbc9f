// A product of matrices, one element of the result an invocation: for vectors, where larger pieces would stand empty.
//
// params: as in `matmul_direct`.

@group(0) @binding(0) var<storage, read> a: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> b: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    let m = params[0].x;
    let n = params[0].y;
    let k = params[0].z;
    let splits = params[0].w;
    let batches = params[2].z;
    if i >= m * n * batches * splits {
        return;
    }
    let column = i % n;
    let row = (i / n) % m;
    let batch = (i / (n * m)) % batches;
    let split = i / (n * m * batches);
    WALK
    // Interleaved, so that neighboring splits read neighbors.
    var p = split;
    var at_a = params[1].x + BATCH_A + row * params[1].y + p * params[1].z;
    var at_b = params[1].w + BATCH_B + column * params[2].y + p * params[2].x;
    let step_a = splits * params[1].z;
    let step_b = splits * params[2].x;
    var sum = ELEMENT();
    while p < k {
        sum += a[at_a] * b[at_b];
        at_a += step_a;
        at_b += step_b;
        p += splits;
    }
    output[i] = sum;
}
