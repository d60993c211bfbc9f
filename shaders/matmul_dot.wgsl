// A product of matrices, one element of the result an invocation: for vectors, where larger pieces would stand empty. The inner
// dimension is one.
//
// params: as in `matmul_direct`.

@group(0) @binding(0) var<storage, read> a: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> b: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

PLACES

fn element(i: u32) {
    let m = params[0].x;
    let n = params[0].y;
    let k = params[0].z;
    let splits = params[0].w;
    let batches = params[1].z;
    if i >= m * n * batches * splits {
        return;
    }
    let column = i % n;
    let row = (i / n) % m;
    let batch = (i / (n * m)) % batches;
    let split = i / (n * m * batches);
    let base = batch_places(batch) + params[1].xy;
    // Interleaved, so that neighboring splits read neighbors.
    var p = split;
    let step = splits * params[2].xy;
    var at = base + vec2<u32>(row_place(row), column_place(column)) + p * params[2].xy;
    var sum = ELEMENT();
    while p < k {
        sum += a[at.x] * b[at.y];
        at += step;
        p += splits;
    }
    output[i] = sum;
}
