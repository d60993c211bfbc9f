// A product of matrices straight from memory, without a barrier: an invocation holds 4 rows by 4 columns of the result
// and walks along its share of the inner dimension. For small results the inner dimension is split among several
// invocations, whose sums another kernel adds up.
//
// params: m, n, k, splits; offset of a, then of b; batches; then of the last of the inner dimensions the length and its
// steps in a and in b; whether neighbors along the inner dimension of a, then of b, lie side by side and those along the
// result do not. Through the rest the functions PLACES find a matrix, a row, a column, and a place along the inner
// dimensions. The result is [splits, batches, m, n].

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
    let length = params[1].w;
    let step = params[2].xy;
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

    let base = batch_places(batch) + params[1].xy;
    // Past the edge the last row or column is taken once more, and not stored.
    let tall = min(vec4<u32>(row, row + 1u, row + 2u, row + 3u), vec4<u32>(m - 1u));
    let rows = base.x + vec4<u32>(row_place(tall.x), row_place(tall.y), row_place(tall.z), row_place(tall.w));
    let wide = vec4<u32>(column, column + across, column + 2u * across, column + 3u * across);
    let near = min(wide, vec4<u32>(n - 1u));
    let columns = base.y + vec4<u32>(
        column_place(near.x), column_place(near.y), column_place(near.z), column_place(near.w)
    );

    var sum0 = vec4<ELEMENT>();
    var sum1 = vec4<ELEMENT>();
    var sum2 = vec4<ELEMENT>();
    var sum3 = vec4<ELEMENT>();
    var p = first;
    while p < last {
        // To the end of the last inner dimension by steps, then from a new place.
        var at = inner_places(p);
        let end = min(p - p % length + length, last);
        while p < end {
            let y = vec4<ELEMENT>(b[columns.x + at.y], b[columns.y + at.y], b[columns.z + at.y], b[columns.w + at.y]);
            sum0 += a[rows.x + at.x] * y;
            sum1 += a[rows.y + at.x] * y;
            sum2 += a[rows.z + at.x] * y;
            sum3 += a[rows.w + at.x] * y;
            at += step;
            p++;
        }
    }

    let out = (split * batches + batch) * m * n;
    for (var j = 0u; j < 4u; j++) {
        let to = wide[j];
        if to >= n {
            break;
        }
        let at = out + row * n + to;
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
