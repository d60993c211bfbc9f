// A product of matrices straight from memory, without a barrier: an invocation holds 4 rows by 4 columns of the result
// and walks along its share of the inner dimension. For small results the inner dimension is split among several
// invocations, whose sums another kernel adds up.
//
// params: m, n, k, splits; offset and strides (rows, columns) of a, then of b; batches; then shape and strides of
// the batch dimensions, through which WALK, BATCH_A and BATCH_B find a matrix. The result is [splits, batches, m, n].

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
    let down = (m + 3u) / 4u;
    let across = (n + 3u) / 4u;
    var rest = i;
    if rest >= down * across * batches * splits {
        return;
    }
    // Neighbors take neighboring columns: column + across, column + 2 across, ... are theirs as well.
    let column = rest % across;
    rest /= across;
    let row = (rest % down) * 4u;
    rest /= down;
    let batch = rest % batches;
    let split = rest / batches;
    let share = (k + splits - 1u) / splits;
    let first = split * share;
    let last = min(first + share, k);

    let a_row = params[1].y;
    let a_step = params[1].z;
    let b_step = params[2].x;
    let b_column = params[2].y;
    WALK
    let a_base = params[1].x + BATCH_A;
    let b_base = params[1].w + BATCH_B;
    // Past the edge the last row or column is taken once more, and not stored.
    let rows = a_base + min(vec4<u32>(row, row + 1u, row + 2u, row + 3u), vec4<u32>(m - 1u)) * a_row;
    let wide = vec4<u32>(column, column + across, column + 2u * across, column + 3u * across);
    let columns = b_base + min(wide, vec4<u32>(n - 1u)) * b_column;

    var sum0 = vec4<ELEMENT>();
    var sum1 = vec4<ELEMENT>();
    var sum2 = vec4<ELEMENT>();
    var sum3 = vec4<ELEMENT>();
    for (var p = first; p < last; p++) {
        let pa = p * a_step;
        let pb = p * b_step;
        let y = vec4<ELEMENT>(b[columns.x + pb], b[columns.y + pb], b[columns.z + pb], b[columns.w + pb]);
        sum0 += a[rows.x + pa] * y;
        sum1 += a[rows.y + pa] * y;
        sum2 += a[rows.z + pa] * y;
        sum3 += a[rows.w + pa] * y;
    }

    let base = (split * batches + batch) * m * n;
    for (var j = 0u; j < 4u; j++) {
        let to = wide[j];
        if to >= n {
            break;
        }
        let at = base + row * n + to;
        output[at] = sum0[j];
        if row + 1u < m {
            output[at + n] = sum1[j];
        }
        if row + 2u < m {
            output[at + 2u * n] = sum2[j];
        }
        if row + 3u < m {
            output[at + 3u * n] = sum3[j];
        }
    }
}
