// A product of large matrices: a workgroup holds 64 rows by 64 columns of the result, an invocation 4 by 4 of them, and
// 16 steps along the inner dimension at a time are brought into workgroup memory, where each number is used 64 times.
//
// params: as in `matmul_direct`, with splits = 1.

@group(0) @binding(0) var<storage, read> a: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> b: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

// [step][row / 4] and [step][column / 4].
var<workgroup> tile_a: array<vec4<ELEMENT>, 256>;
var<workgroup> tile_b: array<vec4<ELEMENT>, 256>;

PLACES

@compute @workgroup_size(256)
fn main(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let m = params[0].x;
    let n = params[0].y;
    let k = params[0].z;
    let batches = params[1].z;
    let down = (m + 63u) / 64u;
    let across = (n + 63u) / 64u;
    let tile = linear_group(group, groups);
    let batch = tile / (down * across);
    let top = ((tile / across) % down) * 64u;
    let left = (tile % across) * 64u;
    let inside = batch < batches;

    let base = batch_places(batch) + params[1].xy;

    // What this invocation brings: 4 rows (or columns) at one step, such that neighbors read neighbors where the
    // matrix has them side by side.
    let step_a = select(lane / 16u, lane % 16u, params[2].z == 1u);
    let quad_a = select(lane % 16u, lane / 16u, params[2].z == 1u);
    let step_b = select(lane / 16u, lane % 16u, params[2].w == 1u);
    let quad_b = select(lane % 16u, lane / 16u, params[2].w == 1u);
    let rows = min(top + quad_a * 4u + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(m - 1u));
    let columns = min(left + quad_b * 4u + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(n - 1u));
    let at_a = base.x + vec4<u32>(row_place(rows.x), row_place(rows.y), row_place(rows.z), row_place(rows.w));
    let at_b = base.y + vec4<u32>(
        column_place(columns.x), column_place(columns.y), column_place(columns.z), column_place(columns.w)
    );

    let x = lane % 16u;
    let y = lane / 16u;
    var sum0 = vec4<ELEMENT>();
    var sum1 = vec4<ELEMENT>();
    var sum2 = vec4<ELEMENT>();
    var sum3 = vec4<ELEMENT>();
    for (var p = 0u; p < k; p += 16u) {
        var from_a = vec4<ELEMENT>();
        var from_b = vec4<ELEMENT>();
        if inside && p + step_a < k {
            let s = inner_places(p + step_a).x;
            from_a = vec4<ELEMENT>(a[at_a.x + s], a[at_a.y + s], a[at_a.z + s], a[at_a.w + s]);
        }
        if inside && p + step_b < k {
            let s = inner_places(p + step_b).y;
            from_b = vec4<ELEMENT>(b[at_b.x + s], b[at_b.y + s], b[at_b.z + s], b[at_b.w + s]);
        }
        tile_a[step_a * 16u + quad_a] = from_a;
        tile_b[step_b * 16u + quad_b] = from_b;
        workgroupBarrier();
        for (var s = 0u; s < 16u; s++) {
            let u = tile_a[s * 16u + y];
            let v = tile_b[s * 16u + x];
            sum0 += u.x * v;
            sum1 += u.y * v;
            sum2 += u.z * v;
            sum3 += u.w * v;
        }
        workgroupBarrier();
    }

    if inside {
        let row = top + y * 4u;
        let column = left + x * 4u;
        let at = (batch * m + row) * n + column;
        for (var j = 0u; j < 4u; j++) {
            if column + j >= n {
                break;
            }
            if row < m {
                output[at + j] = sum0[j];
            }
            if row + 1u < m {
                output[at + n + j] = sum1[j];
            }
            if row + 2u < m {
                output[at + 2u * n + j] = sum2[j];
            }
            if row + 3u < m {
                output[at + 3u * n + j] = sum3[j];
            }
        }
    }
}
