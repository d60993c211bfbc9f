// As `reduce`, for long rows of neighbors: a workgroup takes a chunk of a row, an invocation every 64th element of it in
// four running results. Then eight invocations join eight results each, and one of them the eight that are left.

@group(0) @binding(0) var<storage, read> input: array<ELEMENT>;
@group(0) @binding(1) var<storage, read_write> output: array<RESULT>;
@group(0) @binding(2) var<uniform> params: array<vec4<u32>, 16>;

var<workgroup> results: array<RESULT, 64>;

fn combine(a: RESULT, b: RESULT) -> RESULT {
    return COMBINE;
}

fn load(base: u32, index: u32) -> RESULT {
    WALK
    let x = input[base + PLACE];
    return LOAD;
}

// The join of eight results that lie `step` apart.
fn join(first: u32, step: u32) -> RESULT {
    let a = combine(results[first], results[first + step]);
    let b = combine(results[first + 2u * step], results[first + 3u * step]);
    let c = combine(results[first + 4u * step], results[first + 5u * step]);
    let d = combine(results[first + 6u * step], results[first + 7u * step]);
    return combine(combine(a, b), combine(c, d));
}

@compute @workgroup_size(64)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let i = linear_group(group, groups);
    let outputs = params[0].x;
    let chunks = params[0].y;
    let length = params[0].z;
    let inside = i < outputs * chunks;
    let row = ROW;
    ROW_WALK
    let base = params[0].w + ROW_PLACE;
    let step = chunks * 64u;
    var index = CHUNK * 64u + lane;
    var a = RESULT(IDENTITY);
    var b = RESULT(IDENTITY);
    var c = RESULT(IDENTITY);
    var d = RESULT(IDENTITY);
    if inside {
        while index + 3u * step < length {
            a = combine(a, load(base, index));
            b = combine(b, load(base, index + step));
            c = combine(c, load(base, index + 2u * step));
            d = combine(d, load(base, index + 3u * step));
            index += 4u * step;
        }
        while index < length {
            a = combine(a, load(base, index));
            index += step;
        }
    }
    results[lane] = combine(combine(a, b), combine(c, d));
    workgroupBarrier();
    var joined = RESULT(IDENTITY);
    if lane < 8u {
        joined = join(lane, 8u);
    }
    workgroupBarrier();
    if lane < 8u {
        results[lane] = joined;
    }
    workgroupBarrier();
    if lane == 0u && inside {
        output[i] = join(0u, 1u);
    }
}
