// Folds each row of a matrix of any strides into a few numbers: invocation (row, chunk) takes the elements chunk,
// chunk + chunks, chunk + 2 chunks, ... of its row, in four running results that are joined at the end. The tree is
// fixed by the sizes alone, so the same input gives the same bits every time. Long rows take another dispatch over
// what this one left.
//
// params: outputs, chunks, length of a row, offset; then shapes and strides of the
// kept and of the reduced dimensions, through which ROW_WALK, ROW_PLACE and WALK, PLACE find an element.
// ELEMENT, RESULT: types. LOAD: the value of `x`. COMBINE: of `a` and `b`. IDENTITY: of nothing.
// ROW and CHUNK: from `i`, whichever makes neighbors read neighbors.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
@group(0) @binding(1) var<storage, read_write> output: array<RESULT>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

fn combine(a: RESULT, b: RESULT) -> RESULT {
    return COMBINE;
}

fn load(base: u32, index: u32) -> RESULT {
    WALK
    let x = input[base + PLACE];
    return LOAD;
}

fn element(i: u32) {
    let outputs = params[0].x;
    let chunks = params[0].y;
    let length = params[0].z;
    if i >= outputs * chunks {
        return;
    }
    let row = ROW;
    ROW_WALK
    let base = params[0].w + ROW_PLACE;
    var index = CHUNK;
    var a = RESULT(IDENTITY);
    var b = RESULT(IDENTITY);
    var c = RESULT(IDENTITY);
    var d = RESULT(IDENTITY);
    while index + 3u * chunks < length {
        a = combine(a, load(base, index));
        b = combine(b, load(base, index + chunks));
        c = combine(c, load(base, index + 2u * chunks));
        d = combine(d, load(base, index + 3u * chunks));
        index += 4u * chunks;
    }
    while index < length {
        a = combine(a, load(base, index));
        index += chunks;
    }
    output[i] = combine(combine(a, b), combine(c, d));
}
