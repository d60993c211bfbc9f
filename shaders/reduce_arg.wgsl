// The place of the first largest (or smallest) element of each row of a matrix of any strides; NaN counts as more
// extreme than anything. Rows are cut as in `reduce`; a later dispatch reads the candidates that an earlier one left and
// looks their elements up in the input again.
//
// params: outputs, chunks, length of a row, offset; strides (rows, columns) of the candidates; then shapes and strides of
// the kept and of the reduced dimensions, through which ROW_WALK, ROW_PLACE and WALK, PLACE find an element.
// CANDIDATES: their binding, if any; OUTPUT and PARAMS: the numbers of the bindings after it. CANDIDATE: the
// candidate at `place` of `row`. AHEAD: whether `x` is more extreme than `y`.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
CANDIDATES
@group(0) @binding(OUTPUT) var<storage, read_write> output: array<u32>;
@group(0) @binding(PARAMS) var<uniform> params: array<vec4<u32>, 16>;

fn load(base: u32, index: u32) -> ELEMENT {
    WALK
    return input[base + PLACE];
}

fn candidate(row: u32, place: u32) -> u32 {
    return CANDIDATE;
}

fn ahead(x: ELEMENT, y: ELEMENT) -> bool {
    return AHEAD;
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
    var place = CHUNK;
    var best = candidate(row, place);
    var record = load(base, best);
    place += chunks;
    while place < length {
        let challenger = candidate(row, place);
        let x = load(base, challenger);
        if ahead(x, record) || (challenger < best && !ahead(record, x)) {
            best = challenger;
            record = x;
        }
        place += chunks;
    }
    output[i] = best;
}
